"""The page on which a backup is brought back: choose it, see what it holds, restore it.

Three clicks on a bare PC: *Pulihkan dari cadangan* (on the page before), *Lihat isinya* with the
newest backup chosen and the recovery key typed or scanned, *Pulihkan*. F12 does both of the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import clock, short_date
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.backup_words import size_text
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, col, label, pic, restyle, row
from kecamatan_desk.ui.restore_words import contents, losses, series_name
from kecamatan_desk.ui.screens.work_bar import WorkBar
from kecamatan_desk.ui.secret_fields import hide_typing, secret
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3, S4, S6
from kecamatan_desk.usecases.backup_media import FoundSet
from kecamatan_desk.usecases.backup_values import REASONS
from kecamatan_desk.usecases.restore_run import RestoreOrder
from kecamatan_desk.usecases.restore_values import RestorePlan, SeriesGap
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section

_NONE = (
    "Tidak ditemukan cadangan. Colokkan flashdisk cadangan, lalu tekan Cari lagi (F5); atau pilih "
    "foldernya sendiri."
)
_KEY = "Kunci pemulihan: ketik dari lembar kunci, atau pindai kode kotaknya"
_NUMBERS = (
    "Cocokkan dengan buku kertas. Nomor yang sudah ada di kertas tidak akan diberikan lagi, juga "
    "bila datanya hilang."
)
_MISSING = "Lanjutkan tanpa surat yang hilang; suratnya diisi ulang dari arsip kertas"


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
        self.setProperty("plane", "bg")
        self._zone = zone
        self._plan: RestorePlan | None = None
        self._looked = False
        self._asks_password = False
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
        self._choose = self._choosing()
        self._numbers: FieldsForm | None = None
        self._form_place = QVBoxLayout()
        self._what = self._planned()
        self._what.hide()
        inside = col(
            row(pic("history", "accent", 24), col(self.title, self.subtitle, gap=0), None, gap=S3),
            "~4",
            (self._choose, 1),
            (self._what, 1),
            self.problem,
            gap=S2,
            pad=(S6, S4, S6, S4),
            plane="surface",
        )
        inside.setMaximumWidth(look().px(920))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll_area(row(None, (inside, 20), None, plane="bg")), 1)
        layout.addWidget(
            action_bar(
                self.back_button,
                self.look_button,
                self.folder_button,
                None,
                (self.work, 1),
                self.go_button,
            )
        )
        self._connect()

    def _choosing(self) -> QWidget:
        columns = (
            Column("Dibuat", _MadeAt(self._zone), 140),
            Column("Ada di", _where, 0, tip=True),
            Column("Sebab", _reason, 200, tip=True),
            Column("Ukuran", _size, 80, right=True),
            Column("Sandi", _sealed, 90),
        )
        self.model = RecordTableModel(columns, self)
        self.table = record_table(self.model, "Cadangan yang ditemukan")
        self.table.setObjectName("found-sets")
        self.table.setMinimumHeight(look().px(110 if look().folded else 220))
        if look().folded:
            for hidden in (2, 3):
                self.table.setColumnHidden(hidden, True)
        self.none = label("Mencari cadangan …", ink="muted", wrap=True)
        self.key_label = label(_KEY, "caption", "muted", wrap=True)
        self.key = QLineEdit()
        self.key.setObjectName("recovery-key")
        self.key.setAccessibleName("Kunci pemulihan")
        self.key.setMaxLength(200)
        self.key_label.setBuddy(self.key)
        self._key_row = col(self.key_label, self.key, gap=S2)
        self._key_row.hide()
        return col(self.none, (self.table, 20), (col(), 1), self._key_row, gap=S3)

    def _planned(self) -> QWidget:
        self.holds = label("", wrap=True)
        self.holds.setObjectName("plan-holds")
        self.lacks = label("", "bodyb", "warn", wrap=True)
        self.lacks.setObjectName("plan-lacks")
        self.accept = QCheckBox(_MISSING)
        self.accept.setObjectName("accept-missing")
        self.admin = FieldsForm(
            (
                Section(
                    "Administrator dalam cadangan ini",
                    (
                        Field("username", "Nama pengguna", span=6, length=30),
                        Field("password", "Kata sandi saat itu", span=6, length=128),
                    ),
                ),
            )
        )
        hide_typing(self.admin, "password")
        self._numbers_note = label(_NUMBERS, "caption", "muted", wrap=True)
        frame = col(self.holds, self.lacks, self.accept, self.admin, gap=S3)
        layout = frame.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(self._form_place)
        layout.addWidget(self._numbers_note)
        layout.addStretch(1)
        return frame

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
        self.key.returnPressed.connect(self.go)
        self.table.selectionModel().currentRowChanged.connect(self._show_choice)

    # What the session shows

    def show_sets(self, found: Sequence[FoundSet]) -> None:
        """Show what was found; the newest is chosen. The same again changes nothing."""
        if self._looked and tuple(found) == tuple(self.model.records):
            return
        self._looked = True
        before, told = self.chosen, self.problem.text()
        self.model.show_records(tuple(found))
        self.table.setVisible(bool(found))
        self.none.setText(_NONE)
        self.none.setVisible(not found)
        if found:
            paths = [one.path for one in found]
            known = before is not None and before.path in paths
            at = paths.index(before.path) if before is not None and known else 0
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._show_deeds()
        self._show_choice()
        if before is not None and self.chosen is not None and self.chosen.path == before.path:
            self.problem.setText(told)  # a drive that came or went takes back nothing that was said
        if self.isVisible() and self.choosing:
            self.focus_first()

    def focus_first(self) -> None:
        """Go where something is to be typed, else to the list."""
        if not self._key_row.isHidden():
            self.key.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.model.records:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.look_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_plan(self, plan: RestorePlan, *, asks_password: bool) -> None:
        """Show what a backup holds, what would be missing, and ask for what nobody knows."""
        self.work.end()
        self._plan, self._asks_password = plan, asks_password
        self.title.setText(f"Pulihkan Kecamatan {plan.office_name}".strip())
        self.holds.setText(contents(plan))
        told = losses(plan)
        self.lacks.setText(told)
        self.lacks.setVisible(bool(told))
        self.accept.setChecked(False)
        self.accept.setVisible(bool(plan.missing_papers))
        self.admin.setVisible(asks_password)
        self._ask_numbers(plan.asked)
        self.problem.clear()
        self._choose.hide()
        self._what.show()
        self.go_button.set_words("Pulihkan", "history")
        self._show_deeds()
        if asks_password:
            self.admin.focus("username")
        elif self._numbers is not None:
            self._numbers.focus_first()
        else:
            self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_numbers(self, gaps: Sequence[SeriesGap]) -> None:
        if self._numbers is not None:
            self._form_place.removeWidget(self._numbers)
            self._numbers.deleteLater()
            self._numbers = None
        self._numbers_note.setVisible(bool(gaps))
        if not gaps:
            return
        fields = tuple(
            Field(gap.key, series_name(gap), FieldKind.NUMBER, span=4, length=7) for gap in gaps
        )
        self._numbers = FieldsForm((Section("Nomor terakhir di buku kertas", fields),))
        self._numbers.set_values({gap.key: gap.known for gap in gaps})
        self._form_place.addWidget(self._numbers)

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
        shown = False
        if planned:
            forms = [form for form in (self._numbers, self.admin) if form is not None]
            shown = bool(field) and any(form.show_error(field, message) for form in forms)
        self.problem.setText("" if shown else message)
        if field == "recovery-key" and not planned:
            self._key_row.show()
            restyle(self.key, state="error")
            self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, message: str) -> None:
        """Show a sentence below: why nothing can be listed."""
        self.problem.setText(message)
        self.none.hide()
        self._show_deeds()

    @property
    def choosing(self) -> bool:
        """Whether the list is shown and nothing is under way."""
        return self._plan is None and not self.work.running

    @property
    def chosen(self) -> FoundSet | None:
        """The backup that is chosen."""
        index = self.table.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    # What the user does

    @Slot(QModelIndex, QModelIndex)
    def _show_choice(self, *_rows: QModelIndex) -> None:
        chosen = self.chosen
        self._key_row.setVisible(chosen is not None and chosen.info.encrypted)
        self.problem.clear()
        restyle(self.key, state="")

    def _show_deeds(self) -> None:
        busy, choosing = self.work.running, self._plan is None
        for button in (self.look_button, self.folder_button):
            button.setVisible(choosing and not busy)
        self.go_button.setVisible(not busy)
        self.go_button.setEnabled(not choosing or self.chosen is not None)

    def _to_choosing(self) -> None:
        self._plan = None
        self._what.hide()
        self._choose.show()
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
        if chosen.info.encrypted and not self.key.text().strip():
            self.problem.setText("Cadangan ini disandikan: ketik atau pindai kunci pemulihannya.")
            restyle(self.key, state="error")
            self.key.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.problem.clear()
        restyle(self.key, state="")
        progress = self._begin()
        self.plan_asked.emit(
            chosen.path, self.key.text() if chosen.info.encrypted else "", progress
        )

    def _restore(self) -> None:
        answers: dict[str, int] = {}
        if self._numbers is not None:
            if not self._numbers.check():
                return
            values = self._numbers.values()
            answers = {code: int(value) for code, value in values.items() if value is not None}
        order = RestoreOrder(
            answers,
            self.accept.isChecked() and not self.accept.isHidden(),
            str(self.admin.values().get("username") or "") if self._asks_password else "",
            secret(self.admin, "password") if self._asks_password else "",
        )
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
        folder = ask_folder(self)
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
        self.key.clear()
        self.admin.set_values({"password": ""})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self.go()
        else:
            super().keyPressEvent(event)


class _MadeAt:
    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone

    def __call__(self, one: FoundSet) -> str:
        there = one.info.made_at.astimezone(self._zone)
        return f"{short_date(there.date())} {clock(there)}"


def _where(one: FoundSet) -> str:
    return one.where


def _reason(one: FoundSet) -> str:
    return REASONS.get(one.info.reason, one.info.reason)


def _size(one: FoundSet) -> str:
    return size_text(one.info.size + one.info.paper_bytes)


def _sealed(one: FoundSet) -> str:
    return "disandikan" if one.info.encrypted else "terbuka"
