"""A small practice office made by the command itself, and a process of the program."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kecamatan_desk.__main__ import main

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("practice") / "data"
    assert main(["--data", str(root), "practice", "--requests", "60", "--seed", "3"]) == 0
    return root


@pytest.fixture
def practice(_made: Path, tmp_path: Path) -> Path:
    """A practice office of its own for every test."""
    return shutil.copytree(_made, tmp_path / "practice")


@pytest.fixture
def run() -> Run:
    """Run the program in a process of its own: `run("sop", "list", typed="password")`."""

    def run(*words: object, typed: str = "", **environment: str) -> Ran:
        return subprocess.run(
            [sys.executable, "-m", "kecamatan_desk", *map(str, words)],
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            env={**os.environ, **environment},
        )

    return run
