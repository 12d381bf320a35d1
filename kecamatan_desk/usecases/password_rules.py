"""Which passwords and PINs are acceptable, and the first password an administrator hands over.

Sources: ASVS 2.1 (length, no composition rules, no expiry, common passwords refused). A password
set under older rules goes on being valid; the rules are asked at the next change. The lists of
`resources/passwords` are read when a password is set or made, never at start.
"""

import re
import secrets
from functools import cache
from itertools import pairwise

from kecamatan_desk.domain.errors import InputError, MachineError
from kecamatan_desk.resources import resource
from kecamatan_desk.usecases.office_values import OfficeProfile

SHORTEST, LONGEST = 10, 128  # characters

_LISTS = ("common.txt", "common-id.txt")
#: What somebody writes instead of a letter, and hopes that nobody thinks of it.
_INSTEAD = str.maketrans("@4031!57$", "aaoeiists")
_EDGES = "0123456789 \t!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_OFFICE = frozenset(
    (
        *("kecamatan", "kec", "kelurahan", "kel", "desa", "kabupaten", "kab", "kota", "provinsi"),
        *("camat", "sekcam", "lurah", "kades", "kasi", "pegawai", "petugas", "operator"),
        *("admin", "administrator", "administrasi", "register", "verifikasi", "pelayanan"),
        *("kantor", "umum", "publik", "pemerintah", "indonesia", "paten"),
        *("sandi", "kata", "password"),
    )
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def check_password(
    password: str,
    username: str,
    *,
    name: str = "",
    nip: str = "",
    office: OfficeProfile | None = None,
    field: str = "password",
) -> None:
    """Refuse a password that is too short, too long, common, or made of the office's own words.

    ``office`` None: before the office has a name. InputError at ``field``.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"Kata sandi harus {SHORTEST} sampai {LONGEST} huruf. Belum ada yang berubah; "
            "pakai misalnya tiga kata yang mudah diingat.",
            field,
        )
    if _is_simple(password) or _is_common(password):
        raise InputError(
            "Kata sandi ini termasuk yang paling sering dipakai orang, jadi mudah ditebak. Belum "
            "ada yang berubah; pakai misalnya tiga kata yang tidak berhubungan.",
            field,
        )
    if _is_of_the_office(password, _own_words(username, name, office), nip):
        raise InputError(
            "Kata sandi ini hanya berisi kata kantor, nama desa, nama Anda, atau NIP, jadi mudah "
            "ditebak. Belum ada yang berubah; pakai misalnya tiga kata yang tidak berhubungan "
            "dengan kantor.",
            field,
        )


def check_pin(pin: str, nip: str = "", field: str = "pin") -> None:
    """Refuse a PIN that is not six digits or that a colleague would try first."""
    if len(pin) != 6 or not (pin.isascii() and pin.isdigit()):
        raise InputError("PIN harus tepat 6 angka. Belum ada yang berubah; ketik 6 angka.", field)
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    born = nip[:8]  # YYYYMMDD
    birthday = {born[2:], born[6:] + born[4:6] + born[2:4]} if len(nip) == 18 else set()
    if steps in ({0}, {1}, {-1}) or pin[:3] == pin[3:] or pin in birthday:
        raise InputError(
            "PIN ini terlalu mudah ditebak (angka sama, berurutan, berulang, atau tanggal lahir). "
            "Belum ada yang berubah; pilih 6 angka lain.",
            field,
        )


def first_password() -> str:
    """Make a password to hand over: three words and two figures, about 32 bits.

    Enough until the next sign-in, where it must be changed: guesses are counted. MachineError
    when the list of words is missing.
    """
    words = words_of("words.txt")
    chosen: list[str] = []
    while len(chosen) < 3:
        word = secrets.choice(words)
        if word not in chosen:
            chosen.append(word)
    return f"{' '.join(chosen)} {secrets.randbelow(90) + 10}"


def _is_simple(password: str) -> bool:
    """Tell whether it is few characters repeated, one piece repeated, or a run such as abcdef."""
    if len(set(password.casefold())) < 5:
        return True
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    return steps <= {1, -9} or steps <= {-1, 9}  # also over the 9 to the 0


def _is_common(password: str) -> bool:
    known = common_passwords()
    return any(form in known for form in _forms(password.casefold()))


def _forms(folded: str) -> set[str]:
    """Give what a password is at bottom: marks at its ends, spaces and disguises taken away."""
    forms = {folded, folded.strip(_EDGES)}
    forms |= {form.translate(_INSTEAD) for form in tuple(forms)}
    forms |= {form.strip(_EDGES) for form in tuple(forms)}
    forms |= {"".join(form.split()) for form in tuple(forms)}
    forms |= {_piece(form) for form in tuple(forms)}
    return {form for form in forms if len(form) > 2}


def _piece(text: str) -> str:
    """Give the part a text repeats; the text itself when it repeats none."""
    at = (text + text).find(text, 1)
    return text[:at] if 0 < at < len(text) else text


def _own_words(username: str, name: str, office: OfficeProfile | None) -> set[str]:
    texts = [username, name]
    if office is not None:
        texts += [office.name, office.regency, office.province, office.place, office.abbreviation]
        texts += office.villages
    words = {word for text in texts for word in _WORD.findall(text.casefold())}
    whole = {"".join(sign for sign in text.casefold() if sign.isalpha()) for text in texts}
    return words | (whole - {""}) | _OFFICE


def _is_of_the_office(password: str, words: set[str], nip: str) -> bool:
    """Tell whether nothing is left of a password without the office's own words and figures."""
    folded = password.casefold()
    digits = "".join(sign for sign in folded if sign.isdigit())
    if len(digits) >= 8 and nip and (digits in nip or nip in digits):
        return True
    plain = ("".join(s for s in form if s.isalpha()) for form in (folded, _undisguised(folded)))
    return any(letters and _made_of(letters, words) for letters in plain)


def _undisguised(folded: str) -> str:
    return folded.strip(_EDGES).translate(_INSTEAD)


def _made_of(letters: str, words: set[str]) -> bool:
    """Tell whether letters are words of a set, one behind the other."""
    reached = {0}
    for end in range(1, len(letters) + 1):
        if any(letters[start:end] in words for start in reached):
            reached.add(end)
    return len(letters) in reached


@cache
def common_passwords() -> frozenset[str]:
    """Give what nobody may choose, in small letters; read once."""
    return frozenset(word for name in _LISTS for word in words_of(name))


def words_of(name: str) -> list[str]:
    """Read one of the lists; MachineError when it is missing."""
    try:
        text = resource("passwords", name).read_text(encoding="utf-8")
    except OSError as error:
        raise MachineError(
            "Daftar kata sandi program tidak terbaca, jadi kata sandi baru tidak dapat diperiksa. "
            "Belum ada yang berubah; mintalah teknisi memasang ulang program."
        ) from error
    return [line for line in text.splitlines() if line and not line.startswith("#")]
