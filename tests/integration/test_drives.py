"""Which drives are offered for backups: those that can be pulled out, and answer."""

import os
from pathlib import Path

import pytest

from kecamatan_desk.persistence.drives import plugged_in
from kecamatan_desk.persistence.volumes import System
from kecamatan_desk.usecases import backup_media
from kecamatan_desk.usecases.backup_media import found_sets, media, vault_on
from kecamatan_desk.usecases.backups import FOLDER, back_up_now
from kecamatan_desk.usecases.desk import Desk
from tests.ui.backup_tools import Sticks, sticks

__all__ = ["sticks"]
ROOT = "20 1 8:1 / / rw - ext4 /dev/sda1 rw"


def disk(sysfs: Path, device: str, name: str, bus: str) -> None:
    """Lay a disk with one partition out as /sys shows it."""
    part = sysfs / "devices" / bus / name / f"{name}1"
    part.mkdir(parents=True)
    (part / "partition").write_text("1\n")
    (part.parent / "removable").write_text("0\n")  # an external disk calls itself fixed
    block = sysfs / "dev" / "block"
    block.mkdir(parents=True, exist_ok=True)
    (block / device).symlink_to(part)


@pytest.mark.skipif(os.name == "nt", reason="mounts of Linux")
def test_only_what_can_be_pulled_out_is_listed_once(tmp_path: Path) -> None:
    sysfs = tmp_path / "sys"
    disk(sysfs, "8:1", "sda", "ata1")
    disk(sysfs, "8:17", "sdb", "usb2")
    disk(sysfs, "8:33", "sdc", "ata2")
    stick, second, gone = (tmp_path / name for name in ("KINGSTON", "KEDUA", "TERCABUT"))
    stick.mkdir()
    second.mkdir()
    mounts = "\n".join(
        (
            ROOT,
            f"40 20 8:17 / {stick} rw - vfat /dev/sdb1 rw",
            f"41 20 8:17 / {tmp_path / 'again'} rw - vfat /dev/sdb1 rw",
            f"42 20 8:33 / {second} rw - ext4 /dev/sdc1 rw",
            f"43 20 8:17 / {gone} rw - vfat /dev/sdb1 rw",
        )
    )
    system = System(windows=False, mounts=lambda: mounts, sys=sysfs, environment={})

    found = plugged_in(system)

    assert [(one.path, one.name) for one in found] == [(stick, "KINGSTON")]
    assert 0 < found[0].free <= found[0].total


def test_a_stick_gets_a_folder_of_its_own(sticks: Sticks, admin_desk: Desk) -> None:
    stick = sticks.plug("KINGSTON")
    assert [(one.name, one.sets, one.vault) for one in media()] == [
        ("KINGSTON", (), stick / FOLDER)
    ]
    back_up_now(admin_desk, vault_on(stick))
    found = media()[0]
    assert len(found.sets) == 1
    assert vault_on(stick / FOLDER) == stick / FOLDER  # the vault itself was named


def test_sets_of_another_office_are_not_offered_here(
    sticks: Sticks, admin_desk: Desk, tmp_path: Path
) -> None:
    stick = sticks.plug("KINGSTON")
    back_up_now(admin_desk, vault_on(stick))
    mark = stick / FOLDER / "vault.json"
    here = found_sets(admin_desk.place)
    assert {one.where for one in here} == {"Komputer ini", "KINGSTON"}
    mark.write_text(mark.read_text().replace(here[0].office, "0" * 16))
    assert {one.where for one in found_sets(admin_desk.place)} == {"Komputer ini"}
    assert backup_media.drives is sticks
