"""What a deed left behind when the program ended right after it: told, and completed.

The deed and its number are in the file the moment they are committed (reliability P1); the answer
on screen and the letter may be missing. Who did it is told at his next sign-in, and the letter is
drawn then, before anybody has to open the file.
"""

import json
import logging
from dataclasses import dataclass

from sqlalchemy import select

from kecamatan_desk.documents.profiles import LETTER, Profile
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.persistence.tables import DocumentRecord, EventRecord, RequestRecord
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.event_words import told
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.papers import letters_due
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act, Status

log = logging.getLogger(__name__)

#: Services whose letter is due as soon as it has its number; the others draw at their end.
_DUE_AT_NUMBER = tuple(
    code for code, one in SERVICES.items() if any(paper.step == "register" for paper in one.letters)
)
_MOST = 50  # letters drawn at one sign-in; the rest at the next, or when their file is opened


@dataclass(frozen=True, slots=True)
class DoneUnseen:
    """The user's own last deed at a file, whose answer he may never have seen.

    ``number``: the agenda number it gave, as papers write it, or "". ``due``: its letter is not
    drawn yet. ``words``: the deed as the history words it.
    """

    request_id: int
    file_code: str
    words: str
    number: str
    letter: str
    due: bool

    @property
    def sentence(self) -> str:
        """What he is told."""
        if not self.number:
            done = f"Berkas {self.file_code} sudah tersimpan sebelum program terhenti"
            return f"{done}: {self.words}. Jangan diulang."
        paper = ""
        if self.letter:
            paper = "; suratnya sedang dibuat" if self.due else "; suratnya sudah dibuat"
        return (
            f"Nomor {self.number} sudah diberikan untuk berkas {self.file_code} sebelum program "
            f"terhenti{paper}. Jangan diulang."
        )


def done_unseen(work: UnitOfWork, request_id: int, version: int) -> DoneUnseen | None:
    """Give the user's deed that moved a request on from a version; None when it was another's.

    ``version``: as he last had it on screen.
    """
    request = work.session.get(RequestRecord, request_id)
    if request is None or request.version <= version or request.status == Status.DRAFT:
        return None
    acts = [act.value for act in Act]
    event = work.session.scalars(
        select(EventRecord)
        .where(EventRecord.request_id == request_id, EventRecord.act.in_(acts))
        .order_by(EventRecord.seq.desc())
        .limit(1)
    ).first()
    if event is None or event.user_id != work.user.id:
        return None
    payload = json.loads(event.payload)
    numbered = event.step == "register" and event.act == Act.ADVANCE
    number = ""
    if numbered and request.agenda_number is not None:
        number = agenda_display(request.agenda_number, request.agenda_suffix)
    service = SERVICES[request.service]
    activity = next((s.activity for s in service.steps if s.code == event.step), "")
    return DoneUnseen(
        request_id=request_id,
        file_code=request.file_code,
        words=told(
            event.act,
            payload,
            work.zone,
            head=activity if event.act == Act.ADVANCE else "",
            family=service.family,
        ),
        number=number,
        letter=(request.letter_number or "") if number else "",
        due=bool(letters_due(work, request_id)),
    )


def complete_missing(desk: Desk, profile: Profile = LETTER) -> tuple[str, ...]:
    """Draw the letters that numbered files lack; give their numbers (or file codes).

    A job for the second worker, once after a sign-in. What cannot be drawn stays for who opens
    the file; nothing of it is lost.
    """
    drawn = []
    for request_id, name in desk.ask(_lacking):
        try:
            if desk.ask(letters_due, request_id, profile):
                complete_documents(desk, request_id, profile)
                drawn.append(name)
        except (DeskError, OSError, ValueError):
            log.exception("letter of request %s not completed", request_id)
    return tuple(drawn)


def _lacking(work: UnitOfWork) -> list[tuple[int, str]]:
    """Give the running, numbered requests without any paper, the oldest first."""
    drawn = select(DocumentRecord.id).where(DocumentRecord.request_id == RequestRecord.id)
    found = work.session.execute(
        select(RequestRecord.id, RequestRecord.letter_number, RequestRecord.file_code)
        .where(
            RequestRecord.waits_for.is_not(None),
            RequestRecord.line_id.is_not(None),
            RequestRecord.service.in_(_DUE_AT_NUMBER),
            RequestRecord.form != "register",
            ~drawn.exists(),
        )
        .order_by(RequestRecord.id)
        .limit(_MOST)
    )
    return [(request_id, number or code) for request_id, number, code in found]
