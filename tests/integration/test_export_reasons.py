"""What leaves as a file leaves with a reason: in the window, on the command line, in the chain."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from kecamatan_desk.__main__ import main
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import ContentRecord, EventRecord
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.exports import EXPORT, PRINT, record_output
from kecamatan_desk.usecases.reasons import OTHER, Reason
from tests.builders import PASSWORD, DeskOf, handed_over, op, registered

BOOK = {"what": "book", "book": "sktm", "from": "2026-01-01", "to": "2026-12-31"}


def told(work: UnitOfWork, act: str) -> list[dict[str, object]]:
    found = work.session.scalars(select(EventRecord.payload).where(EventRecord.act == act))
    return [json.loads(payload) for payload in found]


def kept(work: UnitOfWork) -> list[str]:
    return list(work.session.scalars(select(ContentRecord.body)))


@pytest.mark.parametrize("reason", [None, Reason(""), Reason(OTHER, "  x "), Reason("entah")])
def test_nothing_is_taken_out_without_a_reason(desk_of: DeskOf, reason: Reason | None) -> None:
    desk = desk_of(Role.REGISTER)
    with pytest.raises(InputError, match="Alasan"):
        desk.call(record_output, op(), EXPORT, ON_FILES, BOOK, reason=reason)
    assert desk.ask(told, EXPORT) == []


def test_the_reason_stands_in_the_event_and_ones_own_words_beside_it(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    desk.call(record_output, op(), EXPORT, ON_FILES, BOOK, reason=Reason("laporan"))
    words = Reason(OTHER, "Diminta Siti Rohmah")
    desk.call(record_output, op(), PRINT, ON_FILES, BOOK, reason=words)
    assert desk.ask(told, EXPORT) == [{**BOOK, "reason": "laporan"}]
    ((printed),) = desk.ask(told, PRINT)
    assert printed.pop("rows")
    assert printed == {**BOOK, "reason": OTHER, "file": True}
    assert "Diminta Siti Rohmah" in desk.ask(kept)


def test_a_print_of_a_file_leaves_the_request_where_it_stood(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.REGISTER)
    desk.call(record_output, op(), PRINT, ON_FILES, {"what": "letter"}, receipt.request_id)
    assert check_place(desk.place).findings == ()


@pytest.mark.parametrize("command", ["requests", "register", "letter", "report"])
def test_the_command_line_asks_for_a_reason_in_an_office(
    desk_of: DeskOf,
    place: Place,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    import io
    import sys

    receipt = registered(desk_of)
    out = tmp_path / "keluar.pdf"
    words = {
        "requests": ["requests", "list"],
        "register": ["register", "print", "--year", "2026", "-o", str(out)],
        "letter": ["letter", "print", receipt.file_code, "-o", str(out)],
        "report": ["report", "monthly", "--year", "2026", "--month", "5", "-o", str(out)],
    }[command]
    asked = ["--data", str(place.root), *words, "--user", "register"]
    before = len(desk_of(Role.REGISTER).ask(told, PRINT))
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))

    assert main(asked) == 1

    said = capsys.readouterr()
    assert (said.out, "--reason" in said.err) == ("", True)
    assert not out.exists()
    assert len(desk_of(Role.REGISTER).ask(told, PRINT)) == before

    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
    assert main([*asked, "--reason", "arsip kantor"]) == 0
    assert "arsip kantor" in desk_of(Role.REGISTER).ask(kept)
