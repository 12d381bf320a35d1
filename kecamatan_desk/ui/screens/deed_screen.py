"""What the work place, the signing round and the search have in common: deeds on one request.

One deed at a time. The op_id is made when a request is shown and renewed after success, so that a
second press of F12 gives the first receipt again instead of acting twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import Slot

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.help_texts import ON_A_FILE, Keys
from kecamatan_desk.ui.screen import Screen, ScreenContext, WayOut, new_op_id
from kecamatan_desk.ui.screens.data_page import DataPage
from kecamatan_desk.ui.screens.deed_bar import DeedBar, is_paused
from kecamatan_desk.ui.screens.deeds import VOIDING, Ending, first_deed_words, list_of
from kecamatan_desk.ui.screens.drawer import Drawer, Question, StripKeeper
from kecamatan_desk.ui.screens.questions import (
    BACK,
    EMERGENCY,
    END,
    PAUSE,
    QUESTIONS,
    back_question,
    emergency_question,
    end_question,
    pause_question,
)
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.emergency import propose_emergency
from kecamatan_desk.usecases.values import Receipt, RequestView, Seen
from kecamatan_desk.usecases.voiding import propose_cancel
from kecamatan_desk.usecases.worklist import APPROVALS
from kecamatan_desk.workflows.engine import Act

if TYPE_CHECKING:
    from kecamatan_desk.ui.screens.request_panel import RequestPanel

P = ParamSpec("P")

REASON = "alasan"  # the place on the pad of what is written in the drawer


class DeedScreen(Screen):
    """A screen with one request in hand. A subclass gives `view`, places `drawer` and `bar`."""

    SHOWS_REQUESTS = True

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.drawer = Drawer()
        self.bar = DeedBar()
        self._op_id = new_op_id()
        self._pending: Callable[[Receipt], None] | None = None
        self._last: Receipt | None = None
        self._typing = StripKeeper(context, self.drawer, self)
        self.bar.end_button.clicked.connect(self.ask_end)
        self.bar.pause_button.clicked.connect(self.ask_pause)
        self.bar.back_button.clicked.connect(self.ask_back)
        self.bar.deed_button.clicked.connect(self.press)
        self.drawer.turned.connect(self.show_deeds)
        self.drawer.closed.connect(self.strip_closed)
        self.drawer.submitted.connect(self.press)

    def deeds(self) -> Mapping[str, Callable[[], object]]:
        return {**super().deeds(), "Ctrl+D": self.toggle_list}

    # What a subclass gives

    @Slot()
    def toggle_list(self) -> None:
        """Ctrl+D: to the list and back."""
        raise NotImplementedError

    @property
    def view(self) -> RequestView | None:
        """The request in hand."""
        raise NotImplementedError

    def deed(self) -> None:
        """Do what F12 says when no drawer is open."""
        raise NotImplementedError

    def show_own_deeds(self, view: RequestView) -> None:
        """Set the bar for the request when no drawer is open."""
        raise NotImplementedError

    def focus_work(self) -> None:
        """Put the keyboard where the work is."""
        raise NotImplementedError

    def moved_on(self, receipt: Receipt) -> None:
        """The file in hand has left; the next one of the list comes."""

    # Where one was

    def in_hand(self) -> dict[str, Any]:
        view = self.view
        if view is None:
            return {}
        panel: RequestPanel | None = getattr(self, "panel", None)
        place = panel.place() if panel is not None else {}
        return {"request": view.id, "version": view.version, **place}

    def settle_in(self, hand: Mapping[str, Any]) -> None:
        panel: RequestPanel | None = getattr(self, "panel", None)
        if panel is not None:
            panel.go_to_place(hand)

    def words_in_hand(self) -> str:
        return f"berkas {self.view.file_code}" if self.view is not None else ""

    # The bar

    @Slot()
    def show_deeds(self) -> None:
        """Set the bar for what is in hand."""
        view = self.view
        if view is None:
            self.bar.show_nothing()
        elif self.drawer.is_open:
            self.bar.show_missing("")
            self.bar.show_hint("")
            self.bar.show_place("")
            self.bar.print_button.hide()
            self.bar.deed_button.setEnabled(True)
            self.bar.show_deed(self.drawer.choice.deed, _GLYPHS[self._question()])
        else:
            self.show_own_deeds(view)
            if self._is_barred(view):
                self.bar.deed_button.setEnabled(True)
                self.bar.show_deed("Minta izin darurat", "triangle-alert")

    def _is_barred(self, view: RequestView) -> bool:
        """Tell whether the user verified this file and may ask to sign it all the same."""
        return any(who == self.context.user.id for who, _name in view.emergency)

    @Slot()
    def press(self) -> None:
        """F12: the drawer's deed while one is open, else the step's own."""
        if self._pending is not None or self.view is None:
            return
        if any(page.is_editing for page in self.findChildren(DataPage)):
            self.complain(
                "Perbaikan data belum disimpan. Simpan dahulu dengan Ctrl+S, atau tekan Esc bila "
                "tidak jadi."
            )
            return
        if not self.drawer.is_open:
            if self._is_barred(self.view):
                self.ask_emergency()
            else:
                self.deed()
            return
        answer = self.drawer.answer()
        if answer is not None:
            self._do_asked(*answer)

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is here: it is never taken from where the user types."""
        focus = self.window().focusWidget()
        return focus is None or focus is self or self.isAncestorOf(focus)

    def take_up(self) -> None:
        """Begin with another request, or another version of the same: a new act is shown."""
        self._op_id = new_op_id()
        self._typing.put_away()
        self._go_on_with_reason()

    # Questions in the drawer

    def _go_on_with_reason(self) -> None:
        """Open the drawer again where a reason was being written and the file has not moved."""
        view = self.view
        kept = self.context.pad.get(REASON, view.id) if view else None
        if view is None or kept is None:
            return
        ask = QUESTIONS.get(str(kept.get("question", "")))
        question = ask(view) if ask is not None and kept.get("version") == view.version else None
        if question is None:
            self.context.pad.drop(REASON, view.id)
            return
        self._typing.begin(REASON, view.id, version=view.version)
        self.drawer.go_on(question, int(kept.get("choice", 0)), str(kept.get("text", "")))

    def _open_drawer(self, question: Question | None) -> None:
        """Open the drawer with what there is to ask about the request in hand, if anything."""
        if self.view is not None and question is not None:
            self._typing.begin(REASON, self.view.id, version=self.view.version)
            self.drawer.ask(question)

    def help_part(self) -> str:
        panel = getattr(self, "panel", None)  # the register desk has none
        return str(panel.page) if panel is not None and self.view is not None else ""

    def help_keys(self) -> Keys:
        return ON_A_FILE if hasattr(self, "panel") else ()

    @Slot()
    def ask_pause(self) -> None:
        """F4: name the pause, or go on after one."""
        view = self.view
        if view is None or not view.may_pause:
            return
        if is_paused(view):
            self.send(self._resumed, processing.resume)
            return
        self._open_drawer(pause_question(view))

    @Slot()
    def ask_back(self) -> None:
        """F8: to whom the file goes back, and what is to be mended."""
        view = self.view
        self._open_drawer(back_question(view) if view else None)

    @Slot()
    def ask_end(self) -> None:
        """F6: refuse, close or cancel, with a reason."""
        view = self.view
        self._open_drawer(end_question(view) if view else None)

    @Slot()
    def ask_emergency(self) -> None:
        """F12 of who verified: why he must sign it himself today."""
        self._open_drawer(emergency_question(self.view) if self.view else None)

    def _question(self) -> str:
        return self.drawer.question.name if self.drawer.question else ""

    def _do_asked(self, value: Any, text: str) -> None:
        match self._question():
            case "jeda":
                self.send(self._paused, processing.pause, value, text)
            case "kembali":
                self.send(self._sent_back, processing.send_back, value, text)
            case "akhiri":
                self._end(value, text)
            case "darurat":
                self.send(self._asked_second, propose_emergency, value, text)

    def _end(self, way: Ending, reason: str) -> None:
        view = self.view
        assert view is not None
        if way is VOIDING:  # nothing is done yet: an official looks at it first
            self.send(self._asked_second, propose_cancel, reason)
            return
        who = view.applicant or view.file_code
        if confirm.ask(
            self, way.words, f"{who}, berkas {view.file_code}.\n{way.question}", way.yes
        ):
            self.send(self._ended, _END_USECASES[way.act], reason)

    # Sending

    def keep_typing(self) -> None:
        """Save what is typed before a deed: after it the file is another version."""

    def seen(self) -> Seen:
        """Give the request as this screen shows it."""
        view = self.view
        assert view is not None
        return Seen(view.id, view.version)

    def send(
        self,
        then: Callable[[Receipt], None],
        usecase: Callable[Concatenate[UnitOfWork, str, Seen, P], Receipt],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a deed on the request in hand, unless one is under way."""
        if self._pending is not None:
            return
        self.keep_typing()
        self._pending = then
        self.background.command(self._succeeded, usecase, self._op_id, self.seen(), *args, **kwargs)

    def _succeeded(self, receipt: Receipt) -> None:
        then, self._pending = self._pending, None
        self._op_id = new_op_id()
        self._last = receipt
        if receipt.act not in _STANDING:
            self.moved_on(receipt)
        self.drawer.close_up()
        if then is not None:
            then(receipt)

    def refusal(self, message: str, field: str | None) -> None:
        self._pending = None

    # What is said afterwards

    def _paused(self, receipt: Receipt) -> None:
        self.say(f"Berkas {receipt.file_code} dijeda. F4 lagi untuk melanjutkan; waktu berhenti.")

    def _resumed(self, receipt: Receipt) -> None:
        self.say(f"Berkas {receipt.file_code} dilanjutkan. Waktu berjalan lagi.")

    def _sent_back(self, receipt: Receipt) -> None:
        whom = Role(receipt.next_role).label if receipt.next_role else "petugas"
        self.say(f"Berkas {receipt.file_code} dikembalikan kepada {whom} untuk diperbaiki.")

    def _asked_second(self, receipt: Receipt) -> None:
        """Tell that a second person is asked, and the way to him."""
        self.say(_ASKED.get(receipt.act, "Usul tercatat."), self.second_way())

    def second_way(self) -> WayOut | None:
        """Give the way to the list of what waits for a second person; None where he has none."""
        roles = self.context.user.roles
        role = next((r for r in (Role.REGISTER, *OFFICIALS) if r in roles), None)
        return WayOut("Persetujuan", "F5", self.go_to_approvals) if role else None

    @Slot()
    def go_to_approvals(self) -> None:
        """F5: to the list of what waits for a second person; the way there is gone then."""
        self.say("Usul menunggu persetujuan pejabat.")
        self.open_entry(None, APPROVALS)

    def _ended(self, receipt: Receipt) -> None:
        word = _END_SAID.get(receipt.act, "diakhiri")
        self.say(f"Berkas {receipt.file_code} {word}. Alasannya tercatat dalam riwayat.")

    def same_file_words(self, receipt: Receipt) -> str:
        """Give the words after *Lanjut:* when the user holds the next role too, else nothing."""
        if receipt.next_role is None or Role(receipt.next_role) not in self.context.user.roles:
            return ""
        return first_deed_words(Role(receipt.next_role), receipt.step)

    def same_file_way(self, receipt: Receipt) -> WayOut | None:
        """Give the way on with the same file, for the message bar."""
        words = self.same_file_words(receipt)
        return WayOut(f"Lanjut: {words}", "F5", self.go_on_with_same) if words else None

    @Slot()
    def go_on_with_same(self) -> None:
        """Open the file just done at its next step, in the user's role for that step."""
        last = self._last
        if last is not None and last.next_role and last.step:
            self.go_to_step(Role(last.next_role), last.step, last.request_id)

    def go_to_step(self, role: Role, step: str, request_id: int) -> None:
        """Go to the list of a role where files of this step wait, and show the request there."""
        self.open_entry(role, list_of(step))
        self.open_request(request_id)

    @Slot()
    def strip_closed(self) -> None:
        """What was asked above the deeds is over: the deeds of the file again."""
        self.show_deeds()
        if self.view is not None and self.isVisible():
            self.focus_work()


#: Acts after which the file stays where it is.
_STANDING = frozenset(
    {"jeda", "lanjutkan-jeda", "ceklis", "perbaiki", "usul-batal", "usul-sisipan", "usul-darurat"}
)
#: What is said when a second person is asked.
_ASKED = {
    "usul-batal": "Pembatalan nomor diusulkan; dilaksanakan begitu seorang pejabat menyetujui.",
    "usul-sisipan": "Nomor sisipan diusulkan; dapat diberikan begitu seorang pejabat menyetujui.",
    "usul-darurat": "Izin darurat diminta. Mintalah pejabat lain menyetujui: di layarnya, di "
    "kertas, atau lewat telepon yang dicatat Petugas Register.",
}
_GLYPHS = {PAUSE: "pause", BACK: "undo-2", END: "circle-x", EMERGENCY: "triangle-alert"}
_END_USECASES: dict[Act, Any] = {
    Act.REFUSE: processing.refuse,
    Act.CLOSE: processing.close_failed,
    Act.CANCEL: processing.cancel,
}
_END_SAID = {
    Act.REFUSE.value: "ditolak",
    Act.CLOSE.value: "ditutup, tidak dapat dilayani",
    Act.CANCEL.value: "dibatalkan",
}
