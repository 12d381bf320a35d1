"""What an applicant has to bring for a service: the sheet handed out at the counter."""

from itertools import groupby

from kecamatan_desk.documents.slip_values import RequiredPaper, RequirementSheetValues
from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.indonesian import DAYS, join_words
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.office_values import CalendarView
from kecamatan_desk.usecases.paper_parts import office_head
from kecamatan_desk.usecases.settings import calendar_view
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Condition, Need, Requirement, Service

_NEEDS = {Need.WAJIB: "Wajib", Need.BERSYARAT: "Bila ada", Need.TAMBAHAN: "Tambahan"}


def requirement_sheet_values(work: UnitOfWork, service_code: str) -> RequirementSheetValues:
    """Give the sheet of a service: papers, time of the SOP, cost, product and office hours."""
    service = SERVICES.get(service_code)
    if service is None:
        raise InputError("Layanan ini tidak ada. Tidak ada yang dicetak; pilih layanan lain.")
    now = work.now.astimezone(work.zone)
    return RequirementSheetValues(
        head=office_head(work),
        service=service.label,
        papers=tuple(
            RequiredPaper(r.name, r.kind, _need(service, r), r.source) for r in service.requirements
        ),
        time=f"{service.total_minutes} menit menurut SOP, apabila berkas lengkap dan pejabat "
        "berada di tempat",
        product=join_words([letter.title for letter in service.letters]),
        hours=hours_in_words(calendar_view(work.session), work.office.zone_label),
        printed=f"Dicetak {now:%d-%m-%Y}. Persyaratan dapat berubah; tanyakan kepada petugas.",
    )


def _need(service: Service, requirement: Requirement) -> str:
    if requirement.when is None:
        return _NEEDS[requirement.need]
    words = f"bila {_condition(service, requirement.when)}"
    return words if requirement.need is Need.TAMBAHAN else words[:1].upper() + words[1:]


def _condition(service: Service, condition: Condition) -> str:
    label = next((f.label for f in service.fields if f.code == condition.field), condition.field)
    return f"{label.lower()}: {join_words(list(condition.values))}"


def hours_in_words(view: CalendarView, zone: str) -> str:
    """Give "Senin sampai Kamis 08.00-16.00, Jumat 08.00-16.30 WIB"; breaks are not named."""
    spans = {day.weekday: (day.spans[0][0], day.spans[-1][1]) for day in view.hours if day.spans}
    parts = []
    for span, grouped in groupby(range(7), key=spans.get):
        days = list(grouped)
        if span is None:
            continue
        named = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]} sampai {DAYS[days[-1]]}"
        parts.append(f"{named} {_time(span[0])}\u2013{_time(span[1])}")
    return f"{', '.join(parts)} {zone}" if parts else ""


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}.{minutes % 60:02d}"
