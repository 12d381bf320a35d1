"""``requests list``: where every request stands, without names."""

from typing import TYPE_CHECKING, Any

from kecamatan_desk.cli.access import note, signed_in
from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    add_json,
    add_reason,
    add_user,
    say,
    say_json,
    service_code,
    under,
)
from kecamatan_desk.domain.roles import Role

if TYPE_CHECKING:
    from kecamatan_desk.usecases.desk import Desk


def add(commands: Commands) -> None:
    """Add ``requests list``."""
    kinds = under(commands, "requests", "permohonan")
    listing = kinds.add_parser("list", help="semua permohonan, tanpa nama")
    listing.choices.add_argument(
        "--service", type=service_code, metavar="KODE", help="hanya layanan ini"
    )
    add_json(listing)
    add_user(listing)
    add_reason(listing)
    listing.set_defaults(run=_list)


def _list(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.exports import EXPORT, STAFF_AND_ADMIN

    with signed_in(arguments, Role.REGISTER) as desk:
        what = {"what": "requests", "service": arguments.service or ""}
        note(desk, EXPORT, STAFF_AND_ADMIN, what, reason=arguments.reason)
        found = _all(desk, arguments.service)
    if arguments.json:
        say_json(found)
        return DONE
    for request in found:
        place = " / ".join(part for part in (request["status"], request["step"]) if part)
        number = request["letter_number"] or request["agenda_number"] or "–"
        say(f"{request['file_code']:12} {request['service']:18} {place:24} {number}")
    say(f"{len(found)} permohonan.")
    return DONE


def _all(desk: "Desk", service: str | None) -> list[dict[str, Any]]:
    """Read chunk by chunk, each its own short transaction."""
    from kecamatan_desk.usecases.worklist import list_requests

    found: list[dict[str, Any]] = []
    last = 0
    while chunk := desk.ask(list_requests, service, last):
        last = chunk[-1]["id"]
        found += [{name: row[name] for name in row if name != "id"} for row in chunk]
    return found
