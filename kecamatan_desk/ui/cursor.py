"""Where the user is: the field under the keyboard and the place of the cursor in it.

`field_in_hand` reads it as a small body of JSON, `go_to_field` goes back to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from kecamatan_desk.ui.style import look

_REASON = Qt.FocusReason.OtherFocusReason


def field_in_hand(screen: QWidget) -> dict[str, Any]:
    """Give the named widget of a screen that has the keyboard, and where the cursor stands.

    Empty when the keyboard is elsewhere, or at something that has no name.
    """
    focus = screen.window().focusWidget()
    if focus is None or not screen.isAncestorOf(focus):
        return {}
    cell = _cell_of(focus)
    named = cell if cell is not None else focus
    if not named.objectName():
        return {}
    body: dict[str, Any] = {"name": named.objectName(), "nth": _place(screen, named)}
    if isinstance(named, QAbstractItemView):
        index = named.currentIndex()
        body |= {"row": index.row(), "column": index.column(), "typing": cell is not None}
    return body | _cursor_of(focus)


def go_to_field(screen: QWidget, body: Mapping[str, Any]) -> bool:
    """Put the keyboard and the cursor where they were; False when the field is not there."""
    namesakes = _visible(screen, str(body.get("name", "")))
    nth = int(body.get("nth", 0))
    if nth >= len(namesakes):
        return False
    named = namesakes[nth]
    if not named.isEnabled():
        return False
    named.setFocus(_REASON)
    target: QWidget | None = named
    if isinstance(named, QAbstractItemView):
        target = _go_to_cell(named, body)
    if target is not None and "at" in body:
        _put_cursor(target, int(body["at"]), int(body.get("anchor", body["at"])))
    bring_into_sight(target or named)
    return True


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to it, with room for what is said below a field."""
    area = widget.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget, 0, look().px(64))
        area = area.parentWidget()


def _cell_of(focus: QWidget) -> QAbstractItemView | None:
    """Give the table in one of whose cells the user types."""
    viewport = focus.parentWidget()
    view = viewport.parentWidget() if viewport is not None else None
    inside = isinstance(view, QAbstractItemView) and view.viewport() is viewport
    return view if inside and isinstance(view, QAbstractItemView) else None


def _go_to_cell(view: QAbstractItemView, body: Mapping[str, Any]) -> QWidget | None:
    model = view.model()
    row, column = int(body.get("row", -1)), int(body.get("column", -1))
    if model is None or not (0 <= row < model.rowCount() and 0 <= column < model.columnCount()):
        return None
    index = model.index(row, column)
    view.setCurrentIndex(index)
    if not body.get("typing"):
        return None
    if _cell_in_hand(view) is None:  # a table may open its cells by itself
        view.edit(index)
    return _cell_in_hand(view)


def _cell_in_hand(view: QAbstractItemView) -> QWidget | None:
    focus = view.window().focusWidget()
    inside = focus is not None and focus is not view and view.isAncestorOf(focus)
    return focus if inside else None


def _place(screen: QWidget, named: QWidget) -> int:
    namesakes = _visible(screen, named.objectName())
    return namesakes.index(named) if named in namesakes else 0


def _visible(screen: QWidget, name: str) -> list[QWidget]:
    return [one for one in screen.findChildren(QWidget, name) if one.isVisible()] if name else []


def _cursor_of(focus: QWidget) -> dict[str, int]:
    line = _line_of(focus)
    if line is not None:
        at = line.cursorPosition()
        start = line.selectionStart()
        anchor = at
        if start >= 0:
            anchor = start + line.selectionLength() if at == start else start
        return {"at": at, "anchor": anchor}
    if isinstance(focus, QPlainTextEdit):
        cursor = focus.textCursor()
        return {"at": cursor.position(), "anchor": cursor.anchor()}
    return {}


def _put_cursor(target: QWidget, at: int, anchor: int) -> None:
    line = _line_of(target)
    if line is not None:
        line.setCursorPosition(min(anchor, len(line.text())))
        line.cursorForward(True, min(at, len(line.text())) - line.cursorPosition())
        if at == anchor:
            line.deselect()
            line.setCursorPosition(min(at, len(line.text())))
    elif isinstance(target, QPlainTextEdit):
        last = target.document().characterCount() - 1
        cursor = target.textCursor()
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(at, last), QTextCursor.MoveMode.KeepAnchor)
        target.setTextCursor(cursor)
        target.ensureCursorVisible()


def _line_of(widget: QWidget) -> QLineEdit | None:
    if isinstance(widget, QLineEdit):
        return widget
    return widget.lineEdit() if isinstance(widget, QComboBox) and widget.isEditable() else None
