"""P3, P4: numbers without a gap from many hands at once; what is sent twice is done once."""

import sys
from pathlib import Path

import pytest

from benchmarks.reliability import numbering, retries
from benchmarks.reliability.places import fresh, make_template


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice place with its staff and nothing else."""
    return make_template(tmp_path_factory.mktemp("template") / "data")


def test_processes_that_give_up_and_are_killed_leave_no_gap(template: Path, tmp_path: Path) -> None:
    found = numbering.run(template, tmp_path / "data", processes=4, letters=12, killed=3)
    assert found.bad == []
    assert (found.twice, found.kills) == (0, 3)
    assert found.numbers >= 4 * 12 * 3  # file code, queue, agenda


def test_a_registration_sent_from_everywhere_is_one_letter(template: Path, tmp_path: Path) -> None:
    fresh(template, tmp_path / "data")
    found = retries.sent_at_once(tmp_path / "data", 400, processes=2, threads=3)
    assert found.bad == []
    assert found.sent == 400  # the bench: 1,000


@pytest.mark.skipif(sys.platform == "win32", reason="sends itself SIGKILL")
def test_whoever_died_before_the_answer_gets_it_the_second_time(
    template: Path, tmp_path: Path
) -> None:
    fresh(template, tmp_path / "data")
    found = retries.killed_before_the_answer(tmp_path / "data", 12)
    assert found.bad == []
    assert found.kills == 12
