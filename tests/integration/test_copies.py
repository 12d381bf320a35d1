"""Counted copies: which print is one, their numbers, who may have them, what is kept."""

import json

import pytest

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.copies import MOST_REASON, copies_of, make_copy
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.values import DocumentRef, Receipt
from kecamatan_desk.usecases.views import request_view
from tests.builders import NAMES, SettableClock, op, voided
from tests.documents.samples import pages, squeezed
from tests.walking import DeskOf, broken_links, brought_to, dump, forward, rows, seen


def drawn(desk_of: DeskOf, receipt: Receipt) -> DocumentRef:
    return complete_documents(desk_of(Role.PELAYANAN), receipt.request_id)[0]


def handed_over(desk_of: DeskOf) -> tuple[Receipt, DocumentRef]:
    """An SKTM whose letter was drawn at register and handed over."""
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    drawn(desk_of, receipt)
    while receipt.step:
        receipt = forward(desk_of, receipt)
    return receipt, drawn(desk_of, receipt)


def spoken(pdf: bytes) -> str:
    return squeezed(" ".join(pages(pdf)))


def test_copies_are_counted_with_reason_moment_and_who(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    receipt, letter = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    clock.advance(days=1)
    first = make_copy(desk, op(), letter.id, "hilang")
    clock.advance(days=1)
    second = make_copy(desk_of(Role.REGISTER), op(), letter.id, "rusak terkena air")
    assert squeezed("SALINAN ke-1 dicetak 13-05-2026, 09.00 WIB") in spoken(first)
    assert squeezed(f"oleh {NAMES[Role.PELAYANAN]} (Petugas Pelayanan). Alasan: hilang.") in spoken(
        first
    )
    assert squeezed("SALINAN ke-2 dicetak 14-05-2026") in spoken(second)
    assert squeezed("rusak terkena air") in spoken(second)
    kept = desk.ask(copies_of, letter.id)
    assert [(c.number, c.who, c.reason) for c in kept] == [
        (1, NAMES[Role.PELAYANAN], "hilang"),
        (2, NAMES[Role.REGISTER], "rusak terkena air"),
    ]
    (shown,) = desk.ask(request_view, receipt.request_id).documents
    assert (shown.copies, shown.sha256) == (2, letter.sha256)
    assert "SALINAN" not in spoken(document_bytes(desk, letter.id))
    assert broken_links(desk.store.path) == []
    assert check_place(place).ok


def test_the_reason_stands_beside_the_event_and_not_in_it(desk_of: DeskOf) -> None:
    _, letter = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    make_copy(desk, op(), letter.id, "hilang di rumah Siti Rohmah")
    (event,) = rows(desk.store.path, "SELECT * FROM event WHERE act = 'salinan'")
    assert "Siti" not in event["payload"]
    told = json.loads(event["payload"])
    assert (told["kind"], told["version"], told["copy"]) == ("sktm", 1, 1)
    (copy,) = rows(desk.store.path, "SELECT * FROM document_copy")
    assert (copy["reason"], copy["event_seq"]) == ("hilang di rumah Siti Rohmah", event["seq"])


def test_the_same_op_id_gives_the_same_copy_again(desk_of: DeskOf, clock: SettableClock) -> None:
    _, letter = handed_over(desk_of)
    desk, op_id = desk_of(Role.PELAYANAN), op()
    first = make_copy(desk, op_id, letter.id, "hilang")
    clock.advance(hours=1)
    again = make_copy(desk, op_id, letter.id, "hilang")
    assert pages(again) == pages(first)
    assert len(rows(desk.store.path, "SELECT * FROM document_copy")) == 1
    assert "SALINANke-2" in spoken(make_copy(desk, op(), letter.id, "hilang"))


@pytest.mark.parametrize("step", ["tanda-tangan", "serahkan"])
def test_before_hand_over_a_print_is_no_copy(desk_of: DeskOf, step: str) -> None:
    receipt = brought_to(desk_of, "sktm", step)
    letter = drawn(desk_of, receipt)
    assert letter.first_print
    refused(desk_of, letter.id, "hilang", RuleError, "belum diserahkan")


def test_after_hand_over_every_print_of_the_letter_is_a_copy(desk_of: DeskOf) -> None:
    _, letter = handed_over(desk_of)  # within the same instant
    assert not letter.first_print


def test_a_paper_of_the_end_may_be_printed_itself_on_its_day(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "oss", "")
    desk = desk_of(Role.TIM_TEKNIS)
    (paper,) = complete_documents(desk, receipt.request_id)
    assert paper.first_print
    refused(desk_of, paper.id, "hilang", RuleError, "bukan salinan")
    clock.advance(days=1)
    (paper,) = desk.ask(request_view, receipt.request_id).documents
    assert not paper.first_print
    assert "SALINANke-1" in spoken(make_copy(desk, op(), paper.id, "hilang"))


@pytest.mark.parametrize("act", ["refuse", "void"])
def test_a_void_letter_is_only_had_as_a_copy_that_says_batal(desk_of: DeskOf, act: str) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    letter = drawn(desk_of, receipt)
    if act == "refuse":
        sekcam = desk_of(Role.SEKCAM)
        sekcam.call(processing.refuse, op(), seen(receipt), "Bukan warga kecamatan ini")
    else:
        voided(desk_of, receipt)
    desk = desk_of(Role.PELAYANAN)
    (shown,) = desk.ask(request_view, receipt.request_id).documents
    assert not shown.first_print
    copy = spoken(make_copy(desk, op(), letter.id, "untuk pemeriksaan"))
    assert "SALINANke-1BATAL" in copy
    assert "Suratinitidakberlaku" in copy


def test_of_a_version_that_was_replaced_no_copy_is_made(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    drawn(desk_of, receipt)
    counter = desk_of(Role.PELAYANAN)
    receipt = counter.call(
        processing.correct, op(), seen(receipt), {"nama": "Siti Rohmah"}, "Salah ketik"
    )
    drawn(desk_of, receipt)
    while receipt.step:
        receipt = forward(desk_of, receipt)
    old, new = complete_documents(counter, receipt.request_id)
    refused(desk_of, old.id, "hilang", RuleError, "diganti versi 2")
    assert make_copy(counter, op(), new.id, "hilang")
    assert "data diperbaiki: Salah ketik" in new.reason
    assert old.reason == ""


@pytest.mark.parametrize(
    "reason", ["", "   ", "x" * (MOST_REASON + 1), "hilang \u4e2d", "a\u202eb"]
)
def test_a_reason_must_be_there_and_must_print(desk_of: DeskOf, reason: str) -> None:
    _, letter = handed_over(desk_of)
    error = refused(desk_of, letter.id, reason, InputError, "Alasan")
    assert error.field == "alasan"


def refused(
    desk_of: DeskOf, document: int, reason: str, kind: type[DeskError], words: str
) -> DeskError:
    desk = desk_of(Role.PELAYANAN)
    before = dump(desk.store.path)
    with pytest.raises(kind, match=words) as told:
        make_copy(desk, op(), document, reason)
    assert dump(desk.store.path) == before
    return told.value


def test_who_works_on_files_may_have_a_copy_and_the_administrator_may_not(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    _, letter = handed_over(desk_of)
    for number, role in enumerate(ON_FILES, 1):
        assert f"SALINANke-{number}" in spoken(make_copy(desk_of(role), op(), letter.id, "hilang"))
    with pytest.raises(NotAllowedError):
        make_copy(admin_desk, op(), letter.id, "hilang")


def test_a_paper_that_names_a_hidden_reporter_is_not_copied_for_others(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "sampaikan")
    before = complete_documents(desk_of(Role.PELAYANAN), receipt.request_id)
    desk_of(Role.PELAYANAN).call(
        processing.correct, op(), seen(receipt), {"rahasia": "ya"}, "Diminta pelapor"
    )
    assert before
    for paper in before:
        with pytest.raises(NotAllowedError, match="dirahasiakan"):
            make_copy(desk_of(Role.REGISTER), op(), paper.id, "hilang")
