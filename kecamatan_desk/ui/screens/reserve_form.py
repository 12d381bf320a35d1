"""How many numbers of which series a sheet for hours without power is to bear."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kecamatan_desk.ui.parts import label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S5
from kecamatan_desk.usecases.number_values import Numbering, SeriesState
from kecamatan_desk.usecases.reserving import MOST_RESERVED

_HELP = (
    "Nomor yang disisihkan tidak dapat dikembalikan: setiap nomor nanti diisi atau dinyatakan "
    "tidak dipakai. Sisihkan secukupnya; 10 nomor cukup untuk satu lembar. Nomor antrian darurat "
    "(P-01 dan seterusnya) dicetak sebanyak itu juga."
)
_COLUMNS = 2


class ReserveForm(QWidget):
    """A box for each series; Enter goes to the next."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QLineEdit] = {}
        self.problem = label("", ink="late", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look().px(S5))
        self._grid.setVerticalSpacing(look().px(S2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S3))
        layout.addWidget(label("Siapkan lembar padam listrik", "title", wrap=True))
        layout.addWidget(label(_HELP, ink="muted", wrap=True))
        layout.addWidget(self.problem)
        layout.addLayout(self._grid)
        self.problem.hide()

    def show_series(self, stands: Numbering) -> None:
        """Offer the series of the year; amounts typed stay."""
        shown = [one for one in stands.series if one.has_lines]
        names = [one.series for one in shown]
        if names == list(self._boxes):
            return
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._boxes = {}
        rows = -(-len(shown) // _COLUMNS)
        for place, state in enumerate(shown):
            self._add(state, place % rows, place // rows * 2)
        self._grid.setColumnStretch(2 * _COLUMNS, 1)

    def _add(self, state: SeriesState, line: int, column: int) -> None:
        box = QLineEdit()
        box.setValidator(QIntValidator(0, MOST_RESERVED, box))
        box.setPlaceholderText("0")
        box.setObjectName(f"reserve-{state.series}")
        box.setAccessibleName(f"Banyaknya nomor cadangan {state.label}")
        box.setFixedWidth(look().px(64))
        words = label(f"{state.label}, mulai nomor {state.coming:03d}")
        words.setBuddy(box)
        self._grid.addWidget(words, line, column)
        self._grid.addWidget(box, line, column + 1)
        self._boxes[state.series] = box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # not `returnPressed`: a box left empty is no finished number, and would hold Enter up
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def first(self) -> QWidget:
        """Give the first box."""
        return next(iter(self._boxes.values()), self)

    def box(self, series: str) -> QLineEdit:
        """Give the box of a series."""
        return self._boxes[series]

    def wanted(self) -> tuple[tuple[str, int], ...]:
        """Give (series, amount) of those wanted; says so when there is none."""
        typed = {name: int(box.text() or 0) for name, box in self._boxes.items()}
        wanted = tuple((name, amount) for name, amount in typed.items() if amount)
        if not wanted:
            self.refuse("Belum ada seri yang dipilih: isi banyaknya nomor pada sedikitnya satu.")
        return wanted

    def refuse(self, message: str) -> None:
        """Show why nothing was set aside."""
        self.problem.setText(message)
        self.problem.show()
        self.first().setFocus()

    def clear(self) -> None:
        """No amounts."""
        self.problem.hide()
        for box in self._boxes.values():
            box.clear()
