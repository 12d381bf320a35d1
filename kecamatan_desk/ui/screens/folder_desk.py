"""Berkas titipan desa at the counter: one bearer, many applicants, one receipt."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QObject, Signal, Slot

from kecamatan_desk.ui.screen import Screen, new_op_id
from kecamatan_desk.ui.screens.intake_pages import Folder, FolderPage, FolderStrip
from kecamatan_desk.usecases.intake import open_folder
from kecamatan_desk.usecases.worklist import bundle


class FolderDesk(QObject):
    """Opens a folder, counts what is taken in for it, closes it with one receipt.

    Signals:
        changed: A folder was opened or closed, or is being asked for.
        closed: The folder is finished; carries its id, for the receipt.
    """

    changed = Signal()
    closed = Signal(int)

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self.page = FolderPage(screen.context.profile.villages)
        self.strip = FolderStrip()
        self.folder: Folder | None = None
        self.asking = False
        self._op_id = new_op_id()
        self.strip.finished.connect(self._finish)

    @property
    def _screen(self) -> Screen:
        """The screen it belongs to; kept by Qt alone, so that a dropped screen is freed."""
        return cast(Screen, self.parent())

    @property
    def bundle_id(self) -> int | None:
        """What drafts begun now belong to."""
        return self.folder.id if self.folder else None

    def known_values(self) -> dict[str, Any]:
        """What is known of every applicant of the open folder: the village."""
        if self.folder is None or not self.folder.village:
            return {}
        return {"desa": self.folder.village, "pengantar-desa": self.folder.village}

    @Slot()
    def ask(self) -> None:
        """Ask whose folder it is; with a folder open, close it first."""
        if self.folder is not None:
            self._screen.complain(
                f"Map titipan {self.folder.bearer} masih terbuka. Selesaikan dahulu dengan "
                "mencetak tanda terimanya.",
            )
            return
        self.asking = True
        self._op_id = new_op_id()
        self.changed.emit()
        self.page.form.focus_first()

    @Slot()
    def stop_asking(self) -> None:
        """Leave the question (Esc)."""
        self.asking = False
        self.changed.emit()

    def open(self) -> None:
        """Open the folder as typed (F12)."""
        form = self.page.form
        if not form.check():
            return
        values = form.values()
        for code in form.missing():
            text = f"{form.field(code).field.label} belum diisi."
            form.show_error(code, text)
            self._screen.complain(text)
            return
        bearer, village = str(values["pembawa"]), str(values["desa"])
        phone = str(values.get("hp", ""))
        self._screen.background.quiet(
            self._opened, open_folder, self._op_id, bearer, village, phone
        )

    def reload(self) -> None:
        """Count again what was taken in."""
        if self.folder is not None:
            self._screen.background.query(self.strip.show_files, bundle, self.folder.id)

    def _opened(self, bundle_id: int) -> None:
        values = self.page.form.values()
        self.folder = Folder(bundle_id, str(values["pembawa"]), str(values["desa"]))
        self.asking = False
        self.page.form.set_values(dict.fromkeys(("pembawa", "desa", "hp")))
        self.strip.show_folder(self.folder)
        self._screen.say(
            f"Map titipan {self.folder.bearer} terbuka. Pilih layanan untuk pemohon pertama."
        )
        self.changed.emit()

    @Slot()
    def _finish(self) -> None:
        if self.folder is None:
            return
        finished, self.folder = self.folder, None
        self.strip.show_folder(None)
        self.changed.emit()
        self.closed.emit(finished.id)
