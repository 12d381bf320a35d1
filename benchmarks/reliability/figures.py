"""The figures of the bench, and their place in docs/RELIABILITY.md."""

from dataclasses import dataclass
from pathlib import Path
from time import strftime

from benchmarks.measuring import machine

PAGE = Path(__file__).resolve().parents[2] / "docs" / "RELIABILITY.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_HEAD = (
    "| promise | what was tried | the anchor's figure | ours | kept | how to repeat |",
    "|---|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: a promise (P1 … P17), what was tried, the anchor's figure, ours.

    ``kept`` is None for a figure that is told without being promised. ``part`` is the word after
    ``bench reliability`` that measures it again.
    """

    promise: str
    tried: str
    anchor: str
    ours: str
    kept: bool | None
    part: str

    def row(self) -> str:
        """Write it as a row of the page's table."""
        kept = "–" if self.kept is None else "yes" if self.kept else "**no**"
        again = f"`bench reliability {self.part}`"
        parts = (self.promise, self.tried, self.anchor, self.ours, kept, again)
        return f"| {' | '.join(part.replace('|', '/') for part in parts)} |"


def write(figures: list[Figure], page: Path = PAGE) -> None:
    """Put figures into the page: those of the parts that ran take the place of their old ones.

    ValueError when the page has lost its marks.
    """
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"{page.name} has lost the marks the figures stand between")
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    parts = {figure.part for figure in figures}
    kept = [
        line
        for line in old.splitlines()
        if line.startswith("| P") and not any(f"reliability {part}`" in line for part in parts)
    ]
    rows = sorted((*kept, *(figure.row() for figure in figures)), key=_order)
    stamp = f"Last run {strftime('%Y-%m-%d')} on {machine()}."
    table = "\n".join((stamp, "", *_HEAD, *rows))
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def _order(row: str) -> tuple[int, str]:
    """By promise; within one the rows of a part stay together."""
    promise = row.split("|")[1].strip()
    return int(promise[1:].split(",")[0]), row.rsplit("|", 2)[1]
