"""Papers of the counter."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from kecamatan_desk.documents.pictures import page_sizes
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
from tests.documents.samples import DAY, HEAD, LONG_NAME, NIK, NINE, PRACTICE, pages, squeezed

HALF, FULL, A4 = (215.0, 165.0), (215.0, 330.0), (210.0, 297.0)
SERVICE = "Rekomendasi Surat Keterangan Tidak Mampu (SKTM)"
CODE = "26-000123-K"
MASKED = "9917\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u20220002"
PAPERS = (
    PaperLine("Surat pengantar desa", "Asli", "ada", "", "Wajib"),
    PaperLine("Fotokopi KTP-el pemohon", "Fotokopi", "ada", "2 lembar", "Wajib"),
    PaperLine("Fotokopi Kartu Keluarga", "Fotokopi", "tidak", "Tidak terbaca", "Wajib"),
    PaperLine("Surat rujukan", "Asli", "tidak-perlu", "", "Bersyarat"),
    PaperLine("Foto rumah", "Asli", "", "", "Tambahan"),
)
ROUTE = (
    RouteLine("1-2", "Petugas Pelayanan", "terima berkas", 2, "12-05  09.14", "12-05  09.16"),
    RouteLine("3", "Kasi Pelayanan dan Perizinan", "verifikasi", 5, note="MS, nomor C-012"),
    RouteLine("4", "Petugas Register", "nomor agenda", 2),
    RouteLine("5", "Sekretaris Kecamatan", "tanda tangan", 5, decision=True),
)


def receipt(count: int = 1, papers: int = 5, **changes: object) -> ReceiptValues:
    items = tuple(
        ReceiptItem(
            f"26-00012{n}-K", SERVICE, datetime(2026, 5, 12, 9, 29 + n), PAPERS * (papers // 5)
        )
        for n in range(count)
    )
    values = ReceiptValues(
        HEAD, "KD1:26-000120-K", LONG_NAME, NIK, "sendiri", items, NINE, "WIB", 15, "DEWI KERTAJAYA"
    )
    return replace(values, **changes)  # type: ignore[arg-type]


def slip(count: int, **changes: object) -> ReturnSlipValues:
    shortages = tuple(
        Shortage(f"Dokumen ke-{n:02d}", "Tidak terbaca", "Fotokopi ulang yang jelas", "Desa")
        for n in range(1, count + 1)
    )
    values = ReturnSlipValues(
        HEAD, CODE, "KD1:" + CODE, LONG_NAME, NIK, SERVICE, 2, NINE, "WIB", shortages,
        date(2026, 6, 11), "Kasi Pelayanan dan Perizinan", "JOKO SURYADARMA, S.Sos.",
    )  # fmt: skip
    return replace(values, **changes)  # type: ignore[arg-type]


def checklist(papers: int = 5, **changes: object) -> ChecklistValues:
    values = ChecklistValues(
        HEAD, CODE, "KD1:" + CODE, LONG_NAME, NIK, "Mekarsari", SERVICE, NINE, "WIB",
        (("No. Antrian (langkah 3)", "C-012"), ("No. Agenda (langkah 4)", "")),
        PAPERS * (papers // 5), ROUTE, "ms", "JOKO SURYADARMA, S.Sos. (Kasi), 13-05-2026 08.35 WIB",
        printed="Diterbitkan 13-05-2026 08.35 WIB.",
    )  # fmt: skip
    return replace(values, **changes)  # type: ignore[arg-type]


def test_a_receipt_has_a_leaf_for_the_applicant_and_one_for_the_file() -> None:
    pdf = draw_receipt(receipt())
    assert page_sizes(pdf) == (HALF, HALF)
    first, second = pages(pdf)
    assert "Lembar 1: untuk pemohon" in first
    assert "Lembar 2: untuk berkas" in second
    for text in (first, second):
        assert squeezed(LONG_NAME) in squeezed(text)
        for part in (
            "26-000120-K",
            MASKED,
            "Selasa, 12 Mei 2026, 09.14 WIB",
            "Selasa, 12 Mei 2026, 09.29 WIB",
            "diberikan setelah verifikasi",
            "Rp0 (gratis)",
            "Tidak diperlukan",
            "DEWI KERTAJAYA",
        ):
            assert part in text
        assert NIK not in text


def test_a_receipt_of_several_requests_lists_every_file_and_its_papers() -> None:
    pdf = draw_receipt(receipt(3))
    assert page_sizes(pdf) == (FULL, FULL)
    text = pages(pdf)[0]
    for n in range(3):
        assert text.count(f"26-00012{n}-K") >= 2
        assert f"09.{29 + n} WIB" in text
    assert "3 (tiga) layanan" in text
    assert text.count("Fotokopi KTP-el pemohon") == 3


@pytest.mark.parametrize("papers", [10, 15, 40, 90])
def test_a_long_receipt_loses_no_paper_and_keeps_its_signatures(papers: int) -> None:
    pdf = draw_receipt(receipt(1, papers, leaves=("Satu",)))
    found = pages(pdf)
    assert sum(text.count("Foto rumah") for text in found) == papers // 5
    assert "Petugas Pelayanan," in found[-1]
    assert set(page_sizes(pdf)) <= {HALF, FULL}


def test_a_receipt_without_a_request_is_refused() -> None:
    with pytest.raises(ValueError, match="request"):
        draw_receipt(receipt(0))


@pytest.mark.parametrize("count", range(1, 8))
def test_a_return_slip_fits_half_a_sheet_or_takes_a_whole_one(count: int) -> None:
    pdf = draw_return_slip(slip(count))
    (text,) = pages(pdf)
    assert page_sizes(pdf) == ((HALF,) if count <= 3 else page_sizes(pdf))
    for n in range(1, count + 1):
        assert f"Dokumen ke-{n:02d}" in text
    assert "TIDAK MEMENUHI SYARAT (TMS) ke-2" in text
    assert "Kembali paling lambat Kamis, 11 Juni 2026." in text
    assert "JOKO SURYADARMA, S.Sos." in text
    assert MASKED in text


@pytest.mark.parametrize("count", [8, 20, 23, 24, 25, 26, 27, 60])
def test_a_long_return_slip_goes_on_and_is_signed_under_its_table(count: int) -> None:
    pdf = draw_return_slip(slip(count))
    assert set(page_sizes(pdf)) == {FULL}
    found = pages(pdf)
    everything = " ".join(found)
    for n in range(1, count + 1):
        assert everything.count(f"Dokumen ke-{n:02d}") == 1
    assert f"Dokumen ke-{count:02d}" in found[-1]
    assert "Kembali paling lambat" in found[-1]


def test_a_closed_request_is_directed_elsewhere() -> None:
    directed = slip(0, directed="Kantor Pertanahan", note="Bukan kewenangan kecamatan.")
    (text,) = pages(draw_return_slip(directed))
    assert "Silakan mengurusnya di Kantor Pertanahan." in text
    assert "Catatan: Bukan kewenangan kecamatan." in text
    assert "Kembali paling lambat" not in text
    assert "ke-2" not in text


def test_the_checklist_shows_papers_route_and_the_whole_nik() -> None:
    pdf = draw_checklist(checklist())
    assert page_sizes(pdf) == (A4,)
    (text,) = pages(pdf)
    assert squeezed(LONG_NAME) in squeezed(text)
    for part in (
        NIK,
        "C-012",
        "No. Agenda (langkah 4)",
        "Tidak terbaca",
        "Bersyarat",
        "12-05 09.14",
        "MS, nomor C-012",
        "setuju",
        "Diverifikasi oleh JOKO SURYADARMA",
        "Halaman 1 dari 1",
    ):
        assert part in text


def test_a_long_checklist_goes_on_a_second_page() -> None:
    found = pages(draw_checklist(checklist(15)))
    assert len(found) == 2
    assert found[0].count("Foto rumah") == 3
    assert "Kendali berkas" not in found[0]
    assert "Kendali berkas" in found[1]
    assert CODE in found[1]


def test_a_ticket_fits_the_roll_and_grows_with_the_service() -> None:
    values = TicketValues(HEAD, "C-012", SERVICE, NINE, "WIB", CODE, "KD1:" + CODE)
    pdf = draw_ticket(values)
    assert page_sizes(pdf) == ((80.0, 92.0),)
    (text,) = pages(pdf)
    for part in ("NOMOR ANTRIAN PELAYANAN", "C-012", "Selasa, 12 Mei 2026", "09.14 WIB", CODE):
        assert part in text
    ((_, high),) = page_sizes(draw_ticket(replace(values, service=SERVICE * 3)))
    assert high > 92


@pytest.mark.parametrize("count", [1, 12, 60])
def test_a_village_folder_lists_every_applicant(count: int) -> None:
    rows = tuple(
        FolderLine(f"26-{n:06d}-K", LONG_NAME, NIK, "Ahli Waris", "7 dari 7") for n in range(count)
    )
    values = FolderValues(
        HEAD, "TD-26-0007", "KD1:TD", "SUPRIYADI", "Mekarsari", NINE, "WIB", "DEWI", rows
    )
    pdf = draw_folder_receipt(values)
    assert set(page_sizes(pdf)) == {FULL}
    everything = " ".join(pages(pdf))
    for row in rows:
        assert everything.count(row.file_code) == 2  # two leaves
    assert everything.count("Pembawa berkas,") == 2
    assert NIK not in everything


def test_a_hand_over_names_receiver_and_paper() -> None:
    paper = HandedPaper("Surat Rekomendasi", "400.9.14.1/012/SKTM/SKMJ/V/2026", DAY)
    values = HandoverValues(
        HEAD, CODE, "KD1:" + CODE, LONG_NAME, NIK, SERVICE, (paper,), LONG_NAME, "Istri",
        "KTP-el", NINE, "WIB", "DEWI KERTAJAYA",
    )  # fmt: skip
    pdf = draw_handover(values)
    assert page_sizes(pdf) == (HALF, HALF)
    for text in pages(pdf):
        for part in ("Istri", "KTP-el", paper.number, "12 Mei 2026", "Yang menerima,", MASKED):
            assert part in text


def test_practice_is_marked_and_bytes_repeat() -> None:
    for draw, values in (
        (draw_receipt, receipt(2)),
        (draw_return_slip, slip(30)),
        (draw_checklist, checklist(15)),
    ):
        practised = replace(values, head=PRACTICE)
        pdf = draw(practised)  # type: ignore[operator]
        assert pdf == draw(practised)  # type: ignore[operator]
        for text in pages(pdf):
            assert text.count("BUKAN DOKUMEN RESMI, TIDAK BERLAKU") == 2
