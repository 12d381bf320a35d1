"""Anchors on paper: what they prove that the database alone cannot."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.anchors import Outcome, anchor_text, parse_anchor
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.chain import GENESIS, event_hash
from kecamatan_desk.persistence.tables import TRIGGERS
from kecamatan_desk.usecases.anchors import compare
from kecamatan_desk.usecases.checking import CheckReport, check_place
from kecamatan_desk.usecases.closing import close_day, close_month
from kecamatan_desk.usecases.closing_pages import closing_facts, closing_pdf
from kecamatan_desk.usecases.entrance import Office
from tests.builders import SettableClock, op
from tests.closing_office import MAY_END
from tests.documents.samples import pages
from tests.walking import DeskOf, brought_to, forward, rows


@pytest.fixture
def anchored(desk_of: DeskOf, office: Office, place: Place, tmp_path: Path) -> tuple[Place, str]:
    """A copy of an office with a closed day, closed itself; and the anchor on its page."""
    desk = desk_of(Role.REGISTER)
    for _ in range(2):
        brought_to(desk_of, "sktm", "tanda-tangan")
    act = desk.call(close_day, op())
    facts = desk.ask(closing_facts, act)
    anchor = anchor_text(facts.head_seq, facts.head_hash)
    text = "\n".join(pages(closing_pdf(desk, act)))
    assert anchor.partition(" ")[2] in text
    brought_to(desk_of, "sktm", "register")
    office.close()
    root = tmp_path / "copy"
    shutil.copytree(place.root, root)
    return Place(root, "test"), anchor


def checked(place: Place, *anchors: str) -> CheckReport:
    return check_place(place, [parse_anchor(anchor) for anchor in anchors])


def outcomes(report: CheckReport) -> list[Outcome]:
    return [verdict.outcome for verdict in report.anchors]


def tamper(place: Place, *statements: str) -> None:
    """Change the file as somebody with an SQLite tool would, putting the guards back."""
    file = sqlite3.connect(place.current_database)
    for name in TRIGGERS:
        file.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        file.execute(statement)
    for trigger in TRIGGERS.values():
        file.execute(trigger)
    file.commit()
    file.close()


def rewrite_chain(place: Place) -> None:
    """Hash the whole chain again, as somebody who knows how would."""
    prev, statements = GENESIS, []
    for event in rows(place.current_database, "SELECT * FROM event ORDER BY seq"):
        columns = {name: event[name] for name in event if name not in ("prev", "hash")}
        now = event_hash(prev, columns)
        statements.append(
            f"UPDATE event SET prev = '{prev}', hash = '{now}' WHERE seq = {event['seq']}"  # noqa: S608
        )
        prev = now
    tamper(place, *statements)


def test_an_untouched_chain_matches(anchored: tuple[Place, str]) -> None:
    place, anchor = anchored
    report = checked(place, anchor, anchor.lower().replace(" ", "  "))
    assert report.ok
    assert outcomes(report) == [Outcome.MATCH, Outcome.MATCH]
    assert report.anchors[0].message.startswith("COCOK")


def test_a_rewritten_chain_is_whole_for_itself_and_told_by_the_paper(
    anchored: tuple[Place, str],
) -> None:
    place, anchor = anchored
    tamper(place, "UPDATE event SET user_name = 'Orang Lain' WHERE seq = 3")
    assert not check_place(place).ok  # a byte alone is found at once
    rewrite_chain(place)
    found = check_place(place).findings
    # what the closing states still tells; somebody who mends that too leaves nothing but the paper
    assert {finding.kind for finding in found} == {"penutupan"}
    report = checked(place, anchor)
    assert not report.ok
    assert outcomes(report) == [Outcome.NO_MATCH]
    assert "ditulis ulang" in report.anchors[0].message


def test_a_shorter_chain_is_cut_off(anchored: tuple[Place, str]) -> None:
    place, anchor = anchored
    seq = parse_anchor(anchor).seq
    tamper(place, f"DELETE FROM event WHERE seq >= {seq}")  # noqa: S608
    report = checked(place, anchor)
    assert outcomes(report) == [Outcome.CUT_OFF]
    assert f"hanya sampai peristiwa {seq - 1}" in report.anchors[0].message


def test_slips_of_the_hand_are_told_from_a_new_history(anchored: tuple[Place, str]) -> None:
    place, anchor = anchored
    typed = parse_anchor(anchor)
    wrong = ("1" if typed.head[0] != "1" else "2") + typed.head[1:]
    (verdict,) = checked(place, anchor_text(typed.seq, wrong)).anchors
    assert verdict.outcome is Outcome.NO_MATCH
    assert "Bedanya hanya 1 tanda" in verdict.message
    for seq in (typed.seq - 1, typed.seq + 1000):
        (verdict,) = checked(place, anchor_text(seq, typed.head)).anchors
        assert not verdict.ok
        assert f"milik peristiwa {typed.seq}" in verdict.message


def test_numbers_changed_after_a_closing_are_found(anchored: tuple[Place, str]) -> None:
    place, _ = anchored
    tamper(place, "DELETE FROM register_line WHERE number = 2")
    kinds = {(f.kind, f.table, f.id) for f in check_place(place).findings}
    assert ("penutupan", "book_act", 1) in kinds


def test_a_line_smuggled_into_a_closed_book_is_found(
    desk_of: DeskOf, clock: SettableClock, office: Office, place: Place
) -> None:
    brought_to(desk_of, "sktm", "tanda-tangan")
    waiting = brought_to(desk_of, "sktm", "register")
    clock.set(MAY_END)
    desk_of(Role.REGISTER).call(close_month, op(), 2026, 5)
    clock.advance(days=4)
    forward(desk_of, waiting)
    office.close()
    assert check_place(place).ok
    tamper(place, "UPDATE register_line SET day = '2026-05-28' WHERE id = 2")
    said = {f.message for f in check_place(place).findings}
    assert "Ditulis sesudah buku 2026-05 ditutup." in said


def test_the_window_compares_too(desk_of: DeskOf) -> None:
    desk = desk_of(Role.CAMAT)
    brought_to(desk_of, "sktm", "tanda-tangan")
    act = desk_of(Role.REGISTER).call(close_day, op())
    facts = desk.ask(closing_facts, act)
    assert desk.ask(compare, anchor_text(facts.head_seq, facts.head_hash)).ok
    assert not desk.ask(compare, anchor_text(facts.head_seq - 1, facts.head_hash)).ok
    with pytest.raises(InputError):
        desk.ask(compare, "bukan jangkar")


def test_an_unreadable_chain_is_a_finding(anchored: tuple[Place, str]) -> None:
    place, anchor = anchored
    tamper(place, "DELETE FROM event")
    report = checked(place, anchor)
    assert not report.ok
    assert outcomes(report) == [Outcome.CUT_OFF]


def test_an_anchor_of_another_office_does_not_match(
    anchored: tuple[Place, str], tmp_path: Path
) -> None:
    other = open_place(Place(tmp_path / "other", "test"), create="practice")
    other.close()
    _, anchor = anchored
    assert not checked(Place(tmp_path / "other", "test"), anchor).ok
