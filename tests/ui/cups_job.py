"""Prints one PDF as the window would: `python -m tests.ui.cups_job PRINTER FILE TITLE`.

A process of its own, because libcups asks only once which server is meant.
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import Messages


class _Heard:
    """Ends the program with what the message bar would say."""

    def __init__(self, messages: Messages) -> None:
        self.text, self.good = "nothing was said", False
        messages.said.connect(self._say)
        messages.complained.connect(self._complain)

    def _say(self, text: str, _way_out: object) -> None:
        self.text, self.good = text, True
        QApplication.quit()

    def _complain(self, text: str, _way_out: object) -> None:
        self.text = text
        QApplication.quit()


def main(printer: str, file: str, title: str) -> int:
    """Print and tell; 0 when the system has taken the paper."""
    app = QApplication([])
    parent, messages, background = QWidget(), Messages(), Background()
    heard = _Heard(messages)
    with tempfile.TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "window.json")
        preferences.set_printer("uji", printer)  # known: nothing is asked
        printing = Printing(background, preferences, messages)
        printing.print_pdf(parent, Path(file).read_bytes(), "uji", title)
        QTimer.singleShot(60_000, app.quit)
        app.exec()
        background.close()
    sys.stdout.write(heard.text)
    return 0 if heard.good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
