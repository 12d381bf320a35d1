"""The table of Tutup Buku: today, the months of a year, the year; and how each is called."""

from __future__ import annotations

from dataclasses import dataclass

from kecamatan_desk.domain.indonesian import grouped
from kecamatan_desk.ui.table import Column
from kecamatan_desk.usecases.closing_values import BooksState, MonthState

STATES = {"tertutup": "Tertutup", "dibuka-kembali": "Dibuka kembali", "terbuka": "Terbuka"}


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of the table: today, a month, or the year. ``period`` as acts name it."""

    period: str
    kind: str  # hari, bulan, tahun
    name: str
    lines: str
    running: str
    state: str
    act: int | None = None
    month: MonthState | None = None


def columns() -> tuple[Column, ...]:
    """Give the columns of the table."""
    return (
        Column("Buku", _name, 0, tip=True),
        Column("Nomor", _lines, 70, right=True),
        Column("Berjalan", _running, 78, right=True),
        Column("Keadaan", _state, 132, tip=True),
    )


def book_rows(state: BooksState) -> tuple[BookRow, ...]:
    """Give the lines of a year: today, its months from the last one, the year itself."""
    day = state.today
    closed = bool(day.closings) and not day.new
    rows = [
        BookRow(
            day.day,
            "hari",
            "Hari ini",
            grouped(day.lines),
            "",
            "Tercatat" if closed else "Belum dicatat" if not day.closings else "Ada yang baru",
            day.closings[-1].act if day.closings else None,
        )
    ]
    if not day.day.startswith(str(state.year)):
        rows = []
    rows += [_month_row(month) for month in reversed(state.months)]
    year = state.year_act if state.year_closed else None
    rows.append(
        BookRow(
            str(state.year),
            "tahun",
            f"Tahun {state.year}",
            grouped(sum(month.lines for month in state.months)),
            grouped(sum(month.running for month in state.months)),
            STATES["tertutup" if state.year_closed else "terbuka"],
            year.act if year else None,
        )
    )
    return tuple(rows)


def _month_row(month: MonthState) -> BookRow:
    act = month.act if month.closed else None
    return BookRow(
        month.period,
        "bulan",
        month.name,
        grouped(month.lines),
        grouped(month.running),
        STATES[month.state],
        act,
        month,
    )


def start_of(state: BooksState, periods: list[str]) -> int:
    """Begin at the first month that can be closed now, else at the top."""
    ready = (m.period for m in state.months if not m.closed and not state.obstacles.get(m.period))
    first = next(ready, "")
    return periods.index(first) if first in periods else 0


def _name(one: BookRow) -> str:
    return one.name


def _lines(one: BookRow) -> str:
    return one.lines


def _running(one: BookRow) -> str:
    return one.running


def _state(one: BookRow) -> str:
    return one.state


def deed_words(chosen: BookRow) -> str:
    """Say what F12 does."""
    return "Catat penutupan hari ini" if chosen.kind == "hari" else f"Tutup {chosen.name}"


def yes_words(chosen: BookRow) -> str:
    """Give the button that says yes."""
    return f"Ya, tutup {chosen.name}"


def question_words(chosen: BookRow) -> str:
    """Say what closing it means, before it is done."""
    left = chosen.running not in ("", "0")
    running = f" {chosen.running} nomor masih berjalan dan dilanjutkan." if left else ""
    back = "Buku hanya dibuka kembali dengan alasan dan persetujuan pejabat lain."
    if chosen.kind == "tahun":  # it is its months that are opened again
        back = (
            "Bulannya hanya dibuka kembali dengan alasan dan persetujuan pejabat lain; sesudah "
            "itu tahunnya ditutup lagi."
        )
    return (
        f"Buku {chosen.name} ({chosen.lines} nomor) tidak menerima nomor baru atau sisipan lagi, "
        f"mulai sekarang.{running} {back}"
    )
