"""The left side of the new-request screen: services found, papers to bring, the promise."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.parts import Button, label, pic, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.papers_list import PapersList
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.screens.service_finder import ServiceFinder
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3, S4
from kecamatan_desk.workflows.vocabulary import Service

_WIDTH, _FEW = 340, 196  # px at 100 %: the column; the finder once a service is chosen
_ANY = 16_777_215  # Qt's own "no maximum"


class IntakeLeft(QFrame):
    """Heading with the village folder, the finder, the papers, and when it will be done."""

    def __init__(self, context: ScreenContext, title: str, with_folders: bool) -> None:
        super().__init__()
        self._context = context
        self.finder, self.papers = ServiceFinder(), PapersList()
        self.folder_button = Button("Titipan desa", "Ctrl+O", "link", "folder-open", name="folder")
        if not with_folders:
            self.folder_button.hide()
        self.sheet_button = Button("Persyaratan", "Ctrl+P", "link", "printer", name="requirements")
        head = row(label(title, "head"), None, self.folder_button, pad=(S4, 0, S3, 0))
        head.setProperty("edge", "bottom")
        head.setFixedHeight(look().px(40))
        self._promise = label("", "caption", "muted", wrap=True)
        self._promise_row = row(
            pic("clock", "muted"), (self._promise, 1), self.sheet_button, pad=(S4, 8, S3, S3)
        )
        self.setProperty("plane", "surface")
        self.setProperty("edge", "right")
        self.setFixedWidth(look().px(_WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.finder, 1)
        layout.addWidget(self.papers, 3)
        layout.addWidget(self._promise_row)

    def show_promise(self, service: Service, promised: datetime, zone: ZoneInfo) -> None:
        """Say what the service takes and when a request taken in now will be done."""
        at = moment_text(promised, zone, today(self._context))
        self._promise.setText(f"{service.total_minutes} menit · Rp0 · perkiraan selesai {at}")

    def show_form(self, form: bool) -> None:
        """Give the papers room while a service is chosen, else the whole to the finder."""
        self.finder.setMaximumHeight(look().px(_FEW) if form else _ANY)
        self.papers.setVisible(form)
        self._promise_row.setVisible(form)
