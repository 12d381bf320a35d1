"""The work place: what waits on the left, the request on the right, one deed below.

One skeleton for Verifikasi, Kasi, Tim Teknis, Pengolah Data, Tim Pengaduan, Sekcam, Camat and
Pelayanan. What F12 does comes from the table in `deeds`, by the step of the file in hand.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kecamatan_desk.domain.numbering import queue_display
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext, WayOut
from kecamatan_desk.ui.screens.answers_keeper import AnswersKeeper
from kecamatan_desk.ui.screens.deed_bar import back_words_for
from kecamatan_desk.ui.screens.deeds import (
    EMPTY,
    FAIL,
    Deed,
    How,
    deed_for,
    deed_words,
    place_to_go,
)
from kecamatan_desk.ui.screens.file_list import FileListScreen
from kecamatan_desk.ui.screens.letter_page import newest_first
from kecamatan_desk.ui.screens.request_panel import CHECKLIST, DATA, RequestPanel
from kecamatan_desk.ui.screens.step_form import StepForm
from kecamatan_desk.ui.services import service_label, service_of
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.jobs import (
    checklist_pdf,
    complete_documents,
    document_bytes,
    return_slip_pdf,
    ticket_pdf,
)
from kecamatan_desk.usecases.register import coming_queue
from kecamatan_desk.usecases.values import (
    ChecklistLine,
    DocumentRef,
    Receipt,
    RequestView,
)
from kecamatan_desk.workflows.vocabulary import Need

FORM = "isian"
_MISSING = "tidak-ada"
_QUEUE, _MINUTES = "antrian", "berita-acara"


class WorkplaceScreen(FileListScreen):
    """Berkas Masuk of one role."""

    TITLE = "Berkas Masuk"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.panel = RequestPanel(context)
        self.form = StepForm(context)
        self._coming = ""  # the queue number this file would get
        self._shown: tuple[int, int] | None = None  # request and version on screen
        self._printing: tuple[str, int] | None = None  # which papers of which file F7 prints
        self._slip_of = ""  # file code of the slip being drawn
        self._pointed = False  # the message bar says that a paper is not answered
        self.panel.add_page(FORM, "Isian", self.form)
        self.panel.set_page_visible(FORM, False)
        self.panel.show_page(CHECKLIST)
        self.place_work(self.panel)
        self._teach()
        self._answers = AnswersKeeper(self.background, self.panel)
        self.panel.loaded.connect(self._show)
        self.panel.answered.connect(self._note_answer)
        self.panel.head.counter.clicked.connect(self.toggle_list)
        self.given.print_asked.connect(self.print_papers)
        self.bar.place_button.clicked.connect(self._go_to_place)

    def _teach(self) -> None:
        self.empty.show_words(*EMPTY.get(self.role, self.EMPTY))
        if Role.PELAYANAN in self.context.user.roles:
            why = "Anda juga Petugas Pelayanan."
            self.empty.add_way("Permohonan Baru", "F2", why, self._begin_new)
        self.empty.add_key("F3", "Cari berkas: nama, NIK, nomor, atau pindai tanda terima.")
        self.empty.add_key("F1", "Baca SOP: apa yang diperiksa dan berapa menit.")

    @Slot()
    def _begin_new(self) -> None:
        self.open_new_request()

    # What the shell asks

    def first_focus(self) -> QWidget | None:
        return self.work_widget() if self.view is not None else None

    def leave(self) -> None:
        self._flush()
        self.keep_typing()

    def keep_typing(self) -> None:
        self.form.keep_typing()

    def refusal(self, message: str, field: str | None) -> None:
        super().refusal(message, field)
        if not self.panel.refuse(message, field) and self.form.refuse(message, field):
            self.panel.show_page(FORM)

    # The list

    def load_request(self, request_id: int | None) -> None:
        if self.view is not None and self.view.id != request_id:
            self._flush()
            self.form.keep_typing()
        self.panel.load(request_id)
        if request_id is None:
            self._shown = None

    # The request

    @property
    def view(self) -> RequestView | None:
        return self.panel.view

    @Slot(object)
    def _show(self, view: RequestView) -> None:
        if self._shown != (view.id, view.version):
            self._shown = (view.id, view.version)
            self._begin_with(view)
        self.panel.head.counter.set_words(self.counter_words())
        self.turn()
        self.arrive()

    def _begin_with(self, view: RequestView) -> None:
        """Set the pages for another file, or for the same at another step."""
        deed = deed_for(view)
        self.take_up()
        self._coming = ""
        if deed is not None and deed.how is How.CHECK:
            self.background.query(self._note_coming, coming_queue, view.id)
        self.panel.set_open_to_answers(deed is not None and deed.how is How.CHECK)
        asks = self.form.show_step(view, deed is not None and deed.how is How.RECEIVE)
        asks = asks and deed is not None
        self.panel.set_page_visible(FORM, asks)
        self.panel.set_compact(asks)
        self.panel.show_page(FORM if asks else CHECKLIST if view.checklist else DATA)

    def _note_coming(self, queue: str) -> None:
        self._coming = queue
        self.show_deeds()

    def work_widget(self) -> QWidget:
        return self.panel.checklist if self.panel.page == CHECKLIST else self.panel.pages

    def arrive(self) -> None:
        """Put the keyboard on the work: on entering, and after each deed."""
        if self._go_to_work and self.isVisible() and self.has_keyboard():
            self.focus_work()
        self._go_to_work = False

    def focus_work(self) -> None:
        working = self.right.currentWidget() is self.work
        if working and self.panel.page == FORM and self.form.form is not None:
            self.form.focus_first()
        else:
            super().focus_work()

    # The deeds

    def show_own_deeds(self, view: RequestView) -> None:
        deed = deed_for(view)
        missing = self._missing(deed)
        self.bar.show_request(view, "" if missing else back_words_for(view, deed))
        if missing:
            needed = sum(line.need == "wajib" for line in missing)
            kind = "wajib" if needed else "berkas"
            self.bar.show_missing(f"{needed or len(missing)} {kind} belum ada")
            self.bar.show_hint("")
            self.bar.show_deed(FAIL.words, FAIL.glyph)
            return
        self.bar.show_missing("")
        self.bar.show_hint(f"Berikutnya {self._coming}" if self._coming else "")
        self.bar.show_deed(deed_words(view, deed) if deed else "", deed.glyph if deed else "")
        self.bar.show_place("" if deed else self._place_words(view))

    def _place_words(self, view: RequestView) -> str:
        """A file found by search may be worked on elsewhere, in another role of the user."""
        way = place_to_go(view)
        return f"Buka di {way[0].short}" if way and way != (self.role, self.kind) else ""

    @Slot()
    def _go_to_place(self) -> None:
        view = self.view
        way = place_to_go(view) if view else None
        if view is not None and way is not None:
            self.open_entry(*way)
            self.open_request(view.id)

    def _missing(self, deed: Deed | None) -> list[ChecklistLine]:
        if deed is None or deed.how is not How.CHECK:
            return []
        return list(self.panel.checklist.failing())

    def deed(self) -> None:
        view = self.view
        deed = deed_for(view) if view else None
        if deed is None:
            return
        match deed.how:
            case How.CHECK:
                self._decide(deed)
            case How.APPROVE if self.form.check():
                self.send(self._finished, processing.approve, self.form.values())
            case How.RECEIVE if self.form.check():
                self.send(
                    self._finished,
                    processing.finish_oss,
                    self.form.values(),
                    self.form.handover(),
                )

    def _decide(self, deed: Deed) -> None:
        self._answers.stop()
        answers = self.panel.answers()
        if missing := self._missing(deed):
            if nameless := [line for line in missing if not line.reason]:
                self._point_at(nameless[0], "Tulis alasannya, agar pemohon tahu.")
                return
            self.send(self._failed, processing.fail_check, answers)
            return
        open_lines = [x for x in self.panel.checklist.unanswered() if x.need == "wajib"]
        if open_lines:
            self._point_at(open_lines[0], "Jawab 1 bila ada, 2 bila tidak ada.")
            return
        self.send(self._passed, processing.pass_check, answers)

    def _point_at(self, line: ChecklistLine, what: str) -> None:
        self._pointed = False
        self.complain(f"“{line.name}” belum selesai. {what}")
        self.panel.focus_checklist()
        place = list(self.panel.checklist.lines.records).index(line)
        self.panel.checklist.setCurrentIndex(self.panel.checklist.lines.index(place, 1))
        if line.answer == _MISSING:
            self.panel.checklist.answer(place, _MISSING)
        self._pointed = True

    @Slot()
    def ask_back(self) -> None:
        """F8 at a first decision: the paper in hand is not there; why, is asked in its row."""
        view = self.view
        deed = deed_for(view) if view else None
        if deed is None or deed.how is not How.CHECK:
            super().ask_back()
            return
        checklist = self.panel.checklist
        self.panel.focus_checklist()
        place = max(checklist.currentIndex().row(), 0)
        lines = checklist.lines.records
        if lines and lines[place].need == Need.TAMBAHAN:
            self.complain(
                f"“{lines[place].name}” hanya tambahan dan tidak menahan berkas. Pilih berkas yang "
                "kurang, lalu tekan 2."
            )
            return
        checklist.answer(place, _MISSING)

    # Afterwards

    def moved_on(self, receipt: Receipt) -> None:
        super().moved_on(receipt)
        self._answers.stop()
        self._go_to_work = True

    def _passed(self, receipt: Receipt) -> None:
        view = self.view
        if view is None or receipt.queue_number is None or view.queue:
            self._say_done(receipt)
            return
        service = service_of(view.service)
        queue = queue_display(service.family if service else "", receipt.queue_number)
        self._printing, self._slip_of = (_QUEUE, receipt.request_id), receipt.file_code
        self.say(
            f"Berkas {receipt.file_code} lengkap: nomor antrian {queue}.",
            WayOut("Cetak tiket dan ceklis", "", self.print_papers),
        )
        self.given.show_number(
            "Nomor antrian",
            queue,
            view.applicant,
            service_label(view.service),
            "tiket dan ceklis",
            self.same_file_words(receipt),
        )
        self.show_given()

    def _failed(self, receipt: Receipt) -> None:
        self.say(
            f"Berkas {receipt.file_code} dikembalikan kepada pemohon (TMS). Berkas yang kurang dan "
            "alasannya tercetak pada lembar pengembalian."
        )
        profile = self.context.printing.profile_for("pengembalian")
        self._slip_of = receipt.file_code
        self.background.job(self._print_return_slip, return_slip_pdf, receipt.request_id, profile)

    def _finished(self, receipt: Receipt) -> None:
        view = self.view
        self.form.forget(receipt.request_id)
        if view is None or view.step != "keputusan" or receipt.minutes_number is None:
            self._say_done(receipt)
            return
        self._printing = (_MINUTES, receipt.request_id)
        self.say(
            f"Berkas {receipt.file_code} diputuskan: Berita Acara nomor {receipt.minutes_number}.",
            self.same_file_way(receipt),
        )
        self.given.show_number(
            "Nomor Berita Acara Kesepakatan",
            str(receipt.minutes_number),
            view.applicant,
            receipt.letter_number or service_label(view.service),
            "Berita Acara",
            self.same_file_words(receipt),
        )
        self.show_given()

    def _say_done(self, receipt: Receipt) -> None:
        done = self._done_words()
        whom = f" Berkas menuju {Role(receipt.next_role).label}." if receipt.next_role else ""
        self.say(f"Berkas {receipt.file_code} {done}.{whom}", self.same_file_way(receipt))

    def _done_words(self) -> str:
        view = self.view
        deed = deed_for(view) if view else None
        return deed.done if deed else "selesai"

    # Papers

    @Slot()
    def print_papers(self) -> None:
        """F7: the papers of the file that has just got its number."""
        paper = self.context.printing
        match self._printing:
            case (papers, request_id) if papers == _QUEUE:
                ticket, sheet = paper.profile("tiket"), paper.profile_for("ceklis")
                self.background.job(self._print_ticket, ticket_pdf, request_id, ticket)
                self.background.job(self._print_checklist, checklist_pdf, request_id, sheet)
            case (_, request_id):
                profile = paper.profile("surat")
                self.background.job(self._fetch_minutes, complete_documents, request_id, profile)

    def _fetch_minutes(self, documents: tuple[DocumentRef, ...]) -> None:
        for document in newest_first(documents)[:1]:
            self.background.job(self._print_minutes, document_bytes, document.id)

    def _print_minutes(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "surat", "Berita Acara Kesepakatan")

    def _print_ticket(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "tiket", f"Tiket antrian {self._slip_of}")

    def _print_checklist(self, pdf: bytes) -> None:
        self.context.printing.print_pdf(self, pdf, "ceklis", f"Lembar ceklis {self._slip_of}")

    def _print_return_slip(self, pdf: bytes) -> None:
        title = f"Lembar pengembalian {self._slip_of}"
        self.context.printing.print_pdf(self, pdf, "pengembalian", title)

    # Answers are on disk within a second

    @Slot()
    def _note_answer(self) -> None:
        self.show_deeds()
        if self._pointed:  # what the message bar says of a paper is answered, or will be said anew
            self._pointed = False
            self.settle()
        if self._pending is None:  # a deed under way takes the answers with it
            self._answers.note()

    def _flush(self) -> None:
        if self._pending is None:
            self._answers.flush()


class ComplaintsScreen(WorkplaceScreen):
    """The same for those whom only complaints reach here."""

    TITLE = "Pengaduan"
