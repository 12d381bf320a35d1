"""Every refusal names the way out: what to do, not only that nothing has changed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import kecamatan_desk
from kecamatan_desk.domain import errors

ROOT = Path(kecamatan_desk.__file__).parent
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.DeskError)
}


def text_of(node: ast.expr, named: dict[str, str]) -> str:
    """Give the words of a message: written there, put together, or a constant of the module."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return named.get(node.id, "") if isinstance(node, ast.Name) else ""


def constants(module: ast.Module) -> dict[str, str]:
    """Give the texts that a module has named at its top."""
    return {
        target.id: said
        for part in module.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name) and (said := text_of(part.value, {}))
    }


def refusals() -> Iterator[tuple[str, str]]:
    for file in sorted(ROOT.rglob("*.py")):
        module = ast.parse(file.read_text(encoding="utf-8"))
        named = constants(module)
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in KINDS and node.args and (said := text_of(node.args[0], named)):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", said


def test_no_refusal_ends_with_nothing_has_changed() -> None:
    found = list(refusals())
    assert len(found) > 200
    bare = ("Tidak ada yang berubah.", "Tidak ada yang diubah.", "Tidak ada yang hilang.")
    assert [where for where, said in found if said.endswith(bare)] == []


def test_no_refusal_quotes_an_exception() -> None:
    for where, said in refusals():
        assert "({" not in said, where
        assert said[0].isupper() or said[0] in "“…", where
