"""Lanjutan: a growing book on paper, whose printed pages are never laid out again."""

import json
import random
import re
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from kecamatan_desk.documents.pictures import page_count
from kecamatan_desk.documents.values import Cancelled
from kecamatan_desk.domain.errors import MachineError, NotAllowedError, RuleError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import (
    BookPrintRecord,
    EventRecord,
    LineRecord,
    LineStatusRecord,
    table_of,
)
from kecamatan_desk.usecases import book_prints as prints
from kecamatan_desk.usecases import books, closing, processing, proposals
from kecamatan_desk.usecases.books import BookPrintRef
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from tests.builders import PASSWORD, SettableClock, op, voided
from tests.closing_office import closed_year
from tests.documents.samples import pages, squeezed
from tests.walking import DeskOf, brought_to, forward, seen

YEAR = 2026


def printed(desk: Desk, code: str = "sktm") -> BookPrintRef:
    return books.print_continuation(desk, op(), code, YEAR)


def texts(desk: Desk, ref: BookPrintRef) -> list[str]:
    """Give the texts of a print's pages, without the cover of the first one."""
    found = pages(books.book_print_bytes(desk, ref.id))
    return found[1:] if ref.first_page == 1 else found


def signed(desk_of: DeskOf, name: str, code: str = "sktm", **own: object) -> object:
    return brought_to(desk_of, code, "serahkan", nama=name, **own)


def test_each_print_begins_where_the_last_one_ended(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    for name in ("Asep", "Budi"):
        brought_to(desk_of, "sktm", "tanda-tangan", nama=name)
    first = printed(desk)
    kept = books.book_print_bytes(desk, first.id)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Cecep")
    second = printed(desk)

    assert (first.first_page, first.last_page, first.lines) == (1, 1, 2)
    assert (second.first_page, second.last_page, second.lines) == (2, 2, 3)
    (page,) = texts(desk, second)
    assert "(lanjutan) Sambungan halaman 1, nomor terakhir 002" in page
    assert "BULAN MEI 2026 (lanjutan)" in page
    assert re.search(r"3 003 12-05-2026 Cecep", page)
    assert "Asep" not in page
    assert page.endswith("Halaman 2")
    assert "dari" not in page.rpartition("Halaman")[2]
    assert "Jumlah bulan" not in page  # the month goes on
    assert books.book_print_bytes(desk, first.id) == kept
    assert desk.ask(books.book_prints, "sktm", YEAR) == (first, second)


def test_the_first_print_has_a_cover_to_fill_in(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    cover, *body = pages(books.book_print_bytes(desk, printed(desk).id))

    assert "BUKU REGISTER SKTM" in cover
    assert "tanggal 12 Mei 2026, nomor 001" in cover
    assert "........" in cover
    assert len(body) == 1
    assert "(lanjutan)" not in body[0]


def test_what_became_of_printed_lines_stands_in_a_supplement(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    given = signed(desk_of, "Asep Sunandar")
    struck = brought_to(desk_of, "sktm", "tanda-tangan", nama="Budi")
    mended = brought_to(desk_of, "sktm", "tanda-tangan", nama="Cecep")
    refused = brought_to(desk_of, "sktm", "tanda-tangan", nama="Dedi")
    printed(desk)
    clock.advance(days=1)
    forward(desk_of, given)  # type: ignore[arg-type]
    voided(desk_of, struck, "Salah nama")
    desk_of(Role.PELAYANAN).call(
        processing.correct, op(), seen(mended), {"nama": "Cecep Suhendi"}, "Salah ketik"
    )
    desk_of(Role.SEKCAM).call(processing.refuse, op(), seen(refused), "Bukan warga")
    second = printed(desk)

    assert (second.kind, second.first_page, second.lines) == ("susulan", 2, 4)
    (page,) = texts(desk, second)
    assert "CATATAN SUSULAN BUKU REGISTER SKTM" in page
    assert "Atas halaman 1 sampai dengan 1" in page
    assert re.search(r"1 1 001 12-05-2026 Asep Sunandar Diserahkan kepada Siti Rohmah", page)
    assert re.search(r"2 1 002 12-05-2026 Budi BATAL: Salah nama\. Coret baris ini\.", page)
    assert re.search(r"3 1 003 12-05-2026 Cecep Diperbaiki: Salah ketik", page)
    assert "Nama menjadi Cecep Suhendi" in page
    assert re.search(r"4 1 004 12-05-2026 Dedi DITOLAK: Bukan warga", page)
    assert page.count("13-05-2026") == 4 + 1  # each note's day, and when it was printed


def test_nothing_new_is_refused_and_changes_nothing(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    with pytest.raises(RuleError, match="belum berisi nomor"):
        printed(desk)
    brought_to(desk_of, "sktm", "tanda-tangan")
    first = printed(desk)
    with pytest.raises(RuleError, match=r"Belum ada yang baru.*halaman 1"):
        printed(desk)
    assert desk.ask(books.book_prints, "sktm", YEAR) == (first,)


def test_the_same_act_prints_once(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    act = op()
    first = books.print_continuation(desk, act, "sktm", YEAR)
    assert books.print_continuation(desk, act, "sktm", YEAR) == first
    assert len(desk.ask(books.book_prints, "sktm", YEAR)) == 1


def test_two_pcs_at_once_double_nothing(
    desk_of: DeskOf, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = desk_of(Role.REGISTER), office.sign_in("register", PASSWORD)
    brought_to(desk_of, "sktm", "tanda-tangan")
    real = here.files.put

    def slowly(content: bytes) -> str:
        monkeypatch.undo()
        printed(there)  # the other PC is quicker
        return real(content)

    monkeypatch.setattr(here.files, "put", slowly)
    with pytest.raises(StaleError, match="komputer lain"):
        printed(here)
    (only,) = here.ask(books.book_prints, "sktm", YEAR)
    assert (only.first_page, only.last_page, only.lines) == (1, 1, 1)


def test_a_stopped_print_keeps_nothing(desk_of: DeskOf, office: Office) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    before = set(desk.files.folder.rglob("*"))

    def no(_written: int) -> bool:
        return False

    with pytest.raises(Cancelled):
        books.print_continuation(desk, op(), "sktm", YEAR, no)
    assert desk.ask(books.book_prints, "sktm", YEAR) == ()
    assert set(desk.files.folder.rglob("*")) == before


def test_the_administrator_prints_no_book(desk_of: DeskOf, admin_desk: Desk) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    ref = printed(desk_of(Role.REGISTER))
    for refused in (
        lambda: printed(admin_desk),
        lambda: admin_desk.ask(books.book_prints, "sktm", YEAR),
        lambda: books.book_print_bytes(admin_desk, ref.id),
    ):
        with pytest.raises(NotAllowedError):
            refused()


def test_a_print_is_an_event_without_names(desk_of: DeskOf) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Asep Sunandar")
    desk = desk_of(Role.REGISTER)
    ref = printed(desk)

    def read(work: UnitOfWork) -> list[tuple[str, str]]:
        wanted = select(EventRecord).where(EventRecord.act == prints.PRINT_BOOK)
        return [(event.user_name, event.payload) for event in work.session.scalars(wanted)]

    ((user, payload),) = desk.ask(read)
    told = json.loads(payload)
    assert user == desk.user.name
    assert (told["book"], told["year"], told["last_page"]) == ("sktm", YEAR, 1)
    assert f"book_print:{ref.id}" in told["rows"]
    assert "Asep" not in payload


def test_a_changed_page_is_not_given(desk_of: DeskOf) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    desk = desk_of(Role.REGISTER)
    ref = printed(desk)
    (file,) = [
        path
        for path in desk.files.folder.rglob("*.pdf")
        if path.read_bytes() == books.book_print_bytes(desk, ref.id)
    ]
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(MachineError):
        books.book_print_bytes(desk, ref.id)


def test_a_month_is_summed_up_in_front_of_the_next(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Asep")
    gone = brought_to(desk_of, "sktm", "tanda-tangan", nama="Budi")
    printed(desk)
    voided(desk_of, gone, "Salah")
    clock.advance(days=30)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Cecep")
    notes, page = texts(desk, printed(desk))

    assert "BATAL: Salah" in notes
    assert "Jumlah bulan Mei 2026: 2 nomor (belum diserahkan 1, batal 1)." in page
    assert page.index("Jumlah bulan Mei") < page.index("BULAN JUNI 2026") < page.index("Cecep")


def test_the_first_print_after_the_years_closing_closes_the_book(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "", nama="Asep")
    printed(desk)
    clock.advance(days=240)
    with pytest.raises(RuleError, match="Belum ada yang baru"):
        printed(desk)  # the new year alone closes nothing
    closed_year(desk_of, YEAR)
    last = printed(desk)

    assert (last.kind, last.first_page) == ("penutup", 2)
    (page,) = texts(desk, last)
    assert "Jumlah bulan Mei 2026: 1 nomor (diserahkan 1)." in page
    assert "ditutup dengan jumlah 1 (satu) nomor" in page
    assert "Mengetahui, CAMAT SUKAMAJU," in page.replace("Sukamaju, 7 Januari 2027 ", "")
    assert "PETUGAS REGISTER," in page
    with pytest.raises(RuleError, match="Belum ada yang baru"):
        printed(desk)


def test_the_closing_pages_show_the_book_as_at_its_closing(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    desk = desk_of(Role.REGISTER)
    running = signed(desk_of, "Asep")
    clock.advance(days=240)
    closed_year(desk_of, YEAR)
    forward(desk_of, running)  # type: ignore[arg-type]
    last = printed(desk)
    (page,) = texts(desk, last)[-1:]
    assert "terdiri atas 1 (satu) belum diserahkan" in page
    later = printed(desk)
    assert later.kind == "susulan"
    assert "Diserahkan kepada Siti Rohmah" in "".join(texts(desk, later))


def test_a_book_opened_again_is_closed_anew(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Asep")
    clock.advance(days=240)
    closed_year(desk_of, YEAR)
    assert printed(desk).kind == "penutup"
    asked = desk.call(closing.propose_reopening, op(), YEAR, 12, "Surat desa tercecer")
    desk_of(Role.SEKCAM).call(proposals.agree, op(), asked)
    desk.call(closing.reopen, op(), YEAR, 12)
    insert_number(desk, 2, "", "2026-12-30", "Budi Terlambat")
    more = printed(desk)
    assert (more.kind, more.lines) == ("lanjutan", 2)
    closed_year(desk_of, YEAR)
    last = printed(desk)
    assert last.kind == "penutup"
    assert "ditutup dengan jumlah 2 (dua) nomor" in "".join(texts(desk, last))


def test_a_counting_book_carries_its_sums_over(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    code = "proposal-bantuan"
    brought_to(desk_of, code, "tanda-tangan", nilai=1_500_000)
    gone = brought_to(desk_of, code, "tanda-tangan", nilai=4_000_000)
    (page,) = texts(desk, printed(desk, code))
    assert "Jumlah s.d. halaman ini 5.500.000" in page
    voided(desk_of, gone, "Salah")
    brought_to(desk_of, code, "tanda-tangan", nilai=250_000)
    notes, page = texts(desk, printed(desk, code))

    assert "Jumlah pindahan sesudah catatan ini: Nilai Rp1.500.000." in notes
    for words in (
        "Jumlah halaman ini 250.000",
        "Jumlah pindahan 1.500.000",
        "Jumlah s.d. halaman ini 1.750.000",
    ):
        assert words in page


def insert_number(desk: Desk, number: int, suffix: str, day: str, name: str) -> int:
    """Write a line between others, as a back-dated letter gets it."""

    def write(work: UnitOfWork) -> int:
        table = table_of(LineRecord)
        row = dict(work.session.execute(select(table).limit(1)).mappings().one())
        newest = work.session.scalar(select(table.c.id).order_by(table.c.id.desc()).limit(1))
        row |= {
            "id": newest + 1,
            "request_id": 10_000 + newest,
            "number": number,
            "suffix": suffix,
            "day": day,
            "name": name,
            "letter_number": f"X/{number:03d}{suffix}",
        }
        work.session.execute(insert(table), row)
        return newest + 1

    return desk.call(write)


def add_status(desk: Desk, line: int, kind: str, remark: str, facts: str = "{}") -> int:
    def write(work: UnitOfWork) -> int:
        table = table_of(LineStatusRecord)
        values = {
            "line_id": line,
            "kind": kind,
            "day": "2026-05-12",
            "remark": remark,
            "facts": facts,
            "event_seq": 1,
            "salt": "",
        }
        return int(work.session.execute(insert(table), values).inserted_primary_key[0])

    return desk.call(write)


@pytest.mark.parametrize("code", ["sktm", "umum"])
def test_an_inserted_number_stands_in_the_supplement(desk_of: DeskOf, code: str) -> None:
    desk = desk_of(Role.REGISTER)
    for name in ("Asep", "Budi"):
        brought_to(desk_of, "sktm", "tanda-tangan", nama=name)
    printed(desk, code)
    line = insert_number(desk, 1, ".A", "2026-05-11", "Sisipan Kartawijaya")
    second = printed(desk, code)
    (page,) = texts(desk, second)

    assert "001.A" in page
    assert "Sisipan Kartawijaya Nomor sisipan" in page
    assert "X/001.A" in squeezed(page)
    assert (second.kind, second.lines) == ("susulan", 3)
    add_status(desk, line, "batal", "keliru")
    (page,) = texts(desk, printed(desk, code))
    assert re.search(r"\b1 2 001\.A", page)  # it stands on page 2
    assert "BATAL: keliru" in page


@pytest.mark.parametrize(("code", "seed"), [(c, s) for c in ("sktm", "umum") for s in range(4)])
def test_random_histories_lose_and_double_nothing(
    desk_of: DeskOf, code: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prints, "MOST_LINES", (4000, 2)[seed % 2])
    rng = random.Random(seed)
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Warga satu")
    lines = {1: "001"}
    shown_lines, shown_notes, next_page, printed_to = "", "", 1, 0
    statuses: dict[int, int] = {}
    frozen: dict[int, bytes] = {}
    for _ in range(12):
        for _ in range(rng.randrange(1, 14)):
            if rng.random() < 0.5:
                number = len(lines) + 1
                new = insert_number(desk, number, "", "2026-05-12", f"Warga ke-{number}-")
                lines[new] = f"{number:03d}"
            else:
                line = rng.choice(list(lines))
                mark = add_status(desk, line, "diperbaiki", f"tanda{len(statuses):04d}")
                statuses[mark] = line
        ref = printed(desk, code)
        assert ref.first_page == next_page
        next_page = ref.last_page + 1
        parts = texts(desk, ref)
        shown_notes += " ".join(p for p in parts if "CATATAN SUSULAN" in p)
        shown_lines += " ".join(p for p in parts if "CATATAN SUSULAN" not in p)
        assert all(books.book_print_bytes(desk, n) == was for n, was in frozen.items())
        frozen[ref.id] = books.book_print_bytes(desk, ref.id)
        assert page_count(frozen[ref.id]) == ref.last_page - ref.first_page + 1 + (
            ref.first_page == 1
        )
        printed_to = ref.lines
    while printed_to < len(lines):  # what a print had no room for
        ref = printed(desk, code)
        shown_lines += " ".join(texts(desk, ref))
        printed_to = ref.lines
    assert printed_to == len(lines)
    for n in range(2, len(lines) + 1):
        assert len(re.findall(rf"Warga ke-{n}-", shown_lines)) == 1
    both = squeezed(shown_lines + shown_notes)
    for n in range(len(statuses)):
        assert both.count(f"tanda{n:04d}") == 1, n


def test_a_page_is_named_on_which_the_line_stands(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Warga satu")
    for number in range(2, 60):
        insert_number(desk, number, "", "2026-05-12", f"Warga ke-{number}-")
    first = printed(desk)
    parts = texts(desk, first)
    assert first.last_page == len(parts) > 4
    for line in (1, 17, 33, 59):
        add_status(desk, line, "batal", f"cek{line}x")
    (notes,) = texts(desk, printed(desk))
    for line in (17, 33, 59):
        (page,) = [n for n, text in enumerate(parts, 1) if f"Warga ke-{line}-" in text]
        assert re.search(
            rf"\b{page} {line:03d} 12-05-2026 Warga ke-{line}- BATAL: cek{line}x", notes
        )


def test_very_many_lines_take_several_prints(
    desk_of: DeskOf, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prints, "MOST_LINES", 20)
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Warga satu")
    for number in range(2, 51):
        insert_number(desk, number, "", "2026-05-12", f"Warga ke-{number}-")
    clock.advance(days=240)
    first = printed(desk)
    add_status(desk, 5, "batal", "pada halaman")
    add_status(desk, 45, "batal", "belum tercetak")
    closed_year(desk_of, YEAR)
    second, third = printed(desk), printed(desk)

    assert [ref.lines for ref in (first, second, third)] == [20, 40, 50]
    assert [ref.kind for ref in (first, second, third)] == ["lanjutan", "lanjutan", "penutup"]
    notes = " ".join(texts(desk, second))
    assert "pada halaman" in notes
    assert "belum tercetak" not in notes
    last = " ".join(texts(desk, third))
    assert "CATATAN SUSULAN" not in last
    assert "belum tercetak" in last
    assert "ditutup dengan jumlah 50 (lima puluh) nomor" in last


@pytest.mark.parametrize("code", ["surat-keluar", "ekspedisi", "berkas-dikembalikan"])
def test_books_that_do_not_grow_by_pages_are_refused(desk_of: DeskOf, code: str) -> None:
    with pytest.raises(RuleError, match="lanjutan"):
        printed(desk_of(Role.REGISTER), code)


def test_a_reporter_secret_by_now_is_named_in_no_supplement(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    receipt = brought_to(desk_of, "pengaduan", "klasifikasi", nama="Pelapor Terbuka")
    (page,) = texts(desk, printed(desk, "pengaduan"))
    assert "Pelapor Terbuka" in page
    desk = desk_of(Role.TIM_PENGADUAN)
    receipt = desk.call(
        processing.correct, op(), seen(receipt), {"nama": "Pelapor Lain"}, "Salah nama"
    )
    desk.call(processing.correct, op(), seen(receipt), {"rahasia": "ya"}, "Minta dirahasiakan")
    (page,) = texts(desk, printed(desk, "pengaduan"))

    assert page.count("Identitas pelapor dirahasiakan") == 2
    assert "Pelapor" not in page.replace("pelapor dirahasiakan", "")


@pytest.mark.parametrize("code", ["pengaduan", books.COMMON])
def test_stored_pages_that_name_a_reporter_secret_by_now_are_for_his_lanes_alone(
    desk_of: DeskOf, code: str
) -> None:
    outside, lane = desk_of(Role.REGISTER), desk_of(Role.TIM_PENGADUAN)
    brought_to(desk_of, "pengaduan", "klasifikasi", nama="Orang Lain")
    before = printed(outside, code)
    receipt = brought_to(desk_of, "pengaduan", "klasifikasi", nama="Pelapor Terbuka")
    naming = printed(outside, code)
    brought_to(desk_of, "pengaduan", "klasifikasi", nama="Orang Lain")
    between = printed(outside, code)
    other = {"nama": "Pelapor Lain"}
    receipt = lane.call(processing.correct, op(), seen(receipt), other, "Salah nama")
    noting = printed(outside, code)
    lane.call(processing.correct, op(), seen(receipt), {"rahasia": "ya"}, "Minta dirahasiakan")
    for ref in (naming, noting):
        with pytest.raises(NotAllowedError, match="dirahasiakan"):
            books.book_print_bytes(outside, ref.id)
        assert "Pelapor" in " ".join(texts(lane, ref))
    for ref in (before, between, printed(outside, code)):
        assert books.book_print_bytes(outside, ref.id)


def test_the_result_of_a_complaint_reaches_the_book(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    receipt = brought_to(desk_of, "pengaduan", "klasifikasi")
    printed(desk, "pengaduan")
    while receipt.step is not None:
        receipt = forward(desk_of, receipt)
    (page,) = texts(desk, printed(desk, "pengaduan"))

    assert "Klasifikasi: Pelayanan" in page
    assert f"NomorBeritaAcara:{receipt.letter_number}" in squeezed(page)


def test_the_stored_prints_are_rows_of_the_archive(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    ref = printed(desk)

    def read(work: UnitOfWork) -> tuple[str, ...]:
        row = work.session.get_one(BookPrintRecord, ref.id)
        return row.book, row.period, row.kind, row.sha256

    *named, sha256 = desk.ask(read)
    assert named == ["sktm", "2026", "lanjutan"]
    assert desk.files.path(sha256).read_bytes() == books.book_print_bytes(desk, ref.id)
