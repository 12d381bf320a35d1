"""The threads of the program, and how what is done there comes back to the window's own.

One worker owns the database and runs every use-case in order; a second one makes books, so that
the counter is not held up; a third one keeps what is typed, so that it is on disk within a second
while a letter is drawn. What is asked after typing runs after its save.

Nothing of Qt may be let go of last on a worker: a widget destroyed there ends the program. So what
belongs to the window stays in a list on its own thread, workers get a number for it, and whatever
they were handed is out of their hands before the answer is called out.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Post(QObject):
    """Carries answers from the workers to the window's thread. Lives as long as the workers.

    Signals:
        arrived: From a worker: the answer to the errand with this number lies in `answers`.
        delivered: The same on the window's thread, whoever may still be there to take it.
    """

    arrived = Signal(int)
    delivered = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[int, tuple[Any, BaseException | None]] = {}
        self.handed: dict[int, object] = {}  # what workers work with, until they have let go of it
        self.arrived.connect(self._hand_out, Qt.ConnectionType.QueuedConnection)

    @Slot(int)
    def _hand_out(self, number: int) -> None:
        self.delivered.emit(number)
        self.answers.pop(number, None)
        self.handed.pop(number, None)


class _Errand:
    """A piece of work for a worker; empties its own hands before it says that it is done."""

    def __init__(self, post: Post, number: int, work: Callable[[], Any]) -> None:
        self._post, self._number = post, number
        self._work: Callable[[], Any] | None = work

    def __call__(self) -> None:
        self._post.answers[self._number] = self._done()
        self._post.arrived.emit(self._number)

    def _done(self) -> tuple[Any, BaseException | None]:
        work, self._work = self._work, None
        assert work is not None
        try:
            return work(), None
        except BaseException as error:  # handed on: raised again on the window's thread
            return None, error


class _After:
    """Work that begins when a save sent before it is done: nothing overtakes what was typed."""

    def __init__(self, kept: Future[None], work: Callable[[], Any]) -> None:
        self._kept, self._work = kept, work

    def __call__(self) -> Any:
        wait((self._kept,))
        return self._work()


class Workers:
    """The threads of the program. They outlive a session: who signs in next uses them too."""

    def __init__(self) -> None:
        self.desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self.paper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="paper")
        self.typing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="typing")
        self._kept: Future[None] | None = None  # the last save of typing that was sent
        self.post = Post()
        self._numbers = count(1)
        self.closed = False

    def close(self) -> None:
        """Finish the work in hand. A half-written letter must not be lost on quitting."""
        self.closed = True
        self.finish_typing()
        self.paper.shutdown(wait=True)
        self.desk.shutdown(wait=True)

    def finish_typing(self) -> None:
        """Wait until all that was typed is on disk; nothing more is kept afterwards."""
        self.typing.shutdown(wait=True)

    def send(self, worker: ThreadPoolExecutor, work: Callable[[], Any]) -> int:
        """Give work to one of the threads, and the number under which `post` calls its answer."""
        number = next(self._numbers)
        if worker is self.desk and self._kept is not None and not self._kept.done():
            work = _After(self._kept, work)
        self.post.handed[number] = work
        future = worker.submit(_Errand(self.post, number, work))
        if worker is self.typing:
            self._kept = future
        return number
