"""Lists and figures stay quick in an office of many years: what SQLite will read for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.accounts import save_acting
from kecamatan_desk.usecases.book_reading import book_choices, read_back
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.figures import office_today
from kecamatan_desk.usecases.office import save_absence
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register import book_page
from kecamatan_desk.usecases.worklist import work_list
from tests.builders import SettableClock, op, registered, taken_in
from tests.walking import DeskOf

Statement = tuple[str, Any]


@contextmanager
def noted(desk: Desk) -> Iterator[list[Statement]]:
    """Collect the statements a desk's readers send."""
    found: list[Statement] = []

    def note(_c: Any, _cur: Any, statement: str, values: Any, _ctx: Any, _many: bool) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, values))

    engine = desk.store._reader  # noqa: SLF001 - nothing else sees what is sent
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan(desk: Desk, statement: Statement) -> list[str]:
    with desk.store.reading() as session:
        raw: Any = session.connection().connection.driver_connection
        rows = raw.execute("EXPLAIN QUERY PLAN " + statement[0], statement[1]).fetchall()
    return [row[3] for row in rows]


def asked(desk: Desk, usecase: Callable[..., Any], *words: Any) -> list[Statement]:
    with noted(desk) as found:
        desk.ask(usecase, *words)
    return found


@pytest.mark.parametrize("service", [None, "sktm"])
def test_counting_a_years_book_reads_no_line(desk_of: DeskOf, service: str | None) -> None:
    desk = desk_of(Role.REGISTER)
    with noted(desk) as opening:
        read_back(desk, service or "umum", Period.of_year(2026), None, 10)
    counts = [
        *(s for s in opening if s[0].startswith("SELECT count")),
        *(s for s in asked(desk, book_choices, 2026) if "register_line" in s[0]),
        *(
            s
            for s in asked(desk, book_page, service, 2026, None)
            if s[0].startswith("SELECT count")
        ),
    ]
    assert len(counts) >= 6
    for statement in counts:
        for step in plan(desk, statement):
            read = step.startswith(("SCAN", "SEARCH")) and "line_status" not in step
            assert not read or "COVERING INDEX" in step or "PRIMARY KEY" in step, step
            assert not step.startswith("SEARCH line_status USING INDEX"), step


def test_the_counts_of_a_book_are_right(desk_of: DeskOf) -> None:
    registered(desk_of)
    desk = desk_of(Role.REGISTER)
    assert desk.ask(book_page, "sktm", 2026, 5).total == 1
    assert desk.ask(book_page, None, 2026, None).total == 1
    assert desk.ask(book_page, "sktm", 2026, 6).total == 0
    assert desk.ask(book_page, "skck", 2026, None).total == 0
    choices, first_year = desk.ask(book_choices, 2026)
    counted = {choice.form.code: choice.lines for choice in choices}
    assert (counted["umum"], counted["sktm"], counted["skck"]) == (1, 1, 0)
    assert choices[0].form.code == "umum"
    assert first_year == 2026


def test_the_oldest_open_file_is_not_looked_for_among_the_finished(desk_of: DeskOf) -> None:
    desk = desk_of(Role.CAMAT)
    oldest = next(s for s in asked(desk, office_today) if "ORDER BY request.taken_in_at" in s[0])
    assert any("ix_request_open" in step for step in plan(desk, oldest))


def test_absences_are_asked_for_once_however_many_files_wait(
    desk_of: DeskOf, admin_desk: Desk, clock: SettableClock
) -> None:
    kasi, sekcam = desk_of(Role.KASI), desk_of(Role.SEKCAM)
    for _ in range(3):
        taken_in(desk_of)
    clock.advance(days=6)
    day = clock.now.date()
    admin_desk.call(save_absence, op(), kasi.user.id, day, day, "Rapat")
    admin_desk.call(save_acting, op(), sekcam.user.id, Role.KASI, "Plh", day, day, "800/1/2026")
    few = len(asked(kasi, work_list, Role.KASI, "masuk"))
    for _ in range(4):
        taken_in(desk_of)
    clock.advance(days=20)
    many = len(asked(kasi, work_list, Role.KASI, "masuk"))
    assert many - few <= 4  # the pauses of each file, nothing else
