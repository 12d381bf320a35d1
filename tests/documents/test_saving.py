"""Papers written where the user wants them: whole, or not at all and with a way out."""

from pathlib import Path

import pytest

from kecamatan_desk.documents.report_sheet import write_report
from kecamatan_desk.documents.saving import write_paper, written_to
from kecamatan_desk.domain.errors import MachineError
from tests.documents.report_samples import report, values

FULL = Path("/dev/full")  # Linux: a device on which every write says that the disk is full
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full here")


def full_disk(target: Path) -> None:
    """Let what is written for a target meet a full disk."""
    target.with_name(target.name + ".half").symlink_to(FULL)


def test_a_paper_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "surat.pdf"
    write_paper(target, b"one")
    write_paper(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


@needs_full
def test_what_stood_there_stays_when_the_disk_is_full(tmp_path: Path) -> None:
    target = tmp_path / "surat.pdf"
    write_paper(target, b"one")
    full_disk(target)
    with pytest.raises(MachineError, match="ruang cakram"):
        write_paper(target, b"two" * 100_000)
    assert target.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [target]


@needs_full
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # zipfile's own end
def test_a_workbook_that_meets_a_full_disk_is_refused_like_a_paper(tmp_path: Path) -> None:
    target = tmp_path / "laporan.xlsx"
    full_disk(target)
    with pytest.raises(MachineError, match="ruang cakram"), written_to(target):
        write_report(target, values(report()))
    assert list(tmp_path.iterdir()) == []
