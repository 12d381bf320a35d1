"""Officials: who holds which office, who acts for whom, who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import long_date, short_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.pages import TabStrip
from kecamatan_desk.ui.parts import Button, action_bar, box, col, heading, label, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.screens.admin_parts import AdminScreen, scrolled
from kecamatan_desk.ui.screens.admin_spells import AbsencePage, ActingPage, SpellPage, office_named
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S3, S4, S5
from kecamatan_desk.usecases.accounts import acting, end_acting, save_acting, users
from kecamatan_desk.usecases.office import absences, end_absence, save_absence
from kecamatan_desk.usecases.samples import HeldOffice, OfficesOn, offices_on, signatures_pdf
from kecamatan_desk.usecases.values import AbsenceRow, ActingRow, UserRow

_PAPER = 348  # px at 100 %: the width of the signature places
_DEEDS = (
    ("Simpan penunjukan", "Akhiri penunjukan"),
    ("Simpan ketidakhadiran", "Akhiri ketidakhadiran"),
)


class OfficialsScreen(AdminScreen):
    """Offices and their holders, appointments and absences."""

    TITLE = "Pejabat"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._end_op = new_op_id()
        self._sent: dict[str, Any] = {}
        self._offices: tuple[HeldOffice, ...] = ()
        self.today = date.min
        columns = (
            Column("Jabatan", _office, 212, tip=True),
            Column("Pemegang hari ini", _holder, 0, tip=True),
            Column("Keadaan", _standing, 180, tip=True),
        )
        self.model = RecordTableModel(columns, self)
        self.table = record_table(self.model, "Pejabat hari ini")
        self.table.setFixedHeight(look().px(30 + 3 * 36 + 2))
        self.tabs = TabStrip()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("Penunjukan atau ketidakhadiran")
        self.acting_page, self.absence_page = ActingPage(), AbsencePage()
        self.pages = QStackedWidget()
        for page in (self.acting_page, self.absence_page):
            self.tabs.addTab(page.TITLE)
            self.pages.addWidget(page)
        self.paper = PageView(context.background)
        self.end_button = Button("", "F6", "plain", "calendar-off", name="end-spell")
        self._lay_out()
        self._connect()
        self._turn(0)

    def _lay_out(self) -> None:
        self.day = label("", "caption", "muted")
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        head = row(
            label("Pejabat hari ini", "head"),
            None,
            self.day,
            pad=(S5, 0, S5, 0),
            plane="surface",
            edge="bottom",
        )
        head.setFixedHeight(look().px(40))
        hint = "Pemegang tetap diatur pada menu Pengguna, sebagai peran."
        left.addWidget(head)
        left.addWidget(row((self.table, 1), pad=(S3, 0, S3, 0), plane="surface"))
        left.addWidget(
            row(label(hint, "caption", "muted"), None, pad=(S5, 4, S5, 4), plane="surface")
        )
        left.addWidget(
            row(self.tabs, None, pad=(S4, 0, S4, 0), plane="surface", edge="bottom", gap=S3)
        )
        left.addWidget(self.pages, 1)
        side = col(
            heading("Tempat tanda tangan hari ini", "seperti tercetak"), (self.paper, 1), gap=0
        )
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
        layout.addWidget(action_bar(self.end_button, self.state_note, None, self.save_button))
        self.discard_button.setParent(self)
        self.discard_button.hide()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.end_button.clicked.connect(self.end)
        for page in (self.acting_page, self.absence_page):
            page.edited.connect(self.note_edit)
            page.chosen.connect(self._show_end)

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take_offices, offices_on)
        self.background.query(self._take_people, users)
        self.background.query(self._take_acting, acting)
        self.background.query(self._take_absences, absences)

    def first_focus(self) -> QWidget | None:
        return self.tabs

    @property
    def page(self) -> SpellPage:
        """The list in hand."""
        return self.acting_page if self.tabs.currentIndex() == 0 else self.absence_page

    # Answers

    def _take_offices(self, found: OfficesOn) -> None:
        self.today = found.day
        self.day.setText(long_date(found.day))
        self.model.show_records(found.offices)
        if found.offices != self._offices:
            self._offices = found.offices
            self.background.print_job(self._show_paper, signatures_pdf, found.offices)

    def _show_paper(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf, "tempat tanda tangan hari ini")
        spoken = ". ".join(_spoken(held) for held in self._offices)
        self.paper.setAccessibleDescription(spoken)

    def _take_people(self, found: Sequence[UserRow]) -> None:
        for page in (self.acting_page, self.absence_page):
            page.today = self.today
            page.show_people(found)

    def _take_acting(self, rows: Sequence[ActingRow]) -> None:
        self.acting_page.show_spells(rows, self.today)

    def _take_absences(self, rows: Sequence[AbsenceRow]) -> None:
        self.absence_page.show_spells(rows, self.today)

    # Going about

    @Slot(int)
    def _turn(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self.save_button.set_words(_DEEDS[place][0])
        self.end_button.set_words(_DEEDS[place][1])
        self.op_id, self._end_op = new_op_id(), new_op_id()
        self._show_end()

    @Slot()
    def _show_end(self) -> None:
        self.end_button.setEnabled(self.page.may_end)

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
        person = page.people[values["user_id"]]
        self._sent = values
        first, last = date.fromisoformat(values["first"]), date.fromisoformat(values["last"])
        self.sending()
        if page is self.acting_page:
            self.background.command(
                self._appointed,
                save_acting,
                self.op_id,
                person,
                office_named(values["role"]),
                values["kind"].rstrip("."),
                first,
                last,
                values["decree"],
            )
        else:
            self.background.command(
                self._noted_away, save_absence, self.op_id, person, first, last, values["reason"]
            )

    def _appointed(self, _id: int) -> None:
        values = self._sent
        until = short_date(date.fromisoformat(values["last"]))
        office = f"{values['kind']} {values['role']}"
        self.saved(f"{values['user_id']} tercatat sebagai {office} sampai {until}.")
        self.acting_page.clear()

    def _noted_away(self, _id: int) -> None:
        values = self._sent
        until = short_date(date.fromisoformat(values["last"]))
        self.saved(f"{values['user_id']} tercatat tidak di tempat sampai {until}.")
        self.absence_page.clear()

    @Slot()
    def end(self) -> None:
        """F6: end the chosen appointment or absence, after asking."""
        spell = self.page.current
        if spell is None or self.busy or not self.page.may_end:
            return
        if isinstance(spell, ActingRow):
            what = f"{spell.name} berhenti sebagai {spell.kind}. {spell.role.label} sekarang juga."
            if confirm.ask(self, "Akhiri penunjukan", what, "Ya, akhiri penunjukan"):
                self.sending()
                self.background.command(self._ended, end_acting, self._end_op, spell.id)
        else:
            what = f"{spell.name} dicatat kembali di tempat hari ini; waktu berkas berjalan lagi."
            if confirm.ask(self, "Akhiri ketidakhadiran", what, "Ya, sudah kembali"):
                self.sending()
                self.background.command(self._ended, end_absence, self._end_op, spell.id)

    def _ended(self, _nothing: None) -> None:
        self.busy, self._end_op = False, new_op_id()
        self.say(
            "Penunjukan diakhiri."
            if self.page is self.acting_page
            else "Pejabat tercatat kembali di tempat."
        )

    def show_at_field(self, message: str, field: str | None) -> None:
        if self.page.form is not None:
            self.page.form.show_error(field or "", message)

    def show_stored(self) -> None:
        self.page.clear()


def _office(held: HeldOffice) -> str:
    return held.role.label


def _holder(held: HeldOffice) -> str:
    return "; ".join(held.names) or "belum ada – beri perannya pada menu Pengguna"


def _standing(held: HeldOffice) -> str:
    return held.standing


def _spoken(held: HeldOffice) -> str:
    block = held.block
    if block is None:
        return f"{held.role.label}: {held.problem}"
    titles = " ".join(f"{prefix} {title}".strip() for prefix, title in block.titles)
    return f"{titles} {block.name} {block.rank} NIP {block.nip}"
