"""Books that add up: sums of the page, brought forward, up to here; of the month; of the book."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kecamatan_desk.documents.book_values import EMPTY_STATES
from kecamatan_desk.documents.books import write_book
from tests.documents.samples import COUNTING, book, counting_lines, pages

_SUMS = re.compile(
    r"Jumlah halaman ini ([\d. ]+) Jumlah pindahan ([\d. ]+) Jumlah s\.d\. halaman ini ([\d. ]+)"
)


def figures(text: str) -> list[int]:
    return [int(part.replace(".", "")) for part in text.split()[:3]]


def written(folder: Path, count: int, **options: object) -> list[str]:
    target = folder / "buku.pdf"
    files = write_book(target, counting_lines(count), book(form=COUNTING), **options)  # type: ignore[arg-type]
    return [text for file in files for text in pages(file.read_bytes())[1:]]


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 40, 139])
def test_every_page_adds_up_and_hands_on(count: int, tmp_path: Path) -> None:
    body = written(tmp_path, count)
    lines = {line.number: line for line in counting_lines(count)}
    brought = [0, 0, 0]
    seen = 0
    for text in body:
        numbers = [n[8:][-3:] for n in re.findall(r"99170412\d{8}", text)]
        sums = _SUMS.search(text)
        if not numbers:
            assert sums is None  # a page of the closing statement alone
            continue
        seen += len(numbers)
        assert sums is not None
        valid = [lines[n] for n in numbers if lines[n].state not in EMPTY_STATES]
        own = [sum(line.counts[i] for line in valid) for i in range(3)]
        assert figures(sums[1]) == own
        assert figures(sums[2]) == brought
        brought = [a + b for a, b in zip(own, brought, strict=True)]
        assert figures(sums[3]) == brought
    assert seen == count
    last = body[-1]
    assert "Jumlah seluruhnya, tanpa nomor batal dan ditolak: Pengikut L" in last
    assert f"Nilai Rp{brought[2]:,} (".replace(",", ".") in last


def test_sums_go_on_over_volumes(tmp_path: Path) -> None:
    body = written(tmp_path, 139, pages_per_volume=3)
    found = [_SUMS.search(text) for text in body]
    ends = [figures(sums[3]) for sums in found if sums]
    begins = [figures(sums[2]) for sums in found if sums]
    assert begins == [[0, 0, 0], *ends[:-1]]
    assert len(ends) > 8


def test_months_name_their_sums(tmp_path: Path) -> None:
    everything = " ".join(written(tmp_path, 40))
    for month, name in ((1, "Januari"), (7, "Juli"), (12, "Desember")):
        own = [
            line
            for line in counting_lines(40)
            if line.day.month == month and line.state not in EMPTY_STATES
        ]
        men, women, amount = (sum(line.counts[i] for line in own) for i in range(3))
        rupiah = f"{amount:,}".replace(",", ".")
        assert re.search(
            rf"Jumlah bulan {name} 2026: \d+ nomor \([^)]+\); Pengikut L {men}, P {women}, "
            rf"Nilai Rp{rupiah}\.",
            everything,
        )


def test_an_empty_counting_book_has_no_page_sums(tmp_path: Path) -> None:
    (page,) = written(tmp_path, 0)
    assert "NIHIL" in page
    assert "Jumlah halaman ini" not in page


def test_amounts_of_any_size_stay_in_their_column(tmp_path: Path) -> None:
    target = tmp_path / "b.pdf"
    huge = [
        replace(line, counts=(0, 0, 10**15), cells=(*line.cells[:5], "1" + ".000" * 5, "", ""))
        for line in counting_lines(3)
    ]
    write_book(target, huge, book(form=COUNTING))
    page = " ".join(pages(target.read_bytes())[1:])
    assert page.count("1.000.000.000.000.000") >= 3
    assert "Nilai Rp2.000.000.000.000.000." in page  # no words for so much
