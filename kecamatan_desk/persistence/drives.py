"""The drives that are plugged in and can be pulled out again: where backups go and come from.

What counts as removable is decided as for the data themselves (see `site`): a stick, a card, an
external disk that calls itself fixed.
"""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from kecamatan_desk.persistence.site import REMOVABLE, fault_of
from kecamatan_desk.persistence.volumes import THIS, System, parse_mounts


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable drive. ``name``: what a user calls it; sizes in bytes."""

    path: Path
    name: str
    free: int
    total: int


def plugged_in(system: System = THIS) -> tuple[Drive, ...]:
    """List the removable drives, in the order of their paths; one that does not answer is left out.

    Looks at the disk: call it from a worker.
    """
    points = _letters() if system.windows else _mount_points(system)
    found = []
    for point in points:
        fault = fault_of(point, system)
        if fault is None or fault.kind != REMOVABLE:
            continue
        try:
            usage = shutil.disk_usage(point)
            next(point.iterdir(), None)
        except OSError:
            continue  # a reader without its card, or a disk of another user
        found.append(Drive(point, _name(point, system), usage.free, usage.total))
    return tuple(found)


def _mount_points(system: System) -> tuple[Path, ...]:
    """Give where drives are mounted, one place for each device."""
    devices: dict[str, Path] = {}
    for mount in parse_mounts(system.mounts()):
        point = Path(mount.point)
        if point != Path("/") and point.is_dir():
            devices.setdefault(mount.device, point)
    return tuple(sorted(devices.values()))


def _letters() -> tuple[Path, ...]:
    """Give the drives of Windows; none elsewhere."""
    if sys.platform != "win32":
        return ()
    import ctypes

    present = ctypes.WinDLL("kernel32").GetLogicalDrives()
    letters = (chr(ord("A") + n) for n in range(26) if present >> n & 1)
    return tuple(Path(f"{letter}:\\") for letter in letters if letter not in "AB")  # no floppies


def _name(point: Path, system: System) -> str:
    if system.windows:
        label = _label(point)
        drive = str(point).rstrip(os.sep + "\\")
        return f"{label} ({drive})" if label else f"Cakram cabut {drive}"
    return point.name


def _label(point: Path) -> str:
    """Give the name a volume was given, on Windows."""
    if sys.platform != "win32":
        return ""
    import ctypes

    label = ctypes.create_unicode_buffer(261)
    asked = ctypes.WinDLL("kernel32").GetVolumeInformationW
    if not asked(str(point), label, len(label), None, None, None, None, 0):
        return ""
    return label.value.strip()
