"""``register print``: a register book as PDF."""

from kecamatan_desk.cli.access import note, signed_in
from kecamatan_desk.cli.output import written_to
from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    add_output,
    add_user,
    say_files,
    service_code,
    under,
    whole_number,
)
from kecamatan_desk.domain.roles import ON_FILES, Role


def add(commands: Commands) -> None:
    """Add ``register print``."""
    kinds = under(commands, "register", "buku register")
    printing = kinds.add_parser(
        "print", help="buku register sebagai PDF; tanpa --service buku register umum"
    )
    printing.choices.add_argument(
        "--year", type=whole_number(2000, 2200), required=True, metavar="TAHUN", help="tahun buku"
    )
    printing.choices.add_argument(
        "--month", type=whole_number(1, 12), metavar="BULAN", help="hanya bulan ini, 1 sampai 12"
    )
    printing.choices.add_argument(
        "--service", type=service_code, metavar="KODE", help="buku layanan ini"
    )
    add_output(printing)
    add_user(printing)
    printing.set_defaults(run=_print)


def _print(arguments: Arguments) -> int:
    from kecamatan_desk.usecases.books import COMMON, print_book
    from kecamatan_desk.usecases.exports import PRINT
    from kecamatan_desk.usecases.periods import Period

    service, year, month = arguments.service, arguments.year, arguments.month
    with signed_in(arguments, Role.REGISTER) as desk:
        what = {"what": "book", "service": service or "", "year": year, "month": month or 0}
        note(desk, PRINT, ON_FILES, what)
        with written_to(arguments.output):
            period = Period.of(year, month)
            files = print_book(desk, service or COMMON, period, arguments.output)
    say_files(files)
    return DONE
