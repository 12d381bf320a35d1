"""What F12 is at each step: the one table of deeds. Words are the SOP's own.

A screen asks `deed_for(view)`; roles never decide it, the step does, and the acts the view allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.services import service_of
from kecamatan_desk.usecases.values import AllowedAct, RequestView
from kecamatan_desk.workflows.engine import Act, Status
from kecamatan_desk.workflows.vocabulary import Family


class How(Enum):
    """Which use-case finishes the step."""

    CHECK = "check"  # pass_check or fail_check, with the checklist's answers
    APPROVE = "approve"  # approve, with the fields of the step's own form
    RECEIVE = "receive"  # finish_oss, with the step's fields and who received


@dataclass(frozen=True, slots=True)
class Deed:
    """F12 at a step: words, glyph, how, and what the message bar says afterwards."""

    words: str
    how: How
    done: str  # after "Berkas 26-000123-K "
    glyph: str = "check"
    empty: str = ""  # what the empty work place is called


FAIL = Deed(
    "Tidak memenuhi syarat – cetak lembar pengembalian",
    How.CHECK,
    "dikembalikan kepada pemohon (TMS).",
    "printer",
)

#: Step code -> F12. The first decision of D and E is called ``terima`` like the take-in of A to C,
#: which never waits in a work list.
DEEDS: Mapping[str, Deed] = {
    "verifikasi": Deed("Berkas lengkap – beri nomor antrian", How.CHECK, "lengkap"),
    "terima": Deed("Memenuhi syarat – teruskan", How.CHECK, "memenuhi syarat"),
    "validasi": Deed("Validasi selesai – teruskan", How.APPROVE, "tervalidasi"),
    "input-data": Deed("Data sudah diinput – teruskan", How.APPROVE, "sudah diinput"),
    "diterima": Deed("Selesai – catat NIB", How.RECEIVE, "selesai", "package-check"),
    "klasifikasi": Deed("Klasifikasi selesai – teruskan", How.APPROVE, "terklasifikasi"),
    "pertimbangan": Deed("Pertimbangan selesai – teruskan", How.APPROVE, "sudah dipertimbangkan"),
    "keputusan": Deed(
        "Putuskan – beri nomor Berita Acara", How.APPROVE, "sudah diputuskan", "scale"
    ),
    "tanda-tangan": Deed(
        "Sudah ditandatangani", How.APPROVE, "ditandai sudah ditandatangani", "pen-line"
    ),
    "ajukan-ttd": Deed("Paraf – teruskan ke Camat", How.APPROVE, "diparaf", "pen-line"),
}

#: Words that name the next officer, where the table's own are too general.
_WORDS: Mapping[tuple[str, Family], str] = {
    ("terima", Family.D): "Memenuhi syarat – teruskan ke Kasi",
    ("terima", Family.E): "Memenuhi syarat – teruskan ke Tim Pengaduan",
    ("validasi", Family.D): "Validasi selesai – teruskan ke Pengolah Data",
}

#: Empty work places teach: what will come, from whom.
EMPTY: Mapping[Role, tuple[str, str]] = {
    Role.VERIFIKASI: (
        "Belum ada berkas untuk diverifikasi",
        "Berkas muncul di sini begitu Petugas Pelayanan menekan Terima permohonan.",
    ),
    Role.KASI: (
        "Belum ada berkas untuk diperiksa",
        "Berkas muncul di sini begitu Petugas Pelayanan atau Tim Teknis meneruskannya.",
    ),
    Role.SEKCAM: (
        "Belum ada pengaduan untuk dipertimbangkan",
        "Pengaduan muncul di sini begitu Tim Pengaduan selesai mengklasifikasi.",
    ),
    Role.CAMAT: (
        "Belum ada pengaduan untuk diputuskan",
        "Pengaduan muncul di sini begitu Sekretaris Kecamatan memberi pertimbangan.",
    ),
    Role.TIM_TEKNIS: (
        "Belum ada permohonan OSS yang kembali",
        "Permohonan muncul di sini begitu pemohon membawa kembali berkas yang kurang, atau Kasi "
        "mengembalikannya.",
    ),
    Role.PENGOLAH_DATA: (
        "Belum ada data untuk diinput",
        "Berkas OSS muncul di sini begitu Kasi selesai memvalidasi.",
    ),
    Role.TIM_PENGADUAN: (
        "Belum ada pengaduan untuk diklasifikasi",
        "Pengaduan muncul di sini begitu Petugas Pelayanan menerimanya.",
    ),
    Role.PELAYANAN: (
        "Belum ada pengaduan yang kembali",
        "Pengaduan muncul di sini begitu pelapor membawa kembali yang kurang.",
    ),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """A way to end a request: its words, what the reason is called, and the question before it."""

    act: Act
    words: str
    reason: str
    question: str
    yes: str


ENDINGS: tuple[Ending, ...] = (
    Ending(
        Act.REFUSE,
        "Tolak permohonan",
        "Alasan penolakan",
        "Penolakan tidak dapat dibatalkan. Nomor yang sudah terpakai tetap tercatat dalam buku, "
        "bertanda ditolak.",
        "Ya, tolak permohonan",
    ),
    Ending(
        Act.CLOSE,
        "Tutup – tidak dapat dilayani di sini",
        "Alasan, dan ke mana pemohon diarahkan",
        "Berkas yang ditutup tidak dapat dibuka lagi. Pemohon dapat mengajukan permohonan baru.",
        "Ya, tutup berkas",
    ),
    Ending(
        Act.CANCEL,
        "Batalkan permohonan",
        "Alasan pembatalan",
        "Pembatalan tidak dapat ditarik. Nomor yang sudah terpakai tetap tercatat, bertanda batal.",
        "Ya, batalkan permohonan",
    ),
)


def allowed(view: RequestView, act: Act) -> AllowedAct | None:
    """Give how the user may perform an act now himself (not as *dicatat*), or None."""
    return next((one for one in view.acts if one.act is act and not one.recorded), None)


def deed_for(view: RequestView) -> Deed | None:
    """Give what F12 is, or None where the user may not finish this step here."""
    if view.step is None or allowed(view, Act.ADVANCE) is None:
        return None
    return DEEDS.get(view.step)


def deed_words(view: RequestView, deed: Deed) -> str:
    """Give the words of F12, the next officer named where the SOP has only one."""
    service = service_of(view.service)
    if service is None or view.step is None:
        return deed.words
    return _WORDS.get((view.step, service.family), deed.words)


#: Ending a file that stands in the book: its number is voided, so a second person must agree.
VOIDING = Ending(
    Act.CANCEL,
    "Usulkan pembatalan nomor",
    "Alasan pembatalan",
    "Permohonan batal dan barisnya dicoret begitu seorang pejabat menyetujui.",
    "Ya, usulkan",
)


def endings(view: RequestView) -> tuple[Ending, ...]:
    """Give the ways to end this request that the user may take, or ask for."""
    ways = tuple(one for one in ENDINGS if allowed(view, one.act) is not None)
    if view.agenda_number is None:
        return ways
    return tuple(VOIDING if one.act is Act.CANCEL else one for one in ways)


def place_to_go(view: RequestView) -> tuple[Role, str] | None:
    """Give role and kind of list in which the user can do the request's next deed, or None."""
    if view.step is None:
        return None
    if view.status is Status.FAILED:
        back = allowed(view, Act.COME_BACK)
        return (back.role, "tms") if back else None
    way = allowed(view, Act.ADVANCE)
    if way is None:
        return None
    return way.role, "draf" if view.status is Status.DRAFT else list_of(view.step)


def first_deed_words(role: Role, next_step: str | None) -> str:
    """Give the words after *Lanjut:* for a user who also holds the next role."""
    return _NEXT_WORDS.get(next_step or "", f"kerjakan sebagai {role.label}")


def list_of(step: str) -> str:
    """Give the kind of list in which files wait at a step (see `usecases.worklist`)."""
    return _LISTS.get(step, "masuk")


_LISTS = {
    "tanda-tangan": "tanda-tangan",
    "ajukan-ttd": "tanda-tangan",
    "serahkan": "siap",
    "rekam": "siap",
    "sampaikan": "siap",
}
_NEXT_WORDS = {
    "verifikasi": "periksa berkas",
    "register": "beri nomor agenda",
    "validasi": "validasi",
    "input-data": "input data",
    "diterima": "catat NIB",
    "klasifikasi": "klasifikasi",
    "pertimbangan": "pertimbangan",
    "keputusan": "keputusan",
    "tanda-tangan": "tanda tangan",
    "ajukan-ttd": "paraf",
    "serahkan": "serahkan",
    "rekam": "rekam",
    "sampaikan": "sampaikan hasil",
}
