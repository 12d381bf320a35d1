"""Numbers in the life of a file: once, in order, per series and period of the office's own zone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kecamatan_desk.domain.errors import DeskError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.accounts import save_user
from kecamatan_desk.usecases.book_reading import book_choices
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import profile, save_profile
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.register import book_page, next_number
from kecamatan_desk.usecases.slips import ticket_values
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import SettableClock, op
from tests.walking import (
    DeskOf,
    brought_to,
    dump,
    finish,
    forward,
    miscounted,
    rows,
    seen,
    started,
)


@pytest.fixture
def set_office(admin_desk: Desk) -> Callable[..., None]:
    """Change the profile of the office."""

    def change(**values: object) -> None:
        office: OfficeProfile = admin_desk.ask(profile)
        admin_desk.call(save_profile, op(), replace(office, **values))  # type: ignore[arg-type]

    return change


def test_queue_numbers_are_one_series_for_the_whole_office(desk_of: DeskOf) -> None:
    given = [
        brought_to(desk_of, code, "register").queue_number
        for code in ("ktp", "sktm", "ahli-waris", "perekaman-ktp")
    ]
    assert given == [1, 2, 3, 4]


def test_agenda_numbers_run_per_service_and_year(desk_of: DeskOf, clock: SettableClock) -> None:
    given = [brought_to(desk_of, code, "serahkan").agenda_number for code in ("ktp", "sktm", "ktp")]
    assert given == [1, 1, 2]
    desk = desk_of(Role.REGISTER)
    choices, _ = desk.ask(book_choices, 2026)
    counted = {choice.form.code: choice.lines for choice in choices if choice.lines}
    assert counted == {"umum": 3, "ktp": 2, "sktm": 1}


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)]
)
def test_the_queue_restarts_at_the_offices_own_midnight(
    desk_of: DeskOf,
    clock: SettableClock,
    set_office: Callable[..., None],
    zone: str,
    hour: int,
) -> None:
    set_office(zone=zone)
    clock.set(datetime(2026, 5, 12, hour - 1, 58, tzinfo=UTC))
    first = brought_to(desk_of, "ktp", "register")
    assert (first.queue_number, first.period) == (1, "2026-05-12")
    second = started(desk_of, "ktp")
    clock.advance(minutes=2)
    third = forward(desk_of, second)
    assert (third.queue_number, third.period) == (1, "2026-05-13")
    assert miscounted(desk_of(Role.KASI).store.path) == []


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)]
)
def test_the_year_of_book_and_letter_changes_in_the_offices_zone(
    desk_of: DeskOf,
    clock: SettableClock,
    set_office: Callable[..., None],
    zone: str,
    hour: int,
) -> None:
    set_office(zone=zone)
    clock.set(datetime(2026, 12, 31, hour - 1, 55, tzinfo=UTC))
    old = brought_to(desk_of, "sktm", "tanda-tangan")
    waiting = brought_to(desk_of, "sktm", "register")
    clock.advance(minutes=5)
    new = forward(desk_of, waiting)
    assert (old.agenda_number, old.period, str(old.letter_number)[-8:]) == (1, "2026", "XII/2026")
    assert (new.agenda_number, new.period, str(new.letter_number)[-6:]) == (1, "2027", "I/2027")
    assert new.file_code.startswith("26-")
    assert started(desk_of, "sktm").file_code.startswith("27-000001-")
    lines = rows(desk_of(Role.REGISTER).store.path, "SELECT day, year, zone FROM register_line")
    assert lines == [
        {"day": "2026-12-31", "year": 2026, "zone": zone},
        {"day": "2027-01-01", "year": 2027, "zone": zone},
    ]
    page = desk_of(Role.REGISTER).ask(book_page, "sktm", 2027, None)
    assert [row.number for row in page.rows] == [1]


def test_asking_for_the_next_number_spends_none(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    register = desk_of(Role.REGISTER)
    before = dump(register.store.path)
    for _ in range(3):
        coming = register.ask(next_number, receipt.request_id)
        page = register.ask(book_page, "sktm", 2026, None, receipt.request_id)
    assert dump(register.store.path) == before
    given = forward(desk_of, receipt)
    assert (coming.number, coming.letter_number) == (given.agenda_number, given.letter_number)
    assert page.coming[:2] == (str(given.agenda_number), given.letter_number)


def test_a_file_that_is_registered_again_is_shown_the_number_it_keeps(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    brought_to(desk_of, "sktm", "tanda-tangan")
    camat = desk_of(Role.CAMAT)
    receipt = camat.call(processing.send_back, op(), seen(receipt), None, "Nama keliru")
    register = desk_of(Role.REGISTER)
    coming = register.ask(next_number, receipt.request_id)
    assert (coming.number, coming.letter_number) == (1, receipt.letter_number)
    assert register.ask(book_page, "sktm", 2026, None, receipt.request_id).coming == ()


@pytest.mark.parametrize("code", ["oss", "pengaduan"])
def test_licences_and_complaints_are_booked_when_they_pass_the_counter(
    desk_of: DeskOf, code: str
) -> None:
    receipt = started(desk_of, code)
    assert (receipt.series, receipt.period, receipt.number) == (code, "2026", 1)
    assert (receipt.agenda_number, receipt.queue_number) == (1, None)
    (line,) = rows(desk_of(Role.CAMAT).store.path, "SELECT * FROM register_line")
    assert (line["series"], line["letter_number"]) == (code, None)


def test_the_berita_acara_has_a_gapless_series_of_its_own(desk_of: DeskOf) -> None:
    first = brought_to(desk_of, "pengaduan", "sampaikan")
    camat = desk_of(Role.CAMAT)
    turned_down = brought_to(desk_of, "pengaduan", "keputusan")
    camat.call(processing.refuse, op(), seen(turned_down), "Bukan wewenang kecamatan")
    second = brought_to(desk_of, "pengaduan", "sampaikan")
    assert [r.minutes_number for r in (first, second)] == [1, 2]
    assert (second.series, second.number) == ("berita-acara", 2)
    assert first.letter_number != second.letter_number


def test_a_number_that_cannot_be_written_is_not_spent(
    desk_of: DeskOf, admin_desk: Desk, set_office: Callable[..., None]
) -> None:
    receipt = brought_to(desk_of, "ahli-waris", "register")
    camat, _ = desk_of(Role.CAMAT), desk_of(Role.REGISTER)
    admin_desk.call(
        save_user, op(), UserInput(camat.user.id, "camat", camat.user.name, (Role.CAMAT,), False)
    )
    before = dump(admin_desk.store.path)
    with pytest.raises(RuleError, match="Belum ada Camat"):
        forward(desk_of, receipt)
    assert dump(admin_desk.store.path) == before
    admin_desk.call(
        save_user, op(), UserInput(camat.user.id, "camat", camat.user.name, (Role.CAMAT,))
    )
    assert forward(desk_of, receipt).agenda_number == 1


def test_the_same_printed_number_is_refused_and_no_number_is_lost(
    desk_of: DeskOf, set_office: Callable[..., None]
) -> None:
    set_office(number_pattern="{kode}/{urut}/{layanan}/{tahun}")
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    waiting = brought_to(desk_of, "skck", "register")
    register = desk_of(Role.REGISTER)
    taken = str(receipt.letter_number)
    kept = SERVICES["skck"]
    SERVICES["skck"] = replace(  # type: ignore[index]
        kept, classification=SERVICES["sktm"].classification, abbreviation="SKTM"
    )
    try:
        before = dump(register.store.path)
        with pytest.raises(RuleError, match=f"Nomor surat {taken} sudah dipakai"):
            finish(register, waiting, "register")
        assert dump(register.store.path) == before
    finally:
        SERVICES["skck"] = kept  # type: ignore[index]
    assert finish(register, waiting, "register").agenda_number == 1


def test_the_ticket_bears_the_time_at_which_the_number_was_given(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    given = clock.now
    clock.advance(minutes=25)
    receipt = forward(desk_of, receipt)
    clock.advance(minutes=5)
    ticket = desk_of(Role.KASI).ask(ticket_values, receipt.request_id)
    assert (ticket.number, ticket.issued) == ("C-001", given)


def test_a_ticket_before_the_number_is_refused(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "sktm")
    with pytest.raises(DeskError, match="belum bernomor antrian"):
        desk_of(Role.KASI).ask(ticket_values, receipt.request_id)
