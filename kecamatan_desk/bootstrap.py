"""Opening a place: its lock, its database, its log; and saying why it cannot be opened."""

import errno
import logging
import shutil
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import monotonic
from typing import Any, Literal

from kecamatan_desk.domain.errors import DeskError, LostDataError, MachineError, RuleError
from kecamatan_desk.domain.progress import Progress
from kecamatan_desk.paths import FIRST_GENERATION, AlreadyOpenError, Place, is_practice
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import ByteStore, make_synced, sync_folder
from kecamatan_desk.persistence.generations import (
    StillCurrent,
    clear_halves,
    clear_leftovers,
    make_folders,
)
from kecamatan_desk.persistence.generations import point_to as _point_to
from kecamatan_desk.persistence.keys import KeyRing
from kecamatan_desk.persistence.owning import close_to_others, lock_excludes
from kecamatan_desk.persistence.schema import HEAD, bring_up_to_date, refuse_newer, revision
from kecamatan_desk.persistence.site import refuse_site
from kecamatan_desk.persistence.space import Space
from kecamatan_desk.usecases.desk import Clock, system_clock
from kecamatan_desk.usecases.entrance import (
    OFFICE,
    PRACTICE,
    Office,
    begin,
    kind_of,
    never_used,
)
from kecamatan_desk.usecases.passwords import HashCost

Kind = Literal["office", "practice"]

_log = logging.getLogger(__name__)

#: What may lie in a place that a power cut left half-made.
_OURS = {
    "CURRENT.half",
    "attachments",
    "backups",
    "documents",
    "journal",
    "key",
    "lock",
    "logs",
    "reserve",
    "reserve.half",
    "room.half",
    "window.half",
    "window.json",
}
_FULL_DISK = {errno.ENOSPC, errno.EDQUOT}
_NO_LOCK = (
    "Di cakram ini program lain tidak dapat dicegah menulis bersamaan, jadi nomor dapat kembar. "
    "Tidak ada yang berubah dan tidak ada yang hilang; mintalah teknisi memindahkan folder data ke "
    "cakram komputer ini sendiri."
)


def open_place(
    place: Place,
    *,
    create: Kind | None = None,
    write: bool = True,
    shared: bool = False,
    clock: Clock = system_clock,
    cost: HashCost | None = None,
    uptime: Callable[[], float] = monotonic,
    progress: Progress | None = None,
) -> Office:
    """Open a place, or refuse with the way out and nothing changed.

    Args:
        place: the data directory.
        create: what to make of a place that is still empty; an existing one must be of that kind.
            None opens whatever is there, and only that.
        write: take the place's lock, as the window and writing commands do; readers take none.
        shared: write beside other processes, without the lock; practice places only.
        clock: gives the present moment.
        cost: what hashing a password costs in a new place; None measures the machine.
        uptime: gives seconds that no setting of the clock moves.

        progress: told the percent done while data of an older program are upgraded, which takes
            some seconds; not called otherwise.

    Raises:
        AlreadyOpenError: another window or writing command holds the place.
        DeskError: every other reason, in Indonesian.
    """
    with _os_errors(place), ExitStack() as undo:
        if write:
            refuse_site(_folders(place), practice=create == PRACTICE or is_practice(place))
        if write and not shared:
            _prepare(place, create)
            close_to_others(place.root, place.current_database.parent if place.exists else None)
            undo.enter_context(_locked(place))
            clear_leftovers(place)
        elif not place.exists:
            raise _no_data(place)
        if not place.exists:
            _make(place, create or OFFICE, clock, cost)
        store, found = _opened(place)
        if found < HEAD and write and not shared:
            store.close()
            _upgraded(place, clock, progress)
            store, found = _opened(place)
        undo.callback(store.close)
        _refuse_older(found)
        kind = _checked_kind(store, create, shared)
        space = Space(place.root, keeps=write)
        store.relieve = space.release
        if shared or not write:
            store.may_write = StillCurrent(place, store.path)  # nothing else holds the place
        if write and not shared:
            space.free()  # keeps its reserve back while there is room
            undo.enter_context(_logging(place))
            _log.info("opened %s place, revision %s", kind, HEAD)
        release = undo.pop_all()
        return Office(
            store,
            ByteStore(place.documents, space.release),
            KeyRing(place.key),
            practice=kind == PRACTICE,
            clock=clock,
            uptime=uptime,
            release=release.close,
            room=space.free,
        )


@contextmanager
def held(place: Place) -> Iterator[None]:
    """Hold a place's lock without opening its data, for a restore; the place may be empty yet.

    A place that was opened and never set up counts as empty: what was made of it goes. So does a
    CURRENT that names nothing; the generations stay.

    AlreadyOpenError when somebody works in it; MachineError where data may not lie. A directory
    that was made for the lock alone goes again.
    """
    with _os_errors(place):
        refuse_site((place.root,), practice=is_practice(place))
        if place.root.is_dir() and not place.exists:
            with suppress(LostDataError):  # generations without CURRENT: a restore is for them
                _refuse_foreign(place)
        made = not place.root.exists()
        make_synced(place.root)
        try:
            with _locked(place):
                _clear_useless(place)
                refuse_site(_folders(place), practice=is_practice(place))
                close_to_others(place.root, place.current_database.parent if place.exists else None)
                yield
        finally:
            if made and place.root.is_dir() and _holds_nothing(place.root):
                shutil.rmtree(place.root, ignore_errors=True)


def _clear_useless(place: Place) -> None:
    """Let go of a CURRENT that names nothing, and of an office nobody has ever worked in."""
    if not place.exists:
        return
    try:
        database = place.current_database
    except LostDataError:
        place.pointer.unlink()
        return
    if database.parent.name != FIRST_GENERATION or not database.is_file():
        return
    store = Store(database)
    try:
        unused = revision(store) == HEAD and kind_of(store) == OFFICE and never_used(store)
    except DeskError:
        unused = False  # damaged: it stays as it is
    finally:
        store.close()
    if unused:
        place.pointer.unlink()  # first: without it the place does not exist
        sync_folder(place.root)
        shutil.rmtree(database.parent)


def _holds_nothing(folder: Path) -> bool:
    return {path.name for path in folder.iterdir()} <= {"lock"}


def kind_at(place: Place) -> Kind | None:
    """Give what an existing place is; None when nothing has been made there yet."""
    if not place.exists:
        return None
    with _os_errors(place):
        store, found = _opened(place)
        try:
            _refuse_older(found)
            return PRACTICE if kind_of(store) == PRACTICE else OFFICE
        finally:
            store.close()


def _prepare(place: Place, create: Kind | None) -> None:
    """See that the directory may become or is a place, and make it; nothing else yet."""
    if place.exists:
        return
    if create is None:
        raise _no_data(place)
    if place.root.is_dir():
        _refuse_foreign(place)
    make_synced(place.root)  # else a power cut takes the whole office away


def _refuse_foreign(place: Place) -> None:
    names = {entry.name for entry in place.root.iterdir()}
    names = {name for name in names if not (name.startswith("gen-") and name.endswith(".half"))}
    generations = {name for name in names if name.startswith("gen-")}
    if names - generations - _OURS:
        raise RuleError(
            f"Folder {place.root} sudah berisi berkas lain. Tidak ada yang diubah; pilih folder "
            "kosong atau folder yang belum ada."
        )
    if generations - {FIRST_GENERATION}:
        raise LostDataError(
            f"Di {place.root} ada data, tetapi berkas CURRENT hilang. Tidak ada yang diubah; "
            "pulihkan data dari cadangan, data yang lama tetap disimpan."
        )


def _make(place: Place, kind: Kind, clock: Clock, cost: HashCost | None) -> None:
    """Make the first generation. CURRENT comes last: until then the place does not exist.

    A database that a power cut left half-made is finished; one that is complete is only named.
    """
    make_folders(place)
    clear_halves(place)
    generation = place.root / FIRST_GENERATION
    generation.mkdir(mode=0o700, exist_ok=True)
    store = Store(generation / "desk.db")
    try:
        bring_up_to_date(store)
        if kind_of(store) is None:
            with store.writing() as session:
                begin(session, kind, clock(), cost)
    finally:
        store.close()
    (generation / "desk.db").chmod(0o600)
    sync_folder(generation)
    _point_to(place, FIRST_GENERATION)


def _opened(place: Place) -> tuple[Store, str]:
    """Open the current database and give its revision.

    MachineError when it is not this program's, or a newer one's.
    """
    path = place.current_database
    if not path.is_file():
        raise LostDataError(
            f"Berkas data {path} tidak ada. Tidak ada yang diubah; pulihkan data dari cadangan."
        )
    store = Store(path)
    try:
        found = revision(store)
        if found is None:
            raise LostDataError(
                f"Berkas {store.path} bukan data Kecamatan Desk. Tidak ada yang diubah; pilih "
                "folder data yang benar, atau pulihkan data dari cadangan."
            )
        refuse_newer(store, found)
    except BaseException:
        store.close()
        raise
    return store, found


def _refuse_older(found: str) -> None:
    if found < HEAD:
        raise MachineError(
            "Data ini ditulis oleh Kecamatan Desk yang lebih lama. Tidak ada yang diubah; buka "
            "dulu program sekali supaya data disesuaikan, lalu ulangi."
        )


def _upgraded(place: Place, clock: Clock, progress: Progress | None) -> None:
    """Upgrade a place in a new generation; the modules it takes are needed once in years."""
    from kecamatan_desk.usecases.upgrading import upgrade_place

    upgrade_place(place, clock(), progress)


def _checked_kind(store: Store, wanted: Kind | None, shared: bool) -> Kind:
    kind: Kind = PRACTICE if kind_of(store) == PRACTICE else OFFICE
    if kind == OFFICE and (shared or wanted == PRACTICE):
        raise RuleError(
            "Folder ini berisi data kantor yang sebenarnya, bukan latihan. Tidak ada yang diubah; "
            "pilih folder lain untuk latihan."
        )
    if kind == PRACTICE and wanted == OFFICE:
        raise RuleError(
            "Folder ini berisi data latihan dan tidak dapat menjadi data kantor. Tidak ada yang "
            "diubah; pilih folder lain untuk kantor."
        )
    return kind


@contextmanager
def _locked(place: Place) -> Iterator[None]:
    """Hold the place's one lock. The system lets go of it when the process dies."""
    import filelock

    lock = filelock.FileLock(place.lock, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise AlreadyOpenError(
            "Data ini sedang dibuka oleh jendela atau perintah lain di komputer ini. Tidak ada "
            "yang berubah; pakai jendela yang sudah terbuka, atau tutup dulu."
        ) from error
    except NotImplementedError as error:
        raise MachineError(_NO_LOCK) from error
    try:
        if not lock_excludes(place.lock):
            raise MachineError(_NO_LOCK)
        yield
    finally:
        lock.release()


def _folders(place: Place) -> Iterator[Path]:
    """Give what must lie on this computer's own disk; a link may lead parts of it elsewhere.

    The place itself comes first: nothing in it is touched before it is found good.
    """
    yield place.root
    if place.exists:
        yield place.current_database.parent
        yield from (place.documents, place.attachments, place.journal)


def _no_data(place: Place) -> RuleError:
    return RuleError(
        f"Di {place.root} belum ada data Kecamatan Desk. Tidak ada yang dibuat; pilih folder data "
        "yang benar, atau buka program untuk menyiapkan kantor."
    )


@contextmanager
def _os_errors(place: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL_DISK:
            said = "Cakram penuh. Tidak ada data yang berubah; kosongkan ruang cakram lalu ulangi."
        else:
            said = (
                f"Folder {place.root} tidak dapat dibaca atau ditulis. Tidak ada data yang "
                "berubah; mintalah teknisi memberi izin pada folder itu, atau pilih folder lain."
            )
        raise MachineError(said) from error


class PlainFormatter(logging.Formatter):
    """Writes what happened without what was in hand: an exception's text may quote a NIK."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        lines = []
        error: BaseException | None = ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            lines += [
                f"  {frame.filename}:{frame.lineno} in {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


@contextmanager
def _logging(place: Place) -> Iterator[None]:
    """Write the program's log into the place while it is open: five files of 1 MB."""
    place.logs.mkdir(mode=0o700, exist_ok=True)
    handler = RotatingFileHandler(
        place.logs / "desk.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8"
    )
    handler.setFormatter(PlainFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    top = logging.getLogger("kecamatan_desk")
    top.addHandler(handler)
    top.setLevel(logging.INFO)
    try:
        yield
    finally:
        top.removeHandler(handler)
        handler.close()
