"""The clock of a step: office hours, named pauses, officials who are away (rule 6)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.accounts import save_acting, save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import end_absence, save_absence
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.values import Receipt, StepClock
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import work_list
from tests.builders import SettableClock, op
from tests.walking import DeskOf, brought_to, dump, finish, rows, seen, started

TODAY = date(2026, 5, 12)


def clock_of(desk: Desk, receipt: Receipt) -> StepClock:
    return desk.ask(request_view, receipt.request_id).clock


def last_stay(desk: Desk) -> tuple[float, float]:
    (stay,) = rows(desk.store.path, "SELECT * FROM step_pass ORDER BY id DESC LIMIT 1")
    return stay["minutes"], stay["gross_minutes"]


def test_the_clock_runs_from_arrival_until_the_officer_acts(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt, kasi = started(desk_of, "sktm"), desk_of(Role.KASI)
    for minutes, state in ((5, "ok"), (5, "warn"), (1, "late")):
        clock.advance(minutes=minutes)
        running = clock_of(kasi, receipt)
        assert (running.state, running.running, running.norm) == (state, True, 5)
    finish(kasi, receipt, "verifikasi")
    assert last_stay(kasi) == (11.0, 11.0)


def test_noon_night_and_closed_days_do_not_count(desk_of: DeskOf, clock: SettableClock) -> None:
    clock.set(datetime(2026, 6, 19, 9, 20, tzinfo=UTC))  # Friday 16.20, open until 16.30
    receipt, kasi = started(desk_of, "sktm"), desk_of(Role.KASI)
    clock.set(datetime(2026, 6, 22, 1, 5, tzinfo=UTC))  # Monday 08.05
    finish(kasi, receipt, "verifikasi")
    assert last_stay(kasi) == (15.0, 15.0)


@pytest.mark.parametrize("kind", processing.PAUSES)
def test_a_named_pause_stops_the_clock_and_both_figures_stay(
    desk_of: DeskOf, clock: SettableClock, kind: str
) -> None:
    receipt, kasi = started(desk_of, "sktm"), desk_of(Role.KASI)
    clock.advance(minutes=3)
    paused = kasi.call(processing.pause, op(), seen(receipt), kind, "Genset rusak")
    assert (paused.step, paused.version) == (receipt.step, receipt.version + 1)
    clock.advance(minutes=30)
    standing = clock_of(kasi, receipt)
    assert (standing.state, standing.pause, standing.running) == ("rest", kind, False)
    assert (standing.minutes, standing.gross_minutes) == (3.0, 33.0)
    resumed = kasi.call(processing.resume, op(), seen(paused))
    clock.advance(minutes=2)
    finish(kasi, resumed, "verifikasi")
    assert last_stay(kasi) == (5.0, 35.0)


def test_acting_closes_the_pause(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt, kasi = started(desk_of, "sktm"), desk_of(Role.KASI)
    paused = kasi.call(processing.pause, op(), seen(receipt), "Istirahat")
    clock.advance(minutes=10)
    finish(kasi, paused, "verifikasi")
    assert last_stay(kasi) == (0.0, 10.0)
    assert rows(kasi.store.path, "SELECT * FROM pause WHERE closed_at IS NULL") == []
    clock.advance(minutes=4)
    running = clock_of(kasi, receipt)
    assert (running.minutes, running.pause) == (4.0, None)


def test_a_second_pause_replaces_the_first(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt, kasi = started(desk_of, "sktm"), desk_of(Role.KASI)
    paused = kasi.call(processing.pause, op(), seen(receipt), "Istirahat")
    clock.advance(minutes=10)
    again = kasi.call(processing.pause, op(), seen(paused), "Listrik padam")
    clock.advance(minutes=10)
    finish(kasi, again, "verifikasi")
    assert last_stay(kasi) == (0.0, 20.0)
    kinds = rows(kasi.store.path, "SELECT kind FROM pause ORDER BY id")
    assert [p["kind"] for p in kinds] == ["Istirahat", "Listrik padam"]


def test_pauses_are_the_steps_officers_and_the_registers(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "ktp")
    for role in (Role.PELAYANAN, Role.KASI, Role.CAMAT, Role.ADMIN):
        with pytest.raises(NotAllowedError):
            desk_of(role).call(processing.pause, op(), seen(receipt), "Istirahat")
    paused = desk_of(Role.REGISTER).call(processing.pause, op(), seen(receipt), "Istirahat")
    assert desk_of(Role.VERIFIKASI).call(processing.resume, op(), seen(paused)).step == receipt.step


def test_what_is_not_paused_is_not_resumed_and_pauses_have_known_names(desk_of: DeskOf) -> None:
    receipt, kasi = started(desk_of, "sktm"), desk_of(Role.KASI)
    before = dump(kasi.store.path)
    with pytest.raises(RuleError, match="tidak sedang dijeda"):
        kasi.call(processing.resume, op(), seen(receipt))
    with pytest.raises(InputError, match="Alasan jeda"):
        kasi.call(processing.pause, op(), seen(receipt), "Malas")
    assert dump(kasi.store.path) == before


def test_an_absent_official_pauses_every_file_that_waits_for_him_and_no_other(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    camat, kasi = desk_of(Role.CAMAT), desk_of(Role.KASI)
    signing = [brought_to(desk_of, code, "tanda-tangan") for code in ("ahli-waris", "skck")]
    checking = started(desk_of, "sktm")
    register = desk_of(Role.REGISTER)
    register.call(save_absence, op(), camat.user.id, TODAY, TODAY + timedelta(days=1), "Rapat")
    clock.advance(minutes=30)
    waits_for_camat = clock_of(camat, signing[0])
    assert (waits_for_camat.state, waits_for_camat.pause) == ("rest", "Pejabat tidak di tempat")
    assert (waits_for_camat.minutes, waits_for_camat.gross_minutes) == (0.0, 30.0)
    for receipt in (signing[1], checking):  # these wait for Sekcam and Kasi
        assert (clock_of(kasi, receipt).minutes, clock_of(kasi, receipt).pause) == (30.0, None)
    clock.set(datetime(2026, 5, 18, 1, 7, tzinfo=UTC))  # Monday; Thursday and Friday are holidays
    back = clock_of(camat, signing[0])
    assert (back.minutes, back.pause) == (7.0, None)
    (row,) = camat.ask(work_list, Role.CAMAT, "tanda-tangan")
    assert row.clock.minutes == 7.0


def test_who_is_back_early_is_waited_for_again(desk_of: DeskOf, clock: SettableClock) -> None:
    camat = desk_of(Role.CAMAT)
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    register = desk_of(Role.REGISTER)
    last = TODAY + timedelta(days=60)
    absence = register.call(save_absence, op(), camat.user.id, TODAY, last, "Cuti")
    clock.advance(days=1)
    register.call(end_absence, op(), absence)
    clock.advance(minutes=9)
    assert clock_of(camat, receipt).minutes == 69.0  # Wednesday 08.00 to 09.09


def test_where_somebody_acts_for_the_absent_official_the_clock_runs(
    desk_of: DeskOf, clock: SettableClock, admin_desk: Desk
) -> None:
    camat, sekcam = desk_of(Role.CAMAT), desk_of(Role.SEKCAM)
    admin_desk.call(
        save_acting, op(), sekcam.user.id, Role.CAMAT, "Plh", TODAY, TODAY, "800/12/2026"
    )
    admin_desk.call(save_absence, op(), camat.user.id, TODAY, TODAY, "Rapat")
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    clock.advance(minutes=6)
    assert (clock_of(camat, receipt).minutes, clock_of(camat, receipt).pause) == (6.0, None)


def test_where_who_acts_is_away_as_well_the_file_waits_without_clock(
    desk_of: DeskOf, clock: SettableClock, admin_desk: Desk
) -> None:
    camat, sekcam = desk_of(Role.CAMAT), desk_of(Role.SEKCAM)
    admin_desk.call(
        save_acting, op(), sekcam.user.id, Role.CAMAT, "Plh", TODAY, TODAY, "800/12/2026"
    )
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    for desk in (camat, sekcam):
        admin_desk.call(save_absence, op(), desk.user.id, TODAY, TODAY, "Rapat")
    clock.advance(minutes=6)
    assert clock_of(camat, receipt).pause == "Pejabat tidak di tempat"


def test_the_whole_of_a_request_is_the_sum_of_its_steps(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = started(desk_of, "sktm")
    for role, step, minutes in (
        (Role.KASI, "verifikasi", 4),
        (Role.REGISTER, "register", 2),
        (Role.SEKCAM, "tanda-tangan", 5),
        (Role.PELAYANAN, "serahkan", 1),
    ):
        clock.advance(minutes=minutes)
        receipt = finish(desk_of(role), receipt, step)
    view = desk_of(Role.KASI).ask(request_view, receipt.request_id)
    told = {step.code: step.minutes for step in view.steps}
    assert told == {
        "ajukan": 0.0,
        "terima": 0.0,
        "verifikasi": 4.0,
        "register": 2.0,
        "tanda-tangan": 5.0,
        "serahkan": 1.0,
        "diterima": 0.0,
    }


def test_an_appointment_of_somebody_who_has_left_no_longer_heads_the_letter(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    sekcam = desk_of(Role.SEKCAM)
    admin_desk.call(
        save_acting, op(), sekcam.user.id, Role.CAMAT, "Plh", TODAY, TODAY, "800/12/2026"
    )
    admin_desk.call(
        save_user,
        op(),
        UserInput(sekcam.user.id, "sekcam", sekcam.user.name, (Role.SEKCAM,), False),
    )
    brought_to(desk_of, "ahli-waris", "ajukan-ttd")
    (line,) = rows(admin_desk.store.path, "SELECT signatory FROM register_line")
    assert line["signatory"] == f"Camat: {desk_of(Role.CAMAT).user.name}"
