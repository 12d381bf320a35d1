"""*Muat 1 halaman* and another paper: chosen acts, each a next version with the same number."""

import json
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest

from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.domain.errors import NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import jobs, processing
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.values import DocumentRef, Receipt
from tests.builders import op
from tests.walking import broken_links, brought_to, dump, forward, rows, seen

DeskOf = Callable[[Role], Desk]


def heirs(count: int) -> list[dict[str, Any]]:
    return [
        {
            "nama": f"Ahli Waris {n}",
            "nik": f"99010154049100{n:02d}",
            "jenis-kelamin": "Perempuan",
            "tanggal-lahir": "1991-04-14",
            "hubungan": "Anak kandung",
        }
        for n in range(1, count + 1)
    ]


def drawn(
    desk_of: DeskOf, count: int, profile: Profile | None = None
) -> tuple[Receipt, DocumentRef]:
    """Register a letter with so many heirs; give the file and its letter."""
    receipt = brought_to(desk_of, "ahli-waris", "register", ahli_waris=heirs(count))
    given = jobs.register_and_draw(
        desk_of(Role.REGISTER), op(), seen(receipt), profile or Profile()
    )
    (paper,) = jobs.complete_documents(desk_of(Role.REGISTER), given.request_id)
    return given, paper


def overflowing(desk_of: DeskOf, rung: int) -> tuple[Receipt, DocumentRef]:
    """Give a letter of two pages that fits on one at a step of the ladder, and not before it."""
    for count in range(8, 30):
        receipt, paper = drawn(desk_of, count)
        if paper.pages > 1:
            choices = jobs.fit_choices(desk_of(Role.REGISTER), paper.id)
            if [choice.pages > 1 for choice in choices[: rung + 1]] == [True] * rung + [False]:
                return receipt, paper
    raise AssertionError("no letter overflows like that")


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.replace("\u00a0", " ").split())


@pytest.mark.parametrize("rung", [1, 2])
def test_fitting_climbs_to_the_first_step_of_one_page_and_keeps_the_number(
    desk_of: DeskOf, rung: int
) -> None:
    receipt, first = overflowing(desk_of, rung)
    desk = desk_of(Role.REGISTER)
    act = op()
    second = jobs.fit_letter(desk, act, first.id)
    assert (second.version, second.pages, first.pages) == (2, 1, 2)
    assert jobs.fit_letter(desk, act, first.id) == second  # the same act is done once
    old, new = (_text(jobs.document_bytes(desk, paper.id)) for paper in (first, second))
    for part in (f"Nomor : {receipt.letter_number}", "Sukamaju, 12 Mei 2026", "Ahli Waris 2"):
        assert part in old
        assert part in new
    (event,) = rows(
        desk.store.path, "SELECT payload FROM event WHERE act = 'surat' ORDER BY seq DESC LIMIT 1"
    )
    told = json.loads(event["payload"])
    assert (told["version"], told["layout"]["fit"]) == (2, rung)
    assert jobs.complete_documents(desk, receipt.request_id)[-2:] == (first, second)
    assert broken_links(desk.store.path) == []


def test_the_choices_tell_the_pages_beforehand_and_change_nothing(desk_of: DeskOf) -> None:
    _, paper = overflowing(desk_of, 1)
    desk = desk_of(Role.REGISTER)
    before = dump(desk.store.path)
    choices = jobs.fit_choices(desk, paper.id)
    assert [choice.step for choice in choices] == [0, 1, 2]
    assert [choice.chosen for choice in choices] == [True, False, False]
    assert [choice.pages for choice in choices] == [2, 1, 1]
    assert dump(desk.store.path) == before


def test_a_letter_of_one_page_is_not_fitted(desk_of: DeskOf) -> None:
    _, paper = drawn(desk_of, 1)
    desk = desk_of(Role.REGISTER)
    before = dump(desk.store.path)
    with pytest.raises(RuleError, match="sudah muat satu halaman"):
        jobs.fit_letter(desk, op(), paper.id)
    assert dump(desk.store.path) == before


def test_a_letter_too_long_for_the_last_step_stays_as_it_is_and_says_so(desk_of: DeskOf) -> None:
    _, paper = drawn(desk_of, 50)
    desk = desk_of(Role.REGISTER)
    before = dump(desk.store.path)
    with pytest.raises(RuleError, match=r"tetap [23] halaman .*tidak diperkecil lagi"):
        jobs.fit_letter(desk, op(), paper.id)
    assert dump(desk.store.path) == before


def test_a_correction_keeps_paper_and_fit(desk_of: DeskOf) -> None:
    receipt, first = overflowing(desk_of, 1)
    desk = desk_of(Role.REGISTER)
    jobs.fit_letter(desk, op(), first.id)
    counter = desk_of(Role.PELAYANAN)
    values = {"pewaris-nama": "Siti Rohmah"}
    counter.call(processing.correct, op(), seen(receipt), values, "Salah ketik")
    third = jobs.complete_documents(counter, receipt.request_id, Profile("F4"))[-1]
    assert (third.version, third.pages) == (3, 1)
    assert "Siti Rohmah" in _text(jobs.document_bytes(counter, third.id))
    assert page_sizes(jobs.document_bytes(counter, third.id)) == ((210.0, 297.0),)
    assert [c.chosen for c in jobs.fit_choices(desk, third.id)] == [False, True, False]


def test_another_paper_is_the_next_version_and_the_layout_alone_makes_none_due(
    desk_of: DeskOf,
) -> None:
    receipt, first = drawn(desk_of, 3, Profile("F4"))
    desk = desk_of(Role.REGISTER)
    assert page_sizes(jobs.document_bytes(desk, first.id))[0] == (215.0, 330.0)
    with pytest.raises(RuleError, match="sudah memakai kertas"):
        jobs.move_to_paper(desk, op(), first.id, Profile("F4"))
    second = jobs.move_to_paper(desk, op(), first.id, Profile("A4", preprinted=True))
    pdf = jobs.document_bytes(desk, second.id)
    assert second.version == 2
    assert page_sizes(pdf)[0] == (210.0, 297.0)
    assert "PEMERINTAH" not in _text(pdf)
    assert f"Nomor : {receipt.letter_number}" in _text(pdf)
    assert len(jobs.complete_documents(desk, receipt.request_id, Profile("LEGAL"))) == 2
    values = {"pewaris-nama": "Siti Rohmah"}
    counter = desk_of(Role.PELAYANAN)
    counter.call(processing.correct, op(), seen(receipt), values, "Salah ketik")
    third = jobs.complete_documents(counter, receipt.request_id)[-1]
    assert "PEMERINTAH" not in _text(jobs.document_bytes(counter, third.id))


def test_an_older_version_is_not_laid_out_anew(desk_of: DeskOf) -> None:
    _, first = drawn(desk_of, 3)
    desk = desk_of(Role.REGISTER)
    jobs.move_to_paper(desk, op(), first.id, Profile("F4"))
    before = dump(desk.store.path)
    with pytest.raises(StaleError, match="versi yang lebih baru"):
        jobs.move_to_paper(desk, op(), first.id, Profile("LEGAL"))
    assert dump(desk.store.path) == before


def test_an_act_another_pc_was_faster_than_is_refused_again_when_it_is_repeated(
    desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, first = drawn(desk_of, 3)
    desk, faster, act = desk_of(Role.REGISTER), desk_of(Role.CAMAT), op()
    put = desk.files.put

    def put_late(content: bytes) -> str:
        monkeypatch.undo()  # between the drawing and the row the other one gets ready
        jobs.move_to_paper(faster, op(), first.id, Profile("LEGAL"))
        return put(content)

    monkeypatch.setattr(desk.files, "put", put_late)
    for _ in range(2):
        with pytest.raises(StaleError):
            jobs.move_to_paper(desk, act, first.id, Profile("F4"))


def test_after_hand_over_the_paper_is_what_it_is(desk_of: DeskOf) -> None:
    receipt, _ = drawn(desk_of, 3)
    while receipt.step is not None:
        receipt = forward(desk_of, receipt)
    papers = jobs.complete_documents(desk_of(Role.REGISTER), receipt.request_id)
    desk = desk_of(Role.REGISTER)
    for deed in (
        lambda: jobs.move_to_paper(desk, op(), papers[-1].id, Profile("F4")),
        lambda: jobs.fit_letter(desk, op(), papers[-1].id),
        lambda: jobs.fit_choices(desk, papers[-1].id),
    ):
        with pytest.raises(RuleError, match="sudah diserahkan"):
            deed()
    assert jobs.complete_documents(desk, receipt.request_id) == papers


def test_only_who_may_correct_or_registers_lays_a_letter_out_anew(desk_of: DeskOf) -> None:
    _, first = drawn(desk_of, 3)
    for role in (Role.VERIFIKASI, Role.TIM_PENGADUAN, Role.ADMIN):
        with pytest.raises(NotAllowedError):
            jobs.move_to_paper(desk_of(role), op(), first.id, Profile("F4"))
    assert jobs.move_to_paper(desk_of(Role.CAMAT), op(), first.id, Profile("F4")).version == 2
