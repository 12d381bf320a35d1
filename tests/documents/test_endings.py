"""The refusal notice, the receipt of papers given back, and the requirement sheet, as pages."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from kecamatan_desk.documents.endings import draw_papers_back, draw_refusal
from kecamatan_desk.documents.requirement_sheet import draw_requirement_sheet
from kecamatan_desk.documents.slip_values import (
    PaperLine,
    PapersBackValues,
    RefusalValues,
    RequiredPaper,
    RequirementSheetValues,
)
from tests.documents.samples import HEAD, LONG_NAME

AT = datetime(2026, 5, 12, 9, 14, tzinfo=UTC)
HALF, FULL, A4 = (215, 165), (215, 330), (210, 297)


def refusal(**changed: object) -> RefusalValues:
    values = {
        "head": HEAD,
        "file_code": "26-000123-K",
        "qr": "KD1:26-000123-K",
        "applicant": "Siti Nurjanah",
        "nik": "9901015404910001",
        "service": "Rekomendasi Surat Keterangan Tidak Mampu (SKTM)",
        "refused": AT,
        "zone": "WIB",
        "reason": "Menurut pemeriksaan, pemohon masih tercatat sebagai warga kecamatan lain.",
        "basis": "STANDAR OPERASIONAL PROSEDUR (SOP) : SKTM, langkah 5: Menandatangani.",
        "agenda": "017",
        "signer_title": "Sekretaris Kecamatan",
        "signer": "DR. RATNA WIDYASTUTI, M.Si.",
        **changed,
    }
    return RefusalValues(**values)  # type: ignore[arg-type]


def back(papers: int, **changed: object) -> PapersBackValues:
    values = {
        "head": HEAD,
        "file_code": "26-000123-K",
        "qr": "KD1:26-000123-K",
        "applicant": "Siti Nurjanah",
        "nik": "9901015404910001",
        "service": "Surat Keterangan Ahli Waris",
        "ended": "Ditolak",
        "papers": tuple(
            PaperLine(f"Fotokopi KTP-el ahli waris {n}", "Fotokopi", "ada", "2 lembar")
            for n in range(papers)
        ),
        "returned": AT,
        "zone": "WIB",
        "officer": "Sari Dewi",
        **changed,
    }
    return PapersBackValues(**values)  # type: ignore[arg-type]


def read(pdf: bytes) -> tuple[list[tuple[int, int]], str]:
    """Give the page sizes in mm, rounded, and the text of all pages on one line."""
    document = pypdfium2.PdfDocument(pdf)
    sizes = [tuple(round(x / 72 * 25.4) for x in page.get_size()) for page in document]
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return sizes, " ".join(text.split())  # type: ignore[return-value]


def test_a_refusal_says_why_on_what_basis_and_where_to_object() -> None:
    sizes, text = read(draw_refusal(refusal()))

    assert sizes == [HALF, HALF]
    assert "masih tercatat sebagai warga kecamatan lain" in text
    assert "langkah 5: Menandatangani" in text
    assert "Sekretaris Kecamatan" in text
    assert "Ombudsman" in text
    assert "No. agenda" in text
    assert "9901" in text
    assert "9901015404910001" not in text


def test_without_an_agenda_number_none_is_spoken_of() -> None:
    _, text = read(draw_refusal(refusal(agenda="")))

    assert "agenda" not in text.lower()


def test_a_long_reason_takes_the_larger_sheet_and_is_whole() -> None:
    reason = " ".join(f"kata{n}" for n in range(160))

    sizes, text = read(draw_refusal(refusal(reason=reason, applicant=LONG_NAME)))

    assert sizes == [FULL, FULL]
    assert all(word in text for word in reason.split())


@pytest.mark.parametrize(
    ("papers", "sizes"), [(0, [HALF] * 2), (7, [HALF] * 2), (16, [FULL] * 2), (60, [FULL] * 4)]
)
def test_every_paper_given_back_is_named_on_both_leaves(
    papers: int, sizes: list[tuple[int, int]]
) -> None:
    found, text = read(draw_papers_back(back(papers)))

    assert found == sizes
    assert all(text.count(f"ahli waris {n} ") == 2 for n in range(papers))
    if not papers:
        assert "Tidak ada berkas yang tercatat diterima." in text


@pytest.mark.parametrize("papers", [1, 6, 40])
def test_the_requirement_sheet_names_every_paper_and_where_to_get_it(papers: int) -> None:
    values = RequirementSheetValues(
        HEAD,
        "Surat Keterangan Ahli Waris",
        tuple(RequiredPaper(f"Berkas {n} pemohon", "Asli", "Wajib", "Desa") for n in range(papers)),
        "15 menit",
        "Surat Keterangan Ahli Waris",
        "Senin sampai Jumat 08.00-16.00 WIB",
        "Dicetak 12-05-2026.",
    )

    sizes, text = read(draw_requirement_sheet(values))

    assert set(sizes) == {A4}
    assert all(f"Berkas {n} pemohon" in text for n in range(papers))
    assert "Rp0 (gratis)" in text
    assert text.count("Pengaduan dan saran") == 1
