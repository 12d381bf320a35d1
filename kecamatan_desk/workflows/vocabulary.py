"""The words an SOP is written in: service, step, field, requirement."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum

from kecamatan_desk.domain.roles import Role


class Family(StrEnum):
    """Which chain of officers a service runs through."""

    A = "A"  # Verifikasi checks, Kasi signs
    B = "B"  # Kasi checks, Sekcam initials, Camat signs
    C = "C"  # Kasi checks, Sekcam signs on behalf of the Camat
    D = "D"  # business licences through OSS
    E = "E"  # complaints


class Takes(StrEnum):
    """Which number finishing a step spends."""

    QUEUE = "queue"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of an SOP sheet, in the order of the sheet's own columns."""

    code: str  # stored with every request: never rename one without a migration
    activity: str  # Kegiatan
    actor: Role  # Pelaksana, the lane the SOP draws the row in
    requires: str  # Mutu baku: kelengkapan
    minutes: int  # Mutu baku: waktu
    output: str  # Mutu baku: output
    _: KW_ONLY
    word: str = ""  # the step in one or two words, for the SOP picture
    decision: bool = False  # a diamond in the SOP
    may_return: bool = False  # no diamond drawn, but the officer may send the file back
    takes: Takes | None = None
    recorded_by: Role | None = None  # who acts for the applicant on a step of the applicant
    with_previous: bool = False  # done in the same act as the row above (hand-over and receipt)

    @property
    def officer(self) -> Role:
        """The role that acts on this step in the program: the actor, or who records for him."""
        return self.recorded_by or self.actor


class FieldKind(StrEnum):
    """What a field holds; the form, the checks and the letter derive from it."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    DATE = "date"  # stored ISO 2026-05-12
    TIME = "time"  # stored 09:30
    NUMBER = "number"  # whole number
    MONEY = "money"  # whole rupiah
    CHOICE = "choice"
    MULTI_CHOICE = "multi-choice"  # stored as a list
    YES_NO = "yes-no"  # stored "ya" / "tidak"
    NIK = "nik"
    KK = "kk"
    PHONE = "phone"
    VILLAGE = "village"  # one of the office's own villages, or typed
    ROWS = "rows"  # a table of ``columns``; stored as a list of objects


@dataclass(frozen=True, slots=True)
class Condition:
    """True when the field holds one of the values (for a multi-choice: any of them)."""

    field: str
    values: tuple[str, ...]

    def holds(self, data: Mapping[str, object]) -> bool:
        """Tell whether the stored values of a request meet the condition."""
        value = data.get(self.field)
        held = value if isinstance(value, list | tuple) else (value,)
        return any(one in self.values for one in held)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. ``code`` is stored and is also the name a letter uses."""

    code: str  # ASCII, lower case, hyphens
    label: str
    kind: FieldKind = FieldKind.TEXT
    _: KW_ONLY
    required: bool = False
    choices: tuple[str, ...] = ()
    columns: tuple["Field", ...] = ()  # of a ROWS field
    span: int = 4  # twelfths of the form's width
    length: int = 120  # most characters
    pad: int = 0  # a number is filled up with zeros to so many digits (RT 003)
    digits: int = 0  # exactly so many digits and nothing else; 0: any text
    when: Condition | None = None  # shown (and required) only then
    hint: str = ""  # an example or unit shown in the empty field


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of fields, filled in at one step (``terima`` = the new-request form)."""

    title: str
    fields: tuple[Field, ...]
    _: KW_ONLY
    step: str = "terima"


class Need(StrEnum):
    """How much a paper is needed. Values are stored; they are also what the screen shows."""

    WAJIB = "wajib"
    BERSYARAT = "bersyarat"
    TAMBAHAN = "tambahan"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paper of the checklist."""

    code: str
    name: str
    need: Need = Need.WAJIB
    _: KW_ONLY
    when: Condition | None = None  # BERSYARAT becomes wajib when this holds
    kind: str = "Fotokopi"  # what is usually brought: Asli, Fotokopi or Legalisir
    source: str = ""  # where to get it, printed on the return slip ("Disdukcapil")


class Signing(StrEnum):
    """Whose office the letter's signature block names."""

    CAMAT = "camat"
    SEKCAM_AN = "sekcam-an"  # a.n. CAMAT, SEKRETARIS KECAMATAN
    KASI_AN = "kasi-an"  # a.n. CAMAT, KEPALA SEKSI PELAYANAN DAN PERIZINAN
    PARTIES = "parties"  # Berita Acara: both parties, witnesses, the Camat knows
    OPERATOR = "operator"  # slips signed by the officer and the applicant


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper a service yields: its template and when it is drawn."""

    template: str  # file name in resources/letters without ".txt"
    title: str  # what the paper is called on screen and in the file's properties
    signing: Signing
    step: str  # drawn when this step has been finished: "register", "rekam", "keputusan" …

    @property
    def is_signed(self) -> bool:
        """Whether it bears an official's block; what an operator prints has none, and no number."""
        return self.signing is not Signing.OPERATOR

    @property
    def is_numbered(self) -> bool:
        """Whether it is the letter that bears the number given at register, and is signed later."""
        return self.step == "register" and self.is_signed


@dataclass(frozen=True, slots=True)
class Service:
    """One public service (layanan) and the steps its SOP prescribes."""

    code: str
    title: str  # the SOP's own title, whole: "STANDAR OPERASIONAL PROSEDUR (SOP) : …"
    label: str  # what the screen shows
    short: str  # a word or two for lists and book titles
    abbreviation: str  # capitals for letter numbers: {layanan}
    classification: str  # kode klasifikasi, Permendagri 83/2022 default
    family: Family
    lanes: tuple[Role, ...]
    steps: tuple[Step, ...]
    sections: tuple[Section, ...]
    requirements: tuple[Requirement, ...]
    letters: tuple[Letter, ...]
    _: KW_ONLY
    purpose: str = ""  # code of the field the book shows as Keperluan
    keywords: str = ""  # further words the service is found by

    def step(self, code: str) -> Step:
        """Give the step with this code; KeyError when the SOP has none."""
        return {step.code: step for step in self.steps}[code]

    def after(self, step: Step) -> Step | None:
        """Give the row below, or None after the last."""
        following = self.steps[self.steps.index(step) + 1 :]
        return following[0] if following else None

    @property
    def first_decision(self) -> Step:
        """The MS / TMS step."""
        return next(step for step in self.steps if step.decision)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of all sections, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    def sections_at(self, step_code: str) -> tuple[Section, ...]:
        """The sections filled in at one step."""
        return tuple(section for section in self.sections if section.step == step_code)

    def sections_until(self, step_code: str) -> tuple[Section, ...]:
        """The sections that are filled in once a step has been finished."""
        order = [step.code for step in self.steps]
        last = order.index(step_code)
        return tuple(section for section in self.sections if order.index(section.step) <= last)

    @property
    def writes_letter(self) -> bool:
        """Whether its line carries a letter number (D and E issue none at this point)."""
        return any(letter.is_numbered for letter in self.letters)

    @property
    def total_minutes(self) -> int:
        """The norm of the whole SOP in minutes."""
        return sum(step.minutes for step in self.steps)
