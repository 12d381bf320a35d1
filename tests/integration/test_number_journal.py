"""The number journal: every number given stands outside the database too, after its commit."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.journal import (
    NAME,
    Entry,
    NumberJournal,
    parsed,
    read_entries,
    read_highest,
)
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.journal import complete_journal, journal_fault
from tests.builders import PASSWORD, SettableClock, handed_over, registered
from tests.walking import rows

DeskOf = Callable[[Role], Desk]


def counters(place: Place) -> dict[tuple[str, str], int]:
    found = rows(place.current_database, "SELECT series, period, last FROM counter")
    return {(row["series"], row["period"]): row["last"] for row in found}


def issues(place: Place) -> list[tuple[str, str, int]]:
    found = rows(place.current_database, "SELECT series, period, number FROM number_issue")
    return sorted((row["series"], row["period"], row["number"]) for row in found)


def noted(folder: Path) -> list[tuple[str, str, int]]:
    return sorted((e.series, e.period, e.number) for e in read_entries(folder))


def test_every_number_is_noted_with_the_head_of_its_commit(place: Place, desk_of: DeskOf) -> None:
    registered(desk_of)
    handed_over(desk_of, nik="9901011206850002", nama="Siti Maimunah")

    assert noted(place.journal) == issues(place)
    assert read_highest(place.journal) == counters(place)
    heads = {row["hash"][:8] for row in rows(place.current_database, "SELECT hash FROM event")}
    assert {entry.head for entry in read_entries(place.journal)} <= heads
    text = (place.journal / NAME).read_text(encoding="ascii")
    assert "Siti" not in text
    assert "9901011206850002" not in text
    assert (place.journal / NAME).stat().st_mode & 0o077 == 0


def test_what_was_given_up_is_not_noted(place: Place, desk_of: DeskOf) -> None:
    registered(desk_of)
    before = noted(place.journal)

    class PowerCutError(Exception):
        pass

    from kecamatan_desk.persistence.numbers import take_number

    def cut(work: object) -> None:
        take_number(work.session, work.link(), "sktm", "2026", None)  # type: ignore[attr-defined]
        raise PowerCutError

    with pytest.raises(PowerCutError):
        desk_of(Role.REGISTER).call(cut)

    assert noted(place.journal) == before


@pytest.mark.parametrize("damage", ["lost", "cut", "torn", "second line changed"])
def test_missing_lines_are_completed_at_the_next_start(
    office: Office, place: Place, desk_of: DeskOf, clock: SettableClock, damage: str
) -> None:
    registered(desk_of)
    registered(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    office.close()
    file = place.journal / NAME
    lines = file.read_bytes().splitlines(keepends=True)
    kept = {"lost": b"", "cut": b"".join(lines[:2]), "torn": b"".join(lines[:-1]) + lines[-1][:9]}
    content = kept.get(damage, lines[0] + lines[1].replace(b"2", b"3") + b"".join(lines[2:]))
    file.write_bytes(content) if content else file.unlink()

    again = open_place(place, clock=clock)
    desk = again.sign_in("register", PASSWORD)
    added = complete_journal(desk)

    assert read_highest(place.journal) == counters(place)
    assert added == {"lost": 6, "cut": 4, "torn": 1}.get(damage, 0)
    assert complete_journal(desk) == 0
    again.close()


def test_a_torn_line_is_never_joined_to_the_next(tmp_path: Path) -> None:
    journal = NumberJournal(tmp_path)
    journal.note([("sktm", "2026", 1)], "a" * 64)
    with (tmp_path / NAME).open("ab") as file:
        file.write(b"sktm 2026 2 aaaa")

    NumberJournal(tmp_path).note([("sktm", "2026", 3)], "b" * 64)

    assert noted(tmp_path) == [("sktm", "2026", 1), ("sktm", "2026", 3)]


def test_a_disk_that_refuses_never_fails_the_deed(
    place: Place, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(Role.REGISTER)
    second = tmp_path / "stick" / "journal"
    second.parent.mkdir()
    complete_journal(desk, second)
    registered(desk_of)
    assert noted(second) == issues(place)

    shutil.rmtree(second.parent)  # pulled out
    registered(desk_of, nik="9901011206850002", nama="Siti Maimunah")

    assert noted(place.journal) == issues(place)
    assert str(second) in journal_fault(desk)
    assert not second.parent.exists()  # nothing is made where the stick was

    second.parent.mkdir()  # a stick that was empty: all is written again
    assert complete_journal(desk, second) == len(issues(place))
    assert noted(second) == issues(place)
    assert journal_fault(desk) == ""


def test_what_a_full_disk_kept_out_comes_with_the_next_number(tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    journal = NumberJournal(folder / "deeper")  # cannot be made
    journal.note([("sktm", "2026", 1)], "a" * 64)
    assert "Jurnal nomor" in journal.fault

    folder.mkdir()
    journal.note([("sktm", "2026", 2)], "b" * 64)

    assert noted(folder / "deeper") == [("sktm", "2026", 1), ("sktm", "2026", 2)]
    assert journal.fault == ""


def test_a_file_size_limit_in_the_middle_of_a_line_is_survived(tmp_path: Path) -> None:
    """A child may write 1,000 bytes a file: the journal fails, the numbers go on."""
    pytest.importorskip("resource")
    script = """
import resource, signal, sys
from pathlib import Path
from kecamatan_desk.persistence.journal import NumberJournal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
journal = NumberJournal(Path(sys.argv[1]))
for number in range(1, 101):
    journal.note([("sktm", "2026", number)], "c" * 64)
assert journal.fault
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.note([("sktm", "2026", 101)], "c" * 64)
assert not journal.fault
"""
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)

    assert noted(tmp_path) == [("sktm", "2026", number) for number in range(1, 102)]


def test_a_year_gets_a_file_of_its_own(tmp_path: Path) -> None:
    journal = NumberJournal(tmp_path)
    for period in ("2025", "2025-12-31", "2026", "2025", "2026-01-02", "2027"):
        journal.note([("antrian", period, 1)], "d" * 64)

    assert {p.name for p in tmp_path.iterdir()} == {
        NAME, "number-2025.log", "number-2026.log"
    }  # fmt: skip
    assert len(list(read_entries(tmp_path))) == 6
    assert "2027" in (tmp_path / NAME).read_text(encoding="ascii")


def test_no_changed_line_is_believed() -> None:
    luck = random.Random(5)
    line = Entry("kode:400.7.22/ä", "2026-05-12", 4711, "0a1b2c3d").line
    assert parsed(line) == Entry("kode:400.7.22/ä", "2026-05-12", 4711, "0a1b2c3d")
    for _ in range(400):
        raw = bytearray(line.encode())
        raw[luck.randrange(len(raw))] ^= 1 << luck.randrange(8)
        assert parsed(raw.decode("ascii", errors="replace")) is None


def test_the_journal_costs_one_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    journal = NumberJournal(tmp_path)
    journal.note([("sktm", "2026", 1)], "e" * 64)
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle))[1])
    begin = perf_counter()

    journal.note([("sktm", "2026", 2), ("antrian", "2026-05-12", 9)], "e" * 64)

    assert len(synced) == 1
    assert perf_counter() - begin < 0.5
