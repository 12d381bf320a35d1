"""What is loaded at the door: all that is named is there, step by step, once."""

from importlib.util import find_spec

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui import preloading
from kecamatan_desk.ui.preloading import MODULES, Preloading


def test_every_module_that_is_named_is_there() -> None:
    assert [name for name in MODULES if find_spec(f"kecamatan_desk.{name}") is None] == []


def test_every_module_is_loaded_between_events_and_only_once(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(preloading, "import_module", loaded.append)
    home = QObject(qapp)
    door = Preloading(home)
    qapp.processEvents()
    assert loaded == []

    door.begin()
    assert loaded == []  # nothing before the next event
    qtbot.waitUntil(lambda: door.is_done)
    door.begin()  # somebody locked, and the door opens again
    qapp.processEvents()

    assert loaded == [f"kecamatan_desk.{name}" for name in MODULES]
    home.deleteLater()
