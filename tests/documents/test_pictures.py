"""Pictures of pages, and what the typeface can print."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.documents.checks import missing_characters
from kecamatan_desk.documents.letters import draw_letter
from kecamatan_desk.documents.pictures import page_count, page_picture, page_sizes
from kecamatan_desk.documents.typeface import BOLD, REGULAR, unit_width
from tests.documents.samples import LONG_NAME, letter

PDF = draw_letter(letter("= SURAT\nDemikian."))


def test_a_picture_has_the_width_asked_for_and_the_page_is_on_it() -> None:
    picture = page_picture(PDF, 0, 420)
    assert picture.width == 420
    assert picture.height == pytest.approx(420 * 297 / 210, abs=1)
    assert picture.stride >= 4 * picture.width
    assert len(picture.data) == picture.stride * picture.height
    assert len(set(picture.data)) > 50  # greys of the letters' edges
    assert page_count(PDF) == 1
    assert page_sizes(PDF) == ((210.0, 297.0),)


@pytest.mark.parametrize("wide", [1, 240, 254, 471, 954, 975, 1010])
def test_rounding_adds_no_pixel(wide: int) -> None:
    assert page_picture(PDF, 0, wide).width == wide


def test_there_is_no_page_outside() -> None:
    for page in (1, -1):
        with pytest.raises(IndexError):
            page_picture(PDF, page, 100)


def test_several_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: page_picture(PDF, 0, 200), range(16)))
    assert len({picture.data for picture in pictures}) == 1


def test_missing_characters_are_named_once_in_order() -> None:
    assert missing_characters(f"{LONG_NAME} & <b> \u00e9 \u2013 \u2022 Rp10.000,00\n") == ""
    assert missing_characters("a\u6f22b\U0001f600\u6f22") == "\u6f22\U0001f600"
    assert missing_characters("tab\tdan\x00") == "\t\x00"


@given(st.text(max_size=20))
def test_what_is_not_missing_can_be_measured_in_both_weights(text: str) -> None:
    missing = missing_characters(text)
    rest = "".join(char for char in text if char not in missing and char != "\n")
    for font in (REGULAR, BOLD):
        assert unit_width(rest, font) >= 0


def test_asking_is_cheap() -> None:
    missing_characters("a")
    start = time.perf_counter()
    for _ in range(1000):
        missing_characters(LONG_NAME)
    assert time.perf_counter() - start < 0.5
