"""Nobody reads a whole NIK or No. KK on a screen or a slip; only the form, the letter and the book.

Every screen of every role is opened over an office with files in every state, and every slip is
drawn; what they say is searched for the sixteen digits, in groups or in one.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.fields_form import FieldsForm
from kecamatan_desk.ui.screen import Screen, ScreenContext
from kecamatan_desk.ui.screens.book_table import BookTable
from kecamatan_desk.ui.screens.data_page import DataPage
from kecamatan_desk.ui.screens.intake_form import IntakeForm
from kecamatan_desk.ui.screens.open_book import OpenBook
from kecamatan_desk.ui.screens.search_results import SearchScreen
from kecamatan_desk.ui.shell import Shell
from kecamatan_desk.usecases import counter_papers, intake, jobs
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.lookups import look_up
from kecamatan_desk.usecases.processing import close_failed, fail_check, refuse
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.report import report_pdf
from kecamatan_desk.usecases.values import RequestView
from kecamatan_desk.usecases.views import request_view
from tests.builders import op
from tests.documents.samples import pages
from tests.ui.screen_tools import settled, with_all_pages
from tests.walking import PERSON, DeskOf, brought_to, drafted, needed_paper, papers, seen, started

#: Sixteen digits of an invented person, however they are spaced.
WHOLE = re.compile(r"99\d{2}[ .\u00a0-]?\d{4}[ .\u00a0-]?\d{4}[ .\u00a0-]?\d{4}")
#: The form (and what was typed in it) and the official book: there they stand whole.
ALLOWED = (DataPage, FieldsForm, IntakeForm, BookTable, OpenBook)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


@pytest.fixture
def files(desk_of: DeskOf) -> dict[str, int]:
    """Files of several services in every state; the ids by what they are."""
    drafted(desk_of, "ktp")
    made = {
        "new": started(desk_of, "sktm"),
        "kk": brought_to(desk_of, "perubahan-kk", "register"),
        "signing": brought_to(desk_of, "sktm", "tanda-tangan"),
        "ready": brought_to(desk_of, "ahli-waris", "serahkan"),
        "done": brought_to(desk_of, "akta-kematian", ""),
        "complaint": brought_to(desk_of, "pengaduan", "keputusan"),
    }
    return {what: receipt.request_id for what, receipt in made.items()}


def said(widget: QWidget) -> Iterator[str]:
    """Give all a widget and its parts say, but the form and the official book."""
    if isinstance(widget, ALLOWED):
        return
    yield from (widget.accessibleName(), widget.toolTip(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QLineEdit):
        yield widget.text()
    if isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                yield from (str(index.data(role)) for role in _ROLES)
        records = getattr(model, "records", ())
        yield from (repr(record) for record in records)  # what a delegate may paint
    for child in widget.children():
        if isinstance(child, QWidget):
            yield from said(child)


def whole(widget: QWidget) -> list[str]:
    return [text for text in said(widget) if WHOLE.search(text)]


def test_the_search_for_whole_numbers_finds_them(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    for text in ("NIK 9901015404910001", "9901 0154 0491 0001"):
        shown = QLabel(text, home)
        assert whole(home) == [text]
        shown.setParent(None)


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.REGISTER, Role.KASI, Role.CAMAT])
def test_no_screen_shows_a_whole_number(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    desk_of: DeskOf,
    files: dict[str, int],
    role: Role,
) -> None:
    for request_id in files.values():
        desk_of(role).call(look_up, op(), request_id, Reason("pemeriksaan"), "cari")
    shell = Shell(context_of(role))
    qtbot.addWidget(shell)
    shell.show()
    seen_one = False
    for place in range(len(shell.rail.spots)):
        screen = shell.go(place)
        assert screen is not None
        settled(qtbot, screen)
        with_all_pages(screen)
        assert whole(shell) == []
        if isinstance(screen, SearchScreen):
            screen.field.setText("Kusumawardhani")
            screen._search()  # noqa: SLF001
            settled(qtbot, screen)
            assert screen.hits.rowCount() > 1
            assert whole(shell) == []
        if screen.SHOWS_REQUESTS:
            few = () if isinstance(screen, SearchScreen) else ("kk", "complaint")
            for request_id in (files[what] for what in few or files):
                screen.show_request(request_id)
                settled(qtbot, screen)
                with_all_pages(screen)
                seen_one = seen_one or isinstance(_view(screen), RequestView)
                assert whole(shell) == []
    assert seen_one


def _view(screen: Screen) -> object:
    return getattr(screen, "view", None)


def test_the_search_at_the_top_shows_none(
    qtbot: QtBot,
    context_of: Callable[[Role], ScreenContext],
    files: dict[str, int],
) -> None:
    shell = Shell(context_of(Role.PELAYANAN))
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    qtbot.waitUntil(lambda: shell.place >= 0)  # it begins where work waits
    shell.press("F3")
    qtbot.waitUntil(shell.search.field.hasFocus)
    qtbot.keyClicks(shell.search.field, "Kusumawardhani")
    qtbot.waitUntil(lambda: shell.search.hits.rowCount() >= len(files) - 1)
    assert whole(shell) == []


def _words(pdf: bytes) -> str:
    return "\n".join(pages(pdf))


#: Slips by the file they belong to.
SLIPS: tuple[tuple[str, Callable[[Desk, int], bytes]], ...] = (
    ("new", jobs.receipt_pdf),
    ("kk", jobs.ticket_pdf),
    ("kk", jobs.receipt_pdf),
    ("done", jobs.handover_pdf),
)


@pytest.mark.parametrize(("what", "draw"), SLIPS)
def test_no_slip_bears_a_whole_number(
    desk_of: DeskOf, files: dict[str, int], what: str, draw: Callable[[Desk, int], bytes]
) -> None:
    words = _words(draw(desk_of(Role.PELAYANAN), files[what]))
    assert words.strip()
    assert WHOLE.search(words) is None


def test_the_slips_of_a_file_that_did_not_go_through_bear_none(desk_of: DeskOf) -> None:
    kasi = desk_of(Role.KASI)
    failed = started(desk_of, "sktm")
    missing = papers("sktm", missing=needed_paper("sktm"))
    failed = kasi.call(fail_check, op(), seen(failed), missing)
    words = _words(jobs.return_slip_pdf(kasi, failed.request_id))
    refused = brought_to(desk_of, "sktm", "tanda-tangan")
    refused = desk_of(Role.SEKCAM).call(refuse, op(), seen(refused), "Data tidak benar")
    words += _words(counter_papers.refusal_pdf(kasi, refused.request_id))
    closed = kasi.call(close_failed, op(), seen(failed), "Bukan warga")
    words += _words(counter_papers.papers_back_pdf(kasi, closed.request_id))
    assert PERSON["nama"] in words.replace("\n", " ")
    assert WHOLE.search(words) is None


def test_the_receipt_of_several_services_and_the_report_bear_none(
    desk_of: DeskOf, files: dict[str, int]
) -> None:
    clerk = desk_of(Role.PELAYANAN)
    clerk.call(intake.further_service, op(), files["new"], "ktp")
    bundle = clerk.ask(request_view, files["new"]).bundle_id
    assert bundle is not None
    words = _words(jobs.bundle_receipt_pdf(clerk, bundle))
    words += _words(report_pdf(desk_of(Role.KASI), 2026, 5))
    assert WHOLE.search(words) is None
