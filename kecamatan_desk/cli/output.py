"""Writing a paper where the user wants it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kecamatan_desk.domain.errors import MachineError


@contextmanager
def written_to(target: Path) -> Iterator[None]:
    """Turn what the disk refuses into what the user can do about it."""
    try:
        yield
    except OSError as error:
        raise MachineError(
            f"{target} tidak dapat ditulis. Data tidak berubah; periksa folder dan ruang cakram, "
            "atau pilih berkas lain."
        ) from error


def write_paper(target: Path, content: bytes) -> None:
    """Write a paper, which appears complete or not at all."""
    half = target.with_name(target.name + ".half")
    with written_to(target):
        try:
            with half.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
