"""What the books that are no service's own share: their codes, their form, how they are read.

Domain facts 3.3. Each is read in windows of bounded size, every one its own short transaction.
"""

from collections.abc import Callable, Iterator
from typing import Any

from kecamatan_desk.documents.book_values import BookForm, BookLine, Column
from kecamatan_desk.usecases.book_cells import NUMBER
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import Mark

OUTGOING, DELIVERY, RETURNED = "surat-keluar", "ekspedisi", "berkas-dikembalikan"
WINDOW = 2000  # rows looked through in one short transaction
Reader = Callable[[Desk, Period, Mark], Iterator[BookLine]]


def office_form(code: str, title: str, *columns: Column, **more: Any) -> BookForm:
    """Give the form of an office's book: lines without a number of their own, no continuation."""
    number = Column("No.", 9, align="c", struck=False) if code != OUTGOING else NUMBER
    return BookForm(code, title, (number, *columns), numbered=False, continues=False, **more)
