"""The number journal: what was given, outside the database, so that a restore gives nothing twice.

One line per number, appended and synced right after its commit: ``series period number head8 crc``.
An inserted number (nomor sisipan) bears its suffix, ``12.A``: programs before it pass such a line
over, and their lines are read as ever. ``head8`` is the beginning of the event chain's hash at that
commit. No line names a person. The journal may fail (a full disk, a stick pulled out) without harm
to the deed that was committed: what is missing is added from the database at the next start
(reliability 3.7).
"""

import logging
import os
import re
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from kecamatan_desk.domain.numbering import SUFFIXES
from kecamatan_desk.persistence.files import sync_folder

_log = logging.getLogger(__name__)
NAME = "number.log"
_YEAR_FILE = re.compile(r"number-\d{4}\.log")
_MOST_OWED = 20_000
_NUMBER = re.compile(r"([0-9]+)(\.[A-Z])?", re.ASCII)
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)

#: (series, period) -> the highest number that was given.
Highest = dict[tuple[str, str], int]
#: (series, period, base) -> how many letters were given behind the base: 2 means .A and .B.
Inserted = dict[tuple[str, str, int], int]


class Spent(NamedTuple):
    """A number that a transaction gives; with a suffix it is one inserted behind another."""

    series: str
    period: str
    number: int
    suffix: str = ""


Given = Spent | tuple[str, str, int]


class Noted(NamedTuple):
    """What a journal knows to be given."""

    highest: Highest
    inserted: Inserted


@dataclass(frozen=True, slots=True)
class Entry:
    """One number as the journal keeps it."""

    series: str
    period: str  # a year, or a day for queue numbers
    number: int
    head: str  # first 8 hexadecimal digits of the chain's head
    suffix: str = ""  # of an inserted number: .A

    @property
    def line(self) -> str:
        """The line with its checksum, without its end."""
        body = f"{quote(self.series)} {quote(self.period)} {self.number}{self.suffix} {self.head}"
        return f"{body} {zlib.crc32(body.encode()):08x}"


def parsed(line: str) -> Entry | None:
    """Read a line; None for one that is torn or changed."""
    body, _, check = line.rpartition(" ")
    if check != f"{zlib.crc32(body.encode()):08x}":
        return None
    parts = body.split(" ")
    number = _NUMBER.fullmatch(parts[2]) if len(parts) == 4 else None
    if number is None:
        return None
    series, period = unquote(parts[0]), unquote(parts[1])
    return Entry(series, period, int(number[1]), parts[3], number[2] or "")


def letters_to(suffix: str) -> int:
    """Give how many letters there are up to a suffix: 2 for .B; none is given before its turn."""
    return SUFFIXES.index(suffix) + 1


class NumberJournal:
    """One or two folders with the same lines. Writing never raises: see `fault`."""

    def __init__(self, folder: Path, second: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._folders = [folder] + ([second] if second else [])
        self._owed: dict[Path, list[Entry]] = {}  # folders that failed, and what they lack
        self._torn: dict[Path, bool] = {}
        self._year: dict[Path, str] = {}

    @property
    def fault(self) -> str:
        """What the user is told while lines could not be written; "" when all is well."""
        if not self._owed:
            return ""
        where = ", ".join(str(folder) for folder in list(self._owed))
        return (
            f"Jurnal nomor tidak dapat ditulis di {where}. Pekerjaan tetap tersimpan dan nomor "
            "tetap urut; periksa ruang cakram atau pasang kembali cakramnya. Yang tertinggal "
            "ditambahkan sendiri saat program dibuka lagi."
        )

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where lines are written, the place's own first."""
        return tuple(self._folders)

    def use_second(self, folder: Path | None) -> None:
        """Write into another folder too from now on, or into none."""
        with self._lock:
            for dropped in self._folders[1:]:
                self._owed.pop(dropped, None)
            self._folders = self._folders[:1] + ([folder] if folder else [])

    def note(self, spent: Iterable[Given], head: str) -> None:
        """Append what a committed transaction has spent; a failure is kept as `fault`."""
        entries = [_entry(Spent(*one), head) for one in spent]
        if entries:
            self._append(self._folders, entries)

    def complete(self, given: Iterable[Given], head: str) -> int:
        """Append the given numbers that each folder does not know yet; say how many.

        ``given`` may be long; it is read once per folder.
        """
        known = [Spent(*one) for one in given]
        most = 0
        for folder in list(self._folders):
            try:
                noted = read_noted(folder)
            except OSError as error:
                self._fail(folder, self._owed.get(folder, []), error)
                continue
            missing = [_entry(one, head) for one in known if _is_missing(one, noted)]
            most = max(most, len(missing))
            self._append([folder], missing)  # none missing: tries a folder that has failed
        return most

    def _append(self, folders: Iterable[Path], entries: list[Entry]) -> None:
        with self._lock:
            for folder in folders:
                lacking = [*self._owed.get(folder, []), *entries]
                try:
                    self._write(folder, lacking)
                except OSError as error:
                    self._fail(folder, lacking, error)
                else:
                    if self._owed.pop(folder, None) is not None:
                        _log.info("number journal is written again")

    def _fail(self, folder: Path, lacking: list[Entry], error: OSError) -> None:
        if folder not in self._owed:
            _log.warning("number journal not written: errno %s", error.errno)
        self._owed[folder] = lacking[-_MOST_OWED:]
        self._torn.pop(folder, None)

    def _write(self, folder: Path, entries: list[Entry]) -> None:
        file = folder / NAME
        new = not file.exists()
        if new:
            if not folder.is_dir():
                folder.mkdir(mode=0o700)  # never where a stick was pulled out
                sync_folder(folder.parent)
        elif entries:
            new = self._rotated(folder, max(entry.period[:4] for entry in entries))
        begin = "\n" if not new and self._is_torn(folder) else ""
        text = begin + "".join(entry.line + "\n" for entry in entries)
        handle = os.open(file, _APPEND, 0o600)
        try:
            data = text.encode("ascii")
            while data:
                data = data[os.write(handle, data) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        self._torn[folder] = False
        if new:
            sync_folder(folder)

    def _is_torn(self, folder: Path) -> bool:
        """Tell whether the file ends in the middle of a line; a power cut may leave that."""
        if folder not in self._torn:
            with (folder / NAME).open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(size - 1, 0))
                self._torn[folder] = size > 0 and file.read(1) != b"\n"
        return self._torn[folder]

    def _rotated(self, folder: Path, year: str) -> bool:
        """Set the file of an earlier year aside when the first number of a new one comes."""
        if folder not in self._year:
            self._year[folder] = _first_year(folder / NAME) or year
        if year <= self._year[folder] or not year.isdigit():
            return False
        old = folder / f"number-{self._year[folder]}.log"
        self._year[folder] = year
        if old.exists():
            return False  # a wrong clock has been here: the lines go on where they are
        (folder / NAME).rename(old)
        self._torn[folder] = False
        return True


def read_entries(folder: Path, *, tolerant: bool = False) -> Iterator[Entry]:
    """Give every whole line of a journal's folder, years in order; torn lines are left out.

    ``tolerant``: a file that cannot be read (on) keeps none of the others from being read.
    """
    files = sorted(p for p in folder.glob("number-*.log") if _YEAR_FILE.fullmatch(p.name))
    for file in (*files, folder / NAME):
        try:
            if file.exists():
                yield from _entries_of(file)
        except OSError as error:
            if not tolerant:
                raise
            _log.warning("a file of the number journal not read: errno %s", error.errno)


def _entries_of(file: Path) -> Iterator[Entry]:
    with file.open(encoding="ascii", errors="replace", newline="\n") as lines:
        for line in lines:
            if line.endswith("\n") and (entry := parsed(line[:-1])):
                yield entry


def read_noted(folder: Path, *, tolerant: bool = False) -> Noted:
    """Give what a journal knows of every series and period; nothing without one.

    OSError when the folder is there and cannot be read; ``tolerant``: what can be read of it.
    """
    highest: Highest = {}
    inserted: Inserted = {}
    for entry in read_entries(folder, tolerant=tolerant):
        key = (entry.series, entry.period)
        if entry.suffix:  # it moves no counter
            place = (*key, entry.number)
            inserted[place] = max(letters_to(entry.suffix), inserted.get(place, 0))
        else:
            highest[key] = max(entry.number, highest.get(key, 0))
    return Noted(highest, inserted)


def read_highest(folder: Path) -> Highest:
    """Give the highest number of every series and period in a journal; as `read_noted`."""
    return read_noted(folder).highest


def _entry(one: Spent, head: str) -> Entry:
    return Entry(one.series, one.period, one.number, head[:8], one.suffix)


def _is_missing(one: Spent, noted: Noted) -> bool:
    if one.suffix:
        known = noted.inserted.get((one.series, one.period, one.number), 0)
        return letters_to(one.suffix) > known
    return one.number > noted.highest.get((one.series, one.period), 0)


def _first_year(file: Path) -> str:
    with file.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if entry := parsed(line.rstrip("\n")):
                return entry.period[:4]
    return ""
