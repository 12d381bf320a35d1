"""The program as users get it: installed from its wheel, and frozen into a folder.

The frozen program is tried where it was built (`python3 tasks.py bundle` does both), or where
KECAMATAN_DESK_BUNDLE names its folder; elsewhere its tests are skipped.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = "KECAMATAN_DESK_BUNDLE"
_SUFFIX = ".exe" if os.name == "nt" else ""
#: What would lead a program from its own files to those of the checkout, or to a real office.
_LEAKS = ("PYTHONPATH", "PYTHONHOME", "KECAMATAN_DESK_DATA", "XDG_DATA_HOME", "APPDATA")


@dataclass(frozen=True)
class Program:
    """A program in a place of its own, far from the checkout."""

    file: Path
    home: Path
    library: str = ""  # where Python looks before the environment's own packages

    def __call__(self, *words: str | Path, status: int = 0) -> str:
        """Run it with some words and give what it wrote; it must end with ``status``."""
        environment = {name: value for name, value in os.environ.items() if name not in _LEAKS}
        environment |= {"HOME": str(self.home), "QT_QPA_PLATFORM": "offscreen"}
        if self.library:
            environment["PYTHONPATH"] = self.library
        done = subprocess.run(
            [str(self.file), *map(str, words)],
            cwd=self.home,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which only the wheel was installed."""
    folder = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-index", "--target", folder, wheel)
    return folder


def _pip(command: str, *words: str | Path) -> None:
    pip = [sys.executable, "-m", "pip", command, "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--no-deps", *map(str, words)], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session", params=["wheel", "bundle"])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program, once from the wheel and once frozen."""
    home = tmp_path_factory.mktemp("home")
    if request.param == "bundle":
        return Program(_frozen(), home)
    folder: Path = request.getfixturevalue("installed")
    return Program(folder / "bin" / f"kecamatan-desk{_SUFFIX}", home, str(folder))


def _frozen() -> Path:
    named = os.environ.get(BUNDLE)
    if named:
        return Path(named).resolve() / f"kecamatan-desk{_SUFFIX}"
    file = ROOT / "dist" / "kecamatan-desk" / f"kecamatan-desk{_SUFFIX}"
    if not file.exists():
        pytest.skip("no bundle: `python3 tasks.py bundle` makes one and tries it")
    newest = max(path.stat().st_mtime for path in (ROOT / "kecamatan_desk").rglob("*.py"))
    if file.stat().st_mtime < newest:
        pytest.skip("the bundle is older than the sources: `python3 tasks.py bundle` renews it")
    return file
