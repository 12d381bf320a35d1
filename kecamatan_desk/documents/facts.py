"""The facts a letter's text may name, derived from the stored values of a service's fields."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kecamatan_desk.domain.indonesian import (
    date_in_words,
    day_name,
    grouped,
    in_words,
    join_words,
    long_date,
    rupiah,
)
from kecamatan_desk.domain.people import age_on
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

_BIRTHDATE = "tanggal-lahir"
_BIRTHPLACE = "tempat-lahir"
_GROUPED_FROM = 10_000  # below, a number may be a year


def field_facts(
    fields: Sequence[Field], values: Mapping[str, object], *, on: date | None = None
) -> dict[str, object]:
    """Derive all facts of the fields from their stored values.

    Every name a field can give is there, with "" or False or () where there is no value. A field
    whose condition does not hold counts as empty, whatever was typed before. ``on`` is the day
    ages are reckoned to; without it there are none. ValueError for a stored date or number that
    is none: such a value never passed the form.
    """
    facts: dict[str, object] = {}
    for field in fields:
        shown = field.when is None or field.when.holds(values)
        value = values.get(field.code) if shown else None
        facts.update(_derive(field, value, on))
    for field in fields:
        if field.kind is FieldKind.DATE and field.code.endswith(_BIRTHDATE):
            facts.update(_birth(field.code, values, facts, on))
    return facts


def slug(value: str) -> str:
    """Give the form in which a choice stands in a name: "untuk-diri-sendiri"."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")


def _derive(field: Field, value: object, on: date | None) -> dict[str, object]:
    code = field.code
    match field.kind:
        case FieldKind.DATE:
            return _date_facts(code, value)
        case FieldKind.NUMBER | FieldKind.MONEY:
            return _number_facts(code, value, money=field.kind is FieldKind.MONEY)
        case FieldKind.YES_NO:
            return {
                code: {"ya": "Ya", "tidak": "Tidak"}.get(str(value), ""),
                f"{code}-ya": value == "ya",
            }
        case FieldKind.CHOICE:
            return {code: _text(value), **_slugs(field, (value,))}
        case FieldKind.MULTI_CHOICE:
            chosen = tuple(map(str, value)) if isinstance(value, list | tuple) else ()
            return {code: join_words(chosen), **_slugs(field, chosen)}
        case FieldKind.TIME:
            return {code: _text(value).replace(":", ".")}
        case FieldKind.ROWS:
            return _rows_facts(field, value, on)
    return {code: _text(value)}


def _text(value: object) -> str:
    """Give a value as it was typed, but tabs as spaces and no empty space around it."""
    return "" if value is None else str(value).replace("\t", " ").replace("\r", "").strip()


def _date_facts(code: str, value: object) -> dict[str, object]:
    if not value:
        return {code: "", f"{code}-hari": "", f"{code}-terbilang": ""}
    day = date.fromisoformat(str(value))
    return {
        code: long_date(day),
        f"{code}-hari": day_name(day),
        f"{code}-terbilang": date_in_words(day),
    }


def _number_facts(code: str, value: object, *, money: bool) -> dict[str, object]:
    if value is None or value == "":
        return {code: "", f"{code}-terbilang": ""}
    number = int(str(value))
    if money:
        return {code: rupiah(number), f"{code}-terbilang": f"{in_words(number)} rupiah"}
    shown = grouped(number) if abs(number) >= _GROUPED_FROM else str(number)
    return {code: shown, f"{code}-terbilang": in_words(number)}


def _slugs(field: Field, chosen: Sequence[object]) -> dict[str, object]:
    known = {f"{field.code}-is-{slug(choice)}": False for choice in field.choices}
    held = {f"{field.code}-is-{slug(str(choice))}": True for choice in chosen if choice}
    return {**known, **held}


def _rows_facts(field: Field, value: object, on: date | None) -> dict[str, object]:
    stored = value if isinstance(value, list | tuple) else ()
    rows: list[dict[str, object]] = []
    for row in stored:
        # a row of the form that was never filled in is no person
        if isinstance(row, Mapping) and any(_text(cell) for cell in row.values()):
            rows.append({"no": str(len(rows) + 1), **field_facts(field.columns, row, on=on)})
    count = len(rows)
    return {
        field.code: tuple(rows),
        f"{field.code}-jumlah": str(count) if count else "",
        f"{field.code}-jumlah-terbilang": in_words(count) if count else "",
    }


def _birth(
    code: str, values: Mapping[str, object], facts: Mapping[str, object], on: date | None
) -> dict[str, object]:
    """Give place-and-date and age for a birth date ("ayah-tanggal-lahir": "ayah-ttl")."""
    prefix = code.removesuffix(_BIRTHDATE)
    born = str(facts[code])
    place = str(facts.get(prefix + _BIRTHPLACE, ""))
    years = ""
    if born and on is not None:
        years = str(age_on(date.fromisoformat(str(values[code])), on))
    return {
        f"{prefix}ttl": ", ".join(part for part in (place, born) if part),
        f"{prefix}umur": years,
    }
