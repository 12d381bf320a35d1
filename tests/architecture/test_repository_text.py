"""What must not stand in any text of the repository."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"build", "dist", "__pycache__", "uv.lock", "pylock.toml"}
# Put together here, so that this file does not hold them itself.
REGISTRIES = (
    ".".join(("pypi", "org")),
    ".".join(("pythonhosted", "org")),
    ".".join(("npmjs", "org")),
    ".".join(("npmjs", "com")),
    ".".join(("deb", "debian", "org")),
    ".".join(("archive", "ubuntu", "com")),
    "/".join(("opt", "pypi")),
)
INDEX_OPTIONS = ("--" + "index-url", "--" + "extra-index-url", "--" + "find-links")


def own_texts() -> Iterator[tuple[Path, str]]:
    """Yield path and text of every text file that belongs to the repository."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [name for name in subfolders if is_ours(name)]
        for name in names:
            path = Path(folder, name)
            content = path.read_bytes() if name not in NOT_OURS else b""
            if b"\0" not in content:
                yield path.relative_to(ROOT), content.decode("utf-8")


def is_ours(folder: str) -> bool:
    """Tell whether a folder of this name holds files of the repository: caches begin with a dot."""
    return folder == ".ci" or not (folder.startswith(".") or folder in NOT_OURS)


def test_no_text_names_a_package_registry() -> None:
    named = [f"{path}: {word}" for path, text in own_texts() for word in REGISTRIES if word in text]

    assert named == []


def test_the_locks_leave_the_index_to_the_user() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text(encoding="utf-8")

        assert "://" not in text
        assert not any(option in text for option in INDEX_OPTIONS)
