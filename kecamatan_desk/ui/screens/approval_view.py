"""One proposal as a second person reads it: its reason first, then all that is needed to decide."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from kecamatan_desk.ui.facts_card import FactsCard
from kecamatan_desk.ui.format import moment_text
from kecamatan_desk.ui.parts import chip, col, fill, label, row
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.book_table import BookTable
from kecamatan_desk.ui.screens.request_head import today
from kecamatan_desk.ui.style import look
from kecamatan_desk.ui.theme import S1, S2, S3, S4, S5
from kecamatan_desk.usecases.agreements import AGREED, PAPER, PHONE
from kecamatan_desk.usecases.approval_values import Approval

_WIDE = 860  # px at 100 %: no line of text runs over the whole screen
_BOOK = 190  # px at 100 %
_STATES = {
    "menunggu": ("warn", "menunggu persetujuan", "hourglass"),
    "disetujui": ("ok", "disetujui, belum dipakai", "check"),
    "dipakai": ("ok", "disetujui dan dilaksanakan", "circle-check"),
    "ditolak": ("late", "ditolak", "circle-x"),
    "ditarik": ("rest", "ditarik", "undo-2"),
}
#: What is to be done next, by the kind of what was agreed to.
NEXT = {
    "sisipan": "Petugas Register membuka berkasnya pada Berkas Masuk dan memberi nomor sisipan.",
    "darurat": "Berlaku untuk hari ini: surat dapat ditandatangani pada Map Tanda Tangan.",
    "buka-kembali": "Petugas Register membuka kembali bulan itu pada Tutup Buku.",
}


class ApprovalView(QFrame):
    """What is asked for, by whom and why; with a void its line in the book."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self.title = label("", "title", wrap=True)
        self.chip = chip("warn", "")
        self.who = label("", ink="muted", wrap=True)
        self.reason = label("", "bodyb", wrap=True)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = FactsCard()
        self.effect = label("", wrap=True)
        self.outcome = label("", "bodyb", wrap=True)
        self.book_title = label("", "head")
        self.book = BookTable()
        px = look().px
        asked = col(
            label("Alasan", "caption", "muted"),
            self.reason,
            gap=S1,
            pad=(S4, S3, S4, S3),
            card="next",
        )
        self.book.setMinimumHeight(px(_BOOK))
        head = row((self.title, 1), col(self.chip, None, gap=0), gap=S3)
        words = col(head, self.who, asked, self.facts, self.effect, self.outcome, gap=S3)
        words.setMaximumWidth(px(_WIDE))
        self._book_box = col(self.book_title, (self.book, 1), gap=S2)
        self.setProperty("plane", "bg")
        layout = QVBoxLayout(self)
        layout.setSpacing(px(S4))
        layout.setContentsMargins(*(px(side) for side in (S5, S4, S5, S4)))
        fill(layout, words, (self._book_box, 1), None)

    def show_approval(self, one: Approval) -> None:
        """Show what is asked for, why, what it would do, and what became of it."""
        zone, now = self._context.zone, today(self._context)
        asked = one.proposal
        self.title.setText(one.title)
        self.chip.show_chip(*_STATES[asked.state])
        when = moment_text(asked.proposed_at, zone, now)
        whose = "Anda" if one.mine else asked.proposer
        self.who.setText(f"Diusulkan {whose}, {when}")
        self.reason.setText(asked.reason)
        self.facts.show_facts(one.facts)
        self.effect.setText(one.problem or f"Bila disetujui: {_lower(one.effect)}")
        self.effect.setVisible(one.waits)
        self.outcome.setText(self._outcome(one))
        self.outcome.setVisible(bool(self.outcome.text()))
        self._book_box.setVisible(one.book is not None)
        if one.book is not None:
            self.book_title.setText(one.book.title)
            self.book.show_page(one.book, int(one.book.title.split()[-1]))

    def _outcome(self, one: Approval) -> str:
        """Say who decided, when and how, and what comes next."""
        asked = one.proposal
        if asked.decided_at is None:
            return ""
        when = moment_text(asked.decided_at, self._context.zone, today(self._context))
        if asked.state == "ditolak":
            return f"Ditolak {asked.decider}, {when}: {asked.note}"
        how = {PAPER: " di atas kertas", PHONE: " lewat telepon"}.get(asked.note, "")
        said = f"Disetujui {asked.decider}{how}, {when}."
        more = NEXT.get(asked.kind, "") if asked.state == AGREED else ""
        return f"{said} {more}".strip()


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
