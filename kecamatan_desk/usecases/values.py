"""Frozen values that cross from the worker to the window and to the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from kecamatan_desk.domain.indonesian import zone_label
from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.domain.tenure import Standing
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
class DraftInput:
    """What the new-request form holds. ``values``: field code -> stored value (see FieldKind)."""

    service: str
    values: Mapping[str, Any]
    answers: tuple[Answer, ...] = ()
    id: int | None = None  # None: not saved yet
    bundle_id: int | None = None
    unread: Mapping[str, str] = field(
        default_factory=lambda: NOTHING
    )  # typed, but not yet a NIK, date or number; a cell of a table as field.row.column
    session: str = ""  # names one screen's typing of one draft; empty: others are not looked for
    version: int | None = None  # which that screen opened


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """Answer to a saved draft."""

    id: int
    version: int
    file_code: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as stored, to go on with."""

    id: int
    version: int
    file_code: str
    service: str
    values: Mapping[str, Any]
    answers: tuple[Answer, ...]
    bundle_id: int | None
    unread: Mapping[str, str] = field(
        default_factory=lambda: NOTHING
    )  # typed, but not yet a NIK, date or number
    saved_by: str = ""  # who typed it last, where that is known
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FieldNote:
    """A warning at a field; the officer may go on. ``remedy`` is a value to take over (Ctrl+J)."""

    field: str
    message: str
    advice: str = "Cocokkan dengan berkas. Boleh dilanjutkan."
    remedy: str | None = None  # stored form of the value
    remedy_text: str = ""


@dataclass(frozen=True, slots=True)
class KnownApplicant:
    """What is remembered under a NIK."""

    nik: str
    values: Mapping[str, Any]
    last_date: date
    last_file: str


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    """A service in the type-to-find list, the most used first."""

    code: str
    label: str
    keywords: str
    used_this_month: int


@dataclass(frozen=True, slots=True)
class NextNumber:
    """The number that *would* be given now; nothing is spent by asking."""

    number: int
    letter_number: str
    classification: str = ""  # the service's own code; empty where no letter is numbered
    form: str = ""  # of the letter that will be drawn: surat, pengesahan, register
    series: str = ""  # what the series is called; empty where the file has its number already
    suffix: str = ""  # of an inserted number: .A
    day: date | None = None  # the earlier day of an inserted number
    waits: bool = False  # an inserted number that nobody has agreed to yet

    @property
    def agenda(self) -> str:
        """The number as screens show it; an inserted one as papers print it."""
        return agenda_display(self.number, self.suffix) if self.suffix else str(self.number)


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


@dataclass(frozen=True, slots=True)
class Official:
    """A person who may sign, with what the signature block prints."""

    user_id: int
    name: str  # with titles, as printed
    rank: str
    nip: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class SignerChoice:
    """Somebody who could validly sign a letter today, in the office he would sign in."""

    user_id: int
    name: str
    role: Role  # whose signature it is: hand it back to ``replace_signer``
    office: str  # as the book names it: "Plh. Camat", "Sekcam a.n. Camat"
    named: bool = False  # the book names him now


@dataclass(frozen=True, slots=True)
class ServiceChoices:
    """How this office runs one service: offered or not, its code, what it prints.

    ``form``: "surat" (a new letter), "pengesahan" (a block printed onto the village's letter) or
    "register" (number only; stamp and pen). Offsets in mm from the upper left corner of the sheet.
    """

    service: str
    active: bool = True
    classification: str = ""  # kode klasifikasi; never checked against a list
    form: str = "surat"
    offset_x: float = 112
    offset_y: float = 200


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in the administrator's list."""

    choices: ServiceChoices
    label: str
    default: str  # the program's own classification code
    writes_letter: bool  # its files get a numbered letter at register
    running: int  # files not yet ended


@dataclass(frozen=True, slots=True)
class ServiceSample:
    """The number the next letter of a service would bear, or why there is none."""

    number: str  # "" where the service writes no letter
    refusal: str = ""
    field: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """The office as papers and screens name it."""

    name: str = ""  # "Sukamaju"
    regency: str = ""  # "Kabupaten Mekarjaya"
    province: str = ""
    abbreviation: str = ""  # {singkatan} in letter numbers
    address: str = ""
    contact: str = ""
    place: str = ""  # of the date line on letters
    zone: str = "Asia/Jakarta"
    villages: tuple[str, ...] = ()
    region_code: str = ""  # PPKKCC, six digits; "" = unknown
    number_pattern: str = "{kode}/{urut:3}/{layanan}/{singkatan}/{romawi}/{tahun}"
    tms_days: int = 30
    scan_days: int = 365  # after its file has ended a scan is erased; 0: never
    lock_minutes: int = 10  # after which an unused desk locks; officials' after five at most
    logo: bytes | None = None

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT."""
        return zone_label(self.zone)


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user for the sign-in tiles and the administration list."""

    id: int
    username: str
    name: str
    roles: tuple[Role, ...]
    active: bool
    has_password: bool
    has_pin: bool
    pin_open: bool = False  # a password sign-in happened today: the PIN is enough
    nip: str = ""
    rank: str = ""
    official: bool = False  # holds or acts in an official's office, now or later
    held: tuple[Standing, ...] = ()  # what he is today; ``roles`` are his account's
    locked: bool = False  # wrong passwords make every further try wait
    must_change: bool = False  # his password was given by another


@dataclass(frozen=True, slots=True)
class UserInput:
    """A user as administration types him. ``id`` None: new. Empty secrets are left unchanged."""

    id: int | None
    username: str
    name: str
    roles: tuple[Role, ...]
    active: bool = True
    password: str = ""
    pin: str = ""
    nip: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class TermInput:
    """A term of office as administration types it. ``last`` None: until somebody follows."""

    user_id: int
    role: Role
    first: date
    last: date | None = None
    title: str = ""  # as the block prints it; empty: the office's own
    decree: str = ""


@dataclass(frozen=True, slots=True)
class TermRow:
    """Who holds an office definitively from-to, and the decree."""

    id: int
    user_id: int
    name: str
    role: Role
    title: str
    first_day: date
    last_day: date | None
    decree: str


@dataclass(frozen=True, slots=True)
class ActingRow:
    """Plt., Plh., Pj., a.n., u.b.: who holds or signs for which office from-to, and the decree."""

    id: int
    user_id: int
    name: str
    role: Role
    kind: str  # Plt, Plh, Pj, a.n, u.b
    first_day: date
    last_day: date
    decree: str


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """*Pejabat tidak di tempat*: pauses every file that waits for him."""

    id: int
    user_id: int
    name: str
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day the office is closed."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class DayHours:
    """Working hours of one weekday (0 = Monday) as minutes after midnight; empty = closed."""

    weekday: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """Working hours and holidays."""

    hours: tuple[DayHours, ...]
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """One service in the month's figures."""

    service: str
    came: int
    done: int
    failed: int  # TMS closed
    refused: int  # refused or cancelled
    open: int
    average_minutes: float | None
    within_norm: int  # of ``done``
    untimed: int = 0  # of ``done``: entered after a power cut, their minutes are not known


@dataclass(frozen=True, slots=True)
class OfficeToday:
    """The office on one page."""

    came: int
    done: int
    open: int
    late: int
    waiting_for: tuple[tuple[Role, int], ...]
    oldest: WaitingRequest | None
    services: tuple[ServiceFigures, ...] = field(default=())
