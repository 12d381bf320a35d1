"""The clock of the machine: asked about before a number is given, and never what order rests on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kecamatan_desk.domain.errors import ClockDoubtError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.clock_guard import clock_doubt, confirm_clock
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.intake import save_draft, take_in
from kecamatan_desk.usecases.office import profile, save_profile
from kecamatan_desk.usecases.processing import approve, give_agenda_number, pass_check
from kecamatan_desk.usecases.values import Answer, Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import (
    SKTM,
    DeskOf,
    SettableClock,
    checked,
    op,
    registered,
    seen,
    taken_in,
)
from tests.walking import broken_links, dump, miscounted, rows

PAPERS = [Answer(r.code, "ada", r.kind, 1) for r in SERVICES["sktm"].requirements]


def begin(desk: Desk) -> None:
    desk.call(save_draft, op(), DraftInput("sktm", SKTM))


# When somebody is asked


@pytest.mark.parametrize(
    ("jump", "asked"),
    [
        (timedelta(minutes=-4), False),  # another PC's time server, summer of a battery
        (timedelta(minutes=-6), True),
        (timedelta(days=-1), True),
        (timedelta(days=-2000), True),  # a battery is empty
        (timedelta(days=1), False),
        (timedelta(days=200), False),
        (timedelta(days=365), True),
        (timedelta(days=3650), True),
    ],
)
def test_a_clock_that_does_not_fit_is_asked_about_before_a_number_is_given(
    desk_of: DeskOf, clock: SettableClock, jump: timedelta, asked: bool
) -> None:
    waiting = checked(desk_of)
    unchecked = taken_in(desk_of, nik="9901015404910002")
    clock.advance(days=jump.days, seconds=jump.seconds)
    before = dump(desk_of(Role.REGISTER).store.path)

    def deeds() -> Iterator[Callable[[], object]]:
        yield lambda: begin(desk_of(Role.PELAYANAN))
        yield lambda: desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(waiting))
        yield lambda: desk_of(Role.KASI).call(pass_check, op(), seen(unchecked), PAPERS)

    for deed in deeds():
        if asked:
            with pytest.raises(ClockDoubtError) as told:
                deed()
            assert "Jam komputer menunjukkan" in str(told.value)
            assert "12 Mei 2026 pukul 09.00" in str(told.value)
            assert "Nomor belum terpakai" in str(told.value)
        else:
            deed()

    if asked:
        assert dump(desk_of(Role.REGISTER).store.path) == before
    assert miscounted(desk_of(Role.REGISTER).store.path) == []


def test_another_year_is_named_with_the_book_the_number_would_go_to(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    waiting = checked(desk_of)
    clock.advance(days=365)

    with pytest.raises(ClockDoubtError) as told:
        desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(waiting))

    assert "12 Mei 2027 pukul 09.00" in str(told.value)
    assert "akan masuk buku tahun 2027" in str(told.value)
    assert len(str(told.value)) < 210  # two lines of the message bar


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_the_turn_of_the_year_asks_nobody_and_begins_a_new_book(
    desk_of: DeskOf, clock: SettableClock, admin_desk: Desk, zone: str
) -> None:
    admin_desk.call(save_profile, op(), replace(admin_desk.ask(profile), zone=zone))
    midnight = datetime(2027, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    clock.set(midnight - timedelta(hours=4))
    old, new = checked(desk_of), checked(desk_of, nik="9901015404910002")
    clock.set(midnight - timedelta(seconds=1))
    last = desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(old))
    clock.set(midnight + timedelta(seconds=1))

    first = desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(new))
    begin(desk_of(Role.PELAYANAN))

    assert (last.letter_number or "").endswith("2026")
    assert (first.letter_number or "").endswith("2027")
    assert (last.agenda_number, first.agenda_number) == (1, 1)
    codes = rows(admin_desk.store.path, "SELECT file_code FROM request ORDER BY id")
    assert codes[-1]["file_code"].startswith("27-000001")


def test_the_first_working_day_of_january_asks_nobody_but_february_does(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 12, 24, 4, 0, tzinfo=UTC))
    begin(desk_of(Role.PELAYANAN))

    clock.set(datetime(2027, 1, 4, 2, 0, tzinfo=UTC))
    assert desk_of(Role.PELAYANAN).ask(clock_doubt) is None
    clock.set(datetime(2027, 2, 1, 2, 0, tzinfo=UTC))
    assert desk_of(Role.PELAYANAN).ask(clock_doubt) is not None


def test_what_is_signed_meanwhile_by_a_wrong_clock_vouches_for_nothing(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    """Signing gives no number and asks nobody: it must not lead the next number astray."""
    letter, waiting = registered(desk_of), checked(desk_of, nik="9901015404910002")
    for days in (3650, -3650):
        right = clock.now
        clock.advance(days=days)
        desk = desk_of(Role.SEKCAM)
        if days > 0:
            desk.call(approve, op(), seen(letter))  # goes on whatever the clock says
        with pytest.raises(ClockDoubtError):
            desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(waiting))
        clock.set(right)

    with pytest.raises(ClockDoubtError, match="Mei 2036"):  # somebody worked "in 2036"
        desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(waiting))
    desk_of(Role.REGISTER).call(confirm_clock, op())
    assert desk_of(Role.REGISTER).call(give_agenda_number, op(), seen(waiting)).agenda_number == 2


# Jam sudah benar


def test_a_confirmation_stands_in_the_chain_and_holds_until_the_next_jump(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    begin(desk_of(Role.PELAYANAN))
    desk = desk_of(Role.PELAYANAN)
    clock.advance(days=-1)

    desk.call(confirm_clock, op())

    begin(desk)
    clock.advance(minutes=30)
    begin(desk)
    told = rows(desk.store.path, "SELECT act, user_name, payload FROM event WHERE act LIKE 'jam%'")
    assert [(event["act"], event["user_name"]) for event in told] == [
        ("jam-dibenarkan", "Sari Wulandari")
    ]
    assert "2026-05-12T02:00:00" in told[0]["payload"]  # both times
    assert "2026-05-11T02:00:00" in told[0]["payload"]
    clock.advance(days=-1)
    with pytest.raises(ClockDoubtError):
        begin(desk)
    assert broken_links(desk.store.path) == []


def test_a_confirmed_year_goes_on_without_asking(desk_of: DeskOf, clock: SettableClock) -> None:
    begin(desk_of(Role.PELAYANAN))
    clock.advance(days=400)
    desk_of(Role.PELAYANAN).call(confirm_clock, op())

    for _ in range(3):
        begin(desk_of(Role.PELAYANAN))
        clock.advance(days=20)


def test_without_a_doubt_nothing_is_confirmed(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    begin(desk)
    before = rows(desk.store.path, "SELECT COUNT(*) AS n FROM event")

    desk.call(confirm_clock, op())

    assert rows(desk.store.path, "SELECT COUNT(*) AS n FROM event") == before


def test_the_deed_asked_about_is_done_with_its_own_op_id(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    waiting, op_id = checked(desk_of), op()
    desk = desk_of(Role.REGISTER)
    clock.advance(days=-1)
    with pytest.raises(ClockDoubtError):
        desk.call(give_agenda_number, op_id, seen(waiting))
    desk.call(confirm_clock, op())

    receipt = desk.call(give_agenda_number, op_id, seen(waiting))

    assert desk.call(give_agenda_number, op_id, seen(waiting)) == receipt


# What the clock decides nothing about


def test_order_never_depends_on_the_clock(desk_of: DeskOf, clock: SettableClock) -> None:
    given: list[Receipt] = []
    for place, days in enumerate((0, -40, 15, -400, 3)):
        clock.advance(days=days)
        desk_of(Role.PELAYANAN).call(confirm_clock, op())
        given.append(
            registered(desk_of, nik=f"990101540491000{place}", pengantar_tanggal="2024-11-04")
        )
    path = desk_of(Role.PELAYANAN).store.path

    this_year = [receipt.agenda_number for receipt in given[:3]]
    assert this_year == [1, 2, 3]
    assert [receipt.agenda_number for receipt in given[3:]] == [1, 2]  # of the book of 2025
    assert broken_links(path) == []
    assert miscounted(path) == []


def test_a_draft_once_begun_is_taken_in_whatever_the_clock_says(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.PELAYANAN)
    saved = desk.call(save_draft, op(), DraftInput("sktm", SKTM))
    clock.advance(days=-1)

    kept = desk.call(save_draft, op(), DraftInput("sktm", SKTM, id=saved.id))
    shown = Seen(kept.id, kept.version)
    assert desk.call(take_in, op(), shown, DraftInput("sktm", SKTM, id=saved.id)).file_code


# With the clock of the machine turned

TURNED = """
import sys
from pathlib import Path
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import ClockDoubtError
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.draft_values import DraftInput
from tests.builders import PASSWORD, SKTM, op
office = open_place(Place(Path(sys.argv[1]), "test"))
desk = office.sign_in("pelayanan", PASSWORD)
try:
    print("ok", desk.call(save_draft, op(), DraftInput("sktm", SKTM)).file_code)
except ClockDoubtError as error:
    print("doubt", error)
office.close()
"""


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2026-05-12 10:00:00", "ok 26-"),
        ("2026-05-11 09:00:00", "doubt Jam komputer menunjukkan 11 Mei 2026 pukul 09.00"),
        ("2027-05-12 09:00:00", "doubt Jam komputer menunjukkan 12 Mei 2027 pukul 09.00"),
        ("2026-12-31 23:59:50", "ok 26-"),
    ],
)
def test_the_machines_own_clock_turned(
    office: Office, place: Place, desk_of: DeskOf, time: str, said: str
) -> None:
    begin(desk_of(Role.PELAYANAN))
    office.close()
    command = ["faketime", "-f", f"@{time}", sys.executable, "-c", TURNED, str(place.root)]

    done = subprocess.run(
        command,
        env={**os.environ, "TZ": "Asia/Jakarta"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.stdout.startswith(said), done.stdout + done.stderr
