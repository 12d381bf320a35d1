"""Opening the database file: driver, pragmas, transactions, and what the machine refuses."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import (
    CommitUnknownError,
    DeskError,
    DiskFullError,
    LostDataError,
    MachineError,
)
from kecamatan_desk.persistence.dialect import COMPILED, NAME

PRAGMAS = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),  # else INSERT OR REPLACE slips past the guards
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
)

_BUSY, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN = 5, 8, 10, 11, 13, 14
_CONSTRAINT, _NOTADB = 19, 26


def sqlite_driver() -> ModuleType:
    """Give the SQLite we ship; the standard module where it is missing or asked for by name."""
    if os.environ.get("KECAMATAN_DESK_SQLITE") != "standard":
        try:
            from sqlcipher3 import dbapi2

            return dbapi2  # type: ignore[no-any-return]
        except ImportError:
            pass
    import sqlite3

    return sqlite3


#: Where a writing session says why no number may be given: what a proof of them has found.
HELD = "held"
#: Where it says which series a proof has found not whole.
BROKEN = "broken"


def open_to_read(database: Path, *, timeout: float = 5) -> Any:
    """Connect to a database that is only read; the driver's errors. ``timeout``: s for a lock.

    What a killed program left half-done is rolled back before, as any opening for writing does: a
    reader alone cannot, and would take sound data for damaged.
    """
    driver = sqlite_driver()
    uri = database.absolute().as_uri()
    if _has_journal(database):
        try:
            connection = driver.connect(f"{uri}?mode=rw", uri=True, timeout=timeout)
            try:
                connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            finally:
                connection.close()
        except driver.Error:
            pass  # reading it will tell what is wrong
    return driver.connect(f"{uri}?mode=ro", uri=True, timeout=timeout)


def _has_journal(database: Path) -> bool:
    try:
        return database.with_name(f"{database.name}-journal").stat().st_size > 0
    except OSError:
        return False


def no_relief() -> bool:
    """Let go of nothing: no room is kept back for a full disk."""
    return False


def as_opened() -> None:
    """Find nothing against writing: the file stays the current one while its place is held."""


class Store:
    """One database file: a writer that locks before it reads, and a reader that cannot write.

    ``relieve``: called when a write finds no room; True when it has made some. ``may_write``:
    called under the write lock, before anything else; raises when this file is not to be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.relieve: Callable[[], bool] = no_relief
        self.may_write: Callable[[], None] = as_opened
        self.held = ""  # why no number may be given, once a check of the numbers has failed
        self.broken: frozenset[str] = frozenset()  # the series it has found not whole
        self._writer = _engine(path, "BEGIN IMMEDIATE", read_only=False)
        self._reader = _engine(path, "BEGIN", read_only=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed whole at the end, or not at all.

        CommitUnknownError when the disk fails in COMMIT itself: then only a look at the file,
        through handles opened anew (`renew`), tells what has become of it.
        """
        with (
            self._relieved(),
            _translated(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            connection = session.connection()  # the write lock comes before the first read
            self.may_write()
            session.info[HELD], session.info[BROKEN] = self.held, self.broken
            yield session
            session.flush()  # what fails here has surely not been stored
            with _committing(connection):
                session.commit()

    @contextmanager
    def _relieved(self) -> Iterator[None]:
        """Where a write finds no room, let go of what was kept back, and say whether that helps."""
        try:
            yield
        except DiskFullError as error:
            error.relieved = self.relieve()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session on one consistent state of the file; it cannot write."""
        with _translated(), Session(self._reader, autoflush=False) as session, session.begin():
            yield session

    @contextmanager
    def altering(self) -> Iterator[Session]:
        """Give a session that may rebuild tables, with references unguarded until the end.

        Dropping a table that others refer to would else count as deleting its rows. What no
        longer refers to anything raises MachineError, and nothing has changed.
        """
        engine = _engine(self.path, "BEGIN IMMEDIATE", read_only=False, references=False)
        try:
            with _translated(), Session(engine) as session, session.begin():
                session.connection()
                yield session
                if session.execute(text("PRAGMA foreign_key_check")).first() is not None:
                    raise MachineError(
                        "Data tidak dapat disesuaikan: ada baris yang menunjuk baris yang tidak "
                        "ada. Tidak ada yang diubah; pakai salinan cadangan terakhir atau hubungi "
                        "teknisi."
                    )
        finally:
            engine.dispose()

    def renew(self) -> None:
        """Open the file anew for whatever comes next: a handle that failed is not trusted again.

        A failed fsync may be reported once and then forgotten by the system.
        """
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._writer.dispose()
        self._reader.dispose()


def _engine(path: Path, begin: str, read_only: bool, references: bool = True) -> Engine:
    engine = create_engine(
        URL.create(NAME, database=str(path)),  # a folder's name may hold ? or %
        module=sqlite_driver(),
        connect_args={"timeout": 5},
        execution_options={"compiled_cache": COMPILED},
        hide_parameters=True,  # an error's text must not carry a name or NIK into the log
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy sends BEGIN, not the driver
        cursor = connection.cursor()
        for name, value, expected in PRAGMAS:
            cursor.execute(f"PRAGMA {name} = {value}").fetchall()
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if found != expected:
                raise MachineError(
                    "Berkas data tidak dapat dibuka dengan aman di tempat ini "
                    f"({name} = {found}). Data tidak diubah; pindahkan data ke cakram setempat."
                )
        if not references:
            cursor.execute("PRAGMA foreign_keys = OFF")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def _committing(connection: Connection) -> Iterator[None]:
    """Tell a COMMIT that has surely failed from one whose end nobody knows.

    The handle is thrown away: SQLite may have left its transaction open (a reader was in the way),
    and SQLAlchemy, which counts it as ended, would hand it out so.
    """
    try:
        yield
    except DBAPIError as error:
        connection.invalidate()
        if _code(error) in _SURELY_NOT:
            raise
        raise CommitUnknownError(_UNKNOWN) from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        known = machine_error(error)
        if known is None:
            raise
        raise known from error


def machine_error(error: DBAPIError) -> DeskError | None:
    """Give what the user reads when the machine refuses; None when it is a bug."""
    code = _code(error)
    told = _MACHINE.get(code) if code is not None else None
    if told is None:
        return None
    if code == _FULL:
        return DiskFullError(told)
    return LostDataError(told) if code in _LOST else MachineError(told)


def _code(error: DBAPIError) -> int | None:
    """Give SQLite's primary result code; None when the driver tells none."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None and isinstance(error, OperationalError):
        code = _code_by_name(error.orig)
    return None if code is None else code & 0xFF


def _code_by_name(error: BaseException | None) -> int | None:
    """Give the code where the driver tells only SQLite's own fixed sentence."""
    said = str(error)
    return next((code for sentence, code in _SENTENCES.items() if sentence in said), None)


_SENTENCES = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READONLY,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}

#: In COMMIT these come before anything is stored; the transaction has been taken back.
_SURELY_NOT = {_BUSY, _READONLY, _FULL, _CONSTRAINT}
_UNKNOWN = (
    "Cakram gagal saat tindakan ini disimpan, dan belum dapat dipastikan apakah sudah tersimpan. "
    "Jangan diulang dulu: tutup program, buka lagi, lalu lihat riwayat berkasnya. Bila sudah "
    "tercatat, lanjutkan dari sana; bila belum, ulangi. Mintalah teknisi memeriksa cakram."
)

#: The file itself is spoilt: only a backup helps.
_LOST = {_CORRUPT, _NOTADB}

_MACHINE = {
    _BUSY: "Data sedang dipakai program lain. Tidak ada yang berubah; tunggu sebentar lalu ulangi.",
    _READONLY: "Tempat data hanya dapat dibaca. Tidak ada yang berubah; mintalah teknisi memberi "
    "izin tulis pada folder data.",
    _IOERR: "Cakram tidak menjawab dengan benar. Tindakan ini tidak tersimpan dan nomor tidak "
    "terpakai; ulangi. Bila terjadi lagi, tutup program dan mintalah teknisi memeriksa cakram.",
    _CORRUPT: "Berkas data rusak. Tidak ada yang diubah; hubungi teknisi dan pakai salinan "
    "cadangan terakhir.",
    _FULL: "Cakram penuh. Tidak ada yang berubah dan nomor tidak terpakai; kosongkan ruang cakram "
    "lalu ulangi.",
    _CANTOPEN: "Berkas data tidak dapat dibuka. Tidak ada yang berubah; periksa folder data dan "
    "izinnya.",
    _NOTADB: "Berkas data rusak atau bukan milik program ini. Tidak ada yang diubah; pulihkan data "
    "dari cadangan, atau pilih folder data yang benar.",
}
