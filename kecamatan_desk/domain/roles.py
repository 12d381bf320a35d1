"""The roles of the office and who stands above whom."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """Who may act. The value is stored and never changes; the label is what people read."""

    PEMOHON = "pemohon"
    PELAYANAN = "pelayanan"
    VERIFIKASI = "verifikasi"
    REGISTER = "register"
    KASI = "kasi"
    SEKCAM = "sekcam"
    CAMAT = "camat"
    TIM_TEKNIS = "tim-teknis"
    PENGOLAH_DATA = "pengolah-data"
    TIM_PENGADUAN = "tim-pengaduan"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The full name of the role, in the SOP's words."""
        return _LABELS[self][0]

    @property
    def short(self) -> str:
        """The name that fits a lane of the SOP picture or an entry of the rail."""
        return _LABELS[self][1]


_LABELS = {
    Role.PEMOHON: ("Pemohon", "Pemohon"),
    Role.PELAYANAN: ("Petugas Pelayanan", "Pelayanan"),
    Role.VERIFIKASI: ("Petugas Verifikasi", "Verifikasi"),
    Role.REGISTER: ("Petugas Register", "Register"),
    Role.KASI: ("Kasi Pelayanan dan Perizinan", "Kasi"),
    Role.SEKCAM: ("Sekretaris Kecamatan", "Sekcam"),
    Role.CAMAT: ("Camat", "Camat"),
    Role.TIM_TEKNIS: ("Tim Teknis", "Tim Teknis"),
    Role.PENGOLAH_DATA: ("Pengolah Data", "Pengolah Data"),
    Role.TIM_PENGADUAN: ("Tim Pengaduan", "Tim Pengaduan"),
    Role.ADMIN: ("Administrator", "Administrasi"),
}

#: The officials who decide on paper, lowest first: a superior in line may act for those below him.
OFFICIALS = (Role.KASI, Role.SEKCAM, Role.CAMAT)

#: Roles a user can be given: everybody but the applicant, who never signs in.
STAFF = tuple(role for role in Role if role is not Role.PEMOHON)

#: Who works on files and reads the books: everybody but the administrator.
ON_FILES = tuple(role for role in STAFF if role is not Role.ADMIN)


def either(roles: Iterable[Role]) -> str:
    """Name all roles that may, as one says it: "Petugas Register, Kasi, Sekcam atau Camat"."""
    asked = dict.fromkeys(roles)
    if set(ON_FILES) <= set(asked):
        whole = "petugas dan pejabat pelayanan"
        return f"{whole} atau {Role.ADMIN.label}" if Role.ADMIN in asked else whole
    if len(asked) == 1:
        return next(iter(asked)).label
    *others, last = (role.short if role in OFFICIALS else role.label for role in asked)
    return f"{', '.join(others)} atau {last}"


def superiors(role: Role) -> tuple[Role, ...]:
    """Give the roles above an official's role, the nearest first; nothing for other roles."""
    return OFFICIALS[OFFICIALS.index(role) + 1 :] if role in OFFICIALS else ()
