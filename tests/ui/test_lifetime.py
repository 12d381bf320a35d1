"""Screens die when they are dropped: no signal holds on to them."""

import re
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import kecamatan_desk.ui
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.rail import spots_of
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.roles import ENTRIES, Entry

UI_FILES = sorted(Path(kecamatan_desk.ui.__file__).parent.rglob("*.py"))
SPOTS = [(role, entry) for role in ENTRIES for _role, entry in spots_of((role,))]


@pytest.mark.parametrize("file", UI_FILES, ids=lambda file: file.stem)
def test_signals_are_connected_to_bound_methods_only(file: Path) -> None:
    assert not re.search(
        r"\.connect\(\s*(lambda|partial|functools)", file.read_text(encoding="utf-8")
    )


def test_a_dropped_screen_is_freed(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext]
) -> None:
    screen = weakref.ref(Screen(context_of(Role.PELAYANAN), Role.PELAYANAN, "masuk"))

    qtbot.waitUntil(lambda: screen() is None)


@pytest.mark.parametrize(
    ("role", "entry"), SPOTS, ids=[f"{role}-{entry.title}" for role, entry in SPOTS]
)
def test_every_screen_of_the_rail_is_freed_when_dropped(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], role: Role, entry: Entry
) -> None:
    context = context_of(role)

    screen = weakref.ref(entry.screen(context, role, entry.kind))
    context.background.close()

    qtbot.waitUntil(lambda: screen() is None)


@pytest.mark.parametrize("file", UI_FILES, ids=lambda file: file.stem)
def test_a_single_shot_dies_with_its_widget(file):
    """Without a context object Qt calls back into a widget that may be gone."""
    assert not re.search(r"singleShot\([^,]+, self\._\w+\)", file.read_text(encoding="utf-8"))
