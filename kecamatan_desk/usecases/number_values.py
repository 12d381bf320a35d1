"""What screens and papers are told of series, blocks and numbers set aside."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReservedNumber:
    """A number of a block that has no line yet."""

    block_id: int
    series: str
    period: str
    number: int
    kind: str  # cadangan, pulih
    day: date  # office date on which it was set aside

    @property
    def label(self) -> str:
        """The number as books and sheets show it: 012."""
        return f"{self.number:03d}"


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number of a block as it was written on a printed sheet, with what stands beside it."""

    series: str
    period: str
    number: int
    day: date
    queue: str = ""  # of the emergency strip: P-01
    suffix: str = ""  # of a number inserted behind another: .A
