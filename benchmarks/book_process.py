"""Print a book in this process and tell its peak of memory in MiB: WAY LINES FOLDER."""

import sys
from pathlib import Path

from benchmarks.book_lines import YEAR, lines, values
from benchmarks.offices import desk_of, open_office
from kecamatan_desk.documents.books import write_book
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.books import print_book
from kecamatan_desk.usecases.periods import Period


def main(way: str, count: int, folder: Path) -> None:
    target = folder / "book.pdf"
    if way == "iterator":
        write_book(target, lines(count), values())
    else:
        office = open_office(folder / "data")
        print_book(desk_of(office, Role.REGISTER), "sktm", Period.of_year(YEAR), target)
        office.close()
    print(_peak())


def _peak() -> float:
    """Give the peak of this process alone; getrusage() would count its parent's start in."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the kernel tells no VmHWM")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
