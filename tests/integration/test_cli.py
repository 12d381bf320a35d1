"""The command line as a technician starts it: a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.workflows.catalog import SERVICES


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kecamatan_desk", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_sops_are_listed_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sop", "list", "--json"]) == 0

    listed = json.loads(capsys.readouterr().out)
    assert [sop["code"] for sop in listed] == list(SERVICES)
    assert [sop["total_minutes"] for sop in listed] == [15] * 19 + [60]
    assert sum(len(sop["steps"]) for sop in listed) == 145
    assert list(listed[0]) == [
        "code",
        "title",
        "label",
        "family",
        "lanes",
        "total_minutes",
        "steps",
    ]
    assert listed[10]["steps"][2] == {
        "no": 3,
        "code": "verifikasi",
        "activity": "Memverifikasi kelengkapan berkas dan memberi nomor antrian",
        "actor": "kasi",
        "requires": "Dokumen pendukung dan ceklis permohonan",
        "minutes": 5,
        "output": "Dokumen pendukung dan ceklis permohonan",
        "decision": True,
        "may_return": False,
        "takes": "queue",
    }


def test_one_sop_is_shown_to_people_and_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sop", "show", "sktm"]) == 0
    shown = capsys.readouterr().out
    assert main(["sop", "show", "sktm", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["code"] == "sktm"
    assert all(step.activity in shown for step in SERVICES["sktm"].steps)
    assert "15 menit" in shown


def test_an_unknown_service_is_refused_with_the_known_ones() -> None:
    result = run("sop", "show", "ktm")

    assert (result.returncode, result.stdout) == (1, "")
    assert "perekaman-ktp" in result.stderr


def test_the_sops_need_no_place_and_no_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from kecamatan_desk.__main__ import main; main(['sop', 'list']); "
        "print([m for m in sys.modules if m in ('PySide6', 'sqlalchemy', 'platformdirs')])"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [["terbang"], ["sop"], ["sop", "show"], ["check", "--yaml"]])
def test_wrong_usage_is_told_with_the_right_one(words: list[str]) -> None:
    result = run(*words)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("pemakaian: kecamatan-desk")


def test_help_is_indonesian() -> None:
    result = run("--help")

    assert result.returncode == 0
    assert "pilihan:" in result.stdout
    assert "usage" not in result.stdout


def test_a_whole_office_is_reported_whole_beside_its_window(office: Office, place: Place) -> None:
    told, machine = (run("--data", str(place.root), "check", *more) for more in ((), ("--json",)))

    assert (told.returncode, machine.returncode) == (0, 0)
    assert told.stdout.splitlines()[-1] == "Utuh."
    report = json.loads(machine.stdout)
    assert report["ok"] is True
    assert report["findings"] == []
    assert report["checked"]["event"] > 10
    assert report["not_covered"]


def test_what_is_found_gives_exit_one(office: Office, place: Place) -> None:
    office.close()
    with place.current_database.open("r+b") as file:
        file.write(b"Bukan")

    told, machine = (run("--data", str(place.root), "check", *more) for more in ((), ("--json",)))

    assert (told.returncode, machine.returncode) == (1, 1)
    assert "TEMUAN" in told.stdout
    finding = json.loads(machine.stdout)["findings"][0]
    assert list(finding) == ["kind", "table", "id", "message"]


def test_a_place_without_data_is_refused_and_not_made(tmp_path: Path) -> None:
    result = run("--data", str(tmp_path / "none"), "check")

    assert (result.returncode, result.stdout) == (1, "")
    assert "belum ada data" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_bug_gives_exit_three_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: object) -> int:
        raise ValueError("9901015404910001")

    monkeypatch.setattr("kecamatan_desk.cli.main", broken)

    assert main(["sop", "list"]) == 3
    said = capsys.readouterr().err
    assert "kesalahan program" in said
    assert "9901" not in said
