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
may hold any character. docs/LETTER_TEXTS.md explains the language to whoever writes a text.

What would be printed as it stands though nobody can mean it (a lone brace, a bar outside rows and
tables, a mark without its blank) is a mistake, too: the office writes these texts itself.
"""

import re
from collections.abc import Iterator, Sequence

from kecamatan_desk.documents.template_nodes import (
    Column,
    Group,
    Inline,
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
from kecamatan_desk.domain.errors import DeskError

__all__ = [
    "Column",
    "Group",
    "Inline",
    "Line",
    "Literal",
    "Name",
    "Node",
    "Part",
    "Section",
    "TableNode",
    "Template",
    "TemplateError",
    "Text",
    "names",
    "parse",
]

LINE_FIELD = "baris-"  # with the number of a line: the field a refusal belongs to
TABLE_WIDTH = 160  # mm, the text area of A4
LEAST_COLUMN = 7  # mm: room for two figures between the paddings of a cell
MOST_LEVELS = 12  # sections in sections


class TemplateError(DeskError):
    """A letter's text breaks the rules of its language; the message names the line.

    ``line`` is the number of the faulty line, from 1; ``reason`` the message without it.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Naskah surat, baris {line}: {reason}", f"{LINE_FIELD}{line}")
        self.line = line
        self.reason = reason


_TAG = re.compile(r"\{\{([#^/!]?)(.*?)\}\}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_ALONE = re.compile(r"\{\{([#^/])\s*([^{}]*?)\s*\}\}")
_COMMENT = re.compile(r"\{\{![^{}]*\}\}")
_COLUMN = re.compile(r"(.+)=(\d+(?:\.\d+)?)(c?)")
_OPEN = re.compile(r"\[([a-z]+)(?: ([a-z0-9-]+))?\]")
_HIDDEN_MARK = re.compile(r"\{\{[#^][^{}]*\}\}\s*(?:=|>|-\*?|##?)\s")
_MARKS = ("=", ">", "-", "-*", "##", "#")
_TIGHT_MARK = re.compile(r"(=|>|##?|-\*)[^\s=>#*-]|-[^|]*\|")  # "=SURAT", "-Nama | x": no blank
_ROW_FORM = "baris isian harus berbentuk - Label | nilai"


def parse(text: str) -> Template:
    """Read a letter text. TemplateError for what the language does not know, naming the line."""
    parser = _Parser(text)
    nodes = parser.nodes(None)
    return Template(nodes)


class _Parser:
    def __init__(self, text: str) -> None:
        # lines as an editor counts them: str.splitlines knows seven more breaks
        self._lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
        self._at = 0  # number of lines read; so also the number of the line in hand
        self._open: list[tuple[str, int]] = []  # what is open around the line: its end, its line

    def nodes(self, end: str | None, group: str = "") -> tuple[Node, ...]:
        """Read up to the line *end* (None: up to the end of the text)."""
        opened = self._at
        if end is not None:
            self._open.append((end, opened))
            if len(self._open) > MOST_LEVELS:
                raise self._error(f"bagian di dalam bagian paling banyak {MOST_LEVELS} tingkat")
        out: list[Node] = []
        while self._at < len(self._lines):
            line = self._next()
            if not line or _COMMENT.fullmatch(line):
                continue
            alone = _ALONE.fullmatch(line)
            if alone is not None and alone[1] != "/":
                out.append(self._section(alone[1], alone[2], group))
            elif alone is not None or line.startswith("[/"):
                self._close(line, end)
                return tuple(out)
            elif line.startswith("["):
                out.append(self._bracket(line, group))
            else:
                out.append(self._line(line, group))
        if end is not None:
            self._at = opened
            raise self._error(
                f"bagian yang dibuka di sini tidak ditutup dengan “{end}”. Tulis {end} pada baris "
                "sendiri di tempat bagian ini berakhir"
            )
        return tuple(out)

    def _next(self) -> str:
        self._at += 1
        return self._lines[self._at - 1].strip()

    def _close(self, line: str, end: str | None) -> None:
        if end is not None and line.replace(" ", "") == end:
            self._open.pop()
            return
        wrong = f"“{line}” tidak menutup bagian yang sedang terbuka"
        if self._open:
            awaited, opened = self._open[-1]
            raise self._error(f"{wrong}. Yang ditunggu {awaited}, dibuka pada baris {opened}")
        raise self._error(f"{wrong}. Tidak ada yang terbuka; hapus baris ini")

    def _section(self, sign: str, name: str, group: str) -> Section:
        self._name(name)
        opened = self._at
        return Section(name, sign == "^", self.nodes("{{/" + name + "}}", group), opened)

    def _bracket(self, line: str, group: str) -> Node:
        found = _OPEN.fullmatch(line)
        if found is None or found[1] not in {"tabel", "tembusan", "pihak"} or group:
            raise self._error(
                f"blok “{line}” tidak dikenal di sini. Yang ada: [tabel isian], [tembusan], dan "
                "[pihak], masing-masing pada baris sendiri"
            )
        if found[1] != "tabel":
            return Group(found[1], self.nodes(f"[/{found[1]}]", found[1]))
        if found[2] is None:
            raise self._error("tabel tanpa kode isian baris, misalnya [tabel ahli-waris]")
        return self._table(found[2])

    def _table(self, rows: str) -> TableNode:
        opened = self._at
        columns = tuple(self._column(part.strip()) for part in self._content().split("|"))
        total = sum(column.width for column in columns)
        if total > TABLE_WIDTH:
            raise self._error(f"lebar tabel {total:g} mm, paling besar {TABLE_WIDTH} mm")
        cells = tuple(self._inline(part.strip()) for part in self._content().split("|"))
        cells_line = self._at
        if len(cells) != len(columns):
            raise self._error(
                f"{len(cells)} sel untuk {len(columns)} kolom. Pisahkan sel dengan tanda |, "
                "sebanyak kepala kolomnya"
            )
        if self._content() != "[/tabel]":
            raise self._error("tabel harus ditutup dengan “[/tabel]” sesudah baris sel")
        return TableNode(rows, columns, cells, opened, cells_line)

    def _content(self) -> str:
        while self._at < len(self._lines):
            line = self._next()
            if line and not _COMMENT.fullmatch(line):
                return line
        self._at = max(n for n, line in enumerate(self._lines, 1) if line.strip())
        raise self._error("tabel terakhir tidak ditutup dengan “[/tabel]” pada baris sendiri")

    def _column(self, part: str) -> Column:
        found = _COLUMN.fullmatch(part)
        if found is None:
            raise self._error(
                f"kepala kolom “{part}” harus berbentuk Judul=lebar atau Judul=lebarc"
            )
        head, wide = found[1].strip(), float(found[2])
        tuple(self._literal(head))
        if wide < LEAST_COLUMN:
            raise self._error(
                f"kolom “{head}” lebarnya {wide:g} mm, paling sedikit {LEAST_COLUMN} mm"
            )
        return Column(head, wide, bool(found[3]))

    def _line(self, line: str, group: str) -> Line:
        if group == "tembusan":
            return Line("", self._inline(line), (), self._at)
        if group == "pihak":
            caption, _, name = line.partition("|")
            return self._pair("|", caption, name)
        if _HIDDEN_MARK.match(line):
            raise self._error("tanda blok harus di awal baris; taruh {{#…}} pada barisnya sendiri")
        mark, _, rest = line.partition(" ")
        if mark not in _MARKS:
            if _TIGHT_MARK.match(line):
                raise self._error("sesudah tanda di awal baris (= > - -* # ##) harus ada spasi")
            return Line("", self._inline(line), (), self._at)
        if mark not in {"-", "-*"}:
            return Line(mark, self._inline(rest.strip()), (), self._at)
        label, bar, value = rest.partition("|")
        if not bar:
            raise self._error(_ROW_FORM)
        if not label.strip() or not value.strip():
            raise self._error(f"{_ROW_FORM}; {'nilainya' if label.strip() else 'labelnya'} kosong")
        return self._pair(mark, label, value)

    def _pair(self, mark: str, left: str, right: str) -> Line:
        return Line(mark, self._inline(left.strip()), self._inline(right.strip()), self._at)

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
                if len(levels) + len(self._open) > MOST_LEVELS:
                    raise self._error(f"bagian di dalam bagian paling banyak {MOST_LEVELS} tingkat")
            elif len(levels) == 1 or levels[-1][0] != name:
                raise self._error(self._wrong_end(name, levels[-1][0]))
            else:
                opened, inverted, inner = levels.pop()
                levels[-1][2].append(Part(opened, inverted, tuple(inner)))
        levels[-1][2].extend(self._literal(line[end:]))
        if len(levels) > 1:
            name = levels[-1][0]
            raise self._error(
                f"{{{{#{name}}}}} tidak ditutup pada baris yang sama. Tulis {{{{/{name}}}}} di "
                "tempat bagian itu berakhir"
            )
        return tuple(levels[0][2])

    @staticmethod
    def _wrong_end(name: str, awaited: str) -> str:
        wrong = f"{{{{/{name}}}}} tidak menutup bagian yang sedang terbuka"
        if awaited:
            return f"{wrong}. Yang ditunggu {{{{/{awaited}}}}}"
        return f"{wrong}. Pada baris ini tidak ada {{{{#{name}}}}} sebelumnya"

    def _literal(self, words: str) -> Iterator[Literal]:
        if "{{" in words or "}}" in words:
            raise self._error("kurung kurawal tidak berpasangan. Nama isian ditulis {{nama}}")
        if "{" in words or "}" in words:
            raise self._error("kurung kurawal hanya satu. Nama isian ditulis {{nama}}")
        if "|" in words:
            raise self._error(
                "tanda | tidak pada tempatnya. Tanda itu hanya memisahkan label dari nilai "
                "(- Label | nilai), kolom tabel, dan tempat pada [pihak]"
            )
        if words:
            yield Literal(words)

    def _name(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise self._error(f"nama “{name}” hanya boleh huruf kecil, angka, dan tanda hubung")

    def _error(self, reason: str) -> TemplateError:
        return TemplateError(self._at, f"{reason}.")


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
