"""What holds for every screen of the rail: nothing flashes, everything has a name."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.ui import style, theme
from kecamatan_desk.ui.rail import spots_of
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.ui.style import Look
from kecamatan_desk.workflows.catalog import SERVICES
from tests.ui.screen_tools import settled, with_all_pages
from tests.walking import DeskOf, brought_to

_INPUTS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTabBar)
_OF_QT = ("qt_tableview_cornerbutton", "qt_scrollarea_viewport")


class Windows(QObject):
    """Notes every widget shown as a window of its own."""

    def __init__(self, expected: QWidget) -> None:
        super().__init__()
        self.shown: list[str] = []
        self._expected = expected

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow() and watched is not self._expected:
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def _first_of_their_kind() -> dict[Role, list[int]]:
    """Give the entries of each role that no role before it has: every screen once."""
    seen: set[tuple[object, str]] = set()
    places: dict[Role, list[int]] = {}
    for role in STAFF:
        for place, (_role, entry) in enumerate(spots_of((role,))):
            if (entry.screen, entry.kind) not in seen:
                seen.add((entry.screen, entry.kind))
                places.setdefault(role, []).append(place)
    return places


_ALL = {role: list(range(len(spots_of((role,))))) for role in STAFF}
_USUAL = [pytest.param(1.0, role, places, id=f"usual-{role}") for role, places in _ALL.items()]
_FOLDED = [
    pytest.param(2.0, role, places, id=f"folded-{role}")
    for role, places in _first_of_their_kind().items()
]


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Iterator[None]:
    """Text as usual, and so large that the frame folds."""
    style.use(Look(theme.LIGHT, request.param))
    yield
    style.use(Look(theme.LIGHT))


@pytest.mark.parametrize(("scale", "role", "places"), [*_USUAL, *_FOLDED], indirect=["scale"])
@pytest.mark.usefixtures("scale")
def test_no_part_of_a_screen_flashes_as_a_window(
    qtbot: QtBot,
    qapp: QApplication,
    context_of: Callable[[Role], ScreenContext],
    role: Role,
    places: list[int],
) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    windows = Windows(home)
    context = context_of(role)
    qapp.installEventFilter(windows)

    shell = Shell(context)
    shell.setParent(home)
    home.show()
    for place in places:
        screen = shell.go(place)
        assert screen is not None
        settled(qtbot, screen)
        with_all_pages(screen)
    qapp.removeEventFilter(windows)

    assert windows.shown == []


@pytest.mark.parametrize("role", STAFF)
def test_every_input_and_every_button_has_a_name(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf, role: Role
) -> None:
    for code in ("sktm", "ahli-waris", "pengaduan"):
        for step in _steps_of(code, role):
            brought_to(desk_of, code, step)
    shell = Shell(context_of(role))
    qtbot.addWidget(shell)
    shell.show()
    for place in range(len(shell.rail.spots)):
        screen = shell.go(place)
        assert screen is not None
        settled(qtbot, screen)
        with_all_pages(screen)

    nameless = {_path(one) for one in shell.findChildren(QWidget) if _lacks_a_name(one)}

    assert nameless == set()


def _steps_of(code: str, role: Role) -> list[str]:
    return [
        step.code
        for step in SERVICES[code].steps[2:]
        if step.officer is role and step.code != "diterima"
    ]


def _lacks_a_name(widget: QWidget) -> bool:
    """Tell whether somebody who hears the screen would not know where he is."""
    if widget.objectName() in _OF_QT or isinstance(widget, QHeaderView):
        return False
    parent = widget.parentWidget()
    if isinstance(widget, QToolButton) and isinstance(parent, QLineEdit):
        return False  # the icon of a field, no button
    if parent is not None and isinstance(parent.parentWidget(), QComboBox):
        return False  # Qt names the list of a combo box by the box
    if isinstance(widget, QScrollArea):
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return takes_tab and not widget.accessibleName()
    if isinstance(widget, QPushButton) and widget.objectName() in ("", "btn-"):
        return True
    if isinstance(widget, QAbstractButton) and widget.text():
        return False
    return isinstance(widget, _INPUTS) and not widget.accessibleName()


def _path(widget: QWidget) -> str:
    names: list[str] = []
    parent: QWidget | None = widget
    while parent is not None and len(names) < 4:
        names.append(f"{type(parent).__name__} {parent.objectName()}".strip())
        parent = parent.parentWidget()
    return " in ".join(names)
