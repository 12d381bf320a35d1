"""P1: whoever is killed at the counter has lost nothing that was told."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.reliability import kills
from benchmarks.reliability.places import make_template, place_at
from benchmarks.reliability.proving import faults

ROUNDS = 30  # two kills each; the bench does a thousand


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice place with its staff and nothing else."""
    return make_template(tmp_path_factory.mktemp("template") / "data")


def test_two_writers_killed_at_any_moment_lose_nothing_that_was_told(
    template: Path, tmp_path: Path
) -> None:
    found = kills.run(template, tmp_path / "data", ROUNDS)
    assert found.bad == []
    assert found.kills == 2 * ROUNDS
    assert found.acts > 2 * found.kills  # they were killed at work, not before it
    assert found.letters > 0


def test_a_row_that_no_program_wrote_is_told_as_a_fault(template: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(template, root)
    told = [{"of": "draft", "op": "1" * 32}]
    with closing(sqlite3.connect(place_at(root).current_database)) as file, file:
        file.execute("INSERT INTO operation VALUES (?, '2026-05-12T00:00:00', 1, '{')", ("1" * 32,))
    assert "JSONDecodeError" in faults(root, told)[0]
