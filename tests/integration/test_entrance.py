"""Coming in: passwords, PINs, waiting after wrong tries, the first set-up."""

from datetime import timedelta
from pathlib import Path

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import DeskError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases import passwords
from kecamatan_desk.usecases.accounts import save_user, users
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.entrance_values import PRACTICE_PASSWORD
from kecamatan_desk.usecases.office import calendar_view, profile
from kecamatan_desk.usecases.passwords import HashCost, hashed
from kecamatan_desk.usecases.people_values import UserInput
from tests.builders import PASSWORD, PIN, PROFILE, QUICK, SettableClock, op, user_input


def refusal(office: Office, username: str = "camat", password: str = "salah sekali") -> str:
    with pytest.raises(NotAllowedError) as refused:
        office.sign_in(username, password)
    return str(refused.value)


def pin_open(office: Office, username: str = "camat") -> bool:
    return next(user.pin_open for user in office.users() if user.username == username)


def test_a_right_password_opens_the_desk_of_that_user(office: Office) -> None:
    desk = office.sign_in(" Camat", PASSWORD)

    assert (desk.user.username, desk.user.roles) == ("camat", (Role.CAMAT,))
    assert not desk.practice


def test_an_unknown_user_and_a_wrong_password_are_told_alike(office: Office) -> None:
    assert refusal(office, "tidak-ada") == refusal(office, "camat")


def test_a_very_long_password_is_simply_wrong(office: Office) -> None:
    assert refusal(office, password="x" * 1_000_000) == refusal(office, "tidak-ada")


def test_the_pin_is_enough_only_after_a_password_on_the_same_office_day(
    office: Office, clock: SettableClock
) -> None:
    assert not pin_open(office)
    with pytest.raises(NotAllowedError, match="kata sandi"):
        office.sign_in_pin("camat", PIN)

    office.sign_in("camat", PASSWORD)

    assert pin_open(office)
    assert office.sign_in_pin("camat", PIN).user.username == "camat"
    clock.set(clock.now + timedelta(hours=14))  # 23.00 WIB
    assert office.sign_in_pin("camat", PIN).user.username == "camat"
    clock.set(clock.now + timedelta(hours=2))  # 01.00 WIB of the next day
    assert not pin_open(office)
    with pytest.raises(NotAllowedError, match="kata sandi"):
        office.sign_in_pin("camat", PIN)


def test_an_administrator_ends_the_wait_with_a_new_password(
    office: Office, admin_desk: Desk
) -> None:
    for _ in range(6):
        with pytest.raises(NotAllowedError):
            office.sign_in("pelayanan", "salah sekali")
    row = next(user for user in admin_desk.ask(users) if user.username == "pelayanan")

    admin_desk.call(
        save_user,
        op(),
        UserInput(row.id, row.username, row.name, row.roles, password="sepeda biru tua"),
    )

    assert office.sign_in("pelayanan", "sepeda biru tua").welcome.must_change


def test_a_password_is_hashed_anew_when_the_place_asks_for_more(
    office: Office, admin_desk: Desk
) -> None:
    dearer = HashCost(memory=16, passes=2, lanes=1)
    admin_desk.call(lambda work: passwords.store_cost(work.session, dearer))

    office.sign_in("camat", PASSWORD)

    assert office.sign_in("camat", PASSWORD).user.username == "camat"
    assert not passwords.outdated(_hash_of(admin_desk, "camat"), dearer)
    assert passwords.outdated(_hash_of(admin_desk, "kasi"), dearer)


def _hash_of(desk: Desk, username: str) -> str:
    from sqlalchemy import select

    from kecamatan_desk.persistence.tables import UserRecord

    wanted = select(UserRecord.password_hash).where(UserRecord.username == username)
    return str(desk.ask(lambda work: work.session.scalar(wanted)))


def test_the_usual_cost_of_a_guess_is_that_of_the_standard() -> None:
    stored = hashed("tiga kata lucu", HashCost())

    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_tiles_show_who_can_sign_in_and_no_service_numbers(office: Office) -> None:
    tiles = office.users()

    assert len(tiles) == 10
    assert [tile.name for tile in tiles] == sorted(tile.name for tile in tiles)
    assert all(tile.nip == tile.rank == "" for tile in tiles)


def test_an_empty_place_is_set_up_once(place: Place, clock: SettableClock) -> None:
    office = open_place(place, create="office", clock=clock, cost=QUICK)
    assert office.needs_setup

    desk = office.first_setup(PROFILE, user_input(Role.ADMIN))

    assert not office.needs_setup
    assert office.profile() == PROFILE
    assert desk.ask(profile) == PROFILE
    assert office.sign_in_pin("admin", PIN).user == desk.user
    days = [holiday.day.isoformat() for holiday in desk.ask(calendar_view).holidays]
    assert {"2026-08-17", "2027-08-17", "2026-12-24"} <= set(days)
    with pytest.raises(RuleError, match="sudah disiapkan"):
        office.first_setup(PROFILE, user_input(Role.ADMIN))
    office.close()
    assert check_place(place).ok


def test_a_set_up_that_fails_leaves_the_place_as_it_was(place: Place, clock: SettableClock) -> None:
    office = open_place(place, create="office", clock=clock, cost=QUICK)

    with pytest.raises(DeskError):
        office.first_setup(PROFILE.__class__(name=""), user_input(Role.ADMIN))

    assert office.needs_setup
    assert office.users() == ()
    office.close()


def test_a_practice_shows_its_one_password(tmp_path: Path, clock: SettableClock) -> None:
    office = open_place(Place(tmp_path / "l", "test"), create="practice", clock=clock, cost=QUICK)
    desk = office.first_setup(
        PROFILE, UserInput(None, "admin", "Putri", (), password=PRACTICE_PASSWORD)
    )

    assert office.practice
    assert desk.practice
    assert office.practice_password == PRACTICE_PASSWORD
    office.close()


def test_an_office_has_no_password_to_show(office: Office) -> None:
    assert not office.practice
    assert office.practice_password is None
