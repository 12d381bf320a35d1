"""The SOP as a picture, for every service and both sizes."""

import pytest
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui.paint import text_width
from kecamatan_desk.ui.sop_picture import SopPicture
from kecamatan_desk.usecases.values import StepView
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service

NARROW = 804  # px beside rail and list at 1366


def _views(service: Service, at: int, state: str = "now") -> tuple[StepView, ...]:
    return tuple(
        StepView(
            step.code,
            step.word,
            step.actor,
            step.minutes,
            step.decision,
            "done" if place < at else state if place == at else "next",
            place * 3.0 if place <= at else None,
        )
        for place, step in enumerate(service.steps)
    )


def _shown(qtbot: QtBot, service: Service, at: int, strip: bool = False) -> SopPicture:
    picture = SopPicture(strip=strip)
    qtbot.addWidget(picture)
    picture.show_steps(service.lanes, _views(service, at), running=True)
    picture.resize(NARROW, picture.sizeHint().height())
    return picture


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_every_service_is_drawn_and_told_in_words(qtbot: QtBot, service: Service) -> None:
    picture = _shown(qtbot, service, 2)

    image = picture.grab().toImage()

    assert (
        len({image.pixel(x, y) for x in range(0, 804, 3) for y in range(0, image.height(), 3)}) > 8
    )
    told = picture.accessibleDescription().split("; ")
    assert len(told) == len(service.steps)
    for step, words in zip(service.steps, told, strict=True):
        assert words.startswith(f"{step.word} ({step.actor.label}), norma {step.minutes} menit")
    assert "sedang berjalan" in told[2]


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_no_word_is_cut_at_the_smallest_window(qtbot: QtBot, service: Service) -> None:
    picture = _shown(qtbot, service, 1)

    for place, step in enumerate(service.steps):
        assert text_width(step.word, "caption") <= picture.shape_of(place).width()


def test_the_strip_is_one_lane_high(qtbot: QtBot) -> None:
    service = SERVICES["sktm"]

    strip, whole = _shown(qtbot, service, 3, strip=True), _shown(qtbot, service, 3)

    assert strip.sizeHint().height() < whole.sizeHint().height() / 2


def test_the_running_minutes_grow(qtbot: QtBot) -> None:
    picture = _shown(qtbot, SERVICES["ktp"], 2)
    before = picture.grab().toImage()

    qtbot.waitUntil(lambda: picture.grab().toImage() != before)


def test_a_paused_step_says_so_and_stands_still(qtbot: QtBot) -> None:
    picture = SopPicture()
    qtbot.addWidget(picture)
    service = SERVICES["ktp"]

    picture.show_steps(service.lanes, _views(service, 2, "paused"), running=False)

    assert "jeda" in picture.accessibleDescription()
