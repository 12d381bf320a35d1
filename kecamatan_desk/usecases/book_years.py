"""Opening the book of a year: how it groups its numbers, and what is seen to at its turn.

A year's first number opens its book by itself, grouped as the year before: nothing blocks the
counter on 2 January. Source: year rollover and sequence modes (domain facts 3.4).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import BookActRecord, SettingRecord, table_of
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.book_states import months_to_close, pages_missing
from kecamatan_desk.usecases.closed_books import CLOSERS, READERS, closed_by, put_book_act
from kecamatan_desk.usecases.closing_facts import carried_over
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.office import check_numbers
from kecamatan_desk.usecases.series import MODES, OPENED, has_numbers, mode_of

LOOK = "periksa-tahun"  # the act in the chain
_SETTING = "year-checklist"

_ACT = table_of(BookActRecord)


_UNTIL = "Tahun ini belum selesai; bulan-bulan berikutnya ditutup pada waktunya."


@dataclass(frozen=True, slots=True)
class YearTask:
    """One thing to see to when a year ends. ``by_hand``: somebody ticks it when he has looked."""

    code: str
    title: str
    done: bool
    told: str  # what stands: "3 dari 12 bulan", who looked and when
    todo: str  # what to do; empty when done
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class YearOpening:
    """How a year groups its numbers. ``opened``: by an act; else as the year before."""

    year: int
    mode: str
    opened: bool
    fixed: bool  # numbers were given: the mode holds for the rest of the year


#: What is looked at by eye before a new year: code, title, what to do.
_LOOKED_AT = (
    (
        "kode",
        "Kode klasifikasi dan pola nomor ditinjau",
        "Tanyakan apakah kode klasifikasi berganti; Administrator mengubahnya pada Layanan dan "
        "Kantor dan kop surat. Setelah itu tandai di sini.",
    ),
    (
        "pejabat",
        "Pejabat penandatangan ditinjau",
        "Periksa masa jabatan dan penunjukan pada awal tahun; Administrator mengubahnya pada menu "
        "Pejabat. Setelah itu tandai di sini.",
    ),
)


def year_opening(work: UnitOfWork, year: int) -> YearOpening:
    """Give how a year groups its numbers."""
    opened = _opened(work, year)
    return YearOpening(year, mode_of(work, year), opened, has_numbers(work, year))


def _opened(work: UnitOfWork, year: int) -> bool:
    wanted = select(_ACT.c.id).where(_ACT.c.kind == OPENED, _ACT.c.period == str(year))
    return work.session.execute(wanted.limit(1)).first() is not None


@command
def open_year(work: UnitOfWork, op_id: str, year: int, mode: str) -> None:
    """Open the book of a year: its series mode counts from its first number on.

    RuleError when the year has given numbers in another mode, is open already, lies more than
    one year ahead, or the office's pattern would number two letters alike; InputError for a mode
    that does not exist.
    """
    role = work.require(*CLOSERS, Role.ADMIN)
    if mode not in MODES:
        raise InputError(
            "Cara pengelompokan nomor ini tidak dikenal. Tidak ada yang berubah; pilih dari "
            "daftar.",
            "mode",
        )
    today = work.today.year
    if not today <= year <= today + 1:
        raise RuleError(
            f"Buku tahun {year} tidak dapat dibuka sekarang. Tidak ada yang berubah; yang dapat "
            f"dibuka hanya tahun {today} dan {today + 1}."
        )
    standing = year_opening(work, year)
    if standing.fixed and mode != standing.mode:
        raise RuleError(
            f"Buku tahun {year} sudah berisi nomor dengan cara “{MODES[standing.mode]}”. Tidak ada "
            "yang berubah; cara lain dapat dipilih saat buku tahun berikutnya dibuka."
        )
    if standing.opened and (mode == standing.mode or standing.fixed):
        raise RuleError(
            f"Buku tahun {year} sudah dibuka dengan cara “{MODES[standing.mode]}”. Tidak ada yang "
            "berubah; nomor dapat langsung diberikan."
        )
    check_numbers(work.office, work.service_choices, (mode,))  # could two letters be written alike?
    put_book_act(work, op_id, role, OPENED, str(year), {"series": mode})


# --- what is seen to when a year ends ------------------------------------------------------------


def year_checklist(
    work: UnitOfWork, year: int, backed_up: datetime | None = None
) -> tuple[YearTask, ...]:
    """Give what is to be seen to when a year ends, in the order it is done.

    ``backed_up``: when the newest backup that counts was made.
    """
    work.require(*READERS, Role.ADMIN)
    closed = closed_by(work.session, str(year))
    return (
        _carried_over(work, year, closed is not None),
        *_books(work, year, closed is not None),
        _backed_up(work, closed, backed_up),
        *_looked_at(work, year),
        _holidays(work, year + 1),
        _next_book(work, year + 1),
    )


def _carried_over(work: UnitOfWork, year: int, closed: bool) -> YearTask:
    left = carried_over(work, year)
    told = f"{left} berkas belum selesai" if left else "tidak ada sisa"
    todo = (
        f"Selesaikan yang dapat selesai. Yang lain terbawa ke {year + 1} sebagai sisa tahun lalu "
        "dengan nomor yang sudah ada; tidak perlu dimasukkan lagi."
    )
    return YearTask(
        "sisa", "Berkas belum selesai ditinjau", not left or closed, told, "" if not left else todo
    )


def _books(work: UnitOfWork, year: int, closed: bool) -> tuple[YearTask, YearTask, YearTask]:
    months = months_to_close(work, year)
    left = [month for month in months if not month.closed]
    over = year < work.today.year or (bool(months) and months[-1].month == 12)
    so_far = "" if over else ", sampai bulan ini"
    told = f"{len(months) - len(left)} dari {len(months)} bulan{so_far}" if months else "tidak ada"
    missing = pages_missing(work, year)
    some = any(month.closed for month in months)
    pages = "semua halaman tersimpan dan sudah dicetak" if some else "belum ada"
    return (
        YearTask(
            "bulan",
            "Semua bulan ditutup",
            over and not left,
            told,
            f"Tutup dahulu bulan {left[0].name}." if left else _UNTIL if not over else "",
        ),
        YearTask(
            "halaman",
            "Halaman penutup dicetak dan ditandatangani",
            some and not missing,
            f"{missing} halaman belum dicetak" if missing else pages,
            "Cetak halaman penutup, lalu mintakan tanda tangan." if missing or not some else "",
        ),
        YearTask(
            "tutup",
            f"Buku tahun {year} ditutup",
            closed,
            "sudah ditutup" if closed else "masih terbuka",
            "" if closed else "Tutup buku tahun ini setelah semua bulannya ditutup.",
        ),
    )


def _backed_up(
    work: UnitOfWork, closed: tuple[str, str] | None, newest: datetime | None
) -> YearTask:
    done = newest is not None and closed is not None and newest >= moment(closed[1])
    told = f"terakhir {newest.astimezone(work.zone):%d-%m-%Y %H.%M}" if newest else "belum ada"
    return YearTask(
        "cadangan",
        "Cadangan dibuat setelah tutup buku",
        done,
        told,
        "" if done else "Buat cadangan setelah buku tahun ditutup, dan simpan di luar kantor.",
    )


def _looked_at(work: UnitOfWork, year: int) -> tuple[YearTask, ...]:
    stored = _stored(work).get(str(year), {})
    return tuple(
        YearTask(
            code,
            title,
            code in stored,
            stored.get(code, "belum ditinjau"),
            "" if code in stored else todo,
            by_hand=True,
        )
        for code, title, todo in _LOOKED_AT
    )


def _holidays(work: UnitOfWork, year: int) -> YearTask:
    known = sum(1 for day in work.calendar.holidays if day.year == year)
    return YearTask(
        "libur",
        f"Hari libur {year} dimasukkan",
        known > 0,
        f"{known} hari libur" if known else "belum ada",
        "" if known else "Administrator memasukkannya pada menu Kalender kerja.",
    )


def _next_book(work: UnitOfWork, year: int) -> YearTask:
    opening = year_opening(work, year)
    told = MODES[opening.mode] if opening.opened else f"belum; akan memakai: {MODES[opening.mode]}"
    todo = (
        f"Buka buku {year} dan pilih cara pengelompokan nomornya. Tanpa itu, nomor pertama tahun "
        f"{year} membukanya dengan cara yang sama."
    )
    return YearTask(
        "buka", f"Buku tahun {year} dibuka", opening.opened, told, "" if opening.opened else todo
    )


def _stored(work: UnitOfWork) -> dict[str, dict[str, str]]:
    setting = work.session.get(SettingRecord, _SETTING)
    return dict(setting.value) if setting is not None else {}


@command
def look_at(work: UnitOfWork, op_id: str, year: int, code: str) -> None:
    """Tick that somebody has looked at a thing of the checklist that no machine can see."""
    role = work.require(*CLOSERS, Role.ADMIN)
    if code not in {known for known, _, _ in _LOOKED_AT}:
        raise InputError(
            "Butir ini tidak ditandai dengan tangan: program melihatnya sendiri. Tidak ada yang "
            "berubah; kerjakan yang tertulis padanya.",
            "code",
        )
    stored = _stored(work)
    looked = f"{work.user.name}, {work.today:%d-%m-%Y}"
    value = {**stored, str(year): {**stored.get(str(year), {}), code: looked}}
    work.session.merge(SettingRecord(name=_SETTING, value=value))
    work.close_event(work.link(), op_id, LOOK, role, payload={"year": year, "looked_at": code})
