"""What is said of typing: that it is on disk, or that it is not, and why. Never more than is so."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kecamatan_desk.domain.errors import DeskError, DiskFullError
from kecamatan_desk.ui.format import clock_time

#: The line at the foot of the form while nothing is being kept.
UNKEPT = "Belum tersimpan: hanya di layar ini"


def kept_without_code(at: datetime | None, zone: ZoneInfo) -> str:
    """Say that what is typed is on disk, though it has no file code yet."""
    when = f" {clock_time(at, zone)}" if at is not None else ""
    return f"Tersimpan{when}, tanpa kode"


def not_kept(error: DeskError, since: datetime | None, zone: ZoneInfo) -> str:
    """Say what is not on disk, since when, and what to do; ``since`` None: nothing of it is."""
    which = f"Yang diketik sejak pukul {clock_time(since, zone)}" if since else "Yang baru diketik"
    if isinstance(error, DiskFullError):
        return (
            f"{which} belum tersimpan karena cakram penuh; ada di layar ini saja. Jangan tutup "
            "program: kosongkan cakram, sesudah itu tersimpan sendiri."
        )
    return f"{which} belum tersimpan, ada di layar ini saja. {error}"
