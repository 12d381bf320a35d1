"""``check --anchor``: a figure typed from paper."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.domain.anchors import anchor_text
from kecamatan_desk.paths import Place
from tests.cli.conftest import Run


def anchor_of(practice: Path, seq: int) -> str:
    """Give the anchor of an event, read past the program."""
    with closing(sqlite3.connect(Place(practice, "test").current_database)) as file:
        (head,) = file.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()
    return anchor_text(seq, str(head))


def test_a_matching_anchor(practice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anchor = anchor_of(practice, 40)
    assert main(["--data", str(practice), "check", "--anchor", anchor.lower()]) == 0
    said = capsys.readouterr().out
    assert f"JANGKAR {anchor}: COCOK" in said
    assert said.endswith("Utuh.\n")


def test_several_anchors_and_json(practice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = anchor_of(practice, 40), "40 0000 0000 0000 0000"
    beyond = "999999 A1B2 C3D4 E5F6 0718"
    words = [word for anchor in (right, wrong, beyond) for word in ("--anchor", anchor)]
    assert main(["--data", str(practice), "check", "--json", *words]) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"]
    assert told["findings"] == []
    assert [one["outcome"] for one in told["anchors"]] == ["cocok", "tidak-cocok", "terpotong"]

    assert main(["--data", str(practice), "check", *words]) == 1
    said = capsys.readouterr().out
    assert "Data utuh, tetapi 2 jangkar tidak cocok." in said


def test_what_is_no_anchor_is_refused(practice: Path, run: Run) -> None:
    done = run("--data", practice, "check", "--anchor", "1234 A1B2")
    assert done.returncode == 2
    assert "Jangkar ini tidak terbaca" in done.stderr
