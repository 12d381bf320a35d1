"""Opening the book of a year, and the checklist of its turn."""

from datetime import UTC, datetime

import pytest

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.book_states import closings_of
from kecamatan_desk.usecases.book_years import (
    YearTask,
    look_at,
    open_year,
    year_checklist,
    year_opening,
)
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.closing_pages import finish_closing, note_printed
from kecamatan_desk.usecases.desk import Desk
from tests.builders import SettableClock, op
from tests.closing_office import closed_year
from tests.walking import DeskOf, brought_to, rows

NEW_YEAR = datetime(2027, 1, 4, 2, tzinfo=UTC)
YEAR = 2026


def tasks(desk: Desk, backed_up: datetime | None = None) -> dict[str, YearTask]:
    return {task.code: task for task in desk.ask(year_checklist, YEAR, backed_up)}


def test_a_year_is_opened_once_with_its_mode(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    desk.call(open_year, op(), YEAR + 1, "satu")
    opening = desk.ask(year_opening, YEAR + 1)
    assert (opening.mode, opening.opened, opening.fixed) == ("satu", True, False)
    with pytest.raises(RuleError, match="sudah dibuka"):
        desk.call(open_year, op(), YEAR + 1, "satu")
    desk.call(open_year, op(), YEAR + 1, "layanan")  # nothing was numbered yet
    assert desk.ask(year_opening, YEAR + 1).mode == "layanan"


def test_the_mode_of_a_running_year_is_fixed(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    with pytest.raises(RuleError, match="sudah berisi nomor"):
        desk.call(open_year, op(), YEAR, "satu")
    desk.call(open_year, op(), YEAR, "layanan")  # what its first number has implied
    with pytest.raises(RuleError, match="sudah dibuka"):
        desk.call(open_year, op(), YEAR, "layanan")


def test_what_cannot_be_opened(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    for year in (YEAR - 1, YEAR + 2):
        with pytest.raises(RuleError, match="tidak dapat dibuka"):
            desk.call(open_year, op(), year, "layanan")
    with pytest.raises(InputError):
        desk.call(open_year, op(), YEAR + 1, "acak")
    with pytest.raises(NotAllowedError):
        desk_of(Role.PELAYANAN).call(open_year, op(), YEAR + 1, "layanan")


def test_the_first_number_opens_a_year_like_the_last(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    desk = desk_of(Role.REGISTER)
    desk.call(open_year, op(), YEAR, "satu")
    brought_to(desk_of, "sktm", "tanda-tangan")
    clock.set(NEW_YEAR)
    desk.call(confirm_clock, op())
    brought_to(desk_of, "sktm", "tanda-tangan")
    brought_to(desk_of, "skck", "tanda-tangan")
    lines = rows(place.current_database, "SELECT series, period, number FROM register_line")
    assert [tuple(line.values()) for line in lines] == [
        ("umum", "2026", 1),
        ("umum", "2027", 1),
        ("umum", "2027", 2),
    ]
    assert not desk.ask(year_opening, YEAR + 1).opened


def test_the_checklist_goes_from_open_to_done(desk_of: DeskOf, clock: SettableClock) -> None:
    desk = desk_of(Role.REGISTER)
    brought_to(desk_of, "sktm", "tanda-tangan")
    before = tasks(desk)
    assert not any(before[code].done for code in ("sisa", "bulan", "halaman", "tutup", "cadangan"))
    assert before["bulan"].told == "0 dari 1 bulan, sampai bulan ini"
    assert all(task.todo for task in before.values() if not task.done)
    clock.set(NEW_YEAR)
    act = closed_year(desk_of, YEAR)
    closed = tasks(desk)
    assert closed["sisa"].done  # carried over by the closing
    assert closed["sisa"].told == "1 berkas belum selesai"
    assert closed["bulan"].done
    assert closed["bulan"].told == "8 dari 8 bulan"
    assert closed["tutup"].done
    assert closed["halaman"].told == "9 halaman belum dicetak"
    assert not closed["cadangan"].done
    assert not tasks(desk, datetime(2026, 12, 31, tzinfo=UTC))["cadangan"].done

    months = [f"{YEAR}-{month:02d}" for month in range(5, 13)]
    refs = desk.ask(closings_of, [*months, str(YEAR)])
    for ref in refs:
        desk.call(note_printed, op(), ref.act)
    assert finish_closing(desk, act).failed == ""
    desk.call(look_at, op(), YEAR, "kode")
    desk.call(look_at, op(), YEAR, "pejabat")
    desk.call(open_year, op(), YEAR + 1, "layanan")
    done = tasks(desk, clock.now)
    assert [code for code, task in done.items() if not task.done] == []
    assert done["kode"].told == "Dewi Anggraini, 04-01-2027"


def test_only_what_is_looked_at_by_eye_is_ticked(desk_of: DeskOf) -> None:
    with pytest.raises(InputError):
        desk_of(Role.REGISTER).call(look_at, op(), YEAR, "bulan")
    with pytest.raises(NotAllowedError):
        desk_of(Role.CAMAT).call(look_at, op(), YEAR, "kode")
