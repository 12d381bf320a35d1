"""kill -9 right behind F12: who pressed it is told what is done, and a missing letter is drawn."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.__main__ import open_for_window
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.session import Session
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.ui.style import Look
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.unfinished import complete_missing, done_since, last_event
from kecamatan_desk.usecases.views import documents_of, request_view
from tests.builders import checked, op, registered, seen
from tests.reserving import set_aside
from tests.ui.killed_window import enter, wait_until
from tests.ui.test_kill_while_typing import type_and_die

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def back(
    qtbot: QtBot, office: Office, place: Place, tmp_path: Path
) -> Iterator[Callable[..., Shell]]:
    """Press F12 in a process of its own, kill it, and sign in again as the same officer."""
    started: list[Session] = []

    def back(role: Role = Role.REGISTER, scene: str = "numbered", alive: float = 0.0) -> Shell:
        office.close()
        type_and_die(place, role, scene, alive)
        session = Session(place, Place(tmp_path / "latihan", "test"), open_for_window, 0.0)
        started.append(session)
        session.start()
        return enter(session, role)

    yield back
    for session in started:
        session.close()
    style.use(Look(theme.LIGHT))


def test_the_officer_is_told_and_the_letter_is_drawn(
    back: Callable[..., Shell], desk_of: DeskOf
) -> None:
    receipt = checked(desk_of)

    shell = back()

    wait_until(lambda: "sudah diberikan untuk berkas" in shell.message_bar.words.text())
    said = shell.message_bar.words.text()
    assert said.startswith("Nomor 001 sudah diberikan")
    assert receipt.file_code in said
    desk = shell.context.background.desk
    wait_until(lambda: desk.ask(documents_of, receipt.request_id))
    wait_until(lambda: "suratnya sudah dibuat" in shell.message_bar.words.text())
    assert desk.ask(request_view, receipt.request_id).agenda_number == 1
    way_out = shell.message_bar.way_out
    assert way_out is not None
    assert "Buka berkas" in way_out.accessibleName()


def test_who_signed_is_told_although_the_next_letter_is_on_screen(
    back: Callable[..., Shell], desk_of: DeskOf
) -> None:
    files = [registered(desk_of), registered(desk_of, nik="9901015404910002")]

    shell = back(Role.SEKCAM, "signed")

    wait_until(lambda: "sudah Anda tandatangani" in shell.message_bar.words.text())
    said = shell.message_bar.words.text()
    assert "sebelum program terhenti" in said
    assert "atas nama" in said
    assert "Dilanjutkan" not in said
    assert sum(str(one.letter_number) in said for one in files) == 1


def test_only_ones_own_deeds_are_told(desk_of: DeskOf) -> None:
    receipt = checked(desk_of)
    desk = desk_of(Role.REGISTER)
    before = desk.ask(last_event)
    assert desk.ask(done_since, before) is None  # nothing has happened
    desk.call(give_agenda_number, op(), seen(receipt))

    found = desk.ask(done_since, before)

    assert found is not None
    assert found.number == "001"
    assert found.due
    assert "suratnya sedang dibuat" in found.sentence
    assert desk_of(Role.KASI).ask(done_since, before) is None


def test_several_deeds_are_told_as_several(desk_of: DeskOf) -> None:
    first, second = checked(desk_of), checked(desk_of, nik="9901015404910002")
    desk = desk_of(Role.REGISTER)
    before = desk.ask(last_event)
    for one in (first, second):
        desk.call(give_agenda_number, op(), seen(one))

    found = desk.ask(done_since, before)

    assert found is not None
    assert found.number == "002"
    assert "Juga 1 pekerjaan Anda sebelum itu" in found.sentence


def test_a_deed_without_a_number_is_told_by_its_name(desk_of: DeskOf) -> None:
    receipt = checked(desk_of)

    found = desk_of(Role.KASI).ask(done_since, 0)

    assert found is not None
    assert found.number == ""
    assert receipt.file_code in found.sentence
    assert "memenuhi syarat" in found.sentence


def test_a_deed_at_no_file_is_told_too(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    before = desk.ask(last_event)
    set_aside(desk_of)

    found = desk.ask(done_since, before)

    assert found is not None
    assert found.request_id is None
    assert found.sentence.startswith("Sudah tersimpan sebelum program terhenti (pukul ")


def test_letters_that_are_there_are_left_alone(desk_of: DeskOf) -> None:
    lacking = checked(desk_of)
    desk = desk_of(Role.REGISTER)
    desk.call(give_agenda_number, op(), seen(lacking))
    assert desk.ask(documents_of, lacking.request_id) == ()

    (drawn,) = complete_missing(desk)

    assert "/" in drawn  # the letter's number
    assert len(desk.ask(documents_of, lacking.request_id)) == 1
    assert complete_missing(desk) == ()


def test_one_that_cannot_be_drawn_keeps_none_of_the_others(
    desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kecamatan_desk.usecases import unfinished

    first, second = registered(desk_of), checked(desk_of, nik="9901015404910002")
    desk = desk_of(Role.REGISTER)
    desk.call(give_agenda_number, op(), seen(second))
    complete = unfinished.complete_documents

    def fails_once(desk: Desk, request_id: int, *rest: object) -> object:
        if request_id == first.request_id:
            raise ValueError
        return complete(desk, request_id)

    monkeypatch.setattr(unfinished, "complete_documents", fails_once)
    complete_missing(desk)

    assert len(desk.ask(documents_of, second.request_id)) == 1
