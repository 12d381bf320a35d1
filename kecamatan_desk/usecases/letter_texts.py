"""The texts of the office's letters: the program's own, and what the office has made of them.

Each change is a new version; the newest is in force for every letter drawn from then on. What was
drawn before stays as it is, and keeps the hash of the text it was drawn from.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from kecamatan_desk.domain.errors import InputError, StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import DocumentRecord, LetterTextRecord, table_of
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.resources import resource
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.workflows.catalog import SERVICES

MOST_NOTE = 200
_TEXT = table_of(LetterTextRecord)
_NEWEST = (
    select(_TEXT.c.body, _TEXT.c.version)
    .where(_TEXT.c.kind == bindparam("kind"))
    .order_by(_TEXT.c.version.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class LetterTextRow:
    """One paper of the office and the text in force. Version 0: never changed."""

    kind: str
    title: str
    service: str  # code
    version: int
    own: bool  # the office's own words; False: the program's
    changed_by: str  # "" where it was never changed
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a text. Version 0 is the program's own."""

    version: int
    body: str
    note: str
    changed_by: str
    changed_at: datetime | None
    sha256: str  # kept with each document that was drawn from it
    letters: int  # how many documents were drawn from it
    own: bool
    in_force: bool


def program_text(kind: str) -> str:
    """Give the text the program brings for a paper."""
    return resource("letters", f"{kind}.txt").read_text(encoding="utf-8")


def text_hash(text: str) -> str:
    """Give the hash by which a document knows its text."""
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(work: UnitOfWork, kind: str) -> str:
    """Give the text in force for a paper: the newest of the office, else the program's own."""
    newest = work.session.execute(_NEWEST, {"kind": kind}).first()
    return newest.body if newest and newest.body else program_text(kind)


def text_drawn(work: UnitOfWork, kind: str, sha256: str) -> str:
    """Give the text with this hash, as a kept paper names it.

    The one in force stands in for a text the program brought once and brings no more.
    """
    bodies = work.session.scalars(
        select(LetterTextRecord.body).where(LetterTextRecord.kind == kind, _TEXT.c.body != "")
    )
    known = (body for body in (program_text(kind), *bodies) if text_hash(body) == sha256)
    return next(known, None) or text_of(work, kind)


def texts(work: UnitOfWork) -> tuple[LetterTextRow, ...]:
    """List every paper with the text in force, in the order of the services."""
    work.require(Role.ADMIN)
    newest: dict[str, LetterTextRecord] = {}
    for record in work.session.scalars(select(LetterTextRecord).order_by(_TEXT.c.version)):
        newest[record.kind] = record
    return tuple(
        _row(service.code, letter.template, letter.title, newest.get(letter.template))
        for service in SERVICES.values()
        for letter in service.letters
    )


def _row(service: str, kind: str, title: str, newest: LetterTextRecord | None) -> LetterTextRow:
    if newest is None:
        return LetterTextRow(kind, title, service, 0, False, "", None)
    at = moment(newest.created_at)
    own = bool(newest.body)
    return LetterTextRow(kind, title, service, newest.version, own, newest.user_name, at)


def versions(work: UnitOfWork, kind: str) -> tuple[TextVersion, ...]:
    """List the versions of a text, the newest first, the program's own last."""
    work.require(Role.ADMIN)
    program = program_text(kind)
    drawn = _drawn(work, kind)
    records = list(
        work.session.scalars(
            select(LetterTextRecord)
            .where(LetterTextRecord.kind == kind)
            .order_by(LetterTextRecord.version.desc())
        )
    )
    kept = [_version(record, program, drawn, record is records[0]) for record in records]
    sha256 = text_hash(program)
    first = TextVersion(
        0, program, "", "", None, sha256, drawn.get(sha256, 0), own=False, in_force=not records
    )
    return (*kept, first)


def _version(
    record: LetterTextRecord, program: str, drawn: dict[str, int], in_force: bool
) -> TextVersion:
    body = record.body or program
    sha256 = text_hash(body)
    return TextVersion(
        record.version,
        body,
        record.note,
        record.user_name,
        moment(record.created_at),
        sha256,
        drawn.get(sha256, 0),
        own=bool(record.body),
        in_force=in_force,
    )


def _drawn(work: UnitOfWork, kind: str) -> dict[str, int]:
    """Count the documents of a kind by the text they were drawn from."""
    rows = work.session.execute(
        select(DocumentRecord.template_sha256, func.count())
        .where(DocumentRecord.kind == kind)
        .group_by(DocumentRecord.template_sha256)
    )
    return {row[0]: row[1] for row in rows}


def store_text(
    desk: Desk, op_id: str, kind: str, body: str, note: str, seen: int | None = None
) -> int:
    """Check a text outside any transaction, then keep it (see `save_text`); a job of the window."""
    from kecamatan_desk.usecases.letter_trial import check_text

    check_text(kind, body)
    return desk.call(save_text, op_id, kind, body, note, seen)


@command
def save_text(
    work: UnitOfWork, op_id: str, kind: str, body: str, note: str, seen: int | None = None
) -> int:
    """Keep a text as the newest version and give its number; letters use it from now on.

    ``seen`` is the version the writer had before him. InputError names the line of what cannot be
    kept, or says that nothing differs; StaleError when somebody else has saved in between.
    """
    from kecamatan_desk.usecases.letter_trial import check_text, paper_of

    work.require(Role.ADMIN)
    paper_of(kind)
    _check_seen(work, kind, seen)
    text = check_text(kind, body)  # remembered where `store_text` has asked before
    if text == text_of(work, kind):
        raise InputError(
            "Naskah ini sama dengan yang sedang dipakai. Tidak ada versi baru; ubah dulu naskahnya "
            "bila memang perlu."
        )
    return _keep(work, op_id, kind, text, note)


@command
def restore_program_text(
    work: UnitOfWork, op_id: str, kind: str, note: str, seen: int | None = None
) -> int:
    """Use the program's own text again, also after updates of the program; a new version.

    InputError when it is in force already; StaleError as in `save_text`.
    """
    from kecamatan_desk.usecases.letter_trial import paper_of

    work.require(Role.ADMIN)
    paper_of(kind)
    _check_seen(work, kind, seen)
    newest = work.session.execute(_NEWEST, {"kind": kind}).first()
    if newest is None or not newest.body:
        raise InputError(
            "Surat ini sudah memakai naskah bawaan program. Tidak ada versi baru; tutup saja "
            "pilihan ini."
        )
    return _keep(work, op_id, kind, "", note)


def _check_seen(work: UnitOfWork, kind: str, seen: int | None) -> None:
    version = _newest_version(work, kind)
    if seen is not None and seen != version:
        raise StaleError(
            f"Naskah ini sudah diubah orang lain menjadi versi {version}. Yang diketik tidak "
            "hilang; lihat versi itu pada tab Versi, lalu simpan lagi bila masih perlu."
        )


def _newest_version(work: UnitOfWork, kind: str) -> int:
    newest = work.session.execute(_NEWEST, {"kind": kind}).first()
    return newest.version if newest else 0


def _keep(work: UnitOfWork, op_id: str, kind: str, body: str, note: str) -> int:
    version = _newest_version(work, kind) + 1
    link = work.link()
    link.add(
        LetterTextRecord,
        kind=kind,
        version=version,
        body=body,
        note=checked_text(note, "Catatan perubahan", MOST_NOTE, "note"),
        user_name=work.user.name,
        created_at=stamp(work.now),
    )
    sha256 = text_hash(body or program_text(kind))
    act = "naskah-ubah" if body else "naskah-bawaan"
    payload = {"kind": kind, "version": version, "sha256": sha256}
    work.close_event(link, op_id, act, Role.ADMIN, payload=payload)
    return version


def found(rows: Iterable[LetterTextRow], sought: str) -> tuple[LetterTextRow, ...]:
    """Give the papers whose title, service or kind holds all the words typed."""
    words = sought.casefold().split()
    return tuple(row for row in rows if all(word in _searched(row) for word in words))


def _searched(row: LetterTextRow) -> str:
    service = SERVICES[row.service]
    return " ".join((row.title, row.kind, service.label, service.keywords)).casefold()
