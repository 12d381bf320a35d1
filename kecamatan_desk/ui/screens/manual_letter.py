"""Surat manual: letters made outside the program get their number here, and the last of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.field_choices import ChoiceField
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import Button, box, col, heading, label
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.admin_parts import AdminScreen, PickList, scrolled
from kecamatan_desk.ui.screens.given_page import GivenPage
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.line_services import LINE_SERVICES, OTHER
from kecamatan_desk.usecases.manual_letters import (
    MOST_NAME,
    MOST_NOTE,
    MOST_PURPOSE,
    SIGNERS,
    ManualLetter,
    ManualLine,
    manual_letter,
    manual_letters,
    manual_number,
    manual_services,
    record_manual,
    record_sent,
)
from kecamatan_desk.usecases.number_values import NextNumber, ReservedNumber
from kecamatan_desk.usecases.reserving import waiting_numbers
from kecamatan_desk.usecases.series import series_label
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Section, Signing

_PATIENCE = 250  # ms after the last letter
_LIST = 472  # px at 100 %
_NEXT = "Nomor berikutnya"
_STATES = {"belum": "belum dikirim", "diserahkan": "dikirim", "batal": "BATAL"}
_SERVICES = {one.label: one.code for one in manual_services()}
_SIGNERS = {words: signing for signing, words in SIGNERS.items()}
_FIELDS = (
    Field(
        "service", "Jenis surat", FieldKind.CHOICE, required=True, choices=tuple(_SERVICES), span=6
    ),
    Field("letter_day", "Tanggal surat", FieldKind.DATE, required=True, span=3),
    Field("classification", "Kode klasifikasi", length=30, span=3),
    Field("name", "Tujuan atau pemohon", required=True, length=MOST_NAME, span=12),
    Field("purpose", "Perihal", required=True, length=MOST_PURPOSE, span=12),
    Field(
        "signing",
        "Penandatangan",
        FieldKind.CHOICE,
        required=True,
        choices=tuple(_SIGNERS),
        span=6,
    ),
    Field("sent", "Sudah dikirim atau diserahkan", FieldKind.YES_NO, required=True, span=6),
    Field("note", "Keterangan", length=MOST_NOTE, span=12),
    Field(
        "number",
        "Nomornya",
        FieldKind.CHOICE,
        required=True,
        choices=(_NEXT,),
        span=12,
    ),
)


class ManualScreen(AdminScreen):
    """The form on the left, with the number it would get; on the right the letters of this kind."""

    TITLE = "Surat manual"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._open: dict[str, ReservedNumber] = {}
        self._sent_op = new_op_id()
        self.form = FieldsForm((Section("Surat yang dibuat di luar program", _FIELDS),))
        self.coming = label("", "head", wrap=True)
        self.series = label("", "caption", "muted", wrap=True)
        self.save_button.set_words("Beri nomor")
        self.sent_button = Button("Catat dikirim", "F9", "plain", "package-check", name="note-sent")
        self.list = PickList(
            "Surat manual tahun ini, yang terakhir di atas", _letter, _about, _live
        )
        self.list.setObjectName("manual-letters")
        self.given = GivenPage()
        self.given.next_button.set_words("Surat berikutnya")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._work())
        self.pages.addWidget(self.given)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._wait.timeout.connect(self._ask_number)
        self.form.edited.connect(self._note_typing)
        self.sent_button.clicked.connect(self.note_sent)
        self.given.over.connect(self._go_on)
        self.list.picked.connect(self._turn)
        self.show_stored()

    def _work(self) -> QWidget:
        number = col(
            label("Nomor surat yang akan tercatat, belum terpakai", "caption", "on_tint"),
            self.coming,
            self.series,
            gap=2,
            pad=(S4, S2, S4, S2),
            card="next",
        )
        form = col(number, self.form, None, gap=S3, pad=(S5, S3, S5, S3))
        left = col(
            heading(self.TITLE, "surat dari program lain atau tulisan tangan"),
            (scrolled(form), 1),
            gap=0,
            plane="surface",
        )
        right = col(
            heading("Tercatat tahun ini"), (self.list, 1), gap=0, plane="surface", edge="left"
        )
        if not look().folded:
            right.setFixedWidth(look().px(_LIST))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(box(look().folded, (left, 2), (right, 1), gap=0), 1)
        column.addWidget(self.bar(self.sent_button))
        return page

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take_open, waiting_numbers)
        self.background.query(self._take, manual_letters, today(self.context).year)

    def first_focus(self) -> QWidget | None:
        if self.pages.currentWidget() is self.given:
            return self.given
        return self.form.field("name").editor

    def deeds(self) -> Mapping[str, Callable[[], object]]:
        if self.pages.currentWidget() is self.given:
            return {"F12": self._go_on}
        return super().deeds()

    def refusal(self, message: str, field: str | None) -> None:
        self.busy = False
        self._sent_op = new_op_id()
        self.show_at_field(message, field)

    def show_at_field(self, message: str, field: str | None) -> None:
        self.form.show_error(field or "", message)

    # The list

    def _take(self, found: Sequence[ManualLine]) -> None:
        before = self.current
        ids = [one.line_id for one in found]
        place = ids.index(before.line_id) if before and before.line_id in ids else 0
        self.list.show_records(found, place if found else None)
        self._turn()
        self.take_up_typing()

    def _take_open(self, found: Sequence[ReservedNumber]) -> None:
        self._open = {
            f"Nomor {one.label} dari lembar cadangan, seri {series_label(one.series)}": one
            for one in found
        }
        field = self.form.field("number")
        assert isinstance(field, ChoiceField)
        field.offer((_NEXT, *self._open))
        if field.value() is None:
            field.set_value(_NEXT)
        self._ask_number()

    @property
    def current(self) -> ManualLine | None:
        """The chosen letter."""
        chosen: ManualLine | None = self.list.current
        return chosen

    @Slot()
    def _turn(self, _line: object = None) -> None:
        line = self.current
        self.sent_button.setEnabled(line is not None and line.state == "belum")

    @Slot()
    def note_sent(self) -> None:
        """F9: the chosen letter was sent or handed over today."""
        if self.current is not None and not self.busy:
            self.busy = True
            line = self.current.line_id
            self.background.command(self._was_sent, record_sent, self._sent_op, line)

    def _was_sent(self, _nothing: None) -> None:
        self.busy, self._sent_op = False, new_op_id()
        self.say("Pengiriman tercatat di buku register dan buku ekspedisi.")

    # The number before it is spent

    @Slot(str)
    def _note_typing(self, _code: str) -> None:
        self.note_edit()
        self._wait.start()

    @Slot()
    def _ask_number(self) -> None:
        self._wait.stop()
        typed = self._typed()
        if typed is None or not self.isVisible():
            self.coming.setText("–")
            return
        self.background.query(self._take_number, _coming, typed)

    def _take_number(self, coming: NextNumber | str) -> None:
        if isinstance(coming, str):  # something is still missing: said here, not in the bar
            self.coming.setText("–")
            self.series.setText(coming)
            return
        self.coming.setText(coming.letter_number)
        self.series.setText(f"Seri {coming.series}, nomor urut {coming.number}")

    # Saving

    def _typed(self) -> ManualLetter | None:
        """Give what is typed, holes included; None while the day cannot be read."""
        values = self.form.values()
        day = values.get("letter_day")
        if day is None:
            return None
        own = self._open.get(values.get("number", ""))
        return ManualLetter(
            name=values.get("name", ""),
            purpose=values.get("purpose", ""),
            letter_day=date.fromisoformat(day),
            service=_SERVICES.get(values.get("service", ""), OTHER),
            signing=_SIGNERS.get(values.get("signing", ""), Signing.CAMAT).value,
            classification=values.get("classification", ""),
            note=values.get("note", ""),
            sent=values.get("sent") == "ya",
            block_id=own.block_id if own else 0,
            number=own.number if own else 0,
        )

    def send(self) -> None:
        if not self.accept(self.form):
            return
        typed = self._typed()
        assert typed is not None
        self.sending()
        self.background.command(self._recorded, record_manual, self.op_id, typed)

    def _recorded(self, line_id: int) -> None:
        self.background.query(self._show_given, manual_letter, line_id)

    def _show_given(self, line: ManualLine) -> None:
        self.saved(f"Surat nomor {line.letter_number} tercatat di buku. Tulis nomor itu di surat.")
        self.show_stored()
        self.given.show_number(
            "Nomor agenda", line.number, line.letter_number, f"{line.name}: {line.purpose}", "", ""
        )
        self.pages.setCurrentWidget(self.given)
        self.given.setFocus()

    @Slot()
    def _go_on(self) -> None:
        self.pages.setCurrentIndex(0)
        self.form.focus("name")
        self._ask_number()

    def show_stored(self) -> None:
        """An empty form: nothing of it is stored before the number is given."""
        empty = {field.code: None for field in _FIELDS}
        first = {
            "service": LINE_SERVICES[OTHER].label,
            "letter_day": today(self.context).isoformat(),
            "signing": SIGNERS[Signing.CAMAT],
            "sent": "ya",
            "number": _NEXT,
        }
        self.form.set_values({**empty, **first})
        self._ask_number()

    def typing(self) -> Mapping[str, Any]:
        return {"form": self.form.raw()}

    def put_typing(self, typed: Mapping[str, Any]) -> bool:
        self.form.show_raw(typed.get("form") or {})
        self._ask_number()
        return True


def _coming(work: UnitOfWork, typed: ManualLetter) -> NextNumber | str:
    """Give the number the letter would get, or why there is none yet."""
    try:
        return manual_number(work, typed)
    except DeskError as error:
        return str(error)


def _letter(line: ManualLine) -> str:
    return f"{line.letter_number}, {_STATES.get(line.state, line.state)}"


def _about(line: ManualLine) -> str:
    return f"{short_date(line.letter_day)}  {line.name}: {line.purpose}"


def _live(line: ManualLine) -> bool:
    return line.state != "batal"
