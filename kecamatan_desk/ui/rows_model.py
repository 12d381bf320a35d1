"""The rows of a table field as they were typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from kecamatan_desk.ui.field_text import read, shown
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import ROOT, Index
from kecamatan_desk.workflows.vocabulary import Field

_MOST = 60  # rows; a form on paper has fewer
Role = Qt.ItemDataRole


class RowsModel(QAbstractTableModel):
    """The rows as typed. Cells keep their text; `value` reads it.

    Signals:
        typed: The user has changed a cell or removed a row.
    """

    typed = Signal()

    def __init__(self, columns: tuple[Field, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._cells: list[list[str]] = [self._empty()]
        self._before: tuple[int, int, str] | None = None  # the cell in hand before it was typed in

    def _empty(self) -> list[str]:
        return [""] * len(self.columns)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._cells[index.row()][index.column()]
        if role in (Role.DisplayRole, Role.EditRole):
            return text
        wrong = self.cell_problem(index.row(), index.column())
        if role == Role.ForegroundRole and wrong:
            return look().color("late")
        if role == Role.ToolTipRole:
            return wrong or text or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if role != Role.DisplayRole:
            return None
        return (
            self.columns[section].label
            if orientation == Qt.Orientation.Horizontal
            else str(section + 1)
        )

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid():
            return False
        field, text = self.columns[index.column()], str(value)
        with suppress(ValueError):  # stays as typed; `problem` tells why
            text = shown(field, read(field, text))
        begun, self._before = self._before, None
        changed = text != self._cells[index.row()][index.column()]
        if not changed and begun is None:
            return True
        self._cells[index.row()][index.column()] = text
        self.dataChanged.emit(index, index)
        self._keep_one_empty()
        if changed:
            self.typed.emit()
        return True

    def type_in(self, index: Index, text: str) -> None:
        """Note what stands in the editor of a cell, while it is typed: it is kept already."""
        if not index.isValid():
            return
        row, column = index.row(), index.column()
        was = self._cells[row][column]
        if text == was:
            return
        if self._before is None or self._before[:2] != (row, column):
            self._before = (row, column, was)
        self._cells[row][column] = text  # untold to the view: it would write over the editor
        self.typed.emit()

    def take_back(self) -> None:
        """Esc in a cell: it is as it was before."""
        if self._before is None:
            return
        row, column, text = self._before
        self._before = None
        if row < len(self._cells):
            self._cells[row][column] = text
            self.dataChanged.emit(self.index(row, column), self.index(row, column))
            self.typed.emit()

    def remove(self, row: int) -> None:
        """Take a row out; the last, empty one stays."""
        self._before = None
        if 0 <= row < len(self._cells) - 1:
            self.beginRemoveRows(ROOT, row, row)
            del self._cells[row]
            self.endRemoveRows()
            self.typed.emit()

    def show_rows(self, rows: list[dict[str, Any]]) -> None:
        """Replace all rows by stored ones."""
        self._replace([[shown(c, row.get(c.code)) for c in self.columns] for row in rows])

    def cells(self) -> list[list[str]]:
        """Give the rows that hold anything, as typed."""
        return [list(cells) for cells in self._cells if any(cells)]

    def show_cells(self, cells: Iterable[Sequence[str]]) -> None:
        """Replace all rows by typed ones, readable or not."""
        width = len(self.columns)
        self._replace([[*row, *self._empty()][:width] for row in cells][:_MOST])

    def _replace(self, cells: list[list[str]]) -> None:
        self.beginResetModel()
        self._before = None
        self._cells = [*cells, self._empty()]
        self.endResetModel()

    def value(self) -> list[dict[str, Any]]:
        """Give the stored form: rows that hold anything, cells that can be read."""
        rows = []
        for cells in self._cells:
            row = {}
            for column, text in zip(self.columns, cells, strict=True):
                value = _read_or_none(column, text)
                if value is not None:
                    row[column.code] = value
            if row:
                rows.append(row)
        return rows

    def cell_problem(self, row: int, column: int) -> str:
        """Say why a cell cannot be kept; empty when it can."""
        try:
            read(self.columns[column], self._cells[row][column])
        except ValueError as error:
            return str(error)
        return ""

    def has_unread(self) -> bool:
        """Tell whether any cell cannot be read."""
        places = range(len(self.columns))
        return any(self.cell_problem(row, n) for row in range(len(self._cells)) for n in places)

    def problem(self) -> str:
        """Say what is wrong in the first wrong row."""
        for row, cells in enumerate(self._cells):
            for place, column in enumerate(self.columns):
                if wrong := self.cell_problem(row, place):
                    return f"Baris {row + 1}: {wrong}"
                if column.required and not cells[place] and any(cells):
                    return f"Baris {row + 1}: {column.label} belum diisi."
        return ""

    def _keep_one_empty(self) -> None:
        if any(self._cells[-1]) and len(self._cells) < _MOST:
            end = len(self._cells)
            self.beginInsertRows(ROOT, end, end)
            self._cells.append(self._empty())
            self.endInsertRows()


def _read_or_none(field: Field, text: str) -> Any:
    try:
        return read(field, text)
    except ValueError:
        return None
