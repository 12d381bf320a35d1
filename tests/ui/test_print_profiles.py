"""Cetak di komputer ini: what is chosen is kept at once, and the test page is of that paper."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import DEFAULTS, LETTER, SLIP, Profile, Use
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui import printing as printing_module
from kecamatan_desk.ui.printing import Printing
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.print_profiles import PrintProfilesScreen
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.ui.screens.slips_page import SlipsPage
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.ui.table import RECORD_ROLE
from kecamatan_desk.usecases.jobs import document_bytes
from kecamatan_desk.usecases.views import documents_of, request_view
from tests.documents.samples import pages
from tests.ui.screen_tools import Heard, Printed, enter, press, settled, shown
from tests.walking import DeskOf, brought_to

_PLACE = {"surat": 0, "buku": 1, "slip": 2, "tiket": 3}


@pytest.fixture
def context(context_of: Callable[[Role], ScreenContext]) -> ScreenContext:
    """A clerk's context on a PC with two printers."""
    context = context_of(Role.PELAYANAN)
    preferences = context.printing.preferences
    context.printing = Printing(
        context.background, preferences, context.messages, lambda: ["Epson L3110", "HP Sekcam"]
    )
    return context


@pytest.fixture
def screen(qtbot: QtBot, context: ScreenContext) -> PrintProfilesScreen:
    """The screen, shown, with its printers."""
    screen = shown(qtbot, PrintProfilesScreen(context, Role.PELAYANAN, "cetak"))
    settled(qtbot, screen)
    return screen


def _choose(screen: PrintProfilesScreen, use: Use, *, paper: str = "", printer: str = "") -> None:
    screen.uses.setCurrentIndex(_PLACE[use])
    if paper:
        screen.paper.setCurrentIndex(screen.paper.findData(paper))
    if printer:
        screen.printer.setCurrentIndex(screen.printer.findData(printer))


def _type(qtbot: QtBot, screen: PrintProfilesScreen, code: str, text: str) -> None:
    edit = screen.offset if code == "offset" else screen.lengths[code]
    edit.editor.setFocus()
    edit.editor.selectAll()
    qtbot.keyClicks(edit.editor, text)


def test_paper_and_printer_are_kept_for_each_kind(
    screen: PrintProfilesScreen, context: ScreenContext
) -> None:
    _choose(screen, "surat", paper="F4", printer="HP Sekcam")
    _choose(screen, "tiket", paper="T58", printer="Epson L3110")
    _choose(screen, "surat")

    assert (screen.paper.currentData(), screen.printer.currentData()) == ("F4", "HP Sekcam")
    kept = context.printing.preferences
    assert kept.profile("surat").paper == "F4"
    assert kept.profile("tiket").paper == "T58"
    assert (kept.printer("surat"), kept.printer("tiket")) == ("HP Sekcam", "Epson L3110")
    assert kept.profile("buku").paper == "F4"


@pytest.mark.parametrize(
    ("use", "papers"),
    [
        ("surat", ["A4", "F4", "FOLIO", "LEGAL"]),
        ("buku", ["F4", "FOLIO"]),
        ("slip", ["A4", "F4", "FOLIO", "F4-2", "A5"]),
        ("tiket", ["A4", "F4", "T80", "T58"]),
    ],
)
def test_only_papers_that_suit_the_kind_are_offered(
    screen: PrintProfilesScreen, use: Use, papers: list[str]
) -> None:
    _choose(screen, use)

    assert [screen.paper.itemData(n) for n in range(screen.paper.count())] == papers


def test_margins_are_kept_when_their_field_is_left(
    qtbot: QtBot, screen: PrintProfilesScreen, context: ScreenContext
) -> None:
    _type(qtbot, screen, "left", "17,8")
    screen.berkop.click()
    _type(qtbot, screen, "offset", "62")
    enter(qtbot, screen.offset.editor)

    assert context.printing.profile("surat") == Profile(left=17.8, preprinted=True, offset=62)
    area = screen.picture.text_area
    assert (area.left(), area.top()) == (17.8, 62)


def test_a_margin_no_printer_can_keep_is_refused_and_the_old_one_stays(
    qtbot: QtBot, screen: PrintProfilesScreen, context: ScreenContext
) -> None:
    _type(qtbot, screen, "left", "90")

    assert screen.problem.isVisible()
    assert screen.problem.text() == "Kiri: isi antara 5 dan 60 mm. Yang lama tetap dipakai."
    assert context.printing.profile("surat") == LETTER

    screen.lengths["top"].editor.setFocus()
    assert screen.lengths["left"].editor.text() == "30"
    assert not screen.problem.isVisible()


@pytest.mark.parametrize(
    ("use", "paper", "size"),
    [
        ("surat", "F4", (215, 330)),
        ("buku", "FOLIO", (330.2, 215.9)),
        ("slip", "A5", (210, 148)),
        ("tiket", "T58", (58, 92)),
    ],
)
def test_the_test_page_is_of_the_paper_and_names_the_printer(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    screen: PrintProfilesScreen,
    use: Use,
    paper: str,
    size: tuple[float, float],
) -> None:
    sent = Printed(monkeypatch)
    _choose(screen, use, paper=paper, printer="HP Sekcam")

    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(sent.papers))

    kind, pdf = sent.papers[0]
    assert kind == use
    assert page_sizes(pdf) == (pytest.approx(size, abs=0.1),)
    assert "HP Sekcam" in pages(pdf)[0]


def test_the_test_page_takes_what_is_still_being_typed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, screen: PrintProfilesScreen
) -> None:
    sent = Printed(monkeypatch)
    _choose(screen, "surat", printer="HP Sekcam")
    _type(qtbot, screen, "top", "33")

    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(sent.papers))

    assert "batas atas kop surat: 33 mm" in pages(sent.papers[0][1])[0]


def test_lengths_being_typed_stay_with_their_own_kind(
    qtbot: QtBot, screen: PrintProfilesScreen, context: ScreenContext
) -> None:
    _type(qtbot, screen, "top", "33")

    screen.uses.setCurrentIndex(_PLACE["slip"])

    assert context.printing.profile("surat").top == 33
    assert context.printing.profile("slip") == SLIP


def test_without_a_chosen_printer_the_test_page_asks_for_one(
    monkeypatch: pytest.MonkeyPatch, screen: PrintProfilesScreen, context: ScreenContext
) -> None:
    sent, heard = Printed(monkeypatch), Heard(context)

    press(screen, "F7")

    assert sent.papers == []
    assert heard.complained[0].startswith("Pencetak untuk surat belum dipilih")


def test_the_test_page_can_be_saved_where_there_is_no_printer(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    context: ScreenContext,
    tmp_path: Path,
) -> None:
    file = tmp_path / "uji.pdf"
    monkeypatch.setattr(printing_module, "ask_file", lambda _parent, _title: file)
    context.printing = Printing(
        context.background, context.printing.preferences, context.messages, list
    )
    screen = shown(qtbot, PrintProfilesScreen(context, Role.PELAYANAN, "cetak"))
    settled(qtbot, screen)
    heard = Heard(context)

    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(heard.said))

    assert page_sizes(file.read_bytes()) == (pytest.approx((210, 297), abs=0.1),)
    assert heard.said == [f"PDF disimpan: {file}"]


def test_a_printer_that_is_gone_is_shown_as_gone(qtbot: QtBot, context: ScreenContext) -> None:
    context.printing.preferences.set_printer("surat", "Lama")

    screen = shown(qtbot, PrintProfilesScreen(context, Role.PELAYANAN, "cetak"))
    settled(qtbot, screen)

    assert screen.printer.currentText() == "Lama (tidak terpasang)"


def test_the_default_comes_back(screen: PrintProfilesScreen, context: ScreenContext) -> None:
    _choose(screen, "surat", paper="LEGAL", printer="HP Sekcam")

    press(screen, "F6")

    assert context.printing.profile("surat") == LETTER
    assert screen.paper.currentData() == "A4"
    assert context.printing.preferences.printer("surat") == "HP Sekcam"


def test_everybody_finds_it_beside_his_password(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext]
) -> None:
    shell = Shell(context_of(Role.CAMAT))
    qtbot.addWidget(shell)

    assert [entry.kind for _role, entry in shell.rail.spots][-2:] == ["rahasia", "cetak"]


@pytest.mark.parametrize(
    ("kind", "use", "paper", "width"),
    [
        ("tiket", "tiket", "T58", 58),
        ("tanda-terima", "slip", "A5", 210),
        ("ceklis", "surat", "F4", 215),
    ],
)
def test_papers_are_drawn_for_what_is_chosen(
    qtbot: QtBot,
    context: ScreenContext,
    desk_of: DeskOf,
    kind: str,
    use: Use,
    paper: str,
    width: int,
) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    view = desk_of(Role.PELAYANAN).ask(request_view, receipt.request_id)
    context.printing.preferences.set_profile(use, replace(DEFAULTS[use], paper=paper))
    page = SlipsPage(context)
    qtbot.addWidget(page)
    page.show_request(view)
    page.set_on_screen(True)

    place = next(n for n in range(9) if page.model.index(n, 0).data(RECORD_ROLE).kind == kind)
    page.list.setCurrentIndex(page.model.index(place, 0))

    qtbot.waitUntil(lambda: bool(page.pages.pdf) and page.slip is not None)
    qtbot.waitUntil(lambda: page_sizes(page.pages.pdf)[0][0] == width)


def test_a_letter_is_registered_on_the_paper_of_this_pc(
    qtbot: QtBot, context_of: Callable[[Role], ScreenContext], desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    context = context_of(Role.REGISTER)
    context.printing.preferences.set_profile("surat", Profile("F4"))
    screen = shown(qtbot, RegisterScreen(context, Role.REGISTER, "masuk"))
    qtbot.waitUntil(lambda: screen.view is not None and screen.view.id == receipt.request_id)
    settled(qtbot, screen)

    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(desk_of(Role.REGISTER).ask(documents_of, receipt.request_id)))

    (document,) = desk_of(Role.REGISTER).ask(documents_of, receipt.request_id)
    pdf = document_bytes(desk_of(Role.REGISTER), document.id)
    assert set(page_sizes(pdf)) == {(215.0, 330.0)}
