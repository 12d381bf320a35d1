"""``report monthly``: the file's name says what is written; an office asks who, and notes it."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from kecamatan_desk.__main__ import main
from kecamatan_desk.documents.pictures import page_sizes
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from tests.builders import PASSWORD
from tests.cli.conftest import Run
from tests.cli.test_office_commands import events
from tests.walking import rows

MONTH = ("--year", "2026", "--month", "5")


def words(root: Path, *more: object) -> list[str]:
    return ["--data", str(root), "report", "monthly", *map(str, more)]


def busy_month(root: Path) -> tuple[str, ...]:
    """Give the month in which the practice office took in its last file."""
    (found,) = rows(next(root.glob("gen-*/desk.db")), "SELECT max(taken_in_at) AS at FROM request")
    day = datetime.fromisoformat(found["at"]).astimezone(ZoneInfo("Asia/Jakarta"))
    return ("--year", str(day.year), "--month", str(day.month))


def test_pdf_workbook_and_figures_tell_the_same(
    practice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = busy_month(practice)
    pdf, sheet = tmp_path / "r.PDF", tmp_path / "r.xlsx"

    assert main(words(practice, *month, "-o", pdf)) == 0
    assert main(words(practice, *month, "-o", sheet)) == 0
    assert capsys.readouterr().out == f"Ditulis: {pdf}\nDitulis: {sheet}\n"
    assert main(words(practice, *month, "--json")) == 0
    figures = json.loads(capsys.readouterr().out)

    assert page_sizes(pdf.read_bytes())[:2] == ((210.0, 297.0), (330.0, 215.0))
    total, services = figures["total"], figures["services"]
    assert len(services) == 20
    assert total["came"] == sum(row["came"] for row in services) > 0
    for row in (*services, *figures["groups"], total):
        ended = row["done"] + row["failed"] + row["refused"]
        assert row["carried"] + row["came"] == ended + row["left"]
    lines = load_workbook(sheet)["Rekapitulasi"].values
    assert next(line for line in lines if line[1] == "JUMLAH")[3] == total["came"]


def test_a_month_to_come_is_refused(
    practice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = ("--year", "2199", "--month", "1")

    assert main(words(practice, *later, "-o", tmp_path / "r.pdf")) == 1
    assert "belum dimulai" in capsys.readouterr().err
    assert not (tmp_path / "r.pdf").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((*MONTH, "-o", "r.doc"), "“r.doc” harus .pdf atau .xlsx"),
        (MONTH, "tulis salah satu"),
        (("--year", "2026", "-o", "r.pdf"), "belum ditulis: --month"),
        (("--year", "2026", "--month", "13", "-o", "r.pdf"), "antara 1 dan 12"),
    ],
)
def test_wrong_usage_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words(tmp_path / "data", *more))

    assert stopped.value.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("name", "act"), [("r.pdf", "cetak"), ("r.xlsx", "ekspor")])
def test_an_office_asks_who_and_notes_what_left_it(
    office: Office,
    place: Place,
    desk_of: Callable[[Role], Desk],
    tmp_path: Path,
    run: Run,
    name: str,
    act: str,
) -> None:
    asked = words(place.root, *MONTH, "-o", tmp_path / name, "--reason", "arsip kantor")
    nobody = run(*asked)
    admin = run(*asked, "--user", "admin", typed=PASSWORD + "\n")
    assert (nobody.returncode, admin.returncode) == (1, 1)
    assert not (tmp_path / name).exists()

    done = run(*asked, "--user", "kasi", typed=PASSWORD + "\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / name).exists()
    assert [role for _, role in events(desk_of(Role.KASI), act)] == ["kasi"]
