"""How a file moves between officers: order, roles, decisions on paper, ways back (rules 1–8)."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import ON_FILES, STAFF, Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.accounts import save_acting, save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.exports import PRINT, record_output
from kecamatan_desk.usecases.intake import discard_draft
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register import book_page
from kecamatan_desk.usecases.register_lines import read_lines
from kecamatan_desk.usecases.values import Receipt, RecordedDecision, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.voiding import propose_cancel
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act
from tests.builders import PASSWORD, SettableClock, add_user, op, voided
from tests.walking import (
    DeskOf,
    broken_links,
    brought_to,
    drafted,
    dump,
    finish,
    forward,
    miscounted,
    needed_paper,
    papers,
    rows,
    seen,
    started,
)

TODAY = date(2026, 5, 12)


def events_of(desk: Desk, receipt: Receipt) -> list[dict[str, Any]]:
    return rows(
        desk.store.path, "SELECT * FROM event WHERE request_id = ? ORDER BY seq", receipt.request_id
    )


def new_user(admin: Desk, office: Office, username: str, *roles: Role) -> Desk:
    typed = UserInput(None, username, username.title(), roles, password=PASSWORD)
    add_user(office, admin, typed)
    return office.sign_in(username, PASSWORD)


@pytest.mark.parametrize("code", SERVICES)
def test_every_service_walks_from_draft_to_its_end(desk_of: DeskOf, code: str) -> None:
    receipt = brought_to(desk_of, code, "")
    assert receipt.status == "selesai"
    desk = desk_of(Role.CAMAT)
    view = desk.ask(request_view, receipt.request_id)
    assert [step.state for step in view.steps] == ["done"] * len(SERVICES[code].steps)
    acted = [event["step"] for event in events_of(desk, receipt)]
    assert acted == [s.code for s in SERVICES[code].steps if not s.with_previous]
    line = rows(
        desk.store.path, "SELECT * FROM register_line WHERE request_id = ?", receipt.request_id
    )
    assert len(line) == 1
    assert broken_links(desk.store.path) == []
    assert miscounted(desk.store.path) == []


@pytest.mark.parametrize("code", ["ktp", "perekaman-ktp", "ahli-waris", "sktm", "oss", "pengaduan"])
def test_nobody_acts_on_the_step_of_another_role(desk_of: DeskOf, code: str) -> None:
    line = [Role.KASI, Role.SEKCAM, Role.CAMAT]
    receipt = started(desk_of, code)
    while receipt.step is not None:
        lane = SERVICES[code].step(receipt.step).officer
        superiors = line[line.index(lane) + 1 :] if lane in line else []
        for role in STAFF:
            if role is lane or role in superiors:
                continue
            before = dump(desk_of(role).store.path)
            with pytest.raises(DeskError):
                finish(desk_of(role), receipt, receipt.step)
            assert dump(desk_of(role).store.path) == before
        receipt = forward(desk_of, receipt)


@pytest.mark.parametrize(
    ("code", "step", "superior"),
    [
        ("ktp", "tanda-tangan", Role.SEKCAM),
        ("ktp", "tanda-tangan", Role.CAMAT),
        ("sktm", "verifikasi", Role.CAMAT),
        ("sktm", "tanda-tangan", Role.CAMAT),
        ("ahli-waris", "ajukan-ttd", Role.CAMAT),
        ("oss", "validasi", Role.SEKCAM),
        ("pengaduan", "pertimbangan", Role.CAMAT),
    ],
)
def test_a_superior_in_line_acts_and_the_event_says_so(
    desk_of: DeskOf, code: str, step: str, superior: Role
) -> None:
    receipt = forward(desk_of, brought_to(desk_of, code, step), superior)
    last = events_of(desk_of(superior), receipt)[-1]
    assert (last["step"], last["role"], last["act"]) == (step, superior.value, "lanjut")


def test_a_plh_camat_who_is_the_sekcam_does_both_steps_himself(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    sekcam = desk_of(Role.SEKCAM)
    admin_desk.call(
        save_acting, op(), sekcam.user.id, Role.CAMAT, "Plh", TODAY, TODAY, "800/12/2026"
    )
    receipt = brought_to(desk_of, "ahli-waris", "ajukan-ttd")
    line = rows(sekcam.store.path, "SELECT signatory FROM register_line")[-1]
    assert line["signatory"] == f"Plh. Camat: {sekcam.user.name}"
    receipt = finish(sekcam, receipt, "ajukan-ttd")
    receipt = finish(sekcam, receipt, "tanda-tangan")
    assert receipt.step == "serahkan"
    initial, signature = events_of(sekcam, receipt)[-2:]
    assert (initial["role"], signature["role"]) == ("sekcam", "camat")
    assert json.loads(signature["payload"])["acting"] == "Plh"
    assert "acting" not in json.loads(initial["payload"])
    history = sekcam.ask(request_view, receipt.request_id).history
    assert [line.role for line in history[-2:]] == ["Sekretaris Kecamatan", "Plh. Camat"]


def test_an_acting_appointment_holds_on_its_own_days_only(
    desk_of: DeskOf, admin_desk: Desk, clock: SettableClock
) -> None:
    sekcam = desk_of(Role.SEKCAM)
    tomorrow = TODAY + timedelta(days=1)
    admin_desk.call(
        save_acting, op(), sekcam.user.id, Role.CAMAT, "Plh", tomorrow, tomorrow, "800/12/2026"
    )
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    with pytest.raises(NotAllowedError):
        finish(sekcam, receipt, "tanda-tangan")
    clock.advance(days=1)
    assert finish(sekcam, receipt, "tanda-tangan").step == "serahkan"
    clock.advance(days=1)
    late = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    with pytest.raises(NotAllowedError):
        finish(sekcam, late, "tanda-tangan")


# Rule 7


def test_who_verified_a_file_does_not_sign_it_whatever_his_role(
    desk_of: DeskOf, admin_desk: Desk, office: Office
) -> None:
    kasi = desk_of(Role.KASI)
    admin_desk.call(
        save_user,
        op(),
        UserInput(kasi.user.id, "kasi", kasi.user.name, (Role.KASI, Role.VERIFIKASI)),
    )
    receipt = finish(kasi, brought_to(desk_of, "ktp", "verifikasi"), "verifikasi")
    receipt = forward(desk_of, receipt)
    before = dump(kasi.store.path)
    with pytest.raises(RuleError, match="memverifikasi"):
        finish(kasi, receipt, "tanda-tangan")
    assert dump(kasi.store.path) == before
    assert Act.ADVANCE not in [a.act for a in kasi.ask(request_view, receipt.request_id).acts]
    assert finish(desk_of(Role.SEKCAM), receipt, "tanda-tangan").step == "serahkan"


def test_a_superior_who_verified_does_not_sign_in_his_higher_role(desk_of: DeskOf) -> None:
    sekcam = desk_of(Role.SEKCAM)
    receipt = finish(sekcam, brought_to(desk_of, "sktm", "verifikasi"), "verifikasi")
    receipt = forward(desk_of, receipt)
    with pytest.raises(RuleError, match="memverifikasi"):
        finish(sekcam, receipt, "tanda-tangan")
    assert finish(desk_of(Role.CAMAT), receipt, "tanda-tangan").step == "serahkan"


def test_who_verified_stays_barred_when_another_has_verified_after_him(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    sekcam, camat = desk_of(Role.SEKCAM), desk_of(Role.CAMAT)
    receipt = finish(sekcam, brought_to(desk_of, "sktm", "verifikasi"), "verifikasi")
    receipt = forward(desk_of, receipt)
    receipt = camat.call(
        processing.send_back, op(), seen(receipt), "verifikasi", "Periksa sekali lagi"
    )
    receipt = forward(desk_of, forward(desk_of, receipt))  # the Kasi verifies, register goes on
    assert receipt.step == "tanda-tangan"
    with pytest.raises(RuleError, match="memverifikasi"):
        finish(sekcam, receipt, "tanda-tangan")
    assert Act.ADVANCE not in [a.act for a in sekcam.ask(request_view, receipt.request_id).acts]
    assert finish(camat, receipt, "tanda-tangan").step == "serahkan"


def test_taking_in_registering_and_initialling_are_no_bar(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    camat = desk_of(Role.CAMAT)
    receipt = brought_to(desk_of, "ahli-waris", "ajukan-ttd")
    receipt = finish(camat, receipt, "ajukan-ttd")
    assert finish(camat, receipt, "tanda-tangan").step == "serahkan"


# Rule 8


def recorded(desk_of: DeskOf, role: Role, clock: SettableClock, minutes: float = 0) -> Any:
    return RecordedDecision(desk_of(role).user.id, role, clock.now - timedelta(minutes=minutes))


def test_a_recorded_decision_names_who_decided_and_who_recorded(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = started(desk_of, "sktm")
    clock.advance(minutes=20)
    register, kasi = desk_of(Role.REGISTER), desk_of(Role.KASI)
    paper = recorded(desk_of, Role.KASI, clock, 15)
    receipt = finish(register, receipt, "verifikasi", recorded=paper)
    event = events_of(register, receipt)[-1]
    assert (event["user_id"], event["role"]) == (register.user.id, "register")
    decided = json.loads(event["payload"])["decided"]
    assert decided["user_id"] == kasi.user.id
    assert (decided["name"], decided["role"]) == (kasi.user.name, "kasi")
    assert decided["at"] == paper.decided_at.isoformat()
    history = register.ask(request_view, receipt.request_id).history[-1]
    assert history.who == register.user.name
    assert kasi.user.name in history.role


def test_the_bar_on_verifiers_looks_at_who_decided_not_at_who_recorded(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    register = desk_of(Role.REGISTER)
    paper = recorded(desk_of, Role.SEKCAM, clock)
    receipt = finish(register, started(desk_of, "sktm"), "verifikasi", recorded=paper)
    receipt = forward(desk_of, receipt)
    with pytest.raises(RuleError, match="memverifikasi"):
        finish(register, receipt, "tanda-tangan", recorded=paper)
    with pytest.raises(RuleError, match="memverifikasi"):
        finish(desk_of(Role.SEKCAM), receipt, "tanda-tangan")
    receipt = finish(
        register, receipt, "tanda-tangan", recorded=recorded(desk_of, Role.CAMAT, clock)
    )
    assert receipt.step == "serahkan"


@pytest.mark.parametrize("role", [r for r in STAFF if r is not Role.REGISTER])
def test_only_the_register_officer_records_what_paper_says(
    desk_of: DeskOf, clock: SettableClock, role: Role
) -> None:
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    with pytest.raises(NotAllowedError):
        finish(
            desk_of(role),
            receipt,
            "tanda-tangan",
            recorded=recorded(desk_of, Role.CAMAT, clock),
        )


def test_paper_cannot_say_what_the_sop_does_not_let_the_official_do(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    register = desk_of(Role.REGISTER)
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    kasi = recorded(desk_of, Role.KASI, clock)
    as_camat = RecordedDecision(kasi.official_id, Role.CAMAT, kasi.decided_at)
    nobody = RecordedDecision(999, Role.CAMAT, clock.now)
    for wrong in (kasi, as_camat, nobody):
        with pytest.raises(NotAllowedError):
            finish(register, receipt, "tanda-tangan", recorded=wrong)
    pelayanan = RecordedDecision(desk_of(Role.PELAYANAN).user.id, Role.PELAYANAN, clock.now)
    checked = started(desk_of, "ktp")
    with pytest.raises(NotAllowedError):
        finish(register, checked, "verifikasi", recorded=pelayanan)


@pytest.mark.parametrize("minutes", [-5, 600])
def test_the_paraf_lies_between_take_in_and_now(
    desk_of: DeskOf, clock: SettableClock, minutes: float
) -> None:
    receipt = started(desk_of, "sktm")
    clock.advance(minutes=30)
    with pytest.raises(RuleError, match="Waktu paraf"):
        finish(
            desk_of(Role.REGISTER),
            receipt,
            "verifikasi",
            recorded=recorded(desk_of, Role.KASI, clock, minutes),
        )


def test_every_decision_of_an_official_can_be_recorded(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    register = desk_of(Role.REGISTER)
    kasi, camat = (recorded(desk_of, r, clock) for r in (Role.KASI, Role.CAMAT))
    failed = register.call(
        processing.fail_check,
        op(),
        seen(started(desk_of, "sktm")),
        papers("sktm", "kk"),
        recorded=kasi,
    )
    assert failed.status == "tms"
    closed = register.call(
        processing.close_failed, op(), seen(failed), "Diarahkan ke desa", recorded=kasi
    )
    assert (closed.status, closed.step) == ("tms", None)
    signing = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    back = register.call(
        processing.send_back, op(), seen(signing), None, "Nama keliru", recorded=camat
    )
    assert back.step == "register"
    signing = forward(desk_of, forward(desk_of, back))
    refused = register.call(
        processing.refuse, op(), seen(signing), "Sengketa waris", recorded=camat
    )
    assert refused.status == "ditolak"


def test_the_clock_of_a_recorded_step_stops_when_the_official_decided(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = started(desk_of, "sktm")
    clock.advance(minutes=40)
    register = desk_of(Role.REGISTER)
    finish(register, receipt, "verifikasi", recorded=recorded(desk_of, Role.KASI, clock, 36))
    stay = rows(register.store.path, "SELECT * FROM step_pass ORDER BY id DESC LIMIT 1")[0]
    assert (stay["step"], stay["minutes"], stay["gross_minutes"]) == ("verifikasi", 4.0, 4.0)


# Rules 3 and 4


@pytest.mark.parametrize(
    ("code", "step", "target", "waits"),
    [
        ("ktp", "tanda-tangan", None, "register"),
        ("ktp", "tanda-tangan", "verifikasi", "verifikasi"),
        ("ahli-waris", "ajukan-ttd", "verifikasi", "verifikasi"),
        ("ahli-waris", "tanda-tangan", "ajukan-ttd", "ajukan-ttd"),
        ("oss", "validasi", None, "terima"),
        ("pengaduan", "keputusan", None, "klasifikasi"),
    ],
)
def test_a_file_sent_back_keeps_its_numbers_and_walks_every_step_again(
    desk_of: DeskOf, code: str, step: str, target: str | None, waits: str
) -> None:
    receipt = brought_to(desk_of, code, step)
    officer = desk_of(SERVICES[code].step(step).officer)
    kept = (receipt.queue_number, receipt.agenda_number, receipt.letter_number)
    counted = rows(officer.store.path, "SELECT * FROM counter")
    receipt = officer.call(processing.send_back, op(), seen(receipt), target, "Nama keliru")
    assert receipt.step == waits
    note = desk_of(SERVICES[code].step(waits).officer).ask(request_view, receipt.request_id)
    assert note.returned_note == "Nama keliru"
    order = [s.code for s in SERVICES[code].steps]
    walked = []
    while receipt.step != step:
        assert receipt.step is not None
        walked.append(receipt.step)
        receipt = forward(desk_of, receipt)
    assert walked == order[order.index(waits) : order.index(step)]
    assert (receipt.queue_number, receipt.agenda_number, receipt.letter_number) == kept
    assert rows(officer.store.path, "SELECT * FROM counter") == counted
    lines = rows(officer.store.path, "SELECT id FROM register_line")
    assert len(lines) == 1
    assert broken_links(officer.store.path) == []


def test_sending_back_needs_a_note_and_refusing_a_reason(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "ktp", "tanda-tangan")
    kasi = desk_of(Role.KASI)
    before = dump(kasi.store.path)
    with pytest.raises(InputError, match="Catatan perbaikan belum ditulis"):
        kasi.call(processing.send_back, op(), seen(receipt), None, "  ")
    with pytest.raises(InputError, match="Alasan penolakan belum ditulis"):
        kasi.call(processing.refuse, op(), seen(receipt), "")
    with pytest.raises(InputError, match="Alasan harus ditulis"):
        desk_of(Role.REGISTER).call(propose_cancel, op(), seen(receipt), " ")
    assert dump(kasi.store.path) == before


def test_a_refused_file_keeps_its_line_marked_and_its_number_is_not_used_again(
    desk_of: DeskOf,
) -> None:
    receipt = brought_to(desk_of, "ktp", "tanda-tangan")
    kasi = desk_of(Role.KASI)
    receipt = kasi.call(processing.refuse, op(), seen(receipt), "Bukan warga kecamatan ini")
    assert (receipt.status, receipt.agenda_number) == ("ditolak", 1)
    (mark,) = rows(kasi.store.path, "SELECT kind, remark FROM line_status")
    assert mark == {"kind": "ditolak", "remark": "Bukan warga kecamatan ini"}
    assert brought_to(desk_of, "ktp", "tanda-tangan").agenda_number == 2
    with pytest.raises(RuleError):
        finish(kasi, receipt, "tanda-tangan")


def test_after_register_nobody_cancels_alone_and_only_register_may_ask_for_it(
    desk_of: DeskOf,
) -> None:
    receipt = brought_to(desk_of, "ktp", "tanda-tangan")
    for role in (Role.PELAYANAN, Role.KASI, Role.VERIFIKASI):
        with pytest.raises((NotAllowedError, RuleError)):
            desk_of(role).call(processing.cancel, op(), seen(receipt), "Salah layanan")
        with pytest.raises(NotAllowedError):
            desk_of(role).call(propose_cancel, op(), seen(receipt), "Salah layanan")
        assert Act.CANCEL not in [
            a.act for a in desk_of(role).ask(request_view, receipt.request_id).acts
        ]
    register = desk_of(Role.REGISTER)
    with pytest.raises(RuleError, match="perlu persetujuan pejabat"):
        register.call(processing.cancel, op(), seen(receipt), "Salah layanan")
    assert rows(register.store.path, "SELECT * FROM line_status") == []
    receipt = voided(desk_of, receipt, "Salah layanan")
    assert receipt.status == "batal"
    (mark,) = rows(register.store.path, "SELECT kind, remark FROM line_status")
    assert mark == {"kind": "batal", "remark": "Salah layanan"}


def test_before_register_the_counter_cancels_and_no_line_is_written(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "ktp", "register")
    with pytest.raises(NotAllowedError):
        desk_of(Role.VERIFIKASI).call(processing.cancel, op(), seen(receipt), "Mundur")
    pelayanan = desk_of(Role.PELAYANAN)
    assert pelayanan.call(processing.cancel, op(), seen(receipt), "Mundur").status == "batal"
    assert rows(pelayanan.store.path, "SELECT * FROM register_line") == []
    assert forward(desk_of, brought_to(desk_of, "ktp", "register")).agenda_number == 1


def test_who_counts_and_registers_asks_to_cancel_a_booked_file_as_register_officer(
    desk_of: DeskOf, admin_desk: Desk, office: Office
) -> None:
    both = new_user(admin_desk, office, "berdua", Role.PELAYANAN, Role.REGISTER)
    receipt = brought_to(desk_of, "ktp", "tanda-tangan")
    receipt = both.call(propose_cancel, op(), seen(receipt), "Salah layanan")
    assert (receipt.act, receipt.status) == ("usul-batal", "berjalan")
    assert events_of(both, receipt)[-1]["role"] == "register"


@pytest.mark.parametrize("code", SERVICES)
def test_the_acts_offered_are_the_acts_that_succeed(desk_of: DeskOf, code: str) -> None:
    """What the panel offers a user and what the use-cases let him do must not differ."""
    receipt = started(desk_of, code)
    while receipt.step is not None:
        for role in STAFF:
            if role is Role.ADMIN:
                continue
            desk = desk_of(role)
            offered = {
                a.act for a in desk.ask(request_view, receipt.request_id).acts if not a.recorded
            }
            ends: Any = processing.cancel if receipt.agenda_number is None else propose_cancel
            assert (Act.CANCEL in offered) is _may(desk, ends, receipt, "Mundur")
            later = receipt.step != SERVICES[code].first_decision.code
            if later:
                assert (Act.REFUSE in offered) is _may(desk, processing.refuse, receipt, "Tidak")
        receipt = forward(desk_of, receipt)


class _UndoneError(Exception):
    """Raised after a success, so that nothing stays of it."""


def _may(desk: Desk, usecase: Any, receipt: Receipt, *more: Any) -> bool:
    def tried(work: Any) -> None:
        usecase(work, op(), seen(receipt), *more)
        raise _UndoneError

    try:
        desk.call(tried)
    except _UndoneError:
        return True
    except DeskError:
        return False
    raise AssertionError("neither refused nor done")


def test_a_discarded_draft_keeps_its_file_code_and_nothing_that_was_typed(
    desk_of: DeskOf,
) -> None:
    saved, _ = drafted(desk_of, "sktm")
    pelayanan = desk_of(Role.PELAYANAN)
    receipt = pelayanan.call(discard_draft, op(), Seen(saved.id, saved.version))
    assert receipt.status == "batal"
    (kept,) = rows(pelayanan.store.path, "SELECT * FROM request")
    assert (kept["file_code"], kept["data"]) == (saved.file_code, "{}")
    assert not {kept["applicant"], kept["nik"], kept["village"]} - {""}
    assert "KUSUMAWARDHANI" not in str(
        rows(pelayanan.store.path, "SELECT words FROM request_search")
    )
    again, _ = drafted(desk_of, "sktm")
    assert again.file_code != saved.file_code


@pytest.mark.parametrize("how", ["close", "expire"])
def test_a_booked_file_that_is_closed_at_the_check_leaves_a_marked_line(
    desk_of: DeskOf, clock: SettableClock, how: str
) -> None:
    receipt = brought_to(desk_of, "skck", "tanda-tangan")
    verifier = desk_of(Role.KASI)
    receipt = desk_of(Role.SEKCAM).call(
        processing.send_back, op(), seen(receipt), "verifikasi", "KK bukan miliknya"
    )
    if how == "close":
        verifier.call(processing.close_failed, op(), seen(receipt), "Diarahkan ke Disdukcapil")
    else:
        verifier.call(
            processing.fail_check, op(), seen(receipt), papers("skck", needed_paper("skck"))
        )
        clock.advance(days=31)
        assert desk_of(Role.PELAYANAN).call(processing.expire_overdue, op()) == 1
    (mark,) = rows(verifier.store.path, "SELECT kind FROM line_status")
    assert mark == {"kind": "ditutup"}
    (shown,) = verifier.ask(book_page, "skck", 2026, None).rows
    assert (shown.mark, shown.cells[-1].split()[0]) == ("refused", "DITUTUP")
    (printed,) = read_lines(verifier, "skck", Period.of_year(2026))
    assert (printed.letter_number, printed.state) == ("Tidak diterbitkan", "ditolak")


def test_a_returned_file_is_taken_back_at_the_counter_not_recorded_from_paper(
    desk_of: DeskOf,
) -> None:
    receipt = started(desk_of, "skck")
    failed = desk_of(Role.KASI).call(
        processing.fail_check, op(), seen(receipt), papers("skck", needed_paper("skck"))
    )
    register = desk_of(Role.REGISTER).ask(request_view, failed.request_id).acts
    assert {(a.act, a.recorded) for a in register} == {(Act.CLOSE, True), (Act.CANCEL, False)}
    counter = desk_of(Role.PELAYANAN).ask(request_view, failed.request_id).acts
    assert {(a.act, a.recorded) for a in counter} == {(Act.COME_BACK, False), (Act.CANCEL, False)}


def test_the_history_tells_in_words_what_left_as_paper(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    desk = desk_of(Role.REGISTER)
    desk.call(record_output, op(), PRINT, ON_FILES, {"what": "letter"}, receipt.request_id)
    last = desk.ask(request_view, receipt.request_id).history[-1]
    assert last.what == "Surat dicetak"
