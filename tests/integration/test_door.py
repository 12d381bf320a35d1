"""Guessing at the door: counted, made to wait, told; whatever becomes of clock and program."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import thread_time

import pytest
from sqlalchemy import select

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import UserRecord
from kecamatan_desk.usecases import passwords
from kecamatan_desk.usecases.accounts import unlock_user, users
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.passwords import HashCost, calibrated
from tests.builders import PASSWORD, PIN, PROFILE, SettableClock, op, user_input

WRONG_PIN = "908172"


@pytest.fixture
def office(place: Place, clock: SettableClock, _office_template: Path) -> Iterator[Office]:
    """An office whose machine runs only as long as the test says."""
    shutil.copytree(_office_template, place.root)
    opened = open_place(place, clock=clock, uptime=clock.uptime)
    yield opened
    opened.close()


def refusal(office: Office, username: str = "camat", password: str = "salah sekali") -> str:
    with pytest.raises(NotAllowedError) as refused:
        office.sign_in(username, password)
    return str(refused.value)


def pin_refusal(office: Office, pin: str = WRONG_PIN) -> str:
    with pytest.raises(NotAllowedError) as refused:
        office.sign_in_pin("camat", pin)
    return str(refused.value)


def locked_out(office: Office) -> None:
    for _ in range(5):
        refusal(office)


def record(desk: Desk, username: str) -> dict[str, object]:
    def read(work):  # type: ignore[no-untyped-def]
        row = work.session.scalars(select(UserRecord).where(UserRecord.username == username)).one()
        return {"pin": row.pin_hash, "failures": row.failures, "pins": row.pin_failures}

    return desk.ask(read)


def test_wrong_tries_have_to_wait_longer_and_longer(office: Office, clock: SettableClock) -> None:
    free = [refusal(office) for _ in range(4)]
    waits = [refusal(office)]
    assert len(set(free)) == 1

    with pytest.raises(NotAllowedError, match=r"pukul 09\.01"):
        office.sign_in("camat", PASSWORD)  # even the right one waits
    for minutes in (1, 2, 4, 8, 15):
        clock.advance(minutes=minutes)
        waits.append(refusal(office))

    told = [said.split("pukul ")[1][:5] for said in waits]
    assert told == ["09.01", "09.03", "09.07", "09.15", "09.30", "09.45"]
    clock.advance(minutes=15)
    office.sign_in("camat", PASSWORD)
    assert refusal(office) == free[0]  # all is forgiven


def test_a_working_day_allows_some_forty_guesses(office: Office, clock: SettableClock) -> None:
    guesses = 0
    end = clock.run + 8 * 3600
    while clock.run < end:
        if "kata sandi tidak cocok" in refusal(office) or guesses >= 4:
            guesses += 1
        wait = 0 if guesses < 5 else min(2 ** (guesses - 5), 15)
        clock.advance(minutes=wait)
    assert guesses <= 40


@pytest.mark.parametrize("turned", [timedelta(days=-9000), timedelta(minutes=-16), timedelta(-1)])
def test_turning_the_clock_back_helps_nobody_and_harms_nobody(
    office: Office, clock: SettableClock, turned: timedelta
) -> None:
    locked_out(office)

    clock.set(clock.now + turned)

    assert "Terlalu banyak" in refusal(office, password=PASSWORD)
    clock.advance(minutes=1)
    assert office.sign_in("camat", PASSWORD).user.username == "camat"


@pytest.mark.parametrize("turned", [timedelta(minutes=16), timedelta(days=1), timedelta(days=900)])
def test_turning_the_clock_forward_does_not_shorten_the_wait(
    office: Office, clock: SettableClock, turned: timedelta
) -> None:
    locked_out(office)

    clock.set(clock.now + turned)

    assert "Terlalu banyak" in refusal(office, password=PASSWORD)


@pytest.mark.parametrize("turned", [timedelta(0), timedelta(days=-1), timedelta(days=1)])
def test_the_wait_outlives_the_program_and_a_turned_clock(
    office: Office, place: Place, clock: SettableClock, turned: timedelta
) -> None:
    locked_out(office)
    office.close()
    clock.set(clock.now + turned)

    again = open_place(place, clock=clock, uptime=clock.uptime)

    assert "Terlalu banyak" in refusal(again, password=PASSWORD)
    clock.advance(minutes=1)
    assert again.sign_in("camat", PASSWORD).user.username == "camat"
    again.close()


def test_after_a_restart_of_the_machine_the_wait_counts_from_there(
    office: Office, place: Place, clock: SettableClock
) -> None:
    for _ in range(4):
        locked_out(office)
        clock.advance(minutes=15)
    assert "Terlalu banyak" in refusal(office)
    office.close()
    clock.run = 60.0  # switched off and on: it runs for a minute

    again = open_place(place, clock=clock, uptime=clock.uptime)

    assert "Terlalu banyak" in refusal(again, password=PASSWORD)
    clock.advance(minutes=14)
    assert again.sign_in("camat", PASSWORD).user.username == "camat"
    again.close()


def test_a_name_of_nobody_is_told_and_made_to_wait_like_any_other(office: Office) -> None:
    known = [refusal(office) for _ in range(7)]

    assert [refusal(office, "tidak-ada") for _ in range(7)] == known


def test_an_official_without_password_is_told_as_if_there_were_nobody(
    office: Office, admin_desk: Desk
) -> None:
    def take_away(work):  # type: ignore[no-untyped-def]
        row = work.session.scalars(select(UserRecord).where(UserRecord.username == "kasi")).one()
        row.password_hash = None

    admin_desk.call(take_away)

    assert refusal(office, "kasi") == refusal(office, "tidak-ada")


def test_an_unknown_name_takes_as_long_as_a_known_one(office: Office, admin_desk: Desk) -> None:
    cost = HashCost(memory=4096, passes=2, lanes=1)
    admin_desk.call(lambda work: passwords.store_cost(work.session, cost))
    for username in ("camat", "kasi", "sekcam"):
        office.sign_in(username, PASSWORD)  # hashed anew at that cost

    def spent(username: str) -> float:
        begun = thread_time()  # what is worked; how long it takes is the machine's load too
        refusal(office, username)
        return thread_time() - begun

    known, unknown = [], []
    for number in range(12):
        known.append(spent(("camat", "kasi", "sekcam")[number % 3]))
        unknown.append(spent(f"tidak-ada-{number % 3}"))

    assert abs(median(known) - median(unknown)) < 0.02


def test_a_pin_is_guessed_at_most_five_times_between_two_passwords(
    office: Office, place: Place, clock: SettableClock
) -> None:
    office.sign_in("camat", PASSWORD)
    for _ in range(4):
        assert "tidak cocok" in pin_refusal(office)
    office.sign_in_pin("camat", PIN)  # a right one in between gives no new guesses

    assert "5 kali salah" in pin_refusal(office)
    assert not next(user for user in office.users() if user.username == "camat").pin_open
    office.close()
    clock.advance(hours=1)
    again = open_place(place, clock=clock, uptime=clock.uptime)
    assert "5 kali salah" in pin_refusal(again, PIN)  # also after a restart
    assert again.sign_in("camat", PASSWORD).welcome.failures == 1  # four were told before
    assert again.sign_in_pin("camat", PIN).user.username == "camat"
    again.close()


def test_wrong_pins_make_no_password_wait(office: Office) -> None:
    office.sign_in("camat", PASSWORD)
    for _ in range(5):
        pin_refusal(office)

    assert office.sign_in("camat", PASSWORD).user.username == "camat"


def test_a_password_lasts_eight_hours_for_the_pin(office: Office, clock: SettableClock) -> None:
    office.sign_in("camat", PASSWORD)
    clock.advance(hours=7, minutes=59)
    office.sign_in_pin("camat", PIN)

    clock.advance(minutes=2)

    assert "paling lama 8 jam" in pin_refusal(office, PIN)


def test_at_the_next_sign_in_wrong_tries_and_the_last_visit_are_told(
    office: Office, clock: SettableClock
) -> None:
    office.sign_in("camat", PASSWORD)
    before = clock.now
    clock.advance(hours=1)
    refusal(office)
    pin_refusal(office)
    clock.advance(hours=1)

    welcome = office.sign_in_pin("camat", PIN).welcome

    assert (welcome.failures, welcome.last_in) == (2, before)
    again = office.sign_in("camat", PASSWORD).welcome
    assert (again.failures, again.last_in) == (0, clock.now)


def test_an_administrator_unlocks_and_the_tries_are_still_told(
    office: Office, admin_desk: Desk, place: Place
) -> None:
    locked_out(office)
    row = next(user for user in admin_desk.ask(users) if user.username == "camat")
    assert row.locked

    admin_desk.call(unlock_user, op(), row.id)

    assert not next(user for user in admin_desk.ask(users) if user.username == "camat").locked
    assert office.sign_in("camat", PASSWORD).welcome.failures == 5
    assert check_place(place).ok


@pytest.mark.parametrize("role", [Role.CAMAT, Role.REGISTER])
def test_only_the_administrator_unlocks(desk_of: Callable[[Role], Desk], role: Role) -> None:
    with pytest.raises(NotAllowedError):
        desk_of(role).call(unlock_user, op(), 1)


# The secret beside the database


def test_a_pin_needs_the_secret_beside_the_database(
    office: Office, place: Place, clock: SettableClock, admin_desk: Desk
) -> None:
    office.sign_in("camat", PASSWORD)
    secret = place.key / "pin.secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert str(record(admin_desk, "camat")["pin"]).startswith("pin1:")
    office.close()
    secret.unlink()  # data restored on another PC

    again = open_place(place, clock=clock, uptime=clock.uptime)

    assert not next(user for user in again.users() if user.username == "camat").pin_open
    assert "komputer lain" in pin_refusal(again, PIN)
    admin = again.sign_in("admin", PASSWORD)
    assert record(admin, "camat")["pins"] == 0  # no guess was spent
    assert again.sign_in("camat", PASSWORD).welcome.pin_gone
    again.close()


@pytest.mark.parametrize("measured", [True, False])
def test_a_secret_that_cannot_be_read_shuts_nobody_out(
    office: Office, place: Place, clock: SettableClock, measured: bool
) -> None:
    desk = office.sign_in("camat", PASSWORD)
    if not measured:
        desk.call(lambda work: passwords.store_cost(work.session, HashCost(8, 1, 1), "elsewhere"))
    office.close()
    secret = place.key / "pin.secret"
    secret.rename(place.key / "kept")
    secret.mkdir()  # refuses to be read as a disk does

    again = open_place(place, clock=clock, uptime=clock.uptime)

    assert not next(user for user in again.users() if user.username == "camat").pin_open
    assert "kata sandi" in pin_refusal(again, PIN)
    again.sign_in("camat", PASSWORD)
    again.close()
    secret.rmdir()
    (place.key / "kept").rename(secret)
    mended = open_place(place, clock=clock, uptime=clock.uptime)
    assert next(user for user in mended.users() if user.username == "camat").pin_open
    mended.close()


def test_two_places_hash_one_pin_with_different_secrets(office: Office, tmp_path: Path) -> None:
    from kecamatan_desk.persistence.keys import PinSecret

    cost, here, there = HashCost(8, 1, 1), PinSecret(tmp_path / "a"), PinSecret(tmp_path / "b")
    stored = passwords.hashed_pin(PIN, cost, here)

    assert passwords.pin_matches(stored, PIN, cost, here)
    assert passwords.pin_matches(stored, PIN, cost, PinSecret(tmp_path / "a"))  # read anew
    assert not passwords.pin_matches(stored, PIN, cost, there)
    assert not passwords.matches(stored.rpartition(":")[2], PIN, cost)  # never the bare PIN


def test_a_pin_hashed_before_there_was_a_secret_goes_on_and_is_hashed_anew(
    office: Office, admin_desk: Desk
) -> None:
    old = passwords.hashed(PIN, HashCost(8, 1, 1))

    def put(work):  # type: ignore[no-untyped-def]
        row = work.session.scalars(select(UserRecord).where(UserRecord.username == "camat")).one()
        row.pin_hash = old

    admin_desk.call(put)
    office.sign_in("camat", PASSWORD)

    assert "tidak cocok" in pin_refusal(office)
    assert record(admin_desk, "camat")["pin"] == old
    office.sign_in_pin("camat", PIN)

    assert str(record(admin_desk, "camat")["pin"]).startswith("pin1:")
    assert office.sign_in_pin("camat", PIN).user.username == "camat"


# What a guess costs


@pytest.mark.parametrize(
    ("speed", "expected"),
    [
        (1.0, HashCost(65536, 4, 4)),  # seconds of 64 MiB and twelve lane-passes: 0.19 at first
        (2.0, HashCost(65536, 3, 4)),
        (4.5, HashCost(65536, 2, 4)),
        (40.0, HashCost(19456, 2, 4)),  # slower than the floor allows: the floor holds
        (0.05, HashCost(65536, 12, 4)),
    ],
)
def test_a_machine_is_measured_between_a_quarter_second_and_the_floor(
    speed: float, expected: HashCost
) -> None:
    def measure(cost: HashCost) -> float:
        return speed * 0.19 * cost.memory / 65536 * cost.passes / 3

    assert calibrated(measure) == expected


def test_a_new_office_is_measured_when_its_first_password_is_set(
    place: Place, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []

    def once() -> HashCost:
        measured.append(1)
        return HashCost(64, 1, 1)

    monkeypatch.setattr("kecamatan_desk.usecases.door.calibrated", once)
    office = open_place(place, create="office", clock=clock)
    desk = office.first_setup(PROFILE, user_input(Role.ADMIN))

    office.sign_in("admin", PASSWORD)
    assert measured == [1]
    assert desk.ask(lambda work: passwords.load_cost(work.session)) == HashCost(64, 1, 1)
    office.close()
    (place.key / "pin.secret").unlink()  # another machine
    again = open_place(place, clock=clock)
    again.sign_in("admin", PASSWORD)
    assert measured == [1, 1]
    again.close()
