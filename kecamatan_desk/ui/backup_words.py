"""How the age of the backups reads: in words and numbers, never by colour alone."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from kecamatan_desk.domain.indonesian import clock, short_date

if TYPE_CHECKING:  # the door needs no SQL
    from kecamatan_desk.usecases.backup_values import BackupState

_INKS = {"": "ok", "kuning": "warn", "merah": "late"}
_GLYPHS = {"ok": "circle-check", "warn": "triangle-alert", "late": "circle-alert"}
_BEGINS = {"ok": "", "warn": "Perhatian. ", "late": "Segera. "}
NEVER = "belum pernah"
PLUG_IN, MAKE_KEY = "colokkan cadangan", "Administrator membuat kunci pemulihan dahulu"


class Told(NamedTuple):
    """A sentence about backups: ink (ok, warn, late), glyph, words."""

    ink: str
    glyph: str
    text: str


def told(level: str, text: str) -> Told:
    """Give a sentence the look of its level ("", kuning, merah)."""
    ink = _INKS[level]
    return Told(ink, _GLYPHS[ink], text)


def age(at: datetime | None, now: datetime, zone: tzinfo | None, *, short: bool = False) -> str:
    """Give `hari ini 14.05`, `kemarin 14.05`, `9 hari lalu (03-05-2026)`, `belum pernah`."""
    if at is None:
        return NEVER
    there = at.astimezone(zone)
    days = (now.astimezone(zone).date() - there.date()).days
    if days <= 0:
        return f"hari ini {clock(there)}" if days == 0 else f"{short_date(there.date())}"
    if days == 1:
        return f"kemarin {clock(there)}"
    return f"{days} hari lalu" + ("" if short else f" ({short_date(there.date())})")


def age_line(state: BackupState, zone: tzinfo) -> Told:
    """Give the line of the start screen: here, on another device, the drill; and what to do."""
    outside = f"di luar komputer: {age(state.outside_at, state.now, zone, short=True)}"
    if state.outside_level:
        outside += f" – {PLUG_IN if state.has_key else MAKE_KEY}"
    drill = f"uji pulih: {age(state.drill_at, state.now, zone, short=True)}"
    if state.drill_at is not None and not state.drill_ok:
        drill += ", GAGAL"
    local = age(state.local_at, state.now, zone, short=True)
    look = told(state.level, f"Cadangan terakhir: {local} · {outside} · {drill}")
    failed = " Cadangan otomatis terakhir gagal; lihat menu Cadangan." if state.failed else ""
    return look._replace(text=f"{_BEGINS[look.ink]}{look.text}.{failed}")


def mark(state: BackupState, zone: tzinfo) -> Told:
    """Give the mark at the foot of the window: `salinan ✓`, or how old what matters most is."""
    if state.failed:
        return told("merah", "salinan gagal")
    if state.local_level == "merah" or state.outside_level != "merah":
        level, at, where = state.local_level, state.local_at, "salinan"
        if not level and state.outside_level:
            level, at, where = state.outside_level, state.outside_at, "salinan luar"
    else:
        level, at, where = state.outside_level, state.outside_at, "salinan luar"
    if not level:
        return told("", "salinan \N{CHECK MARK}")
    return told(level, f"{where}: {age(at, state.now, zone, short=True)}")


def size_text(size: int) -> str:
    """Give bytes as a user reads them: `820 kB`, `160 MB`, `1,6 GB`."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} kB"
    if size < 1_000_000_000:
        return f"{round(size / 1_000_000)} MB"
    return f"{size / 1_000_000_000:.1f} GB".replace(".", ",")


def chip_words(level: str, at: datetime | None, now: datetime) -> str:
    """Give the short word beside an age: `aman`, `4 hari`, `belum pernah`."""
    if not level:
        return "aman"
    if at is None:
        return NEVER
    days = (now - at).days
    return f"{days} hari" if days else "perhatian"
