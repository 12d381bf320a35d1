"""Cadangan: how old the backups are, what lies where, making one, trying one out, the key."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import clock, grouped, short_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.backup_words import size_text
from kecamatan_desk.ui.field_edits import CalmCombo
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, heading, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.backup_side import BackupSide
from kecamatan_desk.ui.screens.backup_state import StatePart
from kecamatan_desk.ui.screens.work_bar import WorkBar
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S3, S4
from kecamatan_desk.usecases.backup_values import (
    REASONS,
    YEAR_CLOSING,
    BackupChoices,
    BackupResult,
    SetInfo,
)
from kecamatan_desk.usecases.backup_view import (
    Overview,
    Verified,
    make_backup,
    overview,
    read_again,
    try_out,
)
from kecamatan_desk.usecases.backups import save_choices
from kecamatan_desk.usecases.restore_rights import may_restore
from kecamatan_desk.usecases.restore_values import DrillResult, Restorer

_HERE = "Komputer ini"
_SAME_DISK = (
    " Folder itu di cakram yang sama dengan data, jadi belum dihitung sebagai cadangan di luar "
    "komputer: bila cakramnya rusak, keduanya hilang."
)


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder on another disk. Tests replace this function."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


class MadeAt:
    """Gives when a set was made, in the office's time."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def __call__(self, one: SetInfo) -> str:
        there = one.made_at.astimezone(self._zone)
        return f"{short_date(there.date())} {clock(there)}"


class BackupScreen(Screen):
    """Ages and sets at the left, deeds and settings at the right; officials read only."""

    TITLE = "Cadangan"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._seen: Overview | None = None
        self._asking = False
        self.leads = role is Role.ADMIN
        self.state_part = StatePart(context.zone)
        self.where = CalmCombo()
        self.where.setObjectName("backup-where")
        self.where.setAccessibleName("Cadangan yang tersimpan di")
        self.where.setMinimumWidth(look().px(220))
        columns = (
            Column("Dibuat", MadeAt(context.zone), 130),
            Column("Sebab", _reason, 0, tip=True),
            Column("Ukuran", _size, 76, right=True),
            Column("Surat", _papers, 64, right=True),
            Column("Diperiksa", _checked, 116, tip=True),
        )
        self.model = RecordTableModel(columns, self)
        self.table = record_table(self.model, "Cadangan yang tersimpan")
        self.table.setObjectName("backup-sets")
        self.none = label("", ink="muted", wrap=True)
        self.side = BackupSide(context, leads=self.leads)
        self.work = WorkBar("Cadangan", percent=True)
        self.backup_button = Button(
            "Cadangkan sekarang", "F12", "primary", "hard-drive", name="back-up"
        )
        self.drill_button = Button("Uji pulih", "F8", "plain", "clipboard-check", name="drill")
        self.verify_button = Button("Periksa ulang", "F6", "plain", "search", name="verify-backup")
        self.restore_button = Button("Pulihkan …", "", "plain", "history", name="restore")
        self._deeds = (
            self.restore_button,
            self.verify_button,
            self.drill_button,
            self.backup_button,
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        stored = row(
            label("Yang tersimpan", "bodyb"), None, self.where, gap=S3, pad=(S4, S3, S4, S3)
        )
        stored.setProperty("plane", "surface")
        stored.setProperty("edge", "top")
        self._none_row = row((self.none, 1), pad=(S4, 0, S4, S4), plane="surface")
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.state_part)
        inside.addWidget(stored)
        inside.addWidget(self._none_row)
        inside.addWidget(row((self.table, 1), plane="surface"), 1)
        if look().folded:  # large text: all of it scrolls, and the table keeps some lines
            self.table.setMinimumHeight(look().px(160))
            for column in (2, 3):
                self.table.setColumnHidden(column, True)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(scroll_area(left) if look().folded else left, 7)
        middle.addWidget(self.side, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading(self.TITLE, "sendiri setiap 2 jam ada kegiatan"))
        layout.addLayout(middle, 1)
        if self.leads:
            restore, *deeds = self._deeds
            layout.addWidget(action_bar(restore, None, (self.work, 1), *deeds))
        else:
            for part in (*self._deeds, self.work):
                part.setParent(self)
                part.hide()

    def _connect(self) -> None:
        self.where.currentIndexChanged.connect(self._show_sets)
        self.backup_button.clicked.connect(self.back_up)
        self.drill_button.clicked.connect(self.try_out)
        self.verify_button.clicked.connect(self.verify)
        self.restore_button.clicked.connect(self.ask_restore)
        self.side.folder_asked.connect(self.choose_folder)
        self.side.second_asked.connect(self.choose_second)
        self.side.second_dropped.connect(self.drop_second)
        self.side.key.adopted.connect(self._go_on_after_key)

    # what is shown

    @Slot()
    def reload(self) -> None:
        if not self.work.running:
            self.background.print_job(self._take, overview)

    def first_focus(self) -> QWidget | None:
        return self.table

    @Slot()
    def _go_on_after_key(self) -> None:
        """A key was adopted: the next deed is the first backup with it."""
        self.backup_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def leave(self) -> None:
        self.side.key.hide_key()

    def refusal(self, message: str, field: str | None) -> None:
        if self.work.running and self._asking:
            self._end_work()
        if field == "recovery-key":
            self.side.key.show_refusal(message)

    def _take(self, seen: Overview) -> None:
        self._seen = seen
        self.state_part.show_state(seen)
        self.side.show_overview(seen)
        self._fill_places(seen)
        self._show_sets()
        self._show_deeds()

    def _fill_places(self, seen: Overview) -> None:
        chosen = self.where.currentText()
        self.where.blockSignals(True)
        self.where.clear()
        self.where.addItem(_HERE, None)
        for medium in seen.media:
            self.where.addItem(medium.name, medium.path)
        if seen.second_there:
            self.where.addItem(f"Folder kedua {seen.state.second}", Path(seen.state.second))
        self.where.setCurrentIndex(max(self.where.findText(chosen), 0))
        self.where.blockSignals(False)

    @Slot()
    def _show_sets(self) -> None:
        seen = self._seen
        if seen is None:
            return
        at = self.where.currentData()
        sets = seen.sets
        if at is not None:
            sets = next((one.sets for one in seen.media if one.path == at), seen.second)
        self.model.show_records(sets)
        if sets:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setVisible(bool(sets))
        self._none_row.setVisible(not sets)
        there = "di komputer ini" if at is None else f"di {self.where.currentText()}"
        self.none.setText(f"Belum ada cadangan {there}.")

    def _show_deeds(self) -> None:
        for button in self._deeds:
            button.setVisible(self.leads and not self.work.running)
        has = self._seen is not None and bool(self._seen.sets)
        self.drill_button.setEnabled(has)
        self.verify_button.setEnabled(bool(self.model.records))

    # deeds

    @Slot()
    def back_up(self) -> None:
        """F12: back up here and to the chosen device."""
        if self.work.running or not self.leads:
            return
        target, removable = self.side.target()
        progress = self.work.begin(100)
        self._asking = True
        self._show_deeds()
        self.background.print_job(self._backed_up, make_backup, target, removable, progress)

    def _backed_up(self, done: BackupResult | DeskError | None) -> None:
        self._end_work()
        if isinstance(done, BackupResult):
            words = "Cadangan lengkap dan sudah diperiksa"
            size = size_text(done.local.whole_size)
            if done.copied is not None:
                words += f", juga di {done.copied.path.parent}"
            same = done.copied is not None and not done.outside
            self.say(f"{words} ({size}).{_SAME_DISK if same else ''}")
        else:
            self._tell(done, "Pencadangan dihentikan.")
        self.background.announce()

    @Slot()
    def try_out(self) -> None:
        """F8: restore the newest backup beside the data, try it, and remove it again."""
        if self.work.running or not self.leads:
            return
        progress = self.work.begin(100)
        self._asking = True
        self._show_deeds()
        self.background.print_job(self._tried, try_out, progress)

    def _tried(self, done: DrillResult | DeskError | None) -> None:
        self._end_work()
        if not isinstance(done, DrillResult):
            self._tell(done, "Uji pulih dihentikan.")
        elif done.ok:
            self.say(
                f"Uji pulih berhasil dalam {round(done.seconds)} detik: cadangan terbuka, lengkap, "
                f"dan memberi nomor {done.number}. Salinan uji sudah dihapus."
            )
        else:
            self.complain(
                f"Uji pulih GAGAL: {done.said} Data kantor tidak berubah. Buat cadangan baru "
                "(F12), lalu uji lagi; bila gagal lagi, hubungi teknisi."
            )
        self.background.announce()

    @Slot()
    def verify(self) -> None:
        """F6: read the newest set of the device that is shown again, every paper too."""
        if self.work.running or not self.model.records or not self.leads:
            return
        progress = self.work.begin(100)
        self._show_deeds()
        folder = self.where.currentData()
        self.background.print_job(self._verified, read_again, folder, progress)

    def _verified(self, done: Verified | DeskError | None) -> None:
        self._end_work()
        where = self.where.currentText()
        if not isinstance(done, Verified):
            self._tell(done, "Pemeriksaan dihentikan.")
        elif done.faults:
            more = f" ({len(done.faults)} temuan)" if len(done.faults) > 1 else ""
            self.complain(
                f"Cadangan terbaru di {where} rusak: {done.faults[0]}{more} Data kantor tidak "
                "terganggu. Buat cadangan baru (F12); bila rusak lagi, ganti cakramnya."
            )
        else:
            self.say(f"Cadangan terbaru di {where} dibaca ulang seluruhnya: utuh.")

    @Slot()
    def ask_restore(self) -> None:
        """Prove who asks, then leave for the page where a backup is chosen."""
        if not self.work.running and self.leads:
            self.background.query(self._may_restore, may_restore)

    def _may_restore(self, by: Restorer) -> None:
        self.context.navigator.restoring_asked.emit(by)

    @Slot()
    def choose_folder(self) -> None:
        """Back up into a folder somebody names."""
        folder = ask_folder(self, "Folder untuk cadangan")
        if folder is not None:
            self.side.offer(folder)

    @Slot()
    def choose_second(self) -> None:
        """Name the folder on a second disk to which every backup is copied by itself."""
        folder = ask_folder(self, "Folder kedua, di cakram lain")
        if folder is not None:
            chosen = BackupChoices(second=str(folder))
            self.background.command(self._kept, save_choices, new_op_id(), chosen)

    @Slot()
    def drop_second(self) -> None:
        """Copy to no second folder any more."""
        self.background.command(self._kept, save_choices, new_op_id(), BackupChoices())

    def _kept(self, _nothing: None) -> None:
        self.say("Setelan cadangan disimpan.")

    def _tell(self, refusal: DeskError | None, stopped: str) -> None:
        if refusal is None:
            self.say(f"{stopped} Tidak ada yang tersisa setengah jadi.")
        else:
            self.complain(str(refusal))

    def _end_work(self) -> None:
        self._asking = False
        self.work.end()
        self._show_deeds()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.work.running:
            self.work.stop()
        else:
            super().keyPressEvent(event)


# --- columns -------------------------------------------------------------------------------------


def _reason(one: SetInfo) -> str:
    kept = ", disimpan selamanya" if one.reason == YEAR_CLOSING else ""
    return REASONS.get(one.reason, one.reason) + kept


def _size(one: SetInfo) -> str:
    return size_text(one.whole_size)


def _papers(one: SetInfo) -> str:
    return grouped(one.papers)


def _checked(one: SetInfo) -> str:
    return "semua surat" if one.deep else "isi, surat baru"
