"""What the papers are made of: frozen values, ready to be drawn. Needs no PDF library."""

from collections.abc import Mapping
from dataclasses import dataclass

from kecamatan_desk.documents.profiles import LETTER, Form, Profile


class Cancelled(Exception):  # noqa: N818
    """The user stopped the writing of a book; nothing half-written is left."""


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """The office as its letterhead names it."""

    government: str  # "PEMERINTAH KABUPATEN TIRTAKENCANA"
    name: str  # "KECAMATAN SUKAMAJU"
    address: str
    contact: str  # "Telepon …, laman …, pos-el …": slips show the part before the first comma
    place: str  # where letters are dated: "Sukamaju"
    regency: str  # "Kabupaten Tirtakencana"
    logo: bytes | None  # PNG or JPEG of the regency's arms
    practice: bool  # LATIHAN on every page
    invented: bool = False  # as a practice office: without a logo it bears the invented arms


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a blok pengesahan falls on its sheet, in mm: (left, top, width, height).

    ``left`` and ``top`` are measured from the upper left corner of the paper.
    """

    block: tuple[float, float, float, float]
    code: tuple[float, float, float, float] | None  # beside it; None where the paper has no room


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """A signature place as it is printed.

    ``titles`` are lines of (prefix, title); the prefix ("a.n.", "Plt.") hangs in front so that
    the titles stand on one edge. Rank and NIP are left out where empty.
    """

    place_date: str
    titles: tuple[tuple[str, str], ...]
    name: str
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class LetterValues:
    """One letter. ``template`` is the template's text; ``fit`` the step of the fitting ladder."""

    head: OfficeHead
    title: str  # of the file, not printed
    number: str
    template: str
    facts: Mapping[str, object]  # str, bool, or tuple of mappings (rows)
    signature: SignatureBlock | None
    file_code: str
    qr: str  # content of the code; empty: none is printed
    qr_caption: tuple[str, ...]  # lines beside the code; the first two are bold
    profile: Profile = LETTER
    fit: int = 0  # 0: 12 pt; 1: 12 pt, tight; 2: 11 pt. Chosen by the clerk, never silently
    form: Form = "surat"
    offset: tuple[float, float] = (112, 200)  # of a "pengesahan", mm from the upper left corner
    endorsed: str = "Mengetahui,"  # the word a "pengesahan" begins with
