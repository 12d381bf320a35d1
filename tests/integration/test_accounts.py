"""Users and appointments: who may change them, what is refused, what the chain keeps."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from kecamatan_desk.domain.errors import (
    DeskError,
    InputError,
    NotAllowedError,
    RuleError,
    SessionEndedError,
)
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import ContentRecord, EventRecord, UserRecord
from kecamatan_desk.usecases.accounts import (
    acting,
    change_own_secret,
    change_secret,
    end_acting,
    save_acting,
    save_user,
    unlock_user,
    users,
)
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.people import officials
from kecamatan_desk.usecases.people_values import UserInput, UserRow
from tests.builders import PASSWORD, PIN, DeskOf, SettableClock, add_user, op

TODAY = date(2026, 5, 12)
NEW = UserInput(None, "tuti", "Tuti Herawati", (Role.PELAYANAN,), password="kopi susu hangat")


def row_of(desk: Desk, username: str) -> UserRow:
    return next(user for user in desk.ask(users) if user.username == username)


def typed(desk: Desk, username: str, **changes: object) -> UserInput:
    """Give a stored user as administration would type him again, something changed."""
    row = row_of(desk, username)
    same = UserInput(
        row.id, row.username, row.name, row.roles, row.active, "", "", row.nip, row.rank
    )
    return replace(same, **changes)  # type: ignore[arg-type]


def newest_event(work: UnitOfWork) -> EventRecord:
    return work.session.get_one(EventRecord, newest_seq(work))


def newest_seq(work: UnitOfWork) -> int:
    return work.session.scalar(select(func.max(EventRecord.seq))) or 0


def test_a_new_user_signs_in_with_his_password(admin_desk: Desk, office: Office) -> None:
    add_user(office, admin_desk, NEW)

    desk = office.sign_in("Tuti ", "kopi susu hangat")

    assert desk.user.name == "Tuti Herawati"
    assert desk.user.roles == (Role.PELAYANAN,)


def test_the_same_op_id_adds_one_user(admin_desk: Desk) -> None:
    shown = op()

    first = admin_desk.call(save_user, shown, NEW)
    again = admin_desk.call(save_user, shown, NEW)

    assert first == again


def test_a_user_keeps_his_secrets_when_only_his_name_changes(
    admin_desk: Desk, office: Office
) -> None:
    admin_desk.call(save_user, op(), typed(admin_desk, "pelayanan", name="Sari Wulandari, S.E."))

    assert office.sign_in("pelayanan", PASSWORD).user.name == "Sari Wulandari, S.E."


def test_who_is_no_longer_active_comes_in_no_more_and_acts_no_more(
    admin_desk: Desk, office: Office, desk_of: DeskOf
) -> None:
    open_desk = desk_of(Role.PELAYANAN)

    admin_desk.call(save_user, op(), typed(admin_desk, "pelayanan", active=False))

    with pytest.raises(NotAllowedError):
        office.sign_in("pelayanan", PASSWORD)
    with pytest.raises(SessionEndedError):
        open_desk.ask(lambda work: work.roles)
    assert "pelayanan" not in [user.username for user in office.users()]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "x"}, "username"),
        ({"username": "tuti herawati"}, "username"),
        ({"username": "camat"}, "username"),
        ({"name": "  "}, "name"),
        ({"name": "a" * 101}, "name"),
        ({"name": "Tuti\u202eitut"}, "name"),
        ({"roles": ()}, "roles"),
        ({"roles": (Role.PEMOHON,)}, "roles"),
        ({"nip": "123"}, "nip"),
        ({"password": ""}, "password"),
        ({"password": "pendek"}, "password"),
        ({"password": "kecamatan123"}, "password"),
        ({"password": "aaaaaaaaaa"}, "password"),
        ({"password": "a" * 129}, "password"),
        ({"pin": "12345"}, "pin"),
        ({"pin": "12345a"}, "pin"),
        ({"pin": "٣٣٤٤٥٦"}, "pin"),
        ({"pin": "111111"}, "pin"),
        ({"pin": "123456"}, "pin"),
        ({"pin": "654321"}, "pin"),
        ({"pin": "250170", "nip": "197001251990031001"}, "pin"),
    ],
)
def test_what_is_typed_wrong_is_refused_at_its_field(
    admin_desk: Desk, change: dict[str, object], field: str
) -> None:
    before = admin_desk.ask(users)

    with pytest.raises(InputError) as refused:
        admin_desk.call(save_user, op(), replace(NEW, **change))  # type: ignore[arg-type]

    assert refused.value.field == field
    assert admin_desk.ask(users) == before


def test_an_official_who_decides_on_paper_needs_no_password(
    admin_desk: Desk, office: Office
) -> None:
    admin_desk.call(save_user, op(), replace(NEW, roles=(Role.KASI,), password=""))

    assert not row_of(admin_desk, "tuti").has_password
    assert "tuti" not in [user.username for user in office.users()]
    with pytest.raises(NotAllowedError):
        office.sign_in("tuti", "")


@pytest.mark.parametrize("role", [Role.CAMAT, Role.SEKCAM])
def test_an_office_has_one_camat_and_one_sekcam(admin_desk: Desk, role: Role) -> None:
    with pytest.raises(RuleError, match="sudah dijabat"):
        admin_desk.call(save_user, op(), replace(NEW, roles=(role,)))

    admin_desk.call(save_user, op(), typed(admin_desk, role.value, active=False))
    admin_desk.call(save_user, op(), replace(NEW, roles=(role,)))
    with pytest.raises(RuleError, match="Tuti"):
        admin_desk.call(save_user, op(), typed(admin_desk, role.value, active=True))


def test_there_may_be_several_kasi(admin_desk: Desk) -> None:
    admin_desk.call(save_user, op(), replace(NEW, roles=(Role.KASI,)))


@pytest.mark.parametrize("change", [{"active": False}, {"roles": (Role.PELAYANAN,)}])
def test_the_last_administrator_stays(admin_desk: Desk, change: dict[str, object]) -> None:
    with pytest.raises(RuleError, match="administrator terakhir"):
        admin_desk.call(save_user, op(), typed(admin_desk, "admin", **change))

    admin_desk.call(save_user, op(), replace(NEW, roles=(Role.ADMIN,)))
    admin_desk.call(save_user, op(), typed(admin_desk, "admin", **change))


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.PEMOHON)])
def test_only_the_administrator_manages_users(desk_of: DeskOf, role: Role) -> None:
    desk = desk_of(role)

    for manage in (
        lambda: desk.ask(users),
        lambda: desk.call(save_user, op(), NEW),
        lambda: desk.call(save_acting, op(), 2, Role.CAMAT, "Plh", TODAY, TODAY, "SPT 1"),
        lambda: desk.call(end_acting, op(), 1),
    ):
        with pytest.raises(NotAllowedError):
            manage()


def test_every_change_is_an_event_that_holds_no_secret_and_no_name(
    admin_desk: Desk, place: Place
) -> None:
    admin_desk.call(save_user, op(), replace(NEW, pin="284719"))

    def written(work: UnitOfWork) -> tuple[str, dict[str, list[str]], str, str]:
        event = newest_event(work)
        record = work.session.scalars(select(UserRecord).where(UserRecord.username == "tuti")).one()
        body = work.session.scalars(
            select(ContentRecord.body).where(ContentRecord.event_seq == event.seq)
        ).one()
        return (
            event.act,
            json.loads(event.payload),
            body,
            f"{record.password_hash}{record.pin_hash}",
        )

    act, payload, body, hashes = admin_desk.ask(written)
    assert act == "pengguna-baru"
    assert {"username", "roles", "password", "pin"} <= set(payload["changed"])
    assert "Tuti" not in json.dumps(payload)
    assert "Tuti" in body
    assert "kopi" not in body + json.dumps(payload) + hashes
    assert "284719" not in body + json.dumps(payload) + hashes
    assert hashes.count("$argon2id$") == 2
    assert check_place(place).ok


def test_own_secrets_change_only_with_the_old_password(desk_of: DeskOf, office: Office) -> None:
    desk = desk_of(Role.PELAYANAN)

    with pytest.raises(InputError) as refused:
        desk.call(change_own_secret, op(), "salah", "hujan di atap seng", "")
    assert refused.value.field == "old_password"
    with pytest.raises(InputError) as refused:
        desk.call(change_own_secret, op(), PASSWORD, "pendek", "")
    assert refused.value.field == "new_password"
    with pytest.raises(InputError):
        desk.call(change_own_secret, op(), PASSWORD, "", "")
    desk.call(change_own_secret, op(), PASSWORD, "hujan di atap seng", "905172")

    with pytest.raises(NotAllowedError):
        office.sign_in("pelayanan", PASSWORD)
    assert office.sign_in_pin("pelayanan", "905172").user.id == desk.user.id
    assert office.sign_in("pelayanan", "hujan di atap seng").user.id == desk.user.id


def test_who_acts_for_the_camat_holds_his_role_on_those_days(
    admin_desk: Desk, desk_of: DeskOf, clock: SettableClock
) -> None:
    sekcam = desk_of(Role.SEKCAM)
    tomorrow = TODAY + timedelta(days=1)

    admin_desk.call(
        save_acting, op(), sekcam.user.id, Role.CAMAT, "Plh", tomorrow, tomorrow, "SPT 800/12"
    )

    assert Role.CAMAT not in sekcam.ask(lambda work: work.roles)
    clock.advance(days=1)
    assert Role.CAMAT in sekcam.ask(lambda work: work.roles)
    assert sekcam.ask(officials, Role.CAMAT, tomorrow)[0].user_id == sekcam.user.id
    assert admin_desk.ask(acting)[0].kind == "Plh"
    clock.advance(days=1)
    assert Role.CAMAT not in sekcam.ask(lambda work: work.roles)


@pytest.mark.parametrize("days_ago", [0, 3])
def test_an_appointment_that_is_ended_ends_at_once(
    admin_desk: Desk, desk_of: DeskOf, place: Place, days_ago: int
) -> None:
    sekcam = desk_of(Role.SEKCAM)
    first, last = TODAY - timedelta(days=days_ago), TODAY + timedelta(days=9)
    appointed = admin_desk.call(
        save_acting, op(), sekcam.user.id, Role.CAMAT, "Plt", first, last, "SK 5"
    )
    assert Role.CAMAT in sekcam.ask(lambda work: work.roles)

    admin_desk.call(end_acting, op(), appointed)

    assert Role.CAMAT not in sekcam.ask(lambda work: work.roles)
    with pytest.raises(RuleError, match="sudah berakhir"):
        admin_desk.call(end_acting, op(), appointed)
    assert check_place(place).ok


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": Role.PELAYANAN}, "role"),
        ({"kind": "Pjs"}, "role"),
        ({"last": TODAY - timedelta(days=1)}, "last"),
        ({"decree": " "}, "decree"),
        ({"user_id": Role.CAMAT}, "user_id"),
    ],
)
def test_an_impossible_appointment_is_refused(
    admin_desk: Desk, desk_of: DeskOf, change: dict[str, object], field: str
) -> None:
    given: dict[str, object] = {
        "user_id": Role.SEKCAM,
        "role": Role.CAMAT,
        "kind": "Plh",
        "first": TODAY,
        "last": TODAY,
        "decree": "SPT 1",
        **change,
    }
    given["user_id"] = desk_of(Role(str(given["user_id"]))).user.id

    with pytest.raises(InputError) as refused:
        admin_desk.call(save_acting, op(), **given)  # type: ignore[arg-type]

    assert refused.value.field == field
    assert admin_desk.ask(acting) == ()


def test_guessing_at_an_open_desk_waits_as_at_the_door(desk_of: DeskOf, office: Office) -> None:
    desk, new = desk_of(Role.PELAYANAN), "hujan di atap seng"
    for guess in range(5):
        with pytest.raises(InputError) as refused:
            change_secret(desk, op(), f"tebakan {guess}", new, "")
        assert refused.value.field == "old_password"
    with pytest.raises(InputError, match="Terlalu banyak percobaan") as refused:
        change_secret(desk, op(), PASSWORD, new, "")
    assert refused.value.field == "old_password"
    with pytest.raises(NotAllowedError, match="Terlalu banyak percobaan"):
        office.sign_in("pelayanan", PASSWORD)

    desk_of(Role.ADMIN).call(unlock_user, op(), desk.user.id)
    op_id = op()
    change_secret(desk, op_id, PASSWORD, new, "")
    change_secret(desk, op_id, PASSWORD, new, "")  # the same once more counts as none
    assert office.sign_in("pelayanan", new).welcome.failures == 5


def test_two_cannot_act_for_one_official_on_one_day(admin_desk: Desk, desk_of: DeskOf) -> None:
    def appoint(role: Role, first: date, last: date) -> int:
        user_id = desk_of(role).user.id
        return admin_desk.call(save_acting, op(), user_id, Role.CAMAT, "Plh", first, last, "SPT 1")

    appoint(Role.SEKCAM, TODAY, TODAY + timedelta(days=5))

    with pytest.raises(RuleError, match="17 Mei 2026"):
        appoint(Role.KASI, TODAY + timedelta(days=5), TODAY + timedelta(days=6))
    appoint(Role.KASI, TODAY + timedelta(days=6), TODAY + timedelta(days=6))


def test_every_refusal_is_indonesian_and_changes_nothing(admin_desk: Desk, desk_of: DeskOf) -> None:
    attempts: tuple[Callable[[], object], ...] = (
        lambda: admin_desk.call(save_user, op(), replace(NEW, roles=(Role.CAMAT,))),
        lambda: admin_desk.call(save_user, op(), typed(admin_desk, "admin", active=False)),
        lambda: desk_of(Role.KASI).call(change_own_secret, op(), PIN, "x", ""),
    )
    before = admin_desk.ask(newest_seq)

    for attempt in attempts:
        with pytest.raises(DeskError, match="idak ada yang berubah"):
            attempt()

    assert admin_desk.ask(newest_seq) == before
