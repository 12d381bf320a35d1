"""Why somebody looks into a file that is not his work, or takes data out: a short list, or words.

Source: UU 27/2022 art. 16 and 46 (the purpose of each use; whose data were seen or left, when).
"""

from dataclasses import dataclass

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.text import checked_text
from kecamatan_desk.persistence.chain import Link
from kecamatan_desk.persistence.tables import ContentRecord

OTHER = "lain"
#: Why a file is opened. The first is what the counter needs with one key.
LOOK_UPS = {
    "pemohon": "Permintaan pemohon",
    "pemeriksaan": "Pemeriksaan berkas",
    "instansi": "Permintaan instansi",
    OTHER: "Lainnya",
}
#: Why data leave as a file.
EXPORTS = {
    "arsip": "Arsip kantor",
    "laporan": "Laporan kepada atasan",
    "instansi": "Permintaan instansi",
    "pemohon": "Permintaan pemohon",
    OTHER: "Lainnya",
}
#: Why a hidden reporter's identity is opened.
IDENTITIES = {
    "penanganan": "Penanganan aduan",
    "pelapor": "Permintaan pelapor sendiri",
    "penegak-hukum": "Permintaan penegak hukum",
    OTHER: "Lainnya",
}
#: Why everything that is kept of one person is put together.
PERSONS = {
    "subjek": "Permintaan orang yang bersangkutan",
    "pemeriksaan": "Pemeriksaan data",
    OTHER: "Lainnya",
}
WORDS = EXPORTS | LOOK_UPS | IDENTITIES | PERSONS

_LEAST, _MOST = 5, 200  # characters of a reason in one's own words


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of the list, or OTHER with words of one's own."""

    kind: str
    words: str = ""


def keep_reason(link: Link, reason: Reason) -> dict[str, str]:
    """Give what the event tells of a reason; words of one's own lie beside it, as they may name.

    InputError (field ``alasan``) for one that is not on any list, or says nothing.
    """
    words = checked_words(reason)
    if words:
        link.add(ContentRecord, kind="alasan", body=words)
    return {"reason": reason.kind}


def checked_words(reason: Reason) -> str:
    """Give a reason's own words, cleaned; InputError as `keep_reason`, which nothing precedes."""
    words = checked_text(reason.words, "Alasan", _MOST, "alasan")
    if reason.kind not in WORDS or (reason.kind == OTHER and len(words) < _LEAST):
        raise InputError(
            "Alasan belum disebut. Tidak ada yang dibuka atau keluar; pilih dari daftar, atau "
            "tulis dengan kata sendiri.",
            "alasan",
        )
    return words
