"""The task runner decides rightly before it touches a system."""

import pytest

import tasks


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--data", "/srv/kantor"], True),
        (["--data=/srv/kantor"], True),
        (["--help"], False),
        (["sop", "list"], False),
        (["--data", "/srv/kantor", "check", "--json"], False),
    ],
)
def test_the_libraries_of_a_window_are_asked_for_when_it_opens(
    arguments: list[str], window: bool
) -> None:
    assert tasks.opens_window(arguments) is window


def test_what_is_missing_on_linux_is_named_as_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")

    missing = tasks.missing_packages({"libabsent-here.so.7": "libabsent7"}, {"absent": "absent"})

    assert missing[:2] == ["libabsent7", "absent"]


def test_the_message_names_the_command_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "present_name", str)

    message = tasks.cannot_install(["libgl1", "libegl1"], "sudo ")

    assert message.startswith("Program belum bisa dijalankan")
    assert "  sudo apt-get install --no-install-recommends libgl1 libegl1" in message.splitlines()


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert tasks.main(["fly"]) == 2
    assert "python3 tasks.py run" in capsys.readouterr().out
