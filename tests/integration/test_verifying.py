"""A letter's code proves itself without a network, and the register says what became of it."""

import json
import logging
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.domain.errors import NotAllowedError, RuleError
from kecamatan_desk.domain.numbering import MOST_CHARACTERS
from kecamatan_desk.domain.proof import read_code
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.backups import back_up_now
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.errata import issue_erratum
from kecamatan_desk.usecases.errata_letter import errata_due
from kecamatan_desk.usecases.jobs import complete_documents, document_bytes
from kecamatan_desk.usecases.office import save_profile
from kecamatan_desk.usecases.proof import keep_key, keys, office_key, public_keys, signed
from kecamatan_desk.usecases.values import Receipt, Seen
from kecamatan_desk.usecases.verifying import Verdict, Verification, verify
from kecamatan_desk.usecases.views import request_view
from kecamatan_desk.usecases.worklist import search
from tests.builders import (
    PASSWORD,
    PROFILE,
    SettableClock,
    handed_over,
    op,
    registered,
    seen,
    voided,
)
from tests.proving import bears, changes, claims, codes, of_another_office
from tests.walking import DeskOf, brought_to, finish, forward, rows


def judged(desk_of: DeskOf, code: str, role: Role = Role.PELAYANAN) -> Verification:
    return desk_of(role).ask(verify, code)


def code_of(desk_of: DeskOf, receipt: Receipt, place: int = -1) -> str:
    desk = desk_of(Role.REGISTER)
    complete_documents(desk, receipt.request_id)
    return codes(desk, receipt.request_id)[place]


def test_a_letter_handed_over_is_in_force(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt = handed_over(desk_of)
    told = judged(desk_of, code_of(desk_of, receipt))

    assert (told.verdict, told.good) == (Verdict.IN_FORCE, True)
    assert told.claim is not None
    assert (told.claim.initials, told.claim.last_four) == ("RRK", "0001")
    assert told.registered is not None
    assert told.registered.number == receipt.letter_number
    assert told.registered.fate == "Diserahkan 12 Mei 2026"
    assert told.request_id == receipt.request_id


def test_the_proof_states_no_more_than_the_paper(desk_of: DeskOf) -> None:
    said = repr(judged(desk_of, code_of(desk_of, handed_over(desk_of))))

    for hidden in ("Kusumawardhani", "9901015404910001", "Pasir Angin", "Asep"):
        assert hidden not in said


def test_the_code_is_on_the_page_itself(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    desk = desk_of(Role.REGISTER)
    (paper,) = complete_documents(desk, receipt.request_id)
    (code,) = codes(desk, receipt.request_id)
    pdf = document_bytes(desk, paper.id)

    assert bears(pdf, 0, code, 30 - 2.2, 32)
    other = "A" if code[-50] != "A" else "B"
    assert not bears(pdf, 0, f"{code[:-50]}{other}{code[-49:]}", 30 - 2.2, 32)


def test_the_same_version_has_the_same_code(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)

    assert code_of(desk_of, receipt) == code_of(desk_of, receipt)


def test_scanners_and_people_may_type_it_in_their_way(desk_of: DeskOf) -> None:
    code = code_of(desk_of, handed_over(desk_of))

    assert judged(desk_of, f"  {code[:50].lower()} \n{code[50:]}\r\n").good


def test_every_changed_character_fails(desk_of: DeskOf) -> None:
    code = code_of(desk_of, handed_over(desk_of))
    wrong = {Verdict.FORGED, Verdict.FOREIGN, Verdict.BROKEN, Verdict.NOT_OURS, Verdict.OTHER_MODE}

    for changed in changes(code):
        assert judged(desk_of, changed).verdict in wrong, changed


def test_a_letter_not_yet_handed_over_says_so(desk_of: DeskOf) -> None:
    told = judged(desk_of, code_of(desk_of, registered(desk_of)))

    assert (told.verdict, told.good) == (Verdict.NOT_HANDED, True)
    assert told.registered is not None
    assert told.registered.fate == "Belum diserahkan"


def test_what_another_office_signed_is_not_ours(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    code_of(desk_of, receipt)
    (claim,) = desk_of(Role.REGISTER).ask(claims, receipt.request_id)

    assert judged(desk_of, of_another_office(claim)).verdict is Verdict.FORGED
    elsewhere = replace(claim, file_code="26-000999-A")
    assert judged(desk_of, of_another_office(elsewhere)).verdict is Verdict.FOREIGN


@pytest.mark.parametrize(
    "typed", ["", "halo", "https://example.org", "9901015404910001", "x" * 999]
)
def test_what_is_no_code_is_told_apart(desk_of: DeskOf, typed: str) -> None:
    assert judged(desk_of, typed).verdict is Verdict.NOT_OURS


def test_half_a_code_is_not_a_letter(desk_of: DeskOf) -> None:
    code = code_of(desk_of, registered(desk_of))

    assert judged(desk_of, code[:-1]).verdict is Verdict.BROKEN
    assert judged(desk_of, code[:-110]).verdict is Verdict.BROKEN


def test_a_slip_proves_nothing(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    told = judged(desk_of, f"KD1:{receipt.file_code}")

    assert (told.verdict, told.good) == (Verdict.SLIP, False)
    assert told.request_id == receipt.request_id
    assert "tidak membuktikan apa pun" in told.reason
    assert "F3" in told.reason
    gone = judged(desk_of, "KD1:26-999999-K").reason
    assert "Berkasnya tidak ada di sini." in gone
    assert "F3" not in gone


def test_practice_and_office_know_nothing_of_each_other(desk_of: DeskOf) -> None:
    receipt = handed_over(desk_of)
    desk = desk_of(Role.REGISTER)
    code_of(desk_of, receipt)
    (claim,) = desk.ask(claims, receipt.request_id)
    pretended = replace(claim, practice=True)
    code = signed(desk, pretended.text)

    assert judged(desk_of, code).verdict is Verdict.OTHER_MODE
    assert judged(desk_of, f"KDX1:{receipt.file_code}").verdict is Verdict.OTHER_MODE
    desk.practice = True
    assert desk.ask(verify, f"KD1:{receipt.file_code}").verdict is Verdict.OTHER_MODE


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ({"initials": "ABC"}, Verdict.MISMATCH),
        ({"last_four": "0002"}, Verdict.MISMATCH),
        ({"number": "1/SKTM"}, Verdict.MISMATCH),
        ({"day": date(2026, 5, 13)}, Verdict.MISMATCH),
        ({"version": 2}, Verdict.UNKNOWN),
        ({"paper": 2}, Verdict.UNKNOWN),
        ({"service": "KTP"}, Verdict.UNKNOWN),
        ({"file_code": "26-000999-A"}, Verdict.UNKNOWN),
    ],
)
def test_what_our_key_signed_must_still_agree_with_the_register(
    desk_of: DeskOf, other: dict[str, Any], verdict: Verdict
) -> None:
    """As after a restored copy, which knows less or other things than the paper."""
    receipt = handed_over(desk_of)
    desk = desk_of(Role.REGISTER)
    (claim,) = desk.ask(claims, receipt.request_id)
    told = judged(desk_of, signed(desk, replace(claim, **other).text))

    assert (told.verdict, told.good) == (verdict, False)


def test_a_void_letter_is_told(desk_of: DeskOf, clock: SettableClock) -> None:
    receipt = registered(desk_of)
    code = code_of(desk_of, receipt)
    clock.advance(days=1)
    voided(desk_of, receipt, "Pemohon menarik diri")
    told = judged(desk_of, code)

    assert (told.verdict, told.good) == (Verdict.VOID, False)
    assert "Dibatalkan 13 Mei 2026" in told.reason
    assert "menarik" not in repr(told)


def test_a_refused_letter_is_told(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    code = code_of(desk_of, receipt)
    desk_of(Role.SEKCAM).call(processing.refuse, op(), seen(receipt), "Tidak layak")

    assert judged(desk_of, code).verdict is Verdict.VOID


def test_a_corrected_letter_replaces_the_first(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    first = code_of(desk_of, receipt)
    corrected = desk_of(Role.PELAYANAN).call(
        processing.correct, op(), seen(receipt), {"nama": "Raden Ayu Kusuma"}, "Salah ketik"
    )
    told = judged(desk_of, first)
    assert told.verdict is Verdict.REPLACED
    assert "belum dicetak" in told.reason

    second = code_of(desk_of, corrected)
    told = judged(desk_of, first)
    assert told.verdict is Verdict.REPLACED
    assert "versi 2" in told.reason
    assert told.registered is not None
    assert (told.registered.version, told.registered.newest) == (1, 2)
    assert judged(desk_of, second).verdict is Verdict.NOT_HANDED
    handed_over(desk_of, corrected)
    assert judged(desk_of, second).verdict is Verdict.IN_FORCE
    assert judged(desk_of, first).verdict is Verdict.REPLACED


def test_what_was_handed_over_stays_in_force_when_it_is_drawn_again(desk_of: DeskOf) -> None:
    """The kept paper is drawn for who signed; the applicant holds the one before."""
    receipt = brought_to(desk_of, "ktp", "tanda-tangan")
    first = code_of(desk_of, receipt)
    receipt = finish(desk_of(Role.CAMAT), receipt, "tanda-tangan")
    forward(desk_of, receipt)
    second = code_of(desk_of, receipt)

    assert second != first
    assert judged(desk_of, first).verdict is Verdict.IN_FORCE
    assert judged(desk_of, second).verdict is Verdict.IN_FORCE


def test_papers_of_one_file_have_codes_of_their_own(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "perekaman-ktp", "")
    complete_documents(desk_of(Role.REGISTER), receipt.request_id)
    letter, proof = codes(desk_of(Role.REGISTER), receipt.request_id)

    for code, number in ((letter, receipt.letter_number), (proof, "")):
        told = judged(desk_of, code)
        assert told.verdict is Verdict.IN_FORCE
        assert told.registered is not None
        assert told.registered.number == number


def test_a_hidden_reporter_is_not_in_the_code(desk_of: DeskOf) -> None:
    receipt = brought_to(desk_of, "pengaduan", "sampaikan", rahasia="ya")
    code = read_code(code_of(desk_of, receipt))

    assert code is not None
    assert "RRK" not in repr(code)
    assert "0001'" not in repr(code)
    assert judged(desk_of, code_of(desk_of, receipt)).good


def test_an_odd_letter_number_is_compared_and_shown_as_it_is(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    pattern = "{urut:3}: Kec. é/{layanan}-b"
    admin_desk.call(save_profile, op(), replace(PROFILE, number_pattern=pattern))
    receipt = handed_over(desk_of)
    told = judged(desk_of, code_of(desk_of, receipt))

    assert told.good
    assert told.claim is not None
    assert told.claim.number == "001*KEC.*/SKTM-B"
    assert told.registered is not None
    assert told.registered.number == receipt.letter_number == "001: Kec. é/SKTM-b"


def test_the_administrator_checks_no_letters(desk_of: DeskOf) -> None:
    with pytest.raises(NotAllowedError):
        judged(desk_of, "KD1:26-000001-A", Role.ADMIN)


def test_a_ralat_is_proved_and_named_by_the_letter_it_puts_right(
    desk_of: DeskOf, admin_desk: Desk
) -> None:
    pattern = "{urut:5}/{layanan}/" + "N" * 45
    admin_desk.call(save_profile, op(), replace(PROFILE, number_pattern=pattern))
    receipt = brought_to(desk_of, "dispensasi-nikah", "")
    letter = code_of(desk_of, receipt)
    desk = desk_of(Role.REGISTER)
    request = desk.ask(request_view, receipt.request_id)
    told = {"nama": "Raden Ayu Kusumawardhani"}
    desk.call(issue_erratum, op(), Seen(request.id, request.version), told, "Salah nama")
    (ralat,) = desk.ask(errata_due, receipt.request_id)
    complete_documents(desk, receipt.request_id)
    answer = judged(desk_of, signed(desk, ralat.claim))

    assert len(f"{receipt.letter_number}/R1") > MOST_CHARACTERS
    assert answer.verdict is Verdict.IN_FORCE
    assert answer.registered is not None
    assert answer.registered.number == f"{receipt.letter_number}/R1"
    first = judged(desk_of, letter)
    assert first.verdict is Verdict.IN_FORCE
    assert "Ada surat ralat" in first.reason


# The key


def test_the_library_is_loaded_when_a_code_is_made_or_proved() -> None:
    """Loading it takes a tenth of the start."""
    program = (
        "import sys, kecamatan_desk.usecases.jobs, kecamatan_desk.usecases.verifying,"
        "kecamatan_desk.bootstrap, kecamatan_desk.cli.letters\n"
        "assert 'cryptography' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_private_key_is_a_closed_file_and_stands_in_no_database(
    desk_of: DeskOf, place: Place, tmp_path: Path
) -> None:
    registered(desk_of)
    file = place.key / "office.pem"
    seed = file.read_bytes().splitlines()[1]

    secrets = {file: seed, place.key / "pin.secret": (place.key / "pin.secret").read_bytes()}
    assert set(place.key.iterdir()) == set(secrets)
    if os.name != "nt":
        assert {stat.S_IMODE(one.stat().st_mode) for one in secrets} == {0o600}
        assert stat.S_IMODE(place.key.stat().st_mode) == 0o700
    back_up_now(desk_of(Role.ADMIN), tmp_path / "copy")
    copied = [path for path in (tmp_path / "copy").rglob("*") if path.is_file()]
    assert {path.name for path in copied}.isdisjoint({"office.pem", "pin.secret"})
    for path in (place.current_database, *copied):
        held = path.read_bytes()
        assert not any(secret in held for secret in secrets.values()), path


def test_one_key_is_made_and_told_in_the_chain(desk_of: DeskOf, place: Place) -> None:
    registered(desk_of)
    registered(desk_of, nik="9901015404910002", nama="Siti")

    (row,) = keys(desk_of(Role.PELAYANAN))
    assert row.in_use
    assert len(row.fingerprint.split()) == 16
    assert len(desk_of(Role.REGISTER).ask(public_keys)) == 1
    (event,) = rows(place.current_database, "SELECT * FROM event WHERE act = 'kunci-baru'")
    assert json.loads(event["payload"])["fingerprint"] == row.fingerprint
    assert check_place(place).ok


def test_two_workers_who_need_it_at_once_make_one_key(desk_of: DeskOf) -> None:
    desks = [desk_of(Role.REGISTER), desk_of(Role.PELAYANAN)] * 4
    with ThreadPoolExecutor(len(desks)) as workers:
        made = {key.public for key in workers.map(office_key, desks)}

    assert made == set(desks[0].ask(public_keys))
    assert len(made) == 1


def test_another_program_that_made_a_key_first_spoils_nothing(
    desk_of: DeskOf, place: Place, clock: SettableClock
) -> None:
    """Both find no key; both keys prove, and the one in the file signs from the next opening."""
    other = open_place(place, write=False, clock=clock)
    desk, beside = desk_of(Role.REGISTER), other.sign_in("register", PASSWORD)
    desk.keys.current = desk.keys.make()
    beside.keys.current = beside.keys.make()
    for one in (desk, beside):
        assert one.keys.current is not None
        one.call(keep_key, op(), one.keys.current.public)
    receipt = registered(desk_of)
    (claim,) = desk.ask(claims, receipt.request_id)

    for one in (desk, beside):
        assert judged(desk_of, signed(one, claim.text)).good
    other.close()


def again(place: Place, office: Office, clock: SettableClock) -> Office:
    """Close the office and open it anew, as on another day."""
    office.close()
    return open_place(place, clock=clock)


@pytest.mark.parametrize("damage", ["lost", "broken", "another"])
def test_a_lost_key_is_followed_by_a_new_one_and_old_letters_stay_proved(
    desk_of: DeskOf,
    place: Place,
    office: Office,
    clock: SettableClock,
    damage: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    old = code_of(desk_of, handed_over(desk_of))
    file = place.key / "office.pem"
    if damage == "lost":
        file.unlink()
    elif damage == "broken":
        file.write_bytes(file.read_bytes()[:40])
    else:
        from cryptography.hazmat.primitives import serialization as s

        from tests.proving import OTHER_OFFICE

        file.write_bytes(
            OTHER_OFFICE.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
        )
    with caplog.at_level(logging.WARNING):
        second = again(place, office, clock)
        desk = second.sign_in("register", PASSWORD)
        new, first = keys(desk)

    assert (new.in_use, first.in_use) == (True, False)
    assert desk.ask(verify, old).verdict is Verdict.IN_FORCE
    assert ("private key" in caplog.text) == (damage != "lost")
    assert len(list(place.key.glob("*.pem"))) == (1 if damage == "lost" else 2)
    second.close()


def test_the_key_is_the_same_at_the_next_opening(
    desk_of: DeskOf, place: Place, office: Office, clock: SettableClock
) -> None:
    before = keys(desk_of(Role.REGISTER))
    second = again(place, office, clock)

    assert keys(second.sign_in("pelayanan", PASSWORD)) == before
    second.close()


def test_a_key_that_cannot_be_kept_loses_no_number(
    desk_of: DeskOf, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.key.rename(place.root / "elsewhere")
    place.key.write_text("a file where the folder should be")
    receipt = registered(desk_of)

    assert receipt.agenda_number == 1
    place.key.unlink()
    (place.root / "elsewhere").rename(place.key)
    assert judged(desk_of, code_of(desk_of, receipt)).good


# F3


def test_a_scanned_letter_opens_its_file(desk_of: DeskOf) -> None:
    receipt = registered(desk_of)
    code = code_of(desk_of, receipt)

    (hit,) = desk_of(Role.PELAYANAN).ask(search, code.lower())
    assert hit.id == receipt.request_id


def test_a_changed_letter_code_opens_nothing(desk_of: DeskOf) -> None:
    code = code_of(desk_of, registered(desk_of))

    for place in (20, len(code) - 1):
        changed = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        with pytest.raises(RuleError, match="Kode surat ini tidak benar"):
            desk_of(Role.PELAYANAN).ask(search, changed)
