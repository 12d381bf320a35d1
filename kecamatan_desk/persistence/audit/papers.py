"""Stored papers: the bytes on disk against the hash under which they were frozen."""

import hashlib
import re
from pathlib import Path

from sqlalchemy import select

from kecamatan_desk.persistence.audit.reading import Audit
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.tables import DocumentRecord, table_of

_DOCUMENT = table_of(DocumentRecord)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_documents(audit: Audit) -> None:
    """Hash every stored paper again. Files that no row names (half-written ones) are no fault."""
    store = ByteStore(audit.documents)
    wanted = select(_DOCUMENT.c.id, _DOCUMENT.c.sha256).where(
        _DOCUMENT.c.id <= audit.newest["document"]
    )
    for page in audit.pages(wanted, _DOCUMENT.c.id):
        for row in page:
            audit.count("berkas surat")
            _check_file(audit, store, row.id, str(row.sha256))


def _check_file(audit: Audit, store: ByteStore, document: int, sha256: str) -> None:
    if not _SHA256.fullmatch(sha256):
        audit.found("surat", "document", document, "Sidik surat ini bukan sidik.")
        return
    try:
        found = _hashed(store.path(sha256))
    except OSError:
        audit.found("surat", "document", document, "Berkas surat hilang atau tidak terbaca.")
        return
    if found != sha256:
        audit.found("surat", "document", document, "Berkas surat berubah sejak dibekukan.")


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
