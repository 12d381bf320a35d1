"""A sealed reporter on screen: the matter is there, his name only after his identity is opened."""

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import reason
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.request_panel import DATA
from kecamatan_desk.ui.screens.workplace import ComplaintsScreen
from kecamatan_desk.usecases.reasons import Reason
from tests.ui.officials import Sitting
from tests.ui.screen_tools import with_all_pages
from tests.walking import PERSON, DeskOf, brought_to


def words_in(widget: QWidget) -> str:
    texts = [one.text() for one in (*widget.findChildren(QLabel), *widget.findChildren(QLineEdit))]
    texts += [one.toPlainText() for one in widget.findChildren(QPlainTextEdit)]
    return "\n".join(texts)


@pytest.mark.parametrize("answer", [None, Reason("penanganan")])
def test_the_camat_opens_who_reported(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: DeskOf,
    monkeypatch: pytest.MonkeyPatch,
    answer: Reason | None,
) -> None:
    receipt = brought_to(desk_of, "pengaduan", "keputusan", rahasia="ya")
    context = context_of(Role.CAMAT)
    sitting = Sitting(qtbot, context, ComplaintsScreen(context, Role.CAMAT, "masuk"))
    sitting.until_shown(receipt.request_id)
    head = sitting.screen.panel.head
    told = (str(PERSON["nama"]), "9901 0154", str(PERSON["alamat"]))
    assert head.identity_button.isVisible()
    with_all_pages(sitting.screen)
    assert [one for one in told if one in words_in(sitting.screen)] == []

    def ask(_parent: object, _title: str, _text: str, _choices: Mapping[str, str]) -> Reason | None:
        return answer

    monkeypatch.setattr(reason, "ask_reason", ask)
    head.identity_button.click()

    if answer is None:
        sitting.until(lambda: context.background.idle)
        assert head.name.text() == "Dirahasiakan"
    else:
        sitting.until(lambda: head.name.text() == PERSON["nama"])
        sitting.until(lambda: not head.identity_button.isVisible())
        sitting.screen.panel.show_page(DATA)
        assert str(PERSON["alamat"]) in words_in(sitting.screen.panel.data)
