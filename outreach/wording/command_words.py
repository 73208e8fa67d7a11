"""What is said in the help of commands, and of commands that were typed wrongly.

It is a catalogue of its own, so that help is shown at once and no other command reads it. Click's own words are in it,
since click asks gettext as we do; the rest is read from the commands themselves, where help stands beside the code.
"""

import ast
from collections.abc import Callable, Iterator

from outreach.fields.helptext import renamed, retold

#: Of what click says, what can come up here.
CLICK_SAYS: tuple[str | tuple[str, str], ...] = (
    "Usage:",
    "Options",
    "Commands",
    "OPTIONS",
    "COMMAND",
    "ARGS",
    "TEXT",
    "INTEGER",
    "INTEGER RANGE",
    "FLOAT",
    "FLOAT RANGE",
    "PATH",
    "Show this message and exit.",
    "Show the version and exit.",
    "default: {default}",
    "required",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "Choose from:\n\t{choices}",
    "No such option {name!r}.",
    "No such command {name!r}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Could not open file {filename!r}: {message}",
    "Option {name!r} does not take a value.",
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    "{value} is not in the range {range}.",
    "{value!r} is not a valid {number_type}.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is not readable.",
    "{name} {filename!r} does not exist.",
    "Repeat for confirmation",
    "Error: {message}",
    "Error: The two entered values do not match.",
    "Error: invalid input",
)
#: Those whose docstring is their help.
_MADE_BY = frozenset({"command", "subcommand", "group"})
#: By call, which of its words are told.
_TOLD_BY = {"said": 0, "group": 1, "_mover": 2}
#: A table of commands, each with the module that holds it and its line in the help.
_TABLE = "_COMMANDS"


def read_commands(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """What a module of the commands says in help, and of what was typed wrongly, with its lines."""
    for node in ast.walk(tree):
        found: list[str] = []
        if isinstance(node, ast.FunctionDef) and any(_name(each) in _MADE_BY for each in node.decorator_list):
            _take(found, retold, ast.get_docstring(node) or "")
        elif isinstance(node, ast.Assign) and [_name(each) for each in node.targets] == [_TABLE]:
            found += [_text(each.elts[1]) for each in ast.walk(node) if isinstance(each, ast.Tuple)]
        elif isinstance(node, ast.Call):
            _read_call(node, found)
        for each in filter(None, found):
            yield each, getattr(node, "lineno", 1)


def _read_call(call: ast.Call, found: list[str]) -> None:
    name, named = _name(call), {each.arg: _text(each.value) for each in call.keywords}
    found.append(named.get("help", ""))
    _take(found, renamed, named.get("metavar", ""))
    if name in _TOLD_BY and len(call.args) > _TOLD_BY[name]:
        found.append(_text(call.args[_TOLD_BY[name]]))
    if name == "argument" and "metavar" not in named and call.args:
        _take(found, renamed, _text(call.args[0]).upper())


def _take(found: list[str], reader: Callable[[str, Callable[[str], str]], str], text: str) -> None:
    def noted(part: str) -> str:
        found.append(part)
        return part

    reader(text, noted)


def _name(node: ast.expr) -> str:
    """What is called, or what a name is."""
    called = node.func if isinstance(node, ast.Call) else node
    return getattr(called, "id", "") or getattr(called, "attr", "")


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
