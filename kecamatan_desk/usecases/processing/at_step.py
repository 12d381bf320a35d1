"""What every deed at a step begins with: the step, the officer, the words, a standing receipt."""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role, either
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.tables import (
    ContentRecord,
    RequestRecord,
)
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.moving import (
    load_seen,
    place_of,
    receipt_of,
)
from kecamatan_desk.usecases.validation import cleaned_values
from kecamatan_desk.usecases.values import (
    NOTHING,
    Receipt,
    Seen,
)
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status, current_step, officers_for
from kecamatan_desk.workflows.vocabulary import Service, Step

MOST_TEXT = 300  # most characters of a note or reason


def at_step(work: UnitOfWork, seen: Seen) -> tuple[RequestRecord, Service, Step]:
    """Give the request the screen saw, its service and the step it waits at.

    RuleError when it is not running.
    """
    request = load_seen(work, seen)
    service = SERVICES[request.service]
    step = current_step(service, place_of(request))
    if step is None or request.status in (Status.DRAFT, Status.FAILED):
        raise RuleError(
            "Permohonan ini tidak sedang berjalan. Tidak ada yang berubah; lihat keadaannya pada "
            "riwayat berkas."
        )
    return request, service, step


def at_first_decision(work: UnitOfWork, seen: Seen) -> tuple[RequestRecord, Service, Step]:
    """Give the same for a request that waits for its first decision; RuleError otherwise."""
    request, service, step = at_step(work, seen)
    if step is not service.first_decision:
        raise RuleError(
            "Berkas ini tidak menunggu pemeriksaan. Tidak ada yang berubah; buka lagi dari daftar."
        )
    return request, service, step


def require_step(step: Step, code: str) -> None:
    """Raise RuleError unless the request waits at the step with this code."""
    if step.code != code:
        raise RuleError(
            "Berkas ini tidak sedang pada langkah itu. Tidak ada yang berubah; buka lagi "
            "dari daftar."
        )


def require_officer(work: UnitOfWork, step: Step, *others: Role) -> Role:
    """Give the role in which the user may act on a step, or raise NotAllowedError."""
    allowed = (*officers_for(step), *others)
    for role in allowed:
        if role in work.roles:
            return role
    raise NotAllowedError(
        f"Langkah “{step.activity}” hanya untuk {either(allowed)}. Tidak ada yang berubah; "
        "mintalah petugas itu mengerjakannya."
    )


def needed_text(text: str, label: str, field: str) -> str:
    """Give a text that must be there, cleaned; InputError naming the field when it is empty."""
    cleaned = checked_text(text, label, MOST_TEXT, field)
    if not cleaned:
        raise InputError(f"{label} belum ditulis. Tidak ada yang berubah; tulis dahulu.", field)
    return cleaned


def store_step_values(
    request: RequestRecord, service: Service, step: Step, values: Mapping[str, Any]
) -> None:
    """Keep the fields the SOP asks for at this step; required ones must be there."""
    cleaned = cleaned_values(service, values, step.code, complete=True)
    if cleaned:
        own = {f.code for section in service.sections_at(step.code) for f in section.fields}
        request.data = {**{c: v for c, v in request.data.items() if c not in own}, **cleaned}


def write_event(
    work: UnitOfWork,
    op_id: str,
    act: str,
    role: Role,
    request: RequestRecord,
    payload: Mapping[str, Any] = NOTHING,
    note: str = "",
) -> None:
    """Write an event that moves nothing."""
    link = work.link()
    if note:
        link.add(ContentRecord, kind="catatan", body=note)
    work.session.flush()
    work.close_event(
        link,
        op_id,
        act,
        role,
        request_id=request.id,
        step=request.step,
        next_step=request.step,
        status=request.status,
        payload=payload,
    )


def standing(request: RequestRecord, act: str) -> Receipt:
    """Give the receipt of a deed that moved nothing."""
    return receipt_of(SERVICES[request.service], request, act)
