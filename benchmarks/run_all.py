"""All benchmarks: `python3 tasks.py bench [--record] [NAME ...]`.

Names: starting, registering, worklists, letters, books, stalls. Each but the last compares with a
bare program in the same run, so that a slow or busy machine slows both; run stalls on a quiet one.
With --record the table is added to README.md. The exit status is 1 when an aim is missed.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import strftime

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import books, letters, registering, stalls, starting, worklists
from benchmarks.measuring import Result, machine

BENCHMARKS: dict[str, Callable[[], list[Result]]] = {
    "starting": starting.measure,
    "registering": registering.measure,
    "worklists": worklists.measure,
    "letters": letters.measure,
    "books": books.measure,
    "stalls": stalls.measure,
}
README = Path(__file__).with_name("README.md")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true", help="add the table to README.md")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(BENCHMARKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    lines = [
        f"{strftime('%Y-%m-%d')}, {machine()}",
        "",
        "| what | figure | aim | measured |",
        "|---|---|---|---|",
    ]
    print(*lines, sep="\n", flush=True)
    kept = True
    for name in arguments.names or BENCHMARKS:
        for result in BENCHMARKS[name]():
            lines.append(result.row())
            print(result.row(), flush=True)
            kept = kept and result.kept
    if arguments.record:
        with README.open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines) + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
