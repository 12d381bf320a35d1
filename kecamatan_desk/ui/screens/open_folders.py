"""The village folders whose receipt is not printed yet, to go on with, also after a restart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.parts import Button, col, label, pic, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.scratch_values import OpenFolder

_MOST = 4  # lines; the latest ones


class _Line(QFrame):
    """One folder: whose, how many files, and the way on.

    Signals:
        chosen: Go on with this `OpenFolder`.
    """

    chosen = Signal(object)

    def __init__(self, folder: OpenFolder, opened: str) -> None:
        super().__init__()
        self._folder = folder
        of = f"Desa {folder.village}, dibawa " if folder.village else "Dibawa "
        counted = f"{folder.taken} berkas diterima"
        if folder.drafts:
            counted += f", {folder.drafts} draf"
        self.button = Button("Lanjutkan map", "", "small", "folder-open", name="go-on-folder")
        self.button.setAccessibleName(f"Lanjutkan map titipan {folder.bearer}")
        self.button.clicked.connect(self._choose)
        words = col(
            label(of + folder.bearer, wrap=True),
            label(f"{counted}; dibuka {opened}", "caption", "muted", wrap=True),
            gap=0,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if look().folded:  # large text: words beside a button have no room
            layout.addWidget(col(words, row(self.button, None), gap=S2))
        else:
            layout.addWidget(row(pic("folder-open", "accent", 20), (words, 1), self.button, gap=S3))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._folder)


class OpenFolders(QFrame):
    """A card with a line for each; hidden without any.

    Signals:
        chosen: Go on with this `OpenFolder`.
    """

    chosen = Signal(object)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._folders: tuple[OpenFolder, ...] = ()
        self.buttons: list[Button] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._body: QFrame | None = None
        self.hide()

    def show_folders(self, folders: Sequence[OpenFolder]) -> None:
        """Show these folders, the latest first."""
        found = tuple(folders[:_MOST])
        if found == self._folders:
            return
        self._folders = found
        if self._body is not None:
            self._layout.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.buttons = []
        lines = [self._line(one) for one in found]
        title = label("Map titipan yang belum selesai", "bodyb")
        self._body = col(title, *lines, gap=S2, card="true", pad=(S4, S3, S4, S3))
        self._layout.addWidget(self._body)
        self.setVisible(bool(found))

    def _line(self, folder: OpenFolder) -> _Line:
        at = moment_text(folder.opened_at, self._context.zone, today(self._context))
        line = _Line(folder, f"{at} oleh {folder.opened_by}")
        line.chosen.connect(self.chosen)
        self.buttons.append(line.button)
        return line
