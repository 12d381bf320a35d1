"""Where data may lie: on a fixed disk of this computer, for its owner alone.

A register that two computers write to at once can give one number twice. So a place on a network
folder, in a folder that a program copies elsewhere, or on a disk that can be pulled out is refused
before anything is made there (reliability 3.6). What is only unusual is not: a disk in memory, an
overlay, btrfs, ZFS, an encrypted disk, and whatever the system itself lies on.
"""

import logging
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.persistence.volumes import (
    THIS,
    System,
    disks_of,
    is_pulled_out,
    mount_of,
    parse_mounts,
    same_disk,
)

_log = logging.getLogger(__name__)

#: File systems whose files lie on another computer.
_NETWORK = re.compile(
    r"nfs4?|cifs|smb\d?|smbfs|ncpfs|ncp|afs|coda|ceph|lustre|gfs2?|ocfs2|beegfs|gpfs|orangefs"
    r"|pvfs2|davfs2?|afpfs|glusterfs|acfs|panfs|sshfs"
)
#: Folders that a virtual machine is lent by the computer it runs on: its locks are not ours.
_LENT = frozenset(["9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "drvfs"])
#: Programs that play file system; these alone keep their files on this computer's own disk.
_LOCAL_FUSE = frozenset({"fuse.fuse-overlayfs"})

_REMOVABLE_DRIVE, _REMOTE_DRIVE, _DISC_DRIVE = 2, 4, 5  # GetDriveTypeW
_PULLED_OUT_BUSES = {4, 7}  # STORAGE_BUS_TYPE: FireWire, USB

_CLOUD_NAMES = re.compile(
    r"(?P<OneDrive>onedrive( - .*)?)|(?P<Dropbox>dropbox( \(.*\))?)"
    r"|(?P<Google_Drive>google ?drive|my drive|drive saya|shared drives|drive bersama)"
    r"|(?P<Nextcloud>nextcloud\d?)|(?P<ownCloud>owncloud)"
    r"|(?P<iCloud>icloud ?drive|icloud|com~apple~clouddocs)|(?P<MEGA>mega(sync)?)"
    r"|(?P<pCloud>pcloud ?drive)|(?P<Box>box sync)|(?P<Synology_Drive>synology ?drive)"
    r"|(?P<Yandex_Disk>yandex\.disk)"
)
#: What the programs leave in the folder they copy, by whatever name it goes.
_CLOUD_MARKS = (
    ("Dropbox", ".dropbox", stat.S_IFREG),  # a folder of this name is only its settings
    ("Dropbox", ".dropbox.cache", stat.S_IFDIR),
    ("OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B", stat.S_IFREG),
    ("Google Drive", ".tmp.drivedownload", stat.S_IFDIR),
    ("Google Drive", ".tmp.driveupload", stat.S_IFDIR),
    ("Nextcloud", ".nextcloudsync.log", stat.S_IFREG),
    ("ownCloud", ".owncloudsync.log", stat.S_IFREG),
    ("Syncthing", ".stfolder", 0),  # a folder, in old versions a file
    ("Resilio Sync", ".sync", stat.S_IFDIR),
)
_CLOUD_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")

NETWORK: Final = "network"
LENT: Final = "lent"
REMOVABLE: Final = "removable"
CLOUD: Final = "cloud"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why data may not lie in a folder. ``what``: the file system, drive or program found."""

    kind: str
    what: str


def refuse_site(
    folders: Iterable[Path], *, practice: bool = False, system: System | None = None
) -> None:
    """Refuse folders where data may not lie; MachineError says why, and the way out.

    ``folders``: the place and what of it may lie elsewhere through a link. None need exist.
    """
    look = _Look(system or THIS)
    for folder in folders:
        fault = look.fault_of(folder)
        if fault is not None:
            _log.warning("place refused: %s (%s)", fault.kind, fault.what)
            raise MachineError(said(folder, fault, practice=practice))


def fault_of(folder: Path, system: System = THIS) -> Fault | None:
    """Tell what speaks against a folder; None when nothing does. Links are followed."""
    return _Look(system).fault_of(folder)


class _Look:
    """One look at the machine: its mounts are read once, and what lies in a folder once."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._mounts = cache(lambda: parse_mounts(system.mounts()))
        self._mark_in = cache(_mark_in)

    def fault_of(self, folder: Path) -> Fault | None:
        """Tell what speaks against a folder, as the function of this name does."""
        named, windows = str(folder), self._system.windows
        if _is_share(named, windows):
            return Fault(NETWORK, "folder bersama")
        real = Path(os.path.realpath(named))
        if _is_share(str(real), windows):  # a mapped drive shows its share here
            return Fault(NETWORK, "folder bersama")
        fault = _drive_fault(real, self._system) if windows else self._mount_fault(real)
        return fault or self._cloud_fault(folder) or self._cloud_fault(real)

    def _mount_fault(self, real: Path) -> Fault | None:
        mounts = self._mounts()
        mount, home = mount_of(real, mounts), mount_of(Path("/"), mounts)
        if mount is None or home is None:
            return None
        if _NETWORK.fullmatch(mount.kind):
            return Fault(NETWORK, mount.kind)
        if same_disk(mount, home, self._system):
            return None  # what the system itself runs from stays where it is
        if mount.kind in _LENT:
            return Fault(LENT, mount.kind)
        if mount.kind.startswith("fuse.") and mount.kind not in _LOCAL_FUSE:
            return Fault(NETWORK, mount.kind.removeprefix("fuse."))
        disks = disks_of(mount, self._system)
        return Fault(REMOVABLE, mount.source) if any(map(is_pulled_out, disks)) else None

    def _cloud_fault(self, path: Path) -> Fault | None:
        """Find a folder that a program copies elsewhere: by its name, then by what lies in it."""
        lower = [part.casefold() for part in path.parts]
        for name in _CLOUD_VARIABLES:
            value = self._system.environment.get(name, "").strip()
            known = [part.casefold() for part in Path(value).parts] if value else []
            if len(known) > 1 and lower[: len(known)] == known:
                return Fault(CLOUD, "OneDrive")
        for part in lower:
            if match := _CLOUD_NAMES.fullmatch(part):
                return Fault(CLOUD, str(match.lastgroup).replace("_", " "))
        marks = (self._mark_in(str(folder)) for folder in (path, *path.parents))
        mark = next(filter(None, marks), None)
        return None if mark is None else Fault(CLOUD, mark)


def said(folder: Path, fault: Fault, *, practice: bool) -> str:
    r"""Put a fault into the office's words: what, why, and the way out."""
    data = "Data latihan" if practice else "Data"
    reason = {
        NETWORK: f"di folder jaringan ({fault.what}): dua komputer dapat memberi nomor yang sama, "
        "dan data rusak bila jaringan putus",
        LENT: f"di folder pinjaman dari komputer lain ({fault.what}): program di komputer itu "
        "tidak terlihat dari sini, jadi nomor dapat kembar",
        REMOVABLE: f"di cakram yang dapat dicabut ({fault.what}): data rusak bila dicabut selagi "
        "dipakai, dan ikut hilang bila cakramnya hilang",
        CLOUD: f"di folder {fault.what}: isinya disalin ke komputer lain selagi ditulis, jadi "
        "data dapat rusak dan NIK warga ikut keluar",
    }[fault.kind]
    return (
        f"{data} tidak boleh terletak {reason}. Folder: {folder}. Tidak ada yang diubah dan tidak "
        f"ada yang hilang; {_way_out(fault, practice)}"
    )


def _way_out(fault: Fault, practice: bool) -> str:
    if practice:
        return (
            "data latihan selalu di sebelah data kantor: mintalah teknisi memilih folder data di "
            "cakram komputer ini sendiri."
        )
    more = ""
    if fault.kind in (NETWORK, LENT):
        more = " Satu data untuk beberapa komputer belum dapat; pakai satu komputer saja."
    if fault.kind == REMOVABLE:
        more = " Cakram cabut hanya untuk salinan cadangan."
    return (
        "mintalah teknisi memilih folder di cakram komputer ini sendiri dan menulis alamatnya di "
        "berkas data-dir.txt di folder program. Bila data sudah ada, tutup program lalu salin dulu "
        f"seluruh foldernya ke sana.{more}"
    )


def _is_share(path: str, windows: bool) -> bool:
    text = path.replace("/", "\\") if windows else path
    if text.upper().startswith("\\\\?\\UNC\\"):
        return True
    return text.startswith("\\\\") and not text.startswith(("\\\\?\\", "\\\\.\\"))


def _drive_fault(real: Path, system: System) -> Fault | None:
    root, kind, bus = system.volume(str(real))
    if kind == _REMOTE_DRIVE:
        return Fault(NETWORK, f"drive {root.rstrip(chr(92))}")
    home = system.environment.get("SystemDrive", "C:").casefold()
    if root.casefold().startswith(home):
        return None  # what Windows itself runs from stays where it is
    if kind in (_REMOVABLE_DRIVE, _DISC_DRIVE) or bus in _PULLED_OUT_BUSES:
        return Fault(REMOVABLE, f"drive {root.rstrip(chr(92))}")
    return None


def _mark_in(folder: str) -> str | None:
    """Give the program whose mark lies in a folder."""
    for name, mark, kind in _CLOUD_MARKS:
        try:
            found = os.stat(os.path.join(folder, mark))  # noqa: PTH116, PTH118 - many, at each start
        except OSError:
            continue
        if not kind or stat.S_IFMT(found.st_mode) == kind:
            return name
    return None
