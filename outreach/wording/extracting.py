"""Finds every sentence that is shown, and writes them as the template that translators begin with.

Run ``python -m outreach.wording.extracting`` in a checkout; it writes ``resources/i18n/outreach.pot``, and
``commands.pot`` for the help of commands, gives the catalogues of each language beside them, such as
``de/LC_MESSAGES/outreach.po``, what is new, and compiles them.

Sentences stand in three kinds of places: in the tables of this package, in calls such as ``say("…")`` in the window and
the commands, and in tables there whose entries are handed to such calls later. For the last kind every string that reads
like a sentence counts, in a module that hands on anything but the words themselves.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outreach import __version__
from outreach.paths import resource
from outreach.wording import catalogues, notes, reasons, sentences, terms
from outreach.wording.command_words import CLICK_SAYS, read_commands
from outreach.wording.troubles import SENTENCES as TROUBLES

#: One form, or one and many.
Message = tuple[str, ...]

_PACKAGE = Path(__file__).resolve().parent.parent
#: Hands on what is read below as the help of commands.
_SAYS_HELP = _PACKAGE / "cli" / "speaking.py"
_FOLDERS = ("ui", "cli", "paper", "services", "wording")
_MODULES = ("app.py", "__main__.py")
_LIKE_A_SENTENCE = re.compile(r"[A-Z][a-z].*|.*\{\w+\}.*", re.DOTALL)
#: A class, or a type such as ``Iterator[Store]``.
_LIKE_A_NAME = re.compile(r"[A-Z][a-z]+[A-Z]\w*|\w+\[\w+\]")
#: The code of a sentence, which a part of a widget says as `Words` does.
_LIKE_A_CODE = re.compile(r"[a-z]+(\.[a-z_]+)+")
_A_CODE = re.compile(r"f['\"][a-z_]+\.")
_LIKE_A_KEY = re.compile(r"(Ctrl|Shift|Alt|Esc|Enter|Del|Tab|Home|End|Backspace)\b")
#: By kind the data files whose names are shown.
_NAMED = {"genre": ["genres.toml"], "sheet": ["labels.toml", "cards.toml"], "carrier": ["carrier_layouts/*.toml"]}
#: The kind of what columns are called, bare words that mean something else elsewhere.
_KEPT = "kept"
#: Terms, by kind and value, whose English word means something else elsewhere.
_SHARED_WORDS = (
    ("counted", "views"), ("polarity", "like"), ("post_kind", "review"), ("heading", "copy"), ("act", "log"),
)  # fmt: skip
#: Those whose first, or second, words are shown.
_SHOWN_BY = {"ActionSpec": 1, "Job": 0}


@dataclass(slots=True)
class Found:
    """What was found.

    Attributes:
        messages: By message the places where it stands, as path and line.
        names: Names in our data files by kind and name, and words whose meaning depends on their kind, with the place.
        patched: Calls that are handed words that were put together, which no translator can turn round.
        commands: What the help of commands says, as `messages`; it is a catalogue of its own.
    """

    messages: dict[Message, list[tuple[str, int]]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    patched: list[str] = field(default_factory=list)
    commands: dict[Message, list[tuple[str, int]]] = field(default_factory=dict)

    def catalogues(self) -> Iterator[tuple[str, dict[Message, list[tuple[str, int]]], dict[tuple[str, str], str]]]:
        """Each catalogue by its name, with its messages and its names."""
        yield catalogues.PROGRAM, self.messages, self.names
        yield catalogues.COMMANDS, self.commands, {}

    def add(self, message: Message, path: str, line: int) -> None:
        """Note where a message stands."""
        if all(message):
            self.messages.setdefault(message, []).append((path, line))


def find() -> Found:
    """Every sentence that is shown, wherever it stands."""
    found = Found()
    for name, table in _tables():
        for one in table:
            found.add(one if isinstance(one, tuple) else (one,), f"outreach/wording/{name}", 1)
    for name in _MODULES:
        _Reader(found, _PACKAGE / name, "ui").read()
    for folder in _FOLDERS:
        for path in sorted((_PACKAGE / folder).rglob("*.py")):
            if path not in (Path(__file__), _SAYS_HELP):
                _Reader(found, path, folder).read()
    found.names = dict(_names())
    found.commands = _commands()
    return found


def _commands() -> dict[Message, list[tuple[str, int]]]:
    """What the help of commands says, with the places where it stands."""
    told = Found()
    for one in CLICK_SAYS:
        told.add(one if isinstance(one, tuple) else (one,), "outreach/wording/command_words.py", 1)
    for path in (_PACKAGE / "__main__.py", *sorted((_PACKAGE / "cli").glob("*.py"))):
        for text, line in read_commands(ast.parse(path.read_text(encoding="utf-8"))):
            told.add((text,), str(path.relative_to(_PACKAGE.parent)), line)
    return told.messages


def write(path: Path, messages: Mapping[Message, list[tuple[str, int]]], names: Mapping[tuple[str, str], str]) -> int:
    """Write messages and names as the template that translators begin with; how many there are."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(project="Outreach", version=__version__, charset="utf-8", fuzzy=False)
    for message, places in sorted(messages.items(), key=lambda each: (each[1][0], each[0])):
        flags = ["python-brace-format"] if any("{" in form for form in message) else []
        catalogue.add(message if len(message) > 1 else message[0], locations=places, flags=flags)
    for (kind, name), place in names.items():
        catalogue.add(name, locations=[(place, 1)], context=kind)
    with path.open("wb") as file:
        write_po(file, catalogue, omit_header=False, include_lineno=False)
    return len(messages) + len(names)


def _names() -> Iterator[tuple[tuple[str, str], str]]:
    """What our data files call things, and terms that share their word with something else."""
    for kind, files in _NAMED.items():
        for file in sorted(found for pattern in files for found in resource().glob(pattern)):
            for name in _called(tomllib.loads(file.read_text(encoding="utf-8"))):
                yield (kind, name), f"resources/{file.relative_to(resource())}"
    told = tomllib.loads(resource("disclosure_checks.toml").read_text(encoding="utf-8"))
    for rules in (told["default"], *told["country"].values()):
        if "note" in rules:
            yield ("disclosure", rules["note"]), "resources/disclosure_checks.toml"
    for word in terms.TERMS[_KEPT].values():
        yield (_KEPT, word), "outreach/wording/kept_terms.py"
    for kind, value in _SHARED_WORDS:
        yield (kind, terms.TERMS[kind][value]), "outreach/wording/terms.py"


def _called(data: dict[str, Any]) -> Iterator[str]:
    """The names in a data file: its own, and those of its entries."""
    if "name" in data:
        yield data["name"]
    for part in data.values():
        for entry in part if isinstance(part, list) else [part]:
            if isinstance(entry, dict) and "name" in entry:
                yield entry["name"]


def _tables() -> Iterator[tuple[str, Iterable[str | Message]]]:
    yield "troubles", TROUBLES.values()
    yield "sentences.py", sentences.SENTENCES.values()
    yield "sentences.py", sentences.COUNTED.values()
    yield "notes.py", notes.SENTENCES.values()
    yield "reasons.py", reasons.SENTENCES.values()
    yield "terms.py", [word for kind, words in terms.TERMS.items() if kind != _KEPT for word in words.values()]


class _Reader:
    """Reads one module."""

    def __init__(self, found: Found, path: Path, folder: str) -> None:
        self._found = found
        self._path = str(path.relative_to(_PACKAGE.parent))
        self._folder = folder
        self._tree = ast.parse(path.read_text(encoding="utf-8"))
        self._hands_on = False
        self._of_help: set[int] = set()

    def read(self) -> None:
        calls = [node for node in ast.walk(self._tree) if isinstance(node, ast.Call)]
        for call in calls:
            self._read_call(call)
        if self._hands_on:
            self._read_tables()

    def _read_call(self, call: ast.Call) -> None:
        name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
        if name == "said":
            self._of_help |= {id(each) for each in call.args}
        elif name in _SHOWN_BY and len(call.args) > _SHOWN_BY[name]:
            self._take(call.args[_SHOWN_BY[name]])
        elif name == "KnownError":
            for fact in call.keywords:
                if fact.arg in ("why", "what", "which") and _text(fact.value):
                    self._take(fact.value)
        elif name == "table" and self._folder == "cli" and call.args and isinstance(call.args[0], ast.Tuple):
            for each in call.args[0].elts:
                self._take(each)
        elif name == "trn" and len(call.args) > 1:
            forms = [each.value for each in call.args[:2] if isinstance(each, ast.Constant)]
            if len(forms) == 2:
                self._found.add(tuple(map(str, forms)), self._path, call.lineno)
            else:
                self._hands_on = True
        elif self._folder == "services":
            pass  # they speak in codes; only the reasons of troubles are words
        elif call.args and (name in ("tr", "gettext") or (name == "say" and self._says_words(call.func))):
            self._take(call.args[0])

    def _says_words(self, function: ast.expr) -> bool:
        """Whether a call of `say` is handed words; that of `Words` is handed a code."""
        owner = getattr(function, "value", None)
        by = getattr(owner, "attr", "") or getattr(owner, "id", "")
        return self._folder == "ui" and by != "words"

    def _take(self, words: ast.expr) -> None:
        if isinstance(words, ast.Constant) and isinstance(words.value, str):
            if not _LIKE_A_CODE.fullmatch(words.value):
                self._found.add((words.value,), self._path, words.lineno)
        elif isinstance(words, ast.IfExp):
            self._take(words.body)
            self._take(words.orelse)
        elif isinstance(words, ast.JoinedStr) and _A_CODE.match(ast.unparse(words)):
            pass  # a sentence of a table, by its code
        elif isinstance(words, ast.JoinedStr | ast.BinOp):
            self._found.patched.append(f"{self._path}:{words.lineno} {ast.unparse(words)}")
        else:
            self._hands_on = True

    def _read_tables(self) -> None:
        """The strings of a module that hands some on: pairs of one and many, and whatever reads like a sentence."""
        texts = {id(each) for each in self._docstrings()} | self._of_help
        paired = set()
        for node in ast.walk(self._tree):
            for one, many in zip(node.elts, node.elts[1:], strict=False) if isinstance(node, ast.Tuple) else ():
                pair = (_text(one), _text(many))
                if all("{number}" in form for form in pair):
                    self._found.add(pair, self._path, one.lineno)
                    paired |= {id(one), id(many)}
        forms = {form for known in self._found.messages if len(known) > 1 for form in known}
        for node in ast.walk(self._tree):
            text = _text(node)
            is_new = id(node) not in texts | paired and text not in forms
            if isinstance(node, ast.Constant) and is_new and _is_sentence(text):
                self._found.add((text,), self._path, node.lineno)

    def _docstrings(self) -> Iterator[ast.AST]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Expr):
                yield node.value
            if isinstance(node, ast.JoinedStr):
                yield from node.values


def _is_sentence(text: str) -> bool:
    is_name = _LIKE_A_NAME.fullmatch(text) or _LIKE_A_KEY.match(text)
    return bool(text) and not is_name and _LIKE_A_SENTENCE.fullmatch(text) is not None


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def facts_of(messages: Mapping[Message, object]) -> Iterator[tuple[Message, set[str]]]:
    """By message the facts that are filled in."""
    for message in messages:
        yield message, {name for form in message for name in re.findall(r"\{(\w+)[:}]", form)}


if __name__ == "__main__":
    folder = resource("i18n")
    for title, said, called in find().catalogues():
        target = folder / f"{title}.pot"
        print(f"{target}: {write(target, said, called)}")  # noqa: T201 - a tool for whoever works on the program
        for source in catalogues.sources(folder, title):
            print(f"{source}: {catalogues.renew(source, said, called)} to translate")  # noqa: T201
