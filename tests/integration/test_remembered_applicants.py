"""Who is remembered under which NIK, when a correction moves a file to another person."""

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.applicants import known_applicant
from kecamatan_desk.usecases.processing import correct
from tests.builders import SKTM, DeskOf, op, seen, taken_in

RIGHT = "9901016205880002"
WRONG = SKTM["nik"]
SHE = {"nik": RIGHT, "nama": "Siti Maemunah", "tanggal-lahir": "1988-05-22"}


def test_a_corrected_nik_leaves_nobody_under_the_wrong_one(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    receipt = taken_in(desk_of)
    assert desk.ask(known_applicant, WRONG) is not None

    desk.call(correct, op(), seen(receipt), SHE, "NIK salah ketik, sesuai KTP")

    assert desk.ask(known_applicant, WRONG) is None
    known = desk.ask(known_applicant, RIGHT)
    assert known is not None
    assert (known.values["nama"], known.last_file) == ("Siti Maemunah", receipt.file_code)


def test_the_person_of_the_wrong_nik_is_known_as_on_his_own_visit(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    own = taken_in(desk_of)
    mistaken = taken_in(desk_of, nama="Siti Maemunah", alamat="Kampung Lain No. 1")
    known = desk.ask(known_applicant, WRONG)
    assert known is not None
    assert known.values["nama"] == "Siti Maemunah"

    desk.call(correct, op(), seen(mistaken), SHE, "NIK salah ketik, sesuai KTP")

    known = desk.ask(known_applicant, WRONG)
    assert known is not None
    assert known.values["nama"] == SKTM["nama"]
    assert known.values["alamat"] == SKTM["alamat"]
    assert known.last_file == own.file_code


def test_a_correction_without_another_nik_forgets_nobody(desk_of: DeskOf) -> None:
    desk = desk_of(Role.PELAYANAN)
    receipt = taken_in(desk_of)

    desk.call(correct, op(), seen(receipt), {"alamat": "Jalan Baru No. 2"}, "pindah rumah")

    known = desk.ask(known_applicant, WRONG)
    assert known is not None
    assert known.values["alamat"] == "Jalan Baru No. 2"
