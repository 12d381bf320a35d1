"""The pages of a file that most files pass without: built when one turns to them, as if before."""

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.attachments_page import AttachmentsPage
from kecamatan_desk.ui.screens.history_page import HistoryPage
from kecamatan_desk.ui.screens.letter_page import LetterPage
from kecamatan_desk.ui.screens.request_panel import HISTORY, LETTER, SCANS, SLIPS, RequestPanel
from kecamatan_desk.ui.screens.slips_page import SlipsPage
from kecamatan_desk.usecases.desk import Desk
from tests.walking import brought_to

DeskOf = Callable[[Role], Desk]
LATER = (LetterPage, SlipsPage, AttachmentsPage, HistoryPage)


@pytest.fixture
def panel(context_of: Callable[[Role], ScreenContext]) -> Iterator[RequestPanel]:
    panel = RequestPanel(context_of(Role.PELAYANAN))
    panel.resize(846, 620)
    panel.show()
    yield panel
    shiboken6.delete(panel)


def built(panel: RequestPanel) -> set[type[QWidget]]:
    return {kind for kind in LATER if panel.findChildren(kind)}


def load(qtbot: QtBot, panel: RequestPanel, request_id: int) -> None:
    with qtbot.waitSignal(panel.loaded):
        panel.load(request_id)


def reached_by_tab(panel: RequestPanel) -> list[QWidget]:
    """Give what Tab would come to from the tabs of the file, in order."""
    reached: list[QWidget] = []
    one = panel.tabs.nextInFocusChain()
    while one is not None and one is not panel.tabs:
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.append(one)
        one = one.nextInFocusChain()
    return reached


@pytest.mark.parametrize(
    ("key", "kind"),
    [(LETTER, LetterPage), (SLIPS, SlipsPage), (SCANS, AttachmentsPage), (HISTORY, HistoryPage)],
)
def test_a_page_is_built_when_one_turns_to_it_and_stands_behind_its_own_tab(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf, key: str, kind: type[QWidget]
) -> None:
    load(qtbot, panel, brought_to(desk_of, "skck", "tanda-tangan").request_id)
    titles = [panel.tabs.tabText(place) for place in range(panel.tabs.count())]
    assert built(panel) == set()

    panel.show_page(key)

    assert built(panel) == {kind}
    assert isinstance(panel.pages.currentWidget(), kind)
    assert [panel.tabs.tabText(place) for place in range(panel.tabs.count())] == titles
    assert panel.pages.count() == panel.tabs.count()


def test_a_page_built_later_shows_the_file_in_hand_and_then_the_next_one(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "skck", "tanda-tangan")
    second = brought_to(desk_of, "sktm", "verifikasi")
    load(qtbot, panel, first.request_id)

    panel.show_page(HISTORY)
    events = panel.history.model.rowCount()
    load(qtbot, panel, second.request_id)

    assert events > panel.history.model.rowCount() > 1


def test_tab_goes_from_the_tabs_into_a_page_built_later_before_what_stands_below(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    load(qtbot, panel, brought_to(desk_of, "skck", "tanda-tangan").request_id)

    for key in (SLIPS, SCANS, HISTORY):
        panel.show_page(key)
        page = panel.pages.currentWidget()
        assert page is not None
        reached = reached_by_tab(panel)
        inside = [page.isAncestorOf(one) for one in reached]
        assert inside[0]
        assert inside == sorted(inside, reverse=True)
