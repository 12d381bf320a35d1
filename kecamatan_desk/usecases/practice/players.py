"""The office at work: who sits at which desk, what time it is, and one file walking its steps."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from kecamatan_desk.documents.profiles import LETTER
from kecamatan_desk.domain.roles import OFFICIALS, Role, superiors
from kecamatan_desk.usecases import agreements, intake, jobs, processing, proposals, voiding
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput, DraftSaved
from kecamatan_desk.usecases.practice.casting import scene_for
from kecamatan_desk.usecases.practice.forms import first_form, later_form, papers
from kecamatan_desk.usecases.practice.people import Population
from kecamatan_desk.usecases.practice.scans import bring_scans
from kecamatan_desk.usecases.practice.scene import Scene, Values
from kecamatan_desk.usecases.practice.staff import WORKERS, Delegation
from kecamatan_desk.usecases.practice.timeline import PracticeClock, Timeline
from kecamatan_desk.usecases.values import Handover, Receipt, RecordedDecision, Seen
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.engine import Status
from kecamatan_desk.workflows.vocabulary import Service, Step

P = ParamSpec("P")
R = TypeVar("R")

#: A story yields the minute of the office's time line at which it goes on.
Story = Generator[float, None, None]


@dataclass
class Players:
    """The desks of the office, its clock, and who is away when."""

    desks: Mapping[str, Desk]
    line: Timeline
    clock: PracticeClock
    travel: tuple[date, date]  # the Camat's, with the Sekcam as Plh.
    illness: date  # the Kasi's
    delegations: tuple[Delegation, ...] = ()  # of the Camat's signature
    draws: bool = True  # whether letters are drawn
    minute: float = 0.0

    @property
    def today(self) -> date:
        return self.line.day_at(self.minute)

    def go_to(self, minute: float) -> None:
        """Let time pass until a minute of the line."""
        self.minute = minute
        self.clock.now = self.line.at(minute)

    def away(self, role: Role) -> bool:
        """Tell whether nobody of an official's own office is there today."""
        if role is Role.CAMAT:
            return self.travel[0] <= self.today <= self.travel[1]
        return role is Role.KASI and self.today == self.illness

    def delegate(self, numbered: date | None) -> str:
        """Give who signs today for the Camat what bears a number of a day; "" for nobody."""
        for one in self.delegations:
            if numbered and one.covers(numbered) and one.covers(self.today):
                return one.username
        return ""


@dataclass
class File:
    """One request on its way, and the people it is about."""

    players: Players
    service: Service
    random: Random
    village: str = ""
    bundle_id: int | None = None
    on_paper: frozenset[str] = frozenset()  # steps the official decides on paper
    patient: bool = True  # waits for an official who is ill; else the superior acts
    classification: str = ""  # of this one letter
    signer: tuple[str, Role] | None = None  # chosen to sign instead
    numbered: date | None = None  # the letter's date
    scene: Scene = field(init=False)
    data: Values = field(init=False, default_factory=dict)
    receipt: Receipt = field(init=False)
    draft: DraftSaved = field(init=False)
    counter: str = field(init=False, default="")
    checker: str = field(init=False, default="")

    # --- at the counter ------------------------------------------------------------------------

    def meet(self, scene: Scene | None = None) -> None:
        """The applicant comes in; with a scene it is somebody who is already there."""
        people = Population(self.random, self.players.today)
        self.scene = scene or scene_for(self.service.code, people, self.village)
        self.data = first_form(self.service, self.scene)

    def save(self, **changes: Any) -> None:
        """Save the form as a draft; the first time the file gets its code."""
        self.data.update(changes)
        known = getattr(self, "draft", None)
        form = DraftInput(
            self.service.code, self.data, (), known.id if known else None, self.bundle_id
        )
        self.draft = self.at(self.officer(self.service.steps[1]), intake.save_draft, form)

    def take_in(self, missing: int = 0) -> None:
        """Take the file in; in families D and E this is the first decision."""
        decides = self.service.steps[1].decision
        answers = papers(self.service, self.data, self.scene, missing) if decides else ()
        form = DraftInput(self.service.code, self.data, answers, self.draft.id, self.bundle_id)
        seen = Seen(self.draft.id, self.draft.version)
        if not decides:
            usecase = intake.take_in
        else:
            usecase = intake.fail_at_counter if missing else intake.pass_at_counter
        who = self.officer(self.service.steps[1])
        self.receipt = self.at(who, usecase, seen, form)
        self.checker = who
        if self.players.draws:
            made = self.receipt.request_id, self.service, self.scene, self.data
            bring_scans(self.desk(who), *made)

    def begin(self, missing: int = 0) -> Story:
        """Come in, tell, be taken in: two to five minutes."""
        self.meet()
        self.save()
        yield self.soon(2, 4)
        self.take_in(missing)

    # --- on the way ----------------------------------------------------------------------------

    def walk(self, until: str | None = None) -> Story:
        """Go through the steps until the file waits at one, or to the end."""
        while self.running and self.receipt.step != until:
            yield from self.wait()
            self.act()

    def wait(self) -> Story:
        """Lie on the desk for about as long as the SOP says, sometimes longer."""
        norm = max(self.step.minutes, 1)
        yield self.players.minute + norm * self.random.choice((0.4, 0.6, 0.8, 0.9, 1.0, 1.6))
        role = self.step.officer
        if self.players.away(role) and role is Role.KASI and self.patient:
            tomorrow = self.players.today + timedelta(days=1)
            yield self.players.line.opening(tomorrow) + self.random.uniform(5, 60)

    def act(self) -> None:
        """Do the current step's own deed."""
        step, seen = self.step, self.seen
        if step is self.service.first_decision:
            self.check()
        elif step.code == "register":
            self.numbered = self.players.today
            if self.players.draws:
                desk, code = self.desk(self.officer(step)), self.classification
                self.receipt = jobs.register_and_draw(desk, uuid4().hex, seen, LETTER, code)
            else:
                self.do(processing.give_agenda_number, self.classification)
        elif step.code == "serahkan":
            self.do(processing.hand_over, self.handover())
        elif step.code == "rekam":
            self.record("Berhasil")
        elif step.code == "sampaikan":
            self.do(processing.deliver_result, self.later())
        elif step.code == "diterima":
            self.do(processing.finish_oss, self.later(), self.handover())
            self.draw()
        else:
            self.decide(processing.approve, self.later())
            self.draw(step.code == "keputusan")

    def check(self, missing: int = 0) -> None:
        """Pass the first decision, or fail it with papers missing."""
        answers = papers(self.service, self.data, self.scene, missing)
        self.checker = self.officer(self.step)
        self.decide(processing.fail_check if missing else processing.pass_check, answers)

    def decide(self, usecase: Callable[..., Receipt], *values: Any) -> None:
        """Act as the official himself, or as the register officer who notes his initials."""
        who, role = self.stand_in(self.step)
        if self.step.code not in self.on_paper or role not in OFFICIALS:
            self.do(usecase, *values)
            return
        before = self.players.clock.now - timedelta(minutes=1)
        signed = max(before, self.players.line.at(0))
        recorded = RecordedDecision(self.desk(who).user.id, role, signed)
        self.receipt = self.at("dewi", usecase, self.seen, *values, recorded=recorded)

    def void(self, reason: str) -> Story:
        """The register officer asks to void the number; an official agrees somewhat later."""
        self.do(voiding.propose_cancel, reason, by="dewi")
        yield self.soon(2, 6)
        (asked,) = (
            one
            for one in self.desk("dewi").ask(agreements.proposals)
            if one.request_id == self.receipt.request_id
        )
        role = next(role for role in OFFICIALS if not self.players.away(role))
        official = WORKERS[role][0]
        if self.on_paper:
            signed = self.players.clock.now - timedelta(minutes=1)
            decision = RecordedDecision(self.desk(official).user.id, role, signed)
            receipt = self.at("dewi", proposals.record_agreement, asked.id, decision)
        else:
            receipt = self.at(official, proposals.agree, asked.id)
        assert receipt is not None  # a file was asked for
        self.receipt = receipt

    def record(self, outcome: str) -> None:
        """Record face, finger and iris of an e-KTP applicant, and print what came of it."""
        values = {**self.later(), "hasil-perekaman": outcome}
        if outcome == "Duplikat":
            values["kendala"] = ["Sidik jari"]
        self.do(processing.finish_recording, values, self.handover())
        self.draw()

    def draw(self, due: bool = True) -> None:
        """Draw the papers that are due."""
        if due and self.players.draws:
            jobs.complete_documents(self.desk(self.officer_now()), self.receipt.request_id)

    # --- who, when, what -----------------------------------------------------------------------

    def do(self, usecase: Callable[..., Receipt], *values: Any, by: str = "") -> None:
        """Run a use-case on this file at the desk of the step's officer."""
        self.receipt = self.at(by or self.officer(self.step), usecase, self.seen, *values)

    def at(
        self,
        username: str,
        usecase: Callable[Concatenate[UnitOfWork, str, P], R],
        *values: P.args,
        **named: P.kwargs,
    ) -> R:
        """Run a use-case at somebody's desk."""
        return self.desk(username).call(usecase, uuid4().hex, *values, **named)

    def officer(self, step: Step) -> str:
        """Give who acts on a step today."""
        return self.stand_in(step)[0]

    def stand_in(self, step: Step) -> tuple[str, Role]:
        """Give who acts on a step today and in which role: the officer, or who stands in."""
        role = step.officer
        if role is Role.PELAYANAN:
            self.counter = self.counter or self.random.choice(WORKERS[role])
            return self.counter, role
        if step.code == "tanda-tangan" and self.signer:
            return self.signer
        if step.code == "tanda-tangan" and role is Role.CAMAT:
            who = self.players.delegate(self.numbered)
            if who and who != self.checker:
                return who, role
        for candidate in (role, *superiors(role)):
            who = WORKERS[candidate][0]
            if self.players.away(candidate):
                if candidate is not Role.CAMAT:
                    continue
                who = "sekcam"  # as Plh.
            if who != self.checker or step.code not in ("tanda-tangan", "keputusan"):
                return who, candidate
        return "camat", Role.CAMAT

    def officer_now(self) -> str:
        return self.officer(self.step) if self.receipt.step else self.counter or "sari"

    def desk(self, username: str) -> Desk:
        """Give somebody's desk; at the practice nobody leaves his desk unlocked."""
        desk = self.players.desks[username]
        desk.proven_at = monotonic()
        return desk

    def later(self) -> Values:
        """Give what the current step asks for, and remember it."""
        values = later_form(self.service, self.step.code, self.scene, self.data, self.players.today)
        self.data.update(values)
        return values

    def handover(self) -> Handover:
        """Give who comes for the papers."""
        helper = str(self.data.get("kuasa-nama", ""))
        if helper:
            return Handover(helper, "Keluarga", "KTP-el")
        return Handover(str(self.data.get("nama", "")), "Sendiri", "KTP-el")

    def soon(self, least: float, most: float) -> float:
        """Give a minute shortly after now."""
        return self.players.minute + self.random.uniform(least, most)

    def tomorrow(self, days: int = 1) -> float:
        """Give a minute in the morning so many days later."""
        day = self.players.today + timedelta(days=days)
        return self.players.line.opening(day) + self.random.uniform(10, 150)

    @property
    def running(self) -> bool:
        return self.receipt.status == Status.RUNNING

    @property
    def step(self) -> Step:
        if self.receipt.step is None:
            raise ValueError(f"{self.receipt.file_code} has ended")
        return self.service.step(self.receipt.step)

    @property
    def seen(self) -> Seen:
        return Seen(self.receipt.request_id, self.receipt.version)


def new_file(players: Players, service: str, random: Random, **options: Any) -> File:
    """Give a request that has not begun."""
    return File(players, SERVICES[service], random, **options)
