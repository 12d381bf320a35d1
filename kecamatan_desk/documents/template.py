"""The line-based language of letter texts: parsed into blocks first, filled in afterwards.

One line is one block; an empty line only separates blocks for the reader.

    = TEXT              title line, centred capitals; the last one is underlined
    TEXT                paragraph, first line indented       > TEXT   not indented
    - Label | {{fact}}  identity row, left out when empty    -* …     value bold
    ## TEXT             bold sub-heading                     # TEXT   numbered item
    [tabel ROWS]        table of a rows fact: a line of heads with widths in mm ("No.=9c",
                        c: centred), a line of cells parted by |, then [/tabel]
    [tembusan]          copies, one a line, then [/tembusan]
    [pihak]             places to sign, one a line: Caption | {{name}}, then [/pihak]
    {{#x}} {{^x}} {{/x}}  alone on a line: the lines between appear when x holds (for a rows
                        fact: once for each row), or when it does not
    {{! … }}            comment

Inside a text {{x}} is a fact and {{#x}}…{{/x}}, {{^x}}…{{/x}} are sections (Mustache's logic-less
subset). A value is put into a block that is already known, and is never parsed again; so a name
may hold any character.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kecamatan_desk.domain.errors import DeskError

TABLE_WIDTH = 160  # mm, the text area of A4


class TemplateError(DeskError):
    """A letter's text breaks the rules of its language; the message names the line."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand as they are."""

    words: str


@dataclass(frozen=True, slots=True)
class Name:
    """A fact's place."""

    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section inside a line."""

    name: str
    inverted: bool
    inner: tuple["Inline", ...]


Inline = Literal | Name | Part
Text = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One source line and the mark it began with."""

    mark: str  # "=", "", ">", "-", "-*", "##", "#", "|" (signature place)
    words: Text
    value: Text = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section around lines."""

    name: str
    inverted: bool
    inner: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between [tembusan] or [pihak] and its end."""

    kind: str  # "tembusan", "pihak"
    inner: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a table column; width in mm."""

    head: str
    width: float
    centred: bool


@dataclass(frozen=True, slots=True)
class TableNode:
    """A table: one row of cells, repeated for each row of a rows fact."""

    rows: str
    columns: tuple[Column, ...]
    cells: tuple[Text, ...]


Node = Line | Section | Group | TableNode


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed letter text."""

    nodes: tuple[Node, ...]


_TAG = re.compile(r"\{\{([#^/!]?)(.*?)\}\}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_ALONE = re.compile(r"\{\{([#^/])\s*([^{}]*?)\s*\}\}")
_COMMENT = re.compile(r"\{\{!.*\}\}")
_COLUMN = re.compile(r"(.+)=(\d+(?:\.\d+)?)(c?)")
_OPEN = re.compile(r"\[([a-z]+)(?: ([a-z0-9-]+))?\]")
_HIDDEN_MARK = re.compile(r"\{\{[#^][^{}]*\}\}\s*(?:=|>|-\*?|##?)\s")


def parse(text: str) -> Template:
    """Read a letter text. TemplateError for what the language does not know, naming the line."""
    parser = _Parser(text)
    nodes = parser.nodes(None)
    return Template(nodes)


class _Parser:
    def __init__(self, text: str) -> None:
        self._lines = text.lstrip("\ufeff").splitlines()
        self._at = 0  # number of lines read; so also the number of the line in hand

    def nodes(self, end: str | None, group: str = "") -> tuple[Node, ...]:
        """Read up to the line *end* (None: up to the end of the text)."""
        opened = self._at
        out: list[Node] = []
        while self._at < len(self._lines):
            line = self._next()
            if not line or _COMMENT.fullmatch(line):
                continue
            alone = _ALONE.fullmatch(line)
            if alone is not None and alone[1] != "/":
                out.append(self._section(alone[1], alone[2], group))
            elif alone is not None or line.startswith("[/"):
                if line.replace(" ", "") != end:
                    raise self._error(f"“{line}” tidak menutup bagian yang sedang terbuka")
                return tuple(out)
            elif line.startswith("["):
                out.append(self._bracket(line, group))
            else:
                out.append(self._line(line, group))
        if end is not None:
            self._at = opened
            raise self._error(f"bagian yang dibuka di sini tidak ditutup dengan “{end}”")
        return tuple(out)

    def _next(self) -> str:
        self._at += 1
        return self._lines[self._at - 1].strip()

    def _section(self, sign: str, name: str, group: str) -> Section:
        self._name(name)
        return Section(name, sign == "^", self.nodes("{{/" + name + "}}", group))

    def _bracket(self, line: str, group: str) -> Node:
        found = _OPEN.fullmatch(line)
        if found is None or found[1] not in {"tabel", "tembusan", "pihak"} or group:
            raise self._error(f"blok “{line}” tidak dikenal di sini")
        if found[1] != "tabel":
            return Group(found[1], self.nodes(f"[/{found[1]}]", found[1]))
        if found[2] is None:
            raise self._error("tabel tanpa kode isian baris, misalnya [tabel ahli-waris]")
        return self._table(found[2])

    def _table(self, rows: str) -> TableNode:
        columns = tuple(self._column(part.strip()) for part in self._content().split("|"))
        total = sum(column.width for column in columns)
        if total > TABLE_WIDTH:
            raise self._error(f"lebar tabel {total:g} mm, paling besar {TABLE_WIDTH} mm")
        cells = tuple(self._inline(part.strip()) for part in self._content().split("|"))
        if len(cells) != len(columns):
            raise self._error(f"{len(cells)} sel untuk {len(columns)} kolom")
        if self._content() != "[/tabel]":
            raise self._error("tabel harus ditutup dengan “[/tabel]” sesudah baris sel")
        return TableNode(rows, columns, cells)

    def _content(self) -> str:
        while self._at < len(self._lines):
            line = self._next()
            if line and not _COMMENT.fullmatch(line):
                return line
        raise self._error("tabel tidak ditutup dengan “[/tabel]”")

    def _column(self, part: str) -> Column:
        found = _COLUMN.fullmatch(part)
        if found is None:
            raise self._error(
                f"kepala kolom “{part}” harus berbentuk Judul=lebar atau Judul=lebarc"
            )
        return Column(found[1].strip(), float(found[2]), bool(found[3]))

    def _line(self, line: str, group: str) -> Line:
        if group == "tembusan":
            return Line("", self._inline(line))
        if group == "pihak":
            caption, _, name = line.partition("|")
            return Line("|", self._inline(caption.strip()), self._inline(name.strip()))
        if _HIDDEN_MARK.match(line):
            raise self._error("tanda blok harus di awal baris; taruh {{#…}} pada barisnya sendiri")
        mark, _, rest = line.partition(" ")
        if mark not in {"=", ">", "-", "-*", "##", "#"}:
            return Line("", self._inline(line))
        if mark not in {"-", "-*"}:
            return Line(mark, self._inline(rest.strip()))
        label, bar, value = rest.partition("|")
        if not bar:
            raise self._error("baris isian harus berbentuk - Label | nilai")
        return Line(mark, self._inline(label.strip()), self._inline(value.strip()))

    def _inline(self, line: str) -> Text:
        """Read a text with names; sections must close within the line."""
        levels: list[tuple[str, bool, list[Inline]]] = [("", False, [])]
        end = 0
        for tag in _TAG.finditer(line):
            levels[-1][2].extend(self._literal(line[end : tag.start()]))
            end = tag.end()
            sign, name = tag[1], tag[2].strip()
            if sign == "!":
                continue
            self._name(name)
            if sign == "":
                levels[-1][2].append(Name(name))
            elif sign in "#^":
                levels.append((name, sign == "^", []))
            elif len(levels) == 1 or levels[-1][0] != name:
                raise self._error(f"{{{{/{name}}}}} tidak menutup bagian yang sedang terbuka")
            else:
                opened, inverted, inner = levels.pop()
                levels[-1][2].append(Part(opened, inverted, tuple(inner)))
        levels[-1][2].extend(self._literal(line[end:]))
        if len(levels) > 1:
            raise self._error(f"{{{{#{levels[-1][0]}}}}} tidak ditutup pada baris yang sama")
        return tuple(levels[0][2])

    def _literal(self, words: str) -> Iterator[Literal]:
        if "{{" in words or "}}" in words:
            raise self._error("kurung kurawal tidak berpasangan")
        if words:
            yield Literal(words)

    def _name(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise self._error(f"nama “{name}” hanya boleh huruf kecil, angka, dan tanda hubung")

    def _error(self, message: str) -> TemplateError:
        return TemplateError(f"Naskah surat, baris {self._at}: {message}.")


def names(template: Template) -> frozenset[str]:
    """Give every name the template asks for, those inside rows included."""
    return frozenset(_names_in(template.nodes))


def _names_in(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        match node:
            case Line():
                yield from _names_of(node.words)
                yield from _names_of(node.value)
            case Section():
                yield node.name
                yield from _names_in(node.inner)
            case Group():
                yield from _names_in(node.inner)
            case TableNode():
                yield node.rows
                for cell in node.cells:
                    yield from _names_of(cell)


def _names_of(text: Text) -> Iterator[str]:
    for part in text:
        match part:
            case Name():
                yield part.name
            case Part():
                yield part.name
                yield from _names_of(part.inner)
