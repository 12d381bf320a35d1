"""Counted copies of a frozen letter."""

from kecamatan_desk.documents.copies import stamp_copy
from kecamatan_desk.documents.letters import draw_letter
from kecamatan_desk.documents.pictures import page_sizes
from tests.documents.samples import NINE, letter, pages, squeezed


def test_a_copy_is_the_same_pages_with_a_line_on_each() -> None:
    original = draw_letter(letter("= SURAT\n" + "Demikian surat ini dibuat.\n" * 60))
    reason = "lembar pertama rusak terkena air, lalu hilang dalam perjalanan ke kantor desa"
    copy = stamp_copy(original, 2, NINE, "WIB", "Dewi Kertajaya (Petugas Pelayanan)", reason)
    assert page_sizes(copy) == page_sizes(original)
    for before, after in zip(pages(original), pages(copy), strict=True):
        assert "SALINAN" not in before
        assert before in after
        assert "SALINAN ke-2" in after
        assert squeezed("12-05-2026, 09.14 WIB, oleh Dewi Kertajaya") in squeezed(after)
        assert squeezed(reason) in squeezed(after)
