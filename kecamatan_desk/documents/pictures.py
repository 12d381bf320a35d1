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
    with opened(pdf) as document:
        sheet = document[page]
        scale = width_px / sheet.get_width()
        left = ceil(sheet.get_height() * scale) - top_px
        if left <= 0:
            return RawPicture(width_px, 0, 0, b"")
        below = max(left - rows, 0)
        # PDFium's wrapper rounds crops up; half a pixel less keeps them whole
        crops = [max(crop - 0.5, 0) / scale for crop in (0, below, 0, top_px)]
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
