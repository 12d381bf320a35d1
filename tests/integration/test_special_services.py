"""e-KTP recording, hand-over, business licences, complaints and hidden reporters (rules 4, 9)."""

import json
from typing import Any

import pypdfium2
import pytest

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register import book_page
from kecamatan_desk.usecases.register_lines import read_lines
from kecamatan_desk.usecases.slips import handover_values
from kecamatan_desk.usecases.values import Handover, Receipt, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import officials_waiting, search, work_list
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import SettableClock, op
from tests.walking import (
    PERSON,
    RECEIVER,
    DeskOf,
    brought_to,
    dump,
    filled,
    finish,
    forward,
    papers,
    rows,
    seen,
    started,
)

EKTP, OSS, COMPLAINT = (SERVICES[code] for code in ("perekaman-ktp", "oss", "pengaduan"))


def text_of(pdf: bytes) -> str:
    """Give the words of all pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


# e-KTP


def recording(outcome: str, **more: Any) -> dict[str, Any]:
    return filled(EKTP, "rekam", hasil_perekaman=outcome, **more)


@pytest.mark.parametrize("outcome", ["Berhasil", "Duplikat"])
def test_recording_ends_as_done_or_as_duplicate_counted_apart(
    desk_of: DeskOf, outcome: str
) -> None:
    receipt = brought_to(desk_of, "perekaman-ktp", "rekam")
    desk = desk_of(Role.PELAYANAN)
    done = desk.call(processing.finish_recording, op(), seen(receipt), recording(outcome), RECEIVER)
    assert done.status == "selesai"
    view = desk.ask(request_view, done.request_id)
    assert (view.outcome, view.receiver) == (outcome.lower(), RECEIVER.receiver)


def test_a_failed_recording_stays_open_with_a_named_pause_and_can_still_succeed(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "perekaman-ktp", "rekam")
    desk = desk_of(Role.PELAYANAN)
    with pytest.raises(RuleError, match="gagal belum selesai"):
        desk.call(processing.finish_recording, op(), seen(receipt), recording("Gagal"), RECEIVER)
    receipt = desk.call(
        processing.fail_recording,
        op(),
        seen(receipt),
        recording("Gagal", kendala=["Iris mata"]),
        "Alat mati",
    )
    assert (receipt.status, receipt.step) == ("berjalan", "rekam")
    clock.advance(minutes=50)
    running = desk.ask(request_view, receipt.request_id).clock
    assert (running.pause, running.minutes) == ("Perekaman gagal", 0.0)
    receipt = desk.call(
        processing.finish_recording, op(), seen(receipt), recording("Berhasil"), RECEIVER
    )
    assert receipt.status == "selesai"
    view = desk.ask(request_view, receipt.request_id)
    assert (view.outcome, "kendala" in view.data) == ("berhasil", False)


@pytest.mark.parametrize("outcome", ["Berhasil", "Duplikat"])
def test_a_recording_that_did_not_fail_is_not_kept_as_failed(desk_of: DeskOf, outcome: str) -> None:
    receipt = brought_to(desk_of, "perekaman-ktp", "rekam")
    desk = desk_of(Role.PELAYANAN)
    before = dump(desk.store.path)
    with pytest.raises(DeskError):
        desk.call(processing.fail_recording, op(), seen(receipt), recording(outcome), "Alat mati")
    assert dump(desk.store.path) == before


def test_recording_yields_two_papers_the_letter_before_and_the_slip_after(
    desk_of: DeskOf,
) -> None:
    receipt = brought_to(desk_of, "perekaman-ktp", "tanda-tangan")
    desk = desk_of(Role.PELAYANAN)
    before = complete_documents(desk, receipt.request_id)
    assert [paper.kind for paper in before] == ["perekaman-ktp"]
    receipt = forward(desk_of, forward(desk_of, receipt))
    after = complete_documents(desk, receipt.request_id)
    assert [paper.kind for paper in after] == ["perekaman-ktp", "perekaman-ktp-tanda-bukti"]
    assert receipt.letter_number in text_of(document_bytes(desk, after[0].id))
    assert receipt.letter_number not in text_of(document_bytes(desk, after[1].id))


# Hand-over


@pytest.mark.parametrize("missing", ["receiver", "relation", "identity"])
def test_who_received_his_relation_and_his_identity_are_all_needed(
    desk_of: DeskOf, missing: str
) -> None:
    receipt = brought_to(desk_of, "sktm", "serahkan")
    told = {"receiver": "Siti", "relation": "Keluarga", "identity": "KTP-el", missing: "  "}
    desk = desk_of(Role.PELAYANAN)
    before = dump(desk.store.path)
    with pytest.raises(InputError, match="belum diisi"):
        desk.call(processing.hand_over, op(), seen(receipt), Handover(**told))
    assert dump(desk.store.path) == before


def test_hand_over_marks_the_line_and_keeps_the_receiver_out_of_the_event(
    desk_of: DeskOf,
) -> None:
    receipt = brought_to(desk_of, "sktm", "")
    desk = desk_of(Role.PELAYANAN)
    (mark,) = rows(desk.store.path, "SELECT kind, remark FROM line_status")
    assert mark == {"kind": "diserahkan", "remark": "Siti Rohmah (Keluarga)"}
    payloads = " ".join(e["payload"] for e in rows(desk.store.path, "SELECT payload FROM event"))
    assert "Rohmah" not in payloads
    slip = desk.ask(handover_values, receipt.request_id)
    assert (slip.receiver, slip.relationship, slip.identity) == (
        "Siti Rohmah",
        "Keluarga",
        "KTP-el",
    )
    with pytest.raises(DeskError):
        desk.call(processing.hand_over, op(), seen(receipt), RECEIVER)


def test_nothing_is_handed_over_before_it_is_signed(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    with pytest.raises(RuleError, match="belum ditandatangani"):
        desk_of(Role.PELAYANAN).call(processing.hand_over, op(), seen(receipt), RECEIVER)


# Business licences


def test_a_licence_ends_with_its_nib_and_who_received_it(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "oss", "diterima")
    desk = desk_of(Role.PENGOLAH_DATA)
    values = filled(OSS, "diterima", nib="1234567890123")
    with pytest.raises(InputError) as refused:
        desk.call(processing.finish_oss, op(), seen(receipt), {**values, "nib": ""}, RECEIVER)
    assert refused.value.field == "nib"
    with pytest.raises(DeskError):
        desk.call(processing.approve, op(), seen(receipt), values)
    with pytest.raises(NotAllowedError):
        desk_of(Role.TIM_TEKNIS).call(processing.finish_oss, op(), seen(receipt), values, RECEIVER)
    done = desk.call(processing.finish_oss, op(), seen(receipt), values, RECEIVER)
    view = desk.ask(request_view, done.request_id)
    assert (view.status, view.data["nib"], view.receiver) == (
        "selesai",
        "1234567890123",
        "Siti Rohmah",
    )
    assert (done.queue_number, done.agenda_number, done.letter_number) == (None, 1, None)


def test_no_field_of_a_licence_asks_for_a_password(desk_of: DeskOf) -> None:
    words = " ".join(f"{f.code} {f.label}" for s in SERVICES.values() for f in s.fields).lower()
    assert "sandi" not in words
    assert "password" not in words


# Complaints


def test_a_complaint_walks_from_the_counter_to_the_delivered_result(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "pengaduan")
    for role, step in (
        (Role.TIM_PENGADUAN, "klasifikasi"),
        (Role.SEKCAM, "pertimbangan"),
        (Role.CAMAT, "keputusan"),
        (Role.PELAYANAN, "sampaikan"),
    ):
        assert receipt.step == step
        receipt = finish(desk_of(role), receipt, step)
    assert receipt.status == "selesai"
    view = desk_of(Role.CAMAT).ask(request_view, receipt.request_id)
    assert (view.outcome, view.minutes_number) == ("disampaikan", 1)


def test_a_step_that_asks_for_words_does_not_end_without_them(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "pertimbangan")
    sekcam = desk_of(Role.SEKCAM)
    before = dump(sekcam.store.path)
    with pytest.raises(InputError) as refused:
        sekcam.call(processing.approve, op(), seen(receipt), {"hasil-konfirmasi": "Benar"})
    assert refused.value.field == "pertimbangan"
    assert dump(sekcam.store.path) == before


@pytest.fixture
def hidden(desk_of: DeskOf) -> Receipt:
    """A complaint of somebody who asked for secrecy, decided and waiting to be delivered."""
    values: dict[str, Any] = {"rahasia": "ya", "hp": "081298765432"}
    return brought_to(desk_of, "pengaduan", "sampaikan", **values)


#: What would give a hidden reporter away.
TELLING = ("Kusumawardhani", "KUSUMAWARDHANI", str(PERSON["nik"]), "Pasir Angin", "81298765432")


def assert_silent(shown: object) -> None:
    told = repr(shown)
    assert [word for word in TELLING if word in told] == []


def test_a_hidden_reporter_stands_in_no_list(desk_of: DeskOf) -> None:
    own: dict[str, Any] = {"rahasia": "ya", "hp": "081298765432"}
    receipt = started(desk_of, "pengaduan", **own)
    while receipt.step is not None:
        for role in STAFF:
            if role is Role.ADMIN:
                continue
            for kind in ("masuk", "tanda-tangan", "siap", "tms"):
                assert_silent(desk_of(role).ask(work_list, role, kind))
        assert_silent(desk_of(Role.REGISTER).ask(officials_waiting))
        receipt = forward(desk_of, receipt)


def test_a_hidden_reporter_is_not_found_by_name_or_nik(desk_of: DeskOf, hidden: Receipt) -> None:
    for role in (Role.PELAYANAN, Role.CAMAT, Role.REGISTER):
        for typed in ("kusumawardhani", "raden roro", str(PERSON["nik"]), "081298765432"):
            assert desk_of(role).ask(search, typed) == ()
        (hit,) = desk_of(role).ask(search, hidden.file_code)
        assert_silent(hit)
    assert desk_of(Role.PELAYANAN).ask(intake.known_applicant, str(PERSON["nik"])) is None


def test_a_hidden_reporter_stands_in_no_book(desk_of: DeskOf, hidden: Receipt) -> None:
    desk = desk_of(Role.REGISTER)
    for service in ("pengaduan", None):
        assert_silent(desk.ask(book_page, service, 2026, None))
        assert_silent(list(read_lines(desk, service, Period.of_year(2026))))
    assert_silent(rows(desk.store.path, "SELECT * FROM register_line"))
    assert_silent(rows(desk.store.path, "SELECT words FROM request_search"))


def test_a_hidden_reporter_is_not_named_in_the_berita_acara(
    desk_of: DeskOf, hidden: Receipt
) -> None:
    desk = desk_of(Role.PELAYANAN)
    (paper,) = complete_documents(desk, hidden.request_id)
    words = text_of(document_bytes(desk, paper.id))
    assert "dirahasiakan" in words
    assert hidden.letter_number in words
    assert_silent(words)
    assert "Buruh" not in words
    assert_silent(rows(desk.store.path, "SELECT facts FROM document"))


def test_a_hidden_reporter_stands_in_no_event_and_no_content(
    desk_of: DeskOf, hidden: Receipt
) -> None:
    done = forward(desk_of, hidden)
    path = desk_of(Role.PELAYANAN).store.path
    assert done.status == "selesai"
    for table in ("event", "content", "line_status", "number_issue", "operation"):
        assert_silent(rows(path, f"SELECT * FROM {table}"))  # noqa: S608


def test_no_further_service_ties_a_name_to_a_hidden_complaint(
    desk_of: DeskOf, hidden: Receipt
) -> None:
    desk = desk_of(Role.PELAYANAN)
    before = dump(desk.store.path)
    with pytest.raises(RuleError, match="dirahasiakan"):
        desk.call(intake.further_service, op(), hidden.request_id, "sktm")
    assert dump(desk.store.path) == before


def test_a_hidden_complaint_does_not_lie_in_one_bundle_with_named_requests(
    desk_of: DeskOf,
) -> None:
    desk = desk_of(Role.PELAYANAN)
    named = started(desk_of, "sktm")
    saved = desk.call(intake.further_service, op(), named.request_id, "pengaduan")
    values = filled(COMPLAINT, "terima", rahasia="ya")
    draft = DraftInput("pengaduan", values, papers("pengaduan"), saved.id)
    receipt = desk.call(intake.pass_at_counter, op(), Seen(saved.id, saved.version), draft)
    assert receipt.bundle_id is None
    late = desk.call(intake.further_service, op(), named.request_id, "pengaduan")
    values = filled(COMPLAINT, "terima")
    draft = DraftInput("pengaduan", values, papers("pengaduan"), late.id)
    receipt = desk.call(intake.pass_at_counter, op(), Seen(late.id, late.version), draft)
    assert receipt.bundle_id is not None
    receipt = desk.call(
        processing.correct, op(), seen(receipt), {"rahasia": "ya"}, "Pelapor minta dirahasiakan"
    )
    assert receipt.bundle_id is None


def test_a_reporter_is_sealed_to_all_but_who_wrote_him_down_today(
    desk_of: DeskOf, hidden: Receipt
) -> None:
    for role in STAFF:
        if role is Role.ADMIN:
            continue
        view = desk_of(role).ask(request_view, hidden.request_id)
        if role is Role.PELAYANAN:
            assert view.applicant == PERSON["nama"]
        else:
            assert view.applicant == "Dirahasiakan"
            assert_silent(view)


def test_a_reporter_who_asks_later_is_hidden_from_then_on(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "pengaduan", hp="081298765432")
    desk = desk_of(Role.PELAYANAN)
    assert desk.ask(search, "kusumawardhani") != ()
    receipt = desk.call(
        processing.correct, op(), seen(receipt), {"rahasia": "ya"}, "Pelapor minta dirahasiakan"
    )
    assert desk.ask(search, "kusumawardhani") == ()
    assert_silent(desk_of(Role.TIM_PENGADUAN).ask(work_list, Role.TIM_PENGADUAN, "masuk"))
    assert_silent(desk.ask(book_page, "pengaduan", 2026, None))
    assert_silent(list(read_lines(desk, "pengaduan", Period.of_year(2026))))


def test_a_complaint_may_come_without_a_nik(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "pengaduan", nik="")
    assert receipt.step == "klasifikasi"
    (kept,) = rows(desk_of(Role.CAMAT).store.path, "SELECT nik, data FROM request")
    assert (kept["nik"], "nik" in json.loads(kept["data"])) == ("", False)
