"""Voiding a number: asked for with a reason, agreed to by a second person, never used again."""

import json
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from kecamatan_desk.domain.errors import (
    InputError,
    NotAllowedError,
    PresenceError,
    RuleError,
    StaleError,
)
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.accounts import save_acting
from kecamatan_desk.usecases.agreements import PHONE, proposals
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.closing_deeds import recorded
from kecamatan_desk.usecases.closing_facts import deeds_of
from kecamatan_desk.usecases.closing_values import Deed
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.proposals import agree, decline, propose, record_agreement, withdraw
from kecamatan_desk.usecases.values import Receipt, RecordedDecision
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.voiding import propose_cancel, propose_void
from tests.builders import DeskOf, SettableClock, checked, handed_over, op, registered, seen, voided
from tests.reserving import recorded as recorded_letter
from tests.walking import brought_to, dump, rows


def line_of(desk: Desk, receipt: Receipt) -> int:
    (found,) = rows(
        desk.store.path, "SELECT id FROM register_line WHERE request_id = ?", receipt.request_id
    )
    return int(found["id"])


def events_of(desk: Desk, receipt: Receipt) -> list[dict[str, Any]]:
    return rows(
        desk.store.path, "SELECT * FROM event WHERE request_id = ? ORDER BY seq", receipt.request_id
    )


def broken(desk: Desk) -> list[str]:
    """Give what `check` finds in the office of a desk."""
    return [f.message for f in audit(desk.store.path, desk.files.folder).findings]


def asked(desk_of: DeskOf, receipt: Receipt, reason: str = "Salah nama") -> int:
    register = desk_of(Role.REGISTER)
    return register.call(propose_void, op(), line_of(register, receipt), reason)


def test_a_number_is_void_only_when_an_official_has_agreed(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    proposal = asked(desk_of, receipt)
    path = register.store.path
    assert rows(path, "SELECT * FROM line_status") == []
    assert register.ask(request_view, receipt.request_id).status == "berjalan"
    (waiting,) = kasi.ask(proposals)
    assert (waiting.id, waiting.kind, waiting.reason) == (proposal, "batal", "Salah nama")
    assert waiting.proposer == "Dewi Anggraini"

    done = kasi.call(agree, op(), proposal)

    assert done is not None
    assert (done.act, done.status, done.agenda_number) == ("batal", "batal", 1)
    (mark,) = rows(path, "SELECT kind, remark, day FROM line_status")
    assert mark == {"kind": "batal", "remark": "Salah nama", "day": "2026-05-12"}
    assert kasi.ask(proposals) == ()
    assert registered(desk_of).agenda_number == 2  # a number is never used again
    assert broken(register) == []


def test_the_event_names_who_asked_and_who_agreed(desk_of: DeskOf) -> None:
    receipt = voided(desk_of)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    event = events_of(register, receipt)[-1]
    told = json.loads(event["payload"])
    assert (event["act"], event["user_name"], event["role"]) == (
        "batal",
        "Hendra Gunawan, S.Sos.",
        "kasi",
    )
    assert (told["proposed_by"], told["agreed_by"]) == (register.user.id, kasi.user.id)
    assert (told["agreed_as"], told["on_paper"]) == ("kasi", False)
    (step,) = rows(register.store.path, "SELECT user_name, role FROM step_pass WHERE act = 'batal'")
    assert step == {"user_name": "Dewi Anggraini", "role": "register"}
    history = register.ask(request_view, receipt.request_id).history
    assert [line.what for line in history[-2:]] == [
        "Pembatalan nomor diusulkan",
        "Nomor dinyatakan batal, permohonan dibatalkan",
    ]
    assert "Salah nama" in history[-1].note


def test_who_asked_never_agrees_not_even_as_an_official(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    proposal = asked(desk_of, receipt)
    admin, register = desk_of(Role.ADMIN), desk_of(Role.REGISTER)
    day = date(2026, 5, 12)
    admin.call(save_acting, op(), register.user.id, Role.KASI, "Plh", day, day, "800/1/2026")
    before = dump(register.store.path)
    with pytest.raises(RuleError, match="tidak dapat memutus usulnya sendiri"):
        register.call(agree, op(), proposal)
    with pytest.raises(RuleError, match="tidak dapat memutus usulnya sendiri"):
        register.call(decline, op(), proposal, "Tidak")
    own = RecordedDecision(register.user.id, Role.KASI, datetime(2026, 5, 12, 1, tzinfo=UTC))
    with pytest.raises(RuleError, match="tidak dapat memutus usulnya sendiri"):
        register.call(record_agreement, op(), proposal, own)
    assert dump(register.store.path) == before


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.VERIFIKASI, Role.ADMIN, Role.REGISTER])
def test_only_officials_agree(desk_of: DeskOf, role: Role) -> None:
    proposal = asked(desk_of, registered(desk_of))
    with pytest.raises(NotAllowedError):
        desk_of(role).call(agree, op(), proposal)
    with pytest.raises(NotAllowedError):
        desk_of(role).call(decline, op(), proposal, "Tidak")


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.KASI, Role.CAMAT, Role.ADMIN])
def test_only_the_register_officer_asks(desk_of: DeskOf, role: Role) -> None:
    receipt = registered(desk_of)
    line = line_of(desk_of(Role.REGISTER), receipt)
    with pytest.raises(NotAllowedError):
        desk_of(role).call(propose_void, op(), line, "Salah")
    with pytest.raises(NotAllowedError):
        desk_of(role).call(propose_cancel, op(), seen(receipt), "Salah")


def test_asking_and_agreeing_need_whoever_sits_there_to_prove_himself(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    register.proven_at = monotonic() - 301
    with pytest.raises(PresenceError):
        asked(desk_of, receipt)
    register.proven_at = monotonic()
    proposal = asked(desk_of, receipt)
    kasi.proven_at = monotonic() - 301
    with pytest.raises(PresenceError):
        kasi.call(agree, op(), proposal)
    assert register.ask(request_view, receipt.request_id).status == "berjalan"


def test_a_reason_is_needed_and_the_same_is_not_asked_for_twice(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    with pytest.raises(InputError):
        asked(desk_of, receipt, "  ")
    asked(desk_of, receipt)
    with pytest.raises(RuleError, match="sudah diusulkan"):
        asked(desk_of, receipt, "Lain lagi")


def test_a_declined_proposal_leaves_the_line_and_tells_why(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    proposal = asked(desk_of, receipt)
    camat, register = desk_of(Role.CAMAT), desk_of(Role.REGISTER)
    with pytest.raises(InputError):
        camat.call(decline, op(), proposal, "")
    camat.call(decline, op(), proposal, "Cukup diperbaiki datanya")
    (told,) = register.ask(proposals, "ditolak")
    assert (told.decider, told.note) == ("Drs. Agus Santoso, M.AP.", "Cukup diperbaiki datanya")
    assert rows(register.store.path, "SELECT * FROM line_status") == []
    with pytest.raises(StaleError):
        desk_of(Role.KASI).call(agree, op(), proposal)
    assert asked(desk_of, receipt) > proposal  # it may be asked for anew
    assert broken(register) == []


def test_only_the_proposer_takes_his_proposal_back(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    proposal = asked(desk_of, receipt)
    with pytest.raises(NotAllowedError):
        desk_of(Role.KASI).call(withdraw, op(), proposal)
    desk_of(Role.REGISTER).call(withdraw, op(), proposal)
    with pytest.raises(StaleError):
        desk_of(Role.KASI).call(agree, op(), proposal)
    assert broken(desk_of(Role.REGISTER)) == []


def test_agreement_on_paper_is_recorded_and_listed_for_the_closing_page(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = registered(desk_of)
    proposal = asked(desk_of, receipt)
    register, sekcam = desk_of(Role.REGISTER), desk_of(Role.SEKCAM)
    at = clock.now - timedelta(minutes=5)
    decision = RecordedDecision(sekcam.user.id, Role.SEKCAM, at)
    done = register.call(record_agreement, op(), proposal, decision)
    assert done is not None
    assert done.status == "batal"
    event = events_of(register, done)[-1]
    told = json.loads(event["payload"])
    assert (event["user_id"], event["role"]) == (register.user.id, "register")
    assert told["decided"]["user_id"] == told["agreed_by"] == sekcam.user.id
    (deed,) = register.ask(on_the_page, "2026-05-12")
    assert (deed.who, deed.role, deed.by, deed.means) == (
        "Dra. Ratna Kusuma, M.Si.",
        "Sekcam",
        "Dewi Anggraini",
        "di atas kertas",
    )
    assert (deed.at, deed.file_code, deed.number) == (
        "12-05-2026 08.55",
        receipt.file_code,
        "001",
    )
    assert "nomor dibatalkan" in deed.what
    assert register.ask(on_the_page, "2026-05-13") == ()


def on_the_page(work: UnitOfWork, day: str) -> tuple[Deed, ...]:
    """Give what the closing page of a day shows of decisions taken on paper."""
    return recorded(work, deeds_of(work, day))


def test_paper_that_cannot_be_is_refused(desk_of: DeskOf, clock: SettableClock) -> None:
    proposal = asked(desk_of, registered(desk_of))
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    before = dump(register.store.path)
    for official, role, ago, error in (
        (kasi.user.id, Role.CAMAT, 1, NotAllowedError),  # not his office
        (desk_of(Role.PELAYANAN).user.id, Role.KASI, 1, NotAllowedError),
        (kasi.user.id, Role.KASI, -5, RuleError),  # in the future
        (kasi.user.id, Role.KASI, 60 * 24 * 40, RuleError),
        (kasi.user.id, Role.KASI, 60 * 24, RuleError),  # before the number was in the book
    ):
        decision = RecordedDecision(official, role, clock.now - timedelta(minutes=ago))
        with pytest.raises(error):
            register.call(record_agreement, op(), proposal, decision)
    decision = RecordedDecision(kasi.user.id, Role.KASI, clock.now)
    with pytest.raises(RuleError, match="telepon hanya untuk"):
        register.call(record_agreement, op(), proposal, decision, PHONE)
    with pytest.raises(NotAllowedError):
        desk_of(Role.PELAYANAN).call(record_agreement, op(), proposal, decision)
    assert dump(register.store.path) == before


def test_a_file_that_has_ended_meanwhile_is_not_voided_any_more(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    proposal = asked(desk_of, receipt)
    handed_over(desk_of, receipt)
    register = desk_of(Role.REGISTER)
    with pytest.raises(StaleError):  # taken back with the end of the file
        desk_of(Role.KASI).call(agree, op(), proposal)
    with pytest.raises(RuleError, match="sudah berakhir"):
        asked(desk_of, receipt)
    (kept,) = rows(register.store.path, "SELECT state FROM proposal")
    assert kept["state"] == "ditarik"
    assert broken(register) == []


def test_a_file_without_a_line_is_cancelled_as_before(desk_of: DeskOf) -> None:
    receipt = checked(desk_of)
    with pytest.raises(RuleError, match="belum bernomor"):
        desk_of(Role.REGISTER).call(propose_cancel, op(), seen(receipt), "Mundur")
    counter = desk_of(Role.PELAYANAN)
    assert counter.call(processing.cancel, op(), seen(receipt), "Mundur").status == "batal"


def test_a_line_without_a_request_is_voided_too(desk_of: DeskOf) -> None:
    register = desk_of(Role.REGISTER)
    line = recorded_letter(desk_of)
    proposal = register.call(propose_void, op(), line, "Surat tidak jadi dikirim")
    assert desk_of(Role.KASI).call(agree, op(), proposal) is None
    (mark,) = rows(
        register.store.path,
        "SELECT line_id, kind, remark FROM line_status ORDER BY id DESC LIMIT 1",
    )
    assert mark == {"line_id": line, "kind": "batal", "remark": "Surat tidak jadi dikirim"}
    (event,) = rows(register.store.path, "SELECT * FROM event WHERE act = 'batal'")
    told = json.loads(event["payload"])
    assert (event["request_id"], told["line"]) == (None, line)
    assert (told["proposed_by"], told["agreed_by"]) == (
        register.user.id,
        desk_of(Role.KASI).user.id,
    )
    assert broken(register) == []
    with pytest.raises(RuleError, match="sudah batal"):
        register.call(propose_void, op(), line, "Sekali lagi")


def test_the_same_press_agrees_once(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    proposal, kasi, once = asked(desk_of, receipt), desk_of(Role.KASI), op()
    first = kasi.call(agree, once, proposal)
    assert kasi.call(agree, once, proposal) == first
    assert len(rows(kasi.store.path, "SELECT * FROM line_status")) == 1


def test_a_licence_and_a_complaint_are_voided_from_their_first_decision_on(desk_of: DeskOf) -> None:
    for code, step in (("oss", "validasi"), ("pengaduan", "klasifikasi")):
        receipt = brought_to(desk_of, code, step)
        assert voided(desk_of, receipt).status == "batal"


def test_kinds_with_rules_of_their_own_are_not_proposed_without_them(desk_of: DeskOf) -> None:
    for kind in ("batal", "sisipan", "darurat"):
        with pytest.raises(ValueError, match="command of its own"):
            desk_of(Role.REGISTER).call(propose, op(), kind, Role.REGISTER, "x", {})


def test_check_finds_nothing_after_voids(desk_of: DeskOf, place: Place) -> None:
    voided(desk_of)
    assert check_place(place).findings == ()
