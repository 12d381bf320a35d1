"""What a user waits for when he looks: the same with 1,000 and with 200,000 finished requests."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks.measuring import Result, interleaved, median_ms
from benchmarks.offices import (
    NOW,
    copied_code,
    copied_nik,
    copy_request,
    desk_of,
    make_office,
    open_office,
    waiting_for_register,
)
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.worklist import entry_counts, search, work_list

FEW, MANY = 1_000, 200_000
OPEN = 60
AIM = 1.2
SEARCHES = {"file code": copied_code(500), "NIK": copied_nik(500), "name": "siti wulandari"}


def measure(rounds: int = 200) -> list[Result]:
    """Give for each question how much longer it takes with many finished requests."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _office(Path(folder, "few"), FEW) as few,
        _office(Path(folder, "many"), MANY) as many,
    ):
        results = [_work_list(few, many, rounds), _entry_counts(few, many, rounds)]
        results += [_search(few, many, rounds, kind, text) for kind, text in SEARCHES.items()]
    return results


@contextmanager
def _office(root: Path, finished: int) -> Iterator[Desk]:
    """Give the register officer's desk in an office with a past."""
    office = make_office(root)
    template = waiting_for_register(office)
    desk = desk_of(office, Role.REGISTER)
    ended = {
        "status": "selesai",
        "step": None,
        "waits_for": None,
        "kind": None,
        "ended_at": NOW - timedelta(days=1),
    }
    copy_request(desk, template.id, finished, **ended)
    copy_request(desk, template.id, OPEN - 1)
    office.close()
    office = open_office(root)
    yield desk_of(office, Role.REGISTER)
    office.close()


def _work_list(few: Desk, many: Desk, rounds: int) -> Result:
    def asked(desk: Desk) -> None:
        assert len(desk.ask(work_list, Role.REGISTER, "masuk")) == OPEN

    return _compared("work list", rounds, lambda: asked(few), lambda: asked(many))


def _entry_counts(few: Desk, many: Desk, rounds: int) -> Result:
    def asked(desk: Desk) -> None:
        assert desk.ask(entry_counts)[Role.REGISTER, "masuk"] == OPEN

    return _compared("entry counts", rounds, lambda: asked(few), lambda: asked(many))


def _search(few: Desk, many: Desk, rounds: int, kind: str, words: str) -> Result:
    def asked(desk: Desk) -> None:
        assert desk.ask(search, words)

    name = f"search by {kind}"
    return _compared(name, rounds, lambda: asked(few), lambda: asked(many), aim=None)


def _compared(
    name: str,
    rounds: int,
    few: Callable[[], None],
    many: Callable[[], None],
    aim: float | None = AIM,
) -> Result:
    interleaved(10, few, many)
    first, second = (median_ms(seconds) for seconds in interleaved(rounds, few, many))
    detail = f"{first:.2f} ms with {FEW:,}, {second:.2f} ms with {MANY:,}"
    return Result(f"{name}: {MANY:,} / {FEW:,}", second / first, "x", aim, detail=detail)
