"""Permohonan Baru (F2): the service, the person by NIK, the service's own fields, the papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.format import clock_time, moment_text
from kecamatan_desk.ui.parts import Button, col, label, pic, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.after_intake import AfterIntake
from kecamatan_desk.ui.screens.draft_keeper import DraftKeeper
from kecamatan_desk.ui.screens.folder_desk import FolderDesk
from kecamatan_desk.ui.screens.intake_bar import IntakeBar
from kecamatan_desk.ui.screens.intake_checks import (
    failing_hindrance,
    form_hindrance,
    marked_words,
    passing_hindrance,
)
from kecamatan_desk.ui.screens.intake_form import IntakeForm
from kecamatan_desk.ui.screens.intake_pages import StartPage
from kecamatan_desk.ui.screens.papers_list import PapersList
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.screens.service_finder import ServiceFinder
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3, S4
from kecamatan_desk.usecases.intake import (
    closed_services,
    fail_at_counter,
    further_service,
    pass_at_counter,
    services,
    take_in,
)
from kecamatan_desk.usecases.intake import draft as stored_draft
from kecamatan_desk.usecases.promise import promised_time
from kecamatan_desk.usecases.values import (
    Draft,
    DraftInput,
    DraftSaved,
    KnownApplicant,
    Receipt,
)
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Service

_WIDTH, _FEW = 340, 196  # px at 100 %: the left column; the finder once a service is chosen
_ANY = 16_777_215  # Qt's own "no maximum"


@dataclass(frozen=True, slots=True)
class StartFrom:
    """What the screen is asked to begin with: a stored draft, or values known already."""

    draft_id: int | None = None
    values: Mapping[str, Any] | None = None


class NewRequestScreen(Screen):
    """Left the services found and the papers to bring, right the form. Saves as one types."""

    TITLE = "Permohonan Baru"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.finder, self.papers, self.form = ServiceFinder(), PapersList(), IntakeForm(context)
        self.after = AfterIntake(self)
        self.received = self.after.card
        self.start_page = StartPage(self.received)
        self.folder = FolderDesk(self)
        self.keeper: DraftKeeper | None = None
        self._bundle_id: int | None = None
        self._wants_list = False  # a folded frame: services and papers beside the form
        self._act = ""  # asked for and not answered yet: terima, tambah, tms
        self._start_values: Mapping[str, Any] = {}
        self._further_of: Receipt | None = None
        self._further_id = new_op_id()
        self._resume_tinted = False  # a further service: what is known is tinted
        self._lay_out()
        self._connect()
        self._show_mode()

    def _lay_out(self) -> None:
        self.folder_button = Button("Titipan desa", "Ctrl+O", "link", "folder-open", name="folder")
        if Role.PELAYANAN not in self.context.user.roles:
            self.folder_button.hide()
        self.bar = IntakeBar()
        self.take_button = self.bar.take_button
        head = row(label(self.TITLE, "head"), None, self.folder_button, pad=(S4, 0, S3, 0))
        head.setProperty("edge", "bottom")
        head.setFixedHeight(look().px(40))
        self._promise = label("", "caption", "muted", wrap=True)
        self.sheet_button = Button("Persyaratan", "Ctrl+P", "link", "printer", name="requirements")
        self._promise_row = row(
            pic("clock", "muted"), (self._promise, 1), self.sheet_button, pad=(S4, 8, S3, S3)
        )
        left = col(
            head, (self.finder, 1), (self.papers, 3), self._promise_row, gap=0, plane="surface"
        )
        left.setProperty("edge", "right")
        left.setFixedWidth(look().px(_WIDTH))
        self.left = left
        self.pages = QStackedWidget()
        for page in (self.start_page, self.form, self.folder.page):
            self.pages.addWidget(page)
        right = col(self.folder.strip, (self.pages, 1), self.bar, gap=0)
        layout = QHBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(left)
        layout.addWidget(right, 1)

    def _connect(self) -> None:
        self.finder.chosen.connect(self.choose)
        self.form.edited.connect(self._note_edit)
        self.form.recognised.connect(self._say_known)
        self.papers.edited.connect(self._note_edit)
        self.folder.changed.connect(self._show_folder)
        self.folder.closed.connect(self.after.print_folder)
        self.folder_button.clicked.connect(self._ask_folder)
        if self.folder_button.isVisibleTo(self):
            QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._ask_folder)
        self.take_button.clicked.connect(self._take)
        self.sheet_button.clicked.connect(self._print_requirements)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.sheet_button.click)
        self.bar.fail_button.clicked.connect(self._fail)
        self.bar.further_button.clicked.connect(self._take_further)
        self.received.further_button.clicked.connect(self._ask_further)

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self.finder.show_closed, closed_services)
        self.background.query(self.finder.show_choices, services)
        self.folder.reload()

    def first_focus(self) -> QWidget | None:
        return self.form.last_focus() if self.form.service else self.finder.search

    def help_topic(self) -> tuple[str, str] | None:
        return (self.form.service.code, "terima") if self.form.service else None

    def leave(self) -> None:
        if self.keeper is not None:
            self.keeper.save()

    def start_with(self, values: Any) -> None:
        """Begin anew; a `StartFrom` names a draft to go on with or values known already."""
        self._put_away()
        start = values if isinstance(values, StartFrom) else StartFrom()
        self._start_values = start.values or {}
        if start.draft_id is not None:
            self._resume_tinted = False
            self.background.query(self._resume, stored_draft, start.draft_id)

    def deeds(self) -> Mapping[str, Any]:
        own = {
            "Ctrl+J": self.form.form.take_suggestion,
            "F2": self.begin_anew,
            "Ctrl+D": self.toggle_list,
        }
        return {**super().deeds(), **own}

    def refusal(self, message: str, field: str | None) -> None:
        asked = bool(self._act) or self.folder.asking  # else it answers a draft saved by itself
        self._act = ""
        shown = self.folder.page.form if self.folder.asking else self.form.form
        if field is not None:
            shown.show_error(field, message, go=asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.folder.asking:
            self.folder.stop_asking()
        elif event.key() == Qt.Key.Key_Escape and self._further_of is not None:
            self._put_away()
        else:
            super().keyPressEvent(event)

    # The service and the draft

    @Slot()
    def toggle_list(self) -> None:
        """Ctrl+D: to the services and back; a folded frame shows them only while wanted."""
        inside = self.left.isAncestorOf(self.focusWidget())
        self._wants_list = not inside
        self._show_mode()
        target = self.form.last_focus() if inside and self.form.service else self.finder.search
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def begin_anew(self) -> None:
        """F2 on this very screen: the draft in hand stays among the drafts."""
        if self.keeper is not None and self.keeper.stored is not None:
            code = self.keeper.stored.file_code
            self.say(f"Draf {code} disimpan; lanjutkan kapan saja dari daftar Draf.")
        self._put_away()

    @Slot()
    def _ask_folder(self) -> None:
        if not self.folder.asking and self.folder.folder is None:
            self.begin_anew()
        self.folder.ask()

    @Slot()
    def _show_folder(self) -> None:
        """A folder is asked for, opened or finished: what came before it is over."""
        self.received.clear()
        self._show_mode()
        if not self.folder.asking:
            self.finder.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def choose(self, code: str) -> None:
        """Ask what this service asks; what both services ask stays filled in."""
        service = service_of(code)
        if service is None:
            return
        if self._further_of is not None:
            first, self._resume_tinted = self._further_of.request_id, True
            self.background.quiet(
                self._begin_further, further_service, self._further_id, first, code
            )
            return
        self._wants_list = False
        if self.form.service is not service:
            self._begin(service)
        self._show_mode()
        self.form.start()

    def _begin(self, service: Service) -> None:
        fresh = self.keeper is None
        if self.keeper is None:
            self.keeper = DraftKeeper(self.background, self._input, self)
            self.keeper.saved.connect(self._show_saved)
            self._bundle_id = self.folder.bundle_id
        self.received.clear()
        self.form.begin(service)
        self.papers.show_service(service)
        if fresh:
            self.form.put({**self.folder.known_values(), **self._start_values}, filled=True)
            self._start_values = {}
        self.papers.show_data(self.form.values())
        self.finder.mark(service.code)
        self.background.query(self._show_promise, promised_time, service.code)
        self._show_mode()
        if not fresh:
            self.keeper.touch()
            self.form.ask_warnings()

    def _begin_further(self, saved: DraftSaved) -> None:
        self._further_id, self._further_of = new_op_id(), None
        self.background.query(self._resume, stored_draft, saved.id)

    def _resume(self, draft: Draft) -> None:
        service = service_of(draft.service)
        if service is None:
            return
        self._put_away()
        self._begin(service)
        self._bundle_id = draft.bundle_id
        self.form.put(draft.values, filled=self._resume_tinted)
        self.form.put(draft.unread)
        self.papers.show_service(service, draft.answers)
        self.papers.show_data(self.form.values())
        if self.keeper is not None:
            now = self.background.desk.clock()
            self.keeper.adopt(DraftSaved(draft.id, draft.version, draft.file_code, now))
        self.bar.show_saved(f"Draf {draft.file_code}")
        self.form.ask_warnings()
        self.form.start()

    def _put_away(self) -> None:
        """Clear the screen; a draft that was being typed stays among the drafts."""
        if self.keeper is not None:
            self.keeper.saved.disconnect(self._show_saved)
            self.keeper.retire()
        self._clear()

    def _clear(self) -> None:
        self.keeper, self._bundle_id, self._act, self._further_of = None, None, "", None
        self.form.clear()
        self.papers.forget()
        self.finder.clear_search()
        self.start_page.show_words()
        self.bar.show_saved("")
        self._show_mode()
        self.finder.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _input(self) -> DraftInput:
        code = self.form.service.code if self.form.service else ""
        return DraftInput(
            code,
            self.form.values(),
            self.papers.answers(),
            bundle_id=self._bundle_id,
            unread=self.form.unread(),
        )

    @Slot()
    def _note_edit(self) -> None:
        if self.keeper is not None:
            self.papers.show_data(self.form.values())
            self.keeper.touch()

    @Slot(object)
    def _show_saved(self, saved: DraftSaved) -> None:
        at = clock_time(saved.saved_at, self.context.zone)
        self.bar.show_saved(f"Draf {saved.file_code} tersimpan {at}")

    @Slot(object)
    def _say_known(self, known: KnownApplicant) -> None:
        self.say(
            f"Data pemohon terakhir diisikan dari berkas {known.last_file}. "
            "Enter pindah ke isian berikutnya."
        )

    @Slot()
    def _print_requirements(self) -> None:
        """Ctrl+P: the sheet of what to bring for the chosen service."""
        if self.form.service is not None:
            self.after.print_requirements(self.form.service.code)

    def _show_promise(self, promised: datetime) -> None:
        if self.form.service is not None:
            at = moment_text(promised, self.context.zone, today(self.context))
            minutes = self.form.service.total_minutes
            self._promise.setText(f"{minutes} menit · Rp0 · perkiraan selesai {at}")

    # The acts that end a draft

    @property
    def _decides(self) -> bool:
        """OSS and complaints: the first decision is taken here, at the counter."""
        service = self.form.service
        return service is not None and service.steps[1].decision

    @Slot()
    def _take(self) -> None:
        if self.folder.asking:
            self.folder.open()
        else:
            self._end_draft("terima")

    @Slot()
    def _take_further(self) -> None:
        self._end_draft("tambah")

    @Slot()
    def _fail(self) -> None:
        self._end_draft("tms")

    def _end_draft(self, act: str) -> None:
        if self._act or self.keeper is None or not self._can_end(act):
            return
        self._act = act
        self.keeper.touch()
        self.keeper.when_saved(self._end_now)

    def _can_end(self, act: str) -> bool:
        text = form_hindrance(self.form)
        if not text and self._decides:
            text = (
                failing_hindrance(self.papers) if act == "tms" else passing_hindrance(self.papers)
            )
        if text:
            self.complain(text)
        return not text

    def _end_now(self) -> None:
        if self.keeper is None or self.keeper.seen is None:
            self._act = ""
            return
        usecase = pass_at_counter if self._decides else take_in
        if self._act == "tms":
            usecase = fail_at_counter
        self.background.command(
            self._finish, usecase, self.keeper.op_id, self.keeper.seen, self._input()
        )

    def _finish(self, receipt: Receipt) -> None:
        act, name = self._act, str(self.form.values().get("nama", ""))
        marked = marked_words(self.papers)
        if self.keeper is not None:
            self.keeper.end()
        self._clear()
        printed_later = act == "tambah" or (self.folder.folder is not None and act != "tms")
        self.after.show_done(receipt, name, self.folder.folder is not None, marked)
        if act == "tambah":
            self._ask_further()
        if not printed_later:
            self.after.print_paper()

    @Slot()
    def _ask_further(self) -> None:
        """Another service for the applicant just taken in: only the service is asked."""
        first = self.received.receipt
        if first is None or first.status == Status.FAILED:
            return
        self._further_of = first
        self.start_page.show_words(
            "Pilih layanan berikutnya untuk pemohon ini",
            "Data pemohon ikut terisi dan tanda terimanya satu. Esc untuk pemohon lain.",
        )
        self.finder.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # How the screen stands

    @Slot()
    def _show_mode(self) -> None:
        form, asking = self.form.service is not None, self.folder.asking
        page = self.folder.page if asking else self.form if form else self.start_page
        self.pages.setCurrentWidget(page)
        folded = look().folded
        self.left.setHidden(folded and (form or asking) and not self._wants_list)
        self.finder.setMaximumHeight(look().px(_FEW) if form else _ANY)
        self.papers.setVisible(form)
        self._promise_row.setVisible(form)
        self.bar.show_deeds(form, asking, self._decides, self.folder.folder is not None)
