"""The page on which a backup is brought back: choose it, see what it holds, restore it.

Three clicks on a bare PC: *Pulihkan dari cadangan* (on the page before), *Lihat isinya* with the
newest backup chosen and the recovery key typed or scanned, *Pulihkan*. F12 does both of the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.pages import lay_front_page
from kecamatan_desk.ui.parts import Button, action_bar, label, restyle
from kecamatan_desk.ui.restore_choice import ChoicePart
from kecamatan_desk.ui.restore_plan_part import PlanPart
from kecamatan_desk.ui.screens.work_bar import WorkBar
from kecamatan_desk.usecases.backup_media import FoundSet
from kecamatan_desk.usecases.restore_values import RestorePlan


def ask_folder(parent: QWidget) -> Path | None:
    """Ask where backups lie. Tests replace this function."""
    chosen = QFileDialog.getExistingDirectory(parent, "Folder cadangan")
    return Path(chosen) if chosen else None


class RestorePage(QFrame):
    """First the backups that were found, then what the chosen one would bring back.

    Signals:
        plan_asked: Look into this backup (path), with this key as typed, telling this progress.
        restore_asked: Restore it (a `RestoreOrder`), telling this progress.
        look_asked: Search again, in this folder too (a path or None).
        left: Back to the door; nothing is restored.
    """

    plan_asked = Signal(object, str, object)
    restore_asked = Signal(object, object)
    look_asked = Signal(object)
    left = Signal()

    def __init__(self, zone: tzinfo | None, *, leaves_data: bool) -> None:
        """``leaves_data``: data lie here now, and are kept beside what is restored."""
        super().__init__()
        self._plan: RestorePlan | None = None
        self._asks_folder = False
        self.title = label("Pulihkan dari cadangan", "title")
        kept = "Data yang sekarang tetap disimpan di sampingnya." if leaves_data else ""
        self.subtitle = label(f"Tidak ada yang berubah sebelum langkah terakhir. {kept}".strip())
        restyle(self.subtitle, ink="muted")
        self.problem = label("", "bodyb", "late", wrap=True)
        self.problem.setObjectName("restore-problem")
        self.work = WorkBar("Pemulihan", percent=True)
        self.back_button = Button("Kembali", "Esc", "plain", "arrow-left", name="restore-back")
        self.look_button = Button("Cari lagi", "F5", "plain", "refresh-cw", name="look-again")
        self.folder_button = Button("Pilih folder …", "", "plain", "folder-open", name="folder")
        self.go_button = Button("Lihat isinya", "F12", "primary", "arrow-right", name="restore-go")
        self.choice, self.what = ChoicePart(zone), PlanPart()
        self.what.hide()
        lay_front_page(
            self,
            "history",
            self.title,
            self.subtitle,
            (self.choice, 1),
            (self.what, 1),
            self.problem,
            deeds=action_bar(
                self.back_button,
                self.look_button,
                self.folder_button,
                None,
                (self.work, 1),
                self.go_button,
            ),
        )
        self._connect()

    def _connect(self) -> None:
        # no shortcuts of the buttons: these click 100 ms later, and an Esc that was meant for the
        # work would by then take back what the work has just shown, without a word
        for key, deed in (("Esc", self.go_back), ("F5", self.look_again), ("F12", self.go)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)  # a key held down is one wish
            shortcut.activated.connect(deed)
        self.back_button.clicked.connect(self.go_back)
        self.look_button.clicked.connect(self.look_again)
        self.folder_button.clicked.connect(self.choose_folder)
        self.go_button.clicked.connect(self.go)
        self.choice.key_entered.connect(self.go)
        self.choice.chosen_changed.connect(self._clear_problem)

    # What the session shows

    def show_sets(self, found: Sequence[FoundSet]) -> None:
        """Show what was found; the newest is chosen. The same again changes nothing."""
        before, told = self.chosen, self.problem.text()
        if not self.choice.show_sets(found):
            return
        self.problem.clear()
        self._show_deeds()
        if before is not None and self.chosen is not None and self.chosen.path == before.path:
            self.problem.setText(told)  # a drive that came or went takes back nothing that was said
        if self.isVisible() and self.choosing:
            self.focus_first()

    def focus_first(self) -> None:
        """Go where something is to be typed, else to the list."""
        if not self.choice.focus_first():
            self.look_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plan(self, plan: RestorePlan, *, asks_password: bool) -> None:
        """Show what a backup holds, what would be missing, and ask for what nobody knows."""
        self.work.end()
        self._plan = plan
        self.title.setText(f"Pulihkan Kecamatan {plan.office_name}".strip())
        self.what.show_plan(plan, asks_password=asks_password)
        self.problem.clear()
        self.choice.hide()
        self.what.show()
        self.go_button.set_words("Pulihkan", "history")
        self._show_deeds()
        if not self.what.focus_first():
            self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: DeskError | None, *, planned: bool) -> None:
        """Show why it is not done, at its field where it has one; None: somebody stopped it."""
        self.work.end()
        if not planned:
            self._to_choosing()
        self._show_deeds()
        if error is None:
            self.problem.setText("Dihentikan. Tidak ada yang berubah.")
            return
        message, field = str(error), error.field or ""
        shown = planned and self.what.show_error(field, message)
        self.problem.setText("" if shown else message)
        if field == "recovery-key" and not planned:
            self.choice.mark_key()

    def say(self, message: str) -> None:
        """Show a sentence below: why nothing can be listed."""
        self.problem.setText(message)
        self.choice.none.hide()
        self._show_deeds()

    @property
    def choosing(self) -> bool:
        """Whether the list is shown and nothing is under way."""
        return self._plan is None and not self.work.running

    @property
    def busy(self) -> bool:
        """Whether the page must stay: something is under way, or a folder is being chosen."""
        return self.work.running or self._asks_folder

    @property
    def chosen(self) -> FoundSet | None:
        """The backup that is chosen."""
        return self.choice.chosen

    # What the user does

    @Slot()
    def _clear_problem(self) -> None:
        self.problem.clear()

    def _show_deeds(self) -> None:
        busy, choosing = self.work.running, self._plan is None
        for button in (self.look_button, self.folder_button):
            button.setVisible(choosing and not busy)
        self.go_button.setVisible(not busy)
        self.go_button.setEnabled(not choosing or self.chosen is not None)

    def _to_choosing(self) -> None:
        self._plan = None
        self.what.hide()
        self.choice.show()
        self.title.setText("Pulihkan dari cadangan")
        self.go_button.set_words("Lihat isinya", "arrow-right")
        self._show_deeds()

    @Slot()
    def go(self) -> None:
        """F12: look into the chosen backup; then restore it."""
        if self.work.running:
            return
        if self._plan is not None:
            self._restore()
            return
        chosen = self.chosen
        if chosen is None:
            return
        if self.choice.lacks_key:
            self.problem.setText("Cadangan ini disandikan: ketik atau pindai kunci pemulihannya.")
            self.choice.mark_key()
            return
        self.problem.clear()
        self.choice.calm_key()
        progress = self._begin()
        self.plan_asked.emit(chosen.path, self.choice.typed, progress)

    def _restore(self) -> None:
        order = self.what.order()
        if order is not None:
            self.problem.clear()
            self.restore_asked.emit(order, self._begin())

    def _begin(self) -> Progress:
        progress = self.work.begin(100)
        self._show_deeds()
        return progress

    @Slot()
    def look_again(self) -> None:
        """F5: search the drives again."""
        if not self.work.running and self._plan is None:
            self.look_asked.emit(None)

    @Slot()
    def choose_folder(self) -> None:
        """Look into a folder that is on no removable drive."""
        self._asks_folder = True
        folder = ask_folder(self)
        self._asks_folder = False
        if folder is not None:
            self.look_asked.emit(folder)

    @Slot()
    def go_back(self) -> None:
        """Esc: stop the work, else back to the list, else leave."""
        if self.work.running:
            self.work.stop()
        elif self._plan is not None:
            self.problem.clear()
            self._to_choosing()
            self.focus_first()
        else:
            self.forget()
            self.left.emit()

    def forget(self) -> None:
        """Forget what was typed."""
        self.choice.key.clear()
        self.what.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.choice.table.hasFocus():
            self.go()
        else:
            super().keyPressEvent(event)
