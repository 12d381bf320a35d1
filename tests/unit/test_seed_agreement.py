"""The catalog holds the office's own SOP text, word for word.

The text is a scan in which the columns of a row run into each other; so the words of each row are
compared as a bag. After the corrections named here, nothing but marks of the drawing may be left
over in the scan, and no word of the catalog may be missing in it.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from kecamatan_desk.workflows.catalog import SERVICES
from kecamatan_desk.workflows.vocabulary import Service, Step

ROOT = Path(__file__).resolve().parents[2]
SEED = Path(os.environ.get("KECAMATAN_DESK_SHARED") or ROOT.parent / "shared") / "seed" / "sop.txt"
pytestmark = pytest.mark.skipif(
    not SEED.is_file(), reason="the office's scanned SOP text is not on this computer"
)

HEADING = "STANDAR OPERASIONAL PROSEDUR (SOP) :"
ROW = re.compile(r"^([1-8]) \| ", re.MULTILINE)

# Errors of the scan and of spelling, wherever they stand.
CORRECTED = {
    "Identias": "Identitas",
    "mauapun": "maupun",
    "member": "memberi",
    "Adminsitrasi": "Administrasi",
    "Administasi": "Administrasi",
    "cheklist": "ceklis",
    "permOhonan": "permohonan",
    "Proposa": "Proposal",
    "[jin": "Ijin",
    "PERIJINAN": "PERIZINAN",
}
# Words broken over two lines: both parts, and what they are together.
BROKEN = (
    ("register,Dok.pendu", "kung", "register,Dok.pendukung"),
    ("agenda/", "register", "agenda/register"),
    ("e-", "ktp", "e-ktp"),
)
# Words that the scan has twice, by number of the SOP and of the row.
DOUBLED = {(7, 6): ("Administrasi",), (8, 6): ("Rekomendasi", "Rekomendasi")}
# Words that the scan has lost at the foot of a page.
LOST = {(17, 8): ("Susunan", "Keluarga", "Susunan", "Keluarga"), (18, 8): ("Bantuan",)}
# What the flow chart leaves behind: words in its symbols, and lines read as letters.
SYMBOLS = "| MS TMS T™S T™MS Memenuhi Memenubhi syarat \\>—syarat Mulai Selesai"
MARKS = (
    r"""v A a y Y I J L i l r Ke 2 3 4 /r /v /‘ /\ /" " ! . \ \/ \, \> \/> <> / - “l ‘l ¥ \4 "~"""  # noqa: RUF001
)
DRAWING = {*SYMBOLS.split(), *MARKS.split()}


@dataclass(frozen=True)
class Row:
    """One row of a scanned SOP, its words as they follow each other on the sheet."""

    number: int
    minutes: int
    words: tuple[str, ...]


def read_seed() -> list[tuple[str, list[Row]]]:
    """Give title and rows of each SOP, in order."""
    blocks = SEED.read_text(encoding="utf-8").split(HEADING)[1:]
    return [read_sop(number, block) for number, block in enumerate(blocks, 1)]


def read_sop(number: int, block: str) -> tuple[str, list[Row]]:
    title, _, rest = block.partition("\n")
    parts = ROW.split(rest)[1:]
    rows = [read_row(number, int(n), text) for n, text in zip(parts[::2], parts[1::2], strict=True)]
    return " ".join(CORRECTED.get(word, word) for word in title.split()), rows


def read_row(sop: int, number: int, text: str) -> Row:
    found = re.search(r"\b(\d+) menit", text) or re.search(r"\b(\d+)\b", text)
    assert found is not None
    words = [CORRECTED.get(word, word) for word in text.split()]
    words.remove(found[1])
    words.remove("menit")
    for first, second, whole in BROKEN:
        while first in words:
            at = words.index(first)
            words[at] = whole
            del words[words.index(second, at)]
    for word in DOUBLED.get((sop, number), ()):
        del words[len(words) - 1 - words[::-1].index(word)]
    return Row(number, int(found[1]), (*words, *LOST.get((sop, number), ())))


def words_of(step: Step) -> Counter[str]:
    return Counter(f"{step.activity} {step.requires} {step.output}".split())


@pytest.fixture(scope="module")
def seed() -> list[tuple[str, list[Row]]]:
    return read_seed()


@pytest.fixture(params=range(20), ids=list(SERVICES))
def sop(
    request: pytest.FixtureRequest, seed: list[tuple[str, list[Row]]]
) -> tuple[Service, str, list[Row]]:
    title, rows = seed[request.param]
    return list(SERVICES.values())[request.param], title, rows


Sop = tuple[Service, str, list[Row]]


def test_the_scan_holds_twenty_sops_and_145_rows(seed: list[tuple[str, list[Row]]]) -> None:
    assert len(seed) == 20
    assert sum(len(rows) for _, rows in seed) == 145


def test_the_title_is_the_office_s(sop: Sop) -> None:
    service, title, _ = sop

    assert service.title == f"{HEADING} {title}"


def test_rows_are_complete_and_in_order(sop: Sop) -> None:
    service, _, rows = sop

    assert [row.number for row in rows] == list(range(1, len(service.steps) + 1))


def test_minutes_agree(sop: Sop) -> None:
    service, _, rows = sop

    assert [step.minutes for step in service.steps] == [row.minutes for row in rows]


def test_no_word_is_invented(sop: Sop) -> None:
    service, _, rows = sop
    pairs = zip(service.steps, rows, strict=True)
    invented = {step.code: words_of(step) - Counter(row.words) for step, row in pairs}

    assert {code: dict(words) for code, words in invented.items() if words} == {}


def test_no_word_is_forgotten(sop: Sop) -> None:
    service, _, rows = sop
    forgotten = {}
    for step, row in zip(service.steps, rows, strict=True):
        left = [word for word in Counter(row.words) - words_of(step) if word not in DRAWING]
        if left:
            forgotten[step.code] = left

    assert forgotten == {}


def test_the_words_of_a_column_follow_each_other_as_in_the_scan(sop: Sop) -> None:
    service, _, rows = sop
    for step, row in zip(service.steps, rows, strict=True):
        for column in (step.activity, step.requires, step.output):
            scan = iter(row.words)

            assert all(word in scan for word in column.split()), column


def test_every_mark_that_is_let_pass_stands_in_the_scan() -> None:
    scan = set(SEED.read_text(encoding="utf-8").split())

    assert scan >= DRAWING


def test_words_of_the_drawing_are_not_words_of_the_office(sop: Sop) -> None:
    service, _, _ = sop

    assert [word for step in service.steps for word in words_of(step) if word in DRAWING] == []
