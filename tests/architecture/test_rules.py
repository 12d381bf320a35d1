"""The rules that the whole suite is watched for are themselves seen to bite."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.entrance import Office
from tests import rules
from tests.builders import PASSWORD

linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="handles of Linux")


@pytest.fixture
def caught() -> Iterator[list[str]]:
    """What was noted; forgotten afterwards, so that the test itself passes."""
    yield rules.broken
    rules.broken.clear()


def as_program(source: str, **names: object) -> None:
    """Run a line as if it stood in the program."""
    exec(compile(source, rules.PROGRAM + "invented.py", "exec"), {**names})


@linux
@pytest.mark.parametrize(
    "source",
    [
        "open(path, 'rb').close()",
        "os.close(os.open(path, os.O_RDONLY))",
        "hashlib.sha256(path.read_bytes())",
        "shutil.copy(path, str(path) + '.copy')",
    ],
)
def test_a_live_file_opened_beside_sqlite_is_noted(
    office: Office, place: Place, caught: list[str], source: str
) -> None:
    office.sign_in("admin", PASSWORD)
    told = {"path": place.current_database, "os": os, "hashlib": hashlib, "shutil": shutil}

    as_program(source, **told)

    assert len(caught) == 1
    assert "desk.db was opened beside SQLite" in caught[0]


@linux
def test_a_file_that_nobody_holds_may_be_read(
    office: Office, place: Place, caught: list[str], tmp_path: Path
) -> None:
    office.sign_in("admin", PASSWORD)
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"x")
    place.current_database.read_bytes()  # a test is not the program
    as_program("path.read_bytes()", path=copy)
    office.close()
    as_program("path.read_bytes()", path=place.current_database)

    assert caught == []


def test_a_long_read_transaction_is_noted(office: Office, caught: list[str]) -> None:
    store = office._store  # noqa: SLF001
    with store.reading():
        end = time.thread_time() + rules.LONGEST_READ + 0.05
        while time.thread_time() < end:
            pass

    assert len(caught) == 1
    assert "ms of work" in caught[0]


def test_a_read_transaction_that_waits_is_noted(
    office: Office, caught: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LONGEST_WAIT", 0.02)
    with office._store.reading():  # noqa: SLF001
        time.sleep(0.03)

    assert len(caught) == 1


def test_a_late_machine_alone_breaks_no_rule(office: Office, caught: list[str]) -> None:
    with office._store.reading():  # noqa: SLF001
        time.sleep(rules.LONGEST_READ + 0.05)  # others had the processor

    assert caught == []
