"""Fills a parsed letter text with facts: blocks out, ready to be laid on a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kecamatan_desk.documents.template import (
    Column,
    Group,
    Line,
    Literal,
    Name,
    Node,
    Part,
    Section,
    TableNode,
    Template,
    Text,
)

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Title:
    """A title line, in the order of the text."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    indented: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Label, colon, value."""

    label: str
    value: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A bold sub-heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered item."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with at least one row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """Tembusan."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """Signature places: (caption, name)."""

    places: tuple[tuple[str, str], ...]


Block = Title | Paragraph | Identity | Heading | Item | Table | Copies | Parties


def render(template: Template, facts: Facts) -> tuple[Block, ...]:
    """Give the blocks with the facts put in. A fact that is not there counts as empty."""
    blocks: list[Block] = []
    for line in _expand(template.nodes, (facts,)):
        match line:
            case _Filled(mark="-" | "-*"):
                if line.value:
                    blocks.append(Identity(line.words, line.value, line.mark == "-*"))
            case _Filled(mark="#"):
                last = blocks[-1] if blocks else None
                if line.words:
                    number = last.number + 1 if isinstance(last, Item) else 1
                    blocks.append(Item(number, line.words))
            case _Filled():
                if line.words:
                    blocks.append(_simple(line))
            case _:
                blocks.append(line)
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class _Filled:
    mark: str
    words: str
    value: str


def _simple(line: _Filled) -> Block:
    match line.mark:
        case "=":
            return Title(line.words)
        case "##":
            return Heading(line.words)
    return Paragraph(line.words, indented=line.mark == "")


def _expand(nodes: Sequence[Node], scopes: tuple[Facts, ...]) -> Iterator[_Filled | Block]:
    for node in nodes:
        match node:
            case Line():
                yield _Filled(node.mark, _fill(node.words, scopes), _fill(node.value, scopes))
            case Section():
                for inner in _repeat(node.name, node.inverted, scopes):
                    yield from _expand(node.inner, inner)
            case TableNode():
                rows = tuple(
                    tuple(_fill(cell, inner) for cell in node.cells)
                    for inner in _repeat(node.rows, False, scopes)
                )
                if rows:
                    yield Table(node.columns, rows)
            case Group():
                lines = [x for x in _expand(node.inner, scopes) if isinstance(x, _Filled)]
                if node.kind == "tembusan":
                    items = tuple(line.words for line in lines if line.words)
                    if items:
                        yield Copies(items)
                elif lines:
                    yield Parties(tuple((line.words, line.value) for line in lines))


def _repeat(name: str, inverted: bool, scopes: tuple[Facts, ...]) -> Iterator[tuple[Facts, ...]]:
    """Give the scopes in which a section's inside appears: none, one, or one per row."""
    fact = _look_up(name, scopes)
    if inverted:
        if not fact:
            yield scopes
    elif isinstance(fact, Sequence) and not isinstance(fact, str):
        for row in fact:
            yield (row, *scopes) if isinstance(row, Mapping) else scopes
    elif fact:
        yield scopes


def _look_up(name: str, scopes: tuple[Facts, ...]) -> object:
    return next((scope[name] for scope in scopes if name in scope), "")


def _fill(text: Text, scopes: tuple[Facts, ...]) -> str:
    """Fill in one text. Where a name was empty, the spaces left over around it are one space."""
    out = ""
    for piece, literal in _pieces(text, scopes):
        if literal and (not out or out.endswith(" ")):
            piece = piece.lstrip(" ")
        out += piece
    return out.strip(" ")


def _pieces(text: Text, scopes: tuple[Facts, ...]) -> Iterator[tuple[str, bool]]:
    for part in text:
        match part:
            case Literal():
                yield part.words, True
            case Name():
                fact = _look_up(part.name, scopes)
                shown = isinstance(fact, str | int) and not isinstance(fact, bool)
                yield str(fact) if shown else "", False
            case Part():
                for inner in _repeat(part.name, part.inverted, scopes):
                    yield from _pieces(part.inner, inner)
