"""NIK, NIP and ages: what a number says, and what it cannot say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.people import (
    age_on,
    checked_nik,
    digits_only,
    grouped_nip,
    initials,
    masked_nik,
    nik_facts,
)

TODAY = date(2026, 5, 12)
births = st.dates(date(1926, 5, 13), TODAY)
regions = st.integers(990000, 999999).map(str)
serials = st.integers(0, 9999).map("{:04d}".format)


def nik_of(region: str, birth: date, female: bool, serial: str) -> str:
    day = birth.day + 40 if female else birth.day
    return f"{region}{day:02d}{birth.month:02d}{birth.year % 100:02d}{serial}"


@given(regions, births, st.booleans(), serials)
def test_a_nik_says_birth_and_sex_for_everybody_under_a_hundred(
    region: str, birth: date, female: bool, serial: str
) -> None:
    facts = nik_facts(nik_of(region, birth, female, serial), TODAY)
    assert (facts.region, facts.birth, facts.female, facts.serial) == (
        region,
        birth,
        female,
        serial,
    )


@given(st.text("0123456789", min_size=16, max_size=16))
def test_no_sixteen_digits_break_the_reading_and_nobody_is_born_tomorrow(nik: str) -> None:
    facts = nik_facts(nik, TODAY)
    assert facts.birth is None or facts.birth <= TODAY


@given(regions, births, st.booleans(), serials, st.sampled_from((" ", ".", "-", "\t")))
def test_a_pasted_nik_loses_only_what_parts_it(
    region: str, birth: date, female: bool, serial: str, gap: str
) -> None:
    nik = nik_of(region, birth, female, serial)
    pasted = gap.join((nik[:6], nik[6:12], nik[12:]))
    assert checked_nik(f" {pasted} ") == nik
    assert digits_only(pasted) == nik


@given(st.text("0123456789", min_size=1, max_size=30).filter(lambda t: len(t) != 16))
def test_a_nik_of_another_length_is_refused_and_the_length_named(text: str) -> None:
    with pytest.raises(InputError, match=f"yang diketik {len(text)}") as refused:
        checked_nik(text)
    assert refused.value.field == "nik"


@given(
    st.text("0123456789", min_size=15, max_size=15),
    st.integers(0, 15),
    st.characters(exclude_characters="0123456789. -\t\n\x0b\x0c\r", categories=("L", "N", "P")),
)
def test_a_nik_with_anything_but_ascii_digits_is_refused(
    digits: str, place: int, other: str
) -> None:
    with pytest.raises(InputError, match="hanya boleh berisi angka"):
        checked_nik(digits[:place] + other + digits[place:])


def test_an_empty_nik_and_one_of_equal_digits_are_refused() -> None:
    with pytest.raises(InputError):
        checked_nik("")
    with pytest.raises(InputError, match="sama semua"):
        checked_nik("9" * 16)


def test_the_refusal_names_the_number_it_belongs_to() -> None:
    with pytest.raises(InputError, match="Nomor KK") as refused:
        checked_nik("12", "Nomor KK", "kk")
    assert refused.value.field == "kk"


@pytest.mark.parametrize("day", ["00", "32", "40", "72", "99"])
def test_an_impossible_day_gives_no_birth_date_but_no_error(day: str) -> None:
    assert nik_facts(f"990101{day}01900001", TODAY).birth is None


def test_the_century_is_the_latest_that_is_not_in_the_future() -> None:
    assert nik_facts("9901011205260001", TODAY).birth == TODAY
    assert nik_facts("9901011305260001", TODAY).birth == date(1926, 5, 13)
    assert nik_facts("9901012902280001", TODAY).birth == date(1928, 2, 29)
    assert nik_facts("9901012902000001", TODAY).birth == date(2000, 2, 29)


def test_somebody_born_on_29_february_ages_on_1_march() -> None:
    born = date(2008, 2, 29)
    assert age_on(born, date(2025, 2, 28)) == 16
    assert age_on(born, date(2025, 3, 1)) == 17
    assert age_on(born, date(2028, 2, 29)) == 20


@given(births, births)
def test_ages_count_completed_years(one: date, two: date) -> None:
    born, day = min(one, two), max(one, two)
    age = age_on(born, day)
    assert 0 <= age <= day.year - born.year
    passed = sum(
        (born.month, born.day) <= (day.month, day.day) or year < day.year
        for year in range(born.year + 1, day.year + 1)
    )
    assert age == passed


def test_lists_show_the_ends_of_a_nik_only() -> None:
    assert masked_nik("9901015404910001") == "9901••••••••0001"
    assert masked_nik("") == ""


def test_a_nip_is_grouped_as_letters_print_it() -> None:
    assert grouped_nip("198001012005011001") == "19800101 200501 1 001"
    assert grouped_nip("1980") == "1980"


@pytest.mark.parametrize(
    ("name", "badge"),
    [
        ("Drs. Agus Santoso, M.AP.", "AS"),
        ("Raden Roro Kusumawardhani", "RK"),
        ("Suparman", "S"),
        ("Dr.", "D"),
        ("", "?"),
    ],
)
def test_the_badge_of_a_user_leaves_titles_out(name: str, badge: str) -> None:
    assert initials(name) == badge
