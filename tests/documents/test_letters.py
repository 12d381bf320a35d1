"""Letters as they come out: text, pages, paper, typeface."""

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from kecamatan_desk.documents.letters import FITS, draw_letter, page_count
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.resources import resource
from kecamatan_desk.workflows.catalog import SERVICES
from tests.documents.samples import (
    HEAD,
    KASI,
    LONG_NAME,
    NUMBER,
    ONE_WORD,
    PRACTICE,
    letter,
    pages,
    squeezed,
)

SIMPLE = """= SURAT REKOMENDASI
= KETERANGAN TIDAK MAMPU
Berdasarkan surat tanggal {{tanggal}}, diterangkan bahwa:
-* Nama | {{nama}}
- NIK | 9917041203810002
- Alamat | Dusun Krajan RT 003 RW 001
> benar warga Kecamatan Sukamaju.
Demikian surat ini dibuat untuk dipergunakan sebagaimana mestinya.
"""
HEIRS = """= SURAT KETERANGAN AHLI WARIS
Ahli waris almarhum berjumlah {{waris-jumlah}} orang, yaitu:
[tabel waris]
No.=9c | Nama=46 | NIK=31c | Lahir=20c | Hubungan=28 | Keterangan=26
{{no}} | {{nama}} | {{nik}} | {{lahir}} | Anak kandung | {{ket}}
[/tabel]
> Isi pernyataan menjadi tanggung jawab para ahli waris.
Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.
"""


def heirs(count: int) -> dict[str, object]:
    rows = tuple(
        {
            "no": str(n),
            "nama": LONG_NAME if n == 7 else f"AHLI WARIS KE-{n}",
            "nik": f"99170412{n:08d}",
            "lahir": "12 Maret 1981",
            "ket": "Tinggal di luar daerah, surat kuasa terlampir" if n % 5 == 0 else "",
        }
        for n in range(1, count + 1)
    )
    return {"waris": rows, "waris-jumlah": str(count)}


def simple(name: str) -> dict[str, object]:
    return {"nama": name, "tanggal": "11 Mei 2026"}


def test_an_ordinary_letter_is_one_page_with_all_its_parts() -> None:
    (text,) = pages(draw_letter(letter(SIMPLE, simple("WAHYU PRATIKNO"))))
    for part in (
        "PEMERINTAH KABUPATEN TIRTAKENCANA",
        "KECAMATAN SUKAMAJU",
        "Telepon (0999) 555-0117",
        "SURAT REKOMENDASI",
        f"Nomor : {NUMBER}",
        "tanggal 11 Mei 2026",
        "WAHYU PRATIKNO",
        "RT 003 RW 001",
        "Sukamaju, 12 Mei 2026",
        "CAMAT SUKAMAJU,",
        "Drs. BAGUS HARTAWIJAYA, M.Si.",
        "NIP 19721305 199913 1 002",
        "Kode berkas 26-000123-K",
    ):
        assert part in text
    assert "Halaman" not in text
    assert "LATIHAN" not in text


@pytest.mark.parametrize(
    "name", [LONG_NAME, ONE_WORD * 2, "PT <Maju & Jaya>", "D'Arc \u2018n\u2019", "{{nik}} | = x"]
)
def test_any_name_is_printed_whole(name: str) -> None:
    text = "".join(pages(draw_letter(letter(SIMPLE, simple(name)))))
    assert squeezed(name) in squeezed(text)


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("A4", (210.0, 297.0)),
        ("F4", (215.0, 330.0)),
        ("FOLIO", (215.9, 330.2)),
        ("LEGAL", (215.9, 355.6)),
    ],
)
def test_paper_is_exact(paper: str, size: tuple[float, float]) -> None:
    pdf = draw_letter(letter(HEIRS, heirs(30), profile=Profile(paper)))
    assert set(page_sizes(pdf)) == {size}


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(KeyError, match="Kwarto"):
        draw_letter(letter(SIMPLE, simple("A"), profile=Profile("Kwarto")))


def test_a_character_that_cannot_be_printed_is_named() -> None:
    with pytest.raises(InputError, match=r"U\+6F22"):
        draw_letter(letter(SIMPLE, simple("A \u6f22")))


def test_same_values_same_bytes_and_never_scaled_by_the_printer() -> None:
    values = letter(SIMPLE, simple("WAHYU"), head=PRACTICE)
    first = draw_letter(values)
    again = subprocess.run(  # a fresh process: nothing depends on what was drawn before
        [
            sys.executable,
            "-c",
            "import sys; from tests.documents.test_letters import *;"
            "sys.stdout.buffer.write(draw_letter("
            "letter(SIMPLE, simple('WAHYU'), head=PRACTICE)))",
        ],
        capture_output=True,
        check=True,
    )
    assert first == draw_letter(values) == again.stdout
    assert re.search(rb"/PrintScaling\s*/None", first)


def test_every_font_is_embedded() -> None:
    document = pypdfium2.PdfDocument(draw_letter(letter(SIMPLE, simple("WAHYU"))))
    fonts = set()
    for found in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font = raw.FPDFTextObj_GetFont(found.raw)
        assert raw.FPDFFont_GetIsEmbedded(font) == 1
        buffer = (raw.c_char * 60)()
        raw.FPDFFont_GetBaseFontName(font, buffer, 60)
        fonts.add(buffer.value.decode())
    document.close()
    assert fonts == {"LiberationSans", "LiberationSans-Bold"}


@pytest.mark.parametrize("count", range(1, 45))
def test_the_signature_never_stands_alone(count: int) -> None:
    """Two rows (or all), the closing sentences and the signature are on the last page."""
    found = pages(draw_letter(letter(HEIRS, heirs(count))))
    last = found[-1]
    assert "CAMAT SUKAMAJU," in last
    assert "Demikian surat keterangan" in last
    for n in range(max(1, count - 1), count + 1):
        assert f"99170412{n:08d}" in last
    everything = "".join(found)
    for n in range(1, count + 1):
        assert everything.count(f"99170412{n:08d}") == 1


def test_several_pages_repeat_the_header_and_carry_a_foot() -> None:
    found = pages(draw_letter(letter(HEIRS, heirs(40))))
    assert len(found) >= 2
    for n, text in enumerate(found, 1):
        assert f"Halaman {n} dari {len(found)}" in text
        assert "Hubungan" in text
        assert NUMBER in text
        assert ("Paraf" in text) == (n < len(found))


def test_the_dates_of_a_column_stand_in_one_form() -> None:
    template = "= SURAT\n\n[tabel orang]\nNama=120 | Lahir=22\n{{nama}} | {{lahir}}\n[/tabel]\n"
    people = ({"nama": "Siti", "lahir": "26 Juli 1991"}, {"nama": "Eko", "lahir": "2 Mei 1990"})
    (narrow,) = pages(draw_letter(letter(template, {"orang": people})))
    assert "26 Juli 1991" in narrow
    long = (*people, {"nama": "Ade", "lahir": "12 September 1963"})

    (text,) = pages(draw_letter(letter(template, {"orang": long})))

    assert ("26-07-1991" in text, "02-05-1990" in text, "12-09-1963" in text) == (True,) * 3
    assert "Juli" not in text


def test_an_empty_cell_gets_a_dash_and_a_wide_date_its_short_form() -> None:
    (text,) = pages(draw_letter(letter(HEIRS, heirs(2))))
    assert text.count("\u2013") == 2
    assert text.count("12-03-1981") == 2


def test_the_fitting_ladder_goes_down() -> None:
    counts = [page_count(letter(HEIRS, heirs(16), fit=step)) for step in range(len(FITS))]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] == 1
    assert page_count(letter(HEIRS, heirs(16))) == len(pages(draw_letter(letter(HEIRS, heirs(16)))))


def test_copies_and_signature_places() -> None:
    template = (
        "= BERITA ACARA\nDemikian.\n[pihak]\nPihak Kesatu, | A\nPihak Kedua, | B\n"
        "Mengetahui, Camat | \n[/pihak]\n[tembusan]\nKapolsek\nArsip\n[/tembusan]"
    )
    (text,) = pages(draw_letter(letter(template, signature=None)))
    for part in ("Pihak Kesatu,", "Pihak Kedua,", "Mengetahui, Camat", "Tembusan: 1. Kapolsek"):
        assert part in text
    assert "BAGUS" not in text
    assert "Kode periksa" in text


def test_a_long_office_title_stays_on_one_line_beside_its_prefix() -> None:
    document = pypdfium2.PdfDocument(draw_letter(letter(SIMPLE, simple("WAHYU"), signature=KASI)))
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert any(
        line.strip() == "KEPALA SEKSI PELAYANAN DAN PERIZINAN," for line in text.splitlines()
    )
    assert any(line.split() == ["a.n.", "CAMAT", "SUKAMAJU,"] for line in text.splitlines())


def test_justified_lines_end_within_the_margin() -> None:
    """PDF's word space widens no-break spaces too; a line that forgot it ran over the edge."""
    words = "Berdasarkan surat tanggal 11 Mei 2026 dan tanggal 12 Mei 2026 serta RT 003 RW 001 "
    document = pypdfium2.PdfDocument(draw_letter(letter("= S\n" + words * 8)))
    page = document[0].get_textpage()
    rights = [page.get_rect(n)[2] for n in range(page.count_rects())]
    document.close()
    assert max(rights) <= 190 * 72 / 25.4 + 0.5


def test_practice_is_marked_on_every_page_and_the_code_stays_free() -> None:
    found = pages(draw_letter(letter(HEIRS, heirs(40), head=PRACTICE)))
    for text in found:
        assert text.count("BUKAN DOKUMEN RESMI, TIDAK BERLAKU") == 2


@pytest.mark.parametrize("code", SERVICES)
def test_every_letter_of_the_office_can_be_drawn_empty(code: str) -> None:
    """The worst a clerk can do: no value at all. It is still a letter with its signature."""
    for paper in SERVICES[code].letters:
        text = resource("letters", f"{paper.template}.txt").read_text(encoding="utf-8")
        found = pages(draw_letter(letter(text, title=paper.title)))
        assert NUMBER in found[0]
        assert "CAMAT SUKAMAJU," in found[-1]


def test_drawing_alone_loads_the_pdf_library() -> None:
    program = (
        "import sys, pkgutil, importlib, kecamatan_desk.documents as d\n"
        "for m in pkgutil.iter_modules(d.__path__):\n"
        "    importlib.import_module(f'kecamatan_desk.documents.{m.name}')\n"
        "assert not {'reportlab', 'pypdfium2', 'segno', 'PIL'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_arms_of_the_regency_are_drawn_undistorted() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (60, 90), (0, 90, 40, 128)).save(buffer, "PNG")
    head = replace(HEAD, logo=buffer.getvalue())
    values = letter(SIMPLE, simple("WAHYU"), head=head)
    pdf = draw_letter(values)
    assert pdf == draw_letter(values)
    document = pypdfium2.PdfDocument(pdf)
    (picture,) = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    left, low, right, top = picture.get_bounds()
    document.close()
    assert (top - low) / (right - left) == pytest.approx(1.5, rel=0.01)
    assert top - low == pytest.approx(22 * 72 / 25.4, rel=0.01)
