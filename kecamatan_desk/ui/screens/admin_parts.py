"""What the administrator's screens share: how a form is saved, secrets, the list on the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QScrollArea,
    QWidget,
)

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.list_rows import RowDelegate
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.paint import write
from kecamatan_desk.ui.parts import Button, action_bar, col, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, WayOut, new_op_id
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel
from kecamatan_desk.ui.theme import S3, S4

_UNSAVED = "Belum disimpan"


class AdminScreen(Screen):
    """A form with one deed (F12) and a way back (F6).

    What is typed stays until it is saved or thrown away: neither a change elsewhere nor another
    entry of the rail takes it, nor the end of the program.
    """

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.dirty = False
        self.op_id = new_op_id()
        self.busy = False
        self._lacking = False  # the message bar says that a field is wrong or empty
        self.save_button = Button("Simpan", "F12", "primary", "save", name="save")
        self.discard_button = Button(
            "Buang perubahan", "F6", "plain", "undo-2", name="discard-changes"
        )
        self.state_note = label("", "caption", "muted")
        self.save_button.clicked.connect(self.save)
        self.discard_button.clicked.connect(self.discard)
        self.mark(False)

    # What a subclass gives

    def send(self) -> None:
        """Check the form and send it with ``self.op_id``; call `sending` when it goes."""
        raise NotImplementedError

    def show_stored(self) -> None:
        """Show again what is stored, over what was typed."""
        raise NotImplementedError

    def show_at_field(self, message: str, field: str | None) -> None:
        """Show a refusal at its field."""

    def typing(self) -> Mapping[str, Any] | None:
        """Give what is typed and not stored, as JSON can hold it and without secrets."""
        return None

    def put_typing(self, typed: Mapping[str, Any]) -> bool:
        """Lay what `typing` gave over what is stored; False: what it belongs to is gone."""
        return False

    # What is typed, kept until it is stored

    @property
    def _place(self) -> str:
        return f"kelola-{self.kind}"

    def keep_typing(self) -> None:
        """Keep what is typed now."""
        typed = self.typing() if self.dirty else None
        if typed is not None:
            self.context.pad.put(self._place, 0, typed)

    def drop_typing(self) -> None:
        """Nothing is typed that is not stored."""
        self.context.pad.drop(self._place)

    def take_up_typing(self) -> None:
        """Show again what was typed when the program ended; call when the stored is shown."""
        typed = self.context.pad.get(self._place)
        if typed is None or self.dirty:
            return
        if not self.put_typing(typed):
            self.drop_typing()
            return
        self.mark(True)
        self.say("Yang diketik dan belum disimpan ada lagi. Simpan dengan F12, atau buang.")

    # The course of saving

    @Slot()
    def save(self) -> None:
        """F12: store what was typed."""
        if self.busy:
            return
        if not self.dirty:
            self.say("Belum ada yang diubah. Tidak ada yang perlu disimpan.")
            return
        self.send()

    def sending(self) -> None:
        """Note that a command is under way."""
        self.busy = True

    def saved(self, text: str) -> None:
        """Note that it was done, and tell."""
        self.busy, self.op_id = False, new_op_id()
        self.mark(False)
        self.drop_typing()
        self.say(text)

    def bar(self, *before: Button) -> QFrame:
        """Give the bar of deeds: what the screen adds, the way back, and F12 bottom right."""
        if look().scale > 1:  # large text: whether F6 can be pressed says as much
            self.state_note.setParent(self)
            self.state_note.hide()
            self.discard_button.setHidden(look().folded)
            return action_bar(*before, self.discard_button, None, self.save_button)
        return action_bar(*before, self.discard_button, self.state_note, None, self.save_button)

    def accept(self, form: FieldsForm) -> bool:
        """Show the first thing that is wrong or missing, and go there; True when there is none."""
        wrong = ""
        if not form.check():
            wrong = next(text for text in (form.field(c).problem() for c in form.shown) if text)
        elif missing := form.missing():
            name = form.field(missing[0]).field.label.partition(" (")[0]  # without its hint
            wrong = f"{name} belum diisi."
            form.show_error(missing[0], wrong)
        self._lacking = bool(wrong)
        if wrong:
            self.complain(f"{wrong} Belum ada yang berubah.")
        return not wrong

    def refuse_here(self, form: FieldsForm, field: str, message: str) -> None:
        """Refuse what was typed before it is sent: at the field and in the message bar."""
        form.show_error(field, message)
        self.complain(f"{message} Belum ada yang berubah.")

    def refusal(self, message: str, field: str | None) -> None:
        if self.busy:
            self.busy = False
            self.show_at_field(message, field)

    @Slot()
    def discard(self) -> None:
        """F6: back to what is stored, after asking."""
        if self.dirty and confirm.ask(
            self,
            "Buang perubahan",
            "Isian yang belum disimpan diganti dengan yang tersimpan.",
            "Ya, buang perubahan",
        ):
            self.mark(False)
            self.drop_typing()
            self.settle()
            self.show_stored()

    def mark(self, dirty: bool) -> None:
        """Remember whether something typed is not stored."""
        self.dirty = dirty
        self.discard_button.setEnabled(dirty)
        if look().folded and self.discard_button.parentWidget() is not None:
            self.discard_button.setVisible(dirty)  # large text leaves room for what is needed now
        self.state_note.setText(_UNSAVED if dirty else "")

    @Slot()
    def note_edit(self) -> None:
        """Connect to whatever tells of typing."""
        if not self.dirty:
            self.mark(True)
        if self._lacking:
            self._lacking = False
            self.settle()
        self.keep_typing()

    def stop_for_unsaved(self, what: str) -> None:
        """Say that what was typed must be saved or thrown away first."""
        self.complain(
            f"Perubahan pada {what} belum disimpan. Tidak ada yang hilang; simpan dulu (F12) atau "
            "buang (F6).",
            WayOut("Simpan", "F12", self.save),
        )


def scrolled(inside: QWidget) -> QScrollArea:
    """Give a form in a scroll area of its own colour."""
    inside.setProperty("plane", "surface")
    return scroll_area(inside)


Words = Callable[[Any], str]


def list_pane(title: str, count: QLabel, picks: QListView) -> QFrame:
    """Give the left side: a head with title and count, below it what is chosen from."""
    head = row(label(title, "head"), None, count, pad=(S4, 0, S3, 0), edge="bottom")
    head.setFixedHeight(look().px(40))
    pane = col(head, (picks, 1), gap=0, plane="surface", edge="right")
    if not look().folded:
        pane.setFixedWidth(look().px(theme.W_LIST))
    return pane


class _TwoLines(RowDelegate):
    """A name, and below it what tells it apart; muted where it is out of use."""

    WIDTH = 200

    def __init__(self, view: PickList) -> None:
        super().__init__(view)
        self._view = view

    def write_record(self, painter: QPainter, inner: QRect, record: Any) -> None:
        half = inner.height() // 2
        first = QRect(inner.left(), inner.top(), inner.width(), half)
        middle = Qt.TextElideMode.ElideMiddle
        ink = "text" if self._view.in_use(record) else "muted"
        write(painter, first, self._view.name_of(record), kind="bodyb", ink=ink, elide=middle)
        first.moveTop(inner.top() + half)
        right = Qt.TextElideMode.ElideRight
        line = self._view.line_of(record)
        write(painter, first, line, kind="caption", ink="muted", elide=right)


class PickList(QListView):
    """A list of records on the left; what is chosen is shown on the right.

    Signals:
        picked: The user chose another record.
        opened: Enter or a double click.
    """

    picked = Signal(object)
    opened = Signal()

    def __init__(
        self, name: str, name_of: Words, line_of: Words, in_use: Callable[[Any], bool]
    ) -> None:
        super().__init__()
        self.name_of, self.line_of, self.in_use = name_of, line_of, in_use
        self.records = RecordTableModel((Column(name, self._spoken, tip=True),), self)
        self.setModel(self.records)
        self.setItemDelegate(_TwoLines(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._note_current)
        self.activated.connect(self._note_open)

    @property
    def current(self) -> Any:
        """The chosen record, or None."""
        index = self.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    def show_records(self, records: Sequence[Any], chosen: int | None) -> None:
        """Replace the list and choose a place in it (None: nothing), without telling."""
        self._quiet = True
        self.records.show_records(records)
        self.choose(chosen)
        self._quiet = False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Mark the current record also where a screen went back to it while it was left."""
        super().setSelection(rect, command)
        if not self.selectionModel().isSelected(self.currentIndex()):
            again = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(self.currentIndex(), again)

    def choose(self, place: int | None) -> None:
        """Choose a place in the list without telling."""
        quiet, self._quiet = self._quiet, True
        if place is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.records.index(place, 0))
        self._quiet = quiet

    def _spoken(self, record: Any) -> str:
        return f"{self.name_of(record)}, {self.line_of(record)}"

    @Slot(QModelIndex, QModelIndex)
    def _note_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.picked.emit(current.data(RECORD_ROLE))

    @Slot(QModelIndex)
    def _note_open(self, _index: QModelIndex) -> None:
        self.opened.emit()
