"""Titip tugas: whose work a colleague may do on which days, and what the history says of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases.accounts import acting, end_acting, save_user, users
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.stand_ins import StandInInput, save_stand_in, stand_ins
from kecamatan_desk.usecases.views import request_view
from tests.builders import NAMES, PASSWORD, DeskOf, SettableClock, checked, op, seen

TODAY = date(2026, 5, 12)
DAY = timedelta(days=1)


def lent(desk_of: DeskOf, **change: object) -> StandInInput:
    """Sari of the counter does Dewi's register work tomorrow."""
    usual = StandInInput(
        desk_of(Role.PELAYANAN).user.id,
        Role.REGISTER,
        desk_of(Role.REGISTER).user.id,
        TODAY + DAY,
        TODAY + DAY,
        "Cuti tahunan",
    )
    return replace(usual, **change)  # type: ignore[arg-type]


def roles(desk: Desk) -> tuple[Role, ...]:
    return desk.ask(lambda work: work.roles)


def test_a_colleague_does_the_work_on_those_days_only(
    admin_desk: Desk, desk_of: DeskOf, clock: SettableClock, office: Office
) -> None:
    sari = desk_of(Role.PELAYANAN)
    admin_desk.call(save_stand_in, op(), lent(desk_of))
    assert roles(sari) == (Role.PELAYANAN,)

    clock.advance(days=1)
    assert roles(sari) == (Role.PELAYANAN, Role.REGISTER)
    assert office.sign_in("pelayanan", PASSWORD).user.roles == roles(sari)
    tile = next(user for user in office.users() if user.username == "pelayanan")
    assert [(one.role, one.kind) for one in tile.held] == [
        (Role.PELAYANAN, ""),
        (Role.REGISTER, "titip"),
    ]

    clock.advance(days=1)
    assert roles(sari) == (Role.PELAYANAN,)


def test_the_event_and_the_history_say_whose_work_it_was(
    admin_desk: Desk, desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    from kecamatan_desk.usecases.jobs import register_and_draw

    request = checked(desk_of)
    dewi, sari = desk_of(Role.REGISTER), desk_of(Role.PELAYANAN)
    admin_desk.call(save_stand_in, op(), lent(desk_of))
    with pytest.raises(NotAllowedError):
        register_and_draw(sari, op(), seen(request))
    clock.advance(days=1)

    register_and_draw(sari, op(), seen(request))

    def registered(work: UnitOfWork) -> tuple[int, str, str]:
        event = work.session.scalars(
            select(EventRecord).where(
                EventRecord.request_id == request.request_id, EventRecord.step == "register"
            )
        ).one()
        return event.user_id, event.role, event.payload

    who, role, told_of = sari.ask(registered)
    payload = json.loads(told_of)
    assert (who, role) == (sari.user.id, "register")
    assert (payload["acting"], payload["for"]) == ("titip", dewi.user.id)
    told = [line.role for line in sari.ask(request_view, request.request_id).history]
    assert f"Petugas Register (titipan) menggantikan {NAMES[Role.REGISTER]}" in told
    assert not any("titip." in role for role in told)
    assert check_place(place).ok


def test_his_own_work_stays_his_own(
    admin_desk: Desk, desk_of: DeskOf, clock: SettableClock
) -> None:
    admin_desk.call(save_stand_in, op(), lent(desk_of, first=TODAY))
    request = checked(desk_of)

    def taken_in(work: UnitOfWork) -> str:
        return (
            work.session.scalars(
                select(EventRecord.payload).where(
                    EventRecord.request_id == request.request_id, EventRecord.role == "pelayanan"
                )
            ).first()
            or ""
        )

    assert "titip" not in admin_desk.ask(taken_in)


def test_it_ends_at_once_when_it_is_ended(admin_desk: Desk, desk_of: DeskOf) -> None:
    sari = desk_of(Role.PELAYANAN)
    lent_id = admin_desk.call(save_stand_in, op(), lent(desk_of, first=TODAY))
    assert Role.REGISTER in roles(sari)

    admin_desk.call(end_acting, op(), lent_id)

    assert Role.REGISTER not in roles(sari)


def test_the_list_names_both_and_the_appointments_stay_apart(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    admin_desk.call(save_stand_in, op(), lent(desk_of))

    (row,) = admin_desk.ask(stand_ins)

    assert (row.name, row.for_name) == (NAMES[Role.PELAYANAN], NAMES[Role.REGISTER])
    assert (row.role, row.reason) == (Role.REGISTER, "Cuti tahunan")
    assert admin_desk.ask(acting) == ()


def test_whoever_gets_the_role_himself_needs_no_loan(admin_desk: Desk, desk_of: DeskOf) -> None:
    admin_desk.call(save_stand_in, op(), lent(desk_of, first=TODAY))
    row = next(user for user in admin_desk.ask(users) if user.username == "pelayanan")
    both = (Role.PELAYANAN, Role.REGISTER)

    admin_desk.call(save_user, op(), UserInput(row.id, row.username, row.name, both))

    assert (
        desk_of(Role.PELAYANAN).ask(
            lambda work: work.roster.kind_of(row.id, Role.REGISTER, work.today)
        )
        == ""
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": Role.CAMAT}, "role"),
        ({"role": Role.KASI}, "role"),
        ({"role": Role.ADMIN}, "role"),
        ({"role": Role.VERIFIKASI}, "for_user_id"),
        ({"user_id": Role.REGISTER}, "user_id"),
        ({"last": TODAY}, "last"),
        ({"first": TODAY - 2 * DAY, "last": TODAY - DAY}, "last"),
    ],
)
def test_what_cannot_be_lent_is_refused_at_its_field(
    admin_desk: Desk, desk_of: DeskOf, change: dict[str, object], field: str
) -> None:
    if "user_id" in change:
        change = {"user_id": desk_of(Role(str(change["user_id"]))).user.id}

    with pytest.raises(InputError) as refused:
        admin_desk.call(save_stand_in, op(), lent(desk_of, **change))

    assert refused.value.field == field
    assert admin_desk.ask(stand_ins) == ()


def test_one_loan_is_not_made_twice(admin_desk: Desk, desk_of: DeskOf) -> None:
    admin_desk.call(save_stand_in, op(), lent(desk_of, last=TODAY + 5 * DAY))

    with pytest.raises(RuleError, match="17 Mei 2026"):
        admin_desk.call(
            save_stand_in, op(), lent(desk_of, first=TODAY + 5 * DAY, last=TODAY + 9 * DAY)
        )


@pytest.mark.parametrize("role", [Role.CAMAT, Role.REGISTER])
def test_only_the_administrator_lends(desk_of: DeskOf, role: Role) -> None:
    refused: tuple[Callable[[], object], ...] = (
        lambda: desk_of(role).call(save_stand_in, op(), lent(desk_of)),
        lambda: desk_of(role).ask(stand_ins),
    )
    for attempt in refused:
        with pytest.raises(DeskError):
            attempt()
