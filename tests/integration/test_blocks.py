"""Start numbers, numbers set aside, letters outside the program: the book stays gapless."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from kecamatan_desk.domain.errors import (
    DeskError,
    InputError,
    NotAllowedError,
    PresenceError,
    RuleError,
    StaleError,
)
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import PassRecord
from kecamatan_desk.usecases.blocks import listed, open_reserved
from kecamatan_desk.usecases.books import print_book
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.figures import month_figures
from kecamatan_desk.usecases.late_entry import enter_late
from kecamatan_desk.usecases.manual_letters import manual_letters, record_manual, record_sent
from kecamatan_desk.usecases.number_proof import prove_numbers, why_held
from kecamatan_desk.usecases.office import profile, save_profile
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.processing import approve
from kecamatan_desk.usecases.register import next_number
from kecamatan_desk.usecases.report import monthly_report
from kecamatan_desk.usecases.reserve_papers import reserve_and_draw, reserve_values
from kecamatan_desk.usecases.reserving import (
    declare_unused,
    numbering,
    paper_numbers,
    reserve,
    set_start,
    waiting_numbers,
)
from kecamatan_desk.usecases.series import BY_CODE, BY_SERVICE, FOR_ALL
from kecamatan_desk.usecases.values import RecordedDecision, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import DeskOf, SettableClock, checked, handed_over, op, registered, seen
from tests.reserving import (
    draft_of,
    entered,
    entry_for,
    executed,
    findings,
    letter,
    opened,
    recorded,
    set_aside,
)
from tests.walking import brought_to, rows


def numbers(desk: Desk, series: str) -> list[int]:
    found = rows(desk.store.path, "SELECT series, number FROM register_line")
    return sorted(row["number"] for row in found if row["series"] == series)


# --- how numbers are grouped ---------------------------------------------------------------------


def test_one_series_for_all_letters_runs_through_the_services(desk_of: DeskOf) -> None:
    opened(desk_of, FOR_ALL)
    codes = ("sktm", "ktp", "sktm", "pengaduan")
    given = [brought_to(desk_of, code, "serahkan") for code in codes[:3]]
    assert [one.agenda_number for one in given] == [1, 2, 3]
    assert {one.series for one in given} <= {"umum", None}
    complaint = brought_to(desk_of, "pengaduan", "klasifikasi")
    assert (complaint.agenda_number, complaint.series) == (1, "pengaduan")
    assert findings(desk_of(Role.REGISTER)) == []


def test_a_series_per_code_goes_by_the_letters_own_code(desk_of: DeskOf) -> None:
    from kecamatan_desk.usecases.processing import give_agenda_number

    opened(desk_of, BY_CODE)
    register = desk_of(Role.REGISTER)
    first = registered(desk_of)
    other = register.call(give_agenda_number, op(), seen(checked(desk_of)), "474.1")
    third = registered(desk_of)
    own = SERVICES["sktm"].classification
    assert [one.agenda_number for one in (first, other, third)] == [1, 1, 2]
    assert numbers(register, f"kode:{own}") == [1, 2]
    assert numbers(register, "kode:474.1") == [1]
    assert findings(register) == []


def test_the_number_shown_is_of_the_series_the_code_leads_to(desk_of: DeskOf) -> None:
    opened(desk_of, BY_CODE)
    registered(desk_of)
    waiting, desk = checked(desk_of), desk_of(Role.REGISTER)
    own = desk.ask(next_number, waiting.request_id)
    other = desk.ask(next_number, waiting.request_id, "474.1")
    assert (own.number, own.series) == (2, f"Kode {SERVICES['sktm'].classification}")
    assert (other.number, other.series) == (1, "Kode 474.1")


def test_a_pattern_needs_the_code_where_numbers_go_by_code(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    from dataclasses import replace

    office = admin_desk.ask(profile)
    bare = replace(office, number_pattern="{urut}/{layanan}/{tahun}")
    admin_desk.call(save_profile, op(), bare)
    with pytest.raises(RuleError, match=r"\{kode\}"):
        opened(desk_of, BY_CODE)
    admin_desk.call(save_profile, op(), office)
    opened(desk_of, BY_CODE)
    with pytest.raises(RuleError, match=r"\{kode\}"):
        admin_desk.call(save_profile, op(), bare)


def test_one_series_for_all_allows_a_pattern_without_the_service(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    from dataclasses import replace

    office = admin_desk.ask(profile)
    shared = replace(office, number_pattern="{urut}/{singkatan}/{tahun}")
    with pytest.raises(RuleError, match="dapat bernomor surat sama"):
        admin_desk.call(save_profile, op(), shared)
    codes = replace(office, number_pattern="{kode}/{urut}/{singkatan}/{tahun}")
    opened(desk_of, FOR_ALL)
    opened(desk_of, FOR_ALL, 2027)
    admin_desk.call(save_profile, op(), codes)


# --- start numbers -------------------------------------------------------------------------------


def test_an_office_goes_on_from_its_paper_book(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    assert desk.call(set_start, op(), "sktm", 486) == 487
    receipt = registered(desk_of)
    assert receipt.agenda_number == 487
    assert "/487/" in (receipt.letter_number or "")
    state = next(one for one in desk.ask(numbering).series if one.series == "sktm")
    assert (state.paper, state.last, state.coming) == (486, 487, 488)
    assert findings(desk) == []


def test_a_start_number_comes_before_the_first_number_only(desk_of: DeskOf) -> None:
    registered(desk_of)
    with pytest.raises(RuleError, match="sudah memberi nomor"):
        desk_of(Role.REGISTER).call(set_start, op(), "sktm", 486)
    with pytest.raises(NotAllowedError):
        desk_of(Role.PELAYANAN).call(set_start, op(), "ktp", 3)
    for wrong in (0, -1, 99_999):
        with pytest.raises(InputError, match="Nomor terakhir"):
            desk_of(Role.ADMIN).call(set_start, op(), "ktp", wrong)
    with pytest.raises(InputError, match="Seri nomor"):
        desk_of(Role.ADMIN).call(set_start, op(), "antrian", 5)


def test_a_start_number_needs_presence(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    desk.proven_at -= 600
    with pytest.raises(PresenceError):
        desk.call(set_start, op(), "sktm", 486)


# --- numbers set aside ---------------------------------------------------------------------------


def test_numbers_set_aside_are_passed_over_and_wait(desk_of: DeskOf) -> None:
    registered(desk_of)
    waiting = set_aside(desk_of, amount=4)
    assert [one.number for one in waiting] == [2, 3, 4, 5]
    assert registered(desk_of).agenda_number == 6
    desk = desk_of(Role.REGISTER)
    assert listed(desk.ask(open_reserved, "2026-05")) == "002–005"
    assert desk.ask(open_reserved, "2026-04") == ()
    assert findings(desk) == []


def test_unused_numbers_become_void_lines(desk_of: DeskOf) -> None:
    waiting, desk = set_aside(desk_of, amount=3), desk_of(Role.REGISTER)
    chosen = tuple((one.block_id, one.number) for one in waiting[1:])
    assert desk.call(declare_unused, op(), chosen) == 2
    assert listed(desk.ask(waiting_numbers)) == "001"
    states = rows(
        desk.store.path,
        "SELECT l.number, l.service, s.kind, s.remark FROM register_line l "
        "JOIN line_status s ON s.line_id = l.id ORDER BY l.number",
    )
    assert [tuple(row.values()) for row in states] == [
        (2, "sktm", "batal", "Nomor cadangan tidak dipakai"),
        (3, "sktm", "batal", "Nomor cadangan tidak dipakai"),
    ]
    with pytest.raises(StaleError, match="sudah terisi"):
        desk.call(declare_unused, op(), chosen[:1])
    assert findings(desk) == []


@pytest.mark.parametrize("wanted", [(), (("sktm", 0),), (("sktm", 51),), (("sktm", 1),) * 2])
def test_an_amount_that_cannot_be_sets_nothing_aside(
    desk_of: DeskOf, wanted: tuple[tuple[str, int], ...]
) -> None:
    desk = desk_of(Role.REGISTER)
    with pytest.raises(InputError):
        desk.call(reserve, op(), wanted)
    assert desk.ask(waiting_numbers) == ()
    assert rows(desk.store.path, "SELECT * FROM counter WHERE series = 'sktm'") == []


# --- late entries --------------------------------------------------------------------------------


def test_a_late_entry_needs_presence_once_a_round(desk_of: DeskOf) -> None:
    first, second, _ = set_aside(desk_of)
    desk = desk_of(Role.REGISTER)
    desk.proven_at -= 29 * 60  # a pile of sheets is one round
    entered(desk_of, first)
    desk.proven_at -= 2 * 60
    with pytest.raises(PresenceError):
        entered(desk_of, second)


def test_a_late_entry_brings_a_draft_into_the_book(desk_of: DeskOf, clock: SettableClock) -> None:
    waiting = set_aside(desk_of)
    clock.advance(days=1)
    receipt = entered(desk_of, waiting[1], at=time(10, 20))
    desk = desk_of(Role.REGISTER)
    view = desk.ask(request_view, receipt.request_id)
    assert (view.agenda_number, view.step) == (2, "tanda-tangan")
    (line,) = rows(desk.store.path, "SELECT * FROM register_line")
    assert (line["number"], line["day"], line["queue"]) == (2, "2026-05-12", "P-01")
    assert line["letter_number"] == view.letter_number
    event = rows(desk.store.path, "SELECT * FROM event ORDER BY seq DESC LIMIT 1")[0]
    told = (event["act"], event["step"], event["next_step"])
    assert told == ("lanjut", "verifikasi", "tanda-tangan")
    assert any("Entri susulan" in one.what for one in view.history)
    assert findings(desk) == []


def test_a_late_file_goes_on_as_any_other(desk_of: DeskOf) -> None:
    (number, *_) = set_aside(desk_of, amount=2)
    receipt = entered(desk_of, number)
    done = handed_over(desk_of, receipt)
    assert done.status == "selesai"
    assert findings(desk_of(Role.REGISTER)) == []


@pytest.mark.parametrize("code", SERVICES)
def test_every_service_can_be_entered_late(desk_of: DeskOf, code: str) -> None:
    (number,) = set_aside(desk_of, code, 1)
    receipt = entered(desk_of, number, code)
    assert receipt.agenda_number == 1
    service = SERVICES[code]
    done = {
        row["step"] for row in rows(desk_of(Role.REGISTER).store.path, "SELECT step FROM step_pass")
    }
    first = service.steps.index(service.first_decision)
    assert {step.code for step in service.steps[1 : first + 1]} <= done
    assert findings(desk_of(Role.REGISTER)) == []


def test_who_gave_his_paraf_does_not_sign(desk_of: DeskOf, office: object) -> None:
    """Rule 7 looks at who decided on paper, in the use-case and in the database."""
    from kecamatan_desk.usecases.accounts import save_user
    from kecamatan_desk.usecases.people_values import UserInput
    from tests.builders import NAMES

    admin = desk_of(Role.ADMIN)
    sekcam = desk_of(Role.SEKCAM).user.id
    admin.call(
        save_user, op(), UserInput(sekcam, "sekcam", NAMES[Role.SEKCAM], (Role.SEKCAM, Role.KASI))
    )
    (number,) = set_aside(desk_of, amount=1)
    receipt = entered(desk_of, number, decider_id=sekcam)
    with pytest.raises(RuleError, match="memverifikasi"):
        desk_of(Role.SEKCAM).call(approve, op(), seen(receipt))


def test_a_late_entry_is_refused_where_the_sheet_cannot_be_right(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.advance(days=1)
    waiting, saved = set_aside(desk_of), draft_of(desk_of)
    desk, shown = desk_of(Role.REGISTER), Seen(saved.id, saved.version)
    wrong = {
        "day": {"day": date(2026, 5, 12)},  # before it was set aside
        "at": {"at": time(23, 59)},  # in the future
        "decider_id": {"decider_id": desk.user.id},
        "writer_id": {"writer_id": desk_of(Role.CAMAT).user.id},
    }
    for field, own in wrong.items():
        with pytest.raises(DeskError) as refused:
            desk.call(enter_late, op(), shown, entry_for(desk_of, waiting[0], **own))
        assert refused.value.field == field
    (foreign,) = set_aside(desk_of, "ktp", 1)
    with pytest.raises(RuleError, match="disisihkan untuk seri"):
        desk.call(enter_late, op(), shown, entry_for(desk_of, foreign))
    assert numbers(desk, "sktm") == []


def test_a_late_entry_needs_a_whole_form(desk_of: DeskOf) -> None:
    (number, *_) = set_aside(desk_of)
    saved, desk = draft_of(desk_of, keperluan=""), desk_of(Role.REGISTER)
    with pytest.raises(RuleError, match="belum lengkap"):
        desk.call(enter_late, op(), Seen(saved.id, saved.version), entry_for(desk_of, number))
    assert numbers(desk, "sktm") == []


def test_two_cannot_take_one_number_of_the_sheet(desk_of: DeskOf) -> None:
    (number, *_) = set_aside(desk_of)
    entered(desk_of, number)
    with pytest.raises(StaleError, match="sudah terisi"):
        entered(desk_of, number)


def test_minutes_of_late_files_stay_out_of_the_averages(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    (number, *_) = set_aside(desk_of)
    late = entered(desk_of, number)
    clock.advance(minutes=30)
    handed_over(desk_of, late)
    desk = desk_of(Role.REGISTER)
    (own,) = [one for one in desk.ask(month_figures, 2026, 5) if one.service == "sktm"]
    assert (own.done, own.untimed, own.average_minutes) == (1, 1, None)
    first = checked(desk_of)
    clock.advance(minutes=4)
    handed_over(desk_of, registered(desk_of, first))
    report = desk.ask(monthly_report, 2026, 5)
    (row,) = [one for one in report.rows if one.service == "sktm"]
    assert (row.done, row.timed, row.average) == (2, 1, 4.0)
    assert "1 entri susulan, waktu tidak dihitung" in row.note
    acts = desk.ask(lambda work: set(work.session.scalars(select(PassRecord.act))))
    assert "susulan" in acts


def test_a_recorded_signature_follows_a_late_entry(desk_of: DeskOf, clock: SettableClock) -> None:
    (number, *_) = set_aside(desk_of)
    clock.advance(hours=2)
    receipt = entered(desk_of, number)
    sekcam = desk_of(Role.SEKCAM).user.id
    signed = RecordedDecision(sekcam, Role.SEKCAM, datetime(2026, 5, 12, 3, tzinfo=UTC))
    desk = desk_of(Role.REGISTER)
    done = desk.call(approve, op(), seen(receipt), recorded=signed)
    assert done.step == "serahkan"


# --- letters outside the program -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "series"), [(BY_SERVICE, "umum"), (FOR_ALL, "umum"), (BY_CODE, "kode:005")]
)
def test_a_manual_letter_takes_the_next_number(desk_of: DeskOf, mode: str, series: str) -> None:
    opened(desk_of, mode)
    first, second = recorded(desk_of), recorded(desk_of, purpose="Undangan kedua", sent=False)
    desk = desk_of(Role.REGISTER)
    assert numbers(desk, series) == [1, 2]
    shown = {one.line_id: one for one in desk.ask(manual_letters, 2026)}
    assert shown[first].letter_number.startswith("005/001/UMUM/")
    assert (shown[first].state, shown[second].state) == ("diserahkan", "belum")
    desk.call(record_sent, op(), second, "Asep Kurniawan")
    with pytest.raises(RuleError, match="sudah dikirim"):
        desk.call(record_sent, op(), second)
    assert findings(desk) == []


def test_a_manual_letter_of_a_service_takes_the_services_number(desk_of: DeskOf) -> None:
    registered(desk_of)
    recorded(desk_of, service="sktm", classification="")
    assert numbers(desk_of(Role.REGISTER), "sktm") == [1, 2]
    assert registered(desk_of).agenda_number == 3


def test_a_manual_letter_may_bear_a_number_set_aside(desk_of: DeskOf) -> None:
    waiting = set_aside(desk_of, "umum", 2)
    recorded(desk_of, block_id=waiting[1].block_id, number=2)
    desk = desk_of(Role.REGISTER)
    assert numbers(desk, "umum") == [2]
    assert listed(desk.ask(waiting_numbers)) == "001"
    recorded(desk_of)
    assert numbers(desk, "umum") == [2, 3]
    assert findings(desk) == []


@pytest.mark.parametrize(
    ("own", "field"),
    [
        ({"name": " "}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"letter_day": date(2026, 5, 13)}, "letter_day"),
        ({"letter_day": date(2025, 12, 31)}, "letter_day"),
        ({"classification": ""}, "classification"),
        ({"service": "pengaduan"}, "service"),
        ({"signing": "x"}, "signing"),
        ({"name": "x" * 200}, "name"),
    ],
)
def test_a_manual_letter_that_cannot_be_spends_nothing(
    desk_of: DeskOf, own: dict[str, object], field: str
) -> None:
    desk = desk_of(Role.REGISTER)
    with pytest.raises(InputError) as refused:
        desk.call(record_manual, op(), letter(**own))
    assert refused.value.field == field
    assert rows(desk.store.path, "SELECT * FROM counter WHERE series = 'umum'") == []


def test_the_report_counts_manual_letters(desk_of: DeskOf) -> None:
    recorded(desk_of)
    recorded(desk_of, service="sktm", classification="")
    report = desk_of(Role.REGISTER).ask(monthly_report, 2026, 5)
    assert report.outside == 2
    assert next(one.registered for one in report.rows if one.service == "sktm") == 1


def test_no_letter_number_is_given_twice_whoever_wrote_it(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    from dataclasses import replace

    opened(desk_of, BY_SERVICE)
    office = admin_desk.ask(profile)
    opened_codes = replace(office, number_pattern="{kode}/{urut}/{layanan}/{tahun}")
    admin_desk.call(save_profile, op(), opened_codes)
    recorded(desk_of)
    with pytest.raises(RuleError, match="sudah dipakai"):
        # the same number under another year's line would be refused by the table as well
        desk_of(Role.REGISTER).call(_again_with_number_one, op())


def _again_with_number_one(work: object, op_id: str) -> None:
    from kecamatan_desk.usecases.booking import refuse_double

    refuse_double(work, "005/1/UMUM/2026", 2026)  # type: ignore[arg-type]


# --- the proof -----------------------------------------------------------------------------------


def test_the_proof_finds_a_number_that_is_missing_and_holds_the_rest(desk_of: DeskOf) -> None:
    registered(desk_of)
    desk = desk_of(Role.REGISTER)
    assert prove_numbers(desk) == ()
    waiting = checked(desk_of)
    desk.call(executed, "DROP TRIGGER guard_number_issue_delete")
    desk.call(executed, "DELETE FROM number_issue WHERE series = 'sktm'")
    fault, _ = prove_numbers(desk)
    assert fault.series == "sktm"
    assert "Pencacah 1, tercatat 0 nomor" in fault.message
    assert "SKTM 2026 tidak utuh" in why_held(desk)
    for deed in (
        lambda: registered(desk_of, waiting),
        lambda: recorded(desk_of),
        lambda: set_aside(desk_of),
    ):
        with pytest.raises(RuleError, match="Nomor tidak dapat diberikan"):
            deed()


def test_the_proof_finds_a_line_that_is_missing(desk_of: DeskOf) -> None:
    registered(desk_of)
    desk = desk_of(Role.REGISTER)
    desk.call(executed, "DROP TRIGGER guard_register_line_delete")
    desk.call(executed, "DELETE FROM register_line")
    (fault,) = prove_numbers(desk)
    assert fault.message == "1 nomor, tetapi 0 baris buku."


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            "UPDATE number_block SET last = last + 1",
            "Pencacah 4, tercatat 1 nomor dan 4 dalam blok",
        ),
        ("UPDATE number_block SET first = 1", "diberikan dua kali"),
        ("UPDATE number_block SET kind = 'kertas'", "Nomor agendanya tidak pernah diberi"),
        ("UPDATE number_block SET event_seq = 9999", "mendahului nomor cadangannya"),
        ("UPDATE register_line SET number = 9 WHERE number = 2", "tidak pernah diberi"),
        ("UPDATE number_issue SET request_id = NULL", "tidak pernah diberi"),
    ],
)
def test_check_finds_what_was_changed_in_numbers(desk_of: DeskOf, changed: str, told: str) -> None:
    registered(desk_of)
    waiting = set_aside(desk_of, amount=3)
    entered(desk_of, waiting[0])
    desk = desk_of(Role.REGISTER)
    assert findings(desk) == []
    table = changed.split()[1]
    desk.call(executed, f"DROP TRIGGER guard_{table}_update")
    desk.call(executed, changed)
    said = [one for one in findings(desk) if one.startswith("nomor ")]
    assert any(told in one for one in said), said


def test_check_finds_numbers_left_open_in_a_closed_book(desk_of: DeskOf) -> None:
    set_aside(desk_of)
    desk = desk_of(Role.REGISTER)
    desk.call(_closed, op())
    assert any("3 nomor cadangan tanpa baris" in one for one in findings(desk))


def _closed(work: object, op_id: str) -> None:
    from kecamatan_desk.usecases.closed_books import CLOSED, put_book_act

    put_book_act(work, op_id, Role.REGISTER, CLOSED, "2026-05", {})  # type: ignore[arg-type]


# --- what the papers say -------------------------------------------------------------------------


def test_the_book_says_which_numbers_stand_on_paper(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of(Role.REGISTER)
    desk.call(set_start, op(), "sktm", 486)
    registered(desk_of)
    said = {}
    for code in ("sktm", "umum", "ktp"):
        (path,) = print_book(desk, code, Period.of_year(2026), tmp_path / f"{code}.pdf")
        pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(path)]
        said[code] = " ".join(" ".join(pages).split())
        if code == "sktm":  # the cover begins behind them
            assert "nomor 487" in pages[0]
    assert "Nomor 1 s.d. 486 tercatat pada buku kertas" in said["sktm"]
    assert "SKTM: nomor 1 s.d. 486 tercatat pada buku kertas" in said["umum"]
    assert "buku kertas" not in said["ktp"]
    later = Period.of_month(2026, 6)
    assert paper_numbers_of(desk, later) == ()


def paper_numbers_of(desk: Desk, period: Period) -> tuple[object, ...]:
    return desk.ask(paper_numbers, "sktm", period)


def test_a_second_sheet_of_the_day_goes_on_with_the_emergency_numbers(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    first, _ = reserve_and_draw(desk, op(), (("sktm", 3), ("ktp", 2)))
    second, pdf = reserve_and_draw(desk, op(), (("sktm", 2),))
    assert desk.ask(reserve_values, first).queue == ("P-01", "P-02", "P-03", "P-04", "P-05")
    values = desk.ask(reserve_values, second)
    assert values.queue == ("P-06", "P-07")
    assert [one.number for part in values.parts for one in part.lines] == ["004", "005"]
    assert "/004/SKTM/" in values.parts[0].lines[0].letter_number
    assert pdf.startswith(b"%PDF")
