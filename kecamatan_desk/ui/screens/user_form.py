"""The form of a user, and the words his form and the list of users show."""

from __future__ import annotations

from typing import Any

from kecamatan_desk.domain.people import grouped_nip
from kecamatan_desk.domain.roles import STAFF
from kecamatan_desk.ui.format import offices_text
from kecamatan_desk.usecases.people_values import UserRow
from kecamatan_desk.workflows.vocabulary import Field, FieldKind

#: Ranks as the signature block prints them, the highest first; PPPK and others are typed.
RANKS = (
    "Pembina Utama (IV/e)",
    "Pembina Utama Madya (IV/d)",
    "Pembina Utama Muda (IV/c)",
    "Pembina Tk. I (IV/b)",
    "Pembina (IV/a)",
    "Penata Tk. I (III/d)",
    "Penata (III/c)",
    "Penata Muda Tk. I (III/b)",
    "Penata Muda (III/a)",
    "Pengatur Tk. I (II/d)",
    "Pengatur (II/c)",
    "Pengatur Muda Tk. I (II/b)",
    "Pengatur Muda (II/a)",
    "Juru Tk. I (I/d)",
    "Juru (I/c)",
    "Juru Muda Tk. I (I/b)",
    "Juru Muda (I/a)",
)

#: Codes are those of `UserInput`, so that a refusal finds its field.
PERSON = (
    Field("name", "Nama lengkap dan gelar (seperti dicetak)", required=True, span=8, length=100),
    Field("username", "Nama pengguna", required=True, length=30, hint="misalnya sari.w"),
    Field("nip", "NIP, 18 angka (boleh kosong)", length=30),
    # offers the ranks, and takes others: a PPPK's "Golongan IX"
    Field("rank", "Pangkat (golongan/ruang)", FieldKind.VILLAGE, span=5, length=60),
    Field("active", "Boleh masuk", FieldKind.YES_NO, required=True, span=3),
)
ROLES = (
    Field(
        "roles",
        "Peran (sedikitnya satu; spasi mencentang)",
        FieldKind.MULTI_CHOICE,
        required=True,
        choices=tuple(role.label for role in STAFF),
        span=12,
    ),
)
SECRETS = (
    Field("password", "Kata sandi", span=3, length=128),
    Field("again", "Kata sandi sekali lagi", span=3, length=128),
    Field("pin", "PIN, 6 angka", span=3, length=6),
    Field("pin_again", "PIN sekali lagi", span=3, length=6),
)
SECRET_CODES = ("password", "again", "pin", "pin_again")
UNRANKED = "Pangkat kosong: baris pangkat tidak tercetak di bawah nama pada surat."
KEEP = (
    "Kosongkan yang tidak diganti. Kata sandi yang diberikan di sini harus diganti pemiliknya saat "
    "masuk; menggantinya sendiri ada pada menu Saya."
)
FIRST = "Kata sandi pertama, 10 huruf atau lebih. Pemiliknya harus menggantinya saat masuk."
MADE = "Catat dan serahkan: {} – tampil sekali ini saja, dan diganti saat ia masuk."


def values_of(user: UserRow | None) -> dict[str, Any]:
    """Give what the form shows of a user; None: an empty form. Secrets are never shown."""
    empty: dict[str, Any] = dict.fromkeys(SECRET_CODES, "")
    if user is None:
        return (
            empty
            | {"name": "", "username": "", "nip": "", "rank": "", "active": "ya"}
            | {"roles": []}
        )
    return empty | {
        "name": user.name,
        "username": user.username,
        "nip": grouped_nip(user.nip),
        "rank": user.rank,
        "active": "ya" if user.active else "tidak",
        "roles": [role.label for role in user.roles],
    }


def standing_words(user: UserRow | None) -> str:
    """Say whether he may come in, and what keeps him out."""
    if user is None:
        return "Isi orangnya, centang perannya, beri kata sandi pertama."
    password = "kata sandi sudah ada" if user.has_password else "belum ada kata sandi"
    pin = "PIN sudah ada" if user.has_pin else "belum ada PIN"
    said = f"{'Aktif' if user.active else 'Tidak aktif'}; {password}; {pin}."
    if user.locked:
        said += " Terlalu banyak kata sandi salah: percobaan berikutnya harus menunggu."
    elif user.active and user.must_change and user.has_password:
        said += " Kata sandi yang diberikan belum diganti pemiliknya."
    held = {one.role for one in user.held}
    gone = [role.short for role in user.roles if user.active and role not in held]
    if gone:
        said += f" Menurut menu Pejabat, hari ini tidak menjabat {', '.join(gone)}."
    return said


def name_of(user: UserRow) -> str:
    """Give how the list calls a user."""
    return user.name


def line_of(user: UserRow) -> str:
    """Give the line below the name: his offices today, or that he is shut out."""
    if user.active:
        offices = offices_text(user.held, short=True)
        return f"terkunci · {offices}" if user.locked else offices
    return f"tidak aktif: {', '.join(role.short for role in user.roles)}"


def is_active(user: UserRow) -> bool:
    """Tell whether he may come in."""
    return user.active


def after_others(user: UserRow) -> tuple[bool, str]:
    """Order the list: who is shut out last, else by name."""
    return (not user.active, user.name.casefold())
