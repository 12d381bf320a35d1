"""The one table model of the application."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from kecamatan_desk.ui.style import look

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
RECORD_ROLE = Qt.ItemDataRole.UserRole  # data() returns the record itself


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what to write under it, and how wide (px at 100 %; 0 = takes what is left)."""

    title: str
    text: Callable[[Any], str]
    width: int = 0
    right: bool = False  # figures stand to the right
    tip: bool = False  # the text again as tooltip, where it may be elided


class RecordTableModel(QAbstractTableModel):
    """Shows immutable records. They are replaced as a whole, never edited in place."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self._records: Sequence[Any] = ()

    @property
    def records(self) -> Sequence[Any]:
        """The records shown."""
        return self._records

    def show_records(self, records: Sequence[Any]) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._records = records
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self._records[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(record)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return column.text(record)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return record if role == RECORD_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight
            if not self.columns[section].right:
                side = Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def record_table(model: RecordTableModel, name: str) -> QTableView:
    """Give a quiet table over records: whole rows, no grid, Tab leaves it. *name* is spoken."""
    view = QTableView()
    view.setModel(model)
    view.setProperty("quiet", True)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(look().px(36))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(look().px(24))
    for position, column in enumerate(model.columns):
        if column.width:
            view.setColumnWidth(position, look().px(column.width))
        else:
            header.setSectionResizeMode(position, header.ResizeMode.Stretch)
    return view


def finish_cell(part: QWidget) -> None:
    """Take over the cell that is being typed in the window of *part*: a deed means all one sees."""
    typing = part.window().focusWidget()
    viewport = typing.parentWidget() if typing else None
    view = viewport.parentWidget() if viewport else None
    if typing is not None and isinstance(view, QAbstractItemView):
        view.commitData(typing)
        view.setFocus(Qt.FocusReason.OtherFocusReason)
