"""What the form warns of while one types: it tells, and lets the officer go on."""

from typing import Any

import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.draft_values import FieldNote
from kecamatan_desk.usecases.warnings import check_values
from kecamatan_desk.workflows.catalog import SERVICES
from tests.walking import DeskOf, filled, started


def notes(desk_of: DeskOf, code: str, **own: Any) -> dict[str, FieldNote]:
    values = filled(SERVICES[code], "terima", **own)
    return {note.field: note for note in desk_of(Role.PELAYANAN).ask(check_values, code, values)}


@pytest.mark.parametrize("code", [code for code in SERVICES if code != "oss"])
def test_a_right_form_warns_of_nothing_about_the_applicant(desk_of: DeskOf, code: str) -> None:
    found = notes(desk_of, code)
    assert not {"nik", "nama", "tanggal-lahir", "jenis-kelamin"} & set(found)


def test_a_birth_date_and_a_sex_that_the_nik_contradicts_are_told_with_the_remedy(
    desk_of: DeskOf,
) -> None:
    found = notes(desk_of, "sktm", tanggal_lahir="1991-04-15", jenis_kelamin="Laki-laki")
    assert found["tanggal-lahir"].message == "NIK menyebut 14-04-1991, di sini 15-04-1991."
    assert found["tanggal-lahir"].remedy == "1991-04-14"
    assert found["jenis-kelamin"].remedy == "Perempuan"


def test_what_contradicts_the_nik_is_taken_in_all_the_same(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "sktm", tanggal_lahir="1991-04-15", jenis_kelamin="Laki-laki")
    assert receipt.status == "berjalan"


@pytest.mark.parametrize(
    ("code", "own", "at"),
    [
        ("sktm", {"nik": "9901010000910001"}, "nik"),
        ("sktm", {"nik": "9901015404910000"}, "nik"),
        ("sktm", {"tanggal_lahir": "1900-01-01"}, "tanggal-lahir"),
        ("ktp", {"tanggal_lahir": "2009-05-13"}, "tanggal-lahir"),
        ("calon-tki", {"tanggal_lahir": "2006-01-01"}, "tanggal-lahir"),
        ("sktm", {"pengantar_tanggal": "2026-04-01"}, "pengantar-tanggal"),
        ("sktm", {"nama": "S1ti"}, "nama"),
        ("sktm", {"nama": "Siti " * 13}, "nama"),
        ("sktm", {"hp": "0812"}, "hp"),
        ("belum-menikah", {"status_kawin": "Cerai Hidup"}, "status-kawin"),
        ("dispensasi-nikah", {"akad_tanggal": "2026-06-30"}, "akad-tanggal"),
    ],
)
def test_what_is_unusual_is_told_at_its_field(
    desk_of: DeskOf, code: str, own: dict[str, str], at: str
) -> None:
    assert at in notes(desk_of, code, **own)


def test_half_typed_values_never_break_the_warnings(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    for values in (
        {},
        {"nik": "99", "tanggal-lahir": "12-"},
        {"nik": "x", "nama": "", "hp": "+"},
        {"tanggal-lahir": "9999-99-99"},
    ):
        for code in SERVICES:
            desk.ask(check_values, code, values)
