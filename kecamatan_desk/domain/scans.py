"""Scans that people bring in: what is accepted, how large, and what their names may become.

A file is known by its first bytes, never by its name; the name is only a label. Source: reliability
bar 3.10 (limits, names), ASVS 5.2 to 5.4.
"""

import re
import unicodedata

PDF, JPEG, PNG = "pdf", "jpg", "png"
MOST_BYTES = 20 * 1024 * 1024  # of one scan
MOST_OF_FILE = 100 * 1024 * 1024  # of all scans of one request
MOST_PAGES = 100
MOST_PIXELS = 80_000_000  # A4 at 600 dpi has 35 million, A3 70 million
MOST_LABEL = 120
UNNAMED = "Pindaian"

_MAGIC = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PATH_MARKS = re.compile(r'[\\/:*?"<>|]+')
#: Names that mean a device to Windows, whatever follows the dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?", re.IGNORECASE)


def kind_of(beginning: bytes) -> str | None:
    """Tell by its first bytes what a file is: pdf, jpg, png; None: nothing we accept."""
    return next((kind for magic, kind in _MAGIC if beginning.startswith(magic)), None)


def label_of(name: str) -> str:
    """Give the label a file's name becomes: composed, without paths, marks and device names.

    At most 120 characters; the ending stays when it must be shortened. No path is ever built from
    it.
    """
    text = unicodedata.normalize("NFC", name)
    text = re.split(r"[\\/]", text)[-1]
    text = "".join(c for c in text if unicodedata.category(c) not in _DROPPED)
    text = " ".join(_PATH_MARKS.sub(" ", text).split()).strip(". ")
    if len(text) > MOST_LABEL:
        stem, dot, ending = text.rpartition(".")
        tail = dot + ending if dot and len(ending) <= 5 else ""
        text = (stem if tail else text)[: MOST_LABEL - len(tail)].rstrip(". ") + tail
    if not text or _DEVICES.fullmatch(text):
        return UNNAMED
    return text
