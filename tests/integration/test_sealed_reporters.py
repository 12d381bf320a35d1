"""A hidden reporter is sealed even in the complaint's lanes; opening him is an event."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, PresenceError, RuleError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import FRESH, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.lookups import look_up
from kecamatan_desk.usecases.reasons import OTHER, Reason
from kecamatan_desk.usecases.secrecy import OPENED, open_identity
from kecamatan_desk.usecases.values import Receipt
from kecamatan_desk.usecases.views import request_view
from tests.builders import SettableClock, op
from tests.walking import PERSON, DeskOf, brought_to, seen

WHY = Reason("penanganan")
LANES = (Role.PELAYANAN, Role.TIM_PENGADUAN, Role.SEKCAM, Role.CAMAT)


@pytest.fixture
def hidden(desk_of: DeskOf) -> Receipt:
    """A complaint that waits for the Camat's decision, its reporter hidden."""
    return brought_to(desk_of, "pengaduan", "keputusan", rahasia="ya", hp="081298765432")


def openings(work: UnitOfWork) -> list[tuple[str, str]]:
    found = work.session.scalars(select(EventRecord).where(EventRecord.act == OPENED))
    return [(e.user_name, json.loads(e.payload)["reason"]) for e in found]


def test_the_lanes_read_the_matter_but_not_the_man(desk_of: DeskOf, hidden: Receipt) -> None:
    view = desk_of(Role.CAMAT).ask(request_view, hidden.request_id)
    assert view.sealed
    assert (view.applicant, view.nik) == ("Dirahasiakan", "")
    assert view.data["kronologi"]
    assert not view.may_correct
    for tells in (PERSON["nama"], PERSON["nik"], PERSON["alamat"], "081298765432"):
        assert str(tells) not in repr(view)


def test_outside_the_lanes_nothing_can_be_opened(desk_of: DeskOf, hidden: Receipt) -> None:
    for role in STAFF:
        if role in LANES:
            continue
        if role is not Role.ADMIN:
            view = desk_of(role).ask(request_view, hidden.request_id)
            assert (view.sealed, view.data) == (False, {})
        with pytest.raises(NotAllowedError):
            desk_of(role).call(open_identity, op(), hidden.request_id, WHY)
    assert desk_of(Role.CAMAT).ask(openings) == []


def test_opened_it_stays_open_for_that_user_that_day(
    desk_of: DeskOf, hidden: Receipt, clock: SettableClock
) -> None:
    camat, sekcam = desk_of(Role.CAMAT), desk_of(Role.SEKCAM)
    for _ in range(2):
        camat.call(open_identity, op(), hidden.request_id, WHY)
    view = camat.ask(request_view, hidden.request_id)
    assert (view.applicant, view.nik, view.sealed) == (PERSON["nama"], PERSON["nik"], False)
    assert sekcam.ask(request_view, hidden.request_id).sealed
    assert camat.ask(openings) == [("Drs. Agus Santoso, M.AP.", "penanganan")]
    clock.advance(days=1)
    assert camat.ask(request_view, hidden.request_id).sealed
    assert check_place(camat.place).findings == ()


def test_the_clerk_who_wrote_him_down_knows_him_that_day_only(
    desk_of: DeskOf, hidden: Receipt, clock: SettableClock
) -> None:
    clerk = desk_of(Role.PELAYANAN)
    assert clerk.ask(request_view, hidden.request_id).applicant == PERSON["nama"]
    clock.advance(days=1)
    assert clerk.ask(request_view, hidden.request_id).sealed
    clerk.call(look_up, op(), hidden.request_id, Reason("pemohon"), "cari")
    assert clerk.ask(request_view, hidden.request_id).sealed


def test_opening_asks_for_a_fresh_proof_and_a_reason(desk_of: DeskOf, hidden: Receipt) -> None:
    camat = desk_of(Role.CAMAT)
    with pytest.raises(InputError):
        camat.call(open_identity, op(), hidden.request_id, Reason(OTHER, "x"))
    camat.proven_at -= FRESH + 1
    with pytest.raises(PresenceError):
        camat.call(open_identity, op(), hidden.request_id, WHY)
    assert camat.ask(request_view, hidden.request_id).sealed
    assert camat.ask(openings) == []


def test_what_is_not_secret_is_not_sealed(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "keputusan")
    view = desk_of(Role.CAMAT).ask(request_view, receipt.request_id)
    assert (view.sealed, view.applicant) == (False, PERSON["nama"])
    with pytest.raises(RuleError):
        desk_of(Role.CAMAT).call(open_identity, op(), receipt.request_id, WHY)


def test_a_sealed_file_is_not_put_right_unseen(
    desk_of: DeskOf, hidden: Receipt, clock: SettableClock
) -> None:
    clock.advance(days=1)
    clerk = desk_of(Role.PELAYANAN)
    with pytest.raises(NotAllowedError, match="tersegel"):
        clerk.call(processing.correct, op(), seen(hidden), {"hp": "0812111222"}, "Nomor baru")


def test_a_draft_of_a_secret_complaint_is_sealed_to_the_next_clerk(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clerk = desk_of(Role.PELAYANAN)
    values = {**PERSON, "rahasia": "ya"}
    typed = DraftInput("pengaduan", values)
    saved = clerk.call(intake.save_draft, op(), typed)
    assert clerk.ask(intake.draft, saved.id).values["nama"] == PERSON["nama"]
    clerk.call(intake.save_draft, op(), replace(typed, id=saved.id))
    clock.advance(days=1)
    with pytest.raises(NotAllowedError, match="tersegel"):
        clerk.ask(intake.draft, saved.id)
