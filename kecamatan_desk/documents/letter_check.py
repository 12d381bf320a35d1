"""Whether a letter text as the office typed it can be kept: characters, names, and a whole letter.

Each check raises TemplateError with the line it is about; nothing is drawn here.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kecamatan_desk.documents.checks import missing_characters
from kecamatan_desk.documents.known_facts import COMMON_NAMES, FactKind, KnownFact
from kecamatan_desk.documents.template import (
    Group,
    Line,
    Literal,
    Name,
    Node,
    Part,
    Section,
    TableNode,
    Template,
    TemplateError,
    Text,
    parse,
)
from kecamatan_desk.domain.text import unprintable

MOST_CHARACTERS = 20_000
_SIMILAR = 3  # names offered for an unknown one


@dataclass(frozen=True, slots=True)
class _Scope:
    """The names that hold in a place of the text."""

    facts: Mapping[str, KnownFact]
    rows: str = ""  # what the office calls the rows around the place


def cleaned_text(body: str) -> str:
    """Give a text as it is kept: one kind of line break, no blanks at line ends, NFC."""
    body = body.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    lines = (line.rstrip(" ") for line in unicodedata.normalize("NFC", body).split("\n"))
    return "\n".join(lines).rstrip("\n") + "\n"


def checked_template(body: str, facts: Sequence[KnownFact]) -> Template:
    """Read a cleaned text that may name these facts. TemplateError at the first wrong line."""
    _check_characters(body)
    template = parse(body)
    _check_names(template.nodes, _Scope({fact.name: fact for fact in facts}))
    _check_whole(template.nodes, body.count("\n"))
    return template


def _check_characters(body: str) -> None:
    if len(body) > MOST_CHARACTERS:
        line = body.count("\n", 0, MOST_CHARACTERS) + 1
        raise TemplateError(
            line,
            f"naskah terlalu panjang: {len(body)} huruf, paling banyak {MOST_CHARACTERS}. "
            "Persingkat naskahnya.",
        )
    for number, line_text in enumerate(body.split("\n"), 1):
        if hidden := unprintable(line_text):
            codes = ", ".join(f"U+{ord(char):04X}" for char in hidden)
            raise TemplateError(
                number,
                f"ada tanda tersembunyi yang tidak dapat dicetak ({codes}). Hapus lalu ketik "
                "ulang baris ini; jangan menempelkannya dari program lain.",
            )
        if missing := missing_characters(line_text):
            raise TemplateError(
                number,
                f"huruf {missing} tidak ada pada huruf cetak surat. Ganti dengan huruf Latin.",
            )


def _check_whole(nodes: Sequence[Node], last: int) -> None:
    """Refuse a text that may print nothing: title and a sentence must not depend on a fact."""
    always = [node for node in nodes if isinstance(node, Line) and _has_words(node.words)]
    if not any(line.mark == "=" for line in always):
        raise TemplateError(
            1,
            "naskah belum berjudul. Tulis judul di luar bagian {{#…}}, misalnya = SURAT UJI.",
        )
    if not any(line.mark in ("", ">", "#") for line in always):
        raise TemplateError(
            max(last, 1),
            "naskah belum memuat kalimat di luar bagian {{#…}}. Tulis sedikitnya satu.",
        )


def _has_words(text: Text) -> bool:
    return any(isinstance(part, Literal) and part.words.strip() for part in text)


# Names


def _check_names(nodes: Iterable[Node], scope: _Scope) -> None:
    for node in nodes:
        match node:
            case Line():
                _check_text(node.words, scope, node.line)
                _check_text(node.value, scope, node.line)
            case Section():
                inner = _entered(node.name, node.inverted, scope, node.line)
                _check_names(node.inner, inner)
            case Group():
                _check_names(node.inner, scope)
            case TableNode():
                inner = _rows_of(node, scope)
                for cell in node.cells:
                    _check_text(cell, inner, node.cells_line)


def _check_text(text: Text, scope: _Scope, line: int) -> None:
    for part in text:
        match part:
            case Name():
                _check_printed(_known(part.name, scope, line), line)
            case Part():
                _check_text(part.inner, _entered(part.name, part.inverted, scope, line), line)


def _entered(name: str, inverted: bool, scope: _Scope, line: int) -> _Scope:
    """Give the names that hold inside a section."""
    fact = _known(name, scope, line)
    if inverted or fact.kind is not FactKind.ROWS:
        return scope
    return _inside(fact, scope)


def _inside(fact: KnownFact, scope: _Scope) -> _Scope:
    """Give the names inside a row: its own and those of the letter and the office.

    The applicant's would stand for the person of the row, where that one has none.
    """
    common = {name: known for name, known in scope.facts.items() if name in COMMON_NAMES}
    return _Scope({**common, **{column.name: column for column in fact.columns}}, fact.label)


def _known(name: str, scope: _Scope, line: int) -> KnownFact:
    fact = scope.facts.get(name)
    if fact is not None:
        return fact
    similar = get_close_matches(name, scope.facts, _SIMILAR, 0.6)
    advice = "Pilih dari daftar isian surat ini."
    if similar:
        advice = f"Yang mirip: {_listed(similar)}."
    elif scope.rows:
        advice = "Kolomnya: " + _listed(n for n in scope.facts if n not in COMMON_NAMES) + "."
    where = f"bukan kolom “{scope.rows}”" if scope.rows else "tidak ada pada isian surat ini"
    raise TemplateError(line, f"nama {{{{{name}}}}} {where}. {advice}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _check_printed(fact: KnownFact, line: int) -> None:
    pair = f"{{{{#{fact.name}}}}} … {{{{/{fact.name}}}}}"
    if fact.kind is FactKind.FLAG:
        raise TemplateError(
            line,
            f"{{{{{fact.name}}}}} hanya syarat, tidak ada yang dicetak. Tulis {pair} di sekitar "
            "kata yang bersyarat.",
        )
    if fact.kind is FactKind.ROWS:
        raise TemplateError(
            line,
            f"{{{{{fact.name}}}}} berisi banyak baris. Pakai [tabel {fact.name}], atau {pair}.",
        )


def _rows_of(table: TableNode, scope: _Scope) -> _Scope:
    fact = scope.facts.get(table.rows)
    if fact is not None and fact.kind is FactKind.ROWS:
        return _inside(fact, scope)
    there = [known.name for known in scope.facts.values() if known.kind is FactKind.ROWS]
    advice = f"Yang berbaris: {', '.join(there)}." if there else "Surat ini tidak mempunyainya."
    raise TemplateError(table.line, f"“{table.rows}” bukan isian berbaris untuk tabel. {advice}")
