"""The sealed sheet of the recovery key and the sheets for hours without power, drawn for a cast."""

from kecamatan_desk.documents.recovery_sheet import RecoverySheet, draw_recovery_sheet
from kecamatan_desk.documents.reserve_sheets import (
    ReserveLine,
    ReservePart,
    ReserveValues,
    draw_reserve_sheets,
)
from tests.documents.paper_cast import Cast

_SECRET = "AGE-SECRET-KEY-1" + ("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2)[:58]  # opens nothing
_PRINTED = "Dicetak 12-05-2026 09.14 WIB."


def recovery_sheet(cast: Cast) -> bytes:
    """Lembar kunci pemulihan, for its two keepers."""
    made = "30 September 2026" if cast.longest else "12 Mei 2026"
    return draw_recovery_sheet(RecoverySheet(cast.head, _SECRET, "A1B2 C3D4", made, _PRINTED))


def reserve_sheets(cast: Cast) -> bytes:
    """Lembar padam listrik: lines of two series and their queue slips."""
    many = cast.longest
    names = (cast.service, "Semua surat") if many else ("SKTM", "KTP")
    parts = tuple(
        ReservePart(name, tuple(_line(cast, n) for n in range(12, 12 + count)))
        for name, count in zip(names, (24, 3) if many else (6, 3), strict=True)
    )
    count = sum(len(part.lines) for part in parts)
    day = "30 September 2026" if many else "12 Mei 2026"
    queue = tuple(f"P-{n:02d}" for n in range(1, count + 1))
    return draw_reserve_sheets(ReserveValues(cast.head, day, parts, queue, _PRINTED))


def _line(cast: Cast, n: int) -> ReserveLine:
    return ReserveLine(f"{n:03d}", cast.number.format(n=n, paper="SKTM"))
