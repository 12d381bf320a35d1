"""Rule 7: who verified does not sign, in use-case and database; and its emergency exception."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.usecases.accounts import save_acting
from kecamatan_desk.usecases.agreements import PAPER, PHONE, proposals
from kecamatan_desk.usecases.closing_deeds import overrides
from kecamatan_desk.usecases.closing_facts import deeds_of
from kecamatan_desk.usecases.closing_values import Deed
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.emergency import propose_emergency
from kecamatan_desk.usecases.office import save_absence
from kecamatan_desk.usecases.processing import approve, pass_check
from kecamatan_desk.usecases.proposals import agree, record_agreement
from kecamatan_desk.usecases.stand_ins import StandInInput, save_stand_in
from kecamatan_desk.usecases.values import Receipt, RecordedDecision, RequestView, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Act
from tests.builders import DeskOf, SettableClock, op, registered, seen, taken_in
from tests.walking import dump, papers, rows

TODAY = date(2026, 5, 12)


def away(desk_of: DeskOf, *roles: Role, day: date = TODAY) -> None:
    admin = desk_of(Role.ADMIN)
    for role in roles:
        admin.call(save_absence, op(), desk_of(role).user.id, day, day, "Rapat di kabupaten")


@pytest.fixture
def barred(desk_of: DeskOf) -> Receipt:
    """An SKTM the Kasi verified; he acts for the Sekcam, who would sign it."""
    receipt = registered(desk_of)
    kasi = desk_of(Role.KASI).user.id
    desk_of(Role.ADMIN).call(
        save_acting, op(), kasi, Role.SEKCAM, "Plh", TODAY, TODAY + timedelta(days=3), "800/1"
    )
    with pytest.raises(RuleError, match="tidak boleh menandatanganinya"):
        desk_of(Role.KASI).call(approve, op(), seen(receipt))
    return receipt


def view_of(desk: Desk, receipt: Receipt) -> RequestView:
    return desk.ask(request_view, receipt.request_id)


def fresh(desk: Desk, receipt: Receipt) -> Seen:
    view = view_of(desk, receipt)
    return Seen(view.id, view.version)


def ask(desk: Desk, receipt: Receipt, signer: int | None = None) -> int:
    who = signer or desk.user.id
    desk.call(propose_emergency, op(), seen(receipt), who, "Semua atasan rapat di kabupaten")
    (asked,) = (p for p in desk.ask(proposals) if p.request_id == receipt.request_id)
    return asked.id


def by_phone(
    desk_of: DeskOf, clock: SettableClock, proposal: int, role: Role, means: str = PHONE
) -> None:
    decision = RecordedDecision(desk_of(role).user.id, role, clock.now)
    desk_of(Role.REGISTER).call(record_agreement, op(), proposal, decision, means)


def signed_by(desk: Desk) -> dict[str, Any]:
    (event,) = rows(
        desk.store.path, "SELECT * FROM event WHERE act = 'lanjut' AND step = 'tanda-tangan'"
    )
    return event


def test_who_verified_signs_when_all_others_are_away_and_one_of_them_agrees_by_telephone(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    kasi = desk_of(Role.KASI)
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    view = view_of(kasi, barred)
    assert view.emergency == ((kasi.user.id, "Hendra Gunawan, S.Sos."),)
    assert Act.ADVANCE not in [one.act for one in view.acts]
    proposal = ask(kasi, barred)
    with pytest.raises(RuleError, match="tidak boleh menandatanganinya"):
        kasi.call(approve, op(), seen(barred))  # asked for is not agreed to
    by_phone(desk_of, clock, proposal, Role.CAMAT)

    view = view_of(kasi, barred)
    assert Act.ADVANCE in [one.act for one in view.acts]
    assert view.emergency == ()
    done = kasi.call(approve, op(), Seen(view.id, view.version))

    assert done.step == "serahkan"
    told = json.loads(signed_by(kasi)["payload"])["override"]
    assert (told["agreed_by"], told["means"]) == (desk_of(Role.CAMAT).user.id, "telepon")
    (listed,) = desk_of(Role.REGISTER).ask(on_the_page, TODAY)
    assert listed.who == "Hendra Gunawan, S.Sos."
    assert listed.by == "Drs. Agus Santoso, M.AP. (Camat), lewat telepon"
    assert listed.proposal == proposal
    history = view_of(kasi, done).history[-1]
    assert "tanda tangan darurat" in history.role
    assert [f.message for f in audit(kasi.store.path, kasi.files.folder).findings] == []


def test_no_emergency_while_a_superior_is_at_his_place(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    kasi = desk_of(Role.KASI)
    before = dump(kasi.store.path)
    with pytest.raises(RuleError, match="hari ini di tempat"):
        ask(kasi, barred)
    assert view_of(kasi, barred).emergency == ()
    assert dump(kasi.store.path) == before
    away(desk_of, Role.SEKCAM)
    with pytest.raises(RuleError, match="Agus Santoso"):
        ask(kasi, barred)


def test_somebody_who_has_come_back_ends_the_emergency(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    kasi = desk_of(Role.KASI)
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    by_phone(desk_of, clock, ask(kasi, barred), Role.CAMAT)
    newcomer = desk_of(Role.TIM_TEKNIS).user.id
    desk_of(Role.ADMIN).call(save_acting, op(), newcomer, Role.CAMAT, "Plh", TODAY, TODAY, "800/2")
    with pytest.raises(RuleError, match="hari ini di tempat"):
        kasi.call(approve, op(), fresh(kasi, barred))


def test_the_leave_holds_for_its_day_its_signer_and_its_file(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    kasi = desk_of(Role.KASI)
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    other = registered(desk_of, nik="9901015404910002", nama="Siti")
    by_phone(desk_of, clock, ask(kasi, barred), Role.CAMAT)
    with pytest.raises(RuleError, match="tidak boleh menandatanganinya"):
        kasi.call(approve, op(), fresh(kasi, other))
    clock.advance(days=1)
    away(desk_of, Role.SEKCAM, Role.CAMAT, day=TODAY + timedelta(days=1))
    with pytest.raises(RuleError, match="tidak boleh menandatanganinya"):
        kasi.call(approve, op(), fresh(kasi, barred))
    view = view_of(kasi, barred)
    assert view.emergency
    again = kasi.call(
        propose_emergency, op(), Seen(view.id, view.version), kasi.user.id, "Masih rapat"
    )
    (waiting,) = kasi.ask(proposals)
    assert again.act == "usul-darurat"
    clock.advance(days=1)
    with pytest.raises(RuleError, match="hanya berlaku pada hari diminta"):
        by_phone(desk_of, clock, waiting.id, Role.CAMAT)


def test_neither_the_signer_nor_who_asked_for_him_agrees(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    proposal = ask(register, barred, kasi.user.id)  # the register officer asks for him
    with pytest.raises(RuleError, match="menyetujui izinnya sendiri"):
        kasi.call(agree, op(), proposal)
    with pytest.raises(RuleError, match="menyetujui izinnya sendiri"):
        by_phone(desk_of, clock, proposal, Role.KASI)
    sekcam = desk_of(Role.SEKCAM)  # away, but at a program somewhere
    sekcam.call(agree, op(), proposal)
    decision = RecordedDecision(kasi.user.id, Role.SEKCAM, clock.now)
    done = register.call(approve, op(), fresh(register, barred), recorded=decision)
    assert done.step == "serahkan"
    (listed,) = register.ask(on_the_page, TODAY)
    assert listed.who == "Hendra Gunawan, S.Sos."  # who signed the paper, not who wrote it down
    assert listed.by == "Dra. Ratna Kusuma, M.Si. (Sekcam)"


def test_only_who_is_barred_and_could_sign_is_let(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    counter, register = desk_of(Role.PELAYANAN), desk_of(Role.REGISTER)
    with pytest.raises(NotAllowedError):  # holds no office that signs
        ask(counter, barred)
    with pytest.raises(NotAllowedError):  # another's
        ask(counter, barred, desk_of(Role.KASI).user.id)
    with pytest.raises(RuleError, match="tidak memverifikasi"):
        ask(register, barred, desk_of(Role.CAMAT).user.id)
    with pytest.raises(InputError):
        desk_of(Role.KASI).call(
            propose_emergency, op(), seen(barred), desk_of(Role.KASI).user.id, " "
        )


def write_signature(desk: Desk, receipt: Receipt, **told: Any) -> None:
    """Write the event of a signature directly, past every use-case."""

    def write(work: UnitOfWork) -> None:
        work.close_event(
            work.link(),
            op(),
            "lanjut",
            Role.SEKCAM,
            request_id=receipt.request_id,
            step="tanda-tangan",
            payload=told,
        )

    desk.call(write)


def test_the_database_refuses_the_verifiers_signature_past_the_program(
    desk_of: DeskOf, barred: Receipt
) -> None:
    kasi, register = desk_of(Role.KASI), desk_of(Role.REGISTER)
    before = dump(kasi.store.path)
    with pytest.raises((DBAPIError, DeskError)):
        write_signature(kasi, barred)
    with pytest.raises((DBAPIError, DeskError)):  # the same, decided on paper
        write_signature(register, barred, decided={"user_id": kasi.user.id})
    assert dump(kasi.store.path) == before
    write_signature(desk_of(Role.SEKCAM), barred)


def test_the_database_looks_at_who_decided_on_paper_not_at_who_wrote_it_down(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = taken_in(desk_of)
    register, kasi, camat = (desk_of(r) for r in (Role.REGISTER, Role.KASI, Role.CAMAT))
    decision = RecordedDecision(kasi.user.id, Role.KASI, clock.now)
    receipt = register.call(pass_check, op(), seen(receipt), papers("sktm"), recorded=decision)
    with pytest.raises((DBAPIError, DeskError)):
        write_signature(kasi, receipt)
    write_signature(register, receipt)  # who wrote the check down did not verify
    write_signature(register, receipt, decided={"user_id": camat.user.id})


def test_an_emergency_stands_on_the_page_of_its_own_day_alone(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    register = desk_of(Role.REGISTER)
    assert register.ask(on_the_page, TODAY) == ()
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    kasi = desk_of(Role.KASI)
    by_phone(desk_of, clock, ask(kasi, barred), Role.CAMAT)
    assert register.ask(on_the_page, TODAY) == ()  # agreed to, not made use of
    kasi.call(approve, op(), fresh(kasi, barred))
    assert len(register.ask(on_the_page, TODAY)) == 1
    assert register.ask(on_the_page, TODAY + timedelta(days=1)) == ()


def on_the_page(work: UnitOfWork, day: date) -> tuple[Deed, ...]:
    """Give the emergencies that the closing page of a day lists."""
    return overrides(work, deeds_of(work, day.isoformat()))


def test_who_is_to_sign_does_not_enter_the_order_that_lets_him(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    kasi, register = desk_of(Role.KASI), desk_of(Role.REGISTER).user.id
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    keeps_the_book = StandInInput(kasi.user.id, Role.REGISTER, register, TODAY, TODAY, "Sakit")
    desk_of(Role.ADMIN).call(save_stand_in, op(), keeps_the_book)
    proposal = ask(kasi, barred)
    before = dump(kasi.store.path)
    decision = RecordedDecision(desk_of(Role.CAMAT).user.id, Role.CAMAT, clock.now)
    for means in (PHONE, PAPER):
        with pytest.raises(RuleError, match="tidak dapat mencatat sendiri"):
            kasi.call(record_agreement, op(), proposal, decision, means)
    assert dump(kasi.store.path) == before
    by_phone(desk_of, clock, proposal, Role.CAMAT)
    assert kasi.call(approve, op(), fresh(kasi, barred)).step == "serahkan"


def test_an_order_of_another_day_is_no_leave_for_today(
    desk_of: DeskOf, clock: SettableClock, barred: Receipt
) -> None:
    away(desk_of, Role.SEKCAM, Role.CAMAT)
    proposal = ask(desk_of(Role.KASI), barred)
    camat = desk_of(Role.CAMAT).user.id
    yesterday = RecordedDecision(camat, Role.CAMAT, clock.now - timedelta(hours=20))
    with pytest.raises(RuleError, match="hanya berlaku pada hari diminta"):
        desk_of(Role.REGISTER).call(record_agreement, op(), proposal, yesterday, PHONE)
