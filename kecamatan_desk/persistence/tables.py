"""The tables of requests, people and books. Records never leave the use-case that loaded them.

Four kinds: working tables (may change), archive tables (insert-only, each row's salted hash in
its event), the event chain (insert-only), and counters. The guards keep the last three against
accidents and our own mistakes; ``check`` finds what goes past them.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kecamatan_desk.persistence.base import Base, table_of
from kecamatan_desk.persistence.guards import ARCHIVE, SEARCH_TABLE, TRIGGERS
from kecamatan_desk.persistence.trust_tables import (
    AttachmentRecord,
    BlockRecord,
    BookActRecord,
    ProposalRecord,
    RecoveryKeyRecord,
    ScratchRecord,
)

__all__ = [
    "ARCHIVE",
    "SEARCH_TABLE",
    "TRIGGERS",
    "AbsenceRecord",
    "ActingRecord",
    "AnswerRecord",
    "ApplicantRecord",
    "AttachmentRecord",
    "Base",
    "BlockRecord",
    "BookActRecord",
    "BookPrintRecord",
    "BundleRecord",
    "ContentRecord",
    "CounterRecord",
    "DocumentCopyRecord",
    "DocumentRecord",
    "EventRecord",
    "InstanceRecord",
    "IssueRecord",
    "LetterTextRecord",
    "LineRecord",
    "LineStatusRecord",
    "LogoRecord",
    "OfficeKeyRecord",
    "OperationRecord",
    "PassRecord",
    "PauseRecord",
    "ProposalRecord",
    "RecoveryKeyRecord",
    "RequestRecord",
    "ScratchRecord",
    "SettingRecord",
    "TermRecord",
    "UserRecord",
    "table_of",
]


class InstanceRecord(Base):
    """What this database is, for ever: one row."""

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # office or practice
    created_at: Mapped[datetime]


class SettingRecord(Base):
    """A setting by name: office profile, calendar, practice password."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]


class LogoRecord(Base):
    """The coat of arms printed in the letterhead: one row, a PNG or JPEG."""

    __tablename__ = "logo"

    id: Mapped[int] = mapped_column(primary_key=True)
    image: Mapped[bytes] = mapped_column(LargeBinary)


class UserRecord(Base):
    """A person of the office. Without a password he does not sign in, but may be an official."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # with titles, as printed
    nip: Mapped[str] = mapped_column(default="")
    rank: Mapped[str] = mapped_column(default="")
    roles: Mapped[list[Any]]
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None]
    pin_hash: Mapped[str | None]
    password_day: Mapped[date | None]  # office date of the last sign-in by password
    failures: Mapped[int] = mapped_column(default=0)
    blocked_until: Mapped[datetime | None]
    #: wrong PINs since the last sign-in by password
    pin_failures: Mapped[int] = mapped_column(default=0, server_default="0")
    #: wrong tries since the last right one, told at the next sign-in
    untold_failures: Mapped[int] = mapped_column(default=0, server_default="0")
    last_in: Mapped[datetime | None]
    #: the password was given by another (first one, reset): it must be changed at sign-in
    must_change: Mapped[bool] = mapped_column(default=False, server_default="0")
    #: seconds the machine had run when the last wrong password was typed: turned by no clock
    failed_uptime: Mapped[float | None]


class ActingRecord(Base):
    """Plt., Plh., Pj., a.n., u.b.: who acts for which office on which days; or does whose work."""

    __tablename__ = "acting"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[str]
    kind: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    decree: Mapped[str]
    #: whose work it is, where a colleague does the work of a role meanwhile (titip tugas)
    for_user_id: Mapped[int | None]


class TermRecord(Base):
    """Who holds an office definitively on which days, and what his title is on paper."""

    __tablename__ = "term"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[str]
    title: Mapped[str]  # as the block prints it; empty: the role's own
    first_day: Mapped[date]
    last_day: Mapped[date | None]  # null: until somebody follows
    decree: Mapped[str]


class AbsenceRecord(Base):
    """An official is not at his place on these days."""

    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str]


class ApplicantRecord(Base):
    """The reusable record of a person, known by NIK. May be erased."""

    __tablename__ = "applicant"

    nik: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]]
    last_day: Mapped[date]
    last_file: Mapped[str]


class BundleRecord(Base):
    """Several requests that came together: one person's, or a village officer's folder."""

    __tablename__ = "bundle"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # pemohon or titipan
    bearer: Mapped[str]
    village: Mapped[str]
    phone: Mapped[str]
    created_at: Mapped[datetime]


class RequestRecord(Base):
    """A citizen's request (permohonan) for one service, as it stands now."""

    __tablename__ = "request"
    __table_args__ = (
        Index("ix_request_open", "waits_for", "kind", sqlite_where=text("waits_for IS NOT NULL")),
        UniqueConstraint("letter_year", "letter_number", name="uq_request_letter"),
        Index("ix_request_nik", "nik"),
        Index("ix_request_created", "created_at"),
        Index(
            "ix_request_ended",
            "ended_at",
            "service",
            "status",
            "taken_in_at",
            sqlite_where=text("ended_at IS NOT NULL"),
        ),
        Index(
            "ix_request_taken_in",
            "taken_in_at",
            "service",
            "ended_at",
            sqlite_where=text("taken_in_at IS NOT NULL"),
        ),
        Index("ix_request_bundle", "bundle_id", sqlite_where=text("bundle_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_code: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int]
    service: Mapped[str]
    status: Mapped[str]
    step: Mapped[str | None]
    waits_for: Mapped[str | None]  # role whose list shows it; null when ended
    kind: Mapped[str | None]  # which of the role's lists
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    taken_in_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime]  # at the current step
    ended_at: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("bundle.id"))
    nik: Mapped[str]
    applicant: Mapped[str]
    village: Mapped[str]
    secret: Mapped[bool] = mapped_column(default=False)
    data: Mapped[dict[str, Any]]
    unread: Mapped[dict[str, Any]] = mapped_column(default=dict)  # draft: not readable yet
    visits: Mapped[int] = mapped_column(default=0)
    deadline: Mapped[date | None]
    queue_number: Mapped[int | None]
    agenda_number: Mapped[int | None]
    letter_year: Mapped[int | None]
    letter_number: Mapped[str | None]
    minutes_number: Mapped[int | None]
    line_id: Mapped[int | None]
    pause_kind: Mapped[str | None]
    pause_since: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")  # why it was returned last
    outcome: Mapped[str] = mapped_column(default="")
    receiver: Mapped[str] = mapped_column(default="")
    #: form of the letter (surat, pengesahan, register) chosen when the number was given
    form: Mapped[str] = mapped_column(default="", server_default="")
    #: of an inserted number (nomor sisipan), whose base is the agenda number: .A
    agenda_suffix: Mapped[str] = mapped_column(default="", server_default="")


class AnswerRecord(Base):
    """The answer to one paper of the checklist."""

    __tablename__ = "answer"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]
    kind: Mapped[str]
    copies: Mapped[int]
    reason: Mapped[str]
    source: Mapped[str]
    settled: Mapped[bool] = mapped_column(default=False)  # found right on an earlier visit


class PassRecord(Base):
    """A finished stay of a request at one step, with its minutes."""

    __tablename__ = "step_pass"
    __table_args__ = (Index("ix_step_pass_request", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    step: Mapped[str]
    act: Mapped[str]
    arrived_at: Mapped[datetime]
    left_at: Mapped[datetime]
    minutes: Mapped[float]
    gross_minutes: Mapped[float]
    user_name: Mapped[str]
    role: Mapped[str]


class PauseRecord(Base):
    """A named pause of the clock at one step."""

    __tablename__ = "pause"
    __table_args__ = (Index("ix_pause_request", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    step: Mapped[str]
    kind: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class OperationRecord(Base):
    """The receipt of a command, so that the same op_id is done once."""

    __tablename__ = "operation"

    op_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int]
    receipt: Mapped[dict[str, Any]]


class CounterRecord(Base):
    """The last number used in one series in one period."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class IssueRecord(Base):
    """A number that was given: archive. Every number of every series stands here once."""

    __tablename__ = "number_issue"
    __table_args__ = (
        UniqueConstraint("series", "period", "number"),
        Index("ix_number_issue_request", "request_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    period: Mapped[str]
    number: Mapped[int]
    request_id: Mapped[int | None]  # null: a letter written outside the program
    event_seq: Mapped[int]
    salt: Mapped[str]


class LineRecord(Base):
    """A line of the register book, as written at register: archive."""

    __tablename__ = "register_line"
    __table_args__ = (
        UniqueConstraint("series", "period", "number", "suffix"),
        UniqueConstraint("year", "letter_number", name="uq_register_line_letter"),
        UniqueConstraint("request_id"),
        Index("ix_register_line_book", "service", "period", "number"),
        Index("ix_register_line_day", "period", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int | None]  # null: a letter written outside the program
    series: Mapped[str]
    period: Mapped[str]
    number: Mapped[int]
    suffix: Mapped[str]  # of an inserted number (nomor sisipan): .A, .B …
    year: Mapped[int]
    day: Mapped[str]  # office date of the entry, ISO
    zone: Mapped[str]
    service: Mapped[str]
    letter_number: Mapped[str | None]  # null: the service issues no numbered letter
    letter_day: Mapped[str]
    signatory: Mapped[str]
    file_code: Mapped[str]
    queue: Mapped[str]
    name: Mapped[str]
    nik: Mapped[str]
    sex: Mapped[str]
    address: Mapped[str]
    village: Mapped[str]
    purpose: Mapped[str]
    village_letter: Mapped[str]  # number and date of the village's letter
    facts: Mapped[str]  # the service's own fields as they were, canonical JSON
    event_seq: Mapped[int]
    salt: Mapped[str]


class LineStatusRecord(Base):
    """What became of a line: handed over, void, refused, corrected. Archive."""

    __tablename__ = "line_status"
    __table_args__ = (Index("ix_line_status_line", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("register_line.id"))
    kind: Mapped[str]  # diserahkan, batal, ditolak, ditutup, diperbaiki, ditandatangani
    day: Mapped[str]
    remark: Mapped[str]  # reason, or who received
    facts: Mapped[str]  # corrected values, canonical JSON
    event_seq: Mapped[int]
    salt: Mapped[str]


class ContentRecord(Base):
    """Free text that belongs to an event (note, reason, receiver, before/after): archive."""

    __tablename__ = "content"
    __table_args__ = (Index("ix_content_event", "event_seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    body: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class DocumentRecord(Base):
    """A frozen paper: bytes lie in a file named by their hash. Archive."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("request_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int]
    kind: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    sha256: Mapped[str]
    pages: Mapped[int]
    template_sha256: Mapped[str]
    facts: Mapped[str]  # what the paper was drawn from, canonical JSON
    created_at: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class LetterTextRecord(Base):
    """A letter text as the office adapted it. The newest version is in use. Archive."""

    __tablename__ = "letter_text"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # name of the text in resources/letters
    version: Mapped[int]
    body: Mapped[str]  # empty: the program's own text again
    note: Mapped[str]
    user_name: Mapped[str]
    created_at: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class DocumentCopyRecord(Base):
    """A counted copy (SALINAN ke-n) of a frozen paper. Archive."""

    __tablename__ = "document_copy"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int]
    number: Mapped[int]
    reason: Mapped[str]
    user_name: Mapped[str]
    created_at: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class BookPrintRecord(Base):
    """Pages of a register book that were printed, never to be laid out again. Archive."""

    __tablename__ = "book_print"
    __table_args__ = (
        UniqueConstraint("book", "period", "kind", "first_page"),
        Index("ix_book_print_book", "book", "period", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    book: Mapped[str]
    period: Mapped[str]
    kind: Mapped[str]  # lines, or a supplement of what was noted on printed lines since
    first_page: Mapped[int]
    last_page: Mapped[int]
    lines: Mapped[int]  # printed so far, these pages included
    last_line: Mapped[str]  # place in the book's order, canonical JSON
    last_status: Mapped[int]  # id of the newest line_status that the pages show
    sha256: Mapped[str]
    created_at: Mapped[str]
    user_name: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class OfficeKeyRecord(Base):
    """A public key of the office: what its letters' codes are proved with. Archive."""

    __tablename__ = "office_key"
    __table_args__ = (UniqueConstraint("public_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[str]  # Ed25519, 64 hexadecimal digits
    created_at: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class EventRecord(Base):
    """One link of the office's chain: who did what to which request, when. Insert-only."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_request", "request_id"), Index("ix_event_at", "at"))

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    op_id: Mapped[str]
    act: Mapped[str]
    request_id: Mapped[int | None]
    user_id: Mapped[int]
    user_name: Mapped[str]
    role: Mapped[str]
    step: Mapped[str | None]
    next_step: Mapped[str | None]
    status: Mapped[str | None]
    payload: Mapped[str]  # canonical JSON: numbers, row hashes, who decided; no personal data
    prev: Mapped[str]
    hash: Mapped[str]
