"""The wheel carries everything but its dependencies."""

import zipfile
from pathlib import Path

from tests.packaging.conftest import ROOT


def carried(wheel: Path, folder: str) -> set[str]:
    """Return the files that the wheel holds in a folder, as paths below it."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    return {name.removeprefix(folder) for name in names if name.startswith(folder)}


def in_checkout(folder: str) -> set[str]:
    """Return the files of a folder of the checkout, as paths below it."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT / folder).as_posix() for path in found if path.suffix != ".pyc"}


def test_resources_are_in_the_wheel(wheel: Path) -> None:
    assert carried(wheel, "kecamatan_desk/_resources/") == in_checkout("resources")


def test_the_whole_package_is_in_the_wheel(wheel: Path) -> None:
    inside = carried(wheel, "kecamatan_desk/")
    package = {name for name in inside if not name.startswith("_resources/")}

    assert "persistence/migrations/versions/0001_first_tables.py" in package
    assert package == in_checkout("kecamatan_desk")


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in carried(wheel, "")}

    assert {top.partition("-")[0] for top in tops} == {"kecamatan_desk"}
