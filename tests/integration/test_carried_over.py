"""Sisa tahun lalu: a file of an earlier year says so in lists and in the book."""

from datetime import UTC, datetime

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.format import service_line
from kecamatan_desk.ui.screens.book_jobs import Asked, read_sheet
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import read_lines
from kecamatan_desk.usecases.worklist import work_list
from tests.builders import DeskOf, SettableClock
from tests.walking import brought_to, forward

JANUARY = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
#: 00.30 WIB on 1 January, still 31 December by UTC
NEW_YEAR = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)


def carried(desk: Desk, role: Role, kind: str) -> list[tuple[str, bool]]:
    return [(one.applicant, one.carried) for one in desk.ask(work_list, role, kind)]


def test_a_list_says_which_files_came_last_year(desk_of: DeskOf, clock: SettableClock) -> None:
    clock.set(datetime(2026, 12, 30, 2, 0, tzinfo=UTC))
    brought_to(desk_of, "sktm", "register", nama="Asep Sunandar")
    assert carried(desk_of(Role.REGISTER), Role.REGISTER, "masuk") == [("Asep Sunandar", False)]
    clock.set(NEW_YEAR)
    brought_to(desk_of, "sktm", "register", nama="Budi Santoso", nik="9901015404910011")
    found = dict(carried(desk_of(Role.REGISTER), Role.REGISTER, "masuk"))
    assert found == {"Asep Sunandar": True, "Budi Santoso": False}
    shown = {
        one.applicant: service_line(one, "SKTM")
        for one in desk_of(Role.REGISTER).ask(work_list, Role.REGISTER, "masuk")
    }
    assert shown == {"Asep Sunandar": "SKTM, sisa tahun lalu", "Budi Santoso": "SKTM"}


def test_the_new_years_book_says_it_of_a_line_and_the_old_one_on_screen(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 12, 30, 2, 0, tzinfo=UTC))
    verified = brought_to(desk_of, "sktm", "register", nama="Asep Sunandar")
    running = brought_to(desk_of, "sktm", "serahkan", nama="Cecep Lama", nik="9901015404910012")
    desk = desk_of(Role.REGISTER)

    def keterangan(year: int) -> list[str]:
        part = read_sheet(desk, Asked("sktm", Period.of_year(year)), None, 100)
        return [one.read.line.cells[-1] for one in part.lines]

    assert keterangan(2026) == [""]
    clock.set(JANUARY)
    forward(desk_of, verified)  # verified in December, it takes January's number
    brought_to(desk_of, "sktm", "tanda-tangan", nama="Budi Baru", nik="9901015404910011")
    lines = list(read_lines(desk, "sktm", Period.of_year(2027)))
    assert [(line.name, line.carried) for line in lines] == [
        ("Asep Sunandar", True),
        ("Budi Baru", False),
    ]
    assert keterangan(2027) == ["Sisa tahun lalu", ""]
    assert keterangan(2026) == ["Belum selesai, sisa tahun lalu"]
    assert not any(line.carried for line in read_lines(desk, "sktm", Period.of_year(2026)))
    forward(desk_of, running)  # ended: no longer left over
    assert keterangan(2026) == [""]
