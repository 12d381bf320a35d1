"""How numbers are grouped: per service, one for all letters, per classification code."""

import pytest

from kecamatan_desk.usecases.line_services import OTHER_SERVICE
from kecamatan_desk.usecases.series import BY_CODE, BY_SERVICE, FOR_ALL, series_in, series_label
from kecamatan_desk.workflows.catalog import SERVICES


@pytest.mark.parametrize(
    ("mode", "series"),
    [(BY_SERVICE, "sktm"), (FOR_ALL, "umum"), (BY_CODE, "kode:400.9.14.1")],
)
def test_a_letter_takes_its_number_from_the_series_of_the_mode(mode: str, series: str) -> None:
    assert series_in(mode, SERVICES["sktm"], "400.9.14.1") == series


@pytest.mark.parametrize("mode", [BY_SERVICE, FOR_ALL, BY_CODE])
def test_a_service_without_letters_keeps_its_own_series(mode: str) -> None:
    assert series_in(mode, SERVICES["pengaduan"], "300") == "pengaduan"


def test_a_letter_of_no_service_has_the_general_series_beside_the_services() -> None:
    assert series_in(BY_SERVICE, OTHER_SERVICE, "005") == "umum"
    assert series_in(FOR_ALL, OTHER_SERVICE, "005") == "umum"
    assert series_in(BY_CODE, OTHER_SERVICE, "005") == "kode:005"


def test_a_series_has_a_name_in_words() -> None:
    assert series_label("sktm") == SERVICES["sktm"].short
    assert series_label("kode:005") == "Kode 005"
    assert series_label("umum") == "Umum"
