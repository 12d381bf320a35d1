"""The code of a letter as text: there and back, one spelling, letters every QR code knows."""

import re
from dataclasses import replace
from datetime import date

import pytest
import segno
from hypothesis import example, given
from hypothesis import strategies as st

from kecamatan_desk.documents.composer import QR_SIDE
from kecamatan_desk.documents.typeface import MM
from kecamatan_desk.domain.numbering import MOST_CHARACTERS
from kecamatan_desk.domain.proof import (
    ERRATUM,
    LONGEST,
    Claim,
    SignedCode,
    SlipCode,
    initials_in_code,
    last_four,
    looks_like_code,
    number_in_code,
    read_code,
    signed_text,
    slip_text,
)
from kecamatan_desk.workflows.catalog import SERVICES

CLAIM = Claim(
    practice=False,
    file_code="26-000123-K",
    service="SKTM",
    number="400.9.14.1/012/SKTM/KEC-SKM/V/2026",
    day=date(2026, 5, 12),
    initials="RRK",
    last_four="0001",
)
SIGNATURE = bytes(range(64))
#: ISO/IEC 18004, table 5
ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

letter_numbers = st.text(max_size=MOST_CHARACTERS).map(number_in_code)
claims = st.builds(
    Claim,
    practice=st.booleans(),
    file_code=st.from_regex(r"[0-9]{2}-[0-9]{6}-[A-Z0-9]", fullmatch=True),
    service=st.sampled_from([service.abbreviation for service in SERVICES.values()]),
    number=letter_numbers,
    day=st.dates(date(2000, 1, 1), date(2200, 12, 31)),
    initials=st.text(max_size=100).map(initials_in_code),
    last_four=st.from_regex(r"([0-9]{4})?", fullmatch=True),
    paper=st.integers(1, 9),
    version=st.integers(1, 9999),
)


@given(claims, st.binary(min_size=64, max_size=64))
def test_what_was_written_is_read_back(claim: Claim, signature: bytes) -> None:
    code = signed_text(claim.text, signature)

    assert read_code(code) == SignedCode(claim, signature)
    assert set(code) <= ALPHANUMERIC - {" "}
    assert len(code) <= LONGEST


@given(claims, st.booleans())
def test_capitals_and_blanks_do_not_matter(claim: Claim, lower: bool) -> None:
    code = signed_text(claim.text, SIGNATURE)
    typed = " ".join(re.findall(".{1,7}", code)) + "\r\n"

    assert read_code(typed.lower() if lower else typed) == SignedCode(claim, SIGNATURE)


@given(st.text())
@example("KD1:")
@example("KD1::")
@example(f"{CLAIM.text}:{'A' * 103}")
def test_any_text_is_read_or_refused_without_a_fault(text: str) -> None:
    code = read_code(text)

    if isinstance(code, SignedCode):
        assert signed_text(code.claim.text, code.signature) == "".join(text.split()).upper()


def test_another_spelling_of_the_same_signature_is_not_a_code() -> None:
    """The last letter of the base32 holds two bits: seven other letters would decode the same."""
    code = signed_text(CLAIM.text, SIGNATURE)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

    found = [letter for letter in letters if read_code(code[:-1] + letter)]

    assert code[-1] in found
    assert len(found) == 4  # 512 bits are 102 letters of five and two bits


@pytest.mark.parametrize(
    "changed",
    [
        CLAIM.text.replace("SKTM:", "SKTM.1:"),  # a first version says nothing of it
        CLAIM.text.replace("SKTM:", "SKTM-1:"),
        CLAIM.text.replace("SKTM:", "SKTM.02:"),
        CLAIM.text.replace("20260512", "20260230"),
        CLAIM.text.replace("KD1", "KD2"),
        CLAIM.text.replace(":0001", ":001"),
        CLAIM.text.replace("RRK", "RRKRRKR"),
        CLAIM.text + ":",
    ],
)
def test_what_is_not_written_so_is_not_read(changed: str) -> None:
    assert read_code(signed_text(CLAIM.text, SIGNATURE)) is not None
    assert read_code(signed_text(changed, SIGNATURE)) is None


@given(st.text(max_size=80))
def test_a_number_is_written_one_way(number: str) -> None:
    written = number_in_code(number)

    assert set(written) <= ALPHANUMERIC - {" ", ":"}
    assert number_in_code(written) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("400.9.14.1/012/SKTM/Kec-Skm/V/2026", "400.9.14.1/012/SKTM/KEC-SKM/V/2026"),
        ("400:12 / b", "400*12/B"),
        ("12/Ké", "12/K*"),
        ("12/Ke\u0301", "12/K*"),  # composed or not, it is the same number
        ("ß" * 60, "S" * 66),  # a capital may be longer; what is too long is cut on both sides
        ("", ""),
    ],
)
def test_numbers_in_the_code(number: str, written: str) -> None:
    assert number_in_code(number) == written


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Raden Roro Kusumawardhani", "RRK"),
        ("muhammad ma'ruf nur\u2019aini", "MMN"),
        ("Élise Ångström", "EA"),
        ("Siti", "S"),
        ("Drs. H. A. B. C. D. E.", "DHABCD"),
        ("<&> 7 Budi", "B"),
        ("", ""),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_in_code(name) == initials


def test_a_nik_gives_its_last_four_digits_and_nothing_else_does() -> None:
    assert last_four("9901015404910001") == "0001"
    assert last_four("") == last_four("123") == last_four("99010154049100\u0661\u0662") == ""


def test_a_slip_names_its_file() -> None:
    assert slip_text(False, "26-000123-K") == "KD1:26-000123-K"
    assert read_code(" kd1:26-000123-k\n") == SlipCode(False, "26-000123-K")
    assert read_code("KDX1:26-000123-K") == SlipCode(True, "26-000123-K")


def test_a_broken_code_is_known_as_ours_by_its_beginning() -> None:
    whole = signed_text(CLAIM.text, SIGNATURE)

    assert read_code(whole[:-1]) is None
    assert looks_like_code(whole[:-1].lower())
    assert not looks_like_code("https://example.org/KD1:")
    assert not looks_like_code("")


def longest() -> Claim:
    """The longest number, of the twelfth ralat, in the service that takes most room."""
    service = max((s.abbreviation for s in SERVICES.values()), key=len)
    return replace(
        CLAIM,
        practice=True,
        service=service,
        number="9" * MOST_CHARACTERS + "/R12",
        initials="ABCDEF",
        paper=ERRATUM,
        version=12,
    )


@pytest.mark.parametrize(("claim", "version"), [(CLAIM, 7), (longest(), 8)])
def test_the_longest_code_takes_version_8_in_alphanumeric_mode(claim: Claim, version: int) -> None:
    """57 modules with the quiet zone in 32 mm: 0.56 mm each."""
    code = segno.make(signed_text(claim.text, b"\xff" * 64), error="m", micro=False)

    assert code.mode == "alphanumeric"
    assert code.version == version
    assert QR_SIDE / MM / (code.symbol_size()[0]) >= 0.55
