"""What was still asked for a file when it ended: taken back with it, and its history says so."""

import json
from datetime import date
from typing import Any

import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.agreements import OPEN, proposals
from kecamatan_desk.usecases.day_journal import day_page
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.inserting import propose_inserted
from kecamatan_desk.usecases.proposals import agree
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.voiding import propose_cancel
from tests.builders import DeskOf, SettableClock, checked, handed_over, op, registered, seen, voided
from tests.walking import rows


def last_event(desk: Desk, receipt: Receipt) -> dict[str, Any]:
    found = rows(
        desk.store.path, "SELECT * FROM event WHERE request_id = ? ORDER BY seq", receipt.request_id
    )
    return dict(json.loads(found[-1]["payload"]))


def last_words(desk: Desk, receipt: Receipt) -> str:
    return desk.ask(request_view, receipt.request_id).history[-1].what


def test_a_void_asked_for_goes_with_the_hand_over(desk_of: DeskOf) -> None:
    receipt, register = registered(desk_of), desk_of(Role.REGISTER)
    register.call(propose_cancel, op(), seen(receipt), "Salah nama")
    (asked,) = register.ask(proposals)

    handed_over(desk_of, receipt)

    assert register.ask(proposals, *OPEN) == ()
    told = last_event(register, receipt)
    assert told["moot"] == [{"proposal": asked.id, "kind": "batal", "agreed": False}]
    assert last_words(register, receipt).endswith("(usul pembatalan nomor gugur)")
    journal = desk_of(Role.SEKCAM).ask(day_page, date(2026, 5, 12))
    assert any("usul pembatalan nomor gugur" in line.what for line in journal.lines)
    assert audit(register.store.path, register.files.folder).findings == []


def test_an_agreement_nobody_made_use_of_goes_with_the_cancelling(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    registered(desk_of)
    clock.advance(days=1)
    receipt, register = checked(desk_of, nik="9901012301780003"), desk_of(Role.REGISTER)
    register.call(propose_inserted, op(), seen(receipt), date(2026, 5, 12), "Surat dari kemarin")
    (asked,) = register.ask(proposals)
    desk_of(Role.SEKCAM).call(agree, op(), asked.id)
    now = register.ask(request_view, receipt.request_id)

    desk_of(Role.PELAYANAN).call(processing.cancel, op(), Seen(now.id, now.version), "Mundur")

    told = last_event(register, receipt)
    assert told["moot"] == [{"proposal": asked.id, "kind": "sisipan", "agreed": True}]
    assert last_words(register, receipt) == (
        "Permohonan dibatalkan (usul nomor sisipan yang sudah disetujui gugur)"
    )
    assert audit(register.store.path, register.files.folder).findings == []


@pytest.mark.parametrize("asked", [True, False])
def test_nothing_is_said_where_nothing_was_left(desk_of: DeskOf, asked: bool) -> None:
    """A void that is agreed to ends the file itself, and is made use of."""
    receipt, register = registered(desk_of), desk_of(Role.REGISTER)
    if asked:
        voided(desk_of, receipt)
    else:
        handed_over(desk_of, receipt)

    assert "moot" not in last_event(register, receipt)
    assert "gugur" not in last_words(register, receipt)
    (state,) = rows(register.store.path, "SELECT state FROM proposal") or [{"state": "dipakai"}]
    assert state["state"] == "dipakai"
