"""Who really signed: the block on the letter and the book's column say which (rule 1)."""

from datetime import timedelta

import pypdfium2
import pytest

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.usecases.accounts import save_acting, save_user
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.processing import approve
from kecamatan_desk.usecases.register import read_lines
from kecamatan_desk.usecases.values import Receipt, RecordedDecision, UserInput
from tests.builders import NAMES, TUESDAY_MORNING, SettableClock, op, user_input
from tests.walking import DeskOf, brought_to, finish, forward, rows, seen

KASI, SEKCAM, CAMAT = NAMES[Role.KASI], NAMES[Role.SEKCAM], NAMES[Role.CAMAT]


def printed(desk: Desk, document: int) -> str:
    paper = pypdfium2.PdfDocument(document_bytes(desk, document))
    return " ".join(paper[0].get_textpage().get_text_range().split())


def drawn_letter(desk_of: DeskOf, code: str) -> Receipt:
    receipt = brought_to(desk_of, code, "tanda-tangan")
    complete_documents(desk_of(Role.REGISTER), receipt.request_id)
    return receipt


def signatory_in_the_book(desk_of: DeskOf, code: str) -> str:
    (line,) = read_lines(desk_of(Role.REGISTER), code, 2026, None)
    return line.signatory


@pytest.mark.parametrize(
    ("superior", "title", "in_book"),
    [
        (Role.SEKCAM, "SEKRETARIS KECAMATAN,", "Sekcam a.n. Camat"),
        (Role.CAMAT, "CAMAT SUKAMAJU,", "Camat"),
    ],
)
def test_a_letter_signed_by_a_superior_bears_his_block_and_keeps_number_and_date(
    desk_of: DeskOf, clock: SettableClock, superior: Role, title: str, in_book: str
) -> None:
    receipt = drawn_letter(desk_of, "ktp")
    assert signatory_in_the_book(desk_of, "ktp") == "Kasi a.n. Camat"
    clock.advance(days=1)
    receipt = finish(desk_of(superior), receipt, "tanda-tangan")
    desk = desk_of(Role.PELAYANAN)
    first, second = complete_documents(desk, receipt.request_id)
    assert KASI in printed(desk, first.id)
    text = printed(desk, second.id)
    assert second.version == 2
    assert NAMES[superior] in text
    assert title in text
    assert KASI not in text
    assert receipt.letter_number is not None
    assert receipt.letter_number in text
    assert "12 Mei 2026" in text
    assert complete_documents(desk, receipt.request_id) == (first, second)
    assert signatory_in_the_book(desk_of, "ktp") == in_book


def test_the_letter_stays_as_drawn_when_the_officer_it_names_signs(desk_of: DeskOf) -> None:
    receipt = forward(desk_of, drawn_letter(desk_of, "ktp"))
    assert len(complete_documents(desk_of(Role.PELAYANAN), receipt.request_id)) == 1
    assert rows(desk_of(Role.KASI).store.path, "SELECT * FROM line_status") == []


def test_whoever_acts_for_the_camat_on_the_day_of_signing_is_named(
    desk_of: DeskOf, admin_desk: Desk, clock: SettableClock
) -> None:
    receipt = drawn_letter(desk_of, "ahli-waris")
    clock.advance(days=1)
    day = (TUESDAY_MORNING + timedelta(days=1)).date()
    sekcam = desk_of(Role.SEKCAM)
    admin_desk.call(save_acting, op(), sekcam.user.id, Role.CAMAT, "Plh", day, day, "800/12/2026")
    receipt = finish(sekcam, receipt, "tanda-tangan")
    desk = desk_of(Role.PELAYANAN)
    newest = complete_documents(desk, receipt.request_id)[-1]
    text = printed(desk, newest.id)
    assert "Plh. CAMAT SUKAMAJU," in text
    assert SEKCAM in text
    assert CAMAT not in text
    assert signatory_in_the_book(desk_of, "ahli-waris") == "Plh. Camat"


def test_of_two_kasi_the_one_who_signed_is_named_on_paper_too(
    desk_of: DeskOf, admin_desk: Desk, clock: SettableClock
) -> None:
    typed = user_input(Role.KASI)
    other = UserInput(None, "kasi2", "Zainal Abidin, S.IP.", (Role.KASI,), True, typed.password)
    other_id = admin_desk.call(save_user, op(), other)
    receipt = drawn_letter(desk_of, "ktp")
    decided = RecordedDecision(other_id, Role.KASI, clock.now)
    signed = desk_of(Role.REGISTER).call(approve, op(), seen(receipt), recorded=decided)
    desk = desk_of(Role.PELAYANAN)
    text = printed(desk, complete_documents(desk, signed.request_id)[-1].id)
    assert "Zainal Abidin" in text
    assert KASI not in text


def test_a_letter_handed_over_at_once_is_still_kept_with_the_block_of_its_signer(
    desk_of: DeskOf,
) -> None:
    receipt = finish(desk_of(Role.SEKCAM), drawn_letter(desk_of, "ktp"), "tanda-tangan")
    receipt = forward(desk_of, receipt)
    assert receipt.status == "selesai"
    desk = desk_of(Role.PELAYANAN)
    text = printed(desk, complete_documents(desk, receipt.request_id)[-1].id)
    assert SEKCAM in text
