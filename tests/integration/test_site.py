"""Where a place may lie: what is refused with the way out, and what is only unusual."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence import site
from kecamatan_desk.persistence.owning import close_to_others, lock_excludes
from kecamatan_desk.persistence.site import (
    CLOUD,
    LENT,
    NETWORK,
    REMOVABLE,
    Fault,
    fault_of,
    refuse_site,
    said,
)
from kecamatan_desk.persistence.volumes import System, mount_of, parse_mounts
from kecamatan_desk.usecases.entrance import Office
from tests.builders import PASSWORD, QUICK

posix = pytest.mark.skipif(os.name == "nt", reason="rights and mounts of Linux")

ROOT = "20 1 8:1 / / rw - ext4 /dev/sda1 rw"


def mounted(line: str, root: str = ROOT) -> str:
    """Give a mountinfo of a usual computer with one more line."""
    return "\n".join((root, "21 20 0:20 / /proc rw - proc proc rw", line)) + "\n"


def system(text: str, sysfs: Path | None = None, **told: str) -> System:
    return System(
        windows=False,
        mounts=lambda: text,
        device_of=lambda node: told.get(node.rpartition("/")[2], ""),
        sys=sysfs or Path("/nowhere"),
        environment={},
    )


# Linux: whose disk it is


@posix
@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("nfs4", "server:/kantor"),
        ("nfs", "server:/kantor"),
        ("cifs", "//server/kantor"),
        ("smb3", "//server/kantor"),
        ("ceph", "1.2.3.4:/"),
        ("fuse.sshfs", "admin@server:/kantor"),
        ("fuse.rclone", "drive:"),
        ("fuse.gvfsd-fuse", "gvfsd-fuse"),
        ("fuse.glusterfs", "server:/vol"),
    ],
)
def test_a_folder_of_another_computer_is_refused(tmp_path: Path, kind: str, source: str) -> None:
    text = mounted(f"40 20 0:50 / {tmp_path} rw - {kind} {source} rw")

    fault = fault_of(tmp_path / "data" / "kantor", system(text))

    assert fault == Fault(NETWORK, kind.removeprefix("fuse."))


@posix
@pytest.mark.parametrize("kind", ["9p", "virtiofs", "vboxsf", "fuse.vmhgfs-fuse", "prl_fs"])
def test_a_folder_lent_by_the_host_of_a_virtual_machine_is_refused(
    tmp_path: Path, kind: str
) -> None:
    text = mounted(f"40 20 0:50 / {tmp_path} rw - {kind} host rw")

    fault = fault_of(tmp_path / "data", system(text))

    assert fault is not None
    assert fault.kind in (LENT, NETWORK)


@posix
@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("ext4", "/dev/sdb1"),
        ("xfs", "/dev/mapper/data"),
        ("btrfs", "/dev/sdb1"),
        ("zfs", "tank/data"),
        ("bcachefs", "/dev/sdb1:/dev/sdc1"),
        ("f2fs", "/dev/nvme0n1p2"),
        ("overlay", "overlay"),
        ("fuse.fuse-overlayfs", "fuse-overlayfs"),
        ("tmpfs", "tmpfs"),
        ("ramfs", "none"),
        ("fuseblk", "/dev/sda3"),  # an NTFS disk of this computer
        ("ntfs3", "/dev/sda3"),
        ("ecryptfs", "/home/.ecryptfs/sari/.Private"),
    ],
)
def test_what_is_only_unusual_is_not_refused(tmp_path: Path, kind: str, source: str) -> None:
    text = mounted(f"40 20 0:50 / {tmp_path} rw - {kind} {source} rw")

    assert fault_of(tmp_path / "data", system(text)) is None


@posix
@pytest.mark.parametrize(
    "root",
    [
        "20 1 0:30 / / rw - overlay overlay rw",
        "20 1 0:30 / / rw - virtiofs root rw",
        "20 1 0:30 / / rw - 9p none rw",
        "20 1 0:30 / / rw - tmpfs tmpfs rw",
        "20 1 0:30 / / rw - fuse.unknown x rw",
    ],
)
def test_what_the_system_itself_runs_from_is_this_computers_own(tmp_path: Path, root: str) -> None:
    assert fault_of(tmp_path, system(mounted("22 20 0:5 / /sys rw - sysfs sysfs rw", root))) is None


@posix
def test_a_system_without_a_disk_of_its_own_keeps_no_register(tmp_path: Path) -> None:
    text = mounted("22 20 0:5 / /sys rw - sysfs sysfs rw", "20 1 0:30 / / rw - nfs4 server:/ rw")

    assert fault_of(tmp_path, system(text)) == Fault(NETWORK, "nfs4")


@posix
@pytest.mark.parametrize("text", ["", "garbage\n", "1 2 3\n\n - ext4\n", "a b c d e f - nfs x\n"])
def test_where_nothing_is_told_nothing_is_refused(tmp_path: Path, text: str) -> None:
    assert fault_of(tmp_path, system(text)) is None


@posix
def test_a_network_folder_is_seen_through_a_link(tmp_path: Path) -> None:
    share = tmp_path / "server"
    share.mkdir()
    (tmp_path / "data").symlink_to(share, target_is_directory=True)
    text = mounted(f"40 20 0:50 / {share} rw - cifs //server/kantor rw")

    assert fault_of(tmp_path / "data" / "kantor", system(text)) == Fault(NETWORK, "cifs")


@posix
def test_a_network_folder_is_seen_through_a_bind_mount(tmp_path: Path) -> None:
    # mount --bind shows the folder of the share under its new name, with the share's own kind
    text = mounted(
        "40 20 0:50 / /mnt/server rw - nfs4 server:/ rw\n"
        f"41 20 0:50 /kantor {tmp_path} rw - nfs4 server:/ rw"
    )

    assert fault_of(tmp_path / "data", system(text)) == Fault(NETWORK, "nfs4")


def test_the_mount_is_found_as_the_kernel_walks() -> None:
    mounts = parse_mounts(
        mounted(
            "40 20 0:50 / /data rw - ext4 /dev/sdb1 rw\n"
            "41 40 0:51 / /data/kantor rw - nfs4 server:/ rw\n"
            "42 20 0:52 / /lain rw - nfs4 server:/ rw\n"
            "43 42 0:53 / /lain rw - ext4 /dev/sdc1 rw\n"  # over it
            "44 20 0:54 / /data\\040dua rw - cifs //server/a rw"
        )
    )

    def found(path: str) -> str:
        mount = mount_of(PurePosixPath(path), mounts)
        return mount.kind if mount else ""

    assert found("/data") == "ext4"
    assert found("/data/kantor/x") == "nfs4"
    assert found("/data/kantor2") == "ext4"  # a longer name is not inside
    assert found("/database") == "ext4"
    assert found("/lain/x") == "ext4"
    assert found("/data dua/x") == "cifs"
    hidden = parse_mounts(
        mounted(
            "40 20 0:50 / /data/kantor rw - nfs4 server:/ rw\n"
            "41 20 0:51 / /data rw - ext4 /dev/sdb1 rw"  # mounted later, hides the share
        )
    )
    mount = mount_of(PurePosixPath("/data/kantor"), hidden)
    assert mount is not None
    assert mount.kind == "ext4"


# Linux: what can be pulled out


def disk(sysfs: Path, number: str, bus: str, name: str, **files: str) -> None:
    """Lay a disk with one partition into an invented /sys."""
    whole = sysfs / "devices" / bus / "block" / name
    part = whole / f"{name}1"
    part.mkdir(parents=True)
    (part / "partition").write_text("1\n")
    (whole / "removable").write_text(files.get("removable", "0") + "\n")
    if "type" in files:
        (whole / "device").mkdir()
        (whole / "device" / "type").write_text(files["type"] + "\n")
    links = sysfs / "dev" / "block"
    links.mkdir(parents=True, exist_ok=True)
    (links / number).symlink_to(part)


@posix
@pytest.mark.parametrize(
    ("bus", "name", "files", "pulled"),
    [
        ("pci0000:00/usb2/2-1/2-1:1.0/host6", "sdb", {"removable": "1"}, True),
        ("pci0000:00/usb2/2-1/2-1:1.0/host6", "sdb", {}, True),  # an external hard disk
        ("pci0000:00/mmc_host/mmc0", "mmcblk0", {"type": "SD"}, True),
        ("pci0000:00/mmc_host/mmc0", "mmcblk0", {"type": "MMC"}, False),  # soldered in
        ("pci0000:00/ata2/host1", "sdb", {}, False),
        ("pci0000:00/nvme/nvme0", "nvme0n1", {}, False),
    ],
)
def test_a_disk_that_can_be_pulled_out_is_refused(
    tmp_path: Path, bus: str, name: str, files: dict[str, str], pulled: bool
) -> None:
    disk(tmp_path, "8:1", "pci0000:00/ata1/host0", "sda")
    disk(tmp_path, "8:17", bus, name, **files)
    text = mounted(f"40 20 8:17 / /media/stik rw - vfat /dev/{name}1 rw")

    fault = fault_of(Path("/media/stik/kantor"), system(text, tmp_path))

    assert fault == (Fault(REMOVABLE, f"/dev/{name}1") if pulled else None)
    assert fault_of(Path("/srv/kantor"), system(text, tmp_path)) is None


@posix
def test_an_encrypted_or_btrfs_stick_is_a_stick(tmp_path: Path) -> None:
    disk(tmp_path, "8:1", "pci0000:00/ata1/host0", "sda")
    disk(tmp_path, "8:17", "pci0000:00/usb2/2-1/host6", "sdb", removable="1")
    mapped = tmp_path / "devices" / "virtual" / "block" / "dm-0"
    (mapped / "slaves").mkdir(parents=True)
    (mapped / "slaves" / "sdb1").symlink_to(tmp_path / "dev" / "block" / "8:17")
    (tmp_path / "dev" / "block" / "253:0").symlink_to(mapped)
    crypt = mounted("40 20 253:0 / /media/stik rw - ext4 /dev/mapper/stik rw")
    btrfs = mounted("40 20 0:77 / /media/stik rw - btrfs /dev/sdb1 rw")

    assert fault_of(Path("/media/stik"), system(crypt, tmp_path)) is not None
    assert fault_of(Path("/media/stik"), system(btrfs, tmp_path, sdb1="8:17")) is not None


@posix
def test_a_system_that_runs_from_a_stick_may_keep_its_data_there(tmp_path: Path) -> None:
    disk(tmp_path, "8:17", "pci0000:00/usb2/2-1/host6", "sdb", removable="1")
    root = "20 1 8:17 / / rw - ext4 /dev/sdb1 rw"
    home = "40 20 8:17 /home /home rw - ext4 /dev/sdb1 rw"

    for path in ("/srv/kantor", "/home/sari"):
        assert fault_of(Path(path), system(mounted(home, root), tmp_path)) is None


# Folders that a program copies elsewhere


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Kabupaten Mekarjaya", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Pribadi)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Drive Saya", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("iCloudDrive", "iCloud"),
        ("MEGAsync", "MEGA"),
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_refused(
    tmp_path: Path, name: str, program: str
) -> None:
    fault = fault_of(tmp_path / name / "kantor", system(""))

    assert fault == Fault(CLOUD, program)


@pytest.mark.parametrize(
    "name", ["Dropboxes", "drive", "My Driver", "kantor OneDrive lama", "cloud", "Box", "Sync"]
)
def test_a_folder_that_is_only_called_alike_is_not(tmp_path: Path, name: str) -> None:
    assert fault_of(tmp_path / name / "kantor", system("")) is None


@pytest.mark.parametrize(
    ("mark", "folder", "program"),
    [
        (".dropbox", False, "Dropbox"),
        (".dropbox", True, None),  # Dropbox keeps its settings so, in the home folder
        (".dropbox.cache", True, "Dropbox"),
        (".stfolder", True, "Syncthing"),
        (".nextcloudsync.log", False, "Nextcloud"),
        (".tmp.driveupload", True, "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", False, "OneDrive"),
    ],
)
def test_a_copied_folder_of_another_name_is_known_by_its_marks(
    tmp_path: Path, mark: str, folder: bool, program: str | None
) -> None:
    if folder:
        (tmp_path / mark).mkdir()
    else:
        (tmp_path / mark).touch()

    found = fault_of(tmp_path / "Berkas" / "kantor", system(""))

    assert found == (Fault(CLOUD, program) if program else None)


def test_the_folder_windows_names_for_onedrive_is_refused(tmp_path: Path) -> None:
    told = System(
        windows=False,
        mounts=str,
        environment={"OneDriveCommercial": str(tmp_path / "Awan Dinas"), "OneDrive": " "},
    )

    assert fault_of(tmp_path / "awan dinas" / "data", told) == Fault(CLOUD, "OneDrive")
    assert fault_of(tmp_path / "Awan Dinas 2", told) is None


# Windows


@pytest.mark.parametrize(
    ("path", "volume", "kind"),
    [
        (r"\\server\kantor", ("", 0, 0), NETWORK),
        ("//server/kantor", ("", 0, 0), NETWORK),
        (r"\\?\UNC\server\kantor", ("", 0, 0), NETWORK),
        ("Z:\\kantor", ("Z:\\", 4, 0), NETWORK),
        ("E:\\kantor", ("E:\\", 2, 0), REMOVABLE),
        ("E:\\kantor", ("E:\\", 5, 0), REMOVABLE),
        ("E:\\kantor", ("E:\\", 3, 7), REMOVABLE),  # an external hard disk calls itself fixed
        ("D:\\kantor", ("D:\\", 3, 11), None),
        ("D:\\kantor", ("D:\\", 0, 0), None),
        ("C:\\kantor", ("C:\\", 3, 7), None),  # Windows itself runs from it
        (r"\\?\D:\kantor", ("D:\\", 3, 17), None),
    ],
)
def test_drives_of_windows(
    monkeypatch: pytest.MonkeyPatch, path: str, volume: tuple[str, int, int], kind: str | None
) -> None:
    monkeypatch.setattr(site.os.path, "realpath", lambda given: given)
    told = System(
        windows=True, volume=lambda asked: volume, environment={"SystemDrive": "C:"}, mounts=str
    )

    fault = fault_of(Path(path) if not path.startswith("//") else _Slashed(path), told)

    assert (fault.kind if fault else None) == kind


class _Slashed(type(Path())):  # type: ignore[misc]
    """A path that keeps both slashes in front, as Windows does."""

    def __str__(self) -> str:
        return "//server/kantor"


def test_a_mapped_drive_shows_its_share_when_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site.os.path, "realpath", lambda given: r"\\server\kantor")
    told = System(windows=True, volume=lambda asked: ("Z:\\", 0, 0), environment={}, mounts=str)

    assert fault_of(Path("Z:\\"), told) == Fault(NETWORK, "folder bersama")


# What is said


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize(
    ("kind", "word"),
    [(NETWORK, "jaringan"), (LENT, "pinjaman"), (REMOVABLE, "dicabut"), (CLOUD, "OneDrive")],
)
def test_a_refusal_says_why_that_nothing_is_lost_and_the_way_out(
    kind: str, word: str, practice: bool
) -> None:
    text = said(Path("/x/kantor"), Fault(kind, "OneDrive"), practice=practice)

    assert word in text
    assert "/x/kantor" in text
    assert "Tidak ada yang diubah dan tidak ada yang hilang" in text
    assert "cakram komputer ini sendiri" in text
    assert ("Data latihan" in text) is practice
    assert ("data-dir.txt" in text) is not practice
    assert len(text) < 520  # what a tired clerk still reads


def refusing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the system say that a folder lies on a server."""
    text = mounted(f"40 20 0:50 / {path} rw - nfs4 server:/kantor rw")
    monkeypatch.setattr(site, "THIS", system(text))


@posix
def test_a_place_on_a_server_is_not_made(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, place.root.parent)

    with pytest.raises(MachineError, match="folder jaringan"):
        open_place(place, create="office", cost=QUICK)

    assert not place.root.exists()


@posix
def test_a_place_carried_to_a_server_is_refused_but_can_be_read(
    office: Office, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.close()
    before = {path.name for path in place.root.iterdir()}
    refusing(monkeypatch, place.root)

    with pytest.raises(MachineError, match="folder jaringan"):
        open_place(place)

    assert {path.name for path in place.root.iterdir()} == before
    reader = open_place(place, write=False)  # `check` works on a copied directory
    assert reader.profile().name == "Sukamaju"
    reader.close()


@posix
def test_a_generation_that_a_link_leads_to_a_server_is_refused(
    office: Office, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.close()
    share = tmp_path / "server"
    place.current_database.parent.rename(share)
    place.current_database.parent.symlink_to(share, target_is_directory=True)
    open_place(place).close()
    refusing(monkeypatch, share)

    with pytest.raises(MachineError, match=re.escape("gen-000001")):
        open_place(place)


@posix
def test_a_practice_on_a_server_is_refused_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, tmp_path)

    with pytest.raises(MachineError, match="Data latihan tidak boleh"):
        open_place(Place(tmp_path / "data-latihan", "test"))
    with pytest.raises(MachineError, match="Data latihan tidak boleh"):
        open_place(Place(tmp_path / "coba", "test"), create="practice", cost=QUICK)


def test_the_disk_the_tests_run_on_is_good(tmp_path: Path) -> None:
    refuse_site([tmp_path])  # raises nothing: neither in a container nor on a developer's PC


# For its owner alone


@posix
def test_all_that_a_days_work_makes_is_for_its_owner_alone(office: Office, place: Place) -> None:
    office.sign_in("admin", PASSWORD)
    office.close()

    open_to_others = [path for path in place.root.rglob("*") if path.stat().st_mode & 0o077]

    assert place.root.stat().st_mode & 0o077 == 0
    assert open_to_others == []


@posix
@pytest.mark.parametrize("root_mode", [0o755, 0o700])
def test_rights_that_others_got_are_taken_back_on_opening(
    office: Office, place: Place, root_mode: int
) -> None:
    office.close()
    old = place.documents / "ab" / "x.pdf"
    old.parent.mkdir()
    old.write_bytes(b"x")
    for path in (place.current_database, place.documents, old, old.parent, place.logs):
        path.chmod(path.stat().st_mode | 0o055)
    place.root.chmod(root_mode)

    open_place(place).close()

    looked_at = [place.root, place.current_database, place.documents, place.logs]
    if root_mode == 0o755:  # else nobody could have come as far as the letters
        looked_at += [old, old.parent]
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in looked_at} == {0}


@posix
def test_a_link_in_the_place_leaves_what_it_leads_to_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.touch()
    outside.chmod(0o644)
    root = tmp_path / "data"
    root.mkdir()
    root.chmod(0o755)
    (root / "link").symlink_to(outside)

    close_to_others(root)

    assert stat.S_IMODE(outside.stat().st_mode) == 0o644


# The lock

TRY = """
import sys
from pathlib import Path
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.paths import AlreadyOpenError, Place
try:
    office = open_place(Place(Path(sys.argv[1]), "test"))
except AlreadyOpenError:
    print("held", flush=True)
else:
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_lock_that_excludes_nobody_is_noticed(tmp_path: Path) -> None:
    import filelock

    file = tmp_path / "lock"
    file.touch()
    assert not lock_excludes(file)  # nobody holds it: the second handle gets it

    with filelock.FileLock(file, timeout=0):
        assert lock_excludes(file)
        assert lock_excludes(file)  # nor did the first trial let go of it


@posix
def test_a_disk_that_grants_every_lock_is_refused(
    office: Office, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    office.close()
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)

    with pytest.raises(MachineError, match="tidak dapat dicegah menulis bersamaan"):
        open_place(place)


@posix
def test_a_disk_without_the_locks_of_sqlite_is_refused(
    office: Office, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    office.close()
    monkeypatch.setattr(fcntl, "fcntl", lambda *_: 0)

    with pytest.raises(MachineError, match="tidak dapat dicegah menulis bersamaan"):
        open_place(place)


def test_twenty_starts_at_once_give_one_window_and_a_kill_frees_the_place(
    office: Office, place: Place
) -> None:
    office.close()
    command = [sys.executable, "-c", TRY, str(place.root)]
    starts = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(20)
    ]
    try:
        told = [start.stdout.readline().strip() for start in starts if start.stdout]
        assert sorted(told) == ["held"] * 19 + ["open"]
        winner = starts[told.index("open")]
        winner.kill()
        winner.wait()
        open_place(place).close()  # at once, no file to delete
    finally:
        for start in starts:
            start.kill()
            start.communicate()
