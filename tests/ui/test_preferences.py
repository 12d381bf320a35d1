"""The papers of this PC outlive the program, and a broken file is as good as none."""

import json
from pathlib import Path
from typing import Any

import pytest

from kecamatan_desk.documents.profiles import BOOK, DEFAULTS, LETTER, SLIP, TICKET, Profile
from kecamatan_desk.ui.preferences import Preferences


def test_a_profile_is_kept_for_each_kind_of_document(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    berkop = Profile("F4", top=12.5, preprinted=True, offset=60)
    Preferences(file).set_profile("surat", berkop)
    Preferences(file).set_profile("tiket", Profile("T58", 5, 10, 5, 5))

    again = Preferences(file)

    assert again.profile("surat") == berkop
    assert again.profile("tiket").paper == "T58"
    assert again.profile("buku") == BOOK
    assert again.profile("slip") == SLIP


@pytest.mark.parametrize(
    "kept",
    [
        [],
        {"profiles": []},
        {"profiles": {"surat": "A4"}},
        {"profiles": {"surat": {"paper": "A9", "top": "wide", "left": 900, "preprinted": 1}}},
        {"profiles": {"surat": {"paper": "T80", "right": True, "offset": None}}},
    ],
)
def test_what_cannot_be_used_gives_the_default(tmp_path: Path, kept: Any) -> None:
    file = tmp_path / "window.json"
    file.write_text(json.dumps(kept), encoding="utf-8")

    assert Preferences(file).profile("surat") == LETTER


def test_a_file_of_before_profiles_keeps_its_printers(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    file.write_text('{"scale": 1.5, "printers": {"tiket": "Epson"}}', encoding="utf-8")
    preferences = Preferences(file)

    preferences.set_profile("tiket", TICKET)

    again = Preferences(file)
    assert (again.scale, again.printer("tiket")) == (1.5, "Epson")
    assert {use: again.profile(use) for use in DEFAULTS} == DEFAULTS
