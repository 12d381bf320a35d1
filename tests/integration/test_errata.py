"""Surat ralat: what a letter got wrong, put right after hand-over by a letter that names it."""

import json
from typing import Any

import pytest

from kecamatan_desk.domain.errors import DeskError, InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import STAFF, Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.accounts import save_user
from kecamatan_desk.usecases.applicants import known_applicant
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.copies import make_copy
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.errata import issue_erratum
from kecamatan_desk.usecases.errata_letter import errata_due
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.letter_texts import program_text, save_text
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.proof import signed
from kecamatan_desk.usecases.register import book_page
from kecamatan_desk.usecases.slips import handover_values
from kecamatan_desk.usecases.values import DocumentRef, Receipt
from kecamatan_desk.usecases.verifying import Verdict, verify
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import search
from kecamatan_desk.workflows.catalog import SERVICES
from tests.builders import NAMES, SettableClock, op
from tests.proving import bears, codes, words_of
from tests.walking import (
    PERSON,
    DeskOf,
    broken_links,
    brought_to,
    dump,
    forward,
    rows,
    seen,
)


def handed_over(desk_of: DeskOf, code: str = "sktm", **own: Any) -> Receipt:
    """A request whose letter was drawn at register and handed over."""
    receipt = brought_to(desk_of, code, "tanda-tangan", **own)
    complete_documents(desk_of(Role.REGISTER), receipt.request_id)
    while receipt.step:
        receipt = forward(desk_of, receipt)
    return receipt


def corrected(desk: Desk, receipt: Receipt, reason: str = "Salah ketik", **values: Any) -> Receipt:
    told = {code.replace("_", "-"): value for code, value in values.items()}
    return desk.call(issue_erratum, op(), seen(receipt), told, reason)


def drawn(desk: Desk, receipt: Receipt) -> list[DocumentRef]:
    papers = complete_documents(desk, receipt.request_id)
    return [paper for paper in papers if paper.kind == "ralat"]


def text_of(desk: Desk, paper: DocumentRef) -> str:
    return words_of(document_bytes(desk, paper.id)).replace("\u00a0", " ")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_ralat_names_the_letter_and_says_what_is_wrong_and_right(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    (first,) = complete_documents(desk, receipt.request_id)
    before = document_bytes(desk, first.id)
    clock.advance(days=3)
    after = corrected(desk, receipt, nama="Siti Rohmah", tanggal_lahir="1991-04-15")
    (paper,) = drawn(desk, after)
    text = text_of(desk, paper)
    assert "SURAT RALAT" in text
    assert f"Nomor : {receipt.letter_number}/R1" in text
    assert f"Nomor {receipt.letter_number} tanggal 12 Mei 2026" in text
    assert SERVICES["sktm"].letters[0].title in text
    assert "Uraian Tertulis Seharusnya" in text
    assert "Nama lengkap (Pemohon)" in text
    assert "Siti Rohmah" in text
    assert squeezed("Tanggal lahir (Pemohon) 14 April 1991 15 April 1991") in squeezed(text)
    assert "Sukamaju, 15 Mei 2026" in text
    assert NAMES[Role.SEKCAM] in text
    assert paper.first_print
    _ralat, same = complete_documents(desk, receipt.request_id)
    assert (same.id, same.version) == (first.id, 1)  # no version of the first letter is drawn
    assert document_bytes(desk, first.id) == before
    assert complete_documents(desk, receipt.request_id) == (paper, same)
    assert broken_links(desk.store.path) == []
    assert check_place(place).ok


def test_before_and_after_are_kept_beside_the_event_and_not_in_it(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.REGISTER)
    corrected(desk, receipt, "Sesuai KTP", nama="Siti Rohmah")
    (event,) = rows(desk.store.path, "SELECT * FROM event WHERE act = 'ralat'")
    assert json.loads(event["payload"])["fields"] == ["nama"]
    assert "Siti" not in event["payload"]
    kept = rows(desk.store.path, "SELECT kind, body FROM content WHERE event_seq = ?", event["seq"])
    told = {row["kind"]: row["body"] for row in kept}
    assert told["alasan"] == "Sesuai KTP"
    assert json.loads(told["perbaikan"]) == {"nama": [PERSON["nama"], "Siti Rohmah"]}


def test_the_register_the_search_and_the_remembered_applicant_have_the_right_data(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    line = rows(desk.store.path, "SELECT * FROM register_line")
    clock.advance(days=1)
    receipt = corrected(desk, receipt, "Sesuai KTP", nama="Siti Rohmah", desa="Cibodas")
    clock.advance(days=1)
    corrected(desk, receipt, "Sesuai KK", nama="Siti Rohimah")
    assert rows(desk.store.path, "SELECT * FROM register_line") == line
    (row,) = desk.ask(book_page, "sktm", 2026, None).rows
    assert "Siti Rohimah" in row.cells
    assert "Cibodas" in row.cells
    assert "Ralat ke-1 13-05-2026: Sesuai KTP; Ralat ke-2 14-05-2026: Sesuai KK" in row.cells[-1]
    view = desk.ask(request_view, receipt.request_id)
    assert (view.applicant, view.village) == ("Siti Rohimah", "Cibodas")
    assert [hit.id for hit in desk.ask(search, "siti rohimah")] == [receipt.request_id]
    known = desk.ask(known_applicant, PERSON["nik"])
    assert known is not None
    assert known.values["nama"] == "Siti Rohimah"


def test_a_second_ralat_counts_on_and_tells_what_stood_before_it(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    receipt = corrected(desk, receipt, nama="Siti Rohmah")
    receipt = corrected(desk, receipt, nama="Siti Rohimah", rt="009")
    first, second = drawn(desk, receipt)  # both were still due
    assert (first.version, second.version) == (1, 2)
    assert squeezed(f"{PERSON['nama']} Siti Rohmah") in squeezed(text_of(desk, first))
    text = squeezed(text_of(desk, second))
    assert squeezed(f"{receipt.letter_number}/R2") in text
    assert squeezed("Siti Rohmah Siti Rohimah") in text
    assert squeezed("RT 003 009") in text
    assert "sudahpernahdiralat" in text
    assert "sudahpernahdiralat" not in squeezed(text_of(desk, first))


def test_rows_are_corrected_cell_by_cell_and_whole_where_one_is_added(desk_of: DeskOf) -> None:
    heirs = [
        {"nama": "Asep Kurniawan", "nik": "9901015404910011", "hubungan": "Anak"},
        {"nama": "Budi Kurniawan", "nik": "9901015404910012", "hubungan": "Anak"},
    ]
    receipt = handed_over(desk_of, "ahli-waris", ahli_waris=heirs)
    desk = desk_of(Role.PELAYANAN)
    right = [
        heirs[0],
        {**heirs[1], "nama": "Budi Kurnia"},
        {"nama": "Citra Lestari", "hubungan": "Anak angkat"},
    ]
    receipt = corrected(desk, receipt, ahli_waris=right)
    (paper,) = drawn(desk, receipt)
    text = squeezed(text_of(desk, paper))
    assert squeezed("Ahli waris nomor 2: Nama Budi Kurniawan Budi Kurnia") in text
    assert squeezed("Ahli waris nomor 3 \u2013 Citra Lestari, Anak angkat") in text
    assert "Asep" not in text


@pytest.mark.parametrize("role", STAFF)
def test_the_register_officer_or_the_counter_issues_it(desk_of: DeskOf, role: Role) -> None:
    receipt = handed_over(desk_of)
    if role in (Role.REGISTER, Role.PELAYANAN):
        corrected(desk_of(role), receipt, nama="Siti Rohmah")
        return
    refused(desk_of(role), receipt, NotAllowedError, "hanya untuk", nama="Siti Rohmah")


def refused(
    desk: Desk, receipt: Receipt, kind: type[DeskError], words: str, **values: Any
) -> DeskError:
    before = dump(desk.store.path)
    reason = values.pop("reason", "Salah ketik")
    with pytest.raises(kind, match=words) as told:
        corrected(desk, receipt, reason, **values)
    assert dump(desk.store.path) == before
    return told.value


@pytest.mark.parametrize("step", ["verifikasi", "tanda-tangan", "serahkan"])
def test_before_hand_over_there_is_nothing_to_ralat(desk_of: DeskOf, step: str) -> None:
    receipt = brought_to(desk_of, "sktm", step)
    desk = desk_of(Role.PELAYANAN)
    refused(desk, receipt, RuleError, "Belum diserahkan|bernomor", nama="Siti Rohmah")


@pytest.mark.parametrize("code", ["oss", "pengaduan", "perekaman-ktp"])
def test_a_service_without_a_numbered_letter_has_no_ralat(desk_of: DeskOf, code: str) -> None:
    receipt = brought_to(desk_of, code, "")
    numbered = SERVICES[code].letters[0].signing.value not in ("parties", "operator")
    if not numbered:
        refused(desk_of(Role.PELAYANAN), receipt, RuleError, "bernomor", nama="Siti Rohmah")


def test_it_needs_a_reason_a_change_and_whole_data(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    error = refused(desk, receipt, InputError, "Alasan ralat", reason=" ", nama="Siti Rohmah")
    assert error.field == "alasan"
    refused(desk, receipt, RuleError, "Tidak ada isian yang berubah", nama=PERSON["nama"])
    assert refused(desk, receipt, InputError, "belum diisi", nama="").field == "nama"
    refused(desk, receipt, InputError, "masa depan", tanggal_lahir="2030-01-01")
    refused(desk, receipt, InputError, "tidak dikenal", apa_saja="x")


def test_what_the_letter_does_not_show_is_not_put_right_by_a_ralat(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of, hp="081234567890")
    desk = desk_of(Role.PELAYANAN)
    refused(desk, receipt, RuleError, "tidak tercetak", hp="081234567899")
    receipt = corrected(desk, receipt, hp="081234567899", rt="009")
    (paper,) = drawn(desk, receipt)
    text = text_of(desk, paper)
    assert "0812" not in text
    assert "009" in text


def test_without_anybody_who_may_sign_no_ralat_is_issued(desk_of: DeskOf, admin_desk: Desk) -> None:
    receipt = handed_over(desk_of)
    for role in (Role.SEKCAM, Role.CAMAT):
        user = desk_of(role).user
        gone = UserInput(user.id, user.username, user.name, (role,), False)
        admin_desk.call(save_user, op(), gone)
    refused(desk_of(Role.PELAYANAN), receipt, RuleError, "berwenang", nama="Siti Rohmah")


def test_the_same_op_id_issues_one_ralat(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    desk, op_id = desk_of(Role.PELAYANAN), op()
    values = {"nama": "Siti Rohmah"}
    first = desk.call(issue_erratum, op_id, seen(receipt), values, "Salah ketik")
    assert desk.call(issue_erratum, op_id, seen(receipt), values, "Salah ketik") == first
    assert len(drawn(desk, first)) == 1
    with pytest.raises(DeskError, match="diproses orang lain"):
        desk.call(issue_erratum, op(), seen(receipt), {"nama": "Siti"}, "Salah ketik")


def test_the_first_letter_drawn_late_has_the_data_it_was_handed_over_with(
    desk_of: DeskOf,
) -> None:
    receipt = brought_to(desk_of, "sktm", "")  # nobody has opened it: nothing is drawn yet
    desk = desk_of(Role.PELAYANAN)
    receipt = corrected(desk, receipt, nama="Siti Rohmah", alamat="Jalan Baru")
    papers = complete_documents(desk, receipt.request_id)
    (letter,) = [paper for paper in papers if paper.kind == "sktm"]
    text = text_of(desk, letter)
    assert PERSON["nama"] in text
    assert PERSON["alamat"] in text
    assert "Siti Rohmah" not in text


def test_the_code_of_a_ralat_proves_itself_and_the_letters_own_tells_of_it(
    desk_of: DeskOf,
) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    (first,) = codes(desk, receipt.request_id)
    receipt = corrected(desk, receipt, nama="Siti Rohmah", nik="9901015404910009")
    due = desk.ask(errata_due, receipt.request_id)
    (paper,) = drawn(desk, receipt)
    assert paper.version == 1
    (job,) = due
    code = signed(desk, job.claim)
    found = desk.ask(verify, code)
    assert found.verdict is Verdict.IN_FORCE
    assert found.registered is not None
    assert found.registered.number == f"{receipt.letter_number}/R1"
    assert f"Nomor {receipt.letter_number}" in found.reason
    forged = code.replace("/R1:", "/R2:")
    assert desk.ask(verify, forged).verdict is Verdict.FORGED
    assert bears(document_bytes(desk, paper.id), 0, code, 30 - 2.2, 32)
    own = desk.ask(verify, first)
    assert own.verdict is Verdict.IN_FORCE
    assert own.registered is not None
    assert "ada surat ralat" in own.registered.fate


def test_a_ralat_is_the_paper_itself_for_a_week_and_a_copy_afterwards(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = corrected(desk_of(Role.PELAYANAN), handed_over(desk_of), nama="Siti Rohmah")
    desk = desk_of(Role.PELAYANAN)
    (paper,) = drawn(desk, receipt)
    assert paper.first_print
    with pytest.raises(RuleError):
        make_copy(desk, op(), paper.id, "hilang")
    clock.advance(days=7)
    (paper,) = drawn(desk, receipt)
    assert paper.first_print  # its signatory may have been away
    clock.advance(days=1)
    (paper,) = drawn(desk, receipt)
    assert not paper.first_print
    assert "SALINANke-1" in squeezed(words_of(make_copy(desk, op(), paper.id, "hilang")))


def test_a_proof_of_hand_over_printed_later_names_no_ralat(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    before = desk.ask(handover_values, receipt.request_id).papers
    drawn(desk, corrected(desk, receipt, nama="Siti Rohmah"))
    assert desk.ask(handover_values, receipt.request_id).papers == before


def test_what_the_letter_in_hand_shows_counts_not_what_the_text_has_become(
    desk_of: DeskOf,
) -> None:
    receipt = handed_over(desk_of)
    line = "- Pekerjaan | {{pekerjaan}}\n"
    without = program_text("sktm").replace(line, "")
    desk_of(Role.ADMIN).call(save_text, op(), "sktm", without, "Tanpa pekerjaan")
    desk = desk_of(Role.PELAYANAN)
    (paper,) = drawn(desk, corrected(desk, receipt, pekerjaan="Petani"))
    assert "Petani" in text_of(desk, paper)
    other = handed_over(desk_of, nik="9901015404910009", nama="Marwan")
    with pytest.raises(RuleError, match="tidak tercetak"):
        corrected(desk, other, pekerjaan="Petani")


def test_the_first_ralat_is_copied_though_a_second_one_followed(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.PELAYANAN)
    receipt = corrected(desk, receipt, nama="Siti Rohmah")
    (first,) = drawn(desk, receipt)
    drawn(desk, corrected(desk, receipt, pekerjaan="Petani"))
    clock.advance(days=8)
    assert "SALINAN ke-1" in words_of(make_copy(desk, op(), first.id, "hilang"))
