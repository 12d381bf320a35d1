"""Permohonan Baru (F2): the service, the person by NIK, the service's own fields, the papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.parts import col
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.after_intake import AfterIntake
from kecamatan_desk.ui.screens.draft_desk import DraftDesk
from kecamatan_desk.ui.screens.draft_ending import DraftEnding
from kecamatan_desk.ui.screens.draft_keeper import DraftKeeper
from kecamatan_desk.ui.screens.draft_start import StartFrom
from kecamatan_desk.ui.screens.folder_desk import FolderDesk
from kecamatan_desk.ui.screens.intake_bar import IntakeBar
from kecamatan_desk.ui.screens.intake_form import IntakeForm
from kecamatan_desk.ui.screens.intake_left import IntakeLeft
from kecamatan_desk.ui.screens.intake_pages import StartPage
from kecamatan_desk.ui.screens.intake_parts import IntakeParts
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S3
from kecamatan_desk.usecases.draft_values import DraftSaved, KnownApplicant
from kecamatan_desk.usecases.intake import closed_services, further_service, services
from kecamatan_desk.usecases.promise import promised_time
from kecamatan_desk.usecases.values import Receipt
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Service

__all__ = ["NewRequestScreen", "StartFrom"]


class NewRequestScreen(Screen):
    """Left the services found and the papers to bring, right the form. Saves as one types."""

    TITLE = "Permohonan Baru"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self.left = IntakeLeft(context, self.TITLE, Role.PELAYANAN in context.user.roles)
        self.finder, self.papers = self.left.finder, self.left.papers
        self.folder_button, self.sheet_button = self.left.folder_button, self.left.sheet_button
        self.form = IntakeForm(context)
        self.parts = IntakeParts(context, self.form, self.papers.named)
        self.after = AfterIntake(self)
        self.received = self.after.card
        self.folder = FolderDesk(self)
        self.bar = IntakeBar()
        self.take_button = self.bar.take_button
        self.draft = DraftDesk(self)
        waiting = col(self.draft.begun, self.folder.waiting, gap=S3)
        self.start_page = StartPage(self.received, waiting)
        self.ending = DraftEnding(self)
        self._wants_list = False  # a folded frame: services and papers beside the form
        self._further_of: Receipt | None = None
        self._further_id = new_op_id()
        self._lay_out()
        self._connect()
        self.show_mode()

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for page in (self.start_page, self.parts, self.folder.page):
            self.pages.addWidget(page)
        right = col(self.folder.strip, (self.pages, 1), self.bar, gap=0)
        layout = QHBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.left)
        layout.addWidget(right, 1)

    def _connect(self) -> None:
        self.finder.chosen.connect(self.choose)
        self.form.edited.connect(self.draft.note_edit)
        self.form.recognised.connect(self._say_known)
        self.papers.edited.connect(self.draft.note_edit)
        self.folder.changed.connect(self._show_folder)
        self.folder.closed.connect(self.after.print_folder)
        self.folder_button.clicked.connect(self._ask_folder)
        if Role.PELAYANAN in self.context.user.roles:
            QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._ask_folder)
        self.take_button.clicked.connect(self._take)
        self.sheet_button.clicked.connect(self._print_requirements)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.sheet_button.click)
        self.bar.fail_button.clicked.connect(self.ending.fail)
        self.bar.further_button.clicked.connect(self.ending.take_further)
        self.received.further_button.clicked.connect(self.ask_further)
        self.context.pad.loaded.connect(self.draft.take_up_begun)

    @property
    def keeper(self) -> DraftKeeper | None:
        """What keeps the draft in hand on disk; None: nothing is begun."""
        return self.draft.keeper

    # What the shell asks

    def reload(self) -> None:
        self.background.query(self.finder.show_closed, closed_services)
        self.background.query(self.finder.show_choices, services)
        self.folder.reload()
        self.draft.take_up_begun()

    def first_focus(self) -> QWidget | None:
        if self.parts.at_scans and self.form.service:
            return self.parts.scans.add_button
        return self.form.last_focus() if self.form.service else self.finder.search

    def help_topic(self) -> tuple[str, str] | None:
        return (self.form.service.code, "terima") if self.form.service else None

    def leave(self) -> None:
        if self.keeper is not None:
            self.keeper.hurry()

    def start_with(self, values: Any) -> None:
        """Begin anew; a `StartFrom` names a draft to go on with or values known already."""
        self.draft.put_away()
        start = values if isinstance(values, StartFrom) else StartFrom()
        self.draft.known = start.values or {}
        if start.draft_id is not None:
            self.draft.open(start.draft_id)

    def deeds(self) -> Mapping[str, Any]:
        own = {
            "Ctrl+J": self.form.form.take_suggestion,
            "F2": self.begin_anew,
            "Ctrl+D": self.toggle_list,
        }
        return {**super().deeds(), **own}

    def refusal(self, message: str, field: str | None) -> None:
        asked = self.ending.asked or self.folder.asking  # else it answers a draft saved by itself
        self.ending.give_up()
        shown = self.folder.page.form if self.folder.asking else self.form.form
        if field is not None:
            self.parts.show_fields()
            shown.show_error(field, message, go=asked)
        self.draft.begun.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.parts.at_scans:
            self.parts.turn_on()
        elif event.key() == Qt.Key.Key_Escape and self.folder.asking:
            self.folder.stop_asking()
        elif event.key() == Qt.Key.Key_Escape and self._further_of is not None:
            self.draft.put_away()
        else:
            super().keyPressEvent(event)

    # Where one was

    def in_hand(self) -> dict[str, Any]:
        hand: dict[str, Any] = {}
        if self.folder.folder is not None:
            hand["folder"] = self.folder.folder.id
        if self.folder.asking:
            hand["asking"] = True
        elif self.keeper is not None and self.keeper.stored is not None:
            stored = self.keeper.stored
            hand |= {"request": stored.id, "version": stored.version, "draft": True}
        elif self.keeper is not None:
            hand["new"] = True
        return hand

    def go_back_to(self, hand: Mapping[str, Any]) -> None:
        if hand.get("folder"):
            self.folder.find_again(int(hand["folder"]))
        if hand.get("asking"):
            self.folder.ask()
        elif hand.get("request"):
            self.start_with(StartFrom(draft_id=int(hand["request"])))
        else:
            self.draft.take_up_begun()

    def has_arrived(self, hand: Mapping[str, Any]) -> bool:
        now = self.in_hand()
        wanted = {code: hand[code] for code in ("request", "asking") if code in hand}
        return all(now.get(code) == value for code, value in wanted.items())

    def words_in_hand(self) -> str:
        if self.keeper is not None and self.keeper.stored is not None:
            return f"draf {self.keeper.stored.file_code}"
        if self.keeper is not None:
            return "permohonan yang belum selesai diketik"
        folder = self.folder.folder
        return f"map titipan {folder.bearer}" if folder is not None else ""

    # The service and the draft

    @Slot()
    def toggle_list(self) -> None:
        """Ctrl+D: to the services and back; a folded frame shows them only while wanted."""
        inside = self.left.isAncestorOf(self.focusWidget())
        self._wants_list = not inside
        self.show_mode()
        target = self.form.last_focus() if inside and self.form.service else self.finder.search
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def begin_anew(self) -> None:
        """F2 on this very screen: the draft in hand stays among the drafts."""
        if self.keeper is not None and self.keeper.stored is not None:
            code = self.keeper.stored.file_code
            self.say(f"Draf {code} disimpan; lanjutkan kapan saja dari daftar Draf.")
        self.draft.put_away()

    @Slot()
    def _ask_folder(self) -> None:
        if not self.folder.asking and self.folder.folder is None:
            self.begin_anew()
        self.folder.ask()

    @Slot()
    def _show_folder(self) -> None:
        """A folder is asked for, opened or finished: what came before it is over."""
        self.received.clear()
        self.show_mode()
        if not self.folder.asking:
            self.finder.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def choose(self, code: str) -> None:
        """Ask what this service asks; what both services ask stays filled in."""
        service = service_of(code)
        if service is None:
            return
        if self._further_of is not None:
            first = self._further_of.request_id
            self.background.quiet(
                self._begin_further, further_service, self._further_id, first, code
            )
            return
        self._wants_list = False
        if self.form.service is not service:
            self.draft.begin(service)
        self.show_mode()
        self.parts.show_fields()
        self.form.start()

    def _begin_further(self, saved: DraftSaved) -> None:
        self._further_id, self._further_of = new_op_id(), None
        self.draft.open(saved.id, tinted=True)

    def clear(self) -> None:
        """Begin with nothing: the draft in hand is put away or has become a request."""
        self._further_of = None
        self.ending.give_up()
        self.parts.show_fields()
        self.parts.show_file(None)
        self.form.clear()
        self.papers.forget()
        self.finder.clear_search()
        self.start_page.show_words()
        self.bar.show_saved("")
        self.show_mode()
        self.finder.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_service(self, service: Service) -> None:
        """Show the form of a service and what the screen knows about it."""
        self.received.clear()
        self.finder.mark(service.code)
        self.background.query(self._show_promise, promised_time, service.code)
        self.show_mode()

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
            self.left.show_promise(self.form.service, promised, self.context.zone)

    @Slot()
    def _take(self) -> None:
        if self.folder.asking:
            self.folder.open()
        else:
            self.ending.take()

    @Slot()
    def ask_further(self) -> None:
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
    def show_mode(self) -> None:
        """Show the page and the deeds of what is in hand."""
        form, asking = self.form.service is not None, self.folder.asking
        page = self.folder.page if asking else self.parts if form else self.start_page
        self.pages.setCurrentWidget(page)
        folded = look().folded
        self.left.setHidden(folded and (form or asking) and not self._wants_list)
        self.left.show_form(form)
        self.bar.show_deeds(form, asking, self.ending.decides, self.folder.folder is not None)
