"""At the counter: drafts, file codes, taking in, several services, folders from a village."""

from datetime import UTC, datetime, timedelta

import pytest

from kecamatan_desk.domain.errors import (
    DeskError,
    InputError,
    NotAllowedError,
    RuleError,
    StaleError,
)
from kecamatan_desk.domain.numbering import valid_file_code
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.slips import folder_values, receipt_values
from kecamatan_desk.usecases.values import Answer, Handover, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import bundle, work_list
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import SettableClock, op
from tests.walking import (
    PERSON,
    DeskOf,
    broken_links,
    brought_to,
    drafted,
    dump,
    filled,
    finish,
    miscounted,
    papers,
    rows,
    seen,
    started,
)


def test_the_first_save_gives_the_file_code_and_one_event_and_later_saves_give_none(
    desk_of: DeskOf,
) -> None:
    desk = desk_of(Role.PELAYANAN)
    first = desk.call(intake.save_draft, op(), DraftInput("sktm", {"nama": "Siti"}))
    assert first.file_code.startswith("26-000001-")
    assert valid_file_code(first.file_code)
    events = rows(desk.store.path, "SELECT * FROM event")
    again = desk.call(
        intake.save_draft, op(), DraftInput("sktm", {"nama": "Siti Rohmah"}, id=first.id)
    )
    assert (again.file_code, again.version) == (first.file_code, first.version)
    assert rows(desk.store.path, "SELECT * FROM event") == events
    assert desk.ask(intake.draft, first.id).values == {"nama": "Siti Rohmah"}


@pytest.mark.parametrize("code", ["sktm", "oss", "pengaduan"])
def test_only_the_officer_at_that_counter_drafts_reads_and_takes_in(
    desk_of: DeskOf, code: str
) -> None:
    saved, draft = drafted(desk_of, code)
    counter = SERVICES[code].steps[1].officer
    shown = Seen(saved.id, saved.version)
    for role in STAFF:
        if role is counter:
            continue
        desk = desk_of(role)
        before = dump(desk.store.path)
        for usecase in (intake.take_in, intake.pass_at_counter, intake.fail_at_counter):
            with pytest.raises(DeskError):
                desk.call(usecase, op(), shown, draft)
        with pytest.raises(NotAllowedError):
            desk.call(intake.save_draft, op(), draft)
        with pytest.raises(NotAllowedError):
            desk.ask(intake.draft, saved.id)
        assert dump(desk.store.path) == before
    assert desk_of(counter).ask(intake.draft, saved.id).values["nama"] == PERSON["nama"]


def test_a_draft_of_one_counter_is_not_drawn_over_to_another(desk_of: DeskOf) -> None:
    saved, _ = drafted(desk_of, "sktm")
    theirs = DraftInput("oss", filled(SERVICES["oss"], "terima"), (), saved.id)
    with pytest.raises(NotAllowedError):
        desk_of(Role.TIM_TEKNIS).call(intake.save_draft, op(), theirs)
    moved = DraftInput("skck", filled(SERVICES["skck"], "terima"), (), saved.id)
    again = desk_of(Role.PELAYANAN).call(intake.save_draft, op(), moved)
    assert again.file_code == saved.file_code


def test_a_draft_that_changes_its_service_forgets_the_papers_of_the_old_one(
    desk_of: DeskOf,
) -> None:
    desk = desk_of(Role.PELAYANAN)
    values = filled(SERVICES["sktm"], "terima")
    saved = desk.call(intake.save_draft, op(), DraftInput("sktm", values, papers("sktm")))
    other = filled(SERVICES["belum-menikah"], "terima")  # has another paper called "pernyataan"
    desk.call(intake.save_draft, op(), DraftInput("belum-menikah", other, (), saved.id))
    assert desk.ask(intake.draft, saved.id).answers == ()


@pytest.mark.parametrize("code", ["oss", "pengaduan"])
def test_a_service_that_decides_at_the_counter_is_not_taken_in_without_the_decision(
    desk_of: DeskOf, code: str
) -> None:
    saved, draft = drafted(desk_of, code)
    desk = desk_of(SERVICES[code].steps[1].officer)
    empty = DraftInput(code, draft.values, (), saved.id)
    before = dump(desk.store.path)
    with pytest.raises(RuleError):
        desk.call(intake.take_in, op(), Seen(saved.id, saved.version), empty)
    with pytest.raises(RuleError, match="Berkas wajib"):
        desk.call(intake.pass_at_counter, op(), Seen(saved.id, saved.version), empty)
    assert dump(desk.store.path) == before


@pytest.mark.parametrize("code", ["ktp", "ahli-waris", "sktm"])
def test_a_service_that_is_verified_later_is_not_decided_at_the_counter(
    desk_of: DeskOf, code: str
) -> None:
    saved, draft = drafted(desk_of, code)
    desk = desk_of(Role.PELAYANAN)
    for usecase in (intake.pass_at_counter, intake.fail_at_counter):
        with pytest.raises(RuleError):
            desk.call(usecase, op(), Seen(saved.id, saved.version), draft)


def test_the_clock_of_take_in_starts_with_the_draft_and_the_promise_with_take_in(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    saved, draft = drafted(desk_of, "sktm")
    clock.advance(minutes=6)
    desk = desk_of(Role.PELAYANAN)
    receipt = desk.call(intake.take_in, op(), Seen(saved.id, saved.version), draft)
    (stay,) = rows(desk.store.path, "SELECT step, minutes FROM step_pass")
    assert stay == {"step": "terima", "minutes": 6.0}
    view = desk.ask(request_view, receipt.request_id)
    assert view.taken_in_at == clock.now
    assert view.promised_at == clock.now + timedelta(minutes=15)


def test_an_incomplete_form_is_refused_at_its_field_and_nothing_is_lost(desk_of: DeskOf) -> None:
    saved, draft = drafted(desk_of, "sktm")
    desk = desk_of(Role.PELAYANAN)
    before = dump(desk.store.path)
    holes = DraftInput("sktm", {**draft.values, "nama": ""}, (), saved.id)
    with pytest.raises(InputError) as refused:
        desk.call(intake.take_in, op(), Seen(saved.id, saved.version), holes)
    assert refused.value.field == "nama"
    assert dump(desk.store.path) == before


def test_a_birth_in_the_future_and_too_young_a_migrant_are_refused(desk_of: DeskOf) -> None:
    for code, own in (
        ("sktm", {"tanggal_lahir": "2026-05-13"}),
        ("calon-tki", {"tanggal_lahir": "2008-05-13"}),
    ):
        saved, draft = drafted(desk_of, code, **own)
        with pytest.raises(InputError) as refused:
            desk_of(Role.PELAYANAN).call(intake.take_in, op(), Seen(saved.id, saved.version), draft)
        assert refused.value.field == "tanggal-lahir"


# The same act twice, and acts on what has moved


def test_the_same_op_id_gives_the_first_receipt_and_does_nothing_more(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    values = filled(SERVICES["sktm"], "terima")
    first_id, second_id = op(), op()
    saved = desk.call(intake.save_draft, first_id, DraftInput("sktm", values))
    draft = DraftInput("sktm", values, papers("sktm"), saved.id)
    shown = Seen(saved.id, saved.version)
    receipt = desk.call(intake.take_in, second_id, shown, draft)
    checked = finish(desk_of(Role.KASI), receipt, "verifikasi")
    before = dump(desk.store.path)
    assert desk.call(intake.save_draft, first_id, DraftInput("sktm", values)) == saved
    assert desk.call(intake.take_in, second_id, shown, draft) == receipt  # though it has moved on
    assert dump(desk.store.path) == before
    assert checked.version == receipt.version + 1


def test_a_double_click_spends_one_number(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "sktm")
    kasi, op_id = desk_of(Role.KASI), op()
    first = finish(kasi, receipt, "verifikasi", op_id)
    second = finish(kasi, receipt, "verifikasi", op_id)
    assert first == second
    assert miscounted(kasi.store.path) == []
    assert rows(kasi.store.path, "SELECT last FROM counter WHERE series = 'antrian'") == [
        {"last": 1}
    ]


def test_another_act_on_an_old_version_is_stale_and_changes_nothing(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "sktm")
    kasi = desk_of(Role.KASI)
    finish(kasi, receipt, "verifikasi")
    before = dump(kasi.store.path)
    for usecase, more in (
        (processing.pass_check, (papers("sktm"),)),
        (processing.close_failed, ("Diarahkan ke desa",)),
        (processing.refuse, ("Tidak benar",)),
        (processing.pause, ("Listrik padam",)),
        (processing.correct, ({"nama": "Siti"}, "Salah ketik")),
    ):
        with pytest.raises(StaleError):
            kasi.call(usecase, op(), seen(receipt), *more)
    assert dump(kasi.store.path) == before


def test_a_refused_act_does_not_use_up_its_op_id(desk_of: DeskOf) -> None:
    receipt, op_id = started(desk_of, "sktm"), op()
    with pytest.raises(DeskError):
        finish(desk_of(Role.REGISTER), receipt, "verifikasi", op_id)
    assert finish(desk_of(Role.KASI), receipt, "verifikasi", op_id).step == "register"


# Rule 10


def test_a_further_service_shares_the_applicant_the_papers_seen_and_one_receipt(
    desk_of: DeskOf,
) -> None:
    desk = desk_of(Role.PELAYANAN)
    first = started(desk_of, "sktm", rt="007", keperluan="Beasiswa")
    saved = desk.call(intake.further_service, op(), first.request_id, "skck")
    draft = desk.ask(intake.draft, saved.id)
    assert draft.values["nama"] == PERSON["nama"]
    assert draft.values["rt"] == "007"
    assert "keperluan" not in draft.values
    # the village's letter of the one service is another paper than that of the other
    assert {a.code for a in draft.answers if a.answer == "ada"} == {"ktp", "kk"}
    assert draft.bundle_id is not None
    whole = DraftInput("skck", filled(SERVICES["skck"], "terima"), papers("skck"), saved.id)
    second = desk.call(intake.take_in, op(), Seen(saved.id, saved.version), whole)
    assert second.bundle_id == draft.bundle_id
    for request_id in (first.request_id, second.request_id):
        slip = desk.ask(receipt_values, request_id)
        assert [item.file_code for item in slip.items] == [first.file_code, second.file_code]


def test_a_third_service_joins_the_same_bundle(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    first = started(desk_of, "sktm")
    one = desk.call(intake.further_service, op(), first.request_id, "skck")
    two = desk.call(intake.further_service, op(), one.id, "ktp")
    together = desk.ask(bundle, desk.ask(intake.draft, two.id).bundle_id or 0)
    assert [row.id for row in together] == [first.request_id, one.id, two.id]


def test_a_village_folder_is_received_together_and_handed_over_together(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    folder = desk.call(intake.open_folder, op(), "Pak Kaur Umum", "Cibodas", "08123456789")
    receipts = []
    for number, name in enumerate(("Siti Rohmah", "Ujang Sutisna", "Iis Komariah")):
        values = filled(SERVICES["skck"], "terima", nama=name, nik=f"990101540491000{number}")
        saved = desk.call(intake.save_draft, op(), DraftInput("skck", values, (), None, folder))
        draft = DraftInput("skck", values, papers("skck"), saved.id, folder)
        receipts.append(desk.call(intake.take_in, op(), Seen(saved.id, 1), draft))
    slip = desk.ask(folder_values, folder)
    assert slip.bearer == "Pak Kaur Umum"
    assert [line.applicant for line in slip.lines] == [
        "Siti Rohmah",
        "Ujang Sutisna",
        "Iis Komariah",
    ]
    with pytest.raises(RuleError, match="Belum ada berkas titipan"):
        desk.call(processing.hand_over_bundle, op(), folder, Handover("A", "Petugas desa", "KTP"))
    for receipt in receipts[:2]:  # the third is not ready yet
        for role, step in (
            (Role.KASI, "verifikasi"),
            (Role.REGISTER, "register"),
            (Role.SEKCAM, "tanda-tangan"),
        ):
            receipt = finish(desk_of(role), receipt, step)
    bearer, op_id = Handover("Pak Kaur Umum", "Petugas desa", "KTP-el"), op()
    handed = desk.call(processing.hand_over_bundle, op_id, folder, bearer)
    assert [receipt.status for receipt in handed] == ["selesai", "selesai"]
    assert desk.call(processing.hand_over_bundle, op_id, folder, bearer) == handed
    assert [row.status for row in desk.ask(bundle, folder)] == ["selesai", "selesai", "berjalan"]
    assert broken_links(desk.store.path) == []


def test_an_applicant_is_known_again_by_his_nik(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.PELAYANAN)
    assert desk.ask(intake.known_applicant, str(PERSON["nik"])) is None
    first = started(desk_of, "sktm", rt="009", keperluan="Beasiswa")
    known = desk.ask(intake.known_applicant, "990101 540491 0001")
    assert known is not None
    assert (known.values["rt"], known.last_file) == ("009", first.file_code)
    assert "keperluan" not in known.values
    assert desk.ask(intake.known_applicant, "99") is None


def test_a_corrected_name_is_what_is_remembered(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    receipt = started(desk_of, "sktm", nama="Siti Rohma")
    desk.call(processing.correct, op(), seen(receipt), {"nama": "Siti Rohmah"}, "Salah ketik")
    known = desk.ask(intake.known_applicant, str(PERSON["nik"]))
    assert known is not None
    assert known.values["nama"] == "Siti Rohmah"


def test_the_most_used_service_of_the_month_stands_first(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 5, 29, 2, 0, tzinfo=UTC))
    for _ in range(3):
        drafted(desk_of, "kia")
    clock.set(datetime(2026, 5, 31, 17, 30, tzinfo=UTC))  # 1 June in the office
    for _ in range(2):
        drafted(desk_of, "skck")
    choices = desk_of(Role.PELAYANAN).ask(intake.services)
    assert (choices[0].code, choices[0].used_this_month) == ("skck", 2)
    assert "oss" not in [choice.code for choice in choices]
    assert [c.code for c in desk_of(Role.TIM_TEKNIS).ask(intake.services)] == ["oss"]


def test_drafts_lie_in_the_list_of_drafts_newest_first(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    one, draft = drafted(desk_of, "sktm")
    clock.advance(minutes=1)
    two, _ = drafted(desk_of, "skck")
    desk = desk_of(Role.PELAYANAN)
    assert [row.id for row in desk.ask(work_list, Role.PELAYANAN, "draf")] == [two.id, one.id]
    clock.advance(minutes=1)
    desk.call(intake.save_draft, op(), draft)
    assert [row.id for row in desk.ask(work_list, Role.PELAYANAN, "draf")] == [one.id, two.id]


def test_an_answer_to_a_paper_that_is_not_on_the_list_is_refused(desk_of: DeskOf) -> None:
    values = filled(SERVICES["sktm"], "terima")
    for wrong in (
        Answer("tidak-ada", "ada"),
        Answer("kk", "mungkin"),
        Answer("kk", "ada", "Fax"),
    ):
        with pytest.raises(InputError, match="Baris ceklis"):
            desk_of(Role.PELAYANAN).call(
                intake.save_draft, op(), DraftInput("sktm", values, (wrong,))
            )


def unused_number(desk: Desk) -> int:
    """Give the last file number that was spent."""
    return int(rows(desk.store.path, "SELECT last FROM counter WHERE series = 'berkas'")[0]["last"])


def test_a_refused_first_save_spends_no_file_code(desk_of: DeskOf) -> None:
    drafted(desk_of, "sktm")
    desk = desk_of(Role.PELAYANAN)
    spent = unused_number(desk)
    with pytest.raises(InputError):
        desk.call(intake.save_draft, op(), DraftInput("sktm", {"nama": "x" * 101}))
    assert unused_number(desk) == spent
    drafted(desk_of, "sktm")
    assert unused_number(desk) == spent + 1


def test_a_file_walks_on_from_the_lists_of_its_officers(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "ahli-waris", "tanda-tangan")
    for role, kind in ((Role.CAMAT, "tanda-tangan"), (Role.SEKCAM, "tanda-tangan")):
        listed = [row.id for row in desk_of(role).ask(work_list, role, kind)]
        assert listed == ([receipt.request_id] if role is Role.CAMAT else [])
    with pytest.raises(NotAllowedError):
        desk_of(Role.KASI).ask(work_list, Role.CAMAT, "tanda-tangan")


def test_a_half_typed_value_is_kept_with_the_draft_until_it_is_taken_in(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    values = filled(SERVICES["sktm"], "terima")
    half = {"nik": "77665544", "tanggal-lahir": "31-02-19\u202e90", "tidak-ada": "x"}
    saved = desk.call(
        intake.save_draft,
        op(),
        DraftInput("sktm", {c: v for c, v in values.items() if c != "nik"}, unread=half),
    )

    kept = desk.ask(intake.draft, saved.id).unread
    desk.call(intake.take_in, op(), Seen(saved.id, saved.version), DraftInput("sktm", values))

    assert kept == {"nik": "77665544", "tanggal-lahir": "31-02-1990"}
    assert "77665544" not in str(desk.ask(request_view, saved.id).data)


def test_an_op_id_belongs_to_one_user_and_one_deed(desk_of: DeskOf) -> None:
    values = filled(SERVICES["sktm"], "terima")
    once = op()
    saved = desk_of(Role.PELAYANAN).call(intake.save_draft, once, DraftInput("sktm", values))
    whole = DraftInput("sktm", values, papers("sktm"), saved.id)

    with pytest.raises(RuleError, match="sudah dipakai"):
        desk_of(Role.PELAYANAN).call(intake.take_in, once, Seen(saved.id, saved.version), whole)
    with pytest.raises(RuleError, match="sudah dipakai"):
        desk_of(Role.REGISTER).call(processing.cancel, once, Seen(saved.id, saved.version), "x")

    assert desk_of(Role.PELAYANAN).ask(intake.draft, saved.id).id == saved.id
