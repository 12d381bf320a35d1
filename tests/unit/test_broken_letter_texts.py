"""Whatever is done to a letter text: it is refused with its line, or every sample person prints."""

import random
from collections.abc import Callable, Iterator, Sequence

import pytest

from kecamatan_desk.documents.known_facts import FactKind, KnownFact
from kecamatan_desk.documents.letter_check import checked_template, cleaned_text
from kecamatan_desk.documents.template import TemplateError
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.usecases.letter_texts import program_text
from kecamatan_desk.usecases.letter_trial import check_text, facts_of
from kecamatan_desk.workflows.catalog import SERVICES

KINDS = [letter.template for service in SERVICES.values() for letter in service.letters]
TRIES, DRAWN = 250, 4  # a text; those drawn are drawn on every paper for every person
STRAY = ("|", "{", "}", "{{", "}}", "[", "]", "#", "=", "{{#nama}}", "{{/nama}}", "{{nama}}", "\n")
LINES = (
    "{{#nama}}",
    "{{/nama}}",
    "{{^nik}}",
    "[tabel nama]",
    "[/tabel]",
    "[pihak]",
    "[tembusan]",
    "[/pihak]",
    "- Label",
    "- | {{nama}}",
    "= ",
    "#",
    "{{! catatan",
    "A=7 | B=160",
    "\u2028",
)
Mutation = Callable[[random.Random, str], str]


def without_a_character(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at + 1 :]


def without_a_brace(rng: random.Random, text: str) -> str:
    at = rng.choice([n for n, char in enumerate(text) if char in "{}[]|/#"])
    return text[:at] + text[at + 1 :]


def with_a_stray_mark(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(STRAY) + text[at:]


def with_a_stray_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(LINES))
    return "\n".join(lines)


def without_a_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def with_two_lines_swapped(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def cut_off(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text))]


def with_a_piece_twice(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text))
    piece = text[start : start + rng.randrange(60)]
    at = rng.randrange(len(text))
    return text[:at] + piece + text[at:]


MUTATIONS: tuple[Mutation, ...] = (
    without_a_character,
    without_a_brace,
    with_a_stray_mark,
    with_a_stray_line,
    without_a_line,
    with_two_lines_swapped,
    cut_off,
    with_a_piece_twice,
)


def broken_texts(kind: str) -> Iterator[str]:
    rng = random.Random(f"naskah {kind}")
    for n in range(TRIES):
        text = program_text(kind)
        for _ in range(rng.choice((1, 1, 2))):
            text = MUTATIONS[n % len(MUTATIONS)](rng, text) or "\n"
        yield text


def mistake_in(text: str, facts: Sequence[KnownFact]) -> TemplateError | None:
    try:
        checked_template(cleaned_text(text), facts)
    except TemplateError as error:
        return error
    return None


def refusal_of(kind: str, text: str) -> InputError | None:
    try:
        check_text(kind, text)
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_text_is_refused_with_its_line_or_prints_for_everybody(kind: str) -> None:
    facts, kept = facts_of(kind), list[str]()
    for text in broken_texts(kind):
        mistake = mistake_in(text, facts)
        if mistake is None:
            kept.append(text)
        else:
            assert 1 <= mistake.line <= text.count("\n") + 1, text
            assert f"baris {mistake.line}:" in str(mistake)
    assert DRAWN < len(kept) < TRIES * 2 // 3
    for text in kept[:: len(kept) // DRAWN][:DRAWN]:
        refused = refusal_of(kind, text)
        assert refused is None or (refused.field or "").startswith("baris-"), refused


def every_fact() -> Iterator[tuple[str, KnownFact]]:
    for kind in KINDS:
        for fact in facts_of(kind):
            yield kind, fact


def test_every_fact_has_a_name_a_label_and_a_group() -> None:
    for kind in KINDS:
        facts = facts_of(kind)
        assert len({fact.name for fact in facts}) == len(facts)
        for fact in facts:
            assert fact.label.strip()
            assert fact.group
            assert bool(fact.columns) == (fact.kind is FactKind.ROWS)
            names = [column.name for column in fact.columns]
            assert len(set(names)) == len(names)


def test_every_fact_can_be_used_as_its_kind_says() -> None:
    forms = {
        FactKind.TEXT: "> Isi {{{{{0}}}}} {{{{#{0}}}}}ada{{{{/{0}}}}}.",
        FactKind.FLAG: "> Isi{{{{^{0}}}}} tidak{{{{/{0}}}}} ada.",
        FactKind.ROWS: "{{{{#{0}}}}}\n# {{{{no}}}} {{{{kecamatan}}}}\n{{{{/{0}}}}}\n> Isi.",
    }
    for kind, fact in every_fact():
        body = "= JUDUL\n> Kalimat.\n" + forms[fact.kind].format(fact.name) + "\n"
        checked_template(body, facts_of(kind))
        for column in fact.columns:
            inner = f"{{{{#{fact.name}}}}}\n{forms[column.kind].format(column.name)}\n"
            checked_template(f"= J\n> K.\n{inner}{{{{/{fact.name}}}}}\n", facts_of(kind))
