"""The one theme file: tokens (colour, space, type, radius) and the style sheet built from them.

Nothing else in the program names a colour or a pixel size. Knows no Qt.
"""

from dataclasses import dataclass

FAMILY = "Liberation Sans"

# 4-px grid. Everything that is a distance is one of these.
S1, S2, S3, S4, S5, S6, S8 = 4, 8, 12, 16, 20, 24, 32
# Heights of the things a hand aims at.
H_FIELD, H_BUTTON, H_PRIMARY, H_ROW, H_LIST_ROW, H_TOP, H_MSG, H_ACTIONS = (
    32,
    32,
    40,
    36,
    64,
    48,
    40,
    60,
)
# Widths of the frame at 1366 px; text scale widens them.
W_RAIL, W_RAIL_FOLDED, W_LIST, W_LIST_NARROW, W_LIST_MIDDLE = 208, 76, 312, 264, 280
R_FIELD, R_CARD, R_CHIP = 4, 8, 4
# Type scale in px at 100 %: name -> (size, bold). Nothing on screen is under 12 px.
TYPE = {
    "caption": (12, False),
    "captionb": (12, True),
    "body": (13, False),
    "bodyb": (13, True),
    "head": (15, True),
    "title": (20, True),
    "number": (26, True),
    "huge": (48, True),
}


@dataclass(frozen=True, slots=True)
class Colors:
    """One set of colours. Planes, hairline and control edge; two inks; one accent; five states."""

    name: str
    bg: str
    surface: str
    rail: str
    hover: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hi: str
    tint: str
    on_tint: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    late: str
    late_bg: str
    rest: str
    rest_bg: str
    drill: str  # the LATIHAN ribbon, nothing else
    on_drill: str


LIGHT = Colors(
    "light",
    bg="#F1F3F5",
    surface="#FFFFFF",
    rail="#E9ECF0",
    hover="#F3F5F8",
    line="#D8DDE3",
    edge="#7F8894",
    text="#1B2129",
    muted="#525B67",
    accent="#1D5AA8",
    on_accent="#FFFFFF",
    accent_hi="#174A8C",
    tint="#DFEAF8",
    on_tint="#123F78",
    ok="#1B6B3A",
    ok_bg="#E0F2E6",
    warn="#7D4E00",
    warn_bg="#FCEFD0",
    late="#A61B1B",
    late_bg="#FBE4E2",
    rest="#4C5561",
    rest_bg="#E8EBEF",
    drill="#6B2FA0",
    on_drill="#FFFFFF",
)
DARK = Colors(
    "dark",
    bg="#15181C",
    surface="#1C2025",
    rail="#111418",
    hover="#252A31",
    line="#323840",
    edge="#76808D",
    text="#E7EAEE",
    muted="#A7B0BC",
    accent="#82B4F2",
    on_accent="#0B1D33",
    accent_hi="#A3C9F8",
    tint="#22344C",
    on_tint="#CFE2FA",
    ok="#7FD39D",
    ok_bg="#1B3425",
    warn="#F0C063",
    warn_bg="#3A2E14",
    late="#FF9C94",
    late_bg="#432220",
    rest="#B4BCC7",
    rest_bg="#2B3037",
    drill="#C79BF0",
    on_drill="#23103A",
)

# Paper stays paper in dark mode: the preview and the book show what the printer will give.
PAPER, INK, PAPER_LINE, INK_VOID = "#FFFFFF", "#111111", "#8A8A8A", "#555555"

#: (what, ink, ground, least): text 4.5, edges of controls and the focus ring 3.0 (WCAG 2 AA)
PAIRS = (
    ("text on surface", "text", "surface", 4.5),
    ("text on bg", "text", "bg", 4.5),
    ("text on rail", "text", "rail", 4.5),
    ("muted on surface", "muted", "surface", 4.5),
    ("muted on bg", "muted", "bg", 4.5),
    ("muted on rail", "muted", "rail", 4.5),
    ("muted on hover", "muted", "hover", 4.5),
    ("muted on tint (selected row)", "muted", "tint", 4.5),
    ("muted on rest_bg (disabled deed)", "muted", "rest_bg", 4.5),
    ("text on tint", "text", "tint", 4.5),
    ("on_tint on tint", "on_tint", "tint", 4.5),
    ("accent as text on surface", "accent", "surface", 4.5),
    ("accent as text on bg", "accent", "bg", 4.5),
    ("primary button", "on_accent", "accent", 4.5),
    ("primary button, hover", "on_accent", "accent_hi", 4.5),
    ("chip sisa", "ok", "ok_bg", 4.5),
    ("chip lewat", "warn", "warn_bg", 4.5),
    ("chip terlambat", "late", "late_bg", 4.5),
    ("chip jeda", "rest", "rest_bg", 4.5),
    ("warning text on tint (late step)", "warn", "tint", 4.5),
    ("error text on tint (failed paper)", "late", "tint", 4.5),
    ("warning text on surface", "warn", "surface", 4.5),
    ("error text on surface", "late", "surface", 4.5),
    ("done text on surface", "ok", "surface", 4.5),
    ("ribbon LATIHAN", "on_drill", "drill", 4.5),
    ("control edge on surface", "edge", "surface", 3.0),
    ("control edge on bg", "edge", "bg", 3.0),
    ("focus ring on surface", "accent", "surface", 3.0),
    ("focus ring on tint", "accent", "tint", 3.0),
)


def contrast(one: str, other: str) -> float:
    """Give the WCAG 2 contrast of two ``#RRGGBB`` colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    linear = []
    for start in (1, 3, 5):
        part = int(color[start : start + 2], 16) / 255
        linear.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
