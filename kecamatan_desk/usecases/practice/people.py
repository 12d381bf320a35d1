"""Invented families: names, ages and numbers that fit each other. NIK and KK begin with 99."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kecamatan_desk.domain.people import age_on
from kecamatan_desk.usecases.practice.names import (
    BIRTHPLACES,
    JOBLESS,
    JOBS_MEN,
    JOBS_WOMEN,
    MEN,
    MEN_LAST,
    RELIGIONS,
    STREETS,
    STUDENT,
    VILLAGES,
    WOMEN,
    WOMEN_LAST,
)

#: No province has the code 99: nobody real is ever hit.
REGIONS = ("990101", "990101", "990101", "990102", "990203")
MAN, WOMAN = "Laki-laki", "Perempuan"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    name: str
    sex: str
    born: date
    birthplace: str
    nik: str
    job: str

    @property
    def woman(self) -> bool:
        return self.sex == WOMAN


@dataclass(frozen=True, slots=True)
class Home:
    """Where a family lives, and the number of its card."""

    kk: str
    street: str
    rt: str
    rw: str
    village: str
    religion: str

    @property
    def address(self) -> str:
        """The whole address in one line."""
        return f"{self.street} RT {self.rt} RW {self.rw}, Desa {self.village}"


@dataclass(frozen=True, slots=True)
class Family:
    """A couple with their children, the eldest first."""

    home: Home
    father: Person
    mother: Person
    children: tuple[Person, ...]


class Population:
    """Invents people on a given day; the same random source gives the same people."""

    def __init__(self, random: Random, today: date) -> None:
        self.random = random
        self.today = today

    def home(self, village: str = "") -> Home:
        """Give a place to live."""
        pick = self.random
        issued = self.today - timedelta(days=pick.randint(60, 4000))
        kk = f"{pick.choice(REGIONS)}{issued:%d%m%y}{pick.randint(1, 299):04d}"
        rt, rw = f"{pick.randint(1, 9):03d}", f"{pick.randint(1, 12):03d}"
        village = village or pick.choice(VILLAGES)
        return Home(kk, pick.choice(STREETS), rt, rw, village, pick.choice(RELIGIONS))

    def person(self, sex: str, age: int, job: str = "") -> Person:
        """Give somebody of an age in years."""
        pick = self.random
        born = self.born(age)
        return Person(
            self.name(sex),
            sex,
            born,
            pick.choice(BIRTHPLACES),
            self.nik(born, sex),
            job or self.job(sex, age),
        )

    def anyone(self, youngest: int, oldest: int) -> Person:
        """Give a man or a woman of an age between two bounds."""
        return self.person(self.random.choice((MAN, WOMAN)), self.random.randint(youngest, oldest))

    def family(self, age: int, children: int, village: str = "") -> Family:
        """Give a family whose father has this age."""
        pick = self.random
        father = self.person(MAN, age)
        mother = self.person(WOMAN, max(19, age - pick.randint(0, 6)))
        oldest = max(1, age_on(mother.born, self.today) - 20)
        ages = sorted((pick.randint(0, oldest) for _ in range(children)), reverse=True)
        grown = tuple(self.person(pick.choice((MAN, WOMAN)), years) for years in ages)
        return Family(self.home(village), father, mother, grown)

    def born(self, age: int) -> date:
        """Give a birthday of somebody who is so old today."""
        year = self.today.year - age
        last = self.today.replace(year=year, day=min(self.today.day, 28))
        return last - timedelta(days=self.random.randint(1, 360))

    def name(self, sex: str) -> str:
        """Give a name of one, two or three words."""
        pick = self.random
        first, last = (WOMEN, WOMEN_LAST) if sex == WOMAN else (MEN, MEN_LAST)
        words = [pick.choice(first)]
        if pick.random() < 0.25:
            words.append(pick.choice(first))
        if pick.random() < 0.92:
            words.append(pick.choice(last))
        return " ".join(dict.fromkeys(words))

    def nik(self, born: date, sex: str) -> str:
        """Give a NIK that agrees with birth date and sex."""
        day = born.day + (40 if sex == WOMAN else 0)
        region, serial = self.random.choice(REGIONS), self.random.randint(1, 99)
        return f"{region}{day:02d}{born:%m%y}{serial:04d}"

    def job(self, sex: str, age: int) -> str:
        """Give what somebody of this age lives on."""
        if age < 7:
            return JOBLESS
        if age < 19:
            return STUDENT
        return self.random.choice(JOBS_WOMEN if sex == WOMAN else JOBS_MEN)
