"""``register``: the books of the office as PDF or XLSX, which there are, and kept pages."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kecamatan_desk.cli.access import note, required_reason, signed_in, zone_of
from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    Parser,
    add_json,
    add_output,
    add_reason,
    add_user,
    say,
    say_files,
    say_json,
    service_code,
    under,
    whole_number,
)
from kecamatan_desk.documents.saving import write_paper, written_to
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import day_there, parse_date
from kecamatan_desk.domain.roles import ON_FILES, Role

if TYPE_CHECKING:
    from kecamatan_desk.usecases.desk import Desk
    from kecamatan_desk.usecases.periods import Period


def add(commands: Commands) -> None:
    """Add ``register print``, ``register prints`` and ``register books``."""
    kinds = under(commands, "register", "buku register")
    printing = kinds.add_parser(
        "print", help="buku sebagai PDF atau XLSX; tanpa --book buku register umum"
    )
    _add_period(printing)
    _add_book(printing)
    ways = printing.choices.add_mutually_exclusive_group()
    ways.add_argument("--xlsx", action="store_true", help="tulis sebagai lembar kerja (XLSX)")
    ways.add_argument(
        "--continue",
        dest="continues",
        action="store_true",
        help="hanya yang baru sejak cetakan terakhir (lanjutan); halamannya tersimpan",
    )
    ways.add_argument(
        "--public",
        action="store_true",
        help="salinan untuk umum: NIK dan KK disamarkan, pelapor pengaduan tidak disebut",
    )
    add_output(printing)
    add_user(printing)
    add_reason(printing)
    printing.set_defaults(run=_print, parser=printing)
    kept = kinds.add_parser("prints", help="cetakan lanjutan yang tersimpan, dan mencetaknya lagi")
    kept.choices.add_argument(
        "--year", type=whole_number(2000, 2200), required=True, metavar="TAHUN", help="tahun buku"
    )
    _add_book(kept)
    kept.choices.add_argument(
        "--id", type=whole_number(1, 10**9), metavar="NOMOR", help="cetakan yang ditulis lagi"
    )
    kept.choices.add_argument(
        "-o", "--output", type=Path, metavar="BERKAS.pdf", help="PDF yang ditulis, bersama --id"
    )
    add_user(kept)
    add_reason(kept)
    kept.set_defaults(run=_prints, parser=kept)
    listing = kinds.add_parser("books", help="daftar buku dan kodenya")
    add_json(listing)
    listing.set_defaults(run=_books)


def _add_period(parser: Parser) -> None:
    parser.choices.add_argument(
        "--year", type=whole_number(2000, 2200), metavar="TAHUN", help="tahun buku"
    )
    parser.choices.add_argument(
        "--month", type=whole_number(1, 12), metavar="BULAN", help="hanya bulan ini, 1 sampai 12"
    )
    for name, words in (("from", "dari tanggal ini"), ("to", "sampai dengan tanggal ini")):
        parser.choices.add_argument(
            f"--{name}",
            dest=f"{name}_day",
            type=_day,
            metavar="TANGGAL",
            help=f"{words}, misalnya 01-05-2026; bersama --{'to' if name == 'from' else 'from'}",
        )


def _add_book(parser: Parser) -> None:
    which = parser.choices.add_mutually_exclusive_group()
    which.add_argument(
        "--service", type=service_code, metavar="KODE", help="buku register layanan ini"
    )
    which.add_argument(
        "--book", type=_book_code, metavar="KODE", help="buku ini; kodenya: register books"
    )


def _day(text: str) -> date:
    """A type of argument: a day."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _book_code(text: str) -> str:
    """A type of argument: the code of a book."""
    from kecamatan_desk.usecases.books import book_forms

    codes = [form.code for form in book_forms()]
    if text not in codes:
        raise argparse.ArgumentTypeError(
            f"buku “{text}” tidak ada; kode yang ada: {', '.join(codes)}"
        )
    return text


def _books(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.books import book_forms

    forms = book_forms()
    if arguments.json:
        say_json([{"code": f.code, "title": f.title, "service": f.service} for f in forms])
        return DONE
    width = max(len(form.code) for form in forms)
    for form in forms:
        say(f"{form.code:<{width}}  {form.title}")
    return DONE


def _print(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.book_outputs import told_of_book
    from kecamatan_desk.usecases.books import COMMON, export_book, print_book
    from kecamatan_desk.usecases.exports import EXPORT, PRINT

    code, target = arguments.book or arguments.service or COMMON, arguments.output
    period = _period(arguments)
    with signed_in(arguments, Role.REGISTER) as desk:
        if arguments.continues:
            return _continue(desk, code, arguments)
        if arguments.public:
            return _public(desk, code, period, target)
        told = told_of_book(code, period)
        act = EXPORT if arguments.xlsx else PRINT
        note(desk, act, ON_FILES, told, reason=arguments.reason)
        with written_to(target):
            if arguments.xlsx:
                say_files((export_book(desk, code, period, target),))
            else:
                say_files(print_book(desk, code, period, target))
    return DONE


def _public(desk: "Desk", code: str, period: "Period", target: Path) -> int:
    """Write a copy for the public; it asks for no reason, see `public_book`."""
    from kecamatan_desk.usecases.public_book import note_public, print_public

    if not desk.practice:
        desk.call(note_public, uuid4().hex, code, period)
    with written_to(target):
        say_files(print_public(desk, code, period, target))
    return DONE


def _continue(desk: "Desk", code: str, arguments: Arguments) -> int:
    """Print what is new; the print itself is written into the chain, in a practice place too.

    Its pages leave as a file, so they are noted with their reason before they do. Who names none
    is refused before anything is made.
    """
    from kecamatan_desk.usecases.book_outputs import told_of_pages
    from kecamatan_desk.usecases.books import book_print_bytes, print_continuation
    from kecamatan_desk.usecases.exports import PRINT

    if not desk.practice:
        required_reason(arguments.reason)
    ref = print_continuation(desk, uuid4().hex, code, arguments.year)
    content = book_print_bytes(desk, ref.id)
    note(desk, PRINT, ON_FILES, told_of_pages(ref), reason=arguments.reason)
    write_paper(arguments.output, content)
    say(f"Ditulis: {arguments.output}, halaman {ref.first_page} sampai dengan {ref.last_page}")
    return DONE


def _prints(arguments: Arguments) -> int:
    """List the kept prints of a book, or write one of them again, the very same pages."""
    from kecamatan_desk.usecases.book_outputs import told_of_pages
    from kecamatan_desk.usecases.books import COMMON, book_print_bytes, book_prints
    from kecamatan_desk.usecases.exports import PRINT

    code, target = arguments.book or arguments.service or COMMON, arguments.output
    if (arguments.id is None) != (target is None):
        missing = "-o/--output" if target is None else "--id"
        arguments.parser.error(f"the following arguments are required: {missing}")
    with signed_in(arguments, Role.REGISTER) as desk:
        found = desk.ask(book_prints, code, arguments.year)
        if target is None:
            zone = zone_of(desk)
            for ref in found:
                pages = f"halaman {ref.first_page}-{ref.last_page}"
                say(f"{ref.id}  {ref.kind}  {pages}  {day_there(ref.at, zone)}  {ref.user_name}")
            return DONE
        chosen = next((one for one in found if one.id == arguments.id), None)
        if chosen is None:
            raise InputError(
                f"Cetakan {arguments.id} tidak ada pada buku ini. Tidak ada yang ditulis; lihat "
                "nomornya dengan register prints tanpa --id."
            )
        content = book_print_bytes(desk, chosen.id)
        note(desk, PRINT, ON_FILES, told_of_pages(chosen), reason=arguments.reason)
        write_paper(target, content)
    say_files((target,))
    return DONE


def _period(arguments: Arguments) -> "Period":
    """Give the days asked for, or end with what is wrong about them."""
    from kecamatan_desk.usecases.periods import Period

    error = arguments.parser.error
    first, last = arguments.from_day, arguments.to_day
    if first is None and last is None:
        if arguments.year is None:
            error("the following arguments are required: --year")
        if arguments.month and arguments.continues:
            error("argument --month: not allowed with argument --continue")
        return Period.of(arguments.year, arguments.month)
    if first is None or last is None:
        error(f"the following arguments are required: --{'to' if last is None else 'from'}")
    for name in ("year", "month", "continues"):
        if getattr(arguments, name):
            error(f"argument --from: not allowed with argument --{name.removesuffix('s')}")
    return Period(first, last)
