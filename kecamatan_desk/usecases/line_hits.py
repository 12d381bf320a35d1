"""Letters written outside the program as F3 finds them: by number, receiver and subject.

They have no request, so nothing of them is opened but their line in the book.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import func, select

from kecamatan_desk.domain.numbering import agenda_display
from kecamatan_desk.domain.roles import ON_FILES
from kecamatan_desk.domain.text import folded
from kecamatan_desk.persistence.tables import LineRecord, LineStatusRecord, table_of
from kecamatan_desk.usecases.booking import LINE_STATES
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.values import SearchHit
from kecamatan_desk.workflows.engine import Status

_LINE, _STATUS = table_of(LineRecord), table_of(LineStatusRecord)
_MOST = 50
_WORDS = {"diserahkan": "Dikirim", "batal": "Batal"}


@dataclass(frozen=True, slots=True)
class LineHit(SearchHit):
    """A line of the book without a request. Its ``id`` is the line's below zero: no file has it."""

    agenda: str = ""  # 012
    book: str = ""  # code of the book it stands in
    day: date = date.min  # of the line
    subject: str = ""
    state_words: str = ""  # Dicatat, Dikirim, Batal

    @property
    def line_id(self) -> int:
        """The line."""
        return -self.id


def line_hits(work: UnitOfWork, typed: str) -> tuple[LineHit, ...]:
    """Find such letters that hold every word typed, the newest first."""
    from kecamatan_desk.usecases.book_forms import COMMON, REGISTER_BOOKS  # loads all books

    work.require(*ON_FILES)
    words = folded(typed).split()
    if not words:
        return ()
    columns = (_LINE.c.letter_number, _LINE.c.name, _LINE.c.purpose)
    text = func.printf("%03d", _LINE.c.number) + _LINE.c.suffix
    for column in columns:
        text = text + " | " + column
    query = select(_LINE).where(_LINE.c.request_id.is_(None), _LINE.c.letter_number.is_not(None))
    for word in words:
        query = query.where(func.lower(text).contains(word, autoescape=True))
    rows = work.session.execute(query.order_by(_LINE.c.id.desc()).limit(_MOST)).all()
    ends = _ends(work, [row.id for row in rows])
    return tuple(
        LineHit(
            id=-row.id,
            file_code="",
            service=row.service,
            applicant=row.name,
            nik_masked="",
            status=Status.CANCELLED if ends.get(row.id) == "batal" else Status.DONE,
            step=None,
            letter_number=row.letter_number,
            created_at=datetime.combine(
                date.fromisoformat(row.letter_day), time(), tzinfo=work.zone
            ),
            agenda=agenda_display(row.number, row.suffix),
            book=row.service if row.service in REGISTER_BOOKS else COMMON,
            day=date.fromisoformat(row.day),
            subject=row.purpose,
            state_words=_WORDS.get(ends.get(row.id, ""), "Dicatat"),
        )
        for row in rows
    )


def _ends(work: UnitOfWork, ids: list[int]) -> dict[int, str]:
    found = work.session.execute(
        select(_STATUS.c.line_id, _STATUS.c.kind)
        .where(_STATUS.c.line_id.in_(ids), _STATUS.c.kind.in_(LINE_STATES.values()))
        .order_by(_STATUS.c.id)
    )
    return {row.line_id: row.kind for row in found}
