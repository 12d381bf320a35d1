"""What stands beside the editor of letter texts: the letters, and the names a text may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kecamatan_desk.documents.known_facts import FactKind, KnownFact
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.ui.format import local
from kecamatan_desk.ui.icon_field import IconField
from kecamatan_desk.ui.parts import col, label
from kecamatan_desk.ui.screens.admin_parts import PickList
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3
from kecamatan_desk.usecases.letter_texts import LetterTextRow, found
from kecamatan_desk.workflows.catalog import SERVICES

_INSIDE_TABLE = 5  # columns of a table that is inserted; more have no room


class _Search(IconField):
    """Filters a list while one types; the arrow down leads into it.

    Signals:
        left_down: Arrow down or Enter.
    """

    left_down = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__("search")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(60)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


def side_page(*parts: QWidget | tuple[QWidget, int]) -> QFrame:
    """Give a tab's page: its parts one below the other."""
    page = QFrame()
    page.setProperty("plane", "surface")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, look().px(S2), 0, 0)
    layout.setSpacing(look().px(S2))
    for part in parts:
        if isinstance(part, tuple):
            layout.addWidget(*part)
        else:
            layout.addWidget(part)
    return page


def _inset(widget: QWidget) -> QFrame:
    return col(widget, pad=(S3, 0, S3, 0))


# The letters


@dataclass(frozen=True, slots=True)
class _Paper:
    row: LetterTextRow
    unsaved: bool
    line: str


class PaperPage(QFrame):
    """The letters of the office, found while one types.

    Signals:
        picked: The kind of the chosen letter.
        opened: Enter or a double click: on to the text.
    """

    picked = Signal(str)
    opened = Signal()

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self._rows: Sequence[LetterTextRow] = ()
        self._unsaved: frozenset[str] = frozenset()
        self._kind = ""
        self.search = _Search("Cari surat", "Cari surat …")
        self.list = PickList("Surat", _title_of, _line_of, _always)
        self.list.setObjectName("letters")
        self._nothing = label("Tidak ada surat dengan kata itu.", ink="muted", wrap=True)
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(side_page(_inset(self.search), _inset(self._nothing), (self.list, 1)))
        self.search.textChanged.connect(self._fill)
        self.search.left_down.connect(self._enter)
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self.opened)

    def show_papers(
        self, rows: Sequence[LetterTextRow], kind: str, unsaved: frozenset[str]
    ) -> None:
        """Show the letters, those with typing that is not saved marked, and which is in hand."""
        self._rows, self._kind, self._unsaved = rows, kind, unsaved
        self._fill()

    @Slot()
    def _fill(self) -> None:
        shown = tuple(
            _Paper(row, row.kind in self._unsaved, in_force_words(row, self._zone))
            for row in found(self._rows, self.search.text())
        )
        kinds = [paper.row.kind for paper in shown]
        self.list.show_records(shown, kinds.index(self._kind) if self._kind in kinds else None)
        self._nothing.setVisible(not shown and bool(self._rows))

    @Slot(object)
    def _pick(self, paper: _Paper) -> None:
        self._kind = paper.row.kind
        self.picked.emit(paper.row.kind)

    @Slot()
    def _enter(self) -> None:
        if self.list.records.records:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if self.list.current is None:
                self.list.setCurrentIndex(self.list.records.index(0, 0))


def _title_of(paper: _Paper) -> str:
    """Give the service's short name: titles all begin alike. A second letter has its own."""
    service = SERVICES[paper.row.service]
    first = service.letters[0].template == paper.row.kind
    return service.short if first else paper.row.title


def _line_of(paper: _Paper) -> str:
    return f"belum disimpan · {paper.line}" if paper.unsaved else paper.line


def _always(_record: object) -> bool:
    return True


def day_text(at: datetime | None, zone: ZoneInfo) -> str:
    """Give the day of a change in the office's own time; "" when there was none."""
    return short_date(local(at, zone).date()) if at else ""


def in_force_words(row: LetterTextRow, zone: ZoneInfo) -> str:
    """Say which text is in force: `versi 3, 12-05-2026 oleh Putri Handayani`."""
    if row.changed_at is None:
        return "bawaan program"
    text = "" if row.own else "bawaan program, "
    return f"{text}versi {row.version}, {day_text(row.changed_at, zone)} oleh {row.changed_by}"


# The names


@dataclass(frozen=True, slots=True)
class _Choice:
    """A name in the list; ``within`` is what its row is called, for a column of one."""

    fact: KnownFact
    within: str = ""


class FactPage(QFrame):
    """The names a text may use; Enter or a double click writes one into the text.

    Signals:
        chosen: What is to be inserted, and whether it needs lines of its own.
    """

    chosen = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[_Choice, ...] = ()
        self.search = _Search("Cari isian", "Cari isian …")
        self.list = PickList("Isian surat", _label_of, _form_line, _always)
        self.list.setObjectName("facts")
        hint = label(
            "Enter atau klik dua kali menyisipkannya di tempat kursor.",
            "caption",
            "muted",
            wrap=True,
        )
        self._nothing = label("Tidak ada isian dengan kata itu.", ink="muted", wrap=True)
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        pieces = (_inset(self.search), _inset(hint), _inset(self._nothing), (self.list, 1))
        layout.addWidget(side_page(*pieces))
        self.search.textChanged.connect(self._fill)
        self.search.left_down.connect(self._enter)
        self.list.opened.connect(self.insert)

    def show_facts(self, facts: Sequence[KnownFact]) -> None:
        """Show the names of a letter; the columns of a table follow it."""
        choices: list[_Choice] = []
        for fact in facts:
            choices.append(_Choice(fact))
            choices += [_Choice(column, fact.label) for column in fact.columns]
        self._choices = tuple(choices)
        self._fill()

    @Slot()
    def insert(self) -> None:
        """Write the chosen name into the text."""
        choice = self.list.current
        if choice is not None:
            self.chosen.emit(written(choice.fact), choice.fact.kind is FactKind.ROWS)

    @Slot()
    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        shown = [choice for choice in self._choices if _holds(choice, words)]
        self.list.show_records(tuple(shown), 0 if shown else None)
        self._nothing.setVisible(not shown and bool(self._choices))

    @Slot()
    def _enter(self) -> None:
        if self.list.records.records:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)


def _holds(choice: _Choice, words: Sequence[str]) -> bool:
    fact = choice.fact
    text = " ".join((fact.label, fact.name, fact.group, choice.within)).casefold()
    return all(word in text for word in words)


def _label_of(choice: _Choice) -> str:
    return f"– {choice.fact.label}" if choice.within else choice.fact.label


def _form_line(choice: _Choice) -> str:
    name = f"{{{{{choice.fact.name}}}}}"
    if choice.fact.kind is FactKind.FLAG:
        name = f"{{{{#{choice.fact.name}}}}}"
    if choice.fact.kind is FactKind.ROWS:
        name = f"[tabel {choice.fact.name}]"
    return f"{name} · {'di dalam ' + choice.within if choice.within else choice.fact.group}"


def written(fact: KnownFact) -> str:
    """Give a fact as a text uses it; ``…`` is where the cursor goes on."""
    match fact.kind:
        case FactKind.FLAG:
            return f"{{{{#{fact.name}}}}}…{{{{/{fact.name}}}}}"
        case FactKind.ROWS:
            return _table(fact)
    return f"{{{{{fact.name}}}}}"


def _table(fact: KnownFact) -> str:
    """Give a whole table over the width of the page, to be cut down."""
    number, *others = [c for c in fact.columns if c.kind is FactKind.TEXT][: _INSIDE_TABLE + 1]
    wide = 150 // max(len(others), 1)
    heads = " | ".join(["No.=9c", *(f"{column.label}={wide}" for column in others)])
    cells = " | ".join(f"{{{{{column.name}}}}}" for column in (number, *others))
    return f"[tabel {fact.name}]\n{heads}\n{cells}\n[/tabel]\n"
