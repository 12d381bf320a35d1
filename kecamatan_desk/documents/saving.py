"""Writing a paper where the user wants it: it appears whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError


@contextmanager
def written_to(target: Path) -> Iterator[None]:
    """Turn what the disk refuses into a MachineError: what the user can do about it."""
    try:
        yield
    except OSError as error:
        raise MachineError(
            f"{target.name} tidak dapat ditulis di {target.absolute().parent}. Data tidak berubah; "
            "tutup berkas itu di program lain, periksa folder dan ruang cakram, atau pilih folder "
            "lain."
        ) from error


@contextmanager
def half_written(target: Path) -> Iterator[Path]:
    """Give a file beside the target to write; it takes the target's place when all went well."""
    half = target.with_name(target.name + ".half")
    try:
        yield half
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def write_paper(target: Path, content: bytes) -> None:
    """Write a paper. MachineError when the disk refuses; what stood there before stays then."""
    with written_to(target), half_written(target) as half:
        half.write_bytes(content)
