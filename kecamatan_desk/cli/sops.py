"""``sop``: the SOPs as the program runs them. Touches no data directory."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    add_json,
    add_output,
    say,
    say_files,
    say_json,
    under,
)
from kecamatan_desk.documents.saving import write_paper
from kecamatan_desk.domain.errors import RuleError

if TYPE_CHECKING:
    from kecamatan_desk.workflows.vocabulary import Service, Step


def add(commands: Commands) -> None:
    """Add ``sop list``, ``sop show`` and ``sop sheet``."""
    kinds = under(commands, "sop", "SOP seperti yang dijalankan program")
    listing = kinds.add_parser("list", help="semua SOP")
    add_json(listing)
    listing.set_defaults(run=_sop_list)
    showing = kinds.add_parser("show", help="satu SOP, langkah demi langkah")
    showing.add_argument("code", metavar="KODE", help="kode layanan, misalnya sktm")
    add_json(showing)
    showing.set_defaults(run=_sop_show)
    sheet = kinds.add_parser("sheet", help="lembar SOP sebagai PDF, tanpa kop kantor")
    sheet.add_argument("code", metavar="KODE", help="kode layanan, misalnya sktm")
    add_output(sheet)
    sheet.set_defaults(run=_sop_sheet)


def _sop_list(arguments: Arguments) -> int:
    from kecamatan_desk.workflows.catalog import SERVICES

    services = SERVICES.values()
    if arguments.json:
        say_json([sop_as_json(service) for service in services])
    else:
        for service in services:
            say(f"{service.code:18} {service.total_minutes:3} menit  {service.label}")
    return DONE


def _sop_show(arguments: Arguments) -> int:
    service = service_named(arguments.code)
    if arguments.json:
        say_json(sop_as_json(service))
    else:
        for line in _sop_lines(service):
            say(line)
    return DONE


def _sop_sheet(arguments: Arguments) -> int:
    from kecamatan_desk.documents.sop_sheet import draw_sop_sheet

    content = draw_sop_sheet(service_named(arguments.code), None)
    write_paper(arguments.output, content)
    say_files([arguments.output])
    return DONE


def service_named(code: str) -> "Service":
    """Give a service by its code; RuleError with the known codes when there is none."""
    from kecamatan_desk.workflows.catalog import SERVICES

    if code not in SERVICES:
        raise RuleError(f"Layanan {code} tidak ada. Kode yang ada: {', '.join(SERVICES)}.")
    return SERVICES[code]


def sop_as_json(service: "Service") -> dict[str, Any]:
    """Give an SOP as the documented JSON object."""
    return {
        "code": service.code,
        "title": service.title,
        "label": service.label,
        "family": service.family.value,
        "lanes": [role.value for role in service.lanes],
        "total_minutes": service.total_minutes,
        "steps": [_step_as_json(no, step) for no, step in enumerate(service.steps, 1)],
    }


def _step_as_json(no: int, step: "Step") -> dict[str, Any]:
    return {
        "no": no,
        "code": step.code,
        "activity": step.activity,
        "actor": step.actor.value,
        "requires": step.requires,
        "minutes": step.minutes,
        "output": step.output,
        "decision": step.decision,
        "may_return": step.may_return,
        "takes": step.takes.value if step.takes else None,
    }


def _sop_lines(service: "Service") -> Iterable[str]:
    yield service.title
    yield ""
    for no, step in enumerate(service.steps, 1):
        mark = " (keputusan)" if step.decision else ""
        yield f"{no}. {step.activity}{mark}"
        yield f"   Pelaksana: {step.actor.label}; waktu: {step.minutes} menit"
        yield f"   Kelengkapan: {step.requires}"
        yield f"   Output: {step.output}"
    yield ""
    yield f"Jumlah waktu: {service.total_minutes} menit"
