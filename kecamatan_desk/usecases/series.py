"""Which series a number belongs to: one per service, one for all letters, or one per code.

How a year groups its numbers is said when its book is opened, and holds for the whole year
(domain facts 3.4). A service's book goes by service and number, whatever the series.
"""

import json

from sqlalchemy import bindparam, select

from kecamatan_desk.persistence.numbers import FILES, MINUTES, QUEUE
from kecamatan_desk.persistence.tables import BookActRecord, CounterRecord, table_of
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.line_services import LINE_SERVICES, OTHER
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service

BY_SERVICE, FOR_ALL, BY_CODE = "layanan", "satu", "klasifikasi"
#: How a year may group its numbers -> what the screen calls it.
MODES = {
    BY_SERVICE: "Satu nomor urut per layanan",
    FOR_ALL: "Satu nomor urut untuk semua surat",
    BY_CODE: "Satu nomor urut per kode klasifikasi",
}
#: The series of letters of no service; in the mode FOR_ALL, of every letter.
GENERAL = "umum"
#: Series that are the same in every mode: a year is not bound to one by them.
_ALIKE = (FILES, QUEUE, MINUTES, *(s.code for s in SERVICES.values() if not s.writes_letter))
CODE = "kode:"
OPENED = "buka"  # kind of the act that opens a year's book

_ACT, _COUNTER = table_of(BookActRecord), table_of(CounterRecord)
_OPENED = (
    select(_ACT.c.facts)
    .where(_ACT.c.kind == OPENED, _ACT.c.period <= bindparam("year"))
    .order_by(_ACT.c.period.desc(), _ACT.c.id.desc())
    .limit(1)
)


def mode_of(work: UnitOfWork, year: int) -> str:
    """Give how a year groups its numbers: as its book was opened, else as the year before."""
    facts = work.session.execute(_OPENED, {"year": str(year)}).scalar()
    mode = json.loads(facts).get("series") if facts else None
    return mode if mode in MODES else BY_SERVICE


def modes_ahead(work: UnitOfWork) -> frozenset[str]:
    """Give the ways in which this year and the next group their numbers, as known today."""
    return frozenset(mode_of(work, year) for year in (work.today.year, work.today.year + 1))


def series_of(work: UnitOfWork, service: Service, classification: str, year: int) -> str:
    """Give the series a service's next agenda number of a year belongs to.

    ``classification`` is the code of this one letter; "" is the one the office gives the service.
    """
    if not service.writes_letter:  # the same in every mode: nothing to read
        return service.code
    code = classification or classification_of(work, service)
    return series_in(mode_of(work, year), service, code)


def series_in(mode: str, service: Service, classification: str) -> str:
    """Give the series of a service's letter with a code in a year of this mode."""
    if not service.writes_letter:
        return service.code
    if mode == FOR_ALL:
        return GENERAL
    if mode == BY_CODE:
        return CODE + classification
    return GENERAL if service.code == OTHER else service.code


def classification_of(work: UnitOfWork, service: Service) -> str:
    """Give the code the office gives a service; "" for letters of no service."""
    choices = work.service_choices.get(service.code)
    return choices.classification if choices else ""


def series_label(series: str) -> str:
    """Give what the screen and the papers call a series."""
    if series in LINE_SERVICES:
        return LINE_SERVICES[series].short
    if series.startswith(CODE):
        return f"Kode {series.removeprefix(CODE)}"
    return {GENERAL: "Umum", FILES: "Kode berkas", MINUTES: "Berita Acara"}.get(series, series)


def service_of_series(series: str) -> str:
    """Give the service whose lines alone stand on a series; ``lain`` where several may."""
    return series if series in SERVICES else OTHER


def has_numbers(work: UnitOfWork, year: int) -> bool:
    """Whether a year has given numbers to letters, or set some aside: its mode is fixed then."""
    found = select(_COUNTER.c.last).where(
        _COUNTER.c.period == str(year), _COUNTER.c.series.not_in(_ALIKE)
    )
    return work.session.execute(found.limit(1)).first() is not None
