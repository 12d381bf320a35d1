"""Lembar cadangan: sheets for hours without power, and filling them in when it is back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.parts import Button, action_bar, box, col, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, WayOut, new_op_id
from kecamatan_desk.ui.screens.admin_parts import PickList, list_pane, scrolled
from kecamatan_desk.ui.screens.draft_start import StartFrom
from kecamatan_desk.ui.screens.empty_place import EmptyPlace
from kecamatan_desk.ui.screens.late_form import LateForm
from kecamatan_desk.ui.screens.reserve_form import ReserveForm
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S2, S3, S5
from kecamatan_desk.usecases.blocks import LOST
from kecamatan_desk.usecases.late_entry import enter_late, late_drafts, late_people
from kecamatan_desk.usecases.late_values import LateDraft, LatePeople
from kecamatan_desk.usecases.number_values import Numbering, ReservedNumber
from kecamatan_desk.usecases.reserve_papers import reserve_and_draw, reserve_sheets_pdf
from kecamatan_desk.usecases.reserving import declare_unused, numbering, waiting_numbers
from kecamatan_desk.usecases.series import BY_SERVICE, GENERAL, series_label
from kecamatan_desk.usecases.unfinished import complete_missing
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES

_PLACE = "lembar-cadangan"  # of what is typed here and not stored yet
_LOST = (
    "Nomor ini pernah dipakai di kertas, tetapi datanya hilang bersama cakram. Cari suratnya dalam "
    "arsip kertas, mintalah Petugas Pelayanan menyimpan isinya sebagai draf, lalu isikan di sini."
)
_RESERVED = (
    "Salin baris lembar cadangan: Petugas Pelayanan menyimpan isian pemohon sebagai draf, lalu "
    "pilih draf itu di sini dan ketik tanggal, jam, dan siapa yang memberi paraf, seperti tertulis."
)
_OUTSIDE = (
    "Nomor seri Umum dipakai surat yang dibuat di luar program. Catat suratnya pada menu Surat "
    "manual dan pilih nomor ini di sana; yang tidak dipakai dinyatakan di sini."
)


class ReserveScreen(Screen):
    """The open numbers on the left; on the right the line as it was written, or a new sheet."""

    TITLE = "Lembar cadangan"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._op_id = new_op_id()
        self._busy = False
        self._stands: Numbering | None = None
        self._taken_up = False  # what was typed when the program ended is shown again
        self.list = PickList("Nomor cadangan yang belum terisi", _name, _line, _always)
        self.list.setObjectName("reserved-numbers")
        self.count = label("", "caption", "muted")
        self.title = label("", "title", wrap=True)
        self.help = label("", ink="muted", wrap=True)
        self.late = LateForm()
        self.sheet = ReserveForm()
        self.empty = EmptyPlace("clipboard-list")
        self.empty.show_words(
            "Tidak ada nomor cadangan",
            "Siapkan lembar sebelum listrik padam: nomor disisihkan, lembar isian dan nomor "
            "antrian darurat dicetak. Sesudah listrik menyala, setiap baris diisikan di sini.",
        )
        self.prepare_button = Button(
            "Lembar baru", "F10", "plain", "file-plus", name="prepare-sheet"
        )
        self.print_button = Button(
            "Cetak lagi lembarnya", "F7", "link", "printer", name="print-sheet"
        )
        self.unused_button = Button("Tidak dipakai", "F9", "plain", "circle-x", name="unused")
        self.rest_button = Button("Semua sisanya", "F8", "plain", "trash-2", name="rest")
        self.fill_button = Button("Isi nomor ini", "F12", "primary", "check", name="fill")
        self.manual_button = Button(
            "Catat surat manual", "F12", "primary", "pencil", name="record-manual"
        )
        self.manual_button.hide()
        self.back_button = Button("Kembali", "F6", "plain", "undo-2", name="back")
        self.make_button = Button("Sisihkan dan cetak", "F12", "primary", "printer", name="make")
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = row((self.title, 1), self.print_button, gap=S3)
        work = col(head, self.help, self.late, None, gap=S3, pad=(S5, S3, S5, S3))
        for page in (
            self._page(
                scrolled(work),
                self.prepare_button,
                self.unused_button,
                self.rest_button,
                None,
                self.manual_button,
                self.fill_button,
            ),
            self._page(
                scrolled(col(self.sheet, None, gap=S2, pad=(S5, S3, S5, S3))),
                self.back_button,
                None,
                self.make_button,
            ),
            self.empty,
        ):
            self.pages.addWidget(page)
        self.empty.add_way(
            "Siapkan lembar", "", "Sisihkan nomor dan cetak lembarnya.", self.prepare
        )
        self.pane = list_pane("Belum terisi", self.count, self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box(look().folded, self.pane, (self.pages, 1), gap=0))

    def _page(self, body: QWidget, *deeds: Button | None) -> QFrame:
        return col((body, 1), action_bar(*deeds), gap=0, plane="surface")

    def _connect(self) -> None:
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self._to_form)
        self.late.draft_chosen.connect(self._ask_people)
        self.late.edited.connect(self._keep)
        self.prepare_button.clicked.connect(self.prepare)
        self.print_button.clicked.connect(self.print_again)
        self.unused_button.clicked.connect(self.declare_one)
        self.rest_button.clicked.connect(self.declare_rest)
        self.fill_button.clicked.connect(self.fill)
        self.manual_button.clicked.connect(self.record_manual)
        self.back_button.clicked.connect(self._back)
        self.make_button.clicked.connect(self.make)

    # What the shell asks

    def showEvent(self, event: QShowEvent) -> None:
        self._stale = True  # drafts are saved unannounced while they are typed
        super().showEvent(event)

    def reload(self) -> None:
        self.background.query(self._take_drafts, late_drafts)
        self.background.query(self._take, waiting_numbers)
        self.background.query(self._take_series, numbering)

    def first_focus(self) -> QWidget | None:
        if self.pages.currentIndex() == 1:
            return self.sheet.first()
        return self.list if self.list.records.rowCount() else self.empty.findChild(Button)

    def refusal(self, message: str, field: str | None) -> None:
        if self._busy:
            self._busy, self._op_id = False, new_op_id()
            if self.pages.currentIndex() == 1:
                self.sheet.refuse(message)
            else:
                self.late.refuse(message, field)
                draft = self.late.draft
                if field == "draft" and draft is not None and self._may_type(draft):
                    self.complain(message, WayOut("Buka draf", "F5", self.open_draft))

    def _may_type(self, draft: LateDraft) -> bool:
        """Tell whether this user may go on typing the draft himself."""
        return SERVICES[draft.service].steps[1].officer in self.context.user.roles

    @Slot()
    def open_draft(self) -> None:
        """F5 behind a refusal: complete the draft; what is typed here waits."""
        draft = self.late.draft
        if draft is not None:
            self.open_new_request(StartFrom(draft_id=draft.id))

    # The list

    def _take(self, found: Sequence[ReservedNumber]) -> None:
        kept = None if self._taken_up else self.context.pad.get(_PLACE)
        self._taken_up = True
        before = self.current
        if kept is not None:
            key = kept.get("number")
            before = next((one for one in found if [one.block_id, one.number] == key), None)
        place = found.index(before) if before in found else 0
        self.list.show_records(found, place if found else None)
        self.count.setText(str(len(found)) if found else "")
        turns = self.pages.currentIndex() == (2 if found else 0)
        had_keyboard = self.isVisible() and self.pages.isAncestorOf(self.focusWidget())
        if turns:
            self.pages.setCurrentIndex(0 if found else 2)
        self.pane.setVisible(bool(found))
        if turns and had_keyboard:
            (self.first_focus() or self).setFocus()
        self._show(self.current)
        if kept is not None and before is not None:
            self.late.show_typed(kept)

    @property
    def current(self) -> ReservedNumber | None:
        """The chosen number."""
        chosen: ReservedNumber | None = self.list.current
        return chosen

    @Slot(object)
    def _pick(self, number: ReservedNumber) -> None:
        self.pages.setCurrentIndex(0)
        self._show(number)

    def _show(self, number: ReservedNumber | None) -> None:
        if number is None:
            return
        self.title.setText(f"Nomor {number.label}, seri {series_label(number.series)}")
        outside = self._is_for_letters_outside(number)
        words = _LOST if number.kind == LOST else _RESERVED
        self.help.setText(_OUTSIDE if outside else words)
        self.late.show_number(number)
        self.late.show_line(not outside)
        self.fill_button.setVisible(not outside)
        self.manual_button.setVisible(outside)
        self.print_button.setEnabled(number.kind != LOST)

    def _take_drafts(self, drafts: Sequence[LateDraft]) -> None:
        self.late.offer(drafts)

    @Slot()
    def _keep(self) -> None:
        """Keep what is typed and for which number, should the power go once more."""
        number = self.current
        if number is not None:
            key = [number.block_id, number.number]
            self.context.pad.put(_PLACE, 0, {"number": key, **self.late.typed()})

    @Slot(str)
    def _ask_people(self, service: str) -> None:
        self.background.query(self._take_people, late_people, service)

    def _take_people(self, people: LatePeople) -> None:
        self.late.show_people(people)

    @Slot()
    def _to_form(self) -> None:
        self.late.first_form().focus_first()

    # Filling in

    @Slot()
    def fill(self) -> None:
        """F12: the draft takes this number, as written."""
        number = self.current
        entry = self.late.entry(number) if number is not None and not self._busy else None
        if entry is None:
            return
        draft, told = entry
        self._busy = True
        seen = Seen(draft.id, draft.version)
        self.background.command(self._filled, enter_late, self._op_id, seen, told)

    def _filled(self, receipt: Receipt) -> None:
        self._busy, self._op_id = False, new_op_id()
        self.late.clear()
        self.context.pad.drop(_PLACE)
        self.say(
            f"Nomor {receipt.agenda_number:03d} terisi: berkas {receipt.file_code} masuk buku "
            "sebagai entri susulan dan berjalan seperti berkas lain."
        )
        profile = self.context.printing.profile("surat")
        self.background.print_job(self._drawn, complete_missing, profile)

    def _drawn(self, letters: tuple[str, ...]) -> None:
        """Tell the lists that the letter is there; the next officer decides on it."""
        if letters:
            self.background.announce()

    @Slot()
    def declare_one(self) -> None:
        """F9: nobody wrote on this number; it becomes a void line."""
        if self.current is not None:
            self._declare((self.current,))

    @Slot()
    def declare_rest(self) -> None:
        """F8: nobody wrote on any number of this series that is still open."""
        own = self.current
        if own is not None:
            numbers: Sequence[ReservedNumber] = self.list.records.records
            self._declare([one for one in numbers if one.block_id == own.block_id])

    def _declare(self, numbers: Sequence[ReservedNumber]) -> None:
        named = ", ".join(one.label for one in numbers[:6]) + (" …" if len(numbers) > 6 else "")
        if self._busy or not confirm.ask(
            self,
            "Nomor tidak dipakai",
            f"Nomor {named} ({len(numbers)}) menjadi baris BATAL di buku dan tidak dipakai lagi.",
            "Ya, nyatakan tidak dipakai",
        ):
            return
        self._busy = True
        chosen = tuple((one.block_id, one.number) for one in numbers)
        reason = self.late.reason()
        self.background.command(self._declared, declare_unused, self._op_id, chosen, reason)

    def _declared(self, amount: int) -> None:
        self._busy, self._op_id = False, new_op_id()
        self.late.clear_reason()
        if self.late.begun:
            self._keep()
        else:
            self.context.pad.drop(_PLACE)
        self.say(f"{amount} nomor dinyatakan tidak dipakai dan tertulis BATAL di buku.")

    # Sheets

    @Slot()
    def prepare(self) -> None:
        """F10: choose series and how many numbers of each."""
        self.pages.setCurrentIndex(1)
        self.sheet.first().setFocus()

    @Slot()
    def _back(self) -> None:
        self.pages.setCurrentIndex(0 if self.list.records.rowCount() else 2)
        (self.first_focus() or self).setFocus()

    def _take_series(self, stands: Numbering) -> None:
        self._stands = stands
        self.sheet.show_series(stands)
        self._show(self.current)

    def _is_for_letters_outside(self, number: ReservedNumber) -> bool:
        """Tell whether no draft can ever take a number: each service has a series of its own."""
        stands = self._stands
        if stands is None or number.period != str(stands.year):
            return False
        return number.series == GENERAL and stands.mode == BY_SERVICE

    @Slot()
    def record_manual(self) -> None:
        """F12 at a number for letters written outside: that is another screen's work."""
        self.open_entry(self.role, "surat-manual")

    @Slot()
    def make(self) -> None:
        """F12: set the numbers aside and print their sheets."""
        wanted = self.sheet.wanted()
        if wanted and not self._busy:
            self._busy = True
            self.background.command_job(self._made, reserve_and_draw, self._op_id, wanted)

    def _made(self, answer: tuple[tuple[int, ...], bytes]) -> None:
        self._busy, self._op_id = False, new_op_id()
        self.sheet.clear()
        self._back()
        self.say(
            "Nomor disisihkan. Simpan lembarnya di loket; buku bulan ini baru dapat ditutup "
            "sesudah semuanya terisi atau dinyatakan tidak dipakai."
        )
        self._print(answer[1])

    @Slot()
    def print_again(self) -> None:
        """F7: the sheet of this number's series once more, with what is still open."""
        if self.current is not None:
            self.background.job(self._print, reserve_sheets_pdf, (self.current.block_id,))

    def _print(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "buku", "Lembar padam listrik")


def _name(number: ReservedNumber) -> str:
    return f"{number.label}  ·  {series_label(number.series)}"


def _line(number: ReservedNumber) -> str:
    kind = "data hilang" if number.kind == LOST else "cadangan"
    return f"{kind}, {short_date(number.day)}"


def _always(_number: ReservedNumber) -> bool:
    return True
