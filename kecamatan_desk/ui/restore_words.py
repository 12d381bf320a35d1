"""What a planned restore would bring back and what not, in words."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from kecamatan_desk.domain.indonesian import grouped, moment_there, short_date
from kecamatan_desk.ui.backup_words import age
from kecamatan_desk.usecases.restore_values import RestorePlan, SeriesGap

_MOST = 8  # series that are named


def contents(plan: RestorePlan) -> str:
    """Say what the backup is and holds, in its office's own time."""
    made = moment_there(plan.made_at, plan.zone)
    old = age(plan.made_at, plan.now, ZoneInfo(plan.zone), short=True)
    words = [f"Cadangan {made} ({old})." if old not in made else f"Cadangan {made}."]
    words.append(f"Isi: {grouped(plan.seq)} peristiwa dan {grouped(len(plan.papers))} surat.")
    if plan.upgraded:
        words.append("Dibuat program yang lebih lama; sudah disesuaikan.")
    if not plan.sealed:
        words.append("Cadangan ini tanpa segel; isinya baru saja diperiksa dan utuh.")
    return " ".join(words)


def losses(plan: RestorePlan) -> str:
    """Say what would be missing afterwards; "" when nothing is known to be."""
    words = []
    if plan.lost_events:
        words.append(
            f"Tidak ada di dalamnya: {grouped(plan.lost_events)} peristiwa yang dicatat sesudah "
            "cadangan itu."
        )
    if plan.history == "kosong":
        words.append("Yang dikerjakan sesudah cadangan itu tidak ada di dalamnya.")
    if plan.history == "lain":
        words.append("Data yang ada sekarang bukan lanjutan cadangan ini; periksa sekali lagi.")
    if plan.history == "rusak":
        words.append("Data yang ada sekarang tidak terbaca, jadi cocokkan nomor dengan buku.")
    gaps = [gap for gap in plan.series if gap.missing > 0]
    named = [_span(gap) for gap in gaps] + [one.label for one in plan.inserted]
    if named:
        told = ", ".join(named[:_MOST])
        more = f", dan {len(named) - _MOST} lagi" if len(named) > _MOST else ""
        words.append(
            f"Nomor yang sudah ada di kertas tetapi datanya tidak ada: {told}{more}. Nomor itu "
            "tidak diberikan lagi."
        )
    if plan.missing_papers:
        words.append(
            f"{grouped(len(plan.missing_papers))} surat tidak ada dalam cadangan dan tidak ada di "
            "sini. Colokkan cakram dengan folder cadangan yang lengkap, atau centang di bawah."
        )
    return " ".join(words)


def series_name(gap: SeriesGap) -> str:
    """Name a series and its book: `SKTM 2026`; the queue runs for a day."""
    label = gap.label[0].upper() + gap.label[1:]
    if len(gap.period) == len("2026-05-12"):
        return f"{label} {short_date(date.fromisoformat(gap.period))}"
    return f"{label} {gap.period}"


def lower_than_known(gap: SeriesGap) -> str:
    """Say that a last number typed below the known one is not what is used."""
    return f"Yang diketahui {gap.known}; dipakai {gap.known}."


def _span(gap: SeriesGap) -> str:
    first, last = gap.in_set + 1, gap.known
    numbers = f"{first}" if first == last else f"{first}–{last}"
    return f"{series_name(gap)} nomor {numbers}"
