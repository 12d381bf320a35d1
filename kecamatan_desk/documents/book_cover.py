"""The cover of a register book. It is not counted; its figures are known only at the end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kecamatan_desk.documents.book_layout import HIGH, LEFT, MIDDLE, RIGHT
from kecamatan_desk.documents.book_values import BookValues
from kecamatan_desk.documents.drawing import box, text
from kecamatan_desk.documents.letterhead import letterhead
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size
from kecamatan_desk.domain.indonesian import long_date

Boundary = tuple[str, date] | None  # number and day of a line
_BLANK = "." * 26


def draw_cover(c: Any, values: BookValues, volume: int | None) -> None:
    """Draw the cover but for its figures. ``volume`` None: the book is bound when it is full."""
    letterhead(c, values.head, LEFT + 30 * MM, RIGHT - 30 * MM, HIGH - 22 * MM)
    title = values.form.title.upper()
    size = fit_size(title, BOLD, 24, RIGHT - LEFT - 20 * MM, 12)
    text(c, MIDDLE, HIGH - 82 * MM, title, BOLD, size, "c")
    subtitle = values.subtitle.upper()
    size = fit_size(subtitle, BOLD, 18, RIGHT - LEFT - 20 * MM, 10)
    text(c, MIDDLE, HIGH - 94 * MM, subtitle, BOLD, size, "c")
    if values.public:
        text(c, MIDDLE, HIGH - 66 * MM, values.public.upper(), BOLD, 13, "c")
    words = f"Jilid {_BLANK}" if volume is None else f"Jilid {volume}"
    text(c, MIDDLE, HIGH - 104 * MM, words, REGULAR, 13, "c")


def draw_figures(c: Any, values: BookValues, begun: str, closed: str, pages: str) -> None:
    """Draw what stands in the cover's box."""
    rows: Sequence[tuple[str, str]] = (
        ("Dimulai", begun),
        ("Ditutup" if values.closing else "Sampai dengan", closed),
        ("Banyaknya", pages),
        *values.cover,
    )
    x, y = MIDDLE - 70 * MM, HIGH - 124 * MM
    box(c, x - 6 * MM, y + 9 * MM, 152 * MM, (len(rows) * 7.4 + 7.6) * MM, 1.0)
    for label, value in rows:
        text(c, x, y, label, REGULAR, 11)
        text(c, x + 38 * MM, y, ":", REGULAR, 11)
        text(c, x + 42 * MM, y, value, REGULAR, fit_size(value, REGULAR, 11, 100 * MM, 7))
        y -= 7.4 * MM


def boundary(words: str, line: Boundary) -> str:
    """Name the day and number at which a volume begins or ends."""
    if line is None:
        return "nihil"
    number, day = line
    return f"tanggal {words or long_date(day)}" + (f", nomor {number}" if number else "")


def by_hand(what: str) -> str:
    """Give dots to fill in when the book is bound."""
    return {"closed": f"tanggal {_BLANK}, nomor {_BLANK}", "pages": f"{_BLANK} halaman"}[what]
