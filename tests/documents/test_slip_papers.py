"""Slips and tickets lie on the paper of this PC: halves, two or four on a sheet, or a roll."""

from dataclasses import replace
from datetime import date, datetime

import pypdfium2
import pytest

from kecamatan_desk.documents.pictures import page_picture, page_sizes
from kecamatan_desk.documents.profiles import LETTER, PAPERS, SLIP, TICKET
from kecamatan_desk.documents.slip_values import (
    ChecklistValues,
    FolderLine,
    FolderValues,
    HandedPaper,
    HandoverValues,
    PaperLine,
    ReceiptItem,
    ReceiptValues,
    ReturnSlipValues,
    RouteLine,
    Shortage,
    TicketValues,
)
from kecamatan_desk.documents.slips import (
    draw_checklist,
    draw_folder_receipt,
    draw_handover,
    draw_receipt,
    draw_return_slip,
    draw_ticket,
)
from kecamatan_desk.documents.ticket import draw_tickets
from kecamatan_desk.documents.values import OfficeHead
from tests.documents.samples import DAY, HEAD, LONG_NAME, NIK, NINE, PRACTICE, pages, squeezed

MM = 72 / 25.4
SERVICE = "Rekomendasi Surat Keterangan Tidak Mampu (SKTM)"
CODE = "26-000123-K"
SHEETS = {  # paper -> an ordinary slip's page, a long one's
    "F4-2": ((215.0, 165.0), (215.0, 330.0)),
    "A5": ((210.0, 148.0), (210.0, 297.0)),
    "A4": ((210.0, 297.0), (210.0, 297.0)),
    "F4": ((215.0, 330.0), (215.0, 330.0)),
    "FOLIO": ((215.9, 330.2), (215.9, 330.2)),
}


def receipt(papers: int) -> ReceiptValues:
    """Give a receipt of so many papers."""
    paper = PaperLine("Fotokopi Kartu Keluarga", "Fotokopi", "tidak", "Tidak terbaca", "Wajib")
    item = ReceiptItem(CODE, SERVICE, datetime(2026, 5, 12, 9, 29), (paper,) * papers)
    return ReceiptValues(
        HEAD, "KD1:" + CODE, LONG_NAME, NIK, "sendiri", (item,), NINE, "WIB", 15, "DEWI KERTAJAYA"
    )


def slip(count: int) -> ReturnSlipValues:
    """Give a return slip with so many shortages."""
    shortages = tuple(
        Shortage(f"Dokumen ke-{n:02d}", "Tidak terbaca", "Fotokopi ulang yang jelas", "Desa")
        for n in range(1, count + 1)
    )
    return ReturnSlipValues(
        HEAD, CODE, "KD1:" + CODE, LONG_NAME, NIK, SERVICE, 2, NINE, "WIB", shortages,
        date(2026, 6, 11), "Kasi Pelayanan dan Perizinan", "JOKO SURYADARMA, S.Sos.",
    )  # fmt: skip


def handover() -> HandoverValues:
    """Give a hand-over to somebody with a long name."""
    paper = HandedPaper("Surat Rekomendasi", "400.9.14.1/012/SKTM/SKMJ/V/2026", DAY)
    return HandoverValues(
        HEAD, CODE, "KD1:" + CODE, LONG_NAME, NIK, SERVICE, (paper,), LONG_NAME, "Istri",
        "KTP-el", NINE, "WIB", "DEWI KERTAJAYA",
    )  # fmt: skip


def ticket(number: str = "A-012", service: str = SERVICE, head: OfficeHead = HEAD) -> TicketValues:
    """Give a ticket."""
    return TicketValues(head, number, service, NINE, "WIB", CODE, "KD1:" + CODE)


def letters_within(pdf: bytes, edge: float, ends: float = 0) -> bool:
    """Tell whether every letter stands so many mm from the edges; ``ends``: from head and foot."""
    document, inside = pypdfium2.PdfDocument(pdf), True
    for page in document:
        wide, high = page.get_size()
        words = page.get_textpage()
        for n in range(words.count_chars()):
            left, low, right, top = words.get_charbox(n)
            if right - left > 0.1:  # no space
                inside &= min(left, wide - right) > edge * MM
                inside &= min(low, high - top) > (ends or edge) * MM
    document.close()
    return inside


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize("count", [1, 14])
def test_every_slip_is_laid_on_the_paper_of_this_pc(paper: str, count: int) -> None:
    half, full = SHEETS[paper]
    profile = replace(SLIP, paper=paper)

    for pdf in (draw_receipt(receipt(count), profile), draw_return_slip(slip(count), profile)):
        assert set(page_sizes(pdf)) == {half if count == 1 else full}
        assert letters_within(pdf, 4)
    text = squeezed(" ".join(pages(pdf)))
    assert all(f"Dokumenke-{n:02d}" in text for n in range(1, count + 1))


@pytest.mark.parametrize("paper", SHEETS)
def test_hand_over_and_folder_are_laid_on_it_too(paper: str) -> None:
    half, full = SHEETS[paper]
    profile = replace(SLIP, paper=paper)
    line = FolderLine(CODE, LONG_NAME, NIK, "Ahli Waris", "7 dari 7")
    folder = FolderValues(
        HEAD, "TD-26-0007", "KD1:TD", "SUPRIYADI", "Mekarsari", NINE, "WIB", "DEWI", (line,) * 60
    )

    assert set(page_sizes(draw_handover(handover(), profile))) == {half}
    assert set(page_sizes(draw_folder_receipt(folder, profile))) == {full}
    assert letters_within(draw_folder_receipt(folder, profile), 4)


def test_two_leaves_share_a_whole_sheet_each_as_it_was() -> None:
    apart = draw_receipt(receipt(3))
    shared = draw_receipt(receipt(3), replace(SLIP, paper="F4"))

    assert len(page_sizes(shared)) == 1
    for leaf in (0, 1):
        whole, half = page_picture(shared, 0, 2150), page_picture(apart, leaf, 2150)
        for mm in range(2, 163, 3):
            row = whole.data[(165 * leaf + mm) * 10 * whole.stride :][: 2150 * 4 : 4]
            own = half.data[mm * 10 * half.stride :][: 2150 * 4 : 4]
            dark, own_dark = sum(v < 128 for v in row), sum(v < 128 for v in own)
            assert dark == pytest.approx(own_dark, abs=30)


@pytest.mark.parametrize(("paper", "edge"), [("T80", 4), ("T58", 5)])
@pytest.mark.parametrize("head", [HEAD, replace(HEAD, name="KECAMATAN " + "PANJANG " * 3)])
def test_a_ticket_keeps_to_what_its_printer_can_print(
    paper: str, edge: float, head: OfficeHead
) -> None:
    for one in (ticket(head=head), ticket("PTM-1234", SERVICE * 2, head)):
        pdf = draw_ticket(one, replace(TICKET, paper=paper))

        assert page_sizes(pdf)[0][0] == float(paper[1:])
        assert letters_within(pdf, edge - 0.2, ends=3)
        (text,) = pages(pdf)
        for part in (one.number, CODE, "Gratis."):
            assert part in text


def test_nothing_on_a_narrow_ticket_is_too_small_to_read() -> None:
    document = pypdfium2.PdfDocument(draw_ticket(ticket(), replace(TICKET, paper="T58")))
    sizes = {
        round(obj.get_bounds()[3] - obj.get_bounds()[1], 1)
        for obj in document[0].get_objects(filter=[1])
    }
    document.close()

    assert min(sizes) > 1.8 * MM  # an x-height and more


@pytest.mark.parametrize("paper", ["A4", "F4"])
@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (4, 1), (5, 2)])
def test_four_tickets_share_a_sheet(paper: str, count: int, sheets: int) -> None:
    numbers = [f"A-{n:03d}" for n in range(1, count + 1)]

    pdf = draw_tickets([ticket(n) for n in numbers], replace(TICKET, paper=paper))

    assert len(page_sizes(pdf)) == sheets
    assert letters_within(pdf, 6)
    for n, number in enumerate(numbers):
        assert pages(pdf)[n // 4].count(number) == 1


def test_a_sheet_without_a_ticket_is_refused() -> None:
    with pytest.raises(ValueError, match="no ticket"):
        draw_tickets(())


@pytest.mark.parametrize("paper", ["T58", "A4"])
def test_practice_is_marked_on_every_paper(paper: str) -> None:
    pdf = draw_ticket(ticket(head=PRACTICE), replace(TICKET, paper=paper))

    assert "LATIHAN" in pages(pdf)[0]


@pytest.mark.parametrize("paper", ["A4", "F4", "FOLIO", "LEGAL"])
def test_the_checklist_lies_on_the_paper_of_letters(paper: str) -> None:
    lines = tuple(
        PaperLine(f"Dokumen ke-{n:02d}", "Asli", "ada", "", "Wajib") for n in range(1, 19)
    )
    route = (RouteLine("1-2", "Petugas Pelayanan", "terima berkas", 2),) * 6
    values = ChecklistValues(
        HEAD, CODE, "KD1:" + CODE, LONG_NAME, NIK, "Mekarsari", SERVICE, NINE, "WIB", (), lines,
        route, "ms", "JOKO SURYADARMA, S.Sos.",
    )  # fmt: skip
    sheet = PAPERS[paper]

    pdf = draw_checklist(values, replace(LETTER, paper=paper))

    assert set(page_sizes(pdf)) == {(sheet.width, sheet.height)}
    assert letters_within(pdf, 4)
    text = squeezed(" ".join(pages(pdf)))
    assert all(f"Dokumenke-{n:02d}" in text for n in range(1, 19))
