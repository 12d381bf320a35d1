"""P1: who only reads after a kill finds the data sound: what was half-done is rolled back first."""

import subprocess
import sys

import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.persistence.audit.plain import PlainProof
from kecamatan_desk.usecases.backup_making import facts_of
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.restore_sources import left_behind
from tests.builders import DeskOf, registered

# Writes until its pages spill into the file, and dies with the journal on disk.
_KILLED = """
import os, signal, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 1")
file.execute("PRAGMA journal_mode = TRUNCATE")
file.execute("BEGIN IMMEDIATE")
file.execute("CREATE TABLE half_done (bytes)")
for _ in range(2000):
    file.execute("INSERT INTO half_done VALUES (randomblob(900))")
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


@pytest.fixture
def place(office: Office, desk_of: DeskOf) -> Place:
    """A place whose program was killed while it wrote; a number had been given before."""
    registered(desk_of)
    place = desk_of(Role.REGISTER).place
    office.close()
    path = place.current_database
    subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False)
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0
    return place


def test_the_check_finds_sound_data_sound(place: Place) -> None:
    assert audit(place.current_database, place.documents).findings == []


def test_the_proof_of_a_restore_finds_them_sound(place: Place) -> None:
    assert PlainProof(place.current_database).findings == []


def test_a_restore_knows_the_numbers_that_were_given(place: Place) -> None:
    left = left_behind(place.current_database, 0)
    assert left is not None
    assert left.whole
    assert left.counters[("sktm", "2026")] == 1
    assert facts_of(place.current_database).kind == "office"
