"""Checking the data from inside the program: now, or once a week by itself; the result is kept.

The check reads beside a working office, in short transactions, and lets the counter pass. What it
found is a setting (the last result), that it was made is an event.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import uuid4

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.progress import Gauge, Progress
from kecamatan_desk.domain.roles import STAFF
from kecamatan_desk.persistence.audit import Finding, audit
from kecamatan_desk.persistence.tables import SettingRecord
from kecamatan_desk.persistence.types import moment, stamp
from kecamatan_desk.usecases.check_values import CHECKERS, CheckState, DataCheck
from kecamatan_desk.usecases.check_words import counted_words, grouped
from kecamatan_desk.usecases.checking import NOT_COVERED as NOT_COVERED_BY_COMMAND
from kecamatan_desk.usecases.courtesy import counter_first
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, command

CHECKED = "periksa-data"  # the act in the chain
EVERY = timedelta(days=7)
#: The command names its option for figures typed from paper; the screen has a field for them.
NOT_COVERED = tuple(one.replace(" dengan --anchor", "") for one in NOT_COVERED_BY_COMMAND)
_SETTING = "data-check"
_MOST_KEPT = 200  # findings remembered; all are shown where they are found


def check_data(desk: Desk, progress: Progress | None = None) -> DataCheck:
    """Check everything, and keep what was found. Cancelled when *progress* says to stop.

    NotAllowedError for others than CHECKERS. A check whose result cannot be written down (the
    very disk it is about) is given all the same.
    """
    desk.ask(_require_checker)
    return _checked(desk, progress)


def weekly_check(desk: Desk, progress: Progress | None = None) -> DataCheck | None:
    """Check everything when a week has passed since the last full check; None when it has not.

    Needs no role: nobody has asked for it.
    """
    if not desk.ask(is_due):
        return None
    return _checked(desk, progress)


def _checked(desk: Desk, progress: Progress | None) -> DataCheck:
    gauge = Gauge(progress)
    place = desk.place
    with counter_first():
        found = audit(desk.store.path, place.documents, gauge=gauge)
    findings = list(found.findings)
    if found.unlisted:
        findings.append(Finding("banyak", "", "", f"Dan {found.unlisted} temuan lain."))
    kept = True
    try:
        desk.call(note_check, uuid4().hex, dict(found.checked), tuple(findings))
    except DeskError:
        kept = False
    gauge.done()
    return _result(desk.clock(), desk.user.name, found.checked, findings, unkept=not kept)


@command
def note_check(
    work: UnitOfWork, op_id: str, checked: dict[str, int], findings: tuple[Finding, ...]
) -> None:
    """Keep the result of a check, and write into the chain that it was made and what it found."""
    role = work.require(*STAFF)
    value = {
        "at": stamp(work.now),
        "by": work.user.name,
        "checked": checked,
        "findings": [asdict(finding) for finding in findings[:_MOST_KEPT]],
        "left_out": max(len(findings) - _MOST_KEPT, 0),
    }
    work.session.merge(SettingRecord(name=_SETTING, value=value))
    kinds: dict[str, int] = {}
    for finding in findings:
        kinds[finding.kind] = kinds.get(finding.kind, 0) + 1
    told = {"findings": len(findings), "kinds": kinds, "events": checked.get("event", 0)}
    work.close_event(work.link(), op_id, CHECKED, role, payload=told)


def check_state(desk: Desk) -> CheckState:
    """Give the last full check, whether one is due, and whether the numbers are whole."""
    last = desk.ask(last_check)
    return CheckState(last, desk.ask(is_due), desk.store.held)


def last_check(work: UnitOfWork) -> DataCheck | None:
    """Give the last full check as it was kept. NotAllowedError for others than CHECKERS."""
    _require_checker(work)
    kept = work.session.get(SettingRecord, _SETTING)
    if kept is None:
        return None
    findings = [Finding(**one) for one in kept.value["findings"]]
    if more := kept.value.get("left_out", 0):
        findings.append(Finding("banyak", "", "", f"Dan {more} temuan lain."))
    value = kept.value
    return _result(moment(value["at"]), value["by"], value["checked"], findings)


def is_due(work: UnitOfWork) -> bool:
    """Tell whether a week has passed since the last full check, or there was none."""
    kept = work.session.get(SettingRecord, _SETTING)
    return kept is None or work.now - moment(kept.value["at"]) >= EVERY


def _require_checker(work: UnitOfWork) -> None:
    work.require(*CHECKERS)


def _result(
    at: datetime,
    by: str,
    checked: Mapping[str, int],
    findings: Iterable[Finding],
    *,
    unkept: bool = False,
) -> DataCheck:
    return DataCheck(at, by, counted_words(checked), grouped(findings), NOT_COVERED, unkept)
