"""Data satu orang: all that the program holds of one applicant, as a paper he can be given.

Source: UU 27/2022 art. 6-8 (information, copy, correction, end of processing). A hidden reporter's
complaint is left out unless the user has opened the identity today: this paper must not tie a
person to a complaint he wanted nobody to know of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from kecamatan_desk.documents.history_sheet import ListSheet
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.indonesian import clock, short_date
from kecamatan_desk.domain.people import checked_nik
from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.persistence.tables import (
    ApplicantRecord,
    AttachmentRecord,
    DocumentRecord,
    LineRecord,
    RequestRecord,
)
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command
from kecamatan_desk.usecases.event_papers import event_words
from kecamatan_desk.usecases.history import file_history
from kecamatan_desk.usecases.paper_parts import office_head, printed_by
from kecamatan_desk.usecases.reasons import Reason, keep_reason
from kecamatan_desk.usecases.secrecy import is_hidden
from kecamatan_desk.workflows.catalog import SERVICES

TAKEN, ERASED = "data-orang", "data-orang-hapus"
#: Who may put together what is kept of a person.
ALLOWED = (Role.REGISTER, *OFFICIALS)
_STATUS = {"draf": "draf", "berjalan": "sedang diproses", "tms": "dikembalikan (TMS)"}
_ISO_DAY = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d")

Line = tuple[str, str, str]


def person_pdf(desk: Desk, op_id: str, nik: str, reason: Reason) -> bytes:
    """Note why (event ``data-orang``), then draw the sheet of a person.

    InputError for no NIK or no reason, RuleError when nothing is held, PresenceError when the
    user's last proof is old, NotAllowedError for other roles.
    """
    from kecamatan_desk.documents.history_sheet import draw_list

    desk.call(_note, op_id, nik, reason)
    return draw_list(desk.ask(person_sheet, nik))


@command
def _note(work: UnitOfWork, op_id: str, nik: str, reason: Reason) -> None:
    role = work.require(*ALLOWED)
    found = _held(work, checked_nik(nik))
    work.require_presence()
    link = work.link()
    told = {**keep_reason(link, reason), "requests": [request.id for request in found]}
    work.close_event(link, op_id, TAKEN, role, payload=told)


@command
def forget_person(work: UnitOfWork, op_id: str, nik: str, reason: Reason) -> None:
    """Erase the reusable record of an applicant; what stands in files and books stays by law.

    RuleError when none is kept. The event holds nothing of the person.
    """
    role = work.require(*ALLOWED)
    record = work.session.get(ApplicantRecord, checked_nik(nik))
    if record is None:
        raise RuleError(
            "Tidak ada data yang diingat untuk NIK ini. Tidak ada yang berubah; yang ada dalam "
            "berkas dan buku register disimpan menurut aturan kearsipan."
        )
    work.require_presence()
    link = work.link()
    work.session.delete(record)
    work.close_event(link, op_id, ERASED, role, payload=keep_reason(link, reason))


def person_sheet(work: UnitOfWork, nik: str) -> ListSheet:
    """Collect what is held under a NIK: remembered record, files, book lines, letters, scans.

    RuleError when nothing is held.
    """
    work.require(*ALLOWED)
    whole = checked_nik(nik)
    found = _held(work, whole)
    remembered = work.session.get(ApplicantRecord, whole)
    name = found[-1].applicant if found else ""
    rows: list[Line] = []
    if remembered is not None:
        name = str(remembered.values.get("nama", name))
        day = short_date(remembered.last_day)
        rows.append(("Data yang diingat", _words(remembered.values), f"terakhir dipakai {day}"))
    for request in found:
        rows += _file(work, request)
    return ListSheet(
        head=office_head(work),
        title="Data Satu Orang",
        subtitle="Data pribadi yang disimpan kantor ini",
        facts=(("Nama", name, True), ("NIK", whole), ("Berkas", str(len(found)))),
        columns=(("Bagian", 34), ("Isi", 94), ("Oleh atau kapan", 47)),
        rows=tuple(rows),
        printed=printed_by(work),
        words="Data dipakai hanya untuk memproses layanan dan disimpan sesuai aturan kearsipan.",
        notes=(
            "Yang keliru dapat diminta diperbaiki kepada petugas: sebelum surat diserahkan dengan "
            "Perbaiki data, sesudahnya dengan ralat. Data yang diingat untuk kunjungan berikutnya "
            "dapat diminta dihapus.",
            "Yang dimuat adalah berkas orang ini sebagai pemohon. Aduan yang pelapornya minta "
            "dirahasiakan tidak dimuat, kecuali identitasnya sudah dibuka bagi yang mencetak.",
        ),
        signing="Diterima oleh",
    )


def _held(work: UnitOfWork, nik: str) -> list[RequestRecord]:
    """Give the files of a person that the user may tie to him; RuleError for nothing at all."""
    asked = select(RequestRecord).where(RequestRecord.nik == nik).order_by(RequestRecord.id)
    found = [one for one in work.session.scalars(asked) if not is_hidden(work, one)]
    if not found and work.session.get(ApplicantRecord, nik) is None:
        raise RuleError(
            "Tidak ada data yang disimpan untuk NIK ini. Tidak ada yang dicatat; periksa angkanya."
        )
    return found


def _file(work: UnitOfWork, request: RequestRecord) -> Iterator[Line]:
    service = SERVICES[request.service]
    came = request.taken_in_at or request.created_at
    state = _STATUS.get(request.status, request.status)
    yield f"Berkas {request.file_code}", f"{service.label}; {state}", f"masuk {_at(work, came)}"
    yield "  isian", _words(request.data), ""
    line = work.session.get(LineRecord, request.line_id) if request.line_id else None
    if line is not None:
        number = f"nomor {line.number}{line.suffix}, {line.series} {line.period}"
        letter = f"; nomor surat {line.letter_number}" if line.letter_number else ""
        yield "  buku register", number + letter, f"tanggal {_day(line.day)}"
    for document in work.session.scalars(
        select(DocumentRecord)
        .where(DocumentRecord.request_id == request.id)
        .order_by(DocumentRecord.id)
    ):
        yield (
            "  surat",
            f"{document.title}, versi {document.version}",
            _at(work, moment(document.created_at)),
        )
    for scan in work.session.scalars(
        select(AttachmentRecord)
        .where(AttachmentRecord.request_id == request.id, AttachmentRecord.erased_at.is_(None))
        .order_by(AttachmentRecord.id)
    ):
        yield "  lampiran", scan.label, _at(work, scan.added_at)
    for event in file_history(work, request, service):
        yield "  riwayat", event_words(event), f"{event.who}, {_at(work, event.at)}"


def _at(work: UnitOfWork, when: datetime) -> str:
    there = when.astimezone(work.zone)
    return f"{short_date(there.date())} {clock(there)}"


def _words(values: Mapping[str, Any]) -> str:
    """Give filled-in fields with the form's own labels."""
    told = (f"{_LABELS.get(code, code)}: {_plain(value)}" for code, value in values.items())
    return "; ".join(line for line in told if not line.endswith(": ")) or "(kosong)"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return " ".join(_plain(one) for one in value.values() if one)
    return _day(str(value))


def _day(text: str) -> str:
    """Write a stored day as people write it; any other text stays."""
    if not _ISO_DAY.fullmatch(text):
        return text
    return short_date(date.fromisoformat(text))


def _labels() -> Iterable[tuple[str, str]]:
    for service in SERVICES.values():
        for field in service.fields:
            yield field.code, field.label


_LABELS = dict(_labels())
