"""A consistent copy of the database, beside whoever is writing to it."""

import errno
import os
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.database import sqlite_driver


def copy_database(source: Path, target: Path) -> None:
    """Write one consistent state of *source* to *target*, which appears complete or not at all.

    Other processes go on working; the copy is compact and holds no trace of erased rows.
    OSError when the disk refuses, MachineError when the database does.
    """
    half = target.with_suffix(".half")
    half.unlink(missing_ok=True)
    driver = sqlite_driver()
    connection = driver.connect(str(source), timeout=30)
    try:
        connection.isolation_level = None
        connection.execute("VACUUM INTO ?", (str(half),))
    except driver.Error as error:
        half.unlink(missing_ok=True)
        if "disk is full" in str(error):  # SQLite's own fixed sentence; not every driver has a code
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise MachineError(
            "Data tidak dapat disalin. Data kantor tidak berubah; periksa ruang cakram "
            "dan keutuhan data dengan perintah check, lalu ulangi."
        ) from error
    finally:
        connection.close()
    with half.open("rb+") as file:
        os.fsync(file.fileno())
    half.replace(target)
