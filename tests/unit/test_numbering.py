"""How numbers are written: file codes with their check letter, queue numbers, letter numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.numbering import (
    MOST_CHARACTERS,
    TOKENS,
    check_letter,
    check_pattern,
    file_code,
    letter_number,
    pattern_warning,
    queue_display,
    valid_file_code,
)
from kecamatan_desk.usecases.office_values import OfficeProfile

DAY = date(2026, 5, 12)
years = st.integers(2000, 2099)
numbers = st.integers(1, 999_999)
TOKEN_VALUES: dict[str, str | int] = {
    "kode": "400.9.14.1",
    "urut": 12,
    "layanan": "SKTM",
    "singkatan": "KEC-SKM",
}


@given(years, numbers)
def test_every_file_code_we_write_is_right(year: int, number: int) -> None:
    code = file_code(year, number)
    assert valid_file_code(code)
    assert valid_file_code(f" {code.lower()} ")


@given(years, numbers, st.integers(0, 7), st.integers(1, 9))
def test_the_check_letter_finds_every_single_wrong_digit(
    year: int, number: int, place: int, off: int
) -> None:
    code = file_code(year, number)
    digits = list(code[:2] + code[3:9])
    digits[place] = str((int(digits[place]) + off) % 10)
    wrong = f"{''.join(digits[:2])}-{''.join(digits[2:])}-{code[-1]}"
    assert not valid_file_code(wrong)


@given(years, numbers, st.integers(0, 6))
def test_the_check_letter_finds_every_swap_of_neighbours(
    year: int, number: int, place: int
) -> None:
    code = file_code(year, number)
    digits = list(code[:2] + code[3:9])
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    swapped = f"{''.join(digits[:2])}-{''.join(digits[2:])}-{code[-1]}"
    assert valid_file_code(swapped) is (swapped == code)


@given(years, numbers)
def test_no_check_letter_is_misread_on_paper_or_by_ear(year: int, number: int) -> None:
    assert check_letter(year, number) not in "IOQU"


@pytest.mark.parametrize(
    "text", ["", "26", "26-000123", "26-123-K", "26-000123-KK", "KD1:26-000123-K", "26 000123 K"]
)
def test_what_is_no_file_code_is_not_taken_for_one(text: str) -> None:
    assert not valid_file_code(text)


def test_the_number_grows_beyond_six_places() -> None:
    assert file_code(2026, 1_000_001).startswith("26-1000001-")
    assert valid_file_code(file_code(2026, 1_000_001))


def test_a_queue_number_leads_with_the_family() -> None:
    assert queue_display("A", 12) == "A-012"
    assert queue_display("C", 1234) == "C-1234"
    assert queue_display("A", None) == ""


def test_the_default_pattern_writes_number_service_office_month_and_year() -> None:
    pattern = OfficeProfile().number_pattern
    check_pattern(pattern)
    assert letter_number(pattern, TOKEN_VALUES, DAY) == "400.9.14.1/012/SKTM/KEC-SKM/V/2026"


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("{urut}", "12"),
        ("{urut:5}/{tahun2}", "00012/26"),
        ("{urut:2}.{bulan}.{tahun}", "12.05.2026"),
        ("{kode}/{urut:3}{sisipan}/{romawi}", "400.9.14.1/012/V"),
        ("No. {urut} - {layanan}", "No. 12 - SKTM"),
    ],
)
def test_a_pattern_is_filled_with_its_tokens(pattern: str, written: str) -> None:
    check_pattern(pattern)
    assert letter_number(pattern, TOKEN_VALUES, DAY) == written


@pytest.mark.parametrize(
    ("running", "suffix", "written"),
    [
        (7, "", "400.12.3.2/007/KEC.MJ/V/2026"),
        (7, ".A", "400.12.3.2/007.A/KEC.MJ/V/2026"),
        (8, "", "400.12.3.2/008/KEC.MJ/V/2026"),
    ],
)
def test_the_published_example_of_a_number_with_its_suffix(
    running: int, suffix: str, written: str
) -> None:
    """Domain facts §9.4."""
    tokens: dict[str, str | int] = {"kode": "400.12.3.2", "urut": running}
    tokens |= {"sisipan": suffix, "unit": "KEC.MJ"}
    pattern = "{kode}/{urut:3}{sisipan}/{unit}/{romawi}/{tahun}"
    check_pattern(pattern)
    assert letter_number(pattern, tokens, date(2026, 5, 12)) == written


@pytest.mark.parametrize("pattern", ["{urut}/{tahun}", "{urut}/{tahun2}"])
def test_a_pattern_with_the_year_is_not_warned_of(pattern: str) -> None:
    assert pattern_warning(pattern) == ""
    assert "{tahun}" in pattern_warning("{kode}/{urut}/{romawi}")


@pytest.mark.parametrize(
    "pattern",
    ["", "{kode}/{tahun}", "{urut}/{apa}", "{urut}/{", "{{urut}}", "{urut:12}"],
)
def test_a_pattern_without_the_number_or_with_unknown_tokens_is_refused(pattern: str) -> None:
    with pytest.raises(RuleError, match="Pola lama tetap berlaku"):
        check_pattern(pattern)


@given(
    st.lists(st.sampled_from(TOKENS), max_size=6),
    st.integers(1, 99_999),
    st.integers(1, 99_999),
)
def test_two_numbers_of_one_day_never_look_alike(tokens: list[str], one: int, two: int) -> None:
    pattern = "{urut:3}" + "".join("/{" + token + "}" for token in tokens)
    check_pattern(pattern)
    values = {"urut": one}, {"urut": two}
    first, second = (letter_number(pattern, value, DAY) for value in values)
    assert (first == second) is (one == two)


def test_a_letter_number_has_at_most_sixty_characters() -> None:
    room = MOST_CHARACTERS - len("/12")
    assert len(letter_number("x" * room + "/{urut}", TOKEN_VALUES, DAY)) == MOST_CHARACTERS
    with pytest.raises(RuleError, match="61 huruf"):
        letter_number("x" * (room + 1) + "/{urut}", TOKEN_VALUES, DAY)


def test_the_roman_month_is_that_of_the_letter() -> None:
    romans = [letter_number("{romawi}{urut}", {"urut": 1}, date(2026, m, 1)) for m in range(1, 13)]
    assert romans == [
        f"{r}1" for r in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
    ]
