"""Adds registered requests to a practice office, beside other processes that do the same."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any, TypeVar
from uuid import uuid4

from kecamatan_desk.domain.errors import DeskError, MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.practice.casting import scene_for
from kecamatan_desk.usecases.practice.forms import first_form, papers
from kecamatan_desk.usecases.practice.people import Population
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service

T = TypeVar("T")

_PATIENCE = 120.0  # seconds a busy file is waited for
_ROLES = (
    Role.PELAYANAN,
    Role.VERIFIKASI,
    Role.KASI,
    Role.REGISTER,
    Role.TIM_TEKNIS,
)


def add_registered(office: Office, count: int, seed: int | None) -> Iterator[Receipt]:
    """Yield the receipt of every number given, after it is committed.

    Each request is taken in, checked and registered like any other, at the present moment. A
    file that is busy is waited for: the same operation is sent again and done once.
    """
    random = Random(seed)
    desks = {role: _patiently(office.practice_desk, role) for role in _ROLES}
    for _ in range(count):
        service = SERVICES[random.choice(list(SERVICES))]
        yield _registered(desks, service, random)


def _registered(desks: Mapping[Role, Desk], service: Service, random: Random) -> Receipt:
    counter = desks[service.steps[1].officer]
    today = _patiently(counter.ask, _today)
    scene = scene_for(service.code, Population(random, today))
    values = first_form(service, scene)
    answers = papers(service, values, scene)
    draft = _sent(counter, intake.save_draft, DraftInput(service.code, values))
    form = DraftInput(service.code, values, answers, draft.id)
    seen = Seen(draft.id, draft.version)
    if service.steps[1].decision:
        return _sent(counter, intake.pass_at_counter, seen, form)
    receipt = _sent(counter, intake.take_in, seen, form)
    checker = desks[service.first_decision.officer]
    receipt = _sent(checker, processing.pass_check, _seen(receipt), answers)
    return _sent(desks[Role.REGISTER], processing.give_agenda_number, _seen(receipt))


def _sent(desk: Desk, usecase: Callable[..., T], *values: Any) -> T:
    """Send a command until it is answered; the same op_id is never done twice."""
    answer: T = _patiently(desk.call, usecase, uuid4().hex, *values)
    return answer


def _patiently(function: Callable[..., T], *values: Any) -> T:
    """Call again while another process holds the file."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return function(*values)
        except MachineError as error:
            if not _busy(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _busy(error: DeskError) -> bool:
    return "database is locked" in str(error.__cause__)


def _seen(receipt: Receipt) -> Seen:
    return Seen(receipt.request_id, receipt.version)


def _today(work: UnitOfWork) -> date:
    return work.today
