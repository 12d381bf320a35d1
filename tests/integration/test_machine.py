"""A random office against a model of its own: wrong roles, stale screens, ways back, paper.

The model is written from the office's reading of the SOPs (docs: the rules of the SOPs) and
shares no code with the engine. It says of every act whether it may be done and what it spends;
whatever it forbids must be refused and leave the database as it was, byte for byte of every row.

KECAMATAN_DESK_MACHINE=N runs N times as many examples.
"""

import json
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import DeskError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.database import Store
from kecamatan_desk.persistence.files import ByteStore
from kecamatan_desk.persistence.keys import KeyRing
from kecamatan_desk.usecases import intake, processing
from kecamatan_desk.usecases.accounts import save_acting, save_user
from kecamatan_desk.usecases.clock_guard import confirm_clock
from kecamatan_desk.usecases.desk import Desk, UnitOfWork, User
from kecamatan_desk.usecases.draft_values import DraftInput, DraftSaved
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.values import Answer, Receipt, RecordedDecision, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import NAMES, SettableClock, op
from tests.walking import RECEIVER, broken_links, dump, filled, miscounted, rows

LONGER = int(os.environ.get("KECAMATAN_DESK_MACHINE", "1"))
START = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)  # Tuesday 09.00 WIB, two days before the year ends

P, V, R, K, S, C = "pelayanan", "verifikasi", "register", "kasi", "sekcam", "camat"
T, O, U = "tim-teknis", "pengolah-data", "tim-pengaduan"  # noqa: E741 - the O of OSS

# The model: families as the SOPs draw them. (step, lane), from the row after `ajukan` on.
A = (("terima", P), ("verifikasi", V), ("register", R), ("tanda-tangan", K), ("serahkan", P))
A_REC = (*A[:-1], ("rekam", P))
B = (
    ("terima", P),
    ("verifikasi", K),
    ("register", R),
    ("ajukan-ttd", S),
    ("tanda-tangan", C),
    ("serahkan", P),
)
C_ = (("terima", P), ("verifikasi", K), ("register", R), ("tanda-tangan", S), ("serahkan", P))
D = (("terima", T), ("validasi", K), ("input-data", O), ("diterima", O))
E = (("terima", P), ("klasifikasi", U), ("pertimbangan", S), ("keputusan", C), ("sampaikan", P))
WALKS = {
    "ktp": A,
    "perekaman-ktp": A_REC,
    "skck": C_,
    "ahli-waris": B,
    "belum-menikah": B,
    "sktm": C_,
    "oss": D,
    "pengaduan": E,
}
FIRST_DECISION = dict.fromkeys(WALKS, "verifikasi") | {"oss": "terima", "pengaduan": "terima"}
#: Steps that may send back or refuse, and where to (the default first).
WAYS_BACK = {
    ("ktp", "tanda-tangan"): ("register", "verifikasi"),
    ("perekaman-ktp", "tanda-tangan"): ("register", "verifikasi"),
    ("sktm", "tanda-tangan"): ("register", "verifikasi"),
    ("skck", "tanda-tangan"): ("register", "verifikasi"),
    ("ahli-waris", "ajukan-ttd"): ("register", "verifikasi"),
    ("ahli-waris", "tanda-tangan"): ("register", "verifikasi", "ajukan-ttd"),
    ("belum-menikah", "ajukan-ttd"): ("register", "verifikasi"),
    ("belum-menikah", "tanda-tangan"): ("register", "verifikasi", "ajukan-ttd"),
    ("oss", "validasi"): ("terima",),
    ("pengaduan", "pertimbangan"): ("klasifikasi",),
    ("pengaduan", "keputusan"): ("klasifikasi",),
}
LINE = (K, S, C)  # kasi < sekcam < camat
SIGNING = {"tanda-tangan", "keputusan"}
COUNTER_END = {"serahkan", "rekam", "sampaikan", "diterima"}
DAYS_TO_COME_BACK = 30

#: Who works here: name, own roles. "ganda" and "wakil" hold several.
PEOPLE: dict[str, tuple[str, ...]] = {
    **{role.value: (role.value,) for role in STAFF},
    "ganda": (P, V, R, T),
    "wakil": (V, O, U),
    "kasi": (K, V),
    "keluar": (),  # has left: no role any more
}
#: "sekcam" is Plh. Camat and "kasi" Plh. Sekcam on these days.
ACTING = {
    "sekcam": (C, date(2026, 12, 29), date(2026, 12, 30)),
    "kasi": (S, date(2026, 12, 31), date(2027, 1, 4)),
}


ACTS = (
    *("take-in", "counter-pass", "counter-fail", "discard", "cancel", "return", "pause"),
    *("resume", "correct", "fail", "close", "send-back", "refuse", "finish"),
)


class PowerCutError(Exception):
    """Raised after everything was done and before it was committed."""


def in_line(lane: str) -> tuple[str, ...]:
    """The lane's role and, for officials, those above it (rule 1)."""
    return LINE[LINE.index(lane) :] if lane in LINE else (lane,)


@dataclass
class File:
    """What the model knows of a request."""

    id: int
    service: str
    code: str
    status: str = "draf"
    step: str | None = None
    version: int = 1
    queue: tuple[str, int] | None = None
    agenda: tuple[str, int] | None = None
    suffix: str = ""  # of an inserted number
    override: tuple[str, date] | None = None  # an emergency: who may sign, on which day
    minutes: tuple[str, int] | None = None
    letter: str | None = None
    verifiers: set[str] = field(default_factory=set)
    visits: int = 0
    deadline: date | None = None
    taken_in: datetime | None = None
    paused: bool = False
    marks: list[str] = field(default_factory=list)
    walked: list[tuple[str, str | None]] = field(default_factory=list)  # (step, next)

    @property
    def walk(self) -> tuple[tuple[str, str], ...]:
        return WALKS[self.service]

    @property
    def at(self) -> str | None:
        """The step it stands at; a draft at the one that takes in."""
        return "terima" if self.status == "draf" else self.step

    @property
    def lane(self) -> str:
        return dict(self.walk)[str(self.at)]

    @property
    def open(self) -> bool:
        return self.at is not None

    @property
    def booked(self) -> bool:
        return self.agenda is not None


@dataclass(frozen=True)
class Try:
    """One attempt: who, on which file, what, and how."""

    who: str
    act: str
    file: File
    version: int
    target: str | None = None
    official: str | None = None  # recorded from paper
    role: str | None = None
    decided: datetime | None = None
    failing: bool = False


class OfficeMachine(RuleBasedStateMachine):
    """Random acts by random people, each checked against the model."""

    template: Path  # an office with its people
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.clock = SettableClock(START)
        path = self.folder / f"{uuid4().hex}.db"
        shutil.copy(self.template, path)
        self.path, self.store = path, Store(path)
        self.file = sqlite3.connect(path)  # reads past the program
        people = {
            row["username"]: row["id"] for row in rows(self.file, "SELECT * FROM user_account")
        }
        self.ids = people
        self.desks = {
            name: Desk(
                self.store,
                ByteStore(self.folder / "documents"),
                User(people[name], name, name, ()),  # roles are read again at every act
                keys=KeyRing(self.folder / "key"),
                practice=False,
                clock=self.clock,
            )
            for name in PEOPLE
        }
        self.files: list[File] = []
        self.counters: dict[tuple[str, str], int] = {}
        self.done: list[tuple[str, Any, tuple[Any, ...], str, Any]] = []
        self.lines: list[tuple[str, date, int]] = []  # service, day, number: without a suffix
        self.closed: set[str] = set()  # months whose book is closed
        for desk in self.desks.values():
            desk.always_proven = True  # how often a PIN is asked is not this test's affair

    def teardown(self) -> None:
        for file in self.files:
            event(f"ended as: {file.service} {file.status} {file.step or ''}")
        assert broken_links(self.file) == []
        self.everything_is_where_the_model_says()
        self.store.close()
        self.file.close()
        self.path.unlink()

    # the model's own arithmetic

    @property
    def today(self) -> date:
        return (self.clock.now + timedelta(hours=7)).date()  # WIB, counted by hand

    def roles(self, who: str, day: date | None = None) -> set[str]:
        held, day = set(PEOPLE[who]), day or self.today
        if who in ACTING:
            role, first, last = ACTING[who]
            held |= {role} if first <= day <= last else set()
        return held

    def take(self, series: str, period: str) -> tuple[str, int]:
        number = self.counters.get((series, period), 0) + 1
        self.counters[series, period] = number
        return period, number

    def may(self, t: Try) -> bool:
        """Say whether the office's rules allow an act (rules 1, 2, 3, 4, 7, 8)."""
        file, roles = t.file, self.roles(t.who)
        if t.version != file.version or not file.open:
            return False
        first, intake_lane = FIRST_DECISION[file.service], file.walk[0][1]
        if t.act == "cancel":
            return not file.booked and bool(roles & {P, R, intake_lane})
        if t.act == "discard":
            return file.status == "draf" and bool(roles & {P, R, intake_lane})
        if t.act == "return":
            return file.status == "tms" and bool(roles & {P, intake_lane})
        if t.act in ("pause", "resume"):
            allowed = {*in_line(file.lane), R}
            return (
                file.status == "berjalan"
                and bool(roles & allowed)
                and (t.act == "pause" or file.paused)
            )
        if t.act == "correct":
            return file.status == "berjalan" and bool(roles & {*in_line(file.lane), P})
        if file.status == "draf" and t.act not in (
            "take-in",
            "counter-pass",
            "counter-fail",
            "close",
        ):
            return False
        if file.status == "tms" and t.act != "close":
            return False
        if t.act == "close" and (file.at != first or (file.status == "draf" and first != "terima")):
            return False
        if self.is_shut(file, t.act):
            return False
        if t.act in ("take-in", "counter-pass", "counter-fail"):
            decides = first == "terima"
            right = t.act == "take-in" if not decides else t.act != "take-in"
            return file.status == "draf" and right and intake_lane in roles
        if t.act == "fail" and file.at != first:
            return False
        if t.act in ("send-back", "refuse"):
            ways = WAYS_BACK.get((file.service, str(file.at)))
            if ways is None or (t.target is not None and t.target not in ways):
                return False
        if t.act == "finish" and file.status != "berjalan":
            return False
        return self.decides(t, in_line(file.lane))

    def books(self, file: File) -> bool:
        """Say whether finishing the step a file stands at writes its line."""
        late = FIRST_DECISION[file.service] == "terima" == file.at
        return not file.booked and (file.at == "register" or late)

    def is_shut(self, file: File, act: str) -> bool:
        """Say whether an act would write a line into a closed book."""
        writes = act in ("counter-pass", "finish") and self.books(file)
        return writes and self.is_closed(self.today)

    def is_closed(self, day: date) -> bool:
        return f"{day:%Y-%m}" in self.closed

    def is_barred(self, file: File, who: str) -> bool:
        """Say whether rule 7 keeps somebody from signing; an emergency lasts while it is one."""
        if who not in file.verifiers:
            return False
        return file.override != (who, self.today) or bool(self.able(file))

    def decides(self, t: Try, allowed: tuple[str, ...]) -> bool:
        """Say whether who decides holds the lane and is not barred, on screen or on paper."""
        signs = t.act == "finish" and t.file.at in SIGNING
        if t.official is None:
            barred = signs and self.is_barred(t.file, t.who)
            return bool(self.roles(t.who) & set(allowed)) and not barred
        assert t.decided is not None
        day = (t.decided + timedelta(hours=7)).date()
        earliest = (t.file.taken_in or self.clock.now) - timedelta(minutes=1)
        return (
            R in self.roles(t.who)
            and t.role in LINE
            and t.role in allowed
            and t.role in self.roles(t.official, day)
            and earliest <= t.decided <= self.clock.now
            and not (signs and self.is_barred(t.file, t.official))
        )

    def follow(self, t: Try) -> tuple[str, str, int] | None:
        """Move the model as the act moves the file; give the number it spends."""
        file, year, spent = t.file, str(self.today.year), None
        steps = [step for step, _ in file.walk]
        here, first = str(file.at), FIRST_DECISION[file.service]
        decider = t.official or t.who
        file.version += 1
        if t.act in ("pause", "resume"):
            file.paused = t.act == "pause"
            return None
        if t.act == "correct":
            return None
        file.paused = False
        if file.status == "draf" and t.act not in ("cancel", "discard"):
            file.taken_in = self.clock.now
        if t.act in ("take-in", "counter-pass", "finish"):
            following = steps[steps.index(here) + 1] if here != steps[-1] else None
            if here == first:
                file.verifiers.add(decider)
            if here == "verifikasi" and file.queue is None:
                file.queue = self.take("antrian", self.today.isoformat())
                spent = ("antrian", *file.queue)
            books = here == "register" or (first == "terima" and here == "terima")
            if books and file.agenda is None:
                file.agenda = self.take(file.service, year)
                self.lines.append((file.service, self.today, file.agenda[1]))
                spent = (file.service, *file.agenda)
            if here in SIGNING and decider in file.verifiers:
                file.override = None  # made use of
            if here == "keputusan" and file.minutes is None:
                file.minutes = self.take("berita-acara", year)
                spent = ("berita-acara", *file.minutes)
            self.put(file, here, following, "berjalan" if following else "selesai")
            if following is None and file.booked:
                file.marks.append("diserahkan")
        elif t.act in ("fail", "counter-fail"):
            file.visits += 1
            file.deadline = self.today + timedelta(days=DAYS_TO_COME_BACK)
            self.put(file, here, here, "tms")
        elif t.act == "return":
            self.put(file, here, here, "berjalan")
        elif t.act == "send-back":
            ways = WAYS_BACK[file.service, here]
            self.put(file, here, t.target or ways[0], "berjalan")
        else:
            end = {"close": "tms", "refuse": "ditolak", "cancel": "batal", "discard": "batal"}[
                t.act
            ]
            self.end(file, here, end, "ditutup" if t.act == "close" else end)
        return spent

    def end(self, file: File, here: str, status: str, mark: str) -> None:
        self.put(file, here, None, status)
        if file.booked:
            file.marks.append(mark)

    def put(self, file: File, here: str, following: str | None, status: str) -> None:
        file.walked.append((here, following))
        file.step, file.status = following, status

    # the real thing

    def real(self, t: Try) -> tuple[Any, tuple[Any, ...]]:
        """Give the use-case and its arguments for an attempt."""
        file, seen = t.file, Seen(t.file.id, t.version)
        service, values = SERVICES[t.file.service], {}
        paper = None
        if t.official is not None:
            assert t.decided is not None
            role = Role(str(t.role))
            paper = RecordedDecision(self.ids[t.official], role, t.decided)
        if file.at is not None:
            values = filled(service, file.at)
        match t.act:
            case "take-in":
                return intake.take_in, (seen, self.form(file))
            case "counter-pass":
                return intake.pass_at_counter, (seen, self.form(file))
            case "counter-fail":
                return intake.fail_at_counter, (seen, self.form(file, missing=True))
            case "discard":
                return intake.discard_draft, (seen,)
            case "cancel":
                return processing.cancel, (seen, "Pemohon mundur")
            case "return":
                return processing.record_return, (seen,)
            case "pause":
                return processing.pause, (seen, "Listrik padam")
            case "resume":
                return processing.resume, (seen,)
            case "correct":
                return processing.correct, (
                    seen,
                    {"nama": f"Siti {chr(65 + file.version % 26)}"},
                    "Salah ketik",
                )
            case "fail":
                return processing.fail_check, (seen, self.answers(file, missing=True), paper)
            case "close":
                return processing.close_failed, (seen, "Diarahkan ke desa", paper)
            case "send-back":
                return processing.send_back, (seen, t.target, "Perbaiki nama", paper)
            case "refuse":
                return processing.refuse, (seen, "Tidak berhak", paper)
        return self.finishing(t, seen, values, paper)

    def finishing(
        self, t: Try, seen: Seen, values: dict[str, Any], paper: RecordedDecision | None
    ) -> tuple[Any, tuple[Any, ...]]:
        """Give the deed that finishes the step a file stands at."""
        at = t.file.at
        if at == FIRST_DECISION[t.file.service]:
            return processing.pass_check, (seen, self.answers(t.file), paper)
        match at:
            case "register":
                return processing.give_agenda_number, (seen,)
            case "serahkan":
                return processing.hand_over, (seen, RECEIVER)
            case "rekam":
                return processing.finish_recording, (seen, values, RECEIVER)
            case "sampaikan":
                return processing.deliver_result, (seen, values)
            case "diterima":
                return processing.finish_oss, (seen, values, RECEIVER)
        return processing.approve, (seen, values, "", paper)

    def answers(self, file: File, *, missing: bool = False) -> tuple[Answer, ...]:
        """Answer the checklist: all there, or the one always-open paper missing."""
        service = SERVICES[file.service]
        listed = [
            r
            for r in service.requirements
            if r.when is None or r.when.holds(filled(service, "terima"))
        ]
        open_one = next(r.code for r in listed if r.need != "tambahan")
        return tuple(
            Answer(r.code, "tidak-ada", reason="Buram")
            if missing and r.code == open_one
            else Answer(r.code, "ada", "Fotokopi", 1)
            for r in service.requirements
        )

    def form(self, file: File, *, missing: bool = False) -> DraftInput:
        values = filled(SERVICES[file.service], "terima")
        return DraftInput(file.service, values, self.answers(file, missing=missing), file.id)

    def attempt(self, t: Try) -> bool:
        """Try an act in the office and in the model; give whether it was done."""
        allowed, (usecase, args), op_id = self.may(t), self.real(t), op()
        if (
            t.official is not None
            and t.act in ("finish",)
            and usecase is processing.give_agenda_number
        ):
            t = Try(t.who, t.act, t.file, t.version)  # register's own act knows no paper
            allowed = self.may(t)
        if t.official is not None and usecase in _WITHOUT_PAPER:
            t = Try(t.who, t.act, t.file, t.version)
            allowed = self.may(t)
        before = None if allowed else dump(self.file)
        try:
            receipt = self.desks[t.who].call(usecase, op_id, *args)
        except DeskError as error:
            if allowed:
                raise AssertionError(f"{t} was refused: {error}") from error
            event(f"refused: {t.act}")
            assert before == dump(self.file), f"a refused act changed something: {t}"
            return False
        assert allowed, f"{t} was done although the rules forbid it"
        event(f"done: {t.act}{' on paper' if t.official else ''}")
        spent = self.follow(t)
        self.done.append((t.who, usecase, args, op_id, receipt))
        self.compare(t, receipt, spent)
        return True

    def compare(self, t: Try, receipt: Receipt, spent: tuple[str, str, int] | None) -> None:
        """The receipt tells what the model expects, and the event who decided."""
        file = t.file
        assert (receipt.status, receipt.step, receipt.version) == (
            file.status,
            file.step,
            file.version,
        ), t
        assert receipt.file_code == file.code
        told = (receipt.series, receipt.period, receipt.number)
        assert told == (spent or (None, None, None)), t
        assert receipt.queue_number == (file.queue and file.queue[1])
        assert receipt.agenda_number == (file.agenda and file.agenda[1])
        assert receipt.agenda_suffix == file.suffix
        assert receipt.minutes_number == (file.minutes and file.minutes[1])
        if file.letter is not None:
            assert receipt.letter_number == file.letter, "a letter number never changes"
        file.letter = receipt.letter_number
        (last,) = rows(self.file, "SELECT * FROM event ORDER BY seq DESC LIMIT 1")
        assert (last["request_id"], last["user_id"]) == (file.id, self.ids[t.who])
        if t.official is None:
            assert last["role"] in self.roles(t.who)
            assert "decided" not in json.loads(last["payload"])
        else:
            decided = json.loads(last["payload"])["decided"]
            assert (last["role"], decided["user_id"], decided["role"]) == (
                R,
                self.ids[t.official],
                t.role,
            )

    # what may happen

    def pick(self, data: st.DataObject, files: list[File]) -> File:
        return data.draw(st.sampled_from(files), label="file")

    def able(self, file: File) -> list[str]:
        """All who may finish the step a file stands at today, the lane's own people first."""
        barred = file.verifiers if file.at in SIGNING else set()
        lane = [w for w in PEOPLE if file.lane in self.roles(w) and w not in barred]
        above = [w for w in PEOPLE if self.roles(w) & set(in_line(file.lane)) and w not in barred]
        return list(dict.fromkeys((*lane, *above)))

    def right_person(self, data: st.DataObject, file: File) -> str | None:
        """Somebody who may finish the step a file stands at, if anybody may today."""
        able = self.able(file)
        return data.draw(st.sampled_from(able), label="officer") if able else None

    @initialize(data=st.data())
    def a_morning_begins(self, data: st.DataObject) -> None:
        services = data.draw(st.permutations(sorted(WALKS)))[:5]
        for service in services:
            self.draft(WALKS[service][0][1], service)
            self.walk_on(data, self.files[-1], data.draw(st.sampled_from((0, 1, 3, 3, 4, 4))))

    @precondition(lambda self: sum(f.open for f in self.files) < 6)
    @rule(who=st.sampled_from((P, P, T, *sorted(PEOPLE))), service=st.sampled_from(sorted(WALKS)))
    def somebody_drafts(self, who: str, service: str) -> None:
        self.draft(who, service)

    def draft(self, who: str, service: str) -> None:
        allowed = WALKS[service][0][1] in self.roles(who)
        before = None if allowed else dump(self.file)
        form, op_id = DraftInput(service, filled(SERVICES[service], "terima")), op()
        try:
            saved = self.desks[who].call(intake.save_draft, op_id, form)
        except DeskError:
            assert not allowed
            assert dump(self.file) == before
            return
        assert allowed
        year = str(self.today.year)
        _, number = self.take("berkas", year)
        assert saved.file_code.startswith(f"{year[2:]}-{number:06d}-")
        self.files.append(File(saved.id, service, saved.file_code))
        # a first save that comes again goes on with its draft: not one of the acts done once

    @precondition(lambda self: any(f.open for f in self.files))
    @rule(data=st.data(), steps=st.sampled_from((1, 2, 4, 9)))
    def a_file_walks_on_as_it_should(self, data: st.DataObject, steps: int) -> None:
        self.walk_on(data, self.pick(data, [f for f in self.files if f.open]), steps)

    def walk_on(self, data: st.DataObject, file: File, steps: int) -> None:
        """Let the right people do so many steps, one after the other."""
        for _ in range(steps):
            if not file.open:
                return
            who, act = self.right_person(data, file), "finish"
            if file.status == "draf":
                act = "counter-pass" if FIRST_DECISION[file.service] == "terima" else "take-in"
            if file.status == "tms":
                who, act = P, "return"
            if who is None:
                return
            self.clock.advance(minutes=3)
            self.desks[P].call(confirm_clock, op())  # 31 silent days and three minutes are doubted
            shut = self.is_shut(file, act)
            assert self.attempt(Try(who, act, file, file.version)) is not shut
            if shut:
                return

    @precondition(lambda self: any(f.status == "draf" for f in self.files))
    @rule(data=st.data(), fails=st.booleans())
    def the_counter_takes_a_draft_in(self, data: st.DataObject, fails: bool) -> None:
        file = self.pick(data, [f for f in self.files if f.status == "draf"])
        act = "take-in"
        if FIRST_DECISION[file.service] == "terima":
            act = "counter-fail" if fails else "counter-pass"
        done = self.attempt(Try(file.walk[0][1], act, file, file.version))
        assert done is not self.is_shut(file, act)

    @precondition(lambda self: any(f.status == "berjalan" and f.lane in LINE for f in self.files))
    @rule(
        data=st.data(),
        wish=st.sampled_from(("finish", "finish", "no", "no-for-ever")),
        ago=st.sampled_from((0, 0, 1, -5, 3000)),
    )
    def an_official_decides_on_paper(self, data: st.DataObject, wish: str, ago: int) -> None:
        file = self.pick(data, [f for f in self.files if f.status == "berjalan" and f.lane in LINE])
        barred = file.verifiers if file.at in SIGNING else set()
        able = [
            (who, role)
            for who in (K, S, C)
            for role in sorted(self.roles(who) & set(in_line(file.lane)))
            if who not in barred
        ]
        able += [(who, file.lane) for who in (S, C) if file.lane not in self.roles(who)]
        if not able:
            return
        official, role = data.draw(st.sampled_from(able))
        first = file.at == FIRST_DECISION[file.service]
        act = {"finish": "finish", "no": "fail" if first else "send-back"}.get(
            wish, "close" if first else "refuse"
        )
        if not first and act != "finish" and (file.service, file.at) not in WAYS_BACK:
            return
        recorder = data.draw(st.sampled_from((R, "ganda")))
        decided = self.clock.now - timedelta(minutes=ago)
        self.attempt(Try(recorder, act, file, file.version, None, official, role, decided))

    @precondition(lambda self: any(f.open for f in self.files))
    @rule(data=st.data(), luck=st.randoms(use_true_random=False))
    def nobody_does_what_is_not_his(self, data: st.DataObject, luck: random.Random) -> None:
        """Twelve of the many attempts the rules forbid on a file as it stands."""
        file = self.pick(data, [f for f in self.files if f.open])
        ways: tuple[str | None, ...] = (None, *(step for step, _ in file.walk))
        tries = [
            Try(who, act, file, file.version, target)
            for who in PEOPLE
            for act in ACTS
            for target in (ways if act == "send-back" else (None,))
        ]
        forbidden = [t for t in tries if not self.may(t)]
        near = [t for t in forbidden if self.roles(t.who) & {file.lane, *in_line(file.lane), P, R}]
        for t in (*luck.sample(near, 8), *luck.sample(forbidden, 4)):
            assert not self.attempt(t)

    @precondition(lambda self: any(f.status == "berjalan" for f in self.files))
    @rule(data=st.data(), act=st.sampled_from(("pause", "correct")), then=st.integers(0, 3))
    def the_file_is_paused_or_corrected(self, data: st.DataObject, act: str, then: int) -> None:
        file = self.pick(data, [f for f in self.files if f.status == "berjalan"])
        who = data.draw(st.sampled_from((R if act == "pause" else P, *self.able(file)[:2])))
        assert self.attempt(Try(who, act, file, file.version))
        if act == "pause" and then == 3:
            assert self.attempt(Try(who, "resume", file, file.version))
        self.walk_on(data, file, then)

    @precondition(lambda self: any(f.status == "berjalan" for f in self.files))
    @rule(data=st.data())
    def the_power_fails_at_the_last_moment(self, data: st.DataObject) -> None:
        """All was done but the commit: nothing stays of it, no number either."""
        file = self.pick(data, [f for f in self.files if f.status == "berjalan"])
        who = self.right_person(data, file)
        if who is None or self.is_shut(file, "finish"):
            return
        usecase, args = self.real(Try(who, "finish", file, file.version))

        def cut(work: UnitOfWork) -> None:
            usecase(work, op(), *args)
            raise PowerCutError

        before = dump(self.file)
        with pytest.raises(PowerCutError):
            self.desks[who].call(cut)
        assert dump(self.file) == before

    @precondition(lambda self: self.files)
    @rule(
        data=st.data(),
        who=st.sampled_from(sorted(PEOPLE)),
        act=st.sampled_from((*ACTS, "finish", "finish")),
    )
    def anybody_tries_anything(self, data: st.DataObject, who: str, act: str) -> None:
        file = self.pick(data, self.files)
        target = data.draw(self.targets(file), label="target") if act == "send-back" else None
        self.attempt(Try(who, act, file, file.version, target))

    @precondition(lambda self: any((f.service, f.at) in WAYS_BACK for f in self.files))
    @rule(
        data=st.data(),
        act=st.sampled_from(("send-back", "send-back", "send-back", "refuse", "cancel")),
        again=st.integers(0, 5),
    )
    def an_official_is_not_content(self, data: st.DataObject, act: str, again: int) -> None:
        file = self.pick(data, [f for f in self.files if (f.service, f.at) in WAYS_BACK])
        who = R if act == "cancel" else self.right_person(data, file)
        if who is None:
            return
        target = data.draw(self.targets(file), label="target") if act == "send-back" else None
        if self.attempt(Try(who, act, file, file.version, target)):
            self.walk_on(data, file, again)

    @precondition(
        lambda self: any(
            f.status == "berjalan" and f.at == FIRST_DECISION[f.service] for f in self.files
        )
    )
    @rule(data=st.data(), act=st.sampled_from(("fail", "fail", "close")))
    def a_file_lacks_papers(self, data: st.DataObject, act: str) -> None:
        waiting = [
            f for f in self.files if f.status == "berjalan" and f.at == FIRST_DECISION[f.service]
        ]
        file = self.pick(data, waiting)
        who = self.right_person(data, file)
        assert who is not None
        assert self.attempt(Try(who, act, file, file.version))

    @precondition(lambda self: any(f.at in SIGNING and f.verifiers for f in self.files))
    @rule(data=st.data())
    def who_verified_tries_to_sign(self, data: st.DataObject) -> None:
        file = self.pick(data, [f for f in self.files if f.at in SIGNING and f.verifiers])
        who = data.draw(st.sampled_from(sorted(file.verifiers)))
        allowed = not self.is_barred(file, who)  # by an emergency of today
        assert not self.attempt(Try(who, "finish", file, file.version)) or allowed

    @precondition(lambda self: any(f.open and f.lane in LINE for f in self.files))
    @rule(
        data=st.data(),
        who=st.sampled_from((R, R, R, "ganda", *sorted(PEOPLE))),
        official=st.sampled_from((K, S, C, K, S, C, V, "keluar")),
        role=st.sampled_from((K, S, C, None, None)),
        act=st.sampled_from(("finish", "finish", "finish", "fail", "close", "send-back", "refuse")),
        ago=st.sampled_from((0, 1, 2, 30, 2000, -5)),
    )
    def the_register_officer_records_what_paper_says(
        self,
        data: st.DataObject,
        who: str,
        official: str,
        role: str | None,
        act: str,
        ago: int,
    ) -> None:
        file = self.pick(data, [f for f in self.files if f.open and f.lane in LINE])
        target = data.draw(self.targets(file), label="target") if act == "send-back" else None
        decided = self.clock.now - timedelta(minutes=ago)
        self.attempt(
            Try(who, act, file, file.version, target, official, role or file.lane, decided)
        )

    def targets(self, file: File) -> st.SearchStrategy[str | None]:
        ways = WAYS_BACK.get((file.service, str(file.at)), ())
        every = sorted(step for step, _ in file.walk)
        return st.sampled_from((None, *ways, *ways, *every, "ajukan", "tidak-ada"))

    @precondition(lambda self: any(f.version > 1 for f in self.files))
    @rule(data=st.data(), off=st.sampled_from((-1, -1, 1)))
    def a_screen_is_out_of_date(self, data: st.DataObject, off: int) -> None:
        file = self.pick(data, [f for f in self.files if f.version > 1])
        who = self.right_person(data, file) if file.open else P
        act = data.draw(st.sampled_from(("finish", "cancel", "pause", "correct", "refuse")))
        assert not self.attempt(Try(who or P, act, file, file.version + off))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def somebody_clicks_twice(self, data: st.DataObject) -> None:
        who, usecase, args, op_id, receipt = data.draw(st.sampled_from(self.done), label="again")
        before = dump(self.file)
        again = self.desks[who].call(usecase, op_id, *args)
        assert again == receipt
        assert isinstance(again, Receipt | DraftSaved)
        assert dump(self.file) == before

    @precondition(lambda self: self.done)
    @rule(data=st.data(), other=st.sampled_from((P, R, C)))
    def a_receipt_is_shown_to_nobody_else(self, data: st.DataObject, other: str) -> None:
        who, usecase, args, op_id, _ = data.draw(st.sampled_from(self.done), label="again")
        before = dump(self.file)
        if who != other:
            with pytest.raises(DeskError):
                self.desks[other].call(usecase, op_id, *args)
        assert dump(self.file) == before

    @rule(minutes=st.sampled_from((1, 7, 45, 500)))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
        self.desks[P].call(confirm_clock, op())  # weeks without a number may end in another year

    @rule(days=st.sampled_from((1, 1, 2, 30, 31)), who=st.sampled_from((P, T, "ganda", K)))
    def days_pass_and_what_nobody_came_back_for_expires(self, days: int, who: str) -> None:
        self.clock.advance(days=days)
        self.desks[P].call(confirm_clock, op())
        roles = self.roles(who)
        overdue = [
            f
            for f in self.files
            if f.status == "tms"
            and f.step is not None
            and f.deadline is not None
            and f.deadline < self.today
            and (P in roles or (T in roles and f.service == "oss"))
        ]
        before = dump(self.file)
        try:
            count = self.desks[who].call(processing.expire_overdue, op())
        except DeskError:
            assert not roles & {P, T}
            assert dump(self.file) == before
            return
        assert roles & {P, T}
        assert count == len(overdue)
        for file in overdue:
            file.version += 1
            self.end(file, str(file.at), "kedaluwarsa", "ditutup")

    # what must always hold

    @invariant()
    def everything_is_where_the_model_says(self) -> None:
        found = rows(self.file, "SELECT * FROM request ORDER BY id")
        assert [row["id"] for row in found] == [file.id for file in self.files]
        for row, file in zip(found, self.files, strict=True):
            assert (row["status"], row["step"], row["version"]) == (
                file.status,
                file.step,
                file.version,
            )
            assert (row["visits"], row["pause_kind"] is not None) == (file.visits, file.paused)

    @invariant()
    def counters_are_the_highest_and_the_count_of_their_numbers(self) -> None:
        counted = rows(self.file, "SELECT series, period, last FROM counter")
        assert {(c["series"], c["period"]): c["last"] for c in counted} == self.counters
        assert miscounted(self.file) == []

    @invariant()
    def every_booked_file_stands_in_the_book_once_with_its_marks(self) -> None:
        lines = rows(self.file, "SELECT * FROM register_line ORDER BY id")
        booked = [file for file in self.files if file.agenda]
        told = {
            line["request_id"]: (line["series"], line["period"], line["number"], line["suffix"])
            for line in lines
        }
        assert len(told) == len(lines)
        assert told == {
            file.id: (file.service, *(file.agenda or ("", 0)), file.suffix) for file in booked
        }
        marks: dict[int, list[str]] = {file.id: [] for file in booked}
        statement = (
            "SELECT l.request_id, s.kind FROM line_status s JOIN register_line l "
            "ON l.id = s.line_id WHERE s.kind IN ('diserahkan', 'ditolak', 'batal', 'ditutup') "
            "ORDER BY s.id"
        )
        for mark in rows(self.file, statement):
            marks[mark["request_id"]].append(mark["kind"])
        assert marks == {file.id: file.marks for file in booked}

    @invariant()
    def no_file_skips_or_repeats_a_step_of_its_sop(self) -> None:
        moves = rows(
            self.file,
            "SELECT request_id, step, next_step FROM event WHERE act IN "
            "('lanjut','tms','terima-kembali','tutup','kedaluwarsa','kembalikan','tolak','batal') "
            "ORDER BY seq",
        )
        walked: dict[int, list[tuple[str, str | None]]] = {file.id: [] for file in self.files}
        for move in moves:
            walked[move["request_id"]].append((move["step"], move["next_step"]))
        assert walked == {file.id: file.walked for file in self.files}


#: Deeds of officers that no official decides on paper.
_WITHOUT_PAPER = (
    processing.give_agenda_number,
    processing.hand_over,
    processing.finish_recording,
    processing.deliver_result,
    processing.finish_oss,
)


@pytest.fixture
def machine(_office_template: Path, tmp_path: Path) -> Iterator[type[OfficeMachine]]:
    """An office with people who hold several roles, and one who has left."""
    root = tmp_path / "template"
    shutil.copytree(_office_template, root)
    office = open_place(Place(root, "test"), clock=SettableClock(START))
    admin = office.sign_in("admin", "tiga kata lucu")
    known = {user.username: user for user in office.users()}
    for name, roles in PEOPLE.items():
        if name in known and tuple(r.value for r in known[name].roles) == roles:
            continue
        given = tuple(Role(role) for role in roles) or (Role.PELAYANAN,)
        title = NAMES[Role(name)] if name in known else name.title()
        user_id = known[name].id if name in known else None
        admin.call(
            save_user,
            op(),
            UserInput(user_id, name, title, given, active=bool(roles), password="tiga kata lucu"),
        )
    ids = {
        row["username"]: row["id"]
        for row in rows(Place(root, "").current_database, "SELECT * FROM user_account")
    }
    for name, (role, first, last) in ACTING.items():
        admin.call(save_acting, op(), ids[name], Role(role), "Plh", first, last, "800/1/2026")
    office.close()
    OfficeMachine.template = tmp_path / "template.db"
    shutil.copy(Place(root, "").current_database, OfficeMachine.template)
    with closing(sqlite3.connect(OfficeMachine.template)) as file:  # all have their own passwords
        file.execute("UPDATE user_account SET must_change = 0")
        file.commit()
    # every act waits for the disk: where there is a disk in memory, the tests get on faster
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        dir=memory if os.access(memory, os.W_OK) else tmp_path
    ) as made:
        OfficeMachine.folder = Path(made)
        yield OfficeMachine


def test_no_sequence_of_acts_breaks_the_rules_of_the_office(machine: type[OfficeMachine]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60 * LONGER,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
