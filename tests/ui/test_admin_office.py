"""The office's profile: what is typed shows at once on a test letter, and is stored by F12."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from kecamatan_desk.domain.numbering import TOKENS
from kecamatan_desk.domain.roles import Role
from kecamatan_desk.ui.screen import ScreenContext
from kecamatan_desk.ui.screens import admin_office
from kecamatan_desk.ui.screens.admin_office import OfficeScreen
from kecamatan_desk.usecases.desk import Desk
from kecamatan_desk.usecases.office import LARGEST_LOGO, profile, save_profile
from tests.builders import op

ContextOf = Callable[[Role], ScreenContext]


@pytest.fixture
def screen(qtbot: QtBot, context_of: ContextOf) -> OfficeScreen:
    screen = OfficeScreen(context_of(Role.ADMIN), Role.ADMIN, "kantor")
    qtbot.addWidget(screen)
    screen.resize(1158, 620)
    with qtbot.waitExposed(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.paper.pages == 1)
    return screen


def _type(qtbot: QtBot, screen: OfficeScreen, code: str, text: str) -> None:
    editor = screen.form.field(code).editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    qtbot.keyClicks(editor, text)


def _note(screen: OfficeScreen, code: str) -> str:
    notes = [section.notes[code] for section in screen.form.sections if code in section.notes]
    return notes[0].note.message if notes else ""


def _number(screen: OfficeScreen) -> str:
    return screen.form.sections[1].remark.text()


def _png(path: Path) -> bytes:
    picture = BytesIO()
    Image.new("RGB", (40, 50), "navy").save(picture, "PNG")
    path.write_bytes(picture.getvalue())
    return picture.getvalue()


def test_the_number_is_written_as_the_pattern_is_typed(qtbot: QtBot, screen: OfficeScreen) -> None:
    assert _number(screen) == "akan tertulis 400.9.14.1/012/SKTM/KEC-SKM/V/2026"

    _type(qtbot, screen, "number_pattern", "{urut}/{layanan}/{tahun}")
    qtbot.waitUntil(lambda: _number(screen) == "akan tertulis 12/SKTM/2026")


def test_a_pattern_that_cannot_be_used_is_refused_while_typing(
    qtbot: QtBot, screen: OfficeScreen
) -> None:
    _type(qtbot, screen, "number_pattern", "{kode}/{nomor}")

    qtbot.waitUntil(lambda: "{nomor}" in _note(screen, "number_pattern"))

    assert _number(screen) == ""
    assert screen.form.field("number_pattern").editor.text() == "{kode}/{nomor}"  # type: ignore[attr-defined]


def test_a_pattern_two_books_share_is_refused_at_its_field(
    qtbot: QtBot, screen: OfficeScreen, admin_desk: Desk
) -> None:
    before = admin_desk.ask(profile)
    _type(qtbot, screen, "number_pattern", "{urut:3}/{tahun}")

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy)

    assert "bernomor surat sama" in _note(screen, "number_pattern")
    assert admin_desk.ask(profile) == before


def test_a_pattern_without_the_year_is_warned_of_and_may_be_stored(
    qtbot: QtBot, screen: OfficeScreen, admin_desk: Desk
) -> None:
    """Domain facts §2.5."""
    _type(qtbot, screen, "number_pattern", "{kode}/{urut:3}/{layanan}")
    qtbot.waitUntil(lambda: "{tahun}" in _note(screen, "number_pattern"))
    assert _number(screen) == "akan tertulis 400.9.14.1/012/SKTM"

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy and not screen.dirty)

    assert admin_desk.ask(profile).number_pattern == "{kode}/{urut:3}/{layanan}"


def test_the_test_letter_shows_what_is_typed_and_stores_nothing(
    qtbot: QtBot, screen: OfficeScreen, admin_desk: Desk
) -> None:
    before = screen.paper.pdf

    _type(qtbot, screen, "name", "Sukamakmur")
    qtbot.waitUntil(lambda: screen.paper.pdf != before)

    assert admin_desk.ask(profile).name == "Sukamaju"


def test_the_profile_is_stored_with_its_villages(
    qtbot: QtBot, screen: OfficeScreen, admin_desk: Desk
) -> None:
    _type(qtbot, screen, "tms_days", "14")
    screen.form.field("zone").editor.setCurrentText("WITA")  # type: ignore[attr-defined]
    villages = screen.form.field("villages").editor
    assert isinstance(villages, QPlainTextEdit)
    villages.setPlainText("Sukamaju\n\n  Mekarsari \nTanjungsari")

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy and not screen.dirty)

    stored = admin_desk.ask(profile)
    assert stored.villages == ("Sukamaju", "Mekarsari", "Tanjungsari")
    assert (stored.tms_days, stored.zone) == (14, "Asia/Makassar")


def test_a_village_named_twice_is_refused_at_its_field(qtbot: QtBot, screen: OfficeScreen) -> None:
    villages = screen.form.field("villages").editor
    assert isinstance(villages, QPlainTextEdit)
    villages.setPlainText("Sukamaju\nsukamaju")

    screen.save_button.click()
    qtbot.waitUntil(lambda: not screen.busy)

    assert "tertulis dua kali" in _note(screen, "villages")


def test_a_coat_of_arms_is_pictured_and_stored(
    qtbot: QtBot,
    screen: OfficeScreen,
    admin_desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = _png(tmp_path / "lambang.png")
    monkeypatch.setattr(admin_office, "ask_for_picture", lambda _parent: tmp_path / "lambang.png")

    screen.deeds()["F10"]()
    qtbot.waitUntil(lambda: "belum disimpan" in screen.logo_note.text())
    screen.save_button.click()
    qtbot.waitUntil(lambda: screen.logo_note.text() == "40 x 50 titik")

    assert admin_desk.ask(profile).logo == image


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"x" * (LARGEST_LOGO + 1), "terlalu besar"), (None, "tidak dapat dibaca")],
)
def test_a_picture_that_cannot_be_taken_is_said_beside_the_button(
    qtbot: QtBot,
    screen: OfficeScreen,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
    said: str,
) -> None:
    file = tmp_path / "lambang.png"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(admin_office, "ask_for_picture", lambda _parent: file)

    screen.logo_button.click()
    qtbot.waitUntil(lambda: said in screen.logo_note.text())

    assert not screen.dirty


def test_a_file_that_is_no_picture_is_refused_on_saving(
    qtbot: QtBot,
    screen: OfficeScreen,
    admin_desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "lambang.png").write_bytes(b"bukan gambar")
    monkeypatch.setattr(admin_office, "ask_for_picture", lambda _parent: tmp_path / "lambang.png")
    screen.logo_button.click()
    qtbot.waitUntil(lambda: screen.dirty)

    screen.save_button.click()
    qtbot.waitUntil(lambda: "PNG atau JPEG" in screen.logo_note.text())

    assert admin_desk.ask(profile).logo is None


def test_a_new_profile_is_used_at_once_by_all_screens(
    qtbot: QtBot, screen: OfficeScreen, admin_desk: Desk
) -> None:
    stored = replace(admin_desk.ask(profile), name="Mekarwangi", villages=("Cibodas",))

    with qtbot.waitSignal(screen.context.navigator.office_changed):
        screen.background.command(str, save_profile, op(), stored)

    assert screen.context.profile.name == "Mekarwangi"
    assert screen.context.profile.villages == ("Cibodas",)


@pytest.mark.parametrize("more", [40, 90])
def test_a_pattern_that_writes_too_long_a_number_says_so_at_its_field(
    qtbot: QtBot, screen: OfficeScreen, more: int
) -> None:
    """Also where the pattern itself is longer than its field keeps."""
    _type(qtbot, screen, "number_pattern", "{kode}/{urut:3}/{layanan}/{tahun}/" + "X" * more)

    qtbot.waitUntil(lambda: "paling banyak 60" in _note(screen, "number_pattern"))
    assert _number(screen) == ""


def test_the_words_of_a_pattern_are_explained_beside_it(screen: OfficeScreen) -> None:
    explained = " ".join(words.text() for words in screen.form.sections[1].findChildren(QLabel))

    for token in ("kode", "urut", "layanan", "singkatan", "romawi", "bulan", "tahun", "sifat"):
        assert "{" + token + "}" in explained


def test_every_part_of_a_number_is_explained(screen: OfficeScreen) -> None:
    words = " ".join(one.text() for one in screen.form.sections[1].findChildren(QLabel))
    explained = [token for token in TOKENS if f"{{{token}}}" in words]

    # {unit} is another name of {singkatan}
    assert set(explained) == set(TOKENS) - {"unit"}
    assert "{sisipan} untuk nomor sisipan, kosong pada nomor biasa" in words
