"""P16: no NIK, No. KK, name, password or PIN in any log, temporary file, setting, key or journal.

Two hundred marked values go through counter, refusals, faults raised on purpose, a full disk, the
command line and the window; then all that lies outside the database and the papers is searched,
and the chain of events too. Source: ASVS 16.2.5, 14.1, 14.2.
"""

import io
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from kecamatan_desk.__main__ import _log_fault, main
from kecamatan_desk.domain.errors import DeskError, DiskFullError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui.preferences import Preferences
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases import jobs
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.exports import EXPORT, record_output
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.lookups import look_up
from kecamatan_desk.usecases.person_data import person_pdf
from kecamatan_desk.usecases.processing import correct
from kecamatan_desk.usecases.reasons import OTHER, Reason
from tests.builders import (
    PASSWORD,
    PIN,
    SKTM,
    DeskOf,
    checked,
    handed_over,
    op,
    registered,
    seen,
    taken_in,
)
from tests.ui.screen_tools import settled
from tests.walking import rows

PEOPLE = 40
#: Data and papers: what is kept there on purpose.
_KEPT = ("desk.db", ".pdf", ".age")


def person(n: int) -> dict[str, str]:
    """Give a marked person: five values that nobody else has."""
    return {
        "nik": f"9988{10 + n:02d}540491{7000 + n}",
        "kk": f"9977{10 + n:02d}540491{8000 + n}",
        "nama": f"Kenari Merdu{chr(65 + n % 26)}{chr(65 + n // 26)}q",
        "password": f"kicau sunyi {n:03d} merbabu",
        "pin": f"{580001 + 37 * n}",
    }


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test alone."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def at_the_counter(desk_of: DeskOf) -> None:
    """Let most people come, each as far as another."""
    for n in range(PEOPLE - 6):
        who = person(n)
        own = {"nik": who["nik"], "nama": who["nama"], "kk": who["kk"]}
        if n % 12 == 0:
            receipt = handed_over(desk_of, **own)
            desk_of(Role.TIM_TEKNIS).call(
                look_up, op(), receipt.request_id, Reason(OTHER, f"Dicari {who['nama']}"), "cari"
            )
        elif n % 12 == 1:
            receipt = checked(desk_of, **own)
            desk_of(Role.PELAYANAN).call(
                correct, op(), seen(receipt), {"nama": who["nama"] + " S"}, f"Atas {who['nik']}"
            )
        else:
            taken_in(desk_of, **own)
    person_pdf(desk_of(Role.KASI), op(), person(0)["nik"], Reason("subjek"))
    words = Reason(OTHER, f"Diminta {person(1)['nama']}")
    desk_of(Role.REGISTER).call(
        record_output, op(), EXPORT, (Role.REGISTER,), {"what": "list"}, reason=words
    )


def refused(office: Office, desk_of: DeskOf) -> None:
    """Try what is refused: half a form, a wrong NIK, passwords and PINs of others."""
    desk = desk_of(Role.PELAYANAN)
    for n in range(PEOPLE):
        who = person(n)
        with pytest.raises(DeskError):
            office.sign_in("kasi" if n % 2 else who["nama"], who["password"])
        with pytest.raises(DeskError):
            desk.prove(who["pin"], by_pin=True)
        if n % 8 == 0:
            wrong = {**SKTM, "nik": who["nik"], "nama": who["nama"] * 40}
            with pytest.raises(DeskError):
                desk.call(save_draft, op(), DraftInput("sktm", wrong))
    desk.prove(PASSWORD, by_pin=False)


def faults(desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise faults in the middle of work, their texts and local variables full of names."""
    who = person(PEOPLE - 6)
    own = {"nik": who["nik"], "nama": who["nama"]}

    def break_off(*_values: object) -> None:
        local = who["kk"]
        raise ValueError(f"{who['nama']} {who['nik']} {local}")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "_draw", break_off)
        registered(desk_of, **own)  # stands in the book; its letter is drawn later
    try:
        break_off()
    except ValueError as error:
        _log_fault(type(error), error, error.__traceback__)
    desk = desk_of(Role.PELAYANAN)
    with pytest.raises(Exception, match="UNIQUE") as broken:
        twice_the_same(desk, who)
    _log_fault(broken.type, broken.value, broken.tb)


def twice_the_same(desk: Desk, who: dict[str, str]) -> None:
    insert = text("INSERT INTO setting (name, value) VALUES (:nama, :nik)")
    with desk.store.writing() as session:
        for _ in range(2):
            session.execute(insert, who)


def disk_full(desk_of: DeskOf) -> None:
    """Let the database have no further page."""
    desk = desk_of(Role.PELAYANAN)
    with desk.store.writing() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    try:
        for n in range(PEOPLE - 5, PEOPLE):
            who = person(n)
            long = {**SKTM, "nik": who["nik"], "nama": who["nama"], "keperluan": "x" * 140}
            with pytest.raises(DiskFullError):
                type_until_full(desk, DraftInput("sktm", long))
    finally:
        with desk.store.writing() as session:
            session.execute(text("PRAGMA max_page_count = 1000000"))


def type_until_full(desk: Desk, draft: DraftInput) -> None:
    for _ in range(200):
        desk.call(save_draft, op(), draft)


def command_line(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for lists, and with passwords that are somebody's."""
    root = str(place.root)
    asked = ["--data", root, "requests", "list", "--reason", "arsip kantor", "--user"]
    for user, secret, expected in (
        ("register", PASSWORD, 0),
        ("register", person(3)["password"], 1),
        (person(4)["nama"], person(4)["password"], 1),
    ):
        monkeypatch.setattr(sys, "stdin", io.StringIO(secret + "\n"))
        assert main([*asked, user]) == expected
    assert main(["--data", root, "check"]) == 0


def in_the_window(qtbot: QtBot, qapp: QApplication, context: ScreenContext) -> None:
    """Search, type, fail in a slot, lock: what screens keep of it is kept in the database."""
    shell = Shell(context)
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    qtbot.waitUntil(lambda: shell.place >= 0)
    shell.press("F3")
    qtbot.keyClicks(shell.search.field, person(5)["nik"])
    qtbot.keyClick(shell.search.field, Qt.Key.Key_Return)
    screen = shell.screen_shown
    assert screen is not None
    settled(qtbot, screen)
    form = shell.go(0)
    assert form is not None
    form.start_with(None)
    shell.leave()
    settled(qtbot, form)
    qapp.processEvents()


def told(place: Place, temp: Path) -> Iterator[tuple[str, str]]:
    """Give what lies outside database and papers, and the names of all files."""
    for root in (place.root, temp):
        for path in root.rglob("*"):
            yield f"name of {path}", str(path.relative_to(root))
            if path.is_file() and not path.name.endswith(_KEPT) and "documents" not in path.parts:
                yield str(path), path.read_bytes().decode("utf-8", "replace")
    for table in ("event", "operation", "number_issue", "book_act", "proposal"):
        found = rows(place.current_database, f"SELECT * FROM {table}")  # noqa: S608
        yield f"table {table}", repr(found)


def test_no_canary_is_told(
    qtbot: QtBot,
    qapp: QApplication,
    office: Office,
    place: Place,
    desk_of: DeskOf,
    context_of: Callable[[Role], ScreenContext],
    temp: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    canaries = {value for n in range(PEOPLE) for value in person(n).values()} | {PASSWORD, PIN}
    assert len(canaries) >= 200
    context = context_of(Role.PELAYANAN)
    preferences = Preferences(place.root / "window.json")
    context.printing = Printing(context.background, preferences, context.messages)

    preferences.set_scale(1.25)
    at_the_counter(desk_of)
    refused(office, desk_of)
    faults(desk_of, monkeypatch)
    disk_full(desk_of)
    in_the_window(qtbot, qapp, context)
    command_line(place, monkeypatch)
    back_up_now(desk_of(Role.ADMIN))
    for handler in logging.getLogger("kecamatan_desk").handlers:
        handler.flush()

    said = capfd.readouterr()
    log = (place.logs / "desk.log").read_text(encoding="utf-8")
    assert "ValueError" in log  # the faults were logged, without their words
    assert "IntegrityError" in log
    found = [
        (where, canary)
        for where, words in (*told(place, temp), ("stdout", said.out), ("stderr", said.err))
        for canary in canaries
        if canary in words or canary.upper() in words
    ]
    assert found == []
    assert any(
        canary in repr(rows(place.current_database, "SELECT data FROM request"))
        for canary in canaries
    )  # they did go through
