"""A refusal names everybody who may: who reads it knows whom to ask."""

import pytest

from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.domain.roles import OFFICIALS, ON_FILES, STAFF, Role, either
from kecamatan_desk.usecases.day_journal import day_summary
from kecamatan_desk.usecases.person_data import person_pdf
from kecamatan_desk.usecases.processing import approve
from kecamatan_desk.usecases.reasons import Reason
from tests.builders import DeskOf, SettableClock, op, seen
from tests.walking import brought_to


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ((Role.REGISTER,), "Petugas Register"),
        ((Role.KASI,), "Kasi Pelayanan dan Perizinan"),
        (OFFICIALS, "Kasi, Sekcam atau Camat"),
        ((Role.PELAYANAN, Role.TIM_TEKNIS), "Petugas Pelayanan atau Tim Teknis"),
        ((Role.KASI, Role.SEKCAM, Role.KASI), "Kasi atau Sekcam"),
        (ON_FILES, "petugas dan pejabat pelayanan"),
        (STAFF, "petugas dan pejabat pelayanan atau Administrator"),
    ],
)
def test_roles_are_named_as_one_says_it(roles: tuple[Role, ...], words: str) -> None:
    assert either(roles) == words


def test_a_screen_refused_names_all_roles_that_may(desk_of: DeskOf, clock: SettableClock) -> None:
    with pytest.raises(NotAllowedError) as refused:
        desk_of(Role.PELAYANAN).ask(day_summary, clock().date())
    assert "hanya untuk Kasi, Sekcam, Camat atau Administrator. Tidak ada" in str(refused.value)

    with pytest.raises(NotAllowedError) as refused:
        person_pdf(desk_of(Role.VERIFIKASI), op(), "9901015404910001", Reason("orang"))
    assert "hanya untuk Petugas Register, Kasi, Sekcam atau Camat." in str(refused.value)


def test_a_step_refused_names_its_officer_and_his_superiors(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "ktp", "tanda-tangan")

    with pytest.raises(NotAllowedError) as refused:
        desk_of(Role.PELAYANAN).call(approve, op(), seen(receipt))

    assert "hanya untuk Kasi, Sekcam atau Camat. Tidak ada yang berubah" in str(refused.value)
