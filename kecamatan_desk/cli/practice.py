"""``practice``: makes the office people practise in, or adds to it."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kecamatan_desk.cli.parsing import (
    DONE,
    Arguments,
    Commands,
    say,
    say_json_now,
    whole_number,
)
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.paths import Place, office_place, practice_place

if TYPE_CHECKING:
    from kecamatan_desk.usecases.values import Receipt

#: Gets the part done, from 0 to 1.
Progress = Callable[[float], None]

REQUESTS, SEED, MOST = 200, 1, 200_000


def add(commands: Commands) -> None:
    """Add ``practice``."""
    parser = commands.add_parser("practice", help="buat kantor latihan dengan data karangan")
    parser.choices.add_argument(
        "--requests",
        type=whole_number(0, MOST),
        default=REQUESTS,
        metavar="N",
        help=f"banyaknya permohonan (bawaan {REQUESTS}); mulai 200 semua keadaan ada",
    )
    parser.choices.add_argument(
        "--seed",
        type=whole_number(0, 2**31),
        metavar="S",
        help="angka yang sama memberi orang, pilihan, dan urutan yang sama",
    )
    parser.choices.add_argument(
        "--more",
        type=whole_number(1, MOST),
        metavar="N",
        help="tambahkan N permohonan terdaftar ke data latihan yang sudah ada",
    )
    parser.choices.add_argument(
        "--acks",
        action="store_true",
        help="dengan --more: satu baris JSON sesudah setiap nomor tersimpan",
    )
    parser.set_defaults(run=_practice, wrong=parser.error)


def make_practice(
    place: Place, requests: int = REQUESTS, seed: int = SEED, progress: Progress | None = None
) -> None:
    """Make a practice office in a missing or empty directory; about 20 requests a second.

    RuleError when the directory holds anything. What was begun and could not be finished is
    removed, so that the next try starts anew.
    """
    _refuse_used(place)
    if place.root.exists():
        _made_in(place, requests, seed, progress)
        return
    half = Place(place.root.with_name(f".{place.root.name}.half-{os.getpid()}"), place.chosen)
    _made_in(half, requests, seed, progress)
    half.root.rename(place.root)  # a practice office is there as a whole or not at all


def _made_in(place: Place, requests: int, seed: int, progress: Progress | None) -> None:
    before = place.root.exists()
    try:
        _fill(place, requests, seed, progress)
    except BaseException:
        _clear(place.root, remove=not before)
        raise


def _fill(place: Place, requests: int, seed: int, progress: Progress | None) -> None:
    from datetime import UTC, datetime

    from kecamatan_desk.bootstrap import open_place
    from kecamatan_desk.usecases.passwords import HashCost
    from kecamatan_desk.usecases.practice.maker import fill_office, time_line
    from kecamatan_desk.usecases.practice.timeline import PracticeClock

    line = time_line(datetime.now(UTC), requests)
    clock = PracticeClock(line.at(0))
    # one password that the screen shows to everybody needs no costly hash
    cheap = HashCost(memory=1024, passes=1, lanes=1)
    office = open_place(place, create="practice", clock=clock, cost=cheap)
    try:
        fill_office(office, clock, line, requests, seed, progress)
    finally:
        office.close()


def _practice(arguments: Arguments) -> int:
    if arguments.acks and arguments.more is None:
        arguments.wrong("argument --acks: hanya bersama --more")
    named = arguments.data is not None
    place = office_place(arguments.data) if named else practice_place()
    if arguments.more is not None:
        return _more(place, arguments)
    seed = SEED if arguments.seed is None else arguments.seed
    make_practice(place, arguments.requests, seed, _Meter() if sys.stderr.isatty() else None)
    say(f"Kantor latihan dengan {arguments.requests} permohonan: {place.root}")
    return DONE


def _more(place: Place, arguments: Arguments) -> int:
    from kecamatan_desk.bootstrap import open_place
    from kecamatan_desk.usecases.practice.adding import add_registered

    office = open_place(place, shared=True)
    try:
        for receipt in add_registered(office, arguments.more, arguments.seed):
            if arguments.acks:
                say_json_now(_acknowledged(receipt))
    finally:
        office.close()
    if not arguments.acks:
        say(f"{arguments.more} permohonan ditambahkan: {place.root}")
    return DONE


def _acknowledged(receipt: "Receipt") -> dict[str, object]:
    return {
        "file_code": receipt.file_code,
        "series": receipt.series,
        "period": receipt.period,
        "number": receipt.number,
    }


def _refuse_used(place: Place) -> None:
    if not place.root.exists():
        return
    if not place.root.is_dir() or any(place.root.iterdir()):
        raise RuleError(
            f"{place.root} sudah berisi sesuatu. Tidak ada yang diubah; pilih folder kosong atau "
            "yang belum ada dengan --data."
        )


def _clear(folder: Path, *, remove: bool) -> None:
    """Undo what was begun in a directory that was missing or empty before."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    if not remove:
        folder.mkdir(mode=0o700, exist_ok=True)


class _Meter:
    """Shows on a terminal how far the making has come."""

    def __init__(self) -> None:
        self._shown = -1

    def __call__(self, part: float) -> None:
        percent = int(part * 100)
        if percent != self._shown:
            self._shown = percent
            sys.stderr.write(f"\rMembuat kantor latihan … {percent} %")
            sys.stderr.write("\n" if percent == 100 else "")
            sys.stderr.flush()
