"""Which stories an office has: first every state of the SOPs, then what offices mostly see."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain, zip_longest
from random import Random

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.practice import papers, stories
from kecamatan_desk.usecases.practice.players import File, Players, Story, new_file
from kecamatan_desk.usecases.processing import PAUSES
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Family, Service


class Begins(Enum):
    """When on the time line a story begins."""

    ANY = auto()
    RECENT = auto()  # so that the file has lately come where it waits
    LATE = auto()  # days before the end, too late for a time limit to run out
    EARLY = auto()  # so early that a time limit runs out
    WELL_BEFORE = auto()  # so long before the end that much can happen after the hand-over
    TRAVEL = auto()  # while the Sekcam is Plh. Camat
    FOR_HIM = auto()  # while a Kasi signs u.b.
    ON_BEHALF = auto()  # while the Sekcam signs a.n.
    ILLNESS = auto()  # when the Kasi is ill


#: How often each service is asked for, as a share; the rest have one.
_WEIGHTS = {"perekaman-ktp": 5, "ktp": 6, "perubahan-kk": 6, "sktm": 5, "skck": 4, "kia": 3}

#: In the first days of January no limit can have run out yet.
SHORTEST_LIMIT = 4

Tell = Callable[[tuple[File, ...]], Story]


@dataclass(frozen=True, slots=True)
class Entry:
    """One story in the plan: of which services, told how, begun when."""

    services: tuple[str, ...]
    tell: Tell
    begins: Begins = Begins.ANY
    on_paper: frozenset[str] = frozenset()
    patient: bool = True
    classification: str = ""

    @property
    def size(self) -> int:
        """How many requests it makes."""
        return len(self.services)

    def files(self, players: Players, random: Random) -> tuple[File, ...]:
        """Give the requests of the story, not yet begun."""
        options = {
            "on_paper": self.on_paper,
            "patient": self.patient,
            "classification": self.classification,
        }
        return tuple(new_file(players, code, random, **options) for code in self.services)


def planned(requests: int, random: Random, expiry_days: int) -> list[Entry]:
    """Give entries for exactly so many requests: any beginning of the list is a mixed office."""
    entries: list[Entry] = []
    left = requests
    for entry in chain(_every_state(random, expiry_days), _usual(random)):
        if left == 0:
            break
        if entry.size <= left:
            entries.append(entry)
            left -= entry.size
    return entries


def _every_state(random: Random, expiry_days: int) -> Iterator[Entry]:
    """Mix finished, special and waiting files, so that a small office is varied too."""
    ends = _ends()
    done = [ends.get(code) or _one(code, stories.finished) for code in SERVICES]
    special = list(_special(expiry_days))
    waits = list(_waiting())
    random.shuffle(done)
    random.shuffle(waits)
    half = len(waits) // 2
    for group in zip_longest(done, special, waits[:half], waits[half:]):
        yield from (entry for entry in group if entry is not None)


def _ends() -> dict[str, Entry]:
    """Give the services of which a handed-over file shows a further state of its letter."""
    away = "Sekretaris Kecamatan dipanggil rapat ke kabupaten."
    found = (
        _one("ktp", papers.moved),
        _one("perubahan-kk", papers.copied, "Asli hilang.", begins=Begins.WELL_BEFORE),
        _one(
            "akta-kelahiran",
            papers.copied,
            "Asli rusak terkena air.",
            "Diminta Disdukcapil untuk arsip.",
            begins=Begins.WELL_BEFORE,
        ),
        _one("akta-kematian", papers.put_right, papers.ADDRESS, begins=Begins.WELL_BEFORE),
        _one(
            "kia",
            papers.put_right,
            papers.ADDRESS,
            papers.BIRTHPLACE,
            begins=Begins.EARLY,
        ),
        _one("ahli-waris", stories.finished, begins=Begins.EARLY),  # before it is only endorsed
        _one("sktm", papers.signed_by, "camat", Role.CAMAT, away, begins=Begins.LATE),
        _one("calon-tki", stories.finished, begins=Begins.FOR_HIM),
        _one("ijin-keramaian", stories.finished, begins=Begins.ON_BEHALF),
        _one("skck", stories.finished, begins=Begins.LATE),
        _one("dispensasi-nikah", papers.fitted),
        _one("susunan-keluarga", stories.finished, begins=Begins.LATE),
        Entry(("proposal-bantuan",), _told(stories.finished), classification="600"),
    )
    return {entry.services[0]: entry for entry in found}


def _waiting() -> Iterator[Entry]:
    """One file at every officer's step of every service; at ``terima`` it is a draft."""
    for service in SERVICES.values():
        for step in service.steps[1:]:
            if not step.with_previous:
                yield _one(service.code, stories.waiting, step.code, begins=Begins.RECENT)


def _special(expiry_days: int) -> Iterator[Entry]:
    """Give one file for each of the other states."""
    for code in ("sktm", "oss", "pengaduan", "ktp", "bepergian"):
        yield _one(code, stories.failed, 1, begins=Begins.RECENT)
    for code in ("skck", "kia", "oss", "ahli-waris", "pengaduan"):
        yield _one(code, stories.failed, 2, begins=Begins.LATE)
    for service, step in _judges():
        yield _one(service.code, stories.returned, step, begins=Begins.RECENT)
    yield _one("perubahan-kk", stories.returned, "tanda-tangan", "verifikasi", True)
    yield _one("proposal-bantuan", stories.returned, "tanda-tangan", None, True)
    yield _one("skck", stories.failed, 1, True)
    yield _one("penduduk-pindah", stories.failed, 2, True)
    for kind, (code, step) in zip(PAUSES, _PAUSED, strict=True):
        yield _one(code, stories.paused, step, kind, begins=Begins.RECENT)
    yield _one("akta-kelahiran", stories.resumed, "verifikasi", PAUSES[1])
    for service, step in _judges():
        yield _one(service.code, stories.refused, step)
    yield _one("kia", stories.cancelled, None)
    for code, step in (("sktm", "verifikasi"), ("ktp", "register")):
        yield _one(code, stories.cancelled, step)
    for code, step in (
        ("skck", "tanda-tangan"),
        ("belum-menikah", "ajukan-ttd"),
        ("ktp", "serahkan"),
    ):
        yield _one(code, stories.cancelled, step)
    yield _one("penduduk-datang", stories.closed)
    if expiry_days >= SHORTEST_LIMIT:
        yield _one("akta-kematian", stories.expired, expiry_days, begins=Begins.EARLY)
        yield _one("oss", stories.expired, expiry_days, begins=Begins.EARLY)
    yield _one("perekaman-ktp", stories.duplicate)
    yield _one("perekaman-ktp", stories.recording_failed, begins=Begins.RECENT)
    yield _one("belum-menikah", stories.corrected)
    yield _one("pengaduan", stories.secret, None)
    yield _one("pengaduan", stories.secret, "klasifikasi", begins=Begins.RECENT)
    yield from _on_paper()
    yield _one("dispensasi-nikah", stories.finished, begins=Begins.TRAVEL)
    yield _one("pengaduan", stories.finished, begins=Begins.TRAVEL)
    yield _one("kia", stories.finished, begins=Begins.ILLNESS)
    yield _one("ijin-keramaian", stories.finished, begins=Begins.ILLNESS, patient=False)
    yield Entry(("skck", "belum-menikah", "bepergian"), _several)
    yield Entry(("ktp", "perubahan-kk", "akta-kelahiran"), _folder_fetched)
    yield Entry(("perubahan-kk", "ktp", "kia"), _folder_open, Begins.RECENT)


_PAUSED = (
    ("ahli-waris", "tanda-tangan"),
    ("ktp", "verifikasi"),
    ("oss", "input-data"),
    ("sktm", "verifikasi"),
    ("penduduk-datang", "register"),
)


def _judges() -> Iterator[tuple[Service, str]]:
    """Give every kind of official who may send back or refuse: a service and his step."""
    seen: set[tuple[Family, Role, str]] = set()
    for service in SERVICES.values():
        for step in service.steps:
            judges = step.code in ("pertimbangan", "keputusan") or step.may_return
            judges = judges or (step.decision and step is not service.first_decision)
            key = (service.family, step.officer, step.code)
            if judges and key not in seen:
                seen.add(key)
                yield service, step.code


def _on_paper() -> Iterator[Entry]:
    """Decisions taken on paper and entered by the register officer (*dicatat*)."""
    for code, steps in (
        ("calon-tki", ("verifikasi", "ajukan-ttd", "tanda-tangan")),
        ("sktm", ("verifikasi", "tanda-tangan")),
        ("penduduk-pindah", ("tanda-tangan",)),
        ("pengaduan", ("keputusan",)),
    ):
        yield Entry((code,), _told(stories.finished), Begins.ANY, frozenset(steps))


def _usual(random: Random) -> Iterator[Entry]:
    """Go on for ever with what an office mostly sees: nine of ten files are handed over."""
    codes = list(SERVICES)
    weights = [_WEIGHTS.get(code, 1) for code in codes]
    while True:
        code = random.choices(codes, weights)[0]
        lot = random.random()
        if lot < 0.88:
            yield _one(code, stories.finished)
        elif lot < 0.94:
            yield _one(code, stories.failed, 1, True)
        elif lot < 0.97:
            yield _one(code, stories.failed, 1)
        else:
            step = random.choice([s.code for s in SERVICES[code].steps[1:] if not s.with_previous])
            yield _one(code, stories.waiting, step, begins=Begins.RECENT)


def _one(
    code: str,
    story: Callable[..., Story],
    *values: object,
    begins: Begins = Begins.ANY,
    patient: bool = True,
) -> Entry:
    return Entry((code,), _told(story, *values), begins, patient=patient)


def _told(story: Callable[..., Story], *values: object) -> Tell:
    def tell(files: tuple[File, ...]) -> Story:
        return story(files[0], *values)

    return tell


def _several(files: Sequence[File]) -> Story:
    return stories.several(files[0], tuple(files[1:]))


def _folder_fetched(files: tuple[File, ...]) -> Story:
    return stories.folder(files, None)


def _folder_open(files: tuple[File, ...]) -> Story:
    return stories.folder(files, "register")
