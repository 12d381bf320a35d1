"""Siap Diserahkan: another name takes *Sendiri* away, the applicant's brings it back."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screens.handover import HandoverScreen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Status
from tests.ui.screen_tools import ContextOf, Heard, press, settled, shown
from tests.walking import DeskOf, brought_to


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf) -> Iterator[HandoverScreen]:
    brought_to(desk_of, "sktm", "serahkan", nama="Dewi Lestari")
    made = HandoverScreen(context_of(Role.PELAYANAN), Role.PELAYANAN, "siap")
    shown(qtbot, made)
    qtbot.waitUntil(lambda: made.view is not None)
    yield made
    settled(qtbot, made)


def name(qtbot: QtBot, screen: HandoverScreen, text: str) -> None:
    editor: Any = screen.form.form.field("penerima").editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def relation(screen: HandoverScreen) -> str:
    return screen.form.handover().relation


def test_another_name_has_to_be_explained(
    qtbot: QtBot, screen: HandoverScreen, desk_of: DeskOf
) -> None:
    heard = Heard(screen.context)
    assert relation(screen) == "Sendiri"
    name(qtbot, screen, "Asep Kurniawan")
    screen.form.form.set_values({"identitas": "KTP-el"})
    assert relation(screen) == ""

    press(screen, "F12")
    settled(qtbot, screen)

    assert heard.complained == ["Hubungan belum diisi. Belum ada yang berubah."]
    assert screen.view is not None
    view = desk_of(Role.PELAYANAN).ask(request_view, screen.view.id)
    assert view.status is Status.RUNNING


def test_the_applicants_own_name_is_himself_again(qtbot: QtBot, screen: HandoverScreen) -> None:
    name(qtbot, screen, "Asep")
    name(qtbot, screen, "hj. dewi lestari")

    assert relation(screen) == "Sendiri"


def test_a_relation_that_was_chosen_stays_while_the_name_is_put_right(
    qtbot: QtBot, screen: HandoverScreen
) -> None:
    name(qtbot, screen, "Asep")
    screen.form.form.set_values({"hubungan": "Keluarga"})
    screen.form.form.edited.emit("hubungan")
    name(qtbot, screen, "Asep Kurniawan")

    assert relation(screen) == "Keluarga"


def test_who_was_not_named_at_take_in_is_warned_of_at_the_name(
    qtbot: QtBot, screen: HandoverScreen
) -> None:
    name(qtbot, screen, "Asep Kurniawan")

    assert screen.form.form.field("penerima").state == "warn"
