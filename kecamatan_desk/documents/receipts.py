"""Receipts: of one applicant's files, of a village's folder, and of papers handed over."""

from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import HALF_F4, text
from kecamatan_desk.documents.letterhead import small_head
from kecamatan_desk.documents.profiles import SLIP, Profile
from kecamatan_desk.documents.slip_parts import (
    LEFT,
    RIGHT,
    Grid,
    Pair,
    Row,
    Slip,
    flow,
    kind,
    masked,
    moment,
    notes,
    notes_height,
    pairs,
    presence,
    sign_depth,
    sign_line,
    slip_paper,
)
from kecamatan_desk.documents.slip_values import (
    FolderValues,
    HandoverValues,
    ReceiptItem,
    ReceiptValues,
)
from kecamatan_desk.documents.typeface import BOLD, MM
from kecamatan_desk.domain.indonesian import in_words, long_date

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_TITLE = "TANDA TERIMA BERKAS"
_PAPERS = Grid(
    (("No.", 9), ("Dokumen", 98), ("Asli/FC", 15), ("Ada", 12), ("Tidak", 12), ("Keterangan", 45)),
    9,
    6 * MM,
    6 * MM,
)
_FILES = Grid(
    (("No.", 9), ("Kode berkas", 27), ("Layanan", 100), ("Perkiraan selesai", 55)),
    9,
    6 * MM,
    6 * MM,
)
_FOLDER = Grid(
    (
        ("No.", 9),
        ("Kode berkas", 27),
        ("Nama pemohon", 58),
        ("NIK", 32),
        ("Layanan", 47),
        ("Berkas", 18),
    ),
    9,
    8 * MM,
    7 * MM,
)
_HANDED = Grid(
    (("No.", 9), ("Surat/dokumen", 88), ("Nomor", 60), ("Tanggal", 34)), 9.5, 8 * MM, 6.5 * MM
)
_NOTES, _SIGN = 92 * MM, 44 * MM  # widths
_LOW = 9 * MM
_TOP = 10 * MM  # from the upper edge to the head


def draw_receipt(values: ReceiptValues, profile: Profile = SLIP) -> bytes:
    """Draw one leaf for the applicant and one for the file: half a sheet, or a whole one if long.

    Several requests of one applicant share the receipt: a list of files, then the papers of each.
    """
    if not values.items:
        raise ValueError("a receipt needs a request")
    paper = slip_paper(profile)
    size = paper.half if _receipt_height(values) <= paper.half[1] else paper.full
    slip = Slip(values.head, size, "Tanda Terima Berkas", paper, values.items[0].file_code)
    for leaf in values.leaves:
        _receipt_leaf(slip, values, leaf)
    return slip.bytes()


def _receipt_leaf(slip: Slip, values: ReceiptValues, leaf: str) -> None:
    slip.new_page()
    c = slip.canvas
    y = _receipt_head(c, values, leaf, slip.size[1])
    if len(values.items) > 1:
        y = _FILES.draw(c, LEFT, y + 1 * MM, _file_rows(values)) - 3 * MM
    titled = len(values.items) > 1
    end = 4.5 * MM + _receipt_end_height(values)
    for item in values.items:
        rows = _paper_rows(item)
        if y - _PAPERS.height(rows[:2]) - 6 * MM < _LOW:
            y = slip.go_on()
        if titled:
            text(c, LEFT, y - 3 * MM, f"{item.file_code}  \u00b7  {item.service}", BOLD, 9)
            y -= 4.5 * MM
        below = end + (3 * MM if titled else 0) if item is values.items[-1] else 0
        y = flow(slip, _PAPERS, y if titled else y + 1 * MM, rows, _LOW, end=below)
        y -= (3 if titled else 0) * MM
    y -= 4.5 * MM
    notes(c, LEFT, y, _NOTES, _receipt_words(values))
    sign_line(c, LEFT + 99 * MM, y - 3.2 * MM, _SIGN, "Pemohon,", values.applicant)
    officer = f"{values.officer_title},"
    sign_line(c, LEFT + 147 * MM, y - 3.2 * MM, _SIGN, officer, values.officer)


def _receipt_head(c: "Canvas", values: ReceiptValues, leaf: str, high: float) -> float:
    first = values.items[0]
    more = len(values.items) - 1
    shown = first.file_code + (f" +{more}" if more else "")
    head = (LEFT, RIGHT)
    y = small_head(c, values.head, head, high - _TOP, (_TITLE, leaf), (shown, values.qr))
    y -= 6.5 * MM
    left: list[Pair] = [
        ("Nama pemohon", values.applicant, True),
        ("NIK", masked(values.nik)),
        ("Diurus oleh", values.run_by),
        ("No. antrian", values.queue_note),
    ]
    ready = [item.ready for item in values.items if item.ready is not None]
    right: list[Pair] = [
        ("Layanan", first.service if not more else f"{more + 1} ({in_words(more + 1)}) layanan"),
        ("Diterima", moment(values.received, values.zone)),
    ]
    if ready:
        right.append(("Perkiraan selesai", moment(max(ready), values.zone), True))
    right.append(("Biaya", "Rp0 (gratis)", True))
    y1 = pairs(c, LEFT, y, 27 * MM, 98 * MM, left)
    return min(y1, pairs(c, LEFT + 100 * MM, y, 29 * MM, 91 * MM, right))


def _file_rows(values: ReceiptValues) -> list[Row]:
    return [
        (
            str(n),
            item.file_code,
            item.service,
            moment(item.ready, values.zone) if item.ready is not None else "",
        )
        for n, item in enumerate(values.items, 1)
    ]


def _paper_rows(item: ReceiptItem) -> list[Row]:
    rows: list[Row] = []
    for n, paper in enumerate(item.papers, 1):
        there, gone, note = presence(paper)
        rows.append((str(n), paper.name, kind(paper), there, gone, note))
    return rows


def _receipt_words(values: ReceiptValues) -> str:
    norm = ""
    if any(item.ready is not None for item in values.items):
        norm = (
            f"Perkiraan selesai dihitung {values.minutes} menit sesuai SOP, pada jam kerja, "
            "apabila berkas lengkap dan pejabat berada di tempat. "
        )
    return (
        f"{norm}Bawa lembar ini saat mengambil surat; bila diwakilkan, sertakan surat kuasa dan "
        "KTP-el penerima."
    )


def _receipt_end_height(values: ReceiptValues) -> float:
    return _end_height(_receipt_words(values), values.applicant, values.officer)


def _end_height(words: str, *signing: str) -> float:
    """Give the height of the small print with the signatures beside it."""
    signs = max(sign_depth(_SIGN, name) for name in signing)
    return max(notes_height(_NOTES, words), 3.2 * MM + signs)


def _receipt_height(values: ReceiptValues) -> float:
    """Give the height of one leaf, margins included; the head is drawn to be measured."""
    high = HALF_F4[1]
    probe = Slip(values.head, HALF_F4, "")
    body = high - _receipt_head(probe.canvas, values, "", high)
    titled = len(values.items) > 1
    body += (_FILES.height(_file_rows(values)) + 3 * MM) if titled else 0
    for item in values.items:
        body += _PAPERS.height(_paper_rows(item)) + (7.5 * MM if titled else -1 * MM)
    return body + 4.5 * MM + _receipt_end_height(values) + _LOW


def draw_folder_receipt(values: FolderValues, profile: Profile = SLIP) -> bytes:
    """Draw the receipt of a village officer's folder: a list on a whole sheet, two leaves."""
    paper = slip_paper(profile)
    slip = Slip(values.head, paper.full, "Tanda Terima Berkas Titipan Desa", paper, values.code)
    for leaf in ("Lembar 1: untuk pembawa berkas", "Lembar 2: untuk kecamatan"):
        slip.new_page()
        titles = ("TANDA TERIMA BERKAS TITIPAN", leaf)
        top, code = slip.size[1] - _TOP, (values.code, values.qr)
        c = slip.canvas
        y = small_head(c, values.head, (LEFT, RIGHT), top, titles, code) - 6.5 * MM
        count = len(values.lines)
        left = (("Dibawa oleh", values.bearer, True), ("Dari desa/kel.", values.village))
        right = (
            ("Diterima", moment(values.received, values.zone)),
            ("Banyaknya", f"{count} ({in_words(count)}) berkas", True),
        )
        y1 = pairs(c, LEFT, y, 27 * MM, 98 * MM, left)
        y = min(y1, pairs(c, LEFT + 100 * MM, y, 24 * MM, 91 * MM, right))
        rows = [
            (str(n), line.file_code, line.applicant, masked(line.nik), line.service, line.papers)
            for n, line in enumerate(values.lines, 1)
        ]
        words = (
            "Surat yang telah selesai diserahkan bersama daftar ini kepada pembawa berkas, yang "
            "menandatangani setiap penyerahan. Layanan ini gratis."
        )
        end = _end_height(words, values.bearer, values.officer)
        y = flow(slip, _FOLDER, y + 1 * MM, rows, _LOW, end=5 * MM + end) - 5 * MM
        notes(c, LEFT, y, _NOTES, words)
        sign_line(c, LEFT + 99 * MM, y - 3.2 * MM, _SIGN, "Pembawa berkas,", values.bearer)
        sign_line(c, LEFT + 147 * MM, y - 3.2 * MM, _SIGN, "Petugas Pelayanan,", values.officer)
    return slip.bytes()


def draw_handover(values: HandoverValues, profile: Profile = SLIP) -> bytes:
    """Draw bukti serah terima: who received which papers, with what identity shown."""
    paper = slip_paper(profile)
    slip = Slip(values.head, paper.half, "Bukti Serah Terima", paper, values.file_code)
    for leaf in values.leaves:
        slip.new_page()
        c, code = slip.canvas, (values.file_code, values.qr)
        titles = ("BUKTI SERAH TERIMA", leaf)
        y = small_head(c, values.head, (LEFT, RIGHT), slip.size[1] - _TOP, titles, code) - 6.5 * MM
        left = (
            ("Nama pemohon", values.applicant, True),
            ("NIK", masked(values.nik)),
            ("Layanan", values.service),
        )
        right = (
            ("Diserahkan", moment(values.handed, values.zone)),
            ("Penerima", values.receiver, True),
            ("Hubungan", values.relationship),
            ("Identitas", values.identity),
        )
        y1 = pairs(c, LEFT, y, 27 * MM, 98 * MM, left)
        y = min(y1, pairs(c, LEFT + 100 * MM, y, 24 * MM, 91 * MM, right))
        text(c, LEFT, y - 1.5 * MM, "Telah diserahterimakan dengan baik:", BOLD, 10)
        rows = [
            (str(n), paper.title, paper.number, long_date(paper.day) if paper.day else "")
            for n, paper in enumerate(values.papers, 1)
        ]
        words = (
            "Periksa nama, NIK, dan isi surat sebelum meninggalkan loket; kesalahan diperbaiki "
            "tanpa biaya. Layanan ini gratis."
        )
        end = _end_height(words, values.receiver, values.officer)
        y = flow(slip, _HANDED, y - 4 * MM, rows, _LOW, end=5 * MM + end) - 5 * MM
        notes(c, LEFT, y, _NOTES, words)
        sign_line(c, LEFT + 99 * MM, y - 3.2 * MM, _SIGN, "Yang menerima,", values.receiver)
        officer = f"{values.officer_title},"
        sign_line(c, LEFT + 147 * MM, y - 3.2 * MM, _SIGN, officer, values.officer)
    return slip.bytes()
