"""The file as SQLite sees it: structure of pages, tables, indexes, guards."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine, select
from sqlalchemy import text as sql

from kecamatan_desk.persistence.audit.reading import Audit
from kecamatan_desk.persistence.database import sqlite_driver
from kecamatan_desk.persistence.tables import SEARCH_TABLE, TRIGGERS, Base, InstanceRecord, table_of

_COLUMNS = sql('SELECT name, type, "notnull", pk FROM pragma_table_info(:name)')
_INDEXES = sql('SELECT name, origin, "unique", partial FROM pragma_index_list(:name)')
_INDEXED = sql("SELECT name FROM pragma_index_info(:name) ORDER BY seqno")
_FOREIGN = sql('SELECT "from", "table", "to" FROM pragma_foreign_key_list(:name)')
_TRIGGERS = sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
_SEARCH = sql("SELECT sql FROM sqlite_master WHERE name = 'request_search'")


def check_file(audit: Audit) -> None:
    """Let SQLite check its own pages, indexes and references."""
    with audit.reading() as connection:
        for (said,) in connection.execute(sql("PRAGMA integrity_check")):
            if said != "ok":
                audit.found("integrity_check", "", "", f"SQLite: {said}")
    with audit.reading() as connection:
        for row in connection.execute(sql("PRAGMA foreign_key_check")):
            audit.found(
                "foreign_key_check", row[0], row[1], f"Baris ini menunjuk {row[2]} yang tidak ada."
            )


def check_shape(audit: Audit) -> None:
    """Compare tables, indexes and guards with those of a new file."""
    expected = _expected()
    with audit.reading() as connection:
        _compare_tables(audit, connection, expected)
        _compare_triggers(audit, connection)
        if connection.scalar(_SEARCH) != SEARCH_TABLE:
            audit.found("struktur", "request_search", "", "Tabel pencarian tidak seperti aslinya.")


def check_instance(audit: Audit) -> None:
    """See that the file says, once, whether it is an office's or a practice's."""
    table = table_of(InstanceRecord)
    with audit.reading() as connection:
        kinds = list(connection.scalars(select(table.c.kind)))
    if len(kinds) != 1 or kinds[0] not in ("office", "practice"):
        audit.found("instansi", "instance", 1, "Tidak jelas apakah ini data kantor atau latihan.")


def _compare_tables(
    audit: Audit, connection: Connection, expected: dict[str, dict[str, set[Any]]]
) -> None:
    for table, parts in expected.items():
        found = _parts(connection, table)
        audit.count("tabel")
        if not found["kolom"]:
            audit.found("struktur", table, "", "Tabel ini hilang.")
            continue
        for part, wanted in parts.items():
            for missing in sorted(wanted - found[part]):
                audit.found("struktur", table, "", f"Hilang atau berubah: {part} {missing[0]}.")
        for added in sorted(found["kolom"] - parts["kolom"]):
            audit.found("struktur", table, "", f"Kolom {added[0]} tidak dikenal.")


def _parts(connection: Connection, table: str) -> dict[str, set[Any]]:
    name = {"name": table}
    indexes = set()
    for index, origin, unique, partial in connection.execute(_INDEXES, name).all():
        columns = ", ".join(connection.scalars(_INDEXED, {"name": index}))
        named = index if origin == "c" else f"({columns})"
        indexes.add((named, columns, unique, partial))
    return {
        "kolom": {tuple(row) for row in connection.execute(_COLUMNS, name)},
        "indeks": indexes,
        "kunci asing": {tuple(row) for row in connection.execute(_FOREIGN, name)},
    }


def _compare_triggers(audit: Audit, connection: Connection) -> None:
    found = {row.name: row.sql for row in connection.execute(_TRIGGERS)}
    for name, wanted in TRIGGERS.items():
        audit.count("pengaman")
        if name not in found:
            audit.found("pengaman", name, "", f"Pengaman {name} hilang.")
        elif found[name] != wanted:
            audit.found("pengaman", name, "", f"Pengaman {name} tidak seperti aslinya.")
    for name in sorted(set(found) - set(TRIGGERS)):
        audit.found("pengaman", name, "", f"Pemicu {name} tidak dikenal.")


@cache
def _expected() -> dict[str, dict[str, set[Any]]]:
    """Give what every table is to be like, as SQLite tells it of tables made in memory."""
    engine = create_engine("sqlite://", module=sqlite_driver())
    try:
        Base.metadata.create_all(engine)
        with engine.connect() as connection:
            return {table: _parts(connection, table) for table in Base.metadata.tables}
    finally:
        engine.dispose()
