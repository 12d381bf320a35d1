"""What the history calls a deed of the SOP: what was done to the file, by which office, to where.

The sheet's own words name what is to be done ("Mengajukan permohonan penandatanganan …", drawn in
the lane of who signs); a history tells what has been done, so that nobody has to know the sheet.
"""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.roles import OFFICIALS, Role
from kecamatan_desk.domain.tenure import STAND_IN, in_office
from kecamatan_desk.workflows.vocabulary import Family, Service

#: Step -> what its end is called; ``{by}`` is the office that decided.
DONE: Mapping[str, str] = {
    "terima": "Permohonan diterima di loket",
    "verifikasi": "Kelengkapan berkas diverifikasi: memenuhi syarat",
    "register": "Berkas divalidasi dan diberi nomor agenda/register",
    "ajukan-ttd": "Berkas diparaf {by}, diajukan kepada Camat untuk ditandatangani",
    "tanda-tangan": "Ditandatangani {by}",
    "serahkan": "Diserahkan kepada pemohon atau yang mewakilinya",
    "rekam": "Perekaman e-KTP selesai",
    "validasi": "Berkas divalidasi {by}",
    "input-data": "Data diinput ke OSS",
    "diterima": "Sertifikat NIB dan IUM diterima pemohon",
    "klasifikasi": "Permasalahan diidentifikasi dan diklasifikasi",
    "pertimbangan": "Dikonfirmasi dan diberi pertimbangan oleh {by}",
    "keputusan": "Keputusan atas permasalahan diambil {by}",
    "sampaikan": "Hasil keputusan disampaikan kepada pelapor",
}
#: Where a step of this name is another one in a family: the first decision at the counter.
_OTHER: Mapping[tuple[str, Family], str] = {
    ("terima", Family.D): "Berkas permohonan diterima dan diverifikasi: memenuhi syarat",
    ("terima", Family.E): "Laporan pengaduan diterima: memenuhi syarat",
}
_AGAIN = "Berkas divalidasi lagi, nomor agenda/register tetap"


def step_done(service: Service, step: str, role: str, payload: Mapping[str, Any]) -> str:
    """Say that a step was finished; "Ditandatangani Plh. Camat" where the office matters."""
    if step == "register" and not payload.keys() & {"number", "inserted"}:
        return _AGAIN
    words = _OTHER.get((step, service.family)) or DONE.get(step) or service.step(step).activity
    return words.format(by=office_of(role, payload))


def sent_back(service: Service, target: str | None) -> str:
    """Say to whom a file was sent back; "" where that is not known."""
    step = next((step for step in service.steps if step.code == target), None)
    return f"Dikembalikan ke {step.officer.label} untuk diperbaiki" if step else ""


def steps_in_short(service: Service | None, codes: list[str]) -> str:
    """Name steps as the SOP picture does: "Terima, Verifikasi, Register"."""
    words = {step.code: step.word or step.activity for step in service.steps} if service else {}
    return ", ".join(words.get(code, code) for code in codes)


def office_of(role: str, payload: Mapping[str, Any]) -> str:
    """Name the office that decided, on screen or on paper: "Kasi", "Plh. Camat"."""
    acting = payload.get("acting", "")
    decided = payload.get("decided") or {}
    office = Role(decided.get("role") or role)
    words = office.short if office in OFFICIALS else office.label
    if not isinstance(acting, str) or acting == STAND_IN:
        return words  # an appointment's event holds its id there; whose work it was stands beside
    return in_office(acting, words)
