"""Letters: drawing one against a bare canvas with the same strings, and the whole act.

The letters are those of a practice office, one of each kind. The bare canvas draws the very same
strings at the same places in the same embedded fonts: it composes, measures and rules nothing and
draws no code. Both take turns, letter by letter. The whole act gives the number, collects what
the letter says, draws it, writes it to the disk and enters it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from reportlab.pdfgen import canvas
from sqlalchemy import select

from benchmarks.measuring import Result, interleaved, median_ms
from benchmarks.offices import copy_request, desk_of, make_office, waiting_for_register
from kecamatan_desk.bootstrap import open_place
from kecamatan_desk.documents.drawing import new_canvas
from kecamatan_desk.documents.letters import draw_letter
from kecamatan_desk.documents.values import LetterValues
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import DocumentRecord, RequestRecord
from kecamatan_desk.usecases.desk import UnitOfWork
from kecamatan_desk.usecases.jobs import letter_values, register_and_draw
from kecamatan_desk.usecases.papers import LetterJob, layout_of, letter_job
from kecamatan_desk.workflows.catalog import SERVICES

Drawn = tuple[str, float, float, float, str]  # font, size, x, y, string
ROUNDS = 7
ACTS = 20
AIM_MS = 150  # what the office is promised for a letter after the first


def measure(rounds: int = ROUNDS) -> list[Result]:
    """Give the ratio of the medians of drawing, and the median of the whole act."""
    return [_drawing(rounds), _whole_act()]


def _drawing(rounds: int) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        letters = list(_letters(Path(folder, "data")))
    own: list[float] = []
    bare: list[float] = []
    for letter in letters:
        pages = _overheard(letter)

        def program(letter: LetterValues = letter) -> None:
            draw_letter(letter)

        def plain(pages: list[list[Drawn]] = pages, letter: LetterValues = letter) -> None:
            _draw_bare(pages, letter)

        for mine, theirs in zip(*interleaved(rounds, program, plain), strict=True):
            own.append(mine)
            bare.append(theirs)
    ratio = median_ms(own) / median_ms(bare)
    detail = (
        f"letter {median_ms(own):.1f} ms, bare {median_ms(bare):.1f} ms; {len(letters)} letters"
    )
    return Result("letter: drawing / bare canvas", ratio, "x", 5, detail=detail)


def _whole_act() -> Result:
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(Path(folder, "data"))
        desk = desk_of(office, Role.REGISTER)
        first, *files = copy_request(desk, waiting_for_register(office).id, ACTS + 1)
        register_and_draw(desk, uuid4().hex, first)
        seconds = []
        for seen in files:
            begun = perf_counter()
            register_and_draw(desk, uuid4().hex, seen)
            seconds.append(perf_counter() - begun)
        office.close()
    detail = f"median of {ACTS} after the first; longest {max(seconds) * 1000:.0f} ms"
    return Result("letter: number, draw, store", median_ms(seconds), "ms", AIM_MS, detail=detail)


def _letters(root: Path) -> Iterator[LetterValues]:
    """Give the newest letter of each kind that a practice office holds."""
    command = [sys.executable, "-m", "kecamatan_desk", "--data", str(root), "practice"]
    subprocess.run([*command, "--requests", "80"], check=True, capture_output=True)
    office = open_place(Place(root, "benchmark"), write=False)
    desk = office.practice_desk(Role.CAMAT)
    for job in desk.ask(_jobs):
        yield letter_values(desk, job)
    office.close()


def _jobs(work: UnitOfWork) -> tuple[LetterJob, ...]:
    papers = {
        paper.kind: paper
        for paper in work.session.scalars(select(DocumentRecord).order_by(DocumentRecord.id))
    }
    jobs = []
    for paper in papers.values():
        request = work.session.get_one(RequestRecord, paper.request_id)
        service = SERVICES[request.service]
        for letter in service.letters:
            if letter.template == paper.kind:
                layout = layout_of(paper)
                jobs.append(letter_job(work, request, service, letter, paper.version, layout))
    return tuple(jobs)


def _overheard(letter: LetterValues) -> list[list[Drawn]]:
    """Give the strings of each page: the letter is drawn once with its drawing overheard."""
    pages: list[list[Drawn]] = [[]]
    with _listening(pages):
        draw_letter(letter)
    return pages[:-1]


@contextmanager
def _listening(pages: list[list[Drawn]]) -> Iterator[None]:
    kind = canvas.Canvas
    draw, show = kind.drawString, kind.showPage

    def draw_string(c: Any, x: float, y: float, words: str, **more: Any) -> None:
        pages[-1].append((c._fontname, c._fontsize, x, y, words))  # noqa: SLF001
        draw(c, x, y, words, **more)

    def show_page(c: Any) -> None:
        pages.append([])
        show(c)

    with patch.object(kind, "drawString", draw_string), patch.object(kind, "showPage", show_page):
        yield


def _draw_bare(pages: list[list[Drawn]], letter: LetterValues) -> None:
    paper = letter.profile.sheet
    size = paper.width * 72 / 25.4, paper.height * 72 / 25.4
    c = new_canvas(BytesIO(), size, letter.title, letter.head.name)
    for page in pages:
        for font, points, x, y, words in page:
            c.setFont(font, points)
            c.drawString(x, y, words)
        c.showPage()
    c.save()
