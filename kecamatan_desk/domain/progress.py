"""Long work that tells how far it is, and stops when it is asked to."""

from collections.abc import Callable
from dataclasses import dataclass

#: Gets the percent done, 0 to 100, and answers whether to go on. Called from the worker.
Progress = Callable[[int], bool]


class Cancelled(Exception):  # noqa: N818
    """The user stopped long work; nothing half-made is left."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A stretch of long work, ``first`` to ``last`` percent of the whole."""

    progress: Progress | None = None
    first: float = 0
    last: float = 100

    def tell(self, done: float, total: float = 1) -> None:
        """Say how much of this stretch is done; Cancelled when nobody wants the rest."""
        share = min(done / total, 1) if total else 1
        percent = self.first + (self.last - self.first) * share
        if self.progress is not None and not self.progress(int(percent)):
            raise Cancelled

    def done(self) -> None:
        """Say that this stretch is done; it stands, so nobody can stop it any more."""
        if self.progress is not None:
            self.progress(int(self.last))

    def stretch(self, first: float, last: float) -> "Gauge":
        """Give a part of this stretch: from ``first`` to ``last`` hundredths of it."""
        span = (self.last - self.first) / 100
        return Gauge(self.progress, self.first + span * first, self.first + span * last)
