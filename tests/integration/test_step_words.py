"""What the history calls the steps of all services: done by whom, never "is to be done"."""

import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.day_journal import day_page
from kecamatan_desk.usecases.processing import send_back
from kecamatan_desk.usecases.stand_ins import StandInInput, save_stand_in
from kecamatan_desk.usecases.step_words import DONE, office_of, step_done
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Family
from tests.builders import DeskOf, SettableClock, handed_over, op, registered, seen
from tests.walking import brought_to, forward

#: How a sheet says what is to be done; a history says what was done.
_TO_DO = ("Mengajukan", "Menerima", "Memverifikasi", "Penyerahan", "Penandatanganan", "Melakukan")


def test_every_step_of_every_service_has_words_of_its_own() -> None:
    told = {
        (service.code, step.code): step_done(service, step.code, step.officer.value, {"number": 1})
        for service in SERVICES.values()
        for step in service.steps
        if step.code != "ajukan" and not step.with_previous
    }

    assert len(told) > 100
    assert [key for key, words in told.items() if words.startswith(_TO_DO)] == []
    assert [key for key in told if key[1] not in DONE] == []
    for (code, step), words in told.items():
        assert "{" not in words
        if step == "tanda-tangan":
            signer = {Family.A: "Kasi", Family.B: "Camat", Family.C: "Sekcam"}
            assert words == f"Ditandatangani {signer[SERVICES[code].family]}"


def test_a_letters_way_reads_as_who_did_what(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)

    lines = desk_of(Role.PELAYANAN).ask(request_view, receipt.request_id).history

    assert [line.what for line in lines if line.moves] == [
        f"Permohonan diajukan (kode berkas {receipt.file_code})",
        "Permohonan diterima di loket",
        "Kelengkapan berkas diverifikasi: memenuhi syarat (nomor antrian C-001)",
        "Berkas divalidasi dan diberi nomor agenda/register (nomor 001, SKTM 2026)",
        "Ditandatangani Sekcam",
        "Diserahkan kepada pemohon atau yang mewakilinya",
    ]
    assert lines[-1].note_label == "Penerima"


def test_a_file_sent_back_names_to_whom_and_gets_no_second_number(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    sekcam = desk_of(Role.SEKCAM)
    back = sekcam.call(send_back, op(), seen(receipt), None, "Nama orang tua salah")
    again = forward(desk_of, back)

    lines = desk_of(Role.PELAYANAN).ask(request_view, again.request_id).history

    sent = next(line for line in lines if line.what.startswith("Dikembalikan"))
    assert sent.what == "Dikembalikan ke Petugas Register untuk diperbaiki"
    assert (sent.note_label, sent.note) == ("Catatan", "Nama orang tua salah")
    steps = [line.what for line in lines if line.moves]
    assert steps[-1] == "Berkas divalidasi lagi, nomor agenda/register tetap"


@pytest.mark.parametrize(
    ("role", "payload", "office"),
    [
        ("camat", {"acting": "Plh"}, "Plh. Camat"),
        ("register", {"decided": {"role": "kasi"}}, "Kasi"),
        ("register", {"decided": {"role": "camat"}, "acting": "a.n"}, "a.n. Camat"),
        ("pelayanan", {"acting": "titip", "for": 3}, "Petugas Pelayanan"),
    ],
)
def test_the_office_is_the_one_that_decided(
    role: str, payload: dict[str, object], office: str
) -> None:
    assert office_of(role, payload) == office


def test_the_journal_names_the_service_and_whose_work_was_lent(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    registered(desk_of)
    admin, day = desk_of(Role.ADMIN), clock().date()
    lent = StandInInput(
        user_id=desk_of(Role.PELAYANAN).user.id,
        role=Role.REGISTER,
        for_user_id=desk_of(Role.REGISTER).user.id,
        first=day,
        last=day,
    )
    admin.call(save_stand_in, op(), lent)

    lines = desk_of(Role.CAMAT).ask(day_page, day).lines

    assert lines[0].what.startswith(
        "Tugas dititipkan (Sari Wulandari menggantikan Dewi Anggraini, Petugas Register;"
    )
    assert {line.service for line in lines if line.file_code} == {"SKTM"}
