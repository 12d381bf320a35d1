"""`register`: books of any kind and period, as PDF, XLSX or lanjutan."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from kecamatan_desk.__main__ import main
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.persistence.tables import EventRecord
from kecamatan_desk.usecases.desk import Desk, UnitOfWork
from kecamatan_desk.usecases.entrance import Office
from tests.builders import PASSWORD, registered
from tests.cli.conftest import Ran, Run
from tests.documents.samples import pages

DeskOf = Callable[[Role], Desk]


def told(desk: Desk, act: str) -> list[dict[str, object]]:
    """Give what the events of an act say."""

    def read(work: UnitOfWork) -> list[str]:
        wanted = select(EventRecord.payload).where(EventRecord.act == act)
        return list(work.session.scalars(wanted))

    return [json.loads(payload) for payload in desk.ask(read)]


def printing(run: Run, place: Place, target: Path, *words: object) -> Ran:
    return run(
        *("--data", place.root, "register", "print", "-o", target, *words),
        *("--user", "register", "--reason", "arsip kantor"),
        typed=PASSWORD + "\n",
    )


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        (("--year", 2026), "2026-01-01", "2026-12-31"),
        (("--year", 2026, "--month", 5), "2026-05-01", "2026-05-31"),
        (("--from", "12-05-2026", "--to", "20/5/2026"), "2026-05-12", "2026-05-20"),
    ],
)
def test_any_book_of_any_period_is_written_and_noted(
    office: Office,
    place: Place,
    desk_of: DeskOf,
    tmp_path: Path,
    run: Run,
    words: tuple[object, ...],
    first: str,
    last: str,
) -> None:
    registered(desk_of)
    target = tmp_path / "b.pdf"
    result = printing(run, place, target, "--book", "surat-keluar", *words)

    assert (result.returncode, result.stderr) == (0, "")
    assert "SKTM" in pages(target.read_bytes())[1]
    (noted,) = told(desk_of(Role.REGISTER), "cetak")
    assert noted.pop("rows")
    assert (noted.pop("reason"), noted.pop("file")) == ("lain", True)
    assert noted == {"what": "book", "book": "surat-keluar", "from": first, "to": last}


def test_days_without_a_line_give_an_empty_book(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    target = tmp_path / "b.pdf"
    printing(run, place, target, "--service", "sktm", "--from", "1-5-2026", "--to", "11-5-2026")

    assert "NIHIL" in pages(target.read_bytes())[1]


def test_a_workbook_is_an_export(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    target = tmp_path / "b.xlsx"
    result = printing(run, place, target, "--service", "sktm", "--year", 2026, "--xlsx")

    assert (result.returncode, result.stderr) == (0, "")
    cells = [cell.value for row in load_workbook(target).active.iter_rows() for cell in row]
    assert "9901015404910001" in cells
    assert [event["book"] for event in told(desk_of(Role.REGISTER), "ekspor")] == ["sktm"]


def test_continuing_prints_what_is_new_and_keeps_it(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    target, again = tmp_path / "b.pdf", tmp_path / "again.pdf"
    words = ("--service", "sktm", "--year", 2026)
    done = printing(run, place, target, *words, "--continue")
    nothing = printing(run, place, tmp_path / "c.pdf", *words, "--continue")
    listing = (
        "--data",
        place.root,
        "register",
        "prints",
        *words,
        "--reason",
        "arsip",
        "--user",
        "register",
    )
    listed = run(*listing, typed=PASSWORD + "\n")
    run(*listing, "--id", 1, "-o", again, typed=PASSWORD + "\n")

    assert done.stdout.endswith("halaman 1 sampai dengan 1\n")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "Belum ada yang baru" in nothing.stderr
    assert not (tmp_path / "c.pdf").exists()
    assert re.match(r"1  (lanjutan|penutup)  halaman 1-1  \d\d-\d\d-20\d\d  Dewi", listed.stdout)
    assert again.read_bytes() == target.read_bytes()
    assert [event["book"] for event in told(desk_of(Role.REGISTER), "cetak-buku")] == ["sktm"]


def test_the_books_are_listed(run: Run) -> None:
    listed = run("register", "books").stdout.splitlines()
    machines = json.loads(run("register", "books", "--json").stdout)

    assert len(listed) == len(machines) == 24
    assert any(line.split() == ["ekspedisi", "Buku", "Ekspedisi"] for line in listed)
    assert {"code": "sktm", "title": "Buku Register SKTM", "service": "sktm"} in machines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "belum ditulis: --year"),
        (("--from", "1-5-2026"), "belum ditulis: --to"),
        (("--to", "1-5-2026"), "belum ditulis: --from"),
        (("--from", "1-5-2026", "--to", "2-5-2026", "--year", "2026"), "--year"),
        (("--from", "1-5-2026", "--to", "2-5-2026", "--continue"), "--continue"),
        (("--year", "2026", "--month", "5", "--continue"), "--continue"),
        (("--year", "2026", "--xlsx", "--continue"), "tidak boleh bersama"),
        (("--year", "2026", "--service", "sktm", "--book", "umum"), "tidak boleh bersama"),
        (("--year", "2026", "--book", "buku"), "surat-keluar"),
        (("--from", "31-2-2026", "--to", "2-5-2026"), "kalender"),
    ],
)
def test_what_does_not_fit_together_is_said(
    place: Place,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    target = tmp_path / "b.pdf"
    with pytest.raises(SystemExit) as ended:
        main(["--data", str(place.root), "register", "print", "-o", str(target), *words])

    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert not target.exists()
