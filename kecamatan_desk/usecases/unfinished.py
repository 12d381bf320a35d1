"""What a deed left behind when the program ended right after it: told, and completed.

The deed and its number are in the file the moment they are committed (reliability P1); the answer
on screen and the letter may be missing. Who did it is told at his next sign-in, and the letter is
drawn then, before anybody has to open the file.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from kecamatan_desk.documents import profiles
from kecamatan_desk.documents.profiles import Profile
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.indonesian import short_date
from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.persistence.tables import DocumentRecord, EventRecord, RequestRecord
from kecamatan_desk.persistence.types import moment
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.event_words import BOOK, FILE, LETTER, NUMBER, OFFICE, WORDS
from kecamatan_desk.usecases.history import Names, what_of
from kecamatan_desk.usecases.jobs import complete_documents
from kecamatan_desk.usecases.papers import letters_due
from kecamatan_desk.usecases.secrecy import is_hidden, shown_person
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Act

log = logging.getLogger(__name__)

#: Services whose letter is due as soon as it has its number; the others draw at their end.
_DUE_AT_NUMBER = tuple(
    code for code, one in SERVICES.items() if any(paper.step == "register" for paper in one.letters)
)
_MOST = 50  # letters drawn at one sign-in; the rest at the next, or when their file is opened


#: Kinds of acts a user is told of; what he looked at, printed or took out he may do again.
_TOLD_KINDS = (FILE, LETTER, NUMBER, BOOK, OFFICE)
#: Acts of these kinds that the program does by itself, or that are no more than paper.
_BY_ITSELF = frozenset(
    {
        Act.EXPIRE.value,
        "ajukan",  # a draft saved while it is typed: the form comes back and says so
        "surat",
        "salinan",
        "cetak-buku",
        "cetak-penutupan",
        "buku-halaman",
        "kunci-baru",
    }
)
_TOLD = tuple(
    act for act, word in WORDS.items() if word.kind in _TOLD_KINDS and act not in _BY_ITSELF
)


@dataclass(frozen=True, slots=True)
class DoneUnseen:
    """The user's own last deed, whose answer he may never have seen.

    ``request_id``: None where it was done to no file. ``number``: the agenda number it gave, as
    papers write it, or "". ``letter``: the number of the letter it was done to, or "". ``due``:
    the letter is not drawn yet. ``words``: the deed as the history words it. ``signed``,
    ``initialled``: by the user himself. ``others``: his deeds before it that he may not have seen
    either.
    """

    request_id: int | None
    file_code: str
    applicant: str
    words: str
    at: str
    number: str
    letter: str
    due: bool
    signed: bool
    initialled: bool
    others: int

    @property
    def sentence(self) -> str:
        """What he is told."""
        before = f"sebelum program terhenti ({self.at})"
        again = "Jangan diulang."
        if self.others:
            again = (
                f"Juga {self.others} pekerjaan Anda sebelum itu sudah tersimpan. Jangan diulang."
            )
        whose = f" atas nama {self.applicant}" if self.applicant else ""
        if self.number:
            paper = ""
            if self.letter:
                paper = "; suratnya sedang dibuat" if self.due else "; suratnya sudah dibuat"
            return (
                f"Nomor {self.number} sudah diberikan untuk berkas {self.file_code}{whose} "
                f"{before}{paper}. {again}"
            )
        if self.request_id is None:
            return f"Sudah tersimpan {before}: {self.words}. {again}"
        if self.signed or self.initialled:
            deed = "tandatangani" if self.signed else "paraf dan ajukan kepada Camat"
            what = f"Surat {self.letter}" if self.letter else f"Berkas {self.file_code}"
            return f"{what}{whose} sudah Anda {deed} {before}. {again}"
        return f"Berkas {self.file_code}{whose} sudah tersimpan {before}: {self.words}. {again}"


def last_event(work: UnitOfWork) -> int:
    """Give the number of the chain's last event: what is answered lies up to it."""
    return work.session.scalar(select(func.max(EventRecord.seq))) or 0


def done_since(work: UnitOfWork, seq: int) -> DoneUnseen | None:
    """Give the user's last deed behind the event *seq*; None where there is none."""
    mine = (EventRecord.seq > seq, EventRecord.user_id == work.user.id, EventRecord.act.in_(_TOLD))
    event = work.session.scalars(
        select(EventRecord).where(*mine).order_by(EventRecord.seq.desc()).limit(1)
    ).first()
    if event is None:
        return None
    count = work.session.scalar(select(func.count()).select_from(EventRecord).where(*mine)) or 1
    request = work.session.get(RequestRecord, event.request_id) if event.request_id else None
    payload = json.loads(event.payload)
    service = SERVICES[request.service] if request is not None else None
    advanced = event.act == Act.ADVANCE
    number = letter = ""
    if request is not None:
        letter = request.letter_number or ""
        given = advanced and payload.keys() & {"number", "inserted"}
        if given and event.step == "register" and request.agenda_number is not None:
            number = agenda_display(request.agenda_number, request.agenda_suffix)
    own = advanced and "decided" not in payload  # not entered for an official from paper
    return DoneUnseen(
        request_id=request.id if request is not None else None,
        file_code=request.file_code if request is not None else "",
        applicant=_name(work, request) if request is not None else "",
        words=what_of(work, event, payload, service, Names(work)),
        at=_when(work, moment(event.at)),
        number=number,
        letter=letter,
        due=request is not None and bool(letters_due(work, request.id)),
        signed=own and event.step == "tanda-tangan",
        initialled=own and event.step == "ajukan-ttd",
        others=count - 1,
    )


def _name(work: UnitOfWork, request: RequestRecord) -> str:
    """Give who the file is of; "" of a reporter who is kept secret."""
    return "" if is_hidden(work, request) else shown_person(work, request)[0]


def _when(work: UnitOfWork, at: datetime) -> str:
    there = at.astimezone(work.zone)
    hour = f"pukul {there:%H.%M}"
    return hour if there.date() == work.today else f"{short_date(there.date())} {hour}"


def complete_missing(desk: Desk, profile: Profile = profiles.LETTER) -> tuple[str, ...]:
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
