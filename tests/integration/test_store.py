"""The store by itself: what the file is opened with, what guards it, what the machine refuses."""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import column, event, inspect, select, text
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.database import PRAGMAS, Store, sqlite_driver
from kecamatan_desk.persistence.dialect import COMPILED
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.schema import HEAD, SCRIPTS, bring_up_to_date, revision
from kecamatan_desk.persistence.tables import (
    ARCHIVE,
    SEARCH_TABLE,
    TRIGGERS,
    Base,
    ContentRecord,
)
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.values import Receipt
from tests.builders import fill_archives, op
from tests.walking import (
    DeskOf,
    broken_links,
    brought_to,
    dump,
    finish,
    miscounted,
    started,
)

DRIVERS = ("standard", "shipped")


@pytest.fixture(params=DRIVERS)
def driver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Each of the two SQLite libraries in turn."""
    if request.param == "standard":
        monkeypatch.setenv("KECAMATAN_DESK_SQLITE", "standard")
    else:
        pytest.importorskip("sqlcipher3", reason="not installed on this machine")
        monkeypatch.delenv("KECAMATAN_DESK_SQLITE", raising=False)
    return sqlite_driver()


@pytest.fixture
def store(tmp_path: Path, driver: ModuleType) -> Iterator[Store]:
    """An empty store with all its tables."""
    opened = Store(tmp_path / "desk.db")
    bring_up_to_date(opened)
    yield opened
    opened.close()


def sessions(store: Store) -> tuple[Callable[[], Any], Callable[[], Any]]:
    return store.writing, store.reading


# Opening


def test_the_asked_library_is_used(driver: ModuleType, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["driver"]
    assert driver.__name__.startswith("sqlite3" if name == "standard" else "sqlcipher3")


def test_every_pragma_is_set_and_read_back_in_both_sessions(store: Store) -> None:
    for opened in sessions(store):
        with opened() as session:
            for name, _, expected in PRAGMAS:
                assert session.execute(text(f"PRAGMA {name}")).scalar() == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
    ],
)
def test_the_pragmas_that_keep_the_file_safe_are_among_them(
    store: Store, name: str, value: object
) -> None:
    with store.writing() as session:
        assert session.execute(text(f"PRAGMA {name}")).scalar() == value


def test_a_place_where_a_pragma_does_not_take_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kecamatan_desk.persistence.database.PRAGMAS", (("journal_mode", "TRUNCATE", "wal"),)
    )
    store = Store(tmp_path / "desk.db")
    for opened in sessions(store):
        with pytest.raises(MachineError, match="dibuka dengan aman"), opened() as session:
            session.execute(text("SELECT 1"))


@pytest.mark.parametrize("name", ["data kantor", "50% #1?x=y", "Ma'ruf & \u00c9lan"])
def test_a_folder_may_have_any_name(tmp_path: Path, driver: ModuleType, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    store = Store(folder / "desk.db")
    bring_up_to_date(store)
    store.close()
    assert {file.name for file in folder.iterdir()} == {"desk.db", "desk.db-journal"}
    assert [file.name for file in tmp_path.iterdir()] == [name]


# Transactions


def test_what_one_handle_has_compiled_serves_every_other(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "lain.db")
    word = text("SELECT :word AS only_asked_here").bindparams(word="satu")
    asked = select(word.columns(column("only_asked_here")).subquery())
    before = set(COMPILED)
    with store.reading() as session:
        assert session.scalar(asked) == "satu"
    known = set(COMPILED)
    assert known - before

    for handle in (store.writing, other.reading, other.writing):
        with handle() as session:
            assert session.scalar(asked) == "satu"
            shared = session.get_bind().dialect
    other.close()

    assert set(COMPILED) == known
    assert shared != SQLiteDialect_pysqlite(dbapi=sqlite_driver())


def test_a_writer_holds_the_lock_from_its_first_moment(store: Store) -> None:
    """BEGIN IMMEDIATE: nobody else can begin to write between our read and our write."""
    rival = sqlite_driver().connect(store.path, timeout=0)
    try:
        with store.writing(), pytest.raises(Exception, match="locked"):
            rival.execute("BEGIN IMMEDIATE")
        rival.execute("BEGIN IMMEDIATE")
        rival.execute("ROLLBACK")
    finally:
        rival.close()


def test_a_reader_takes_no_write_lock(store: Store) -> None:
    with store.reading(), store.writing() as session:
        session.execute(text("INSERT INTO setting VALUES ('a', '{}')"))


def test_a_reading_session_cannot_write(store: Store) -> None:
    before = dump(store.path)
    for statement in (
        "INSERT INTO setting VALUES ('a', '{}')",
        "DELETE FROM alembic_version",
        "CREATE TABLE other (a)",
    ):
        with pytest.raises(MachineError, match="hanya dapat dibaca"), store.reading() as session:
            session.execute(text(statement))
    assert dump(store.path) == before


def test_a_raised_error_takes_back_the_whole_transaction(store: Store) -> None:
    def torn() -> None:
        with store.writing() as session:
            session.execute(text("INSERT INTO setting VALUES ('a', '{}')"))
            session.execute(text("INSERT INTO counter VALUES ('x', '2026', 1)"))
            raise ZeroDivisionError

    before = dump(store.path)
    with pytest.raises(ZeroDivisionError):
        torn()
    assert dump(store.path) == before


def test_a_reader_never_sees_half_a_transaction(store: Store) -> None:
    """A counter and its number are written together: no reader may find one without the other."""
    rounds, torn, stop = 60, [], threading.Event()

    def write() -> None:
        try:
            for number in range(1, rounds + 1):
                with store.writing() as session:
                    session.execute(
                        text(
                            "INSERT INTO counter VALUES ('x', '2026', 1) "
                            "ON CONFLICT DO UPDATE SET last = last + 1"
                        )
                    )
                    session.execute(
                        text("INSERT INTO number_issue VALUES (:n, 'x', '2026', :n, 1, 1, '')"),
                        {"n": number},
                    )
        finally:
            stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    looks = 0
    while not stop.is_set() or looks == 0:
        with store.reading() as session:
            last = session.execute(text("SELECT MAX(last) FROM counter")).scalar() or 0
            count = session.execute(text("SELECT COUNT(*) FROM number_issue")).scalar()
        looks += 1
        if last != count:
            torn.append((last, count))
    writer.join()
    assert torn == []
    with store.reading() as session:
        assert session.execute(text("SELECT COUNT(*) FROM number_issue")).scalar() == rounds


# Guards


@pytest.fixture
def archived(desk_of: DeskOf) -> Store:
    """An office in which every archive table holds rows."""
    receipt = brought_to(desk_of, "sktm", "")
    desk = desk_of(Role.PELAYANAN)
    complete_documents(desk, receipt.request_id)
    desk.call(fill_archives, "archive")
    return desk.store


@pytest.mark.parametrize("table", ARCHIVE)
def test_an_archive_row_is_neither_changed_nor_deleted_nor_replaced(
    archived: Store, table: str
) -> None:
    before = dump(archived.path)
    assert before[table] != []
    column = next(c.name for c in Base.metadata.tables[table].columns if not c.primary_key)
    said = "insert-only" if table != "number_block" else r"insert-only|a block follows"
    for statement in (
        f"UPDATE {table} SET {column} = {column}",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",  # noqa: S608
        f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",  # noqa: S608
        f"UPDATE OR REPLACE {table} SET {column} = 'x'",  # noqa: S608
    ):
        with (
            pytest.raises(DBAPIError, match=said),
            archived.writing() as session,
        ):
            session.execute(text(statement))
    assert dump(archived.path) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE counter SET last = last",
        "UPDATE counter SET last = last - 1",
        "UPDATE counter SET last = last + 2",
        "UPDATE counter SET last = 1",
        "UPDATE counter SET last = last + 1, period = '2030' WHERE series = 'sktm'",
        "UPDATE counter SET last = last + 1, series = 'lain' WHERE series = 'sktm'",
        "DELETE FROM counter",
        "INSERT INTO counter VALUES ('lain', '2026', 2)",
        "INSERT OR REPLACE INTO counter SELECT series, period, 1 FROM counter",
    ],
)
def test_a_counter_moves_by_one_and_never_back(archived: Store, statement: str) -> None:
    before = dump(archived.path)
    with pytest.raises(DBAPIError, match="a counter"), archived.writing() as session:
        session.execute(text(statement))
    assert dump(archived.path) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE request SET queue_number = queue_number + 1",
        "UPDATE request SET agenda_number = NULL",
        "UPDATE request SET file_code = '26-000099-X'",
        "UPDATE request SET queue_number = NULL",
    ],
)
def test_a_file_keeps_the_numbers_it_once_took(archived: Store, statement: str) -> None:
    with pytest.raises(DBAPIError, match="each number once"), archived.writing() as session:
        session.execute(text(statement))


def test_an_office_never_becomes_a_practice_place(archived: Store) -> None:
    with pytest.raises(DBAPIError, match="for ever"), archived.writing() as session:
        session.execute(text("UPDATE instance SET kind = 'practice'"))


def test_one_number_and_one_letter_number_exist_once_whoever_writes_them(archived: Store) -> None:
    issue = "INSERT INTO number_issue SELECT id + 1000, series, period, number, 99, 1, '' "
    line = (
        "INSERT INTO register_line SELECT id + 1000, 99, 'lain', period, 99, '', year, day, zone, "
        "service, letter_number, letter_day, signatory, file_code, queue, name, nik, sex, address, "
        "village, purpose, village_letter, facts, 1, '' FROM register_line"
    )
    for statement in (f"{issue} FROM number_issue", line):
        with pytest.raises(DBAPIError, match="UNIQUE"), archived.writing() as session:
            session.execute(text(statement))


# What the machine refuses


@pytest.fixture
def filled_to_the_brim(desk_of: DeskOf) -> Iterator[tuple[Desk, Receipt]]:
    """An office whose disk holds no page more, and a request that waits for its check."""
    receipt, desk = started(desk_of, "sktm"), desk_of(Role.KASI)
    whole, limited = desk.store, Store(desk.store.path)
    desk.store = limited

    def no_more_pages(connection: Any, _record: object, _proxy: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    engine = limited._writer  # noqa: SLF001 - the only way to its connections
    event.listen(engine, "checkout", no_more_pages)
    yield desk, receipt
    desk.store = whole
    limited.close()


def write_a_note(work: UnitOfWork) -> None:
    """An event with an archive row of some length."""
    link = work.link()
    link.add(ContentRecord, kind="catatan", body="x" * 1500)
    work.close_event(link, op(), "uji", Role.KASI)


def test_a_full_disk_is_told_in_indonesian_and_nothing_has_changed(
    filled_to_the_brim: tuple[Desk, Receipt], desk_of: DeskOf
) -> None:
    desk, _ = filled_to_the_brim
    told, path = "", desk.store.path
    for _ in range(100):  # until the free room within the last pages is used up
        before = dump(path)
        try:
            desk.call(write_a_note)
        except MachineError as error:
            told = str(error)
            break
    assert "Cakram penuh" in told
    assert "nomor tidak terpakai" in told
    assert dump(path) == before
    assert broken_links(path) == []
    with desk.store.reading() as session:  # the office can still be read
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_the_office_goes_on_where_it_stood_once_there_is_room_again(
    filled_to_the_brim: tuple[Desk, Receipt], desk_of: DeskOf
) -> None:
    desk, receipt = filled_to_the_brim
    with contextlib.suppress(MachineError):
        for _ in range(100):
            desk.call(write_a_note)
    path, op_id, before = desk.store.path, op(), dump(desk.store.path)
    try:
        finish(desk, receipt, "verifikasi", op_id)
    except MachineError:
        assert dump(path) == before
    desk.store.close()
    desk.store = Store(path)
    done = finish(desk, receipt, "verifikasi", op_id)
    desk.store.close()
    assert (done.step, done.queue_number) == ("register", 1)
    assert miscounted(path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of files are told otherwise here")
def test_a_read_only_place_is_told_in_indonesian(tmp_path: Path) -> None:
    folder = tmp_path / "tempat"
    folder.mkdir()
    store = Store(folder / "desk.db")
    bring_up_to_date(store)
    store.close()
    (folder / "desk.db").chmod(0o444)
    folder.chmod(0o555)
    tried = (
        "import os, sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from sqlalchemy import text\n"
        "from kecamatan_desk.domain.errors import MachineError\n"
        "from kecamatan_desk.persistence.database import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "os.geteuid() == 0 and os.seteuid(65534)\n"
        "try:\n"
        "    with store.writing() as session:\n"
        "        session.execute(text(\"INSERT INTO setting VALUES ('a', '{}')\"))\n"
        "except MachineError as error:\n"
        "    print(error)\n"
    )
    for parent in (folder, *folder.parents):
        if not parent.stat().st_mode & 0o005 and parent != Path(parent.anchor):
            parent.chmod(parent.stat().st_mode | 0o005)
        if parent == tmp_path.parents[1]:
            break
    told = subprocess.run(
        [sys.executable, "-c", tried, str(folder / "desk.db"), *sys.path],
        capture_output=True,
        text=True,
        check=True,
    )
    folder.chmod(0o755)
    assert "hanya dapat dibaca" in told.stdout or "tidak dapat dibuka" in told.stdout, told.stdout


def test_a_file_that_is_no_database_is_told_in_indonesian(
    tmp_path: Path, driver: ModuleType
) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(b"Ini bukan basis data. " * 400)
    kept = path.read_bytes()
    store = Store(path)
    for opened in sessions(store):
        with pytest.raises(MachineError, match="bukan milik program ini"), opened() as session:
            session.execute(text("SELECT 1 FROM setting"))
    store.close()
    assert path.read_bytes() == kept


def test_a_damaged_page_is_told_in_indonesian(store: Store, driver: ModuleType) -> None:
    with store.writing() as session:
        for number in range(200):
            session.execute(
                text("INSERT INTO setting VALUES (:n, :v)"),
                {"n": f"nama-{number:04d}", "v": '{"x": "' + "x" * 300 + '"}'},
            )
        root = session.execute(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'setting'")
        ).scalar()
        size = session.execute(text("PRAGMA page_size")).scalar()
    store.close()
    assert isinstance(root, int)
    assert isinstance(size, int)
    damaged = bytearray(store.path.read_bytes())
    damaged[(root - 1) * size : root * size] = b"\xff" * size
    store.path.write_bytes(damaged)
    with pytest.raises(MachineError, match="rusak"), store.reading() as session:
        session.execute(text("SELECT COUNT(value) FROM setting WHERE value LIKE '%x%'")).all()


def test_a_missing_folder_is_told_in_indonesian(tmp_path: Path, driver: ModuleType) -> None:
    store = Store(tmp_path / "hilang" / "desk.db")
    for opened in sessions(store):
        with pytest.raises(MachineError, match="tidak dapat dibuka"), opened() as session:
            session.execute(text("SELECT 1"))


def test_a_file_in_another_programs_hands_is_told_in_indonesian(
    store: Store, driver: ModuleType
) -> None:
    def hurry(connection: Any, _record: object, _proxy: object) -> None:
        connection.execute("PRAGMA busy_timeout = 10")  # the office waits five seconds

    impatient = Store(store.path)
    with impatient.writing():
        event.listen(impatient._writer, "checkout", hurry)  # noqa: SLF001 - the only way to it
    rival = driver.connect(store.path)
    rival.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(MachineError, match="program lain"), impatient.writing():
            raise AssertionError("opened")
    finally:
        rival.execute("ROLLBACK")
        rival.close()
        impatient.close()


def test_a_bug_is_not_dressed_up_as_the_machines_fault(store: Store) -> None:
    with pytest.raises(DBAPIError), store.writing() as session:
        session.execute(text("SELECT * FROM there_is_no_such_table"))
    with pytest.raises(DBAPIError), store.writing() as session:
        session.execute(text("INSERT INTO answer VALUES (99, 'a', '', '', 0, '', '', 0)"))


# Migrations


def shape(session: Session) -> dict[str, str]:
    """Give name and text of everything in a database, as SQLite keeps it."""
    found = session.execute(text("SELECT type || ' ' || name, sql FROM sqlite_master"))
    return {
        # SQLite writes the name of a renamed table in quotes
        name: re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", " ".join(str(sql).split()))
        for name, sql in found
        if sql and "request_search_" not in name and "alembic" not in name
    }


def test_an_upgraded_file_is_what_the_tables_say(store: Store) -> None:
    wanted: dict[str, str] = {}
    with store.reading() as session:
        dialect = session.get_bind().dialect
        for table in Base.metadata.sorted_tables:
            wanted[f"table {table.name}"] = str(CreateTable(table).compile(dialect=dialect))
            for index in table.indexes:
                wanted[f"index {index.name}"] = str(CreateIndex(index).compile(dialect=dialect))
        wanted |= {f"trigger {name}": sql for name, sql in TRIGGERS.items()}
        wanted["table request_search"] = SEARCH_TABLE
        found = shape(session)
    assert {name: " ".join(sql.split()) for name, sql in wanted.items()} == found


def test_every_column_of_the_tables_is_in_the_file(store: Store) -> None:
    with store.reading() as session:
        found = inspect(session.connection())
        for table in Base.metadata.sorted_tables:
            columns = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
            assert columns == {
                c.name: bool(c.nullable) and not c.primary_key for c in table.columns
            }
            unique = {u["name"] for u in found.get_unique_constraints(table.name)}
            assert unique >= {
                str(c.name) for c in table.constraints if type(c).__name__ == "UniqueConstraint"
            }


def test_the_head_is_the_newest_migration_in_the_folder() -> None:
    newest = max(file.name for file in (SCRIPTS / "versions").glob("[0-9]*.py"))
    assert newest.split("_")[0] == HEAD


def test_bringing_up_to_date_twice_changes_nothing(store: Store) -> None:
    before = dump(store.path)
    bring_up_to_date(store)
    assert revision(store) == HEAD
    assert dump(store.path) == before


def test_a_file_of_a_newer_program_is_refused_and_left_alone(store: Store) -> None:
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = dump(store.path)
    with pytest.raises(MachineError, match="lebih baru"):
        bring_up_to_date(store)
    assert dump(store.path) == before


def test_two_programs_that_make_the_same_file_at_once_make_it_once(
    tmp_path: Path, driver: ModuleType
) -> None:
    stores = [Store(tmp_path / "desk.db") for _ in range(4)]
    failures: list[BaseException] = []

    def make(store: Store) -> None:
        try:
            bring_up_to_date(store)
        except BaseException as error:
            failures.append(error)

    makers = [threading.Thread(target=make, args=(store,)) for store in stores]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert failures == []
    assert revision(stores[0]) == HEAD
    for store in stores:
        store.close()


# Bytes beside the database


def test_bytes_come_back_as_they_were_put(tmp_path: Path) -> None:
    files = ByteStore(tmp_path / "documents")
    content = b"%PDF-1.4 " + os.urandom(2000)
    sha256 = files.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert files.get(sha256) == content
    assert files.path(sha256) == tmp_path / "documents" / sha256[:2] / f"{sha256}.pdf"
    assert files.put(content) == sha256
    assert [f.name for f in files.path(sha256).parent.iterdir()] == [f"{sha256}.pdf"]


@pytest.mark.parametrize("place", [0, 5, -1])
def test_one_changed_byte_is_found(tmp_path: Path, place: int) -> None:
    files = ByteStore(tmp_path)
    sha256 = files.put(b"Surat Keterangan")
    changed = bytearray(files.path(sha256).read_bytes())
    changed[place] ^= 1
    files.path(sha256).write_bytes(changed)
    with pytest.raises(MachineError, match="telah berubah"):
        files.get(sha256)
    files.put(b"Surat Keterangan")  # drawn again, it is whole again
    assert files.get(sha256) == b"Surat Keterangan"


def test_half_a_file_and_a_lost_file_are_found(tmp_path: Path) -> None:
    files = ByteStore(tmp_path)
    sha256 = files.put(b"Surat Keterangan")
    files.path(sha256).write_bytes(b"Surat Ket")
    with pytest.raises(MachineError, match="telah berubah"):
        files.get(sha256)
    files.path(sha256).unlink()
    with pytest.raises(MachineError, match="tidak ditemukan"):
        files.get(sha256)


def test_what_a_power_cut_left_half_written_is_no_document(tmp_path: Path) -> None:
    files = ByteStore(tmp_path)
    sha256 = hashlib.sha256(b"Surat").hexdigest()
    half = files.path(sha256).with_suffix(".half")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"Su")
    with pytest.raises(MachineError):
        files.get(sha256)
    assert files.get(files.put(b"Surat")) == b"Surat"


def test_a_full_disk_leaves_no_half_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    files = ByteStore(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="Nomor tetap tercatat"):
        files.put(b"Surat")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_many_threads_may_put_the_same_letter_at_once(tmp_path: Path) -> None:
    files, content = ByteStore(tmp_path), os.urandom(200_000)
    failures: list[BaseException] = []
    together = threading.Barrier(8)

    def put() -> None:
        together.wait()
        try:
            files.put(content)
        except BaseException as error:
            failures.append(error)

    for _ in range(5):
        putters = [threading.Thread(target=put) for _ in range(8)]
        for putter in putters:
            putter.start()
        for putter in putters:
            putter.join()
        sha256 = hashlib.sha256(content).hexdigest()
        assert files.get(sha256) == content
        files.path(sha256).unlink()
    assert failures == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_draft_that_the_disk_does_not_take_gives_no_file_code(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    before = dump(desk.store.path)

    def at_the_last_moment(work: Any) -> None:
        save_draft(work, op(), DraftInput("sktm", {"nama": "Siti"}))
        work.session.flush()
        work.session.execute(text("PRAGMA max_page_count = 1"))
        work.session.execute(
            text("INSERT INTO setting VALUES ('a', :v)"), {"v": '"' + "x" * 2_000_000 + '"'}
        )

    with pytest.raises(MachineError, match="Cakram penuh"):
        desk.call(at_the_last_moment)
    assert dump(desk.store.path) == before
