"""The monthly report over random months of real work: it agrees with books, events and itself."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kecamatan_desk.documents.report_values import MonthlyReport
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.figures import left_at, month_span
from kecamatan_desk.usecases.office_books import OFFICE_BOOKS
from kecamatan_desk.usecases.office_form import RETURNED
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register_lines import mark_of, read_lines
from kecamatan_desk.usecases.report import monthly_report
from kecamatan_desk.usecases.report_figures import ELSEWHERE
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from tests.builders import PROFILE, SettableClock, op, voided
from tests.walking import (
    DeskOf,
    drafted,
    forward,
    needed_paper,
    papers,
    rows,
    seen,
    started,
)

ZONE = ZoneInfo("Asia/Jakarta")
MONTHS = ((2026, 11), (2026, 12), (2027, 1), (2027, 2), (2027, 3))
KINDS = ("kia", "perekaman-ktp", "sktm", "ahli-waris", "belum-menikah", "oss", "pengaduan")
#: Hours of a file's day, from midnight in the office on: months turn at any of them.
HOURS = (0, 7, 9, 11, 14, 15, 23)
TMS = {"tutup", "kedaluwarsa"}
REFUSED = {"tolak", "batal"}
_, tms_book = OFFICE_BOOKS[RETURNED]


@dataclass
class File:
    """A file on its way; ``receipt`` is what its last act answered."""

    receipt: Receipt

    @property
    def waits(self) -> bool:
        return self.receipt.status == Status.FAILED and self.receipt.step is not None

    @property
    def open(self) -> bool:
        return self.receipt.step is not None


def begun(desk_of: DeskOf, random: Random) -> File | None:
    """Take in a file; sometimes only a draft, which is thrown away, or one that fails at once."""
    code = random.choice(KINDS)
    own: dict[str, Any] = {
        "desa": random.choice((*PROFILE.villages, "Cibodas", "Luar Kota")),
        "jenis_kelamin": random.choice(("Laki-laki", "Perempuan")),
    }
    if code == "pengaduan":
        own["rahasia"] = random.choice(("ya", "tidak"))
    fate = random.random()
    decides = SERVICES[code].steps[1].decision
    desk = desk_of(SERVICES[code].steps[1].officer)
    if fate < 0.1:
        saved, _ = drafted(desk_of, code, **own)
        if fate < 0.05:
            desk.call(processing.cancel, op(), Seen(saved.id, saved.version), "Salah ketik")
        return None
    if fate < 0.3 and decides:
        saved, draft = drafted(desk_of, code, **own)
        failing = papers(code, missing=needed_paper(code))
        draft = type(draft)(draft.service, draft.values, failing, draft.id)
        shown = Seen(saved.id, saved.version)
        return File(desk.call(intake.fail_at_counter, op(), shown, draft))
    return File(started(desk_of, code, **own))


def moved(desk_of: DeskOf, file: File, random: Random) -> None:
    """Do one of the deeds that are possible where the file waits."""
    receipt = file.receipt
    service, shown, fate = SERVICES[receipt.service], seen(receipt), random.random()
    counter = desk_of(service.steps[1].officer)
    assert receipt.step is not None
    decider = desk_of(service.first_decision.officer)
    if file.waits:
        if fate < 0.5:
            file.receipt = counter.call(processing.record_return, op(), shown)
        elif fate < 0.6:
            file.receipt = decider.call(processing.close_failed, op(), shown, "Ke Disdukcapil")
        return  # else he stays away
    first = receipt.step == service.first_decision.code
    if first and fate < 0.3:
        failing = papers(receipt.service, missing=needed_paper(receipt.service))
        file.receipt = decider.call(processing.fail_check, op(), shown, failing)
    elif first and fate < 0.35:
        file.receipt = decider.call(processing.close_failed, op(), shown, "Ke Disdukcapil")
    elif fate < 0.42:
        if receipt.agenda_number:
            file.receipt = voided(desk_of, receipt, "Dicabut pemohon")
        else:
            file.receipt = counter.call(processing.cancel, op(), shown, "Dicabut pemohon")
    elif receipt.step in ("tanda-tangan", "keputusan", "validasi") and fate < 0.6:
        officer = desk_of(service.step(receipt.step).officer)
        refuses = fate < 0.5
        file.receipt = (
            officer.call(processing.refuse, op(), shown, "Bukan warga")
            if refuses
            else officer.call(processing.send_back, op(), shown, None, "Betulkan nama")
        )
    else:
        file.receipt = forward(desk_of, receipt)


def lived_through(desk_of: DeskOf, clock: SettableClock, seed: int) -> None:
    """Play five months, the turn of a year among them."""
    random = Random(seed)
    files: list[File] = []
    day = datetime(2026, 11, 2, tzinfo=ZONE)
    while day < datetime(2027, 3, 31, tzinfo=ZONE):
        clock.set((day + timedelta(hours=random.choice(HOURS), minutes=30)).astimezone(UTC))
        desk_of(Role.PELAYANAN).call(processing.expire_overdue, op())
        desk_of(Role.TIM_TEKNIS).call(processing.expire_overdue, op())
        forget_expired(desk_of, files)
        if random.random() < 0.7 and (new := begun(desk_of, random)):
            files.append(new)
        for file in random.sample(files, min(len(files), random.randint(0, 4))):
            if file.open:
                moved(desk_of, file, random)
                clock.advance(minutes=random.randint(0, 9))
        files = [file for file in files if file.open]
        # every day at the turn of a month, most days else
        day += timedelta(days=1 if day.day > 27 else random.choice((1, 1, 1, 2, 3)))
    clock.set(datetime(2027, 3, 31, 12, tzinfo=UTC))


def forget_expired(desk_of: DeskOf, files: list[File]) -> None:
    path = desk_of(Role.PELAYANAN).store.path
    ended = {row["id"] for row in rows(path, "SELECT id FROM request WHERE status = 'kedaluwarsa'")}
    files[:] = [file for file in files if file.receipt.request_id not in ended]


def happened(desk: Desk) -> list[dict[str, Any]]:
    """Give all events of files with their service and their month in the office's own time."""
    found = rows(
        desk.store.path,
        "SELECT event.*, request.service FROM event JOIN request ON request.id = request_id "
        "ORDER BY seq",
    )
    for event in found:
        local = datetime.fromisoformat(event["at"]).astimezone(ZONE)
        event["month"] = (local.year, local.month)
    return found


def arrivals(desk: Desk) -> Counter[tuple[tuple[int, int], str]]:
    """Count the files that stopped being drafts, by month and service."""
    came: Counter[tuple[tuple[int, int], str]] = Counter()
    known: set[int] = set()
    for event in happened(desk):
        is_in = event["status"] not in ("draf", None) and event["act"] != "ajukan"
        if event["request_id"] not in known and is_in:
            known.add(event["request_id"])
            if not (event["act"] == "batal" and event["step"] == "terima"):
                came[event["month"], event["service"]] += 1
    return came


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_reports_of_months_of_work_agree_with_all_that_is_kept(
    desk_of: DeskOf, clock: SettableClock, seed: int
) -> None:
    lived_through(desk_of, clock, seed)
    reports = [desk_of(Role.KASI).ask(monthly_report, *month) for month in MONTHS]

    every_month_agrees_with_books_and_events(desk_of, reports)
    what_is_left_of_a_month_is_what_the_next_begins_with(desk_of, reports)
    villages_add_up_to_what_came(reports)


def every_month_agrees_with_books_and_events(desk_of: DeskOf, reports: list[MonthlyReport]) -> None:
    desk = desk_of(Role.KASI)
    events, came = happened(desk), arrivals(desk)
    seen_ends: Counter[str] = Counter()
    for report in reports:
        month = (report.year, report.month)
        assert report.faults() == ()
        own = [event for event in events if event["month"] == month]
        for row in report.rows:
            acts = [event for event in own if event["service"] == row.service]
            lines = list(read_lines(desk, row.service, Period.of_month(*month)))
            assert row.registered == len(lines), (month, row.service)
            assert row.came == came[month, row.service]
            assert row.done == sum(event["status"] == "selesai" for event in acts)
            assert row.failed == sum(event["act"] in TMS for event in acts)
            assert row.refused == sum(
                event["act"] in REFUSED and event["step"] != "terima" for event in acts
            ) + counter_cancels(desk, acts)
            seen_ends.update(done=row.done, failed=row.failed, refused=row.refused)
        returned = [event for event in own if event["act"] == "tms"]
        assert report.returns == len(returned)
        assert report.returned_files == len({event["request_id"] for event in returned})
        closed = sum(event["act"] == "tutup" for event in own)
        book = list(tms_book(desk, Period.of_month(*month), desk.ask(mark_of)))
        assert len(book) == report.returns + closed
        named = sum(len(json.loads(event["payload"])["papers"]) for event in returned)
        assert sum(reason.count for reason in report.reasons) == named
        complaint = next(row for row in report.rows if row.service == "pengaduan")
        assert len(report.complaints) == complaint.carried + complaint.came
    assert all(seen_ends.values()), seen_ends  # the walk has met every ending


def counter_cancels(desk: Desk, acts: list[dict[str, Any]]) -> int:
    """Count what was cancelled at ``terima`` after it had been taken in (D and E only)."""
    taken = {
        row["id"]
        for row in rows(desk.store.path, "SELECT id FROM request WHERE taken_in_at IS NOT NULL")
    }
    return sum(
        event["act"] in REFUSED and event["step"] == "terima" and event["request_id"] in taken
        for event in acts
    )


def what_is_left_of_a_month_is_what_the_next_begins_with(
    desk_of: DeskOf, reports: list[MonthlyReport]
) -> None:
    assert reports[0].total.carried == 0
    for before, after in pairwise(reports):
        assert [row.left for row in before.rows] == [row.carried for row in after.rows]
    assert any(row.carried for report in reports for row in report.rows)

    def left(work: Any, month: tuple[int, int]) -> int:
        return left_at(work, month_span(work, *month)[1]).total()

    points = {(point.year, point.month): point for point in reports[-1].trend}
    for report in reports:
        month = (report.year, report.month)
        total = report.total
        point = points[month]
        assert (point.came, point.done, point.left) == (total.came, total.done, total.left)
        assert point.left == desk_of(Role.KASI).ask(left, month)


def villages_add_up_to_what_came(reports: list[MonthlyReport]) -> None:
    elsewhere = 0
    for report in reports:
        for place, row in enumerate(report.rows):
            assert sum(village.counts[place] for village in report.villages) == row.came
        assert report.villages[-1].name == ELSEWHERE
        elsewhere += report.villages[-1].total
        assert report.total.men + report.total.women <= report.total.came
    assert elsewhere
