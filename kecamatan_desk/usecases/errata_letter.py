"""The ralat letter: what of a correction the first letter shows, and how the ralat says it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from kecamatan_desk.documents.facts import field_facts
from kecamatan_desk.documents.profiles import Layout
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.proof import ERRATUM as ERRATUM_PAPER
from kecamatan_desk.domain.proof import Claim, initials_in_code, last_four, number_in_code
from kecamatan_desk.persistence.tables import DocumentRecord, RequestRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.differences import Erratum, errata_of
from kecamatan_desk.usecases.letter_texts import text_drawn, text_of
from kecamatan_desk.usecases.paper_parts import office_head, signature_block
from kecamatan_desk.usecases.papers import (
    LetterJob,
    common_facts,
    kept_beside,
    layout_of,
    made,
    newest_of,
    qr_caption,
)
from kecamatan_desk.usecases.people import signatory
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Field, FieldKind, Letter, Service

_NONE = "\u2013"  # printed where nothing was, or nothing should be
_Data = Mapping[str, Any]


def errata_due(work: UnitOfWork, request_id: int) -> tuple[LetterJob, ...]:
    """Give the ralat letters of a request that should exist and do not, as frozen values."""
    request = work.session.get_one(RequestRecord, request_id)
    drawn = set(
        work.session.scalars(
            select(DocumentRecord.version).where(
                DocumentRecord.request_id == request_id, DocumentRecord.kind == ERRATUM
            )
        )
    )
    errata = errata_of(work, request)
    return tuple(_job(work, request, one) for one in errata if one.number not in drawn)


def erratum_number(letter_number: str, number: int) -> str:
    """Give the number of the n-th ralat of a letter: unique, since the letter's own number is."""
    return f"{letter_number}/R{number}"


def erratum_made(work: UnitOfWork, request: RequestRecord, number: int) -> datetime:
    """Give when the n-th ralat of a request was issued; IndexError when it has not so many."""
    return errata_of(work, request)[number - 1].at


def erratum_claim(
    work: UnitOfWork, request: RequestRecord, number: int, day: date, after: _Data
) -> Claim:
    """Give what the code of a ralat letter says."""
    return Claim(
        work.practice,
        request.file_code,
        SERVICES[request.service].abbreviation,
        number_in_code(erratum_number(request.letter_number or "", number)),
        day,
        initials_in_code(str(after.get("nama", ""))),
        last_four(str(after.get("nik", ""))),
        ERRATUM_PAPER,
        number,
    )


def _job(work: UnitOfWork, request: RequestRecord, erratum: Erratum) -> LetterJob:
    service = SERVICES[request.service]
    first = service.letters[0]
    day = work.calendar.local_date(erratum.at)
    made_at, _ = made(work, request, first)
    number = erratum_number(request.letter_number or "", erratum.number)
    signer = signatory(work, first.signing, day)
    kept = newest_of(work, request, first)
    layout = Layout(layout_of(kept).profile) if kept else Layout()
    codes = printed_fields(work, request, erratum)
    facts = {
        **common_facts(work, request, erratum.before, erratum.at, number),
        "nama": str(erratum.before.get("nama", "")),
        "nik": str(erratum.before.get("nik", "")),
        "petugas": erratum.officer,
        "penandatangan": signer.running,
        "penandatangan-nama": signer.name,
        "surat": first.title,
        "surat-nomor": request.letter_number or "",
        "surat-tanggal": long_date(work.calendar.local_date(made_at)),
        "ralat-lagi": str(erratum.number) if erratum.number > 1 else "",
        "perubahan": differences(service, erratum, codes),
    }
    data = {
        "nama": erratum.after.get("nama", ""),
        "nik": erratum.after.get("nik", ""),
        "perubahan": {c: [erratum.before.get(c, ""), erratum.after.get(c, "")] for c in codes},
    }
    return LetterJob(
        request.id,
        ERRATUM,
        "Surat Ralat" if erratum.number == 1 else f"Surat Ralat ke-{erratum.number}",
        erratum.number,
        number,
        request.file_code,
        office_head(work),
        facts,
        {**data, **kept_beside(signer, day, layout)},
        signature_block(work, signer, day),
        erratum_claim(work, request, erratum.number, day, data).text,
        qr_caption(request),
        layout,
        "",
    )


def printed_fields(work: UnitOfWork, request: RequestRecord, erratum: Erratum) -> tuple[str, ...]:
    """Give the changed fields that the letter shows: each makes it another letter by itself."""
    from kecamatan_desk.documents.rendering import render  # few files have a ralat
    from kecamatan_desk.documents.template import parse

    service = SERVICES[request.service]
    template = parse(_text_in_hand(work, request, service.letters[0]))
    at, _ = made(work, request, service.letters[0])

    def shown(data: _Data) -> object:
        facts = field_facts(service.fields, data, on=work.calendar.local_date(at))
        return render(template, {**facts, **common_facts(work, request, data, at, "")})

    first, last = shown(erratum.before), shown(erratum.after)
    order = [field.code for field in service.fields]
    return tuple(
        code
        for code in sorted(erratum.changed, key=order.index)
        if shown({**erratum.before, code: erratum.after.get(code, "")}) != first
        or shown({**erratum.after, code: erratum.before.get(code, "")}) != last
    )


def _text_in_hand(work: UnitOfWork, request: RequestRecord, letter: Letter) -> str:
    """Give the text the letter was drawn from, whatever the office has made of it since."""
    kept = newest_of(work, request, letter)
    if kept is None:
        return text_of(work, letter.template)
    return text_drawn(work, letter.template, kept.template_sha256)


def differences(
    service: Service, erratum: Erratum, codes: tuple[str, ...]
) -> tuple[dict[str, str], ...]:
    """Give the rows of the table: what is meant, as the letter has it, as it should be."""
    fields = {field.code: field for field in service.fields}
    rows: list[dict[str, str]] = []
    for code in codes:
        old, new = erratum.before.get(code), erratum.after.get(code)
        for label, was, should in _field_rows(fields[code], _name(service, code), old, new):
            rows.append({"uraian": label, "tertulis": was or _NONE, "seharusnya": should or _NONE})
    return tuple(rows)


def _name(service: Service, code: str) -> str:
    """Give a field's label, with its section where another field is called the same."""
    label = next(field.label for field in service.fields if field.code == code)
    if sum(field.label == label for field in service.fields) == 1:
        return label
    section = next(s for s in service.sections if any(f.code == code for f in s.fields))
    return f"{label} ({section.title})"


def _field_rows(field: Field, name: str, old: Any, new: Any) -> Iterator[tuple[str, str, str]]:
    if field.kind is not FieldKind.ROWS:
        yield name, _shown(field, old), _shown(field, new)
        return
    before, after = old or [], new or []
    for place in range(max(len(before), len(after))):
        was = before[place] if place < len(before) else None
        should = after[place] if place < len(after) else None
        where = f"{name} nomor {place + 1}"
        if was is None or should is None:
            yield where, _whole_row(field, was), _whole_row(field, should)
            continue
        for column in field.columns:
            if was.get(column.code) != should.get(column.code):
                label = f"{where}: {column.label}"
                yield (
                    label,
                    _shown(column, was.get(column.code)),
                    _shown(column, should.get(column.code)),
                )


def _whole_row(field: Field, row: _Data | None) -> str:
    cells = (_shown(column, (row or {}).get(column.code)) for column in field.columns)
    return ", ".join(cell for cell in cells if cell)


def _shown(field: Field, value: Any) -> str:
    """Give a value as letters print it."""
    if value in (None, "", [], ()):
        return ""
    alone = Field(field.code, field.label, field.kind, choices=field.choices)
    return str(field_facts((alone,), {field.code: value})[field.code])
