"""Lembar padam listrik: every number has its line, every line its queue slip, on landscape F4."""

import io
import re

import pypdfium2
import pytest

from kecamatan_desk.documents.drawing import F4_LANDSCAPE
from kecamatan_desk.documents.reserve_sheets import (
    ReserveLine,
    ReservePart,
    ReserveValues,
    draw_reserve_sheets,
)
from kecamatan_desk.documents.values import OfficeHead

HEAD = OfficeHead(
    "PEMERINTAH KABUPATEN MEKARJAYA", "KECAMATAN SUKAMAJU", "", "", "Sukamaju", "", None, False
)
LONG = "400.12.2.1.88/{:03d}/SUSUNAN/KECAMATAN-SUKAMAJU-RAYA/VIII/2026"


def sheets(*amounts: int) -> list[str]:
    """Draw sheets with so many lines in each series; give the words of the pages."""
    parts = tuple(
        ReservePart(
            f"Seri {n}", tuple(ReserveLine(f"{i:03d}", LONG.format(i)) for i in range(1, a + 1))
        )
        for n, a in enumerate(amounts)
    )
    queue = tuple(f"P-{n:02d}" for n in range(1, sum(amounts) + 1))
    values = ReserveValues(HEAD, "12 Mei 2026", parts, queue, "Dicetak 12-05-2026 oleh Dewi.")
    document = pypdfium2.PdfDocument(io.BytesIO(draw_reserve_sheets(values)))
    for page in document:
        assert (round(page.get_width()), round(page.get_height())) == tuple(
            map(round, F4_LANDSCAPE)
        )
    return [page.get_textpage().get_text_bounded().replace("\r", "") for page in document]


@pytest.mark.parametrize("amounts", [(1,), (9,), (10,), (11,), (50, 3), (7, 7, 2)])
def test_every_number_has_a_line_and_a_slip(amounts: tuple[int, ...]) -> None:
    pages = sheets(*amounts)
    lines = [page for page in pages if "LEMBAR CADANGAN" in page]
    slips = [page for page in pages if "gunting menurut garis" in page]
    assert len(lines) + len(slips) == len(pages)
    assert sum(len(re.findall(r"^\d{3}$", page, re.M)) for page in lines) == sum(amounts)
    drawn = re.findall(r"^P-\d\d$", "\n".join(slips), re.M)
    assert len(set(drawn)) == len(drawn) == sum(amounts)
    assert len(slips) == -(-sum(amounts) // 15)
    for n, _ in enumerate(amounts):
        assert any(f"SERI SERI {n}" in page for page in lines)
    assert f"Lembar {len(lines)} dari {len(lines)}" in lines[-1]
