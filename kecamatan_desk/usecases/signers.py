"""Who really signed a letter: the block and the book name him, not who was expected to (rule 1).

The letter is drawn at register for the official who would sign that day. When a superior in line,
a Plh. of a later day or another Kasi signs, the letter is drawn anew with his block, and a row
beside the book line names him; number and date stay.
"""

import json

from sqlalchemy import select

from kecamatan_desk.persistence.chain import Link, canonical
from kecamatan_desk.persistence.tables import EventRecord, LineRecord, RequestRecord
from kecamatan_desk.usecases.booking import add_line_status
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.people import Signatory, signatory_as, signatory_label
from kecamatan_desk.workflows.engine import Act
from kecamatan_desk.workflows.vocabulary import Letter, Signing

#: The step at which a letter that was drawn at register is signed.
SIGNATURE = "tanda-tangan"
#: The kind of the status row that names another signatory than the line does.
SIGNED = "ditandatangani"


def who_signed(work: UnitOfWork, request: RequestRecord, letter: Letter) -> Signatory | None:
    """Give who has signed a letter, in the office he signed in; None while nobody has."""
    if letter.step != "register" or letter.signing is Signing.OPERATOR:
        return None
    event = work.session.scalars(
        select(EventRecord)
        .where(
            EventRecord.request_id == request.id,
            EventRecord.act == Act.ADVANCE.value,
            EventRecord.step == SIGNATURE,
        )
        .order_by(EventRecord.seq.desc())
        .limit(1)
    ).first()
    if event is None:
        return None
    told = json.loads(event.payload)
    decided = told.get("decided", {"user_id": event.user_id, "role": event.role})
    return signatory_as(work, decided["user_id"], decided["role"], told.get("acting", ""))


def note_signer(work: UnitOfWork, link: Link, request: RequestRecord, signer: Signatory) -> None:
    """Write beside the request's book line who signed, when the line expects another."""
    if request.line_id is None:
        return
    line = work.session.get_one(LineRecord, request.line_id)
    label = signatory_label(signer)
    if line.signatory and line.signatory != label:
        facts = canonical({"signatory": label})
        add_line_status(work, link, line.id, SIGNED, "", facts)
