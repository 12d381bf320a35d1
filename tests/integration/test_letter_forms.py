"""A letter's own classification, its three forms, and the block that never leaves the paper."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes, register_and_draw
from kecamatan_desk.usecases.letter_forms import check_block, form_of
from kecamatan_desk.usecases.office_values import ServiceChoices
from kecamatan_desk.usecases.register import next_number
from kecamatan_desk.usecases.services import block_sample
from kecamatan_desk.usecases.settings import store_service_choices
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import PASSWORD, op
from tests.walking import broken_links, brought_to, dump, forward, rows, seen

DeskOf = Callable[[Role], Desk]
MM = 72 / 25.4
LINE = 11 * 1.15 / MM
QUIET = 3.0  # mm of white around the marks of the code
NUMBERED = [s.code for s in SERVICES.values() if any(step.code == "register" for step in s.steps)]


@pytest.fixture
def choose(admin_desk: Desk) -> Callable[..., None]:
    """Set how the office runs a service, past the screen that checks it."""

    def change(service: str, **values: Any) -> None:
        def store(work: UnitOfWork) -> None:
            known = work.service_choices[service]
            store_service_choices(work.session, replace(known, **values))

        admin_desk.call(store)

    return change


def _choices(work: UnitOfWork, service: str) -> ServiceChoices:
    return work.service_choices[service]


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.replace("\u00a0", " ").split())


def _places(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Give the bounds of everything drawn, in mm from the upper left corner."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    high = page.get_height()
    found = [t.get_bounds() for t in page.get_objects()]
    document.close()
    return [(a / MM, (high - d) / MM, c / MM, (high - b) / MM) for a, b, c, d in found]


# -- classification


def test_the_code_typed_for_a_letter_enters_its_number_and_the_event(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    register = desk_of(Role.REGISTER)
    usual = register.ask(next_number, receipt.request_id).letter_number
    shown = register.ask(next_number, receipt.request_id, " 400.3.8.8 ").letter_number
    given = register_and_draw(register, op(), seen(receipt), classification="400.3.8.8")
    assert given.letter_number == shown == usual.replace("400.9.14.1", "400.3.8.8") != usual
    (event,) = rows(
        register.store.path, "SELECT payload FROM event WHERE step = 'register' AND act = 'lanjut'"
    )
    assert json.loads(event["payload"])["classification"] == "400.3.8.8"
    (paper,) = complete_documents(register, receipt.request_id)
    assert f"Nomor : {shown}" in _text(document_bytes(register, paper.id))
    assert broken_links(register.store.path) == []


def test_the_office_s_own_code_is_the_usual_one(
    desk_of: DeskOf, choose: Callable[..., None]
) -> None:
    choose("sktm", classification="460")
    given = forward(desk_of, brought_to(desk_of, "sktm", "register"))
    assert str(given.letter_number).startswith("460/001/SKTM/")
    assert forward(desk_of, brought_to(desk_of, "skck", "register")).letter_number != ""


@pytest.mark.parametrize(
    "code", ["4" * 31, "400\u202e", "400\x07", "\u6f22", "470 1", "470.!", "/470", "470.", "é"]
)
def test_a_code_that_no_number_can_bear_is_refused_and_no_number_lost(
    desk_of: DeskOf, code: str
) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    register = desk_of(Role.REGISTER)
    before = dump(register.store.path)
    for usecase in (
        lambda: register.call(processing.give_agenda_number, op(), seen(receipt), code),
        lambda: register.ask(next_number, receipt.request_id, code),
    ):
        with pytest.raises(InputError) as refused:
            usecase()
        assert refused.value.field == "classification"
    assert dump(register.store.path) == before
    assert forward(desk_of, receipt).agenda_number == 1


def test_a_code_that_makes_the_number_of_another_file_is_refused(
    desk_of: DeskOf, choose: Callable[..., None], admin_desk: Desk
) -> None:
    def pattern(work: UnitOfWork) -> None:
        from kecamatan_desk.usecases.settings import store_office

        store_office(work.session, replace(work.office, number_pattern="{kode}/{urut}/{tahun}"))

    admin_desk.call(pattern)
    taken = forward(desk_of, brought_to(desk_of, "sktm", "register")).letter_number
    receipt = brought_to(desk_of, "skck", "register")
    register = desk_of(Role.REGISTER)
    with pytest.raises(RuleError, match=f"{taken} sudah dipakai.*kode klasifikasi lain"):
        register.call(processing.give_agenda_number, op(), seen(receipt), "400.9.14.1")
    assert forward(desk_of, receipt).agenda_number == 1


# -- forms


def test_a_file_keeps_the_form_of_the_day_its_number_was_given(
    desk_of: DeskOf, choose: Callable[..., None]
) -> None:
    receipt = forward(desk_of, brought_to(desk_of, "sktm", "register"))
    choose("sktm", form="register")
    desk = desk_of(Role.REGISTER)
    assert desk.ask(form_of, receipt.request_id) == "surat"
    (paper,) = complete_documents(desk, receipt.request_id)
    assert "KETERANGAN TIDAK MAMPU" in _text(document_bytes(desk, paper.id))


@pytest.mark.parametrize("code", NUMBERED)
def test_register_only_gives_the_number_and_draws_no_letter(
    desk_of: DeskOf, choose: Callable[..., None], code: str
) -> None:
    choose(code, form="register")
    receipt = brought_to(desk_of, code, "register")
    desk = desk_of(Role.REGISTER)
    given = register_and_draw(desk, op(), seen(receipt))
    assert given.letter_number
    assert complete_documents(desk, receipt.request_id) == ()
    (line,) = rows(desk.store.path, "SELECT letter_number FROM register_line")
    assert line["letter_number"] == given.letter_number


def test_other_papers_of_the_service_are_drawn_all_the_same(
    desk_of: DeskOf, choose: Callable[..., None]
) -> None:
    choose("perekaman-ktp", form="register")
    receipt = brought_to(desk_of, "perekaman-ktp", "")
    papers = complete_documents(desk_of(Role.PELAYANAN), receipt.request_id)
    assert [paper.kind for paper in papers] == ["perekaman-ktp-tanda-bukti"]


def test_the_command_line_says_why_there_is_no_letter(
    desk_of: DeskOf,
    choose: Callable[..., None],
    place: Place,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    choose("sktm", form="register")
    given = forward(desk_of, brought_to(desk_of, "sktm", "register"))
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
    out = tmp_path / "surat.pdf"
    words = ["--data", str(place.root), "letter", "print", given.file_code, "-o", str(out)]
    assert main([*words, "--user", "register"]) == 1
    assert "hanya diregister" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("code", NUMBERED)
def test_the_block_bears_number_date_and_signatory_at_its_offset(
    desk_of: DeskOf, choose: Callable[..., None], code: str
) -> None:
    choose(code, form="pengesahan", offset_x=100, offset_y=150)
    receipt = brought_to(desk_of, code, "register")
    desk = desk_of(Role.REGISTER)
    given = register_and_draw(desk, op(), seen(receipt), Profile("F4"))
    (paper,) = complete_documents(desk, receipt.request_id)
    pdf = document_bytes(desk, paper.id)
    assert page_sizes(pdf) == ((215.0, 330.0),)
    text = _text(pdf)
    word = {"ahli-waris": "Dikuatkan oleh:", "susunan-keluarga": "Mengesahkan,"}
    assert word.get(code, "Mengetahui,") in text
    for part in ("Tanggal : 12 Mei 2026", "CAMAT SUKAMAJU,", "NIP 19700101"):
        assert part in text
    assert "".join(str(given.letter_number).split()) in "".join(text.split())
    assert "PEMERINTAH" not in text
    places = _places(pdf)
    assert min(top for _, top, _, _ in places) == pytest.approx(150, abs=3)
    assert min(left for left, _, right, _ in places if right - left > 5) >= 100 - 32.5


def test_the_measured_place_is_where_block_and_code_are_printed(
    admin_desk: Desk, desk_of: DeskOf, choose: Callable[..., None]
) -> None:
    choose("sktm", form="pengesahan", offset_x=100, offset_y=150)
    receipt = brought_to(desk_of, "sktm", "register")
    desk = desk_of(Role.REGISTER)
    register_and_draw(desk, op(), seen(receipt))
    (paper,) = complete_documents(desk, receipt.request_id)
    printed = _places(document_bytes(desk, paper.id))

    place = admin_desk.ask(block_sample, admin_desk.ask(_choices, "sktm"))

    assert place is not None
    assert place.code is not None
    left, top, wide, high = place.block
    code_left, code_top, side, _ = place.code
    assert (left, top) == pytest.approx((100, 150))
    words = [one for one in printed if one[0] > left - 0.5]
    code = [one for one in printed if one[0] <= left - 0.5]
    assert max(right for _, _, right, _ in words) <= left + wide
    assert top + high - 6 < max(bottom for _, _, _, bottom in words) <= top + high
    assert min(x for x, _, _, _ in code) == pytest.approx(code_left, abs=QUIET)
    assert max(right for _, _, right, _ in code) == pytest.approx(code_left + side, abs=QUIET)
    # the longest number, with which the place is measured, takes a line more than this one
    assert min(y for _, y, _, _ in code) == pytest.approx(code_top - LINE, abs=QUIET)


def test_a_block_beyond_the_paper_is_measured_and_another_form_has_none(
    admin_desk: Desk,
) -> None:
    typed = admin_desk.ask(_choices, "sktm")
    beyond = replace(typed, form="pengesahan", offset_x=190.0, offset_y=290.0)

    place = admin_desk.ask(block_sample, beyond)

    assert place is not None
    assert place.block[:2] == pytest.approx((190, 290))
    assert place.block[2] >= 60
    assert admin_desk.ask(block_sample, typed) is None
    with pytest.raises(InputError):
        admin_desk.ask(check_block, beyond)


def test_an_offset_beyond_the_paper_is_refused_before_a_number_is_spent(
    desk_of: DeskOf, choose: Callable[..., None]
) -> None:
    choose("sktm", form="pengesahan", offset_x=112, offset_y=260)
    receipt = brought_to(desk_of, "sktm", "register")
    desk = desk_of(Role.REGISTER)
    before = dump(desk.store.path)
    with pytest.raises(InputError, match="melewati tepi kertas A4") as refused:
        register_and_draw(desk, op(), seen(receipt))
    assert refused.value.field == "offset_y"
    assert dump(desk.store.path) == before
    given = register_and_draw(desk, op(), seen(receipt), Profile("LEGAL"))  # there it has room
    assert given.agenda_number == 1
    assert len(complete_documents(desk, receipt.request_id)) == 1


def test_the_most_the_refusal_names_is_accepted(
    desk_of: DeskOf, choose: Callable[..., None]
) -> None:
    import re

    from kecamatan_desk.usecases.letter_forms import check_block

    desk = desk_of(Role.REGISTER)

    def refused(**offset: float) -> str:
        choose("sktm", form="pengesahan", **{"offset_x": 112, "offset_y": 200, **offset})
        try:
            desk.ask(lambda work: check_block(work, work.service_choices["sktm"]))
        except InputError as error:
            return str(error)
        return ""

    for name in ("offset_x", "offset_y"):
        least, most = map(float, re.findall(r"\d+", refused(**{name: 290}))[-2:])
        assert refused(**{name: most}) == refused(**{name: least}) == ""
        assert refused(**{name: most + 2})
        assert refused(**{name: least - 1})


def test_a_correction_keeps_the_block_where_it_was(
    desk_of: DeskOf, choose: Callable[..., None]
) -> None:
    choose("sktm", form="pengesahan", offset_x=100, offset_y=150)
    receipt = brought_to(desk_of, "sktm", "register")
    desk = desk_of(Role.REGISTER)
    given = register_and_draw(desk, op(), seen(receipt), Profile("F4"))
    choose("sktm", form="surat", offset_x=20, offset_y=40)
    counter = desk_of(Role.PELAYANAN)
    counter.call(processing.correct, op(), seen(given), {"nama": "Siti Rohmah"}, "Salah ketik")
    first, second = complete_documents(counter, receipt.request_id)
    one, two = (_places(document_bytes(counter, paper.id)) for paper in (first, second))
    assert page_sizes(document_bytes(counter, second.id)) == ((215.0, 330.0),)
    assert min(p[1] for p in one) == pytest.approx(min(p[1] for p in two), abs=0.01)
