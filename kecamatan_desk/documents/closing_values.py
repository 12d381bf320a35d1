"""What a closing page is made of: frozen values, ready to be drawn. Needs no PDF library."""

from dataclasses import dataclass
from typing import Literal

from kecamatan_desk.documents.values import OfficeHead, SignatureBlock


@dataclass(frozen=True, slots=True)
class ClosingColumn:
    """A column of a list: heading, share of the width, where its cells stand."""

    head: str
    share: float  # of the page's width, in mm on A4 (165 in all); 0: what the others leave
    align: Literal["l", "c", "r"] = "l"


@dataclass(frozen=True, slots=True)
class ClosingTable:
    """A table or list of the page. Rows bear their cells ready as text."""

    title: str
    columns: tuple[ClosingColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    note: str = ""
    tall: bool = False  # somebody initials each row
    nothing: str = "NIHIL"
    numbered: bool = False  # column numbers below the header


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """Berita Acara Penutupan Buku Register, or the day's closing line."""

    head: OfficeHead
    title: str
    subtitle: str
    numbered: bool  # a place for the number of the Berita Acara
    statement: str
    tables: tuple[ClosingTable, ...]
    nil: str  # which lists are empty, in one sentence; "" for none
    anchor: str  # as it is typed again, and what the code holds
    groups: str  # of the hash: "A1B2 C3D4 E5F6 0718"
    told: str  # which event that is, and the closing's own
    left: SignatureBlock
    right: SignatureBlock
    foot: str
