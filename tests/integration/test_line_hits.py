"""F3 finds letters written outside the program by number, receiver and subject."""

from datetime import date

import pytest

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.line_hits import LineHit, line_hits
from kecamatan_desk.usecases.worklist import search
from tests.builders import DeskOf, registered
from tests.reserving import recorded


@pytest.mark.parametrize(
    "typed",
    [
        "sosial",
        "Dinas SOSIAL mekarjaya",
        "rapat koordinasi",
        "undangan sosial",
        "005/001",
        "001",
    ],
)
def test_a_letter_without_a_file_is_found(desk_of: DeskOf, typed: str) -> None:
    desk = desk_of(Role.PELAYANAN)
    line = recorded(desk_of)
    (hit,) = (one for one in desk.ask(search, typed) if isinstance(one, LineHit))
    assert (hit.line_id, hit.id) == (line, -line)
    assert (hit.agenda, hit.book, hit.day) == ("001", "umum", date(2026, 5, 12))
    assert hit.applicant == "Dinas Sosial Kabupaten Mekarjaya"
    assert hit.subject == "Undangan rapat koordinasi"
    assert hit.letter_number.startswith("005/001")


def test_it_stands_in_its_services_book_and_behind_the_files(desk_of: DeskOf) -> None:
    desk = desk_of(Role.REGISTER)
    registered(desk_of, nama="Asep Kurniawan")
    recorded(desk_of, service="sktm", classification="", name="Asep Kurniawan", sent=False)
    file, line = desk.ask(search, "asep kurniawan")
    assert not isinstance(file, LineHit)
    assert isinstance(line, LineHit)
    assert (line.book, line.agenda, line.state_words) == ("sktm", "002", "Dicatat")
    # the line of a file is found as its file alone
    assert [isinstance(one, LineHit) for one in desk.ask(search, "001")].count(True) == 0


def test_nothing_is_found_by_other_words_or_marks(desk_of: DeskOf, admin_desk: Desk) -> None:
    recorded(desk_of)
    desk = desk_of(Role.PELAYANAN)
    for typed in ("dinas kesehatan", "%", "_", "so%al", "   "):
        assert desk.ask(line_hits, typed) == ()
    with pytest.raises(NotAllowedError):
        admin_desk.ask(line_hits, "sosial")
