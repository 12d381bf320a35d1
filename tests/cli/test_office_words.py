"""What commands tell people is in the office's words and its time; JSON stays technical."""

import io
import json
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.domain.indonesian import day_there, moment_there
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import Finding
from kecamatan_desk.persistence.tables import Base
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.check_words import counted_words, grouped, rows_named
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.office import save_profile
from tests.builders import PASSWORD, PROFILE, SettableClock, op, registered
from tests.cli.test_practice_commands import Said
from tests.walking import DeskOf

TABLES = sorted(Base.metadata.tables)


def test_times_are_those_of_the_office() -> None:
    night = datetime(2026, 5, 11, 22, 30, tzinfo=UTC)
    assert moment_there(night, "Asia/Jakarta") == "12-05-2026 05.30 WIB"
    assert moment_there(night, "Asia/Makassar") == "12-05-2026 06.30 WITA"
    assert moment_there(night, "Asia/Jayapura") == "12-05-2026 07.30 WIT"
    assert day_there(night, "Asia/Jayapura") == "12-05-2026"


def test_backup_and_restore_tell_the_office_s_own_time(
    office: Office,
    place: Place,
    desk_of: DeskOf,
    clock: SettableClock,
    tmp_path: Path,
    capsys: Said,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registered(desk_of)
    east = replace(PROFILE, zone="Asia/Jayapura")
    desk_of(Role.ADMIN).call(save_profile, op(), east)
    clock.now = datetime(2026, 5, 12, 22, 30, tzinfo=UTC)  # the next morning there
    back_up_now(desk_of(Role.ADMIN))
    office.close()
    vault = str(place.backups)
    bare = str(tmp_path / "baru")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["restore", vault, "--into", bare, "--user", "admin"]) == 1
    told = "".join(capsys.readouterr())
    assert "dari 13-05-2026 07.30 WIT, Kecamatan" in told
    assert "UTC" not in told


def test_check_speaks_as_the_screen_does(
    office: Office, place: Place, desk_of: DeskOf, capsys: Said
) -> None:
    registered(desk_of)
    office.close()
    words = ["--data", str(place.root), "check"]
    assert main(words) == 0
    whole = capsys.readouterr().out
    assert "1 baris buku" in whole
    assert whole.splitlines()[-1] == "Utuh."
    for name in TABLES:
        if "_" in name:
            assert name not in whole, name

    paper = next(place.documents.rglob("*.pdf"))
    paper.unlink()
    assert main(words) == 1
    said = capsys.readouterr().out
    assert "TEMUAN (berat): Surat tersimpan hilang atau berubah" in said
    assert "Yang harus dilakukan: " in said
    assert re.search(r"^  - surat \d+: ", said, re.M)
    assert main([*words, "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["kind"], finding["table"]) == ("surat", "document")


def test_whatever_is_counted_is_named(office: Office, place: Place, desk_of: DeskOf) -> None:
    registered(desk_of)
    office.close()
    checked = check_place(place).checked
    assert len(counted_words(checked)) == sum(1 for amount in checked.values() if amount)
    every = dict.fromkeys(checked, 1)
    assert len(counted_words(every)) == len(checked), checked


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_of_every_table_have_a_name(table: str) -> None:
    named = rows_named(table)
    assert named
    (group,) = grouped([Finding("arsip", table, 12, "Isi baris berubah.")])
    assert group.lines == (f"{named} 12: Isi baris berubah.",)
