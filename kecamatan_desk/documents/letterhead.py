"""Kop surat, the small head of slips, and the signature block."""

from io import BytesIO
from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import THICK, THIN, qr, rule, text
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, fit_size, hold, width, wrap
from kecamatan_desk.documents.values import OfficeHead, SignatureBlock

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PEN_ROOM = 22 * MM  # free for pen and stamp
_ARMS = (19 * MM, 22 * MM)  # field of the arms in the kop


def has_crest(head: OfficeHead) -> bool:
    """Tell whether something stands at the left of the head."""
    return head.logo is not None or head.practice or head.invented


def crest(c: "Canvas", head: OfficeHead, x: float, top: float, w: float, h: float) -> None:
    """Draw the regency's arms into a field, undistorted.

    An invented practice office without a picture gets invented arms; a real one gets none.
    """
    if head.logo is not None:
        from reportlab.lib.utils import ImageReader

        picture = ImageReader(BytesIO(head.logo))
        wide, high = picture.getSize()
        scale = min(w / wide, h / high)
        wide, high = wide * scale, high * scale
        c.drawImage(picture, x + (w - wide) / 2, top - (h + high) / 2, wide, high, mask="auto")
    elif has_crest(head):
        _invented_arms(c, x, top, w, h)


def _invented_arms(c: "Canvas", x: float, top: float, w: float, h: float) -> None:
    """Three waves and a rice stalk: no real regency's arms. Line art, so it copies well."""
    c.setLineWidth(1)
    p = c.beginPath()
    p.moveTo(x, top)
    p.lineTo(x + w, top)
    p.lineTo(x + w, top - 0.55 * h)
    p.curveTo(x + w, top - 0.85 * h, x + 0.6 * w, top - 0.95 * h, x + 0.5 * w, top - h)
    p.curveTo(x + 0.4 * w, top - 0.95 * h, x, top - 0.85 * h, x, top - 0.55 * h)
    p.close()
    c.drawPath(p)
    m = x + w / 2
    for i in range(3):
        y = top - (0.62 + 0.09 * i) * h
        p = c.beginPath()
        p.moveTo(x + 0.16 * w, y)
        p.curveTo(x + 0.33 * w, y + 0.06 * h, x + 0.38 * w, y + 0.06 * h, m, y)
        p.curveTo(x + 0.62 * w, y - 0.06 * h, x + 0.67 * w, y - 0.06 * h, x + 0.84 * w, y)
        c.drawPath(p)
    c.line(m, top - 0.56 * h, m, top - 0.1 * h)
    for i in range(4):
        y = top - (0.16 + 0.1 * i) * h
        c.line(m, y - 0.06 * h, m + 0.2 * w, y + 0.03 * h)
        c.line(m, y - 0.06 * h, m - 0.2 * w, y + 0.03 * h)


_Row = tuple[str, str, float, float]  # words, font, size, gap above


def _heading(words: str, font: str, size: float, least: float, room: float) -> list[_Row]:
    """Give a line of the kop; one too long even at its least size takes two, as large as fits."""
    fitted = fit_size(words, font, size, room, least)
    if width(words, font, fitted) > room:
        fitted = size
        while len(wrap(words, font, fitted, room)) > 2 and fitted > least:
            fitted -= 0.5
    return [(row, font, fitted, 0) for row in wrap(words, font, fitted, room)]


def _rows(head: OfficeHead, room: float) -> list[_Row]:
    rows = _heading(head.government, REGULAR, 14, 10, room)
    rows += _heading(head.name, BOLD, 19, 13, room)
    gap = 2  # above the address
    for words in (head.address, head.contact):
        for part in wrap(hold(words), REGULAR, 9, room) if words else ():
            rows.append((part, REGULAR, 9, gap))
            gap = 0
    return rows


def _lead(size: float) -> float:
    return size * (1.22 if size < 12 else 1.16)


def _inner(head: OfficeHead, left: float) -> float:
    """Give where the words may begin, beside the arms."""
    return left + (_ARMS[0] + 3 * MM if has_crest(head) else 0)


def letterhead(c: "Canvas", head: OfficeHead, left: float, right: float, top: float) -> float:
    """Draw the kop: three steps of type, arms at the left, a thick rule over a thin one.

    The lines stand on the middle of the text area; too wide, they move beside the arms, then
    shrink by half points, then take a second line. Give the y below the rules.
    """
    crest(c, head, left, top, *_ARMS)
    inner = _inner(head, left)
    rows = _rows(head, right - inner)
    half = max(width(words, font, size) for words, font, size, _ in rows) / 2
    middle = (left + right) / 2
    if middle - half < inner:
        middle = (inner + right) / 2
    y = top + 1 * MM
    for words, font, size, gap in rows:
        y -= _lead(size) + gap
        text(c, middle, y, words, font, size, "c")
    y = min(y - 2.2 * MM, top - _ARMS[1] - 1.2 * MM)
    rule(c, left, y, right, y, THICK)
    y -= THICK / 2 + 0.7 * MM
    rule(c, left, y, right, y, THIN)
    return y


def letterhead_height(head: OfficeHead, left: float, right: float) -> float:
    """Give the height the kop takes, rules included."""
    rows = _rows(head, right - _inner(head, left))
    type_height = sum(_lead(size) + gap for _, _, size, gap in rows) - 1 * MM + 2.2 * MM
    return max(type_height, _ARMS[1] + 1.2 * MM) + THICK / 2 + 0.7 * MM


def telephone(head: OfficeHead) -> str:
    """Give the office's first way to be reached: "Telepon (0999) 555-0117"."""
    return hold(head.contact.split(",")[0].strip())


def small_head(
    c: "Canvas",
    head: OfficeHead,
    edges: tuple[float, float],
    top: float,
    titles: tuple[str, str],
    code: tuple[str, str],
) -> float:
    """Draw the head of a slip: office at the left, title, QR at the right. Give the y of its rule.

    ``titles`` are title and line below it; ``code`` is the printed file code and the QR's content.
    """
    left, right = edges
    shown, content = code
    x = left
    if has_crest(head):
        crest(c, head, left, top, 10.5 * MM, 12.5 * MM)
        x += 13.5 * MM
    a = _small_office(c, head, x, top) + 4 * MM
    b = right - 19 * MM - max(width(shown, BOLD, 11), width("Kode berkas", REGULAR, 8))
    size = fit_size(titles[0], BOLD, 14, b - a, 9)
    text(c, (a + b) / 2, top - 5.6 * MM, titles[0], BOLD, size, "c")
    text(
        c,
        (a + b) / 2,
        top - 11 * MM,
        titles[1],
        REGULAR,
        fit_size(titles[1], REGULAR, 9.5, b - a, 7),
        "c",
    )
    qr(c, right - 15.5 * MM, top + 2.2 * MM, 17.5 * MM, content)
    text(c, right - 16 * MM, top - 4.2 * MM, "Kode berkas", REGULAR, 8, "r")
    text(c, right - 16 * MM, top - 9 * MM, shown, BOLD, 11, "r")
    y = top - 15.5 * MM
    rule(c, left, y, right, y, 1.2)
    return y


def _small_office(c: "Canvas", head: OfficeHead, x: float, top: float) -> float:
    """Draw who hands the slip out on three lines; long names take two each. Give the right edge."""
    room = 52 * MM
    lines = (
        (head.name, BOLD, 11.0, 8.0),
        (head.regency, REGULAR, 8.5, 6.5),
        (telephone(head), REGULAR, 8.5, 6.5),
    )
    rows: list[tuple[str, str, float]] = []
    for words, font, size, least in lines:
        fitted = fit_size(words, font, size, room, least)
        while fitted > 5 and len(wrap(words, font, fitted, room)) > 2:
            fitted -= 0.5
        rows += [(row, font, fitted) for row in wrap(words, font, fitted, room)]
    if len(rows) == len(lines):
        for (words, font, size), low in zip(rows, (4.2, 8.2, 12.0), strict=True):
            text(c, x, top - low * MM, words, font, size)
    else:
        lead = 14.2 * MM / len(rows)
        rows = [(words, font, min(size, lead / 1.08)) for words, font, size in rows]
        for n, (words, font, size) in enumerate(rows, 1):
            text(c, x, top + 0.2 * MM - n * lead, words, font, size)
    return x + max(width(words, font, size) for words, font, size in rows)


def hanging(block: SignatureBlock, size: float) -> float:
    """Give the width of what hangs in front of the titles."""
    return max((width(p + " ", REGULAR, size) for p, _ in block.titles if p), default=0)


def signature_height(
    block: SignatureBlock, size: float, lead: float, w: float, room: float = PEN_ROOM
) -> float:
    """Give the height of the block, as ``signature`` draws it."""
    room_for_words = w - hanging(block, size)
    rows = len(wrap(block.name, BOLD, size, room_for_words))
    rows += sum(len(wrap(title, REGULAR, size, room_for_words)) for _, title in block.titles)
    for words in (hold(block.place_date), block.rank):
        rows += len(wrap(words, REGULAR, size, room_for_words)) if words else 0
    return (rows + bool(block.nip)) * lead + room


def signature(
    c: "Canvas",
    x: float,
    top: float,
    w: float,
    block: SignatureBlock,
    size: float,
    lead: float,
    room: float = PEN_ROOM,
) -> float:
    """Draw place and date, titles, room for the pen, name, rank, NIP. Give the last base line."""
    y = top - size * 0.92
    hang = hanging(block, size)
    body = x + hang
    for row in wrap(hold(block.place_date), REGULAR, size, w - hang) if block.place_date else ():
        text(c, body, y, row, REGULAR, size)
        y -= lead
    for prefix, title in block.titles:
        text(c, x, y, prefix, REGULAR, size)
        for row in wrap(title, REGULAR, size, w - hang):
            text(c, body, y, row, REGULAR, size)
            y -= lead
    y -= room
    for row in wrap(block.name, BOLD, size, w - hang):
        text(c, body, y, row, BOLD, size)
        y -= lead
    for words in (block.rank, f"NIP {block.nip}" if block.nip else ""):
        for row in wrap(words, REGULAR, size, w - hang) if words else ():
            text(c, body, y, row, REGULAR, size)
            y -= lead
    return y + lead


def words_width(block: SignatureBlock, size: float) -> float:
    """Give the width at which name and titles each stay on one line, without what hangs."""
    titles = [width(title, REGULAR, size) for _, title in block.titles]
    return max([width(block.name, BOLD, size), *titles])
