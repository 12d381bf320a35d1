"""Services of the office: on and off, code, form and offsets, through the real widgets."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens.admin_services import ServicesScreen
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import profile, save_profile
from kecamatan_desk.usecases.office_values import ServiceChoices
from kecamatan_desk.usecases.services import FORMS, service_rows
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import op
from tests.ui.screen_tools import Heard, fits

ContextOf = Callable[[Role], ScreenContext]
SKTM = list(SERVICES).index("sktm")
COMPLAINT = list(SERVICES).index("pengaduan")


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf) -> ServicesScreen:
    screen = ServicesScreen(context_of(Role.ADMIN), Role.ADMIN, "layanan")
    qtbot.addWidget(screen)
    screen.resize(1158, 680)
    with qtbot.waitExposed(screen):
        screen.show()
    qtbot.waitUntil(lambda: bool(_sample(screen)))
    screen.list.setCurrentIndex(screen.list.records.index(SKTM, 0))
    qtbot.waitUntil(lambda: "/SKTM/" in _sample(screen))
    return screen


def _sample(screen: ServicesScreen) -> str:
    return screen.form.sections[1].remark.text()


def _note(screen: ServicesScreen, code: str) -> str:
    notes = [section.notes[code] for section in screen.form.sections if code in section.notes]
    return notes[0].note.message if notes else ""


def _put(qtbot: QtBot, screen: ServicesScreen, **values: str) -> None:
    for code, text in values.items():
        editor = screen.form.field(code).editor
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.clear()
            qtbot.keyClicks(editor, text)


def _corner(screen: ServicesScreen) -> tuple[float, float] | None:
    block = screen.picture.block
    return (round(block.x(), 3), round(block.y(), 3)) if block else None


def _stored(desk: Desk, code: str = "sktm") -> ServiceChoices:
    return next(row.choices for row in desk.ask(service_rows) if row.choices.service == code)


def test_every_service_is_listed_and_the_screen_fits(screen: ServicesScreen) -> None:
    assert len(screen.list.records.records) == 20
    assert screen.title.text() == SERVICES["sktm"].label
    assert fits(screen)


def test_the_number_is_written_as_the_code_is_typed(
    qtbot: QtBot, screen: ServicesScreen, admin_desk: Desk
) -> None:
    _put(qtbot, screen, classification="465")
    qtbot.waitUntil(lambda: _sample(screen) == "akan tertulis 465/001/SKTM/KEC-SKM/V/2026")
    assert _stored(admin_desk).classification == "400.9.14.1"

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy and not screen.dirty)
    assert _stored(admin_desk).classification == "465"

    screen.deeds()["F10"]()
    qtbot.waitUntil(lambda: "400.9.14.1/001" in _sample(screen))
    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy and not screen.dirty)
    assert _stored(admin_desk).classification == "400.9.14.1"


def test_offsets_are_asked_for_a_block_alone_and_stored(
    qtbot: QtBot, screen: ServicesScreen, admin_desk: Desk
) -> None:
    assert "offset_x" not in screen.form.shown

    _put(qtbot, screen, form=FORMS["pengesahan"])
    assert "offset_x" in screen.form.shown
    _put(qtbot, screen, offset_x="100", offset_y="180")
    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy and not screen.dirty)

    stored = _stored(admin_desk)
    assert (stored.form, stored.offset_x, stored.offset_y) == ("pengesahan", 100, 180)


def test_a_block_beside_the_paper_is_refused_at_its_field(
    qtbot: QtBot, screen: ServicesScreen, admin_desk: Desk
) -> None:
    _put(qtbot, screen, form=FORMS["pengesahan"], offset_x="200")

    screen.save_button.click()
    qtbot.waitUntil(lambda: bool(_note(screen, "offset_x")))

    assert _stored(admin_desk).form == "surat"


def test_the_block_is_shown_to_scale_while_its_offsets_are_typed(
    qtbot: QtBot, screen: ServicesScreen
) -> None:
    assert screen.picture.isHidden()

    _put(qtbot, screen, form=FORMS["pengesahan"], offset_x="100", offset_y="180")
    qtbot.waitUntil(lambda: _corner(screen) == (100, 180))
    assert screen.picture.isVisible()
    assert screen.picture.block_fits
    assert screen.picture.sheet == (210, 297)
    assert "100 mm dari kiri dan 180 mm dari atas" in screen.picture.accessibleName()

    _put(qtbot, screen, offset_x="180")
    qtbot.waitUntil(lambda: _corner(screen) == (180, 180))
    assert not screen.picture.block_fits
    assert "melewati tepi kertas" in _note(screen, "offset_x")

    _put(qtbot, screen, form=FORMS["surat"])
    qtbot.waitUntil(screen.picture.isHidden)
    assert fits(screen)


def test_a_service_is_switched_off(qtbot: QtBot, screen: ServicesScreen, admin_desk: Desk) -> None:
    heard = Heard(screen.context)
    _put(qtbot, screen, active="Tidak")

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.list.records.records[SKTM].choices.active)

    assert not _stored(admin_desk).active
    assert "tidak ditawarkan lagi" in heard.said[0]
    assert screen.count.text() == "19 dari 20 dibuka"


def test_a_service_without_a_numbered_letter_keeps_its_form(
    qtbot: QtBot, screen: ServicesScreen
) -> None:
    screen.list.setCurrentIndex(screen.list.records.index(COMPLAINT, 0))

    assert not screen.form.field("form").editor.isEnabled()
    assert "Berita Acara" in screen.form_note.text()
    qtbot.waitUntil(lambda: _sample(screen) == "")


def test_unsaved_typing_is_not_lost_to_another_service(
    qtbot: QtBot, screen: ServicesScreen
) -> None:
    heard = Heard(screen.context)
    _put(qtbot, screen, classification="465")

    screen.list.setCurrentIndex(screen.list.records.index(0, 0))

    assert screen.title.text() == SERVICES["sktm"].label
    assert screen.form.values()["classification"] == "465"
    assert "belum disimpan" in heard.complained[0]


def test_the_list_goes_on_marking_the_service_in_the_form(
    qtbot: QtBot, screen: ServicesScreen
) -> None:
    _put(qtbot, screen, classification="465")
    other = screen.list.visualRect(screen.list.records.index(2, 0)).center()

    qtbot.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=other)

    assert screen.list.currentIndex().row() == SKTM
    assert [index.row() for index in screen.list.selectionModel().selectedIndexes()] == [SKTM]


def test_a_code_that_makes_the_number_too_long_is_refused_at_its_field(
    qtbot: QtBot, screen: ServicesScreen, admin_desk: Desk
) -> None:
    office = admin_desk.ask(profile)
    pattern = "{kode}/{urut:3}/{layanan}/{singkatan}/{romawi}/{tahun}/KABUPATENRAYA1"
    admin_desk.call(save_profile, op(), replace(office, number_pattern=pattern, logo=None))
    _put(qtbot, screen, classification="400.9.14.1.23.45.67")

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy)

    assert "paling banyak 60" in _note(screen, "classification")
    assert _stored(admin_desk).classification == "400.9.14.1"
