"""``check``: is everything still as it was written? Reads only, needs nobody signed in."""

from dataclasses import dataclass

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import Finding, audit

__all__ = ["CheckReport", "Finding", "check_place"]

NOT_COVERED = (
    "draf dan isian permohonan yang belum masuk buku",
    "pengguna, masa jabatan dan penunjukan pejabat, pengaturan kantor, dan kalender",
    "data pemohon yang dipakai ulang",
    "catatan waktu langkah dan jeda",
    "penulisan ulang seluruh rantai: itu hanya tampak dari halaman penutup yang dicetak dan "
    "ditandatangani, atau dari salinan cadangan",
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked (counts), what is wrong, and what no check of this kind can tell."""

    ok: bool
    checked: dict[str, int]
    findings: tuple[Finding, ...]
    not_covered: tuple[str, ...] = NOT_COVERED


def check_place(place: Place) -> CheckReport:
    """Check a place, or a copy of one; beside a running window too. Writes nothing.

    MachineError when there is no data here, or data of another version of the program.
    """
    database = place.current_database
    if not database.is_file():
        raise MachineError(
            f"Berkas data {database} tidak ada. Tidak ada yang diubah; pilih folder data yang "
            "benar."
        )
    result = audit(database, place.documents)
    findings = list(result.findings)
    if result.unlisted:
        findings.append(Finding("banyak", "", "", f"Dan {result.unlisted} temuan lain."))
    return CheckReport(not findings, dict(result.checked), tuple(findings))
