"""The parser of the command line, in Indonesian, and what its answers are written with."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kecamatan_desk import __version__

if TYPE_CHECKING:
    from kecamatan_desk.domain.anchors import Anchor

Arguments = argparse.Namespace
Commands = Any  # what add_subparsers() gives has no public type
DONE, FOUND, WRONG_USAGE = 0, 1, 2

#: What argparse says, in Indonesian. Source: Lib/argparse.py of Python 3.11 to 3.14.
_SAID = (
    (r"the following arguments are required: (.+)", r"belum ditulis: \1"),
    (r"unrecognized arguments: (.+)", r"tidak dikenal: \1"),
    (
        r"argument (\S+): invalid choice: '(.*?)'.*\(choose from (.+)\)",
        r"\1: “\2” tidak ada; pilihannya \3",
    ),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1: isinya belum ditulis"),
    (r"argument (\S+): ignored explicit argument '(.*)'", r"\1 tidak berisi nilai: “\2”"),
    (r"argument (\S+): not allowed with argument (.+)", r"\1 tidak boleh bersama \2"),
    (r"one of the arguments (.+) is required", r"tulis salah satu: \1"),
    (r"argument (\S+): (.+)", r"\1: \2"),  # words of our own types
)


def in_indonesian(said: str) -> str:
    """Give argparse's complaint in Indonesian; nothing of it when it is not known."""
    for pattern, meaning in _SAID:
        if re.fullmatch(pattern, said, re.DOTALL):
            return re.sub(pattern, meaning, said, flags=re.DOTALL)
    return "periksa ejaannya"


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Begins the usage line in Indonesian."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "pemakaian: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Indonesian."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, allow_abbrev=False, **options)
        self._positionals.title = "yang ditulis"
        self.choices = self.add_argument_group("pilihan")
        self.choices.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(
            WRONG_USAGE,
            f"Perintah ini tidak dikenal atau kurang lengkap ({in_indonesian(message)}). Tidak "
            "ada yang dikerjakan; lihat --help.\n",
        )


def command_line(*, commands: bool = True) -> Parser:
    """Give the parser, with all commands or with the choices of the window alone."""
    parser = Parser(
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
    if commands:
        _add_commands(parser)
    return parser


def _add_commands(parser: Parser) -> None:
    from kecamatan_desk.cli import (
        backups,
        books,
        copies,
        letters,
        practice,
        reports,
        requests,
        sops,
    )

    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    for module in (sops, practice, requests, books, reports, letters, copies, backups):
        module.add(commands)


def under(commands: Commands, name: str, words: str) -> Commands:
    """Add a group of commands, such as ``letter`` for ``letter print``."""
    parser = commands.add_parser(name, help=words)
    return parser.add_subparsers(
        title="perintah", metavar="PERINTAH", required=True, parser_class=Parser
    )


def add_json(parser: Parser) -> None:
    """Let a command answer machines."""
    parser.choices.add_argument("--json", action="store_true", help="tulis sebagai JSON")


def add_output(parser: Parser) -> None:
    """Let a command write a PDF."""
    parser.choices.add_argument(
        "-o", "--output", type=Path, required=True, metavar="BERKAS.pdf", help="PDF yang ditulis"
    )


def add_user(parser: Parser) -> None:
    """Let a command ask who is asking; a practice place does not."""
    parser.choices.add_argument(
        "--user",
        metavar="NAMA",
        help="nama pengguna; kata sandinya ditanyakan, atau dibaca dari satu baris masukan "
        "standar. Di data latihan tidak perlu",
    )


def add_reason(parser: Parser) -> None:
    """Let a command ask why data are taken out; a practice place does not."""
    parser.choices.add_argument(
        "--reason",
        metavar="ALASAN",
        help="mengapa data keluar; dicatat. Di data latihan tidak perlu",
    )


def whole_number(least: int, most: int) -> "_WholeNumber":
    """Give a type of argument: a whole number between two bounds."""
    return _WholeNumber(least, most)


class _WholeNumber:
    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and self._least <= int(text) <= self._most):
            raise argparse.ArgumentTypeError(
                f"“{text}” bukan angka bulat antara {self._least} dan {self._most}"
            )
        return int(text)


def service_code(text: str) -> str:
    """A type of argument: the code of a service."""
    from kecamatan_desk.workflows.catalog import SERVICES

    if text not in SERVICES:
        raise argparse.ArgumentTypeError(
            f"layanan “{text}” tidak ada; kode yang ada: {', '.join(SERVICES)}"
        )
    return text


def anchor(text: str) -> "Anchor":
    """A type of argument: an anchor typed from paper."""
    from kecamatan_desk.domain.anchors import parse_anchor
    from kecamatan_desk.domain.errors import InputError

    try:
        return parse_anchor(text)
    except InputError as refused:
        raise argparse.ArgumentTypeError(str(refused)) from None


def moment_typed(text: str) -> datetime:
    """A type of argument: a day and a time as an office writes them, "12-05-2026 09.30"."""
    try:
        return datetime.strptime(text.strip().replace(":", "."), "%d-%m-%Y %H.%M")  # noqa: DTZ007
    except ValueError:
        said = f'“{text}” bukan tanggal dan jam, misalnya "12-05-2026 09.30"'
        raise argparse.ArgumentTypeError(said) from None


def last_number(text: str) -> tuple[str, int]:
    """A type of argument: the last number of a series in the paper book, "sktm/2026=57"."""
    series, sign, number = text.rpartition("=")
    if not sign or "/" not in series or not (number.isascii() and number.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}” bukan SERI/TAHUN=NOMOR")
    return series, int(number)


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + "\n")


def say_json(value: object) -> None:
    """Write a value as JSON to standard output, for machines."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def say_json_now(value: object) -> None:
    """Write a value as one line of JSON and let it out at once."""
    say(json.dumps(value, ensure_ascii=False))
    sys.stdout.flush()


def say_files(files: Sequence[Path]) -> None:
    """Tell which files were written."""
    for file in files:
        say(f"Ditulis: {file}")
