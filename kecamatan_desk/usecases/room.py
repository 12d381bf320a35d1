"""Room on the disk, in the office's words: a warning in time, and nothing new on a full disk."""

from kecamatan_desk.domain.errors import MachineError
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.space import STOP, WARNING, can_write
from kecamatan_desk.usecases.desk import UnitOfWork


def require_room(work: UnitOfWork) -> None:
    """Refuse new registrations on a disk that is nearly full; MachineError, nothing is spent.

    Called where a new request or a line of the book begins. What has begun goes on: signing,
    handing over, voiding, closing (reliability P5).
    """
    free = work.room()
    if free < STOP:
        raise MachineError(
            f"Cakram hampir penuh (sisa {_size(free)}), jadi permohonan dan nomor baru berhenti "
            "dulu. Tidak ada yang hilang dan nomor tidak terpakai; tanda tangan dan penyerahan "
            f"tetap dapat. Kosongkan cakram sampai lebih dari {_size(STOP)}, lalu ulangi."
        )


def room_warning(work: UnitOfWork) -> str:
    """Give the sentence the window shows while the disk is getting full; "" while it is not."""
    free = work.room()
    if free >= WARNING:
        return ""
    if free < STOP:
        return (
            f"Cakram hampir penuh: sisa {_size(free)}. Permohonan dan nomor baru berhenti dulu; "
            "tanda tangan dan penyerahan tetap dapat. Kosongkan cakram sekarang."
        )
    return (
        f"Ruang cakram tinggal {_size(free)}. Pindahkan atau hapus berkas lain di komputer ini; "
        f"di bawah {_size(STOP)} permohonan baru berhenti."
    )


def has_room(place: Place) -> bool:
    """Tell, before anybody is signed in, whether a place's disk takes anything at all."""
    return can_write(place.root)


def _size(free: int) -> str:
    return f"{max(free, 0) >> 20} MB"
