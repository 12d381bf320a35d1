"""The revision of the database: creating, upgrading, refusing what is not this program's.

Alembic is imported only when the stored revision differs from the program's. Besides the revision a
file carries SQLite's own two marks: ``application_id`` (whose file it is) and ``user_version`` (the
revision as a number); files of the first two revisions were made without them.
"""

import json
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from kecamatan_desk import __version__
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.database import Store

#: The newest revision in migrations/versions; a test compares it with the folder.
HEAD = "0003"
#: "KDsk": the mark of this program's files in the header of SQLite.
APPLICATION_ID = 0x4B44736B
#: The setting that names the program whose revision the file has.
WRITTEN_BY = "program"

SCRIPTS = Path(__file__).with_name("migrations")
_NEW_MARKS = (
    text(f"PRAGMA application_id = {APPLICATION_ID}"),
    text(f"PRAGMA user_version = {int(HEAD)}"),
)
_NOTE = text(
    "INSERT INTO setting (name, value) VALUES (:name, :value) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def revision(store: Store) -> str | None:
    """Give the stored revision; None for a file without tables of ours.

    MachineError when another program's mark is on the file.
    """
    with store.reading() as session:
        mark = session.execute(text("PRAGMA application_id")).scalar()
        if mark not in (0, APPLICATION_ID):
            raise MachineError(
                f"Berkas {store.path} milik program lain, bukan data Kecamatan Desk. Tidak ada "
                "yang diubah; pilih folder data yang benar."
            )
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def refuse_newer(store: Store, found: str | None) -> None:
    """Raise MachineError when a newer program wrote the file; it names the version needed.

    ``found``: the file's revision.
    """
    if found is not None and found > HEAD:
        raise MachineError(
            f"Data ini ditulis oleh Kecamatan Desk yang lebih baru{_version_needed(store)}. Data "
            "tidak diubah; pasang program versi itu atau yang lebih baru pada komputer ini, lalu "
            "buka lagi."
        )


def bring_up_to_date(store: Store) -> None:
    """Create or upgrade the tables in one transaction.

    MachineError when the file was written by a newer program.
    """
    found = revision(store)
    if found == HEAD:
        return
    refuse_newer(store, found)
    with store.altering() as session:
        _upgrade(session.connection())
        _mark(session)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _mark(session: Session) -> None:
    for mark in _NEW_MARKS:
        session.execute(mark)
    written_by = {"version": __version__, "revision": HEAD}
    session.execute(_NOTE, {"name": WRITTEN_BY, "value": json.dumps(written_by)})


def _version_needed(store: Store) -> str:
    """Name the version a newer file asks for, as far as the file tells it."""
    with store.reading() as session:
        found = session.execute(
            text("SELECT value FROM setting WHERE name = :name"), {"name": WRITTEN_BY}
        ).scalar()
    try:
        version = json.loads(found)["version"] if found else ""
    except (ValueError, KeyError, TypeError):
        version = ""
    return (
        f" (versi {version})"
        if isinstance(version, str) and version.isprintable() and version
        else ""
    )
