"""An administrator who forgot his password: who may open again, and who learns of it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases.accounts import change_given_password, save_user
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.password_recovery import SealedKey, TwoPersons
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.recovery import adopt, new_key
from tests.builders import NAMES, PASSWORD, DeskOf, SettableClock, add_user, op

BOTH = TwoPersons("camat", PASSWORD, "sekcam", PASSWORD)


@pytest.fixture
def office(place: Place, clock: SettableClock, _office_template: Path) -> Iterator[Office]:
    """An office whose machine runs only as long as the test says."""
    shutil.copytree(_office_template, place.root)
    opened = open_place(place, clock=clock, uptime=clock.uptime)
    yield opened
    opened.close()


def newest(desk: Desk) -> tuple[str, int, dict[str, object]]:
    def read(work: UnitOfWork) -> tuple[str, int, dict[str, object]]:
        found = work.session.scalars(select(EventRecord).order_by(EventRecord.seq.desc())).first()
        assert found is not None
        return found.act, found.user_id, json.loads(found.payload)

    return desk.ask(read)


def test_two_persons_give_a_password_that_must_be_changed(
    office: Office, desk_of: DeskOf, place: Place
) -> None:
    camat, sekcam = desk_of(Role.CAMAT), desk_of(Role.SEKCAM)

    made = office.recover("admin", BOTH)

    with pytest.raises(NotAllowedError):
        office.sign_in("admin", PASSWORD)
    desk = office.sign_in("admin", made)
    assert desk.welcome.must_change
    change_given_password(desk, op(), "hujan di atap seng")
    act, _user, _payload = newest(camat)
    assert act == "sandi-ubah"
    assert office.sign_in("admin", "hujan di atap seng").user.roles == (Role.ADMIN,)
    events = camat.ask(
        lambda work: [
            (e.user_id, e.role, json.loads(e.payload)["by"])
            for e in work.session.scalars(
                select(EventRecord).where(EventRecord.act == "sandi-pulih")
            )
        ]
    )
    assert events == [(camat.user.id, "camat", [camat.user.id, sekcam.user.id])]
    assert check_place(place).ok


def test_every_administrator_reads_of_it_once(
    office: Office, admin_desk: Desk, clock: SettableClock
) -> None:
    other = UserInput(None, "nia", "Nia Kurniasih", (Role.ADMIN,), password=PASSWORD)
    add_user(office, admin_desk, other)
    clock.advance(minutes=1)
    office.recover("admin", BOTH)
    clock.advance(minutes=1)

    (told,) = office.sign_in("nia", PASSWORD).welcome.news

    assert NAMES[Role.CAMAT] in told
    assert "12 Mei 2026 pukul 09.01" in told
    assert office.sign_in("nia", PASSWORD).welcome.news == ()
    assert office.sign_in("pelayanan", PASSWORD).welcome.news == ()


def test_another_administrator_vouches_too(office: Office, admin_desk: Desk) -> None:
    other = UserInput(None, "nia", "Nia Kurniasih", (Role.ADMIN,), password=PASSWORD)
    add_user(office, admin_desk, other)

    made = office.recover("admin", TwoPersons("pelayanan", PASSWORD, "nia", PASSWORD))

    assert office.sign_in("admin", made).welcome.must_change


@pytest.mark.parametrize(
    ("proof", "field"),
    [
        (TwoPersons("camat", PASSWORD, "camat", PASSWORD), "second"),
        (TwoPersons("camat", PASSWORD, "Camat ", PASSWORD), "second"),
        (TwoPersons("camat", PASSWORD, "admin", PASSWORD), "second"),
        (TwoPersons("sekcam", PASSWORD, "register", PASSWORD), "first"),
        (TwoPersons("camat", "salah sekali", "sekcam", PASSWORD), "first_password"),
        (TwoPersons("camat", PASSWORD, "sekcam", "salah sekali"), "second_password"),
        (TwoPersons("camat", PASSWORD, "tidak-ada", PASSWORD), "second_password"),
    ],
)
def test_who_may_not_open_changes_nothing(office: Office, proof: TwoPersons, field: str) -> None:
    with pytest.raises(DeskError) as refused:
        office.recover("admin", proof)

    assert refused.value.field == field
    assert office.sign_in("admin", PASSWORD).user.roles == (Role.ADMIN,)


def test_guessing_a_persons_password_there_makes_it_wait(office: Office) -> None:
    guess = TwoPersons("camat", "salah sekali", "sekcam", PASSWORD)
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            office.recover("admin", guess)

    with pytest.raises(NotAllowedError, match="Terlalu banyak"):
        office.recover("admin", BOTH)
    with pytest.raises(NotAllowedError, match="Terlalu banyak"):
        office.sign_in("camat", PASSWORD)


@pytest.mark.parametrize("username", ["camat", "tidak-ada"])
def test_it_is_for_administrators_only(office: Office, username: str) -> None:
    with pytest.raises(RuleError, match="hanya untuk kata sandi Administrator"):
        office.recover(username, BOTH)


def test_the_sealed_key_opens_and_no_other_does(office: Office, admin_desk: Desk) -> None:
    old, key, strange = new_key(), new_key(), new_key()
    with pytest.raises(RuleError, match="belum punya kunci"):
        office.recover("admin", SealedKey(key.secret))
    for one in (old, key):
        adopt(admin_desk, op(), one.secret, one.secret)
    for wrong in (strange.secret, old.secret):
        with pytest.raises(NotAllowedError, match="bukan kunci pemulihan yang berlaku"):
            office.recover("admin", SealedKey(wrong))
    with pytest.raises(InputError) as refused:
        office.recover("admin", SealedKey(key.secret[:-3]))
    assert refused.value.field == "recovery-key"

    made = office.recover("admin", SealedKey(key.secret.lower()))

    assert office.sign_in("admin", made).welcome.must_change
    act, _user, payload = newest(office.sign_in("camat", PASSWORD))
    assert (act, payload["by"], payload["key"]) == ("sandi-pulih", [], key.mark)
    assert key.secret not in json.dumps(payload)


def test_a_colleague_shut_out_vouches_for_nobody(office: Office, admin_desk: Desk) -> None:
    rows = {user.username: user for user in office.users()}
    row = rows["sekcam"]
    admin_desk.call(
        save_user, op(), UserInput(row.id, row.username, row.name, row.roles, active=False)
    )

    with pytest.raises(NotAllowedError):
        office.recover("admin", BOTH)
