"""Every letter of the office, on every paper, with the longest people there are."""

import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from kecamatan_desk.documents.checks import missing_characters
from kecamatan_desk.documents.facts import field_facts
from kecamatan_desk.documents.letters import draw_letter
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import PAPERS, Profile
from kecamatan_desk.documents.values import LetterValues
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.resources import resource
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Letter, Service
from tests.documents.paper_cast import LONG_ADDRESS, WORST_NAMES, worst
from tests.documents.samples import (
    KASI,
    LONG_NAME,
    NUMBER,
    letter,
    pages,
    squeezed,
)

MM = 72 / 25.4
A4, F4 = Profile("A4"), Profile("F4")
PREPRINTED = Profile("A4", preprinted=True, offset=60)
NARROW = Profile("F4", 5, 10, 60, 60)
PAIRS = [(service, paper) for service in SERVICES.values() for paper in service.letters]
IDS = [paper.template for _, paper in PAIRS]


def letter_of(service: Service, paper: Letter, name: str, **changes: Any) -> LetterValues:
    """Give a letter of a service about the person of that name."""
    data = worst(service.fields, name)
    facts = field_facts(service.fields, data, on=date(2026, 5, 12))
    facts |= {"kecamatan": "Sukamaju", "alamat-lengkap": LONG_ADDRESS[:200], "tanggal": "12 Mei"}
    text = resource("letters", f"{paper.template}.txt").read_text(encoding="utf-8")
    return letter(text, facts, title=paper.title, signature=KASI, **changes)


def beyond(pdf: bytes, profile: Profile) -> Iterator[str]:
    """Name every text and line that leaves the margins."""
    document = pypdfium2.PdfDocument(pdf)
    left = profile.left * MM - 0.5
    right = (profile.sheet.width - profile.right) * MM + 0.5
    low = 5 * MM  # the foot of several pages stands below the text, clear of the edge
    code = 2.2 * MM  # its own quiet zone stands outside the text edge
    line = 1 * MM  # bounds of a line are told wider than it is drawn
    for number, page in enumerate(document, 1):
        high = page.get_height() - profile.top * MM + 0.5
        found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH])
        for thing in found:
            x1, y1, x2, y2 = thing.get_bounds()
            if thing.type == raw.FPDF_PAGEOBJ_PATH:
                x1, x2, y2 = x1 + max(code, line), x2 - line, y2 - line
            if x1 < left or x2 > right or y1 < low or y2 > high:
                yield f"page {number}: {x1 / MM:.1f} {y1 / MM:.1f} {x2 / MM:.1f} {y2 / MM:.1f} mm"
    document.close()


@pytest.mark.parametrize("profile", [A4, F4, PREPRINTED, NARROW], ids=str)
@pytest.mark.parametrize(("service", "paper"), PAIRS, ids=IDS)
def test_nothing_leaves_the_margins_whoever_it_is_about(
    service: Service, paper: Letter, profile: Profile
) -> None:
    name = WORST_NAMES[PAIRS.index((service, paper)) % len(WORST_NAMES)]
    pdf = draw_letter(letter_of(service, paper, name, profile=profile))
    sheet = profile.sheet
    for size in page_sizes(pdf):
        assert size == pytest.approx((sheet.width, sheet.height), abs=0.05)
    assert list(beyond(pdf, profile)) == []
    assert _unembedded(pdf) == []


def _unembedded(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    bare = [
        "font"
        for page in document
        for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        if not raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(found.raw))
    ]
    document.close()
    return bare


@pytest.mark.parametrize("name", WORST_NAMES)
@pytest.mark.parametrize(("service", "paper"), PAIRS, ids=IDS)
def test_the_longest_person_is_named_whole(service: Service, paper: Letter, name: str) -> None:
    values = letter_of(service, paper, name)
    found = pages(draw_letter(values))
    whole = squeezed("".join(found))
    shown = [
        squeezed(str(values.facts[field.code]))
        for field in service.fields
        if field.code.endswith("nama") and squeezed("{{" + field.code + "}}") in values.template
    ]
    for words in shown:
        assert words in _without_feet(whole)
    assert "KEPALA SEKSI PELAYANAN" in found[-1]
    if len(found) > 1:  # the signature is never alone: a sentence or a party stands with it
        assert len(found[-1].split("Sukamaju, 12 Mei 2026")[0].split()) > 4


def _without_feet(text: str) -> str:
    """A paragraph that crosses a page has the foot in its midst."""
    foot = squeezed(NUMBER)
    return re.sub(rf"{re.escape(foot)}Halaman\d+dari\d+(Paraf:)?", "", text)


def test_paper_with_a_letterhead_is_left_free_above_the_offset() -> None:
    service, paper = PAIRS[0]
    values = letter_of(service, paper, "WAHYU", profile=PREPRINTED)
    document = pypdfium2.PdfDocument(draw_letter(values))
    tops = [thing.get_bounds()[3] for thing in document[0].get_objects()]
    text = document[0].get_textpage().get_text_range()
    document.close()
    highest = 297 - max(tops) / MM
    assert 60 <= highest <= 63
    assert "PEMERINTAH" not in text


def test_margins_of_the_profile_are_kept_to_a_tenth_of_a_millimetre() -> None:
    profile = Profile("F4", 22, 25, 33.5, 17.5)
    document = pypdfium2.PdfDocument(draw_letter(letter("= S\n" + "kata " * 1500, profile=profile)))
    (foot,) = [
        found
        for thing in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
        if (found := thing.get_bounds())[3] < 40 * MM and found[2] - found[0] > 100 * MM
    ]
    document.close()
    hair = 0.35  # pdfium tells a line as so much longer at both ends
    assert (foot[0] + hair) / MM == pytest.approx(33.5, abs=0.05)
    assert (foot[2] - hair) / MM == pytest.approx(215 - 17.5, abs=0.05)


ALPHABETS = (
    [chr(code) for code in range(32, 127)],
    [chr(code) for code in range(0xA0, 0x17F)] + list("\u2018\u2019\u201c\u201d\u2013\u2026"),
    [*"<&>{}|=#-*[]/\\'\"`\u2019;: \u00a0", "{{nama}}", "[/tabel]", "</para>", "&lt;"],
    [chr(code) for code in (*range(1, 32), 0x200B, 0x202E, 0xFEFF, 0xD800, 0x6F22, 0x1F600)],
    [chr(code) for code in range(0x300, 0x36F)] + ["a", "e", " "],
)
TEMPLATE = """= SURAT KETERANGAN {{a}}
Berdasarkan {{b}}, diterangkan bahwa:
-* Nama | {{c}}
- Alamat | {{d}}
> benar warga {{e}} yang dimaksud:
# {{f}}
[tabel baris]
No.=9c | Nama=40 | Ket=20
{{no}} | {{nama}} | {{ket}}
[/tabel]
Demikian {{g}} dibuat.
[tembusan]
{{h}}
[/tembusan]
"""


def _texts(count: int) -> Iterator[str]:
    chance = random.Random(2026)
    for _ in range(count):
        alphabet = chance.choice(ALPHABETS[:3] if chance.random() < 0.8 else ALPHABETS)
        yield "".join(chance.choices(alphabet, k=chance.choice((0, 1, 3, 20, 60, 200))))


def _filled(texts: Sequence[str]) -> LetterValues:
    names = ("a", "b", "c", "d", "e", "f", "g", "h")
    facts: Mapping[str, object] = {
        **dict(zip(names, texts, strict=False)),
        "baris": ({"no": "1", "nama": texts[8], "ket": texts[9]},),
    }
    return letter(TEMPLATE, dict(facts), qr="", qr_caption=())


def _unhyphened(text: str) -> str:
    """A hyphen at the end of a line is read as a broken word's."""
    return squeezed(text).replace("-", "").replace("\ufffe", "").replace("\x02", "")


def test_four_thousand_random_texts_are_drawn_or_refused() -> None:
    """Ten printable texts share a letter; a text that cannot be printed stands alone."""
    begun = time.process_time()
    printable: list[str] = []
    refused = 0
    for text in _texts(4000):
        if missing_characters(text):
            refused += 1
            with pytest.raises(InputError):
                draw_letter(_filled([text] * 10))
        else:
            printable.append(text)
    while len(printable) % 10:
        printable.append("")
    for start in range(0, len(printable), 10):
        texts = printable[start : start + 10]
        found = _unhyphened("".join(pages(draw_letter(_filled(texts)))))
        for text in texts:
            if text.isascii() and len(text) <= 60:
                assert _unhyphened(text) in found
    assert 100 < refused < 2000
    assert time.process_time() - begun < 25


def test_a_character_unknown_to_the_face_is_named_wherever_it_stands() -> None:
    for place in range(10):
        texts = ["Baik"] * 10
        texts[place] = "Huruf \u6f22 asing"
        with pytest.raises(InputError, match=r"U\+6F22"):
            draw_letter(_filled(texts))


def test_every_paper_for_letters_can_be_drawn_on_with_every_margin_the_office_may_set() -> None:
    service, paper = next(pair for pair in PAIRS if pair[1].template == "ahli-waris")
    values = letter_of(service, paper, LONG_NAME)
    for sheet in PAPERS.values():
        if "surat" not in sheet.uses:
            continue
        for margins in ((5, 10, 5, 5), (60, 60, 60, 60)):
            profile = Profile(sheet.code, *margins)
            assert list(beyond(draw_letter(replace(values, profile=profile)), profile)) == []
