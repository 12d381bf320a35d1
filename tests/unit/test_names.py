"""Whether two spellings name the same person."""

import pytest

from kecamatan_desk.domain.names import plain_name, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dewi Lestari", "DEWI  LESTARI "),
        ("Drs. H. Ahmad Subarjo, M.Si.", "Ahmad Subarjo"),
        ("Hj. Siti Aminah", "siti aminah"),
        ("Bapak Asep Kurniawan", "Asep Kurniawan, S.Pd., M.Pd."),
        ("Ma'ruf Amir", "Ma\u2019ruf Amir"),
        ("Ma'ruf Amir", "Maruf Amir"),
        ("R.A. Kartini", "R. A. Kartini"),
        ("H.M. Yusuf", "H. M. Yusuf"),
    ],
)
def test_the_same_person(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dewi Lestari", "Dewi Lestari Putri"),
        ("Dewi Lestari", "Dewi"),
        ("M. Yusuf", "A. Yusuf"),
        ("Ahmad", ""),
        ("Siti Aminah", "Sitti Aminah"),
    ],
)
def test_another_person(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_title_that_is_all_there_is_stays() -> None:
    assert plain_name("H.") == "h"
    assert plain_name(", S.H.") == "s h"
