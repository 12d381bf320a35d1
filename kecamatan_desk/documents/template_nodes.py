"""What a letter text is once it is read: lines, sections, groups and tables, each with its line."""

from dataclasses import dataclass


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
    line: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A section around lines; ``line`` opens it."""

    name: str
    inverted: bool
    inner: tuple["Node", ...]
    line: int = 0


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
    line: int = 0  # where it is opened
    cells_line: int = 0


Node = Line | Section | Group | TableNode


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed letter text."""

    nodes: tuple[Node, ...]
