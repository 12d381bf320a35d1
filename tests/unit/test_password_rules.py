"""Which passwords are refused, in whose words, and which go through."""

from pathlib import Path

import pytest

from kecamatan_desk.domain.errors import InputError, MachineError
from kecamatan_desk.usecases import password_rules
from kecamatan_desk.usecases.office_values import OfficeProfile
from kecamatan_desk.usecases.password_rules import check_password, first_password

OFFICE = OfficeProfile(
    name="Sukamaju",
    regency="Kabupaten Mekarjaya",
    villages=("Cibodas", "Mekarsari", "Pasir Angin"),
)


def check(password: str) -> None:
    check_password(
        password,
        "sari.w",
        name="Sari Wulandari, S.E.",
        nip="197001011990031001",
        office=OFFICE,
    )


@pytest.mark.parametrize(
    "password",
    [
        "tiga kata lucu",
        "hujan di atap seng",
        "kuda nil terbang",
        "Kucing Makan Ikan Asin",
        "ßtraße über Ägypten",
        "ꦱꦸꦒꦼꦁꦫꦮꦸꦃꦲꦏ꧀ꦱꦫ",
        "x7$Lq_09!vBn",
        "kantor itu jauh dari pantai",  # an office word among others says nothing
        "Mekarsari hujan terus",
        "kata sandi " * 11 + "panjang",  # 128 signs
    ],
)
def test_what_nobody_would_try_is_kept(password: str) -> None:
    check(password)


@pytest.mark.parametrize("password", ["", "pendek", "sembilan9", "x" * 129])
def test_too_short_and_too_long_are_refused(password: str) -> None:
    with pytest.raises(InputError, match="10 sampai 128 huruf"):
        check(password)


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "Password2026!",
        "P@ssw0rd2026",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "1q2w3e4r5t",
        "aaaaaaaaaa",
        "abababababab",
        "abcdefghijkl",
        "bismillah123",
        "b1sm1ll4h99",
        "RAHASIA2026!!",
        "rahasiarahasia",
        "rahasia rahasia",
        "kata sandi 123",
        "sayangku 2026",
        "indonesiaraya",
        "merdeka1945!",
        "persibbandung",
        "iloveyou123456",
    ],
)
def test_what_everybody_tries_is_refused(password: str) -> None:
    with pytest.raises(InputError, match="paling sering dipakai") as refused:
        check(password)
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    [
        "kecamatansukamaju",
        "Kecamatan Sukamaju 2026",
        "K3c4m4t4nSukamaju",
        "camatcibodas01",
        "mekarsari-2026",
        "pasirangin2026",
        "sariwulandari",
        "sari.w.2026.05",
        "kantordesacibodas",
        "197001011990031001",
        "nip19700101199003",
    ],
)
def test_what_the_office_itself_suggests_is_refused(password: str) -> None:
    with pytest.raises(InputError, match=r"kata kantor|paling sering"):
        check(password)


def test_before_the_set_up_the_office_has_no_words() -> None:
    check_password("mekarsari-2026", "sari.w")

    with pytest.raises(InputError):
        check_password("mekarsari-2026", "sari.w", office=OFFICE)


def test_the_lists_hold_what_the_standard_asks_for() -> None:
    common = password_rules.common_passwords()

    assert len(common) > 10_000
    assert sum(len(word) >= 10 for word in common) > 1_000
    assert {"qwertyuiop", "bismillah", "alhamdulillah", "manchester"} <= common


def test_first_passwords_differ_and_pass_the_rules() -> None:
    made = {first_password() for _ in range(200)}

    assert len(made) == 200
    for password in made:
        check(password)
        words = password.split()
        assert len(words) == 4
        assert words[3].isdigit()
        assert len({*words[:3]}) == 3


def test_the_words_are_enough_to_choose_from() -> None:
    words = password_rules.words_of("words.txt")

    assert len(words) == len(set(words)) > 350
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)


def test_a_missing_list_is_told_and_no_password_is_let_through(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    password_rules.common_passwords.cache_clear()
    monkeypatch.setattr(password_rules, "resource", lambda *_: tmp_path / "gone")

    with pytest.raises(MachineError, match="Daftar kata sandi"):
        check("tiga kata lucu")
    password_rules.common_passwords.cache_clear()


def test_the_lists_are_read_only_when_a_password_is_set() -> None:
    import subprocess
    import sys

    program = (
        "from kecamatan_desk.usecases import entrance, password_rules\n"
        "assert password_rules.common_passwords.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
