"""Long work on the second worker: how far it is, and the key that stops it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from kecamatan_desk.domain.indonesian import grouped
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.parts import Button, label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3


class WorkBar(QFrame):
    """A bar, a figure and *Hentikan*; seen only while there is work."""

    def __init__(self, name: str, *, percent: bool = False) -> None:
        """*name* is spoken: what the bar tells about. ``percent``: of lines otherwise."""
        super().__init__()
        self._percent = percent
        self._progress: Progress | None = None
        self._before = self._total = 0
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.done = label("", "caption", "muted")
        self.stop_button = Button("Hentikan", "Esc", "plain", "x", name="stop-work")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S3))
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.done)
        layout.addWidget(self.stop_button)
        self.stop_button.clicked.connect(self.stop)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether there is work."""
        return self._progress is not None

    @property
    def stopping(self) -> bool:
        """Whether somebody has asked to stop the work that runs; it may be too late for that."""
        return self._progress is not None and self._progress.stopped

    def begin(self, total: int, before: int = 0) -> Progress:
        """Show that work begins; what it tells counts from *before* on. Give what it tells it to.

        The work is stopped when this part goes (another user signs in) or the program ends.
        """
        progress = self._progress = Progress()
        progress.advanced.connect(self._advance)
        self.destroyed.connect(progress.stop)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(progress.stop)
        self._before, self._total = before, total
        self.bar.setRange(0, max(total, 1))
        self._advance(before)
        self.show()
        return progress

    def end(self) -> None:
        """The work is done, stopped or refused."""
        self._progress = None
        self.hide()

    @Slot()
    def stop(self) -> None:
        """Stop the work; nothing half-done stays."""
        if self._progress is not None:
            self._progress.stop()
            self.done.setText("menghentikan …")

    @Slot(int)
    def _advance(self, done: int) -> None:
        now = max(min(done - self._before, self._total), 0)
        self.bar.setValue(now)
        if self.stopping:
            return  # what was on its way must not wipe out that it is being stopped
        lines = f"{grouped(now)} dari {grouped(self._total)} baris"
        self.done.setText(f"{now} %" if self._percent else lines)
