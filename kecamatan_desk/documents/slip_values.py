"""What slips are made of: frozen values, ready to be drawn. Needs no PDF library."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from kecamatan_desk.documents.values import OfficeHead

PaperState = Literal["", "ada", "tidak", "tidak-perlu"]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of a checklist; the state "" is an open line."""

    name: str
    kind: str = ""  # Asli, FC, Legalisir
    state: PaperState = ""
    note: str = ""
    need: str = ""  # Wajib, Bersyarat, Tambahan


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One request on a receipt."""

    file_code: str
    service: str
    ready: datetime | None  # promised time
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class ReceiptValues:
    """Tanda terima berkas of one applicant, with one request or several."""

    head: OfficeHead
    qr: str
    applicant: str
    nik: str  # whole; masked on the paper
    run_by: str  # "sendiri", or who runs the errand
    items: tuple[ReceiptItem, ...]
    received: datetime
    zone: str  # WIB, WITA, WIT
    minutes: int  # norm of the SOP
    officer: str
    officer_title: str = "Petugas Pelayanan"
    queue_note: str = "diberikan setelah verifikasi"
    leaves: tuple[str, ...] = ("Lembar 1: untuk pemohon", "Lembar 2: untuk berkas")


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One request that a village officer brought."""

    file_code: str
    applicant: str
    nik: str
    service: str
    papers: str  # "7 dari 7"


@dataclass(frozen=True, slots=True)
class FolderValues:
    """Receipt of a village's folder: requests of several applicants, one bearer."""

    head: OfficeHead
    code: str
    qr: str
    bearer: str
    village: str
    received: datetime
    zone: str
    officer: str
    lines: tuple[FolderLine, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """One paper that is missing or faulty, what to do about it and where."""

    document: str
    shortage: str
    remedy: str
    where: str


@dataclass(frozen=True, slots=True)
class ReturnSlipValues:
    """Lembar pengembalian berkas (TMS). ``directed`` is set when the request is closed."""

    head: OfficeHead
    file_code: str
    qr: str
    applicant: str
    nik: str
    service: str
    visit: int  # 1 at the first return
    returned: datetime
    zone: str
    shortages: tuple[Shortage, ...]
    back_by: date | None
    signer_title: str
    signer: str
    note: str = ""
    directed: str = ""  # "Kantor Pertanahan …": cannot be served here


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One row of the routing strip."""

    step: str
    officer: str
    deed: str
    minutes: int
    came: str = ""
    left: str = ""
    note: str = ""
    decision: bool = False  # offers setuju / kembali / tolak to the pen while the note is empty


@dataclass(frozen=True, slots=True)
class ChecklistValues:
    """Lembar ceklis dan kendali berkas: travels on top of the file."""

    head: OfficeHead
    file_code: str
    qr: str
    applicant: str
    nik: str
    village: str
    service: str
    received: datetime
    zone: str
    numbers: tuple[tuple[str, str], ...]  # large boxes: ("No. Antrian (langkah 3)", "C-012")
    papers: tuple[PaperLine, ...]
    route: tuple[RouteLine, ...]
    result: Literal["", "ms", "tms"] = ""
    verified: str = ""  # "JOKO SURYADARMA, S.Sos. (Kasi), 13-05-2026 08.35 WIB"
    visit_note: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class TicketValues:
    """Queue ticket for an 80 mm roll."""

    head: OfficeHead
    number: str
    service: str
    issued: datetime
    zone: str
    file_code: str
    qr: str


@dataclass(frozen=True, slots=True)
class HandedPaper:
    """A paper given to the receiver."""

    title: str
    number: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class HandoverValues:
    """Bukti serah terima: who received which papers."""

    head: OfficeHead
    file_code: str
    qr: str
    applicant: str
    nik: str
    service: str
    papers: tuple[HandedPaper, ...]
    receiver: str
    relationship: str  # "Pemohon sendiri", "Istri"
    identity: str  # what was shown: "KTP-el"
    handed: datetime
    zone: str
    officer: str
    officer_title: str = "Petugas Pelayanan"
    leaves: tuple[str, ...] = field(default=("Lembar 1: untuk penerima", "Lembar 2: untuk berkas"))


@dataclass(frozen=True, slots=True)
class RefusalValues:
    """Lembar pemberitahuan penolakan: why, on what basis, where to object."""

    head: OfficeHead
    file_code: str
    qr: str
    applicant: str
    nik: str  # whole; masked on the paper
    service: str
    refused: datetime
    zone: str
    reason: str
    basis: str  # the step of the SOP at which it was refused
    agenda: str  # the agenda number that stays in the book; empty: none was given
    signer_title: str
    signer: str
    objection: str = "Sekretaris Kecamatan"
    leaves: tuple[str, ...] = ("Lembar 1: untuk pemohon", "Lembar 2: untuk berkas")


@dataclass(frozen=True, slots=True)
class PapersBackValues:
    """Tanda terima pengembalian berkas: the papers an applicant gets back when a request ends."""

    head: OfficeHead
    file_code: str
    qr: str
    applicant: str
    nik: str  # whole; masked on the paper
    service: str
    ended: str  # "Ditolak", "Dibatalkan", …
    papers: tuple[PaperLine, ...]
    returned: datetime
    zone: str
    officer: str
    officer_title: str = "Petugas Pelayanan"
    leaves: tuple[str, ...] = ("Lembar 1: untuk pemohon", "Lembar 2: untuk berkas")


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """One paper of a service's requirements, as the applicant reads it."""

    name: str
    kind: str  # Asli, Fotokopi, Legalisir
    need: str  # "Wajib", "Bila jenis permohonan: Hilang", …
    source: str  # where to get it


@dataclass(frozen=True, slots=True)
class RequirementSheetValues:
    """Lembar persyaratan of one service."""

    head: OfficeHead
    service: str
    papers: tuple[RequiredPaper, ...]
    time: str  # "15 menit, apabila berkas lengkap …"
    product: str  # what the applicant gets
    hours: str  # "Senin–Kamis 08.00–16.00; Jumat 08.00–16.30"
    printed: str
