"""A desk that tells of every commit once it has happened, and a counter's work done on it.

An acknowledgement is one line of JSON. ``{"op": ..., "of": "take_in", "receipt": {...}}`` says that
a use-case has answered; ``{"letter": 7, "sha256": [...]}`` that a letter was shown to the officer.
From that moment on it must be in the books, whatever happens to the machine.
"""

import dataclasses
import json
import time
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.draft_values import DraftSaved
from kecamatan_desk.usecases.jobs import register_and_draw
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.usecases.views import documents_of
from tests.builders import op
from tests.taking_numbers import ChangedMindError
from tests.walking import brought_to, forward

#: Gets each acknowledgement as a line.
Acknowledge = Callable[[str], None]

#: Services whose requests are registered by the same few acts.
SERVICES = ("sktm", "ktp", "skck", "ahli-waris")

_PATIENCE = 120.0  # seconds a file is waited for that other processes hold


class WitnessDesk(Desk):
    """A user's desk that acknowledges, and now and then gives up at the very end of an act.

    A busy file is waited for: the same call with the same op_id is sent again.
    """

    def __init__(
        self, desk: Desk, acknowledge: Acknowledge, changes_mind: Callable[[], bool] | None = None
    ) -> None:
        self.__dict__.update(desk.__dict__)  # the same desk, told of
        self._acknowledge = acknowledge
        self._changes_mind = changes_mind or (lambda: False)

    def call(self, usecase: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a use-case, and tell of it after it was committed."""
        while self._changes_mind():
            self._given_up(usecase, *args, **kwargs)
        answer = patiently(super().call, usecase, *args, **kwargs)
        if args and isinstance(args[0], str):
            told = {"op": args[0], "of": usecase.__name__, **_told(answer)}
            self._acknowledge(json.dumps(told))
        return answer

    def ask(self, usecase: Any, *args: Any, **kwargs: Any) -> Any:
        """Read; a busy file is waited for."""
        return patiently(super().ask, usecase, *args, **kwargs)

    def _given_up(self, usecase: Any, *args: Any, **kwargs: Any) -> None:
        def given_up(work: Any) -> None:
            usecase(work, *args, **kwargs)
            raise ChangedMindError

        try:
            patiently(super().call, given_up)
        except ChangedMindError:
            return


def patiently(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call again while another process holds the file."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return function(*args, **kwargs)
        except MachineError as error:
            if "database is locked" not in str(error.__cause__) or time.monotonic() > until:
                raise
            time.sleep(0.005)


def deliver_letter(
    desk_of: Callable[[Role], Desk], acknowledge: Acknowledge, code: str, op_id: str = ""
) -> Receipt:
    """Draft, take in, check, register, and draw a letter; tell of it when it can be shown."""
    waiting = brought_to(desk_of, code, "register")
    register = desk_of(Role.REGISTER)
    receipt = register_and_draw(register, op_id or op(), Seen(waiting.request_id, waiting.version))
    tell_of_letter(register, receipt, acknowledge)
    return receipt


def tell_of_letter(desk: Desk, receipt: Receipt, acknowledge: Acknowledge) -> None:
    """Acknowledge a registered request with the papers that lie there for it."""
    papers = desk.ask(documents_of, receipt.request_id)
    told = {
        "letter": receipt.request_id,
        "number": receipt.number,
        "sha256": [paper.sha256 for paper in papers],
    }
    acknowledge(json.dumps(told))


def work_on(
    desk_of: Callable[[Role], Desk],
    acknowledge: Acknowledge,
    random: Random,
    *,
    letters: int | None,
    given_up: float = 0.0,
    draws: bool = True,
) -> None:
    """Do a counter's work: so many letters (None: until killed), acknowledging every commit.

    Args:
        desk_of: gives a desk for a role.
        acknowledge: gets each acknowledgement.
        random: chooses the services, and where a transaction is given up.
        letters: how many.
        given_up: the share of transactions that do everything and then are rolled back.
        draws: whether letters are drawn; without, only numbers are given.
    """

    def changes_mind() -> bool:
        return random.random() < given_up

    @cache
    def witnessed(role: Role) -> Desk:
        return WitnessDesk(patiently(desk_of, role), acknowledge, changes_mind)

    done = 0
    while letters is None or done < letters:
        code = random.choice(SERVICES)
        if draws:
            deliver_letter(witnessed, acknowledge, code)
        else:
            forward(witnessed, brought_to(witnessed, code, "register"))
        done += 1


def _told(answer: object) -> dict[str, Any]:
    match answer:
        case Receipt():
            return {"receipt": dataclasses.asdict(answer)}
        case DraftSaved():
            return {"draft": {"id": answer.id, "file_code": answer.file_code}}
    return {"plain": answer}
