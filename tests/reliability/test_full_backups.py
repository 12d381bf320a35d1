"""The disk fills up at any stage of a restore or a backup: what was there stays, whole and alone.

A small disk in memory ends behind what lies on it at the chosen stage. The look at the free room
before the work is told that there is plenty: somebody else fills the disk meanwhile.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reliability.full_disk import small_disk, why_no_small_disk
from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.errors import DeskError, MachineError
from kecamatan_desk.domain.progress import Gauge
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.generations import generations
from kecamatan_desk.persistence.vault import Vault
from kecamatan_desk.usecases import backup_making, restore_planning, restoring
from kecamatan_desk.usecases.backup_making import copy_set, make_set
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.recovery import new_key
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.usecases.restore_values import Restorer
from kecamatan_desk.usecases.restoring import carry_out
from tests.builders import SettableClock, handed_over, registered
from tests.reliability.backup_tools import files_of
from tests.walking import DeskOf

WHY_NOT = why_no_small_disk()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "can be mounted here")
ROOMY = 200_000  # kB
ADMIN = Restorer(10, "Putri Handayani", "akun")
#: What the sentence must say: why, that nothing was lost, what to do.
SAYS = (("penuh", "ruang cakram"), ("berubah", "tersimpan"), ("ulangi",))


@dataclass
class Disk:
    """A disk that can be filled and emptied."""

    folder: Path
    resize: Callable[[int], None]

    def fill(self) -> None:
        used = shutil.disk_usage(self.folder).used // 1024
        self.resize(max(used, 4))  # 0 would mean: as large as you like
        assert shutil.disk_usage(self.folder).free <= 4096

    def make_room(self) -> None:
        self.resize(ROOMY)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """An empty small disk; nobody looks how much room it has."""
    for module in (backup_making, restore_planning):
        monkeypatch.setattr(module, "need_room", lambda *_: None)
    folder = tmp_path / "cakram"
    folder.mkdir()
    with small_disk(folder, ROOMY) as resize:
        yield Disk(folder, resize)


@pytest.fixture
def saved(office: Office, place: Place, desk_of: DeskOf) -> Place:
    """An office with a backup and one letter more than it has, closed."""
    registered(desk_of)
    back_up_now(desk_of(Role.ADMIN))
    handed_over(desk_of, nik="9901011206850002", nama="Siti Maimunah")
    office.close()
    return place


@dataclass
class Stages:
    """Fills the disk when the work has told its progress so often; counts what it tells."""

    disk: Disk
    at: int = -1
    told: int = 0
    refused: list[str] = field(default_factory=list)

    def __call__(self, _percent: int) -> bool:
        if self.told == self.at:
            self.disk.fill()
        self.told += 1
        return True


def ten_of(count: int) -> list[int]:
    """Give about ten stages out of so many, the first and the last of them too."""
    return sorted({round(n * (count - 1) / 9) for n in range(10)})


def is_told(error: DeskError) -> None:
    """The sentence says why, that nothing was lost, and what to do."""
    assert isinstance(error, MachineError)
    said = str(error).casefold()
    for words in SAYS:
        assert any(word in said for word in words), said


def restore(place: Place, clock: SettableClock, stages: Stages) -> None:
    with held(place):
        plan = plan_restore(place, place.backups, now=clock(), progress=stages)
        carry_out(place, plan, ADMIN, now=clock(), progress=stages)


def is_as_before(place: Place, before: dict[str, str]) -> None:
    """Every file is as it was; only a whole backup of the data may have come."""
    assert place.pointer.read_text() == "gen-000001\n"
    assert generations(place) == ["gen-000001"]
    left = files_of(place.root)
    assert {n: d for n, d in before.items() if left.get(n) != d} == {}
    more = [n for n in left if n not in before]
    assert [n for n in more if not n.startswith(("backups/sets/", "backups/blobs/"))] == []
    assert not [n for n in more if n.endswith(".half") or "kerja" in n]
    vault = Vault(place.backups)
    assert all(not vault.verify(seal) for seal in vault.sealed())


def test_a_restore_on_a_disk_that_fills_up_changes_nothing(
    saved: Place, disk: Disk, clock: SettableClock
) -> None:
    counting = Stages(disk)
    here = Place(disk.folder / "data", "test")
    shutil.copytree(saved.root, here.root)
    restore(here, clock, counting)
    refused = 0
    for stage in ten_of(counting.told):
        shutil.rmtree(here.root)
        shutil.copytree(saved.root, here.root)
        before = files_of(here.root)
        try:
            restore(here, clock, Stages(disk, stage))
        except DeskError as error:
            is_told(error)
            disk.make_room()
            is_as_before(here, before)
            refused += 1
        disk.make_room()
        assert check_place(here).ok
        restore(here, clock, Stages(disk))  # there is room again
        assert check_place(here).ok
    assert refused >= 5


@pytest.mark.parametrize("last", ["keep_generation", "point_to"])
def test_a_disk_that_is_full_at_the_very_flip_changes_nothing(
    saved: Place, disk: Disk, clock: SettableClock, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    here = Place(disk.folder / "data", "test")
    shutil.copytree(saved.root, here.root)
    before = files_of(here.root)
    step = getattr(restoring, last)

    def full(*words: Any) -> Any:
        disk.fill()
        return step(*words)

    monkeypatch.setattr(restoring, last, full)
    with pytest.raises(MachineError) as refused:
        restore(here, clock, Stages(disk))
    is_told(refused.value)
    disk.make_room()
    is_as_before(here, before)
    monkeypatch.setattr(restoring, last, step)
    restore(here, clock, Stages(disk))
    assert check_place(here).ok


def test_a_bare_pc_is_bare_again_after_a_restore_that_found_no_room(
    saved: Place, disk: Disk, clock: SettableClock
) -> None:
    counting = Stages(disk)
    bare = Place(disk.folder / "baru", "test")

    def onto_bare(stages: Stages) -> None:
        with held(bare):
            plan = plan_restore(bare, saved.backups, now=clock(), progress=stages)
            carry_out(bare, plan, ADMIN, now=clock(), progress=stages)

    onto_bare(counting)
    refused = 0
    for stage in ten_of(counting.told):
        shutil.rmtree(bare.root, ignore_errors=True)
        try:
            onto_bare(Stages(disk, stage))
        except DeskError as error:
            is_told(error)
            disk.make_room()
            assert not bare.root.exists()
            refused += 1
        disk.make_room()
    assert refused >= 4
    if not bare.exists:
        onto_bare(Stages(disk))
    open_place(bare, clock=clock).close()
    assert check_place(bare).ok


def test_a_backup_on_a_disk_that_fills_up_leaves_the_ones_before(
    saved: Place, disk: Disk, clock: SettableClock
) -> None:
    here = Place(disk.folder / "data", "test")
    shutil.copytree(saved.root, here.root)
    counting = Stages(disk)
    make_set(here, clock(), "uji", Gauge(counting))
    refused = 0
    for stage in ten_of(counting.told):
        shutil.rmtree(here.root)
        shutil.copytree(saved.root, here.root)
        before = files_of(here.root)
        try:
            make_set(here, clock(), "uji", Gauge(Stages(disk, stage)))
        except DeskError as error:
            is_told(error)
            disk.make_room()
            is_as_before(here, before)
            assert len(Vault(here.backups).sealed()) == 1
            refused += 1
        disk.make_room()
        make_set(here, clock(), "uji", Gauge())
        assert check_place(here).ok
    assert refused >= 4


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_stick_that_fills_up_keeps_its_backups(
    saved: Place, disk: Disk, clock: SettableClock, encrypted: bool
) -> None:
    from kecamatan_desk.persistence.sealing import recipient_of

    recipient = recipient_of(new_key().secret) if encrypted else ""
    source, target = Vault(saved.backups), Vault(disk.folder / "cadangan")
    (first,) = source.sealed()
    copy_set(source, first, target, recipient, clock(), Gauge())
    second = make_set(saved, clock(), "uji", Gauge()).seal
    template = disk.folder / "awal"
    target.root.rename(template)
    counting = Stages(disk)
    shutil.copytree(template, target.root)
    copy_set(source, second, target, recipient, clock(), Gauge(counting))
    refused = 0
    for stage in ten_of(counting.told):
        shutil.rmtree(target.root)
        shutil.copytree(template, target.root)
        try:
            copy_set(source, second, target, recipient, clock(), Gauge(Stages(disk, stage)))
        except DeskError as error:
            is_told(error)
            disk.make_room()
            (kept,) = target.sealed()
            assert not target.verify(kept)
            assert not [p for p in target.root.rglob("*") if p.name.endswith(".half")]
            refused += 1
        disk.make_room()
        copy_set(source, second, target, recipient, clock(), Gauge())
        assert all(not target.verify(seal) for seal in target.sealed())
        assert len(target.sealed()) == 2
    assert refused >= 3
