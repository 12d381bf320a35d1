"""Berkas titipan desa at the counter: one bearer, many applicants, one receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QObject, Signal, Slot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import Screen, new_op_id
from kecamatan_desk.ui.screens.draft_start import NEW_FOLDER
from kecamatan_desk.ui.screens.intake_pages import Folder, FolderPage, FolderStrip
from kecamatan_desk.ui.screens.open_folders import OpenFolders
from kecamatan_desk.usecases.folders import close_folder, open_folder, open_folders
from kecamatan_desk.usecases.scratch_values import OpenFolder
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
        self.waiting = OpenFolders(screen.context)
        self.folder: Folder | None = None
        self.asking = False
        self._op_id = new_op_id()
        self._sought: int | None = None  # a folder that was open when the program ended
        self.strip.finished.connect(self._finish)
        self.waiting.chosen.connect(self._go_on)
        self.page.form.edited.connect(self._note_typing)

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
        typed = self._screen.context.pad.get(NEW_FOLDER)
        if typed is not None:
            self.page.form.show_raw(typed)
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

    def find_again(self, bundle_id: int) -> None:
        """Go on with a folder, if its receipt has not been printed since."""
        self._sought = bundle_id
        self.reload()

    def reload(self) -> None:
        """Count again what was taken in, and look for folders left open."""
        if Role.PELAYANAN in self._screen.context.user.roles:
            self._screen.background.query(self._take_open, open_folders)
        if self.folder is not None:
            self._screen.background.query(self.strip.show_files, bundle, self.folder.id)

    def _take_open(self, found: Sequence[OpenFolder]) -> None:
        mine = self.bundle_id
        self.waiting.show_folders([one for one in found if one.id != mine])
        sought, self._sought = self._sought, None
        for one in found:
            if one.id == sought and self.folder is None:
                self._take_up(one)

    @Slot(object)
    def _go_on(self, folder: OpenFolder) -> None:
        """Go on with a folder of the list."""
        self._take_up(folder)
        self._screen.say(
            f"Map titipan {folder.bearer} dilanjutkan. Pilih layanan untuk pemohon berikutnya."
        )

    def _take_up(self, folder: OpenFolder) -> None:
        self.folder = Folder(folder.id, folder.bearer, folder.village)
        self.strip.show_folder(self.folder)
        self.reload()
        self.changed.emit()

    @Slot(str)
    def _note_typing(self, _code: str) -> None:
        self._screen.context.pad.put(NEW_FOLDER, 0, self.page.form.raw())

    def _opened(self, bundle_id: int) -> None:
        values = self.page.form.values()
        self.folder = Folder(bundle_id, str(values["pembawa"]), str(values["desa"]))
        self.asking = False
        self._screen.context.pad.drop(NEW_FOLDER)
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
        self._screen.background.quiet(self._note_closed, close_folder, finished.id)
        self.changed.emit()
        self.closed.emit(finished.id)

    def _note_closed(self, _nothing: None) -> None:
        self.reload()
