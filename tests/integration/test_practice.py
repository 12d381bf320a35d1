"""The practice office: everybody invented, every state of the SOPs, nothing in the future."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.cli import practice
from kecamatan_desk.cli.practice import make_practice
from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.tables import (
    AbsenceRecord,
    ActingRecord,
    BlockRecord,
    BundleRecord,
    DocumentRecord,
    EventRecord,
    LineRecord,
    RequestRecord,
    UserRecord,
)
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.entrance_values import PRACTICE_PASSWORD
from kecamatan_desk.usecases.intake import check_values
from kecamatan_desk.usecases.passwords import HashCost
from kecamatan_desk.usecases.practice.maker import fill_office, time_line
from kecamatan_desk.usecases.practice.timeline import PracticeClock
from kecamatan_desk.usecases.processing import PAUSES
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status

WIB = ZoneInfo("Asia/Jakarta")
CHEAP = HashCost(memory=8, passes=1, lanes=1)
TUESDAY = datetime(2026, 5, 12, 14, 20, tzinfo=WIB)

Rows = Callable[[Any], list[Any]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A practice office of 200 requests, made the way a user makes it: now."""
    made = Place(tmp_path_factory.mktemp("practice") / "data", "test")
    make_practice(made, 200, 1)
    return made


@pytest.fixture(scope="module")
def rows(place: Place) -> Iterator[Rows]:
    """Read all records of a table."""
    store = Store(place.current_database)

    def read(record: Any) -> list[Any]:
        with store.reading() as session:
            found = list(session.scalars(select(record).order_by(*record.__table__.primary_key)))
            session.expunge_all()
            return found

    yield read
    store.close()


def made_at(root: Path, now: datetime, requests: int, seed: int = 1) -> Place:
    """Make a practice office as if it were another day."""
    place = Place(root, "test")
    line = time_line(now, requests)
    clock = PracticeClock(line.at(0))
    office = open_place(place, create="practice", clock=clock, cost=CHEAP)
    fill_office(office, clock, line, requests, seed)
    office.close()
    return place


def events_of(place: Place) -> list[EventRecord]:
    store = Store(place.current_database)
    with store.reading() as session:
        found = list(session.scalars(select(EventRecord).order_by(EventRecord.seq)))
        session.expunge_all()
    store.close()
    return found


def test_so_many_requests_over_all_services(rows: Rows) -> None:
    requests = rows(RequestRecord)

    assert len(requests) == 200
    assert {request.service for request in requests} == set(SERVICES)


def test_a_file_waits_at_every_officers_step_of_every_service(rows: Rows) -> None:
    waiting = {
        (request.service, request.step or SERVICES[request.service].steps[1].code)
        for request in rows(RequestRecord)
        if request.status in (Status.RUNNING, Status.DRAFT)
    }

    assert waiting == {
        (service.code, step.code)
        for service in SERVICES.values()
        for step in service.steps[1:]
        if not step.with_previous
    }


def test_every_end_and_every_stay_occurs(rows: Rows) -> None:
    requests = rows(RequestRecord)
    failed = [r for r in requests if r.status == Status.FAILED]

    assert {r.status for r in requests} == set(Status)
    assert {SERVICES[r.service].family for r in failed if r.step and r.visits == 1} == set("ABCDE")
    assert {SERVICES[r.service].family for r in failed if r.step and r.visits == 2} == set("ABCDE")
    assert any(r.step is None for r in failed)  # closed, directed elsewhere
    assert {r.pause_kind for r in requests} == {None, *PAUSES, "Perekaman gagal"}
    assert {r.outcome for r in requests} >= {"berhasil", "duplikat"}
    cancelled = [r for r in requests if r.status == Status.CANCELLED]
    assert {r.line_id is None for r in cancelled} == {True, False}
    assert any(r.secret and r.status == Status.DONE for r in requests)


def test_every_signer_has_sent_back_and_refused(rows: Rows) -> None:
    requests = {request.id: request for request in rows(RequestRecord)}
    signers = {
        (SERVICES[code].family, Role(step.officer), step.code)
        for code in SERVICES
        for step in SERVICES[code].steps
        if step.code in ("pertimbangan", "keputusan")
        or step.may_return
        or (step.decision and step is not SERVICES[code].first_decision)
    }
    for act in ("kembalikan", "tolak"):
        events = [event for event in rows(EventRecord) if event.act == act]

        assert {
            (SERVICES[requests[e.request_id].service].family, Role(e.role), e.step) for e in events
        } == signers
    waiting = [request for request in requests.values() if request.status == Status.RUNNING]
    assert any(request.step == "register" and request.note for request in waiting)


def test_the_special_deeds_of_an_office_occur(rows: Rows) -> None:
    events = rows(EventRecord)
    recorded = [json.loads(event.payload).get("decided") for event in events]
    acting, absences = rows(ActingRecord), rows(AbsenceRecord)

    assert {Role(one["role"]) for one in recorded if one} == {Role.KASI, Role.SEKCAM, Role.CAMAT}
    assert (acting[0].role, acting[0].kind) == ("camat", "Plh")
    assert len(absences) >= 2
    assert any(line.signatory.startswith("Plh.") for line in rows(LineRecord))
    assert {bundle.kind for bundle in rows(BundleRecord)} == {"pemohon", "titipan"}
    assert max(document.version for document in rows(DocumentRecord)) == 2
    assert {"perbaiki", "terima-kembali", "jeda", "lanjutkan-jeda"} <= {e.act for e in events}


def test_every_registered_request_has_its_letter(rows: Rows) -> None:
    drawn = {document.request_id for document in rows(DocumentRecord)}
    due = {request.id for request in rows(RequestRecord) if request.form != "register"}
    numbered = {line.request_id for line in rows(LineRecord) if line.letter_number}

    assert len(numbered & due) > 80
    assert numbered & due <= drawn
    assert not (numbered - due) & drawn  # their number is written on the village's letter


def test_letters_made_elsewhere_and_a_sheet_for_hours_without_power_occur(rows: Rows) -> None:
    outside = [line for line in rows(LineRecord) if line.request_id is None]
    assert [line.number for line in outside] == [1, 2, 3, 4]
    assert [bool(line.letter_number) for line in outside] == [True, True, False, True]
    (block,) = rows(BlockRecord)
    assert (block.kind, block.first, block.last) == ("cadangan", 1, 3)


def test_it_is_whole(place: Place) -> None:
    assert check_place(place).findings == ()


def test_nothing_is_older_than_this_year_or_in_the_future(rows: Rows) -> None:
    now = datetime.now(UTC)
    times = [datetime.fromisoformat(event.at) for event in rows(EventRecord)]

    assert times == sorted(times)
    assert times[-1] <= now
    assert {moment.astimezone(WIB).year for moment in times} == {now.astimezone(WIB).year}
    assert all(request.saved_at <= now for request in rows(RequestRecord))


def test_everybody_is_invented_and_fits_his_numbers(place: Place, rows: Rows) -> None:
    office = open_place(place, write=False)
    desk = office.practice_desk(Role.PELAYANAN)
    for request in rows(RequestRecord):
        notes = desk.ask(check_values, request.service, request.data)

        numbers = re.findall(r"\b\d{16}\b", json.dumps(request.data))
        assert all(number.startswith("99") for number in (*numbers, request.nik or "99"))
        assert [note.message for note in notes if "NIK" in note.message] == []
    office.close()


def test_every_role_is_there_and_comes_in_by_the_password_shown(place: Place) -> None:
    office = open_place(place, write=False)

    assert office.practice_password == PRACTICE_PASSWORD
    assert not office.needs_setup
    assert {role for user in office.users() for role in user.roles} == set(STAFF)
    assert all(user.has_password and user.has_pin for user in office.users())
    for user in office.users():
        assert office.sign_in(user.username, PRACTICE_PASSWORD).user.id == user.id
    office.close()


def test_no_official_has_a_number_a_real_one_could_have(rows: Rows) -> None:
    numbered = [user for user in rows(UserRecord) if user.nip]

    assert len(numbered) >= 3
    assert all(user.nip[4:6] == "13" for user in numbered)


def test_the_work_is_done_in_office_hours(tmp_path: Path) -> None:
    place = made_at(tmp_path / "data", TUESDAY, 30)
    office = open_place(place, write=False)
    calendar = office.practice_desk(Role.ADMIN).ask(_calendar)
    office.close()
    for event in events_of(place):
        at = datetime.fromisoformat(event.at)

        assert calendar.minutes_between(at - timedelta(minutes=1), at + timedelta(minutes=1)) > 0


def _calendar(work: Any) -> Any:
    return work.calendar


def test_one_seed_gives_the_same_people_choices_and_order(tmp_path: Path) -> None:
    later = TUESDAY + timedelta(minutes=25)
    places = [made_at(tmp_path / str(n), at, 24, 7) for n, at in enumerate((TUESDAY, later))]
    other = made_at(tmp_path / "other", TUESDAY, 24, 8)

    first, second, third = (_told(place) for place in (*places, other))

    assert first == second
    assert first != third


def _told(place: Place) -> list[tuple[Any, ...]]:
    store = Store(place.current_database)
    with store.reading() as session:
        found = [
            (r.file_code, r.service, r.status, r.step, r.data, r.letter_number, r.arrived_at)
            for r in session.scalars(select(RequestRecord))
        ]
        # not their bytes: each office signs the codes of its letters with a key of its own
        found += [
            (d.kind, d.version, d.facts, d.template_sha256, d.pages)
            for d in session.scalars(select(DocumentRecord))
        ]
    store.close()
    return found


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 1, 1, 0, 0, tzinfo=WIB),
        datetime(2027, 1, 1, 9, 30, tzinfo=WIB),
        datetime(2027, 1, 4, 8, 10, tzinfo=WIB),
        datetime(2027, 1, 15, 16, 50, tzinfo=WIB),
        datetime(2026, 12, 31, 23, 59, tzinfo=WIB),
    ],
)
def test_it_can_be_made_on_any_day_of_the_year(tmp_path: Path, now: datetime) -> None:
    place = made_at(tmp_path / "data", now, 45)

    times = [datetime.fromisoformat(event.at).astimezone(WIB) for event in events_of(place)]
    assert times == sorted(times)
    assert times[-1] <= now
    assert {moment.year for moment in times} == {now.year}
    assert check_place(place).ok


@pytest.mark.parametrize("requests", [0, 1, 7])
def test_a_small_office_has_exactly_so_many_requests(tmp_path: Path, requests: int) -> None:
    place = made_at(tmp_path / "data", TUESDAY, requests)

    assert check_place(place).checked["request"] == requests


def test_a_directory_that_holds_anything_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "letter.txt"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")

    with pytest.raises(RuleError, match="sudah berisi"):
        make_practice(Place(kept.parent, "test"), 1)

    assert [path.name for path in kept.parent.iterdir()] == ["letter.txt"]


def test_an_office_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_part: float) -> None:
        raise OSError("no space left")

    for root in (tmp_path / "missing", tmp_path / "empty"):
        if root.name == "empty":
            root.mkdir()
        with pytest.raises(OSError, match="no space"):
            make_practice(Place(root, "test"), 5, progress=broken)

    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert list((tmp_path / "empty").iterdir()) == []


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    parts: list[float] = []

    practice.make_practice(Place(tmp_path / "data", "test"), 6, progress=parts.append)

    assert parts == sorted(parts)
    assert (len(parts), parts[-1]) == (6, 1.0)
