"""Requests, their papers and receipts: frozen values that cross to the window and command line.

Other topics have modules of their own: ``draft_values``, ``people_values``, ``office_values`` …
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.history_values import HistoryLine
from kecamatan_desk.workflows.engine import Act, Status

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Seen:
    """The request as the user's screen showed it; another version in the store is stale."""

    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command did, kept under its op_id: the same op_id gives the same receipt again."""

    act: str
    request_id: int
    version: int
    file_code: str
    service: str
    status: str
    step: str | None
    next_role: str | None  # who has the file now
    queue_number: int | None = None
    agenda_number: int | None = None
    letter_number: str | None = None
    minutes_number: int | None = None  # Berita Acara
    series: str | None = None  # of the number this very act spent
    period: str | None = None
    number: int | None = None
    bundle_id: int | None = None
    agenda_suffix: str = ""  # of an inserted number: .A

    @property
    def agenda(self) -> str:
        """The agenda number as papers print it."""
        return agenda_display(self.agenda_number, self.agenda_suffix)


@dataclass(frozen=True, slots=True)
class StepClock:
    """Time at one step. ``state``: ok (within the norm), warn (up to twice), late, rest."""

    state: str
    minutes: float  # effective: office hours without pauses
    gross_minutes: float  # office hours, pauses included
    norm: int  # minutes; 0 = none
    pause: str | None = None  # kind of the open pause, in the office's words
    running: bool = False  # grows while the office is open


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """One row of a work list. The NIK is masked; a hidden reporter's name is *Dirahasiakan*."""

    id: int
    version: int
    file_code: str
    service: str
    status: Status
    step: str | None
    applicant: str
    nik_masked: str
    village: str
    visits: int  # times returned as TMS
    queue: str  # "A-012" or ""
    letter_number: str
    arrived_at: datetime  # UTC; at this step (a draft: last saved)
    clock: StepClock
    saved_note: str = ""  # a returned file: why, in one line
    days_left: int | None = None  # TMS: calendar days the applicant still has to come back
    carried: bool = False  # sisa tahun lalu: taken in in an earlier year


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the SOP picture: state is done, now, next or paused."""

    code: str
    word: str
    role: Role
    norm: int
    decision: bool
    state: str
    minutes: float | None  # effective, summed over all passes; None = not begun
    by: str = ""  # who finished it last
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One paper. ``need`` is already resolved against the data: wajib, bersyarat, tambahan."""

    code: str
    name: str
    need: str
    answer: str = ""  # "", ada, tidak-ada, tidak-diperlukan
    kind: str = ""  # Asli, Fotokopi, Legalisir
    copies: int = 0
    reason: str = ""  # why it fails
    source: str = ""  # where to get it
    locked: bool = False  # answered on an earlier visit: only failed lines are open
    usual_kind: str = "Fotokopi"


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A frozen paper of the request."""

    id: int
    kind: str  # template name
    title: str
    version: int
    sha256: str
    pages: int
    created_at: datetime
    reason: str = ""  # why this version was drawn after the one before it
    copies: int = 0  # salinan made of it
    form: str = "surat"  # or pengesahan: a block printed onto the village's own letter
    first_print: bool = True  # a print is the paper itself; else every print is a counted copy


@dataclass(frozen=True, slots=True)
class CopyRef:
    """A counted copy (salinan) of a frozen paper."""

    number: int
    made_at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class FitChoice:
    """One step of the ladder "muat satu halaman", and the pages a letter takes on it."""

    step: int
    label: str
    pages: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class AllowedAct:
    """An act the signed-in user may perform now, and how."""

    act: Act
    role: Role  # the role he would act in
    recorded: bool = False  # only as *dicatat* from the official's paraf on paper
    targets: tuple[tuple[str, str], ...] = ()  # SEND_BACK: (step code, label), default first


@dataclass(frozen=True, slots=True)
class RequestView:
    """Everything the right side of the work place shows about one request."""

    id: int
    version: int
    file_code: str
    service: str
    status: Status
    step: str | None
    applicant: str
    nik: str
    village: str
    created_at: datetime
    taken_in_at: datetime | None
    promised_at: datetime | None
    visits: int
    queue: str
    agenda_number: int | None
    letter_number: str
    minutes_number: int | None
    data: Mapping[str, Any]
    clock: StepClock
    steps: tuple[StepView, ...]
    checklist: tuple[ChecklistLine, ...]
    history: tuple[HistoryLine, ...]
    documents: tuple[DocumentRef, ...]
    acts: tuple[AllowedAct, ...]
    may_correct: bool
    may_pause: bool
    bundle_id: int | None
    bundle_size: int
    returned_note: str = ""  # the note of the last send-back or TMS that is still open
    deadline: date | None = None  # TMS: last day to come back
    outcome: str = ""  # e-KTP: berhasil, duplikat
    receiver: str = ""
    named_signer: str = ""  # whom the letter that waits for its signature names (rule 1)
    signs_over: str = ""  # in which office the user would sign in that one's place
    agenda_suffix: str = ""  # of an inserted number: .A
    asked: tuple[str, ...] = ()  # what is asked for and waits for a second person, in words
    #: who verified and may ask to sign himself, since nobody else who may is at his place today
    emergency: tuple[tuple[int, str], ...] = ()
    sealed: bool = False  # the reporter is hidden, and the user may open his identity

    @property
    def agenda(self) -> str:
        """The agenda number as papers print it."""
        return agenda_display(self.agenda_number, self.agenda_suffix)


@dataclass(frozen=True, slots=True)
class Answer:
    """A checklist answer as given on screen."""

    code: str
    answer: str
    kind: str = ""
    copies: int = 0
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision an official took on paper: who, in which office, when (UTC)."""

    official_id: int
    role: Role
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """Who received the papers."""

    receiver: str
    relation: str  # Sendiri, Keluarga, Kuasa, Petugas desa
    identity: str  # which identity card was shown


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of the open book on screen, as it will print. ``mark``: '', void, refused."""

    line_id: int
    request_id: int | None  # None: a letter written outside the program
    number: int
    month: int
    cells: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class BookPage:
    """The tail of one book for the screen."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[BookRow, ...]
    total: int
    voided: int
    coming: tuple[str, ...] = ()  # cells of the line the file in hand will become


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A file found by name, number or file code."""

    id: int
    file_code: str
    service: str
    applicant: str
    nik_masked: str
    status: Status
    step: str | None
    letter_number: str
    created_at: datetime
