"""The book's last lines beside the file in hand: whole, and the coming one in sight."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTextOption
from pytestqt.qtbot import QtBot

from kecamatan_desk.ui.screens.book_table import BookTable
from kecamatan_desk.ui.style import look
from kecamatan_desk.usecases.values import BookPage, BookRow

COLUMNS = (
    *("No.", "Nomor surat", "Tanggal", "Nama", "Pekerjaan", "Alamat", "Desa"),
    *("Keperluan", "Keterangan"),
)


def _cells(number: int, last: str) -> tuple[str, ...]:
    return (
        str(number),
        f"400.12.3.1/{number:03d}/MATI/KEC-SKM/XI/2026",
        "25-11-2026",
        "Kartika Nuraeni",
        "Karyawan swasta",
        "Kampung Pasir RT 005 RW 012",
        "Tirtasari",
        "keluarga telah berkumpul dari luar daerah",
        last,
    )


@pytest.fixture
def table(qtbot: QtBot) -> BookTable:
    table = BookTable()
    qtbot.addWidget(table)
    table.resize(854, 262)
    with qtbot.waitExposed(table):
        table.show()
    void = "BATAL: pemohon membatalkan sesudah nomor diberikan"
    rows = (
        BookRow(1, 1, 1, 10, _cells(1, "Diserahkan")),
        BookRow(2, 2, 2, 11, _cells(2, void), "void"),
    )
    coming = _cells(3, "akan ditulis")
    table.show_page(BookPage("Buku", COLUMNS, rows, 2, 1, coming), 2026)
    return table


def test_every_cell_has_room_for_its_words(table: BookTable) -> None:
    picture = QImage(10, 10, QImage.Format.Format_ARGB32)
    painter = QPainter(picture)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    bold, plain = look().font("captionb"), look().font("caption")
    lines = [place for place, row in enumerate(table.records.records) if len(row.cells[0]) < 4]
    assert len(lines) == 4  # the columns' numbers, two lines, the coming one
    for place in lines[1:]:
        row = table.records.records[place]
        for column in range(len(COLUMNS)):
            last = column == len(COLUMNS) - 1
            painter.setFont(bold if row.mark == "next" or (row.mark and last) else plain)
            area = table.visualRect(table.records.index(place, column))
            inner = QRectF(area.adjusted(look().px(5), 1, -look().px(3), -1))
            words = painter.boundingRect(inner, row.cells[column], option)
            assert words.height() <= inner.height(), row.cells[column]
    painter.end()


def test_the_coming_line_is_in_sight_at_once(table: BookTable) -> None:
    last = table.records.rowCount() - 1
    area = table.visualRect(table.records.index(last, 0))
    assert table.verticalScrollBar().maximum() > 0
    assert area.bottom() <= table.viewport().height()
    table.resize(640, 240)
    area = table.visualRect(table.records.index(last, 0))
    assert area.bottom() <= table.viewport().height()
