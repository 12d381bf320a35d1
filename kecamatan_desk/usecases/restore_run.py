"""One restore as the window carries it out: the place is held from the first look to the last.

Plain methods for a worker, one after another. What is refused comes back as a value: the page shows
it where the hand is.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kecamatan_desk.domain.errors import DeskError, MachineError
from kecamatan_desk.domain.progress import Cancelled, Progress
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.backup_media import FoundSet, found_sets
from kecamatan_desk.usecases.desk import Clock, system_clock
from kecamatan_desk.usecases.recovery import secret_from
from kecamatan_desk.usecases.restore_planning import discard, plan_restore
from kecamatan_desk.usecases.restore_rights import by_key, by_password
from kecamatan_desk.usecases.restore_values import Restored, RestorePlan, Restorer
from kecamatan_desk.usecases.restoring import carry_out
from kecamatan_desk.usecases.series import series_label

#: Holds a place's lock without opening its data.
Holder = Callable[[Place], AbstractContextManager[None]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """What the page has gathered for `RestoreRun.carry_out`."""

    answers: Mapping[str, int]
    accept_missing: bool = False
    username: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"RestoreOrder({len(self.answers)} answers)"


class RestoreRun:
    """Finds, plans and carries out. ``by``: who was signed in and proved himself, if anybody."""

    def __init__(
        self, place: Place, holder: Holder, by: Restorer | None, clock: Clock = system_clock
    ) -> None:
        self._place, self._holder, self._clock = place, holder, clock
        self.by = by
        self._stack = ExitStack()
        self._secret = ""
        self._plan: RestorePlan | None = None

    def begin(self, close: Callable[[], object] | None) -> tuple[FoundSet, ...] | DeskError:
        """Close what is open, take the place's lock, and list what could be restored."""

        def begun() -> tuple[FoundSet, ...]:
            if close is not None:
                close()
            self._stack.enter_context(self._holder(self._place))
            return found_sets(self._place)

        return as_value(begun) or ()

    def look(self, folder: Path | None = None) -> tuple[FoundSet, ...] | DeskError:
        """List again: a drive was plugged in, or somebody names a folder."""
        return as_value(lambda: found_sets(self._place, folder)) or ()

    def plan(self, path: Path, typed: str, progress: Progress) -> RestorePlan | DeskError | None:
        """Unpack and prove a backup; None when it was stopped. ``typed``: the recovery key."""

        def planned() -> RestorePlan:
            self.forget()
            secret = secret_from(typed) if typed.strip() else ""
            plan = plan_restore(
                self._place, path, now=self._clock(), secret=secret, progress=progress
            )
            self._plan, self._secret = plan, secret
            return plan

        return as_value(planned)

    def asks_password(self) -> bool:
        """Tell whether an administrator of the backup must prove himself: nothing else does."""
        plan = self._plan
        if plan is None or self.by is not None:
            return False
        return plan.kind != "practice" and not plan.encrypted

    def carry_out(self, order: RestoreOrder, progress: Progress) -> Restored | DeskError | None:
        """Make the planned backup the current data; None when it was stopped."""
        plan = self._plan
        if plan is None:
            return MachineError("Cadangan belum dipilih. Tidak ada yang berubah; pilih dahulu.")

        def carried() -> Restored:
            done = carry_out(
                self._place,
                plan,
                self._right(plan, order),
                answers=order.answers,
                secret=self._secret,
                accept_missing=order.accept_missing,
                now=self._clock(),
                progress=progress,
            )
            self._plan = None
            return done

        result = as_value(carried)
        if not isinstance(result, Restored) and not plan.stage.exists():
            self._plan = None
        return result

    @property
    def planned(self) -> bool:
        """Whether the plan still stands after a refusal."""
        return self._plan is not None

    def end(self) -> None:
        """Forget a plan and let go of the place."""
        self.forget()
        self._secret = ""
        self._stack.close()

    def forget(self) -> None:
        """Forget a plan; nothing of it is left on disk."""
        plan, self._plan = self._plan, None
        if plan is not None:
            discard(self._place, plan)

    def _right(self, plan: RestorePlan, order: RestoreOrder) -> Restorer:
        if self.by is not None:
            return self.by
        if plan.kind == "practice":
            return Restorer(0, "Latihan", "akun")
        if plan.encrypted:
            return by_key(plan)
        return by_password(plan, order.username, order.password)


def as_value(work: Callable[[], T]) -> T | DeskError | None:
    """Give what work gives, its refusal, or None when it was stopped."""
    try:
        return work()
    except Cancelled:
        return None
    except DeskError as error:
        return error


def restored_words(done: Restored, made_at: str, *, kept: bool, late: bool = False) -> str:
    """Put a finished restore into words for the door.

    ``kept``: other data lay there before. ``late``: somebody asked to stop when it was done.
    """
    words = "Tidak sempat dihentikan: pemulihan sudah selesai. " if late else ""
    words += f"Data dipulihkan dari cadangan {made_at}."
    told = [
        f"{b.label} {b.first}" + (f"–{b.last}" if b.last > b.first else "") for b in done.blocks
    ]
    told += [f"{series_label(one.series)} {one.agenda}" for one in done.inserted]
    if told:
        more = " dan lainnya" if len(told) > 4 else ""
        words += (
            f" Nomor yang sudah ada di kertas ditandai terpakai ({', '.join(told[:4])}{more}): isi "
            "ulang dari arsip kertas."
        )
    if done.missing_papers:
        words += f" {done.missing_papers} surat tidak ada dalam cadangan."
    return words + (" Data sebelumnya tetap disimpan." if kept else "")
