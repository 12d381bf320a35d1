"""What is typed at the counter before it is taken in, and what the form is told while one types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kecamatan_desk.usecases.values import NOTHING, Answer


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
