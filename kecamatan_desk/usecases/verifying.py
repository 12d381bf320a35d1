"""What the office can say of a scanned code: is it its own, and is the letter still in force.

The answer states what the paper bears and what the register has as its number, day and fate; names
and whole NIKs are for who opens the file.
"""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.proof import ERRATUM as ERRATUM_PAPER
from kecamatan_desk.domain.proof import Claim, SlipCode, looks_like_code, read_code
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.persistence.tables import DocumentRecord, EventRecord, RequestRecord
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.copies import is_void
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.errata_letter import erratum_claim, erratum_made, erratum_number
from kecamatan_desk.usecases.papers import claim_of, letter_number_of, letters_due, newest_version
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.proof import is_ours
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Letter


class Verdict(StrEnum):
    """What is to be thought of a code."""

    IN_FORCE = "berlaku"
    NOT_HANDED = "belum-diserahkan"
    REPLACED = "diganti"
    VOID = "batal"
    MISMATCH = "tidak-cocok"
    UNKNOWN = "tidak-terdaftar"
    FORGED = "tanda-salah"
    FOREIGN = "kantor-lain"
    OTHER_MODE = "beda-data"
    SLIP = "kode-berkas"
    BROKEN = "tidak-utuh"
    NOT_OURS = "bukan-kode"


#: The paper may be relied on; everything else is a no.
GOOD = frozenset({Verdict.IN_FORCE, Verdict.NOT_HANDED})

TITLES = {
    Verdict.IN_FORCE: "Benar dan berlaku",
    Verdict.NOT_HANDED: "Benar, belum diserahkan",
    Verdict.REPLACED: "Sudah diganti",
    Verdict.VOID: "Tidak berlaku",
    Verdict.MISMATCH: "Tidak cocok dengan register",
    Verdict.UNKNOWN: "Tidak ada di register",
    Verdict.FORGED: "Kode tidak benar",
    Verdict.FOREIGN: "Bukan kode kantor ini",
    Verdict.OTHER_MODE: "Bukan kode data ini",
    Verdict.SLIP: "Kode berkas saja",
    Verdict.BROKEN: "Kode tidak utuh",
    Verdict.NOT_OURS: "Bukan kode surat",
}


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register knows of the letter a code names."""

    request_id: int
    file_code: str
    service: str  # as the office calls it
    paper: str  # title of the letter
    number: str  # the register's own spelling; empty: the paper bears none
    day: date
    version: int  # of the paper in hand
    newest: int  # of the versions kept
    fate: str  # "Diserahkan 14 Mei 2026"


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer. ``claim`` is what a code of ours says; None: nothing that could be trusted."""

    verdict: Verdict
    reason: str
    claim: Claim | None = None
    registered: Registered | None = None
    request_id: int | None = None  # of the file it names, where that exists

    @property
    def good(self) -> bool:
        """Whether the paper may be relied on."""
        return self.verdict in GOOD

    @property
    def title(self) -> str:
        """The verdict in a few words."""
        return TITLES[self.verdict]


def verify(work: UnitOfWork, typed: str) -> Verification:
    """Judge a scanned or typed code. NotAllowedError for who does not work on files."""
    work.require(*ON_FILES)
    code = read_code(typed)
    if code is None:
        return _unreadable(typed)
    practice = code.practice if isinstance(code, SlipCode) else code.claim.practice
    if practice is not work.practice:
        return Verification(Verdict.OTHER_MODE, _other_mode(practice))
    file_code = code.file_code if isinstance(code, SlipCode) else code.claim.file_code
    request = work.session.scalars(
        select(RequestRecord).where(RequestRecord.file_code == file_code)
    ).first()
    request_id = request.id if request else None
    if isinstance(code, SlipCode):
        return Verification(Verdict.SLIP, _slip(code, request), request_id=request_id)
    if not is_ours(work, code):
        verdict = Verdict.FORGED if request else Verdict.FOREIGN
        return Verification(verdict, _NOT_SIGNED[verdict])
    if request is None:
        said = f"Kode ini ditandatangani kunci kantor ini, tetapi berkas {file_code} " + _NO_RECORD
        return Verification(Verdict.UNKNOWN, said, code.claim)
    return _compared(work, code.claim, request)


_NO_RECORD = (
    "tidak ada di register. Mungkin data dipulihkan dari cadangan lama; cocokkan dengan buku "
    "register cetak."
)
_MISMATCH = (
    "Kode ini ditandatangani kunci kantor ini, tetapi isinya lain daripada register. "
    "Cocokkan nomor, tanggal, inisial dan angka NIK; laporkan kepada atasan."
)
_NOT_SIGNED = {
    Verdict.FORGED: "Tanda tangan kodenya tidak cocok dengan isinya: ada huruf atau angka yang "
    "berubah, atau kode ini tidak dibuat di kantor ini. Pindai sekali lagi; bila tetap begini, "
    "jangan dipakai.",
    Verdict.FOREIGN: "Kode ini tidak ditandatangani dengan kunci kantor ini, dan berkasnya tidak "
    "ada di sini. Surat dari kantor lain diperiksa di kantor itu.",
}


def _unreadable(typed: str) -> Verification:
    if looks_like_code(typed):
        said = (
            "Kode ini tidak utuh atau ada huruf yang bukan bagian kode. Pindai sekali lagi dari "
            "kode di kiri bawah surat."
        )
        return Verification(Verdict.BROKEN, said)
    said = (
        "Ini bukan kode surat dari program ini. Kode surat dimulai dengan "
        "KD1 (data kantor) atau KDX1 (data latihan)."
    )
    return Verification(Verdict.NOT_OURS, said)


def _other_mode(practice: bool) -> str:
    if practice:
        return (
            "Surat ini dari data LATIHAN: tidak berlaku, dan tidak dapat diperiksa di data "
            "kantor yang sesungguhnya."
        )
    return (
        "Surat ini dari data kantor yang sesungguhnya, sedangkan yang terbuka data LATIHAN. "
        "Periksa di data kantor."
    )


def _slip(code: SlipCode, request: RequestRecord | None) -> str:
    known = "Berkasnya tidak ada di sini."
    if request is not None:
        known = "Berkasnya ada di sini: tekan F3 lalu pindai kode ini untuk membukanya."
    return (
        f"Kode berkas saja ({code.file_code}): tidak membuktikan apa pun. {known} Yang "
        "membuktikan hanya kode pada suratnya."
    )


def _compared(work: UnitOfWork, claim: Claim, request: RequestRecord) -> Verification:
    """Hold a code of ours against the register."""
    if claim.paper == ERRATUM_PAPER:
        return _compared_erratum(work, claim, request)
    service = SERVICES[request.service]
    document = letter = None
    if claim.service == service.abbreviation and claim.paper <= len(service.letters):
        letter = service.letters[claim.paper - 1]
        document = _document(work, request, letter.template, claim.version)
    if letter is None or document is None:
        said = (
            f"Kode ini ditandatangani kunci kantor ini, tetapi surat ini (versi {claim.version}) "
            + _NO_RECORD
        )
        return Verification(Verdict.UNKNOWN, said, claim, None, request.id)
    known = _registered(work, request, letter, claim.version)
    verdict, said = _judged(work, claim, request, letter, document, known)
    return Verification(verdict, said, claim, known, request.id)


def _compared_erratum(work: UnitOfWork, claim: Claim, request: RequestRecord) -> Verification:
    """Hold the code of a ralat letter against the register; it counts from the day it was made."""
    document = _document(work, request, ERRATUM, claim.version)
    if document is None:
        said = f"Kode ini ditandatangani kunci kantor ini, tetapi ralat ke-{claim.version} "
        return Verification(Verdict.UNKNOWN, said + _NO_RECORD, claim, None, request.id)
    day = work.calendar.local_date(erratum_made(work, request, claim.version))
    number = erratum_number(request.letter_number or "", claim.version)
    known = Registered(
        request.id,
        request.file_code,
        SERVICES[request.service].label,
        document.title,
        number,
        day,
        claim.version,
        claim.version,
        _fate(work, request),
    )
    facts = json.loads(document.facts)
    if claim != erratum_claim(work, request, claim.version, day, facts):
        return Verification(Verdict.MISMATCH, _MISMATCH, claim, known, request.id)
    said = (
        f"Ralat ini dibuat kantor ini dan cocok dengan register. Bacalah bersama surat Nomor "
        f"{request.letter_number}, yang tetap berlaku selain yang diralat."
    )
    return Verification(Verdict.IN_FORCE, said, claim, known, request.id)


def _document(
    work: UnitOfWork, request: RequestRecord, kind: str, version: int
) -> DocumentRecord | None:
    return work.session.scalars(
        select(DocumentRecord).where(
            DocumentRecord.request_id == request.id,
            DocumentRecord.kind == kind,
            DocumentRecord.version == version,
        )
    ).first()


def _judged(
    work: UnitOfWork,
    claim: Claim,
    request: RequestRecord,
    letter: Letter,
    document: DocumentRecord,
    known: Registered,
) -> tuple[Verdict, str]:
    if claim != claim_of(work, request, letter, claim.version, json.loads(document.facts)):
        return Verdict.MISMATCH, _MISMATCH
    if is_void(request):
        return Verdict.VOID, f"Surat ini tidak berlaku lagi. {known.fate}; alasannya di berkas."
    newer = _newer(work, request, letter, claim.version)
    if newer:
        return Verdict.REPLACED, (
            f"Surat ini versi {claim.version} dan sudah diganti versi {newer}. Yang berlaku "
            f"hanya versi {newer}, dengan nomor yang sama."
        )
    if request.status == Status.DONE:
        said = (
            "Kode ini dibuat kantor ini dan cocok dengan register. Surat di tangan harus sama "
            "dengan yang tertulis di bawah."
        )
        if _has_errata(work, request):
            said += " Ada surat ralat yang membetulkannya: mintalah, dan baca bersama."
        return Verdict.IN_FORCE, said
    if any(job.kind == letter.template for job in letters_due(work, request.id)):
        return Verdict.REPLACED, (
            "Data surat ini sudah diperbaiki sesudah dicetak; versi barunya belum dicetak. Buka "
            "berkasnya, lalu cetak yang baru."
        )
    return Verdict.NOT_HANDED, (
        "Kode ini dibuat kantor ini dan cocok dengan register, tetapi surat ini belum dicatat "
        "diserahkan. Pastikan sudah ditandatangani dan dicap."
    )


def _newer(work: UnitOfWork, request: RequestRecord, letter: Letter, version: int) -> int:
    """Give the newest version that took a version's place; 0 for none.

    One drawn after hand-over does not: the applicant holds the one that was handed to him.
    """
    query = select(func.max(DocumentRecord.version)).where(
        DocumentRecord.request_id == request.id,
        DocumentRecord.kind == letter.template,
        DocumentRecord.version > version,
    )
    handed = _ended(work, request) if request.status == Status.DONE else None
    if handed is not None:
        query = query.where(DocumentRecord.event_seq < handed.seq)
    return work.session.scalar(query) or 0


def _ended(work: UnitOfWork, request: RequestRecord) -> EventRecord | None:
    """Give the event that ended a request the way it now stands."""
    return work.session.scalars(
        select(EventRecord)
        .where(EventRecord.request_id == request.id, EventRecord.status == request.status)
        .order_by(EventRecord.seq)
        .limit(1)
    ).first()


def _registered(
    work: UnitOfWork, request: RequestRecord, letter: Letter, version: int
) -> Registered:
    day = claim_of(work, request, letter, version, {}).day
    return Registered(
        request.id,
        request.file_code,
        SERVICES[request.service].label,
        letter.title,
        letter_number_of(request, letter),
        day,
        version,
        newest_version(work, request.id, letter.template),
        _fate(work, request),
    )


def _fate(work: UnitOfWork, request: RequestRecord) -> str:
    """Give in words how a request with a letter stands."""
    word = {
        Status.DONE: "Diserahkan",
        Status.REFUSED: "Ditolak",
        Status.CANCELLED: "Dibatalkan",
    }.get(Status(request.status))
    event = _ended(work, request)
    if word is None or event is None:
        return "Belum diserahkan"
    day = long_date(work.calendar.local_date(moment(event.at)))
    return f"{word} {day}" + ("; ada surat ralat" if _has_errata(work, request) else "")


def _has_errata(work: UnitOfWork, request: RequestRecord) -> bool:
    found = select(func.count(DocumentRecord.id)).where(
        DocumentRecord.request_id == request.id, DocumentRecord.kind == ERRATUM
    )
    return bool(work.session.scalar(found))
