"""The command line: for technicians, tests and trials without a screen.

Each command is a function that adds itself to the parser and one that runs it. What a command
needs is imported when it runs. Exit: 0 done, 1 refused or something found, 2 wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kecamatan_desk import __version__
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.paths import office_place

if TYPE_CHECKING:
    from kecamatan_desk.workflows.vocabulary import Service, Step

Arguments = argparse.Namespace
Commands = Any  # what add_subparsers() gives has no public type
DONE, FOUND, WRONG_USAGE = 0, 1, 2


def parsed(words: Sequence[str]) -> Arguments:
    """Read the words after the program's name; ``run`` is None when the window is wanted."""
    return _parser().parse_args(words)


def main(arguments: Arguments) -> int:
    """Run the command that was named and give the exit status; DeskError when it is refused."""
    run: Callable[[Arguments], int] = arguments.run
    return run(arguments)


def say(text: str) -> None:
    """Write a line to standard output."""
    print(text)


def say_json(value: object) -> None:
    """Write a value as JSON to standard output, for machines."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Begins the usage line in Indonesian."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "pemakaian: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Indonesian where argparse lets it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, allow_abbrev=False, **options)
        self.choices = self.add_argument_group("pilihan")
        self.choices.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"Perintah ini tidak dikenal atau kurang lengkap ({message}).\n")


def _parser() -> _Parser:
    parser = _Parser(
        prog="kecamatan-desk",
        description="Kecamatan Desk. Tanpa perintah, jendela program dibuka.",
    )
    parser.choices.add_argument(
        "--data", type=Path, metavar="FOLDER", help="folder data, sebagai ganti folder bawaan"
    )
    parser.choices.add_argument(
        "--version",
        action="version",
        version=f"Kecamatan Desk {__version__}",
        help="tampilkan versi",
    )
    # for measurements and for trying the shipped program: the window ends once it is of use
    parser.choices.add_argument("--exit-when-ready", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=_Parser)
    for add in (_add_check, _add_sop):
        add(commands)
    return parser


def _add_json(parser: _Parser) -> None:
    parser.choices.add_argument("--json", action="store_true", help="tulis sebagai JSON")


# --- check -------------------------------------------------------------------------------------


def _add_check(commands: Commands) -> None:
    parser = commands.add_parser("check", help="periksa keutuhan data; tidak mengubah apa pun")
    _add_json(parser)
    parser.set_defaults(run=_check)


def _check(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.checking import check_place

    report = check_place(office_place(arguments.data))
    if arguments.json:
        say_json(asdict(report))
    else:
        for name, count in report.checked.items():
            say(f"{name}: {count}")
        for finding in report.findings:
            say(f"TEMUAN {finding.kind} {finding.table} {finding.id}: {finding.message}")
        say("Tidak diperiksa: " + "; ".join(report.not_covered))
        say("Utuh." if report.ok else f"{len(report.findings)} temuan. Hubungi teknisi.")
    return DONE if report.ok else FOUND


# --- sop ---------------------------------------------------------------------------------------


def _add_sop(commands: Commands) -> None:
    parser = commands.add_parser("sop", help="SOP seperti yang dijalankan program")
    kinds = parser.add_subparsers(
        title="perintah", metavar="PERINTAH", required=True, parser_class=_Parser
    )
    listing = kinds.add_parser("list", help="semua SOP")
    _add_json(listing)
    listing.set_defaults(run=_sop_list)
    showing = kinds.add_parser("show", help="satu SOP, langkah demi langkah")
    showing.add_argument("code", metavar="KODE", help="kode layanan, misalnya sktm")
    _add_json(showing)
    showing.set_defaults(run=_sop_show)


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
