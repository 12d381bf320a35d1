"""``check``: is everything still as it was written? Reads only, needs nobody signed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from kecamatan_desk.domain.anchors import Anchor, AnchorVerdict
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
    "ditandatangani (ketik sidiknya dengan --anchor), atau dari salinan cadangan",
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked (counts), what is wrong, and what no check of this kind can tell.

    ``anchors``: what was typed from paper, compared with the chain. ``ok`` asks for both.
    """

    ok: bool
    checked: dict[str, int]
    findings: tuple[Finding, ...]
    not_covered: tuple[str, ...] = NOT_COVERED
    anchors: tuple[AnchorVerdict, ...] = ()


def check_place(place: Place, anchors: Sequence[Anchor] = ()) -> CheckReport:
    """Check a place, or a copy of one; beside a running window too. Writes nothing.

    MachineError when there is no data here, or data of another version of the program.
    """
    database = place.current_database
    if not database.is_file():
        raise MachineError(
            f"Berkas data {database} tidak ada. Tidak ada yang diubah; pilih folder data yang "
            "benar."
        )
    result = audit(database, place.documents, anchors)
    findings = list(result.findings)
    if result.unlisted:
        findings.append(Finding("banyak", "", "", f"Dan {result.unlisted} temuan lain."))
    whole = not findings and all(verdict.ok for verdict in result.verdicts)
    return CheckReport(whole, dict(result.checked), tuple(findings), anchors=result.verdicts)
