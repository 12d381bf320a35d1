"""Finding the service: type a few letters, the most used of the month first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from kecamatan_desk.ui.icon_field import IconField
from kecamatan_desk.ui.paint import MIDDLE, State, focus_ring, has_state, rect_of, write
from kecamatan_desk.ui.parts import label, pic, row
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S1, S2, S3, S4
from kecamatan_desk.usecases.draft_values import ServiceChoice

_ROW, _FIGURE = 40, 48  # px at 100 %
_NAMED = 2  # services named in one sentence
_STEP_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


def matching(choices: Sequence[ServiceChoice], typed: str) -> tuple[ServiceChoice, ...]:
    """Give the services that hold every typed word.

    The one that is called just so comes first ("ktp"), then those that have it in their name,
    then those that have it among their keywords.
    """
    words = typed.casefold().split()
    found = [(place, one) for one in choices if (place := _place(one, words)) is not None]
    return tuple(one for _place_, one in sorted(found, key=_rank))


def closed_words(closed: Sequence[ServiceChoice], typed: str, *, found: bool) -> str:
    """Say which service that is sought is switched off; "" when none is.

    Where others are found too, only one that is called just as was typed is meant.
    """
    words = typed.casefold().split()
    sought = matching(closed, typed) if words else ()
    meant = [one for one in sought if not found or _place(one, words) == 0]
    if not meant:
        return ""
    names = ", ".join(one.label for one in meant[:_NAMED])
    more = f" dan {len(meant) - _NAMED} layanan lain" if len(meant) > _NAMED else ""
    return f"{names}{more} ditutup oleh Administrator pada menu Layanan."


def _rank(found: tuple[int, ServiceChoice]) -> int:
    return found[0]


def _place(choice: ServiceChoice, words: Sequence[str]) -> int | None:
    name = choice.label.casefold()
    if "-".join(words) == choice.code:
        return 0
    if all(word in name for word in words):
        return 1
    everything = f"{name} {choice.keywords.casefold()} {choice.code}"
    return 2 if all(word in everything for word in words) else None


def bold_parts(text: str, typed: str) -> list[tuple[int, int]]:
    """Give (start, length) of what was typed inside *text*: whole if it stands so, else words."""
    low, wanted = text.casefold(), " ".join(typed.casefold().split())
    parts = [wanted] if wanted and wanted in low else wanted.split()
    return [(low.index(part), len(part)) for part in parts if part in low]


def _spoken(choice: ServiceChoice) -> str:
    return f"{choice.label}, {choice.used_this_month} bulan ini"


class _Lines(QStyledItemDelegate):
    """A service over one or two lines, the typed letters bold; how often it came this month."""

    def __init__(self, finder: ServiceFinder) -> None:
        super().__init__(finder)
        self._finder = finder

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(look().px(200), look().px(_ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice: ServiceChoice = index.data(RECORD_ROLE)
        px, color, area = look().px, look().color, rect_of(option)
        painter.save()
        chosen = has_state(option, State.State_Selected)
        hovered = has_state(option, State.State_MouseOver)
        painter.fillRect(area, color("tint" if chosen else "hover" if hovered else "surface"))
        if chosen:
            painter.fillRect(QRect(area.left(), area.top(), px(4), area.height()), color("accent"))
        self._write_name(painter, area, choice.label)
        figure = area.adjusted(0, 0, -px(S4), 0)
        right = int(MIDDLE | Qt.AlignmentFlag.AlignRight)
        write(
            painter,
            figure,
            str(choice.used_this_month or ""),
            kind="caption",
            ink="muted",
            flags=right,
        )
        painter.restore()
        focus_ring(painter, area, option)

    def _write_name(self, painter: QPainter, area: QRect, name: str) -> None:
        layout = QTextLayout(name, look().font("body"))
        formats = []
        for start, length in bold_parts(name, self._finder.typed):
            bold = QTextLayout.FormatRange()
            bold.start, bold.length = start, length
            bold.format.setFontWeight(QFont.Weight.Bold)
            formats.append(bold)
        layout.setFormats(formats)
        width, high = area.width() - look().px(S4 + _FIGURE), 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():  # a long name takes two lines, never dots
            line.setLineWidth(width)
            line.setPosition(QPointF(0, high))
            high += line.height()
        layout.endLayout()
        painter.setPen(look().color("text"))
        place = QPointF(area.left() + look().px(S4), area.top() + (area.height() - high) / 2)
        layout.draw(painter, place)


class ServiceFinder(QFrame):
    """The search line and the services it finds.

    Signals:
        chosen: The user has decided on a service (Enter, or a click): its code.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[ServiceChoice, ...] = ()
        self._closed: tuple[ServiceChoice, ...] = ()
        self.search = IconField("search")
        self.search.setPlaceholderText("Ketik nama layanan …")
        self.search.setAccessibleName("Cari layanan")
        self.search.setObjectName("find-service")
        self.search.setClearButtonEnabled(False)
        self.search.installEventFilter(self)
        self._found = label("", "caption", "muted")
        self.closed = label("", "caption", "warn", wrap=True)
        self._closed_row = row(
            pic("triangle-alert", "warn"), (self.closed, 1), pad=(S4, S1, S4, S2)
        )
        self._closed_row.hide()
        self.model = RecordTableModel((Column("Layanan", _spoken),), self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Lines(self))
        self.list.setAccessibleName("Layanan yang cocok")
        self.list.setObjectName("services")
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(self.search, pad=(S3, S3, S3, S2)))
        count = label("bulan ini", "caption", "muted")
        layout.addWidget(row(self._found, None, count, pad=(S4, 0, S4, S1)))
        layout.addWidget(self._closed_row)
        layout.addWidget(self.list, 1)
        self.search.textEdited.connect(self._find)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)

    @property
    def typed(self) -> str:
        """What stands in the search line."""
        return self.search.text().strip()

    def show_choices(self, choices: Sequence[ServiceChoice]) -> None:
        """Replace the services; what was typed and the current line stay."""
        self._choices = tuple(choices)
        self._show(self._current_code())

    def show_closed(self, closed: Sequence[ServiceChoice]) -> None:
        """Know the services that are switched off: who seeks one is told."""
        self._closed = tuple(closed)
        self._say_closed(self.model.rowCount() > 0)

    def _say_closed(self, found: bool) -> None:
        said = closed_words(self._closed, self.typed, found=found)
        self.closed.setText(said)
        self._closed_row.setVisible(bool(said))

    def mark(self, code: str | None) -> None:
        """Show which service is being filled in; None: none is."""
        if code and code not in [choice.code for choice in self.model.records]:
            self.search.clear()
        self._show(code)
        if code is None:
            self.list.setCurrentIndex(QModelIndex())

    def clear_search(self) -> None:
        """Begin anew: nothing typed, nothing chosen, all services in sight."""
        self.search.clear()
        self.mark(None)

    @Slot(str)
    def _find(self, _text: str) -> None:
        self._show(None)

    def _show(self, code: str | None) -> None:
        found = matching(self._choices, self.typed)
        self.model.show_records(found)
        self._found.setText(f"{len(found)} layanan" + (" cocok" if self.typed else ""))
        self._say_closed(bool(found))
        codes = [choice.code for choice in found]
        place = codes.index(code) if code in codes else 0 if self.typed and found else -1
        self.list.setCurrentIndex(self.model.index(place, 0) if place >= 0 else QModelIndex())

    def _current_code(self) -> str | None:
        index = self.list.currentIndex()
        return index.data(RECORD_ROLE).code if index.isValid() else None

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(RECORD_ROLE).code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._keep_in_sight)  # the list has its new height only then

    @Slot()
    def _keep_in_sight(self) -> None:
        if self.list.currentIndex().isValid():
            self.list.scrollTo(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk the list while one types; Enter takes the current service."""
        if isinstance(event, QKeyEvent) and _is_press(event) and watched is self.search:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                index = self.list.currentIndex()
                if not index.isValid():
                    index = self.model.index(0, 0)
                self._choose(index)
                return True
            if event.key() in _STEP_KEYS:
                self._walk(event.key())
                return True
        return super().eventFilter(watched, event)

    def _walk(self, key: int) -> None:
        rows = self.model.rowCount()
        if not rows:
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5}.get(Qt.Key(key), -5)
        place = self.list.currentIndex().row()
        place = 0 if place < 0 else max(0, min(place + step, rows - 1))
        self.list.setCurrentIndex(self.model.index(place, 0))


def _is_press(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress
