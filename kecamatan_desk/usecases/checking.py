"""``check``: is everything still as it was written? Reads only, needs nobody signed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from kecamatan_desk.domain.anchors import Anchor, AnchorVerdict
from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.audit import Finding, audit
from kecamatan_desk.persistence.vault import Vault

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

    A backup vault is checked too: its newest set and every paper in it, as they were sealed.
    MachineError when there is no data here, or data of another version of the program.
    """
    if not place.exists and Vault(place.root).office() is not None:
        return _check_vault(Vault(place.root))
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


def _check_vault(vault: Vault) -> CheckReport:
    """Compare the newest set with its seal, which says that it was proved when it was made."""
    sets = vault.sealed()
    if not sets:
        told = "Tidak ada cadangan yang sudah lulus pemeriksaan di folder ini."
        return CheckReport(False, {"cadangan": 0}, (Finding("cadangan", "", "", told),))
    faults = vault.verify(sets[-1])
    findings = tuple(Finding("cadangan", sets[-1].name, "", fault) for fault in faults)
    counted = {"cadangan": len(sets), "event": sets[-1].seq, "berkas surat": sets[-1].papers}
    return CheckReport(not findings, counted, findings)
