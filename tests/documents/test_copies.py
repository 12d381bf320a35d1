"""Counted copies of a frozen letter: the same pages, one line more, nothing printed over."""

import pypdfium2
import pytest

from kecamatan_desk.documents.copies import stamp_copy
from kecamatan_desk.documents.letters import draw_letter
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.documents.values import LetterValues
from tests.documents.samples import LONG_NAME, NINE, PRACTICE, letter, pages, squeezed

ONE_PAGE = "= SURAT\n" + "Demikian surat ini dibuat.\n" * 8
PAGES = "= SURAT\n" + "Demikian surat ini dibuat.\n" * 60
REASON = "lembar pertama rusak terkena air, lalu hilang dalam perjalanan ke kantor desa"
TWO_HUNDRED = ("lembar pertama rusak terkena air saat banjir " * 5)[:200]
WHO = "Dewi Kertajaya (Petugas Pelayanan)"
NARROW = Profile("F4", top=5, bottom=10, left=5, right=5)
PREPRINTED = Profile(preprinted=True, offset=45)
LETTERS = {
    "one page": letter(ONE_PAGE),
    "pages": letter(PAGES),
    "F4": letter(ONE_PAGE, profile=Profile("F4")),
    "LATIHAN": letter(ONE_PAGE, head=PRACTICE),
    "LATIHAN, pages": letter(PAGES, head=PRACTICE),
    "narrow": letter(PAGES, profile=NARROW),
    "narrow LATIHAN": letter(PAGES, profile=NARROW, head=PRACTICE),
    "preprinted": letter(ONE_PAGE, profile=PREPRINTED),
    "preprinted pages": letter(PAGES, profile=PREPRINTED),
}
each_letter = pytest.mark.parametrize("values", LETTERS.values(), ids=LETTERS)

Picture = list[bytes]  # rows of grey pixels
DPI = 150
MM = DPI / 25.4  # pixels


def pictures(pdf: bytes) -> list[Picture]:
    """Picture every page in grey, row by row."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        bitmap = page.render(scale=DPI / 72, grayscale=True)
        data = bytes(bitmap.buffer)
        found.append([data[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height)])
    document.close()
    return found


def band(before: Picture, after: Picture) -> tuple[int, int]:
    """Give the first and the last row of pixels in which two pictures differ."""
    rows = [y for y, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert rows, "no line was laid on the page"
    return rows[0], rows[-1]


def copied(values: LetterValues, reason: str = REASON, who: str = WHO, void: bool = False) -> bytes:
    preprinted = values.profile.offset if values.profile.preprinted else 0
    return stamp_copy(
        draw_letter(values), 2, NINE, "WIB", who, reason, void=void, preprinted=preprinted
    )


def test_a_copy_is_the_same_pages_with_a_line_on_each() -> None:
    original = draw_letter(letter(PAGES))
    copy = stamp_copy(original, 2, NINE, "WIB", WHO, REASON)
    assert page_sizes(copy) == page_sizes(original)
    for before, after in zip(pages(original), pages(copy), strict=True):
        assert "SALINAN" not in before
        assert before in after
        assert "SALINAN ke-2" in after
        assert "BATAL" not in after
        assert squeezed("12-05-2026, 09.14 WIB, oleh Dewi Kertajaya") in squeezed(after)
        assert squeezed(REASON) in squeezed(after)


@each_letter
@pytest.mark.parametrize("who", [WHO, f"{LONG_NAME} (Petugas Pelayanan)"], ids=["short", "long"])
def test_outside_the_line_the_picture_is_the_letters_own(values: LetterValues, who: str) -> None:
    """And where the line lies, the letter had nothing: LATIHAN alone may shine through."""
    before = pictures(draw_letter(values))
    after = pictures(copied(values, who=who, void=True))
    assert len(before) == len(after)
    for page, (old, new) in enumerate(zip(before, after, strict=True)):
        first, last = band(old, new)
        assert last - first < 11 * MM
        side = round(13 * MM)
        darkest = min(min(row[side:-side]) for row in old[first - 2 : last + 3])
        assert darkest > 130, f"page {page + 1}: the line lies on what is printed there"
        if values.profile.preprinted and page == 0:
            assert first > values.profile.offset * MM
        assert first > 4.5 * MM
        assert last < len(old) - 4.5 * MM


@pytest.mark.parametrize("values", [LETTERS["one page"], LETTERS["F4"], LETTERS["pages"]])
def test_a_usual_letter_bears_the_line_above_its_head(values: LetterValues) -> None:
    for old, new in zip(pictures(draw_letter(values)), pictures(copied(values)), strict=True):
        assert band(old, new)[1] < 20 * MM


def test_a_void_letter_bears_batal_on_the_line() -> None:
    (text,) = pages(copied(letter(ONE_PAGE), void=True))
    assert "SALINAN ke-2 BATAL" in text
    assert squeezed("Surat ini tidak berlaku") in squeezed(text)
    assert "Isi sama" not in text


def test_a_reason_of_two_hundred_characters_is_there_whole() -> None:
    assert len(TWO_HUNDRED) == 200
    (text,) = pages(copied(letter(ONE_PAGE), TWO_HUNDRED, f"{LONG_NAME} (Petugas Pelayanan)"))
    assert squeezed(TWO_HUNDRED) in squeezed(text)


def test_a_copy_is_never_scaled_by_the_print_dialogue() -> None:
    copy = copied(letter(ONE_PAGE))
    assert b"PrintScaling" in copy
