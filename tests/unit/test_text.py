"""What may be typed and kept, and how the search compares it."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.text import checked_text, clean, folded, unprintable

CONTROL = ["\x00", "\x07", "\x1b", "\x7f"]
BIDI = ["\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u061c"]
INVISIBLE = ["\u200b", "\u200d", "\ufeff", "\u00ad", "\ue000", "\ufffe"]


@pytest.mark.parametrize("mark", CONTROL + BIDI + INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_marks_that_no_paper_shows_are_refused_and_named(mark: str) -> None:
    with pytest.raises(InputError, match=f"U\\+{ord(mark):04X}") as refused:
        checked_text(f"Ma{mark}ruf", "Nama", 100, "nama")
    assert refused.value.field == "nama"


@given(st.text())
def test_what_is_kept_holds_nothing_unprintable(text: str) -> None:
    try:
        kept = checked_text(text, "Nama", 10_000)
    except InputError:
        return
    assert unprintable(kept) == ""
    assert kept == kept.strip()
    assert "  " not in kept
    assert unicodedata.is_normalized("NFC", kept)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_letters_typed_in_parts_are_composed_before_they_are_counted() -> None:
    typed = "Jose\u0301" * 3
    assert checked_text(typed, "Nama", 12) == "José" * 3
    with pytest.raises(InputError, match="12 huruf, paling banyak 11"):
        checked_text(typed, "Nama", 11)


def test_a_name_is_kept_as_typed_apart_from_its_blanks() -> None:
    assert checked_text("  R.A.  Ma`ruf\tde \n Vries ", "Nama", 100) == "R.A. Ma`ruf de Vries"
    assert checked_text("siti AMINAH", "Nama", 100) == "siti AMINAH"


def test_one_letter_too_many_is_refused_not_cut() -> None:
    assert len(checked_text("x" * 100, "Nama", 100)) == 100
    with pytest.raises(InputError, match="101 huruf"):
        checked_text("x" * 101, "Nama", 100)


@pytest.mark.parametrize("mark", ["'", "\u2019", "\u2018", "\u0060", "\u00b4", ""])
def test_every_apostrophe_finds_the_same_name(mark: str) -> None:
    assert folded(f"Ma{mark}ruf") == "MARUF"


def test_accents_case_and_blanks_do_not_hide_a_name() -> None:
    assert folded(" José \u00a0 ÁLVAREZ ") == "JOSE ALVAREZ"
    assert folded("Jose\u0301") == folded("JOSÉ")


@given(st.text(), st.text())
def test_the_search_form_is_stable_and_knows_no_runs_of_blanks(one: str, two: str) -> None:
    assume(folded(one) == folded(one).strip())
    assert folded(f"{one}  {two}") == folded(f"{one} {two}")
    assert "  " not in folded(one + two)
