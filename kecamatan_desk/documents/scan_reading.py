"""Looking into a scan somebody brought: in a process of its own, with little memory and time.

A picture comes back encoded anew, so that nothing but its pixels is kept: no place it was taken at,
no second file hidden behind it. A PDF is kept as it is, once all its pages could be pictured within
the limits. Source: reliability bar 3.10; measured there: a PDF of 3 kB can ask for 1 GB.
"""

from __future__ import annotations

import io
import multiprocessing
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from kecamatan_desk.domain.errors import InputError
from kecamatan_desk.domain.scans import JPEG, MOST_PAGES, MOST_PIXELS, PDF, PNG, kind_of

_MEMORY = 640 * 1024**2  # bytes of address space: a colour page of A3 at 600 dpi fits
_SECONDS = 10  # of processor time
_PATIENCE = 30.0  # seconds until a process that sleeps is ended
_LONGEST_SIDE = 3508  # px: A4 at 300 dpi, more is not readable any better
_LARGE_PNG = 4 * 1024 * 1024
_GLANCE = 120  # px: width in which the pages of a PDF are tried

_WORDS = {
    "kind": "Berkas ini bukan PDF, JPG, atau PNG, apa pun namanya.",
    "locked": "PDF ini dikunci dengan kata sandi.",
    "broken": "Berkas ini rusak atau tidak dapat dibaca.",
    "pages": f"PDF ini berhalaman lebih dari {MOST_PAGES}.",
    "pixels": "Gambar ini terlalu besar ukurannya (lebih dari 80 juta titik).",
    "limits": "Berkas ini perlu memori atau waktu yang tidak wajar untuk dibuka.",
}
_WAY_OUT = " Tidak ada yang disimpan; pindai ulang sebagai PDF, JPG, atau PNG biasa."


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan as it will be kept: kind (pdf, jpg, png), number of pages, bytes."""

    kind: str
    pages: int
    content: bytes


def read_scan(content: bytes) -> Scan:
    """Give a scan as it may be kept; InputError, in words, for what may not.

    Runs a process of its own and waits for it: call it from a worker.
    """
    if kind_of(content[:16]) is None:
        raise _refusal("kind")
    context = multiprocessing.get_context("spawn")  # a fork would hold the database's locks
    ours, theirs = context.Pipe()
    child = context.Process(target=_examine, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    try:
        ours.send_bytes(content)
        if not ours.poll(_PATIENCE):
            raise _refusal("limits")
        told = ours.recv()
    except (EOFError, OSError) as error:  # the system has ended it
        raise _refusal("limits") from error
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(told, str):
        raise _refusal(told)
    return Scan(*told)


def scan_as_pdf(kind: str, content: bytes) -> bytes:
    """Give a kept scan as a PDF, for the preview: a picture becomes one page of A4 width."""
    if kind == PDF:
        return content
    from PIL import Image

    sheet = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        plain = picture.convert("RGB")
        plain.save(sheet, "PDF", resolution=max(plain.width / 8.27, 36))
    return sheet.getvalue()


def _refusal(why: str) -> InputError:
    return InputError(_WORDS[why] + _WAY_OUT, "scan")


# --- in the other process ------------------------------------------------------------------------


class _UnfitError(Exception):
    """Carries the key of the sentence that says why a scan is not kept."""


def _examine(line: Connection[Any, Any]) -> None:
    """Read a scan from the line, answer (kind, pages, bytes) or the key of a sentence."""
    _limit()
    answer: tuple[str, int, bytes] | str
    try:
        content = line.recv_bytes()
        kind = kind_of(content[:16])
        answer = _pdf(content) if kind == PDF else _picture(content, str(kind))
    except _UnfitError as error:
        answer = str(error)
    except (MemoryError, RecursionError):
        answer = "limits"
    except Exception:
        answer = "broken"
    line.send(answer)


def _limit() -> None:
    """Take memory and time from this process; Windows has only the patience of who waits."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pdf(content: bytes) -> tuple[str, int, bytes]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _UnfitError("locked" if "assword" in str(error) else "broken") from error
    count = len(document)
    if not count:
        raise _UnfitError("broken")
    if count > MOST_PAGES:
        raise _UnfitError("pages")
    for number in range(count):
        page = document[number]
        wide = max(page.get_width(), page.get_height(), 1.0)
        page.render(scale=_GLANCE / wide).close()
        page.close()
    document.close()
    return PDF, count, content


def _picture(content: bytes, kind: str) -> tuple[str, int, bytes]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        if picture.width * picture.height > MOST_PIXELS:
            raise _UnfitError("pixels")
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # a JPEG may be read smaller at once
        upright = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _UnfitError("pixels") from error
    plain = upright.convert("L" if upright.mode in ("1", "L", "I", "I;16", "LA") else "RGB")
    if "A" in upright.getbands():  # what is clear is paper
        paper = Image.new(plain.mode, plain.size, "white")
        paper.paste(plain, mask=upright.getchannel("A"))
        plain = paper
    plain.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    fresh = Image.frombytes(plain.mode, plain.size, plain.tobytes())  # no note comes along
    kept = io.BytesIO()
    if kind == PNG:
        fresh.save(kept, "PNG", optimize=True)
        if kept.tell() <= _LARGE_PNG:
            return PNG, 1, kept.getvalue()
        kept = io.BytesIO()
    fresh.save(kept, "JPEG", quality=85, optimize=True)
    return JPEG, 1, kept.getvalue()
