"""The bridge between the Qt thread and the workers (`workers.py`), one for each session.

``then`` comes first so that mypy checks the other arguments against the use-case.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from kecamatan_desk.domain.errors import (
    ClockDoubtError,
    DeskError,
    PresenceError,
    SessionEndedError,
    StaleError,
    UnopenedError,
)
from kecamatan_desk.ui.workers import Workers

if TYPE_CHECKING:  # pages and their tests need no SQL
    from kecamatan_desk.usecases.desk import Desk, UnitOfWork

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class _Asked:
    """Who asked: where the answer goes, and whether stored data have changed."""

    then: Callable[[Any], object]
    announces: bool
    refused: Callable[[DeskError], object] | None = None  # takes a refusal; None: it is announced
    again: tuple[ThreadPoolExecutor, Callable[[], Any]] | None = None  # to send it once more
    does: bool = False  # may write an event: not a question, not typing


class Progress(QObject):
    """Carries the progress of long work from the worker to the window, and the wish to stop back.

    Signals:
        advanced: Parts done: lines of a book, files of a backup.
    """

    advanced = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = False

    def __call__(self, done: int) -> bool:
        """Tell how far the work is (from any thread); False means: stop."""
        self.advanced.emit(done)
        return not self._stopped

    @Slot()
    def stop(self) -> None:
        self._stopped = True

    @property
    def stopped(self) -> bool:
        """Whether somebody has asked to stop."""
        return self._stopped


class Background(QObject):
    """Runs use-cases one after another off the Qt thread, and answers on it.

    An answer goes to the bound method ``then``, unless the widget it belongs to is gone by then.

    Signals:
        changed: Stored data is no longer what screens show; they reload.
        refused: A use-case was refused: text for the user, and the field it belongs to or None.
        refused_to: The same, for the screen of who asked, wherever the user is by now (who asked).
        busy: The first piece of work was taken up (True), the last one answered (False).
        presence_asked: A deed waits until the user has proved that it is he (`repeat`, `give_up`).
        reason_asked: A file waits until the user has said why he opens it (an `UnopenedError`).
        ended: The user's account was shut while he worked: what he is told.
        clock_doubted: The clock stopped a deed; screens were told as of any refusal (the sentence).
        answered: What may have written an event was answered, and its screen was told.
    """

    changed = Signal()
    refused = Signal(str, object)
    refused_to = Signal(object, str, object)
    busy = Signal(bool)
    presence_asked = Signal()
    reason_asked = Signal(object)
    ended = Signal(str)
    clock_doubted = Signal(str)
    answered = Signal()

    def __init__(self, desk: Desk | None = None, workers: Workers | None = None) -> None:
        """Without a desk (nobody signed in) only `run` works. Own workers are closed by `close`."""
        super().__init__()
        self._desk = desk
        self._own = workers is None
        self._workers = workers or Workers()
        self._asked: dict[int, _Asked] = {}
        self._awaiting: list[_Asked] = []  # deeds that wait for a proof of presence
        self._unopened: list[_Asked] = []  # questions for a file that is not opened yet
        self.asks_reason = False  # whether somebody listens to `reason_asked`
        self._doubted: list[_Asked] = []  # deeds that the clock has stopped
        self.asks_presence = False  # whether somebody listens to `presence_asked`
        self._workers.post.delivered.connect(self._deliver)

    @property
    def desk(self) -> Desk:
        """The signed-in desk."""
        if self._desk is None:
            raise RuntimeError("nobody is signed in")
        return self._desk

    @property
    def idle(self) -> bool:
        """Whether everything asked for has been answered."""
        return not self._asked

    @property
    def is_doing(self) -> bool:
        """Whether something that may write an event is still to be answered."""
        return any(asked.does for asked in self._asked.values())

    def query(
        self,
        then: Callable[[R], object],
        usecase: Callable[Concatenate[UnitOfWork, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Give the answer of a reading use-case to *then*."""
        work = partial(self.desk.ask, usecase, *args, **kwargs)
        self._submit(self._workers.desk, _Asked(then, False), work)

    def command(
        self,
        then: Callable[[R], object],
        usecase: Callable[Concatenate[UnitOfWork, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a writing use-case, give its answer to *then*, and announce the change."""
        work = partial(self.desk.call, usecase, *args, **kwargs)
        self._submit(self._workers.desk, _Asked(then, True, does=True), work)

    def quiet(
        self,
        then: Callable[[R], object],
        usecase: Callable[Concatenate[UnitOfWork, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a writing use-case without announcing it: drafts saved while the user types."""
        work = partial(self.desk.call, usecase, *args, **kwargs)
        self._submit(self._workers.desk, _Asked(then, False, does=True), work)

    def keep(
        self,
        then: Callable[[R], object],
        refused: Callable[[DeskError], object],
        usecase: Callable[Concatenate[UnitOfWork, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Keep what is typed, on a worker of its own, unannounced; *refused* takes a refusal."""
        work = partial(self.desk.call, usecase, *args, **kwargs)
        self._submit(self._workers.typing, _Asked(then, False, refused), work)

    def job(
        self,
        then: Callable[[R], object],
        job: Callable[Concatenate[Desk, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a job of several transactions that changes no list: papers drawn, bytes read."""
        work = partial(job, self.desk, *args, **kwargs)
        self._submit(self._workers.desk, _Asked(then, False, does=True), work)

    def command_job(
        self,
        then: Callable[[R], object],
        job: Callable[Concatenate[Desk, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a job that moves a request (`register_and_draw`), and announce the change."""
        work = partial(job, self.desk, *args, **kwargs)
        self._submit(self._workers.desk, _Asked(then, True, does=True), work)

    def print_job(
        self,
        then: Callable[[R], object],
        job: Callable[Concatenate[Desk, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a long job of paper (books) on the second worker."""
        work = partial(job, self.desk, *args, **kwargs)
        self._submit(self._workers.paper, _Asked(then, False, does=True), work)

    def run(
        self,
        then: Callable[[R], object],
        function: Callable[P, R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Run a plain function on the worker: opening the place, signing in, pictures of pages."""
        work = partial(function, *args, **kwargs)
        self._submit(self._workers.desk, _Asked(then, False), work)

    # Proof of who sits there

    @property
    def awaits_presence(self) -> bool:
        """Whether a deed waits for a proof."""
        return bool(self._awaiting)

    def prove(
        self,
        then: Callable[[None], object],
        refused: Callable[[DeskError], object],
        secret: str,
        by_pin: bool,
    ) -> None:
        """Try a PIN or password of the signed-in user; *refused* takes a wrong one."""
        work = partial(self.desk.prove, secret, by_pin)
        self._submit(self._workers.desk, _Asked(then, False, refused), work)

    def repeat(self) -> None:
        """Send the deeds that waited again, as they were: their op_ids are the same."""
        waiting, self._awaiting = self._awaiting, []
        self._send_again(waiting)

    # Why somebody else's file is opened

    def repeat_opening(self) -> None:
        """Ask again for the file that is open now."""
        waiting, self._unopened = self._unopened, []
        self._send_again(waiting)

    def give_up_opening(self) -> None:
        """Leave the file closed: nobody is told anything."""
        self._unopened.clear()

    def repeat_doubted(self) -> None:
        """Send again, as they were, the deeds that a doubtful clock has stopped."""
        waiting, self._doubted = self._doubted, []
        self._send_again(waiting)

    def give_up(self, message: str) -> None:
        """Do not do what waits; its screens are told as of any refusal."""
        waiting, self._awaiting = self._awaiting, []
        for asked in waiting:
            self._refuse(asked, PresenceError(message))

    def renew_proof(self, desk: Desk) -> None:
        """Take over the proof of the same user's newer sign-in."""
        self.desk.proven_at, self.desk.welcome = desk.proven_at, desk.welcome

    def tell_refusal(self, error: DeskError) -> None:
        """Tell the screens that something was refused; one that was outdated reloads."""
        self.refused.emit(str(error), error.field)
        if isinstance(error, StaleError):
            self.changed.emit()

    def announce(self) -> None:
        """Tell the screens to reload, as after a command."""
        self.changed.emit()

    def close(self) -> None:
        """Finish the work in hand, when the workers are its own."""
        if self._own:
            self._workers.close()

    def _send_again(self, waiting: list[_Asked]) -> None:
        for asked in waiting:
            if asked.again is not None:
                self._submit(asked.again[0], asked, asked.again[1])

    def _submit(self, worker: ThreadPoolExecutor, asked: _Asked, work: Callable[[], Any]) -> None:
        workers = self._workers
        if workers.closed:
            return  # the program ends; nobody waits for an answer any more
        if not self._asked:
            self.busy.emit(True)
        asked.again = (worker, work)
        self._asked[workers.send(worker, work)] = asked

    @Slot(int)
    def _deliver(self, number: int) -> None:
        asked = self._asked.pop(number, None)
        if asked is None:
            return  # another session's
        answer, error = self._workers.post.answers[number]
        if not self._asked:
            self.busy.emit(False)
        if isinstance(error, SessionEndedError):
            self.ended.emit(str(error))
            return
        if isinstance(error, PresenceError) and self.asks_presence:
            self._awaiting.append(asked)
            self.presence_asked.emit()
            return
        if isinstance(error, UnopenedError) and self.asks_reason:
            self._unopened = [*(a for a in self._unopened if a.then != asked.then), asked]
            self.reason_asked.emit(error)
            return
        if isinstance(error, DeskError):
            self._refuse(asked, error)
            if isinstance(error, ClockDoubtError):
                # of one who asks again and again (typing) the last is enough
                self._doubted = [*(a for a in self._doubted if a.then != asked.then), asked]
                self.clock_doubted.emit(str(error))
            return
        if error is not None:
            raise error  # a bug: sys.excepthook logs it and shows it
        owner = getattr(asked.then, "__self__", None)
        if not isinstance(owner, QObject) or isValid(owner):
            asked.then(answer)
        if asked.announces:
            self._doubted.clear()  # the clock was put right, and work goes on
            self.changed.emit()
        if asked.does:
            self.answered.emit()

    def _refuse(self, asked: _Asked, error: DeskError) -> None:
        """Hand a refusal to who asked, while he is there, else tell all screens."""
        if asked.refused is None:
            self.tell_refusal(error)
            owner = getattr(asked.then, "__self__", None)
            if isinstance(owner, QObject) and isValid(owner):
                self.refused_to.emit(owner, str(error), error.field)
            return
        taker = getattr(asked.refused, "__self__", None)
        if not isinstance(taker, QObject) or isValid(taker):
            asked.refused(error)
