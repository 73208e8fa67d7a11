"""One code has one sentence, and one kind of term one meaning: tables that are joined must not hide each other's."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import outreach.wording

PLACE = Path(outreach.wording.__file__).parent


def keys_of(suffix: str, folder: Path) -> Counter[str]:
    """How often each code is written down in the tables whose name ends so."""
    found: Counter[str] = Counter()
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            target = node.target if isinstance(node, ast.AnnAssign) else None
            target = node.targets[0] if isinstance(node, ast.Assign) else target
            if isinstance(target, ast.Name) and target.id.endswith(suffix) and node.value is not None:
                found.update(_outer_keys(node.value))
    return found


def _outer_keys(value: ast.expr) -> list[str]:
    if isinstance(value, ast.Dict):
        return [key.value for key in value.keys if isinstance(key, ast.Constant)]
    return [key for part in ast.iter_child_nodes(value) if isinstance(part, ast.expr) for key in _outer_keys(part)]


@pytest.mark.parametrize("suffix", ["SENTENCES", "COUNTED", "TERMS"])
def test_no_code_has_two_meanings(suffix: str) -> None:
    found = keys_of(suffix, PLACE)
    assert len(found) > 20
    assert [code for code, number in found.items() if number > 1] == []


def test_no_trouble_has_two_sentences() -> None:
    found = keys_of("SENTENCES", PLACE / "troubles")
    assert len(found) > 100
    assert [code for code, number in found.items() if number > 1] == []
