"""Proving a database of any revision: pages, references, chain, archive rows, numbers.

It reads tables by the columns they have, not by those of this program, so that a copy of an older
database is proved before it is upgraded. What only a full check can tell (tables as in a new file,
requests against their events) is left to `audit`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kecamatan_desk.persistence.audit.reading import Finding
from kecamatan_desk.persistence.chain import GENESIS, event_hash, row_hash
from kecamatan_desk.persistence.database import open_to_read, sqlite_driver

_AT_ONCE = 500


class PlainProof:
    """One proof: what it found, and where chain and numbers stand.

    ``series``: (series, period) -> (last of the counter, numbers given one by one).
    """

    def __init__(self, database: Path, *, immutable: bool = False) -> None:
        """``immutable``: nobody writes to the file; it is read past every lock and cache."""
        self.findings: list[Finding] = []
        self.seq, self.head = 0, GENESIS
        self.series: dict[tuple[str, str], tuple[int, int]] = {}
        self._driver = sqlite_driver()
        uri = f"{database.absolute().as_uri()}?immutable=1"
        try:
            self._connection = (
                self._driver.connect(uri, uri=True) if immutable else open_to_read(database)
            )
            try:
                self._connection.execute("PRAGMA cell_size_check = ON")
                self._connection.execute("BEGIN")
                self._check()
            finally:
                self._connection.close()
        except self._driver.Error:
            self._found("berkas", "", "", "Berkas data rusak atau bukan data program ini.")

    def _check(self) -> None:
        for (said,) in self._rows("PRAGMA integrity_check"):
            if said != "ok":
                self._found("integrity_check", "", "", f"SQLite: {said}")
        for row in self._rows("PRAGMA foreign_key_check"):
            told = f"Baris ini menunjuk {row[2]} yang tidak ada."
            self._found("foreign_key_check", row[0], row[1], told)
        self._check_chain()
        self._count_numbers()

    def _check_chain(self) -> None:
        names = [row[1] for row in self._rows("PRAGMA table_info(event)")]
        for row in self._rows("SELECT * FROM event ORDER BY seq"):
            columns = dict(zip(names, row, strict=True))
            prev, digest = columns.pop("prev"), columns.pop("hash")
            if columns["seq"] != self.seq + 1 or prev != self.head:
                self._found("rantai", "event", columns["seq"], "Tidak menyambung.")
            if _digest(event_hash, prev, columns) != digest:
                told = "Isi peristiwa tidak sesuai dengan sidiknya."
                self._found("rantai", "event", columns["seq"], told)
            self._check_rows(columns)
            self.seq, self.head = columns["seq"], str(digest)

    def _check_rows(self, event: dict[str, Any]) -> None:
        try:
            announced = json.loads(event["payload"]).get("rows", {})
        except (ValueError, TypeError, AttributeError):
            return  # its own hash tells that it is damaged
        for key, digest in announced.items():
            table, _, row_id = key.rpartition(":")
            if not table.replace("_", "").isalpha():
                continue
            found = self._connection.execute(
                f'SELECT * FROM "{table}" WHERE id = ?',  # noqa: S608 - a name of letters
                (row_id,),
            )
            names = [column[0] for column in found.description]
            row = found.fetchone()
            if row is None:
                self._found("arsip", table, row_id, f"Baris peristiwa {event['seq']} hilang.")
            elif _digest(row_hash, table, dict(zip(names, row, strict=True))) != digest:
                self._found("arsip", table, row_id, f"Berubah sejak peristiwa {event['seq']}.")

    def _count_numbers(self) -> None:
        """Counter = numbers given one by one and in blocks, without a gap."""
        given = {
            (series, period): (amount, last)
            for series, period, amount, last in self._rows(
                "SELECT series, period, count(*), max(number) FROM number_issue GROUP BY 1, 2"
            )
        }
        blocks = {}
        if list(self._rows("SELECT 1 FROM sqlite_master WHERE name = 'number_block'")):
            blocks = {
                (series, period): (amount, last)
                for series, period, amount, last in self._rows(
                    "SELECT series, period, sum(last - first + 1), max(last) FROM number_block "
                    "GROUP BY 1, 2"
                )
            }
        counters = {(s, p): last for s, p, last in self._rows("SELECT * FROM counter")}
        for key in sorted({*counters, *given, *blocks}):
            last = counters.get(key, 0)
            (single, single_last), (many, many_last) = (
                given.get(key, (0, 0)),
                blocks.get(key, (0, 0)),
            )
            if single + many != last or max(single_last, many_last) != last:
                told = f"Pencacah {last}, tercatat {single + many} nomor."
                self._found("nomor", "counter", "/".join(key), told)
            self.series[key] = (last, single)

    def _rows(self, statement: str) -> Iterator[Any]:
        cursor = self._connection.execute(statement)
        while found := cursor.fetchmany(_AT_ONCE):
            yield from found

    def _found(self, kind: str, table: str, row: int | str, message: str) -> None:
        if len(self.findings) < 100:
            self.findings.append(Finding(kind, table, row, message))


def _digest(hashing: Any, first: Any, columns: dict[str, Any]) -> str | None:
    try:
        digest: str = hashing(first, columns)
    except (TypeError, ValueError, AttributeError):
        return None
    return digest
