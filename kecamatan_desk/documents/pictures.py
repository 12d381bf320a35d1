"""Pictures of a PDF's pages for the screen, and its measures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from threading import Lock
from typing import Any

_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class RawPicture:
    """Pixels of a page: rows of ``stride`` bytes, four bytes a pixel in the order B G R X."""

    width: int
    height: int
    stride: int
    data: bytes


_PDFIUM = Lock()  # PDFium serves one thread at a time


def page_picture(pdf: bytes, page: int, width_px: int) -> RawPicture:
    """Picture a page, the first being 0, so wide. IndexError when there is no such page."""
    with opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(f"no page {page} among {len(document)}")
        sheet = document[page]
        scale = (width_px - 1e-3) / sheet.get_width()  # PDFium rounds up: never a pixel more
        bitmap = sheet.render(scale=scale, prefer_bgrx=True)
        picture = RawPicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        return picture


def page_band(pdf: bytes, page: int, width_px: int, top_px: int, rows: int) -> RawPicture:
    """Picture the rows of a page from ``top_px`` on, the whole page being ``width_px`` wide.

    A printer's page is taken in bands: at 600 dpi a whole F4 sheet would need 160 MB. Beyond the
    foot of the page there are no rows: the last band is shorter, or empty.
    """
    return page_part(pdf, page, width_px, (0, top_px, width_px, rows))


def page_part(pdf: bytes, page: int, width_px: int, part: tuple[int, int, int, int]) -> RawPicture:
    """Picture a part of a page (left, top, width, height), the whole being ``width_px`` wide.

    What lies beyond the page is left out; nothing of it on the page: the picture has no rows.
    """
    left, top, wide, high = part
    with opened(pdf) as document:
        sheet = document[page]
        scale = width_px / sheet.get_width()
        right = ceil(sheet.get_width() * scale) - left - wide
        rest = ceil(sheet.get_height() * scale) - top
        if rest <= 0 or right + wide <= 0:
            return RawPicture(wide, 0, 0, b"")
        # PDFium's wrapper rounds crops up; half a pixel less keeps them whole
        sides = (left, rest - high, right, top)
        crops = [max(side - 0.5, 0) / scale for side in sides]
        bitmap = sheet.render(scale=scale, crop=tuple(crops), prefer_bgrx=True)
        picture = RawPicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        return picture


def page_count(pdf: bytes) -> int:
    """Tell how many pages a PDF has."""
    with opened(pdf) as document:
        return len(document)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Give width and height of each page in millimetres, to a tenth."""
    with opened(pdf) as document:
        sizes = [document.get_page_size(n) for n in range(len(document))]
    return tuple((round(wide * _MM, 1), round(high * _MM, 1)) for wide, high in sizes)


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """Give the PDFium document; other threads wait until it is closed again."""
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
