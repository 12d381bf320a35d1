"""PySide6 returns None without losing a reference of it.

PySide6 6.12.0 drops one reference of None in every call that returns it; on Python 3.11, where
None is counted, the process aborts after a few thousand calls ("deallocating None").
"""

import os
import subprocess
import sys

MANY_CALLS = """
import sys
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication([])
label = QLabel()
before = sys.getrefcount(None)
for _ in range(100_000):
    label.setText("x")
print(sys.getrefcount(None) - before)
"""


def test_a_hundred_thousand_calls_lose_no_reference_of_none() -> None:
    result = subprocess.run(
        [sys.executable, "-c", MANY_CALLS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert abs(int(result.stdout)) < 1_000
