"""The register officer: the number before it is spent, one key to spend it, the book beside it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.numbers import take_block
from kecamatan_desk.ui.screens.book_table import BookCells, rows_of
from kecamatan_desk.ui.screens.register_desk import RegisterScreen
from kecamatan_desk.usecases import office, processing
from kecamatan_desk.usecases.blocks import LOST
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.register import book_page, next_number
from kecamatan_desk.usecases.services import save_service, service_rows
from kecamatan_desk.usecases.values import Receipt, RequestView
from kecamatan_desk.usecases.views import request_view
from tests.builders import SettableClock, op, voided
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import DeskOf, brought_to, finish, forward, seen

LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"
Made = Callable[[], RegisterScreen]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Iterator[Made]:
    """Make the screen; the first file and its next number are shown."""
    made: list[RegisterScreen] = []

    def make() -> RegisterScreen:
        screen = RegisterScreen(context_of(Role.REGISTER), Role.REGISTER, "masuk")
        made.append(screen)
        shown(qtbot, screen)
        qtbot.waitUntil(lambda: "nomor agenda" in screen.bar.deed_button.accessibleName())
        qtbot.waitUntil(lambda: screen.book.records.rowCount() > 0)
        return screen

    yield make
    for screen in made:
        settled(qtbot, screen)


def view_of(desk_of: DeskOf, receipt: Receipt) -> RequestView:
    return desk_of(Role.REGISTER).ask(request_view, receipt.request_id)


def marks(screen: RegisterScreen) -> list[str]:
    rows: list[BookCells] = list(screen.book.records.records)
    return [row.mark for row in rows]


def test_the_number_is_shown_before_it_is_spent(make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "register", nama=LONG)
    screen = make()

    assert screen.numbers.number.text() == "1"
    assert screen.numbers.letter.text() == "400.9.14.1/001/SKTM/KEC-SKM/V/2026"
    assert marks(screen) == ["numbers", "next"]
    assert screen.book.records.records[-1].cells[3] == LONG
    assert view_of(desk_of, receipt).agenda_number is None
    assert fits(screen)


def test_a_number_lost_with_a_disk_is_named_before_another_is_given(
    make: Made, desk_of: DeskOf
) -> None:
    """A restore may bring a file back to this step whose letter was printed already."""
    desk = desk_of(Role.REGISTER)

    @command
    def lose(work: UnitOfWork, op_id: str) -> None:
        link = work.link()
        take_block(work.session, link, "sktm", "2026", 2, LOST, "Data hilang")
        work.close_event(link, op_id, "uji", Role.REGISTER)

    desk.call(lose, op())
    brought_to(desk_of, "sktm", "register")
    screen = make()

    assert screen.numbers.number.text() == "3"
    assert screen.numbers.once.text().startswith("Nomor 001–002 hilang dan belum terisi.")
    assert screen.numbers.once.isVisible()
    assert fits(screen)


def test_f12_spends_it_draws_the_letter_and_goes_on(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock, printed: Printed
) -> None:
    first = brought_to(desk_of, "sktm", "register", nama="Dewi")
    clock.advance(minutes=1)
    brought_to(desk_of, "sktm", "register", nama="Asep")
    screen = make()
    heard = Heard(screen.context)
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.right.currentWidget() is screen.given)

    assert screen.given.number.text() == "1"
    assert screen.given.which.text() == "400.9.14.1/001/SKTM/KEC-SKM/V/2026"
    view = view_of(desk_of, first)
    assert (view.agenda_number, view.step) == (1, "tanda-tangan")
    assert len(view.documents) == 1
    assert "Dewi" in heard.said[0]
    press(screen, "F7")
    qtbot.waitUntil(lambda: printed.kinds == ["surat"])
    qtbot.waitUntil(lambda: screen.view is not None and screen.view.applicant == "Asep")
    press(screen, "F12")
    assert screen.right.currentWidget() is screen.work
    qtbot.waitUntil(lambda: screen.numbers.number.text() == "2")
    qtbot.waitUntil(lambda: marks(screen) == ["numbers", "month", "", "next"])


def test_f12_twice_spends_one_number(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    screen = make()
    heard = Heard(screen.context)
    screen.bar.deed_button.click()
    screen.bar.deed_button.click()
    qtbot.waitUntil(lambda: bool(heard.said))
    settled(qtbot, screen)

    assert heard.refused == []
    assert view_of(desk_of, receipt).agenda_number == 1
    following = brought_to(desk_of, "sktm", "register")
    assert desk_of(Role.REGISTER).ask(next_number, following.request_id).number == 2


def test_each_service_shows_its_own_number_and_book(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.advance(minutes=1)
    brought_to(desk_of, "sktm", "register", nama="Dewi")
    clock.advance(minutes=1)
    brought_to(desk_of, "ktp", "register", nama="Asep")
    screen = make()
    assert screen.numbers.number.text() == "2"
    screen.pane.list.setCurrentIndex(screen.pane.list.records.index(1, 0))

    qtbot.waitUntil(lambda: screen.numbers.number.text() == "1")
    qtbot.waitUntil(lambda: marks(screen) == ["numbers", "next"])
    assert screen.book.accessibleName() == "Buku Register KTP, tahun 2026"


def test_somebody_elses_number_is_not_spent_twice(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    screen = make()
    heard = Heard(screen.context)
    desk_of(Role.REGISTER).call(processing.give_agenda_number, op(), seen(receipt))
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.refused))

    assert "sudah diproses" in heard.refused[0][0]
    qtbot.waitUntil(lambda: screen.view is None)  # the list was loaded again


def test_a_file_sent_back_keeps_its_number(qtbot: QtBot, make: Made, desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    back = desk_of(Role.SEKCAM).call(
        processing.send_back, op(), seen(receipt), "register", "Tanggal surat salah"
    )
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    assert back.step == "register"
    assert screen.numbers.number.text() == "1"
    assert screen.bar.deed_button.accessibleName().startswith("Teruskan dengan nomor agenda 1")
    assert "next" not in marks(screen)
    press(screen, "F12")

    qtbot.waitUntil(lambda: view_of(desk_of, back).step == "tanda-tangan")
    assert view_of(desk_of, back).agenda_number == 1


def test_the_book_has_a_row_for_every_month_and_strikes_what_is_void(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    first = brought_to(desk_of, "sktm", "tanda-tangan")
    voided(desk_of, first, "salah nama")
    clock.advance(days=30)
    second = forward(desk_of, brought_to(desk_of, "sktm", "register"))
    finish(desk_of(Role.SEKCAM), second, "tanda-tangan")
    page = desk_of(Role.REGISTER).ask(book_page, "sktm", 2026, None)

    rows = rows_of(page, 2026)

    assert [row.mark for row in rows] == ["numbers", "month", "void", "month", ""]
    assert rows[1].cells == ("BULAN MEI 2026",)
    assert rows[3].cells == ("BULAN JUNI 2026",)
    assert "salah nama" in rows[2].cells[-1]


def test_a_code_typed_for_this_letter_alone_enters_its_number(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    first = brought_to(desk_of, "sktm", "register", nama="Dewi")
    clock.advance(minutes=1)
    brought_to(desk_of, "sktm", "register", nama="Asep")
    screen = make()
    assert screen.numbers.code.placeholderText() == "400.9.14.1"

    screen.numbers.focus_code()
    qtbot.keyClicks(screen.numbers.code, "400.3.8.8")
    assert not screen.bar.deed_button.isVisible()  # the number shown is another's
    qtbot.waitUntil(screen.bar.deed_button.isVisible)
    assert screen.numbers.letter.text() == "400.3.8.8/001/SKTM/KEC-SKM/V/2026"
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.right.currentWidget() is screen.given)
    screen.given.next_button.click()
    qtbot.waitUntil(lambda: screen.numbers.number.text() == "2")

    assert view_of(desk_of, first).letter_number == "400.3.8.8/001/SKTM/KEC-SKM/V/2026"
    assert screen.numbers.code.text() == ""  # the next file has the service's own code again
    assert screen.numbers.letter.text() == "400.9.14.1/002/SKTM/KEC-SKM/V/2026"


def test_a_code_that_makes_the_number_too_long_spends_nothing(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "register")
    admin = desk_of(Role.ADMIN)
    profile = replace(admin.ask(office.profile), number_pattern="{kode}/{kode}/{urut}/{layanan}")
    admin.call(office.save_profile, op(), profile)
    screen = make()
    heard = Heard(screen.context)

    qtbot.keyClicks(screen.numbers.code, "1" * 30)

    qtbot.waitUntil(lambda: bool(heard.refused))
    assert "Belum ada nomor yang terpakai" in heard.refused[0][0]
    assert not screen.bar.deed_button.isVisible()
    assert view_of(desk_of, receipt).agenda_number is None


@pytest.mark.parametrize(
    ("form", "words", "papers"),
    [
        ("pengesahan", "blok pengesahan pada surat desa", "blok pengesahan"),
        ("register", "ditulis tangan", ""),
    ],
)
def test_the_card_says_what_the_number_is_for_where_it_is_no_letter(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    printed: Printed,
    form: str,
    words: str,
    papers: str,
) -> None:
    brought_to(desk_of, "sktm", "register")
    admin = desk_of(Role.ADMIN)
    choices = next(row.choices for row in admin.ask(service_rows) if row.choices.service == "sktm")
    admin.call(save_service, op(), replace(choices, form=form))
    screen = make()

    assert words in screen.numbers.form.text()
    assert fits(screen)
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.right.currentWidget() is screen.given)
    assert screen.given.print_button.isVisible() == bool(papers)
    assert papers in screen.given.print_button.words.text()
    if papers:
        press(screen, "F7")
        qtbot.waitUntil(lambda: printed.kinds == ["pengesahan"])
