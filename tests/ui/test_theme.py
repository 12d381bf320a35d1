"""Colours and sizes, against WCAG 2 and the rules of the look."""

import pytest

from kecamatan_desk.resources import resource
from kecamatan_desk.ui import theme
from kecamatan_desk.ui.sheet import qss
from kecamatan_desk.ui.style import Look


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", theme.PAIRS, ids=[pair[0] for pair in theme.PAIRS])
def test_every_ink_stands_out_from_its_ground(colors: theme.Colors, pair: tuple) -> None:
    _what, ink, ground, least = pair

    assert theme.contrast(getattr(colors, ink), getattr(colors, ground)) >= least


def test_contrast_of_black_on_white_is_the_greatest() -> None:
    assert round(theme.contrast("#000000", "#FFFFFF"), 1) == 21.0


def test_no_type_is_smaller_than_twelve_pixels() -> None:
    assert min(size for size, _bold in theme.TYPE.values()) >= 12


def test_the_sheet_grows_with_the_text_scale() -> None:
    icons = resource("icons")

    assert "font-size: 13px" in qss(theme.LIGHT, 1.0, icons)
    assert "font-size: 26px" in qss(theme.LIGHT, 2.0, icons)


@pytest.mark.parametrize(
    ("scale", "width", "folded"),
    [(1.0, 1366, False), (1.5, 1366, True), (2.0, 1920, True), (1.5, 2560, False)],
)
def test_large_text_folds_the_frame_in_a_small_window(
    scale: float, width: int, folded: bool
) -> None:
    assert Look(theme.LIGHT, scale, width).folded is folded


def test_every_icon_the_window_names_is_shipped() -> None:
    for name in ("down-light", "down-dark", "search", "landmark", "circle-alert"):
        assert resource("icons", f"{name}.svg").is_file()
