"""Office profile and calendar: stored as settings, read as frozen values."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, bindparam, or_, select, type_coerce
from sqlalchemy.orm import Session

from kecamatan_desk.domain.calendar import DEFAULT_HOURS, WorkingCalendar
from kecamatan_desk.persistence.tables import LogoRecord, SettingRecord, table_of
from kecamatan_desk.usecases.office_values import (
    CalendarView,
    DayHours,
    Holiday,
    OfficeProfile,
    ServiceChoices,
)
from kecamatan_desk.workflows.catalog import SERVICES

OFFICE, CALENDAR, SERVICE_CHOICES = "office", "calendar", "services"

_SETTING = table_of(SettingRecord)
_NAMED = _SETTING.c.name == bindparam("name")
_VALUE = select(_SETTING.c.value).where(_NAMED)
_TEXTS = select(_SETTING.c.name, type_coerce(_SETTING.c.value, String).label("value")).where(
    or_(*(_SETTING.c.name == name for name in (OFFICE, CALENDAR, SERVICE_CHOICES)))
)
_KNOWN = {field.name for field in fields(OfficeProfile)}

#: Profile, calendar and choices as they are stored: the name of each that is there -> its JSON.
Stored = Mapping[str, str]


def load_settings(session: Session) -> Stored:
    """Read what nearly every act of an officer needs, in one statement."""
    return {row.name: row.value for row in session.execute(_TEXTS)}


def office_of(stored: Stored) -> OfficeProfile:
    """Give the office profile, without the logo; an empty one before the set-up."""
    return _office(stored[OFFICE]) if OFFICE in stored else OfficeProfile()


@lru_cache(maxsize=4)
def _office(stored: str) -> OfficeProfile:
    values = {name: value for name, value in json.loads(stored).items() if name in _KNOWN}
    values["villages"] = tuple(values.get("villages", ()))
    return OfficeProfile(**values)


def load_office(session: Session) -> OfficeProfile:
    """Read the office profile, without the logo; an empty one before the set-up."""
    return office_of(load_settings(session))


def load_logo(session: Session) -> bytes | None:
    """Give the coat of arms, or None when the office has given none."""
    logo = session.get(LogoRecord, 1)
    return logo.image if logo else None


def store_office(session: Session, office: OfficeProfile) -> None:
    """Write the profile; a logo of None leaves the stored one as it is."""
    values = asdict(office)
    image = values.pop("logo")
    _put(session, OFFICE, {**values, "villages": list(office.villages)})
    if image:
        session.merge(LogoRecord(id=1, image=image))


def service_choices_of(stored: Stored) -> Mapping[str, ServiceChoices]:
    """Give how the office runs each service, by code; what it has not touched is the program's."""
    chosen = json.loads(stored.get(SERVICE_CHOICES, "{}"))
    return {
        code: ServiceChoices(
            code, **{"classification": service.classification, **chosen.get(code, {})}
        )
        for code, service in SERVICES.items()
    }


def store_service_choices(session: Session, choices: ServiceChoices) -> None:
    """Write how the office runs one service."""
    stored = session.execute(_VALUE, {"name": SERVICE_CHOICES}).scalar() or {}
    values = asdict(choices)
    _put(session, SERVICE_CHOICES, {**stored, values.pop("service"): values})


def calendar_view(session: Session) -> CalendarView:
    """Give working hours and holidays as administration edits them."""
    stored = session.execute(_VALUE, {"name": CALENDAR}).scalar()
    if stored is None:
        hours = tuple(DayHours(day, spans) for day, spans in DEFAULT_HOURS.items())
        return CalendarView(hours, ())
    return CalendarView(
        tuple(
            DayHours(int(day), tuple((span[0], span[1]) for span in spans))
            for day, spans in sorted(stored["hours"].items())
        ),
        tuple(
            Holiday(date.fromisoformat(day), name)
            for day, name in sorted(stored["holidays"].items())
        ),
    )


def store_calendar(session: Session, view: CalendarView) -> None:
    """Write working hours and holidays."""
    _put(
        session,
        CALENDAR,
        {
            "hours": {str(day.weekday): [list(span) for span in day.spans] for day in view.hours},
            "holidays": {holiday.day.isoformat(): holiday.name for holiday in view.holidays},
        },
    )


def calendar_of(stored: Stored, zone: ZoneInfo) -> WorkingCalendar:
    """Give the calendar every clock is computed with."""
    return _calendar(zone, stored[CALENDAR]) if CALENDAR in stored else WorkingCalendar(zone)


@lru_cache(maxsize=4)
def _calendar(zone: ZoneInfo, stored: str) -> WorkingCalendar:
    value: dict[str, Any] = json.loads(stored)
    return WorkingCalendar(
        zone,
        {
            int(day): tuple((span[0], span[1]) for span in spans)
            for day, spans in value["hours"].items()
        },
        frozenset(date.fromisoformat(day) for day in value["holidays"]),
    )


def _put(session: Session, name: str, value: dict[str, Any]) -> None:
    session.merge(SettingRecord(name=name, value=value))
    session.flush()  # the next look is at the file
