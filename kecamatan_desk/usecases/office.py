"""The office itself: profile and letterhead, working hours and holidays, absent officials."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.calendar import DEFAULT_HOURS
from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.numbering import check_pattern, letter_number
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import canonical
from kecamatan_desk.persistence.numbers import MINUTES
from kecamatan_desk.persistence.tables import AbsenceRecord, ContentRecord, UserRecord
from kecamatan_desk.usecases import settings
from kecamatan_desk.usecases.booking import number_tokens, writes_letter
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.office_values import (
    CalendarView,
    DayHours,
    Holiday,
    OfficeProfile,
    ServiceChoices,
)
from kecamatan_desk.usecases.people_values import AbsenceRow
from kecamatan_desk.usecases.series import BY_CODE, BY_SERVICE, modes_ahead, series_in
from kecamatan_desk.workflows.catalog import SERVICES

ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
LARGEST_LOGO = 512 * 1024
_MOST_PIXELS = 4000  # a side: more than any letterhead prints
_MOST_VILLAGES = 100

#: field -> (label, most characters, required)
_TEXTS = {
    "name": ("Nama kecamatan", 60, True),
    "regency": ("Nama kabupaten/kota", 80, True),
    "province": ("Nama provinsi", 60, False),
    "abbreviation": ("Singkatan", 20, False),
    "address": ("Alamat kantor", 150, False),
    "contact": ("Kontak", 120, False),
    "place": ("Tempat pada tanggal surat", 60, False),
}


def profile(work: UnitOfWork) -> OfficeProfile:
    """Give the office as it is set up, with its coat of arms."""
    return replace(work.office, logo=settings.load_logo(work.session))


@command
def save_profile(work: UnitOfWork, op_id: str, typed: OfficeProfile) -> None:
    """Change the office profile. A logo of None leaves the stored one as it is.

    InputError at the field; RuleError when two services would write the same letter number.
    """
    work.require(Role.ADMIN)
    work.require_presence()
    before = work.office
    write_profile(work, typed)
    changed = [
        part.name
        for part in fields(OfficeProfile)
        if part.name != "logo" and getattr(before, part.name) != getattr(work.office, part.name)
    ]
    announce_profile(work, op_id, "profil-ubah", changed + (["logo"] if typed.logo else []))


def write_profile(work: UnitOfWork, typed: OfficeProfile) -> None:
    """Check a profile and store it; the unit of work goes on with the new one."""
    checked = checked_profile(typed, work.service_choices, modes_ahead(work))
    settings.store_office(work.session, checked)
    work.forget_settings()


def announce_profile(work: UnitOfWork, op_id: str, act: str, changed: Iterable[str] = ()) -> None:
    """Write the event of a changed profile; the profile itself stands in a content row."""
    link = work.link()
    kept = {
        part.name: value
        if isinstance(value := getattr(work.office, part.name), int | str)
        else list(value)
        for part in fields(OfficeProfile)
        if part.name != "logo"
    }
    link.add(ContentRecord, kind="profil", body=canonical(kept))
    work.close_event(link, op_id, act, Role.ADMIN, payload={"changed": list(changed)})


def checked_profile(
    typed: OfficeProfile, choices: Mapping[str, ServiceChoices], modes: Collection[str]
) -> OfficeProfile:
    """Give the profile cleaned; InputError or RuleError when papers could not be made with it.

    ``modes``: how the years ahead group their numbers.
    """
    texts: dict[str, Any] = {}
    for name, (label, length, required) in _TEXTS.items():
        texts[name] = checked_text(getattr(typed, name), label, length, name)
        if required and not texts[name]:
            raise InputError(f"{label} harus diisi: dicetak pada setiap surat.", name)
    if typed.zone not in ZONES:
        raise InputError("Pilih zona waktu kantor: WIB, WITA, atau WIT.", "zone")
    if typed.region_code and not re.fullmatch(r"[0-9]{6}", typed.region_code):
        raise InputError("Kode wilayah kecamatan 6 angka, atau kosong.", "region_code")
    if not 1 <= typed.tms_days <= 365:
        raise InputError("Batas kembali berkas TMS 1 sampai 365 hari.", "tms_days")
    if not 0 <= typed.scan_days <= 3650:
        raise InputError(
            "Pindaian disimpan 0 sampai 3650 hari sesudah berkas selesai (0: tidak dihapus).",
            "scan_days",
        )
    if not 2 <= typed.lock_minutes <= 15:
        raise InputError(
            "Layar terkunci sesudah 2 sampai 15 menit tidak dipakai; kunci tidak dapat dimatikan.",
            "lock_minutes",
        )
    checked = replace(
        typed,
        **texts,
        villages=_villages(typed.villages),
        number_pattern=typed.number_pattern.strip(),
    )
    check_numbers(checked, choices, modes)
    if typed.logo is not None:
        _check_logo(typed.logo)
    return checked


def _villages(typed: Iterable[str]) -> tuple[str, ...]:
    named = [checked_text(village, "Nama desa/kelurahan", 60, "villages") for village in typed]
    kept = [village for village in named if village]
    folded = [village.casefold() for village in kept]
    double = next((v for v in kept if folded.count(v.casefold()) > 1), None)
    if double or len(kept) > _MOST_VILLAGES:
        raise InputError(
            f"Desa/kelurahan {double} tertulis dua kali."
            if double
            else f"Paling banyak {_MOST_VILLAGES} desa/kelurahan.",
            "villages",
        )
    return tuple(kept)


def check_numbers(
    office: OfficeProfile, choices: Mapping[str, ServiceChoices], modes: Collection[str]
) -> None:
    """Refuse a pattern that two separate series would write alike (rule 5 of the SOP reading).

    ``choices`` give each service's code, as the office has set it or is about to; ``modes`` are
    the ways of grouping numbers it must hold for.
    """
    pattern = office.number_pattern
    try:
        check_pattern(pattern)
    except RuleError as error:
        raise RuleError(str(error), "number_pattern") from error
    if not office.abbreviation and ("{singkatan" in pattern or "{unit" in pattern):
        raise InputError(
            "Singkatan kecamatan harus diisi: pola nomor surat memakainya.", "abbreviation"
        )
    longest = date(2028, 8, 28)  # the longest Roman month: VIII
    for _, _, code, abbreviation in _numbered(choices, BY_SERVICE):
        try:
            letter_number(pattern, number_tokens(office, code, abbreviation, 99999), longest)
        except RuleError as error:
            raise RuleError(str(error), "number_pattern") from error
    if BY_CODE in modes and "{kode}" not in pattern:
        raise RuleError(
            "Nomor urut berjalan per kode klasifikasi, jadi pola nomor surat harus memuat {kode}. "
            "Pola lama tetap berlaku.",
            "number_pattern",
        )
    if same := same_numbers(office, choices, modes):
        raise RuleError(
            f"Dengan pola ini {same[0]} dan {same[1]} dapat bernomor surat sama. Pola lama tetap "
            "berlaku; tambahkan {layanan} pada pola.",
            "number_pattern",
        )


def same_numbers(
    office: OfficeProfile, choices: Mapping[str, ServiceChoices], modes: Collection[str]
) -> tuple[str, str] | None:
    """Give two separate series that the pattern could number alike, by label; None: none can."""
    pattern = office.number_pattern
    for mode in modes:
        seen: dict[tuple[str, str], tuple[str, str]] = {}
        for label, series, code, abbreviation in _numbered(choices, mode):
            written = (
                code if "{kode" in pattern else "",
                abbreviation if "{layanan" in pattern else "",
            )
            other, other_series = seen.setdefault(written, (label, series))
            if other_series != series:
                return label, other
    return None


def _numbered(
    choices: Mapping[str, ServiceChoices], mode: str
) -> Iterable[tuple[str, str, str, str]]:
    for service in SERVICES.values():
        code = choices[service.code].classification
        if writes_letter(service):
            yield service.label, series_in(mode, service, code), code, service.abbreviation
        if any(step.code == "keputusan" for step in service.steps):
            yield "Berita Acara", MINUTES, code, "BA-" + service.abbreviation


def _check_logo(image: bytes) -> None:
    """Refuse what no letterhead can show, before a letter fails because of it."""
    from PIL import Image

    refusal = InputError(
        "Logo harus gambar PNG atau JPEG, paling besar 512 kB dan 4000 x 4000 titik. Logo lama "
        "tetap dipakai; pilih berkas lain.",
        "logo",
    )
    if len(image) > LARGEST_LOGO or not image.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise refusal
    try:
        with Image.open(BytesIO(image), formats=("PNG", "JPEG")) as picture:
            if max(picture.size) > _MOST_PIXELS:
                raise refusal
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise refusal from error


def calendar_view(work: UnitOfWork) -> CalendarView:
    """Give working hours and holidays as administration edits them."""
    return settings.calendar_view(work.session)


@command
def save_calendar(work: UnitOfWork, op_id: str, typed: CalendarView) -> None:
    """Change working hours and holidays. Finished steps keep the minutes they were given."""
    work.require(Role.ADMIN)
    checked = CalendarView(_checked_hours(typed.hours), _checked_holidays(typed.holidays))
    settings.store_calendar(work.session, checked)
    work.forget_settings()
    link = work.link()
    body = {
        "hours": {str(day.weekday): [list(span) for span in day.spans] for day in checked.hours},
        "holidays": {holiday.day.isoformat(): holiday.name for holiday in checked.holidays},
    }
    link.add(ContentRecord, kind="kalender", body=canonical(body))
    payload = {"holidays": len(checked.holidays)}
    work.close_event(link, op_id, "kalender-ubah", Role.ADMIN, payload=payload)


def _checked_hours(typed: Iterable[DayHours]) -> tuple[DayHours, ...]:
    by_day = {day.weekday: tuple(sorted(day.spans)) for day in typed}
    if not set(by_day) <= set(range(7)) or not any(by_day.values()):
        raise InputError("Sedikitnya satu hari kerja harus berjam buka.", "hours")
    for spans in by_day.values():
        edges = [minute for span in spans for minute in span]
        if edges != sorted(set(edges)) or (edges and not 0 <= edges[0] < edges[-1] <= 24 * 60):
            raise InputError(
                "Jam buka harus sebelum jam tutup, dan jam-jam sehari tidak boleh bertindih.",
                "hours",
            )
    return tuple(DayHours(day, by_day.get(day, ())) for day in range(7))


def _checked_holidays(typed: Iterable[Holiday]) -> tuple[Holiday, ...]:
    kept = [
        Holiday(holiday.day, checked_text(holiday.name, "Nama hari libur", 80, "holidays"))
        for holiday in typed
    ]
    days = [holiday.day for holiday in kept]
    if len(days) != len(set(days)):
        raise InputError("Satu tanggal libur tertulis dua kali.", "holidays")
    return tuple(sorted(kept, key=lambda holiday: holiday.day))


def default_calendar(today: date) -> CalendarView:
    """Give the calendar a new office begins with: usual hours, holidays of this and next year."""
    hours = tuple(DayHours(day, spans) for day, spans in DEFAULT_HOURS.items())
    return CalendarView(hours, default_holidays((today.year, today.year + 1)))


def default_holidays(years: Iterable[int]) -> tuple[Holiday, ...]:
    """Give national holidays and joint leave of some years, as a first table to be edited.

    Days that follow the moon are estimates until the yearly joint decree, and say so.
    """
    import holidays

    found = holidays.country_holidays(
        "ID", years=list(years), categories=("public", "government"), language="id"
    )
    return tuple(Holiday(day, name) for day, name in sorted(found.items()))


def absences(work: UnitOfWork) -> tuple[AbsenceRow, ...]:
    """List the absences of officials, the latest first."""
    found = work.session.execute(
        select(AbsenceRecord, UserRecord.name)
        .join(UserRecord, UserRecord.id == AbsenceRecord.user_id)
        .order_by(AbsenceRecord.first_day.desc(), AbsenceRecord.id.desc())
    )
    return tuple(
        AbsenceRow(row.id, row.user_id, name, row.first_day, row.last_day, row.reason)
        for row, name in found
    )


@command
def save_absence(
    work: UnitOfWork, op_id: str, user_id: int, first: date, last: date, reason: str
) -> int:
    """Record that an official is away from-to: every file waiting for him pauses. Gives the id."""
    role = _may_record_absence(work, user_id)
    if last < first:
        raise InputError("Hari terakhir tidak boleh sebelum hari pertama.", "last")
    if not work.roster.is_official(user_id, first, last):
        raise InputError(
            "Hanya ketidakhadiran pejabat yang menghentikan waktu berkas, dan pada hari-hari itu "
            "ia tidak menjabat. Tidak ada yang berubah; pilih pejabat lain atau betulkan harinya.",
            "user_id",
        )
    row = AbsenceRecord(
        user_id=user_id,
        first_day=first,
        last_day=last,
        reason=checked_text(reason, "Alasan", 120, "reason"),
    )
    work.session.add(row)
    work.session.flush()
    _announce_absence(work, op_id, "tidak-di-tempat", role, row)
    return row.id


@command
def end_absence(work: UnitOfWork, op_id: str, absence_id: int) -> None:
    """Record that an official is back today: days that have passed stay as they were."""
    row = work.session.get_one(AbsenceRecord, absence_id)
    role = _may_record_absence(work, row.user_id)
    if row.last_day < work.today:
        raise RuleError(
            "Ketidakhadiran ini sudah berakhir. Tidak ada yang berubah; muat ulang daftarnya."
        )
    yesterday = work.today - timedelta(days=1)
    row.last_day = max(yesterday, row.first_day - timedelta(days=1))
    work.session.flush()
    _announce_absence(work, op_id, "tidak-di-tempat-akhir", role, row)


def _may_record_absence(work: UnitOfWork, user_id: int) -> Role:
    """Let administrator, counter and register record it, and the official himself."""
    if work.user.id == user_id and work.roles:
        return work.roles[0]
    return work.require(Role.ADMIN, Role.REGISTER, Role.PELAYANAN)


def _announce_absence(
    work: UnitOfWork, op_id: str, act: str, role: Role, row: AbsenceRecord
) -> None:
    link = work.link()
    link.add(ContentRecord, kind="alasan", body=row.reason)
    payload = {
        "absence": row.id,
        "user": row.user_id,
        "first": row.first_day.isoformat(),
        "last": row.last_day.isoformat(),
    }
    work.close_event(link, op_id, act, role, payload=payload)
