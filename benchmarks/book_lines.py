"""A year of invented register lines: with void, refused, inserted and uncollected ones."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.offices import VILLAGES
from kecamatan_desk.documents.book_values import BookLine, BookValues, ClosingValues
from kecamatan_desk.documents.values import OfficeHead, SignatureBlock
from kecamatan_desk.persistence.tables import LineRecord, LineStatusRecord, table_of
from kecamatan_desk.usecases.book_cells import book_line
from kecamatan_desk.usecases.book_forms import REGISTER_BOOKS
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.register_lines import RegisterLine

YEAR = 2025
_FIRST = ("Siti", "Budi", "Dewi", "Agus", "Sri", "Joko", "Ratna", "Hendra", "Lina", "Yusuf")
_LAST = ("Wulandari", "Santoso", "Lestari", "Prakoso", "Anggraini", "Hartono", "Kusumawardhani")
_STREETS = ("Kampung Pasir Angin", "Jalan Raya Sukamaju", "Dusun Karangtengah", "Gang Mawar")
_PURPOSES = (
    "Keringanan biaya pendidikan anak",
    "Jaminan kesehatan",
    "Bantuan rehabilitasi rumah",
    "Keringanan biaya rawat inap di rumah sakit umum daerah",
)
_FACTS = {"pekerjaan": "Buruh harian lepas", "kepentingan": "Diri sendiri"}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def register_lines(count: int) -> Iterator[RegisterLine]:
    """Yield the lines of a year in their order; the same ones each time."""
    rng = random.Random(4)
    for n in range(1, count + 1):
        day = date(YEAR, 1, 2) + timedelta(days=int(n * 361 / (count + 1)))
        name = f"{rng.choice(_FIRST)} {rng.choice(_FIRST)} {rng.choice(_LAST)}"
        if n % 23 == 5:
            name = "Muhammad Ma'ruf Nur’Ainurrahman Kusumawardhana Adiningrat Junior"
        state = _state(n, count)
        handed = day + timedelta(days=n % 3) if state == "diserahkan" else None
        yield RegisterLine(
            id=n,
            place=(n, ""),
            agenda=f"{n:03d}",
            registered=day,
            written=None,
            written_by="",
            queue=f"C-{n % 40 + 1:03d}",
            name=name,
            nik=f"990101{rng.randrange(10**10):010d}",
            sex="LP"[n % 2],
            address=f"{rng.choice(_STREETS)} No. {rng.randrange(1, 200)} RT 003 RW 011",
            village=VILLAGES[n % 3],
            service="sktm",
            purpose=rng.choice(_PURPOSES),
            intro_number=f"145/{rng.randrange(9, 300):03d}/DS/{YEAR}",
            intro_date=day,
            letter_number=f"400.9.14.1/{n:03d}/SKTM/KEC-SKM/{_ROMAN[day.month - 1]}/{YEAR}",
            letter_date=day,
            signatory="Sekcam a.n. Camat",
            handed=handed,
            receiver="Pemohon sendiri" if handed else "",
            handed_by="",
            note="BATAL: KK keliru" if state == "batal" else "",
            state=state,
            inserted=False,
            file_code=f"25-{n:06}-X",
            facts=_FACTS,
        )


def lines(count: int, book: str = "sktm") -> Iterator[BookLine]:
    """Yield the same lines as a book has them."""
    for line in register_lines(count):
        yield book_line(REGISTER_BOOKS[book], line)


def _state(n: int, count: int) -> str:
    if n % 17 == 9:
        return "batal"
    if n % 31 == 14:
        return "ditolak"
    return "belum" if n > count - 3 else "diserahkan"


def values() -> BookValues:
    """Give what surrounds the lines of a closed book."""
    head = OfficeHead(
        government="PEMERINTAH KABUPATEN MEKARJAYA",
        name="KECAMATAN SUKAMAJU",
        address="Jalan Raya Sukamaju No. 1",
        contact="Telepon (0271) 555010",
        place="Sukamaju",
        regency="Kabupaten Mekarjaya",
        logo=None,
        practice=False,
    )
    camat = SignatureBlock("", (("", "CAMAT SUKAMAJU,"),), "Drs. Agus Santoso, M.AP.")
    keeper = SignatureBlock("", (("", "PETUGAS REGISTER,"),), "Dewi Anggraini")
    day = date(YEAR, 12, 31)
    return BookValues(
        head=head,
        form=REGISTER_BOOKS["sktm"].form,
        subtitle=f"Tahun {YEAR}",
        printed="Dicetak 31-12-2025 14.05 WIB oleh Dewi Anggraini (Petugas Register).",
        closing=ClosingValues(f"Sukamaju, 31 Desember {YEAR}", day, camat, keeper),
    )


def store_lines(desk: Desk, count: int) -> None:
    """Write the lines of a year into an office's book by plain rows."""
    with desk.store.writing() as session:
        for n, line in enumerate(register_lines(count), 1):
            session.execute(_NEW_LINE, _columns(n, line))
            if line.state != "belum":
                session.execute(_NEW_STATUS, _status(n, line))


_NEW_LINE, _NEW_STATUS = insert(table_of(LineRecord)), insert(table_of(LineStatusRecord))


def _columns(n: int, line: RegisterLine) -> dict[str, Any]:
    day = line.registered.isoformat()
    return {
        "id": n,
        "request_id": n,
        "series": "sktm",
        "period": str(YEAR),
        "number": n,
        "suffix": "",
        "year": YEAR,
        "day": day,
        "zone": "Asia/Jakarta",
        "service": "sktm",
        "letter_number": line.letter_number,
        "letter_day": day,
        "signatory": line.signatory,
        "file_code": f"25-{n:06}-X",
        "queue": line.queue,
        "name": line.name,
        "nik": line.nik,
        "sex": line.sex,
        "address": line.address,
        "village": line.village,
        "purpose": line.purpose,
        "village_letter": f"{line.intro_number} {line.registered:%d-%m-%Y}",
        "facts": json.dumps(_FACTS),
        "event_seq": n,
        "salt": "",
    }


def _status(n: int, line: RegisterLine) -> dict[str, Any]:
    return {
        "line_id": n,
        "kind": line.state,
        "day": line.registered.isoformat(),
        "remark": line.receiver or line.note,
        "facts": "{}",
        "event_seq": n,
        "salt": "",
    }
