"""The shipped files are found in a checkout, in an installed package and in a bundle."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kecamatan_desk import resources


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    resources._root.cache_clear()  # noqa: SLF001
    yield
    resources._root.cache_clear()  # noqa: SLF001


def test_a_checkout_has_them_beside_the_package() -> None:
    assert resources.resource("fonts", "LiberationSans-Regular.ttf").is_file()
    assert resources.resource("letters", "sktm.txt").is_file()


def test_a_bundle_has_them_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.resource("letters") == tmp_path / "resources" / "letters"


def test_an_installed_package_has_them_inside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "kecamatan_desk"
    (package / "_resources").mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))
    assert resources.resource("icons") == package / "_resources" / "icons"
