"""Names of people as an office writes them: the same person, spelt with and without his titles."""

import re
import unicodedata

_TITLES = frozenset(
    (
        *("drs", "dra", "dr", "drg", "drh", "ir", "prof", "h", "hj", "haji", "hajjah", "kh"),
        *("ust", "ustaz", "ustadz", "ustazah", "tn", "ny", "nn", "sdr", "sdri"),
        *("saudara", "saudari", "bapak", "pak", "ibu", "bu"),
    )
)
_DROPPED = re.compile(r"['`\u2018\u2019\u02bc]")  # Ma'ruf is Maruf
_BETWEEN = re.compile(r"[^\w]+")


def plain_name(name: str) -> str:
    """Give a name for comparing: small letters, single blanks, without titles and academic degrees.

    What stands behind a comma is a degree; a title that is all there is stays.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    words = _words(text.split(",")[0]) or _words(text)
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings name one person, as far as a name can."""
    return plain_name(one) == plain_name(other)


def _words(text: str) -> list[str]:
    return _BETWEEN.sub(" ", _DROPPED.sub("", text)).split()
