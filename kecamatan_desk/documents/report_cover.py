"""The covering letter of the monthly report: correspondence form, one A4 page."""

from string import capwords
from typing import Any

from kecamatan_desk.documents.drawing import HAIR, justified, lines_of, rule, text
from kecamatan_desk.documents.letterhead import letterhead, signature, words_width
from kecamatan_desk.documents.pages import sheet_of
from kecamatan_desk.documents.profiles import LETTER
from kecamatan_desk.documents.report_values import MonthlyReport, ReportValues
from kecamatan_desk.documents.report_words import decimal
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, hold, wrap
from kecamatan_desk.documents.values import SignatureBlock
from kecamatan_desk.domain.indonesian import grouped

_SHEET = sheet_of(LETTER)
_SIZE, _LEAD = 12.0, 12 * 1.15 * 1.15
_COLON = 22 * MM
_RECIPIENT = 106 * MM  # left edge of the recipient
_SIGN, _SIGN_MOST = 74 * MM, 95 * MM  # from the right edge to the signature's words
_INDENT = 12.5 * MM


def draw_cover(c: Any, values: ReportValues) -> None:
    """Draw the letter on the open page."""
    left, right = _SHEET.left, _SHEET.right
    y = letterhead(c, values.head, left, right, _SHEET.first_top) - 8 * MM
    dated = wrap(hold(values.place_date), REGULAR, _SIZE, right - _RECIPIENT)
    y = lines_of(c, _RECIPIENT, y, dated, REGULAR, _SIZE, _LEAD) - _LEAD * 0.6
    y = min(_particulars(c, values, y), _recipient(c, values, y)) - _LEAD * 0.8
    for words in _body(values):
        y = _paragraph(c, words, y) - _LEAD * 0.3
    y = _figures(c, values.report, y) - _LEAD * 0.4
    y = _paragraph(c, _CLOSE, y) - _LEAD * 1.2
    block = values.camat
    body = max(right - _SIGN_MOST, min(right - _SIGN, right - words_width(block, _SIZE)))
    undated = SignatureBlock("", block.titles, block.name, block.rank, block.nip)
    signature(c, body, y, right - body, undated, _SIZE, _LEAD)


def _particulars(c: Any, values: ReportValues, top: float) -> float:
    """Nomor, Sifat, Lampiran, Hal at the left."""
    left = _SHEET.left
    value = left + _COLON + 3.5 * MM
    room = _RECIPIENT - value - 5 * MM
    rows = (
        ("Nomor", values.cover.number),
        ("Sifat", values.cover.nature),
        ("Lampiran", "1 (satu) berkas"),
        ("Hal", f"Laporan PATEN bulan {values.report.name}"),
    )
    y = top
    for label, words in rows:
        base = y - _SIZE * 0.92
        text(c, left, base, label, REGULAR, _SIZE)
        text(c, left + _COLON, base, ":", REGULAR, _SIZE)
        if not words:  # for the pen
            rule(c, value, base - 1.5, value + room, base - 1.5, HAIR)
        parts = wrap(hold(words), REGULAR, _SIZE, room)
        y = lines_of(c, value, y, parts, REGULAR, _SIZE, _LEAD)
    return y


def _recipient(c: Any, values: ReportValues, top: float) -> float:
    first, *rest = values.cover.recipient.splitlines() or [""]
    room = _SHEET.right - _RECIPIENT
    y = top
    for words in (f"Yth. {first.removeprefix('Yth. ')}", *rest):
        rows = wrap(hold(words), REGULAR, _SIZE, room)
        y = lines_of(c, _RECIPIENT, y, rows, REGULAR, _SIZE, _LEAD)
    return y


_CLOSE = "Demikian laporan ini kami sampaikan. Atas perhatian Bapak/Ibu, kami ucapkan terima kasih."


def _body(values: ReportValues) -> tuple[str, ...]:
    report = values.report
    office = capwords(values.head.name)
    sent = (
        "Dengan hormat, bersama ini kami sampaikan Laporan Bulanan Penyelenggaraan Pelayanan "
        f"Administrasi Terpadu Kecamatan (PATEN) {office} {report.period}"
    )
    if report.is_nil:
        return (f"{sent}. Pada bulan ini tidak ada permohonan yang masuk maupun tersisa (NIHIL).",)
    return (f"{sent}, dengan ringkasan sebagai berikut:",)


def _paragraph(c: Any, words: str, top: float) -> float:
    left, right = _SHEET.left, _SHEET.right
    rows = wrap(hold(words), REGULAR, _SIZE, right - left, _INDENT)
    y = top - _SIZE * 0.92
    for place, row in enumerate(rows):
        x = left + (_INDENT if place == 0 else 0)
        if place == len(rows) - 1:
            text(c, x, y, row, REGULAR, _SIZE)
        else:
            justified(c, x, y, row, _SIZE, right - x)
        y -= _LEAD
    return top - len(rows) * _LEAD


def _figures(c: Any, report: MonthlyReport, top: float) -> float:
    """The sums, so that who reads the letter alone knows them."""
    if report.is_nil:
        return top
    total = report.total
    kept = "\u2013"
    if total.timed:
        kept = f"{decimal(total.share)}% ({grouped(total.within)} dari {grouped(total.timed)})"
    rows = (
        ("Sisa bulan lalu", grouped(total.carried)),
        ("Masuk", grouped(total.came)),
        ("Selesai", grouped(total.done)),
        ("Dikembalikan (TMS)", grouped(total.failed)),
        ("Ditolak/batal", grouped(total.refused)),
        ("Sisa bulan ini", grouped(total.left)),
        ("Selesai tepat waktu", kept),
    )
    left = _SHEET.left + _INDENT
    y = top - _SIZE * 0.92
    for label, words in rows:
        text(c, left, y, label, REGULAR, _SIZE)
        text(c, left + 50 * MM, y, ":", REGULAR, _SIZE)
        font = BOLD if label.startswith("Sisa bulan ini") else REGULAR
        text(c, left + 54 * MM, y, words, font, _SIZE)
        y -= _LEAD
    return top - len(rows) * _LEAD
