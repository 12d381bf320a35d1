"""Words of time and masks on screen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kecamatan_desk.ui.format import (
    chip_of,
    moment_text,
    row_chip,
    running,
    span,
    ticked,
    top_time,
)
from kecamatan_desk.usecases.values import StepClock
from kecamatan_desk.workflows.engine import Status
from tests.ui.test_work_list import FIRST

CLOCK = StepClock("ok", 2.2, 2.2, 5, running=True)


@pytest.mark.parametrize(
    ("clock", "words", "state"),
    [
        (CLOCK, "sisa 3 mnt", "ok"),
        (replace(CLOCK, state="warn", minutes=6.4), "lewat 2 mnt", "warn"),
        (replace(CLOCK, state="late", minutes=13), "terlambat 8 mnt", "late"),
        (replace(CLOCK, state="late", minutes=5 + 180), "terlambat 3 jam", "late"),
        (replace(CLOCK, state="rest", pause="Gangguan jaringan"), "jeda: jaringan", "rest"),
        (replace(CLOCK, state="rest", pause="Menunggu pemohon"), "jeda: pemohon", "rest"),
        (replace(CLOCK, norm=0, state="rest"), "3 mnt", "rest"),
    ],
)
def test_time_left_has_a_word_and_a_number(clock: StepClock, words: str, state: str) -> None:
    assert chip_of(clock)[:2] == (state, words)


def test_a_running_clock_goes_on_and_changes_its_state() -> None:
    assert ticked(CLOCK, 60).minutes == pytest.approx(3.2)
    assert ticked(CLOCK, 60 * 3).state == "warn"
    assert ticked(CLOCK, 60 * 9).state == "late"


def test_a_resting_clock_stands_still() -> None:
    paused = replace(CLOCK, state="rest", pause="Istirahat")
    closed = replace(CLOCK, running=False)

    assert ticked(paused, 600) is paused
    assert ticked(closed, 600) is closed


@pytest.mark.parametrize(
    ("minutes", "words"), [(0.2, "1 mnt"), (119, "119 mnt"), (150, "2 jam"), (960, "2 hari")]
)
def test_long_spans_are_told_in_hours_and_days_of_work(minutes: float, words: str) -> None:
    assert span(minutes) == words


def test_the_running_clock_shows_minutes_and_seconds() -> None:
    assert running(2 + 14 / 60) == "2\N{PRIME}14\N{DOUBLE PRIME}"
    assert running(74.5) == "74\N{PRIME}"


def test_moments_are_told_in_the_time_of_the_office() -> None:
    zone, at = ZoneInfo("Asia/Makassar"), datetime(2026, 5, 12, 2, 5, tzinfo=UTC)

    assert moment_text(at, zone, date(2026, 5, 12)) == "10.05"
    assert moment_text(at, zone, date(2026, 5, 13)) == "12-05-2026 10.05"


def test_the_top_bar_names_the_day() -> None:
    assert top_time(datetime(2026, 5, 12, 9, 41)) == "Selasa, 12 Mei 2026   09.41"


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [(12, "ok", "sisa 12 hari"), (3, "warn", "sisa 3 hari"), (-1, "late", "lewat tenggat")],
)
def test_a_returned_file_shows_the_days_its_applicant_has_left(
    days: int, state: str, words: str
) -> None:
    returned = replace(FIRST, status=Status.FAILED, days_left=days)

    assert row_chip(returned, returned.clock)[:2] == (state, words)
