"""What SQLAlchemy's defaults would lose: the hooks of the store hold it, on both SQLite libraries.

By itself the driver sends no BEGIN before SELECT, DDL or SAVEPOINT: half a table stays, a rolled
back savepoint stays, and two programs that read and then write give one number twice.
"""

import multiprocessing
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.database import Store, sqlite_driver


@pytest.fixture(params=["standard", "shipped"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """A store with one table that counts."""
    if request.param == "standard":
        monkeypatch.setenv("KECAMATAN_DESK_SQLITE", "standard")
    else:
        pytest.importorskip("sqlcipher3", reason="not installed on this machine")
        monkeypatch.delenv("KECAMATAN_DESK_SQLITE", raising=False)
    opened = Store(tmp_path / "desk.db")
    with opened.writing() as session:
        session.execute(text("CREATE TABLE tally (n INTEGER)"))
        session.execute(text("INSERT INTO tally VALUES (0)"))
    yield opened
    opened.close()


def tables(store: Store) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(text("SELECT name FROM sqlite_master")))


def tally(store: Store) -> int:
    with store.reading() as session:
        return int(session.execute(text("SELECT n FROM tally")).scalar_one())


def test_tables_made_in_a_transaction_that_fails_are_gone(store: Store) -> None:
    def torn() -> None:
        with store.writing() as session:
            session.execute(text("CREATE TABLE one (a)"))
            session.execute(text("ALTER TABLE tally ADD COLUMN b TEXT"))
            session.execute(text("CREATE TABLE two (a)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        torn()

    assert tables(store) == {"tally"}


def test_a_savepoint_goes_with_the_transaction_it_stands_in(store: Store) -> None:
    def torn() -> None:
        with store.writing() as session:
            with session.begin_nested():
                session.execute(text("UPDATE tally SET n = 7"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        torn()
    assert tally(store) == 0

    with store.writing() as session:
        session.execute(text("UPDATE tally SET n = 1"))
        nested = session.begin_nested()
        session.execute(text("UPDATE tally SET n = 99"))
        nested.rollback()
    assert tally(store) == 1


def count_up(path: str, times: int) -> None:
    """Read, think, write: what every numbering is."""
    store = Store(Path(path))
    for _ in range(times):
        with store.writing() as session:
            before = session.execute(text("SELECT n FROM tally")).scalar_one()
            session.execute(text("UPDATE tally SET n = :n"), {"n": before + 1})
    store.close()


def test_no_update_is_lost_between_programs_that_read_and_then_write(store: Store) -> None:
    spawn = multiprocessing.get_context("spawn")
    programs = [spawn.Process(target=count_up, args=(str(store.path), 40)) for _ in range(3)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)

    assert [program.exitcode for program in programs] == [0, 0, 0]
    assert tally(store) == 120


def test_a_commit_that_a_reader_holds_up_leaves_no_transaction_open(store: Store) -> None:
    """SQLite keeps the transaction of a COMMIT that found the file busy; nobody may inherit it."""
    store.renew()
    reader = sqlite_driver().connect(store.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT n FROM tally").fetchone()
    told: list[str] = []

    def write() -> None:
        try:
            with store.writing() as session:
                session.execute(text("PRAGMA busy_timeout = 50"))
                session.execute(text("UPDATE tally SET n = 5"))
        except MachineError as error:
            told.append(str(error))

    writer = threading.Thread(target=write)
    writer.start()
    writer.join()
    reader.execute("ROLLBACK")
    reader.close()

    assert told
    assert "Tidak ada yang berubah" in told[0]
    assert tally(store) == 0
    with store.writing() as session:
        session.execute(text("UPDATE tally SET n = 6"))
    assert tally(store) == 6
