"""`register print --public` asks for no reason, `--continue` does: its pages leave as a file."""

from pathlib import Path

from kecamatan_desk.domain.roles import Role
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.book_prints import book_prints
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.public_book import PUBLIC
from tests.builders import PASSWORD, DeskOf, registered
from tests.cli.conftest import Ran, Run
from tests.cli.test_book_commands import told
from tests.documents.samples import pages


def run_print(run: Run, place: Place, target: Path, *words: object) -> Ran:
    return run(
        *("--data", place.root, "register", "print", "--year", 2026, "--service", "sktm"),
        *("-o", target, *words, "--user", "register"),
        typed=PASSWORD + "\n",
    )


def test_a_copy_for_the_public_is_written_and_noted(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    done = run_print(run, place, tmp_path / "umum.pdf", "--public")
    assert done.returncode == 0, done
    assert PUBLIC in "".join(pages((tmp_path / "umum.pdf").read_bytes()))
    (noted,) = [one for one in told(desk_of(Role.REGISTER), "cetak") if one.get("public")]
    assert "reason" not in noted
    refused = run_print(run, place, tmp_path / "lain.pdf", "--public", "--continue")
    assert refused.returncode == 2


def test_a_continuation_is_refused_without_a_reason_and_nothing_is_kept(
    office: Office, place: Place, desk_of: DeskOf, tmp_path: Path, run: Run
) -> None:
    registered(desk_of)
    desk, target = desk_of(Role.REGISTER), tmp_path / "lanjutan.pdf"
    for words in ((), ("--reason", "x")):
        refused = run_print(run, place, target, "--continue", *words)
        assert refused.returncode == 1
        assert not target.exists()
        assert desk.ask(book_prints, "sktm", 2026) == ()
    done = run_print(run, place, target, "--continue", "--reason", "arsip kantor")
    assert done.returncode == 0, done
    assert target.exists()
    (noted,) = [one for one in told(desk, "cetak") if one.get("first_page")]
    assert (noted["reason"], noted["file"]) == ("lain", True)
