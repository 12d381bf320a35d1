"""What every paper of the office bears: its head, the signature place, a slip's code, the foot."""

from datetime import date

from sqlalchemy import select

from kecamatan_desk.documents.values import OfficeHead, SignatureBlock
from kecamatan_desk.domain.indonesian import long_date
from kecamatan_desk.domain.proof import slip_text
from kecamatan_desk.persistence.tables import EventRecord, PassRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.people import Signatory
from kecamatan_desk.usecases.settings import load_logo
from kecamatan_desk.workflows.engine import Act


def office_head(work: UnitOfWork) -> OfficeHead:
    """Give the letterhead as the office has set it."""
    return head_of(work.office, load_logo(work.session), practice=work.practice)


def head_of(office: OfficeProfile, logo: bytes | None, *, practice: bool) -> OfficeHead:
    """Give the letterhead of a profile, stored or not."""
    return OfficeHead(
        government=f"PEMERINTAH {office.regency.upper()}",
        name=f"KECAMATAN {office.name.upper()}",
        address=office.address,
        contact=office.contact,
        place=office.place or office.name,
        regency=office.regency,
        logo=logo,
        practice=practice,
    )


def signature_block(work: UnitOfWork, signer: Signatory, day: date) -> SignatureBlock:
    """Give the block as it prints, with place and date."""
    place = work.office.place or work.office.name
    return SignatureBlock(
        f"{place}, {long_date(day)}", signer.titles, signer.name, signer.rank, signer.nip
    )


def unsigned_block(office: OfficeProfile, place_date: str) -> SignatureBlock:
    """Give the Camat's place in an office that has nobody yet for it: where a name will stand."""
    return SignatureBlock(place_date, (("", f"CAMAT {office.name.upper()},"),), "(nama pejabat)")


def qr_text(work: UnitOfWork, file_code: str) -> str:
    """Give what the code on a slip says; papers of the practice mode say so."""
    return slip_text(work.practice, file_code)


def printed_by(work: UnitOfWork) -> str:
    """Give what stands at the foot of a page: when and by whom it was printed."""
    now = work.now.astimezone(work.zone)
    label = work.roles[0].label if work.roles else ""
    return f"Dicetak {now:%d-%m-%Y %H.%M} {work.office.zone_label} oleh {work.user.name} ({label})."


def last_event(work: UnitOfWork, request_id: int, *acts: Act) -> EventRecord | None:
    """Give the newest event of these acts in a request's life."""
    return work.session.scalars(
        select(EventRecord)
        .where(EventRecord.request_id == request_id, EventRecord.act.in_([a.value for a in acts]))
        .order_by(EventRecord.seq.desc())
        .limit(1)
    ).first()


def deciding_pass(work: UnitOfWork, request_id: int, act: str) -> PassRecord:
    """Give the newest stay that ended with an act: who decided, though another noted it."""
    return work.session.scalars(
        select(PassRecord)
        .where(PassRecord.request_id == request_id, PassRecord.act == act)
        .order_by(PassRecord.id.desc())
        .limit(1)
    ).one()
