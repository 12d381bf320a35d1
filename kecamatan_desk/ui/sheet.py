"""The application's style sheet, written from the theme's tokens.

Kinds are dynamic properties (``type``, ``ink``, ``plane``, ``edge``, ``kind``, ``state``, ``card``,
``msg``, ``key``, ``chip``); no widget has a style sheet of its own.
"""

from pathlib import Path

from kecamatan_desk.ui.theme import (
    FAMILY,
    H_BUTTON,
    H_FIELD,
    H_PRIMARY,
    INK,
    PAPER,
    PAPER_LINE,
    R_CARD,
    R_CHIP,
    R_FIELD,
    S1,
    S2,
    S3,
    TYPE,
    Colors,
)

INKS = (
    "text",
    "muted",
    "accent",
    "ok",
    "warn",
    "late",
    "rest",
    "on_accent",
    "on_tint",
    "on_drill",
)
STATES = ("ok", "warn", "late", "rest")
PLANES = ("bg", "surface", "rail", "drill", "tint")


def qss(colors: Colors, scale: float, icons: Path) -> str:
    """Give the whole style sheet. ``icons`` is the folder that holds ``down-light.svg``."""
    return (
        _labels(colors, scale)
        + _frames(colors, scale)
        + _fields(colors, scale, icons)
        + _buttons(colors, scale)
        + _views(colors, scale)
    )


def _px(number: float, scale: float) -> str:
    return f"{round(number * scale)}px"


def _labels(c: Colors, scale: float) -> str:
    types = "".join(
        f'QLabel[type="{kind}"] {{ font-size: {_px(size, scale)};'
        f" font-weight: {700 if bold else 400}; }}\n"
        for kind, (size, bold) in TYPE.items()
    )
    inks = "".join(f'QLabel[ink="{ink}"] {{ color: {getattr(c, ink)}; }}\n' for ink in INKS)
    small, round_, big = _px(12, scale), _px(16, scale), _px(20, scale)
    return f"""
* {{ font-family: "{FAMILY}"; font-size: {_px(13, scale)}; color: {c.text}; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; padding: 4px; }}
{types}{inks}
QLabel[key="true"] {{ color: {c.muted}; border: 1px solid {c.edge};
  border-bottom: 2px solid {c.edge}; border-radius: 3px; background: {c.surface};
  font-size: {small}; padding: 0 4px; }}
QLabel[key="on"] {{ color: {c.on_accent}; border: 1px solid {c.on_accent};
  border-bottom: 2px solid {c.on_accent}; border-radius: 3px; font-size: {small}; padding: 0 4px; }}
QLabel[avatar="true"] {{ background: {c.tint}; color: {c.on_tint}; font-weight: 700; border: 0;
  border-radius: {round_}; }}
QLabel[avatar="big"] {{ background: {c.surface}; color: {c.on_tint}; border: 1px solid {c.line};
  font-weight: 700; font-size: {_px(15, scale)}; border-radius: {big}; }}
"""


def _frames(c: Colors, scale: float) -> str:
    planes = "".join(
        f'QWidget[plane="{plane}"] {{ background: {getattr(c, plane)}; }}\n' for plane in PLANES
    )
    chips = "".join(
        f'QFrame[chip="{state}"] {{ background: {getattr(c, state + "_bg")};'
        f" border-radius: {R_CHIP}px; }}\n"
        for state in STATES
    )
    edges = "".join(
        f'QWidget[edge="{side}"] {{ border: 0; border-{side}: 1px solid {c.line}; }}\n'
        for side in ("top", "right", "bottom", "left")
    )
    return f"""{planes}{chips}{edges}
QFrame[card="true"] {{ background: {c.surface}; border: 1px solid {c.line};
  border-radius: {R_CARD}px; }}
QFrame[card="next"] {{ background: {c.tint}; border: 1px solid {c.accent};
  border-radius: {R_CARD}px; }}
QFrame[msg="ok"] {{ background: {c.surface}; border-top: 1px solid {c.line}; }}
QFrame[msg="late"] {{ background: {c.late_bg}; border-top: 2px solid {c.late}; }}
QDialog {{ background: {c.surface}; }}
QProgressBar {{ background: {c.rest_bg}; border: 0; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
"""


def _fields(c: Colors, scale: float, icons: Path) -> str:
    arrow = (icons / f"down-{c.name}.svg").as_posix()
    tick = (icons / f"check-{c.name}.svg").as_posix()
    # an indicator's whole size is its content and its border; Qt drops a radius over the half
    box, dot, ring = (_px(size, scale) for size in (14, 6, 5))
    round_ = f"{(round(14 * scale) + 2) // 2}px"
    high, low = _px(H_FIELD - 4, scale), _px(H_FIELD - 6, scale)
    lines = "QLineEdit{0}, QComboBox{0}, QPlainTextEdit{0}"
    thick = f"padding: 0 {S2 - 1}px; min-height: {low};"
    return f"""
{lines.format("")} {{ background: {c.surface}; border: 1px solid {c.edge};
  border-radius: {R_FIELD}px; padding: 0 {S2}px; min-height: {high};
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QPlainTextEdit {{ padding: {S1}px {S1}px; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {c.muted}; }}
{lines.format('[state="filled"]')} {{ background: {c.tint}; }}
{lines.format('[state="warn"]')} {{ border: 2px solid {c.warn}; {thick} }}
{lines.format('[state="error"]')} {{ border: 2px solid {c.late}; {thick} }}
QLineEdit[state="pin"] {{ font-size: {_px(20, scale)}; min-height: {_px(40, scale)}; }}
{lines.format(":focus")} {{ border: 2px solid {c.accent}; {thick} }}
QLineEdit[state="pin"]:focus {{ min-height: {_px(38, scale)}; }}
QScrollArea#page-view {{ border: 2px solid transparent; }}
QScrollArea#page-view:focus {{ border-color: {c.accent}; }}
QPlainTextEdit:focus, QPlainTextEdit[state="warn"], QPlainTextEdit[state="error"] {{
  padding: {S1 - 1}px {S1 - 1}px; }}
{lines.format(":disabled")} {{ background: {c.rest_bg}; color: {c.muted};
  border: 1px solid {c.line}; }}
QLineEdit:read-only {{ background: {c.bg}; }}
QTableView[framed="true"] QLineEdit, QTableView[framed="true"] QLineEdit:focus,
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: 0; padding: 0 {S1}px; min-height: 0; }}
QComboBox QLineEdit {{ padding: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: {_px(24, scale)}; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {_px(12, scale)};
  height: {_px(12, scale)}; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.edge};
  selection-background-color: {c.tint}; selection-color: {c.text}; }}
QCheckBox, QRadioButton {{ spacing: {S2}px; min-height: {_px(24, scale)}; padding: 1px 3px;
  border: 1px solid transparent; border-radius: {R_FIELD}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {c.accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.muted}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {box}; height: {box};
  background: {c.surface}; border: 1px solid {c.edge}; border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {round_}; }}
QRadioButton::indicator:checked {{ width: {dot}; height: {dot}; border: {ring} solid {c.accent};
  border-radius: {round_}; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
  image: url("{tick}"); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {c.rest_bg};
  border-color: {c.line}; }}
"""


def _buttons(c: Colors, scale: float) -> str:
    def kind(name: str, state: str = "") -> str:
        return f'QPushButton[kind="{name}"]{state}'

    deed = _px(H_PRIMARY - 2, scale)
    return f"""
QPushButton {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: {R_FIELD}px;
  padding: 0 {S3}px; min-height: {_px(H_BUTTON - 2, scale)}; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.rest_bg}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; }}
QPushButton:disabled {{ background: transparent; border-color: {c.line}; color: {c.muted}; }}
{kind("primary")} {{ background: {c.accent}; border: 1px solid {c.accent}; color: {c.on_accent};
  min-height: {deed}; }}
{kind("primary", ":hover")}, {kind("primary", ":pressed")} {{ background: {c.accent_hi}; }}
{kind("primary", ":focus")}, {kind("pad-go", ":focus")} {{ border: 2px solid {c.text}; }}
{kind("primary", ":disabled")} {{ background: {c.rest_bg}; border-color: {c.line}; }}
{kind("pad-go")} {{ background: {c.accent}; border: 1px solid {c.accent};
  min-height: {_px(52, scale)}; }}
{kind("pad-go", ":hover")} {{ background: {c.accent_hi}; }}
{kind("pad-go", ":disabled")} {{ background: {c.rest_bg}; border-color: {c.line}; }}
{kind("out")} {{ min-height: {_px(28, scale)}; }}
QFrame[msg="late"] {kind("out")} {{ border-color: {c.late}; }}
{kind("plain")} {{ min-height: {deed}; }}
{kind("small")} {{ min-height: {_px(H_BUTTON - 2, scale)}; }}
{kind("link")} {{ background: transparent; border: 1px solid transparent; color: {c.accent};
  padding: 0 {S1}px; min-height: {_px(24, scale)}; }}
{kind("link", ":hover")} {{ background: {c.hover}; }}
{kind("link", ":focus")} {{ border: 2px solid {c.accent}; }}
{kind("pad")} {{ font-size: {_px(20, scale)}; min-height: {_px(52, scale)}; }}
{kind("tile")} {{ border-color: {c.line}; border-radius: {R_CARD}px; min-height: {_px(62, scale)};
  padding: 0; text-align: left; }}
{kind("tile", ":checked")} {{ background: {c.tint}; border: 2px solid {c.accent}; }}
{kind("tile", ":focus")} {{ border: 2px solid {c.accent}; }}
QPushButton[place="drill"]:checked {{ background: {c.surface}; border: 2px solid {c.drill}; }}
{kind("nav")} {{ background: transparent; border: 2px solid transparent; padding: 0;
  text-align: left; min-height: {_px(28, scale)}; }}
{kind("nav", ":hover")} {{ background: {c.line}; }}
{kind("nav", ":checked")} {{ background: {c.surface}; }}
{kind("nav", ":focus")} {{ border: 2px solid {c.text}; }}
"""


def _views(c: Colors, scale: float) -> str:
    tab = _px(34, scale)
    return f"""
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; padding: 0 {S3}px; min-height: {tab};
  border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c.text}; font-weight: 700; border-bottom: 2px solid {c.accent}; }}
QTabBar::tab:focus {{ color: {c.accent}; }}
QAbstractItemView {{ background: {c.surface}; border: 0; outline: 0; }}
QHeaderView {{ background: {c.surface}; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: 0;
  border-bottom: 1px solid {c.line}; padding: 0 {S2}px; min-height: {_px(28, scale)};
  font-size: {_px(12, scale)}; }}
QTableCornerButton::section {{ background: {c.surface}; border: 0;
  border-bottom: 1px solid {c.line}; }}
QTableView {{ gridline-color: {c.line}; selection-background-color: {c.tint};
  selection-color: {c.text}; alternate-background-color: {c.hover}; }}
QTableView[framed="true"] {{ border: 1px solid {c.edge}; border-radius: {R_FIELD}px; }}
QTableView[framed="true"]:focus {{ border: 2px solid {c.accent}; }}
QTableView::item:focus {{ border: 2px solid {c.accent}; }}
QTableView[quiet="true"]::item {{ padding: 3px {S2 - 3}px; border-bottom: 1px solid {c.line}; }}
QTableView[quiet="true"]::item:selected {{ background: {c.tint}; color: {c.text}; }}
QTableView[quiet="true"]::item:focus {{ border: 2px solid {c.accent};
  padding: 2px {S2 - 5}px; }}
QTableView[paper="true"] {{ background: {PAPER}; border: 1px solid {c.line};
  gridline-color: {PAPER_LINE}; }}
QTableView[paper="true"]:focus {{ border: 2px solid {c.accent}; }}
QTableView[paper="true"] QHeaderView::section {{ background: {PAPER}; color: {INK}; border: 0;
  border-right: 1px solid {PAPER_LINE}; border-bottom: 1px solid {PAPER_LINE}; font-weight: 700;
  padding: 0 4px; }}
QScrollArea {{ border: 0; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.edge}; border-radius: 4px; min-height: 32px;
  margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {c.edge}; border-radius: 4px; min-width: 32px;
  margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; width: 0; height: 0; }}
"""
