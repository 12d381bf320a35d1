"""Opening a place for the window, on the worker, and what the door shows of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from kecamatan_desk.domain.errors import LostDataError, RuleError
from kecamatan_desk.paths import AlreadyOpenError, Place
from kecamatan_desk.ui.background import Background, Progress
from kecamatan_desk.ui.bell import Bell
from kecamatan_desk.ui.workers import Workers
from kecamatan_desk.usecases.entrance_values import PRACTICE_PIN
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people_values import UserRow

if TYPE_CHECKING:  # pages and their tests need no SQL
    from kecamatan_desk.usecases.entrance import Office

_NEW_PRACTICE = "Menyiapkan latihan"
_OLDER_DATA = "Menyesuaikan data dengan program ini; salinannya dibuat dahulu"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the door shows of an opened place; ``held``: another process has it.

    ``lost``: why its data cannot be read any more; a backup can be restored.
    """

    office: Office | None
    held: str = ""
    lost: str = ""
    needs_setup: bool = False
    practice: bool = False
    profile: OfficeProfile = field(default_factory=OfficeProfile)
    users: tuple[UserRow, ...] = ()
    password: str | None = None
    restored: str = ""  # that a backup was brought back, until something is done with it
    pin: str | None = None  # as the password, of a practice place only


#: Opens a place, making it first where nothing is; tells the part done, from 0 to 1.
Opener = Callable[[Place, Callable[[float], None]], "Office"]


def open_data(
    opener: Opener,
    place: Place,
    before: Closing | None,
    progress: Callable[[float], None],
) -> Opened:
    """Close what was open, open a place and read what the door shows. Runs on the worker."""
    if before is not None:
        before()
    try:
        office = opener(place, progress)
        try:
            return look_in(office)
        except BaseException:
            office.close()
            raise
    except AlreadyOpenError as error:
        return Opened(None, held=str(error))
    except LostDataError as error:
        return Opened(None, lost=str(error))


class Closing:
    """Closes an office once the second worker has let go of it. Runs on the worker."""

    def __init__(self, office: Office, papers: Future[None]) -> None:
        """``papers``: done when all that was given to the second worker is done."""
        self._office, self._papers = office, papers

    def __call__(self) -> None:
        wait((self._papers,))
        self._office.close()


def nothing() -> None:
    """Work that only tells that all before it is done."""


def look_in(office: Office) -> Opened:
    """Read what the door shows. Runs on the worker."""
    return Opened(
        office,
        needs_setup=office.needs_setup,
        practice=office.practice,
        profile=office.profile(),
        users=office.users(),
        password=office.practice_password,
        restored=office.fresh_from_backup(),
        pin=PRACTICE_PIN if office.practice else None,
    )


class PlaceOpener(QObject):
    """Opens the office's data or those to practise in, one at a time, and lets go of them.

    Each place has one window: a second start calls the first one to the front.

    Signals:
        waiting: A place is being opened; the words for it.
        making: Its data are being made or brought up to date; how far that is, in words.
        opened: `data` are there, or were read again.
        lost: They cannot be read any more; why.
        held: A command has them, no window; the words for it.
        called: A second start calls this window to the front.
        answered: The window that has the data has come forward: this start may end.
    """

    waiting = Signal(str)
    making = Signal(str)
    opened = Signal()
    lost = Signal(str)
    held = Signal(str)
    called = Signal()
    answered = Signal()

    def __init__(
        self,
        office: Place,
        practice: Place,
        opener: Opener,
        workers: Workers,
        door: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._places = {False: office, True: practice}
        self._opener, self._workers, self._door = opener, workers, door
        self.data: Opened | None = None
        self.practice = False  # which of the two places is asked for
        self.only_practice = False  # the data named as the office's are a practice's
        self._closing = False
        self._held = ""  # why the data cannot be opened: another process has them
        self._making_what = _OLDER_DATA
        self._progress = Progress(self)
        self._progress.advanced.connect(self._tell_progress)
        self._bell = Bell(door, self)
        self._bell.rung.connect(self.called)
        self._bell.answered.connect(self.answered)
        self._bell.unheard.connect(self._tell_held)

    @property
    def place(self) -> Place:
        """The place that is open, or asked for."""
        return self._places[self.practice]

    @property
    def office(self) -> Office | None:
        """The office whose data are open."""
        return self.data.office if self.data is not None else None

    def open(self, practice: bool) -> None:
        """Let go of what is open, and open the office's data or those to practise in."""
        before = self.let_go()
        self.practice = practice
        new = practice and not self.place.exists
        self._making_what = _NEW_PRACTICE if new else _OLDER_DATA
        self.waiting.emit(f"{_NEW_PRACTICE} …" if new else "Membuka data …")
        self._door.run(self._take, open_data, self._opener, self.place, before, self._tell_making)

    def look_again(self) -> None:
        """Read again what the door shows of the data that are open."""
        if self.office is not None:
            self._door.run(self._take, look_in, self.office)

    def let_go(self) -> Closing | None:
        """Give what closes the opened office once the papers under way are done."""
        office, self.data = self.office, None
        return Closing(office, self._workers.paper.submit(nothing)) if office is not None else None

    def stop(self) -> None:
        """The program ends: nothing is opened any more, nobody is called."""
        self._closing = True
        self._bell.stop()

    def _take(self, opened: Opened) -> None:
        if self._closing:
            if opened.office is not None:
                opened.office.close()
        elif opened.lost:
            self.lost.emit(opened.lost)
        elif opened.office is None:
            self._held = opened.held
            self._bell.ring(self.place.root)
        else:
            self.data = opened
            self.only_practice = opened.practice and not self.practice
            self._bell.listen(self.place.root)
            self.opened.emit()

    def _tell_making(self, part: float) -> None:
        """Tell from the worker how much of the data is made; give up when closing."""
        self._progress(round(part * 100))
        if self._closing:
            raise RuleError("Data tidak jadi disiapkan. Tidak ada yang berubah; buka lagi program.")

    @Slot(int)
    def _tell_progress(self, percent: int) -> None:
        if self.data is None:
            self.making.emit(f"{self._making_what} … {percent} %")

    @Slot()
    def _tell_held(self) -> None:
        self.held.emit(self._held)
