"""Whether a year may group its numbers in a way: asked when its book is opened."""

from kecamatan_desk.domain.errors import InputError, RuleError
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.office import check_numbers
from kecamatan_desk.usecases.series import MODES, has_numbers, mode_of


def refuse_mode(work: UnitOfWork, year: int, mode: str) -> None:
    """Raise when the book of a year may not be opened with this way of grouping numbers.

    InputError for one that is not known, RuleError when the year has given numbers in another way
    already, or the office's pattern would write two letters alike.
    """
    if mode not in MODES:
        raise InputError(
            f"Cara penomoran “{mode}” tidak dikenal. Tidak ada yang berubah; pilih dari daftar.",
            "series",
        )
    if mode != mode_of(work, year) and has_numbers(work, year):
        raise RuleError(
            f"Tahun {year} sudah memakai nomor dengan cara “{MODES[mode_of(work, year)]}”, jadi "
            "caranya tidak dapat diganti lagi. Tidak ada yang berubah; ganti pada pembukaan buku "
            f"tahun {year + 1}.",
            "series",
        )
    check_numbers(work.office, work.service_choices, (mode,))
