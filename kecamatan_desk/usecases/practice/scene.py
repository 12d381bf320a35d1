"""One request's people and day: what the facts of its form are invented from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from kecamatan_desk.usecases.practice.names import ELSEWHERE
from kecamatan_desk.usecases.practice.people import Family, Home, Person, Population

Values = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scene:
    """The applicant in his family, on the day the form is filled in."""

    people: Population
    applicant: Person
    family: Family
    marital: str  # status-kawin of the applicant

    @property
    def random(self) -> Random:
        return self.people.random

    @property
    def day(self) -> date:
        """The day of the request."""
        return self.people.today

    @property
    def home(self) -> Home:
        return self.family.home

    def pick(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def ago(self, least: int, most: int) -> str:
        """Give a date between so many days before the request, as it is stored."""
        return (self.day - timedelta(days=self.random.randint(least, most))).isoformat()

    def ahead(self, least: int, most: int) -> str:
        """Give a date between so many days after the request, as it is stored."""
        return (self.day + timedelta(days=self.random.randint(least, most))).isoformat()

    def number(self, kind: str, day: str) -> str:
        """Give the number of somebody else's letter: 474/037/DS/V/2026."""
        return f"{self.random.randint(1, 480):03d}/{kind}/{day[5:7]}/{day[:4]}"

    def elsewhere(self) -> tuple[str, str, str, str]:
        """Give a place outside: regency, province, district, village."""
        return self.pick(ELSEWHERE)

    def witnesses(self) -> list[Values]:
        """Give two witnesses from the neighbourhood."""
        seen = (self.people.anyone(28, 60), self.people.anyone(28, 60))
        return [
            {"nama": one.name, "nik": one.nik, "pekerjaan": one.job, "alamat": self.home.address}
            for one in seen
        ]
