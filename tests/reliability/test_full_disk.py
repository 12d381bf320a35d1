"""P5: on a full disk nothing is lost, nothing changes, and the office is told in its own words."""

import sys
from pathlib import Path

import pytest

from benchmarks.reliability import full_disk
from benchmarks.reliability.places import fresh, make_template

FAILURES = 30  # the bench: 400
WHY_NOT = full_disk.why_no_small_disk()
needs_small_disk = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "can be mounted here")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice place with its staff and nothing else."""
    return make_template(tmp_path_factory.mktemp("template") / "data")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_where_files_cannot_grow_every_act_is_refused_whole(template: Path, tmp_path: Path) -> None:
    fresh(template, tmp_path / "data")
    found = full_disk.files_cannot_grow(tmp_path / "data", FAILURES)
    assert found.bad == []
    assert found.failed == FAILURES


@needs_small_disk
def test_on_a_full_disk_every_act_is_refused_whole(template: Path, tmp_path: Path) -> None:
    found = full_disk.disk_is_full(template, tmp_path / "disk", FAILURES)
    assert found.bad == []
    assert found.failed == FAILURES


@needs_small_disk
def test_a_letter_that_finds_no_room_is_drawn_at_the_next_opening(
    template: Path, tmp_path: Path
) -> None:
    found = full_disk.papers_do_not_fit(template, tmp_path, 3)
    assert found.bad == []
    assert found.failed == 3
