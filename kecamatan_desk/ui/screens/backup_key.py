"""The recovery key on the screen *Cadangan*: made, printed, typed back, replaced."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.documents.recovery_sheet import groups
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.parts import Button, chip, col, label, restyle, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3
from kecamatan_desk.usecases.recovery import (
    KeyInUse,
    NewKey,
    adopt,
    new_key,
    sheet_pdf,
)

_WHAT = (
    "Cadangan di luar komputer disandikan. Yang dapat membukanya hanya kunci pemulihan, yang "
    "dicetak dua lembar dalam amplop tersegel: satu untuk Camat, satu untuk Sekretaris Kecamatan. "
    "Komputer ini tidak menyimpannya."
)
_LOST = (
    "Bila kedua lembar hilang: cadangan di luar komputer tidak dapat dibuka siapa pun. Selama "
    "komputer ini baik, tidak ada data yang hilang: ganti kunci, lalu cadangkan lagi. Bila lembar "
    "dilihat orang lain: ganti kunci juga. Lembar lama disimpan selama masih ada cadangan dari "
    "masanya."
)
_TYPE = (
    "1. Cetak kedua lembar. 2. Ketik ulang kunci dari salah satu lembar, atau pindai kode "
    "kotaknya. Kunci baru berlaku sesudah itu; lembar yang tidak jadi dipakai dimusnahkan."
)

_BY_HAND = (
    "Pastikan tidak ada orang lain yang melihat layar. Tulis dua kali di kertas, dengan tanggal "
    "dan nama kunci di atas; huruf O tidak ada, yang bulat selalu angka nol. Lalu sembunyikan."
)
_LINE = 5  # groups of four in a line, as on the sheet


class KeyPart(QWidget):
    """Shows which key is in use; the administrator makes and replaces it.

    Signals:
        adopted: A new key counts from now on.
    """

    adopted = Signal()

    def __init__(self, context: ScreenContext, *, leads: bool) -> None:
        super().__init__()
        self._context, self._leads = context, leads
        self._op_id = new_op_id()
        self._key: NewKey | None = None  # made and not yet typed back
        self._has_key = False
        self.state_chip = chip("late", "belum ada", "circle-alert")
        self.in_use = label("", ink="muted", wrap=True)
        self.make_button = Button("Buat kunci", "", "plain", "key-round", name="make-key")
        self.steps = label(_TYPE, wrap=True)
        self.mark = label("", "bodyb")
        self.print_button = Button("Cetak kedua lembar", "", "plain", "printer", name="print-key")
        self.write_button = Button("Tulis dengan tangan", "", "link", "pencil", name="write-key")
        self.shown = _Groups()
        self.shown_note = label(_BY_HAND, "caption", "muted", wrap=True)
        self.typed = QLineEdit()
        self.typed.setObjectName("recovery-key")
        self.typed.setAccessibleName("Kunci pemulihan, diketik ulang dari lembar")
        self.typed.setPlaceholderText("Ketik ulang, huruf besar kecil dan spasi bebas")
        self.typed.setMaxLength(200)
        self.problem = label("", "caption", "late", wrap=True)
        self.adopt_button = Button("Pakai kunci ini", "", "primary", "check", name="adopt-key")
        self.drop_button = Button("Tidak jadi", "", "plain", name="drop-key")
        self._making = col(
            self.mark,
            self.steps,
            row(self.print_button, self.write_button, None, gap=S3),
            self.shown,
            self.shown_note,
            self.typed,
            self.problem,
            row(None, self.drop_button, self.adopt_button),
            gap=S2,
        )
        self._making.hide()
        self.hide_key()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        inside = col(
            row(label("Kunci pemulihan", "bodyb"), self.state_chip, None, gap=S3),
            self.in_use,
            label(_WHAT, "caption", "muted", wrap=True),
            row(self.make_button, None),
            self._making,
            label(_LOST, "caption", "muted", wrap=True),
            gap=S2,
        )
        layout.addWidget(inside)
        self.make_button.setVisible(leads)
        self.make_button.clicked.connect(self.make)
        self.print_button.clicked.connect(self.print_sheets)
        self.write_button.clicked.connect(self.show_key)
        self.typed.returnPressed.connect(self.adopt_typed)
        self.adopt_button.clicked.connect(self.adopt_typed)
        self.drop_button.clicked.connect(self.drop)

    def show_keys(self, keys: Sequence[KeyInUse]) -> None:
        """Show the key in use and how many there were before."""
        self._has_key = bool(keys)
        self.make_button.set_words("Ganti kunci" if keys else "Buat kunci")
        if not keys:
            self.state_chip.show_chip("late", "belum ada", "circle-alert")
            self.in_use.setText("Tanpa kunci, cadangan ke flashdisk belum dapat dibuat.")
            return
        self.state_chip.show_chip("ok", "ada", "circle-check")
        old = len(keys) - 1
        before = f" Sebelumnya ada {old} kunci; lembarnya tetap disimpan." if old else ""
        since = short_date(keys[0].since)
        self.in_use.setText(f"Dipakai: {keys[0].mark}, sejak {since}.{before}")

    @property
    def typing(self) -> bool:
        """Whether a key was made that does not count yet."""
        return self._key is not None

    @Slot()
    def make(self) -> None:
        """Make a new key; it counts for nothing until it was typed back."""
        if self._has_key and not confirm.ask(
            self,
            "Ganti kunci pemulihan",
            "Cadangan di luar komputer sesudah ini hanya terbuka dengan kunci yang baru. Cadangan "
            "yang sudah ada tetap memerlukan lembar lama: simpan keduanya.",
            "Ya, buat kunci baru",
        ):
            return
        self._context.background.run(self._made, new_key)

    def _made(self, key: NewKey) -> None:
        self._key, self._op_id = key, new_op_id()
        self.mark.setText(f"Kunci baru {key.mark}, belum dipakai")
        self.typed.clear()
        self.problem.clear()
        self.make_button.hide()
        self._making.show()
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.print_sheets()

    @Slot()
    def print_sheets(self) -> None:
        """Print the sheets: one page for each keeper."""
        if self._key is not None:
            self._context.background.job(self._print, sheet_pdf, self._key)

    def _print(self, pdf: bytes) -> None:
        if self._key is not None:
            self._context.printing.print_pdf(self, pdf, "kunci", "Lembar kunci pemulihan")
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_key(self) -> None:
        """Show the key to be written down, where nothing prints on paper; again: hide it."""
        if self._key is None or not self.shown.isHidden():
            self.hide_key()
            return
        self.shown.show_groups(groups(self._key.secret))
        self.shown_note.show()
        self.write_button.set_words("Sembunyikan kunci")

    def hide_key(self) -> None:
        """Take the key off the screen."""
        self.shown.clear()
        self.shown_note.hide()
        self.write_button.set_words("Tulis dengan tangan")

    @Slot()
    def adopt_typed(self) -> None:
        """Take the key into use when what was typed is it."""
        if self._key is None:
            return
        self.problem.clear()
        restyle(self.typed, state="")
        self._context.background.command_job(
            self._adopted, adopt, self._op_id, self._key.secret, self.typed.text()
        )

    def _adopted(self, _nothing: None) -> None:
        self.drop()
        self._context.messages.said.emit(
            "Kunci pemulihan dipakai mulai sekarang. Segel kedua lembar dan serahkan.", None
        )
        self.adopted.emit()

    def show_refusal(self, message: str) -> None:
        """Show at the field why the key does not count yet; what was typed stays."""
        if self._key is not None:
            self.problem.setText(message)
            restyle(self.typed, state="error")
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: DeskError) -> None:
        """Take a refusal that was meant for this part."""
        self.show_refusal(str(error))

    @Slot()
    def drop(self) -> None:
        """Forget the new key; the one before stays in use."""
        self._key = None
        self.typed.clear()
        self.problem.clear()
        self.hide_key()
        self._making.hide()
        self.make_button.setVisible(self._leads)


class _Groups(QWidget):
    """A key as on its sheet: groups in columns, each with its number; hidden while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("key-shown")
        self.parts: tuple[str, ...] = ()  # what is shown
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setVerticalSpacing(look().px(S2))
        self._layout.setHorizontalSpacing(look().px(S3))
        self._layout.setColumnStretch(_LINE, 1)

    def show_groups(self, parts: Sequence[str]) -> None:
        """Show them; the first, the fixed beginning, has a line of its own."""
        self.clear()
        self.parts = tuple(parts)
        for number, part in enumerate(parts, 1):
            line, at = divmod(number - 2, _LINE) if number > 1 else (-1, 0)
            words = col(label(str(number), "caption", "muted"), label(part, "head"), gap=0)
            self._layout.addWidget(words, line + 1, at, 1, _LINE if number == 1 else 1)
        self.show()

    def clear(self) -> None:
        """Take them off the screen."""
        self.parts = ()
        self.hide()
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
