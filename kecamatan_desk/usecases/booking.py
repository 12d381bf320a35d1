"""Writing the register book: the line at register, what becomes of it, letter numbers."""

import re
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, select

from kecamatan_desk.documents.checks import missing_characters
from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.numbering import letter_number, queue_display
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import Link, canonical
from kecamatan_desk.persistence.numbers import (
    MINUTES,
    coming_number,
    note_inserted,
    refuse_held,
    take_number,
)
from kecamatan_desk.persistence.tables import (
    LineRecord,
    LineStatusRecord,
    RequestRecord,
    table_of,
)
from kecamatan_desk.usecases.closed_books import refuse_closed
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.number_values import NextNumber, WrittenNumber
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people import signatory, signatory_label
from kecamatan_desk.usecases.series import series_label, series_of
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Service

#: What the book says of a line whose request has ended this way.
LINE_STATES = {
    Status.DONE: "diserahkan",
    Status.REFUSED: "ditolak",
    Status.CANCELLED: "batal",
    Status.FAILED: "ditutup",
    Status.EXPIRED: "ditutup",
}
HIDDEN = "Dirahasiakan"
_OPEN = ("media", "terlapor")  # fields of a secret reporter that the book still shows
MOST_CLASSIFICATION = 30
_CLASSIFICATION = re.compile(r"[0-9A-Za-z]+(?:[./-][0-9A-Za-z]+)*")
_REQUEST = table_of(RequestRecord)
_LINE = table_of(LineRecord)
#: The file that bears a letter number, and whether a line of the book does.
_SAME_LETTER = select(
    select(_REQUEST.c.file_code)
    .where(
        _REQUEST.c.letter_year == bindparam("year"),
        _REQUEST.c.letter_number == bindparam("letter"),
    )
    .scalar_subquery()
    .label("file"),
    exists()
    .where(_LINE.c.year == bindparam("year"), _LINE.c.letter_number == bindparam("letter"))
    .label("booked"),
)


def writes_letter(service: Service) -> bool:
    """Tell whether a service's line carries a letter number (D and E issue none at this point)."""
    return service.writes_letter


def number_tokens(
    office: OfficeProfile, classification: str, abbreviation: str, number: int
) -> dict[str, str | int]:
    """Give what stands for the tokens of a letter number, all but the day's."""
    return {
        "kode": classification,
        "urut": number,
        "layanan": abbreviation,
        "singkatan": office.abbreviation,
        "unit": office.abbreviation,
        "sifat": "B",
    }


def checked_classification(typed: str) -> str:
    """Give a classification code cleaned; "" for none. InputError when it is none a number bears.

    It is never checked against a list: the lists in use disagree (domain facts, 2.7). But a slip
    of the keyboard would stand in a number that is never taken back, so marks are refused that no
    code has and the letter's own code cannot bear.
    """
    code = checked_text(typed, "Kode klasifikasi", MOST_CLASSIFICATION, "classification")
    if missing := missing_characters(code):
        raise InputError(
            f"Kode klasifikasi memuat huruf yang tidak dapat dicetak: {missing}. Tidak ada yang "
            "berubah; ganti huruf itu.",
            "classification",
        )
    if code and not _CLASSIFICATION.fullmatch(code):
        raise InputError(
            f"Kode klasifikasi “{code}” bukan kode: isinya hanya huruf, angka, titik, garis "
            "miring, atau tanda hubung, tanpa spasi. Tidak ada yang berubah; betulkan kodenya.",
            "classification",
        )
    return code


def compose_letter_number(
    work: UnitOfWork,
    service: Service,
    number: int,
    day: date,
    classification: str = "",
    suffix: str = "",
) -> str:
    """Write the letter number a running number yields on a day.

    ``classification`` is the code of this one letter; "" is the one the office gives the service.
    ``suffix`` is that of an inserted number.
    """
    code = classification or work.service_choices[service.code].classification
    tokens = number_tokens(work.office, code, service.abbreviation, number)
    return letter_number(work.office.number_pattern, {**tokens, "sisipan": suffix}, day)


def next_number_of(
    work: UnitOfWork, service: Service, request: RequestRecord, classification: str = ""
) -> NextNumber:
    """Give the agenda and letter number register would write now: a new one, or the file's own."""
    if request.agenda_number is not None:
        return NextNumber(request.agenda_number, request.letter_number or "")
    series = series_of(work, service, classification, work.today.year)
    number = coming_number(work.session, series, str(work.today.year))
    if not writes_letter(service):
        return NextNumber(number, "", series=series_label(series))
    letter = compose_letter_number(work, service, number, work.today, classification)
    choices = work.service_choices[service.code]
    return NextNumber(
        number, letter, choices.classification, choices.form, series=series_label(series)
    )


def write_line(
    work: UnitOfWork,
    link: Link,
    service: Service,
    request: RequestRecord,
    classification: str = "",
    written: WrittenNumber | None = None,
) -> tuple[str, str, int]:
    """Spend the agenda number and write the line, in the caller's transaction.

    ``written``: the number stands on a printed sheet already, or is inserted behind another, so
    none is spent. Gives (series, period, number). RuleError when the day's book is closed, nobody
    may sign that day, the letter number exists already, or the numbers of this place are not
    proved; no number is spent then.
    """
    refuse_held(work.session)
    day = written.day if written else work.today
    refuse_closed(work, day)
    signer = None
    if writes_letter(service):
        signer = signatory(work, service.letters[0].signing, day)
    if written is None:
        series, period = series_of(work, service, classification, day.year), str(day.year)
        number = take_number(work.session, link, series, period, request.id)
    else:
        series, period, number = written.series, written.period, written.number
    letter, suffix = None, written.suffix if written else ""
    if suffix:
        note_inserted(work.session, series, period, number, suffix)
    if signer is not None:
        letter = compose_letter_number(work, service, number, day, classification, suffix)
        refuse_double(work, letter, day.year)
        request.letter_year, request.letter_number = day.year, letter
        request.form = work.service_choices[service.code].form
    request.agenda_number, request.agenda_suffix = number, suffix
    queue = queue_display(service.family, request.queue_number)
    request.line_id = link.add(
        LineRecord,
        request_id=request.id,
        series=series,
        period=period,
        number=number,
        suffix=suffix,
        year=day.year,
        day=day.isoformat(),
        zone=work.office.zone,
        service=service.code,
        letter_number=letter,
        letter_day=day.isoformat() if letter else "",
        signatory=signatory_label(signer) if signer else "",
        file_code=request.file_code,
        queue=written.queue or queue if written else queue,
        **line_columns(service, request),
    )
    return series, period, number


def line_columns(service: Service, request: RequestRecord) -> dict[str, str]:
    """Give the columns of a line that come from the applicant and the service's fields."""
    data = request.data
    if request.secret:
        person = {"name": HIDDEN, "nik": "", "sex": "", "address": "", "village": request.village}
    else:
        person = {
            "name": request.applicant,
            "nik": request.nik,
            "sex": str(data.get("jenis-kelamin", ""))[:1],
            "address": _address(data),
            "village": request.village,
        }
    letter = " ".join(
        part
        for part in (data.get("pengantar-nomor", ""), _short(data.get("pengantar-tanggal", "")))
        if part
    )
    facts = data
    if request.secret:  # what the complaint is about, and nothing of who complains
        facts = {code: data[code] for code in _OPEN if code in data}
    return {
        **person,
        "purpose": purpose_text(service, data),
        "village_letter": letter,
        "facts": canonical(facts),
    }


def purpose_text(service: Service, data: Any) -> str:
    """Give what the book shows as Keperluan."""
    value = data.get(service.purpose, "") if service.purpose else ""
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    kinds = {field.code: field.kind for field in service.fields}
    return _short(str(value)) if kinds.get(service.purpose) is FieldKind.DATE else str(value)


def write_line_status(
    work: UnitOfWork, link: Link, request: RequestRecord, status: Status, remark: str
) -> None:
    """Add what became of the request's line, if it has one."""
    if request.line_id is None or status not in LINE_STATES:
        return
    later = _later_values(SERVICES[request.service], request)
    facts = canonical({"later": later}) if later else "{}"
    add_line_status(work, link, request.line_id, LINE_STATES[status], remark, facts)


def later_fields(service: Service) -> tuple[Field, ...]:
    """Give the fields filled in after the book line is written: e-KTP, OSS and complaints."""
    first = service.steps[1].code
    return tuple(
        field for section in service.sections if section.step != first for field in section.fields
    )


#: The same by the service's code.
LATER = {code: later_fields(service) for code, service in SERVICES.items()}


def _later_values(service: Service, request: RequestRecord) -> dict[str, Any]:
    """Give what the book shows of a request beyond its line, once it has ended."""
    data = request.data
    later = {field.code: data[field.code] for field in LATER[service.code] if field.code in data}
    if request.minutes_number is not None:
        later[MINUTES] = request.letter_number or ""
    return later


def add_line_status(
    work: UnitOfWork, link: Link, line_id: int, kind: str, remark: str, facts: str = "{}"
) -> None:
    """Add a status row to a line; earlier rows stay."""
    link.add(
        LineStatusRecord,
        line_id=line_id,
        kind=kind,
        day=work.today.isoformat(),
        remark=remark,
        facts=facts,
    )


def minutes_letter_number(work: UnitOfWork, service: Service, request: RequestRecord) -> None:
    """Write the number of the Berita Acara onto the request (series berita-acara)."""
    assert request.minutes_number is not None
    code = work.service_choices[service.code].classification
    abbreviation = "BA-" + service.abbreviation
    tokens = number_tokens(work.office, code, abbreviation, request.minutes_number)
    letter = letter_number(work.office.number_pattern, tokens, work.today)
    refuse_double(work, letter, work.today.year)
    request.letter_year, request.letter_number = work.today.year, letter


def refuse_double(work: UnitOfWork, letter: str, year: int) -> None:
    """Raise RuleError when a letter of the year, of a file or of none, bears this number."""
    same = work.session.execute(_SAME_LETTER, {"year": year, "letter": letter}).one()
    if same.file or same.booked:
        used = f"berkas {same.file}" if same.file else "surat yang dicatat manual"
        raise RuleError(
            f"Nomor surat {letter} sudah dipakai {used}. Belum ada nomor baru yang "
            "terpakai; pakai kode klasifikasi lain, atau mintalah Administrator menambahkan "
            "{layanan} pada pola nomor di Kantor dan kop surat."
        )


def _address(data: Any) -> str:
    parts = [str(data.get("alamat", ""))]
    if data.get("rt"):
        parts.append(f"RT {data['rt']}")
    if data.get("rw"):
        parts.append(f"RW {data['rw']}")
    return " ".join(part for part in parts if part)


def _short(text: Any) -> str:
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        return str(text or "")
    return f"{day:%d-%m-%Y}"
