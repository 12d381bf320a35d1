"""Files that do not meet the requirements: named papers, visits, coming back, expiry (rule 2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.slips import return_slip_values
from kecamatan_desk.usecases.values import Answer, Receipt, RecordedDecision, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import work_list
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import SettableClock, op
from tests.walking import (
    DeskOf,
    brought_to,
    drafted,
    dump,
    finish,
    forward,
    needed_paper,
    papers,
    rows,
    seen,
    started,
)

FIRST, SECOND = needed_paper("skck"), needed_paper("skck", 1)


def failed(desk_of: DeskOf, missing: str = FIRST) -> Receipt:
    """A police-letter request that the Kasi has returned to the applicant."""
    return desk_of(Role.KASI).call(
        processing.fail_check, op(), seen(started(desk_of, "skck")), papers("skck", missing)
    )


def test_every_missing_paper_is_named_with_its_reason_and_a_day_to_come_back(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    kasi = desk_of(Role.KASI)
    answers = {a.code: a for a in papers("skck", FIRST, "Belum dilegalisasi")}
    answers[SECOND] = Answer(SECOND, "tidak-ada", reason="Buram", source="Disdukcapil")
    receipt = kasi.call(
        processing.fail_check, op(), seen(started(desk_of, "skck")), answers.values()
    )
    assert (receipt.status, receipt.step, receipt.next_role) == ("tms", "verifikasi", "kasi")
    slip = kasi.ask(return_slip_values, receipt.request_id)
    assert [(s.shortage, s.where) for s in slip.shortages][1] == ("Buram", "Disdukcapil")
    assert [s.shortage for s in slip.shortages] == ["Belum dilegalisasi", "Buram"]
    assert (slip.visit, slip.back_by) == (1, date(2026, 6, 11))
    assert slip.signer == kasi.user.name
    (waiting,) = desk_of(Role.PELAYANAN).ask(work_list, Role.PELAYANAN, "tms")
    assert (waiting.visits, waiting.clock.running) == (1, False)


def test_the_slip_of_a_decision_on_paper_names_who_decided(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    paper = RecordedDecision(kasi.user.id, Role.KASI, clock.now)
    receipt = register.call(
        processing.fail_check,
        op(),
        seen(started(desk_of, "skck")),
        papers("skck", FIRST),
        recorded=paper,
    )
    slip = register.ask(return_slip_values, receipt.request_id)
    assert (slip.signer, slip.signer_title) == (kasi.user.name, Role.KASI.label)


def test_a_return_without_a_reason_or_without_a_missing_paper_is_refused(desk_of: DeskOf) -> None:
    receipt, kasi = started(desk_of, "skck"), desk_of(Role.KASI)
    before = dump(kasi.store.path)
    with pytest.raises(RuleError, match="Alasan untuk"):
        kasi.call(processing.fail_check, op(), seen(receipt), papers("skck", FIRST, " "))
    with pytest.raises(RuleError, match="Belum ada berkas yang dijawab tidak ada"):
        kasi.call(processing.fail_check, op(), seen(receipt), papers("skck"))
    assert dump(kasi.store.path) == before


def test_a_file_with_a_missing_or_unanswered_needed_paper_does_not_pass(desk_of: DeskOf) -> None:
    receipt, kasi = started(desk_of, "skck"), desk_of(Role.KASI)
    before = dump(kasi.store.path)
    with pytest.raises(RuleError, match="tidak ada, jadi berkas belum memenuhi"):
        kasi.call(processing.pass_check, op(), seen(receipt), papers("skck", FIRST))
    unneeded = [Answer(a.code, "tidak-diperlukan") for a in papers("skck")]
    with pytest.raises(RuleError, match="belum dijawab ada"):
        kasi.call(processing.pass_check, op(), seen(receipt), unneeded)
    assert dump(kasi.store.path) == before


def test_a_merely_additional_paper_never_holds_a_file_up(desk_of: DeskOf) -> None:
    receipt, kasi = started(desk_of, "skck"), desk_of(Role.KASI)
    extra = [r.code for r in SERVICES["skck"].requirements if r.need == "tambahan"]
    without = [Answer(a.code, "tidak-ada") if a.code in extra else a for a in papers("skck", "-")]
    with pytest.raises(RuleError, match="Belum ada berkas yang dijawab tidak ada"):
        kasi.call(processing.fail_check, op(), seen(receipt), without)
    assert kasi.call(processing.pass_check, op(), seen(receipt), without).step == "register"


def test_the_file_resumes_at_that_same_step_with_only_the_failed_lines_open(
    desk_of: DeskOf,
) -> None:
    receipt = failed(desk_of)
    for role in (Role.KASI, Role.REGISTER):
        with pytest.raises(NotAllowedError):
            desk_of(role).call(processing.record_return, op(), seen(receipt))
    receipt = desk_of(Role.PELAYANAN).call(processing.record_return, op(), seen(receipt))
    assert (receipt.status, receipt.step) == ("berjalan", "verifikasi")
    kasi = desk_of(Role.KASI)
    lines = kasi.ask(request_view, receipt.request_id).checklist
    assert [line.code for line in lines if not line.locked] == [FIRST]
    turned = [Answer(a.code, "tidak-ada", reason="Lain") for a in papers("skck")]
    again = kasi.call(processing.fail_check, op(), seen(receipt), turned)
    still = kasi.ask(request_view, again.request_id)
    assert [line.code for line in still.checklist if line.answer == "tidak-ada"] == [FIRST]
    assert still.visits == 2


def test_the_applicants_time_has_no_clock(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt = started(desk_of, "skck")
    clock.advance(minutes=4)
    kasi = desk_of(Role.KASI)
    receipt = kasi.call(processing.fail_check, op(), seen(receipt), papers("skck", FIRST))
    clock.advance(days=1)
    receipt = desk_of(Role.PELAYANAN).call(processing.record_return, op(), seen(receipt))
    clock.advance(minutes=2)
    finish(kasi, receipt, "verifikasi")
    stays = rows(
        kasi.store.path, "SELECT act, minutes FROM step_pass WHERE step = 'verifikasi' ORDER BY id"
    )
    assert [(s["act"], s["minutes"]) for s in stays] == [
        ("tms", 4.0),
        ("terima-kembali", 0.0),
        ("lanjut", 2.0),
    ]


def test_a_returned_file_can_be_failed_and_brought_back_again_and_passes_with_one_number(
    desk_of: DeskOf,
) -> None:
    receipt = failed(desk_of)
    counter, kasi = desk_of(Role.PELAYANAN), desk_of(Role.KASI)
    for _ in range(2):
        receipt = counter.call(processing.record_return, op(), seen(receipt))
        receipt = kasi.call(processing.fail_check, op(), seen(receipt), papers("skck", FIRST))
    receipt = counter.call(processing.record_return, op(), seen(receipt))
    receipt = finish(kasi, receipt, "verifikasi")
    assert (receipt.queue_number, receipt.step) == (1, "register")
    assert kasi.ask(request_view, receipt.request_id).visits == 3


def test_a_file_sent_back_to_the_check_may_be_answered_anew(desk_of: DeskOf) -> None:
    receipt = failed(desk_of)
    receipt = desk_of(Role.PELAYANAN).call(processing.record_return, op(), seen(receipt))
    receipt = forward(desk_of, forward(desk_of, receipt))
    camat = desk_of(Role.CAMAT)
    receipt = camat.call(processing.send_back, op(), seen(receipt), "verifikasi", "KK lama")
    lines = camat.ask(request_view, receipt.request_id).checklist
    assert not any(line.locked for line in lines)


@pytest.mark.parametrize("code", ["oss", "pengaduan"])
def test_the_counter_itself_fails_licences_and_complaints(desk_of: DeskOf, code: str) -> None:
    saved, draft = drafted(desk_of, code)
    counter = SERVICES[code].steps[1].officer
    desk = desk_of(counter)
    paper = needed_paper(code)
    draft = replace(draft, answers=papers(code, paper, "Tidak terbaca"))
    receipt = desk.call(intake.fail_at_counter, op(), Seen(saved.id, saved.version), draft)
    assert (receipt.status, receipt.step) == ("tms", "terima")
    assert rows(desk.store.path, "SELECT * FROM register_line") == []
    receipt = desk.call(processing.record_return, op(), seen(receipt))
    assert (receipt.status, receipt.step) == ("berjalan", "terima")
    receipt = desk.call(processing.pass_check, op(), seen(receipt), papers(code))
    assert receipt.agenda_number == 1
    assert receipt.queue_number is None


def test_the_decider_may_close_a_file_that_cannot_be_served_here(desk_of: DeskOf) -> None:
    receipt, kasi = failed(desk_of), desk_of(Role.KASI)
    with pytest.raises(InputError, match="Alasan dan tujuan"):
        kasi.call(processing.close_failed, op(), seen(receipt), "")
    with pytest.raises(NotAllowedError):
        desk_of(Role.PELAYANAN).call(processing.close_failed, op(), seen(receipt), "Ke Polsek")
    receipt = kasi.call(processing.close_failed, op(), seen(receipt), "Diarahkan ke Polsek")
    assert (receipt.status, receipt.step) == ("tms", None)
    slip = kasi.ask(return_slip_values, receipt.request_id)
    assert (slip.directed, slip.back_by) == ("Diarahkan ke Polsek", None)
    with pytest.raises(DeskError):
        desk_of(Role.PELAYANAN).call(processing.record_return, op(), seen(receipt))


def test_who_does_not_come_back_within_thirty_days_expires_on_the_thirty_first(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = failed(desk_of)
    counter = desk_of(Role.PELAYANAN)
    clock.set(datetime(2026, 6, 11, 16, 59, tzinfo=UTC))  # 23.59 of the last day
    assert counter.call(processing.expire_overdue, op()) == 0
    clock.advance(minutes=2)
    assert counter.call(processing.expire_overdue, op()) == 1
    view = counter.ask(request_view, receipt.request_id)
    assert (view.status, view.step) == ("kedaluwarsa", None)
    with pytest.raises(DeskError):
        counter.call(processing.record_return, op(), Seen(view.id, view.version))


def test_a_clock_in_doubt_closes_nobody(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt = failed(desk_of)
    counter = desk_of(Role.PELAYANAN)
    clock.set(clock.now + timedelta(days=365))
    assert counter.call(processing.expire_overdue, op()) == 0
    clock.set(clock.now - timedelta(days=364))
    assert counter.ask(request_view, receipt.request_id).status == "tms"


def test_who_comes_back_on_the_last_day_is_served(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt = failed(desk_of)
    clock.set(datetime(2026, 6, 11, 8, 0, tzinfo=UTC))
    back = desk_of(Role.PELAYANAN).call(processing.record_return, op(), seen(receipt))
    assert back.step == "verifikasi"


def test_expiring_reaches_the_files_of_every_counter_and_counts_once(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    failed(desk_of)
    saved, draft = drafted(desk_of, "oss")
    draft = replace(draft, answers=papers("oss", needed_paper("oss"), "Tidak terbaca"))
    team = desk_of(Role.TIM_TEKNIS)
    team.call(intake.fail_at_counter, op(), Seen(saved.id, saved.version), draft)
    clock.advance(days=31)
    with pytest.raises(NotAllowedError):
        desk_of(Role.KASI).call(processing.expire_overdue, op())
    counter, op_id = desk_of(Role.PELAYANAN), op()
    assert counter.call(processing.expire_overdue, op_id) == 2
    assert counter.call(processing.expire_overdue, op_id) == 2  # the first answer again
    assert counter.call(processing.expire_overdue, op()) == 0


def test_the_technical_team_expires_its_own_files_only(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    failed(desk_of)
    clock.advance(days=31)
    assert desk_of(Role.TIM_TEKNIS).call(processing.expire_overdue, op()) == 0


# Answers while the officer works


def test_answers_are_kept_while_the_officer_works_without_moving_the_file(
    desk_of: DeskOf,
) -> None:
    receipt, kasi = started(desk_of, "skck"), desk_of(Role.KASI)
    events = rows(kasi.store.path, "SELECT seq FROM event")
    kept = kasi.call(processing.save_answers, op(), seen(receipt), papers("skck", FIRST))
    assert (kept.version, kept.step) == (receipt.version, "verifikasi")
    assert rows(kasi.store.path, "SELECT seq FROM event") == events
    assert finish(kasi, receipt, "verifikasi").step == "register"


def test_after_the_decision_nobody_rewrites_the_checklist(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "skck", "tanda-tangan")
    for role in (Role.SEKCAM, Role.CAMAT, Role.KASI):
        with pytest.raises(DeskError):
            desk_of(role).call(processing.save_answers, op(), seen(receipt), papers("skck", FIRST))


def test_the_register_officer_keeps_the_answers_of_a_ceklis_on_paper(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "skck")
    register = desk_of(Role.REGISTER)
    register.call(processing.save_answers, op(), seen(receipt), papers("skck"))
    checked_by_staff = started(desk_of, "ktp")
    with pytest.raises(NotAllowedError):
        register.call(processing.save_answers, op(), seen(checked_by_staff), papers("ktp"))
