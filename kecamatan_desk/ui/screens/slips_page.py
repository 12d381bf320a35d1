"""The slips of a request: every counter paper it can have now, pictured, printed with F7."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.ui.page_view import PageView
from kecamatan_desk.ui.parts import Button, col, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.services import service_short
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.table import RECORD_ROLE, Column, RecordTableModel, record_table
from kecamatan_desk.ui.theme import S2, S3, S4
from kecamatan_desk.usecases.counter_papers import (
    papers_back_pdf,
    refusal_pdf,
    requirement_sheet_pdf,
)
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import (
    checklist_pdf,
    handover_pdf,
    receipt_pdf,
    return_slip_pdf,
    sop_sheet_pdf,
    ticket_pdf,
)
from kecamatan_desk.usecases.values import RequestView
from kecamatan_desk.workflows.engine import Status

_LIST = 236  # px at 100 %
_ENDED = (Status.REFUSED, Status.CANCELLED, Status.FAILED, Status.EXPIRED)


@dataclass(frozen=True, slots=True)
class SlipKind:
    """A counter paper. ``kind``: printer and paper go by it; ``of_service``: of no file."""

    title: str
    kind: str
    draw: Callable[[Desk, int, Profile], bytes] | None
    there: Callable[[RequestView], bool]
    of_service: Callable[[Desk, str], bytes] | None = None


def _taken_in(view: RequestView) -> bool:
    return view.taken_in_at is not None


def _queued(view: RequestView) -> bool:
    return bool(view.queue)


def _returned(view: RequestView) -> bool:
    return view.status is Status.FAILED


def _refused(view: RequestView) -> bool:
    return view.status is Status.REFUSED


def _given_back(view: RequestView) -> bool:
    return view.status in _ENDED and view.step is None and _taken_in(view)


def _handed_over(view: RequestView) -> bool:
    return view.status is Status.DONE


def _always(_view: RequestView) -> bool:
    return True


#: In the order in which a file comes to have them.
SLIPS = (
    SlipKind("Tanda terima berkas", "tanda-terima", receipt_pdf, _taken_in),
    SlipKind("Lembar ceklis dan kendali", "ceklis", checklist_pdf, _taken_in),
    SlipKind("Nomor antrian", "tiket", ticket_pdf, _queued),
    SlipKind("Lembar pengembalian (TMS)", "pengembalian", return_slip_pdf, _returned),
    SlipKind("Pemberitahuan penolakan", "penolakan", refusal_pdf, _refused),
    SlipKind("Tanda terima pengembalian", "berkas-kembali", papers_back_pdf, _given_back),
    SlipKind("Bukti serah terima", "serah-terima", handover_pdf, _handed_over),
    SlipKind("Persyaratan layanan", "persyaratan", None, _always, requirement_sheet_pdf),
    SlipKind("Lembar SOP", "sop", None, _always, sop_sheet_pdf),
)


def _title(slip: SlipKind) -> str:
    return slip.title


def _name(slip: SlipKind, view: RequestView) -> str:
    """Give what a paper is called where it leaves: saved, it is known by its file."""
    whose = service_short(view.service) if slip.draw is None else view.file_code
    return f"{slip.title} {whose}"


class SlipsPage(QWidget):
    """The Lembar tab. Draws nothing until it is on screen."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._view: RequestView | None = None
        self._on_screen = False
        self._asked: tuple[object, ...] | None = None
        self._slip: SlipKind | None = None
        self.model = RecordTableModel((Column("Lembar", _title, tip=True),), self)
        self.list = record_table(self.model, "Lembar yang dapat dicetak")
        self.list.horizontalHeader().hide()
        self.list.setFixedWidth(look().px(_LIST))
        self.pages = PageView(context.background)
        self.summary = label("", "caption", "muted")
        self.print_button = Button("Cetak", "F7", "small", "printer", name="print-slip")
        bar = row(None, self.summary, self.print_button, gap=S3, pad=(S4, S2, S4, S2))
        bar.setProperty("edge", "top")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(col((self.list, 1), gap=0, plane="surface", edge="right"))
        layout.addWidget(right, 1)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.print_button.clicked.connect(self.print_slip)
        self.pages.page_changed.connect(self._note_page)
        self.setFocusProxy(self.list)

    @property
    def slip(self) -> SlipKind | None:
        """The paper that is shown."""
        return self._slip

    def show_request(self, view: RequestView) -> None:
        """Take over another request, or the same one as it is now."""
        changed = self._view is None or self._view.id != view.id
        self._view = view
        slips = tuple(slip for slip in SLIPS if slip.there(view))
        kept = slips.index(self._slip) if self._slip in slips and not changed else -1
        self.model.show_records(slips)
        if kept < 0:  # the latest thing that happened to the file is what is wanted
            own = [n for n, slip in enumerate(slips) if slip.draw is not None]
            kept = own[-1] if own else 0
        self.list.setCurrentIndex(self.model.index(kept, 0))
        self._ask()

    def set_on_screen(self, on_screen: bool) -> None:
        """Tell whether the page is looked at: only then papers are drawn."""
        self._on_screen = on_screen
        self._ask()

    @Slot()
    def print_slip(self) -> None:
        """Print the paper shown, on the printer remembered for its kind."""
        if self._slip is None or self._view is None or not self.pages.pdf:
            self._context.messages.complained.emit("Belum ada lembar untuk dicetak.", None)
            return
        slip, view = self._slip, self._view
        self._context.printing.print_pdf(self, self.pages.pdf, slip.kind, _name(slip, view))

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._slip = current.data(RECORD_ROLE) if current.isValid() else None
        self._ask()

    def _ask(self) -> None:
        view, slip = self._view, self._slip
        if view is None or slip is None or not self._on_screen:
            return
        wanted = (view.id, view.version, slip.title, self._paper(slip))
        if self._asked == wanted:
            return
        self._asked = wanted
        self.print_button.setEnabled(False)
        self.pages.show_nothing("Lembar sedang digambar …")
        if slip.draw is not None:
            profile = self._context.printing.profile_for(slip.kind)
            self._context.background.job(self._take, _drawn, slip.draw, view.id, profile, wanted)
        elif slip.of_service is not None:
            self._context.background.job(
                self._take, _drawn_of_service, slip.of_service, view.service, wanted
            )

    def _paper(self, slip: SlipKind) -> Profile | None:
        """Give the paper of this PC a slip is laid on; None where it has its own."""
        return self._context.printing.profile_for(slip.kind) if slip.draw is not None else None

    def _take(self, answer: tuple[tuple[object, ...], bytes | DeskError]) -> None:
        wanted, drawn = answer
        if wanted != self._asked or self._slip is None:
            return
        if isinstance(drawn, DeskError):
            self._asked = None  # it may be asked for again
            self.pages.show_nothing(str(drawn))
            self._context.messages.complained.emit(str(drawn), None)
            return
        self.pages.show_pdf(drawn, self._slip.title)
        self.print_button.setEnabled(True)

    @Slot(int, int)
    def _note_page(self, _page: int, _of: int) -> None:
        self.summary.setText(self.pages.paper)


def _drawn(
    desk: Desk,
    draw: Callable[[Desk, int, Profile], bytes],
    request: int,
    profile: Profile,
    wanted: tuple[object, ...],
) -> tuple[tuple[object, ...], bytes | DeskError]:
    """Draw a file's paper, on the worker; give what was asked with it, for answers may be old.

    A refusal comes back as a value: it belongs to this page.
    """
    try:
        return wanted, draw(desk, request, profile)
    except DeskError as error:
        return wanted, error


def _drawn_of_service(
    desk: Desk, draw: Callable[[Desk, str], bytes], service: str, wanted: tuple[object, ...]
) -> tuple[tuple[object, ...], bytes]:
    return wanted, draw(desk, service)
