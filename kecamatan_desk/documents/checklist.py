"""Lembar ceklis dan kendali berkas: travels on top of the file. Ruled for the pen, 9 mm a line."""

from typing import TYPE_CHECKING

from kecamatan_desk.documents.drawing import HAIR, THIN, box, qr, rule, text, tick_box
from kecamatan_desk.documents.letterhead import crest, has_crest
from kecamatan_desk.documents.profiles import LETTER, Profile
from kecamatan_desk.documents.slip_parts import (
    Choices,
    Grid,
    Row,
    Slip,
    Tick,
    kind,
    pairs,
    short_moment,
)
from kecamatan_desk.documents.slip_values import ChecklistValues
from kecamatan_desk.documents.typeface import BOLD, ITALIC, MM, REGULAR, fit_size, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LEFT, _RIGHT, _LOW = 20 * MM, 195 * MM, 16 * MM
_TOP = 14 * MM  # from the upper edge
_TITLE = "LEMBAR CEKLIS DAN KENDALI BERKAS"
_PAPERS = (
    ("No.", 9.0),
    ("Dokumen", 67.0),
    ("Sifat", 19.5),
    ("Asli/ FC", 12.0),
    ("Ada", 11.5),
    ("Tidak", 11.5),
    ("Tidak perlu", 12.5),
    ("Keterangan", 32.0),
)
_ROUTE = (
    ("Lang- kah", 11.0),
    ("Pejabat/petugas", 36.0),
    ("Tindakan", 30.0),
    ("Norma (menit)", 13.5),
    ("Masuk (tgl, jam)", 20.5),
    ("Keluar (tgl, jam)", 20.5),
    ("Paraf", 17.0),
    ("Putusan/catatan", 26.5),
)
_NOTES = 26 * MM  # section C
_SECTION = 2.2 * MM  # from a section's base line to its table
_RESULT = 21 * MM
_AGAIN = 12 * MM  # from the upper edge of a further page to its first section


def draw_checklist(values: ChecklistValues, profile: Profile = LETTER) -> bytes:
    """Draw the sheet on the paper of letters; what a page can't hold goes on a second one."""
    size = (profile.sheet.width * MM, profile.sheet.height * MM)
    slip = Slip(values.head, size, "Lembar Ceklis dan Kendali Berkas")
    top = size[1] - _TOP
    papers, route = _paper_rows(values), _route_rows(values)
    slip.new_page()
    body = _head(slip.canvas, values, top)
    row, spare, whole = _ruling(papers, route, body - _LOW)
    route += [("",) * len(_ROUTE)] * spare
    above, below = Grid(_PAPERS, 9, row, 9 * MM), Grid(_ROUTE, 8.5, row, 9 * MM)
    parts = [papers] if whole else _parted(above, papers, body - _LOW, top - _AGAIN - _LOW)
    last = (body if len(parts) == 1 else top - _AGAIN) - above.height(parts[-1]) - _RESULT
    apart = not whole and last - below.height(route) - 2 * _SECTION - _NOTES < _LOW
    pages = len(parts) + apart
    _foot(slip.canvas, values, 1, pages)
    y = _papers(slip.canvas, values, above, parts[0], body)
    for page, part in enumerate(parts[1:], 2):
        y = _papers(slip.canvas, values, above, part, _next(slip, values, page, pages))
    _result(slip.canvas, values, y)
    y -= _RESULT
    if apart:
        y = _next(slip, values, pages, pages)
    y = _route(slip.canvas, below, route, y)
    _officials_notes(slip.canvas, y)
    return slip.bytes()


def _next(slip: Slip, values: ChecklistValues, page: int, pages: int) -> float:
    """Begin a further page, which says of what; give the base line of its first section."""
    slip.new_page()
    _foot(slip.canvas, values, page, pages)
    top, words = slip.size[1] - _TOP, f"Kode berkas {values.file_code}"
    text(slip.canvas, _LEFT, top - 3 * MM, _TITLE, BOLD, 11)
    text(slip.canvas, _RIGHT, top - 3 * MM, words, BOLD, 11, "r")
    return top - _AGAIN


def _parted(grid: Grid, rows: list[Row], first: float, room: float) -> list[list[Row]]:
    """Part the papers over pages; the result stands below the last of them."""
    parts: list[list[Row]] = [[]]
    left = first - _SECTION - grid.head
    for n, row in enumerate(rows, 1):
        need = grid.row_height(row) + (_RESULT if n == len(rows) else 0)
        if need > left and parts[-1]:
            parts.append([])
            left = room - _SECTION - grid.head
        parts[-1].append(row)
        left -= grid.row_height(row)
    return parts


def _ruling(papers: list[Row], route: list[Row], room: float) -> tuple[float, int, bool]:
    """Give the least row height, the spare rows for the route, and whether all is on one page."""
    for millimetres, spare in ((9.0, 2), (8.5, 2), (8.0, 2), (8.0, 1), (7.5, 1)):
        row = millimetres * MM
        need = Grid(_PAPERS, 9, row, 9 * MM).height(papers)
        need += Grid(_ROUTE, 8.5, row, 9 * MM).height(route) + spare * row
        if need + _RESULT + 10.2 * MM + _NOTES <= room:
            return row, spare, True
    return 9 * MM, 2, False


def _paper_rows(values: ChecklistValues) -> list[Row]:
    rows: list[Row] = []
    for n, paper in enumerate(values.papers, 1):
        marks = (
            Tick("v" if paper.state == "ada" else ""),
            Tick("x" if paper.state == "tidak" else ""),
            Tick("-" if paper.state == "tidak-perlu" else ""),
        )
        rows.append((str(n), paper.name, paper.need, kind(paper), *marks, paper.note))
    spare = str(len(rows) + 1)  # a line for what nobody thought of
    rows.append((spare, "", "", "", Tick(), Tick(), Tick(), ""))
    return rows


def _route_rows(values: ChecklistValues) -> list[Row]:
    rows: list[Row] = []
    for line in values.route:
        note: str | Choices = line.note
        if line.decision and not line.note:
            note = Choices(("setuju", "kembali ke ............", "tolak"))
        rows.append(
            (line.step, line.officer, line.deed, str(line.minutes), line.came, line.left, "", note)
        )
    return rows


def _head(c: "Canvas", values: ChecklistValues, edge: float) -> float:
    """Draw head, person and the two numbers; give the base line of the first section."""
    left = _LEFT
    if has_crest(values.head):
        crest(c, values.head, left, edge, 12.5 * MM, 14.5 * MM)
        left += 16 * MM
    name = values.head.name
    text(c, left, edge - 4.5 * MM, name, BOLD, fit_size(name, BOLD, 11, 114 * MM, 6))
    text(c, left, edge - 10.6 * MM, _TITLE, BOLD, 13.5)
    qr(c, _RIGHT - 15.7 * MM, edge + 2.2 * MM, 18 * MM, values.qr)
    text(c, _RIGHT - 16.5 * MM, edge - 5 * MM, "Kode berkas", REGULAR, 8, "r")
    text(c, _RIGHT - 16.5 * MM, edge - 10 * MM, values.file_code, BOLD, 12, "r")
    y = edge - 17 * MM
    rule(c, _LEFT, y, _RIGHT, y, 1.2)
    y -= 6 * MM
    received = short_moment(values.received, values.zone)
    person = (
        ("Pemohon", values.applicant, True),
        ("NIK", values.nik),
        ("Desa/kel.", values.village),
        ("Diterima", received),
    )
    low = pairs(c, _LEFT, y, 25 * MM, 92 * MM, person)
    service = pairs(c, _LEFT + 94 * MM, y, 18 * MM, 81 * MM, (("Layanan", values.service),))
    if not values.numbers:
        return min(low, service) - 3.7 * MM
    top = service + 1.8 * MM
    for i, (label, number) in enumerate(values.numbers[:2]):  # large: everybody looks for them
        x = _LEFT + (94 + 41 * i) * MM
        box(c, x, top, 40 * MM, 13.4 * MM, 1.0)
        text(c, x + 1.5 * MM, top - 3 * MM, label, REGULAR, 7.5)
        size = fit_size(number, BOLD, 18, 37 * MM, 8)
        text(c, x + 20 * MM, top - 11.2 * MM, number, BOLD, size, "c")
    return min(low, top - 13.4 * MM) - 3.7 * MM


def _papers(c: "Canvas", values: ChecklistValues, grid: Grid, rows: list[Row], y: float) -> float:
    """Draw section A; give the y below."""
    text(c, _LEFT, y, "A.  Pemeriksaan berkas", BOLD, 10.5)
    if values.visit_note:
        text(c, _RIGHT, y, values.visit_note, REGULAR, 9, "r")
    return grid.draw(c, _LEFT, y - _SECTION, rows)


def _result(c: "Canvas", values: ChecklistValues, y: float) -> None:
    y -= 6.5 * MM
    text(c, _LEFT, y, "Hasil verifikasi", BOLD, 10.5)
    tick_box(c, _LEFT + 34 * MM, y - 0.5 * MM, 4.2 * MM, "v" if values.result == "ms" else "")
    text(c, _LEFT + 40 * MM, y, "Memenuhi Syarat (MS)", REGULAR, 10)
    tick_box(c, _LEFT + 82 * MM, y - 0.5 * MM, 4.2 * MM, "v" if values.result == "tms" else "")
    text(c, _LEFT + 88 * MM, y, "Tidak Memenuhi Syarat (TMS)", REGULAR, 10)
    y -= 6.5 * MM
    by = f"Diverifikasi oleh {values.verified or '.' * 60}"
    room = _RIGHT - _LEFT - 40 * MM - width("Paraf", REGULAR, 9.5)
    text(c, _LEFT, y, by, REGULAR, fit_size(by, REGULAR, 9.5, room, 6.5))
    text(c, _RIGHT - 38 * MM, y, "Paraf", REGULAR, 9.5, "r")
    box(c, _RIGHT - 36 * MM, y + 8.6 * MM, 36 * MM, 10.6 * MM, THIN)


def _route(c: "Canvas", grid: Grid, rows: list[Row], y: float) -> float:
    text(c, _LEFT, y, "B.  Kendali berkas", BOLD, 10.5)
    own = "Tanggal, jam, dan paraf diisi sendiri oleh yang memegang berkas"
    text(c, _RIGHT, y, own, ITALIC, 8, "r")
    return grid.draw(c, _LEFT, y - _SECTION, rows) - 6 * MM


def _officials_notes(c: "Canvas", y: float) -> None:
    heading = "C.  Catatan pejabat (alasan dikembalikan atau ditolak, jeda)"
    text(c, _LEFT, y, heading, BOLD, 10.5)
    for n in range(2):
        low = y - (9 + 8 * n) * MM
        rule(c, _LEFT, low, _RIGHT, low, HAIR, (1, 2))


def _foot(c: "Canvas", values: ChecklistValues, page: int, pages: int) -> None:
    words = f"Ikut berkas sampai diarsipkan. {values.printed}".strip()
    text(c, _LEFT, 12.6 * MM, words, REGULAR, 7.5)
    text(c, _RIGHT, 12.6 * MM, f"Halaman {page} dari {pages}", REGULAR, 7.5, "r")
