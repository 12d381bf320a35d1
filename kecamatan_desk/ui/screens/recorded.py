"""Dicatat dari Ceklis: decisions officials took on paper, entered by the register officer (rule 8).

The ceklis bears the official's paraf, date and time; the event names who decided and who recorded.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.answers_keeper import AnswersKeeper
from kecamatan_desk.ui.screens.deeds import DEEDS, ENDINGS
from kecamatan_desk.ui.screens.drawer import Choice
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.paraf_page import ParafPage
from kecamatan_desk.ui.screens.request_panel import SOP, RequestPanel
from kecamatan_desk.ui.screens.step_form import StepForm
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.values import Receipt, RequestView
from kecamatan_desk.usecases.worklist import officials_waiting
from kecamatan_desk.workflows.engine import Act, officers_for

PARAF, FORM = "paraf", "isian"
_FINAL = {Act.REFUSE, Act.CLOSE}


def decisions(view: RequestView) -> tuple[Choice, ...]:
    """Give what the paper may say at this step, the good end first."""
    service = service_of(view.service)
    first = service is not None and view.step == service.first_decision.code
    ways = {way.act: way for way in view.acts}
    found = []
    if Act.ADVANCE in ways:
        deed = DEEDS.get(view.step or "")
        words = "Memenuhi syarat (MS)" if first else deed.words if deed else "Disetujui, teruskan"
        note = Choice((Act.ADVANCE, None), words, f"Catat: {words}", "Catatan", needed=False)
        if first:
            note = Choice((Act.ADVANCE, None), words, "Catat: MS – beri nomor", "", needed=False)
        found.append(note)
    if Act.FAIL in ways:
        words = "Tidak memenuhi syarat (TMS): berkas yang kurang dijawab pada Ceklis"
        found.append(Choice((Act.FAIL, None), words, "Catat: TMS – kembalikan", "", needed=False))
    if Act.SEND_BACK in ways:
        for code, to in ways[Act.SEND_BACK].targets:
            words = f"Kembalikan ke {to}"
            found.append(
                Choice((Act.SEND_BACK, code), words, "Catat: kembalikan", "Yang harus diperbaiki")
            )
    for ending in ENDINGS:
        if ending.act in _FINAL and ending.act in ways:
            words = ending.words
            found.append(Choice((ending.act, None), words, f"Catat: {words}", ending.reason))
    return tuple(found)


class RecordedScreen(FileListScreen):
    """Files at Kasi, Sekcam or Camat; F12 enters what the ceklis says they decided."""

    TITLE = "Dicatat dari Ceklis"
    NOTE = "menunggu pejabat"
    ICON = "clipboard-list"
    EMPTY = (
        "Tidak ada berkas pada pejabat",
        "Berkas yang menunggu Kasi, Sekcam, atau Camat tampil di sini. Bila pejabat memaraf di "
        "kertas, catat keputusannya dengan nama, tanggal, dan jam parafnya.",
    )

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.panel, self.paraf = RequestPanel(context), ParafPage(context)
        self.form = StepForm(context)
        self._shown: tuple[int, int] | None = None
        self._words = ""  # of the decision under way
        self.panel.add_page(FORM, "Isian", self.form)
        self.panel.add_page(PARAF, "Paraf", self.paraf)
        if not look().folded:  # the page needs the room: the SOP goes behind a tab
            picture = self.panel.picture.parentWidget()
            if picture is not None:
                self.panel.add_page(SOP, "SOP", picture, first=False)
        self.panel.show_page(PARAF)
        self.place_work(self.panel)
        self._answers = AnswersKeeper(self.background, self.panel)
        self.panel.loaded.connect(self._show)
        self.panel.answered.connect(self._answers.note)
        self.panel.head.counter.clicked.connect(self.toggle_list)
        self.paraf.turned.connect(self.show_deeds)

    # The request

    @property
    def view(self) -> RequestView | None:
        return self.panel.view

    def ask_list(self) -> None:
        self.background.query(self.take_list, officials_waiting)

    def load_request(self, request_id: int | None) -> None:
        self.keep_typing()
        self.panel.load(request_id)
        if request_id is None:
            self._shown = None

    def leave(self) -> None:
        self.keep_typing()

    def keep_typing(self) -> None:
        self._answers.flush()
        self.form.keep_typing()

    def work_widget(self) -> QWidget:
        return self.panel.pages

    def focus_work(self) -> None:
        if self.view is not None and self.panel.page == PARAF:
            self.paraf.focus_first()
        else:
            super().focus_work()

    def refusal(self, message: str, field: str | None) -> None:
        super().refusal(message, field)
        if not self.panel.refuse(message, field) and self.form.refuse(message, field):
            self.panel.show_page(FORM)

    @Slot(object)
    def _show(self, view: RequestView) -> None:
        if self._shown != (view.id, view.version):
            self._shown = (view.id, view.version)
            self.take_up()
            self._ask(view)
            self.panel.show_page(PARAF)
        self.panel.head.counter.set_words(self.counter_words())
        self.turn()
        self.arrive()

    def _ask(self, view: RequestView) -> None:
        service = service_of(view.service)
        step = service.step(view.step) if service and view.step else None
        first = service is not None and step is service.first_decision
        self.panel.set_open_to_answers(first)
        asks = False if first else self.form.show_step(view)
        self.panel.set_page_visible(FORM, asks)
        self.paraf.show_request(view, decisions(view), officers_for(step) if step else ())

    # The deed

    def show_own_deeds(self, view: RequestView) -> None:
        self.bar.show_request(view, "")
        # an official's refusal is one of the decisions above; F6 is another need here
        self.bar.end_button.set_words("Izin darurat …")
        self.bar.end_button.setVisible(bool(view.emergency))
        choice = self.paraf.choice
        self.bar.show_deed(choice.deed if choice else "", "clipboard-check")

    @Slot()
    def ask_end(self) -> None:
        """F6: ask that who verified may sign, all others being away."""
        self.ask_emergency()

    def deed(self) -> None:
        choice = self.paraf.choice
        if choice is None or self.view is None or self._pending is not None:
            return
        if missing := self.paraf.check():
            self.panel.show_page(PARAF)
            self.complain(missing)
            return
        act, target = choice.value
        self._words = choice.words
        if act in _FINAL and not self._sure(self.view, choice):
            return
        self._record(act, target)

    def _sure(self, view: RequestView, choice: Choice) -> bool:
        ending = next(one for one in ENDINGS if one.act is choice.value[0])
        text = f"{view.applicant}, berkas {view.file_code}.\n{ending.question}"
        return confirm.ask(self, choice.words, text, ending.yes)

    def _record(self, act: Act, target: str | None) -> None:
        view, recorded, text = self.view, self.paraf.recorded(), self.paraf.text()
        service = service_of(view.service) if view else None
        first = (
            view is not None and service is not None and (view.step == service.first_decision.code)
        )
        match act:
            case Act.ADVANCE if first:
                if self._answered():
                    answers = self.panel.answers()
                    self.send(self._done, processing.pass_check, answers, recorded=recorded)
            case Act.FAIL:
                self.send(
                    self._done, processing.fail_check, self.panel.answers(), recorded=recorded
                )
            case Act.ADVANCE:
                self._approve(text)
            case Act.SEND_BACK:
                self.send(self._done, processing.send_back, target, text, recorded=recorded)
            case Act.REFUSE:
                self.send(self._done, processing.refuse, text, recorded=recorded)
            case Act.CLOSE:
                self.send(self._done, processing.close_failed, text, recorded=recorded)

    def _approve(self, text: str) -> None:
        if not self.form.check():
            self.panel.show_page(FORM)
            self.complain("Isian langkah ini belum lengkap. Salin dari berkas yang diparaf.")
            return
        self.send(
            self._done,
            processing.approve,
            self.form.values(),
            text,
            recorded=self.paraf.recorded(),
        )

    def _answered(self) -> bool:
        """A passed check needs every required paper answered, as the ceklis has it."""
        open_lines = [x for x in self.panel.checklist.unanswered() if x.need == "wajib"]
        if open_lines:
            self.panel.focus_checklist()
            self.complain(
                f"“{open_lines[0].name}” belum dijawab. Salin jawabannya dari ceklis, lalu F12."
            )
        return not open_lines

    def _done(self, receipt: Receipt) -> None:
        self.form.forget(receipt.request_id)
        self.paraf.forget()
        self._go_to_work = True
        name = self.paraf.official.currentText()
        whom = f" Berkas menuju {Role(receipt.next_role).label}." if receipt.next_role else ""
        self.say(f"Tercatat: {self._words}, paraf {name}, berkas {receipt.file_code}.{whom}")
