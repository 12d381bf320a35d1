"""Stored papers and pages of books: the bytes on disk against the hash that froze them."""

import hashlib
import json
import re
from pathlib import Path

from sqlalchemy import select

from kecamatan_desk.persistence.audit.reading import EVENT, Audit
from kecamatan_desk.persistence.chain import scan_hash
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.scans import ScanStore
from kecamatan_desk.persistence.tables import (
    AttachmentRecord,
    BookActRecord,
    BookPrintRecord,
    DocumentRecord,
    table_of,
)

#: What is kept as files: table, what the count calls it, what a finding calls one.
_KEPT = (
    (table_of(DocumentRecord), "berkas surat", "surat"),
    (table_of(BookPrintRecord), "cetakan buku", "cetakan buku"),
    (table_of(BookActRecord), "halaman penutup", "halaman penutup"),
)
_SCAN = table_of(AttachmentRecord)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_documents(audit: Audit) -> None:
    """Hash every stored paper again. Files that no row names (half-written ones) are no fault."""
    store = ByteStore(audit.documents)
    for table, counted, named in _KEPT:
        wanted = select(table.c.id, table.c.sha256).where(
            table.c.id <= audit.newest[table.name],
            table.c.sha256 != "",  # an act on a book without a page
        )
        for page in audit.pages(wanted, table.c.id):
            for row in page:
                audit.count(counted)
                if said := _fault(store, str(row.sha256), named):
                    audit.found("surat", table.name, row.id, said)


def check_scans(audit: Audit) -> None:
    """Hash every scan again, and compare it with what its event told; erased ones are gone."""
    store = ScanStore(audit.documents.with_name("attachments"))
    wanted = (
        select(_SCAN.c.id, _SCAN.c.sha256, _SCAN.c.salt, EVENT.c.payload)
        .outerjoin(EVENT, EVENT.c.seq == _SCAN.c.event_seq)
        .where(_SCAN.c.erased_at.is_(None), _SCAN.c.event_seq <= audit.head)
    )
    for page in audit.pages(wanted, _SCAN.c.id):
        for row in page:
            audit.count("lampiran")
            if said := _fault(store, str(row.sha256), "lampiran"):
                audit.found("lampiran", _SCAN.name, row.id, said)
            elif _told(row.payload) != scan_hash(str(row.salt), str(row.sha256)):
                audit.found(
                    "lampiran", _SCAN.name, row.id, "Lampiran ini bukan yang dicatat saat diterima."
                )


def _told(payload: object) -> object:
    """Give what an event told of its scan; None from a damaged one."""
    try:
        return json.loads(str(payload)).get("scan")
    except (ValueError, AttributeError):
        return None


def _fault(store: ByteStore, sha256: str, named: str) -> str:
    """Say what is wrong with a stored file; "" when it is as it was frozen."""
    if not _SHA256.fullmatch(sha256):
        return f"Sidik {named} ini bukan sidik."
    try:
        found = _hashed(store.path(sha256))
    except OSError:
        return f"Berkas {named} hilang atau tidak terbaca."
    return "" if found == sha256 else f"Berkas {named} berubah sejak dibekukan."


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
