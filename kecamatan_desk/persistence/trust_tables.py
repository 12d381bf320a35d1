"""The tables behind trust: blocks of numbers, acts on books, second persons, scans, typing."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kecamatan_desk.persistence.base import Base


class BlockRecord(Base):
    """Numbers the counter went over in one piece: archive.

    Kinds: ``kertas`` (given in the paper book before the program came), ``cadangan`` (reserved for
    hours without power), ``pulih`` (used on paper, their data lost with a disk).
    """

    __tablename__ = "number_block"
    __table_args__ = (UniqueConstraint("series", "period", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str]
    period: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]
    kind: Mapped[str]
    reason: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class BookActRecord(Base):
    """A book was opened, closed for a day, month or year, or opened again: archive.

    Kinds: ``buka`` (period: year; facts say how numbers are grouped), ``tutup-hari`` (period: day),
    ``tutup`` (period: month or year), ``buka-kembali`` (period: month or year).
    """

    __tablename__ = "book_act"
    __table_args__ = (Index("ix_book_act_period", "period", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    period: Mapped[str]  # 2026, 2026-05, 2026-05-12
    facts: Mapped[str]  # counts, last numbers, series mode; canonical JSON
    head_seq: Mapped[int]  # the chain's head when it was made
    head_hash: Mapped[str]
    sha256: Mapped[str]  # the stored closing page; empty: none
    reason: Mapped[str]
    user_name: Mapped[str]
    created_at: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class ProposalRecord(Base):
    """What one person asks for and another one must agree to.

    Kinds: ``batal`` (void a line), ``sisipan`` (an inserted number), ``buka-kembali`` (a closed
    book), ``darurat`` (signing by who verified). States: menunggu, disetujui, ditolak, ditarik,
    dipakai (an agreement that has been made use of).
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_persons"),
        Index("ix_proposal_open", "state", sqlite_where=text("state IN ('menunggu', 'disetujui')")),
        Index("ix_proposal_request", "request_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("register_line.id"))
    facts: Mapped[str]  # what is asked for, canonical JSON
    reason: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decided_role: Mapped[str] = mapped_column(default="")
    on_paper: Mapped[bool] = mapped_column(default=False)  # agreed by signature, recorded here
    note: Mapped[str] = mapped_column(default="")


class RecoveryKeyRecord(Base):
    """The public half of the recovery key: removable backups are encrypted to it. Archive."""

    __tablename__ = "recovery_key"
    __table_args__ = (UniqueConstraint("recipient"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]  # age1…
    created_at: Mapped[str]
    event_seq: Mapped[int]
    salt: Mapped[str]


class AttachmentRecord(Base):
    """A scan that belongs to a request: bytes lie in a file named by their hash. May be erased."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_request", "request_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    paper: Mapped[str]  # code of the checklist line it belongs to; empty: none
    label: Mapped[str]  # the user's file name, cleaned: never part of a path
    kind: Mapped[str]  # pdf, jpg, png
    size: Mapped[int]  # bytes
    pages: Mapped[int]
    sha256: Mapped[str]
    salt: Mapped[str]  # its salted hash stands in the event
    added_at: Mapped[datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    event_seq: Mapped[int]
    erased_at: Mapped[datetime | None]  # the row stays without label and bytes


class ScratchRecord(Base):
    """What somebody is typing at a place that stores nothing yet: erased when it is done."""

    __tablename__ = "scratch"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(primary_key=True)  # 0: belongs to no request
    body: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
