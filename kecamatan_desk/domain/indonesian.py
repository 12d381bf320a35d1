"""Indonesian dates, clock times, money and numbers in words, for screen and paper alike."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

_SMALL = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_UNITS = (
    (1_000_000_000_000, "triliun"),
    (1_000_000_000, "miliar"),
    (1_000_000, "juta"),
    (1_000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)
_ONE_AS_SE = ("ribu", "ratus")  # "seribu", "seratus", but "satu juta"
_LIMIT = 1_000_000_000_000_000


def in_words(n: int) -> str:
    """Spell a whole number: 1001000 is "satu juta seribu", -3 is "minus tiga".

    ValueError from a quadrillion on: nothing in an office is counted so high.
    """
    if abs(n) >= _LIMIT:
        raise ValueError(f"too large to spell: {n}")
    if n < 0:
        return "minus " + in_words(-n)
    if n < len(_SMALL):
        return _SMALL[n]
    if n < 20:
        return _SMALL[n - 10] + " belas"
    size, name = next(unit for unit in _UNITS if n >= unit[0])
    count, rest = divmod(n, size)
    head = "se" + name if count == 1 and name in _ONE_AS_SE else f"{in_words(count)} {name}"
    return f"{head} {in_words(rest)}" if rest else head


def day_name(day: date) -> str:
    """Give the weekday: "Selasa". Friday is "Jumat"."""
    return DAYS[day.weekday()]


def long_date(day: date) -> str:
    """Give "12 Mei 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(day: date) -> str:
    """Give "dua belas bulan Mei tahun dua ribu dua puluh enam", to stand after "tanggal"."""
    month = MONTHS[day.month - 1]
    return f"{in_words(day.day)} bulan {month} tahun {in_words(day.year)}"


def short_date(day: date) -> str:
    """Give "12-05-2026", the form of tables and lists."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def clock(moment: datetime) -> str:
    """Give "09.14"; Indonesian offices part hours and minutes with a dot."""
    return f"{moment.hour:02d}.{moment.minute:02d}"


def zone_label(zone: str) -> str:
    """Give WIB, WITA or WIT for an IANA name of Indonesia."""
    return {"Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}.get(zone, "WIB")


def zone_name(there: datetime) -> str:
    """Give WIB, WITA or WIT for a moment in its own zone; "UTC+05.30" where it is none of them."""
    minutes = int((there.utcoffset() or timedelta()).total_seconds()) // 60
    known = {7 * 60: "WIB", 8 * 60: "WITA", 9 * 60: "WIT"}
    if minutes in known:
        return known[minutes]
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours:02d}.{rest:02d}" if minutes else "UTC"


def is_indonesian(there: datetime) -> bool:
    """Tell whether a moment stands in one of the three zones of Indonesia."""
    return not zone_name(there).startswith("UTC")


def day_there(moment: datetime, zone: str) -> str:
    """Give the day it is in an office then: "12-05-2026"."""
    return short_date(moment.astimezone(ZoneInfo(zone)).date())


def moment_there(moment: datetime, zone: str) -> str:
    """Give day and time as an office writes them then: "12-05-2026 09.14 WIB"."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{short_date(there.date())} {clock(there)} {zone_label(zone)}"


def grouped(n: int) -> str:
    """Give "1.250.000": thousands parted by dots."""
    return f"{n:,}".replace(",", ".")


def rupiah(n: int) -> str:
    """Give "Rp1.250.000"; a negative amount has its sign in front."""
    return f"-Rp{grouped(-n)}" if n < 0 else f"Rp{grouped(n)}"


def join_words(words: Sequence[str]) -> str:
    """Give "a", "a dan b" or "a, b, dan c"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


_DATE_FORMS = (
    re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
)


def parse_date(text: str) -> date:
    """Read a typed date: 12051990, 12-5-1990, 12/05/1990, 12 5 1990, 12.05.1990 or 1990-05-12.

    ValueError (Indonesian) when the text is none of these or the calendar has no such day.
    """
    typed = " ".join(text.split())
    for form in _DATE_FORMS:
        found = form.fullmatch(typed)
        if found is None or not typed.isascii():
            continue
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            raise ValueError(f"Tanggal {typed} tidak ada dalam kalender.") from None
    raise ValueError("Tulis tanggal sebagai hari-bulan-tahun, misalnya 12-05-1990.")
