"""Scans of papers: what is kept of them, what is refused, how they are erased."""

import hashlib
import io
import zlib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select, text

from kecamatan_desk.documents.scan_reading import read_scan, scan_as_pdf
from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.scans import JPEG, MOST_BYTES, MOST_LABEL, PDF, UNNAMED, label_of
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import AttachmentRecord, EventRecord
from kecamatan_desk.usecases import attachments as scans
from kecamatan_desk.usecases.attachments import (
    add_file,
    add_scan,
    attachments,
    erase_due,
    remove_scan,
    scan_pdf,
)
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from tests.builders import SettableClock, handed_over, op, taken_in

DeskOf = Callable[[Role], Desk]
NOTE = b"Serial 0271-555010, GPS"


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **more)
    return out.getvalue()


@cache  # a PDF tells when it was made
def paper() -> bytes:
    out = io.BytesIO()
    Image.new("L", (300, 400), 255).save(out, "PDF")
    return out.getvalue()


def stored(place: Place) -> list[Path]:
    return [file for file in place.attachments.rglob("*") if file.is_file()]


@pytest.fixture
def counter(desk_of: DeskOf) -> Desk:
    return desk_of(Role.PELAYANAN)


def test_a_scan_lies_on_disk_and_is_read_back(
    counter: Desk, desk_of: DeskOf, place: Place, tmp_path: Path
) -> None:
    request = taken_in(desk_of)
    source = tmp_path / "KTP asli.pdf"
    source.write_bytes(paper())
    number = add_file(counter, op(), request.request_id, source, "ktp")
    (row,) = counter.ask(attachments, request.request_id)
    assert (row.id, row.label, row.kind, row.pages) == (number, "KTP asli.pdf", PDF, 1)
    (kept,) = stored(place)
    assert kept.name == hashlib.sha256(paper()).hexdigest()
    assert scan_pdf(counter, number) == paper()
    assert check_place(place).findings == ()


def test_the_same_deed_twice_adds_one_scan(counter: Desk, desk_of: DeskOf) -> None:
    request, deed = taken_in(desk_of), op()
    first = add_scan(counter, deed, request.request_id, "a.png", picture("PNG"))
    assert add_scan(counter, deed, request.request_id, "a.png", picture("PNG")) == first
    assert len(counter.ask(attachments, request.request_id)) == 1


def test_of_a_picture_only_the_pixels_are_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = NOTE.decode()
    exif[0x0112] = 6  # lies on its side
    given_ = picture("JPEG", (300, 200), exif=exif, comment=NOTE) + b"PK\x03\x04 second file"
    scan = read_scan(given_)
    assert scan.kind == JPEG
    assert NOTE not in scan.content
    assert b"second file" not in scan.content
    with Image.open(io.BytesIO(scan.content)) as kept:
        assert kept.size == (200, 300)  # upright
        assert not kept.getexif()


def test_a_large_picture_becomes_one_that_a_page_needs() -> None:
    scan = read_scan(picture("JPEG", (4400, 3200)))
    with Image.open(io.BytesIO(scan.content)) as kept:
        assert max(kept.size) == 3508


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_picture_is_looked_at_as_a_page(kind: str, name: str) -> None:
    scan = read_scan(picture(kind))
    assert scan.kind == name
    assert scan_as_pdf(scan.kind, scan.content).startswith(b"%PDF")


def png_of(wide: int, high: int) -> bytes:
    """Give a PNG that claims to be so large and holds nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(name + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + name + body + crc

    head = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = zlib.compress(b"\0" * 1000)
    begin = b"\x89PNG\r\n\x1a\n"
    return begin + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf_bomb() -> bytes:
    """Give a PDF of 600 bytes whose page saves its state 25 million times, packed twice."""
    packed = zlib.compressobj(9)
    inner = b"".join(packed.compress(b"q " * 5_000_000) for _ in range(5)) + packed.flush()
    content = zlib.compress(inner, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%b\nendstream"
        % (len(content), content),
    ]
    out = b"%PDF-1.4\n"
    for number, part in enumerate(parts, 1):
        out += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    return out + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>"
    b"endobj\n3 0 obj<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -44>>"
    b"endobj\ntrailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(a)]/Size 4>>\n%%EOF"
)
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "'
    + b"ha" * 100
    + b'"><!ENTITY b "&a;&a;&a;">]><b>&b;</b>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "bukan PDF"),
        (b"PK\x03\x04 a workbook called scan.pdf", "bukan PDF"),
        (b"MZ\x90\0 a program", "bukan PDF"),
        (ENTITIES, "bukan PDF"),
        (b"GIF89a", "bukan PDF"),
        (b"%PDF-1.7\nnothing more", "rusak"),
        (b"\xff\xd8\xff\xe0 no picture", "rusak"),
        (picture()[:400], "rusak"),
        (LOCKED, "kata sandi"),
        (png_of(40_000, 40_000), "terlalu besar"),
        (png_of(2**31 - 1, 2**31 - 1), "rusak|terlalu besar"),
    ],
    ids=[
        "empty",
        "zip",
        "program",
        "entities",
        "gif",
        "pdf cut",
        "jpeg cut",
        "jpeg short",
        "locked",
        "png bomb",
        "png impossible",
    ],
)
def test_what_is_no_plain_scan_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_scan(content)


def test_a_pdf_that_unpacks_without_end_is_ended_by_its_limits() -> None:
    bomb = pdf_bomb()
    assert len(bomb) < 2_000
    with pytest.raises(InputError, match="memori atau waktu"):
        read_scan(bomb)


def test_nothing_is_kept_of_what_is_refused(
    counter: Desk, desk_of: DeskOf, place: Place, tmp_path: Path
) -> None:
    request = taken_in(desk_of)
    large = tmp_path / "besar.pdf"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="20 MB"):
        add_file(counter, op(), request.request_id, large)
    with pytest.raises(InputError, match="tidak dapat dibaca"):
        add_file(counter, op(), request.request_id, tmp_path / "hilang.pdf")
    with pytest.raises(InputError):
        add_scan(counter, op(), request.request_id, "x.pdf", b"nothing")
    assert stored(place) == []
    assert counter.ask(attachments, request.request_id) == ()


def test_a_file_takes_no_more_than_its_room(
    counter: Desk, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, one = taken_in(desk_of), read_scan(picture()).content
    monkeypatch.setattr(scans, "MOST_OF_FILE", len(one) + 10)
    add_scan(counter, op(), request.request_id, "1.jpg", picture())
    with pytest.raises(RuleError, match="tidak ada yang ditambahkan"):
        add_scan(counter, op(), request.request_id, "2.jpg", picture())
    assert len(counter.ask(attachments, request.request_id)) == 1


HOSTILE = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\x\\KTP.pdf", "KTP.pdf"),
    ("CON", UNNAMED),
    ("nul.pdf", UNNAMED),
    ("com1.jpg", UNNAMED),
    ("", UNNAMED),
    ("...", UNNAMED),
    ("\x00KTP\x1f.pdf", "KTP.pdf"),
    ("KTP\u202efdp.exe", "KTPfdp.exe"),
    ("a/b\\c", "c"),
    ("KTP?.pdf", "KTP .pdf"),
    ("  KTP .pdf  ", "KTP .pdf"),
    ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ("e\u0301.pdf", "\u00e9.pdf"),
    ("\ud800.pdf", "pdf"),
    ("<b>KTP</b>.pdf", "b .pdf"),
    ("KTP\u200b.pdf", "KTP.pdf"),
    ("KK\n2026.pdf", "KK2026.pdf"),
]


@pytest.mark.parametrize(("name", "label"), HOSTILE)
def test_a_name_is_only_a_label(name: str, label: str) -> None:
    assert label_of(name) == label


@settings(max_examples=2000, deadline=None)
@given(st.text(st.characters() | st.sampled_from("/\\.:\u202e\0 ")))
def test_no_name_becomes_a_path(name: str) -> None:
    label = label_of(name)
    assert 0 < len(label) <= MOST_LABEL
    assert label not in (".", "..")
    assert not set(label) & set('/\\:*?"<>|\0\n\r\u202e')
    assert label_of(label) == label


def events(work: UnitOfWork, act: str) -> int:
    found = select(func.count()).select_from(EventRecord).where(EventRecord.act == act)
    return work.session.scalar(found) or 0


def test_an_erased_scan_leaves_the_chain_whole(
    counter: Desk, desk_of: DeskOf, place: Place
) -> None:
    request = taken_in(desk_of)
    number = add_scan(counter, op(), request.request_id, "a.jpg", picture())
    with pytest.raises(InputError, match="Alasan"):
        remove_scan(counter, op(), number, " ")
    remove_scan(counter, op(), number, "Salah orang")
    assert stored(place) == []
    assert counter.ask(attachments, request.request_id) == ()
    with pytest.raises(RuleError, match="sudah dihapus"):
        scan_pdf(counter, number)
    report = check_place(place)
    assert report.findings == ()
    assert counter.ask(events, "lampiran-hapus") == 1


def test_bytes_that_another_file_needs_stay(counter: Desk, desk_of: DeskOf, place: Place) -> None:
    first, second = taken_in(desk_of), taken_in(desk_of, nik="9901015404910002", nama="Siti")
    one = add_scan(counter, op(), first.request_id, "a.pdf", paper())
    other = add_scan(counter, op(), second.request_id, "b.pdf", paper())
    remove_scan(counter, op(), one, "Salah berkas")
    assert scan_pdf(counter, other) == paper()
    remove_scan(counter, op(), other, "Salah berkas")
    assert stored(place) == []


def test_after_its_time_a_scan_is_erased_and_a_running_file_keeps_its_own(
    counter: Desk, desk_of: DeskOf, place: Place, clock: SettableClock
) -> None:
    running = taken_in(desk_of, nik="9901015404910002", nama="Siti")
    ended = handed_over(desk_of)
    add_scan(counter, op(), running.request_id, "a.jpg", picture())
    add_scan(counter, op(), ended.request_id, "b.pdf", paper())
    clock.set(clock.now + timedelta(days=365))
    counter.call(confirm_clock, op())
    assert erase_due(counter, op()) == 0
    clock.set(clock.now + timedelta(days=1))
    assert erase_due(counter, op()) == 1
    assert counter.ask(attachments, ended.request_id) == ()
    assert len(counter.ask(attachments, running.request_id)) == 1
    assert counter.ask(events, "lampiran-retensi") == 1
    assert len(stored(place)) == 1
    assert check_place(place).findings == ()


@pytest.mark.parametrize("days", [400, 2000])
def test_a_clock_that_ran_ahead_erases_no_scan(
    counter: Desk, desk_of: DeskOf, place: Place, clock: SettableClock, days: int
) -> None:
    ended = handed_over(desk_of)
    add_scan(counter, op(), ended.request_id, "b.pdf", paper())
    clock.set(clock.now + timedelta(days=days))
    assert erase_due(counter, op()) == 0
    assert len(stored(place)) == 1
    counter.call(confirm_clock, op())
    assert erase_due(counter, op()) == 1


def test_a_file_without_row_goes_after_a_week(counter: Desk, place: Place) -> None:
    store = scans.ScanStore(place.attachments)
    store.keep(paper())
    assert store.sweep(lambda hashes: []) == 0
    assert store.sweep(lambda hashes: hashes, now=lambda: 10**11) == 0
    assert store.sweep(lambda hashes: [], now=lambda: 10**11) == 1
    assert stored(place) == []


def test_check_names_a_scan_that_is_gone_changed_or_exchanged(
    counter: Desk, desk_of: DeskOf, place: Place
) -> None:
    request = taken_in(desk_of)
    add_scan(counter, op(), request.request_id, "a.pdf", paper())
    (kept,) = stored(place)
    kept.write_bytes(paper() + b" ")
    assert [f.kind for f in check_place(place).findings] == ["lampiran"]
    kept.unlink()
    assert [f.kind for f in check_place(place).findings] == ["lampiran"]
    sha256 = scans.ScanStore(place.attachments).keep(picture("PNG"))
    with counter.store.writing() as session:
        session.execute(text("UPDATE attachment SET sha256 = :s"), {"s": sha256})
    (finding,) = check_place(place).findings
    assert "bukan yang dicatat" in finding.message


def test_the_administrator_opens_none(desk_of: DeskOf, counter: Desk) -> None:
    request = taken_in(desk_of)
    number = add_scan(counter, op(), request.request_id, "a.jpg", picture())
    for refused in (
        lambda desk: desk.ask(attachments, request.request_id),
        lambda desk: scan_pdf(desk, number),
        lambda desk: add_scan(desk, op(), request.request_id, "a.jpg", picture()),
    ):
        with pytest.raises(NotAllowedError):
            refused(desk_of(Role.ADMIN))


def test_a_full_disk_is_told_and_nothing_is_named(
    counter: Desk, desk_of: DeskOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = taken_in(desk_of)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scans.ScanStore, "_write", full)
    with pytest.raises(DeskError, match="Lampiran belum tersimpan"):
        add_scan(counter, op(), request.request_id, "a.jpg", picture())
    with counter.store.reading() as session:
        assert not session.scalar(select(func.count()).select_from(AttachmentRecord))


def test_an_office_is_opened_again_with_its_scans(
    office: Office, counter: Desk, desk_of: DeskOf
) -> None:
    request = taken_in(desk_of)
    number = add_scan(counter, op(), request.request_id, "a.jpg", picture())
    assert scan_pdf(desk_of(Role.KASI), number).startswith(b"%PDF")
