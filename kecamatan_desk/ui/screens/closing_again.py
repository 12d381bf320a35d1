"""Opening a closed month again: the reason, another person's agreement, and the deed itself."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.ui.second_person import SecondPersonPane
from kecamatan_desk.usecases import closing
from kecamatan_desk.usecases.approval_values import Consented
from kecamatan_desk.usecases.closing_values import MonthState


class OpeningAgain(QWidget):
    """The strip in which the other person agrees; empty and unseen while nobody is asked.

    Signals:
        turned: What F12 means has changed.
        proposed: The reason for this month (its period) is stored; what was typed is done with.
    """

    turned = Signal()
    proposed = Signal(str)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._busy = False
        self._op_id = new_op_id()
        self._month: MonthState | None = None
        self._asking: MonthState | None = None  # the month whose proposal is being stored
        self.second = SecondPersonPane(context)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.second)
        self.second.turned.connect(self.turned)
        self.second.closed.connect(self.turned)
        self.second.agreed.connect(self._agreed)

    @property
    def asks(self) -> bool:
        """Whether another person is being asked: F12 is his."""
        return self.second.is_open

    def take_month(self, month: MonthState | None) -> None:
        """Say which month is chosen; a strip about another one is closed, its proposal stays."""
        before, self._month = self._month, month
        if before is not None and (month is None or before.period != month.period):
            self.second.close_up()

    def refuse(self, message: str, field: str | None) -> None:
        """Take a refusal of what was sent from here."""
        self._busy, self._asking = False, None
        self.second.refuse(message, field)

    @Slot(str)
    def propose(self, reason: str) -> None:
        """Ask for the chosen month to be opened again."""
        month = self._month
        if month is not None and self._asking is None:
            self._asking = month
            self._context.background.command(
                self._proposed,
                closing.propose_reopening,
                new_op_id(),
                month.year,
                month.month,
                reason,
            )

    def _proposed(self, proposal: int) -> None:
        asked, self._asking = self._asking, None
        if asked is None:
            return
        self.proposed.emit(asked.period)
        self._say(
            f"Usul buka kembali {asked.name} dicatat. Kasi, Sekcam, atau Camat yang lain "
            "menyetujuinya."
        )
        if self._month is not None and self._month.period == asked.period:
            self.ask(proposal)  # else he looks at another one: nobody agrees to that by its name

    @Slot(int)
    def ask(self, proposal: int) -> None:
        """Let an official agree at this PC, or enter his signature on paper."""
        if self._month is not None and not self.second.is_open:
            self.second.ask(proposal, f"Buka kembali {self._month.name}")

    @Slot(object)
    def _agreed(self, done: Consented) -> None:
        self._say(f"Disetujui {done.by.rstrip('.')}. Buka kembali bulannya dengan F8.")
        self.turned.emit()

    @Slot()
    def reopen(self) -> None:
        """F8: open the chosen month again, as another person has agreed."""
        month = self._month
        if month is None or self._busy:
            return
        if confirm.ask(
            self,
            f"Buka kembali {month.name}",
            "Buku menerima nomor baru dan sisipan lagi. Ini tercatat dalam riwayat, dan bulan ini "
            "harus ditutup lagi dengan halaman penutup baru.",
            "Ya, buka kembali",
        ):
            self._busy = True
            self._context.background.command(
                self._reopened, closing.reopen, self._op_id, month.year, month.month
            )

    def _reopened(self, _act: int) -> None:
        self._busy, self._op_id = False, new_op_id()
        self._say("Buku dibuka kembali. Tutup lagi setelah selesai.")

    def _say(self, words: str) -> None:
        self._context.messages.said.emit(words, None)
