"""Signing in on the command line: it waits, tells and refuses as the window does."""

import pytest

from kecamatan_desk.__main__ import main
from kecamatan_desk.domain.errors import NotAllowedError
from kecamatan_desk.paths import Place
from kecamatan_desk.usecases.accounts import save_user, users
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.entrance import Office
from kecamatan_desk.usecases.people_values import UserInput
from tests.builders import FIRST_PASSWORD, PASSWORD, op

Said = tuple[int, str, str]


def listed(
    place: Place,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str = PASSWORD,
    user: str = "register",
) -> Said:
    """Ask for the list of requests as somebody."""

    class Typed:
        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            return typed + "\n"

    monkeypatch.setattr("sys.stdin", Typed())
    code = main(
        [
            "--data",
            str(place.root),
            "requests",
            "list",
            "--json",
            "--reason",
            "arsip kantor",
            "--user",
            user,
        ]
    )
    said = capsys.readouterr()
    return code, said.out, said.err


def changed(desk: Desk, **change: object) -> None:
    row = next(user for user in desk.ask(users) if user.username == "register")
    same = {"active": True, "password": "", **change}
    desk.call(
        save_user,
        op(),
        UserInput(row.id, row.username, row.name, row.roles, **same),  # type: ignore[arg-type]
    )


def test_wrong_passwords_wait_here_as_at_the_door(
    office: Office,
    place: Place,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(5):
        assert listed(place, capsys, monkeypatch, "salah sekali")[0] == 1

    code, out, error = listed(place, capsys, monkeypatch)

    assert (code, out) == (1, "")
    assert "Terlalu banyak percobaan" in error
    with pytest.raises(NotAllowedError, match="Terlalu banyak"):
        office.sign_in("register", PASSWORD)  # the window waits with it


def test_wrong_tries_are_told_here_too(
    office: Office,
    place: Place,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(NotAllowedError):
        office.sign_in("register", "salah sekali")

    code, out, error = listed(place, capsys, monkeypatch)

    assert code == 0
    assert out.startswith("[")
    assert "1 percobaan masuk yang salah atas nama Anda" in error
    assert listed(place, capsys, monkeypatch)[2] == ""


def test_a_given_password_is_changed_in_the_window_first(
    place: Place,
    admin_desk: Desk,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed(admin_desk, password=FIRST_PASSWORD)

    code, out, error = listed(place, capsys, monkeypatch, FIRST_PASSWORD)

    assert (code, out) == (1, "")
    assert "jendela program" in error
    assert "Tidak ada yang berubah" in " ".join(error.split())


def test_who_is_shut_out_is_told_as_if_there_were_nobody(
    place: Place,
    admin_desk: Desk,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed(admin_desk, active=False)

    code, out, error = listed(place, capsys, monkeypatch)

    assert (code, out) == (1, "")
    assert error == listed(place, capsys, monkeypatch, user="tidak-ada")[2]
