"""Who really signed: the block on the letter and the book's column say which (rule 1)."""

from datetime import timedelta

import pypdfium2
import pytest

from kecamatan_desk.domain.errors import InputError, NotAllowedError, RuleError
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.accounts import save_acting, save_user, users
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.people_values import UserInput
from kecamatan_desk.usecases.periods import Period
from kecamatan_desk.usecases.processing import approve, correct, send_back
from kecamatan_desk.usecases.register_lines import read_lines
from kecamatan_desk.usecases.signers import replace_signer, signer_choices
from kecamatan_desk.usecases.values import Receipt, RecordedDecision
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import work_list
from tests.builders import NAMES, RANKS, TUESDAY_MORNING, SettableClock, op, user_input
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
    (line,) = read_lines(desk_of(Role.REGISTER), code, Period.of_year(2026))
    return str(line.signatory).partition(":")[0]


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
    assert "NIP" not in text  # he has none, nor a rank: no empty line is printed
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


def replaced(desk: Desk, receipt: Receipt, user_id: int, role: Role) -> Receipt:
    return desk.call(replace_signer, op(), seen(receipt), user_id, role, "Kasi sakit")


def test_another_signatory_is_chosen_before_the_signature(
    desk_of: DeskOf, clock: SettableClock, place: Place
) -> None:
    receipt = drawn_letter(desk_of, "ktp")
    clock.advance(days=1)
    register = desk_of(Role.REGISTER)
    offered = register.ask(signer_choices, receipt.request_id)
    assert [(one.name, one.role, one.office, one.named) for one in offered] == [
        (KASI, Role.KASI, "Kasi a.n. Camat", True),
        (SEKCAM, Role.SEKCAM, "Sekcam a.n. Camat", False),
        (CAMAT, Role.CAMAT, "Camat", False),
    ]

    chosen = replaced(register, receipt, offered[1].user_id, offered[1].role)
    first, second = complete_documents(register, chosen.request_id)

    assert KASI in printed(register, first.id)
    text = printed(register, second.id)
    assert "SEKRETARIS KECAMATAN," in text
    assert SEKCAM in text
    assert KASI not in text
    assert receipt.letter_number is not None
    assert receipt.letter_number in text
    assert "12 Mei 2026" in text
    assert signatory_in_the_book(desk_of, "ktp") == "Sekcam a.n. Camat"
    assert register.ask(signer_choices, receipt.request_id)[1].named
    assert complete_documents(register, chosen.request_id) == (first, second)
    assert check_place(place).ok


def waiting_for(desk_of: DeskOf, role: Role) -> list[int]:
    return [row.id for row in desk_of(role).ask(work_list, role, "tanda-tangan")]


def test_a_letter_waits_in_the_folder_of_whom_its_paper_names_also_after_a_way_back(
    desk_of: DeskOf,
) -> None:
    receipt = drawn_letter(desk_of, "ktp")
    register, sekcam = desk_of(Role.REGISTER), desk_of(Role.SEKCAM)
    assert waiting_for(desk_of, Role.KASI) == [receipt.request_id]

    receipt = replaced(register, receipt, sekcam.user.id, Role.SEKCAM)
    assert waiting_for(desk_of, Role.KASI) == []
    assert waiting_for(desk_of, Role.SEKCAM) == [receipt.request_id]

    receipt = sekcam.call(send_back, op(), seen(receipt), "register", "Nomor kurang jelas")
    assert waiting_for(desk_of, Role.SEKCAM) == []
    receipt = forward(desk_of, receipt)
    assert (receipt.step, receipt.next_role) == ("tanda-tangan", "sekcam")
    assert waiting_for(desk_of, Role.SEKCAM) == [receipt.request_id]

    replaced(register, receipt, desk_of(Role.KASI).user.id, Role.KASI)
    assert waiting_for(desk_of, Role.KASI) == [receipt.request_id]


def test_who_really_signs_has_the_last_word(desk_of: DeskOf) -> None:
    receipt = drawn_letter(desk_of, "ktp")
    register = desk_of(Role.REGISTER)
    kasi = desk_of(Role.KASI)
    expected = kasi.ask(request_view, receipt.request_id)
    assert expected.named_signer == f"{KASI} (Kasi a.n. Camat)"
    assert expected.signs_over == ""
    chosen = replaced(register, receipt, desk_of(Role.SEKCAM).user.id, Role.SEKCAM)
    complete_documents(register, chosen.request_id)
    told = kasi.ask(request_view, receipt.request_id)
    assert told.named_signer == f"{SEKCAM} (Sekcam a.n. Camat)"
    assert told.signs_over == "Kasi a.n. Camat"  # he is warned before he signs it away
    assert desk_of(Role.SEKCAM).ask(request_view, receipt.request_id).signs_over == ""

    signed = finish(desk_of(Role.KASI), chosen, "tanda-tangan")

    newest = complete_documents(register, signed.request_id)[-1]
    assert newest.version == 3
    assert kasi.ask(request_view, receipt.request_id).named_signer == ""
    assert KASI in printed(register, newest.id)
    assert signatory_in_the_book(desk_of, "ktp") == "Kasi a.n. Camat"


def test_whom_the_paper_does_not_name_is_told_before_he_signs(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = drawn_letter(desk_of, "ktp")
    admin, sekcam = desk_of(Role.ADMIN), desk_of(Role.SEKCAM)
    tomorrow = TUESDAY_MORNING.date() + timedelta(days=1)
    admin.call(
        save_acting, op(), sekcam.user.id, Role.KASI, "Plh", tomorrow, tomorrow, "800/2/2026"
    )
    clock.advance(days=1)

    told = sekcam.ask(request_view, receipt.request_id)

    assert told.named_signer == f"{KASI} (Kasi a.n. Camat)"
    assert told.signs_over  # his own block is another: the paper must be printed again


def test_who_verified_is_neither_offered_nor_taken(desk_of: DeskOf) -> None:
    """Services of family C: the Kasi verifies, so no delegation makes him sign."""
    receipt = drawn_letter(desk_of, "sktm")
    admin, kasi = desk_of(Role.ADMIN), desk_of(Role.KASI).user.id
    day = TUESDAY_MORNING.date()
    admin.call(save_acting, op(), kasi, Role.SEKCAM, "u.b", day, day, "800/1/2026")
    register = desk_of(Role.REGISTER)

    offered = register.ask(signer_choices, receipt.request_id)

    assert {one.name for one in offered} == {SEKCAM, CAMAT}
    with pytest.raises(RuleError, match="memverifikasi"):
        replaced(register, receipt, kasi, Role.SEKCAM)


@pytest.mark.parametrize("step", ["serahkan", "register", ""])
def test_no_other_is_chosen_before_the_number_or_after_the_signature(
    desk_of: DeskOf, step: str
) -> None:
    receipt = brought_to(desk_of, "ktp", step)
    register = desk_of(Role.REGISTER)

    assert register.ask(signer_choices, receipt.request_id) == ()
    with pytest.raises(RuleError, match="tidak sedang menunggu tanda tangan"):
        replaced(register, receipt, desk_of(Role.SEKCAM).user.id, Role.SEKCAM)


def test_who_may_not_sign_is_refused_and_a_reason_is_asked(desk_of: DeskOf) -> None:
    receipt = drawn_letter(desk_of, "ktp")
    register = desk_of(Role.REGISTER)
    counter = desk_of(Role.PELAYANAN).user.id
    with pytest.raises(RuleError, match="tidak berwenang"):
        replaced(register, receipt, counter, Role.KASI)
    sekcam = desk_of(Role.SEKCAM).user.id
    with pytest.raises(InputError, match="Alasan"):
        register.call(replace_signer, op(), seen(receipt), sekcam, Role.SEKCAM, " ")
    with pytest.raises(NotAllowedError):
        replaced(desk_of(Role.VERIFIKASI), receipt, sekcam, Role.SEKCAM)
    assert rows(register.store.path, "SELECT * FROM line_status") == []


@pytest.mark.parametrize("again", [False, True])
def test_a_later_version_prints_the_signer_as_he_was(
    desk_of: DeskOf, admin_desk: Desk, *, again: bool
) -> None:
    """Promoted, renamed, even gone: the letter of that day keeps the block of that day."""
    receipt = drawn_letter(desk_of, "ktp")
    desk = desk_of(Role.PELAYANAN)
    if again:
        receipt = finish(desk_of(Role.KASI), receipt, "tanda-tangan")
    kasi = next(user for user in admin_desk.ask(users) if user.name == KASI)
    changed = UserInput(
        kasi.id, kasi.username, "H. Gunawan", kasi.roles, again, nip="", rank="Pembina (IV/a)"
    )
    admin_desk.call(save_user, op(), changed)

    assert len(complete_documents(desk, receipt.request_id)) == 1
    data = {"nama": "Raden Roro Kusumawardani"}
    desk.call(correct, op(), seen(receipt), data, "Salah ketik")
    newest = complete_documents(desk, receipt.request_id)[-1]

    text = printed(desk, newest.id)
    assert newest.version == 2
    assert "Raden Roro Kusumawardani" in text
    assert KASI in text
    assert RANKS[Role.KASI] in text
    assert "19700101 199003 1 003" in text
    assert "H. Gunawan" not in text


def test_to_print_a_new_name_the_signatory_is_chosen_anew(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    receipt = drawn_letter(desk_of, "ktp")
    kasi = next(user for user in admin_desk.ask(users) if user.name == KASI)
    changed = UserInput(
        kasi.id, kasi.username, "Hendra Gunawan, S.Sos., M.Si.", kasi.roles, rank=kasi.rank
    )
    admin_desk.call(save_user, op(), changed)
    register = desk_of(Role.REGISTER)

    chosen = replaced(register, receipt, kasi.id, Role.KASI)

    newest = complete_documents(register, chosen.request_id)[-1]
    assert newest.version == 2
    assert "Hendra Gunawan, S.Sos., M.Si." in printed(register, newest.id)


def test_a_berita_acara_bears_who_decided_it_though_another_is_delegated_that_day(
    desk_of: DeskOf, clock: SettableClock
) -> None:
    receipt = brought_to(desk_of, "pengaduan", "keputusan")
    admin = desk_of(Role.ADMIN)
    sekcam = next(user for user in admin.ask(users) if Role.SEKCAM in user.roles)
    today = TUESDAY_MORNING.date()
    admin.call(save_acting, op(), sekcam.id, Role.CAMAT, "a.n", today, today, "100.3/1/2026")

    receipt = finish(desk_of(Role.CAMAT), receipt, "keputusan")

    desk = desk_of(Role.PELAYANAN)
    (minutes,) = complete_documents(desk, receipt.request_id)
    paper = pypdfium2.PdfDocument(document_bytes(desk, minutes.id))
    text = " ".join(page.get_textpage().get_text_range() for page in paper)
    assert CAMAT in text
    assert SEKCAM not in text
    assert text.count("Mengetahui,") == 1
    assert len(complete_documents(desk, receipt.request_id)) == 1  # drawn once, not anew
