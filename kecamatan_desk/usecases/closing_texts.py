"""The words and tables of a closing page, made of what the closing has kept. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kecamatan_desk.documents.closing_values import ClosingColumn, ClosingPage, ClosingTable
from kecamatan_desk.documents.values import OfficeHead, SignatureBlock
from kecamatan_desk.domain.anchors import anchor_text, head_groups
from kecamatan_desk.domain.indonesian import (
    date_in_words,
    day_name,
    grouped,
    in_words,
    join_words,
    long_date,
    short_date,
)
from kecamatan_desk.usecases.closed_books import period_label
from kecamatan_desk.usecases.closing_values import ClosingFacts, EarlierDated, SeriesCount, Signer

_KINDS = {"kertas": "Sudah dipakai di buku kertas", "cadangan": "Cadangan", "pulih": "Data hilang"}


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the facts leave to the archive: reasons of voids by status, of emergencies by usul."""

    voids: Mapping[int, str] = field(default_factory=dict)
    overrides: Mapping[int, str] = field(default_factory=dict)


def composed(
    facts: ClosingFacts, head: OfficeHead, office: str, event_seq: int, reasons: Reasons
) -> ClosingPage:
    """Put a page together. ``office``: its bare name; ``event_seq``: the closing's own event."""
    day = date.fromisoformat(facts.day)
    daily = facts.period.count("-") == 2
    tables = _tables(facts, reasons, daily=daily)
    anchor = anchor_text(facts.head_seq, facts.head_hash, day)
    return ClosingPage(
        head=head,
        title="PENUTUPAN HARIAN BUKU REGISTER" if daily else "BERITA ACARA PENUTUPAN BUKU REGISTER",
        subtitle=_subtitle(facts),
        numbered=not daily,
        statement=_statement(facts, office, daily=daily),
        tables=tuple(table for table in tables if table.rows),
        nil=_nil([table.title for table in tables if not table.rows]),
        anchor=anchor,
        groups=head_groups(facts.head_hash),
        told=(
            f"Peristiwa ke-{facts.head_seq}, {short_date(day)} pukul {facts.clock}; penutupan ini "
            f"peristiwa ke-{event_seq}. Termasuk masa ini: {grouped(facts.events)} peristiwa."
        ),
        left=_block("Mengetahui,", facts.camat),
        right=_block(f"{facts.place}, {long_date(day)}", facts.keeper),
        foot=f"Penutupan {period_label(facts.period)} \u00b7 {anchor}",
    )


def _block(first: str, signer: Signer) -> SignatureBlock:
    return SignatureBlock(first, signer.titles, signer.name, signer.rank, signer.nip)


def _subtitle(facts: ClosingFacts) -> str:
    if facts.period.count("-") == 2:
        day = date.fromisoformat(facts.period)
        return f"{day_name(day)}, {long_date(day)}".upper()
    return period_label(facts.period).upper()


def _statement(facts: ClosingFacts, office: str, *, daily: bool) -> str:
    """Domain rule 3.1: the parts together are the number of lines, in figures and in words."""
    day = date.fromisoformat(facts.day)
    total = sum_of(facts.series)
    book = f"Buku Register Kecamatan {office} {period_label(facts.period)}"
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
    if facts.earlier:
        inserted = sum(one.inserted for one in facts.earlier)
        late = len(facts.earlier) - inserted
        kinds = ((inserted, "nomor sisipan"), (late, "entri susulan"))
        parts = [f"{_counted(count)} {name}" for count, name in kinds if count]
        words += (
            f" Selain itu pada hari ini dicatat {join_words(parts)} bertanggal hari sebelumnya, "
            "sebagaimana daftar di bawah; nomornya masuk buku menurut tanggalnya."
        )
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


def _tables(facts: ClosingFacts, reasons: Reasons, *, daily: bool) -> tuple[ClosingTable, ...]:
    lists = (
        _series_table(facts),
        _other_table(facts),
        _block_table(facts),
        _open_table(facts),
        _void_table(facts, reasons),
        *((_earlier_table(facts),) if facts.earlier else ()),
        _late_table(facts),
        _override_table(facts, reasons),
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


def _number_table(
    title: str,
    widths: tuple[float, float],
    columns: tuple[ClosingColumn, ...],
    rows: Iterable[tuple[str, ...]],
    note: str = "",
) -> ClosingTable:
    """List numbers: each row is counted, and begins with number and book (``widths`` in mm)."""
    number, book = widths
    first = (_col("No.", 9, "c"), _col("Nomor", number, "c"), _col("Buku", book))
    counted = tuple((str(n), *row) for n, row in enumerate(rows, 1))
    return ClosingTable(title, (*first, *columns), counted, note=note)


def _open_table(facts: ClosingFacts) -> ClosingTable:
    return _number_table(
        "Nomor yang masih berjalan",
        (15, 30),
        (_col("Nomor surat", 0), _col("Tanggal", 20, "c"), _col("Menunggu", 30)),
        ((one.number, one.service, one.letter, _day(one.day), one.waits) for one in facts.open),
        "Terdaftar dan belum diserahkan; dilanjutkan dengan nomor yang sama.",
    )


def _void_table(facts: ClosingFacts, reasons: Reasons) -> ClosingTable:
    return _number_table(
        "Nomor batal beserta alasannya",
        (15, 30),
        (_col("Tanggal nomor", 22, "c"), _col("Tanggal batal", 22, "c"), _col("Alasan", 0)),
        (
            (
                one.number,
                one.service,
                _day(one.day),
                _day(one.void_day),
                reasons.voids.get(one.status_id, ""),
            )
            for one in facts.voids
        ),
    )


def _late_table(facts: ClosingFacts) -> ClosingTable:
    return _number_table(
        "Entri susulan (dicatat sesudah tanggalnya)",
        (18, 34),
        (_col("Bertanggal", 22, "c"), _col("Dicatat", 22, "c"), _col("Oleh", 0)),
        ((one.number, one.service, _day(one.day), _day(one.written), one.by) for one in facts.late),
    )


def _earlier_table(facts: ClosingFacts) -> ClosingTable:
    return _number_table(
        "Nomor bertanggal hari sebelumnya",
        (18, 34),
        (
            _col("Jenis", 30),
            _col("Bertanggal", 22, "c"),
            _col("Oleh", 0),
            _col("Halaman hari itu", 40),
        ),
        (
            (
                one.number,
                one.service,
                "Sisipan" if one.inserted else "Entri susulan",
                _day(one.day),
                one.by,
                _page_of(one),
            )
            for one in facts.earlier
        ),
        "Diberikan hari ini; tidak terhitung dalam jumlah nomor bertanggal hari ini.",
    )


def _page_of(one: EarlierDated) -> str:
    if not one.page:
        return "tidak dibuat"
    return f"dibuat {one.page}, {'tanpa' if one.lacks else 'memuat'} nomor ini"


def _override_table(facts: ClosingFacts, reasons: Reasons) -> ClosingTable:
    columns = (
        _col("Waktu", 27, "c"),
        _col("Kode berkas", 25, "c"),
        _col("Yang menandatangani", 34),
        _col("Yang menyetujui", 34),
        _col("Alasan", 0),
    )
    rows = tuple(
        (
            one.at,
            one.file_code,
            f"{one.who} ({one.role})",
            one.by,
            reasons.overrides.get(one.proposal, ""),
        )
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
