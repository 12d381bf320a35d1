"""The check: silent on an untouched office, and naming whatever somebody changed."""
# ruff: noqa: S608 - the tests play the person with an SQLite tool

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence import audit
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.tables import ARCHIVE, TRIGGERS, Base
from kecamatan_desk.usecases.books import print_continuation
from kecamatan_desk.usecases.checking import CheckReport, check_place
from kecamatan_desk.usecases.closing import close_day
from kecamatan_desk.usecases.closing_pages import closing_pdf
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.processing import pause
from tests.builders import (
    PASSWORD,
    DeskOf,
    SettableClock,
    fill_archives,
    handed_over,
    op,
    registered,
    seen,
    taken_in,
)

BOUND = [name for name in ARCHIVE if name != "event"]
CELLS = [(name, column.name) for name in ARCHIVE for column in Base.metadata.tables[name].columns]


@pytest.fixture(scope="module")
def _worked_in(tmp_path_factory: pytest.TempPathFactory, _office_template: Path) -> Path:
    """An office in which one request has ended, one is in the book and one waits."""
    root = tmp_path_factory.mktemp("worked") / "data"
    shutil.copytree(_office_template, root)
    office = open_place(Place(root, "test"), clock=SettableClock())

    def desk_of(role: Role) -> Desk:
        return office.sign_in(role.value, PASSWORD)

    handed_over(desk_of)
    registered(desk_of, nama="Ujang Sutisna", jenis_kelamin="Laki-laki")
    waiting = taken_in(desk_of, nama="Iis Komariah")
    desk_of(Role.KASI).call(pause, op(), seen(waiting), "Listrik padam")
    print_continuation(desk_of(Role.REGISTER), op(), "sktm", 2026)
    closing_pdf(desk_of(Role.REGISTER), desk_of(Role.REGISTER).call(close_day, op()))
    desk_of(Role.PELAYANAN).call(fill_archives, op())
    office.close()
    return root


@pytest.fixture
def worked(tmp_path: Path, _worked_in: Path) -> Place:
    """A copy of the office that has been worked in; closed."""
    root = tmp_path / "copy"
    shutil.copytree(_worked_in, root)
    return Place(root, "test")


def tamper(place: Place, *statements: str) -> None:
    """Change the file as somebody with an SQLite tool would, putting the guards back."""
    connection = sqlite3.connect(place.current_database)
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for trigger in TRIGGERS.values():
        connection.execute(trigger)
    connection.commit()
    connection.close()


def named(report: CheckReport) -> set[tuple[str, int | str]]:
    return {(finding.table, finding.id) for finding in report.findings}


def value(place: Place, statement: str) -> object:
    connection = sqlite3.connect(place.current_database)
    found = connection.execute(statement).fetchone()[0]
    connection.close()
    return found


def test_an_untouched_office_is_whole(worked: Place) -> None:
    report = check_place(worked)

    assert report.findings == ()
    assert report.ok
    assert all(report.checked[name] > 0 for name in ARCHIVE)
    assert report.checked["berkas surat"] == 2
    assert report.checked["cetakan buku"] == 1
    assert report.checked["halaman penutup"] == 1
    assert report.checked["penutupan"] == 1
    assert report.checked["request"] == 3
    assert report.not_covered


def test_the_check_writes_nothing(worked: Place) -> None:
    def files() -> dict[Path, tuple[str, int]]:
        return {
            path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in worked.root.rglob("*")
            if path.is_file()
        }

    before = files()

    check_place(worked)

    assert files() == before


def test_the_check_runs_beside_an_open_office(office: Office, place: Place) -> None:
    assert check_place(place).ok


@pytest.mark.parametrize(("table", "column"), CELLS)
def test_a_change_in_any_column_of_the_archive_is_named(
    worked: Place, table: str, column: str
) -> None:
    key = "seq" if table == "event" else "id"
    newest = value(worked, f"SELECT max(min({key}), max({key}) - 1) FROM {table}")
    integer = Base.metadata.tables[table].c[column].type.python_type is int
    changed = f"COALESCE({column}, 0) + 1000000" if integer else f"COALESCE({column}, '') || 'x'"

    tamper(worked, f"UPDATE {table} SET {column} = {changed} WHERE {key} = {newest}")

    report = check_place(worked)
    assert not report.ok
    assert (table, newest) in named(report)


@pytest.mark.parametrize("table", ARCHIVE)
def test_a_deleted_archive_row_is_named(worked: Place, table: str) -> None:
    key = "seq" if table == "event" else "id"
    row = value(worked, f"SELECT max(min({key}), max({key}) - 1) FROM {table}")

    tamper(worked, f"DELETE FROM {table} WHERE {key} = {row}")

    assert (table, row) in named(check_place(worked))


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_missing_guard_is_named(worked: Place, trigger: str) -> None:
    connection = sqlite3.connect(worked.current_database)
    connection.execute(f"DROP TRIGGER {trigger}")
    connection.close()

    assert (trigger, "") in named(check_place(worked))


def test_a_guard_that_no_longer_guards_is_named(worked: Place) -> None:
    connection = sqlite3.connect(worked.current_database)
    connection.execute("DROP TRIGGER guard_event_update")
    connection.execute(
        "CREATE TRIGGER guard_event_update BEFORE UPDATE ON event WHEN 0 "
        "BEGIN SELECT RAISE(ABORT, 'event is insert-only'); END"
    )
    connection.close()

    assert named(check_place(worked)) == {("guard_event_update", "")}


def test_a_trigger_of_somebody_else_is_named(worked: Place) -> None:
    connection = sqlite3.connect(worked.current_database)
    connection.execute(
        "CREATE TRIGGER helper AFTER INSERT ON event BEGIN UPDATE setting SET name = name; END"
    )
    connection.close()

    assert named(check_place(worked)) == {("helper", "")}


def test_a_missing_index_and_a_missing_table_are_named(worked: Place) -> None:
    connection = sqlite3.connect(worked.current_database)
    connection.execute("DROP INDEX ix_event_request")
    connection.execute("DROP TABLE pause")
    connection.close()

    assert {("event", ""), ("pause", "")} <= named(check_place(worked))


def test_events_cut_from_the_end_are_noticed_however_many(worked: Place) -> None:
    last = value(worked, "SELECT max(seq) FROM event")
    assert isinstance(last, int)

    for cut in range(1, 9):
        tamper(worked, f"DELETE FROM event WHERE seq > {last - cut}")

        assert not check_place(worked).ok


def test_a_forged_line_is_named(worked: Place) -> None:
    columns = [c.name for c in Base.metadata.tables["register_line"].columns]
    copied = ", ".join(
        {
            "id": "99",
            "request_id": "99",
            "number": "99",
            "letter_number": "'400/099/X/V/2026'",
        }.get(name, name)
        for name in columns
    )

    tamper(worked, f"INSERT INTO register_line SELECT {copied} FROM register_line WHERE id = 1")

    assert ("register_line", 99) in named(check_place(worked))


def test_a_removed_newest_line_with_its_number_and_event_is_noticed(worked: Place) -> None:
    line = value(worked, "SELECT max(id) FROM register_line")
    seq = value(worked, f"SELECT event_seq FROM register_line WHERE id = {line}")

    tamper(
        worked,
        f"DELETE FROM line_status WHERE line_id = {line}",
        f"DELETE FROM register_line WHERE id = {line}",
        f"DELETE FROM number_issue WHERE event_seq = {seq}",
        f"DELETE FROM event WHERE seq >= {seq}",
    )

    report = check_place(worked)
    assert any(table == "counter" for table, _ in named(report))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE counter SET last = last + 1 WHERE series = 'sktm'",
        "UPDATE counter SET last = last - 1 WHERE series = 'antrian'",
        "DELETE FROM counter WHERE series = 'sktm'",
        "INSERT INTO counter VALUES ('sktm', '2031', 4)",
    ],
)
def test_a_counter_that_tells_something_else_than_the_numbers_is_named(
    worked: Place, change: str
) -> None:
    tamper(worked, change)

    assert {finding.table for finding in check_place(worked).findings} == {"counter"}


@pytest.mark.parametrize(
    "change",
    [
        "file_code = '26-000099-X'",
        "queue_number = 77",
        "queue_number = NULL",
        "agenda_number = 77",
        "agenda_number = NULL",
        "letter_number = 'lain'",
        "line_id = 99",
        "line_id = NULL",
        "minutes_number = 5",
        "status = 'berjalan', step = 'serahkan'",
        "status = 'batal'",
        "pause_kind = 'Istirahat'",
    ],
)
def test_a_request_that_disagrees_with_its_numbers_and_events_is_named(
    worked: Place, change: str
) -> None:
    tamper(worked, f"UPDATE request SET {change} WHERE id = 1")

    assert ("request", 1) in named(check_place(worked))


def test_a_removed_request_is_noticed(worked: Place) -> None:
    tamper(worked, "DELETE FROM request WHERE id = 2")

    assert ("number_issue", 1) not in named(check_place(worked))
    assert any(table == "number_issue" for table, _ in named(check_place(worked)))


@pytest.mark.parametrize(("table", "row"), [("document", 2), ("book_print", 1)])
def test_a_changed_byte_of_a_stored_paper_is_named(worked: Place, table: str, row: int) -> None:
    sha256 = str(value(worked, f"SELECT sha256 FROM {table} WHERE id = {row}"))
    path = ByteStore(worked.documents).path(sha256)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    assert named(check_place(worked)) == {(table, row)}


@pytest.mark.parametrize(("table", "row"), [("document", 1), ("book_print", 1), ("book_act", 2)])
def test_a_missing_paper_is_named(worked: Place, table: str, row: int) -> None:
    sha256 = str(value(worked, f"SELECT sha256 FROM {table} WHERE id = {row}"))
    ByteStore(worked.documents).path(sha256).unlink()

    assert named(check_place(worked)) == {(table, row)}


def test_a_half_written_paper_is_no_fault(worked: Place) -> None:
    half = worked.documents / "ab" / "abcd.123.half"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"%PDF-")

    assert check_place(worked).ok


@pytest.mark.parametrize("raw", ["x'ff00'", "CAST(x'ff' AS TEXT)", "12.5"])
def test_a_value_no_row_of_ours_could_hold_is_a_finding_not_a_crash(
    worked: Place, raw: str
) -> None:
    tamper(
        worked,
        f"UPDATE content SET body = {raw} WHERE id = 1",
        f"UPDATE event SET payload = {raw} WHERE seq = 2",
        f"UPDATE event SET prev = {raw} WHERE seq = 4",
    )

    assert {("content", 1), ("event", 2), ("event", 4)} <= named(check_place(worked))


def test_a_damaged_page_is_a_finding(worked: Place) -> None:
    with worked.current_database.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xee" * 4096 * 12)

    report = check_place(worked)
    assert not report.ok


def test_a_file_that_is_no_database_is_a_finding(worked: Place) -> None:
    worked.current_database.write_bytes(b"Bukan basis data. " * 500)

    report = check_place(worked)
    assert [finding.kind for finding in report.findings] == ["berkas"]


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="belum ada data"):
        check_place(Place(tmp_path, "test"))


def test_data_of_a_newer_program_is_refused(worked: Place) -> None:
    tamper(worked, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(MachineError, match="lebih baru"):
        check_place(worked)


def test_findings_name_nobody(worked: Place) -> None:
    tamper(
        worked,
        "UPDATE register_line SET name = 'Orang Lain', nik = '9900000000000000'",
        "UPDATE content SET body = 'rahasia'",
        "UPDATE request SET queue_number = 9, agenda_number = 9",
    )

    said = json.dumps([finding.message for finding in check_place(worked).findings])

    assert not any(word in said for word in ("Orang", "Raden", "99010", "9900", "rahasia", "Putri"))


def test_very_many_findings_stay_a_readable_list(worked: Place) -> None:
    tamper(worked, "UPDATE event SET hash = 'x'", "UPDATE event SET prev = 'y'")
    many = value(worked, "SELECT count(*) FROM event")
    assert isinstance(many, int)

    assert len(check_place(worked).findings) <= 2 * many + 1


def test_rows_written_after_the_check_began_are_left_to_the_next(
    office: Office, place: Place, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(_: audit.Audit) -> None:
        handed_over(desk_of)

    monkeypatch.setattr(audit, "STEPS", (meanwhile, *audit.STEPS))

    assert check_place(place).findings == ()
