"""Who asks for which service: families and ages under which a request makes sense."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from kecamatan_desk.usecases.practice.people import MAN, WOMAN, Family, Person, Population
from kecamatan_desk.usecases.practice.scene import Scene

MARRIED, SINGLE = "Kawin Tercatat", "Belum Kawin"


def scene_for(service: str, people: Population, village: str = "") -> Scene:
    """Invent the applicant of a service and the family around him."""
    family, applicant, marital = _CASTS.get(service, _parent)(people, village)
    return Scene(people, applicant, family, marital)


def _parent(people: Population, village: str) -> tuple[Family, Person, str]:
    pick = people.random
    family = people.family(pick.randint(26, 58), pick.randint(1, 4), village)
    return family, pick.choice((family.father, family.mother)), MARRIED


def _head(people: Population, village: str) -> tuple[Family, Person, str]:
    family, _, _ = _parent(people, village)
    return family, family.father, MARRIED


def _young_parent(people: Population, village: str) -> tuple[Family, Person, str]:
    family = people.family(people.random.randint(24, 38), people.random.randint(0, 2), village)
    return family, people.random.choice((family.father, family.father, family.mother)), MARRIED


def _single(youngest: int, oldest: int) -> Callable[[Population, str], tuple[Family, Person, str]]:
    def cast(people: Population, village: str) -> tuple[Family, Person, str]:
        pick: Random = people.random
        applicant = people.anyone(youngest, oldest)
        parents = people.family(pick.randint(oldest + 22, oldest + 34), 0, village)
        family = Family(parents.home, parents.father, parents.mother, (applicant,))
        return family, applicant, SINGLE

    return cast


def _heir(people: Population, village: str) -> tuple[Family, Person, str]:
    """A grown child speaks for the heirs of a parent who has died."""
    pick = people.random
    parents = people.family(pick.randint(58, 78), 0, village)
    ages = sorted((pick.randint(22, 44) for _ in range(pick.randint(1, 5))), reverse=True)
    children = tuple(people.person(pick.choice((MAN, WOMAN)), age) for age in ages)
    family = Family(parents.home, parents.father, parents.mother, children)
    return family, children[0], MARRIED


def _migrant(people: Population, village: str) -> tuple[Family, Person, str]:
    if people.random.random() < 0.5:
        return _single(22, 34)(people, village)
    family = people.family(people.random.randint(27, 40), people.random.randint(1, 2), village)
    return family, people.random.choice((family.father, family.mother)), MARRIED


def _servant(people: Population, village: str) -> tuple[Family, Person, str]:
    family = people.family(people.random.randint(50, 64), people.random.randint(1, 3), village)
    father = replace(family.father, job="Pegawai negeri sipil")
    return replace(family, father=father), father, MARRIED


def _poor(people: Population, village: str) -> tuple[Family, Person, str]:
    family, _, _ = _parent(people, village)
    job = people.random.choice(("Buruh harian lepas", "Buruh tani/perkebunan"))
    father = replace(family.father, job=job)
    return replace(family, father=father), father, MARRIED


def _young_or_grown(people: Population, village: str) -> tuple[Family, Person, str]:
    cast = _single(17, 18) if people.random.random() < 0.3 else _parent
    return cast(people, village)


_CASTS = {
    "perekaman-ktp": _single(17, 18),
    "ktp": _young_or_grown,
    "sktm": _poor,
    "perubahan-kk": _head,
    "penduduk-datang": _head,
    "penduduk-pindah": _head,
    "akta-kelahiran": _young_parent,
    "akta-kematian": _heir,
    "kia": _parent,
    "ahli-waris": _heir,
    "belum-menikah": _single(19, 29),
    "calon-tki": _migrant,
    "skck": _single(19, 27),
    "dispensasi-nikah": _single(21, 29),
    "susunan-keluarga": _servant,
}
