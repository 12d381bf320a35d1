"""How values read on screen. Dates are the office's own; words of time are those of the counter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, tzinfo
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from kecamatan_desk.domain.indonesian import clock, day_name, long_date, short_date
from kecamatan_desk.domain.tenure import Standing, in_office
from kecamatan_desk.workflows.engine import Status

if TYPE_CHECKING:
    from kecamatan_desk.usecases.values import StepClock, WaitingRequest


class ChipLook(NamedTuple):
    """A chip: state (ok, warn, late, rest), words, glyph."""

    state: str
    text: str
    glyph: str


_SOON = 7  # days before the deadline of a returned file
MINUTE, SECOND = "\N{PRIME}", "\N{DOUBLE PRIME}"
_GLYPHS = {"ok": "clock", "warn": "hourglass", "late": "triangle-alert", "rest": "pause"}
_PAUSE_WORDS = {
    "Pejabat tidak di tempat": "pejabat",
    "Listrik padam": "listrik",
    "Gangguan jaringan": "jaringan",
    "Menunggu pemohon": "pemohon",
    "Istirahat": "istirahat",
}
_STATUS_WORDS = {
    Status.DRAFT: "Draf",
    Status.RUNNING: "Berjalan",
    Status.FAILED: "TMS",
    Status.DONE: "Selesai",
    Status.REFUSED: "Ditolak",
    Status.CANCELLED: "Batal",
    Status.EXPIRED: "Kedaluwarsa",
}


def chip_of(clock_: StepClock) -> ChipLook:
    """Give the chip of a running step: `sisa 3 mnt`, `lewat 2 mnt`, `terlambat 8 mnt`, `jeda: …`.

    Sisa = within the norm, lewat = up to twice the norm, terlambat = beyond.
    """
    if clock_.pause:
        word = _PAUSE_WORDS.get(clock_.pause, clock_.pause.lower())
        return ChipLook("rest", f"jeda: {word}", _GLYPHS["rest"])
    if clock_.norm <= 0 or clock_.state == "rest":
        return ChipLook("rest", span(clock_.minutes), "clock")
    if clock_.state == "ok":
        return ChipLook("ok", f"sisa {span(max(clock_.norm - clock_.minutes, 0))}", _GLYPHS["ok"])
    word = "lewat" if clock_.state == "warn" else "terlambat"
    return ChipLook(
        clock_.state, f"{word} {span(clock_.minutes - clock_.norm)}", _GLYPHS[clock_.state]
    )


def row_chip(request: WaitingRequest, clock_: StepClock) -> ChipLook:
    """Give the chip of a list row: a file with the applicant shows the days he has left."""
    if request.status is Status.DRAFT:
        return ChipLook("rest", "draf", "pen-line")
    if request.days_left is None:
        return chip_of(clock_)
    if request.days_left < 0:
        return ChipLook("late", "lewat tenggat", _GLYPHS["late"])
    state = "warn" if request.days_left <= _SOON else "ok"
    return ChipLook(state, f"sisa {request.days_left} hari", _GLYPHS[state])


def ticked(clock_: StepClock, seconds: float) -> StepClock:
    """Give the clock *seconds* later, the office being open; a resting clock stands still."""
    if not clock_.running or clock_.pause:
        return clock_
    minutes = clock_.minutes + seconds / 60
    state = clock_.state
    if clock_.norm > 0 and state != "rest":
        state = "ok" if minutes <= clock_.norm else "warn" if minutes <= 2 * clock_.norm else "late"
    gross = clock_.gross_minutes + seconds / 60
    return replace(clock_, minutes=minutes, gross_minutes=gross, state=state)


def span(minutes: float) -> str:
    """Give a length of time, rounded up: `3 mnt`, from two hours on `2 jam`, from two days on.

    A day is a day of office work, eight hours: the minutes are office minutes.
    """
    whole = ceil(minutes)
    if whole < 120:
        return f"{whole} mnt"
    if whole < 960:
        return f"{whole // 60} jam"
    return f"{whole // 480} hari"


def running(minutes: float) -> str:
    """Give a running clock in minutes and seconds; from an hour on in minutes alone."""
    seconds = int(minutes * 60)
    if minutes >= 60:
        return f"{int(minutes)}{MINUTE}"
    return f"{seconds // 60}{MINUTE}{seconds % 60:02d}{SECOND}"


def of_norm(clock_: StepClock) -> str:
    """Give the running clock and *dari norma 5 menit*."""
    taken = running(clock_.minutes)
    return f"{taken} dari norma {clock_.norm} menit" if clock_.norm else f"{taken} berjalan"


#: What is said of a file that was taken in in an earlier year and has not ended.
CARRIED = "sisa tahun lalu"


def service_line(request: WaitingRequest, short: str) -> str:
    """Give the second line of a list row: `Penduduk Pindah, TMS ke-1, sisa tahun lalu`."""
    parts = [short]
    if request.visits:
        parts.append(f"TMS ke-{request.visits}")
    if request.carried:
        parts.append(CARRIED)
    return ", ".join(parts)


def status_word(status: Status) -> str:
    """Give the status as people read it."""
    return _STATUS_WORDS[status]


def status_chip(status: Status) -> str:
    """Give the status as a chip says it: small, but for what is an abbreviation."""
    word = status_word(status)
    return word if word.isupper() else word.lower()


def offices_text(held: Iterable[Standing], *, short: bool = False) -> str:
    """Say what somebody is today: "Plh. Camat, Sekretaris Kecamatan"."""
    words = []
    for one in held:
        name = one.role.short if short else one.role.label
        words.append(in_office(one.kind, name))
    return ", ".join(words) or "tanpa jabatan hari ini"


def local(moment: datetime, zone: tzinfo) -> datetime:
    """Give a stored moment (UTC) in the office's own time."""
    return moment.astimezone(zone)


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """Give `09.41` of a stored moment."""
    return clock(local(moment, zone))


def moment_text(moment: datetime, zone: tzinfo, today: date) -> str:
    """Give `09.41` for today, `11-05-2026 09.41` for another day."""
    there = local(moment, zone)
    return clock(there) if there.date() == today else f"{short_date(there.date())} {clock(there)}"


def top_time(moment: datetime) -> str:
    """Give `Selasa, 12 Mei 2026   09.41` of a local moment, for the top bar."""
    return f"{day_name(moment.date())}, {long_date(moment.date())}   {clock(moment)}"
