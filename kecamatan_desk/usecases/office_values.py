"""The office: its profile, how it runs each service, its hours, and its figures of today."""

from dataclasses import dataclass, field
from datetime import date

from kecamatan_desk.domain.indonesian import zone_label
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.values import WaitingRequest


@dataclass(frozen=True, slots=True)
class ServiceChoices:
    """How this office runs one service: offered or not, its code, what it prints.

    ``form``: "surat" (a new letter), "pengesahan" (a block printed onto the village's letter) or
    "register" (number only; stamp and pen). Offsets in mm from the upper left corner of the sheet.
    """

    service: str
    active: bool = True
    classification: str = ""  # kode klasifikasi; never checked against a list
    form: str = "surat"
    offset_x: float = 112
    offset_y: float = 200


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in the administrator's list."""

    choices: ServiceChoices
    label: str
    default: str  # the program's own classification code
    writes_letter: bool  # its files get a numbered letter at register
    running: int  # files not yet ended


@dataclass(frozen=True, slots=True)
class ServiceSample:
    """The number the next letter of a service would bear, or why there is none."""

    number: str  # "" where the service writes no letter
    refusal: str = ""
    field: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeProfile:
    """The office as papers and screens name it."""

    name: str = ""  # "Sukamaju"
    regency: str = ""  # "Kabupaten Mekarjaya"
    province: str = ""
    abbreviation: str = ""  # {singkatan} in letter numbers
    address: str = ""
    contact: str = ""
    place: str = ""  # of the date line on letters
    zone: str = "Asia/Jakarta"
    villages: tuple[str, ...] = ()
    region_code: str = ""  # PPKKCC, six digits; "" = unknown
    number_pattern: str = "{kode}/{urut:3}/{layanan}/{singkatan}/{romawi}/{tahun}"
    tms_days: int = 30
    scan_days: int = 365  # after its file has ended a scan is erased; 0: never
    lock_minutes: int = 10  # after which an unused desk locks; officials' after five at most
    logo: bytes | None = None

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT."""
        return zone_label(self.zone)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day the office is closed."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class DayHours:
    """Working hours of one weekday (0 = Monday) as minutes after midnight; empty = closed."""

    weekday: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """Working hours and holidays."""

    hours: tuple[DayHours, ...]
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """One service in the month's figures."""

    service: str
    came: int
    done: int
    failed: int  # TMS closed
    refused: int  # refused or cancelled
    open: int
    average_minutes: float | None
    within_norm: int  # of ``done``
    untimed: int = 0  # of ``done``: entered after a power cut, their minutes are not known


@dataclass(frozen=True, slots=True)
class OfficeToday:
    """The office on one page."""

    came: int
    done: int
    open: int
    late: int
    waiting_for: tuple[tuple[Role, int], ...]
    oldest: WaitingRequest | None
    services: tuple[ServiceFigures, ...] = field(default=())
