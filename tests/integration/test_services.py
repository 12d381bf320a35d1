"""How the office runs its services: on and off, codes, forms, and no two letters of one number."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases import intake
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.draft_values import DraftInput
from kecamatan_desk.usecases.office import save_profile
from kecamatan_desk.usecases.office_values import ServiceChoices, ServiceRow
from kecamatan_desk.usecases.services import save_service, service_rows, service_sample
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import PROFILE, DeskOf, op, registered
from tests.walking import brought_to, drafted, forward

BARE = "{kode}/{urut:3}/{romawi}/{tahun}"


def row_of(desk: Desk, code: str) -> ServiceRow:
    return next(row for row in desk.ask(service_rows) if row.choices.service == code)


def choices(desk: Desk, code: str, **changes: object) -> ServiceChoices:
    return replace(row_of(desk, code).choices, **changes)  # type: ignore[arg-type]


def save(desk: Desk, code: str, **changes: object) -> None:
    desk.call(save_service, op(), choices(desk, code, **changes))


def distinct_codes(desk: Desk) -> None:
    """Give every service a code of its own, and the office a pattern without {layanan}."""
    for number, code in enumerate(SERVICES):
        save(desk, code, classification=f"400.{number}")
    desk.call(save_profile, op(), replace(PROFILE, number_pattern=BARE))


def test_all_services_are_listed_with_the_programs_own_choices(admin_desk: Desk) -> None:
    listed = admin_desk.ask(service_rows)

    assert [row.choices.service for row in listed] == list(SERVICES)
    assert all(row.choices.active and row.choices.form == "surat" for row in listed)
    assert all(row.choices.classification == row.default for row in listed)
    without = [row.choices.service for row in listed if not row.writes_letter]
    assert without == ["oss", "pengaduan"]


def test_a_code_of_the_office_enters_the_letter_number(admin_desk: Desk, desk_of: DeskOf) -> None:
    save(admin_desk, "sktm", classification=" 465 ")

    assert row_of(admin_desk, "sktm").choices.classification == "465"
    assert registered(desk_of).letter_number == "465/001/SKTM/KEC-SKM/V/2026"


def test_an_empty_code_goes_back_to_the_programs_own(admin_desk: Desk) -> None:
    save(admin_desk, "sktm", classification="465")
    save(admin_desk, "sktm", classification="")

    row = row_of(admin_desk, "sktm")
    assert row.choices.classification == row.default == "400.9.14.1"


def test_a_code_that_would_number_two_books_alike_is_refused_naming_both(
    admin_desk: Desk,
) -> None:
    distinct_codes(admin_desk)
    taken = row_of(admin_desk, "ktp").choices.classification
    sktm, ktp = SERVICES["sktm"].label, SERVICES["ktp"].label

    sample = admin_desk.ask(service_sample, choices(admin_desk, "sktm", classification=taken))
    with pytest.raises(RuleError) as refused:
        save(admin_desk, "sktm", classification=taken)

    assert refused.value.field == "classification"
    assert sktm in str(refused.value)
    assert ktp in str(refused.value)
    assert (sample.number, sample.refusal) == ("", str(refused.value))
    assert row_of(admin_desk, "sktm").choices.classification != taken


def test_the_minutes_of_a_complaint_count_as_a_series_too(admin_desk: Desk) -> None:
    distinct_codes(admin_desk)
    taken = row_of(admin_desk, "pengaduan").choices.classification

    with pytest.raises(RuleError, match="Berita Acara"):
        save(admin_desk, "sktm", classification=taken)


def test_the_sample_is_the_number_the_next_letter_bears(admin_desk: Desk, desk_of: DeskOf) -> None:
    typed = choices(admin_desk, "sktm", classification="465")
    number = admin_desk.ask(service_sample, typed).number
    assert number == "465/001/SKTM/KEC-SKM/V/2026"
    assert row_of(admin_desk, "sktm").choices.classification == "400.9.14.1"  # nothing stored

    admin_desk.call(save_service, op(), typed)
    assert registered(desk_of).letter_number == number
    assert admin_desk.ask(service_sample, typed).number == "465/002/SKTM/KEC-SKM/V/2026"


def test_a_service_switched_off_takes_nothing_new_and_its_files_go_on(
    admin_desk: Desk, desk_of: DeskOf
) -> None:
    receipt = brought_to(desk_of, "ktp", "register")
    saved, draft = drafted(desk_of, "ktp")
    other, _ = drafted(desk_of, "kia")
    counter = desk_of(Role.PELAYANAN)

    save(admin_desk, "ktp", active=False)

    assert "ktp" not in [one.code for one in counter.ask(intake.services)]
    assert "kia" in [one.code for one in counter.ask(intake.services)]
    begin: tuple[Callable[[], object], ...] = (
        lambda: counter.call(intake.save_draft, op(), DraftInput("ktp", {})),
        lambda: counter.call(intake.further_service, op(), receipt.request_id, "ktp"),
        lambda: counter.call(intake.save_draft, op(), DraftInput("ktp", {}, id=other.id)),
    )
    for start in begin:
        with pytest.raises(RuleError, match="sedang tidak dibuka"):
            start()
    while receipt.step is not None:
        receipt = forward(desk_of, receipt)
    assert receipt.status == "selesai"
    assert counter.call(intake.save_draft, op(), draft).id == saved.id  # begun before
    assert row_of(admin_desk, "ktp").running == 1

    save(admin_desk, "ktp", active=True)
    counter.call(intake.save_draft, op(), DraftInput("ktp", {}))


@pytest.mark.parametrize(
    ("code", "changes", "field"),
    [
        ("sktm", {"classification": "4" * 31}, "classification"),
        ("sktm", {"classification": "400\u4e2d"}, "classification"),
        ("sktm", {"form": "kartu"}, "form"),
        ("pengaduan", {"form": "register"}, "form"),
        ("oss", {"form": "pengesahan"}, "form"),
        ("sktm", {"form": "pengesahan", "offset_x": 190.0}, "offset_x"),
        ("sktm", {"form": "pengesahan", "offset_y": 290.0}, "offset_y"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field(
    admin_desk: Desk, code: str, changes: dict[str, object], field: str
) -> None:
    before = admin_desk.ask(service_rows)
    with pytest.raises(InputError) as refused:
        save(admin_desk, code, **changes)
    assert refused.value.field == field
    assert admin_desk.ask(service_rows) == before


def test_the_event_tells_what_changed(admin_desk: Desk, place: Place) -> None:
    save(admin_desk, "sktm", form="pengesahan", offset_y=180.0)

    def told(work: UnitOfWork) -> str:
        query = select(EventRecord.payload).where(EventRecord.act == "layanan-ubah")
        return work.session.scalars(query).one()

    payload = json.loads(admin_desk.ask(told))
    assert payload["service"] == "sktm"
    assert payload["changed"] == {
        "form": ["surat", "pengesahan"],
        "offset_y": [200, 180.0],
    }
    assert check_place(place).ok


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.CAMAT])
def test_only_the_administrator_runs_the_services(desk_of: DeskOf, role: Role) -> None:
    desk = desk_of(role)
    with pytest.raises(NotAllowedError):
        desk.ask(service_rows)
    with pytest.raises(NotAllowedError):
        desk.call(save_service, op(), ServiceChoices("sktm"))
