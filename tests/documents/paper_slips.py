"""The counter's papers, drawn for a cast."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from kecamatan_desk.documents.endings import draw_papers_back, draw_refusal
from kecamatan_desk.documents.profiles import LETTER, SLIP, TICKET, Profile
from kecamatan_desk.documents.requirement_sheet import draw_requirement_sheet
from kecamatan_desk.documents.slip_values import (
    ChecklistValues,
    FolderLine,
    FolderValues,
    HandedPaper,
    HandoverValues,
    PaperLine,
    PapersBackValues,
    ReceiptItem,
    ReceiptValues,
    RefusalValues,
    RequiredPaper,
    RequirementSheetValues,
    ReturnSlipValues,
    RouteLine,
    Shortage,
    TicketValues,
)
from kecamatan_desk.documents.slips import (
    draw_checklist,
    draw_folder_receipt,
    draw_handover,
    draw_receipt,
    draw_return_slip,
)
from kecamatan_desk.documents.ticket import draw_tickets
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service
from tests.documents.paper_cast import Cast
from tests.documents.samples import DAY, NINE

CODE = "26-000123-K"
QR = f"KD1:{CODE}"
NIK = "9901015404910001"
_KASI = "Kepala Seksi Pelayanan dan Perizinan"


def _service(cast: Cast) -> Service:
    """Give the service with the most papers to the longest cast."""
    if not cast.longest:
        return SERVICES["sktm"]
    return max(SERVICES.values(), key=_papers_of)


def _papers_of(service: Service) -> int:
    return len(service.requirements)


def _papers(cast: Cast) -> tuple[PaperLine, ...]:
    states: tuple[tuple[str, str], ...] = (
        ("ada", ""),
        ("ada", "2 lembar"),
        ("tidak", cast.words[:80]),
        ("tidak-perlu", ""),
    )
    return tuple(
        PaperLine(paper.name, paper.kind, state, note, paper.need.capitalize())  # type: ignore[arg-type]
        for n, paper in enumerate(_service(cast).requirements)
        for state, note in (states[n % 4],)
    )


def receipt(cast: Cast, profile: Profile, count: int = 1) -> bytes:
    """Tanda terima of one request, or of several."""
    items = tuple(
        ReceiptItem(f"26-00012{n}-K", cast.service, NINE.replace(minute=29 + n), _papers(cast))
        for n in range(3, 3 + count)
    )
    values = ReceiptValues(
        cast.head, QR, cast.person, NIK, cast.person if cast.longest else "sendiri", items, NINE,
        "WIB", 15, cast.officer,
    )  # fmt: skip
    return draw_receipt(values, profile)


def receipts(cast: Cast, profile: Profile) -> bytes:
    """Tanda terima of three requests."""
    return receipt(cast, profile, 3)


def folder(cast: Cast, profile: Profile) -> bytes:
    """Tanda terima of what a village officer brought."""
    lines = tuple(
        FolderLine(f"26-{n:06d}-K", cast.person, NIK, cast.service, "7 dari 12")
        for n in range(120, 165 if cast.longest else 140)
    )
    values = FolderValues(
        cast.head, CODE, QR, cast.person, cast.village, NINE, "WIB", cast.officer, lines
    )
    return draw_folder_receipt(values, profile)


def checklist(cast: Cast, profile: Profile) -> bytes:
    """Lembar ceklis dan kendali berkas."""
    route = tuple(
        RouteLine(
            str(n),
            step.actor.label,
            (step.word or step.code).lower(),
            step.minutes,
            "12-05 09.14" if n < 4 else "",
            "12-05 09.16" if n < 4 else "",
            cast.officer if n < 4 else "",
            decision=step.decision,
        )
        for n, step in enumerate(_service(cast).steps[1:], 2)
    )
    values = ChecklistValues(
        cast.head, CODE, QR, cast.person, NIK, cast.village, cast.service, NINE, "WIB",
        (("No. Antrian (langkah 3)", "C-012"), ("No. Agenda (langkah 4)", "017.A")),
        _papers(cast), route, "ms", f"{cast.officer} (Kasi), 13-05-2026 08.35 WIB",
        "Kunjungan ke-2" if cast.longest else "", "Diterbitkan 13-05-2026 08.35 WIB.",
    )  # fmt: skip
    return draw_checklist(values, profile)


def return_slip(cast: Cast, profile: Profile, directed: str = "") -> bytes:
    """Lembar pengembalian: what lacks, or where to go instead."""
    shortages = tuple(
        Shortage(paper.name, cast.words[:80], "Lengkapi atau perbaiki berkas ini", paper.source)
        for paper in _service(cast).requirements[: 12 if cast.longest else 2]
    )
    values = ReturnSlipValues(
        cast.head, CODE, QR, cast.person, NIK, cast.service, 2, NINE, "WIB",
        () if directed else shortages, None if directed else date(2026, 6, 11), _KASI,
        cast.officer, cast.words if directed or cast.longest else "", directed,
    )  # fmt: skip
    return draw_return_slip(values, profile)


def closed_slip(cast: Cast, profile: Profile) -> bytes:
    """Lembar pengembalian of a request that cannot be served here."""
    return return_slip(cast, profile, f"Kantor Pertanahan {cast.head.regency}")


def refusal(cast: Cast, profile: Profile) -> bytes:
    """Lembar pemberitahuan penolakan."""
    values = RefusalValues(
        cast.head, CODE, QR, cast.person, NIK, cast.service, NINE, "WIB",
        cast.words if cast.longest else "Pemohon masih tercatat sebagai warga kecamatan lain.",
        f"{_service(cast).title}, langkah 5: {_service(cast).steps[4].activity}.", "017.A",
        _KASI, cast.officer,
    )  # fmt: skip
    return draw_refusal(values, profile)


def papers_back(cast: Cast, profile: Profile) -> bytes:
    """Tanda terima pengembalian berkas."""
    values = PapersBackValues(
        cast.head, CODE, QR, cast.person, NIK, cast.service, "Dibatalkan", _papers(cast), NINE,
        "WIB", cast.officer,
    )  # fmt: skip
    return draw_papers_back(values, profile)


def handover(cast: Cast, profile: Profile) -> bytes:
    """Bukti serah terima."""
    number = cast.number.format(n=12, paper="SKTM")
    titles = [letter.title for service in SERVICES.values() for letter in service.letters]
    handed = [HandedPaper("Surat Rekomendasi Keterangan Tidak Mampu", number, DAY)]
    if cast.longest:
        handed = [HandedPaper(max(titles, key=len), number, date(2026, 9, 23))] * 2
    values = HandoverValues(
        cast.head, CODE, QR, cast.person, NIK, cast.service, tuple(handed), cast.person,
        "Keluarga yang serumah" if cast.longest else "Istri", "KTP-el", NINE, "WIB", cast.officer,
    )  # fmt: skip
    return draw_handover(values, profile)


def requirement_sheet(cast: Cast, _profile: Profile) -> bytes:
    """Lembar persyaratan."""
    papers = tuple(
        RequiredPaper(paper.name, paper.kind, "Wajib" if n < 3 else "Bila ada", paper.source)
        for n, paper in enumerate(_service(cast).requirements)
    )
    values = RequirementSheetValues(
        cast.head,
        cast.service,
        papers,
        "15 menit menurut SOP, apabila berkas lengkap dan pejabat berada di tempat",
        _service(cast).letters[0].title,
        "Senin sampai Kamis 08.00-12.00 dan 13.00-16.00; Jumat 08.00-11.30 dan 13.00-16.30 WIB",
        "Dicetak 12-05-2026. Persyaratan dapat berubah; tanyakan kepada petugas.",
    )
    return draw_requirement_sheet(values)


def tickets(cast: Cast, profile: Profile) -> bytes:
    """Queue tickets: one off a roll, four on a sheet."""
    count = 1 if profile.sheet.width < 100 else 4
    issued = datetime(2026, 9, 30, 9, 14) if cast.longest else NINE
    values = [
        TicketValues(cast.head, f"C-{n:03d}", cast.service, issued, "WIB", CODE, QR)
        for n in range(12, 12 + count)
    ]
    return draw_tickets(values, profile)


#: name -> how it is drawn, the profile of its own, and the further papers it may lie on
SLIPS: dict[str, tuple[Callable[[Cast, Profile], bytes], Profile, tuple[str, ...]]] = {
    name: (draw, SLIP, ("F4-2", "A5", "A4", "F4", "FOLIO"))
    for name, draw in {
        "tanda-terima": receipt,
        "tanda-terima-beberapa": receipts,
        "tanda-terima-titipan": folder,
        "pengembalian-tms": return_slip,
        "pengembalian-ditutup": closed_slip,
        "penolakan": refusal,
        "pengembalian-berkas": papers_back,
        "serah-terima": handover,
    }.items()
}
SLIPS |= {
    "ceklis": (checklist, LETTER, ("A4", "F4", "FOLIO", "LEGAL")),
    "persyaratan": (requirement_sheet, LETTER, ("A4",)),
    "tiket": (tickets, TICKET, ("T80", "T58", "A4", "F4")),
}


def slip(name: str, cast: Cast, paper: str) -> bytes:
    """Draw a slip on a paper."""
    draw, profile, _ = SLIPS[name]
    return draw(cast, replace(profile, paper=paper))
