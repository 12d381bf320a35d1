"""A field that holds a table: family members, heirs, witnesses.

There is always one empty row at the end; typing in it adds a row. Enter and Tab go to the next
cell, Ctrl+Del removes the row. What cannot be read stays as typed, in the colour of an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QScrollArea,
    QTableView,
    QWidget,
)

from kecamatan_desk.ui.field_edits import FieldEdit
from kecamatan_desk.ui.paint import text_height, text_width
from kecamatan_desk.ui.row_cells import ENTER, RowCells, drops_row
from kecamatan_desk.ui.rows_model import RowsModel
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_ROW, _HEAD = 32, 30  # px at 100 %
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowsView(QTableView):
    """The table; as high as its rows, so that only the form scrolls."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self._rows = model
        self._entered = False  # Enter was pressed in the cell that is being closed
        self.setModel(model)
        cells = RowCells(model.columns, self)
        cells.row_unwanted.connect(self.remove_row)
        cells.typed.connect(self._note_typing)
        cells.entered.connect(self._note_enter)
        self.setItemDelegate(cells)
        self.setProperty("framed", True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        px = look().px
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.verticalHeader().setFixedWidth(px(28))
        self.horizontalHeader().setDefaultAlignment(_LEFT | Qt.TextFlag.TextWordWrap)
        self.setCornerButtonEnabled(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(self.horizontalHeader().ResizeMode.Fixed)
        model.rowsInserted.connect(self.fit)
        model.rowsRemoved.connect(self.fit)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Grow or shrink with the rows, and rows with what is written in them."""
        px = look().px
        head = max(
            text_height(column.label, "caption", self.columnWidth(place) - px(S4))
            for place, column in enumerate(self._rows.columns)
        )
        high = max(px(_HEAD), head + px(S2))
        self.horizontalHeader().setFixedHeight(high)
        rows = [self._row_height(row) for row in range(self._rows.rowCount())]
        for row, height in enumerate(rows):
            self.setRowHeight(row, height)
        self.setFixedHeight(high + sum(rows) + 4)

    def _row_height(self, row: int) -> int:
        px, columns = look().px, range(len(self._rows.columns))
        cells = ((str(self._rows.index(row, n).data() or ""), self.columnWidth(n)) for n in columns)
        high = max(text_height(text, "body", width - px(S3)) for text, width in cells)
        return max(px(_ROW), high + px(S2))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        columns, room = self._rows.columns, self.viewport().width()
        least = [_least(column) for column in columns]
        if sum(least) > room * 2 // 3:  # large text: everybody gets a share
            least = [0] * len(columns)
        spans = [0 if least[place] else _weight(column) for place, column in enumerate(columns)]
        rest, left = room - sum(least), 0
        for place in range(len(spans)):
            share = rest * sum(spans[: place + 1]) // max(sum(spans), 1)
            right = sum(least[: place + 1]) + share
            self.setColumnWidth(place, right - left)
            left = right
        self.fit()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        QTimer.singleShot(0, self, self._reveal)  # when a new row has its place

    @Slot()
    def _reveal(self) -> None:
        """Scroll the form to the row one types in."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        form = area.widget() if area is not None else None
        if area is None or form is None or not self.isVisible():
            return
        cell = self.visualRect(self.currentIndex())
        foot = self.viewport().mapTo(form, cell.bottomLeft())
        area.ensureVisible(foot.x(), foot.y(), 0, look().px(_ROW + S4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if drops_row(event):
            self.remove_row()
        elif event.key() in ENTER:
            # the editor lets Enter through, and closes itself a moment later: see closeEditor
            if self.state() != QAbstractItemView.State.EditingState:
                self._go_on()
            event.accept()
        else:
            super().keyPressEvent(event)

    @Slot()
    def remove_row(self) -> None:
        """Take the current row out, its open cell first."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows.remove(self.currentIndex().row())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the cells, and leaves the table after the last filled row."""
        index = self.currentIndex()
        last = self._rows.rowCount() - 1
        if not forward or not index.isValid():
            return super().focusNextPrevChild(forward)
        at_end = index.row() == last and not str(index.data() or "")
        if at_end or (index.row(), index.column()) == (last, len(self._rows.columns) - 1):
            return self._leave()
        return super().focusNextPrevChild(forward)

    @Slot(int, int, str)
    def _note_typing(self, row: int, column: int, text: str) -> None:
        self._rows.type_in(self._rows.index(row, column), text)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self._rows.take_back()
        enter = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        entered, self._entered = self._entered, False
        super().closeEditor(editor, hint)
        if enter and entered and self.hasFocus():
            self._go_on()

    @Slot()
    def _note_enter(self) -> None:
        self._entered = True

    def _go_on(self) -> None:
        """Enter: the next cell; in an empty last row the next field of the form."""
        index = self.currentIndex()
        empty = index.row() == self._rows.rowCount() - 1 and not str(index.data() or "")
        if not index.isValid() or (empty and index.column() == 0):
            self._leave()
            return
        column, row = index.column() + 1, index.row()
        if column == len(self._rows.columns):
            column, row = 0, min(row + 1, self._rows.rowCount() - 1)
        following = self._rows.index(row, column)
        self.setCurrentIndex(following)

    def _leave(self) -> bool:
        self.setTabKeyNavigation(False)
        moved = bool(super().focusNextPrevChild(True))
        self.setTabKeyNavigation(True)
        return moved


_WEIGHTS = {FieldKind.NUMBER: 2, FieldKind.DATE: 4, FieldKind.NIK: 6, FieldKind.CHOICE: 4}
_WIDEST = {FieldKind.DATE: "00-00-0000", FieldKind.NIK: "0" * 16}


def _weight(field: Field) -> int:
    """Give the share of a column in the table's width."""
    if field.code == "nama":
        return 11
    return _WEIGHTS.get(field.kind, 8 if field.length > 60 else 5)


def _least(field: Field) -> int:
    """Give the width at which nothing of a column is cut; 0 where the text may wrap."""
    if field.kind not in (*_WIDEST, FieldKind.CHOICE):
        return 0
    words = field.choices or (_WIDEST.get(field.kind, ""),)
    return max(text_width(word, "body") for word in words) + look().px(S4)


class RowsField(FieldEdit):
    """The field of a form around the table."""

    editor: RowsView

    def __init__(self, field: Field) -> None:
        self.rows = RowsModel(field.columns)
        super().__init__(field, RowsView(self.rows))
        self.rows.setParent(self)
        self.rows.typed.connect(self._note_typed)
        self.editor.setToolTip("Ketik di baris kosong untuk menambah. Ctrl+Del menghapus baris.")
        self.refresh_must()

    def value(self) -> Any:
        return self.rows.value() or None

    def problem(self) -> str:
        return self.rows.problem()

    def raw(self) -> list[list[str]]:
        return self.rows.cells()

    def show_raw(self, raw: Any) -> None:
        self.set_value(None)
        self.rows.show_cells([[str(text) for text in row] for row in raw or ()])
        self.refresh_must()

    def unread(self) -> dict[str, str]:
        """Give every cell while one cannot be read, as ``field.row.column``: none goes alone."""
        if not self.rows.has_unread():
            return {}
        return {
            f"{self.field.code}.{n}.{column.code}": text
            for n, row in enumerate(self.rows.cells())
            for column, text in zip(self.rows.columns, row, strict=True)
            if text
        }

    def show_unread(self, cells: Mapping[str, str]) -> None:
        """Put back what `unread` gave."""
        rows: dict[int, dict[str, str]] = {}
        for key, text in cells.items():
            _code, number, column = key.split(".", 2)
            rows.setdefault(int(number), {})[column] = text
        columns = [column.code for column in self.rows.columns]
        self.show_raw([[rows[n].get(code, "") for code in columns] for n in sorted(rows)])

    def show_value(self, value: Any) -> None:
        rows = value if isinstance(value, list | tuple) else ()
        self.rows.show_rows([dict(row) for row in rows])

    @Slot()
    def _note_typed(self) -> None:
        self._note_edit()
