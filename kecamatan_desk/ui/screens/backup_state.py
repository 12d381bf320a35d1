"""The ages of the backups on the screen *Cadangan*: here, on another device, the drill."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import grouped
from kecamatan_desk.ui.backup_words import age, chip_words, told
from kecamatan_desk.ui.parts import Chip, chip, col, label, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.backup_values import BackupState, Level
from kecamatan_desk.usecases.backup_view import Overview


class _Line(QWidget):
    """One age: what, how old, a chip with word and number, and what to do."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.setObjectName(f"age-{name}")
        self.chip: Chip = chip("rest", "…", "clock")
        self.when = label("", wrap=True)
        self.note = label("", "caption", "muted", wrap=True)
        title_label = label(title, "bodyb")
        title_label.setFixedWidth(look().px(128))
        mark = row(self.chip, None)
        mark.setFixedWidth(look().px(132))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        words = col(self.when, self.note, gap=2)
        if look().folded:
            layout.addWidget(col(row(title_label, mark, None), words, gap=2))
        else:
            top = row(col(title_label, None), col(mark, None), (words, 1), gap=S3)
            layout.addWidget(top)

    def tell(self, level: Level, word: str, when: str, note: str) -> None:
        look_ = told(level, word)
        self.chip.show_chip(look_.ink, word, look_.glyph)
        self.when.setText(when)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class StatePart(QWidget):
    """Three ages, and what failed last."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self.local = _Line("Di komputer ini", "local")
        self.outside = _Line("Di luar komputer", "outside")
        self.drill = _Line("Uji pulih", "drill")
        self.failed = label("", "bodyb", "late", wrap=True)
        self.failed.setObjectName("backup-failed")
        self.failed.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            col(
                self.local,
                self.outside,
                self.drill,
                self.failed,
                gap=S2,
                pad=(S4, S3, S4, S3),
                plane="surface",
            )
        )

    def show_state(self, seen: Overview) -> None:
        """Tell the ages in words and numbers."""
        state, count = seen.state, len(seen.sets)
        kept = f"{grouped(count)} cadangan tersimpan, diperiksa saat dibuat." if count else ""
        self.local.tell(
            state.local_level,
            chip_words(state.local_level, state.local_at, state.now),
            self._age(state.local_at, state),
            kept if state.unsaved or not count else f"{kept} Sejak itu tidak ada yang berubah.",
        )
        self.outside.tell(
            state.outside_level,
            chip_words(state.outside_level, state.outside_at, state.now),
            self._age(state.outside_at, state),
            _outside_note(seen),
        )
        self.drill.tell(
            state.drill_level,
            _drill_word(state),
            self._age(state.drill_at, state),
            _drill_note(seen),
        )
        faults = []
        if state.failed:
            faults.append(f"Cadangan otomatis terakhir gagal. {state.failed}")
        if state.journal_fault:
            faults.append(state.journal_fault)
        self.failed.setText("\n".join(faults))
        self.failed.setVisible(bool(faults))

    def _age(self, at: datetime | None, state: BackupState) -> str:
        words = age(at, state.now, self._zone)
        return words[0].upper() + words[1:]


def _outside_note(seen: Overview) -> str:
    if not seen.keys:
        return "Buat kunci pemulihan dahulu; sesudah itu colokkan flashdisk."
    if not seen.state.outside_level:
        return ""
    return "Colokkan flashdisk cadangan: yang sudah dikenal diisi sendiri, yang baru dengan F12."


def _drill_word(state: BackupState) -> str:
    if state.drill_at is not None and not state.drill_ok:
        return "GAGAL"
    return chip_words(state.drill_level, state.drill_at, state.now)


def _drill_note(seen: Overview) -> str:
    if seen.drill_said:
        return f"{seen.drill_said} Buat cadangan baru, lalu uji lagi."
    if not seen.sets:
        return "Buat cadangan dahulu; sesudah itu cadangan itu dapat diuji."
    if seen.state.drill_level:
        return "Tekan F8: cadangan terbaru dipulihkan di samping data, dicoba, lalu dihapus."
    return "Cadangan dapat dibuka, lengkap, dan memberi nomor berikutnya."
