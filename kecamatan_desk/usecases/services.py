"""How the office runs each service: offered or not, its classification code, what it prints."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from sqlalchemy import func, select

from kecamatan_desk.documents.values import BlockPlace
from kecamatan_desk.domain.errors import DeskError, InputError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.numbers import coming_number
from kecamatan_desk.persistence.tables import RequestRecord
from kecamatan_desk.usecases import settings
from kecamatan_desk.usecases.booking import (
    checked_classification,
    compose_letter_number,
    writes_letter,
)
from kecamatan_desk.usecases.desk import UnitOfWork, command
from kecamatan_desk.usecases.letter_forms import block_place, check_block
from kecamatan_desk.usecases.office import check_numbers, same_numbers
from kecamatan_desk.usecases.office_values import ServiceChoices, ServiceRow, ServiceSample
from kecamatan_desk.usecases.series import modes_ahead, series_of
from kecamatan_desk.workflows.catalog import SERVICES

#: What a numbered letter may be: stored code -> what the screen calls it.
FORMS: Mapping[str, str] = {
    "surat": "Surat baru",
    "pengesahan": "Blok pengesahan pada surat desa",
    "register": "Hanya register (cap dan tulis tangan)",
}


def service_rows(work: UnitOfWork) -> tuple[ServiceRow, ...]:
    """List the services as the office runs them, in the SOPs' order."""
    work.require(Role.ADMIN)
    running: dict[str, int] = dict(
        work.session.execute(
            select(RequestRecord.service, func.count())
            .where(RequestRecord.waits_for.is_not(None))
            .group_by(RequestRecord.service)
        ).all()
    )
    return tuple(
        ServiceRow(
            choices=work.service_choices[service.code],
            label=service.label,
            default=service.classification,
            writes_letter=writes_letter(service),
            running=running.get(service.code, 0),
        )
        for service in SERVICES.values()
    )


def service_sample(work: UnitOfWork, typed: ServiceChoices) -> ServiceSample:
    """Write the number the next letter would bear with choices as typed; nothing is stored."""
    work.require(Role.ADMIN)
    try:
        choices = _checked(work, typed)
        return ServiceSample(_next_number(work, choices))
    except DeskError as error:
        return ServiceSample("", str(error), error.field)


def block_sample(work: UnitOfWork, typed: ServiceChoices) -> BlockPlace | None:
    """Tell where a service's blok pengesahan would fall with choices as typed.

    Also where it would leave the paper. None for another form of letter.
    """
    work.require(Role.ADMIN)
    return block_place(work, typed)


@command
def save_service(work: UnitOfWork, op_id: str, typed: ServiceChoices) -> None:
    """Change how the office runs a service. Running files go on, also when it is switched off.

    InputError at the field; RuleError when two services would write the same letter number.
    """
    work.require(Role.ADMIN)
    choices = _checked(work, typed)
    before, after = asdict(work.service_choices[choices.service]), asdict(choices)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    settings.store_service_choices(work.session, choices)
    work.forget_settings()
    payload = {"service": choices.service, "changed": changed}
    work.close_event(work.link(), op_id, "layanan-ubah", Role.ADMIN, payload=payload)


def _checked(work: UnitOfWork, typed: ServiceChoices) -> ServiceChoices:
    """Give choices cleaned; DeskError when letters could not be numbered or printed with them."""
    service = SERVICES.get(typed.service)
    if service is None:
        raise InputError("Layanan tidak dikenal. Tidak ada yang berubah; pilih dari daftar.")
    allowed = FORMS if writes_letter(service) else ("surat",)
    if typed.form not in allowed:
        raise InputError(
            f"Bentuk keluaran {service.label} tidak dapat diubah: tidak ada surat yang bernomor "
            "pada langkah register. Tidak ada yang berubah; biarkan Surat baru.",
            "form",
        )
    code = checked_classification(typed.classification) or service.classification
    choices = replace(typed, classification=code)
    asked = {**work.service_choices, choices.service: choices}
    if same := same_numbers(work.office, asked, modes_ahead(work)):
        raise RuleError(
            f"Dengan kode {code}, {same[0]} dan {same[1]} dapat bernomor surat sama, karena pola "
            "nomor surat tidak memuat {layanan}. Tidak ada yang berubah; pakai kode lain, atau "
            "tambahkan {layanan} pada pola di Kantor dan kop surat.",
            "classification",
        )
    check_numbers(work.office, asked, modes_ahead(work))
    check_block(work, choices)
    return choices


def _next_number(work: UnitOfWork, choices: ServiceChoices) -> str:
    service = SERVICES[choices.service]
    if not writes_letter(service):
        return ""
    series = series_of(work, service, choices.classification, work.today.year)
    number = coming_number(work.session, series, str(work.today.year))
    return compose_letter_number(work, service, number, work.today, choices.classification)
