"""Draf: what was typed and not taken in yet, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.parts import Button, action_bar, heading, label, row
from kecamatan_desk.ui.screen import Screen, ScreenContext, new_op_id
from kecamatan_desk.ui.screens.empty_place import EmptyPlace
from kecamatan_desk.ui.screens.new_request import StartFrom
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.services import service_label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.usecases.intake import discard_draft
from kecamatan_desk.usecases.values import Receipt, Seen, WaitingRequest
from kecamatan_desk.usecases.worklist import work_list


class DraftsScreen(Screen):
    """A table of drafts: Enter goes on with one, F6 throws one away."""

    TITLE = "Draf"

    def __init__(self, context: ScreenContext, role: Role, kind: str) -> None:
        super().__init__(context, role, kind)
        self._op_id = new_op_id()
        self._busy = False
        columns = (
            Column("Disimpan", _SavedAt(context), 136),
            Column("Kode berkas", _code, 120),
            Column("Nama", _name, 0, tip=True),
            Column("Layanan", _service, 0, tip=True),
            Column("Desa", _village, 140, tip=True),
        )
        self.model = RecordTableModel(columns, self)
        self.table = record_table(self.model, "Draf, yang terakhir disimpan di atas")
        self.table.setObjectName("drafts")
        self.go_on_button = Button("Lanjutkan mengisi", "F12", "primary", "pen-line", name="go-on")
        self.discard_button = Button("Buang draf", "F6", "plain", "trash-2", name="discard")
        self.empty = EmptyPlace("pen-line")
        self.empty.show_words(
            "Tidak ada draf",
            "Permohonan yang belum selesai diketik tersimpan di sini dengan sendirinya, juga bila "
            "listrik padam.",
        )
        self.empty.add_way(
            "Permohonan Baru", "F2", "Mulai dengan memilih layanan.", self._begin_new
        )
        self.pages = QStackedWidget()
        self.empty.await_answer()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self._table_page())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.table.activated.connect(self._open)
        self.go_on_button.clicked.connect(self.go_on)
        self.discard_button.clicked.connect(self.discard)

    def _table_page(self) -> QWidget:
        page = QWidget()
        note = "Enter melanjutkan; kode berkas tetap sama"
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading(self.TITLE, note))
        column.addWidget(row((self.table, 1), pad=(0, 0, 0, 0), plane="surface"), 1)
        hint = label("Draf yang dibuang tidak dapat dikembalikan.", "caption", "muted")
        if look().folded:
            hint.hide()
        column.addWidget(action_bar(self.discard_button, hint, None, self.go_on_button))
        return page

    def showEvent(self, event: QShowEvent) -> None:
        self._stale = True  # drafts are saved unannounced while they are typed
        super().showEvent(event)

    def reload(self) -> None:
        self.background.query(self._take, work_list, self.role, self.kind)

    def first_focus(self) -> QWidget | None:
        return self.table if self.model.rowCount() else self.empty.findChild(Button)

    def refusal(self, message: str, field: str | None) -> None:
        self._busy = False

    @property
    def current(self) -> WaitingRequest | None:
        """The chosen draft."""
        index = self.table.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    def _take(self, drafts: Sequence[WaitingRequest]) -> None:
        self.empty.know()
        before, place = self.current, max(self.table.currentIndex().row(), 0)
        had_focus = self.isVisible() and self.isAncestorOf(self.focusWidget())
        self.model.show_records(drafts)
        self.pages.setCurrentIndex(1 if drafts else 0)
        ids = [draft.id for draft in drafts]
        if before is not None and before.id in ids:
            place = ids.index(before.id)
        if drafts:
            self.table.setCurrentIndex(self.model.index(min(place, len(drafts) - 1), 0))
        focus = self.first_focus()
        if had_focus and focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QModelIndex)
    def _open(self, _index: QModelIndex) -> None:
        self.go_on()

    @Slot()
    def go_on(self) -> None:
        """Go on typing the chosen draft in the new-request form."""
        if self.current is not None:
            self.open_new_request(StartFrom(draft_id=self.current.id))

    @Slot()
    def discard(self) -> None:
        """Throw the chosen draft away, after asking."""
        draft = self.current
        if draft is None or self._busy:
            return
        who = draft.applicant or "tanpa nama"
        if confirm.ask(
            self,
            "Buang draf",
            f"Draf {draft.file_code} ({who}, {service_label(draft.service)}) dihapus beserta semua "
            "yang sudah diketik. Ini tidak dapat dibatalkan; kode berkasnya tidak dipakai lagi.",
            "Ya, buang draf",
        ):
            self._busy = True
            seen = Seen(draft.id, draft.version)
            self.background.command(self._discarded, discard_draft, self._op_id, seen)

    def _discarded(self, receipt: Receipt) -> None:
        self._busy, self._op_id = False, new_op_id()
        self.say(f"Draf {receipt.file_code} dibuang.")

    @Slot()
    def _begin_new(self) -> None:
        self.open_new_request()


class _SavedAt:
    """When a draft was saved; not a method of the screen, which the model would keep alive."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def __call__(self, draft: WaitingRequest) -> str:
        return moment_text(draft.arrived_at, self._context.zone, today(self._context))


def _code(draft: WaitingRequest) -> str:
    return draft.file_code


def _name(draft: WaitingRequest) -> str:
    return draft.applicant or "belum diketik"


def _service(draft: WaitingRequest) -> str:
    return service_label(draft.service)


def _village(draft: WaitingRequest) -> str:
    return draft.village
