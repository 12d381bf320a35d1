"""Buku Register: every book as it prints, its end first; drawn with progress and a stop."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord, UserRecord, table_of
from kecamatan_desk.ui import printing, theme
from kecamatan_desk.ui.background import Progress
from kecamatan_desk.ui.screens import book, book_jobs, book_preview
from kecamatan_desk.ui.screens.book import RegisterBookScreen
from kecamatan_desk.ui.screens.book_jobs import Asked, Saved, Volume, draw_book, write_volumes
from kecamatan_desk.ui.screens.open_book import Band
from kecamatan_desk.usecases import books
from kecamatan_desk.usecases.agreements import proposals
from kecamatan_desk.usecases.books import book_forms
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.office_form import DELIVERY, OUTGOING
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.proposals import agree
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.engine import Status
from tests.builders import NAMES, SettableClock, op, voided
from tests.integration.test_book_reading import a_year_of_work
from tests.integration.test_book_reading import printed as lines_on_paper
from tests.integration.test_long_books import fill_book
from tests.reserving import recorded
from tests.ui.screen_tools import ContextOf, Heard, Printed, fits, press, settled, shown
from tests.walking import DeskOf, brought_to

Made = Callable[..., RegisterBookScreen]
YEAR = Period.of_year(2026)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    return Printed(monkeypatch)


@pytest.fixture
def make(qtbot: QtBot, context_of: ContextOf, printed: Printed) -> Iterator[Made]:
    """Make the screen with a book open."""
    made: list[RegisterBookScreen] = []

    def make(code: str = "sktm", role: Role = Role.REGISTER) -> RegisterBookScreen:
        screen = RegisterBookScreen(context_of(role), role, "buku")
        made.append(screen)
        shown(qtbot, screen)
        settled(qtbot, screen)
        take(qtbot, screen, code)
        return screen

    yield make
    for screen in made:
        settled(qtbot, screen)


def take(qtbot: QtBot, screen: RegisterBookScreen, code: str) -> None:
    """Open another book."""
    screen.chooser.books.choose(code)
    settled(qtbot, screen)
    assert screen.book.form is not None
    assert screen.book.form.code == code


def lines(screen: RegisterBookScreen) -> list[tuple[str, str]]:
    return [(row.read.line.number, row.read.line.state) for row in screen.book.lines]


def texts(screen: RegisterBookScreen) -> list[tuple[str, ...]]:
    """Give the cells of the lines as the table tells them, without the running number."""
    model, columns = screen.book.book_model, range(1, screen.book.book_model.columnCount())
    return [
        tuple(model.index(place, column).data() for column in columns)
        for place, row in enumerate(model.rows)
        if not isinstance(row, Band)
    ]


def choose(screen: RegisterBookScreen, number: str) -> None:
    rows = screen.book.book_model.rows
    place = next(
        n for n, row in enumerate(rows) if not isinstance(row, Band) and _agenda(row) == number
    )
    screen.book.setCurrentIndex(screen.book.book_model.index(place, 0))


def _agenda(row: Any) -> str:
    return str(row.read.line.number)


def noted(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Give what the chain says was taken out or printed of the books."""

    def ask(work: UnitOfWork) -> list[tuple[str, dict[str, Any]]]:
        event, acts = table_of(EventRecord), ["cetak", "ekspor", "cetak-buku"]
        query = select(event.c.act, event.c.payload).where(event.c.act.in_(acts))
        return [(row.act, json.loads(row.payload)) for row in work.session.execute(query)]

    return desk.ask(ask)


# --- which book, which days ----------------------------------------------------------------------


def test_every_book_shows_its_own_columns_and_the_lines_that_print(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    a_year_of_work(desk_of, clock)
    screen = make("umum")
    desk = desk_of(Role.REGISTER)
    for form in book_forms():
        take(qtbot, screen, form.code)
        paper = lines_on_paper(desk, form.code, YEAR)

        wanted = [tuple(cell.replace("\n", " ") for cell in line.cells) for line in paper]
        assert texts(screen) == wanted, form.code
        assert screen.book.book_model.columnCount() == len(form.columns)
        heads = [" ".join(rows) for rows in screen.book.measures.heads]  # type: ignore[union-attr]
        assert heads == [column.head for column in form.columns]
        assert screen._count.text() == (  # noqa: SLF001
            f"{len(paper)} {form.unit}{f', {void} batal' if (void := _void(paper)) else ''}"
            if paper
            else f"belum ada {form.unit}"
        )
    assert fits(screen)


def _void(paper: list[Any]) -> int:
    return sum(line.state == "batal" for line in paper)


def test_a_book_is_found_by_typing_and_its_days_are_chosen_by_keyboard(
    qtbot: QtBot, make: Made, desk_of: DeskOf, clock: SettableClock
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    brought_to(desk_of, "ktp", "tanda-tangan")
    clock.advance(days=30)
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make("umum")
    chooser = screen.chooser
    assert len(lines(screen)) == 3
    chooser.books.setFocus()
    qtbot.keyClicks(chooser.books, "tidak mampu")
    assert [choice.label for choice in chooser.books.model.records] == ["Buku Register SKTM"]
    qtbot.keyClick(chooser.books, Qt.Key.Key_Return)
    settled(qtbot, screen)
    assert (chooser.books.text(), chooser.books.is_open) == ("Buku Register SKTM", False)
    assert lines(screen) == [("001", "belum"), ("002", "belum")]

    qtbot.keyClick(chooser.books, Qt.Key.Key_Return)  # on to the year
    assert chooser.years.hasFocus()
    qtbot.keyClick(chooser.years, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: lines(screen) == [])
    assert "Belum ada nomor" in screen.book.empty
    qtbot.keyClick(chooser.years, Qt.Key.Key_Up)
    qtbot.keyClicks(chooser.months, "Juni")
    qtbot.waitUntil(lambda: lines(screen) == [("002", "belum")])

    qtbot.keyClick(chooser.months, Qt.Key.Key_End)
    settled(qtbot, screen)
    assert chooser.last.editor.text() == "11-06-2026"
    for field, day in ((chooser.first, "12052026"), (chooser.last, "1-6-2026")):
        field.editor.selectAll()
        qtbot.keyClicks(field.editor, day)
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: lines(screen) == [("001", "belum")])
    assert screen._title.text().endswith("Tanggal 12 Mei 2026 sampai dengan 1 Juni 2026")  # noqa: SLF001
    assert "F11" in screen.deeds()
    chooser.first.editor.selectAll()
    qtbot.keyClicks(chooser.first.editor, "12-05-2025")
    qtbot.keyClick(chooser.first.editor, Qt.Key.Key_Return)
    settled(qtbot, screen)
    assert "F11" not in screen.deeds()  # a continuation is of one year


def test_days_that_stand_the_wrong_way_are_told_and_nothing_is_asked(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    chooser = screen.chooser
    qtbot.keyClick(chooser.months, Qt.Key.Key_End)
    settled(qtbot, screen)
    chooser.last.editor.selectAll()
    qtbot.keyClicks(chooser.last.editor, "31122025")
    qtbot.keyClick(chooser.last.editor, Qt.Key.Key_Return)
    settled(qtbot, screen)

    assert chooser.asked is None
    assert chooser.last.editor.property("state") == "error"
    assert lines(screen) == [("001", "belum")]


def test_typing_what_no_book_is_called_chooses_none(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    screen = make()
    books = screen.chooser.books
    books.setFocus()
    qtbot.keyClicks(books, "pajak")
    assert "pajak" in books.nothing.text()
    qtbot.keyClick(books, Qt.Key.Key_Return)
    qtbot.keyClick(books, Qt.Key.Key_Escape)

    assert (books.code, books.text(), books.is_open) == ("sktm", "Buku Register SKTM", False)


# --- the open book -------------------------------------------------------------------------------


def test_a_long_book_opens_at_its_end_and_grows_as_one_scrolls_up(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    fill_book(desk_of(Role.REGISTER), 900)
    screen = make()
    table, bar = screen.book, screen.book.verticalScrollBar()
    assert len(table.lines) == 120
    assert bar.value() == bar.maximum() > 0
    assert "tampil mulai baris 781" in screen._count.text()  # noqa: SLF001

    top = table.indexAt(table.viewport().rect().topLeft()).row()
    bar.setValue(10)
    first = table.book_model.rows[table.rowAt(30)]
    place = table.rowViewportPosition(table.rowAt(30))
    qtbot.waitUntil(lambda: len(table.lines) > 120)
    assert table.book_model.rows[table.rowAt(30)] is first  # it stays under the eye
    assert table.rowViewportPosition(table.rowAt(30)) == place
    assert top > 0
    while len(table.lines) < 900:
        count = len(table.lines)
        bar.setValue(0)
        qtbot.waitUntil(lambda count=count: len(table.lines) > count)

    assert [row.read.number for row in table.lines] == list(range(1, 901))
    bands = [row for row in table.book_model.rows if isinstance(row, Band)]
    assert [band.month for band in bands] == [(2026, month) for month in range(1, 13)]
    spans = {row: table.columnSpan(row, 0) for row in range(table.book_model.rowCount())}
    assert {row for row, wide in spans.items() if wide > 1} == {
        n for n, row in enumerate(table.book_model.rows) if isinstance(row, Band)
    }


def test_a_change_elsewhere_leaves_the_eye_where_it_was(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    fill_book(desk_of(Role.REGISTER), 300)
    screen = make()
    table, bar = screen.book, screen.book.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen_first = table.book_model.rows[table.rowAt(30)]
    screen.background.announce()
    settled(qtbot, screen)

    assert table.book_model.rows[table.rowAt(30)] == seen_first


def test_a_book_opened_afresh_shows_its_newest_line(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    fill_book(desk_of(Role.REGISTER), 300)
    screen = make()
    bar = screen.book.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    take(qtbot, screen, "umum")
    assert bar.value() == bar.maximum()
    screen.resize(1158, 560)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())


def test_a_void_line_is_struck_and_nobody_signs_it(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    void = brought_to(desk_of, "sktm", "tanda-tangan")
    brought_to(desk_of, "sktm", "tanda-tangan")
    voided(desk_of, void, "salah nama")
    screen = make()
    screen.resize(1500, 680)
    settled(qtbot, screen)
    table = screen.book
    form = table.form
    assert form is not None
    assert form.sign is not None

    def inks(row: int, column: int) -> set[str]:
        """Give the colours of a cell, without its frame."""
        area = table.visualRect(table.book_model.index(row, column)).adjusted(3, 3, -3, -3)
        picture = table.viewport().grab(area).toImage()
        places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return {picture.pixelColor(x, y).name() for x, y in places}

    name = next(n for n, column in enumerate(form.columns) if column.head == "Nama")
    void_ink, ink = QColor(theme.INK_VOID).name(), QColor(theme.INK).name()
    assert void_ink in inks(1, name)
    assert ink not in inks(1, name)
    assert ink in inks(2, name)
    assert ink in inks(1, 1)  # the agenda number stays clear
    assert len(inks(1, form.sign)) > 1  # a stroke
    assert inks(2, form.sign) == {QColor(theme.PAPER).name()}


def test_the_head_stays_while_the_table_scrolls_sideways(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    brought_to(desk_of, "penduduk-pindah", "tanda-tangan")
    screen = make("penduduk-pindah")
    table = screen.book
    sideways = table.horizontalScrollBar()
    assert sideways.maximum() > 0
    head = table.head.sectionViewportPosition(3)
    sideways.setValue(sideways.maximum())

    assert table.head.sectionViewportPosition(3) == head - sideways.maximum()
    assert table.columnViewportPosition(3) == table.head.sectionViewportPosition(3)
    assert table.head.height() > table.rowHeight(0)


# --- voiding -------------------------------------------------------------------------------------


def test_a_number_is_asked_to_be_void_and_struck_when_an_official_agrees(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan", nama="Dewi")
    screen = make()
    heard = Heard(screen.context)
    choose(screen, "001")
    press(screen, "F6")
    assert screen.drawer.title.text() == "Usulkan pembatalan nomor 001, Dewi"
    press(screen, "F12")
    settled(qtbot, screen)
    assert heard.said == []  # no reason, nothing asked
    qtbot.keyClicks(screen.drawer.text, "salah nama")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    assert heard.said == ["Pembatalan nomor 001 diusulkan; dicoret begitu seorang pejabat setuju."]
    assert desk_of(Role.REGISTER).ask(request_view, receipt.request_id).status is Status.RUNNING
    assert lines(screen) == [("001", "belum")]

    (asked,) = desk_of(Role.KASI).ask(proposals)
    desk_of(Role.KASI).call(agree, op(), asked.id)
    screen.background.announce()
    qtbot.waitUntil(lambda: lines(screen) == [("001", "batal")])
    choose(screen, "001")
    assert "F6" not in screen.deeds()


def test_a_letter_written_outside_the_program_is_voided_from_the_book_too(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    line = recorded(desk_of, service="sktm")
    screen = make()
    heard = Heard(screen.context)
    choose(screen, "001")
    press(screen, "F6")
    qtbot.keyClicks(screen.drawer.text, "tidak jadi dikirim")
    press(screen, "F12")
    qtbot.waitUntil(lambda: bool(heard.said))
    (asked,) = desk_of(Role.KASI).ask(proposals)
    assert (asked.line_id, asked.request_id) == (line, None)


def test_only_the_register_officer_voids(make: Made, desk_of: DeskOf) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make(role=Role.PELAYANAN)
    choose(screen, "001")

    assert "F6" not in screen.deeds()


def test_further_books_have_nothing_to_void_and_no_continuation(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    brought_to(desk_of, "sktm", "")
    screen = make()
    choose(screen, "001")
    assert "F11" in screen.deeds()
    for code in (OUTGOING, DELIVERY):
        take(qtbot, screen, code)
        assert len(screen.book.lines) == 1
        screen.book.setFocus()
        assert {"F6", "F11"}.isdisjoint(screen.deeds())
        assert {"F7", "F10"} <= set(screen.deeds())


# --- drawing -------------------------------------------------------------------------------------


def focus_of(screen: RegisterBookScreen) -> QWidget:
    """Give the widget the keys go to."""
    widget = screen.focusWidget()
    assert widget is not None
    return widget


def drawn(qtbot: QtBot, screen: RegisterBookScreen) -> None:
    press(screen, "F7")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    qtbot.waitUntil(lambda: bool(screen.preview.pages.pdf))


def test_f7_draws_previews_prints_and_saves_and_the_chain_knows(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    printed: Printed,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    drawn(qtbot, screen)
    assert noted(desk_of(Role.REGISTER)) == []  # looked at only
    press(screen, "F7")
    qtbot.waitUntil(lambda: printed.kinds == ["buku"])
    names: list[str] = []

    def ask(_parent: object, _title: str, name: str, kind: str) -> Path:
        names.append(f"{name}.{kind.lower()}")
        return tmp_path / names[-1]

    monkeypatch.setattr(book_preview, "ask_file", ask)
    press(screen, "Ctrl+S")
    qtbot.waitUntil(lambda: bool(heard.said))

    assert names == ["Buku Register SKTM 2026.pdf"]
    assert (tmp_path / names[0]).read_bytes() == screen.preview.pages.pdf == printed.papers[0][1]
    what = {"what": "book", "book": "sktm", "from": "2026-01-01", "to": "2026-12-31"}
    saved = what | {"file": True, "reason": "arsip"}
    assert noted(desk_of(Role.REGISTER)) == [("cetak", what), ("cetak", saved)]
    qtbot.keyClick(screen.preview, Qt.Key.Key_Escape)
    assert screen.pages.currentWidget() is screen.table


def test_who_may_not_read_books_any_more_takes_nothing_out(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    drawn(qtbot, screen)
    screen.background.desk.call(_make_administrator)
    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(heard.refused))

    assert printed.kinds == []


def _make_administrator(work: UnitOfWork) -> None:
    users = table_of(UserRecord)
    own = update(users).where(users.c.username == "register").values(roles=["admin"])
    work.session.execute(own)


def test_without_a_folder_of_documents_ones_own_is_offered(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offered: list[str] = []

    def file(_parent: object, _title: str, start: str, _filter: str) -> tuple[str, str]:
        offered.append(start)
        return "", ""

    def folder(_parent: object, _title: str, start: str) -> str:
        offered.append(start)
        return ""

    monkeypatch.setattr(printing, "documents_folder", lambda: tmp_path)
    monkeypatch.setattr(book_preview.QFileDialog, "getSaveFileName", file)
    monkeypatch.setattr(book_preview.QFileDialog, "getExistingDirectory", folder)
    parent = QWidget()
    qtbot.addWidget(parent)

    assert book_preview.ask_file(parent, "Simpan", "Buku Register", "PDF") is None
    assert book_preview.ask_folder(parent, "Simpan") is None
    assert offered == [str(tmp_path / "Buku Register.pdf"), str(tmp_path)]


def test_a_folder_that_refuses_is_named(
    qtbot: QtBot,
    make: Made,
    desk_of: DeskOf,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    drawn(qtbot, screen)
    gone = tmp_path / "tidak-ada" / "buku.pdf"
    monkeypatch.setattr(book_preview, "ask_file", lambda *_question: gone)
    press(screen, "Ctrl+S")
    qtbot.waitUntil(lambda: bool(heard.complained))

    assert str(gone.parent) in heard.complained[0]


def test_several_volumes_get_a_folder_of_their_own(tmp_path: Path) -> None:
    volumes = tuple(Volume(f"Buku 2026-{n}.pdf", b"%PDF") for n in (1, 2))

    first, second = write_volumes(volumes, tmp_path), write_volumes(volumes, tmp_path)

    assert first == Saved(tmp_path / "Buku 2026")
    assert second == Saved(tmp_path / "Buku 2026 (2)")
    assert sorted(file.name for file in first.target.iterdir()) == [v.name for v in volumes]


def held_back(monkeypatch: pytest.MonkeyPatch, job: str) -> Event:
    """Let a job of a book begin only once the given event is set: when Esc was pressed."""
    real, pressed = getattr(book_jobs, job), Event()

    def slowly(desk: Desk, *args: object) -> object:
        assert pressed.wait(30)
        return real(desk, *args)

    monkeypatch.setattr(book_jobs, job, slowly)
    return pressed


def test_drawing_is_stopped_and_leaves_nothing(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    pressed = held_back(monkeypatch, "print_book")
    screen.print_button.setFocus()
    press(screen, "F7")
    assert not screen.print_button.isEnabled()
    assert screen.work.isVisible()
    assert {"F6", "F10", "F11"}.isdisjoint(screen.deeds())
    brought_to(desk_of, "sktm", "tanda-tangan")  # the counter goes on meanwhile
    screen.background.announce()
    qtbot.waitUntil(lambda: len(lines(screen)) == 2)
    qtbot.keyClick(focus_of(screen), Qt.Key.Key_Escape)
    pressed.set()
    qtbot.waitUntil(lambda: bool(heard.said))

    assert heard.said == ["Pencetakan buku dihentikan. Tidak ada yang berubah."]
    assert screen.pages.currentWidget() is screen.table
    assert screen.print_button.isEnabled()


def test_a_stopped_book_leaves_no_file(desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    folders: list[Path] = []
    real = book_jobs.print_book

    def noting(desk: Desk, *args: object) -> object:
        folders.append(Path(str(args[2])).parent)
        return real(desk, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(book_jobs, "print_book", noting)
    stopped = Progress()
    stopped.stop()

    assert draw_book(desk_of(Role.REGISTER), Asked("sktm", YEAR), stopped) is None
    assert not folders[0].exists()


def test_a_dropped_screen_stops_its_drawing(make: Made, qtbot: QtBot) -> None:
    """Another user has signed in: nobody waits for the book any more."""
    screen = make()
    progress = screen.work.begin(10)
    assert progress(1)
    screen.work.setParent(None)
    screen.work.deleteLater()

    qtbot.waitUntil(lambda: not progress(2))


def test_a_refusal_is_said_and_the_screen_goes_on(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    screen.background.desk.call(_make_administrator)
    press(screen, "F7")
    qtbot.waitUntil(lambda: bool(heard.complained))

    assert "Tidak ada yang berubah" in heard.complained[0]
    assert screen.pages.currentWidget() is screen.table
    assert screen.print_button.isEnabled()


# --- XLSX ----------------------------------------------------------------------------------------


def test_f10_saves_the_book_as_a_workbook_and_the_chain_knows(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan", nik="9901015404910007")
    screen = make()
    heard = Heard(screen.context)
    screen.chooser.months.setCurrentIndex(5)
    settled(qtbot, screen)
    names: list[str] = []

    def ask(_parent: object, _title: str, name: str, kind: str) -> Path:
        names.append(f"{name}.{kind.lower()}")
        return tmp_path / names[-1]

    monkeypatch.setattr(book, "ask_file", ask)
    press(screen, "F10")
    qtbot.waitUntil(lambda: bool(heard.said))

    assert names == ["Buku Register SKTM Mei 2026.xlsx"]
    sheet = load_workbook(tmp_path / names[0]).active
    assert "9901015404910007" in [cell.value for row in sheet.iter_rows() for cell in row]
    what = {"what": "book", "book": "sktm", "from": "2026-05-01", "to": "2026-05-31"}
    assert noted(desk_of(Role.REGISTER)) == [("ekspor", what | {"reason": "arsip"})]
    assert "F10" in screen.deeds()


def test_a_stopped_workbook_leaves_no_file(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    monkeypatch.setattr(book, "ask_file", lambda *_question: tmp_path / "buku.xlsx")
    pressed = held_back(monkeypatch, "take_out_sheet")
    press(screen, "F10")
    screen.work.stop()
    pressed.set()
    qtbot.waitUntil(lambda: bool(heard.said))

    assert "dihentikan" in heard.said[0]
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_a_workbook_that_cannot_be_written_is_told(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    gone = tmp_path / "tidak-ada" / "buku.xlsx"
    monkeypatch.setattr(book, "ask_file", lambda *_question: gone)
    press(screen, "F10")
    qtbot.waitUntil(lambda: bool(heard.complained))

    assert "buku.xlsx tidak dapat ditulis" in heard.complained[0]
    assert screen.print_button.isEnabled()


# --- lanjutan ------------------------------------------------------------------------------------


def opened_prints(qtbot: QtBot, screen: RegisterBookScreen) -> None:
    press(screen, "F11")
    assert screen.pages.currentWidget() is screen.prints
    qtbot.waitUntil(lambda: "…" not in screen.prints.news.text())
    settled(qtbot, screen)


def test_a_continuation_says_what_is_new_is_kept_and_prints_again(
    qtbot: QtBot, make: Made, desk_of: DeskOf, printed: Printed
) -> None:
    first = brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    opened_prints(qtbot, screen)
    assert screen.prints.news.text() == "Belum pernah dicetak: 1 baris baru"
    assert fits(screen)
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    settled(qtbot, screen)
    assert "halaman 1 tersimpan" in heard.said[0]
    kept = screen.preview.pages.pdf
    qtbot.keyClick(screen.preview, Qt.Key.Key_Escape)
    settled(qtbot, screen)
    assert screen.prints.news.text() == "Sejak cetakan terakhir: tidak ada yang baru"
    assert "F12" not in screen.deeds()

    voided(desk_of, first, "salah nama")
    for _ in range(2):
        brought_to(desk_of, "sktm", "tanda-tangan")
    screen.background.announce()
    wanted = "Sejak cetakan terakhir: 2 baris baru dan 1 catatan susulan"
    qtbot.waitUntil(lambda: screen.prints.news.text() == wanted)
    assert "mulai nomor 2" in screen.prints.note.text()
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    qtbot.keyClick(screen.preview, Qt.Key.Key_Escape)
    settled(qtbot, screen)
    rows = [
        [screen.prints.model.index(row, column).data() for column in range(5)]
        for row in range(screen.prints.model.rowCount())
    ]
    assert rows == [
        ["2–3", "Lanjutan", "3", "12-05-2026 09.00", NAMES[Role.REGISTER]],
        ["1", "Lanjutan", "1", "12-05-2026 09.00", NAMES[Role.REGISTER]],
    ]

    screen.prints.table.setCurrentIndex(screen.prints.model.index(1, 0))
    press(screen, "F5")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)
    press(screen, "F7")
    qtbot.waitUntil(lambda: printed.kinds == ["buku"])
    assert printed.papers[0][1] == kept
    acts = noted(desk_of(Role.REGISTER))
    assert [act for act, _ in acts] == ["cetak-buku", "cetak-buku", "cetak"]
    assert acts[-1][1] == {
        "what": "book",
        "book": "sktm",
        "year": 2026,
        "first_page": 1,
        "last_page": 1,
    }


def test_a_book_without_numbers_is_not_continued_and_says_so(qtbot: QtBot, make: Made) -> None:
    screen = make()
    opened_prints(qtbot, screen)

    assert "belum berisi nomor" in screen.prints.note.text()
    assert "F12" not in screen.deeds()
    qtbot.keyClick(screen.prints, Qt.Key.Key_Escape)
    assert screen.pages.currentWidget() is screen.table


def test_a_stopped_continuation_keeps_nothing(
    qtbot: QtBot, make: Made, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    screen = make()
    heard = Heard(screen.context)
    opened_prints(qtbot, screen)
    pressed = held_back(monkeypatch, "print_continuation")
    press(screen, "F12")
    assert screen.prints.work.isVisible()
    qtbot.keyClick(focus_of(screen), Qt.Key.Key_Escape)
    pressed.set()
    qtbot.waitUntil(lambda: bool(heard.said))

    assert heard.said == ["Pencetakan lanjutan dihentikan. Tidak ada yang tersimpan."]
    assert screen.pages.currentWidget() is screen.prints
    settled(qtbot, screen)
    assert screen.prints.model.rowCount() == 0
    assert "F12" in screen.deeds()
    press(screen, "F12")
    qtbot.waitUntil(lambda: screen.pages.currentWidget() is screen.preview)


def test_stored_pages_that_were_changed_are_not_shown(
    qtbot: QtBot, make: Made, desk_of: DeskOf
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    desk = desk_of(Role.REGISTER)
    books.print_continuation(desk, op(), "sktm", 2026)
    for file in desk.files.folder.rglob("*.pdf"):
        file.chmod(0o600)
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    screen = make()
    heard = Heard(screen.context)
    opened_prints(qtbot, screen)
    press(screen, "F5")
    qtbot.waitUntil(lambda: bool(heard.refused))

    assert screen.pages.currentWidget() is screen.prints
