"""P11: somebody changes the book behind the program's back. Who notices: the chain, or the anchor?

The one who does it knows the program: he takes the guards off and puts them back, and in the last
two classes leaves a chain that is whole. Only what was written down outside the database, an anchor
from a closing page or a backup's manifest, tells of those.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.reliability.figures import Figure
from benchmarks.reliability.places import desks, make_template, opened, place_at, quick_disk
from benchmarks.reliability.proving import hurry
from benchmarks.reliability.witness import deliver_letter
from kecamatan_desk.domain.anchors import Anchor
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.chain import GENESIS, canonical, event_hash, row_hash
from kecamatan_desk.persistence.tables import ARCHIVE
from kecamatan_desk.usecases.checking import check_place
from tests.walking import brought_to, rows, started

File = sqlite3.Connection
Row = dict[str, Any]
_EVENT = "event"


@dataclass
class Noticed:
    """Of one class of attack: how many were tried, and who noticed how many."""

    tried: int = 0
    chain: int = 0
    anchor: int = 0
    unnoticed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """A place with a book in it, how it looked after each act, and the anchor on paper."""

    root: Path
    earlier: tuple[Path, ...]
    anchor: Anchor


def make_book(folder: Path, moments: int = 31) -> Book:
    """Make a place and keep a copy of it after each of so many acts of its counter."""
    root = make_template(folder / "book")
    copies = []
    for moment in range(moments):
        if moment:
            copies.append(folder / f"earlier-{moment:02}")
            shutil.copytree(root, copies[-1])
        office = opened(root)
        desk_of = desks(office)
        match moment % 3:
            case 0:
                deliver_letter(desk_of, lambda _line: None, "sktm")
            case 1:
                started(desk_of, "skck")
            case 2:
                brought_to(desk_of, "ktp", "register")
        office.close()
    (head,) = rows(place_at(root).current_database, _HEAD)
    return Book(root, tuple(copies), Anchor(head["seq"], head["hash"][:16]))


def run(book: Book, scratch: Path, times: int, seed: int = 1) -> dict[str, Noticed]:
    """Try every class of attack so many times, each on a copy of its own."""
    random, found = Random(seed), {}
    hurry()
    untouched = check_place(place_at(book.root), (book.anchor,))
    assert untouched.ok, untouched.findings
    for name, attack in ATTACKS.items():
        noticed = found[name] = Noticed()
        for _ in range(times):
            attacked = scratch / "attacked"
            shutil.copytree(book.root, attacked)
            done = attack(book, attacked, random)
            place = place_at(attacked)
            noticed.tried += 1
            noticed.chain += _objects(place)
            by_both = _objects(place, book.anchor)
            noticed.anchor += by_both
            if not by_both:
                noticed.unnoticed.append(done)
            shutil.rmtree(attacked)
    return found


def _objects(place: Place, *anchors: Anchor) -> bool:
    try:
        return not check_place(place, anchors).ok
    except MachineError:
        return True


# The attacks: each gives in words what it did


def _change(book: Book, root: Path, random: Random) -> str:
    """Write another value over one of an archive row or an event."""
    with _unguarded(root) as file:
        while True:
            table, row, column = _chosen(file, random)
            value = row[column]
            other = value + 1 if isinstance(value, int) else f"{value}."
            try:
                _update(file, table, row, {column: other})
            except sqlite3.IntegrityError:
                continue  # two rows cannot bear the same number
            return f"{table}.{column} changed"


def _delete(book: Book, root: Path, random: Random) -> str:
    with _unguarded(root) as file:
        table, row, _ = _chosen(file, random)
        key = _key(table)
        file.execute(f"DELETE FROM {table} WHERE {key} = ?", (row[key],))  # noqa: S608
        return f"{table} {row[key]} deleted"


def _insert(book: Book, root: Path, random: Random) -> str:
    """Add a row like another one; an event with the next number, hash and all."""
    with _unguarded(root) as file:
        while True:
            table, row, _ = _chosen(file, random)
            key = _key(table)
            (newest,) = file.execute(f"SELECT max({key}) FROM {table}").fetchone()  # noqa: S608
            added = {**row, key: newest + 1}
            for name in _UNIQUE & row.keys():
                added[name] = f"{random.getrandbits(64):x}"
            for name in ("number", "version"):
                if name in row:
                    added[name] = row[name] + 1000
            try:
                _add(file, table, added)
            except sqlite3.IntegrityError:
                continue  # another row of the kind cannot even be written
            return f"{table} inserted"


def _reorder(book: Book, root: Path, random: Random) -> str:
    """Let two events change places, each with the number and links of the other."""
    with _unguarded(root) as file:
        first, second = random.sample(_all(file, _EVENT), 2)
        places = ("seq", "prev", "hash")
        file.execute("DELETE FROM event WHERE seq IN (?, ?)", (first["seq"], second["seq"]))
        _add(file, _EVENT, {**first, **{name: second[name] for name in places}})
        _add(file, _EVENT, {**second, **{name: first[name] for name in places}})
        return f"events {first['seq']} and {second['seq']} changed places"


def _renumber(book: Book, root: Path, random: Random) -> str:
    """Let two requests change their agenda numbers, in the book, the list and the requests."""
    with _unguarded(root) as file:
        lines = [line for line in _all(file, "register_line") if line["service"] == "sktm"]
        first, second = random.sample(lines, 2)
        a, b = first["number"], second["number"]
        for table in ("register_line", "number_issue"):
            for line, number in ((first, -1), (second, a), (first, b)):
                file.execute(
                    f"UPDATE {table} SET number = ? "  # noqa: S608
                    "WHERE series = ? AND period = ? AND request_id = ?",
                    (number, line["series"], line["period"], line["request_id"]),
                )
        for line, number in ((first, b), (second, a)):
            file.execute(
                "UPDATE request SET agenda_number = ? WHERE id = ?", (number, line["request_id"])
            )
        return f"numbers {a} and {b} changed hands"


def _cut(book: Book, root: Path, random: Random) -> str:
    """Put the whole folder back as it was some acts ago: nothing in it contradicts itself."""
    earlier = random.choice(book.earlier)
    shutil.rmtree(root)
    shutil.copytree(earlier, root)
    return f"as it was at {earlier.name}"


def _rewrite(book: Book, root: Path, random: Random) -> str:
    """Change what a row says, then compute its hash and every link behind it anew."""
    with _unguarded(root) as file:
        table, row, column = _chosen(file, random, _FREE_WORDS)
        _update(file, table, row, {column: _other_words(row[column])})
        _rebuild(file)
        return f"{table}.{column} rewritten, the chain rebuilt"


ATTACKS: dict[str, Callable[[Book, Path, Random], str]] = {
    "change": _change,
    "delete": _delete,
    "insert": _insert,
    "reorder": _reorder,
    "renumber": _renumber,
    "cut the tail": _cut,
    "rewrite and rebuild": _rewrite,
}
#: What a forger would like to read otherwise, and no other row repeats.
_FREE_WORDS = {
    "event": ("at", "user_name"),
    "register_line": ("day", "name", "address", "facts"),
    "content": ("body",),
    "document": ("facts", "title"),
}
_HEAD = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"
_UNIQUE = {"hash", "letter_number", "file_code", "public_key"}


@contextmanager
def _unguarded(root: Path) -> Iterator[File]:
    """Open the file past the program, its guards taken off; they are put back in the end."""
    with closing(sqlite3.connect(place_at(root).current_database)) as file:
        file.row_factory = sqlite3.Row
        guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = guards.fetchall()
        for guard in guards:
            file.execute(f'DROP TRIGGER "{guard["name"]}"')
        yield file
        for guard in guards:
            file.execute(guard["sql"])
        file.commit()


def _all(file: File, table: str) -> list[Row]:
    found = file.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608
    return [dict(row) for row in found]


def _key(table: str) -> str:
    return "seq" if table == _EVENT else "id"


def _chosen(
    file: File, random: Random, among: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[str, Row, str]:
    """Choose a table that has rows, one of them, and one of its columns."""
    tables = [table for table in among or ARCHIVE if _all(file, table)]
    table = random.choice(tables)
    row = random.choice(_all(file, table))
    columns = among[table] if among else [name for name in row if name != _key(table)]
    return table, row, random.choice(columns)


def _update(file: File, table: str, row: Row, changed: Row) -> None:
    key = _key(table)
    for column, value in changed.items():
        file.execute(
            f'UPDATE "{table}" SET "{column}" = ? WHERE {key} = ?',  # noqa: S608
            (value, row[key]),
        )


def _add(file: File, table: str, row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    file.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608
        tuple(row.values()),
    )


def _other_words(value: str) -> str:
    """Change one figure or letter of a text, so that it still reads well."""
    for place in reversed(range(len(value))):
        if value[place].isdigit():
            return value[:place] + str((int(value[place]) + 1) % 10) + value[place + 1 :]
    return value.swapcase()


def _rebuild(file: File) -> None:
    """Compute every row's hash and every link anew, as whoever has the program can."""
    prev = GENESIS
    for event in sorted(_all(file, _EVENT), key=lambda row: int(row["seq"])):
        payload = json.loads(event["payload"])
        for named in payload.get("rows", {}):
            table, _, row_id = named.rpartition(":")
            (row,) = file.execute(
                f'SELECT * FROM "{table}" WHERE id = ?',  # noqa: S608
                (int(row_id),),
            )
            payload["rows"][named] = row_hash(table, dict(row))
        told = {**event, "payload": canonical(payload)}
        told.pop("prev")
        told.pop("hash")
        link = {"payload": told["payload"], "prev": prev, "hash": event_hash(prev, told)}
        _update(file, _EVENT, event, link)
        prev = link["hash"]


def measure(times: int = 30) -> list[Figure]:
    """Give the figures of seven classes, thirty times each."""
    with tempfile.TemporaryDirectory(dir=quick_disk()) as folder:
        found = run(make_book(Path(folder)), Path(folder), times)
    tried = sum(one.tried for one in found.values())
    both = sum(one.anchor for one in found.values())
    alone = ", ".join(f"{name} {one.chain} of {one.tried}" for name, one in found.items())
    for name, one in found.items():
        for said in one.unnoticed[:5]:
            print(f"{name}: {said}")
    return [
        Figure(
            "P11",
            "seven classes of attack by somebody who knows the program: `check --anchor`",
            "210 of 210 by chain, numbers and anchor",
            f"{both} of {tried}",
            both == tried and tried >= 210,
            "tampering",
        ),
        Figure(
            "P11",
            "the same without an anchor: what the chain alone notices (told)",
            "cut the tail 0 of 30, rewrite and rebuild 0 of 30, the rest 150 of 150",
            alone,
            None,
            "tampering",
        ),
    ]
