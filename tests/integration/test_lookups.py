"""Opening a file that is not one's work: said why, written once a day, nothing shown before."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, UnopenedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import ContentRecord, EventRecord
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.lookups import LOOK, look_up, opened_view, view_or_hit
from kecamatan_desk.usecases.reasons import OTHER, Reason
from kecamatan_desk.usecases.values import RequestView, SearchHit
from tests.builders import SKTM, SettableClock, handed_over, op, registered, taken_in

DeskOf = Callable[[Role], Desk]
ASKED = Reason("pemohon")


def events(work: UnitOfWork, request_id: int) -> list[tuple[str, str, str]]:
    found = work.session.scalars(
        select(EventRecord).where(EventRecord.request_id == request_id, EventRecord.act == LOOK)
    )
    return [(e.user_name, json.loads(e.payload)["reason"], e.payload) for e in found]


def test_a_file_that_waits_for_the_user_opens_without_a_word(desk_of: DeskOf) -> None:
    receipt = taken_in(desk_of)
    assert desk_of(Role.KASI).ask(opened_view, receipt.request_id).id == receipt.request_id
    assert desk_of(Role.KASI).ask(events, receipt.request_id) == []


def test_who_did_something_to_a_file_today_opens_it_without_a_word(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = handed_over(desk_of)
    counter = desk_of(Role.PELAYANAN)
    assert counter.ask(opened_view, receipt.request_id)
    clock.advance(days=1)
    with pytest.raises(UnopenedError):
        counter.ask(opened_view, receipt.request_id)


def test_another_ones_file_is_opened_with_a_reason_once_a_day(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = handed_over(desk_of)
    other = desk_of(Role.TIM_TEKNIS)
    with pytest.raises(UnopenedError, match=receipt.file_code) as refused:
        other.ask(opened_view, receipt.request_id)
    assert SKTM["nama"] not in str(refused.value)
    for _ in range(3):
        other.call(look_up, op(), receipt.request_id, ASKED, "cari")
        assert other.ask(opened_view, receipt.request_id).applicant == SKTM["nama"]
    (told,) = other.ask(events, receipt.request_id)
    assert told[:2] == ("Rudi Hartono", "pemohon")
    assert json.loads(told[2])["where"] == "cari"
    clock.advance(days=1)
    with pytest.raises(UnopenedError):
        other.ask(opened_view, receipt.request_id)
    other.call(look_up, op(), receipt.request_id, ASKED, "cari")
    assert len(other.ask(events, receipt.request_id)) == 2


def test_before_it_is_opened_only_what_the_search_tells_is_given(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    other = desk_of(Role.TIM_TEKNIS)
    found = other.ask(view_or_hit, receipt.request_id)
    assert isinstance(found, SearchHit)
    assert str(SKTM["nik"]) not in repr(found)
    assert SKTM["alamat"] not in repr(found)
    other.call(look_up, op(), receipt.request_id, ASKED, "cari")
    assert isinstance(other.ask(view_or_hit, receipt.request_id), RequestView)


@pytest.mark.parametrize("reason", [Reason("iseng"), Reason(OTHER), Reason(OTHER, " ab ")])
def test_a_reason_that_says_nothing_opens_nothing(desk_of: DeskOf, reason: Reason) -> None:
    receipt = registered(desk_of)
    other = desk_of(Role.TIM_TEKNIS)
    with pytest.raises(InputError, match="Alasan"):
        other.call(look_up, op(), receipt.request_id, reason, "cari")
    with pytest.raises(UnopenedError):
        other.ask(opened_view, receipt.request_id)


def test_words_of_ones_own_stand_beside_the_event_not_in_it(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    other = desk_of(Role.TIM_TEKNIS)
    words = f"Ditanyakan {SKTM['nama']}"
    other.call(look_up, op(), receipt.request_id, Reason(OTHER, words), "cari")
    ((_name, _reason, payload),) = other.ask(events, receipt.request_id)
    assert words not in payload
    assert words in other.ask(kept_words)


def kept_words(work: UnitOfWork) -> list[str]:
    return list(work.session.scalars(select(ContentRecord.body)))


def test_the_administrator_opens_no_file(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    with pytest.raises(NotAllowedError):
        desk_of(Role.ADMIN).call(look_up, op(), receipt.request_id, ASKED, "cari")
    with pytest.raises(NotAllowedError):
        desk_of(Role.ADMIN).ask(opened_view, receipt.request_id)


def test_a_look_up_leaves_the_request_where_it_stood(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    other = desk_of(Role.TIM_TEKNIS)
    before = desk_of(Role.KASI).ask(view_or_hit, receipt.request_id)
    other.call(look_up, op(), receipt.request_id, ASKED, "cari")
    after = desk_of(Role.KASI).ask(view_or_hit, receipt.request_id)
    assert isinstance(before, RequestView)
    assert isinstance(after, RequestView)
    assert (after.version, after.step, after.status) == (before.version, before.step, before.status)
    assert after.history[-1].what.startswith("Berkas dibuka untuk dilihat")
    assert check_place(other.place).findings == ()
