"""Queue ticket for an 80 mm roll, of which 72 mm can be printed."""

from kecamatan_desk.documents.drawing import lines_of, qr, rule, text
from kecamatan_desk.documents.slip_parts import Slip
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, wrap
from kecamatan_desk.documents.values import TicketValues
from kecamatan_desk.domain.indonesian import clock, day_name, long_date

_WIDE, _HIGH, _MARGIN = 80 * MM, 92 * MM, 4 * MM
_BAND = 9 * MM  # above and below, in practice


def draw_ticket(values: TicketValues) -> bytes:
    """Draw the ticket: black only, the number large; a long service name makes it longer."""
    room = _WIDE - 2 * _MARGIN
    service = wrap(values.service, BOLD, 11, room)
    extra = max(0, len(service) - 2) * 13.5
    band = _BAND if values.head.practice else 0.0
    high = _HIGH + extra + 2 * band
    slip = Slip(values.head, (_WIDE, high), f"Nomor Antrian {values.number}")
    slip.new_page()
    c, mid, top = slip.canvas, _WIDE / 2, high - band
    name = values.head.name
    text(c, mid, top - 8 * MM, name, BOLD, fit_size(name, BOLD, 13, room, 8), "c")
    text(c, mid, top - 13.5 * MM, "NOMOR ANTRIAN PELAYANAN", REGULAR, 10, "c")
    rule(c, _MARGIN, top - 16.5 * MM, _WIDE - _MARGIN, top - 16.5 * MM, 1)
    size = fit_size(values.number, BOLD, 58, room, 30)
    text(c, mid, top - 36.5 * MM, values.number, BOLD, size, "c")
    y = lines_of(c, mid, top - 42 * MM, service, BOLD, 11, 13.5, "c") - 5 * MM
    issued = values.issued
    when = f"{day_name(issued)}, {long_date(issued)}   {clock(issued)} {values.zone}"
    text(c, mid, y, when, REGULAR, fit_size(when, REGULAR, 10.5, room, 8), "c")
    rule(c, _MARGIN, y - 3.5 * MM, _WIDE - _MARGIN, y - 3.5 * MM, 1)
    qr(c, _MARGIN, y - 4.5 * MM, 24 * MM, values.qr)
    x = 30 * MM
    text(c, x, y - 10.5 * MM, "Kode berkas", REGULAR, 9)
    text(c, x, y - 15.5 * MM, values.file_code, BOLD, 13)
    text(c, x, y - 21 * MM, "Mohon menunggu", REGULAR, 10)
    text(c, x, y - 25.2 * MM, "panggilan petugas. Gratis.", REGULAR, 10)
    return slip.bytes()
