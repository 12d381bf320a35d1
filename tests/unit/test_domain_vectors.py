"""The worked examples of the domain facts, §9, to be met exactly.

§9.4 stands in test_numbering.py; §9.3 (IKM) has no place in the program yet, nor have numbers
inserted between others (the base of a suffix).
"""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from kecamatan_desk.domain import indonesian
from kecamatan_desk.domain.calendar import DEFAULT_HOURS, WorkingCalendar
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.people import age_on, checked_nik, nik_facts
from kecamatan_desk.usecases.service_cells import age_at_death, age_group
from tests.documents.paper_books import register_line
from tests.documents.paper_cast import ORDINARY

WIB = ZoneInfo("Asia/Jakarta")
ASCENSION = frozenset({date(2026, 5, 14)})
FIVE_DAYS = WorkingCalendar(WIB, DEFAULT_HOURS, ASCENSION)
SIX_DAYS = WorkingCalendar(WIB, {**DEFAULT_HOURS, 5: ((480, 720),)}, ASCENSION)
REGISTERED = date(2026, 5, 4)


# §9.1 working days of a wedding


@pytest.mark.parametrize(
    ("wedding", "with_it", "without_it"),
    [
        (date(2026, 5, 15), 8, 7),
        (date(2026, 5, 18), 9, 8),
        (date(2026, 5, 19), 10, 9),
        (date(2026, 5, 20), 11, 10),
    ],
)
def test_working_days_up_to_a_wedding(wedding: date, with_it: int, without_it: int) -> None:
    assert FIVE_DAYS.working_days_between(REGISTERED, wedding) == with_it
    eve = wedding - timedelta(days=1)
    assert FIVE_DAYS.working_days_between(REGISTERED, eve) == without_it


def test_a_six_day_week_counts_the_saturday() -> None:
    assert SIX_DAYS.working_days_between(REGISTERED, date(2026, 5, 15)) == 9


# §9.2 NIK


def test_a_nik_is_read_as_the_table_reads_it() -> None:
    man = nik_facts("9901011205010001", date(2026, 5, 12))
    assert (man.region, man.birth, man.female, man.serial) == (
        "990101",
        date(2001, 5, 12),
        False,
        "0001",
    )
    woman = nik_facts("9901015205010001", date(2026, 5, 12))
    assert (woman.birth, woman.female) == (man.birth, True)


def test_an_impossible_day_is_told_and_a_missing_digit_refused() -> None:
    assert nik_facts("9901013202900001", date(2026, 5, 12)).birth is None
    with pytest.raises(InputError, match="harus 16 angka, yang diketik 15"):
        checked_nik("990101520501000")


# §9.5 words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (15, "lima belas"),
        (11, "sebelas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (2026, "dua ribu dua puluh enam"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert indonesian.in_words(number) == words


def test_names_of_days_and_months() -> None:
    week = [indonesian.day_name(date(2026, 5, 10 + n)) for n in range(7)]
    assert week == ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"]
    year = [indonesian.long_date(date(2026, month, 1)) for month in range(1, 13)]
    assert year == [
        "1 Januari 2026",
        "1 Februari 2026",
        "1 Maret 2026",
        "1 April 2026",
        "1 Mei 2026",
        "1 Juni 2026",
        "1 Juli 2026",
        "1 Agustus 2026",
        "1 September 2026",
        "1 Oktober 2026",
        "1 November 2026",
        "1 Desember 2026",
    ]


# §9.6 ages


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2001, 5, 12), date(2026, 5, 11), 24),
        (date(2001, 5, 12), date(2026, 5, 12), 25),
    ],
)
def test_full_years_at_the_day_that_counts(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "group"),
    [
        ("2021-05-13", "Di bawah 5 tahun"),  # five tomorrow
        ("2021-05-12", "5\u201317 tahun"),  # five today
        ("2009-05-13", "5\u201317 tahun"),  # seventeen tomorrow
    ],
)
def test_a_childs_card_is_of_the_group_of_its_age_on_the_day_of_the_entry(
    born: str, group: str
) -> None:
    line = replace(register_line(ORDINARY, "kia", 0), registered=date(2026, 5, 12))
    assert age_group(replace(line, facts={"anak-tanggal-lahir": born})) == group


def test_the_dead_are_as_old_as_they_became() -> None:
    line = replace(register_line(ORDINARY, "akta-kematian", 0), registered=date(2026, 5, 12))
    facts = {"almarhum-tanggal-lahir": "1950-05-12", "meninggal-tanggal": "2026-05-11"}
    assert age_at_death(replace(line, facts=facts)) == "75"
