"""Officials by date: terms, appointments, absences, and the blocks a letter of a day prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.pages import TabStrip
from kecamatan_desk.ui.parts import Button, action_bar, box, col, heading, label, restyle, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.admin_parts import AdminScreen, scrolled
from kecamatan_desk.ui.screens.admin_spell_pages import AbsencePage, ActingPage, TermPage
from kecamatan_desk.ui.screens.admin_spells import SpellPage
from kecamatan_desk.ui.screens.admin_stand_ins import StandInPage
from kecamatan_desk.ui.screens.day_field import DayField
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S3, S4, S5
from kecamatan_desk.usecases.accounts import acting, users
from kecamatan_desk.usecases.office import absences
from kecamatan_desk.usecases.people_values import AbsenceRow, ActingRow, TermRow, UserRow
from kecamatan_desk.usecases.samples import HeldOffice, OfficesOn, offices_on, signatures_pdf
from kecamatan_desk.usecases.stand_ins import (
    StandInRow,
    stand_ins,
)
from kecamatan_desk.usecases.terms import terms

_PAPER = 348  # px at 100 %: the width of the signature places
_HINT = "Blok mengikuti tanggal surat; yang tidak terisi ditandatangani atasannya."


class OfficialsScreen(AdminScreen):
    """Offices and their holders on a day, terms, appointments and absences."""

    TITLE = "Pejabat"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._end_op = new_op_id()
        self._sent: dict[str, Any] = {}
        self._offices: tuple[HeldOffice, ...] = ()
        self.today = date.min
        columns = (
            Column("Jabatan", _office, 212, tip=True),
            Column("Pemegang", _holder, 0, tip=True),
            Column("Keadaan", _standing, 212, tip=True),
        )
        self.model = RecordTableModel(columns, self)
        self.table = record_table(self.model, "Pejabat pada tanggal itu")
        self.table.setFixedHeight(look().px(30 + 3 * 36 + 2))
        self.tabs = TabStrip()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("Masa jabatan, penunjukan, atau ketidakhadiran")
        self.term_page = TermPage()
        self.acting_page, self.absence_page = ActingPage(), AbsencePage()
        self.stand_in_page = StandInPage()
        self.lists: tuple[SpellPage, ...] = (
            self.term_page,
            self.acting_page,
            self.absence_page,
            self.stand_in_page,
        )
        self._sent_from: SpellPage = self.term_page
        self.pages = QStackedWidget()
        for page in self.lists:
            self.tabs.addTab(page.TITLE)
            self.pages.addWidget(page)
        self.paper = PageView(context.background)
        self.end_button = Button("", "F6", "plain", "calendar-off", name="end-spell")
        self.change_button = Button("Ubah", "F10", "plain", "pencil", name="edit-term")
        self.day = DayField("Blok pada tanggal")
        self._lay_out()
        self._connect()
        self._turn(0)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        head = row(
            label("Pejabat yang berwenang", "head"),
            None,
            self.day,
            pad=(S5, 0, S5, 0),
            plane="surface",
            edge="bottom",
        )
        head.setFixedHeight(look().px(44))
        self.hint = label(_HINT, "caption", "muted", wrap=True)
        left.addWidget(head)
        left.addWidget(row((self.table, 1), pad=(S3, 0, S3, 0), plane="surface"))
        left.addWidget(row((self.hint, 1), pad=(S5, 4, S5, 4), plane="surface"))
        left.addWidget(
            row(self.tabs, None, pad=(S4, 0, S4, 0), plane="surface", edge="bottom", gap=S3)
        )
        left.addWidget(self.pages, 1)
        side = col(heading("Blok tanda tangan", "seperti tercetak"), (self.paper, 1), gap=0)
        side.setProperty("edge", "left")
        side.setFixedWidth(look().px(_PAPER))
        if look().folded:
            side.hide()
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        left_frame = box(True, gap=0, plane="surface")
        left_frame.layout().addLayout(left)  # type: ignore[union-attr]
        top.addWidget(scrolled(left_frame), 1)
        top.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(
            action_bar(self.end_button, self.change_button, self.state_note, None, self.save_button)
        )
        self.discard_button.setParent(self)
        self.discard_button.hide()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.end_button.clicked.connect(self.end)
        self.change_button.clicked.connect(self.change)
        self.day.chosen.connect(self._look_at)
        for page in self.lists:
            page.edited.connect(self.note_edit)
            page.chosen.connect(self._show_end)

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take_offices, offices_on, self.day.day)
        self.background.query(self._take_people, users)
        self.background.query(self._take_terms, terms)
        self.background.query(self._take_acting, acting)
        self.background.query(self._take_absences, absences)
        self.background.query(self._take_stand_ins, stand_ins)

    def first_focus(self) -> QWidget | None:
        return self.tabs

    @property
    def page(self) -> SpellPage:
        """The list in hand."""
        return self.lists[max(self.tabs.currentIndex(), 0)]

    # Answers

    def _take_offices(self, found: OfficesOn) -> None:
        self.today = found.today
        self.day.show_today(found.today)
        self.model.show_records(found.offices)
        problem = next((held.problem for held in found.offices if held.problem), "")
        self.hint.setText(problem or _HINT)
        restyle(self.hint, ink="late" if problem else "muted")
        if found.offices != self._offices:
            self._offices = found.offices
            self.background.print_job(self._show_paper, signatures_pdf, found.offices)

    def _show_paper(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf, "blok tanda tangan pada tanggal itu")
        spoken = ". ".join(_spoken(held) for held in self._offices)
        self.paper.setAccessibleDescription(spoken)

    def _take_people(self, found: Sequence[UserRow]) -> None:
        for page in self.lists:
            page.today = self.today
            page.show_people(found)
        self.take_up_typing()

    def help_part(self) -> str:
        return "titip-tugas" if self.pages.currentWidget() is self.stand_in_page else ""

    def typing(self) -> Mapping[str, Any]:
        forms = {page.TITLE: page.form.raw() for page in self.lists if page.form is not None}
        return {"page": self.tabs.currentIndex(), "forms": forms}

    def put_typing(self, typed: Mapping[str, Any]) -> bool:
        for page in self.lists:
            if page.form is not None:
                page.form.show_raw((typed.get("forms") or {}).get(page.TITLE) or {})
        self.tabs.setCurrentIndex(int(typed.get("page", 0)))
        return True

    def _take_terms(self, rows: Sequence[TermRow]) -> None:
        self.term_page.show_spells(rows, self.today)

    def _take_acting(self, rows: Sequence[ActingRow]) -> None:
        self.acting_page.show_spells(rows, self.today)

    def _take_absences(self, rows: Sequence[AbsenceRow]) -> None:
        self.absence_page.show_spells(rows, self.today)

    def _take_stand_ins(self, rows: Sequence[StandInRow]) -> None:
        self.stand_in_page.show_spells(rows, self.today)

    # Going about

    @Slot(object)
    def _look_at(self, day: date | None) -> None:
        self.background.query(self._take_offices, offices_on, day)

    @Slot(int)
    def _turn(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self.save_button.set_words(self.page.SAVE)
        self.end_button.set_words(self.page.END)
        self.op_id, self._end_op = new_op_id(), new_op_id()
        self._show_end()

    @Slot()
    def _show_end(self) -> None:
        self.end_button.setEnabled(self.page.may_end)
        changes = self.page is self.term_page
        self.change_button.setVisible(changes)
        self.change_button.setEnabled(changes and self.page.current is not None)

    # Deeds

    @Slot()
    def save(self) -> None:
        """F12: store what the form holds; an empty one says what is missing."""
        if not self.busy:
            self.send()

    def send(self) -> None:
        page = self.page
        if page.form is None or not self.accept(page.form):
            return
        values = page.form.values()
        self._sent = values
        self.sending()
        self._sent_from = page
        page.send(self.background, self._noted, self.op_id, values)

    def _noted(self, _id: int) -> None:
        page = self._sent_from
        self.saved(page.noted(self._sent))
        page.clear()

    @Slot()
    def end(self) -> None:
        """F6: end the chosen term, appointment or absence, after asking."""
        spell = self.page.current
        if spell is None or self.busy or not self.page.may_end:
            return
        page = self.page
        if not confirm.ask(self, *page.ending(spell)):
            return
        self.sending()
        page.send_end(self.background, self._ended, self._end_op, spell)

    @Slot()
    def change(self) -> None:
        """F10: put the chosen term into the form, to give it an end, a title or a decree."""
        spell = self.term_page.current
        if self.page is self.term_page and isinstance(spell, TermRow):
            self.term_page.fill(spell)
            self.mark(True)
            self.keep_typing()
            if self.term_page.form is not None:
                self.term_page.form.focus("last")

    def _ended(self, _nothing: None) -> None:
        self.busy, self._end_op = False, new_op_id()
        self.say(self.page.ENDED)

    def show_at_field(self, message: str, field: str | None) -> None:
        if self.page.form is not None:
            self.page.form.show_error(field or "", message)

    def show_stored(self) -> None:
        self.page.clear()


def _office(held: HeldOffice) -> str:
    return held.role.label


def _holder(held: HeldOffice) -> str:
    return "; ".join(held.names) or "belum ada – catat masa jabatannya di bawah"


def _standing(held: HeldOffice) -> str:
    return held.standing


def _spoken(held: HeldOffice) -> str:
    block = held.block
    if block is None:
        return f"{held.role.label}: {held.problem}"
    titles = " ".join(f"{prefix} {title}".strip() for prefix, title in block.titles)
    return f"{titles} {block.name} {block.rank} NIP {block.nip}"
