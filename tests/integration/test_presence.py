"""Deeds that ask anew who sits there: when, how long a proof lasts, what a wrong one costs."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import (
    NotAllowedError,
    PresenceError,
    SessionEndedError,
)
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.accounts import save_acting, save_user, unlock_user, users
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.exports import EXPORT, PRINT, record_output
from kecamatan_desk.usecases.office import profile, save_profile
from kecamatan_desk.usecases.people_values import TermInput, UserInput
from kecamatan_desk.usecases.processing import approve
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.terms import save_term
from tests.builders import PASSWORD, PIN, DeskOf, SettableClock, op, registered, seen

NEW = UserInput(None, "tuti", "Tuti Herawati", (Role.PELAYANAN,), password="kopi susu hangat")
DAY = date(2026, 5, 12)


@pytest.fixture
def office(place: Place, clock: SettableClock, _office_template: Path) -> Iterator[Office]:
    """An office whose machine runs only as long as the test says."""
    shutil.copytree(_office_template, place.root)
    opened = open_place(place, clock=clock, uptime=clock.uptime)
    yield opened
    opened.close()


DEEDS: dict[str, Callable[[Desk, str], object]] = {
    "user": lambda desk, op_id: desk.call(save_user, op_id, NEW),
    "unlock": lambda desk, op_id: desk.call(unlock_user, op_id, 1),
    "acting": lambda desk, op_id: desk.call(
        save_acting, op_id, 6, Role.CAMAT, "Plh", DAY, DAY, "SPT 1"
    ),
    "term": lambda desk, op_id: desk.call(save_term, op_id, TermInput(7, Role.CAMAT, DAY, None)),
    "profile": lambda desk, op_id: desk.call(save_profile, op_id, desk.ask(profile)),
    "export": lambda desk, op_id: desk.call(
        record_output, op_id, EXPORT, (Role.ADMIN,), {"what": "book"}, reason=Reason("arsip")
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_five_minutes_after_the_last_proof_such_a_deed_asks_again(
    admin_desk: Desk, clock: SettableClock, deed: str
) -> None:
    shown = op()
    clock.advance(minutes=5, seconds=1)

    with pytest.raises(PresenceError):
        DEEDS[deed](admin_desk, shown)

    admin_desk.prove(PASSWORD, by_pin=False)
    first = DEEDS[deed](admin_desk, shown)  # the very same deed
    clock.advance(minutes=6)
    assert DEEDS[deed](admin_desk, shown) == first  # and its answer needs no proof


def test_printing_at_the_counter_asks_nothing(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    clock.advance(hours=3)

    desk.call(record_output, op(), PRINT, (Role.REGISTER,), {"what": "book"})


def test_a_signing_round_is_asked_once(desk_of: DeskOf, clock: SettableClock) -> None:
    first, second = (registered(desk_of) for _ in range(2))
    signer = desk_of(Role.SEKCAM)
    clock.advance(minutes=31)
    with pytest.raises(PresenceError):
        signer.call(approve, op(), seen(first), note="Sudah diperiksa")

    signer.prove(PIN, by_pin=True)
    signer.call(approve, op(), seen(first), note="Sudah diperiksa")
    clock.advance(minutes=29)

    signer.call(approve, op(), seen(second), note="Sudah diperiksa")


def test_wrong_proofs_count_as_wrong_tries(office: Office, clock: SettableClock) -> None:
    desk = office.sign_in("camat", PASSWORD)
    clock.advance(minutes=10)
    for _ in range(5):
        assert desk.pin_enough()
        with pytest.raises(NotAllowedError):
            desk.prove("908172", by_pin=True)

    assert not desk.pin_enough()
    with pytest.raises(NotAllowedError, match="5 kali salah"):
        desk.prove(PIN, by_pin=True)
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            desk.prove("salah sekali", by_pin=False)
    with pytest.raises(NotAllowedError, match="Terlalu banyak"):
        desk.prove(PASSWORD, by_pin=False)
    clock.advance(minutes=1)
    desk.prove(PASSWORD, by_pin=False)
    assert desk.pin_enough()
    assert office.sign_in("camat", PASSWORD).welcome.failures == 10


def test_a_colleagues_pin_proves_nothing(desk_of: DeskOf, office: Office) -> None:
    mine = desk_of(Role.KASI)
    admin = desk_of(Role.ADMIN)
    row = next(user for user in admin.ask(users) if user.username == "camat")
    admin.call(
        save_user,
        op(),
        UserInput(row.id, row.username, row.name, row.roles, pin="905172", nip=row.nip),
    )

    with pytest.raises(NotAllowedError):
        mine.prove("905172", by_pin=True)


def test_who_is_shut_out_while_he_works_can_neither_read_nor_act(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    working = desk_of(Role.PELAYANAN)
    row = next(user for user in admin_desk.ask(users) if user.username == "pelayanan")

    admin_desk.call(
        save_user, op(), UserInput(row.id, row.username, row.name, row.roles, active=False)
    )

    for attempt in (
        lambda: working.ask(profile),
        lambda: working.call(record_output, op(), PRINT, (Role.PELAYANAN,), {"what": "x"}),
        lambda: working.prove(PASSWORD, by_pin=False),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    with pytest.raises(SessionEndedError, match="dinonaktifkan"):
        working.ask(profile)


def test_a_reset_password_stops_a_running_session_until_it_is_changed(
    desk_of: DeskOf, admin_desk: Desk, office: Office
) -> None:
    working = desk_of(Role.PELAYANAN)
    row = next(user for user in admin_desk.ask(users) if user.username == "pelayanan")
    given = "sepeda biru tua 12"

    admin_desk.call(
        save_user, op(), UserInput(row.id, row.username, row.name, row.roles, password=given)
    )

    with pytest.raises(NotAllowedError, match="harus diganti"):
        working.ask(profile)
    assert next(u for u in admin_desk.ask(users) if u.username == "pelayanan").must_change
