"""Register books: every line once, closing statement whole, volumes, stopping."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kecamatan_desk.documents.book_layout import LEFT, RIGHT, Layout
from kecamatan_desk.documents.books import write_book
from kecamatan_desk.documents.pictures import page_count, page_sizes
from kecamatan_desk.documents.values import Cancelled
from tests.documents.samples import (
    COMMON,
    FORM,
    LONG_NAME,
    PRACTICE,
    book,
    lines,
    pages,
    squeezed,
)

CLOSING = (
    "Pada hari ini, Kamis tanggal tiga puluh satu bulan Desember tahun dua ribu dua puluh enam"
)


def written(folder: Path, count: int, **options: bool) -> list[str]:
    """Give the texts of a book's pages, cover first."""
    target = folder / "buku.pdf"
    some = lines(count, common=options.get("common", False))
    assert write_book(target, some, book(**options)) == (target,)
    return pages(target.read_bytes())


@pytest.mark.parametrize("count", range(140))
def test_the_book_is_whole_for_any_number_of_lines(count: int, tmp_path: Path) -> None:
    cover, *body = written(tmp_path, count)
    everything = " ".join(body)
    for n in range(1, count + 1):
        assert everything.count(f"99170412{n:08d}") == 1
    for n, text in enumerate(body, 1):
        assert f"Jilid 1 \u00b7 Halaman {n} dari {len(body)}" in text
        assert "Nama Pemohon" in text
        assert "Dicetak 31-12-2026 14.05 WIB" in text
    last = body[-1]
    assert CLOSING in last
    assert f"ditutup dengan jumlah {count} (" in last
    assert "Mengetahui, CAMAT SUKAMAJU," in last.replace("Sukamaju, 31 Desember 2026 ", "")
    assert "PETUGAS REGISTER," in last
    assert f"{len(body)} (" in cover
    for n in range(max(1, count - 1), count + 1):  # signatures never stand alone
        assert f"99170412{n:08d}" in last
    if not count:
        assert "NIHIL" in last
        assert "nihil" in cover


@pytest.mark.parametrize("count", [12, 59, 139])
def test_each_month_begins_with_two_lines_and_ends_with_its_sum(count: int, tmp_path: Path) -> None:
    _, *body = written(tmp_path, count)
    mark = re.compile(r"BULAN [A-Z]+ 2026(?! \(lanjutan\))|Jumlah bulan|99170412\d{8}|Jilid 1")
    kinds = ["".join(found.group().split()[:1]) for text in body for found in mark.finditer(text)]
    months = len({line.day.month for line in lines(count)})
    assert kinds.count("BULAN") == kinds.count("Jumlah") == months
    for n, kind in enumerate(kinds):
        if kind == "BULAN":
            assert kinds[n + 1].isdigit()
            assert kinds[n + 2].isdigit() or kinds[n + 2] == "Jumlah"  # a month of one line
        if kind == "Jumlah":
            assert kinds[n - 1].isdigit()


def test_sums_agree_with_the_lines(tmp_path: Path) -> None:
    count = 60
    *_, last = written(tmp_path, count)
    states = [line.state for line in lines(count)]
    for state, label in (
        ("diserahkan", "diserahkan"),
        ("belum", "belum diserahkan"),
        ("ditolak", "ditolak"),
        ("batal", "batal"),
    ):
        assert re.search(rf"\b{states.count(state)} \([a-z ]+\) {label}\b", last)
    inserted = sum(line.inserted for line in lines(count))
    assert f"{inserted} (delapan) di antaranya nomor sisipan" in last
    assert "yaitu nomor 001 sampai dengan nomor 060" in last
    assert "Buku Register SKTM Kecamatan Sukamaju tahun 2026 ditutup" in last


def test_void_and_refused_lines_stay_readable(tmp_path: Path) -> None:
    body = " ".join(written(tmp_path, 14)[1:])
    assert body.count("BATAL: KK keliru") == 2
    assert body.count("Tidak diterbitkan") == body.count("DITOLAK: bukan warga") == 2
    assert "400.9.14.1/005/SKTM" not in squeezed(body)  # a refused file got no letter
    assert "400.9.14.1/003/SKTM" in squeezed(body)
    assert squeezed(LONG_NAME) in squeezed(body)
    assert "SITI <B> & KAWAN" in body


def test_the_common_register_has_the_column_of_the_service(tmp_path: Path) -> None:
    for common, columns in ((False, 11), (True, 12)):
        layout = Layout(COMMON if common else FORM)
        assert len(layout.columns) == columns
        assert layout.edges[0] == LEFT
        assert layout.edges[-1] == pytest.approx(RIGHT, abs=0.1)
        body = " ".join(written(tmp_path, 3, common=common)[1:])
        assert ("Jenis Layanan" in body) == ("Ahli Waris" in body) == common


def test_an_open_book_says_so_and_is_not_signed(tmp_path: Path) -> None:
    cover, *body = written(tmp_path, 20, closed=False)
    assert "Buku ini belum ditutup; dicetak sampai dengan nomor 020." in body[-1]
    assert "CAMAT SUKAMAJU," not in body[-1]
    assert "Sampai dengan" in cover
    assert "Ditutup" not in cover


def test_the_cover_names_first_and_last_number_with_their_days(tmp_path: Path) -> None:
    cover, *body = written(tmp_path, 30)
    assert "tanggal 2 Januari 2026, nomor 001" in cover
    assert "nomor 030" in cover
    assert "Kode klasifikasi" in cover
    assert "Halaman" not in cover
    target = tmp_path / "buku.pdf"
    assert set(page_sizes(target.read_bytes())) == {(330.0, 215.0)}
    assert page_count(target.read_bytes()) == len(body) + 1


def test_practice_stands_on_every_page(tmp_path: Path) -> None:
    target = tmp_path / "buku.pdf"
    write_book(target, lines(30), book(PRACTICE))
    for text in pages(target.read_bytes()):
        assert text.count("BUKAN DOKUMEN RESMI, TIDAK BERLAKU") == 2


def test_volumes_follow_each_other(tmp_path: Path) -> None:
    target = tmp_path / "buku.pdf"
    target.write_bytes(b"an older, shorter book")
    files = write_book(target, lines(139), book(), pages_per_volume=4)
    assert [file.name for file in files] == [f"buku-{n}.pdf" for n in range(1, len(files) + 1)]
    assert sorted(tmp_path.iterdir()) == sorted(files)
    everything = ""
    for number, file in enumerate(files, 1):
        cover, *body = pages(file.read_bytes())
        assert f"Jilid {number}" in cover
        assert 1 <= len(body) <= 4
        assert f"Halaman {len(body)} dari {len(body)}" in body[-1]
        everything += " ".join(body)
    for n in range(1, 140):
        assert everything.count(f"99170412{n:08d}") == 1
    assert everything.count(CLOSING) == 1


def test_a_full_last_volume_is_not_followed_by_an_empty_one(tmp_path: Path) -> None:
    body = written(tmp_path, 60)[1:]
    files = write_book(tmp_path / "b.pdf", lines(60), book(), pages_per_volume=len(body))
    assert [file.name for file in files] == ["b.pdf"]


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "buku.pdf"
    target.write_bytes(b"yesterday's book")
    told: list[int] = []

    def progress(count: int) -> bool:
        told.append(count)
        return count < 400

    with pytest.raises(Cancelled):
        write_book(target, lines(2000), book(), progress, pages_per_volume=10)
    assert told == [200, 400]
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"yesterday's book"


def test_a_failing_source_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield from lines(300)
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        write_book(tmp_path / "buku.pdf", broken(), book())
    assert list(tmp_path.iterdir()) == []


def test_same_lines_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "a.pdf", tmp_path / "b.pdf"
    write_book(one, lines(80), book())
    write_book(two, lines(80), book())
    assert one.read_bytes() == two.read_bytes()


def test_a_story_in_a_cell_does_not_break_the_page(tmp_path: Path) -> None:
    from dataclasses import replace

    story = "Pada mulanya tidak ada yang mengetahui persoalan ini. " * 60
    long = [
        replace(line, cells=(*line.cells[:6], story, *line.cells[7:-1], story)) for line in lines(3)
    ]
    target = tmp_path / "buku.pdf"
    write_book(target, long, book())
    _, *body = pages(target.read_bytes())
    assert "CAMAT SUKAMAJU," in body[-1]
    assert " ".join(body).count("\u2026") == 6


def test_numbers_that_do_not_rise_are_no_range(tmp_path: Path) -> None:
    """A common book holds several series: from 001 to 001 would be said of five numbers."""
    several = [replace(line, number=f"{n % 3 + 1:03d}") for n, line in enumerate(lines(7))]
    for closed, words in (
        (True, "ditutup dengan jumlah 7 (tujuh) nomor, yaitu nomor urut 1 sampai dengan 7"),
        (False, "dicetak sampai dengan 7 nomor"),
    ):
        target = tmp_path / f"{closed}.pdf"
        write_book(target, several, book(closed=closed))
        *_, last = pages(target.read_bytes())
        assert words in last


def test_an_inserted_number_does_not_break_the_range(tmp_path: Path) -> None:
    one, two, three = lines(3)
    some = [replace(one, number="001"), replace(two, number="001.A"), replace(three, number="002")]
    target = tmp_path / "buku.pdf"
    write_book(target, some, book())
    *_, last = pages(target.read_bytes())
    assert "yaitu nomor 001 sampai dengan nomor 002" in last
