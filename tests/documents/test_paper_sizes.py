"""Sheets are named by their millimetres, and told apart only where a tray would."""

import pytest

from kecamatan_desk.documents.paper_sizes import (
    Size,
    fits,
    full_name,
    other_paper,
    paper_words,
    sheet_for,
)
from kecamatan_desk.documents.profiles import Profile

A4, F4, FOLIO = (210.0, 297.0), (215.0, 330.0), (215.9, 330.2)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((A4,), "1 halaman, A4"),
        ((F4, F4), "2 halaman, F4"),
        (((330.0, 215.0),), "1 halaman, F4 mendatar"),
        ((FOLIO,), "1 halaman, Folio"),
        (((215.0, 165.0),), "1 halaman, Setengah F4"),
        (((210.0, 148.0),), "1 halaman, A5"),
        (((80.0, 120.0),), "1 halaman, 80 mm"),
        (((58.0, 92.0),), "1 halaman, 58 mm"),
        (((100.0, 150.0),), "1 halaman, 100 \N{MULTIPLICATION SIGN} 150 mm"),
        (((210.0, 330.0),), "1 halaman, 210 \N{MULTIPLICATION SIGN} 330 mm"),
        ((), ""),
    ],
)
def test_the_paper_is_named(sizes: tuple[Size, ...], words: str) -> None:
    assert paper_words(sizes) == words


def test_name_and_measures_are_both_seen() -> None:
    assert full_name(FOLIO) == "Folio (215,9 \N{MULTIPLICATION SIGN} 330,2 mm)"
    assert full_name((80, 92)) == "80 mm"


@pytest.mark.parametrize(
    ("size", "paper", "right"),
    [
        (A4, "A4", True),
        ((297.0, 210.0), "A4", True),
        (F4, "A4", False),
        (F4, "FOLIO", True),  # the same sheet for a tray
        ((210.0, 330.0), "F4", False),  # what some libraries call F4
        ((215.0, 165.0), "F4", False),
        ((80.0, 140.0), "T80", True),  # a long name makes the ticket longer
        ((80.0, 92.0), "T58", False),
    ],
)
def test_a_page_belongs_on_its_own_sheet_only(size: Size, paper: str, right: bool) -> None:
    assert fits(size, Profile(paper)) is right


def test_the_first_page_that_does_not_belong_is_named() -> None:
    assert other_paper((A4, F4, FOLIO), Profile("A4")) == F4
    assert other_paper((A4, A4), Profile("A4")) is None


def test_a_sheet_alike_is_the_one_this_pc_has() -> None:
    folio = Profile("FOLIO")

    assert sheet_for(F4, folio) == FOLIO
    assert sheet_for((330.0, 215.0), folio) == (330.2, 215.9)
    assert sheet_for(A4, folio) == A4
    assert sheet_for((80.0, 120.0), Profile("T80")) == (80.0, 120.0)
