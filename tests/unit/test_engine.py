"""The one rule that moves a request, held against the families of sops.md, step by step."""

import pytest

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import (
    Act,
    Place,
    Status,
    acts_at,
    current_step,
    decide,
    officers_for,
    performers,
    way_back,
)
from kecamatan_desk.workflows.vocabulary import Family, Service, Takes

DRAFT = Place(Status.DRAFT, None)

#: Family -> (step, who acts in the program), from the second row to the last act.
WALKS = {
    "ktp": (
        ("terima", Role.PELAYANAN),
        ("verifikasi", Role.VERIFIKASI),
        ("register", Role.REGISTER),
        ("tanda-tangan", Role.KASI),
        ("serahkan", Role.PELAYANAN),
    ),
    "perekaman-ktp": (
        ("terima", Role.PELAYANAN),
        ("verifikasi", Role.VERIFIKASI),
        ("register", Role.REGISTER),
        ("tanda-tangan", Role.KASI),
        ("rekam", Role.PELAYANAN),
    ),
    "ahli-waris": (
        ("terima", Role.PELAYANAN),
        ("verifikasi", Role.KASI),
        ("register", Role.REGISTER),
        ("ajukan-ttd", Role.SEKCAM),
        ("tanda-tangan", Role.CAMAT),
        ("serahkan", Role.PELAYANAN),
    ),
    "sktm": (
        ("terima", Role.PELAYANAN),
        ("verifikasi", Role.KASI),
        ("register", Role.REGISTER),
        ("tanda-tangan", Role.SEKCAM),
        ("serahkan", Role.PELAYANAN),
    ),
    "oss": (
        ("terima", Role.TIM_TEKNIS),
        ("validasi", Role.KASI),
        ("input-data", Role.PENGOLAH_DATA),
        ("diterima", Role.PENGOLAH_DATA),
    ),
    "pengaduan": (
        ("terima", Role.PELAYANAN),
        ("klasifikasi", Role.TIM_PENGADUAN),
        ("pertimbangan", Role.SEKCAM),
        ("keputusan", Role.CAMAT),
        ("sampaikan", Role.PELAYANAN),
    ),
}
FAMILY_OF = {
    "ktp": Family.A,
    "perekaman-ktp": Family.A,
    "ahli-waris": Family.B,
    "sktm": Family.C,
    "oss": Family.D,
    "pengaduan": Family.E,
}


def at(code: str) -> Place:
    return Place(Status.RUNNING, code)


def every_place(service: Service) -> list[Place]:
    """Every place a request of this service can stand at, ended ones included."""
    steps = [step.code for step in service.steps[1:] if not step.with_previous]
    return [
        DRAFT,
        *(at(code) for code in steps),
        Place(Status.FAILED, service.first_decision.code),
        Place(Status.FAILED, None),
        *(
            Place(status, None)
            for status in (Status.DONE, Status.REFUSED, Status.CANCELLED, Status.EXPIRED)
        ),
    ]


@pytest.mark.parametrize("code", WALKS)
def test_a_file_walks_through_every_step_of_its_family_in_order(code: str) -> None:
    service, place = SERVICES[code], DRAFT
    assert service.family is FAMILY_OF[code]
    for step, role in WALKS[code]:
        found = current_step(service, place)
        assert found is not None
        assert found.code == step
        moved = decide(service, place, Act.ADVANCE, role)
        assert moved.step is found
        place = moved.place
    assert place == Place(Status.DONE, None)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_no_service_skips_or_repeats_a_row_of_its_sop(service: Service) -> None:
    place, done = DRAFT, [service.steps[0].code]
    while place.status in (Status.DRAFT, Status.RUNNING):
        step = current_step(service, place)
        assert step is not None
        moved = decide(service, place, Act.ADVANCE, step.officer)
        done += [finished.code for finished in moved.done]
        place = moved.place
    assert done == [step.code for step in service.steps]


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_queue_and_agenda_numbers_are_spent_where_the_family_says(service: Service) -> None:
    place, spent = DRAFT, []
    while place.status in (Status.DRAFT, Status.RUNNING):
        step = current_step(service, place)
        assert step is not None
        moved = decide(service, place, Act.ADVANCE, step.officer)
        spent += [(step.code, "queue")] if moved.takes is Takes.QUEUE else []
        spent += [(step.code, "agenda")] if moved.takes is Takes.AGENDA else []
        spent += [(step.code, "line")] if moved.books else []
        spent += [(step.code, "minutes")] if moved.numbers_minutes else []
        place = moved.place
    expected = {
        Family.D: [("terima", "line")],
        Family.E: [("terima", "line"), ("keputusan", "minutes")],
    }.get(service.family, [("verifikasi", "queue"), ("register", "agenda"), ("register", "line")])
    assert spent == expected


@pytest.mark.parametrize("code", WALKS)
def test_only_the_lane_or_a_superior_in_line_acts_on_a_step(code: str) -> None:
    service = SERVICES[code]
    line = [Role.KASI, Role.SEKCAM, Role.CAMAT]
    for step, lane in WALKS[code]:
        place = DRAFT if step == "terima" else at(step)
        allowed = {lane} | (set(line[line.index(lane) :]) if lane in line else set())
        assert set(officers_for(service.step(step))) == allowed
        for role in (*STAFF, Role.PEMOHON):
            if role in allowed:
                decide(service, place, Act.ADVANCE, role)
            else:
                with pytest.raises(NotAllowedError):
                    decide(service, place, Act.ADVANCE, role)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_the_administrator_and_the_applicant_act_nowhere(service: Service) -> None:
    for place in every_place(service):
        for act in acts_at(service, place):
            for role in (Role.ADMIN, Role.PEMOHON):
                with pytest.raises(NotAllowedError):
                    decide(service, place, act, role)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_an_act_the_sop_does_not_know_is_refused_to_everybody(service: Service) -> None:
    for place in every_place(service):
        for act in set(Act) - set(acts_at(service, place)):
            for role in STAFF:
                with pytest.raises(RuleError):
                    decide(service, place, act, role)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_an_ended_request_knows_no_act_at_all(service: Service) -> None:
    for status in (Status.DONE, Status.REFUSED, Status.CANCELLED, Status.EXPIRED, Status.FAILED):
        assert acts_at(service, Place(status, None)) == ()
        assert current_step(service, Place(status, None)) is None


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_the_first_decision_fails_back_to_the_same_step(service: Service) -> None:
    decision = service.first_decision
    place = DRAFT if decision is service.steps[1] else at(decision.code)
    failed = decide(service, place, Act.FAIL, decision.officer)
    assert failed.place == Place(Status.FAILED, decision.code)
    assert failed.done == ()
    back = decide(service, failed.place, Act.COME_BACK, Role.PELAYANAN)
    assert back.place == at(decision.code)
    again = decide(service, back.place, Act.FAIL, decision.officer)
    assert again.place == failed.place


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_a_failed_file_ends_when_the_decider_closes_it_or_time_runs_out(service: Service) -> None:
    decision = service.first_decision
    failed = Place(Status.FAILED, decision.code)
    closed = decide(service, failed, Act.CLOSE, decision.officer)
    assert closed.place == Place(Status.FAILED, None)
    expired = decide(service, failed, Act.EXPIRE, service.steps[1].officer)
    assert expired.place == Place(Status.EXPIRED, None)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_only_the_first_decision_may_fail_a_file(service: Service) -> None:
    for step in service.steps[2:]:
        if step is not service.first_decision and not step.with_previous:
            assert Act.FAIL not in acts_at(service, at(step.code))


#: Where the lane may send a file back to: the default first.
WAYS_BACK = (
    ("ktp", "tanda-tangan", ("register", "verifikasi")),
    ("perekaman-ktp", "tanda-tangan", ("register", "verifikasi")),
    ("sktm", "tanda-tangan", ("register", "verifikasi")),
    ("ahli-waris", "ajukan-ttd", ("register", "verifikasi")),
    ("ahli-waris", "tanda-tangan", ("register", "verifikasi", "ajukan-ttd")),
    ("oss", "validasi", ("terima",)),
    ("pengaduan", "pertimbangan", ("klasifikasi",)),
    ("pengaduan", "keputusan", ("klasifikasi",)),
)


@pytest.mark.parametrize(("code", "step", "targets"), WAYS_BACK)
def test_a_file_is_sent_back_to_an_earlier_officer(
    code: str, step: str, targets: tuple[str, ...]
) -> None:
    service = SERVICES[code]
    found = service.step(step)
    assert way_back(service, found)[0].code == targets[0]
    assert {target.code for target in way_back(service, found)} == set(targets)
    for target in (None, *targets):
        moved = decide(service, at(step), Act.SEND_BACK, found.officer, target)
        assert moved.place == at(target or targets[0])
        assert moved.takes is None
        assert not moved.books


@pytest.mark.parametrize(("code", "step", "targets"), WAYS_BACK)
def test_a_file_is_never_sent_forward_nor_to_the_applicant(
    code: str, step: str, targets: tuple[str, ...]
) -> None:
    service = SERVICES[code]
    for other in (*(s.code for s in service.steps if s.code not in targets), "tidak-ada"):
        with pytest.raises(RuleError):
            decide(service, at(step), Act.SEND_BACK, service.step(step).officer, other)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_only_later_decisions_send_back_or_refuse(service: Service) -> None:
    later = {step for code, step, _ in WAYS_BACK if SERVICES[code].family is service.family}
    for step in service.steps[2:]:
        if step.with_previous or step is service.first_decision:
            continue
        acts = acts_at(service, at(step.code))
        assert (Act.SEND_BACK in acts) is (step.code in later)
        assert (Act.REFUSE in acts) is (step.code in later)


def test_a_refused_file_ends_for_ever() -> None:
    refused = decide(SERVICES["ahli-waris"], at("tanda-tangan"), Act.REFUSE, Role.CAMAT)
    assert refused.place == Place(Status.REFUSED, None)


def test_drafts_of_licences_and_complaints_decide_at_the_counter() -> None:
    for code in ("oss", "pengaduan"):
        assert set(acts_at(SERVICES[code], DRAFT)) == {
            Act.ADVANCE,
            Act.FAIL,
            Act.CLOSE,
            Act.CANCEL,
        }
    for code in ("ktp", "ahli-waris", "sktm"):
        assert set(acts_at(SERVICES[code], DRAFT)) == {Act.ADVANCE, Act.CANCEL}


def test_a_licence_is_failed_by_the_technical_team_and_brought_back_at_any_counter() -> None:
    oss = SERVICES["oss"]
    failed = decide(oss, DRAFT, Act.FAIL, Role.TIM_TEKNIS)
    for role in (Role.PELAYANAN, Role.TIM_TEKNIS):
        assert decide(oss, failed.place, Act.COME_BACK, role).place == at("terima")
    with pytest.raises(NotAllowedError):
        decide(oss, failed.place, Act.COME_BACK, Role.KASI)


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
def test_every_open_place_can_be_cancelled_at_the_counter(service: Service) -> None:
    for place in every_place(service):
        if current_step(service, place) is None:
            continue
        step = current_step(service, place)
        assert step is not None
        assert performers(service, step, Act.CANCEL)[0] is Role.PELAYANAN
        cancelled = decide(service, place, Act.CANCEL, Role.PELAYANAN)
        assert cancelled.place == Place(Status.CANCELLED, None)
        assert cancelled.takes is None


def test_refusals_say_in_indonesian_that_nothing_has_changed() -> None:
    service = SERVICES["ktp"]
    with pytest.raises(NotAllowedError, match="Tidak ada yang berubah"):
        decide(service, at("verifikasi"), Act.ADVANCE, Role.REGISTER)
    with pytest.raises(RuleError, match="Tidak ada yang berubah"):
        decide(service, at("register"), Act.FAIL, Role.REGISTER)
    with pytest.raises(RuleError, match="sudah batal"):
        decide(service, Place(Status.CANCELLED, None), Act.ADVANCE, Role.KASI)
