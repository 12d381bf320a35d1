"""Indonesian words and dates, by the office's own examples and by properties."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.domain import indonesian

_ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
VALUE = {word: n for n, word in enumerate([*_ONES, "sepuluh", "sebelas"])}
UNITS = {"triliun": 10**12, "miliar": 10**9, "juta": 10**6, "ribu": 1000}


def read_back(words: str) -> int:
    """Read a spelled number; an independent way round."""
    total = part = 0
    last = 0
    for word in words.removeprefix("minus ").split():
        if word == "seribu":
            total, part, last = total + 1000, 0, 0
        elif word == "seratus":
            part, last = part + 100, 0
        elif word in UNITS:
            total, part, last = total + part * UNITS[word], 0, 0
        elif word == "belas":
            part += 10
        elif word == "puluh":
            part += last * 9
        elif word == "ratus":
            part += last * 99
        else:
            last = VALUE[word]
            part += last
    return -(total + part) if words.startswith("minus ") else total + part


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2026, "dua ribu dua puluh enam"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (1_000_000_000, "satu miliar"),
        (3_000_000_000_001, "tiga triliun satu"),
        (-7, "minus tujuh"),
    ],
)
def test_numbers_are_spelled_as_offices_write_them(number: int, words: str) -> None:
    assert indonesian.in_words(number) == words


@given(st.integers(min_value=-999_999_999_999_999, max_value=999_999_999_999_999))
def test_a_spelled_number_reads_back(number: int) -> None:
    assert read_back(indonesian.in_words(number)) == number


def test_a_number_too_large_to_spell_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        indonesian.in_words(10**15)


def test_a_day_in_every_form() -> None:
    day = date(2026, 5, 12)
    assert indonesian.day_name(day) == "Selasa"
    assert indonesian.long_date(day) == "12 Mei 2026"
    assert indonesian.short_date(day) == "12-05-2026"
    assert indonesian.date_in_words(day) == "dua belas bulan Mei tahun dua ribu dua puluh enam"
    assert indonesian.day_name(date(2026, 5, 15)) == "Jumat"


def test_clock_and_money() -> None:
    assert indonesian.clock(datetime(2026, 5, 12, 9, 4)) == "09.04"
    assert indonesian.rupiah(1_250_000) == "Rp1.250.000"
    assert indonesian.rupiah(0) == "Rp0"
    assert indonesian.rupiah(-1500) == "-Rp1.500"


@pytest.mark.parametrize(
    ("words", "joined"),
    [((), ""), (("a",), "a"), (("a", "b"), "a dan b"), (("a", "b", "c"), "a, b, dan c")],
)
def test_words_are_joined(words: tuple[str, ...], joined: str) -> None:
    assert indonesian.join_words(words) == joined


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["-", "/", " ", "."]))
def test_every_accepted_form_gives_the_same_day(day: date, mark: str) -> None:
    forms = (
        f"{day:%d%m%Y}",
        f"{day.day}{mark}{day.month}{mark}{day.year}",
        f"{day:%d}{mark}{day:%m}{mark}{day.year}",
        day.isoformat(),
        f"  {day.day} {mark.strip() or '-'} {day.month}".replace(" ", "") + f"-{day.year}",
    )
    assert {indonesian.parse_date(form) for form in forms} == {day}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kemarin",
        "31-02-2026",
        "2026-13-01",
        "1251990",
        "12-5-90",
        "12--5-1990",
        "\u0661\u0662-5-1990",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="anggal"):
        indonesian.parse_date(text)


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_value_error(text: str) -> None:
    try:
        day = indonesian.parse_date(text)
    except ValueError:
        return
    assert f"{day.year:04d}" in text
