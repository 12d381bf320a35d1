"""The code on a letter: one line that a scanner types and that proves itself. Pure text.

    KD1:26-000123-K:SKTM:400.9.14.1/012/SKTM/KEC-SKM/V/2026:20260512:RRK:0001:<103 letters>

Parts: mark (KDX1 in practice), file code, which paper, letter number, date, the applicant's
initials, last four digits of the NIK, signature. The paper is the service's abbreviation; its
second letter adds ``-2``, a version after the first adds ``.2``. What is signed is everything
before the last colon, as ASCII: the public key suffices to check it, without this program.
All of it lies in the alphanumeric set of QR codes (ISO/IEC 18004: 0-9 A-Z space $ % * + - . / :),
which takes 5.5 bits a letter. Slips bear the mark and the file code only, and prove nothing.
"""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

OFFICE, PRACTICE = "KD1", "KDX1"
MOST_INITIALS = 6
ERRATUM = 9  # in place of a service's letter: its ralat, whose version counts them
LONGEST = 400  # nothing longer is read at all; the longest code of ours has 220 letters
_SUBSTITUTE = "*"
_MOST_NUMBER = 66  # a letter's number has 60 at most, its ralat some more
_NUMBER = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./")
SIGNATURE_LETTERS = 103  # 64 bytes in base32 without padding
_PAPER = re.compile(r"([A-Z]+)(?:-([2-9]))?(?:\.([1-9]\d{0,3}))?")
_SIGNED = re.compile(
    r"(?P<body>(?P<mark>KDX?1):(?P<file>\d\d-\d{6,9}-[0-9A-Z]):(?P<paper>[A-Z0-9.-]{1,20})"
    r":(?P<number>[0-9A-Z$%*+./-]{0,66}):(?P<day>\d{8}):(?P<initials>[A-Z]{0,6})"
    r":(?P<nik>(?:\d{4})?)):(?P<signature>[A-Z2-7]{103})"
)
_SLIP = re.compile(r"(KDX?1):([0-9A-Z-]{1,24})")


@dataclass(frozen=True, slots=True)
class Claim:
    """What the code of a letter says; each part as it stands in the code."""

    practice: bool
    file_code: str
    service: str  # abbreviation
    number: str  # as `number_in_code` writes it; empty: a paper without a number
    day: date
    initials: str
    last_four: str
    paper: int = 1  # which of the service's letters
    version: int = 1

    @property
    def text(self) -> str:
        """What is signed."""
        paper = self.service
        paper += f"-{self.paper}" if self.paper > 1 else ""
        paper += f".{self.version}" if self.version > 1 else ""
        parts = (self.file_code, paper, self.number, f"{self.day:%Y%m%d}", self.initials)
        return ":".join((mark(self.practice), *parts, self.last_four))


@dataclass(frozen=True, slots=True)
class SignedCode:
    """A whole code of a letter. Nothing is proved by having read it."""

    claim: Claim
    signature: bytes


@dataclass(frozen=True, slots=True)
class SlipCode:
    """A code that names a file and proves nothing."""

    practice: bool
    file_code: str


def mark(practice: bool) -> str:
    """Give how codes begin: those of the practice mode say so."""
    return PRACTICE if practice else OFFICE


def slip_text(practice: bool, file_code: str) -> str:
    """Give the code of a slip."""
    return f"{mark(practice)}:{file_code}"


def number_in_code(number: str) -> str:
    """Write a letter number as the code bears it.

    Capitals, no blanks, ``*`` for every character outside the set. Numbers are compared in this
    form; what people read is the register's own spelling.
    """
    plain = "".join(unicodedata.normalize("NFC", number).split()).upper()
    return "".join(c if c in _NUMBER else _SUBSTITUTE for c in plain)[:_MOST_NUMBER]


def initials_in_code(name: str) -> str:
    """Give the first letters of a name's words, without accents, at most six."""
    plain = unicodedata.normalize("NFKD", name).upper()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    first = (word[0] for word in kept.split())
    return "".join(c for c in first if "A" <= c <= "Z")[:MOST_INITIALS]


def last_four(nik: str) -> str:
    """Give the last four digits of a NIK; nothing of what is no NIK."""
    return nik[-4:] if len(nik) == 16 and nik.isascii() and nik.isdigit() else ""


def signed_text(claim_text: str, signature: bytes) -> str:
    """Give the whole code: what it says, and its signature in base32."""
    return f"{claim_text}:{base64.b32encode(signature).decode().rstrip('=')}"


def tidied(typed: str) -> str:
    """Give what a scanner or a person typed without blanks and line ends, in capitals."""
    return "".join(typed.split()).upper() if typed.isascii() else ""


def looks_like_code(typed: str) -> bool:
    """Tell whether a text begins as our codes do."""
    return tidied(typed[:LONGEST]).startswith((f"{OFFICE}:", f"{PRACTICE}:"))


def read_code(typed: str) -> SignedCode | SlipCode | None:
    """Read a scanned or typed code; None when it is none of ours, or not whole."""
    if len(typed) > LONGEST:
        return None
    text = tidied(typed)
    if slip := _SLIP.fullmatch(text):
        return SlipCode(slip[1] == PRACTICE, slip[2])
    found = _SIGNED.fullmatch(text)
    paper = _PAPER.fullmatch(found["paper"]) if found else None
    if found is None or paper is None:
        return None
    try:
        day = datetime.strptime(found["day"], "%Y%m%d").date()  # noqa: DTZ007 - a date only
    except ValueError:
        return None
    signature = _signature(found["signature"])
    claim = Claim(
        found["mark"] == PRACTICE,
        found["file"],
        paper[1],
        found["number"],
        day,
        found["initials"],
        found["nik"],
        int(paper[2] or 1),
        int(paper[3] or 1),
    )
    # one spelling for each code: another is not what was signed
    return SignedCode(claim, signature) if signature and claim.text == found["body"] else None


def _signature(text: str) -> bytes | None:
    """Give the bytes; None when the text is not the one spelling of them."""
    padding = "=" * (-SIGNATURE_LETTERS % 8)
    try:
        signature = base64.b32decode(text + padding)
    except binascii.Error:
        return None
    return signature if base64.b32encode(signature).decode() == text + padding else None
