"""The rows of a table field as they were typed."""

from __future__ import annotations

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
        if text == self._cells[index.row()][index.column()]:
            return True
        self._cells[index.row()][index.column()] = text
        self.dataChanged.emit(index, index)
        self._keep_one_empty()
        self.typed.emit()
        return True

    def remove(self, row: int) -> None:
        """Take a row out; the last, empty one stays."""
        if 0 <= row < len(self._cells) - 1:
            self.beginRemoveRows(ROOT, row, row)
            del self._cells[row]
            self.endRemoveRows()
            self.typed.emit()

    def show_rows(self, rows: list[dict[str, Any]]) -> None:
        """Replace all rows by stored ones."""
        self.beginResetModel()
        self._cells = [
            [shown(column, row.get(column.code)) for column in self.columns] for row in rows
        ]
        self._cells.append(self._empty())
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
