"""An anchor: where the event chain stood, in a form that is printed, signed and typed again.

    1234 31-05-2026 A1B2 C3D4 E5F6 0718

Parts: number of the newest event, the day it was written down (may be missing), first 16 characters
of that event's hash in groups of four. It stands on every closing page and in every backup's
manifest: outside the database, where rewriting the chain does not reach it (reliability, 3.5).
All of it lies in the alphanumeric set of QR codes.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import short_date

LETTERS = 16  # of the hash, of 64
_GROUP = 4
_WHOLE = 64
_MOST_TYPED = 200
_SLIPS = 2  # wrong characters that are rather a slip of the hand: a new history differs in fifteen
_SEQ = re.compile(r"\d{1,12}|\d{1,3}(?:\.\d{3}){1,3}")
_DAY = re.compile(r"(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2})")
#: What a hand writes or a reader sees for a hexadecimal digit, where no other reading exists.
_SEEN_AS = str.maketrans("OoIil", "00111")
#: Words that may stand in front when somebody types what he sees.
_WORDS = re.compile(r"^(?:JANGKAR|PERISTIWA|SIDIK)?\s*(?:KE-|NO\.?)?\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor as it was typed. ``head``: 16 hexadecimal digits, or all 64, in lower case."""

    seq: int
    head: str
    day: date | None = None

    @property
    def text(self) -> str:
        """How it is printed."""
        return anchor_text(self.seq, self.head, self.day)


class Outcome(StrEnum):
    """What comparing an anchor with the chain has shown. The value stands in JSON."""

    MATCH = "cocok"
    NO_MATCH = "tidak-cocok"
    CUT_OFF = "terpotong"


@dataclass(frozen=True, slots=True)
class AnchorVerdict:
    """One anchor compared, in words an official understands."""

    anchor: str
    outcome: Outcome
    message: str

    @property
    def ok(self) -> bool:
        """Whether the chain is still the one that was printed."""
        return self.outcome is Outcome.MATCH


def judge(anchor: Anchor, newest: int, found: str | None, owner: int | None) -> AnchorVerdict:
    """Compare an anchor with the chain as it is now.

    ``newest``: number of the newest event; ``found``: the hash event ``anchor.seq`` has now;
    ``owner``: the event whose hash begins as typed. A chain shorter than the anchor was cut off;
    one that differs was written anew, unless the typing is wrong: where it may be, that is told.
    """
    if anchor.seq > newest:
        return AnchorVerdict(
            anchor.text,
            Outcome.CUT_OFF,
            f"TERPOTONG: riwayat sekarang hanya sampai peristiwa {newest}, padahal jangkar ini "
            f"dicetak pada peristiwa {anchor.seq}. Yang sesudahnya hilang, atau data ini "
            f"dipulihkan dari cadangan yang lebih lama.{_hint(owner)}",
        )
    if found is not None and found.startswith(anchor.head):
        return AnchorVerdict(
            anchor.text,
            Outcome.MATCH,
            f"COCOK: riwayat sampai peristiwa {anchor.seq} masih sama dengan yang dicetak.",
        )
    now = head_groups(found) if found else "tidak ada"
    wrong = sum(a != b for a, b in zip(anchor.head, found or "", strict=False))
    hint = _hint(owner)
    if found and wrong <= _SLIPS and not hint:
        hint = f" Bedanya hanya {wrong} tanda: periksa ketikan dahulu."
    return AnchorVerdict(
        anchor.text,
        Outcome.NO_MATCH,
        f"TIDAK COCOK: sidik peristiwa {anchor.seq} sekarang {now}. Bila ketikannya benar, riwayat "
        f"sudah ditulis ulang sejak jangkar ini dicetak.{hint}",
    )


def _hint(owner: int | None) -> str:
    if owner is None:
        return ""
    return f" Sidik ini milik peristiwa {owner}: periksa nomor peristiwa yang diketik."


def head_groups(head: str) -> str:
    """Give the first 16 characters of a hash in groups of four: "A1B2 C3D4 E5F6 0718"."""
    digits = head[:LETTERS].upper()
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def anchor_text(seq: int, head: str, day: date | None = None) -> str:
    """Write an anchor as it is printed, shown and held by a QR code.

    ``head`` is the hash of event ``seq``; ``day`` when it was written down.
    """
    parts = (str(seq), short_date(day) if day else "", head_groups(head))
    return " ".join(part for part in parts if part)


def parse_anchor(typed: str) -> Anchor:
    """Read an anchor typed from paper; InputError when it is none.

    Blanks, hyphens between the groups, upper and lower case do not matter, nor do O for 0 and I
    for 1, which no hexadecimal digit looks like. Anything else is not guessed at: a wrong letter
    must not become a right one.
    """
    if len(typed) > _MOST_TYPED:
        raise _not_read("terlalu panjang")
    text = _WORDS.sub("", " ".join(typed.replace("\u00b7", " ").split()), count=1)
    first, _, rest = text.partition(" ")
    seq = first.translate(_SEEN_AS).rstrip(":,;")
    if not seq.isascii() or not _SEQ.fullmatch(seq) or not seq.strip("0."):
        raise _not_read("tidak diawali nomor peristiwa")
    day, rest = _parted_day(rest.strip())
    head = "".join(c for c in rest.translate(_SEEN_AS) if c not in " -:").lower()
    if wrong := sorted({c for c in head if c not in "0123456789abcdef"}):
        raise _not_read(f"memuat {', '.join(c.upper() for c in wrong)}")
    if len(head) not in (LETTERS, _WHOLE):
        raise _not_read(f"sidiknya {len(head)} tanda, bukan {LETTERS}")
    return Anchor(int(seq.replace(".", "")), head, day)


def _parted_day(rest: str) -> tuple[date | None, str]:
    first, _, after = rest.partition(" ")
    if not _DAY.fullmatch(first) or not first.isascii():
        return None, rest
    parts = [int(part) for part in re.split("[-/.]", first)]
    year, month, day = parts if parts[0] > 31 else parts[::-1]
    try:
        return date(year, month, day), after
    except ValueError:
        raise _not_read(f"tanggal {first} tidak ada dalam kalender") from None


def _not_read(why: str) -> InputError:
    return InputError(
        f"Jangkar ini tidak terbaca: {why}. Tidak ada yang berubah; ketik seperti pada halaman "
        "penutup: nomor peristiwa, lalu empat kelompok empat tanda (0-9 dan A-F), misalnya "
        "1234 A1B2 C3D4 E5F6 0718.",
        "anchor",
    )
