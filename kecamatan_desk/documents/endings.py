"""Papers of a request that ends without a letter: the refusal notice, and the papers given back.

UU 25/2009 art. 21 and 36: who is refused a service is told why, and where to object.
"""

from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import HALF_F4, box, lines_of, text
from kecamatan_desk.documents.letterhead import small_head, telephone
from kecamatan_desk.documents.profiles import SLIP, Profile
from kecamatan_desk.documents.slip_parts import (
    LEFT,
    RIGHT,
    Grid,
    Pair,
    Slip,
    flow,
    kind,
    masked,
    moment,
    notes,
    notes_height,
    pairs,
    sign_depth,
    sign_line,
    slip_paper,
)
from kecamatan_desk.documents.slip_values import PapersBackValues, RefusalValues
from kecamatan_desk.documents.typeface import BOLD, MM, REGULAR, hold, wrap

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_REFUSED = "PEMBERITAHUAN PENOLAKAN"
_BACK = "TANDA TERIMA PENGEMBALIAN BERKAS"
_PAPERS = Grid(
    (("No.", 9), ("Dokumen", 118), ("Asli/FC", 19), ("Keterangan", 45)), 9, 6 * MM, 6 * MM
)
_NOTES, _SIGN = 92 * MM, 44 * MM  # widths
_LOW, _TOP = 9 * MM, 10 * MM
_TEXT, _LEAD = 10, 12.5  # of reason and basis


def draw_refusal(values: RefusalValues, profile: Profile = SLIP) -> bytes:
    """Draw the notice, two leaves: why, on what basis, and where to object.

    On half a sheet; with a reason that does not fit there, on a whole one.
    """
    paper = slip_paper(profile)
    size = paper.half if _refusal_height(values) <= paper.half[1] else paper.full
    slip = Slip(values.head, size, "Lembar Pemberitahuan Penolakan", paper)
    for leaf in values.leaves:
        slip.new_page()
        _refusal_leaf(slip.canvas, values, leaf, size[1])
    return slip.bytes()


def _refusal_leaf(c: "Canvas", values: RefusalValues, leaf: str, high: float) -> None:
    y = _refusal_upper(c, values, leaf, high)
    for label, words in _told(values):
        y = _block(c, y, label, words)
    y -= 2 * MM
    notes(c, LEFT, y - 2 * MM, _NOTES, _where_to_object(values))
    signer = f"{values.signer_title},"
    sign_line(c, LEFT + 97 * MM, y - 5 * MM, _SIGN, "Pemohon,", values.applicant)
    sign_line(c, LEFT + 143 * MM, y - 5 * MM, _SIGN + 4 * MM, signer, values.signer)


def _refusal_upper(c: "Canvas", values: RefusalValues, leaf: str, high: float) -> float:
    code = (values.file_code, values.qr)
    y = small_head(c, values.head, (LEFT, RIGHT), high - _TOP, (_REFUSED, leaf), code) - 6.5 * MM
    person: tuple[Pair, ...] = (
        ("Nama pemohon", values.applicant, True),
        ("NIK", masked(values.nik)),
    )
    service: tuple[Pair, ...] = (
        ("Layanan", values.service),
        ("Ditolak", moment(values.refused, values.zone)),
        *((("No. agenda", values.agenda),) if values.agenda else ()),
    )
    y1 = pairs(c, LEFT, y, 27 * MM, 98 * MM, person)
    return min(y1, pairs(c, LEFT + 100 * MM, y, 24 * MM, 91 * MM, service)) - 1 * MM


def _told(values: RefusalValues) -> tuple[tuple[str, str], ...]:
    return (
        ("Permohonan ini tidak dapat dikabulkan karena:", values.reason),
        ("Dasar:", values.basis),
    )


def _block(c: "Canvas", y: float, label: str, words: str) -> float:
    """Draw a framed text under its label; give the y below."""
    rows = wrap(hold(words), REGULAR, _TEXT, RIGHT - LEFT - 6 * MM)
    text(c, LEFT, y - 1.5 * MM, label, BOLD, _TEXT)
    top, high = y - 3.5 * MM, len(rows) * _LEAD + 3 * MM
    box(c, LEFT, top, RIGHT - LEFT, high)
    lines_of(c, LEFT + 3 * MM, top - 1.2 * MM, rows, REGULAR, _TEXT, _LEAD)
    return top - high - 5 * MM


def _where_to_object(values: RefusalValues) -> str:
    phone = telephone(values.head)
    phone = f", {phone[:1].lower()}{phone[1:]}" if phone else ""
    agenda = (
        "Nomor agenda yang sudah tercatat tetap tercatat dan tidak dipakai lagi. "
        if values.agenda
        else ""
    )
    return (
        f"{agenda}Keberatan atas penolakan ini dapat disampaikan tanpa biaya kepada "
        f"{values.objection}, melalui kotak saran{phone}, atau kepada Ombudsman Republik "
        "Indonesia. Permohonan baru dapat diajukan kapan saja. Layanan ini gratis."
    )


def _refusal_height(values: RefusalValues) -> float:
    probe = Slip(values.head, HALF_F4, "")
    body = HALF_F4[1] - _refusal_upper(probe.canvas, values, "", HALF_F4[1])
    for _, words in _told(values):
        rows = wrap(hold(words), REGULAR, _TEXT, RIGHT - LEFT - 6 * MM)
        body += len(rows) * _LEAD + 11.5 * MM
    signs = max(sign_depth(_SIGN, values.applicant), sign_depth(_SIGN + 4 * MM, values.signer))
    lower = max(notes_height(_NOTES, _where_to_object(values)), 3 * MM + signs)
    return body + 4 * MM + lower + _LOW


def draw_papers_back(values: PapersBackValues, profile: Profile = SLIP) -> bytes:
    """Draw the receipt of the papers given back to the applicant, two leaves.

    On half a sheet; a longer list on whole ones, over as many as it takes.
    """
    paper = slip_paper(profile)
    size = paper.half if _back_height(values) <= paper.half[1] else paper.full
    title = "Tanda Terima Pengembalian Berkas"
    slip = Slip(values.head, size, title, paper, values.file_code)
    for leaf in values.leaves:
        _back_leaf(slip, values, leaf)
    return slip.bytes()


def _back_leaf(slip: Slip, values: PapersBackValues, leaf: str) -> None:
    slip.new_page()
    c = slip.canvas
    y = _back_upper(c, values, leaf, slip.size[1])
    y = flow(slip, _PAPERS, y, _back_rows(values), _LOW, end=5 * MM + _back_end(values)) - 5 * MM
    notes(c, LEFT, y, _NOTES, _BACK_WORDS)
    sign_line(c, LEFT + 99 * MM, y - 3.2 * MM, _SIGN, "Yang menerima,", values.applicant)
    officer = f"{values.officer_title},"
    sign_line(c, LEFT + 147 * MM, y - 3.2 * MM, _SIGN, officer, values.officer)


_BACK_WORDS = (
    "Periksa berkas sebelum meninggalkan loket. Fotokopi yang tercatat pada ceklis dapat "
    "tetap tersimpan sebagai arsip kantor."
)


def _back_upper(c: "Canvas", values: PapersBackValues, leaf: str, high: float) -> float:
    code = (values.file_code, values.qr)
    y = small_head(c, values.head, (LEFT, RIGHT), high - _TOP, (_BACK, leaf), code) - 6.5 * MM
    left: tuple[Pair, ...] = (
        ("Nama pemohon", values.applicant, True),
        ("NIK", masked(values.nik)),
        ("Layanan", values.service),
    )
    right: tuple[Pair, ...] = (
        ("Permohonan", values.ended),
        ("Dikembalikan", moment(values.returned, values.zone)),
    )
    y1 = pairs(c, LEFT, y, 27 * MM, 98 * MM, left)
    y = min(y1, pairs(c, LEFT + 100 * MM, y, 26 * MM, 91 * MM, right))
    text(c, LEFT, y - 1.5 * MM, "Berkas yang dikembalikan kepada pemohon:", BOLD, 10)
    return y - 4 * MM


def _back_rows(values: PapersBackValues) -> list[tuple[str, ...]]:
    return [
        (str(n), paper.name, kind(paper), paper.note) for n, paper in enumerate(values.papers, 1)
    ] or [("", "Tidak ada berkas yang tercatat diterima.", "", "")]


def _back_end(values: PapersBackValues) -> float:
    signs = max(sign_depth(_SIGN, values.applicant), sign_depth(_SIGN, values.officer))
    return max(notes_height(_NOTES, _BACK_WORDS), 3.2 * MM + signs)


def _back_height(values: PapersBackValues) -> float:
    probe = Slip(values.head, HALF_F4, "")
    body = HALF_F4[1] - _back_upper(probe.canvas, values, "", HALF_F4[1])
    return body + _PAPERS.height(_back_rows(values)) + 5 * MM + _back_end(values) + _LOW
