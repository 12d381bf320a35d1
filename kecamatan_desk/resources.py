"""Where the files lie that are shipped with the program. The only module that knows."""

import sys
from functools import cache
from pathlib import Path


def resource(*parts: str) -> Path:
    """Give the path of a shipped file or folder, e.g. ``resource("letters", "sktm.txt")``.

    The path is not checked for existence: who opens it says what is missing.
    """
    return _root().joinpath(*parts)


@cache
def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)  # set by the start of a bundled program
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"  # the wheel carries them inside the package
    return installed if installed.is_dir() else package.parent / "resources"
