"""What the drawer asks about a request: why it waits, to whom it goes back, how it ends."""

from __future__ import annotations

from collections.abc import Callable

from kecamatan_desk.ui.screens.deed_bar import is_paused
from kecamatan_desk.ui.screens.deeds import allowed, endings
from kecamatan_desk.ui.screens.drawer import Choice, Question
from kecamatan_desk.usecases import processing
from kecamatan_desk.usecases.values import RequestView
from kecamatan_desk.workflows.engine import Act

PAUSE, BACK, END, EMERGENCY = "jeda", "kembali", "akhiri", "darurat"


def pause_question(view: RequestView) -> Question | None:
    """Ask why a file waits; None where it may not, or does already."""
    if is_paused(view) or not view.may_pause:
        return None
    choices = tuple(
        Choice(kind, kind, "Mulai jeda", "Catatan", needed=False) for kind in processing.PAUSES
    )
    return Question(PAUSE, "Jeda: mengapa berkas ini menunggu?", choices)


def back_question(view: RequestView) -> Question | None:
    """Ask to whom a file goes back and what is to be mended; None where it cannot."""
    way = allowed(view, Act.SEND_BACK)
    if way is None:
        return None
    choices = tuple(
        Choice(code, words, f"Kembalikan ke {_before_colon(words)}", "Yang harus diperbaiki")
        for code, words in way.targets
    )
    title = "Kembalikan untuk diperbaiki kepada"
    if len(choices) == 1:
        title += f" {choices[0].words}"
    hint = "misalnya: tanggal lahir pada surat tidak sama dengan KTP"
    return Question(BACK, title, choices, hint)


def end_question(view: RequestView) -> Question | None:
    """Ask how a file ends and why: refused, closed or cancelled; None where it may not."""
    ways = endings(view)
    if not ways:
        return None
    choices = tuple(Choice(way, way.words, way.words, way.reason) for way in ways)
    title = choices[0].words if len(choices) == 1 else "Akhiri permohonan ini"
    return Question(END, title, choices)


def emergency_question(view: RequestView) -> Question | None:
    """Ask why who verified must sign today himself; None where he need not or may not."""
    if not view.emergency:
        return None
    words = "Minta izin darurat"
    choices = tuple(
        Choice(who, f"{name} menandatangani", words, "Alasan") for who, name in view.emergency
    )
    title = "Izin darurat hari ini: yang memverifikasi menandatangani, karena atasan tidak ada"
    hint = "misalnya: Sekcam dan Camat rapat di kabupaten, pemohon menunggu surat hari ini"
    return Question(EMERGENCY, title, choices, hint)


def _before_colon(words: str) -> str:
    return words.partition(":")[0]


#: Name of a question -> how it is asked of a request.
QUESTIONS: dict[str, Callable[[RequestView], Question | None]] = {
    PAUSE: pause_question,
    BACK: back_question,
    END: end_question,
    EMERGENCY: emergency_question,
}
