"""Reading a database that may be damaged: raw values, short transactions, 500 rows a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Executable,
    Row,
    Select,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from kecamatan_desk.domain.anchors import AnchorVerdict
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.database import machine_error, open_to_read, sqlite_driver
from kecamatan_desk.persistence.dialect import COMPILED, NAME
from kecamatan_desk.persistence.schema import HEAD
from kecamatan_desk.persistence.tables import ARCHIVE, Base, EventRecord, table_of

AT_ONCE = 500
MOST_FINDINGS = 1000
_ASK_AFTER = 50  # things checked between two looks whether to go on

EVENT = table_of(EventRecord)
#: The archive tables whose rows are bound to events, by name.
BOUND = {name: Base.metadata.tables[name] for name in ARCHIVE if name != EVENT.name}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written. The message names no data of a person."""

    kind: str
    table: str
    id: int | str
    message: str


class Audit:
    """One check: where it stood when it began, what it counted, what it found.

    Rows written after the beginning are left to the next check, so that an office may go on
    working meanwhile.
    """

    def __init__(self, database: Path, documents: Path, *, immutable: bool = False) -> None:
        self.documents = documents
        self.tell: Callable[[], None] = _go_on  # says how far it is; raises Cancelled to stop
        self.checked: dict[str, int] = {"event": 0, "request": 0, "berkas surat": 0}
        self.findings: list[Finding] = []
        self.unlisted = 0  # findings beyond MOST_FINDINGS
        self.verdicts: tuple[AnchorVerdict, ...] = ()
        self.head = 0
        self.newest: dict[str, int] = {}  # table -> highest id at the beginning
        self.announced: dict[str, int] = {}  # table -> rows that events announce and that exist
        self._engine = _read_only(database, immutable=immutable)

    def begin(self) -> bool:
        """Note where the tables end. False when the file can't be read at all."""
        try:
            with self.reading() as connection:
                self._refuse_other_versions(connection)
                self.head = connection.scalar(select(func.max(EVENT.c.seq))) or 0
                for table in (*BOUND.values(), Base.metadata.tables["request"]):
                    self.newest[table.name] = connection.scalar(select(func.max(table.c.id))) or 0
        except DBAPIError as error:
            self._unreadable(error)
            return False
        return True

    def step(self, check: Callable[["Audit"], None]) -> None:
        """Run one check; what makes it impossible is a finding too."""
        try:
            check(self)
        except DBAPIError as error:
            self._unreadable(error)

    def found(self, kind: str, table: str, row: int | str, message: str) -> None:
        """Note a finding; of very many only the first are kept, the rest counted."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, table, row, message))
        else:
            self.unlisted += 1

    def count(self, what: str, more: int = 1) -> None:
        """Count what has been checked."""
        now = self.checked.get(what, 0) + more
        self.checked[what] = now
        if now % _ASK_AFTER == 0:
            self.tell()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One short transaction."""
        with self._engine.begin() as connection:
            yield connection

    def chunks(
        self, rows: Select[Any], key: Column[Any]
    ) -> Iterator[tuple[Connection, Sequence[Row[Any]]]]:
        """Give the rows in the order of an integer key, each chunk within a transaction."""
        last = None
        while True:
            self.tell()
            with self.reading() as connection:
                found = fetched(connection, _page(rows, key, last))
                if found:
                    yield connection, found
            if len(found) < AT_ONCE:
                return
            last = getattr(found[-1], key.name)

    def pages(self, rows: Select[Any], key: Column[Any]) -> Iterator[Sequence[Row[Any]]]:
        """Give the rows as chunks() does, but after the transaction: for work that takes long."""
        last = None
        while True:
            self.tell()
            with self.reading() as connection:
                found = fetched(connection, _page(rows, key, last))
            yield found
            if len(found) < AT_ONCE:
                return
            last = getattr(found[-1], key.name)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _unreadable(self, error: DBAPIError) -> None:
        known = machine_error(error)
        said = str(known) if known else "Bagian ini tidak dapat dibaca seperti seharusnya."
        self.found("berkas", "", "", said)

    @staticmethod
    def _refuse_other_versions(connection: Connection) -> None:
        """Only tables of this very revision can be judged."""
        found = str(connection.scalar(sql("SELECT version_num FROM alembic_version")))
        if found > HEAD:
            raise MachineError(
                "Data ini ditulis oleh Kecamatan Desk yang lebih baru. Tidak ada yang diubah; "
                "periksa dengan program versi itu."
            )
        if found < HEAD:
            raise MachineError(
                "Data ini ditulis oleh Kecamatan Desk yang lebih lama. Tidak ada yang diubah; "
                "periksa dengan program versi itu, atau buka dulu dengan program ini."
            )


def _go_on() -> None:
    """Nobody waits for news."""


def fetched(connection: Connection, rows: Executable) -> Sequence[Row[Any]]:
    """Give all rows of a statement, damaged texts included: they must be a finding, not an end."""
    try:
        return connection.execute(rows).all()
    except DBAPIError:
        raw = connection.connection.driver_connection
        if raw is None or raw.text_factory is _as_text:
            raise
        raw.text_factory = _as_text  # three times slower, so only for a file that needs it
        return connection.execute(rows).all()


def _page(rows: Select[Any], key: Column[Any], last: int | None) -> Select[Any]:
    page = rows.order_by(key).limit(AT_ONCE)
    return page if last is None else page.where(key > last)


def _read_only(path: Path, *, immutable: bool) -> Engine:
    driver = sqlite_driver()

    def connect() -> Any:
        if not immutable:
            return open_to_read(path)
        return driver.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, timeout=5)

    engine = create_engine(
        f"{NAME}://",
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        pool_size=1,
        execution_options={"compiled_cache": COMPILED},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
