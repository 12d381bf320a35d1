"""Scans of the papers a request came with: added, shown, erased.

The bytes are on disk before their row; the event holds a salted hash, so that a scan may be erased
without breaking the chain. Source: reliability bar 3.10; erasing by retention, UU 27/2022.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.domain.scans import MOST_BYTES, MOST_OF_FILE, label_of
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import scan_hash
from kecamatan_desk.persistence.scans import ScanStore
from kecamatan_desk.persistence.tables import (
    AttachmentRecord,
    ContentRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.usecases.clock_guard import may_erase
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command, earlier_answer
from kecamatan_desk.usecases.secrecy import is_hidden, readable_request
from kecamatan_desk.workflows.catalog import SERVICES

if TYPE_CHECKING:  # loads processes: only where a scan is added or shown
    from kecamatan_desk.documents.scan_reading import Scan

MOST_REASON = 200
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attachment:
    """A scan as the tab lists it. ``paper``: the checklist's name of what it shows, or ""."""

    id: int
    label: str
    kind: str  # pdf, jpg, png
    pages: int
    size: int  # bytes
    paper: str
    added_at: datetime
    added_by: str


def attachments(work: UnitOfWork, request_id: int) -> tuple[Attachment, ...]:
    """List the scans of a request that are kept, in the order they came."""
    request = _readable(work, request_id)
    papers = {paper.code: paper.name for paper in SERVICES[request.service].requirements}
    found = work.session.execute(
        select(AttachmentRecord, UserRecord.name)
        .join(UserRecord, UserRecord.id == AttachmentRecord.added_by)
        .where(AttachmentRecord.request_id == request_id, AttachmentRecord.erased_at.is_(None))
        .order_by(AttachmentRecord.id)
    )
    return tuple(
        Attachment(
            id=record.id,
            label=record.label,
            kind=record.kind,
            pages=record.pages,
            size=record.size,
            paper=papers.get(record.paper, ""),
            added_at=record.added_at,
            added_by=name,
        )
        for record, name in found
    )


def add_file(desk: Desk, op_id: str, request_id: int, path: Path, paper: str = "") -> int:
    """Add a file from a disk to a request's scans; give the attachment's id.

    InputError when it is too large, no PDF, JPG or PNG, or not to be read; nothing is kept then.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{label_of(path.name)} tidak dapat dibaca. Tidak ada yang disimpan; periksa "
            "cakram atau flashdisknya, lalu ulangi.",
            "scan",
        ) from error
    return add_scan(desk, op_id, request_id, path.name, content, paper)


def add_scan(
    desk: Desk, op_id: str, request_id: int, name: str, content: bytes, paper: str = ""
) -> int:
    """Add bytes to a request's scans; give the attachment's id. See `add_file`.

    A job: it is looked at in a process of its own, written to disk, then named by a row.
    """
    from kecamatan_desk.documents.scan_reading import read_scan

    done = desk.ask(earlier_answer, op_id, note_scan)
    if done is not None:
        return done
    if len(content) > MOST_BYTES:
        raise InputError(
            f"Berkas ini lebih dari {MOST_BYTES // _MIB} MB. Tidak ada yang disimpan; pindai "
            "ulang dengan ketajaman 200 dpi atau bagi menjadi beberapa berkas.",
            "scan",
        )
    desk.ask(_room_for, request_id, 0)  # before the work, who may not is told
    scan = read_scan(content)
    store = scans_of(desk)
    sha256 = store.keep(scan.content)
    return desk.call(note_scan, op_id, request_id, label_of(name), scan, sha256, paper)


@command
def note_scan(
    work: UnitOfWork,
    op_id: str,
    request_id: int,
    label: str,
    scan: "Scan",
    sha256: str,
    paper: str,
) -> int:
    """Write that a scan, already on disk, belongs to a request; give its id."""
    request = _room_for(work, request_id, len(scan.content))
    role = work.require(*ON_FILES)
    codes = {paper.code for paper in SERVICES[request.service].requirements}
    link = work.link()
    record = AttachmentRecord(
        request_id=request.id,
        paper=paper if paper in codes else "",
        label=label,
        kind=scan.kind,
        size=len(scan.content),
        pages=scan.pages,
        sha256=sha256,
        salt=secrets.token_hex(16),
        added_at=work.now,
        added_by=work.user.id,
        event_seq=link.seq,
    )
    work.session.add(record)
    work.session.flush()
    told = {"attachment": record.id, "scan": scan_hash(record.salt, sha256), "pages": scan.pages}
    work.close_event(link, op_id, "lampiran", role, **_stands(request), payload=told)
    return record.id


def scan_pdf(desk: Desk, attachment_id: int) -> bytes:
    """Give a scan as a PDF to look at; NotAllowedError when the user may not."""
    kind, sha256 = desk.ask(_kept, attachment_id)
    from kecamatan_desk.documents.scan_reading import scan_as_pdf

    return scan_as_pdf(kind, scans_of(desk).read(sha256))


def remove_scan(desk: Desk, op_id: str, attachment_id: int, reason: str) -> None:
    """Erase a scan, with a reason; what was written of it in the chain stays."""
    sha256 = desk.call(erase_scan, op_id, attachment_id, reason)
    _let_go(desk, [sha256])


@command
def erase_scan(work: UnitOfWork, op_id: str, attachment_id: int, reason: str) -> str:
    """Write that a scan is erased and empty its row; give the hash of the bytes to take away."""
    record = _record(work, attachment_id)
    request = _readable(work, record.request_id)
    role = work.require(*ON_FILES)
    text = checked_text(reason, "Alasan", MOST_REASON, "reason")
    if not text:
        raise InputError(
            "Alasan menghapus lampiran belum ditulis. Lampiran masih ada; tulis singkat, misalnya "
            "“salah orang”.",
            "reason",
        )
    link = work.link()
    link.add(ContentRecord, kind="alasan", body=text)
    sha256 = _emptied(work, record)
    told = {"attachment": record.id}
    work.close_event(link, op_id, "lampiran-hapus", role, **_stands(request), payload=told)
    return sha256


def erase_due(desk: Desk, op_id: str) -> int:
    """Erase the scans whose time is over (setting of the office), and what no row names.

    Gives how many were erased. Meant for once a day, after the first list is on screen. Nothing is
    erased by a clock that no number of the last 31 days vouches for.
    """
    gone = desk.call(empty_due, op_id) if desk.ask(_due) else []
    _let_go(desk, gone)
    desk.files.clear_halves()
    scans_of(desk).sweep(lambda hashes: desk.ask(_named, hashes))
    return len(gone)


@command
def empty_due(work: UnitOfWork, op_id: str) -> list[str]:
    """Empty the rows whose time is over; give the hashes of the bytes to take away.

    One event tells how many. Of a file that has not ended nothing is ever due.
    """
    due = _due(work)
    if not due:
        return []
    told = {"attachments": [record.id for record in due], "days": work.office.scan_days}
    gone = [_emptied(work, record) for record in due]
    role = next(iter(work.roles), Role.PEMOHON)
    work.close_event(work.link(), op_id, "lampiran-retensi", role, payload=told)
    return gone


def _due(work: UnitOfWork) -> Sequence[AttachmentRecord]:
    days = work.office.scan_days
    if not days or not may_erase(work):  # a clock a year ahead would take scans that are needed
        return ()
    last = datetime.combine(work.today - timedelta(days=days), datetime.min.time(), work.zone)
    return work.session.scalars(
        select(AttachmentRecord)
        .join(RequestRecord, RequestRecord.id == AttachmentRecord.request_id)
        .where(
            AttachmentRecord.erased_at.is_(None),
            RequestRecord.ended_at.is_not(None),
            RequestRecord.ended_at < last.astimezone(UTC),
        )
        .order_by(AttachmentRecord.id)
    ).all()


def empty_scans_of(work: UnitOfWork, request_id: int) -> None:
    """Empty the scans of a draft that is dropped; the daily round takes their bytes away."""
    for record in work.session.scalars(
        select(AttachmentRecord).where(
            AttachmentRecord.request_id == request_id, AttachmentRecord.erased_at.is_(None)
        )
    ):
        _emptied(work, record)


def scans_of(desk: Desk) -> ScanStore:
    """Give the place's scans: they lie beside its generations."""
    return ScanStore(desk.store.path.parents[1] / "attachments")


def _let_go(desk: Desk, hashes: list[str]) -> None:
    """Take bytes away that no row names any more."""
    still = desk.ask(_named, hashes)
    for sha256 in set(hashes) - set(still):
        scans_of(desk).erase(sha256)


def _named(work: UnitOfWork, hashes: list[str]) -> list[str]:
    named: list[str] = []
    for start in range(0, len(hashes), 500):
        named += work.session.scalars(
            select(AttachmentRecord.sha256).where(
                AttachmentRecord.sha256.in_(hashes[start : start + 500]),
                AttachmentRecord.erased_at.is_(None),
            )
        )
    return named


def _emptied(work: UnitOfWork, record: AttachmentRecord) -> str:
    sha256 = record.sha256
    record.erased_at = work.now
    record.label = record.sha256 = record.salt = ""
    return sha256


def _kept(work: UnitOfWork, attachment_id: int) -> tuple[str, str]:
    record = _record(work, attachment_id)
    _readable(work, record.request_id)
    return record.kind, record.sha256


def _record(work: UnitOfWork, attachment_id: int) -> AttachmentRecord:
    record = work.session.get(AttachmentRecord, attachment_id)
    if record is None or record.erased_at is not None:
        raise RuleError(
            "Lampiran ini sudah dihapus. Tidak ada yang berubah; daftar sudah diperbarui."
        )
    return record


def _readable(work: UnitOfWork, request_id: int) -> RequestRecord:
    """Give the request; NotAllowedError for the administrator, and when its reporter is hidden."""
    request = readable_request(work, request_id)
    if is_hidden(work, request):
        raise NotAllowedError(
            "Lampiran pengaduan yang dirahasiakan hanya untuk petugas pengaduan. Tidak ada yang "
            "dibuka."
        )
    return request


def _room_for(work: UnitOfWork, request_id: int, size: int) -> RequestRecord:
    """Give the request; RuleError when its scans would take more room than a file may."""
    request = _readable(work, request_id)
    work.require(*ON_FILES)
    taken = work.session.scalar(
        select(func.coalesce(func.sum(AttachmentRecord.size), 0)).where(
            AttachmentRecord.request_id == request_id, AttachmentRecord.erased_at.is_(None)
        )
    )
    if (taken or 0) + size > MOST_OF_FILE:
        raise RuleError(
            f"Lampiran berkas ini sudah {MOST_OF_FILE // _MIB} MB, tidak ada yang ditambahkan; "
            "hapus yang tidak perlu atau pindai dengan ketajaman 200 dpi."
        )
    return request


def _stands(request: RequestRecord) -> dict[str, object]:
    """Give where the request stands, for the event."""
    return {
        "request_id": request.id,
        "step": request.step,
        "next_step": request.step,
        "status": request.status,
    }
