"""What may be typed: lengths, no control or bidirectional marks, spaces as in print."""

import unicodedata

from kecamatan_desk.domain.errors import InputError

#: Categories that never print: control, format (bidi marks, zero width), surrogate, private, unset.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}

#: Straight, curly, backtick and acute: people type any of them in Ma'ruf.
_APOSTROPHES = "'\u2019\u2018\u0060\u00b4"


def clean(text: str) -> str:
    """Trim, collapse runs of blanks, compose letters (NFC). Everything else stays as typed."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def unprintable(text: str) -> str:
    """Give the characters of *text* that no paper can show, each once."""
    return "".join(dict.fromkeys(c for c in text if unicodedata.category(c) in _UNPRINTABLE))


def printable(text: str) -> str:
    """Give *text* on one line without the characters no paper can show."""
    return "".join(c for c in " ".join(text.split()) if not unprintable(c))


def checked_text(text: str, label: str, length: int, field: str | None = None) -> str:
    """Give *text* cleaned, or raise InputError when it is too long or holds unprintable marks.

    ``length`` is the most characters allowed; ``label`` names the field in the message.
    """
    if found := unprintable(" ".join(text.split())):
        codes = ", ".join(f"U+{ord(c):04X}" for c in found)
        raise InputError(
            f"{label} memuat tanda yang tidak dapat dicetak ({codes}). Hapus tanda itu; "
            "isian lain tetap tersimpan.",
            field,
        )
    cleaned = clean(text)
    if len(cleaned) > length:
        raise InputError(
            f"{label} terlalu panjang: {len(cleaned)} huruf, paling banyak {length}. "
            "Persingkat isian ini; isian lain tetap tersimpan.",
            field,
        )
    return cleaned


def folded(text: str) -> str:
    """Give *text* as the search compares it: upper case, without accents and apostrophes."""
    # apostrophes go first: NFKD would make a blank and an accent of the acute
    named = "".join(c for c in text if c not in _APOSTROPHES)
    plain = unicodedata.normalize("NFKD", named).upper()
    kept = (c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
