"""Who is asking: in an office by name and password, in a practice place nobody is asked."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from kecamatan_desk.cli.parsing import Arguments
from kecamatan_desk.domain.errors import InputError, NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import office_place

if TYPE_CHECKING:
    from kecamatan_desk.usecases.desk import Desk, UnitOfWork
    from kecamatan_desk.usecases.entrance import Office
    from kecamatan_desk.usecases.reasons import Reason


@contextmanager
def signed_in(arguments: Arguments, role: Role) -> Iterator["Desk"]:
    """Open the place and a desk in it, beside a running window too.

    In a practice place it is the desk of whoever holds ``role``. NotAllowedError when an office
    is asked without ``--user``, or name and password do not fit.
    """
    from kecamatan_desk.bootstrap import open_place

    office = open_place(office_place(arguments.data), write=False)
    try:
        yield desk_in(office, arguments.user, role)
    finally:
        office.close()


def desk_in(office: "Office", username: str | None, role: Role) -> "Desk":
    """Sign in at an opened place; see `signed_in`."""
    if office.practice:
        return office.practice_desk(role)
    if not username:
        raise NotAllowedError(
            "Ini data kantor: sebutkan pengguna dengan --user NAMA, lalu ketik kata sandinya. "
            "Tidak ada yang dibuka."
        )
    desk = office.sign_in(username, password_of(username))
    _greet(office, desk)
    return desk


def _greet(office: "Office", desk: "Desk") -> None:
    """Tell on the error stream what he must know; the answer itself stays clean."""
    from zoneinfo import ZoneInfo

    from kecamatan_desk.usecases.greeting import greeting

    said, warning = greeting(desk.welcome, ZoneInfo(office.profile().zone), again=True)
    if warning and sys.stderr is not None:
        sys.stderr.write(said + "\n")


def zone_of(desk: "Desk") -> str:
    """Give the time zone of the office: what people are told is told in its time."""
    return desk.ask(_zone)


def _zone(work: "UnitOfWork") -> str:
    return work.office.zone


def password_of(username: str) -> str:
    """Ask for a password on the terminal, or read it from one line of standard input."""
    if sys.stdin is not None and sys.stdin.isatty():
        import getpass

        return getpass.getpass(f"Kata sandi {username}: ")
    typed = sys.stdin.readline() if sys.stdin is not None else ""
    return typed.rstrip("\r\n")


def note(
    desk: "Desk",
    act: str,
    allowed: tuple[Role, ...],
    what: Mapping[str, Any],
    request_id: int | None = None,
    *,
    reason: str | None,
) -> None:
    """Write into the office's chain what was taken out; a practice place keeps no such record.

    Done before anything is shown: NotAllowedError when the user may not have it, InputError when
    he has not said why.
    """
    from kecamatan_desk.usecases.exports import record_output

    if desk.practice:
        return
    why = required_reason(reason)
    desk.call(record_output, uuid4().hex, act, allowed, what, request_id, reason=why)


def required_reason(reason: str | None) -> "Reason":
    """Give why somebody takes data out of an office; InputError when he has not said it."""
    from kecamatan_desk.usecases.reasons import OTHER, Reason, checked_words

    if not (reason or "").strip():
        raise InputError(
            "Ini data kantor: sebutkan alasannya dengan --reason ALASAN. Tidak ada yang keluar."
        )
    why = Reason(OTHER, reason or "")
    checked_words(why)
    return why
