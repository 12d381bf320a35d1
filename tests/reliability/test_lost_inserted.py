"""Nomor sisipan outlive their database: a letter on paper is never given to another file."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from kecamatan_desk.bootstrap import held, open_place
from kecamatan_desk.domain.errors import StaleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.journal import NAME, parsed, read_highest, read_noted
from kecamatan_desk.usecases.backups import back_up_now, bring_journal_up
from kecamatan_desk.usecases.blocks import open_reserved
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.manual_letters import ManualLetter, record_manual
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import mark_of
from kecamatan_desk.usecases.reserved_lines import WAITS_LOST, read_book
from kecamatan_desk.usecases.reserving import declare_unused, waiting_numbers
from kecamatan_desk.usecases.restore_planning import plan_restore
from kecamatan_desk.usecases.restore_run import restored_words
from kecamatan_desk.usecases.restore_values import Restored, RestorePlan, Restorer
from kecamatan_desk.usecases.restoring import carry_out
from tests.builders import PASSWORD, DeskOf, SettableClock, op, registered
from tests.integration.test_inserting import at, inserted
from tests.reserving import entered

ADMIN = Restorer(10, "Putri Handayani", "akun")
EARLIER, TODAY = date(2026, 6, 6), date(2026, 6, 12)


@pytest.fixture
def saved(desk_of: DeskOf, clock: SettableClock) -> Path:
    """Two letters before the earlier day, one after it, and a backup; gives the set's file."""
    for day in (date(2026, 6, 2), date(2026, 6, 4), TODAY):
        clock.set(at(day))
        registered(desk_of)
    return back_up_now(desk_of(Role.ADMIN)).local.path


def restored(place: Place, path: Path, clock: SettableClock) -> tuple[RestorePlan, Restored]:
    with held(place):
        plan = plan_restore(place, path, now=clock())
        return plan, carry_out(place, plan, ADMIN, now=clock())


class Reopened:
    """A place opened again, with its people."""

    def __init__(self, place: Place, clock: SettableClock) -> None:
        self.office = open_place(place, clock=clock)
        self._desks: dict[Role, Desk] = {}
        self(Role.PELAYANAN).call(confirm_clock, op())

    def __call__(self, role: Role) -> Desk:
        if role not in self._desks:
            self._desks[role] = self.office.sign_in(role.value, PASSWORD)
        return self._desks[role]


def lose_data(place: Place) -> None:
    """A disk that has died: only what lies outside the database is left."""
    place.current_database.write_bytes(b"\0" * 4096)


@pytest.mark.parametrize("dead", [False, True])
def test_a_letter_lost_with_the_disk_is_not_given_to_another(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path, dead: bool
) -> None:
    assert [inserted(desk_of, EARLIER).agenda for _ in range(2)] == ["002.A", "002.B"]
    office.close()
    if dead:
        lose_data(place)
    else:
        (place.journal / NAME).unlink()  # the old data tell of them too

    plan, done = restored(place, saved, clock)

    assert [one.agenda for one in plan.inserted] == ["002.A", "002.B"]
    assert done.inserted == plan.inserted
    assert "002.A" in restored_words(done, "kemarin", kept=True)
    assert check_place(place).ok, check_place(place).findings
    again = Reopened(place, clock)
    try:
        assert inserted(again, EARLIER).agenda == "002.C"
        assert registered(again).agenda_number == 4
        waiting = again(Role.REGISTER).ask(waiting_numbers)
        assert [one.label for one in waiting if one.suffix] == ["002.A", "002.B"]
    finally:
        again.office.close()
    report = check_place(place)
    assert report.ok, report.findings


def test_the_book_shows_it_open_until_it_is_written_again(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path
) -> None:
    for _ in range(2):
        inserted(desk_of, EARLIER)
    office.close()
    lose_data(place)
    restored(place, saved, clock)
    again = Reopened(place, clock)
    try:
        register = again(Role.REGISTER)

        def agendas(service: str | None) -> list[tuple[str, str]]:
            mark = register.ask(mark_of)
            lines = read_book(register, service, Period.of_year(2026), mark)
            return [(line.agenda, line.note) for line in lines]

        assert [agenda for agenda, _ in agendas("sktm")][:5] == [
            "001", "002", "002.A", "002.B", "003"
        ]  # fmt: skip
        assert ("002.A", WAITS_LOST) in agendas("sktm")
        assert ("002.B", WAITS_LOST) in agendas(None)
        assert {one.label for one in register.ask(open_reserved, "2026-06")} >= {"002.A", "002.B"}

        one, other = (n for n in register.ask(waiting_numbers) if n.suffix)
        letter = ManualLetter(
            "Siti Maimunah", "Keterangan tidak mampu", EARLIER, "sktm",
            block_id=one.block_id, number=one.number,
        )  # fmt: skip
        register.call(record_manual, op(), letter)
        register.call(
            declare_unused, op(), [(other.block_id, other.number)], "Tidak ada dalam map Juni"
        )
        assert not any(n.suffix for n in register.ask(waiting_numbers))
        notes = dict(agendas("sktm"))
        assert WAITS_LOST not in (notes["002.A"], notes["002.B"])
        (line,) = _rows(place, "SELECT * FROM register_line WHERE suffix = '.A'")
        assert "002.A" in line["letter_number"]
        assert inserted(again, EARLIER).agenda == "002.C"
    finally:
        again.office.close()
    report = check_place(place)
    assert report.ok, report.findings


def test_what_is_in_the_backup_is_not_lost(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path
) -> None:
    inserted(desk_of, EARLIER)
    later = back_up_now(desk_of(Role.ADMIN)).local.path
    office.close()
    plan, done = restored(place, later, clock)
    assert (plan.inserted, done.inserted) == ((), ())
    # and one that was marked once is not marked again by the next restore of the same data
    plan, done = restored(place, saved, clock)
    assert [one.agenda for one in done.inserted] == ["002.A"]
    again = Reopened(place, clock)
    path = back_up_now(again(Role.ADMIN)).local.path
    again.office.close()
    assert restored(place, path, clock)[1].inserted == ()
    assert check_place(place).ok


def test_journals_of_both_kinds_are_read(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path
) -> None:
    """Lines of the program before have no suffix; what it cannot read it passes over."""
    file = place.journal / NAME
    before = read_highest(place.journal)
    assert inserted(desk_of, EARLIER).agenda == "002.A"
    last = file.read_text(encoding="ascii").splitlines()[-1]
    entry = parsed(last)
    assert entry is not None
    assert (entry.series, entry.number, entry.suffix) == ("sktm", 2, ".A")
    body = last.rpartition(" ")[0].split(" ")
    assert body[2] == "2.A"  # no run of digits: the program before leaves such a line out
    noted = read_noted(place.journal)
    assert noted.inserted == {("sktm", "2026", 2): 1}
    assert noted.highest[("sktm", "2026")] == before[("sktm", "2026")] == 3

    lines = file.read_text(encoding="ascii").splitlines(keepends=True)
    file.write_text("".join(lines[:-1]), encoding="ascii")  # the disk was full then
    assert read_noted(place.journal).inserted == {}
    bring_journal_up(desk_of(Role.ADMIN))
    assert read_noted(place.journal).inserted == {("sktm", "2026", 2): 1}


def test_a_lost_letter_vouches_for_no_line_beside_it(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path
) -> None:
    """`check` still finds an inserted line that nobody agreed to, and a letter out of turn."""
    inserted(desk_of, EARLIER)
    office.close()
    lose_data(place)
    restored(place, saved, clock)
    database = sqlite3.connect(place.current_database)
    database.execute("DROP TRIGGER guard_book_act_update")
    (facts,) = database.execute(
        "SELECT facts FROM book_act WHERE kind = 'sisipan-hilang'"
    ).fetchone()
    told = json.loads(facts)
    assert told == {"number": 2, "series": "sktm", "suffix": ".A"}
    database.execute("UPDATE book_act SET facts = replace(facts, '.A', '.B') WHERE kind = ?",
                     ("sisipan-hilang",))  # fmt: skip
    database.commit()
    database.close()
    assert not check_place(place).ok


def _rows(place: Place, query: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(place.current_database)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_its_file_is_entered_again_under_the_same_letter(
    office: Office, place: Place, clock: SettableClock, desk_of: DeskOf, saved: Path
) -> None:
    inserted(desk_of, EARLIER)
    office.close()
    lose_data(place)
    restored(place, saved, clock)
    again = Reopened(place, clock)
    try:
        (one,) = (n for n in again(Role.REGISTER).ask(waiting_numbers) if n.suffix)
        receipt = entered(again, one)
        assert receipt.agenda == "002.A"
        assert receipt.number is None  # nothing was spent
        (line,) = _rows(place, "SELECT * FROM register_line WHERE suffix = '.A'")
        assert line["request_id"] == receipt.request_id
        with pytest.raises(StaleError):
            entered(again, one)
    finally:
        again.office.close()
    report = check_place(place)
    assert report.ok, report.findings
