"""Giving an agenda number against a bare program with the same driver.

The program first runs once with its statements overheard. The bare program then does, on a copy
of the same file, what the program had done: the same statements with the same parameters and
pragmas, the same JSON read and written, the same rows hashed, the same commit. Both take turns,
number by number.
"""

import hashlib
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, event

from benchmarks.measuring import Result, interleaved, median_ms
from benchmarks.offices import copy_request, desk_of, make_office, open_office, waiting_for_register
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.database import PRAGMAS, sqlite_driver
from kecamatan_desk.persistence.tables import ARCHIVE
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.processing import give_agenda_number
from kecamatan_desk.usecases.values import Seen

Statement = tuple[str, tuple[Any, ...]]
WARM = 50  # numbers given before the clock counts: caches of statements are full then


def measure(rounds: int = 1000) -> list[Result]:
    """Give the ratio of the medians and the milliseconds between them."""
    with tempfile.TemporaryDirectory() as folder:
        roots = [Path(folder, name) for name in ("overheard", "program", "bare")]
        waiting = _prepared(roots[0], rounds + WARM)
        for copy in roots[1:]:
            shutil.copytree(roots[0], copy)
        calls = [_plan(statements) for statements in _overheard(roots[0], waiting)]
        seconds = _in_turn(roots[1], waiting, roots[2], calls)
    program, bare = map(median_ms, seconds)
    ratio = program / bare
    # of pairs: what the disk does meanwhile meets both alike
    above = median_ms(own - plain for own, plain in zip(*seconds, strict=True))
    detail = f"program {program:.2f} ms, bare {bare:.2f} ms; {len(calls[-1])} statements"
    return [
        Result("register: program / bare", ratio, "x", 4, detail=detail),
        Result("register: above bare", above, "ms", 4, detail=f"median of {rounds} each"),
    ]


def _prepared(root: Path, count: int) -> list[Seen]:
    office = make_office(root)
    template = waiting_for_register(office)
    waiting = copy_request(desk_of(office, Role.REGISTER), template.id, count)
    office.close()
    return waiting


@contextmanager
def _desk(root: Path) -> Iterator[Desk]:
    office = open_office(root)
    yield desk_of(office, Role.REGISTER)
    office.close()


def _overheard(root: Path, waiting: list[Seen]) -> list[list[Statement]]:
    """Give all numbers with the statements overheard: one list of them for each number."""
    calls: list[list[Statement]] = []

    def overhear(_c: Any, _cursor: Any, sql: str, values: Any, _x: Any, many: bool) -> None:
        assert not many
        calls[-1].append((sql, tuple(values)))

    with _desk(root) as desk:
        event.listen(Engine, "before_cursor_execute", overhear)
        for seen in waiting:
            calls.append([])
            desk.call(give_agenda_number, uuid4().hex, seen)
        event.remove(Engine, "before_cursor_execute", overhear)
    return calls


class _Step:
    """One statement of the bare program, with the JSON it writes still to be written."""

    __slots__ = ("hashed", "json", "sql", "values")

    def __init__(self, sql: str, values: tuple[Any, ...]) -> None:
        self.sql, self.values = sql, list(values)
        self.json = [(i, json.loads(v)) for i, v in enumerate(values) if _is_json(v)]
        self.hashed: dict[str, Any] = {}
        if sql.startswith("INSERT INTO ") and sql.split()[2] in ARCHIVE:
            columns = sql[sql.index("(") + 1 : sql.index(")")].split(", ")
            self.hashed = dict(zip(columns, values, strict=True))


def _is_json(value: Any) -> bool:
    return isinstance(value, str) and value[:1] in ("{", "[")


def _plan(statements: list[Statement]) -> list[_Step]:
    return [_Step(sql, values) for sql, values in statements]


def _canonical(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _in_turn(
    root: Path, waiting: list[Seen], bare: Path, calls: list[list[_Step]]
) -> list[list[float]]:
    """Let both give every number; give the seconds of both, number by number."""
    connection = _connected(bare)
    left, plans = iter(waiting), iter(calls)
    with _desk(root) as desk:

        def program() -> None:
            desk.call(give_agenda_number, uuid4().hex, next(left))

        def plain() -> None:
            cursor = connection.cursor()
            for step in next(plans):
                for place, value in step.json:
                    step.values[place] = _canonical(value)
                if step.hashed:
                    hashlib.sha256(_canonical(step.hashed).encode()).hexdigest()
                cursor.execute(step.sql, step.values)
                if cursor.description:
                    for row in cursor.fetchall():
                        for value in row:
                            if _is_json(value):
                                json.loads(value)
            cursor.execute("COMMIT")

        interleaved(WARM, program, plain)
        seconds = interleaved(len(waiting) - WARM, program, plain)
    written = connection.execute("SELECT count(*) FROM register_line").fetchone()[0]
    assert written == len(waiting)
    connection.close()
    return seconds


def _connected(root: Path) -> Any:
    path = Place(root, "benchmark").current_database
    connection = sqlite_driver().connect(str(path), isolation_level=None)
    for name, value, _ in PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
    return connection
