"""``bench reliability [NAME ...]``: prove the promises and write the figures into the page.

Names: kills, power-cut, numbering, retries, full-disk, bit-rot, tampering, copying; without a name
all of them. The exit status is 1 when a promise is not kept.
"""

import argparse
import logging
import sys
from collections.abc import Callable
from time import perf_counter

from benchmarks.reliability import (
    bit_rot,
    copying,
    figures,
    full_disk,
    kills,
    numbering,
    power_cut,
    retries,
    tampering,
)
from benchmarks.reliability.figures import Figure

#: A new part is entered here: its word, and the function that gives its figures.
PARTS: dict[str, Callable[[], list[Figure]]] = {
    "kills": kills.measure,
    "power-cut": power_cut.measure,
    "numbering": numbering.measure,
    "retries": retries.measure,
    "full-disk": full_disk.measure,
    "bit-rot": bit_rot.measure,
    "tampering": tampering.measure,
    "copying": copying.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench reliability", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PARTS))
    names = parser.parse_args().names
    if unknown := set(names) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    logging.disable()  # what the program logs about a full disk a thousand times is its duty
    kept = True
    for name in names or PARTS:
        begun = perf_counter()
        found = PARTS[name]()
        figures.write(found)
        for figure in found:
            print(figure.row(), flush=True)
        print(f"{name}: {perf_counter() - begun:.0f} s", flush=True)
        kept = kept and all(figure.kept is not False for figure in found)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
