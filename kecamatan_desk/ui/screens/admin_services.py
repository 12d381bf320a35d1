"""How the office runs its services: offered or not, classification code, what is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.documents.values import BlockPlace
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.parts import Button, box, col, label
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.admin_parts import AdminScreen, PickList, list_pane, scrolled
from kecamatan_desk.ui.sheet_picture import SheetPicture
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S4, S5
from kecamatan_desk.usecases.booking import MOST_CLASSIFICATION
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.usecases.office_values import ServiceChoices, ServiceRow, ServiceSample
from kecamatan_desk.usecases.services import (
    FORMS,
    block_sample,
    save_service,
    service_rows,
    service_sample,
)
from kecamatan_desk.workflows.vocabulary import Condition, Field, FieldKind, Section

_REST = 300  # ms without typing before the sample is written again
_PICTURE = 264  # px at 100 %: the sheet with its block
_NUMBER = 1  # the section whose heading shows the number as it would be written
_OFFSET = Condition("form", (FORMS["pengesahan"],))
_SECTIONS = (
    Section(
        "Ditawarkan",
        (Field("active", "Dibuka untuk permohonan baru", FieldKind.YES_NO, required=True),),
    ),
    Section(
        "Nomor surat",
        (Field("classification", "Kode klasifikasi", span=4, length=MOST_CLASSIFICATION),),
    ),
    Section(
        "Yang dicetak sesudah diberi nomor",
        (
            Field(
                "form",
                "Bentuk keluaran",
                FieldKind.CHOICE,
                required=True,
                choices=tuple(FORMS.values()),
                span=6,
            ),
            Field(
                "offset_x", "Dari kiri, mm", FieldKind.NUMBER, required=True, span=3, when=_OFFSET
            ),
            Field(
                "offset_y", "Dari atas, mm", FieldKind.NUMBER, required=True, span=3, when=_OFFSET
            ),
        ),
    ),
)
_OFF_HELP = "Layanan yang ditutup tidak ditawarkan lagi; berkasnya yang berjalan diteruskan."
_FORM_HELP = (
    "Blok pengesahan dicetak pada surat desa, dengan jarak dari sudut kiri atas kertas. Berkas "
    "yang sudah bernomor tetap dengan bentuk saat diberi nomor."
)

_PICTURE_HELP = (
    "Gambar berskala: surat desa pada kertas A4 dengan blok sebesar yang tercetak bila nomornya "
    "paling panjang. Kotak kecil di sampingnya: kode QR."
)


class ServicesScreen(AdminScreen):
    """The services on the left, the choices of one on the right."""

    TITLE = "Layanan"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        # made first: `mark` asks for it
        self.list_button = Button("Daftar", "Ctrl+D", "plain", "list", name="service-list")
        super().__init__(context, role, kind)
        self._shown: ServiceRow | None = None
        self._sent: ServiceChoices | None = None
        self.list = PickList("Layanan", _name, _line, _active)
        self.list.setObjectName("services")
        self.title = label("", "title", wrap=True)
        self.standing = label("", ink="muted", wrap=True)
        self.code_note = label("", "caption", "muted", wrap=True)
        self.form_note = label(_FORM_HELP, "caption", "muted", wrap=True)
        self.form = FieldsForm(_SECTIONS)
        self.picture_note = label(_PICTURE_HELP, "caption", "muted", wrap=True)
        self.picture = SheetPicture()
        self.picture.setObjectName("block-picture")
        self.default_button = Button(
            "Kode bawaan", "F10", "plain", "undo-2", name="default-classification"
        )
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.count = label("", "caption", "muted")
        self.pane, self.work = list_pane(self.TITLE, self.count, self.list), self._right()
        layout.addWidget(self.pane, 1 if look().folded else 0)
        layout.addWidget(self.work, 1)
        if look().folded:
            self.pane.hide()
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self._go_to_form)
        self.form.edited.connect(self._note_typing)
        self._rest.timeout.connect(self.write_sample)
        self.default_button.clicked.connect(self.take_default)
        self.list_button.clicked.connect(self.toggle_list)

    def _right(self) -> QWidget:
        notes = col(self.code_note, self.form_note, self.picture_note, None, gap=S2)
        inside = col(
            self.title,
            self.standing,
            "~4",
            self.form,
            "~4",
            box(look().folded, (notes, 1), self.picture, gap=S4),
            None,
            gap=S2,
            pad=(S5, S3, S5, S3),
        )
        self.picture.setFixedSize(look().px(_PICTURE), look().px(_PICTURE))
        self._show_block(None)
        page = QFrame()
        page.setProperty("plane", "surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolled(inside), 1)
        before = (self.list_button,) if look().folded else ()
        column.addWidget(self.bar(*before, self.default_button))
        return page

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take, service_rows)

    def first_focus(self) -> QWidget | None:
        return self.form.field("active").editor if look().folded else self.list

    def deeds(self) -> Mapping[str, Callable[[], object]]:
        return {**super().deeds(), "Ctrl+D": self.toggle_list}

    @Slot()
    def toggle_list(self) -> None:
        """Ctrl+D: to the list and back; large text shows one of both."""
        to_list = not self.list.hasFocus()
        if look().folded:
            self.pane.setVisible(to_list)
            self.work.setVisible(not to_list)
        if to_list:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.form.focus_first()

    def mark(self, dirty: bool) -> None:
        folded = look().folded and self.list_button.parentWidget() is not None
        if folded and dirty:
            self.list_button.hide()  # first: with F6 they are wider than the window
        super().mark(dirty)
        if folded and not dirty:
            self.list_button.show()

    # The list

    def _take(self, rows: Sequence[ServiceRow]) -> None:
        """Show the list; a form with unsaved typing stays as it is."""
        self.count.setText(f"{sum(one.choices.active for one in rows)} dari {len(rows)} dibuka")
        codes = [one.choices.service for one in rows]
        shown = self._shown.choices.service if self._shown else codes[0]
        place = codes.index(shown)
        self.list.show_records(rows, place)
        if not self.dirty:
            self._show(rows[place])
            self.take_up_typing()

    def typing(self) -> Mapping[str, Any] | None:
        if self._shown is None:
            return None
        return {"service": self._shown.choices.service, "form": self.form.raw()}

    def put_typing(self, typed: Mapping[str, Any]) -> bool:
        rows: Sequence[ServiceRow] = self.list.records.records
        codes = [one.choices.service for one in rows]
        if typed.get("service") not in codes:
            return False
        place = codes.index(str(typed["service"]))
        self.list.choose(place)
        self._show(rows[place])
        self.form.show_raw(typed.get("form") or {})
        self.write_sample()
        return True

    @Slot(object)
    def _pick(self, chosen: ServiceRow) -> None:
        if self._shown is not None and chosen.choices.service == self._shown.choices.service:
            return
        if self.dirty and self._shown is not None:
            self.list.choose(self._place_of_shown())
            self.stop_for_unsaved(self._shown.label)
            return
        self._show(chosen)

    def _place_of_shown(self) -> int | None:
        codes = [one.choices.service for one in self.list.records.records]
        return codes.index(self._shown.choices.service) if self._shown else None

    @Slot()
    def _go_to_form(self) -> None:
        if look().folded and self.pane.isVisible():
            self.toggle_list()
        else:
            self.form.focus_first()

    # The form

    def _show(self, shown: ServiceRow) -> None:
        self._shown, self.op_id = shown, new_op_id()
        self.title.setText(shown.label)
        self.standing.setText(_standing(shown))
        self.code_note.setText(
            f"Kode bawaan program: {shown.default}. F10 untuk kembali kepadanya; "
            "kode tidak diperiksa terhadap daftar."
        )
        self.form.set_values(_values_of(shown.choices))
        self.form.field("form").editor.setEnabled(shown.writes_letter)
        self.form_note.setText(_FORM_HELP if shown.writes_letter else _no_letter(shown))
        self.mark(False)
        self.write_sample()

    def show_stored(self) -> None:
        if self._shown is not None:
            self._show(self._shown)

    @Slot()
    def take_default(self) -> None:
        """F10: the program's own code again."""
        if self._shown is not None:
            self.form.set_values({"classification": self._shown.default})
            self._note_typing("classification")

    def typed(self) -> ServiceChoices:
        """Give the choices as the form holds them; what is empty stays as it is stored."""
        assert self._shown is not None
        values, stored = self.form.values(), self._shown.choices
        names = {name: code for code, name in FORMS.items()}
        return ServiceChoices(
            service=stored.service,
            active=values.get("active", "ya") == "ya",
            classification=str(values.get("classification", "")),
            form=names.get(str(values.get("form", "")), stored.form),
            offset_x=float(values.get("offset_x", stored.offset_x)),
            offset_y=float(values.get("offset_y", stored.offset_y)),
        )

    def send(self) -> None:
        if self._shown is None or not self.accept(self.form):
            return
        self.sending()
        self._sent = self.typed()
        self.background.command(self._stored, save_service, self.op_id, self._sent)

    def _stored(self, _nothing: None) -> None:
        assert self._shown is not None
        opened = self._sent is not None and self._sent.active
        ending = "" if opened else " Layanan ini tidak ditawarkan lagi; berkasnya diteruskan."
        self.saved(f"{self._shown.label} tersimpan.{ending}")

    def show_at_field(self, message: str, field: str | None) -> None:
        if not self.form.show_error(field or "", message):
            self.form.show_error("classification", message)  # whose length the number shares

    # The sample

    @Slot(str)
    def _note_typing(self, _code: str) -> None:
        self.note_edit()
        self._rest.start()

    @Slot()
    def write_sample(self) -> None:
        """Write the next letter's number with what is typed."""
        if self._shown is not None:
            self.background.query(self._show_sample, service_sample, self.typed())
            self.background.query(self._show_block, block_sample, self.typed())

    def _show_sample(self, sample: ServiceSample) -> None:
        number = sample.number
        self.form.show_remark(f"akan tertulis {number}" if number else "", _NUMBER)
        field = sample.field or "classification"
        notes = (FieldNote(field, sample.refusal, advice=""),) if sample.refusal else ()
        self.form.show_notes(notes)

    def _show_block(self, block: BlockPlace | None) -> None:
        self.picture.show_block(block)
        self.picture.setVisible(block is not None)
        self.picture_note.setVisible(block is not None)


def _values_of(choices: ServiceChoices) -> dict[str, Any]:
    return {
        "active": "ya" if choices.active else "tidak",
        "classification": choices.classification,
        "form": FORMS[choices.form],
        "offset_x": round(choices.offset_x),
        "offset_y": round(choices.offset_y),
    }


def _standing(shown: ServiceRow) -> str:
    offered = "Dibuka" if shown.choices.active else "Ditutup"
    running = f"{shown.running} berkas berjalan" if shown.running else "tidak ada berkas berjalan"
    return f"{offered}; {running}. {_OFF_HELP}"


def _no_letter(_shown: ServiceRow) -> str:
    return (
        "Layanan ini tidak bersurat nomor pada langkah register, jadi bentuk keluarannya tetap; "
        "kodenya dipakai pada Berita Acara dan sampul buku."
    )


def _name(shown: ServiceRow) -> str:
    return shown.label


def _line(shown: ServiceRow) -> str:
    form = "" if shown.choices.form == "surat" else f", {FORMS[shown.choices.form].lower()}"
    closed = "" if shown.choices.active else "ditutup: "
    return f"{closed}{shown.choices.classification}{form}"


def _active(shown: ServiceRow) -> bool:
    return shown.choices.active
