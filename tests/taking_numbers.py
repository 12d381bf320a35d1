"""Takes numbers through the use-cases, from a thread or a process of its own."""

import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.keys import KeyRing
from kecamatan_desk.usecases.desk import Desk, User
from kecamatan_desk.usecases.processing import give_agenda_number, pass_check
from kecamatan_desk.usecases.values import Receipt, Seen
from tests.walking import papers

NOON = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)


class ChangedMindError(Exception):
    """Raised inside a transaction after everything was done: all of it must go back."""


def noon() -> datetime:
    return NOON


def desk(path: Path, role: Role, user_id: int) -> Desk:
    """Give the desk of a user as another program on the same data would."""
    user = User(user_id, role.value, role.label, (role,))
    files, keys = ByteStore(path.parent / "x"), KeyRing(path.parent / "key")
    return Desk(Store(path), files, user, keys=keys, practice=False, clock=noon)


def take(
    path: Path, users: dict[str, int], files: list[tuple[int, int]], seed: int
) -> list[tuple[str, str, int]]:
    """Verify and register files, one transaction in five given up at its very end.

    Gives (series, period, number) of every number that was promised by a receipt.
    """
    choice = random.Random(seed)
    kasi = desk(path, Role.KASI, users["kasi"])
    register = desk(path, Role.REGISTER, users["register"])
    given: list[tuple[str, str, int]] = []
    for request_id, version in files:
        seen = Seen(request_id, version)
        checked = _once(kasi, choice, pass_check, seen, papers("sktm"))
        given.append(_number(checked))
        registered = _once(register, choice, give_agenda_number, Seen(request_id, checked.version))
        given.append(_number(registered))
    kasi.store.close()
    register.store.close()
    return given


def _once(desk: Desk, choice: random.Random, usecase: Any, *args: Any) -> Receipt:
    """Do an act until it is done: giving up on purpose, and trying again when the file is busy."""
    op_id = uuid4().hex

    def given_up(work: Any) -> None:
        usecase(work, op_id, *args)
        raise ChangedMindError

    while True:
        try:
            if choice.random() < 0.2:
                desk.call(given_up)
            return desk.call(usecase, op_id, *args)  # type: ignore[no-any-return]
        except ChangedMindError:
            continue
        except DeskError as error:
            if "program lain" not in str(error):
                raise


def _number(receipt: Receipt) -> tuple[str, str, int]:
    if receipt.series is None or receipt.period is None or receipt.number is None:
        raise AssertionError("the receipt promises no number")
    return receipt.series, receipt.period, receipt.number


def take_in_process(
    path: str, users: dict[str, int], files: list[tuple[int, int]], seed: int
) -> list[tuple[str, str, int]]:
    """What a spawned process runs; it must not have inherited anything."""
    if "pytest" in sys.modules:
        raise AssertionError("this process was forked, not spawned")
    return take(Path(path), users, files, seed)
