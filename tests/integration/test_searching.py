"""Finding a file by anything printed on its papers (work list and search)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.values import Receipt
from kecamatan_desk.usecases.worklist import (
    entry_counts,
    list_requests,
    officials_waiting,
    search,
    work_list,
)
from tests.builders import SettableClock, op
from tests.walking import PERSON, DeskOf, brought_to, forward, seen, started


@pytest.fixture
def registered(desk_of: DeskOf) -> Receipt:
    """A request of Raden Roro Kusumawardhani with a letter number, among others."""
    started(desk_of, "skck", nama="Ma'ruf Hidayat", nik="9901011203850002")
    return brought_to(desk_of, "sktm", "tanda-tangan")


def found(desk_of: DeskOf, typed: str) -> list[int]:
    return [hit.id for hit in desk_of(Role.PELAYANAN).ask(search, typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "kusumawardhani",
        "KUSUMA",
        "sumaw",
        "roro raden",
        "Raden  Roro",
        str(PERSON["nik"]),
        "990101-540491-0001",
        "540491",
    ],
)
def test_a_file_is_found_by_name_and_nik(desk_of: DeskOf, registered: Receipt, typed: str) -> None:
    assert found(desk_of, typed) == [registered.request_id]


def test_a_file_is_found_by_its_code_its_letter_and_a_scan(
    desk_of: DeskOf, registered: Receipt
) -> None:
    for typed in (
        registered.file_code,
        registered.file_code.lower(),
        f"KD1:{registered.file_code}",
        f"kd1:{registered.file_code}:v2",
        str(registered.letter_number),
        str(registered.letter_number).split("/", 1)[1],
    ):
        assert found(desk_of, typed) == [registered.request_id]


def test_a_paper_of_the_practice_mode_is_told_from_a_real_one(
    desk_of: DeskOf, registered: Receipt
) -> None:
    with pytest.raises(RuleError, match="data latihan"):
        desk_of(Role.PELAYANAN).ask(search, f"KDX1:{registered.file_code}")


@pytest.mark.parametrize(
    "typed", ["", "   ", "zzzz", "Siti Kusumawardhani", "%", "_____", '"', "*"]
)
def test_what_stands_nowhere_is_not_found(desk_of: DeskOf, registered: Receipt, typed: str) -> None:
    assert found(desk_of, typed) == []


@pytest.mark.parametrize("typed", ["Ma'ruf", "maruf", "MA’RUF", "hi", "ma hi"])
def test_apostrophes_and_short_words_find_as_well(
    desk_of: DeskOf, registered: Receipt, typed: str
) -> None:
    assert registered.request_id not in found(desk_of, typed)
    assert len(found(desk_of, typed)) == 1


def test_the_newest_file_stands_first(desk_of: DeskOf) -> None:
    ids = [started(desk_of, "sktm").request_id for _ in range(3)]
    assert found(desk_of, "kusumawardhani") == ids[::-1]


def test_a_file_that_was_found_bears_the_day_of_the_office(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    clock.set(datetime(2026, 5, 12, 23, 30, tzinfo=UTC))  # 06.30 WIB of the 13th
    started(desk_of, "sktm")
    (hit,) = desk_of(Role.PELAYANAN).ask(search, "kusumawardhani")
    assert hit.created_at.date() == date(2026, 5, 13)


def test_the_administrator_searches_no_names(desk_of: DeskOf, registered: Receipt) -> None:
    with pytest.raises(NotAllowedError):
        desk_of(Role.ADMIN).ask(search, "kusumawardhani")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text(max_size=40))
def test_no_text_whatever_breaks_the_search(desk_of: DeskOf, typed: str) -> None:
    desk_of(Role.PELAYANAN).ask(search, typed)


@pytest.mark.parametrize(
    "typed", ["\x00", "abc\x00def", "AND", "NEAR(a b)", "abc OR def", "a*b^c", "(("]
)
def test_the_words_of_the_index_are_only_words(desk_of: DeskOf, typed: str) -> None:
    assert found(desk_of, typed) == []


# Lists


def test_every_list_holds_what_waits_for_its_role_the_most_urgent_first(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    late = started(desk_of, "sktm")
    clock.advance(minutes=20)
    fresh = started(desk_of, "skck")
    resting = desk_of(Role.KASI).call(
        processing.pause, op(), seen(started(desk_of, "ahli-waris")), "Listrik padam"
    )
    clock.advance(minutes=1)
    listed = desk_of(Role.KASI).ask(work_list, Role.KASI, "masuk")
    assert [row.id for row in listed] == [r.request_id for r in (late, fresh, resting)]
    assert [row.clock.state for row in listed] == ["late", "ok", "rest"]
    assert listed[0].nik_masked == "9901••••••••0001"


def test_the_counts_of_the_rail_are_the_lengths_of_the_lists(desk_of: DeskOf) -> None:
    for code, step in (
        ("sktm", "tanda-tangan"),
        ("sktm", "serahkan"),
        ("ahli-waris", "ajukan-ttd"),
        ("skck", "tanda-tangan"),
    ):
        brought_to(desk_of, code, step)
    sekcam = desk_of(Role.SEKCAM)
    assert sekcam.ask(entry_counts) == {(Role.SEKCAM, "tanda-tangan"): 3}
    assert len(sekcam.ask(work_list, Role.SEKCAM, "tanda-tangan")) == 3
    assert desk_of(Role.PELAYANAN).ask(entry_counts) == {(Role.PELAYANAN, "siap"): 1}


def test_what_waits_for_officials_is_listed_to_the_register_officer_alone(
    desk_of: DeskOf,
) -> None:
    waiting = [started(desk_of, "sktm"), brought_to(desk_of, "ahli-waris", "tanda-tangan")]
    started(desk_of, "ktp")  # waits for verification, not for an official
    listed = desk_of(Role.REGISTER).ask(officials_waiting)
    assert {row.id for row in listed} == {receipt.request_id for receipt in waiting}
    with pytest.raises(NotAllowedError):
        desk_of(Role.PELAYANAN).ask(officials_waiting)


def test_a_file_that_has_ended_stands_in_no_list(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "serahkan")
    forward(desk_of, receipt)
    for role in (Role.PELAYANAN, Role.REGISTER, Role.KASI, Role.SEKCAM):
        assert desk_of(role).ask(entry_counts) == {}


def test_the_command_line_lists_requests_without_names(desk_of: DeskOf) -> None:
    receipts = [started(desk_of, code) for code in ("sktm", "ktp", "sktm")]
    desk = desk_of(Role.REGISTER)
    every = desk.ask(list_requests, None, 0)
    assert [row["file_code"] for row in every] == [r.file_code for r in receipts]
    assert [row["id"] for row in desk.ask(list_requests, "sktm", 0)] == [1, 3]
    assert [row["id"] for row in desk.ask(list_requests, None, 1, 1)] == [2]
    assert "Kusumawardhani" not in str(every)
