"""Sticks for the screens of backups: folders that stand in for removable drives."""

from pathlib import Path

import pytest

from kecamatan_desk.persistence.drives import Drive
from kecamatan_desk.usecases import backup_media


class Sticks:
    """What is plugged in now: a folder each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.plugged: list[Path] = []

    def plug(self, name: str = "FLASHDISK") -> Path:
        """Plug a stick in; the same name is the same stick."""
        path = self._folder / name
        path.mkdir(parents=True, exist_ok=True)
        if path not in self.plugged:
            (path / "foto.jpg").write_bytes(b"\xff\xd8\xff")  # of its owner
            self.plugged.append(path)
        return path

    def pull(self) -> None:
        """Pull all of them."""
        self.plugged.clear()

    def __call__(self) -> tuple[Drive, ...]:
        return tuple(Drive(p, p.name, 8_000_000_000, 16_000_000_000) for p in self.plugged)


@pytest.fixture
def sticks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sticks:
    """No drive at first; `sticks.plug()` puts one in."""
    made = Sticks(tmp_path / "media")
    monkeypatch.setattr(backup_media, "drives", made)
    return made
