"""Opening the database file: driver, pragmas, transactions, and what the machine refuses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import DeskError, MachineError

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

_BUSY, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 8, 10, 11, 13, 14, 26


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


class Store:
    """One database file: a writer that locks before it reads, and a reader that cannot write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = _engine(path, "BEGIN IMMEDIATE", read_only=False)
        self._reader = _engine(path, "BEGIN", read_only=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed whole at the end, or not at all."""
        with (
            _translated(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # the write lock comes before the first read
            yield session

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

    def close(self) -> None:
        """Let go of the file."""
        self._writer.dispose()
        self._reader.dispose()


def _engine(path: Path, begin: str, read_only: bool, references: bool = True) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),  # a folder's name may hold ? or %
        module=sqlite_driver(),
        connect_args={"timeout": 5},
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
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is None and isinstance(error, OperationalError):
        code = _code_by_name(error.orig)
    if code is None:
        return None
    told = _MACHINE.get(code & 0xFF)
    return MachineError(told) if told else None


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

_MACHINE = {
    _BUSY: "Data sedang dipakai program lain. Tidak ada yang berubah; tunggu sebentar lalu ulangi.",
    _READONLY: "Tempat data hanya dapat dibaca. Tidak ada yang berubah; mintalah teknisi memberi "
    "izin tulis pada folder data.",
    _IOERR: "Cakram tidak menjawab dengan benar. Tindakan terakhir belum pasti tersimpan; tutup "
    "program, periksa cakram, lalu lihat riwayat berkas sebelum mengulang.",
    _CORRUPT: "Berkas data rusak. Tidak ada yang diubah; hubungi teknisi dan pakai salinan "
    "cadangan terakhir.",
    _FULL: "Cakram penuh. Tidak ada yang berubah dan nomor tidak terpakai; kosongkan ruang cakram "
    "lalu ulangi.",
    _CANTOPEN: "Berkas data tidak dapat dibuka. Tidak ada yang berubah; periksa folder data dan "
    "izinnya.",
    _NOTADB: "Berkas data bukan milik program ini. Tidak ada yang diubah; pilih folder data yang "
    "benar.",
}
