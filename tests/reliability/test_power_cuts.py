"""P2: whatever disk a power cut leaves, the program opens it and nothing that was told is lost.

The recordings with a guard taken away must turn bad: they prove the simulation alive.
"""

from pathlib import Path

import pytest

from benchmarks.reliability import power_cut
from benchmarks.reliability.tracing import why_not_here

WHY_NOT = why_not_here()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "can be recorded here")


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> power_cut.Templates:
    """A place to practise in and an office, with their staff and nothing else."""
    return power_cut.templates(tmp_path_factory.mktemp("bases"))


def test_a_letter_survives_a_power_cut_at_any_moment(
    bases: power_cut.Templates, tmp_path: Path
) -> None:
    outcome = power_cut.run("letter", tmp_path, bases, by_lot=5)
    assert outcome.bad == []
    assert outcome.states >= 1000
    assert (outcome.acks, outcome.syncs > 20) == (7, True)  # six acts and the letter itself


def test_in_an_office_too_with_its_lock_its_log_and_its_numbers_noted_outside(
    bases: power_cut.Templates, tmp_path: Path
) -> None:
    outcome = power_cut.run("office letter", tmp_path, bases, by_lot=1, often=0.0)
    assert outcome.bad == []
    assert outcome.states >= 50


def test_an_office_that_was_being_made_is_there_or_is_made_anew(
    bases: power_cut.Templates, tmp_path: Path
) -> None:
    outcome = power_cut.run("creation", tmp_path, bases, by_lot=1, often=0.1, processes=1)
    assert outcome.bad == []
    assert outcome.states >= 50


def test_a_letter_whose_folder_a_kill_left_unsynced_survives_the_cut_after_it(
    bases: power_cut.Templates, tmp_path: Path
) -> None:
    outcome = power_cut.run("resumed", tmp_path, bases, by_lot=1, often=0.0, processes=1)
    assert outcome.bad == []
    assert outcome.acks == 1


@pytest.mark.parametrize("name", ["scan", "backup", "restore", "upgrade"])
def test_what_keeps_and_moves_data_survives_a_power_cut(
    name: str, bases: power_cut.Templates, tmp_path: Path
) -> None:
    outcome = power_cut.run(name, tmp_path, bases, by_lot=1, often=0.0, processes=1)
    assert outcome.bad == []
    assert outcome.states >= 30
    assert outcome.acks == 1


@pytest.mark.parametrize("name", ["scan", "backup"])  # the bench: all four
def test_it_is_lost_where_files_are_not_synced(
    name: str, bases: power_cut.Templates, tmp_path: Path
) -> None:
    outcome = power_cut.turns_bad(name, "files-unsynced", tmp_path, bases, by_lot=1, often=0.05)
    assert outcome.bad, f"{outcome.judged} disks, and none of them bad"


@pytest.mark.parametrize("without", power_cut.CASES["letter"].without)
def test_without_its_guards_the_same_letter_is_lost(
    without: str, bases: power_cut.Templates, tmp_path: Path
) -> None:
    # only where something was synced or told: that is where the difference shows
    outcome = power_cut.turns_bad("letter", without, tmp_path, bases, often=0.0)
    assert outcome.bad, f"{outcome.judged} disks without {without}, and none of them bad"
