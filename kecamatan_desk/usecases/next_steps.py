"""What an administrator still has to do before the first citizen comes: seen, not remembered.

Nothing is ticked by hand: each step looks at what is stored, so that it is done when it is done and
open again when it is undone (a vault that is lost, an official whose term has ended).
"""

from collections.abc import Sequence

from sqlalchemy import select

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.numbers import FILES, QUEUE
from kecamatan_desk.persistence.tables import (
    BlockRecord,
    BookActRecord,
    EventRecord,
    IssueRecord,
)
from kecamatan_desk.usecases.backup_values import BackupState
from kecamatan_desk.usecases.backups import state
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.next_steps_values import NextStep
from kecamatan_desk.usecases.people import active_users

#: Without these the daily path from the counter to the signature has a hole.
_NEEDED = (Role.PELAYANAN, Role.VERIFIKASI, Role.REGISTER, Role.KASI, Role.SEKCAM, Role.CAMAT)


def next_steps(desk: Desk, *, printer_chosen: bool) -> tuple[NextStep, ...]:
    """Give the steps after the first set-up, each with its state; a job for the worker.

    ``printer_chosen``: whether this PC knows a printer for letters (kept beside the window, not
    in the database). NotAllowedError for anybody but the administrator.
    """
    inside = desk.ask(_of_office)
    backups = () if desk.practice else _backed_up(state(desk))
    return (*inside, *backups, _printing(chosen=printer_chosen))


def _of_office(work: UnitOfWork) -> tuple[NextStep, ...]:
    work.require(Role.ADMIN)
    return (_users(work), _officials(work), _calendar(work), _numbering(work))


def _users(work: UnitOfWork) -> NextStep:
    users = active_users(work.session)
    held = {role for user in users for role in work.roster.roles_of(user.id, work.today)}
    lacking = [role.label for role in _NEEDED if role not in held]
    told = f"{len(users)} pengguna aktif"
    return NextStep(
        "pengguna",
        "Tambah pengguna",
        f"{told}. Belum ada: {_listed(lacking)}." if lacking else f"{told}; semua peran terisi.",
        "pengguna",
        done=not lacking,
    )


def _officials(work: UnitOfWork) -> NextStep:
    held = {role: work.roster.holders(role, work.today) for role in OFFICIALS}
    lacking = [role.label for role in OFFICIALS if not held[role]]
    undated = [r.label for r in OFFICIALS if held[r] and not work.roster.has_terms(r)]
    told = "Kasi, Sekcam, dan Camat tercatat dengan masa jabatannya."
    if lacking:
        told = f"Belum ada pejabat: {_listed(lacking)}."
    elif undated:
        told = f"Masa jabatan belum dicatat: {_listed(undated)}. Surat memakai nama dari pengguna."
    return NextStep(
        "pejabat",
        "Catat pejabat dan masa jabatannya",
        told,
        "pejabat",
        done=not lacking and not undated,
    )


def _calendar(work: UnitOfWork) -> NextStep:
    year = work.today.year
    days = sum(1 for day in work.calendar.holidays if day.year == year)
    looked = work.session.scalar(
        select(EventRecord.seq).where(EventRecord.act == "kalender-ubah").limit(1)
    )
    told = f"{days} hari libur {year}"
    return NextStep(
        "kalender",
        "Periksa jam kerja dan hari libur",
        f"{told}, sudah diperiksa." if looked else f"{told} dari program; cocokkan dengan SKB.",
        "kalender",
        done=looked is not None,
    )


def _numbering(work: UnitOfWork) -> NextStep:
    year = str(work.today.year)
    begun = work.session.scalar(
        select(IssueRecord.id)
        .where(IssueRecord.period == year, IssueRecord.series.not_in((FILES, QUEUE)))
        .limit(1)
    )
    paper = work.session.scalar(select(BlockRecord.id).where(BlockRecord.kind == "kertas").limit(1))
    opened = work.session.scalar(
        select(BookActRecord.id)
        .where(BookActRecord.kind == "buka", BookActRecord.period == year)
        .limit(1)
    )
    if begun or paper:
        told = f"Nomor {year} sudah berjalan." if begun else "Nomor terakhir buku kertas tercatat."
    elif opened:
        told = f"Buku {year} sudah dibuka."
    else:
        told = (
            "Bila buku kertas tahun ini dilanjutkan, catat nomor terakhirnya sebelum surat "
            "pertama; sesudah itu tidak dapat lagi."
        )
    return NextStep(
        "penomoran",
        f"Buku {year} dan nomor awal",
        told,
        "penomoran",
        done=bool(begun or paper or opened),
    )


def _backed_up(known: BackupState) -> tuple[NextStep, ...]:
    key = "Kunci pemulihan sudah ada; simpan lembarnya di dua tempat."
    outside = "Sudah ada cadangan di luar komputer ini."
    return (
        NextStep(
            "kunci",
            "Buat dan cetak kunci pemulihan",
            key if known.has_key else "Belum ada. Tanpa kunci, flashdisk tidak dapat dicadangi.",
            "salinan",
            done=known.has_key,
        ),
        NextStep(
            "cadangan",
            "Cadangkan ke flashdisk atau cakram kedua",
            outside if known.outside_at else "Belum ada cadangan di luar komputer ini.",
            "salinan",
            done=known.outside_at is not None,
        ),
    )


def _printing(*, chosen: bool) -> NextStep:
    told = "Pencetak surat di komputer ini sudah dipilih."
    return NextStep(
        "cetak",
        "Pilih pencetak dan cetak halaman uji",
        told if chosen else "Belum dipilih. Cetak halaman uji, lalu ukur garisnya dengan mistar.",
        "cetak",
        done=chosen,
    )


def _listed(words: Sequence[str]) -> str:
    """Give at least one word as a sentence lists them."""
    *rest, last = words
    return f"{', '.join(rest)}, dan {last}" if len(rest) > 1 else " dan ".join((*rest, last))
