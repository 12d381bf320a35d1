"""Every refusal names the way out: what to do, not only that nothing has changed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import kecamatan_desk

ROOT = Path(kecamatan_desk.__file__).parent
KINDS = {"RuleError", "NotAllowedError", "StaleError", "InputError", "MachineError"}


def text_of(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return ""


def refusals() -> Iterator[tuple[str, str]]:
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in KINDS and node.args and (said := text_of(node.args[0])):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", said


def test_no_refusal_ends_with_nothing_has_changed() -> None:
    found = list(refusals())
    assert len(found) > 60
    bare = ("Tidak ada yang berubah.", "Tidak ada yang diubah.")
    assert [where for where, said in found if said.endswith(bare)] == []


def test_no_refusal_quotes_an_exception() -> None:
    for where, said in refusals():
        assert "({" not in said, where
        assert said[0].isupper() or said[0] in "“…", where
