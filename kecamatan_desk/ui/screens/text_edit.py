"""The editor of a letter text: line numbers, the marks of the language in colour, a faulty line."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QTextEdit, QWidget

from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, TYPE

_COMMENT = re.compile(r"\{\{![^{}]*\}\}")
_NAME = re.compile(r"\{\{[^{}]*\}\}")
_SECTION = re.compile(r"\{\{[#^/][^{}]*\}\}")
_MARK = re.compile(r"^(=|>|-\*?|##?)(?= )|^\[[^\]]*\]")
_HIGHEST_LINE = 999  # the gutter is wide enough for it from the start: nothing jumps


def _fixed_font() -> QFont:
    """Give the system's own fixed font in the size of the program's text."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(look().px(TYPE["body"][0]))
    return font


class _Colours(QSyntaxHighlighter):
    """Marks bold, names in the accent; what is not printed itself stands back."""

    def highlightBlock(self, text: str) -> None:
        for pattern, ink, bold in (
            (_MARK, "text", True),
            (_NAME, "accent", False),
            (_SECTION, "muted", False),
            (_COMMENT, "muted", False),
        ):
            form = QTextCharFormat()
            form.setForeground(look().color(ink))
            form.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), form)


class _Numbers(QWidget):
    """The strip of line numbers beside the text."""

    def __init__(self, editor: LetterTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(self, event)

    def sizeHint(self) -> QSize:
        return QSize(self._editor.numbers_width, 0)


class LetterTextEdit(QPlainTextEdit):
    """Shows one document at a time; each keeps its own way back (undo) and place."""

    def __init__(self) -> None:
        super().__init__()
        self._faulty = 0
        self._places: dict[QTextDocument, int] = {}
        self.setAccessibleName("Naskah surat")
        self.setObjectName("letter-text")
        self.setTabChangesFocus(True)
        self._numbers = _Numbers(self)
        self.updateRequest.connect(self._follow)
        self.cursorPositionChanged.connect(self._mark_lines)
        self._fit_margin()

    def new_document(self, text: str) -> QTextDocument:
        """Make a document of this editor."""
        document = QTextDocument(self)
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        document.setPlainText(text)
        _Colours(document)
        return document

    def show_document(self, document: QTextDocument) -> None:
        """Go to a document, to the place where it was left."""
        self._places[self.document()] = self.textCursor().position()
        self.setDocument(document)
        document.setDefaultFont(_fixed_font())
        cursor = self.textCursor()
        cursor.setPosition(min(self._places.get(document, 0), document.characterCount() - 1))
        self.setTextCursor(cursor)
        self.mark_faulty(0)
        self._fit_margin()

    def insert_form(self, form: str, own_lines: bool = False) -> None:
        """Insert what a fact is written as; what is selected goes where *form* has ``…``."""
        cursor = self.textCursor()
        chosen = cursor.selectedText().replace("\u2029", "\n")
        before, gap, after = form.partition("…")
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if own_lines and cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertText("\n")
        cursor.insertText(before + (chosen if gap else ""))
        inside = cursor.position()
        cursor.insertText(after)
        if gap:
            cursor.setPosition(inside)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # The faulty line

    @property
    def faulty(self) -> int:
        """The number of the marked line; 0 when none is."""
        return self._faulty

    def mark_faulty(self, line: int) -> None:
        """Mark a line, from 1, as the one that is wrong; 0: none."""
        self._faulty = line
        self._mark_lines()
        self._numbers.update()

    def go_to_line(self, line: int) -> None:
        """Put the cursor at the end of a line and the keyboard into the text."""
        block = self.document().findBlockByNumber(min(line, self.blockCount()) - 1)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _mark_lines(self) -> None:
        marks = []
        if self._faulty and self.document().findBlockByNumber(self._faulty - 1).isValid():
            marks.append(self._stripe(self._faulty, "late_bg"))
        self.setExtraSelections(marks)

    def _stripe(self, line: int, ground: str) -> QTextEdit.ExtraSelection:
        stripe = QTextEdit.ExtraSelection()
        form = QTextCharFormat()
        form.setBackground(look().color(ground))
        form.setProperty(QTextFormat.Property.FullWidthSelection, True)
        cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        stripe.cursor, stripe.format = cursor, form
        return stripe

    # Line numbers

    @property
    def numbers_width(self) -> int:
        """The width of the strip in pixels."""
        digits = len(str(max(self.blockCount(), _HIGHEST_LINE)))
        return self.fontMetrics().horizontalAdvance("9" * digits) + 2 * look().px(S2)

    def paint_numbers(self, strip: QWidget, event: QPaintEvent) -> None:
        """Write the numbers of the lines in sight, once for each, however often it wraps."""
        painter, color = QPainter(strip), look().color
        painter.fillRect(event.rect(), color("bg"))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            high = self.blockBoundingRect(block).height()
            if block.isVisible() and top + high >= event.rect().top():
                self._paint_number(painter, strip.width(), round(top), block.blockNumber() + 1)
            block, top = block.next(), top + high
        painter.end()

    def _paint_number(self, painter: QPainter, wide: int, top: int, line: int) -> None:
        wrong = line == self._faulty
        font = look().font("captionb" if wrong else "caption")
        high = QFontMetrics(self.document().defaultFont()).height()
        if wrong:
            painter.fillRect(0, top, wide, high, look().color("late_bg"))
        painter.setFont(font)
        painter.setPen(look().color("late" if wrong else "muted"))
        area = QRect(0, top, wide - look().px(S1) - 2, high)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_margin()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.document().setDefaultFont(_fixed_font())  # the style sheet has set the usual one
            for colours in self.document().findChildren(QSyntaxHighlighter):
                colours.rehighlight()

    def _fit_margin(self) -> None:
        wide = self.numbers_width
        self.setViewportMargins(wide, 0, 0, 0)
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), wide, inside.height())

    @Slot(QRect, int)
    def _follow(self, area: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())
