"""*Perbaiki data*: what was typed wrong is put right before hand-over, before and after kept."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.chain import Link, canonical
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    LineRecord,
    LineStatusRecord,
    RequestRecord,
)
from kecamatan_desk.usecases.applicants import forget_mistaken, remember
from kecamatan_desk.usecases.booking import add_line_status, line_columns
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.intake import guard_secrecy, index_person
from kecamatan_desk.usecases.processing.at_step import (
    at_step,
    needed_text,
    require_officer,
    standing,
)
from kecamatan_desk.usecases.secrecy import refuse_sealed
from kecamatan_desk.usecases.validation import cleaned_values
from kecamatan_desk.usecases.values import (
    Receipt,
    Seen,
)
from kecamatan_desk.usecases.warnings import stop_the_impossible
from kecamatan_desk.workflows.vocabulary import Service

#: The kinds of the status rows that bear corrected columns: before hand-over, and after it.
CORRECTED, ERRATUM = "diperbaiki", "ralat"
#: The kind of the text that keeps each changed field as it was and as it is.
DIFFERENCE = "perbaikan"


def save_step_values(
    work: UnitOfWork, op_id: str, seen: Seen, values: Mapping[str, Any]
) -> Receipt:
    """Keep what is typed at the current step before it is finished; no event, nothing moves.

    Holes are allowed; what could never be kept is refused as in a draft. May be repeated without
    harm, so no receipt is kept under the op_id.
    """
    request, service, step = at_step(work, seen)
    require_officer(work, step)
    kept = cleaned_values(service, values, step.code, complete=False)
    own = {f.code for section in service.sections_at(step.code) for f in section.fields}
    request.data = {**{c: v for c, v in request.data.items() if c not in own}, **kept}
    return standing(request, "isian")


@command
def correct(
    work: UnitOfWork, op_id: str, seen: Seen, values: Mapping[str, Any], reason: str
) -> Receipt:
    """*Perbaiki data* before hand-over: before and after are kept; a drawn letter gets n+1.

    ``values`` are the fields to change, of any section already filled in.
    """
    request, service, step = at_step(work, seen)
    role = require_officer(work, step, Role.PELAYANAN)
    refuse_sealed(work, request)
    text = needed_text(reason, "Alasan perbaikan", "alasan")
    before = dict(request.data)
    reached = {s.code for s in service.steps[: service.steps.index(step)]} | {"terima"}
    after = corrected_data(work, service, reached, before, values)
    changed = changed_fields(before, after)
    take_data(work, request, after)
    link = work.link()
    keep_difference(link, before, after, text)
    if request.line_id is not None:
        new = canonical(changed_columns(work, service, request))
        add_line_status(work, link, request.line_id, CORRECTED, text, new)
    work.session.flush()
    work.close_event(
        link,
        op_id,
        "perbaiki",
        role,
        request_id=request.id,
        step=step.code,
        next_step=request.step,
        status=request.status,
        payload={"fields": changed},
    )
    return standing(request, "perbaiki")


def corrected_data(
    work: UnitOfWork,
    service: Service,
    reached: Collection[str],
    before: Mapping[str, Any],
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """Give the data after a correction, every touched section checked as at its own step.

    ``reached`` are the steps whose fields may be corrected; InputError for others.
    """
    after = dict(before)
    filled = {f.code for s in service.sections if s.step in reached for f in s.fields}
    if unknown := set(values) - filled:
        raise InputError(
            f"Isian tidak dikenal pada langkah ini: {', '.join(sorted(unknown))}. Tidak ada yang "
            "berubah; buka lagi berkasnya."
        )
    for code in dict.fromkeys(section.step for section in service.sections):
        if code not in reached:
            continue
        own = {f.code for section in service.sections_at(code) for f in section.fields}
        merged = {c: v for c, v in {**before, **values}.items() if c in own}
        if not merged:
            continue
        cleaned = cleaned_values(service, merged, code, complete=True)
        after = {**{c: v for c, v in after.items() if c not in own}, **cleaned}
    stop_the_impossible(work, service, after)
    return after


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the codes of the fields that differ; RuleError when none does."""
    changed = sorted(c for c in {*before, *after} if before.get(c) != after.get(c))
    if not changed:
        raise RuleError("Tidak ada isian yang berubah. Ubah isian yang salah, lalu simpan.")
    return tuple(changed)


def take_data(work: UnitOfWork, request: RequestRecord, after: Mapping[str, Any]) -> None:
    """Let a request stand on corrected data: whom it is about, the search, who is remembered."""
    mistaken = request.nik
    request.data = dict(after)
    request.applicant, request.nik = str(after.get("nama", "")), str(after.get("nik", ""))
    request.village = str(after.get("desa", ""))
    request.version += 1
    guard_secrecy(request)
    index_person(work, request)
    if mistaken != request.nik:
        forget_mistaken(work, request, mistaken)
    remember(work, request)


def keep_difference(
    link: Link, before: Mapping[str, Any], after: Mapping[str, Any], reason: str
) -> None:
    """Keep what each changed field was and is, and why, beside the event."""
    link.add(ContentRecord, kind="alasan", body=reason)
    changed = changed_fields(before, after)
    difference = {c: [before.get(c, ""), after.get(c, "")] for c in changed}
    link.add(ContentRecord, kind=DIFFERENCE, body=canonical(difference))


def changed_columns(work: UnitOfWork, service: Service, request: RequestRecord) -> dict[str, str]:
    """Give the columns that are not as the line has them, or were not once before."""
    line = work.session.get_one(LineRecord, request.line_id)
    earlier = select(LineStatusRecord.facts).where(
        LineStatusRecord.line_id == line.id, LineStatusRecord.kind.in_((CORRECTED, ERRATUM))
    )
    told = {name for facts in work.session.scalars(earlier) for name in json.loads(facts)}
    return {
        name: value
        for name, value in line_columns(service, request).items()
        if name in told or getattr(line, name) != value
    }
