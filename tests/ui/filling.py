"""Makes requests through use-cases, each at the step a test wants, with invented people."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.intake import pass_at_counter, save_draft, take_in
from kecamatan_desk.usecases.jobs import register_and_draw
from kecamatan_desk.usecases.processing import approve, pass_check
from kecamatan_desk.usecases.values import Answer, DraftInput, Receipt, RequestView, Seen
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Condition, Field, FieldKind, Service

DeskOf = Callable[[Role], Desk]
LONG = "Raden Roro Kusumawardhani Puspitaningrum Prawirodiningrat"
PERSON: dict[str, Any] = {
    "nik": "9901015404910001",
    "kk": "9901010708120015",
    "hp": "081320555127",
    "nama": LONG,
    "jenis-kelamin": "Perempuan",
    "tempat-lahir": "Mekarjaya",
    "tanggal-lahir": "1991-04-14",
    "agama": "Islam",
    "pekerjaan": "Buruh harian lepas",
    "alamat": "Kampung Pasir Angin, Jalan Haji Mansur Nomor 7",
    "rt": "003",
    "rw": "011",
    "desa": "Mekarsari",
}
_BY_KIND: dict[FieldKind, Any] = {
    FieldKind.DATE: "2026-05-11",
    FieldKind.TIME: "09:30",
    FieldKind.NUMBER: 2,
    FieldKind.MONEY: 900000,
    FieldKind.YES_NO: "tidak",
    FieldKind.NIK: "9901011203850002",
    FieldKind.KK: "9901010708120015",
    FieldKind.PHONE: "081320555127",
    FieldKind.VILLAGE: "Mekarsari",
}
_BY_CODE = {"kbli": "47112", "nib": "9120001234567", "hasil": "Berhasil"}


def values_for(service: Service, step: str = "terima", **own: Any) -> dict[str, Any]:
    """Give a valid set of values for one step of a service; *own* wins (``_`` for ``-``)."""
    given = {code.replace("_", "-"): value for code, value in own.items()}
    values: dict[str, Any] = {}
    for section in service.sections_at(step):
        for field in section.fields:
            if not _holds(field.when, values):
                continue
            known = PERSON.get(field.code) if step == "terima" else None
            if field.code in given:
                values[field.code] = given[field.code]
            elif known is not None:
                values[field.code] = known
            elif field.required:
                values[field.code] = _invented(field)
    return values


def _holds(condition: Condition | None, values: dict[str, Any]) -> bool:
    return condition is None or values.get(condition.field) in condition.values


def _invented(field: Field) -> Any:
    if field.code in _BY_CODE:
        return _BY_CODE[field.code]
    if field.kind is FieldKind.CHOICE:
        return field.choices[0]
    if field.kind is FieldKind.MULTI_CHOICE:
        return [field.choices[0]]
    if field.kind is FieldKind.ROWS:
        return [{column.code: _invented(column) for column in field.columns}]
    return _BY_KIND.get(field.kind, "Keterangan contoh")


def op() -> str:
    return uuid4().hex


def seen(receipt: Any) -> Seen:
    return Seen(getattr(receipt, "request_id", None) or receipt.id, receipt.version)


def answers_for(view: RequestView) -> tuple[Answer, ...]:
    """Answer *ada* to every needed paper, *tidak diperlukan* to the others."""
    return tuple(
        Answer(x.code, "ada", "Fotokopi", 1)
        if x.need == "wajib"
        else Answer(x.code, "tidak-diperlukan")
        for x in view.checklist
    )


def bring(desk_of: DeskOf, code: str, step: str, **own: Any) -> Receipt:
    """Bring a new request to the step named, each act by the user of its role."""
    service = SERVICES[code]
    officer = desk_of(service.steps[1].officer)
    values = values_for(service, **own)
    saved = officer.call(save_draft, op(), DraftInput(code, values))
    draft = DraftInput(code, values, (), saved.id)
    if service.steps[1].decision:
        view = officer.ask(request_view, saved.id)
        draft = DraftInput(code, values, answers_for(view), saved.id)
        receipt = officer.call(pass_at_counter, op(), Seen(saved.id, saved.version), draft)
    else:
        receipt = officer.call(take_in, op(), Seen(saved.id, saved.version), draft)
    while receipt.step != step:
        receipt = go_on(desk_of, receipt)
    return receipt


def go_on(desk_of: DeskOf, receipt: Receipt) -> Receipt:
    """Finish the step a request waits at."""
    assert receipt.step is not None
    service = SERVICES[receipt.service]
    step = service.step(receipt.step)
    desk = desk_of(step.officer)
    if step is service.first_decision:
        view = desk.ask(request_view, receipt.request_id)
        return desk.call(pass_check, op(), seen(receipt), answers_for(view))
    if step.code == "register":
        return register_and_draw(desk, op(), seen(receipt))
    return desk.call(approve, op(), seen(receipt), values_for(service, step.code))
