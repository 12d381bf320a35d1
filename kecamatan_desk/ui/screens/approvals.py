"""Persetujuan: what waits for a second person, all that is needed to decide, and the deciding.

An official agrees or declines here. Who asked sees what became of it, calls an official to his PC,
enters a signature, or takes his proposal back.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.pages import scroll_area
from kecamatan_desk.ui.parts import Button, action_bar, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.admin_parts import PickList, list_pane
from kecamatan_desk.ui.screens.approval_view import NEXT, ApprovalView
from kecamatan_desk.ui.screens.drawer import Choice, Drawer, Question, StripKeeper
from kecamatan_desk.ui.screens.empty_place import EmptyPlace
from kecamatan_desk.ui.second_person import SecondPersonPane
from kecamatan_desk.ui.style import look
from kecamatan_desk.usecases.agreements import AGREED, VOID, WAITING
from kecamatan_desk.usecases.approval_values import Approval, Consented
from kecamatan_desk.usecases.approvals import approvals
from kecamatan_desk.usecases.proposals import decline, withdraw
from kecamatan_desk.usecases.second_person import agree_oneself

_NOTE = "tolak-usul"  # place on the pad, with the proposal's id
_LINES = {
    "menunggu": "menunggu",
    "disetujui": "disetujui",
    "dipakai": "selesai",
    "ditolak": "ditolak",
    "ditarik": "ditarik",
}
_EMPTY_ASKED = (
    "Tidak ada yang menunggu persetujuan",
    "Usul membatalkan nomor, nomor sisipan, membuka kembali buku, atau tanda tangan darurat muncul "
    "di sini begitu diusulkan.",
)


class ApprovalsScreen(Screen):
    """The list on the left; on the right one proposal, its reason first, and what F12 does."""

    TITLE = "Persetujuan"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._shown: Approval | None = None
        self._known: set[int] = set()
        self._op_id = new_op_id()
        self._busy = False
        self._sent: int | None = None  # the proposal decided on; another may be shown by then
        self.list = PickList("Persetujuan", _title, _line, _is_open)
        self.count = label("", "caption", "muted")
        self.view = ApprovalView(context)
        self.drawer = Drawer()
        self._typing = StripKeeper(context, self.drawer, self)
        self.second = SecondPersonPane(context)
        self.empty = EmptyPlace("stamp")
        self.empty.show_words(*_EMPTY_ASKED)
        self.empty.await_answer()
        self._make_deeds()
        self._lay_out()
        self._connect()

    def _make_deeds(self) -> None:
        open_words = "Berkas" if look().folded else "Buka berkas"
        self.open_button = Button(open_words, "F5", "plain", "folder-open", name="open-file")
        self.back_button = Button("Tarik usul", "F6", "plain", "undo-2", name="withdraw")
        self.spot_button = Button(
            "Di tempat" if look().folded else "Di tempat atau di kertas",
            "F4",
            "plain",
            "stamp",
            name="on-the-spot",
        )
        self.no_button = Button("Tolak", "F8", "plain", "circle-x", name="decline")
        self.deed_button = Button("Setujui", "F12", "primary", "check", name="agree")

    def _lay_out(self) -> None:
        deeds = action_bar(
            self.open_button,
            self.back_button,
            None,
            self.spot_button,
            self.no_button,
            self.deed_button,
        )
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll_area(self.view, "Usul"), 1)
        for piece in (self.drawer, self.second, deeds):
            column.addWidget(piece)
        self.right = QStackedWidget()
        self.right.addWidget(self.empty)
        self.right.addWidget(work)
        self._work = work
        layout = row(list_pane(self.TITLE, self.count, self.list), (self.right, 1), gap=0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(layout)
        self.show_deeds()

    def _connect(self) -> None:
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self._to_deed)
        self.open_button.clicked.connect(self._open_file)
        self.back_button.clicked.connect(self.take_back)
        self.spot_button.clicked.connect(self.ask_second)
        self.no_button.clicked.connect(self.ask_no)
        self.deed_button.clicked.connect(self.press)
        self.drawer.submitted.connect(self.press)
        self.drawer.closed.connect(self.show_deeds)
        self.second.turned.connect(self.show_deeds)
        self.second.closed.connect(self.show_deeds)
        self.second.agreed.connect(self._tell_here)

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self._take, approvals)

    def first_focus(self) -> QWidget | None:
        return self.list

    def refusal(self, message: str, field: str | None) -> None:
        self._busy = False
        self.second.refuse(message, field)

    # The list

    def _take(self, found: tuple[Approval, ...]) -> None:
        self.empty.know()
        waiting = [one for one in found if one.waits]
        self.count.setText(f"{len(waiting)} menunggu" if waiting else "tidak ada yang menunggu")
        new = [one.id for one in waiting if one.mine and one.id not in self._known]
        self._known = {one.id for one in found}
        wanted = new[-1] if new else self._shown.id if self._shown else None
        place = next((n for n, one in enumerate(found) if one.id == wanted), 0)
        self.list.show_records(found, place if found else None)
        self._show(found[place] if found else None)

    @Slot(object)
    def _pick(self, one: Approval) -> None:
        self._show(one)

    def _show(self, one: Approval | None) -> None:
        before, self._shown = self._shown, one
        if before is None or one is None or before.id != one.id or not one.waits:
            self._op_id = new_op_id()
            if before is not None and one is not None and before.id != one.id:
                self._typing.put_away()
            else:
                self.drawer.close_up()
            self.second.close_up()
        self.right.setCurrentWidget(self._work if one is not None else self.empty)
        if one is not None:
            self.view.show_approval(one)
            self._go_on_with_no(one)
        self.show_deeds()

    # The deeds

    @property
    def _official(self) -> bool:
        return any(role in self.context.user.roles for role in OFFICIALS)

    @Slot()
    def show_deeds(self) -> None:
        """Set the bar for the proposal in hand."""
        one = self._shown
        asking = self.drawer.is_open or self.second.is_open
        waits = one is not None and one.waits
        decides = waits and one is not None and one.may_decide
        calls = waits and not (one is not None and one.problem)
        self.open_button.setVisible(one is not None and one.proposal.request_id is not None)
        self.back_button.setVisible(
            not asking and one is not None and one.mine and one.proposal.state in (WAITING, AGREED)
        )
        self.no_button.setVisible(bool(decides) and not asking)
        self.spot_button.setVisible(bool(decides and calls) and not asking and self._may_record)
        words = ""
        if self.second.is_open:
            words = self.second.deed_words
        elif self.drawer.is_open:
            words = self.drawer.choice.deed
        elif calls:
            words = "Setujui" if decides else "Persetujuan di tempat"
        self.deed_button.set_words(words)
        self.deed_button.setVisible(bool(words))

    @property
    def _may_record(self) -> bool:
        return Role.REGISTER in self.context.user.roles

    @Slot()
    def press(self) -> None:
        """F12: what the bar says."""
        one = self._shown
        if one is None or self._busy:
            return
        if self.second.is_open:
            self.second.submit()
        elif self.drawer.is_open:
            self._decline()
        elif one.may_decide:
            self._agree(one)
        elif one.waits:
            self.ask_second()

    def _agree(self, one: Approval) -> None:
        if one.final and not confirm.ask(
            self,
            one.title,
            f"{one.subject}.\n{one.effect} Ini tidak dapat ditarik.",
            "Ya, setujui",
        ):
            return
        self._busy, self._sent = True, one.id
        self.background.command_job(self._tell, agree_oneself, self._op_id, one.id)

    @Slot()
    def ask_second(self) -> None:
        """F4, F12: an official at this PC, or his signature on paper."""
        one = self._shown
        if one is not None and one.waits and not self.second.is_open:
            self.drawer.close_up()
            self.second.ask(one.id, one.title, by_phone=one.by_phone)
            self.show_deeds()

    @Slot()
    def ask_no(self) -> None:
        """F8: why it is declined."""
        one = self._shown
        if one is None or not one.may_decide:
            return
        self.second.close_up()
        place = f"{_NOTE}:{one.id}"
        self.drawer.ask(_refusing(one))
        self._typing.begin(place)
        self.drawer.text.setText((self.context.pad.get(place) or {}).get("text", ""))
        self.show_deeds()

    def _go_on_with_no(self, one: Approval) -> None:
        """Open the drawer again where a refusal was being written: F12 must not agree instead."""
        kept = self.context.pad.get(f"{_NOTE}:{one.id}")
        if kept is None or not (one.waits and one.may_decide):
            return
        if not self.drawer.is_open and not self.second.is_open:
            self._typing.begin(f"{_NOTE}:{one.id}")
            self.drawer.go_on(_refusing(one), 0, str(kept.get("text", "")))

    def _decline(self) -> None:
        answer = self.drawer.answer()
        if answer is not None:
            one, note = answer
            self._busy, self._sent = True, one.id
            self.background.command(self._declined, decline, self._op_id, one.id, note)

    def _declined(self, _nothing: None) -> None:
        self.context.pad.drop(f"{_NOTE}:{self._sent}")
        self._end("Usul ditolak. Pengusul melihat alasannya; tidak ada yang berubah di buku.")

    @Slot()
    def take_back(self) -> None:
        """F6: take back one's own proposal."""
        one = self._shown
        if one is not None and one.mine and not self._busy:
            self._busy, self._sent = True, one.id
            self.background.command(self._taken_back, withdraw, self._op_id, one.id)

    def _taken_back(self, _nothing: None) -> None:
        self._end("Usul ditarik. Tidak ada yang berubah di buku.")

    @Slot(object)
    def _tell_here(self, done: Consented) -> None:
        """Agreed at this PC."""
        self._sent = self.second.sent
        self._tell(done)

    def _tell(self, done: Consented) -> None:
        if done.kind == VOID:
            number = f"Nomor {done.agenda}" if done.agenda else "Nomor itu"
            self._end(f"{number} batal, disetujui {done.by}; barisnya tetap ada, dicoret.")
        else:
            self._end(f"Disetujui {done.by.rstrip('.')}. {NEXT.get(done.kind, '')}".strip())

    def _end(self, said: str) -> None:
        sent, self._sent, self._busy = self._sent, None, False
        if sent is None or (self._shown is not None and self._shown.id == sent):
            self._op_id = new_op_id()
            self.drawer.close_up()
            self.second.close_up()
        self.say(said)

    @Slot()
    def _to_deed(self) -> None:
        if self.deed_button.isVisible():
            self.deed_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _open_file(self) -> None:
        if self._shown is not None and self._shown.proposal.request_id is not None:
            self.open_request(self._shown.proposal.request_id)


def _refusing(one: Approval) -> Question:
    choice = Choice(one, "Tolak usul", "Tolak usul", "Alasan menolak")
    hint = "dibaca pengusul, misalnya: cukup perbaiki datanya"
    return Question("tolak-usul", f"Tolak: {one.title}", (choice,), hint)


def _title(one: Approval) -> str:
    return one.title


def _is_open(one: Approval) -> bool:
    return one.proposal.state in (WAITING, AGREED)


def _line(one: Approval) -> str:
    return f"{_LINES[one.proposal.state]} · {one.subject}"
