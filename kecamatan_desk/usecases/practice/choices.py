"""What the office itself does while it works: forms and words of its letters, its growing book."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

from kecamatan_desk.domain.errors import RuleError
from kecamatan_desk.usecases.book_forms import COMMON
from kecamatan_desk.usecases.book_prints import print_continuation
from kecamatan_desk.usecases.letter_texts import program_text, store_text
from kecamatan_desk.usecases.manual_letters import ManualLetter, record_manual
from kecamatan_desk.usecases.office_values import ServiceChoices
from kecamatan_desk.usecases.practice.players import Players, Story
from kecamatan_desk.usecases.practice.timeline import Timeline
from kecamatan_desk.usecases.reserving import declare_unused, numbers_of_blocks, reserve
from kecamatan_desk.usecases.series import GENERAL
from kecamatan_desk.usecases.services import save_service

#: Domain facts 11 (6): which services only endorse what the village wrote, or only register it.
CHOICES = (
    ServiceChoices("ahli-waris", form="pengesahan", offset_x=100),
    ServiceChoices("skck", form="pengesahan", offset_x=110, offset_y=215),
    ServiceChoices("susunan-keluarga", form="register"),
    ServiceChoices("calon-tki", classification="400.9.8"),
)
#: The paper whose words the office changes: what is said, what it says from then on, why.
ADAPTED = "bepergian"
_WORDS = "memberikan bantuan seperlunya", "memberikan bantuan dan perlindungan seperlunya"
_NOTE = "Kalimat penutup disesuaikan dengan contoh dari kabupaten."


def deeds(players: Players) -> Iterator[tuple[float, Story]]:
    """Give what the office does, and the minute each story of it begins at."""
    line, days = players.line, players.line.days
    yield line.opening(days[len(days) // 4]) + 5, _run_services(players)
    yield line.opening(days[len(days) // 3]) + 8, _adapt_text(players)
    yield line.opening(book_day(line)) + 3, _print_book(players)
    yield line.opening(days[3 * len(days) // 4]) + 3, _print_book(players)
    yield line.opening(days[len(days) // 2]) + 6, _lose_power(players)
    yield line.opening(days[2 * len(days) // 3]) + 9, _write_elsewhere(players)


def book_day(line: Timeline) -> date:
    """Give the day of the book's first print: errors found later stand in the next supplement."""
    return line.days[len(line.days) // 3]


def _run_services(players: Players) -> Story:
    """From this day on two services print a block, one nothing; one has another code."""
    for choices in CHOICES:
        players.desks["admin"].call(save_service, uuid4().hex, choices)
        yield players.minute + 2


def _adapt_text(players: Players) -> Story:
    body = program_text(ADAPTED).replace(*_WORDS)
    store_text(players.desks["admin"], uuid4().hex, ADAPTED, body, _NOTE)
    yield players.minute


def _lose_power(players: Players) -> Story:
    """Numbers are set aside, two are written on by hand, the third is declared unused."""
    desk = players.desks["dewi"]
    blocks = desk.call(reserve, uuid4().hex, ((GENERAL, 3),))
    yield players.minute + 95
    first, second, third = desk.ask(numbers_of_blocks, blocks)
    for number, purpose in ((first, "Undangan rapat desa"), (second, "Pemberitahuan pemadaman")):
        written = _letter(players, purpose, block_id=number.block_id, number=number.number)
        desk.call(record_manual, uuid4().hex, written)
        yield players.minute + 3
    desk.call(declare_unused, uuid4().hex, ((third.block_id, third.number),))
    yield players.minute


def _write_elsewhere(players: Players) -> Story:
    """A letter of the office that no service makes takes its number here."""
    letter = _letter(players, "Laporan kegiatan kecamatan", sent=False)
    players.desks["dewi"].call(record_manual, uuid4().hex, letter)
    yield players.minute


def _letter(players: Players, purpose: str, **own: Any) -> ManualLetter:
    return ManualLetter(
        name="Kepala Desa se-Kecamatan",
        purpose=purpose,
        letter_day=players.today,
        classification="005",
        **own,
    )


def _print_book(players: Players) -> Story:
    """Print what the book got since its last print; nothing where nobody has come yet."""
    with suppress(RuleError):
        print_continuation(players.desks["dewi"], uuid4().hex, COMMON, players.today.year)
    yield players.minute
