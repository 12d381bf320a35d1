"""Finding the book: type a few letters, the most used of the year first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import grouped
from kecamatan_desk.ui.icon_field import IconField
from kecamatan_desk.ui.list_rows import RowDelegate
from kecamatan_desk.ui.paint import MIDDLE, text_width, write
from kecamatan_desk.ui.parts import label
from kecamatan_desk.ui.screens.service_finder import matching
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S3
from kecamatan_desk.usecases.book_reading import BookChoice
from kecamatan_desk.usecases.draft_values import ServiceChoice

_SHOWN = 10  # rows in sight
_LONG = 40  # letters of what was typed that are repeated where nothing matches
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _spoken(choice: ServiceChoice) -> str:
    return choice.label


class _Books(RowDelegate):
    """A book's title, and how many lines it has this year."""

    HEIGHT = 36
    AIR = 2

    def write_record(self, painter: QPainter, inner: QRect, choice: ServiceChoice) -> None:
        lines = grouped(choice.used_this_month) if choice.used_this_month else ""
        taken = text_width(lines, "caption") + look().px(S3) if lines else 0
        name = inner.adjusted(0, 0, -taken, 0)
        write(painter, name, choice.label, elide=Qt.TextElideMode.ElideRight)
        right = int(MIDDLE | Qt.AlignmentFlag.AlignRight)
        write(painter, inner, lines, kind="caption", ink="muted", flags=right)


class BookFinder(IconField):
    """A line with the book's title; while one types, the books that match lie below it.

    Signals:
        chosen: Another book was taken: its code.
    """

    chosen = Signal(str)

    _panel: QFrame | None = None  # Qt tells of events before it is made

    def __init__(self, overlay: QWidget) -> None:
        """*overlay* is the widget the list is drawn over (the screen)."""
        super().__init__("book-open")
        self._choices: tuple[ServiceChoice, ...] = ()
        self.code = ""
        self.setAccessibleName("Buku; ketik untuk mencari")
        self.setObjectName("find-book")
        self.setPlaceholderText("Ketik nama buku …")
        self.setMinimumWidth(look().px(200))
        self._open_mark = QAction(self)
        self.addAction(self._open_mark, QLineEdit.ActionPosition.TrailingPosition)
        self._open_mark.triggered.connect(self.open_all)
        self._open_mark.setIcon(QIcon(look().icon("chevron-down", "muted")))
        self.model = RecordTableModel((Column("Buku", _spoken),), self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Books(self.list))
        self.list.setAccessibleName("Buku yang cocok")
        self.list.setObjectName("books")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.nothing = label("", ink="muted", wrap=True)
        self.nothing.setContentsMargins(*([look().px(S3)] * 4))
        self._panel = QFrame(overlay)
        self._panel.setProperty("card", "true")
        inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        inside.addWidget(self.nothing)
        self._panel.hide()
        self.textEdited.connect(self._find)
        self.list.clicked.connect(self._take)
        self.list.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._panel is not None and self._panel.isVisible()

    def show_choices(self, choices: Sequence[BookChoice]) -> None:
        """Replace the books; the chosen one and what is being typed stay."""
        self._choices = tuple(
            ServiceChoice(one.form.code, one.form.title, one.keywords, one.lines or 0)
            for one in choices
        )
        if self.is_open:
            self._find(self.text() if self.isModified() else "")

    def choose(self, code: str) -> None:
        """Take a book."""
        self.close_list()
        changed, self.code = code != self.code, code
        self._show_title()
        if self.hasFocus():
            self.selectAll()
        if changed:
            self.chosen.emit(code)

    @Slot()
    def open_all(self) -> None:
        """Show all books, the chosen one current."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()
        self._show_found(self._choices)

    def close_list(self) -> None:
        """Take the list away; the line says which book is chosen."""
        if self._panel is not None:
            self._panel.hide()

    def _show_title(self) -> None:
        title = next((one.label for one in self._choices if one.code == self.code), "")
        if title and (self.text() != title or self.isModified()):
            self.setText(title)
            self.setCursorPosition(0)

    @Slot(str)
    def _find(self, text: str) -> None:
        self._show_found(matching(self._choices, text))

    def _show_found(self, found: Sequence[ServiceChoice]) -> None:
        self.model.show_records(found)
        codes = [choice.code for choice in found]
        typed = self.isModified() and bool(self.text())
        place = codes.index(self.code) if self.code in codes and not typed else 0
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.setText(f"Tidak ada buku dengan “{self.text()[:_LONG]}”.")
        self._place_panel(max(len(found), 1))
        self.list.setCurrentIndex(self.model.index(place, 0))
        self.list.scrollTo(self.list.currentIndex())

    def _place_panel(self, count: int) -> None:
        assert self._panel is not None
        overlay = self._panel.parentWidget()
        if overlay is None:
            return
        corner = self.mapTo(overlay, QPoint(0, self.height() + 2))
        high = min(count, _SHOWN) * look().px(_Books.HEIGHT) + 4
        room = overlay.height() - corner.y() - 4
        size = QSize(max(self.width(), look().px(320)), min(high, room))
        self._panel.setGeometry(QRect(corner, size))
        self._panel.raise_()
        self._panel.show()

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.choose(index.data(RECORD_ROLE).code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER:
            if self.is_open:
                self._take(self.list.currentIndex())  # nothing matches: nothing happens
            else:
                self._show_title()
                self.focusNextChild()
        elif key == Qt.Key.Key_Escape and (self.is_open or self.isModified()):
            self.close_list()
            self._show_title()
            self.selectAll()
        elif key in _STEPS:
            self._walk(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        if not self.is_open:
            self.open_all()
            return
        place = max(0, min(self.list.currentIndex().row() + step, self.model.rowCount() - 1))
        self.list.setCurrentIndex(self.model.index(place, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_list()
        self._show_title()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.is_open:
            self.open_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and watched is self.list:
            self.setFocus()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._panel is not None:
            self._open_mark.setIcon(QIcon(look().icon("chevron-down", "muted")))
