"""Who may take the papers: the applicant himself, or somebody whose relation to him is named.

Source: domain reference 5.2, row hand-over: a receiver who is not the applicant, without anything
recorded of a proxy, is a warning; that another is written down as *Sendiri* is simply untrue.
"""

from collections.abc import Mapping
from typing import Any

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.names import same_name
from kecamatan_desk.usecases.draft_values import FieldNote

HIMSELF, PROXY = "Sendiri", "Kuasa"
LETTER_OF_PROXY = "Surat kuasa"


def require_fitting(applicant: str, receiver: str, relation: str) -> None:
    """Raise InputError when another than the applicant is to receive the papers as *Sendiri*."""
    if relation == HIMSELF and not same_name(applicant, receiver):
        raise InputError(
            "Penerima yang ditulis bukan pemohon, jadi hubungannya bukan “Sendiri”. Belum ada yang "
            "berubah; pilih Keluarga, Kuasa, atau Petugas desa, atau betulkan nama penerima.",
            "hubungan",
        )


def receiver_notes(
    applicant: str, data: Mapping[str, Any], receiver: str, relation: str
) -> tuple[FieldNote, ...]:
    """Warn where another takes the papers than was named at take-in; the officer may go on."""
    if not receiver or same_name(applicant, receiver):
        return ()
    named = str(data.get("kuasa-nama") or "")
    if named and same_name(named, receiver):
        return ()
    told = (
        f"Saat permohonan diterima, yang mengurus tercatat {named}."
        if named
        else "Saat permohonan diterima tidak ada kuasa atau keluarga yang dicatat."
    )
    if relation in (PROXY, ""):
        paper = "Minta surat kuasa bermeterai"
    else:
        paper = "Cocokkan dengan KK atau tanya hubungannya"
    return (FieldNote("penerima", told, f"{paper}. Boleh dilanjutkan."),)
