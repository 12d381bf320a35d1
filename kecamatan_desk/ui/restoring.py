"""Leads through a restore: the page, the worker that does it, and the way back to the door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import is_indonesian, moment_there
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.background import Background, Progress
from kecamatan_desk.ui.restore_page import RestorePage
from kecamatan_desk.usecases.backup_media import FoundSet
from kecamatan_desk.usecases.restore_run import Holder, RestoreOrder, RestoreRun, restored_words
from kecamatan_desk.usecases.restore_values import Restored, RestorePlan, Restorer

_LOOK = 4_000  # ms between two looks for a drive that was plugged in


class Restoring(QObject):
    """One restore at a time; the place is held until it has ended.

    Signals:
        left: Nothing was restored; the data are to be opened again.
        left_unused: The same, since nobody has used the page; the sentence for the door.
        restored: Another generation is current; the sentence for the door.
    """

    left = Signal()
    left_unused = Signal(str)
    restored = Signal(str)

    def __init__(
        self, window: QStackedWidget, door: Background, holder: Holder, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._door, self._holder = window, door, holder
        self.page: RestorePage | None = None
        self._run: RestoreRun | None = None
        self._zone: tzinfo | None = None
        self._made_at, self._kept = "", False
        self._looking = False
        self._folder: Path | None = None  # named by the user: searched again every time
        self._searched: Path | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._look_by_itself)

    @property
    def active(self) -> bool:
        """Whether the page is there."""
        return self.page is not None

    def begin(
        self,
        place: Place,
        close: Callable[[], object] | None,
        by: Restorer | None,
        zone: tzinfo | None = None,
        *,
        leaves_data: bool,
    ) -> None:
        """Show the page; ``close`` lets go of the data that are open. ``by``: who may already."""
        self._zone = zone or _zone_here()
        self._run = RestoreRun(place, self._holder, by)
        self._folder = self._searched = None
        self.page = RestorePage(self._zone, leaves_data=leaves_data)
        self.page.plan_asked.connect(self._plan)
        self.page.restore_asked.connect(self._restore)
        self.page.look_asked.connect(self._look)
        self.page.left.connect(self._leave)
        self._window.addWidget(self.page)
        self._window.setCurrentWidget(self.page)
        self.page.focus_first()
        self._looking = True
        self._door.run(self._show_sets, self._run.begin, close)

    def stop(self) -> None:
        """The program ends: what is under way stops, and the place is let go."""
        self._timer.stop()
        if self.page is not None:
            self.page.work.stop()
        if self._run is not None:
            self._door.run(self._note_end, self._run.end)

    # Looking

    @Slot(object)
    def _look(self, folder: Path | None) -> None:
        self._folder = folder or self._folder
        if self._run is not None and not self._looking:
            self._looking, self._searched = True, self._folder
            self._door.run(self._show_sets, self._run.look, self._folder)

    @Slot()
    def _look_by_itself(self) -> None:
        if self.page is not None and self.page.choosing:
            self._look(None)

    def _show_sets(self, found: Sequence[FoundSet] | DeskError) -> None:
        self._looking = False
        if self.page is None:
            return
        if isinstance(found, DeskError):
            self.page.say(str(found))
            return
        self.page.show_sets(found)
        self._timer.start()
        if self._searched != self._folder:  # named while the drives were being searched
            self._look(None)

    # Planning and doing

    @Slot(object, str, object)
    def _plan(self, path: Path, typed: str, progress: Progress) -> None:
        if self._run is not None:
            self._door.run(self._show_planned, self._run.plan, path, typed, progress)

    def _show_planned(self, plan: RestorePlan | DeskError | None) -> None:
        if self.page is None or self._run is None:
            return
        if not isinstance(plan, RestorePlan):
            self.page.show_refusal(plan, planned=False)
            return
        if self.page.work.stopping:  # Esc came when nothing asked for it any more
            self._door.run(self._show_forgotten, self._run.forget)
            return
        self._made_at = moment_there(plan.made_at, plan.zone)
        self._kept = plan.history != "kosong"
        self.page.show_plan(plan, asks_password=self._run.asks_password())

    def _show_forgotten(self, _nothing: None) -> None:
        if self.page is not None:
            self.page.show_refusal(None, planned=False)

    @Slot(object, object)
    def _restore(self, order: RestoreOrder, progress: Progress) -> None:
        if self._run is not None:
            self._door.run(self._show_restored, self._run.carry_out, order, progress)

    def _show_restored(self, done: Restored | DeskError | None) -> None:
        if self.page is None or self._run is None:
            return
        if not isinstance(done, Restored):
            self.page.show_refusal(done, planned=self._run.planned)
            return
        late = self.page.work.stopping
        words = restored_words(done, self._made_at, kept=self._kept, late=late)
        self._end()
        self.restored.emit(words)

    # Ending

    @Slot()
    def _leave(self) -> None:
        self._end()
        self.left.emit()

    def leave_unused(self, minutes: int) -> bool:
        """Leave a page that nobody has used for so long; False while something is under way.

        Who sits down there would restore in the name of another, and the office stays shut.
        """
        if self.page is None or self.page.busy:
            return False
        self._end()
        self.left_unused.emit(
            f"{minutes} menit tidak dipakai: pemulihan ditutup dan tidak ada yang berubah. "
            "Masuklah lagi sebagai Administrator bila data tetap akan dipulihkan."
        )
        return True

    def _end(self) -> None:
        self._timer.stop()
        if self._run is not None:
            self._door.run(self._note_end, self._run.end)
        if self.page is not None:
            self.page.forget()
            self._window.removeWidget(self.page)
            self.page.deleteLater()
        self._run = self.page = None

    def _note_end(self, _nothing: None) -> None:
        """The place is let go; what comes next on the worker finds it so."""


def _zone_here() -> tzinfo | None:
    """Give this PC's zone; WIB on a PC that is set to none of Indonesia's, as plans have it."""
    here = datetime.now().astimezone()
    return here.tzinfo if is_indonesian(here) else ZoneInfo("Asia/Jakarta")
