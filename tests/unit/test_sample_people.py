"""The invented people on whom letter texts are tried: they could really stand at the counter."""

from datetime import date

import pytest

from kecamatan_desk.documents.facts import field_facts
from kecamatan_desk.domain.people import nik_facts
from kecamatan_desk.usecases.sample_people import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    Person,
    sample_data,
)
from kecamatan_desk.usecases.validation import cleaned_values
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import FieldKind, Service

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.code)
each_person = pytest.mark.parametrize("person", Person)


@each_service
@each_person
def test_the_form_would_keep_every_value_as_it_is(service: Service, person: Person) -> None:
    data = sample_data(service, person)
    for step in service.steps:
        codes = {f.code for s in service.sections_at(step.code) for f in s.fields}
        values = {code: value for code, value in data.items() if code in codes}

        assert cleaned_values(service, values, step.code, complete=True) == values


@each_service
def test_the_longest_person_fills_in_all_there_is(service: Service) -> None:
    data = sample_data(service, Person.LONGEST)
    shown = [f for f in service.fields if f.when is None or f.when.holds(data)]

    assert {field.code for field in shown} == set(data)
    assert data["nama"] == LONGEST_NAME
    assert data["alamat"] == LONGEST_ADDRESS
    for field in shown:
        if field.kind is FieldKind.ROWS:
            assert len(data[field.code]) == 20
    assert (len(LONGEST_NAME), len(LONGEST_ADDRESS)) == (60, 200)


@each_service
def test_the_shortest_person_fills_in_only_what_he_must(service: Service) -> None:
    data = sample_data(service, Person.SHORTEST)
    fields = {field.code: field for field in service.fields}

    assert all(fields[code].required for code in data)


@each_service
@each_person
def test_nobody_real_could_have_these_numbers(service: Service, person: Person) -> None:
    found = list(numbers(service, sample_data(service, person)))

    assert all(number.startswith("99") for number in found)
    today = date(2026, 9, 23)
    for number in found:
        assert nik_facts(number, today).birth is not None


def numbers(service: Service, data: dict[str, object]) -> list[str]:
    kinds = (FieldKind.NIK, FieldKind.KK)
    own = [str(data[f.code]) for f in service.fields if f.kind in kinds and f.code in data]
    for field in service.fields:
        rows = data.get(field.code, ())
        for column in field.columns:
            if column.kind in kinds and isinstance(rows, list):
                own += [str(row[column.code]) for row in rows if column.code in row]
    return own


def test_facts_can_be_made_of_them_all() -> None:
    for service in SERVICES.values():
        for person in Person:
            facts = field_facts(service.fields, sample_data(service, person), on=date(2026, 9, 23))
            assert facts["nama"]
