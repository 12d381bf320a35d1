"""The office's own settings: profile, calendar, absences."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.office import (
    absences,
    calendar_view,
    default_holidays,
    end_absence,
    profile,
    save_absence,
    save_calendar,
    save_profile,
)
from kecamatan_desk.usecases.office_values import CalendarView, DayHours, Holiday, OfficeProfile
from kecamatan_desk.usecases.people import is_absent
from tests.builders import PROFILE, DeskOf, SettableClock, op, registered

TODAY = date(2026, 5, 12)


def picture(kind: str = "PNG", side: int = 40) -> bytes:
    written = BytesIO()
    Image.new("RGB", (side, side), "green").save(written, kind)
    return written.getvalue()


def payloads(work: UnitOfWork) -> dict[str, str]:
    rows = work.session.execute(select(EventRecord.act, EventRecord.payload))
    return {row.act: row.payload for row in rows}


def test_the_profile_is_kept_with_its_coat_of_arms(admin_desk: Desk, place: Place) -> None:
    changed = replace(PROFILE, address="Jalan Baru No. 2", zone="Asia/Makassar", logo=picture())

    admin_desk.call(save_profile, op(), changed)
    admin_desk.call(save_profile, op(), replace(changed, contact="-", logo=None))

    assert admin_desk.ask(profile) == replace(changed, contact="-")
    assert admin_desk.ask(lambda work: work.office.zone_label) == "WITA"
    assert json.loads(admin_desk.ask(payloads)["profil-ubah"])["changed"] == ["contact"]
    assert check_place(place).ok


def test_what_is_typed_is_cleaned(admin_desk: Desk) -> None:
    typed = replace(PROFILE, name="  Suka   maju ", villages=(" Mekarsari ", "", "Cibodas"))

    admin_desk.call(save_profile, op(), typed)

    stored = admin_desk.ask(profile)
    assert (stored.name, stored.villages) == ("Suka maju", ("Mekarsari", "Cibodas"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"regency": " "}, "regency"),
        ({"address": "x" * 151}, "address"),
        ({"zone": "Europe/Berlin"}, "zone"),
        ({"region_code": "33.01"}, "region_code"),
        ({"tms_days": 0}, "tms_days"),
        ({"villages": ("Mekarsari", "MEKARSARI")}, "villages"),
        ({"villages": tuple(f"Desa {n}" for n in range(101))}, "villages"),
        ({"abbreviation": ""}, "abbreviation"),
        ({"logo": b"GIF89a"}, "logo"),
        ({"logo": picture()[:60]}, "logo"),
        ({"logo": picture() + b"\0" * 512 * 1024}, "logo"),
        ({"logo": picture(side=4001)}, "logo"),
        ({"logo": picture("BMP")}, "logo"),
    ],
)
def test_a_profile_that_no_paper_could_use_is_refused_at_its_field(
    admin_desk: Desk, change: dict[str, object], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        admin_desk.call(save_profile, op(), replace(PROFILE, **change))  # type: ignore[arg-type]

    assert refused.value.field == field
    assert admin_desk.ask(profile) == PROFILE


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_may_be_png_or_jpeg(admin_desk: Desk, kind: str) -> None:
    admin_desk.call(save_profile, op(), replace(PROFILE, logo=picture(kind)))

    assert admin_desk.ask(profile).logo == picture(kind)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{kode}/{layanan}", "{urut}"),
        ("{urut}/{bulan}/{nomor}", "{nomor}"),
        ("{kode}/{urut}/{romawi}/{tahun}", "{layanan}"),
        ("{urut}/{tahun}", "{layanan}"),
        ("{urut}/{layanan}/" + "SURAT-KETERANGAN-" * 3, "60"),
    ],
)
def test_a_pattern_that_could_give_two_letters_one_number_is_refused(
    admin_desk: Desk, pattern: str, said: str
) -> None:
    with pytest.raises(RuleError, match=said.replace("{", r"\{")):
        admin_desk.call(save_profile, op(), replace(PROFILE, number_pattern=pattern))

    assert admin_desk.ask(profile).number_pattern == PROFILE.number_pattern


def test_a_changed_pattern_holds_from_the_next_letter(admin_desk: Desk, desk_of: DeskOf) -> None:
    before = registered(desk_of)
    admin_desk.call(save_profile, op(), replace(PROFILE, number_pattern="{layanan}.{urut}/{tahun}"))

    after = registered(desk_of, nik="9901015404910002")

    assert before.letter_number == "400.9.14.1/001/SKTM/KEC-SKM/V/2026"
    assert after.letter_number == "SKTM.2/2026"


def test_the_calendar_is_kept_in_order(admin_desk: Desk, place: Place) -> None:
    typed = CalendarView(
        (DayHours(5, ((480, 720),)), DayHours(0, ((780, 960), (480, 720)))),
        (Holiday(date(2026, 12, 25), "Natal"), Holiday(date(2026, 8, 17), "Kemerdekaan")),
    )

    admin_desk.call(save_calendar, op(), typed)

    stored = admin_desk.ask(calendar_view)
    assert stored.hours[0].spans == ((480, 720), (780, 960))
    assert [day.weekday for day in stored.hours if day.spans] == [0, 5]
    assert [holiday.name for holiday in stored.holidays] == ["Kemerdekaan", "Natal"]
    assert admin_desk.ask(lambda work: work.calendar.is_working_day(date(2026, 5, 16)))
    assert not admin_desk.ask(lambda work: work.calendar.is_working_day(TODAY))
    assert check_place(place).ok


@pytest.mark.parametrize(
    ("hours", "holidays", "field"),
    [
        ((), (), "hours"),
        ((DayHours(7, ((480, 720),)),), (), "hours"),
        ((DayHours(0, ((720, 480),)),), (), "hours"),
        ((DayHours(0, ((480, 720), (700, 960))),), (), "hours"),
        ((DayHours(0, ((480, 1500),)),), (), "hours"),
        ((DayHours(0, ((480, 720),)),), (Holiday(TODAY, "a"), Holiday(TODAY, "b")), "holidays"),
        ((DayHours(0, ((480, 720),)),), (Holiday(TODAY, "a" * 81),), "holidays"),
    ],
)
def test_an_impossible_calendar_is_refused(
    admin_desk: Desk, hours: tuple[DayHours, ...], holidays: tuple[Holiday, ...], field: str
) -> None:
    before = admin_desk.ask(calendar_view)

    with pytest.raises(InputError) as refused:
        admin_desk.call(save_calendar, op(), CalendarView(hours, holidays))

    assert refused.value.field == field
    assert admin_desk.ask(calendar_view) == before


def test_the_first_holidays_are_indonesian_and_name_estimates() -> None:
    named = {holiday.day: holiday.name for holiday in default_holidays((2026, 2027))}

    assert named[date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"
    assert named[date(2026, 3, 20)].startswith("Cuti Bersama")
    assert any("perkiraan" in name for day, name in named.items() if day.year == 2027)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.PEMOHON)])
def test_only_the_administrator_changes_the_office(desk_of: DeskOf, role: Role) -> None:
    desk = desk_of(role)

    with pytest.raises(NotAllowedError):
        desk.call(save_profile, op(), PROFILE)
    with pytest.raises(NotAllowedError):
        desk.call(save_calendar, op(), desk.ask(calendar_view))
    assert desk.ask(profile) == PROFILE


def test_an_absent_official_is_absent_until_he_is_back(
    admin_desk: Desk, desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    camat = desk_of(Role.CAMAT)
    last = TODAY + timedelta(days=3)
    absence = desk_of(Role.REGISTER).call(
        save_absence, op(), camat.user.id, TODAY, last, "Rapat di kabupaten"
    )
    assert admin_desk.ask(is_absent, Role.CAMAT)
    clock.advance(days=1)

    camat.call(end_absence, op(), absence)

    assert not admin_desk.ask(is_absent, Role.CAMAT)
    row = admin_desk.ask(absences)[0]
    assert (row.name, row.last_day) == ("Drs. Agus Santoso, M.AP.", TODAY)
    with pytest.raises(RuleError, match="sudah berakhir"):
        camat.call(end_absence, op(), absence)
    assert "kabupaten" not in json.dumps(admin_desk.ask(payloads))
    assert check_place(place).ok


@pytest.mark.parametrize(
    ("who", "absent", "days", "error"),
    [
        (Role.VERIFIKASI, Role.CAMAT, 0, NotAllowedError),
        (Role.ADMIN, Role.PELAYANAN, 0, InputError),
        (Role.ADMIN, Role.CAMAT, -1, InputError),
    ],
)
def test_an_absence_that_stops_nothing_is_refused(
    desk_of: DeskOf, who: Role, absent: Role, days: int, error: type[DeskError]
) -> None:
    user_id = desk_of(absent).user.id

    with pytest.raises(error):
        desk_of(who).call(save_absence, op(), user_id, TODAY, TODAY + timedelta(days=days), "Cuti")

    assert desk_of(who).ask(absences) == ()


def test_the_day_changes_with_the_offices_zone(admin_desk: Desk, clock: SettableClock) -> None:
    clock.set(datetime(2026, 12, 31, 16, 30, tzinfo=UTC))
    assert admin_desk.ask(lambda work: work.today) == date(2026, 12, 31)

    east: OfficeProfile = replace(PROFILE, zone="Asia/Jayapura")
    admin_desk.call(save_profile, op(), east)

    assert admin_desk.ask(lambda work: work.today) == date(2027, 1, 1)
