"""The revision of the database: creating, upgrading, refusing what is newer than the program.

Alembic is imported only when the stored revision differs from the program's.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.database import Store

#: The newest revision in migrations/versions; a test compares it with the folder.
HEAD = "0003"

SCRIPTS = Path(__file__).with_name("migrations")


def revision(store: Store) -> str | None:
    """Give the stored revision; None for a file without tables."""
    with store.reading() as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return None
        found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def bring_up_to_date(store: Store) -> None:
    """Create or upgrade the tables in one transaction.

    MachineError when the file was written by a newer program.
    """
    current = revision(store)
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        raise MachineError(
            "Data ini ditulis oleh Kecamatan Desk yang lebih baru. Data tidak diubah; pasang "
            "program versi terbaru pada komputer ini, lalu buka lagi."
        )
    with store.altering() as session:
        _upgrade(session.connection())


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
