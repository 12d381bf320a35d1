"""Start-up: the whole process of the program against that of a bare window with SQLAlchemy.

The program opens a practice office, signs Pelayanan in, shows the first work list and ends. The
bare one shows an empty window, imports sqlalchemy.orm and ends. They take turns, with compiled
bytecode at hand as every later start has it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Result, interleaved, median_ms

AIM = 1.6
_BARE = """
import sys
import sqlalchemy.orm
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.show()
app.processEvents()
window.close()
app.quit()
"""


def measure(rounds: int = 11) -> list[Result]:
    """Give the ratios of the medians."""
    with tempfile.TemporaryDirectory() as folder:
        start = _Starter(Path(folder))
        start.run_program("practice", "practice", "--requests", "40", "--seed", "1")
        jobs = (start.to_work_list, start.bare)
        interleaved(1, *jobs)  # compiles the bytecode
        work_list, bare = map(median_ms, interleaved(rounds, *jobs))
    return [_result("work list of a practice office", work_list, bare)]


def _result(name: str, program: float, bare: float) -> Result:
    detail = f"program {program:.0f} ms, bare {bare:.0f} ms"
    return Result(f"start to the {name} / bare", program / bare, "x", AIM, detail=detail)


class _Starter:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            **os.environ,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        }

    def run_program(self, place: str, *words: str) -> None:
        """Run the program with the data of a place."""
        self._run("-m", "kecamatan_desk", "--data", str(self._folder / place), *words)

    def to_work_list(self) -> None:
        """Start the program where somebody is signed in at once."""
        self.run_program("practice", "--exit-when-ready")

    def bare(self) -> None:
        """Start the bare window."""
        self._run("-c", _BARE)

    def _run(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, *words],
            env=self._environment,
            cwd=self._folder,
            capture_output=True,
            encoding="utf-8",
        )
        if done.returncode:
            raise RuntimeError(f"{words} ended with {done.returncode}: {done.stderr}")
