"""How a book takes its cells from a line of the register.

A source is the code of one of the service's own fields, or a small function of the line; of a
summed column the function gives the number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from kecamatan_desk.documents.book_values import BookForm, BookLine, Column
from kecamatan_desk.domain.indonesian import DAYS, grouped, short_date
from kecamatan_desk.domain.people import age_on
from kecamatan_desk.usecases.booking import HIDDEN
from kecamatan_desk.usecases.line_services import LINE_SERVICES
from kecamatan_desk.usecases.register_lines import RegisterLine
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

Source = str | Callable[[RegisterLine], str | int | None]
_PERSONS_SHOWN = 8  # of a long list; the letter names all


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """A book made of register lines: its form, and where each cell but the first comes from."""

    form: BookForm
    sources: tuple[Source, ...]


def register_book(
    code: str,
    title: str,
    columns: Sequence[tuple[Column, Source]],
    *,
    service: str | None = None,
    **more: Any,
) -> RegisterBook:
    """Put a book together; the running number leads."""
    forms = (NUMBER, *(column for column, _ in columns))
    form = BookForm(code, title, forms, service=service, **more)
    return RegisterBook(form, tuple(source for _, source in columns))


NUMBER = Column("No.", 7.0, align="c", struck=False)


def book_line(book: RegisterBook, line: RegisterLine) -> BookLine:
    """Give a line of the register as a line of a book."""
    cells, counts = [], []
    for column, source in zip(book.form.columns[1:], book.sources, strict=True):
        value = field_text(line, source) if isinstance(source, str) else source(line)
        if column.sums and not line.facts:  # nothing was filled in here: not even nobody
            counts.append(0)
            value = ""
        elif column.sums:
            counts.append(value if isinstance(value, int) else 0)
        cells.append(grouped(value) if isinstance(value, int) else value or "")
    return BookLine(
        cells=tuple(cells),
        day=line.registered,
        number=line.agenda,
        state=line.state,
        inserted=line.inserted,
        counts=tuple(counts),
        id=line.id,
        place=line.place,
    )


# --- values of fields ----------------------------------------------------------------------------


@cache
def _fields(service: str) -> Mapping[str, Field]:
    return {field.code: field for field in LINE_SERVICES[service].fields}


def field_text(line: RegisterLine, code: str) -> str:
    """Give one of the service's own fields as a book writes it; "" where there is nothing."""
    field = _fields(line.service)[code]
    if field.when is not None and not field.when.holds(line.facts):
        return ""
    return shown(field, line.facts.get(code))


def shown(field: Field, value: Any) -> str:
    """Write a stored value: dates short, numbers grouped, choices in a row."""
    if value is None or value == "":
        return ""
    match field.kind:
        case FieldKind.DATE:
            return short_date(date.fromisoformat(str(value)))
        case FieldKind.TIME:
            return str(value).replace(":", ".")
        case FieldKind.NUMBER | FieldKind.MONEY:
            return grouped(int(str(value)))
        case FieldKind.YES_NO:
            return {"ya": "Ya", "tidak": "Tidak"}.get(str(value), "")
        case FieldKind.ROWS:
            return f"{len(value)} baris"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return " ".join(str(value).split())


def rows_of(line: RegisterLine, code: str) -> tuple[Mapping[str, Any], ...]:
    """Give the filled rows of a table field."""
    value = line.facts.get(code) or ()
    return tuple(row for row in value if isinstance(row, Mapping) and any(row.values()))


def day_of(line: RegisterLine, code: str) -> date | None:
    """Give a date field."""
    value = line.facts.get(code)
    return date.fromisoformat(str(value)) if value else None


def stack(*parts: str) -> str:
    """Set the parts that are there one below the other."""
    return "\n".join(part for part in parts if part)


def listed(*parts: str) -> str:
    """Set the parts that are there in one row, parted by commas."""
    return ", ".join(part for part in parts if part)


def day_text(day: date | None) -> str:
    """Write a date that may be missing."""
    return "" if day is None else short_date(day)


# --- what several books show ---------------------------------------------------------------------


#: Cells that are an attribute of the line.
agenda: Callable[[RegisterLine], str] = attrgetter("agenda")
name: Callable[[RegisterLine], str] = attrgetter("name")
nik: Callable[[RegisterLine], str] = attrgetter("nik")
sex: Callable[[RegisterLine], str] = attrgetter("sex")
address: Callable[[RegisterLine], str] = attrgetter("address")
village: Callable[[RegisterLine], str] = attrgetter("village")
queue: Callable[[RegisterLine], str] = attrgetter("queue")
purpose: Callable[[RegisterLine], str] = attrgetter("purpose")


def registered(line: RegisterLine) -> str:
    """Give the day of the entry."""
    return short_date(line.registered)


def address_and_village(line: RegisterLine) -> str:
    """Give the address with the village below it."""
    return stack(line.address, line.village)


def service(line: RegisterLine) -> str:
    """Name the service in short."""
    return LINE_SERVICES[line.service].short


def intro(line: RegisterLine) -> str:
    """Number and date of the village's letter."""
    return stack(line.intro_number, day_text(line.intro_date))


def letter(line: RegisterLine) -> str:
    """Number, date and signatory of the letter."""
    if line.letter_date is None:
        return line.letter_number
    return stack(line.letter_number, short_date(line.letter_date), line.signatory)


def handed(line: RegisterLine) -> str:
    """When it was handed over, and to whom."""
    return stack(day_text(line.handed), line.receiver)


def nothing(_line: RegisterLine) -> str:
    """An empty cell, for a hand to fill in."""
    return ""


def note(line: RegisterLine) -> str:
    """Keterangan: void, refused, inserted, corrected, carried over."""
    inserted = "Nomor sisipan" if line.inserted else ""
    return stack(inserted, "Sisa tahun lalu" if line.carried else "", line.note)


def born(prefix: str) -> Callable[[RegisterLine], str]:
    """Give a source: place and date of birth of a person of the form."""

    def source(line: RegisterLine) -> str:
        place = str(line.facts.get(f"{prefix}tempat-lahir") or "")
        return listed(place, day_text(day_of(line, f"{prefix}tanggal-lahir")))

    return source


def letter_of_sex(code: str) -> Callable[[RegisterLine], str]:
    """Give a source: L or P from a field Laki-laki/Perempuan."""

    def source(line: RegisterLine) -> str:
        return str(line.facts.get(code) or "")[:1]

    return source


def persons(code: str) -> Callable[[RegisterLine], str]:
    """Give a source: how many persons a table field names, and the first of them."""

    def source(line: RegisterLine) -> str:
        names = [str(row.get("nama") or "") for row in rows_of(line, code)]
        if not names:
            return ""
        more = len(names) - _PERSONS_SHOWN
        rest = (f"dan {more} orang lagi, lihat surat",) if more > 0 else ()
        return stack(f"{len(names)} orang:", *names[:_PERSONS_SHOWN], *rest)

    return source


def hour(text: str) -> str:
    """Write a stored time of the day: "09.30"."""
    return text.replace(":", ".")


def years_on(line: RegisterLine, born_code: str, day: date | None) -> str:
    """Give an age in years, or "" when one of both days is missing."""
    born_on = day_of(line, born_code)
    return "" if born_on is None or day is None else str(age_on(born_on, day))


def is_hidden(line: RegisterLine) -> bool:
    """Whether the line is of a reporter who asked for secrecy."""
    return line.name == HIDDEN


def weekday(day: date) -> str:
    """Give the name of the day."""
    return DAYS[day.weekday()]


def field_or(code: str, other: Source) -> Callable[[RegisterLine], str]:
    """Give a source: a field, or another source where it is empty."""

    def source(line: RegisterLine) -> str:
        value = field_text(line, code)
        if value:
            return value
        return field_text(line, other) if isinstance(other, str) else str(other(line) or "")

    return source


def stacked(*sources: Source) -> Callable[[RegisterLine], str]:
    """Give a source: several sources one below the other."""

    def source(line: RegisterLine) -> str:
        parts = [
            field_text(line, one) if isinstance(one, str) else str(one(line) or "")
            for one in sources
        ]
        return stack(*parts)

    return source
