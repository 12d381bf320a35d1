"""What is wrong with a place, given what was acknowledged.

It is opened by the program as the next start does, and then read past the program.

Promised is: the place opens; `check` finds nothing; the chain is whole by its written definition;
counter = highest = count in every series; every acknowledged act, number and letter is there.
More than was acknowledged may be there: work that was committed just before the machine died.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.reliability.places import desks, opened, place_at
from kecamatan_desk import bootstrap
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence import space
from kecamatan_desk.persistence.audit import reading, shape
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.jobs import complete_documents, register_and_draw
from kecamatan_desk.usecases.values import Receipt, Seen
from tests.walking import broken_links, brought_to, miscounted, rows

Told = Mapping[str, Any]

_OF_NO_BOOK = (None, FILES, QUEUE, MINUTES)
_SERIES_OF_BOOKS = "SELECT series, period, number, request_id FROM register_line WHERE suffix = ''"


def hurry() -> None:
    """Keep from one judged place to the next what does not depend on it.

    That is: what a new file's tables look like, that the folder suits, the room that is kept back,
    and SQLAlchemy's engines of one path with the statements they have compiled. Connections are
    closed and made as ever.
    """
    if not hasattr(shape._expected, "cache_info"):  # noqa: SLF001
        shape._expected = cache(shape._expected)  # noqa: SLF001
        reading._read_only = cache(reading._read_only)  # noqa: SLF001
        bootstrap.Store = cache(bootstrap.Store)  # type: ignore[misc, assignment]
        space.RESERVE = 64 << 10
        bootstrap.refuse_site = lambda *_args, **_more: None


def read(lines: Iterable[str]) -> list[Told]:
    """Read acknowledgements; a last line that was cut short by a kill tells nothing."""
    told = []
    for line in lines:
        try:
            told.append(json.loads(line))
        except ValueError:
            continue
    return told


#: What reading a row that no program wrote ends in: torn pages can hold anything.
UNREADABLE = (ValueError, TypeError, LookupError)


def faults(
    root: Path,
    acknowledged: Sequence[Told],
    *,
    goes_on: bool = False,
    verdicts: dict[Any, list[str]] | None = None,
) -> list[str]:
    """Open a place as the next start does, and give everything that breaks a promise.

    Args:
        root: the place; opening it rolls back what a kill has left half-done.
        acknowledged: what was told before.
        goes_on: also complete the letters that are missing, and register one more request, whose
            number must follow directly.
        verdicts: what was found in places before. Thousands of disks are, once opened, byte for
            byte the same few places: the verdict on the same bytes is the same.
    """
    try:
        opened(root).close()
        key = (bytes_of(root), len(acknowledged), goes_on) if verdicts is not None else None
        if verdicts is not None and key in verdicts:
            return verdicts[key]
        found = checked(root) + missing(root, acknowledged)
        if verdicts is not None:
            verdicts[key] = found
        if goes_on and not found:
            found = going_on(root)
    except (DeskError, sqlite3.Error, OSError, *UNREADABLE) as error:
        return [f"{type(error).__name__}: {error}"]
    return found


def bytes_of(root: Path) -> bytes:
    """Give the digest of every file of an opened place that the program will ever read.

    A journal that is there after opening is a spent one, and half-written papers nobody names.
    """
    whole = hashlib.blake2b()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in (".log", ".half", ".db-journal"):
            whole.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
            whole.update(path.read_bytes())
    return whole.digest()


def checked(root: Path) -> list[str]:
    """Give what the program's own check and the two written-down rules find."""
    report = check_place(place_at(root))
    said = [f"check: {one.kind} {one.table} {one.id} {one.message}" for one in report.findings]
    with closing(sqlite3.connect(place_at(root).current_database)) as file:
        said += [f"chain: {one}" for one in broken_links(file)]
        aside = {(row["series"], row["period"]) for row in rows(file, _ASIDE)}
        said += [
            f"numbers: {one}"
            for one in miscounted(file)
            if (one["series"], one["period"]) not in aside
        ]
        said += [f"numbers: {one}" for one in sorted(aside) if not _is_counted(file, *one)]
    return said


def _is_counted(file: sqlite3.Connection, series: str, period: str) -> bool:
    """Tell whether the numbers given and those set aside are together every one up to the last."""
    given = [row["number"] for row in rows(file, _NUMBERS, series, period)]
    whole = set(given)
    for row in rows(file, "SELECT * FROM number_block WHERE series = ?", series):
        if row["period"] == period:
            whole |= set(range(row["first"], row["last"] + 1))
    last = rows(file, "SELECT last FROM counter WHERE series = ? AND period = ?", series, period)
    return len(given) == len(set(given)) and whole == set(range(1, last[0]["last"] + 1))


def missing(root: Path, acknowledged: Iterable[Told]) -> list[str]:
    """Give what was acknowledged and is not there."""
    place, lost = place_at(root), []
    with closing(sqlite3.connect(place.current_database)) as file:
        done = {row["op_id"]: json.loads(row["receipt"]) for row in rows(file, _DONE)}
        given = {tuple(row.values()) for row in rows(file, _GIVEN)}
        booked = {tuple(row.values()) for row in rows(file, _SERIES_OF_BOOKS)}
        kept = {(row["request_id"], row["sha256"]) for row in rows(file, _KEPT)}
        registered = {row["id"] for row in rows(file, _REGISTERED)}
        codes = {row["file_code"] for row in rows(file, "SELECT file_code FROM request")}
    files = ByteStore(place.documents)
    for told in acknowledged:
        if "letter" in told:
            request = told["letter"]
            if request not in registered:
                lost.append(f"request {request} is not registered")
            for sha256 in told["sha256"]:
                if (request, sha256) not in kept:
                    lost.append(f"the letter of request {request} has no row")
                files.get(sha256)  # MachineError when its bytes are gone or others
            continue
        if told["op"] not in done:
            lost.append(f"{told['of']} {told['op']} is gone")
            continue
        if draft := told.get("draft"):
            if draft["file_code"] not in codes:
                lost.append(f"file code {draft['file_code']} belongs to no request")
            continue
        receipt = told.get("receipt")
        if receipt is None:
            continue
        if done[told["op"]].get("receipt") != receipt:
            lost.append(f"{told['of']} {told['op']} has another receipt")
        number = tuple(receipt[part] for part in ("series", "period", "number", "request_id"))
        if receipt["number"] is not None and number not in given:
            lost.append(f"number {number} was never given")
        if receipt["series"] not in _OF_NO_BOOK and number not in booked:
            lost.append(f"number {number} has no line in the book")
    return lost


def going_on(root: Path) -> list[str]:
    """Complete what the cut left without its letter, and register one request more."""
    place = place_at(root)
    office = opened(root)
    try:
        desk_of = desks(office)
        register = desk_of(Role.REGISTER)
        for row in rows(place.current_database, _UNDRAWN):
            if not complete_documents(register, row["id"]):
                return [f"the letter of request {row['id']} could not be completed"]
        before = last_numbers(root)
        waiting = brought_to(desk_of, "sktm", "register")
        seen = Seen(waiting.request_id, waiting.version)
        receipt = register_and_draw(register, uuid4().hex, seen)
    finally:
        office.close()
    return not_next(receipt, before) or checked(root)


def last_numbers(root: Path) -> dict[tuple[str, str], int]:
    """Give the last number of every series and period."""
    found = rows(place_at(root).current_database, "SELECT series, period, last FROM counter")
    return {(row["series"], row["period"]): row["last"] for row in found}


def not_next(receipt: Receipt, before: Mapping[tuple[str, str], int]) -> list[str]:
    """Say it when a number does not follow directly on the last one of its series."""
    last = before.get((str(receipt.series), str(receipt.period)), 0)
    if receipt.number == last + 1:
        return []
    return [f"{receipt.series} {receipt.number} followed number {last}"]


_ASIDE = "SELECT series, period FROM number_block"
_NUMBERS = "SELECT number FROM number_issue WHERE series = ? AND period = ?"
_DONE = "SELECT op_id, receipt FROM operation"
_GIVEN = "SELECT series, period, number, request_id FROM number_issue"
_KEPT = "SELECT request_id, sha256 FROM document"
_REGISTERED = "SELECT id FROM request WHERE line_id IS NOT NULL"
_UNDRAWN = (
    "SELECT id FROM request WHERE line_id IS NOT NULL AND service IN ('sktm', 'skck', 'ahli-waris')"
    " AND id NOT IN (SELECT request_id FROM document)"
)
