"""Printing through a real CUPS queue: the paper arrives in its true size."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kecamatan_desk.documents.pictures import RawPicture, page_picture, page_sizes
from kecamatan_desk.documents.profiles import BOOK, TICKET, Profile, Use
from kecamatan_desk.documents.test_page import TestPage, draw_test_page
from tests.ui.cups_queue import QUEUE, Queue, lacking, print_server, printed

pytestmark = [
    pytest.mark.skipif(bool(lacking()), reason=lacking()),
    pytest.mark.xdist_group("cups"),
]
_ROOT = Path(__file__).parents[2]
_FINE = 10  # px per mm of the pictures
_DARK = 110

SendPaper = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def queue() -> Iterator[Queue]:
    """A print server for the tests of this file."""
    with print_server() as queue:
        yield queue


@pytest.fixture
def through_queue(queue: Queue, tmp_path: Path) -> SendPaper:
    """Print a PDF in a program of its own and give the PDF that comes out of the queue."""

    def through_queue(pdf: bytes) -> bytes:
        title = f"kd-uji-{uuid4().hex}"
        file = tmp_path / "paper.pdf"
        file.write_bytes(pdf)
        own = {"CUPS_SERVER": queue.server, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.ui.cups_job", QUEUE, str(file), title],
            cwd=_ROOT,
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout} {done.stderr} {queue.log}"
        assert done.stdout.strip() == f"{title} dikirim ke pencetak {QUEUE}."
        return printed(queue, title)

    return through_queue


def _share(picture: RawPicture, across: bool, mm: int) -> float:
    """Give how much of the lines of this mm is dark, in the darkest of them."""
    wide, high = picture.width, picture.height
    best = 0.0
    for n in range(mm * _FINE - 5, mm * _FINE + 6):
        if across:
            row = picture.data[n * picture.stride : n * picture.stride + wide * 4 : 4]
            line = row
        else:
            line = picture.data[n * 4 :: picture.stride]
        best = max(best, sum(1 for value in line if value < _DARK) / (wide if across else high))
    return best


@pytest.mark.parametrize(("paper", "wide", "high"), [("F4", 215, 330), ("A4", 210, 297)])
def test_the_frame_of_the_test_page_arrives_ten_millimetres_from_the_edges(
    through_queue: SendPaper, paper: str, wide: int, high: int
) -> None:
    drawn = draw_test_page(TestPage(Profile(paper), "surat", QUEUE))

    arrived = through_queue(drawn)

    assert page_sizes(arrived) == (pytest.approx((wide, high), abs=0.5),)
    picture = page_picture(arrived, 0, wide * _FINE)
    for mm in (10, high - 10):
        assert _share(picture, True, mm) > 0.8, f"no line {mm} mm from the upper edge"
    for mm in (10, wide - 10):
        assert _share(picture, False, mm) > 0.8, f"no line {mm} mm from the left edge"


@pytest.mark.parametrize(
    ("profile", "use", "size"),
    [(BOOK, "buku", (215, 330)), (TICKET, "tiket", (80, 92))],
)
def test_books_and_tickets_arrive_in_their_true_size(
    through_queue: SendPaper, profile: Profile, use: Use, size: tuple[float, float]
) -> None:
    arrived = through_queue(draw_test_page(TestPage(profile, use, QUEUE)))

    # a book's page is turned on its way to the printer, whose sheets are upright
    assert tuple(sorted(page_sizes(arrived)[0])) == pytest.approx(size, abs=0.5)
