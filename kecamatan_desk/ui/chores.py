"""What is done once in every session, by itself: numbers proved, what is overdue closed, erased."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kecamatan_desk.domain.roles import ON_FILES, Role
from kecamatan_desk.ui.screen import ScreenContext, new_op_id
from kecamatan_desk.usecases.attachments import erase_due
from kecamatan_desk.usecases.number_proof import NumberFault, proof_words, prove_numbers
from kecamatan_desk.usecases.processing import expire_overdue


class Chores(QObject):
    """Stands beside the shell of one session; tells in the message bar what came of them."""

    def __init__(self, parent: QObject, context: ScreenContext) -> None:
        super().__init__(parent)
        self._context = context
        self._went_on = False

    def begin(self) -> None:
        """Close, with the first list, the files whose applicants did not come back in time."""
        if {Role.PELAYANAN, Role.TIM_TEKNIS} & set(self._context.user.roles):
            self._context.background.quiet(self._tell_expired, expire_overdue, new_op_id())

    def go_on(self) -> None:
        """Prove the numbers and erase the scans whose time is over; a second time does nothing."""
        if self._went_on:
            return
        self._went_on = True
        self._context.background.job(self._tell_proof, prove_numbers)
        if set(ON_FILES) & set(self._context.user.roles):
            self._context.background.print_job(self._tell_erased, erase_due, new_op_id())

    def _tell_expired(self, closed: int) -> None:
        if closed:
            self._context.messages.said.emit(
                f"{closed} berkas ditutup kedaluwarsa: pemohon tidak kembali sampai batas waktu.",
                None,
            )
            self._context.background.announce()

    def _tell_proof(self, faults: tuple[NumberFault, ...]) -> None:
        if faults:
            self._context.messages.complained.emit(proof_words(faults), None)

    def _tell_erased(self, erased: int) -> None:
        if erased:
            self._context.messages.said.emit(
                f"{erased} lampiran dihapus: masa simpannya sudah habis (Kantor dan kop surat).",
                None,
            )
