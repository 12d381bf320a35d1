"""Perubahan sesudah penutupan: what became of a closed book's lines since, behind its closing."""

from collections.abc import Iterable
from itertools import chain

from kecamatan_desk.documents.book_layout import BAND, FOOT, Layout
from kecamatan_desk.documents.book_page import Volume
from kecamatan_desk.documents.book_values import BookForm, BookLine, Column

_WORDS = (
    "Perubahan sesudah penutupan: buku di depan tercetak seperti pada saat ditutup; yang berikut "
    "terjadi kemudian."
)


def changes_form(form: BookForm) -> BookForm:
    """Give the form of a closed book's appendix."""
    return BookForm(
        f"perubahan-{form.code}",
        f"Perubahan Sesudah Penutupan {form.title}",
        (
            Column("No.", 9, align="c"),
            Column("No. Agenda", 19, align="c"),
            Column("Tanggal Register", 20, align="c"),
            Column("Nama", 56),
            Column("Perubahan", 111),
            Column("Tanggal Perubahan", 20, align="c"),
            Column("Dicatat Oleh", 38),
            Column("Paraf", 22, align="c", signs=True),
        ),
        unit="perubahan",
        numbered=False,
    )


def append_changes(volume: Volume, form: BookForm, changes: Iterable[BookLine]) -> None:
    """Write the appendix on pages of its own; nothing when nothing has changed."""
    changes = iter(changes)
    first = next(changes, None)
    if first is None:
        return
    layout = Layout(changes_form(form))
    volume.use(layout)
    for number, change in enumerate(chain((first,), changes), 1):
        measured = layout.measure(number, change)
        if volume.page_open and volume.y - FOOT < measured.height:
            volume.close_page()
        if not volume.page_open:
            volume.open_page()
            volume.band(_WORDS, BAND)
        volume.row(measured)
    volume.close_page()
