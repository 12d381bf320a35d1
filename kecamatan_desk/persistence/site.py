"""Where data may lie: on a fixed disk of this computer, for its owner alone.

A register that two computers write to at once can give one number twice. So a place on a network
folder, in a folder that a program copies elsewhere, or on a disk that can be pulled out is refused
before anything is made there (reliability 3.6). What is only unusual is not: a disk in memory, an
overlay, btrfs, ZFS, an encrypted disk, and whatever the system itself lies on.
"""

import errno
import logging
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Final

from kecamatan_desk.domain.errors import MachineError

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
_QUERY_PROPERTY = 0x002D1400  # IOCTL_STORAGE_QUERY_PROPERTY
_BUS_TYPE_AT = 28  # bytes into STORAGE_DEVICE_DESCRIPTOR

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


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of mountinfo: what is mounted where, on which device ("major:minor")."""

    number: int
    parent: int
    device: str
    point: str
    kind: str
    source: str


def _mountinfo() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""  # not Linux, or nothing is told: nothing can be said against the folder


def _device_of(node: str) -> str:
    """Give "major:minor" of a device file; "" when it is none."""
    try:
        found = os.stat(node)  # noqa: PTH116 - may be no path at all ("tank/data")
    except (OSError, ValueError):
        return ""
    if not stat.S_ISBLK(found.st_mode):
        return ""
    return f"{os.major(found.st_rdev)}:{os.minor(found.st_rdev)}"


def _volume(path: str) -> tuple[str, int, int]:
    """Ask Windows for the volume a path lies on, its drive type and the bus of its disk."""
    if sys.platform != "win32":
        return "", 0, 0
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.GetVolumePathNameW.argtypes = [ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_uint32]
    kernel.GetDriveTypeW.argtypes = [ctypes.c_wchar_p]
    root = ctypes.create_unicode_buffer(1024)
    if not kernel.GetVolumePathNameW(path, root, len(root)):
        return "", 0, 0
    return root.value, int(kernel.GetDriveTypeW(root.value)), _bus(kernel, root.value)


def _bus(kernel: Any, root: str) -> int:
    """Give the STORAGE_BUS_TYPE of the disk under a volume; 0 when Windows does not tell.

    An external hard disk calls itself fixed; only its bus gives it away. Needs no rights: the
    volume is opened for no access at all.
    """
    import ctypes

    if not re.fullmatch(r"[A-Za-z]:\\", root):
        return 0
    kernel.CreateFileW.restype = ctypes.c_void_p
    kernel.CreateFileW.argtypes = [
        ctypes.c_wchar_p,
        ctypes.c_uint32,
        ctypes.c_uint32,
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_uint32,
        ctypes.c_void_p,
    ]
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    kernel.DeviceIoControl.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    shared, existing = 1 | 2, 3  # FILE_SHARE_READ | FILE_SHARE_WRITE, OPEN_EXISTING
    handle = kernel.CreateFileW(f"\\\\.\\{root[:2]}", 0, shared, None, existing, 0, None)
    if handle in (None, ctypes.c_void_p(-1).value):
        return 0
    try:
        asked = ctypes.create_string_buffer(12)  # StorageDeviceProperty, PropertyStandardQuery
        told = ctypes.create_string_buffer(1024)
        size = ctypes.c_uint32()
        done = kernel.DeviceIoControl(
            handle, _QUERY_PROPERTY, asked, 12, told, len(told), ctypes.byref(size), None
        )
        if not done or size.value < _BUS_TYPE_AT + 4:
            return 0
        return int.from_bytes(told.raw[_BUS_TYPE_AT : _BUS_TYPE_AT + 4], "little")
    finally:
        kernel.CloseHandle(handle)


@dataclass(frozen=True, slots=True)
class System:
    """What the operating system tells of its folders. A test hands in its own.

    ``volume``: Windows only: path -> (root of its volume, GetDriveTypeW, bus of its disk).
    """

    windows: bool = os.name == "nt"
    mounts: Callable[[], str] = _mountinfo
    device_of: Callable[[str], str] = _device_of
    volume: Callable[[str], tuple[str, int, int]] = _volume
    sys: Path = Path("/sys")
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


THIS = System()


def refuse_site(
    folders: Iterable[Path], *, practice: bool = False, system: System | None = None
) -> None:
    """Refuse folders where data may not lie; MachineError says why, and the way out.

    ``folders``: the place and what of it may lie elsewhere through a link. None need exist.
    """
    for folder in folders:
        fault = fault_of(folder, system or THIS)
        if fault is not None:
            _log.warning("place refused: %s (%s)", fault.kind, fault.what)
            raise MachineError(said(folder, fault, practice=practice))


def fault_of(folder: Path, system: System = THIS) -> Fault | None:
    """Tell what speaks against a folder; None when nothing does. Links are followed."""
    named = str(folder)
    if _is_share(named, system.windows):
        return Fault(NETWORK, "folder bersama")
    real = Path(os.path.realpath(named))
    if _is_share(str(real), system.windows):  # a mapped drive shows its share here
        return Fault(NETWORK, "folder bersama")
    fault = _drive_fault(real, system) if system.windows else _mount_fault(real, system)
    return fault or _cloud_fault(folder, system) or _cloud_fault(real, system)


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


# Windows


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


# Linux


def parse_mounts(text: str) -> tuple[Mount, ...]:
    r"""Read mountinfo (proc(5)); a line that cannot be read is passed over."""
    found = []
    for line in text.splitlines():
        head, _, tail = line.partition(" - ")
        front, back = head.split(" "), tail.split(" ")
        if len(front) < 6 or len(back) < 2 or not (front[0] + front[1]).isdigit():
            continue
        point, source = _unescaped(front[4]), _unescaped(back[1])
        found.append(Mount(int(front[0]), int(front[1]), front[2], point, back[0], source))
    return tuple(found)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def mount_of(path: PurePath, mounts: tuple[Mount, ...]) -> Mount | None:
    """Give the mount a path lies in: walked from the root, as the kernel does.

    The longest mount point alone would find what a later mount hides.
    """
    numbers = {mount.number for mount in mounts}
    roots = [m for m in mounts if m.point == "/" and m.parent not in numbers - {m.number}]
    here = roots[0] if roots else None
    for folder in (*reversed(path.parents), path):
        while here is not None and (over := _over(here, str(folder), mounts)) is not None:
            here = over
    return here


def _over(here: Mount, point: str, mounts: tuple[Mount, ...]) -> Mount | None:
    stacked = [m for m in mounts if m.parent == here.number != m.number and m.point == point]
    return stacked[-1] if stacked else None


def _mount_fault(real: Path, system: System) -> Fault | None:
    mounts = parse_mounts(system.mounts())
    mount, home = mount_of(real, mounts), mount_of(Path("/"), mounts)
    if mount is None or home is None:
        return None
    if _NETWORK.fullmatch(mount.kind):
        return Fault(NETWORK, mount.kind)
    if _same_disk(mount, home, system):
        return None  # what the system itself runs from stays where it is
    if mount.kind in _LENT:
        return Fault(LENT, mount.kind)
    if mount.kind.startswith("fuse.") and mount.kind not in _LOCAL_FUSE:
        return Fault(NETWORK, mount.kind.removeprefix("fuse."))
    disks = _disks(mount, system)
    return Fault(REMOVABLE, mount.source) if any(map(_is_pulled_out, disks)) else None


def _same_disk(mount: Mount, home: Mount, system: System) -> bool:
    if mount.number == home.number:
        return True
    disks = {disk.name for disk in _disks(mount, system)}
    return bool(disks & {disk.name for disk in _disks(home, system)})


def _disks(mount: Mount, system: System) -> tuple[Path, ...]:
    """Give the whole disks (their folders under /sys) that a mount lies on; none when unknown."""
    # btrfs has a device number of its own making: what it was mounted from tells more
    device = mount.device if not mount.device.startswith("0:") else system.device_of(mount.source)
    return tuple(_whole_disks(system.sys / "dev" / "block" / device)) if device else ()


def _whole_disks(device: Path, depth: int = 0) -> Iterator[Path]:
    real = Path(os.path.realpath(device))
    if not real.is_dir() or depth > 8:
        return
    try:
        below = sorted((real / "slaves").iterdir())  # an encrypted or joined disk
    except OSError:
        below = []
    if below:
        for slave in below:
            yield from _whole_disks(slave, depth + 1)
    else:
        yield real.parent if (real / "partition").exists() else real


def _is_pulled_out(disk: Path) -> bool:
    if any(re.fullmatch(r"usb\d+", part) for part in disk.parts):
        return True
    # a card in its slot calls itself fixed; memory soldered in is of type MMC
    return _told(disk / "removable") == "1" or _told(disk / "device" / "type") == "SD"


def _told(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


# Folders that a program copies elsewhere


def _cloud_fault(path: Path, system: System) -> Fault | None:
    lower = [part.casefold() for part in path.parts]
    for name in _CLOUD_VARIABLES:
        value = system.environment.get(name, "").strip()
        known = [part.casefold() for part in Path(value).parts] if value else []
        if len(known) > 1 and lower[: len(known)] == known:
            return Fault(CLOUD, "OneDrive")
    for part in lower:
        if match := _CLOUD_NAMES.fullmatch(part):
            return Fault(CLOUD, str(match.lastgroup).replace("_", " "))
    for folder in (path, *path.parents):
        for name, mark, kind in _CLOUD_MARKS:
            if _is_there(folder / mark, kind):
                return Fault(CLOUD, name)
    return None


def _is_there(mark: Path, kind: int) -> bool:
    try:
        found = mark.stat()
    except OSError:
        return False
    return not kind or stat.S_IFMT(found.st_mode) == kind


# For its owner alone


def close_to_others(root: Path, generation: Path | None = None) -> None:
    """Let only the owner read what is made from now on, and mend what others could read.

    Nothing on Windows, where the folder's own list of rights decides. When others can enter the
    place at all, everything in it is mended; else only what a look at its top shows.
    """
    if os.name == "nt":
        return
    os.umask(0o077)
    try:
        was_open = bool(root.stat().st_mode & 0o077)
    except OSError:
        return  # nothing is there yet
    inside = sorted(root.rglob("*")) if was_open else [*root.iterdir()]
    if generation is not None and not was_open and generation.is_dir():
        inside += generation.iterdir()
    for path in (*inside, root):
        _mend(path)


def _mend(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & 0o077:
            return
        path.chmod(stat.S_IMODE(mode) & ~0o077)
    except OSError as error:  # another's file, or a file system without rights: say it, go on
        _log.warning("rights of a file of the place not mended: %s", error.strerror)


# The lock


def lock_excludes(lock: Path) -> bool:
    """Tell whether a lock held on a file of the place really keeps others out.

    ``lock`` is the place's lock file, held by this process. A second handle stands in for a second
    program: the locks tried here belong to the handle (flock, OFD), not to the process. SQLite's
    own kind of lock is tried too. False where locks are granted to everybody.
    """
    if sys.platform == "win32":
        return _windows_lock_excludes(lock)
    import fcntl

    first = os.open(lock, os.O_RDWR)
    second = os.open(lock, os.O_RDWR)
    try:
        if _taken(fcntl.flock, second, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
        if not _taken(fcntl.lockf, first, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return True
        command = getattr(fcntl, "F_OFD_SETLK", None)
        if command is None:
            return True
        import struct

        whole = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        return not _taken(fcntl.fcntl, second, command, whole)
    finally:
        os.close(second)
        os.close(first)


def _taken(call: Callable[..., Any], *words: Any) -> bool:
    """Tell whether a lock was granted; one that the system does not know is not."""
    try:
        call(*words)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EINVAL):
            raise
        return False
    return True


def _windows_lock_excludes(lock: Path) -> bool:
    if sys.platform != "win32":
        return True
    import msvcrt

    second = os.open(lock, os.O_RDWR)
    try:
        msvcrt.locking(second, msvcrt.LK_NBLCK, 1)
    except OSError:
        return True  # held by the first handle, as it must be
    else:
        msvcrt.locking(second, msvcrt.LK_UNLCK, 1)
        return False
    finally:
        os.close(second)
