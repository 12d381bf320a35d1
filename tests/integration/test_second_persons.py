"""The random office with a second person: voids, inserted numbers, emergencies, closed months.

On top of the model of ``test_machine``: whatever takes two persons is tried by the wrong ones, in
the wrong order, on paper that cannot be. In the end the file itself is asked, past the model: did
anybody sign what he had verified, was a line written into a closed month, was anything void that
nobody agreed to. KECAMATAN_DESK_MACHINE=N runs N times as many examples.
"""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.agreements import PAPER, PHONE, proposals
from kecamatan_desk.usecases.emergency import propose_emergency
from kecamatan_desk.usecases.inserting import propose_inserted
from kecamatan_desk.usecases.proposals import agree, decline, record_agreement, withdraw
from kecamatan_desk.usecases.values import RecordedDecision, Seen
from kecamatan_desk.usecases.voiding import propose_cancel
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import op
from tests.integration.test_inserting import book_act
from tests.integration.test_machine import (
    FIRST_DECISION,
    LINE,
    LONGER,
    SIGNING,
    C,
    File,
    K,
    OfficeMachine,
    P,
    R,
    S,
    in_line,
    machine,
)
from tests.walking import dump, rows

__all__ = ["machine"]

_WHO = st.sampled_from((R, R, R, "ganda", K, P, S))
_SECOND = st.sampled_from((K, S, C, K, S, C, R, "ganda", P, "keluar"))


class TrustMachine(OfficeMachine):
    """Random acts that take two persons, between all the others."""

    def ask(self, allowed: bool, who: str, usecase: Any, *args: Any) -> int | None:
        """Ask for something; give the proposal, or None when it was refused, as it had to be."""
        before = None if allowed else dump(self.file)
        try:
            self.desks[who].call(usecase, op(), *args)
        except DeskError as error:
            if allowed:
                raise AssertionError(f"{usecase.__name__} by {who} was refused: {error}") from error
            assert before == dump(self.file)
            event(f"refused: {usecase.__name__}")
            return None
        assert allowed, f"{usecase.__name__} by {who} was let though the rules forbid it"
        event(f"done: {usecase.__name__}")
        return max(one.id for one in self.desks[R].ask(proposals))

    def settle(
        self, proposal: int, second: str, how: str, barred: set[str], *, phone: bool = False
    ) -> bool:
        """Let somebody agree in some way; give whether he could, as he should."""
        official = bool(self.roles(second) & set(LINE)) and second not in barred
        before = dump(self.file)
        try:
            if how == "screen":
                allowed = official
                self.desks[second].call(agree, op(), proposal)
            else:
                role = next(iter(sorted(self.roles(second) & set(LINE))), K)
                allowed = official and (how == PAPER or phone)
                decision = RecordedDecision(self.ids[second], Role(role), self.clock.now)
                self.desks[R].call(record_agreement, op(), proposal, decision, how)
        except DeskError as error:
            if allowed:
                raise AssertionError(f"{second} could not agree by {how}: {error}") from error
            assert before == dump(self.file)
            return False
        assert allowed, f"{second} agreed by {how} though the rules forbid it"
        event(f"agreed: {how}")
        return True

    def drop(self, proposal: int, who: str, *, declined: bool) -> None:
        """Take a proposal back, or decline it."""
        if declined:
            self.desks[K if who != K else S].call(decline, op(), proposal, "Tidak perlu")
        else:
            self.desks[who].call(withdraw, op(), proposal)

    @precondition(lambda self: any(f.open for f in self.files))
    @rule(
        data=st.data(),
        who=_WHO,
        second=_SECOND,
        how=st.sampled_from(("screen", "screen", PAPER, PHONE)),
        declined=st.booleans(),
    )
    def a_number_is_to_be_void(
        self, data: st.DataObject, who: str, second: str, how: str, declined: bool
    ) -> None:
        booked = [f for f in self.files if f.open and f.booked]
        file = self.pick(data, booked or [f for f in self.files if f.open])
        allowed = R in self.roles(who) and file.booked
        seen = Seen(file.id, file.version)
        proposal = self.ask(allowed, who, propose_cancel, seen, "Salah nama")
        if proposal is None:
            return
        assert not self.settle(proposal, who, "screen", {who})
        if self.settle(proposal, second, how, {who}):
            file.version += 1
            file.paused, file.override = False, None
            self.end(file, str(file.at), "batal", "batal")
        else:
            self.drop(proposal, who, declined=declined)

    @precondition(lambda self: any(f.at == "register" and f.open for f in self.files))
    @rule(
        data=st.data(),
        who=_WHO,
        second=_SECOND,
        how=st.sampled_from(("screen", PAPER)),
        ago=st.sampled_from((1, 1, 2, 3, 20, 40, 0, -1)),
        then=st.booleans(),
    )
    def a_letter_is_dated_earlier(
        self, data: st.DataObject, who: str, second: str, how: str, ago: int, then: bool
    ) -> None:
        file = self.pick(data, [f for f in self.files if f.at == "register" and f.open])
        day = self.today - timedelta(days=ago)
        writable = ago > 0 and day.year >= self.today.year - 1 and not self.is_closed(day)
        letters = SERVICES[file.service].writes_letter
        running = file.status == "berjalan"
        allowed = R in self.roles(who) and writable and letters and not file.booked and running
        seen = Seen(file.id, file.version)
        proposal = self.ask(allowed, who, propose_inserted, seen, day, "Tertanggal awal")
        if proposal is None:
            return
        assert not self.finish_at_register(file, file.version)  # none while it waits
        if not self.settle(proposal, second, how, {who}):
            self.drop(proposal, who, declined=then)
            return
        file.version += 1
        if not then:
            self.drop(proposal, who, declined=False)
            return
        earlier = [
            number
            for service, written, number in self.lines
            if service == file.service and written.year == day.year and written <= day
        ]
        base = max(earlier, default=0)
        used = [
            f
            for f in self.files
            if f.service == file.service and f.suffix and f.agenda == (str(day.year), base)
        ]
        assert self.finish_at_register(file, file.version)
        file.version += 1
        file.agenda, file.suffix = (str(day.year), base), "." + "ABCDEFGHIJKLM"[len(used)]
        file.paused = False
        following = [step for step, _ in file.walk]
        self.put(file, "register", following[following.index("register") + 1], "berjalan")
        (line,) = rows(self.file, "SELECT * FROM register_line WHERE request_id = ?", file.id)
        assert (line["day"], line["letter_day"]) == (day.isoformat(), day.isoformat())
        file.letter = line["letter_number"]
        event("inserted")

    def finish_at_register(self, file: File, version: int) -> bool:
        before = dump(self.file)
        try:
            self.desks[R].call(processing.give_agenda_number, op(), Seen(file.id, version))
        except DeskError:
            assert before == dump(self.file)
            return False
        return True

    @precondition(lambda self: any(f.at in SIGNING and f.verifiers for f in self.files))
    @rule(
        data=st.data(),
        by=st.sampled_from(("self", "self", R, P)),
        second=_SECOND,
        how=st.sampled_from(("screen", PAPER, PHONE)),
    )
    def who_verified_asks_to_sign(
        self, data: st.DataObject, by: str, second: str, how: str
    ) -> None:
        waiting = [f for f in self.files if f.at in SIGNING and f.verifiers and f.open]
        if not waiting:
            return
        file = self.pick(data, waiting)
        signer = data.draw(st.sampled_from(sorted(file.verifiers)), label="signer")
        who = signer if by == "self" else by
        entitled = bool(self.roles(signer) & set(in_line(file.lane)))
        asks = who == signer or R in self.roles(who)
        asked_already = file.override == (signer, self.today)
        allowed = entitled and asks and not self.able(file) and not asked_already
        proposal = self.ask(
            allowed,
            who,
            propose_emergency,
            Seen(file.id, file.version),
            self.ids[signer],
            "Semua rapat",
        )
        if proposal is None:
            return
        if self.settle(proposal, second, how, {who, signer}, phone=True):
            file.version += 1
            file.override = (signer, self.today)
        else:
            self.desks[who].call(withdraw, op(), proposal)

    @rule(back=st.sampled_from((0, 0, 1, 31, 62)), opens=st.booleans())
    def a_month_is_closed_or_opened_again(self, back: int, opens: bool) -> None:
        """The act itself: how a month comes to be closed is another test's affair."""
        day = self.today - timedelta(days=back)
        month = f"{day:%Y-%m}"
        if (month in self.closed) is not opens:
            return
        kind = "buka-kembali" if opens else "tutup"
        self.desks[R].call(book_act, kind, month, {})
        (self.closed.discard if opens else self.closed.add)(month)
        event(f"book: {kind}")

    def teardown(self) -> None:
        assert self_signed(self.file) == []
        assert written_into_closed(self.file) == []
        assert void_alone(self.file) == []
        super().teardown()


def _decider(found: dict[str, Any]) -> int:
    told = json.loads(found["payload"])
    return int(told.get("decided", {}).get("user_id", found["user_id"]))


def self_signed(database: Any) -> list[int]:
    """Give the events in which somebody signed what he had verified, and nobody had agreed."""
    wrong = []
    passed: dict[int, set[int]] = {}
    services = {row["id"]: row["service"] for row in rows(database, "SELECT * FROM request")}
    for one in rows(database, "SELECT * FROM event WHERE act = 'lanjut' ORDER BY seq"):
        request = one["request_id"]
        if one["step"] == FIRST_DECISION[services[request]]:
            passed.setdefault(request, set()).add(_decider(one))
        if one["step"] in SIGNING and _decider(one) in passed.get(request, set()):
            told = json.loads(one["payload"])
            override = told.get("override")
            if override is None or override["agreed_by"] in (
                _decider(one),
                override["proposed_by"],
            ):
                wrong.append(one["seq"])
    return wrong


def written_into_closed(database: Any) -> list[int]:
    """Give the lines whose month was closed when they were written."""
    acts = rows(database, "SELECT kind, period, event_seq FROM book_act ORDER BY id")
    wrong = []
    for line in rows(database, "SELECT id, day, event_seq FROM register_line"):
        before = [
            act["kind"]
            for act in acts
            if act["period"] == line["day"][:7] and act["event_seq"] < line["event_seq"]
        ]
        if before and before[-1] == "tutup":
            wrong.append(line["id"])
    return wrong


def void_alone(database: Any) -> list[int]:
    """Give the void lines that nobody but the proposer had agreed to."""
    wrong = []
    found = rows(
        database,
        "SELECT s.id, e.payload FROM line_status s JOIN event e ON e.seq = s.event_seq "
        "WHERE s.kind = 'batal'",
    )
    for one in found:
        told = json.loads(one["payload"])
        if told.get("agreed_by") in (None, told.get("proposed_by")):
            wrong.append(one["id"])
    return wrong


@pytest.fixture
def trust(machine: type[OfficeMachine]) -> type[TrustMachine]:
    """The office of the other machine, with a second person."""
    TrustMachine.template, TrustMachine.folder = machine.template, machine.folder
    return TrustMachine


def test_no_sequence_of_acts_needs_one_person_where_two_are_needed(
    trust: type[TrustMachine],
) -> None:
    run_state_machine_as_test(
        trust,
        settings=settings(
            max_examples=30 * LONGER,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_questions_asked_in_the_end_find_what_they_look_for(tmp_path: Path) -> None:
    """The proof that the proof is alive: a forged history is found three times."""
    file = sqlite3.connect(tmp_path / "forged.db")
    file.executescript(
        """
        CREATE TABLE request (id, service);
        CREATE TABLE event (seq, act, step, request_id, user_id, payload);
        CREATE TABLE register_line (id, day, event_seq);
        CREATE TABLE line_status (id, kind, event_seq);
        CREATE TABLE book_act (id, kind, period, event_seq);
        INSERT INTO request VALUES (1, 'sktm');
        INSERT INTO event VALUES (1, 'lanjut', 'verifikasi', 1, 7, '{}');
        INSERT INTO event VALUES (2, 'tutup', NULL, NULL, 3, '{}');
        INSERT INTO event VALUES (3, 'lanjut', 'tanda-tangan', 1, 7, '{}');
        INSERT INTO event VALUES (4, 'batal', NULL, 1, 3, '{"proposed_by":3,"agreed_by":3}');
        INSERT INTO book_act VALUES (1, 'tutup', '2026-05', 2);
        INSERT INTO register_line VALUES (5, '2026-05-12', 3);
        INSERT INTO line_status VALUES (6, 'batal', 4);
        """
    )
    assert (self_signed(file), written_into_closed(file), void_alone(file)) == ([3], [5], [6])
    file.close()
