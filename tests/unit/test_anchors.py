"""Anchors: how they are printed, and what is read of what a hand types."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.domain.anchors import Anchor, anchor_text, head_groups, parse_anchor
from kecamatan_desk.domain.errors import InputError

HEAD = "a1b2c3d4e5f60718" + "9" * 48
READ = Anchor(1234, "a1b2c3d4e5f60718")


def test_printed_in_groups_of_four() -> None:
    assert head_groups(HEAD) == "A1B2 C3D4 E5F6 0718"
    assert anchor_text(1234, HEAD) == "1234 A1B2 C3D4 E5F6 0718"
    assert anchor_text(1234, HEAD, date(2026, 5, 31)) == "1234 31-05-2026 A1B2 C3D4 E5F6 0718"


@pytest.mark.parametrize(
    "typed",
    [
        "1234 A1B2 C3D4 E5F6 0718",
        "1234 a1b2c3d4e5f60718",
        "  1234   A1B2-C3D4-E5F6-0718 ",
        "1.234 A1B2 C3D4 E5F6 0718",
        "l234 AlB2 C3D4 E5F6 O7I8",
        "Peristiwa 1234 A1B2 C3D4 E5F6 0718",
        "Peristiwa ke-1234: A1B2 C3D4 E5F6 0718",
        "1234 \u00b7 A1B2 C3D4 E5F6 0718",
    ],
)
def test_read_as_a_hand_writes_it(typed: str) -> None:
    assert parse_anchor(typed) == READ


@pytest.mark.parametrize("day", ["31-05-2026", "31/5/2026", "2026-05-31", "31.05.2026"])
def test_the_day_may_stand_between(day: str) -> None:
    found = parse_anchor(f"1234 {day} A1B2 C3D4 E5F6 0718")
    assert (found.seq, found.day, found.head) == (1234, date(2026, 5, 31), READ.head)
    assert found.text == "1234 31-05-2026 A1B2 C3D4 E5F6 0718"


def test_all_of_the_hash_may_be_given() -> None:
    assert parse_anchor(f"7 {HEAD}").head == HEAD


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1234",
        "A1B2 C3D4 E5F6 0718",
        "1234 A1B2 C3D4 E5F6",
        "1234 A1B2 C3D4 E5F6 0718 9",
        "1234 S1B2 C3D4 E5F6 0718",  # S may be a 5, and may be not
        "1234 31-02-2026 A1B2 C3D4 E5F6 0718",
        "-1 A1B2 C3D4 E5F6 0718",
        "1234 A1B2 C3D4 E5F6 071\uff18",
        "\u0661\u0662 A1B2 C3D4 E5F6 0718",
        "1" * 40 + " A1B2 C3D4 E5F6 0718",
        "x" * 5000,
    ],
)
def test_nothing_else_is_read(typed: str) -> None:
    with pytest.raises(InputError, match="tidak terbaca"):
        parse_anchor(typed)


@given(
    st.integers(1, 10**11),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)
def test_what_is_printed_is_read_back(seq: int, head: str, day: date | None) -> None:
    assert parse_anchor(anchor_text(seq, head, day)) == Anchor(seq, head[:16], day)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(typed: str) -> None:
    with suppress(InputError):  # and nothing else is raised
        assert parse_anchor(typed).seq >= 0
