"""The office's books: each service's own columns, and the letters, deliveries and returns."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kecamatan_desk.documents.book_layout import LEFT, RIGHT, Layout
from kecamatan_desk.documents.book_values import WIDTH, BookForm
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.documents.typeface import BOLD, MM, unit_width, wrap
from kecamatan_desk.domain.errors import InputError, NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import books, intake, processing
from kecamatan_desk.usecases.book_forms import COMMON, REGISTER_BOOKS, service_book
from kecamatan_desk.usecases.booking import writes_letter
from kecamatan_desk.usecases.books import Period
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.errata import issue_erratum
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.values import Seen
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import SettableClock, op, voided
from tests.documents.samples import LONG_NAME, ONE_WORD, pages, squeezed
from tests.walking import (
    PERSON,
    DeskOf,
    brought_to,
    drafted,
    filled,
    forward,
    needed_paper,
    papers,
    seen,
    started,
    value_for,
)

YEAR = Period.of_year(2026)
FORMS = books.book_forms()
CODES = [form.code for form in FORMS]


def written(desk: Desk, code: str, folder: Path, period: Period = YEAR) -> str:
    """Give the text of a book's pages without its cover."""
    files = books.print_book(desk, code, period, folder / f"{code}.pdf")
    return " ".join(text for file in files for text in pages(file.read_bytes())[1:])


def sheet(desk: Desk, code: str, folder: Path) -> list[dict[str, Any]]:
    """Give a book's lines as a workbook has them, by heading."""
    target = books.export_book(desk, code, YEAR, folder / f"{code}.xlsx")
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    heads = rows[3]
    return [dict(zip(heads, row, strict=True)) for row in rows[4:]]


# --- forms ---------------------------------------------------------------------------------------


def test_there_is_a_book_for_every_service_and_for_the_office() -> None:
    assert len(set(CODES)) == len(CODES) == 24
    assert {form.service for form in FORMS if form.service} == set(SERVICES)
    assert CODES[0] == COMMON
    assert set(CODES) >= {"surat-keluar", "ekspedisi", "berkas-dikembalikan"}
    with pytest.raises(InputError, match="surat-keluar"):
        books.form_of("tidak-ada")


@pytest.mark.parametrize("form", FORMS, ids=CODES)
def test_columns_fill_the_page(form: BookForm) -> None:
    layout = Layout(form)
    assert sum(column.width for column in form.columns) == pytest.approx(WIDTH)
    assert layout.edges[0] == LEFT
    assert layout.edges[-1] == pytest.approx(RIGHT, abs=0.01)


@pytest.mark.parametrize("form", FORMS, ids=CODES)
def test_headings_fit_without_a_broken_word(form: BookForm) -> None:
    for column in form.columns:
        room = column.width * MM - 1.2 * MM
        for word in column.head.split():
            assert unit_width(word, BOLD) * 7.5 <= room, (column.head, word)
        most = 2 if column.over else 3
        assert len(wrap(column.head, BOLD, 7.5, room)) <= most, column.head


@pytest.mark.parametrize("form", FORMS, ids=CODES)
def test_digits_fit_in_one_line(form: BookForm) -> None:
    wide = {"NIK": 16, "KK": 16, "Tanggal": 0}
    for column in form.columns:
        room = column.width * MM - 1.6 * MM
        for word, digits in wide.items():
            if word in column.head.split() and column.align == "c":
                sample = "9" * digits or "12-05-2026"
                assert unit_width(sample, "KD") * 8 <= room, column.head


@pytest.mark.parametrize("code", SERVICES)
def test_a_service_book_finds_its_letter_and_takes_a_signature(code: str) -> None:
    form = REGISTER_BOOKS[code].form
    heads = [column.head for column in form.columns]
    assert heads[:2] == ["No.", "No. Agenda"]
    assert heads[2].startswith("Tanggal")
    assert heads[-1] == "Keterangan"
    assert ("Nomor, Tanggal Surat, dan Penandatangan" in heads) == writes_letter(SERVICES[code])
    if code != "pengaduan":
        assert form.sign is not None
        assert form.columns[form.sign].width >= 21
        assert heads[form.sign - 1] == "Tanggal Diserahkan/ Penerima"


@pytest.mark.parametrize("like", ["sktm", "oss"])
def test_a_new_service_has_a_book_without_further_code(like: str) -> None:
    book = service_book(replace(SERVICES[like], code="layanan-baru", short="Layanan Baru"))
    assert sum(column.width for column in book.form.columns) == pytest.approx(WIDTH)
    assert len(book.sources) == len(book.form.columns) - 1
    assert book.form.title == "Buku Register Layanan Baru"


def test_only_books_that_count_add_up() -> None:
    counting = {form.code for form in FORMS if form.summed}
    assert counting == {
        "penduduk-datang",
        "penduduk-pindah",
        "susunan-keluarga",
        "proposal-bantuan",
    }


# --- every book with a real file -----------------------------------------------------------------


@pytest.mark.parametrize("code", SERVICES)
def test_a_service_book_is_printed_and_exported(desk_of: DeskOf, tmp_path: Path, code: str) -> None:
    receipt = brought_to(desk_of, code, "", nama=LONG_NAME)
    desk = desk_of(Role.REGISTER)
    text = written(desk, code, tmp_path)
    (row,) = sheet(desk, code, tmp_path)

    assert REGISTER_BOOKS[code].form.title.upper() in text
    assert "12-05-2026" in text
    assert "Jumlah bulan Mei 2026: 1 nomor (diserahkan 1)" in text
    if writes_letter(SERVICES[code]):
        assert receipt.letter_number is not None
        assert receipt.letter_number in squeezed(text)
        number, day, _signer = row["Nomor, Tanggal Surat, dan Penandatangan"].split("\n")
        assert (number, day) == (receipt.letter_number, "12-05-2026")
    for head, value in row.items():  # every column but those left empty has something to show
        if head not in ("Keterangan", "Tanda Tangan Penerima"):
            assert head in _MAY_BE_EMPTY or value not in (None, ""), head


_MAY_BE_EMPTY = {
    "Surat Kehilangan atau Data yang Berubah",
    "Nomor KK Lama",
    "Uraian (Semula, Menjadi)",
    "Anggota Semula/ Menjadi",
    "Nomor KK",
    "Alasan dan Klasifikasi",
    "Nama Ayah",
    "Anak ke-",
    "NIK Almarhum/ah",
    "Umur (th)",
    "Sebab",
    "NIK Anak",
    "Nomor Akta Kelahiran",
    "Pengikut",
    "Nomor dan Tanggal Pengantar Desa",
    "Hiburan",
    "Perkiraan Massa",
    "NIP/NRP/Nopen",
    "Instansi dan Kedudukan",
    "Nilai (Rp)",
    "Skala",
    "Pos-el",
    "Terlapor",
    "P3MI",
    "Pendidikan",
}


@pytest.mark.parametrize("code", CODES)
def test_an_empty_book_says_nihil_on_landscape_f4(
    desk_of: DeskOf, tmp_path: Path, code: str, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    text = written(desk, code, tmp_path, Period.of_month(2026, 4))
    content = (tmp_path / f"{code}.pdf").read_bytes()

    assert "NIHIL" in text
    assert "BULAN APRIL 2026" in text
    assert "Buku ini belum ditutup dan belum berisi" in text
    assert set(page_sizes(content)) == {(330.0, 215.0)}
    fonts = re.findall(rb"/BaseFont /(\S+)", content)
    assert fonts
    assert all(b"LiberationSans" in font for font in fonts)
    assert content.count(b"/FontFile2") == len(set(fonts))  # embedded


def test_the_administrator_prints_and_exports_no_book(admin_desk: Desk, tmp_path: Path) -> None:
    for make in (books.print_book, books.export_book):
        with pytest.raises(NotAllowedError):
            make(admin_desk, "sktm", YEAR, tmp_path / "b")
    assert list(tmp_path.glob("b*")) == []


# --- cells of single services --------------------------------------------------------------------


def test_followers_are_counted_by_sex(desk_of: DeskOf, tmp_path: Path) -> None:
    followers = [
        {"nama": "A", "jenis-kelamin": "Laki-laki"},
        {"nama": "B", "jenis-kelamin": "Perempuan"},
        {"nama": "C", "jenis-kelamin": "Perempuan"},
    ]
    brought_to(desk_of, "penduduk-datang", "tanda-tangan", pendatang=followers)
    leaving = [
        {"nama": "A", "nik": "9901015404910002", "hubungan": "Anak"},  # day 54: a woman
        {"nama": "B", "nik": "9901011404910003", "hubungan": "Anak"},
        {"nama": "C", "hubungan": "Istri"},
        {"nama": "D", "hubungan": "Anak"},  # nobody can tell
    ]
    brought_to(desk_of, "penduduk-pindah", "tanda-tangan", ikut_pindah=leaving)
    desk = desk_of(Role.REGISTER)

    for code, counts in (("penduduk-datang", (1, 2, 3)), ("penduduk-pindah", (1, 2, 4))):
        (row,) = sheet(desk, code, tmp_path)
        assert tuple(row[f"Pengikut: {head}"] for head in ("L", "P", "Jumlah")) == counts
        text = written(desk, code, tmp_path)
        assert "Jumlah halaman ini {} {} {} Jumlah pindahan 0 0 0".format(*counts) in text


def test_dependants_are_spouse_and_children(desk_of: DeskOf, tmp_path: Path) -> None:
    children = [{"nama": n, "tanggal-lahir": "2015-01-01"} for n in ("A", "B")]
    brought_to(desk_of, "susunan-keluarga", "tanda-tangan", anak=children, pasangan_nama="S")
    (row,) = sheet(desk_of(Role.REGISTER), "susunan-keluarga", tmp_path)
    heads = ("Suami/ Istri", "Anak", "Jumlah")
    assert [row[f"Tanggungan: {head}"] for head in heads] == [1, 2, 3]


def test_a_void_proposal_is_shown_and_not_added_up(desk_of: DeskOf, tmp_path: Path) -> None:
    brought_to(desk_of, "proposal-bantuan", "tanda-tangan", nilai=1_500_000)
    gone = brought_to(desk_of, "proposal-bantuan", "tanda-tangan", nilai=900_000)
    desk = desk_of(Role.REGISTER)
    voided(desk_of, gone, "Dobel")
    text = written(desk, "proposal-bantuan", tmp_path)

    assert "900.000" in text
    assert "Jumlah s.d. halaman ini 1.500.000" in text
    assert "(belum diserahkan 1, batal 1); Nilai Rp1.500.000." in text


@pytest.mark.parametrize(
    ("born", "said"), [("2026-03-13", "Tepat waktu"), ("2026-03-12", "Terlambat")]
)
def test_a_birth_is_late_after_sixty_days(
    desk_of: DeskOf, tmp_path: Path, born: str, said: str
) -> None:
    brought_to(desk_of, "akta-kelahiran", "tanda-tangan", anak_tanggal_lahir=born)
    (row,) = sheet(desk_of(Role.REGISTER), "akta-kelahiran", tmp_path)
    assert row["Pelaporan"] == said


def test_twenty_heirs_are_counted_and_the_first_named(desk_of: DeskOf, tmp_path: Path) -> None:
    heirs = [{"nama": f"{ONE_WORD[:20]}{n}", "hubungan": "Anak"} for n in range(1, 21)]
    brought_to(desk_of, "ahli-waris", "tanda-tangan", ahli_waris=heirs)
    (row,) = sheet(desk_of(Role.REGISTER), "ahli-waris", tmp_path)
    cell = row["Ahli Waris"].split("\n")
    assert cell[0] == "20 orang:"
    assert cell[1:9] == [heir["nama"] for heir in heirs[:8]]
    assert cell[9] == "dan 12 orang lagi, lihat surat"


def test_working_days_to_the_wedding(desk_of: DeskOf, tmp_path: Path) -> None:
    brought_to(desk_of, "dispensasi-nikah", "tanda-tangan", akad_tanggal="2026-05-19")
    (row,) = sheet(desk_of(Role.REGISTER), "dispensasi-nikah", tmp_path)
    assert 1 <= int(row["Sisa Hari Kerja"]) <= 5  # a week, less what the calendar leaves out


def test_results_that_come_after_the_line_reach_their_book(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of(Role.REGISTER)
    recorded = brought_to(desk_of, "perekaman-ktp", "rekam")
    assert sheet(desk, "perekaman-ktp", tmp_path)[0]["Hasil, Tanggal, dan Operator"] is None
    forward(desk_of, recorded)
    (row,) = sheet(desk, "perekaman-ktp", tmp_path)
    assert row["Hasil, Tanggal, dan Operator"].startswith("Berhasil")
    complaint = brought_to(desk_of, "pengaduan", "pertimbangan")
    assert sheet(desk, "pengaduan", tmp_path)[0]["Klasifikasi"] == "Pelayanan\nKecamatan"
    while complaint.step is not None:
        complaint = forward(desk_of, complaint)
    (row,) = sheet(desk, "pengaduan", tmp_path)
    assert row["Nomor Berita Acara"] == complaint.letter_number
    assert row["Tanggal Selesai"] == "12-05-2026"
    assert row["Hasil"].startswith("Contoh")


def test_a_secret_reporter_stays_hidden_in_every_book(desk_of: DeskOf, tmp_path: Path) -> None:
    brought_to(desk_of, "pengaduan", "", rahasia="ya", hp="081298765432", terlapor="Oknum RT")
    desk = desk_of(Role.REGISTER)
    saved, draft = drafted(desk_of, "pengaduan", rahasia="ya")
    counter = desk_of(Role.PELAYANAN)
    draft = DraftInput(
        "pengaduan", draft.values, papers("pengaduan", needed_paper("pengaduan")), saved.id
    )
    counter.call(intake.fail_at_counter, op(), Seen(saved.id, saved.version), draft)
    for code in CODES:
        text = squeezed(written(desk, code, tmp_path)).lower()
        for hidden in (PERSON["nama"], PERSON["nik"], PERSON["alamat"], "081298765432"):
            assert squeezed(str(hidden)).lower() not in text, code
    (row,) = sheet(desk, "pengaduan", tmp_path)
    assert (row["Nama Pelapor"], row["Alamat/HP"]) == ("Dirahasiakan", "Dirahasiakan")
    assert row["Terlapor"] == "Oknum RT"


# --- the office's further books ------------------------------------------------------------------


def test_every_numbered_letter_is_in_the_agenda_by_day_and_number(
    desk_of: DeskOf, tmp_path: Path, clock: SettableClock
) -> None:
    receipts = [brought_to(desk_of, code, "tanda-tangan") for code in ("skck", "sktm", "sktm")]
    receipts.append(brought_to(desk_of, "pengaduan", "sampaikan"))
    clock.advance(days=1)
    receipts.append(brought_to(desk_of, "skck", ""))
    brought_to(desk_of, "oss", "")  # issues no letter
    desk = desk_of(Role.REGISTER)
    found = [row["Nomor Surat"] for row in sheet(desk, "surat-keluar", tmp_path)]

    assert sorted(found) == sorted(r.letter_number for r in receipts if r.letter_number)
    assert found[-1] == receipts[-1].letter_number
    numbers = [re.search(r"/(\d{3})/", number)[1] for number in found[:-1]]  # type: ignore[index]
    assert numbers == sorted(numbers)
    text = written(desk, "surat-keluar", tmp_path)
    assert "5 surat (diserahkan 1, belum diserahkan 4)" in text


def test_a_ralat_is_a_letter_of_its_own_day(
    desk_of: DeskOf, tmp_path: Path, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "sktm", "", nama="Asep")
    desk, counter = desk_of(Role.REGISTER), desk_of(Role.PELAYANAN)
    books.print_continuation(desk, op(), "sktm", 2026)
    clock.advance(days=1)
    counter.call(issue_erratum, op(), seen(receipt), {"nama": "Asep Sunandar"}, "Salah ketik")
    complete_documents(desk, receipt.request_id)
    first, second = sheet(desk, "surat-keluar", tmp_path)
    ref = books.print_continuation(desk, op(), "sktm", 2026)
    (notes,) = pages(books.book_print_bytes(desk, ref.id))

    assert second["Nomor Surat"] == f"{first['Nomor Surat']}/R1"
    assert second["Tanggal Surat"] == "13-05-2026"
    assert second["Penandatangan"] == "Sekcam a.n. Camat"
    assert second["Keterangan"] == "Salah ketik"
    assert "Ralat: Salah ketik Nama menjadi Asep Sunandar" in notes


def test_letters_handed_over_are_in_the_delivery_book(desk_of: DeskOf, tmp_path: Path) -> None:
    brought_to(desk_of, "sktm", "serahkan")
    given = brought_to(desk_of, "skck", "", nama="Asep")
    brought_to(desk_of, "oss", "")
    desk = desk_of(Role.REGISTER)
    (row,) = sheet(desk, "ekspedisi", tmp_path)

    assert row["Nomor Surat"] == given.letter_number
    assert row["Tujuan"].startswith("Asep")
    assert row["Nama Penerima"] == "Siti Rohmah (Keluarga)"
    assert row["Tanda Tangan Penerima"] is None
    assert "Jumlah bulan Mei 2026: 1 surat." in written(desk, "ekspedisi", tmp_path)


def test_returned_files_are_listed_with_what_they_lacked(
    desk_of: DeskOf, tmp_path: Path, clock: SettableClock
) -> None:
    kasi, counter, desk = (desk_of(r) for r in (Role.KASI, Role.PELAYANAN, Role.REGISTER))
    receipts = [started(desk_of, "sktm", nama=name) for name in ("Asep", "Budi", "Cecep")]
    for place, receipt in enumerate(receipts):
        missing = papers("sktm", needed_paper("sktm", place % 2), "sudah kedaluwarsa; basah")
        receipts[place] = kasi.call(processing.fail_check, op(), seen(receipt), missing)
    clock.advance(days=2)
    counter.call(processing.record_return, op(), seen(receipts[0]))
    kasi.call(processing.close_failed, op(), seen(receipts[1]), "Bukan kewenangan kecamatan")
    rows = sheet(desk, "berkas-dikembalikan", tmp_path)

    assert [row["Nama"] for row in rows] == ["Asep", "Budi", "Cecep", "Budi"]
    assert [row["Tanggal Kembali Lagi"] for row in rows] == ["14-05-2026", None, None, None]
    assert rows[0]["Kode Berkas"] == receipts[0].file_code
    assert "sudah kedaluwarsa" in rows[0]["Kekurangan"]
    assert rows[1]["Keterangan"] == "Ditutup 14-05-2026"
    assert rows[2]["Keterangan"] is None
    assert rows[3]["Kekurangan"] == "Bukan kewenangan kecamatan"
    assert {row["Petugas"] for row in rows} == {kasi.user.name}
    text = written(desk, "berkas-dikembalikan", tmp_path)
    assert "4 pengembalian (sudah kembali 1, belum kembali 1, ditutup 2)" in text
    one = Period(clock.now.date(), clock.now.date())
    assert "Asep" not in written(desk, "berkas-dikembalikan", tmp_path, one)


@pytest.mark.parametrize("code", CODES)
def test_days_part_a_book(desk_of: DeskOf, tmp_path: Path, clock: SettableClock, code: str) -> None:
    if code in SERVICES:
        brought_to(desk_of, code, "")
        clock.advance(days=30)
        brought_to(desk_of, code, "")
    elif code == "berkas-dikembalikan":
        for days in (30, 0):
            missing = papers("sktm", needed_paper("sktm"))
            waiting = started(desk_of, "sktm")
            desk_of(Role.KASI).call(processing.fail_check, op(), seen(waiting), missing)
            clock.advance(days=days)
    else:
        brought_to(desk_of, "sktm", "")
        clock.advance(days=30)
        brought_to(desk_of, "sktm", "")
    desk = desk_of(Role.REGISTER)
    spans = [YEAR, Period.of_month(2026, 5), Period.of_month(2026, 6), Period.of_month(2026, 7)]
    found = []
    for period in spans:
        text = written(desk, code, tmp_path, period)
        found.append(len(re.findall(r"Jumlah bulan \w+ 2026: 1 ", text)))
    assert found == [2, 1, 1, 0]


def test_a_book_over_new_year_goes_by_year_then_number(
    desk_of: DeskOf, tmp_path: Path, clock: SettableClock
) -> None:
    for name in ("Lama satu", "Lama dua"):
        brought_to(desk_of, "sktm", "tanda-tangan", nama=name)
    clock.advance(days=240)
    desk = desk_of(Role.REGISTER)
    desk.call(confirm_clock, op())  # nobody worked for so long
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Baru satu")
    span = Period(YEAR.first, clock.now.date())
    text = written(desk, "sktm", tmp_path, span)

    assert text.index("Lama satu") < text.index("Lama dua") < text.index("Baru satu")
    assert "1 JANUARI 2026 SAMPAI DENGAN 7 JANUARI 2027" in text


def test_filled_values_of_every_field_can_be_printed(desk_of: DeskOf, tmp_path: Path) -> None:
    for code, service in SERVICES.items():
        fields = [f for section in service.sections_at("terima") for f in section.fields]
        everything = filled(service, "terima")
        for field in fields:
            value = PERSON.get(field.code, value_for(field))
            if field.when is None and field.code != "rahasia":
                short = isinstance(value, str) and not field.digits
                everything[field.code] = value[: field.length] if short else value
        own = {name.replace("-", "_"): value for name, value in everything.items()}
        brought_to(desk_of, code, "", **own)
        (row,) = sheet(desk_of(Role.REGISTER), code, tmp_path)
        empty = {h for h, v in row.items() if v in (None, "")} - {"Keterangan"}
        assert empty <= _CONDITIONAL, code


#: Left to a hand, or shown only under a condition that the walk above does not meet.
_CONDITIONAL = {
    "Tanda Tangan Penerima",
    "Surat Kehilangan atau Data yang Berubah",
    "Hiburan",
    "Skala",
}
