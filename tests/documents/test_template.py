"""The language of letter texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecamatan_desk.documents.rendering import (
    Copies,
    Facts,
    Heading,
    Identity,
    Item,
    Paragraph,
    Parties,
    Table,
    Title,
    render,
)
from kecamatan_desk.documents.template import TemplateError, names, parse

WHOLE = """
{{! a comment }}
= SURAT
= {{jenis}}
Pembuka {{nama}}.
> tanpa lekuk
-* Nama | {{nama}}
- NIK | {{nik}}
## I. Bagian
# satu
# dua
> sela
# satu lagi
[tabel anak]
No.=9c | Nama=46.5
{{no}} | {{nama}}
[/tabel]
[tembusan]
Kapolsek
{{#nik}}
Danramil
{{/nik}}
[/tembusan]
[pihak]
Pihak Kesatu, | {{nama}}
{{#anak}}
Saksi {{no}}, | {{nama}}
{{/anak}}
[/pihak]
"""


def blocks(text: str, facts: Facts | None = None) -> tuple[object, ...]:
    return render(parse(text), facts or {})


def test_every_kind_of_line() -> None:
    children = ({"no": "1", "nama": "A"}, {"no": "2", "nama": "B"})
    facts = {"jenis": "KETERANGAN", "nama": "WAHYU", "nik": "", "anak": children}
    found = blocks(WHOLE, facts)
    assert found[:5] == (
        Title("SURAT"),
        Title("KETERANGAN"),
        Paragraph("Pembuka WAHYU.", indented=True),
        Paragraph("tanpa lekuk", indented=False),
        Identity("Nama", "WAHYU", bold=True),
    )
    assert Heading("I. Bagian") in found
    items = [block for block in found if isinstance(block, Item)]
    assert items == [Item(1, "satu"), Item(2, "dua"), Item(1, "satu lagi")]
    (table,) = [block for block in found if isinstance(block, Table)]
    assert table.rows == (("1", "A"), ("2", "B"))
    assert [(c.head, c.width, c.centred) for c in table.columns] == [
        ("No.", 9.0, True),
        ("Nama", 46.5, False),
    ]
    assert found[-2] == Copies(("Kapolsek",))
    assert found[-1] == Parties((("Pihak Kesatu,", "WAHYU"), ("Saksi 1,", "A"), ("Saksi 2,", "B")))


def test_a_row_without_value_and_a_table_without_rows_are_left_out() -> None:
    text = "- NIK | {{nik}}\n[tabel anak]\nNo.=9\n{{no}}\n[/tabel]"
    assert blocks(text, {"nik": "", "anak": ()}) == ()


def test_sections_and_their_opposites() -> None:
    text = "{{#a}}\nada {{a}}\n{{/a}}\n{{^a}}\ntiada\n{{/a}}"
    assert blocks(text, {"a": "x"}) == (Paragraph("ada x", indented=True),)
    assert blocks(text, {"a": ""}) == (Paragraph("tiada", indented=True),)
    assert blocks(text, {"a": False}) == (Paragraph("tiada", indented=True),)
    assert blocks(text) == (Paragraph("tiada", indented=True),)


def test_sections_inside_a_line_nest_and_leave_no_hole() -> None:
    text = "> Surat{{#n}} Nomor {{n}}{{#t}} tanggal {{t}}{{/t}}{{/n}} dari {{x}} desa"
    assert blocks(text, {"n": "7", "t": "hari ini", "x": "si"}) == (
        Paragraph("Surat Nomor 7 tanggal hari ini dari si desa", indented=False),
    )
    assert blocks(text, {"n": "", "t": "hari ini"}) == (
        Paragraph("Surat dari desa", indented=False),
    )


def test_a_row_sees_its_own_names_before_the_letters() -> None:
    text = "{{#anak}}\n# {{nama}} di {{tempat}}\n{{/anak}}"
    facts = {"nama": "luar", "tempat": "Sukamaju", "anak": ({"nama": "dalam"},)}
    assert blocks(text, facts) == (Item(1, "dalam di Sukamaju"),)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_value_is_never_parsed(value: str) -> None:
    found = blocks("> [{{x}}]", {"x": value})
    assert found == (Paragraph(f"[{value}]", indented=False),)


@pytest.mark.parametrize("value", ["{{nik}}", "= judul", "[pihak]", "<b>", "a | b", "{{/x}}"])
def test_a_value_that_looks_like_the_language_stays_as_typed(value: str) -> None:
    assert blocks("- Nama | {{x}}", {"x": value, "nik": "1"}) == (Identity("Nama", value, False),)


def test_names_are_those_of_every_corner() -> None:
    text = (
        "{{#a}}\n{{^b}}\n- L{{c}} | {{#d}}{{e}}{{/d}}\n{{/b}}\n{{/a}}\n"
        "[tabel f]\nH=9\n{{g}}\n[/tabel]\n[pihak]\nX | {{h}}\n[/pihak]"
    )
    assert names(parse(text)) == frozenset("abcdefgh")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("ok\n{{#a}}\nx", 2, "tidak ditutup"),
        ("{{#a}}\n{{/b}}", 2, "tidak menutup"),
        ("{{/a}}", 1, "tidak menutup"),
        ("x {{#a}} y", 1, "tidak ditutup"),
        ("x {{/a}}", 1, "tidak menutup"),
        ("x {{a", 1, "kurawal"),
        ("x }} y", 1, "kurawal"),
        ("{{Nama}}", 1, "huruf kecil"),
        ("[kotak]", 1, "tidak dikenal"),
        ("a\n\n[pihak]\nx | y", 3, "tidak ditutup"),
        ("[/pihak]", 1, "tidak menutup"),
        ("[tembusan]\n[pihak]\n[/pihak]\n[/tembusan]", 2, "tidak dikenal"),
        ("- Nama", 1, "Label | nilai"),
        ("{{#a}}- Nama | x{{/a}}", 1, "awal baris"),
        ("[tabel]\nA=9\nx\n[/tabel]", 1, "kode isian"),
        ("[tabel a]\nA\nx\n[/tabel]", 2, "lebar"),
        ("[tabel a]\nA=90 | B=71\nx | y\n[/tabel]", 2, "161 mm"),
        ("[tabel a]\nA=9\nx | y\n[/tabel]", 3, "2 sel untuk 1 kolom"),
        ("[tabel a]\nA=9\nx\ny\n[/tabel]", 4, "ditutup"),
        ("[tabel a]\nA=9\nx", 3, "tidak ditutup"),
        ("[tabel a]\nA=0\nx\n[/tabel]", 2, "paling sedikit 7 mm"),
        ("[tabel a]\n{{b}}=9\nx\n[/tabel]", 2, "kurawal"),
        ("a\nNama | {{a}}", 2, "tanda |"),
        ("- Nama | {{a}} | {{b}}", 1, "tanda |"),
        ("[pihak]\nX | {{a}} | b\n[/pihak]", 2, "tanda |"),
        ("- Nama |", 1, "nilainya kosong"),
        ("- | {{a}}", 1, "labelnya kosong"),
        ("ok\n> {nama}", 2, "hanya satu"),
        ("=SURAT", 1, "harus ada spasi"),
        ("#satu", 1, "harus ada spasi"),
        ("-Nama | x", 1, "harus ada spasi"),
        ("{{#a}}\n{{#b}}\nx\n{{/a}}\n{{/b}}", 4, "Yang ditunggu {{/b}}, dibuka pada baris 2"),
        ("> {{#a}}{{#b}}x{{/a}}{{/b}}", 1, "Yang ditunggu {{/b}}"),
        ("{{#a}}\n" * 13 + "{{/a}}\n" * 13, 13, "paling banyak 12 tingkat"),
        ("> " + "{{#a}}" * 12 + "x" + "{{/a}}" * 12, 1, "paling banyak 12 tingkat"),
        ("[tabel a]\nA=9\nx\n\n\n", 3, "tidak ditutup"),
        ("{{! a }} teks {{B}}", 1, "huruf kecil"),
        ("a\x0bb\n{{", 2, "kurawal"),
    ],
)
def test_mistakes_are_named_with_their_line(text: str, line: int, words: str) -> None:
    with pytest.raises(TemplateError, match=words) as caught:
        parse(text)
    assert f"baris {line}:" in str(caught.value)
    assert (caught.value.line, caught.value.field) == (line, f"baris-{line}")
    assert caught.value.reason in str(caught.value)


@pytest.mark.parametrize("text", ["{{#a}}\n" * 9000, "> " + "{{#a}}" * 9000, "[pihak]\n" * 9000])
def test_no_depth_is_too_deep_to_be_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        parse(text)


def test_a_comment_swallows_nothing_that_follows_it() -> None:
    assert blocks("{{! satu }} > {{x}} {{! dua }}", {"x": "isi"}) == (
        Paragraph("> isi", indented=True),
    )
