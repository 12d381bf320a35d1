"""Every kind of paper: what it must be, also with the longest office and person there can be."""

import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import kecamatan_desk.documents as package
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import PAPERS
from kecamatan_desk.resources import resource
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.office_books import OFFICE_BOOKS
from tests.documents.page_checks import faults
from tests.documents.paper_cast import WORST_NAMES, longest
from tests.documents.paper_kinds import KINDS
from tests.documents.samples import pages, squeezed

#: Drawn for the screen alone, or a part of what is drawn.
NO_PAPERS = {"draw_signatures", "draw_chart", "draw_cover", "draw_figures"}
DRAWN = {
    "continue_book": "lanjutan",
    "draw_checklist": "ceklis",
    "draw_closing": "penutupan-bulan",
    "draw_endorsement": "pengesahan",
    "draw_folder_receipt": "tanda-terima-titipan",
    "draw_handover": "serah-terima",
    "draw_incident": "insiden",
    "draw_letter": "surat-sktm",
    "draw_list": "riwayat",
    "draw_notice": "kunci",
    "draw_papers_back": "pengembalian-berkas",
    "draw_receipt": "tanda-terima",
    "draw_recovery_sheet": "kunci-pemulihan",
    "draw_refusal": "penolakan",
    "draw_report": "laporan",
    "draw_requirement_sheet": "persyaratan",
    "draw_reserve_sheets": "cadangan-padam",
    "draw_return_slip": "pengembalian-tms",
    "draw_sop_sheet": "sop-sktm",
    "draw_test_page": "uji-a4",
    "draw_ticket": "tiket",
    "draw_tickets": "tiket-empat",
    "marked_as_sample": "contoh",
    "stamp_copy": "salinan",
    "write_book": "buku-sktm",
}
CASES = [(name, paper) for name, kind in KINDS.items() if not kind.again for paper in kind.papers]


def test_no_paper_is_forgotten() -> None:
    """A new letter, book or drawing needs its line in paper_kinds.py."""
    texts = {path.stem for path in Path(resource("letters")).glob("*.txt")} - {"ralat"}
    assert {name.removeprefix("surat-") for name in KINDS if name.startswith("surat-")} == texts
    books = {f"buku-{code}" for code in (*REGISTER_BOOKS, *OFFICE_BOOKS)}
    assert books <= set(KINDS)
    found = {
        name
        for module in iter_modules(package.__path__)
        for name, thing in vars(import_module(f"{package.__name__}.{module.name}")).items()
        if inspect.isfunction(thing)
        and name.startswith(("draw_", "marked_", "stamp_", "continue_book", "write_book"))
        and name != "write_book_sheet"
    }
    assert found - NO_PAPERS == set(DRAWN)
    assert set(DRAWN.values()) <= set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_paper_has_its_size_its_pages_and_its_words(name: str) -> None:
    kind = KINDS[name]
    pdf = kind.pdf()

    assert page_sizes(pdf) == kind.sizes
    text = squeezed(" ".join(pages(pdf)))
    for words in kind.texts:
        assert squeezed(words) in text
    assert kind.again or faults(pdf, kind.edge) == []


@pytest.mark.parametrize(("name", "paper"), CASES, ids=lambda part: part)
def test_the_longest_people_and_names_find_room(name: str, paper: str) -> None:
    """Each on its papers; who comes, and whether it is practice, goes round among them."""
    kind, turn = KINDS[name], CASES.index((name, paper))
    cast = longest(WORST_NAMES[turn % len(WORST_NAMES)], practice=kind.practised and turn % 4 == 1)

    pdf = kind.draw(cast, paper)

    assert faults(pdf, kind.edge) == []
    sheet = PAPERS[paper]
    sides = {sheet.width, sheet.height} if kind.papers[0] != "F4-2" else {sheet.width}
    assert all(wide in sides for wide, _ in page_sizes(pdf)) or name.startswith("laporan")
    found = pages(pdf)
    if kind.named:
        assert squeezed(cast.person) in squeezed(" ".join(found))
    assert all("LATIHAN" in page for page in found) is cast.head.practice
