"""A year is read before it is closed: the counter goes on, and the page states what holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.audit import audit
from kecamatan_desk.usecases import closing, closing_facts, closing_preparing
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.closing_facts import collect, joined, lines_read, span_of
from kecamatan_desk.usecases.closing_pages import closing_facts as facts_of
from kecamatan_desk.usecases.closing_preparing import prepare_year
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period
from tests.builders import SettableClock, op
from tests.closing_office import History
from tests.integration.test_inserting import inserted
from tests.walking import DeskOf, brought_to

JANUARY = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)


@pytest.fixture
def year(desk_of: DeskOf, clock: SettableClock) -> Desk:
    """Some weeks of work with an inserted number, all months closed in January."""
    history = History(desk_of, clock, seed=7)
    for _ in range(9):
        history.day()
    inserted(desk_of, date(2026, 5, 14))
    clock.set(JANUARY)
    desk = desk_of(Role.REGISTER)
    desk.call(confirm_clock, op())
    closing.close_in_order(desk, op(), 2026)
    return desk


def test_what_is_read_month_by_month_is_what_one_reading_gives(year: Desk) -> None:
    whole = year.ask(lines_read, span_of("2026"))
    parts = [year.ask(lines_read, Period.of_month(2026, month)) for month in range(1, 13)]
    assert joined(parts) == whole
    assert [one.number for _, one in whole.late]
    prepared = prepare_year(year, 2026)
    assert prepared is not None
    assert prepared.facts == year.ask(collect, "2026")


def test_a_prepared_year_is_closed_once(year: Desk, clock: SettableClock) -> None:
    deed = op()
    before = year.ask(collect, "2026")
    act = closing.close_prepared_year(year, deed, 2026)
    assert closing.close_prepared_year(year, deed, 2026) == act
    assert year.ask(facts_of, act) == before
    with pytest.raises(RuleError, match="sudah ditutup"):
        closing.close_prepared_year(year, op(), 2026)
    assert audit(year.store.path, year.files.folder).findings == []


def test_what_is_done_meanwhile_is_stated(
    year: Desk, desk_of: DeskOf, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody works between the reading and the lock: nothing that was prepared is used."""
    real = closing_preparing.prepare_year
    prepared: list[Any] = []

    def slow(desk: Desk, of: int) -> Any:
        prepared.append(real(desk, of))
        clock.advance(minutes=5)
        desk_of(Role.PELAYANAN).call(confirm_clock, op())
        brought_to(desk_of, "sktm", "serahkan", nama="Cecep Terlambat", nik="9901015404910019")
        return prepared[0]

    monkeypatch.setattr(closing, "prepare_year", slow)
    act = closing.close_prepared_year(year, op(), 2026)
    facts = year.ask(facts_of, act)
    assert prepared[0] is not None
    assert facts.head_seq > prepared[0].facts.head_seq
    assert facts.mark[0] > prepared[0].facts.mark[0]
    assert audit(year.store.path, year.files.folder).findings == []


def test_a_day_later_it_is_read_again(
    year: Desk, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = closing_preparing.prepare_year

    def overnight(desk: Desk, of: int) -> Any:
        found = real(desk, of)
        clock.advance(days=1)
        return found

    monkeypatch.setattr(closing, "prepare_year", overnight)
    act = closing.close_prepared_year(year, op(), 2026)
    assert year.ask(facts_of, act).day == "2027-01-05"


def test_a_restless_counter_is_closed_under_the_lock(
    year: Desk, desk_of: DeskOf, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[int] = []

    def restless(*arguments: Any) -> Any:
        work.append(1)
        head = closing_facts.head_of_chain(*arguments)
        return replace(head, seq=head.seq - 1)

    monkeypatch.setattr(closing_preparing, "head_of_chain", restless)
    assert prepare_year(year, 2026) is None
    assert len(work) == 4
    act = closing.close_prepared_year(year, op(), 2026)
    assert year.ask(facts_of, act).period == "2026"


def test_only_who_closes_books_reads_for_it(year: Desk, desk_of: DeskOf) -> None:
    with pytest.raises(NotAllowedError):
        closing.close_prepared_year(desk_of(Role.PELAYANAN), op(), 2026)


def test_the_lock_is_held_for_the_writing_alone(
    year: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of the year is read while the write lock is held."""
    writes, real = [], year.store.writing

    @contextmanager
    def watched() -> Iterator[Session]:
        begun = perf_counter()
        with real() as session:
            monkeypatch.setattr(closing_facts, "_lines", _forbidden)
            yield session
        writes.append(perf_counter() - begun)

    monkeypatch.setattr(year.store, "writing", watched)
    closing.close_prepared_year(year, op(), 2026)
    assert len(writes) == 1


def _forbidden(*_arguments: object) -> None:
    raise AssertionError("lines are read under the write lock")
