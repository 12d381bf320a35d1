"""The request panel: everything readable, data put right with a reason, the letter as printed."""

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.request_panel import DATA, HISTORY, LETTER, RequestPanel
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.views import request_view
from tests.walking import brought_to

DeskOf = Callable[[Role], Desk]
LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"


@pytest.fixture
def context(context_of: Callable[[Role], ScreenContext]) -> ScreenContext:
    return context_of(Role.PELAYANAN)


@pytest.fixture
def panel(context: ScreenContext) -> Iterator[RequestPanel]:
    """A panel on show, nothing in it yet; gone before its worker is."""
    panel = RequestPanel(context)
    panel.resize(846, 620)
    panel.show()
    yield panel
    shiboken6.delete(panel)


def load(qtbot: QtBot, panel: RequestPanel, request_id: int) -> None:
    with qtbot.waitSignal(panel.loaded):
        panel.load(request_id)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_name_is_whole_and_the_head_tells_code_nik_and_village(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    request = brought_to(desk_of, "perubahan-kk", "verifikasi", nama=LONG)

    load(qtbot, panel, request.request_id)

    assert panel.head.name.text() == LONG
    assert request.file_code in panel.head.facts.text()
    assert "9901••••••••0001" in panel.head.facts.text()
    assert panel.head.chip.accessibleName() == "sisa 5 mnt"


def test_all_data_are_readable(qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf) -> None:
    request = brought_to(desk_of, "ahli-waris", "verifikasi")
    load(qtbot, panel, request.request_id)
    view = desk_of(Role.PELAYANAN).ask(request_view, request.request_id)

    panel.show_page(DATA)
    shown = texts(panel.data)

    assert "14-04-1991" in shown
    for value in view.data.values():
        if isinstance(value, str) and not value[:4].isdigit():
            assert value in shown


def test_a_correction_needs_a_reason_and_draws_the_letter_anew(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf, context: ScreenContext
) -> None:
    request = brought_to(desk_of, "sktm", "tanda-tangan")
    complete_documents(desk_of(Role.REGISTER), request.request_id)
    complaints: list[str] = []
    context.messages.complained.connect(lambda text, _way: complaints.append(text))
    load(qtbot, panel, request.request_id)
    panel.show_page(DATA)
    panel.data.edit_button.click()
    assert panel.data.form is not None
    panel.data.form.set_values({"nama": LONG})
    panel.data.save_button.click()
    assert "Alasan perbaikan belum ditulis" in complaints[0]
    panel.data.reason.setText("Salah ketik, sesuai KTP")

    with qtbot.waitSignal(panel.data.corrected):
        panel.data.save_button.click()

    def drawn_anew() -> None:
        view = desk_of(Role.PELAYANAN).ask(request_view, request.request_id)
        assert [document.version for document in view.documents] == [1, 2]
        assert view.applicant == LONG
        assert view.letter_number == request.letter_number

    qtbot.waitUntil(drawn_anew)


def test_a_correction_that_cannot_be_kept_is_shown_at_its_field(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf, context: ScreenContext
) -> None:
    request = brought_to(desk_of, "sktm", "verifikasi")
    context.background.refused.connect(panel.refuse)
    load(qtbot, panel, request.request_id)
    panel.data.open_form()
    assert panel.data.form is not None
    panel.data.form.set_values({"tanggal-lahir": "2030-01-01"})
    panel.data.reason.setText("Sesuai KTP")

    panel.data.save()

    form = panel.data.form
    qtbot.waitUntil(lambda: form.field("tanggal-lahir").state == "error")
    assert desk_of(Role.KASI).ask(request_view, request.request_id).version == request.version


def test_typing_in_a_correction_survives_a_reload_of_the_same_file(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    request = brought_to(desk_of, "sktm", "verifikasi")
    load(qtbot, panel, request.request_id)
    panel.data.open_form()
    assert panel.data.form is not None
    panel.data.form.set_values({"nama": LONG})

    with qtbot.waitSignal(panel.loaded):
        panel.reload()

    assert panel.data.form is not None
    assert panel.data.form.values()["nama"] == LONG
    QTest.keyClick(panel.data, Qt.Key.Key_Escape)
    assert not panel.data.is_editing


def test_the_letter_is_the_stored_pdf_drawn_when_it_is_first_looked_at(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    request = brought_to(desk_of, "sktm", "tanda-tangan")
    load(qtbot, panel, request.request_id)
    assert panel.letter.document is None

    panel.show_page(LETTER)

    qtbot.waitUntil(lambda: panel.letter.pages.pages == 1)
    assert panel.letter.summary.text() == "1 halaman, A4"


def test_before_registration_the_letter_page_says_when_it_comes(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    request = brought_to(desk_of, "sktm", "verifikasi")
    load(qtbot, panel, request.request_id)

    panel.show_page(LETTER)

    qtbot.waitUntil(lambda: not panel.letter.print_button.isEnabled())
    assert panel.letter.pages.pages == 0


def test_the_history_tells_the_newest_first(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    request = brought_to(desk_of, "sktm", "register")
    load(qtbot, panel, request.request_id)

    panel.show_page(HISTORY)

    cells = [panel.history.model.index(row, 1).data() for row in range(1, 4)]  # below the day
    assert cells[0].startswith("Kelengkapan berkas diverifikasi")
    assert cells[2].startswith("Permohonan diajukan")


def test_pages_are_turned_with_the_keyboard(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    request = brought_to(desk_of, "sktm", "verifikasi")
    load(qtbot, panel, request.request_id)

    panel.next_page()
    panel.next_page()
    panel.previous_page()

    assert panel.page == DATA


def test_an_answer_that_comes_late_does_not_replace_the_file_asked_for_since(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    first = brought_to(desk_of, "sktm", "verifikasi")
    second = brought_to(desk_of, "ktp", "verifikasi")

    panel.load(first.request_id)
    panel.load(second.request_id)

    qtbot.waitUntil(lambda: panel.view is not None)
    assert panel.view is not None
    assert panel.view.id == second.request_id


def test_where_the_window_is_low_a_form_gets_the_room_of_the_lanes(
    qtbot: QtBot, panel: RequestPanel, desk_of: DeskOf
) -> None:
    load(qtbot, panel, brought_to(desk_of, "sktm", "verifikasi").request_id)
    assert panel.picture.isVisible()

    panel.set_compact(True)
    assert panel.strip.isVisible()
    panel.resize(846, 900)

    qtbot.waitUntil(panel.picture.isVisible)
