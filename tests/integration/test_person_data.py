"""Data satu orang: what is held of a person, who may ask for it, what the chain says of it."""

import json

import pytest
from sqlalchemy import select

from kecamatan_desk.domain.errors import InputError, NotAllowedError, PresenceError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import FRESH, UnitOfWork
from kecamatan_desk.usecases.intake import known_applicant
from kecamatan_desk.usecases.person_data import ERASED, TAKEN, forget_person, person_pdf
from kecamatan_desk.usecases.reasons import Reason
from kecamatan_desk.usecases.secrecy import open_identity
from tests.builders import SKTM, DeskOf, handed_over, op, taken_in
from tests.documents.samples import pages
from tests.walking import brought_to

NIK = str(SKTM["nik"])
WHY = Reason("subjek")


def payloads(work: UnitOfWork, act: str) -> list[str]:
    return list(work.session.scalars(select(EventRecord.payload).where(EventRecord.act == act)))


def words(pdf: bytes) -> str:
    return " ".join("\n".join(pages(pdf)).split())


def test_the_sheet_tells_all_that_is_held(desk_of: DeskOf) -> None:
    done = handed_over(desk_of)
    taken_in(desk_of, keperluan="Bantuan modal usaha")
    told = words(person_pdf(desk_of(Role.REGISTER), op(), NIK, WHY))
    for expected in (
        NIK,
        "Raden Roro Kusumawardhani",
        done.file_code,
        str(done.letter_number),
        "Keringanan biaya sekolah",
        "Bantuan modal usaha",
        "Data yang diingat",
        "versi 1",
        "Dewi Anggraini",
        "diminta diperbaiki",
    ):
        assert expected in told


def test_it_is_an_event_that_names_files_and_nobody(desk_of: DeskOf) -> None:
    receipt = taken_in(desk_of)
    desk = desk_of(Role.KASI)
    person_pdf(desk, op(), NIK, WHY)
    (payload,) = desk.ask(payloads, TAKEN)
    assert json.loads(payload) == {"reason": "subjek", "requests": [receipt.request_id]}
    assert check_place(desk.place).findings == ()


def test_only_register_and_officials_with_a_fresh_proof_and_a_reason(desk_of: DeskOf) -> None:
    taken_in(desk_of)
    for role in (Role.PELAYANAN, Role.VERIFIKASI, Role.ADMIN):
        with pytest.raises(NotAllowedError):
            person_pdf(desk_of(role), op(), NIK, WHY)
    desk = desk_of(Role.SEKCAM)
    with pytest.raises(InputError):
        person_pdf(desk, op(), NIK, Reason(""))
    with pytest.raises(InputError):
        person_pdf(desk, op(), "9901", WHY)
    with pytest.raises(RuleError, match="Tidak ada data"):
        person_pdf(desk, op(), "9901015404910009", WHY)
    desk.proven_at -= FRESH + 1
    with pytest.raises(PresenceError):
        person_pdf(desk, op(), NIK, WHY)
    assert desk.ask(payloads, TAKEN) == []


def test_a_secret_complaint_is_not_tied_to_its_reporter(desk_of: DeskOf) -> None:
    handed_over(desk_of)
    secret = brought_to(desk_of, "pengaduan", "keputusan", rahasia="ya")
    for role in (Role.REGISTER, Role.CAMAT):
        assert secret.file_code not in words(person_pdf(desk_of(role), op(), NIK, WHY))
    camat = desk_of(Role.CAMAT)
    camat.call(open_identity, op(), secret.request_id, Reason("pelapor"))
    assert secret.file_code in words(person_pdf(camat, op(), NIK, WHY))


def test_the_remembered_record_is_erased_on_demand(desk_of: DeskOf) -> None:
    taken_in(desk_of)
    desk = desk_of(Role.REGISTER)
    assert desk_of(Role.PELAYANAN).ask(known_applicant, NIK) is not None
    desk.call(forget_person, op(), NIK, WHY)
    assert desk_of(Role.PELAYANAN).ask(known_applicant, NIK) is None
    (payload,) = desk.ask(payloads, ERASED)
    assert json.loads(payload) == {"reason": "subjek"}
    with pytest.raises(RuleError):
        desk.call(forget_person, op(), NIK, WHY)
