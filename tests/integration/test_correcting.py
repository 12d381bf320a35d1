"""Correcting data: who, until when, before and after, and version n+1 of the letter (rule 11)."""

import json
from typing import Any

import pytest

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.accounts import save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.register import book_page
from kecamatan_desk.usecases.register_lines import read_lines
from kecamatan_desk.usecases.values import Receipt
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import search
from tests.builders import op
from tests.walking import (
    PERSON,
    DeskOf,
    broken_links,
    brought_to,
    dump,
    rows,
    seen,
    started,
)


def corrected(desk_of: DeskOf, receipt: Receipt, reason: str = "Salah ketik", **values: Any) -> Any:
    told = {code.replace("_", "-"): value for code, value in values.items()}
    return desk_of(Role.PELAYANAN).call(processing.correct, op(), seen(receipt), told, reason)


def test_before_and_after_are_kept_beside_the_event_and_not_in_it(desk_of: DeskOf) -> None:
    receipt = corrected(desk_of, started(desk_of, "sktm"), nama="Siti Rohmah", rt="009")
    desk = desk_of(Role.PELAYANAN)
    (event,) = rows(desk.store.path, "SELECT * FROM event WHERE act = 'perbaiki'")
    assert json.loads(event["payload"])["fields"] == ["nama", "rt"]
    assert "Siti" not in event["payload"]
    kept = rows(desk.store.path, "SELECT kind, body FROM content WHERE event_seq = ?", event["seq"])
    told = {row["kind"]: row["body"] for row in kept}
    assert told["alasan"] == "Salah ketik"
    assert json.loads(told["perbaikan"]) == {
        "nama": [PERSON["nama"], "Siti Rohmah"],
        "rt": ["003", "009"],
    }
    view = desk.ask(request_view, receipt.request_id)
    assert (view.applicant, view.data["rt"], view.version) == ("Siti Rohmah", "009", 3)
    assert [hit.id for hit in desk.ask(search, "siti rohmah")] == [receipt.request_id]
    assert desk.ask(search, "kusumawardhani") == ()


@pytest.mark.parametrize("step", ["verifikasi", "register", "tanda-tangan", "serahkan"])
def test_the_steps_officer_or_the_counter_corrects_until_hand_over(
    desk_of: DeskOf, step: str
) -> None:
    lane = {
        "verifikasi": {Role.KASI, Role.SEKCAM, Role.CAMAT},
        "register": {Role.REGISTER},
        "tanda-tangan": {Role.SEKCAM, Role.CAMAT},
        "serahkan": set(),
    }[step] | {Role.PELAYANAN}
    receipt = brought_to(desk_of, "sktm", step)
    for number, role in enumerate(STAFF):
        desk = desk_of(role)
        change = {"nama": f"Siti Rohmah {chr(65 + number)}"}
        may = role is not Role.ADMIN and desk.ask(request_view, receipt.request_id).may_correct
        assert may is (role in lane)
        if role in lane:
            receipt = desk.call(processing.correct, op(), seen(receipt), change, "Salah ketik")
        else:
            with pytest.raises(NotAllowedError):
                desk.call(processing.correct, op(), seen(receipt), change, "Salah ketik")
    assert receipt.step == step


def test_after_hand_over_nothing_is_corrected(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "")
    before = dump(desk_of(Role.PELAYANAN).store.path)
    with pytest.raises(DeskError):
        corrected(desk_of, receipt, nama="Siti Rohmah")
    assert dump(desk_of(Role.PELAYANAN).store.path) == before


def test_a_correction_needs_a_reason_a_change_and_whole_data(desk_of: DeskOf) -> None:
    receipt = started(desk_of, "sktm")
    before = dump(desk_of(Role.PELAYANAN).store.path)
    with pytest.raises(InputError, match="Alasan perbaikan"):
        corrected(desk_of, receipt, " ", nama="Siti Rohmah")
    with pytest.raises(RuleError, match="Tidak ada isian yang berubah"):
        corrected(desk_of, receipt, nama=PERSON["nama"])
    with pytest.raises(InputError, match="belum diisi") as refused:
        corrected(desk_of, receipt, nama="")
    assert refused.value.field == "nama"
    with pytest.raises(InputError, match="masa depan"):
        corrected(desk_of, receipt, tanggal_lahir="2030-01-01")
    with pytest.raises(InputError, match="tidak dikenal"):
        corrected(desk_of, receipt, apa_saja="x")
    assert dump(desk_of(Role.PELAYANAN).store.path) == before


def test_a_drawn_letter_gets_the_next_version_with_the_same_number(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    desk = desk_of(Role.PELAYANAN)
    (first,) = complete_documents(desk, receipt.request_id)
    old = document_bytes(desk, first.id)
    receipt = corrected(desk_of, receipt, nama="Siti Rohmah")
    one, two = complete_documents(desk, receipt.request_id)
    assert (one.version, two.version, one.sha256) == (1, 2, first.sha256)
    assert two.sha256 != one.sha256
    assert document_bytes(desk, one.id) == old
    assert complete_documents(desk, receipt.request_id) == (one, two)  # nothing more is due
    view = desk.ask(request_view, receipt.request_id)
    assert view.letter_number == receipt.letter_number
    assert rows(desk.store.path, "SELECT last FROM counter WHERE series = 'sktm'") == [{"last": 1}]
    assert broken_links(desk.store.path) == []


def test_the_book_shows_the_corrected_line_and_the_line_itself_stays(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    desk = desk_of(Role.PELAYANAN)
    line = rows(desk.store.path, "SELECT * FROM register_line")
    corrected(desk_of, receipt, nama="Siti Rohmah", desa="Cibodas")
    assert rows(desk.store.path, "SELECT * FROM register_line") == line
    (row,) = desk.ask(book_page, "sktm", 2026, None).rows
    assert (row.cells[3], row.cells[6]) == ("Siti Rohmah", "Cibodas")
    assert "Diperbaiki 12-05-2026: Salah ketik" in row.cells[-1]
    (printed,) = read_lines(desk, "sktm", Period.of_year(2026))
    assert (printed.name, printed.village) == ("Siti Rohmah", "Cibodas")


def test_a_correction_that_is_taken_back_shows_what_was_there_first(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")
    receipt = corrected(desk_of, receipt, nama="Siti Rohmah")
    receipt = corrected(desk_of, receipt, nama=PERSON["nama"], reason="Perbaikan keliru")
    desk = desk_of(Role.PELAYANAN)
    assert desk.ask(request_view, receipt.request_id).applicant == PERSON["nama"]
    (row,) = desk.ask(book_page, "sktm", 2026, None).rows
    assert row.cells[3] == PERSON["nama"]
    (printed,) = read_lines(desk, "sktm", Period.of_year(2026))
    assert printed.name == PERSON["nama"]


def test_fields_of_a_later_step_are_not_corrected_before_they_are_filled_in(
    desk_of: DeskOf,
) -> None:
    receipt = started(desk_of, "pengaduan")
    before = dump(desk_of(Role.PELAYANAN).store.path)
    with pytest.raises(DeskError):
        corrected(desk_of, receipt, keputusan="Damai")
    with pytest.raises(DeskError):
        corrected(desk_of, receipt, keputusan="Damai", nama="Siti Rohmah")
    assert dump(desk_of(Role.PELAYANAN).store.path) == before


def test_a_letter_is_completed_by_whoever_opens_the_file_next_but_not_by_who_has_left(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    receipt = brought_to(desk_of, "sktm", "tanda-tangan")  # registered, nothing drawn yet
    gone = desk_of(Role.VERIFIKASI)
    admin_desk.call(
        save_user,
        op(),
        UserInput(gone.user.id, "verifikasi", gone.user.name, (Role.VERIFIKASI,), False),
    )
    with pytest.raises(NotAllowedError):
        complete_documents(gone, receipt.request_id)
    (paper,) = complete_documents(desk_of(Role.TIM_PENGADUAN), receipt.request_id)
    assert paper.version == 1
