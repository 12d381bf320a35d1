"""What the documents for developers name exists: every module, and every word of code."""

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_SOURCES = ("kecamatan_desk", "tests", "benchmarks")
#: Words the glossary names as what never to write.
_NEVER = {"is_lengkap", "nomorAgenda"}


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    found = (path for folder in _SOURCES for path in (_ROOT / folder).rglob("*.py"))
    return {str(path.relative_to(_ROOT)): path.read_text(encoding="utf-8") for path in found}


def _quoted(document: str) -> set[str]:
    text = (_ROOT / document).read_text(encoding="utf-8")
    return set(re.findall(r"`([^`\n]+)`", text))


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "docs/GLOSSARY.md"])
def test_every_module_named_exists(document: str, sources: dict[str, str]) -> None:
    named = {name for words in _quoted(document) for name in re.findall(r"[\w/]+\.py\b", words)}
    assert document != "ARCHITECTURE.md" or len(named) > 50
    missing = [
        name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in sources)
    ]
    assert missing == []


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "docs/GLOSSARY.md"])
def test_every_word_of_code_named_is_written_somewhere(
    document: str, sources: dict[str, str]
) -> None:
    code = "\n".join(text for path, text in sources.items() if "test_documents" not in path)
    named = {
        word
        for words in _quoted(document)
        if not re.search(r"\.(py|md|toml|pdf|db|pem|secret|json)\b", words)
        for word in re.findall(r"[A-Za-z_]{4,}", words)
    }
    assert len(named) > 60
    assert sorted(word for word in named - _NEVER if word not in code) == []
