"""Start-up: the whole process of the program against that of a bare window with SQLAlchemy.

The program opens a practice office, signs somebody in, shows the first work list and ends; the
bare one shows an empty window, imports sqlalchemy.orm and ends. Both take turns, with compiled
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
    """Give the ratio of the medians."""
    with tempfile.TemporaryDirectory() as folder:
        start = _Starter(Path(folder))
        start.program("practice", "--requests", "40", "--seed", "1")
        interleaved(1, start.window, start.bare)  # compiles the bytecode
        program, bare = map(median_ms, interleaved(rounds, start.window, start.bare))
    detail = f"program {program:.0f} ms, bare {bare:.0f} ms; median of {rounds} each"
    return [Result("start-up: program / bare", program / bare, "x", AIM, detail=detail)]


class _Starter:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            **os.environ,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        }

    def program(self, *words: str) -> None:
        """Run the program in its practice office."""
        self._run("-m", "kecamatan_desk", "--data", str(self._folder / "practice"), *words)

    def window(self) -> None:
        """Start the program and end it once it is of use."""
        self.program("--exit-when-ready")

    def bare(self) -> None:
        """Start the bare window."""
        self._run("-c", _BARE)

    def _run(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, *words],
            env=self._environment,
            cwd=self._folder,
            check=True,
            capture_output=True,
        )
