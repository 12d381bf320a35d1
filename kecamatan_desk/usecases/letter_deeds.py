"""What may be done with a kept letter now, and in a few words why not: for the Surat tab."""

from dataclasses import dataclass

from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.persistence.tables import DocumentRecord, RequestRecord
from kecamatan_desk.usecases.copies import copies_of, is_first_print, is_void
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.errata import ISSUERS, why_no_erratum
from kecamatan_desk.usecases.moving import place_of
from kecamatan_desk.usecases.papers import document_sha, layout_of, replaced_by
from kecamatan_desk.usecases.processing.correcting import ERRATUM
from kecamatan_desk.usecases.refitting import who_lays_out
from kecamatan_desk.usecases.signers import REPLACERS, signer_choices
from kecamatan_desk.usecases.values import CopyRef
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status, current_step


@dataclass(frozen=True, slots=True)
class LetterDeeds:
    """For each deed why it is not possible; "" where it is."""

    document_id: int
    prints: str
    copy: str
    fit: str
    paper: str
    signer: str
    erratum: str
    profile: Profile  # on which the letter lies
    copies: tuple[CopyRef, ...]


def letter_deeds(work: UnitOfWork, document_id: int) -> LetterDeeds:
    """Tell what may be done with a kept paper; NotAllowedError for who may not read it."""
    document_sha(work, document_id)
    document = work.session.get_one(DocumentRecord, document_id)
    request = work.session.get_one(RequestRecord, document.request_id)
    newest = replaced_by(work, document)
    old = f"Sudah diganti versi {newest}." if newest else ""
    first = is_first_print(work, request, document)
    changing = old or _why_unchangeable(work, request, document)
    one_page = "Sudah 1 halaman." if document.pages == 1 else ""
    return LetterDeeds(
        document_id,
        prints=old or ("" if first else _only_copies(request)),
        copy=old or ("Masih cetakan pertama; pakai Cetak." if first else ""),
        fit=changing or one_page,
        paper=changing,
        signer=old or _why_same_signer(work, request, document),
        erratum=old or _why_no_erratum(work, request),
        profile=layout_of(document).profile,
        copies=copies_of(work, document_id),
    )


def _only_copies(request: RequestRecord) -> str:
    return "Surat batal; hanya salinan." if is_void(request) else "Sudah diserahkan; hanya salinan."


def _why_unchangeable(work: UnitOfWork, request: RequestRecord, document: DocumentRecord) -> str:
    if document.kind == ERRATUM:
        return "Ralat tidak diubah lagi."
    step = current_step(SERVICES[request.service], place_of(request))
    if request.status != Status.RUNNING or step is None:
        return "Sudah diserahkan." if request.status == Status.DONE else "Berkas sudah berakhir."
    may = set(who_lays_out(step)) & set(work.roles)
    return "" if may else "Hanya petugas langkah ini."


def _why_same_signer(work: UnitOfWork, request: RequestRecord, document: DocumentRecord) -> str:
    if document.kind == ERRATUM:
        return "Ralat tidak diubah lagi."
    if document.kind != SERVICES[request.service].letters[0].template:
        return "Bukan surat bernomor."
    if request.status != Status.RUNNING:
        return "Sudah diserahkan." if request.status == Status.DONE else "Berkas sudah berakhir."
    if not set(REPLACERS) & set(work.roles):
        return "Hanya Register, Pelayanan, dan pejabat."
    return "" if signer_choices(work, request.id) else "Tidak menunggu tanda tangan."


def _why_no_erratum(work: UnitOfWork, request: RequestRecord) -> str:
    if why := why_no_erratum(request, SERVICES[request.service]):
        return why
    return "" if set(ISSUERS) & set(work.roles) else "Hanya Petugas Register atau Pelayanan."
