"""The backups that were found: choose one, and type the recovery key of an encrypted one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import clock, short_date, zone_name
from kecamatan_desk.ui.backup_words import size_text
from kecamatan_desk.ui.parts import col, label, restyle
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3
from kecamatan_desk.usecases.backup_media import FoundSet
from kecamatan_desk.usecases.backup_values import REASONS

_NONE = (
    "Tidak ditemukan cadangan. Colokkan flashdisk cadangan, lalu tekan Cari lagi (F5); atau pilih "
    "foldernya sendiri."
)
_KEY = "Kunci pemulihan: ketik dari lembar kunci, atau pindai kode kotaknya"


class ChoicePart(QWidget):
    """A list, the newest first, and below it the key where the chosen backup needs one.

    Signals:
        chosen_changed: Another backup is chosen.
        key_entered: Enter was pressed in the key.
    """

    chosen_changed = Signal()
    key_entered = Signal()

    def __init__(self, zone: tzinfo | None) -> None:
        """``zone``: of the times in the list."""
        super().__init__()
        self._looked = False
        columns = (
            Column("Dibuat", _MadeAt(zone), 172),
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
        inside = col(self.none, (self.table, 20), (col(), 1), self._key_row, gap=S3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inside)
        self.key.returnPressed.connect(self.key_entered)
        self.table.selectionModel().currentRowChanged.connect(self._note_choice)

    def show_sets(self, found: Sequence[FoundSet]) -> bool:
        """Show what was found, the newest chosen; False when it is what is shown already."""
        if self._looked and tuple(found) == tuple(self.model.records):
            return False
        self._looked = True
        before = self.chosen
        self.model.show_records(tuple(found))
        self.table.setVisible(bool(found))
        self.none.setText(_NONE)
        self.none.setVisible(not found)
        if found:
            paths = [one.path for one in found]
            known = before is not None and before.path in paths
            at = paths.index(before.path) if before is not None and known else 0
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._show_key()
        return True

    @property
    def chosen(self) -> FoundSet | None:
        """The backup that is chosen."""
        index = self.table.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    @property
    def typed(self) -> str:
        """The key as typed; "" where the chosen backup needs none."""
        chosen = self.chosen
        return self.key.text() if chosen is not None and chosen.info.encrypted else ""

    @property
    def lacks_key(self) -> bool:
        """Whether the chosen backup needs a key and none is typed."""
        chosen = self.chosen
        return chosen is not None and chosen.info.encrypted and not self.key.text().strip()

    def mark_key(self) -> None:
        """Show that the key is wrong or missing, and go there."""
        self._key_row.show()
        restyle(self.key, state="error")
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def calm_key(self) -> None:
        """Take the mark back."""
        restyle(self.key, state="")

    def focus_first(self) -> bool:
        """Go where something is to be typed, else to the list; False when there is neither."""
        if not self._key_row.isHidden():
            self.key.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.model.records:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    @Slot(QModelIndex, QModelIndex)
    def _note_choice(self, *_rows: QModelIndex) -> None:
        self._show_key()
        self.chosen_changed.emit()

    def _show_key(self) -> None:
        chosen = self.chosen
        self._key_row.setVisible(chosen is not None and chosen.info.encrypted)
        self.calm_key()


class _MadeAt:
    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone

    def __call__(self, one: FoundSet) -> str:
        there = one.info.made_at.astimezone(self._zone)
        return f"{short_date(there.date())} {clock(there)} {zone_name(there)}"


def _where(one: FoundSet) -> str:
    return one.where


def _reason(one: FoundSet) -> str:
    return REASONS.get(one.info.reason, one.info.reason)


def _size(one: FoundSet) -> str:
    return size_text(one.info.whole_size)


def _sealed(one: FoundSet) -> str:
    return "disandikan" if one.info.encrypted else "terbuka"
