"""Who and what: the head of a request, with the clock of its step."""

from __future__ import annotations

from datetime import date
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.people import masked_nik
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.ui.format import chip_of, moment_text, of_norm, status_chip, ticked
from kecamatan_desk.ui.parts import Button, chip, col, label, pic, restyle, row
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.services import service_label
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S4
from kecamatan_desk.usecases.reasons import IDENTITIES
from kecamatan_desk.usecases.secrecy import open_identity
from kecamatan_desk.usecases.values import RequestView
from kecamatan_desk.workflows.engine import Status

_TICK = 1000  # ms; the running clock shows seconds
_DOT = "   ·   "


def today(context: ScreenContext) -> date:
    """Give the office's calendar date."""
    return context.background.desk.clock().astimezone(context.zone).date()


def facts_line(context: ScreenContext, view: RequestView) -> str:
    """Give file code, NIK, village and when the request came, in one line."""
    parts = [f"Berkas {view.file_code}"]
    if view.nik:
        parts.append(f"NIK {masked_nik(view.nik)}")  # seen over the counter; whole in the form
    if view.village:
        parts.append(f"Desa {view.village}")
    if view.queue:
        parts.append(f"antrian {view.queue}")
    came = view.taken_in_at or view.created_at
    moment = f"masuk {moment_text(came, context.zone, today(context))}"
    parts.append(moment.replace(" ", "\N{NO-BREAK SPACE}"))  # a day and its hour stay together
    return _DOT.join(parts)


class RequestHead(QFrame):
    """The name whole (it wraps), service, codes; on the right the chip and the running clock.

    ``counter`` is the button that stands for the list where large text folds the frame.
    """

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._view: RequestView | None = None
        self._shown_at = monotonic()
        self.name = label("", "head" if look().folded else "title", wrap=True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.service = label("", wrap=True)
        self.facts = label("", ink="muted", wrap=True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note = label("", "captionb", "warn", wrap=True)
        self._note_row = row(pic("undo-2", "warn"), (self.note, 1), gap=S2)
        self.asked = label("", "captionb", "accent", wrap=True)
        self._asked_row = row(pic("hourglass", "accent"), (self.asked, 1), gap=S2)
        self.identity_button = Button(
            "Buka identitas pelapor …", "", "link", "lock", name="open-identity"
        )
        self._identity_row = row(self.identity_button, None)
        self._identity_row.hide()
        self.identity_button.clicked.connect(self._open_identity)
        self.chip = chip("ok", "")
        self.clock = label("", "caption", "muted")
        self.counter = Button("", "Ctrl+D", "plain", name="list-counter")
        words = col(
            self.name,
            self._identity_row,
            self.service,
            self.facts,
            self._note_row,
            self._asked_row,
            gap=S1,
        )
        time = col(row(None, self.chip), row(None, self.clock), None, gap=S1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(S4))
        layout.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)
        layout.addWidget(time)
        self.facts.setHidden(look().folded)
        self.counter.setHidden(not look().folded)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)

    def show_request(self, view: RequestView) -> None:
        """Show another request, or the same one as it is now."""
        self._view, self._shown_at = view, monotonic()
        self.name.setText(view.applicant or "Tanpa nama")
        self.service.setText(service_label(view.service))
        self.facts.setText(facts_line(self._context, view))
        self._identity_row.setVisible(view.sealed)
        self.note.setText(view.returned_note)
        self._note_row.setVisible(bool(view.returned_note))
        self.asked.setText("\n".join(view.asked))
        self._asked_row.setVisible(bool(view.asked))
        self.setAccessibleName(f"{view.applicant}, {service_label(view.service)}")
        self._tick()
        if view.clock.running:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _open_identity(self) -> None:
        """Unseal the reporter: why is asked here, who sits here by the window."""
        view = self._view  # the file in hand when it was asked: another may be shown by the answer
        if view is None:
            return
        asked = reason.ask_reason(
            self,
            "Buka identitas pelapor?",
            "Pelapor aduan ini minta dirahasiakan. Identitasnya terbuka bagi Anda sampai akhir "
            "hari ini; siapa yang membuka dan alasannya dicatat dalam riwayat berkas.",
            IDENTITIES,
        )
        if asked is not None:
            self._context.background.command(
                self._identity_opened, open_identity, new_op_id(), view.id, asked
            )

    def _identity_opened(self, _nothing: None) -> None:
        self._context.messages.said.emit("Identitas pelapor terbuka bagi Anda hari ini.", None)

    @Slot()
    def _tick(self) -> None:
        view = self._view
        if view is None:
            return
        if view.status is not Status.RUNNING:
            self.chip.show_chip("rest", status_chip(view.status), "info")
            self.clock.setText(_ending(self._context, view))
            return
        clock = ticked(view.clock, monotonic() - self._shown_at)
        look_now = chip_of(clock)
        if look_now.text != self.chip.accessibleName():
            self.chip.show_chip(*look_now)
        self.clock.setText(of_norm(clock))
        set_ink(self.clock, "warn" if clock.state in {"warn", "late"} else "muted")


def set_ink(widget: QLabel, ink: str) -> None:
    """Give a label another ink when it does not wear it yet (styling anew costs time)."""
    if widget.property("ink") != ink:
        restyle(widget, ink=ink)


def _ending(context: ScreenContext, view: RequestView) -> str:
    if view.status is Status.FAILED and view.deadline is not None:
        return f"kembali paling lambat {short_date(view.deadline)}"
    if view.receiver:
        return f"diterima {view.receiver}"
    if view.history:
        last = max(line.at for line in view.history)
        return moment_text(last, context.zone, today(context))
    return ""
