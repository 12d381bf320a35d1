"""A practice never comes into an office's directory nor the reverse: also when CURRENT is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.intake import save_draft
from kecamatan_desk.usecases.practice.staff import PROFILE, set_up
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import QUICK, SettableClock, op, registered
from tests.reliability.backup_tools import files_of
from tests.walking import DeskOf, filled

Damage = Callable[[Place], None]


def lose_pointer(place: Place) -> None:
    place.pointer.unlink()


def spoil_pointer(place: Place) -> None:
    place.pointer.write_text("???")


def lose_generation(place: Place) -> None:
    shutil.rmtree(place.current_database.parent)


def spoil_database(place: Place) -> None:
    place.current_database.write_bytes(b"rusak " * 5_000)


def lose_pointer_and_backups(place: Place) -> None:
    place.pointer.unlink()
    shutil.rmtree(place.backups)


def keep_only_what_is_unreadable(place: Place) -> None:
    spoil_database(place)
    lose_pointer_and_backups(place)


def keep_only_the_backups(place: Place) -> None:
    lose_generation(place)
    place.pointer.unlink()


DAMAGES = [
    lose_pointer,
    spoil_pointer,
    lose_generation,
    spoil_database,
    lose_pointer_and_backups,
    keep_only_the_backups,
]


@pytest.fixture
def of_practice(tmp_path: Path, clock: SettableClock) -> Place:
    """A practice place with one draft and a backup, closed."""
    place = Place(tmp_path / "coba", "test")
    practice = open_place(place, create="practice", clock=clock, cost=QUICK)
    try:
        set_up(practice, PROFILE, clock().date())
        desk = practice.practice_desk(Role.PELAYANAN)
        desk.call(save_draft, op(), DraftInput("sktm", filled(SERVICES["sktm"], "terima")))
        back_up_now(practice.practice_desk(Role.ADMIN))
    finally:
        practice.close()
    return place


@pytest.fixture
def of_office(office: Office, place: Place, desk_of: DeskOf) -> Place:
    """An office with a letter and a backup, closed."""
    registered(desk_of)
    back_up_now(desk_of(Role.ADMIN))
    office.close()
    return place


def is_refused(here: Place, backup: Place, clock: SettableClock, words: str) -> None:
    """Nothing comes in, and nothing of what lies here is touched."""
    before = files_of(here.root)
    with held(here), pytest.raises(RuleError, match=words):
        plan_restore(here, backup.backups, now=clock())
    left = files_of(here.root)
    assert {n: d for n, d in before.items() if n != "CURRENT"} == {
        n: d for n, d in left.items() if n not in ("CURRENT", "lock")
    }


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_practice_backup_never_comes_into_a_damaged_office(
    of_office: Place, of_practice: Place, clock: SettableClock, damage: Damage
) -> None:
    damage(of_office)
    is_refused(of_office, of_practice, clock, "data latihan, sedangkan tempat ini untuk kantor")


def test_where_nothing_can_be_read_any_more_a_practice_backup_is_refused(
    of_office: Place, of_practice: Place, clock: SettableClock, tmp_path: Path
) -> None:
    saved = Place(tmp_path / "selamat", "test")
    shutil.copytree(of_office.backups, saved.backups)
    keep_only_what_is_unreadable(of_office)
    is_refused(of_office, of_practice, clock, "mungkin data kantor")
    with held(of_office):  # an office gets its data back all the same
        plan = plan_restore(of_office, saved.backups, now=clock())
    assert plan.kind == "office"


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_office_backup_never_comes_into_a_damaged_practice_place(
    of_office: Place, of_practice: Place, clock: SettableClock, damage: Damage
) -> None:
    damage(of_practice)
    is_refused(of_practice, of_office, clock, "data kantor, sedangkan tempat ini untuk latihan")


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_right_backup_still_comes_back(
    of_office: Place, clock: SettableClock, damage: Damage, tmp_path: Path
) -> None:
    saved = Place(tmp_path / "selamat", "test")
    shutil.copytree(of_office.backups, saved.backups)
    damage(of_office)
    with held(of_office):
        plan = plan_restore(of_office, saved.backups, now=clock())
    assert plan.kind == "office"
    assert plan.office_name == "Sukamaju"


def test_an_office_is_told_from_another_by_its_backups_alone(
    of_office: Place, clock: SettableClock, tmp_path: Path
) -> None:
    other = Place(tmp_path / "lain", "test")
    shutil.copytree(of_office.root, other.root)
    vault = other.backups / "vault.json"
    vault.write_text(vault.read_text().replace('"office": "', '"office": "0'))
    other.pointer.unlink()
    with held(other), pytest.raises(RuleError, match="milik kantor lain"):
        plan_restore(other, of_office.backups, now=clock())


def test_the_window_s_place_to_practise_in_takes_no_office_backup(
    of_office: Place, clock: SettableClock, tmp_path: Path
) -> None:
    beside = Place(tmp_path / "kantor-latihan", "--data")
    is_refused_bare(beside, of_office, clock)


def is_refused_bare(here: Place, backup: Place, clock: SettableClock) -> None:
    with held(here), pytest.raises(RuleError, match="tempat ini untuk latihan"):
        plan_restore(here, backup.backups, now=clock())
    assert not here.root.exists()


def test_on_the_command_line_too(
    of_office: Place, of_practice: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    of_office.pointer.unlink()
    before = files_of(of_office.root)
    words = ["--data", str(of_office.root), "restore", str(of_practice.backups)]
    assert main([*words, "--book-checked"]) == 1
    assert "tempat ini untuk kantor yang sebenarnya" in "".join(capsys.readouterr())
    assert {n: d for n, d in files_of(of_office.root).items() if n != "lock"} == before
