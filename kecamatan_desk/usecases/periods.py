"""The span of days a book or a report covers."""

import calendar
from dataclasses import dataclass
from datetime import date

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import MONTHS, long_date


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included; InputError when they stand the wrong way."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(
                "Tanggal akhir mendahului tanggal awal. Tidak ada yang dicetak; betulkan salah "
                "satunya."
            )

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Give a whole calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, year: int, month: int) -> "Period":
        """Give a whole month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def of(cls, year: int, month: int | None) -> "Period":
        """Give a month of a year, or the whole year."""
        return cls.of_year(year) if month is None else cls.of_month(year, month)

    @property
    def is_year(self) -> bool:
        """Whether this is one whole year."""
        return self == Period.of_year(self.first.year)

    @property
    def label(self) -> str:
        """Give "Tahun 2026", "Bulan Mei 2026" or "Tanggal 4 Mei 2026 sampai dengan …"."""
        if self.is_year:
            return f"Tahun {self.first.year}"
        if self == Period.of_month(self.first.year, self.first.month):
            return f"Bulan {MONTHS[self.first.month - 1]} {self.first.year}"
        if self.first == self.last:
            return f"Tanggal {long_date(self.first)}"
        return f"Tanggal {long_date(self.first)} sampai dengan {long_date(self.last)}"
