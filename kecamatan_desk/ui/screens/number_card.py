"""The number a file would get now, and the letter number it makes; a code for this letter alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.ui.parts import col, key, label, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S4, S5
from kecamatan_desk.usecases.booking import MOST_CLASSIFICATION
from kecamatan_desk.usecases.number_values import NextNumber

_LETTER = "Nomor surat yang akan tercetak"
_ONCE = "Sekali diberikan, nomor tidak dipakai ulang walau surat ditolak atau batal."
#: After a restore the file may be back at this step although its letter was printed already.
_LOST = (
    "Nomor {} hilang dan belum terisi. Bila surat berkas ini sudah dicetak dengan nomor itu, "
    "jangan beri nomor lain: akhiri berkas ini dan isi lewat Lembar cadangan."
)
_STAYS = "Nomor urut berikutnya tetap."
_CODE = 168  # px at 100 %
#: What is printed for the number, where it is not a letter.
_FORMS = {
    "pengesahan": "Tercetak sebagai blok pengesahan pada surat desa.",
    "register": "Tanpa surat: nomor ini ditulis tangan pada surat desa.",
}


class NumberCard(QFrame):
    """The next number and the letter number it makes, not spent yet.

    ``code`` takes another classification code for this letter; empty: the service's own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.number = label("", "number", "on_tint")
        self.letter = label("", "head", "on_tint", wrap=True)
        self.form = label("", "caption", "on_tint", wrap=True)
        self.code = QLineEdit()
        self.code.setObjectName("classification")
        self.code.setAccessibleName("Kode klasifikasi untuk surat ini saja")
        self.code.setMaxLength(MOST_CLASSIFICATION)
        self.code.setFixedWidth(look().px(_CODE))
        caption = label("Kode klasifikasi surat ini", "caption", "on_tint")
        caption.setBuddy(self.code)
        self._code_row = col(row(caption, key("Ctrl+K"), None, gap=S2), self.code, None, gap=2)
        self._spent = label("Nomor agenda berikutnya, belum terpakai", "caption", "on_tint")
        self._caption = label(_LETTER, "caption", "on_tint", wrap=True)
        self.once = label(_ONCE, "caption", "on_tint", wrap=True)
        line = row(
            col(self._spent, self.number, gap=0),
            "~16",
            (col(self._caption, self.letter, self.form, self.once, None, gap=2), 1),
            self._code_row,
            gap=S4,
            pad=(S5, S2, S5, S2),
            card="next",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(line)
        self._code_row.hide()
        self.form.hide()

    def show_number(self, coming: NextNumber | None, own: str = "") -> None:
        """Show the number that would be given; a file sent back keeps its own."""
        kept = bool(own)
        inserted = coming is not None and bool(coming.suffix) and not kept
        self._spent.setText(_caption(coming, own))
        number = own if kept else coming.agenda if coming else ""
        self.number.setText(number)
        self.letter.setText(coming.letter_number if coming and not kept else self.letter.text())
        self.setAccessibleName(f"{self._spent.text()}: {number}")
        numbered = coming is not None and not kept and bool(coming.letter_number)
        self._code_row.setVisible(numbered and not inserted)
        self.form.setText(_FORMS.get(coming.form, "") if coming and numbered else "")
        self.form.setVisible(bool(self.form.text()))
        self.once.setHidden(bool(self.form.text()) or look().folded)
        series = coming.series if coming and not kept else ""
        self._caption.setText(f"{_LETTER}, seri {series}" if series and numbered else _LETTER)
        if coming is not None:
            self.code.setPlaceholderText(coming.classification)
        day = coming.day if coming is not None and inserted else None
        self.once.setText(f"Tanggal surat {long_date(day)}. {_STAYS}" if day else _ONCE)
        if coming is not None and coming.lost and not kept:
            self.once.setText(_LOST.format(coming.lost))
            self.once.show()

    @Slot()
    def focus_code(self) -> None:
        """Ctrl+K: to the code, what stands there chosen."""
        if self._code_row.isVisible():
            self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.code.selectAll()


def _caption(coming: NextNumber | None, own: str) -> str:
    if own:
        return "Nomor agenda berkas ini, tetap"
    if coming is None or not coming.suffix:
        return "Nomor agenda berikutnya, belum terpakai"
    if coming.waits:
        return "Nomor sisipan, menunggu persetujuan"
    return "Nomor sisipan, sudah disetujui"
