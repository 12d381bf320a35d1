"""What the operating system tells of folders: mounts and disks on Linux, volumes on Windows."""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

_QUERY_PROPERTY = 0x002D1400  # IOCTL_STORAGE_QUERY_PROPERTY
_BUS_TYPE_AT = 28  # bytes into STORAGE_DEVICE_DESCRIPTOR


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


def same_disk(mount: Mount, home: Mount, system: System) -> bool:
    """Tell whether two mounts lie on one disk, as far as the system tells."""
    if mount.number == home.number:
        return True
    disks = {disk.name for disk in disks_of(mount, system)}
    return bool(disks & {disk.name for disk in disks_of(home, system)})


def disks_of(mount: Mount, system: System) -> tuple[Path, ...]:
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


def is_pulled_out(disk: Path) -> bool:
    """Tell whether a disk is on a cable or in a slot that it can be pulled out of."""
    if any(re.fullmatch(r"usb\d+", part) for part in disk.parts):
        return True
    # a card in its slot calls itself fixed; memory soldered in is of type MMC
    return _told(disk / "removable") == "1" or _told(disk / "device" / "type") == "SD"


def _told(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
