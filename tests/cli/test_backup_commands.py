"""`backup` and `restore` in a real office: who may, with which key, into what."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.checking import check_place
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.recovery import adopt, new_key
from tests.builders import PASSWORD, PROFILE, op, registered
from tests.cli.conftest import Run
from tests.walking import rows

DeskOf = Callable[[Role], Desk]


def last_event(place: Place) -> dict[str, object]:
    row = rows(place.current_database, "SELECT * FROM event ORDER BY seq DESC LIMIT 1")[0]
    return {"act": row["act"], "who": row["user_name"], **json.loads(row["payload"])}


def test_an_office_is_backed_up_and_restored(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    made = run("--data", place.root, "backup", tmp_path / "disk", "--user", "admin", typed=PASSWORD)
    assert (made.returncode, "Cadangan lengkap" in made.stdout) == (0, True), made.stderr
    words = ("--data", place.root, "restore", tmp_path / "disk", "--user", "admin")
    busy = run(*words, typed=PASSWORD)
    assert (busy.returncode, "sedang dibuka" in busy.stderr) == (1, True)
    office.close()

    nobody = run(*words[:-2], typed=PASSWORD)
    wrong = run(*words, typed="salah sekali ya\n")
    other = run(*words[:-1], "register", typed=PASSWORD)
    assert [r.returncode for r in (nobody, wrong, other)] == [1, 1, 1]
    assert [r.stdout for r in (nobody, wrong, other)] == ["", "", ""]  # not even whose it is
    assert not any(PROFILE.name in r.stderr for r in (nobody, wrong, other))
    assert place.pointer.read_text() == "gen-000001\n"
    assert not list(place.root.glob("*.half"))

    done = run(*words, "--last", "sktm/2026=5", typed=PASSWORD)

    assert done.returncode == 0, done.stderr
    assert f"Kecamatan {PROFILE.name}\n" in done.stdout
    assert "Ditandai terpakai: SKTM 2026 nomor 2-5" in done.stdout
    assert place.pointer.read_text() == "gen-000002\n"
    told = last_event(place)
    assert (told["act"], told["who"], told["by"]) == ("pulihkan", "Putri Handayani", "akun")
    assert check_place(place).ok


def test_without_a_folder_the_backup_is_made_on_this_pc(
    office: Office, place: Place, desk_of: DeskOf, run: Run
) -> None:
    registered(desk_of)

    made = run("--data", place.root, "backup", "--user", "admin", typed=PASSWORD)

    assert (made.returncode, "Cadangan lengkap" in made.stdout) == (0, True), made.stderr
    assert str(place.root) in made.stdout


def test_a_bare_pc_with_the_sealed_key(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    stick, key = tmp_path / "stick", new_key()
    words = ("--data", place.root, "backup", stick, "--encrypt", "--user", "register")
    refused = run(*words, typed=PASSWORD)
    assert (refused.returncode, "kunci pemulihan" in refused.stderr) == (1, True)
    adopt(desk_of(Role.ADMIN), op(), key.secret, key.secret)
    assert run(*words, typed=PASSWORD).returncode == 0
    office.close()
    shutil.rmtree(place.root)
    sheet = tmp_path / "key.txt"
    sheet.write_text(f" {key.secret.lower()}\n", encoding="utf-8")

    without = run("restore", stick, "--into", place.root)
    mistyped = run(
        "restore", stick, "--into", place.root, "--recovery-key", "-", typed=key.secret[:-1]
    )
    assert (without.returncode, "disandikan" in without.stderr) == (1, True)
    assert (mistyped.returncode, "74 tanda" in mistyped.stderr) == (1, True)
    assert not place.root.exists()
    words = ("restore", stick, "--into", place.root, "--recovery-key", sheet)
    guessed = run(*words)
    assert (guessed.returncode, "dapat terbit dua kali" in guessed.stderr) == (1, True)
    assert not place.root.exists()

    done = run(*words, "--book-checked", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["generation"] == "gen-000001"
    assert key.secret not in done.stdout + done.stderr
    assert last_event(place)["by"] == "kunci"
    assert check_place(place).ok


def test_a_broken_office_is_restored_with_the_password_of_the_backup(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    assert (
        run(
            "--data", place.root, "backup", tmp_path / "d", "--user", "admin", typed=PASSWORD
        ).returncode
        == 0
    )
    office.close()
    place.current_database.write_bytes(b"Bukan basis data. " * 300)
    words = ("--data", place.root, "restore", tmp_path / "d", "--user")

    wrong = run(*words, "register", typed=PASSWORD)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    done = run(*words, "admin", typed=PASSWORD)

    assert done.returncode == 0, done.stderr
    assert last_event(place)["by"] == "sandi"
    assert check_place(place).ok
