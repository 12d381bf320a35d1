"""Reading a book into the sheet that shows it: its end first, further back as one scrolls."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kecamatan_desk.ui.background import Background
from kecamatan_desk.ui.screens.book_jobs import Asked, SheetPart, read_sheet
from kecamatan_desk.ui.screens.open_book import OpenBook

_FIRST, _MORE, _MOST = 120, 240, 6000  # lines read: on opening, on scrolling up, on reloading
_WAITS = {
    "nomor": "begitu Petugas Register memberi nomor agenda",
    "surat": "begitu surat diberi nomor atau diserahkan",
    "pengembalian": "begitu berkas dikembalikan karena TMS",
}


class BookReader(QObject):
    """Asks the worker for the lines, and puts them into the sheet.

    Signals:
        advanced: More of the book is shown, or another book: `part` tells of it.
    """

    advanced = Signal()

    def __init__(self, book: OpenBook, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._background = book, background
        self.part: SheetPart | None = None  # as it was shown last: totals, where to go on
        self._showing: Asked | None = None
        self._seek = 0  # the line that is to be shown, until it is read
        book.earlier_wanted.connect(self._ask_earlier)

    def read(self, asked: Asked) -> None:
        """Read the end of a book; of the one that is shown, as far back as it is read."""
        again = asked == self._showing
        least = min(max(len(self._book.lines), _FIRST), _MOST) if again else _FIRST
        self._showing = asked
        self._background.job(self._take_end, read_sheet, asked, None, least)

    def look_for(self, line_id: int) -> None:
        """Choose this line when it is read; earlier ones are read until it is there."""
        self._seek = line_id

    def _take_end(self, part: SheetPart) -> None:
        if part.asked != self._showing:
            return  # another book was chosen meanwhile
        again = self.part is not None and self.part.asked == part.asked
        self.part = part
        form = part.asked.form
        waits = _WAITS[form.unit]
        self._book.empty = f"Belum ada {form.unit} pada masa ini. Baris muncul di sini {waits}."
        self._book.setAccessibleName(f"{form.title}, {part.asked.period.label}")
        self._book.show_part(part, again)
        self.advanced.emit()
        self._look_for_line()

    @Slot()
    def _ask_earlier(self) -> None:
        if self.part is not None and self.part.before is not None:
            part = self.part
            self._background.job(self._take_earlier, read_sheet, part.asked, part.before, _MORE)

    def _take_earlier(self, part: SheetPart) -> None:
        shown = self.part
        left = part.lines[-1].read.number if part.lines else 0
        if shown is None or shown.asked != part.asked or not shown.before:
            return
        if shown.before.left != left:
            return  # the book was read anew meanwhile
        self.part = part
        self._book.put_in_front(part)
        self.advanced.emit()
        self._look_for_line()

    def _look_for_line(self) -> None:
        if not self._seek:
            return
        if self._book.choose_line(self._seek):
            self._seek = 0
            self._book.scrollTo(self._book.currentIndex())
            self._book.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.part is not None and self.part.before is not None:
            self._ask_earlier()
        else:
            self._seek = 0
