"""The pages of closings: put together from what the act has kept, drawn, stored, printed.

A closing without its page is a legal state, as a number without its letter is: whoever asks for
the page next completes it, and it says what it would have said then.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from kecamatan_desk.documents.closing_values import ClosingColumn, ClosingPage, ClosingTable
from kecamatan_desk.documents.profiles import LETTER, Profile
from kecamatan_desk.documents.values import SignatureBlock
from kecamatan_desk.domain.anchors import anchor_text, head_groups
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import (
    date_in_words,
    day_name,
    grouped,
    in_words,
    join_words,
    long_date,
    short_date,
)
from kecamatan_desk.persistence.tables import (
    BookActRecord,
    LineStatusRecord,
    ProposalRecord,
    table_of,
)
from kecamatan_desk.usecases.book_states import PAGE, PRINTED
from kecamatan_desk.usecases.closed_books import (
    CLOSED,
    CLOSED_DAY,
    READERS,
    period_label,
    put_book_act,
)
from kecamatan_desk.usecases.closing_facts import stored_facts
from kecamatan_desk.usecases.closing_values import ClosingFacts, SeriesCount, Signer, facts_from
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.paper_parts import office_head

log = logging.getLogger(__name__)

_ACT, _STATUS, _PROPOSAL = map(table_of, (BookActRecord, LineStatusRecord, ProposalRecord))
_KINDS = {"kertas": "Sudah dipakai di buku kertas", "cadangan": "Cadangan", "pulih": "Data hilang"}

#: What else is done when a book was closed, in this order: each is given the desk and the act. The
#: backup adds itself here. A failure is logged and told, and undoes nothing.
after_closing: list[Callable[[Desk, int], None]] = []


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a closing after its own transaction. ``failed``: in the office's words."""

    act: int
    pdf: bytes
    failed: str = ""


def finish_closing(desk: Desk, act_id: int, profile: Profile = LETTER) -> Completed:
    """Draw and keep the page of a closing, then do what follows a closing (a backup).

    The closing stands whatever fails here: it is told, and can be repeated.
    """
    pdf = closing_pdf(desk, act_id, profile)
    failed = ""
    for follow in after_closing:
        try:
            follow(desk, act_id)
        except Exception as error:
            log.exception("after closing %s", act_id)
            failed = f"{failed} {error}".strip()
    return Completed(act_id, pdf, failed)


def closing_pdf(desk: Desk, act_id: int, profile: Profile = LETTER) -> bytes:
    """Give the stored page of a closing, proved unchanged; a missing one is drawn and kept."""
    sha256 = desk.ask(page_of, act_id)
    if sha256:
        return desk.files.get(sha256)
    from kecamatan_desk.documents.closing_page import draw_closing

    content = draw_closing(desk.ask(closing_page, act_id), profile)
    kept = desk.call(keep_page, uuid4().hex, act_id, desk.files.put(content))
    return desk.files.get(kept)


def page_of(work: UnitOfWork, act_id: int) -> str:
    """Give the hash of a closing's stored page; "" when none is kept yet."""
    work.require(*READERS)
    wanted = select(_ACT.c.sha256).where(
        _ACT.c.kind == PAGE, func.json_extract(_ACT.c.facts, "$.closing") == act_id
    )
    return work.session.scalar(wanted.order_by(_ACT.c.id).limit(1)) or ""


@command
def keep_page(work: UnitOfWork, op_id: str, act_id: int, sha256: str) -> str:
    """Note which stored file is the page of a closing; the first one counts; give its hash."""
    if kept := page_of(work, act_id):
        return kept
    role = work.require(*READERS)
    act = _closing(work, act_id)
    told = {"closing": act_id, "sha256": sha256}
    put_book_act(work, op_id, role, PAGE, act.period, {"closing": act_id}, sha256=sha256, told=told)
    return sha256


@command
def note_printed(work: UnitOfWork, op_id: str, act_id: int) -> None:
    """Write into the chain that a closing page is printed or saved, before it goes."""
    role = work.require(*READERS)
    act = _closing(work, act_id)
    told = {"closing": act_id, "period": act.period}
    work.close_event(work.link(), op_id, PRINTED, role, payload=told)


def _closing(work: UnitOfWork, act_id: int) -> Any:
    found = work.session.execute(
        select(_ACT).where(_ACT.c.id == act_id, _ACT.c.kind.in_((CLOSED, CLOSED_DAY)))
    ).first()
    if found is None:
        raise InputError("Penutupan ini tidak ada. Tidak ada yang dicetak; buka lagi Tutup Buku.")
    return found


def closing_facts(work: UnitOfWork, act_id: int) -> ClosingFacts:
    """Give what a closing has stated."""
    return facts_from(stored_facts(_closing(work, act_id).facts))


# --- the page ------------------------------------------------------------------------------------


def closing_page(work: UnitOfWork, act_id: int) -> ClosingPage:
    """Put the page of a closing together from what was kept with it."""
    work.require(*READERS)
    act = _closing(work, act_id)
    facts = facts_from(stored_facts(act.facts))
    day = date.fromisoformat(facts.day)
    daily = act.kind == CLOSED_DAY
    tables = _tables(work, facts, daily=daily)
    return ClosingPage(
        head=office_head(work),
        title="PENUTUPAN HARIAN BUKU REGISTER" if daily else "BERITA ACARA PENUTUPAN BUKU REGISTER",
        subtitle=_subtitle(facts),
        numbered=not daily,
        statement=_statement(work, facts, daily=daily),
        tables=tuple(table for table in tables if table.rows),
        nil=_nil([table.title for table in tables if not table.rows]),
        anchor=anchor_text(facts.head_seq, facts.head_hash, day),
        groups=head_groups(facts.head_hash),
        told=(
            f"Peristiwa ke-{facts.head_seq}, {short_date(day)} pukul {facts.clock}; penutupan ini "
            f"peristiwa ke-{act.event_seq}. Termasuk masa ini: {grouped(facts.events)} peristiwa."
        ),
        left=_block("Mengetahui,", facts.camat),
        right=_block(f"{facts.place}, {long_date(day)}", facts.keeper),
        foot=f"Penutupan {period_label(facts.period)} \u00b7 "
        f"{anchor_text(facts.head_seq, facts.head_hash, day)}",
    )


def _block(first: str, signer: Signer) -> SignatureBlock:
    return SignatureBlock(first, signer.titles, signer.name, signer.rank, signer.nip)


def _subtitle(facts: ClosingFacts) -> str:
    if facts.period.count("-") == 2:
        day = date.fromisoformat(facts.period)
        return f"{day_name(day)}, {long_date(day)}".upper()
    return period_label(facts.period).upper()


def _statement(work: UnitOfWork, facts: ClosingFacts, *, daily: bool) -> str:
    """Domain rule 3.1: the parts together are the number of lines, in figures and in words."""
    day = date.fromisoformat(facts.day)
    total = sum_of(facts.series)
    book = f"Buku Register Kecamatan {work.office.name} {period_label(facts.period)}"
    words = (
        f"Pada hari ini, {day_name(day)} tanggal {date_in_words(day)}, pukul {facts.clock}, {book} "
        f"{'dicatat' if daily else 'ditutup'} dengan jumlah {_counted(total.lines)} nomor"
    )
    if total.lines:
        states = (
            (total.done, "selesai diserahkan"),
            (total.running, "masih berjalan"),
            (total.returned, "dikembalikan kepada pemohon"),
            (total.refused, "ditolak"),
            (total.closed, "ditutup"),
            (total.void, "batal"),
        )
        parts = [f"{_counted(count)} {name}" for count, name in states if count]
        words += f", terdiri atas {join_words(parts)}"
        if total.inserted:
            words += f"; {_counted(total.inserted)} di antaranya nomor sisipan"
    words += "."
    if facts.carried:
        words += (
            f" Berkas yang belum selesai pada akhir tahun berjumlah {_counted(facts.carried)} dan "
            "dilanjutkan sebagai sisa tahun lalu dengan nomor yang sudah ada."
        )
    if not daily:
        words += (
            " Sesudah penutupan ini tidak ada nomor baru atau sisipan dalam masa tersebut; yang "
            "terjadi kemudian atas nomornya dicatat pada tanggal kejadiannya."
        )
    return words


def _counted(count: int) -> str:
    return f"{grouped(count)} ({in_words(count)})"


def _nil(titles: list[str]) -> str:
    names = [title.partition(" (")[0] for title in titles]
    return f"Nihil: {join_words([name[0].lower() + name[1:] for name in names])}." if names else ""


def sum_of(series: tuple[SeriesCount, ...]) -> SeriesCount:
    """Add the series of a closing up."""
    total = SeriesCount("", "JUMLAH", "", "", 0, 0)
    for one in series:
        total = replace(
            total, **{name: getattr(total, name) + getattr(one, name) for name in _FIGURES}
        )
    return total


_FIGURES = (
    "numbers",
    "inserted",
    "done",
    "running",
    "returned",
    "refused",
    "closed",
    "void",
)
_HEADS = (
    "Nomor",
    "Sisipan",
    "Selesai",
    "Berjalan",
    "Kembali",
    "Ditolak",
    "Ditutup",
    "Batal",
)


def _tables(work: UnitOfWork, facts: ClosingFacts, *, daily: bool) -> tuple[ClosingTable, ...]:
    lists = (
        _series_table(facts),
        _other_table(facts),
        _block_table(facts),
        _open_table(facts),
        _void_table(work, facts),
        _late_table(facts),
        _override_table(work, facts),
        _clock_table(facts),
    )
    return (*lists, _recorded_table(facts) if daily else _recorded_counts(facts))


def _col(head: str, share: float, align: Any = "l") -> ClosingColumn:
    return ClosingColumn(head, share, align)


def _series_table(facts: ClosingFacts) -> ClosingTable:
    def cells(one: SeriesCount) -> tuple[str, ...]:
        figures = (getattr(one, name) for name in _FIGURES)
        return (one.name, one.first, one.last, *(_figure(count) for count in figures))

    columns = (
        _col("Buku", 0),
        _col("Nomor awal", 12, "c"),
        _col("Nomor akhir", 12, "c"),
        *(_col(head, 12.6, "r") for head in _HEADS),
    )
    return ClosingTable(
        "Nomor menurut buku",
        columns,
        tuple(map(cells, facts.series)),
        cells(sum_of(facts.series)) if facts.series else (),
        numbered=True,
    )


def _figure(count: int) -> str:
    return grouped(count) if count else "\u2013"


def _other_table(facts: ClosingFacts) -> ClosingTable:
    columns = (
        _col("Nomor lain", 0),
        _col("Pertama", 34, "c"),
        _col("Terakhir", 34, "c"),
        _col("Jumlah", 22, "r"),
    )
    rows = tuple((o.name, o.first, o.last, grouped(o.count)) for o in facts.other)
    return ClosingTable("Nomor lain yang diberikan", columns, rows)


def _block_table(facts: ClosingFacts) -> ClosingTable:
    columns = (
        _col("Buku", 0),
        _col("Sebab", 48),
        _col("Nomor", 32, "c"),
        _col("Terisi", 18, "r"),
        _col("Dibatalkan", 20, "r"),
    )
    rows = tuple(
        (
            one.series,
            _KINDS.get(one.kind, one.kind),
            f"{one.first:03d} s.d. {one.last:03d}",
            "" if one.kind == "kertas" else grouped(one.filled),
            "" if one.kind == "kertas" else grouped(one.void),
        )
        for one in facts.blocks
    )
    return ClosingTable("Nomor yang disisihkan", columns, rows)


def _open_table(facts: ClosingFacts) -> ClosingTable:
    columns = (
        _col("No.", 9, "c"),
        _col("Nomor", 15, "c"),
        _col("Buku", 30),
        _col("Nomor surat", 0),
        _col("Tanggal", 20, "c"),
        _col("Menunggu", 30),
    )
    rows = tuple(
        (str(n), one.number, one.service, one.letter, _day(one.day), one.waits)
        for n, one in enumerate(facts.open, 1)
    )
    note = "Terdaftar dan belum diserahkan; dilanjutkan dengan nomor yang sama."
    return ClosingTable("Nomor yang masih berjalan", columns, rows, note=note)


def _void_table(work: UnitOfWork, facts: ClosingFacts) -> ClosingTable:
    columns = (
        _col("No.", 9, "c"),
        _col("Nomor", 15, "c"),
        _col("Buku", 30),
        _col("Tanggal nomor", 22, "c"),
        _col("Tanggal batal", 22, "c"),
        _col("Alasan", 0),
    )
    ids = [one.status_id for one in facts.voids]
    reasons = _texts(work, _STATUS.c.remark, _STATUS.c.id, ids)
    rows = tuple(
        (
            str(n),
            one.number,
            one.service,
            _day(one.day),
            _day(one.void_day),
            reasons.get(one.status_id, ""),
        )
        for n, one in enumerate(facts.voids, 1)
    )
    return ClosingTable("Nomor batal beserta alasannya", columns, rows)


def _late_table(facts: ClosingFacts) -> ClosingTable:
    columns = (
        _col("No.", 9, "c"),
        _col("Nomor", 18, "c"),
        _col("Buku", 34),
        _col("Bertanggal", 22, "c"),
        _col("Dicatat", 22, "c"),
        _col("Oleh", 0),
    )
    rows = tuple(
        (str(n), one.number, one.service, _day(one.day), _day(one.written), one.by)
        for n, one in enumerate(facts.late, 1)
    )
    return ClosingTable("Entri susulan (dicatat sesudah tanggalnya)", columns, rows)


def _override_table(work: UnitOfWork, facts: ClosingFacts) -> ClosingTable:
    columns = (
        _col("Waktu", 27, "c"),
        _col("Kode berkas", 25, "c"),
        _col("Yang menandatangani", 38),
        _col("Yang menyetujui", 38),
        _col("Alasan", 0),
    )
    ids = [one.proposal for one in facts.overrides]
    reasons = _texts(work, _PROPOSAL.c.reason, _PROPOSAL.c.id, ids)
    rows = tuple(
        (one.at, one.file_code, f"{one.who} ({one.role})", one.by, reasons.get(one.proposal, ""))
        for one in facts.overrides
    )
    note = "Ditandatangani oleh yang memverifikasi, karena darurat."
    return ClosingTable("Tanda tangan darurat", columns, rows, note=note, tall=True)


def _clock_table(facts: ClosingFacts) -> ClosingTable:
    columns = (_col("Waktu", 30, "c"), _col("Kejadian", 0), _col("Oleh", 60))
    rows = tuple((one.at, one.what, f"{one.who} ({one.role})") for one in facts.clocks)
    return ClosingTable("Jam komputer yang dinyatakan benar", columns, rows)


def _recorded_table(facts: ClosingFacts) -> ClosingTable:
    columns = (
        _col("Waktu paraf", 27, "c"),
        _col("Kode berkas", 25, "c"),
        _col("Nomor", 13, "c"),
        _col("Keputusan", 0),
        _col("Pejabat", 38),
        _col("Dicatat oleh", 26),
        _col("Paraf", 16),
    )
    rows = tuple(
        (
            one.at,
            one.file_code,
            one.number,
            f"{one.what}, {one.means}" if one.means == "lewat telepon" else one.what,
            f"{one.who} ({one.role})",
            one.by,
            "",
        )
        for one in facts.recorded
    )
    note = "Keputusan pejabat di atas kertas yang dicatat petugas register, untuk diparaf."
    return ClosingTable("Dicatat dari ceklis", columns, rows, note=note, tall=True)


def _recorded_counts(facts: ClosingFacts) -> ClosingTable:
    columns = (_col("Pejabat", 0), _col("Jabatan", 50), _col("Jumlah", 22, "r"))
    rows = tuple((one.who, one.role, grouped(one.count)) for one in facts.recorded_for)
    note = "Satu per satu tercantum pada halaman penutupan harian."
    return ClosingTable("Keputusan yang dicatat dari ceklis", columns, rows, note=note)


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso))


def _texts(work: UnitOfWork, text: Any, key: Any, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        rows = work.session.execute(select(key, text).where(key.in_(ids[start : start + 500])))
        found.update({row[0]: row[1] for row in rows})
    return found
