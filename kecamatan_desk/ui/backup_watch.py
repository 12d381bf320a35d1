"""Backups that nobody has to think of: made while the office works, told only when they fail."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.backup_words import age_line, mark
from kecamatan_desk.ui.message_bar import MessageBar
from kecamatan_desk.ui.screen import ScreenContext, WayOut

if TYPE_CHECKING:  # the first list does not wait for what makes backups
    from kecamatan_desk.usecases.backup_rounds import Round
    from kecamatan_desk.usecases.backup_values import BackupState
    from kecamatan_desk.usecases.desk import Desk

FIRST, EVERY = 15_000, 30_000  # ms: the counter comes first
_REST = 1800.0  # s until a backup that failed is tried again
AT_CLOSING = 5.0  # s the program stays for a backup that is due
HERE = ""  # this PC among the devices
BACKUPS = "salinan"  # the entry where backups are seen


def make_round(desk: Desk, first: bool, resting: frozenset[str], progress: Progress) -> Round:
    """Make a round, on the second worker; the modules it takes are loaded there."""
    from kecamatan_desk.usecases.backup_rounds import first_round, keep_backed_up

    return (first_round if first else keep_backed_up)(desk, progress, resting)


class Patience(Progress):
    """Lets work go on until it is stopped, or until the program can wait no longer."""

    def __init__(self) -> None:
        super().__init__()
        self._until: float | None = None

    def __call__(self, done: int) -> bool:
        if self._until is not None and monotonic() > self._until:
            return False
        return super().__call__(done)

    def wait_at_most(self, seconds: float) -> None:
        """Stop the work when it takes longer than this from now."""
        self._until = monotonic() + seconds


def _copied(onto: tuple[str, ...]) -> str:
    return f"Cadangan sudah disalin ke {', '.join(onto)} dan diperiksa. Cakram itu boleh dicabut."


class BackupWatch(QObject):
    """Stands beside the shell of one session; the rounds run on the second worker.

    A round looks whether a backup is due (two hours of change) and whether a drive with backups of
    this office was plugged in. Practice data get none.
    """

    def __init__(self, parent: QObject, context: ScreenContext, bar: MessageBar) -> None:
        super().__init__(parent)
        self._context, self._bar = context, bar
        self._running: Patience | None = None
        self._first = True
        # by the name of a device:
        self._failed: dict[str, str] = {}  # what was told
        self._rests: dict[str, float] = {}  # until when it is not tried again
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST)
        self._timer.timeout.connect(self.look)
        if not context.practice:
            self._timer.start()

    @property
    def running(self) -> bool:
        """Whether a round is under way."""
        return self._running is not None

    @Slot()
    def look(self) -> None:
        """Make the round that is due, when none is under way."""
        self._timer.setInterval(EVERY)
        if self._running is None and not self._context.practice:
            self._begin()

    def finish(self) -> None:
        """The program ends: a backup that is due is made if it is quick, else at the next start."""
        self._timer.stop()
        if self._context.practice:
            return
        if self._running is None:
            self._rests.pop(HERE, None)
            self._begin()
        if self._running is not None:
            self._running.wait_at_most(AT_CLOSING)

    def stop(self) -> None:
        """Other data are to be opened: leave nothing half-made, and nothing under way."""
        self._timer.stop()
        if self._running is not None:
            self._running.stop()

    def show(self, state: BackupState | None) -> None:
        """Show the mark at the foot of the window."""
        if state is not None and not self._context.practice:
            now, line = mark(state, self._context.zone), age_line(state, self._context.zone)
            more = line.text + (f"\n{state.failed}" if state.failed else "")
            glyph = "check" if now.ink == "ok" else now.glyph
            self._bar.show_backup(now.text, now.ink, glyph, more)

    def _begin(self) -> None:
        self._running = Patience()
        self._context.background.print_job(
            self._told, make_round, self._first, self._resting(), self._running
        )

    def _resting(self) -> frozenset[str]:
        return frozenset(where for where, until in self._rests.items() if monotonic() < until)

    def _told(self, done: Round) -> None:
        self._running = None
        self._first = self._first and done.stopped
        self.show(done.state)
        if self._note(done):
            self._complain(done)
        elif done.onto:
            self._context.messages.said.emit(_copied(done.onto), None)
        if done.made is not None or done.copied:
            self._context.background.announce()

    def _note(self, done: Round) -> bool:
        """Let what failed rest; tell whether any of it is new. Who was pulled out begins anew."""
        failed = {one.where: one.failed for one in done.out if one.failed}
        if done.failed_here:
            failed[HERE] = done.failed_here
        new = any(self._failed.get(where) != said for where, said in failed.items())
        waiting = {HERE, *(one.where for one in done.out if not one.copied)} & self._resting()
        self._failed = {w: s for w, s in self._failed.items() if w in waiting} | failed
        self._rests = {w: u for w, u in self._rests.items() if w in waiting}
        self._rests |= dict.fromkeys(failed, monotonic() + _REST)
        return new

    def _complain(self, done: Round) -> None:
        way_out = None
        none = done.failed_here and done.made is None and not done.onto
        undone = "belum jadi" if none else "belum lengkap"
        words = f"Cadangan otomatis {undone}, pekerjaan di loket tidak terganggu. {done.failed}"
        if done.onto:
            words += f" {_copied(done.onto)}"
        if {Role.ADMIN, Role.SEKCAM, Role.CAMAT} & set(self._context.user.roles):
            way_out = WayOut("Ke Cadangan", "", self._go)
        else:
            words += " Beri tahu Administrator."
        self._context.messages.complained.emit(words, way_out)

    def _go(self) -> None:
        self._context.navigator.entry_asked.emit(None, BACKUPS)
