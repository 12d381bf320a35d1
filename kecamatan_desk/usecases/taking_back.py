"""Taking back what a restore has begun, when it is refused or stopped before CURRENT has moved."""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import folders_of

_log = logging.getLogger(__name__)


@dataclass
class Begun:
    """What a restore has put into a place so far. ``kept``: the finished generation's name."""

    stage: Path
    folders: list[Path] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)
    kept: str = ""


@contextmanager
def taken_back(place: Place, stage: Path) -> Iterator[Begun]:
    """Give what to note the work in; whatever ends it early, only what was here before is left.

    A disk that fails behind the flip fails too late: the restored data are current then, so
    nothing is taken back and nothing is raised.
    """
    begun = Begun(stage, [folder for folder in folders_of(place) if not folder.exists()])
    try:
        yield begun
    except BaseException as error:
        if _is_current(place, begun.kept):
            if not isinstance(error, OSError):
                raise
            _log.warning("restored; the disk has not confirmed it: %s", error.strerror)
            return
        for folder in (begun.stage, *begun.folders):
            shutil.rmtree(folder, ignore_errors=True)
        if begun.kept:
            shutil.rmtree(place.root / begun.kept, ignore_errors=True)
        for paper in begun.papers:
            paper.unlink(missing_ok=True)
        raise


def _is_current(place: Place, generation: str) -> bool:
    if not generation or not place.exists:
        return False
    return place.pointer.read_text(encoding="ascii", errors="replace").strip() == generation
