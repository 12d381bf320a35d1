"""The two parts of a request being taken in: its fields, and the scans of what was brought.

The clerk scans while the citizen stands there. A scan belongs to a file, so there must be a file
code first; until then the page says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from kecamatan_desk.ui.pages import TabStrip
from kecamatan_desk.ui.parts import label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.attachments_page import AttachmentsPage
from kecamatan_desk.ui.screens.intake_form import IntakeForm
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S4

FIELDS, SCANS = range(2)
_NO_CODE = (
    "Lampiran disimpan pada berkas, dan permohonan ini belum mendapat kode berkas. Kode diberikan "
    "begitu NIK atau nama diketik dan tersimpan; sesudah itu pindaian dapat ditambahkan di sini."
)

#: Code and name of the papers a scan may show.
Papers = Callable[[], Sequence[tuple[str, str]]]


class IntakeParts(QFrame):
    """The form and the scans under two tabs; Ctrl+Page Down turns, as in every file.

    Signals:
        turned: Another part is shown.
    """

    turned = Signal()

    def __init__(self, context: ScreenContext, form: IntakeForm, papers: Papers) -> None:
        """``papers`` is a bound method: it gives the papers of the service in hand."""
        super().__init__()
        self._papers = papers
        self._file: int | None = None
        self.form = form
        self.scans = AttachmentsPage(context)
        self.tabs = TabStrip()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setObjectName("intake-parts")
        self.tabs.setAccessibleName("Isian atau lampiran; Ctrl+Page Down ke bagian berikutnya")
        self.tabs.addTab("Isian")
        self.tabs.addTab("Lampiran")
        self.pages = QStackedWidget()
        self.pages.addWidget(form)
        self.pages.addWidget(self.scans)
        hint = label("Ctrl+PgDn", "caption", "muted")
        if look().folded:
            hint.hide()  # never shown by hand: without a parent it would flash as a window
        strip = row((self.tabs, 1), hint, pad=(S2, 0, S4, 0), edge="bottom", plane="surface")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self.pages, 1)
        self.setAcceptDrops(True)
        self.scans.show_none(_NO_CODE)
        self.tabs.currentChanged.connect(self._turn)
        self.scans.counted.connect(self._count)
        for keys, slot in (("Ctrl+PgDown", self.turn_on), ("Ctrl+PgUp", self.turn_on)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def at_scans(self) -> bool:
        """Whether the scans are shown."""
        return self.tabs.currentIndex() == SCANS

    def show_file(self, request_id: int | None) -> None:
        """Take over the draft in hand; None: it has no file code yet."""
        if request_id == self._file:
            return
        self._file = request_id
        self.tabs.setTabText(SCANS, "Lampiran")
        self._offer()

    def show_fields(self) -> None:
        """Turn to the fields: something is to be typed there."""
        self.tabs.setCurrentIndex(FIELDS)

    @Slot()
    def turn_on(self) -> None:
        """Turn to the other part, and take the keyboard along."""
        self.tabs.setCurrentIndex(FIELDS if self.at_scans else SCANS)
        if not self.at_scans:
            # not as by a shortcut: that selects the text, and the next key would write over it
            self.form.last_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._file is not None:
            self.scans.add_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._file is not None:
            self.scans.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.tabs.setCurrentIndex(SCANS)
        self.scans.dropEvent(event)

    def _offer(self) -> None:
        if self._file is None:
            self.scans.show_none(_NO_CODE)
        else:
            self.scans.show_file(self._file, self._papers())

    @Slot(int)
    def _turn(self, part: int) -> None:
        self.pages.setCurrentIndex(part)
        self._offer()
        self.scans.set_on_screen(part == SCANS)
        self.turned.emit()

    @Slot(int)
    def _count(self, scans: int) -> None:
        self.tabs.setTabText(SCANS, f"Lampiran  {scans}" if scans else "Lampiran")
