"""Catat surat manual: letters written outside the program take their number here all the same.

Typed in another program or by hand, they would break the series; a line without a request keeps it
whole. Sources: manual entry (domain facts 3.4), wrong grouping (peers (b) 3).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.numbering import letter_number
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.numbers import (
    coming_number,
    note_inserted,
    refuse_held,
    take_number,
)
from kecamatan_desk.persistence.tables import LineRecord, LineStatusRecord, table_of
from kecamatan_desk.usecases.booking import (
    LINE_STATES,
    add_line_status,
    checked_classification,
    number_tokens,
    refuse_double,
)
from kecamatan_desk.usecases.clock_guard import require_sure_clock
from kecamatan_desk.usecases.closed_books import refuse_closed
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.late_entry import own_classification
from kecamatan_desk.usecases.line_services import LINE_SERVICES, OTHER
from kecamatan_desk.usecases.number_values import NextNumber, ReservedNumber, WrittenNumber
from kecamatan_desk.usecases.people import signatory, signatory_label
from kecamatan_desk.usecases.reserving import reserved_number
from kecamatan_desk.usecases.room import require_room
from kecamatan_desk.usecases.series import (
    BY_CODE,
    classification_of,
    mode_of,
    series_in,
    series_label,
)
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Service, Signing

#: Kind of the status row that tells a line was written without a request.
MANUAL = "manual"
#: Whose block the letter bears -> what the screen calls it.
SIGNERS = {
    Signing.CAMAT: "Camat",
    Signing.SEKCAM_AN: "Sekcam a.n. Camat",
    Signing.KASI_AN: "Kasi a.n. Camat",
}
SENT = "Dikirim"
MOST_NAME, MOST_PURPOSE, MOST_NOTE = 120, 200, 200

_LINE, _STATUS = table_of(LineRecord), table_of(LineStatusRecord)


@dataclass(frozen=True, slots=True)
class ManualLetter:
    """A letter written outside the program, as it is typed in."""

    name: str  # to whom it goes, or who asked for it
    purpose: str  # perihal
    letter_day: date
    service: str = OTHER
    signing: str = Signing.CAMAT.value
    classification: str = ""
    note: str = ""
    sent: bool = True
    block_id: int = 0  # of a number already written; 0: the next number is taken
    number: int = 0


@dataclass(frozen=True, slots=True)
class ManualLine:
    """A letter of this kind as lists show it. ``state``: belum, diserahkan, batal."""

    line_id: int
    number: str
    letter_number: str
    day: date
    letter_day: date
    service: str
    name: str
    purpose: str
    state: str


def manual_services() -> tuple[Service, ...]:
    """Give what such a letter may be of: no service, or one whose letters bear numbers."""
    others = [one for one in LINE_SERVICES.values() if one.code != OTHER and one.writes_letter]
    return (LINE_SERVICES[OTHER], *others)


def manual_number(work: UnitOfWork, typed: ManualLetter) -> NextNumber:
    """Give the number the letter would take now; nothing is spent. DeskError as when it is."""
    work.require(Role.REGISTER)
    service = _service(typed)
    code = _classification(work, service, typed)
    if typed.block_id:
        number = _own_number(work, typed)
        code = own_classification(work, service, number, typed.classification)
        series, coming, suffix = number.series, number.number, number.suffix
    else:
        series, suffix = _series(work, service, code), ""
        coming = coming_number(work.session, series, str(work.today.year))
    letter = _letter_number(work, service, code, coming, typed.letter_day, suffix)
    own_code = classification_of(work, service)
    return NextNumber(coming, letter, own_code, series=series_label(series), suffix=suffix)


@command
def record_manual(work: UnitOfWork, op_id: str, typed: ManualLetter) -> int:
    """Write the line of a letter made outside the program, and give its id.

    It takes the next number of its series, or one set aside that stands on it already. The line is
    of today, the letter of its own day. InputError at a field; RuleError when a book is closed,
    nobody may sign on the letter's day, or its number exists already.
    """
    role = work.require(Role.REGISTER)
    refuse_held(work.session)
    require_room(work)
    require_sure_clock(work)
    checked = _checked(work, typed)
    service = _service(checked)
    refuse_closed(work, checked.letter_day)
    link = work.link()
    if checked.block_id:
        own = _own_number(work, checked)
        code = own_classification(work, service, own, checked.classification)
        day = _written_day(checked, own.day)
        refuse_closed(work, day)
        given = WrittenNumber(own.series, own.period, own.number, day, suffix=own.suffix)
        if own.suffix:
            note_inserted(work.session, own.series, own.period, own.number, own.suffix)
    else:
        refuse_closed(work, work.today)
        code = _classification(work, service, checked)
        series, period = _series(work, service, code), str(work.today.year)
        number = take_number(work.session, link, series, period, None)
        given = WrittenNumber(series, period, number, work.today)
    letter = _letter_number(work, service, code, given.number, checked.letter_day, given.suffix)
    refuse_double(work, letter, int(given.period))
    line_id = link.add(LineRecord, **_columns(work, checked, given, letter))
    add_line_status(work, link, line_id, MANUAL, checked.note)
    if checked.sent:
        add_line_status(work, link, line_id, LINE_STATES[Status.DONE], SENT)
    told: dict[str, Any] = {"series": given.series, "period": given.period, "number": given.number}
    if given.suffix:
        told["suffix"] = given.suffix
    payload: dict[str, Any] = {"line": line_id, "number": told}
    if checked.block_id:
        payload["block"] = checked.block_id
    if code:
        payload["classification"] = code
    work.close_event(link, op_id, "surat-manual", role, payload=payload)
    return line_id


@command
def record_sent(work: UnitOfWork, op_id: str, line_id: int, receiver: str = "") -> None:
    """Note that a manual letter was sent or handed over today. StaleError when it was already."""
    role = work.require(Role.REGISTER)
    row = manual_letter(work, line_id)
    if row.state != "belum":
        raise RuleError(
            f"Surat nomor {row.number} sudah dikirim atau batal. Tidak ada yang berubah; lihat "
            "keadaannya di buku."
        )
    text = checked_text(receiver, "Penerima", MOST_NAME, "receiver") or SENT
    link = work.link()
    add_line_status(work, link, line_id, LINE_STATES[Status.DONE], text)
    work.close_event(link, op_id, "surat-manual-kirim", role, payload={"line": line_id})


def manual_letters(work: UnitOfWork, year: int, limit: int = 60) -> tuple[ManualLine, ...]:
    """List the letters of a year that were written outside the program, the newest first."""
    work.require(Role.REGISTER)
    return tuple(_lines(work, year=year, limit=limit))


def manual_letter(work: UnitOfWork, line_id: int) -> ManualLine:
    """Give one of them."""
    work.require(Role.REGISTER)
    return next(iter(_lines(work, line_id=line_id)))


def _lines(
    work: UnitOfWork, year: int | None = None, line_id: int | None = None, limit: int = 1
) -> list[ManualLine]:
    query = select(_LINE).where(_LINE.c.request_id.is_(None), _LINE.c.letter_number.is_not(None))
    if year is not None:
        query = query.where(_LINE.c.period == str(year))
    if line_id is not None:
        query = query.where(_LINE.c.id == line_id)
    rows = work.session.execute(query.order_by(_LINE.c.id.desc()).limit(limit)).all()
    ends: dict[int, str] = {}
    for status in work.session.execute(
        select(_STATUS.c.line_id, _STATUS.c.kind)
        .where(_STATUS.c.line_id.in_([row.id for row in rows]))
        .order_by(_STATUS.c.id)
    ):
        if status.kind in LINE_STATES.values():
            ends[status.line_id] = status.kind
    return [
        ManualLine(
            line_id=row.id,
            number=f"{row.number:03d}{row.suffix}",
            letter_number=row.letter_number,
            day=date.fromisoformat(row.day),
            letter_day=date.fromisoformat(row.letter_day),
            service=row.service,
            name=row.name,
            purpose=row.purpose,
            state=ends.get(row.id, "belum"),
        )
        for row in rows
    ]


# --- what is checked -----------------------------------------------------------------------------


def _service(typed: ManualLetter) -> Service:
    service = LINE_SERVICES.get(typed.service)
    if service is None or not service.writes_letter:
        raise InputError(
            "Jenis surat tidak dikenal, atau suratnya tidak bernomor. Tidak ada yang berubah; "
            "pilih dari daftar.",
            "service",
        )
    return service


def _checked(work: UnitOfWork, typed: ManualLetter) -> ManualLetter:
    name = checked_text(typed.name, "Tujuan atau pemohon", MOST_NAME, "name")
    purpose = checked_text(typed.purpose, "Perihal", MOST_PURPOSE, "purpose")
    for field, said, text in (
        ("name", "Tujuan atau pemohon", name),
        ("purpose", "Perihal", purpose),
    ):
        if not text:
            raise InputError(
                f"{said} harus diisi: tertulis di buku. Belum ada nomor yang terpakai.", field
            )
    if typed.signing not in [one.value for one in SIGNERS]:
        raise InputError("Pilih penandatangan dari daftar.", "signing")
    if typed.letter_day > work.today:
        raise InputError(
            "Tanggal surat ada di masa depan. Belum ada nomor yang terpakai; betulkan tanggalnya.",
            "letter_day",
        )
    if not typed.block_id and typed.letter_day.year != work.today.year:
        raise InputError(
            f"Nomor tahun {work.today.year} hanya untuk surat bertanggal tahun itu. Belum ada "
            "nomor yang terpakai; betulkan tanggalnya.",
            "letter_day",
        )
    note = checked_text(typed.note, "Keterangan", MOST_NOTE, "note")
    return replace(typed, name=name, purpose=purpose, note=note)


def _classification(work: UnitOfWork, service: Service, typed: ManualLetter) -> str:
    """Give the letter's code; InputError where its number or its series needs one."""
    code = checked_classification(typed.classification)
    if code or classification_of(work, service):
        return code
    if mode_of(work, work.today.year) == BY_CODE or "{kode" in work.office.number_pattern:
        raise InputError(
            "Kode klasifikasi harus diisi: nomor suratnya memuat kode itu. Belum ada nomor yang "
            "terpakai.",
            "classification",
        )
    return ""


def _series(work: UnitOfWork, service: Service, code: str) -> str:
    return series_in(
        mode_of(work, work.today.year), service, code or classification_of(work, service)
    )


def _letter_number(
    work: UnitOfWork, service: Service, code: str, number: int, day: date, suffix: str
) -> str:
    used = code or classification_of(work, service)
    tokens = number_tokens(work.office, used, service.abbreviation, number)
    return letter_number(work.office.number_pattern, {**tokens, "sisipan": suffix}, day)


def _own_number(work: UnitOfWork, typed: ManualLetter) -> ReservedNumber:
    """Give the number that stands on the letter; InputError when the letter is of another year."""
    own = reserved_number(work, typed.block_id, typed.number)
    if str(typed.letter_day.year) != own.period:
        raise InputError(
            f"Nomor {own.label} milik tahun {own.period}, jadi tanggal suratnya dalam tahun itu. "
            "Belum ada yang berubah; betulkan tanggal surat atau pilih nomor yang lain.",
            "letter_day",
        )
    return own


def _written_day(typed: ManualLetter, reserved: date) -> date:
    """Give the day of the line whose number was written by hand: the letter's, as on the sheet."""
    return max(typed.letter_day, reserved)


def _columns(
    work: UnitOfWork, typed: ManualLetter, given: WrittenNumber, letter: str
) -> dict[str, Any]:
    signer = signatory(work, Signing(typed.signing), typed.letter_day)
    return {
        "request_id": None,
        "series": given.series,
        "period": given.period,
        "number": given.number,
        "suffix": given.suffix,
        "year": int(given.period),
        "day": given.day.isoformat(),
        "zone": work.office.zone,
        "service": typed.service,
        "letter_number": letter,
        "letter_day": typed.letter_day.isoformat(),
        "signatory": signatory_label(signer),
        "file_code": "",
        "queue": "",
        "name": typed.name,
        "nik": "",
        "sex": "",
        "address": "",
        "village": "",
        "purpose": typed.purpose,
        "village_letter": "",
        "facts": "{}",
    }
