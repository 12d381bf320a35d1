"""The monthly report on paper: nothing lost, nothing parted, from an empty month to a full one."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.report import draw_report
from kecamatan_desk.documents.report_chart import scale_of
from kecamatan_desk.documents.report_sheet import write_report
from kecamatan_desk.documents.report_values import ReportRow
from kecamatan_desk.documents.report_words import TITLE, decimal, percent
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.workflows.catalog import SERVICES
from tests.documents.report_samples import SUBJECT, report, values
from tests.documents.samples import LONG_NAME, PRACTICE, pages, squeezed


def test_every_page_of_a_full_report_says_what_it_is() -> None:
    pdf = draw_report(values(report()))
    letter, *rest = pages(pdf)

    assert page_sizes(pdf) == ((210.0, 297.0), *[(330.0, 215.0)] * len(rest))
    for number, page in enumerate(rest, 1):
        assert f"Halaman {number} dari {len(rest)}" in page
        assert "Dicetak 31-05-2026 14.05 WIB" in page
    assert "Halaman" not in letter
    going_on = [page for page in rest if "(lanjutan)" in page]
    assert len(going_on) >= 4
    for page in going_on:  # header and column numbers stand on each page
        assert "No. " in page
        assert "1 2 3 4" in page


def test_the_sums_stand_with_all_services_on_the_first_page() -> None:
    month = report()
    page = pages(draw_report(values(month)))[1]

    assert TITLE in page
    for row in month.rows:
        assert squeezed(row.label) in squeezed(page)
    assert "JUMLAH 20.000 210.000 105.000" in page
    assert "Pengujian: sisa bulan lalu + masuk" in page


def test_no_village_and_no_complaint_is_lost() -> None:
    month = report()
    text = squeezed(" ".join(pages(draw_report(values(month)))))

    for village in month.villages:
        assert squeezed(village.name) in text
    assert text.count(squeezed(SUBJECT)) == len(month.complaints)


def test_a_month_of_nothing_says_nihil() -> None:
    letter, table, _, lists, charts, last = pages(draw_report(values(report(3, 0, 0))))

    assert "(NIHIL)" in letter
    assert "NIHIL: tidak ada permohonan pada bulan ini." in table
    assert lists.count("NIHIL") == 2
    assert "Dua belas bulan" in charts
    assert "Mengetahui, CAMAT SUKAMAJU" in last


@pytest.mark.parametrize("lines", [0, 1, 20, 21, 22, 23, 24, 25, 26, 27, 28, 40])
def test_signatures_never_stand_alone(lines: int) -> None:
    notes = "\n".join(f"Kendala {n}" for n in range(1, lines + 1))
    last = pages(draw_report(values(report(3, 2), notes)))[-1]

    assert squeezed(LONG_NAME) in squeezed(last)
    assert "KEPALA SEKSI PELAYANAN DAN PERIZINAN" in last
    assert (f"Kendala {lines}" if lines else "Lampiran 5") in last


def test_the_letter_fits_one_page_with_the_longest_texts() -> None:
    recipient = "\n".join(
        ["Kepala Bagian Tata Pemerintahan dan Organisasi Sekretariat Daerah X"] * 6
    )
    month = values(report(3, 2), number="4" * 60, nature="Sangat Segera", recipient=recipient)
    pdf = draw_report(month)

    assert [size for size in page_sizes(pdf) if size == (210.0, 297.0)] == [(210.0, 297.0)]
    letter = pages(pdf)[0]
    assert squeezed(LONG_NAME) in squeezed(letter)
    assert "4" * 60 in squeezed(letter)


def test_an_empty_number_leaves_a_line_for_the_pen() -> None:
    with_number = draw_report(values(report(3, 2), number="7/2026"))
    without = draw_report(values(report(3, 2)))

    assert "Nomor : 7/2026" in pages(with_number)[0]
    assert "Nomor : Sifat" in pages(without)[0]


def test_practice_marks_every_page_and_sheet(tmp_path: Path) -> None:
    month = replace(values(report(3, 2)), head=PRACTICE)

    assert all("LATIHAN" in page for page in pages(draw_report(month)))
    book = load_workbook(write_report(tmp_path / "r.xlsx", month))
    assert all("LATIHAN" in str(sheet["A1"].value) for sheet in book)


def test_the_same_values_give_the_same_bytes() -> None:
    assert draw_report(values(report())) == draw_report(values(report()))


def test_a_letter_the_typeface_lacks_is_refused() -> None:
    with pytest.raises(InputError):
        draw_report(values(report(3, 2), "\u4e2d"))


@pytest.mark.parametrize("most", [*range(0, 120), 137, 999, 1000, 1001, 40_000])
def test_an_axis_reaches_its_highest_bar_with_few_round_marks(most: int) -> None:
    marks = scale_of(most)

    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 7
    assert str(marks[1]).strip("0") in ("1", "2", "5")


def test_a_share_is_never_rounded_to_all_or_none() -> None:
    assert percent(ReportRow("", "", done=3000, within=2999)) == "99,9"
    assert percent(ReportRow("", "", done=3000, within=1)) == "0,1"
    assert percent(ReportRow("", "", done=3, within=3)) == "100,0"
    assert percent(ReportRow("", "")) == "–"
    assert decimal(1234.56) == "1.234,6"


# What does not agree is named


def test_a_full_report_agrees() -> None:
    assert report().faults() == ()


def test_each_disagreement_is_named() -> None:
    month = report()
    group = month.groups[0]
    wrong = replace(group.rows[0], left=group.rows[0].left + 1)
    unbalanced = replace(
        month, groups=(replace(group, rows=(wrong, *group.rows[1:])), *month.groups[1:])
    )
    assert unbalanced.faults()[:3] == (wrong.label, "Jumlah Kependudukan", "JUMLAH")

    elsewhere = replace(month, villages=month.villages[:-1])
    assert elsewhere.faults()[0] == f"{group.rows[0].label} per desa/kelurahan"
    assert len(elsewhere.faults()) == len(SERVICES)

    off = replace(month, trend=(*month.trend[:-1], replace(month.trend[-1], left=1)))
    assert off.faults() == ("Grafik bulanan",)
