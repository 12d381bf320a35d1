"""Dicatat dari Ceklis: what officials decided on paper, entered with name, day and time."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.dialogs import confirm
from kecamatan_desk.ui.screens.recorded import RecordedScreen
from kecamatan_desk.usecases.values import Receipt, RequestView
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Status
from tests.builders import SettableClock
from tests.ui.screen_tools import ContextOf, Heard, fits, press, settled, shown
from tests.walking import DeskOf, brought_to

LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"
Made = Callable[[], RecordedScreen]


@pytest.fixture
def make(
    qtbot: QtBot, context_of: ContextOf, desk_of: DeskOf, clock: SettableClock
) -> Iterator[Made]:
    """Make the screen a quarter of an hour later; the first file is in hand."""
    made: list[RecordedScreen] = []

    def make() -> RecordedScreen:
        clock.advance(minutes=15)
        screen = RecordedScreen(context_of(Role.REGISTER), Role.REGISTER, "dicatat")
        made.append(screen)
        shown(qtbot, screen)
        qtbot.waitUntil(lambda: screen.paraf.official.count() > 0)
        return screen

    yield make
    for screen in made:
        settled(qtbot, screen)


def view_of(desk_of: DeskOf, receipt: Receipt) -> RequestView:
    return desk_of(Role.REGISTER).ask(request_view, receipt.request_id)


def decide(screen: RecordedScreen, words: str) -> None:
    radio = next(one for one in screen.paraf.radios if words in one.text())
    radio.click()


def at(screen: RecordedScreen, hour: str) -> None:
    screen.paraf.when.set_values({"jam": hour})


def test_a_signature_on_paper_is_entered_with_who_and_when(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan", nama=LONG)
    screen = make()
    heard = Heard(screen.context)
    assert screen.paraf.official.currentText() == "Dra. Ratna Kusuma, M.Si. (Sekcam)"
    at(screen, "09:10")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))

    view = view_of(desk_of, receipt)
    assert view.step == "serahkan"
    signed = next(step for step in view.steps if step.code == "tanda-tangan")
    assert signed.by == "Dra. Ratna Kusuma, M.Si."
    assert any("Dewi Anggraini" in f"{h.who} {h.note}" for h in view.history)
    assert "Ratna Kusuma" in heard.said[0]
    qtbot.waitUntil(lambda: screen.view is None)


def test_without_the_hour_nothing_is_recorded(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    press(screen, "F12")

    assert heard.complained == ["Pukul belum diisi. Salin dari ceklis."]
    assert screen.focusWidget() is screen.paraf.when.field("jam").editor
    assert view_of(desk_of, receipt).step == "tanda-tangan"


def test_a_paraf_in_the_future_is_refused(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    at(screen, "15:00")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.refused))
    assert "masa depan" in heard.refused[0][0]

    at(screen, "09:10")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))


def test_a_check_on_paper_needs_its_answers(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "verifikasi")
    screen = make()
    heard = Heard(screen.context)
    assert "Kasi" in screen.paraf.official.currentText()
    at(screen, "09:05")
    if screen.panel.checklist.unanswered():
        press(screen, "F12")
        assert "Salin jawabannya dari ceklis" in heard.complained[0]
    for place in range(screen.panel.checklist.lines.rowCount()):
        screen.panel.checklist.answer(place, "ada")
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).step == "register")

    assert view_of(desk_of, receipt).queue


def test_a_failed_check_on_paper_names_the_paper(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "verifikasi")
    screen = make()
    heard = Heard(screen.context)
    decide(screen, "TMS")
    at(screen, "09:05")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.refused or heard.complained))
    assert view_of(desk_of, receipt).status is Status.RUNNING


def test_sending_back_needs_what_is_to_be_mended(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    decide(screen, "Kembalikan ke Petugas Register")
    at(screen, "09:10")
    press(screen, "F12")
    assert heard.complained == ["Yang harus diperbaiki belum ditulis. Salin dari ceklis."]
    assert screen.focusWidget() is screen.paraf.reason
    qtbot.keyClicks(screen.paraf.reason, "Tanggal surat salah")
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).step == "register")

    assert view_of(desk_of, receipt).returned_note == "Tanggal surat salah"


def test_refusing_asks_first(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan", nama=LONG)
    screen = make()
    asked: list[str] = []

    def ask(_parent: object, _title: str, text: str, _yes: str, _no: str = "") -> bool:
        asked.append(text)
        return len(asked) > 1

    monkeypatch.setattr(confirm, "ask", ask)
    decide(screen, "Tolak")
    qtbot.keyClicks(screen.paraf.reason, "Tidak berhak")
    at(screen, "09:10")
    press(screen, "F12")
    assert LONG in asked[0]
    assert view_of(desk_of, receipt).status is Status.RUNNING
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).status is Status.REFUSED)


def test_the_fields_of_the_step_are_asked_too(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "pertimbangan")
    screen = make()
    at(screen, "09:05")
    press(screen, "F12")
    assert screen.panel.page == "isian"
    assert screen.form.form is not None
    screen.form.form.set_values(
        {"hasil-konfirmasi": "Sudah dikonfirmasi.", "pertimbangan": "Diselesaikan musyawarah."}
    )
    press(screen, "F12")
    qtbot.waitUntil(lambda: view_of(desk_of, receipt).step == "keputusan")

    assert view_of(desk_of, receipt).data["pertimbangan"] == "Diselesaikan musyawarah."


def test_the_next_file_begins_with_its_own_official(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Dewi")
    clock.advance(minutes=1)
    brought_to(desk_of, "ktp", "tanda-tangan", nama="Asep")
    screen = make()
    assert "(Sekcam)" in screen.paraf.official.currentText()
    screen.pane.list.setCurrentIndex(screen.pane.list.records.index(1, 0))

    qtbot.waitUntil(lambda: "(Kasi)" in screen.paraf.official.currentText())
    offered = [screen.paraf.official.itemText(n) for n in range(screen.paraf.official.count())]
    assert [text.rsplit("(")[-1] for text in offered] == ["Kasi)", "Sekcam)", "Camat)"]
    assert screen.paraf.when.values().get("jam") is None
    assert fits(screen)


def test_the_paraf_of_another_day_asks_who_held_the_office_then(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    clock.advance(days=1)
    screen = make()
    heard = Heard(screen.context)
    yesterday = (clock.now - timedelta(days=1)).date().isoformat()
    screen.paraf.when.set_values({"tanggal": yesterday, "jam": "09:30"})
    screen.paraf.when.edited.emit("tanggal")
    settled(qtbot, screen)
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))

    signed = next(s for s in view_of(desk_of, receipt).steps if s.code == "tanda-tangan")
    assert signed.minutes is not None
    assert signed.minutes <= 31
