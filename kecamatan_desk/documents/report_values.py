"""The monthly PATEN report as frozen values: its figures, their sums, and whether they balance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kecamatan_desk.documents.values import OfficeHead, SignatureBlock
from kecamatan_desk.domain.indonesian import MONTHS, long_date

NATURES = ("Biasa", "Segera", "Sangat Segera")  # Sifat of the covering letter


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A service in the month, or the sum of several.

    ``failed`` counts TMS files that were closed, expired ones included; one that waits for its
    applicant is among those ``left``. ``minutes`` are those of all that were done, together.
    """

    service: str  # code; "" for a sum
    label: str
    carried: int = 0  # sisa bulan lalu
    came: int = 0
    done: int = 0
    failed: int = 0
    refused: int = 0  # refused or cancelled
    left: int = 0  # sisa bulan ini
    men: int = 0  # of those that came
    women: int = 0
    minutes: float = 0.0  # office minutes, without pauses
    gross_minutes: float = 0.0  # with pauses
    within: int = 0  # of ``done``: within the SOP's minutes
    registered: int = 0  # lines written into the book
    untimed: int = 0  # of ``done``: entered after a power cut, their minutes are not known
    note: str = ""

    @property
    def balanced(self) -> bool:
        """Whether what was there and came is what ended and is left."""
        return self.carried + self.came == self.ended + self.left

    @property
    def ended(self) -> int:
        """How many ended, one way or another."""
        return self.done + self.failed + self.refused

    @property
    def timed(self) -> int:
        """How many of those done have minutes that are known."""
        return self.done - self.untimed

    @property
    def average(self) -> float | None:
        """Office minutes a finished file took, without pauses."""
        return self.minutes / self.timed if self.timed else None

    @property
    def gross_average(self) -> float | None:
        """Office minutes a finished file took, pauses included."""
        return self.gross_minutes / self.timed if self.timed else None

    @property
    def share(self) -> float | None:
        """Per cent of the finished files that kept the SOP's minutes."""
        return 100 * self.within / self.timed if self.timed else None


def summed(label: str, rows: Iterable[ReportRow]) -> ReportRow:
    """Add rows up."""
    parts = tuple(rows)
    return ReportRow(
        service="",
        label=label,
        carried=sum(row.carried for row in parts),
        came=sum(row.came for row in parts),
        done=sum(row.done for row in parts),
        failed=sum(row.failed for row in parts),
        refused=sum(row.refused for row in parts),
        left=sum(row.left for row in parts),
        men=sum(row.men for row in parts),
        women=sum(row.women for row in parts),
        minutes=sum(row.minutes for row in parts),
        gross_minutes=sum(row.gross_minutes for row in parts),
        within=sum(row.within for row in parts),
        registered=sum(row.registered for row in parts),
        untimed=sum(row.untimed for row in parts),
    )


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """Services that are summed up together."""

    name: str
    rows: tuple[ReportRow, ...]

    @property
    def total(self) -> ReportRow:
        """The group's subtotal."""
        return summed(f"Jumlah {self.name}", self.rows)


@dataclass(frozen=True, slots=True)
class VillageRow:
    """What came from one village, by service, in the order of the report's rows."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All services together."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class TmsReason:
    """A paper for which files were returned, how often, and in which services."""

    paper: str
    count: int
    services: str  # "SKTM 3, KTP 1"


@dataclass(frozen=True, slots=True)
class ReportComplaint:
    """A complaint of the month. Nothing of it tells who reported."""

    number: str  # agenda number, or the file code where there is none
    day: date
    subject: str
    kind: str  # klasifikasi
    state: str  # at the end of the month


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """All services in one month, for the line chart."""

    year: int
    month: int
    came: int
    done: int
    left: int


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """The report of one month. ``until``: the last day counted while the month is not over."""

    year: int
    month: int
    until: date | None
    groups: tuple[ReportGroup, ...]
    villages: tuple[VillageRow, ...]
    reasons: tuple[TmsReason, ...]  # the ten most frequent
    returns: int  # times a file was returned
    returned_files: int
    complaints: tuple[ReportComplaint, ...]
    trend: tuple[MonthPoint, ...]  # twelve months, this one last
    outside: int = 0  # letters written outside the program, numbered in the book

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """All services."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def total(self) -> ReportRow:
        """JUMLAH."""
        return summed("JUMLAH", self.rows)

    @property
    def name(self) -> str:
        """The month as it is named: "Mei 2026"."""
        return f"{MONTHS[self.month - 1]} {self.year}"

    @property
    def period(self) -> str:
        """The month, and how far it has been counted while it is not over."""
        if self.until is None:
            return f"bulan {self.name}"
        return f"bulan {self.name} (sementara, s.d. tanggal {long_date(self.until)})"

    @property
    def is_nil(self) -> bool:
        """Whether nothing was there and nothing came."""
        total = self.total
        return not (total.carried or total.came or total.ended or total.left)

    def faults(self) -> tuple[str, ...]:
        """Name what does not agree; a report with faults is never printed."""
        rows = (*self.rows, *(group.total for group in self.groups), self.total)
        found = [row.label for row in rows if not row.balanced]
        for place, row in enumerate(self.rows):
            if sum(village.counts[place] for village in self.villages) != row.came:
                found.append(f"{row.label} per desa/kelurahan")
            if row.men + row.women > row.came:
                found.append(f"{row.label} menurut jenis kelamin")
        last = self.trend[-1]
        total = self.total
        if (last.came, last.done, last.left) != (total.came, total.done, total.left):
            found.append("Grafik bulanan")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ReportCover:
    """What is typed for the covering letter. An empty number leaves a line for the pen."""

    number: str = ""
    nature: str = NATURES[0]
    recipient: str = ""  # lines after "Yth."; empty: the regent, through the regency's secretary


@dataclass(frozen=True, slots=True)
class ReportValues:
    """The report with all that surrounds its figures."""

    report: MonthlyReport
    head: OfficeHead
    cover: ReportCover
    place_date: str
    camat: SignatureBlock
    kasi: SignatureBlock
    notes: str  # kendala dan tindak lanjut; empty: ruled lines
    printed: str  # at the foot of each page
