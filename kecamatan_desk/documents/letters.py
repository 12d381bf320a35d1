"""Letters: a template's blocks, the letterhead and the signature, laid out on a profile's paper."""

from dataclasses import replace
from io import BytesIO

from kecamatan_desk.documents.composer import FITS, Composer, Fit
from kecamatan_desk.documents.drawing import HAIR, box, new_canvas, practice_mark, rule, text
from kecamatan_desk.documents.endorsement import draw_endorsement
from kecamatan_desk.documents.pages import Placed, Sheet, paginate, sheet_of
from kecamatan_desk.documents.rendering import render
from kecamatan_desk.documents.template import parse
from kecamatan_desk.documents.typeface import MM, REGULAR, width
from kecamatan_desk.documents.values import LetterValues

_FOOT = 20 * MM  # rule, number and initials of a letter of several pages

__all__ = ["FITS", "Fit", "draw_letter", "page_count"]


def draw_letter(values: LetterValues) -> bytes:
    """Draw a letter as PDF. The same values give the same bytes.

    TemplateError when the template breaks its language; InputError for a character that the
    typeface lacks, or a "pengesahan" that would leave the paper; KeyError for an unknown paper.
    """
    if values.form == "pengesahan":
        return draw_endorsement(values)
    sheet, pages = _lay_out(values)
    buffer = BytesIO()
    c = new_canvas(buffer, sheet.size, values.title, values.head.name)
    for number, page in enumerate(pages, 1):
        if values.head.practice:
            practice_mark(c, *sheet.size)
        for top, unit in page:
            unit.draw(c, top)
        if len(pages) > 1:
            _foot(c, sheet, values.number or values.file_code, number, len(pages))
        c.showPage()
    c.save()
    return buffer.getvalue()


def page_count(values: LetterValues) -> int:
    """Tell how many pages the letter takes, without drawing it (for the fitting ladder)."""
    return 1 if values.form == "pengesahan" else len(_lay_out(values)[1])


def _lay_out(values: LetterValues) -> tuple[Sheet, list[list[Placed]]]:
    sheet = sheet_of(values.profile)
    blocks = render(parse(values.template), values.facts)
    composer = Composer(sheet, FITS[values.fit], values.head)
    composer.letter(blocks, values)
    pages = paginate(composer.units, sheet)
    if len(pages) > 1 and sheet.foot < _FOOT:  # several pages need room for their foot
        sheet = replace(sheet, foot=_FOOT)
        pages = paginate(composer.units, sheet)
    return sheet, pages


def _foot(c: object, sheet: Sheet, number: str, page: int, pages: int) -> None:
    """Number, page of pages, and a box for the initials on every page but the signed one."""
    low = sheet.foot - _FOOT
    rule(c, sheet.left, low + 18 * MM, sheet.right, low + 18 * MM, HAIR)
    below = width(number, REGULAR, 8) > sheet.full / 2 - 14 * MM  # no room beside the page number
    text(c, sheet.left, low + (12 if below else 13.5) * MM, number, REGULAR, 8)
    text(
        c,
        sheet.left if below else sheet.middle,
        low + (15.1 if below else 13.5) * MM,
        f"Halaman {page} dari {pages}",
        REGULAR,
        8,
        "l" if below else "c",
    )
    if page < pages:
        text(c, sheet.right - 21 * MM, low + 13.5 * MM, "Paraf:", REGULAR, 8, "r")
        box(c, sheet.right - 20 * MM, low + 17 * MM, 20 * MM, 9 * MM, HAIR)
