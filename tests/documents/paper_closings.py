"""Closing pages and the appendix of a closed book, from invented facts."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kecamatan_desk.documents.book_values import BookLine
from kecamatan_desk.documents.books import write_book
from kecamatan_desk.documents.closing_page import draw_closing
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.usecases.closing_texts import Reasons, composed
from kecamatan_desk.usecases.closing_values import (
    BlockCount,
    ClosingFacts,
    Deed,
    LateLine,
    OpenNumber,
    OtherCount,
    PersonCount,
    SeriesCount,
    Signer,
    VoidNumber,
)
from kecamatan_desk.workflows.catalog import SERVICES
from tests.documents.paper_books import book_form, book_values, register_lines
from tests.documents.paper_cast import Cast

_HEAD = "a1b2c3d4e5f60718" + "0" * 48


def month(cast: Cast, profile: Profile) -> bytes:
    """Draw Berita Acara Penutupan of a month; of the longest cast a whole year of everything."""
    return _drawn(cast, "2026" if cast.longest else "2026-05", profile)


def day(cast: Cast, profile: Profile) -> bytes:
    """Draw the day's closing line."""
    return _drawn(cast, "2026-05-12", profile)


def _drawn(cast: Cast, period: str, profile: Profile) -> bytes:
    facts = _facts(cast, period)
    voids = {one.status_id: cast.words[:200] for one in facts.voids}
    reasons = Reasons(voids, {1: cast.words[:200]})
    office = cast.head.name.removeprefix("KECAMATAN ").title()
    return draw_closing(composed(facts, cast.head, office, 1235, reasons), profile)


def _facts(cast: Cast, period: str) -> ClosingFacts:
    many = cast.longest
    series = tuple(
        _series(code, place, many) for place, code in enumerate(SERVICES) if many or place % 5 == 0
    )
    letter = cast.number.format(n=12, paper="SKTM")
    names = [service.short for service in SERVICES.values()]
    open_ = tuple(
        OpenNumber(f"{n:03d}", names[n % 20], letter, "2026-05-08", "26-000123-K", "Sekcam")
        for n in range(1, 91 if many else 4)
    )
    voids = tuple(
        VoidNumber(f"{n:03d}", names[n % 20], "2026-05-11", "2026-05-12", n)
        for n in range(1, 13 if many else 2)
    )
    late = tuple(
        LateLine(f"{n:03d}.A", names[n % 20], "2026-05-04", "2026-05-12", cast.officer)
        for n in range(1, 9 if many else 2)
    )
    deed = Deed(9, "12-05-2026 09.14", "Tanda tangan", "26-000123-K", "012", cast.officer, "Sekcam")
    agreed = f"{cast.officer} (Camat), lewat telepon"
    recorded = replace(
        deed, by=cast.officer, what="Pemeriksaan: dikembalikan", means="lewat telepon"
    )
    signer = Signer(cast.camat.titles, cast.camat.name, cast.camat.rank, cast.camat.nip)
    return ClosingFacts(
        period=period,
        day="2026-05-12" if period.count("-") == 2 else "2026-05-29",
        clock="16.05 WIB",
        place=cast.head.place,
        series=series,
        other=(
            OtherCount("Kode berkas", "26-000001-0", "26-000123-K", 123),
            OtherCount("Nomor antrian", "1", "34", 34),
        ),
        blocks=(
            BlockCount("SKTM", "cadangan", 13, 32, 17, 3),
            BlockCount("KTP", "kertas", 1, 487, 0, 0),
        ),
        open=open_,
        voids=voids,
        late=late,
        overrides=(replace(deed, by=agreed, proposal=1),) * (4 if many else 1),
        clocks=(replace(deed, what="Jam komputer dinyatakan benar"),) if many else (),
        recorded=(recorded,) * (30 if many else 3) if period.count("-") == 2 else (),
        recorded_for=(PersonCount(cast.officer, "Sekcam", 41),),
        events=1234,
        first_event=1,
        head_seq=1234,
        head_hash=_HEAD,
        mark=(45, 60, 1234),
        carried=7 if period == "2026" else 0,
        camat=signer,
        keeper=Signer((("", "PETUGAS REGISTER,"),), cast.officer),
    )


def _series(code: str, place: int, many: bool) -> SeriesCount:
    n = 10_000 if many else place + 10
    last = f"{n:03d}"
    return SeriesCount(
        code,
        SERVICES[code].short,
        "001",
        last,
        n,
        2,
        done=n - 4,
        running=2,
        refused=1,
        void=2,
        returned=1,
    )


def book_with_changes(cast: Cast) -> bytes:
    """Draw a closed book whose lines have changed since."""
    form = book_form("sktm")
    changes = [
        BookLine(cells, date(2026, 5, 12), "", "belum")
        for cells in (
            ("003", "04-05-2026", cast.person, "Diserahkan kepada pemohon sendiri",
             "02-06-2026", cast.officer, ""),
            ("017", "06-05-2026", cast.person, f"BATAL: {cast.words}. Coret baris ini.",
             "03-06-2026", cast.officer, ""),
        )
    ]  # fmt: skip
    with TemporaryDirectory() as folder:
        target = Path(folder) / "buku.pdf"
        lines = register_lines(cast, "sktm", 8)
        (file,) = write_book(target, lines, book_values(cast, form), changes=changes)
        return file.read_bytes()
