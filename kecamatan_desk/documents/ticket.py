"""Queue tickets: off a roll of 80 mm (72 can be printed) or 58 mm (48), or four on a sheet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import HAIR, lines_of, qr, rule, text
from kecamatan_desk.documents.profiles import TICKET, Profile
from kecamatan_desk.documents.slip_parts import Slip
from kecamatan_desk.documents.slip_values import TicketValues
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, hold, width, wrap
from kecamatan_desk.domain.indonesian import clock, day_name, long_date

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDE, _HIGH = 80 * MM, 92 * MM  # of an ordinary ticket
_NARROW = 70 * MM  # below it the words stand under the code, not beside it
_UNDER = 13 * MM  # those words
_BAND = 9 * MM  # above and below, in practice
_ROLLS = 100 * MM
_PER_SHEET = 4
_LEAD = 13.5
_WAIT = "Mohon menunggu panggilan petugas. Gratis."


def draw_ticket(values: TicketValues, profile: Profile = TICKET) -> bytes:
    """Draw the ticket: black only, the number large; a long service name makes it longer."""
    return draw_tickets((values,), profile)


def draw_tickets(values: Sequence[TicketValues], profile: Profile = TICKET) -> bytes:
    """Draw tickets one after another; on A4 or F4 four on a sheet, with lines to cut along.

    ValueError without a ticket.
    """
    if not values:
        raise ValueError("no ticket to draw")
    sheet = profile.sheet
    wide, high = sheet.width * MM, sheet.height * MM
    if wide > _ROLLS:
        return _sheets(values, (wide, high))
    band = _BAND if values[0].head.practice else 0.0
    longest = max(_height(one, wide) for one in values)
    slip = Slip(values[0].head, (wide, longest + 2 * band), _title(values))
    for one in values:
        slip.new_page()
        _ticket(slip.canvas, one, 0, longest + band, wide)
    return slip.bytes()


def _title(values: Sequence[TicketValues]) -> str:
    return f"Nomor Antrian {', '.join(one.number for one in values)}"


def _sheets(values: Sequence[TicketValues], size: tuple[float, float]) -> bytes:
    """Draw four tickets on a sheet, each in the middle of its quarter."""
    wide, high = size
    slip = Slip(values[0].head, size, _title(values))
    for n, one in enumerate(values):
        place = n % _PER_SHEET
        if place == 0:
            slip.new_page()
            rule(slip.canvas, 0, high / 2, wide, high / 2, HAIR, (4, 3))
            band = 2 * _BAND if one.head.practice else 0.0  # whose words no line runs through
            rule(slip.canvas, wide / 2, band, wide / 2, high - band, HAIR, (4, 3))
        x = (wide / 2 - _WIDE) / 2 + (wide / 2 if place % 2 else 0)
        top = high - (high / 2 - _height(one, _WIDE)) / 2 - (high / 2 if place > 1 else 0)
        _ticket(slip.canvas, one, x, top, _WIDE)
    return slip.bytes()


def _margin(wide: float) -> float:
    return (4 if wide > _NARROW else 5) * MM


def _service(values: TicketValues, wide: float) -> tuple[str, ...]:
    return wrap(values.service, BOLD, 11, wide - 2 * _margin(wide))


def _height(values: TicketValues, wide: float) -> float:
    extra = max(0, len(_service(values, wide)) - 2) * _LEAD
    return _HIGH + extra + (_UNDER if wide < _NARROW else 0)


def _ticket(c: "Canvas", values: TicketValues, x: float, top: float, wide: float) -> None:
    margin = _margin(wide)
    room, mid, left, right = wide - 2 * margin, x + wide / 2, x + margin, x + wide - margin
    _office(c, mid, top, values.head.name, room)
    what = "NOMOR ANTRIAN PELAYANAN"
    text(c, mid, top - 13.5 * MM, what, REGULAR, fit_size(what, REGULAR, 10, room, 8), "c")
    rule(c, left, top - 16.5 * MM, right, top - 16.5 * MM, 1)
    size = fit_size(values.number, BOLD, 58, room, 20)
    text(c, mid, top - 36.5 * MM, values.number, BOLD, size, "c")
    y = lines_of(c, mid, top - 42 * MM, _service(values, wide), BOLD, 11, _LEAD, "c") - 5 * MM
    issued = values.issued
    when = f"{day_name(issued)}, {long_date(issued)}   {clock(issued)} {values.zone}"
    text(c, mid, y, when, REGULAR, fit_size(when, REGULAR, 10.5, room, 7.5), "c")
    rule(c, left, y - 3.5 * MM, right, y - 3.5 * MM, 1)
    qr(c, left, y - 4.5 * MM, 24 * MM, values.qr)
    beside = left + 25 * MM if wide < _NARROW else left + 26 * MM
    code = fit_size(values.file_code, BOLD, 13, right - beside, 8)
    text(c, beside, y - 10.5 * MM, "Kode berkas", REGULAR, 9)
    text(c, beside, y - 15.5 * MM, values.file_code, BOLD, code)
    if wide < _NARROW:
        rows = wrap(hold(_WAIT), REGULAR, 10, room)
        lines_of(c, mid, y - 30 * MM, rows, REGULAR, 10, 12, "c")
        return
    text(c, beside, y - 21 * MM, "Mohon menunggu", REGULAR, 10)
    text(c, beside, y - 25.2 * MM, "panggilan petugas. Gratis.", REGULAR, 10)


def _office(c: "Canvas", mid: float, top: float, name: str, room: float) -> None:
    """Draw the office's name on one line, or smaller on two."""
    size = fit_size(name, BOLD, 13, room, 9)
    if width(name, BOLD, size) <= room:
        text(c, mid, top - 8 * MM, name, BOLD, size, "c")
        return
    while len(wrap(name, BOLD, size, room)) > 2 and size > 6:
        size -= 0.5
    lines_of(c, mid, top - 3.4 * MM, wrap(name, BOLD, size, room), BOLD, size, size * 1.1, "c")
