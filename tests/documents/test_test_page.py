"""The test page is of exactly its sheet, and its lines are where its figures say."""

from dataclasses import replace

import pypdfium2
import pytest

from kecamatan_desk.documents.pictures import RawPicture, page_count, page_picture, page_sizes
from kecamatan_desk.documents.profiles import BOUNDS, DEFAULTS, PAPERS, Profile, Use
from kecamatan_desk.documents.test_page import TestPage, bar_length, draw_test_page
from tests.documents.samples import pages

_FINE = 10  # px per mm
_EVERY = [(paper.code, use) for paper in PAPERS.values() for use in paper.uses]
_LONG = "EPSON L3110 Series (Salinan 1) di \\\\PC-PELAYANAN-02.kecamatan.example"


def _dark(picture: RawPicture, x: float, y: float) -> bool:
    """Tell whether something black is within half a millimetre of (x, y), in mm from top left."""
    near = range(-4, 5)
    spots = ((round(x * _FINE) + i, round(y * _FINE) + j) for i in near for j in near)
    return any(picture.data[b * picture.stride + a * 4] < 100 for a, b in spots)


@pytest.mark.parametrize(("code", "use"), _EVERY)
def test_frame_and_measures_are_true_on_every_sheet(code: str, use: Use) -> None:
    sheet = PAPERS[code]
    wide, high = (sheet.height, sheet.width) if use == "buku" else (sheet.width, sheet.height)

    pdf = draw_test_page(TestPage(replace(DEFAULTS[use], paper=code), use, _LONG))

    assert page_sizes(pdf) == (pytest.approx((wide, high), abs=0.1),)
    picture = page_picture(pdf, 0, round(wide * _FINE))
    for part in (0.2, 0.35, 0.6, 0.9):
        assert _dark(picture, 10, 10 + part * (high - 20))
        assert _dark(picture, wide - 10, 10 + part * (high - 20))
        assert _dark(picture, 10 + part * (wide - 20), 10)
        assert _dark(picture, 10 + part * (wide - 20), high - 10)
    text = pages(pdf)[0]
    assert "HALAMAN UJI" in text
    assert "sesuaikan halaman" in text
    assert "fit to page" in text
    assert f"tepat {bar_length(wide)} mm" in text
    assert "Pencetak: EPSON L3110" in text


def _bars(pdf: bytes) -> list[tuple[float, float]]:
    """Give width and height in mm of the thick lines."""
    document = pypdfium2.PdfDocument(pdf)
    boxes = [obj.get_bounds() for obj in document[0].get_objects() if obj.type == 2]
    mm = 25.4 / 72
    sizes = [((right - left) * mm, (top - low) * mm) for left, low, right, top in boxes]
    document.close()
    return [(w, h) for w, h in sizes if min(w, h) < 2 and max(w, h) > 25]


@pytest.mark.parametrize(
    ("code", "use", "bar"), [("F4", "surat", 100), ("T80", "tiket", 50), ("T58", "tiket", 30)]
)
def test_the_bar_is_as_long_as_it_says(code: str, use: Use, bar: int) -> None:
    pdf = draw_test_page(TestPage(replace(DEFAULTS[use], paper=code), use))

    assert any(wide == pytest.approx(bar, abs=1.0) for wide, _high in _bars(pdf))


@pytest.mark.parametrize("preprinted", [True, False])
@pytest.mark.parametrize("most", [True, False])
def test_no_margins_make_the_words_leave_the_sheet(preprinted: bool, most: bool) -> None:
    lengths = {name: float(bounds[most]) for name, bounds in BOUNDS.items()}
    profile = Profile("A4", preprinted=preprinted, **lengths)

    pdf = draw_test_page(TestPage(profile, "surat", _LONG))

    assert page_count(pdf) == 1
    document = pypdfium2.PdfDocument(pdf)
    words = document[0].get_textpage()
    boxes = [words.get_charbox(n) for n in range(words.count_chars())]
    document.close()
    assert min(left for left, _low, right, _top in boxes if right > left) > 2 * 72 / 25.4
    assert max(right for _left, _low, right, _top in boxes) < 208 * 72 / 25.4
    assert "Batas teks tidak boleh lebih kecil" in pages(pdf)[0]


def test_without_a_printer_the_page_says_that_it_is_a_pdf() -> None:
    assert "disimpan sebagai PDF" in pages(draw_test_page(TestPage(Profile(), "surat")))[0]
