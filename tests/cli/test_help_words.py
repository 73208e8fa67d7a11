"""Help, and what was typed wrongly, are told in the user's language, whatever it is to come to."""

import ast
import gettext
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog

from outreach.cli import speaking
from outreach.cli.main import _HIDDEN, outreach
from outreach.paths import home, resource
from outreach.settings import Settings, save
from outreach.wording.catalogues import read
from outreach.wording.command_words import CLICK_SAYS
from tests.conftest import Ran

Cli = Callable[..., Ran]
#: What click says to whoever programs with it, or of what no command of ours has: flags to confirm, pagers, completion.
NOT_OURS = frozenset({
    "(dynamic)", "Aborted!", "Argument {name!r} takes {nargs} values.", "Choice({choices})", "Confirm the action without prompting.",
    "Couldn't detect Bash version, shell completion is not supported.", "Do you want to continue?", "File", "Missing {param_type}",
    "Invalid start character for option ({option})", "Missing parameter: {param_name}", "Name '{name}' defined twice", "Positional arguments",
    "Press any key to continue...", "Shell completion is not supported for Bash versions older than 4.4.", "Takes {nargs} values but 1 was given.",
    "Try '{command} {option}' for help.", "Unknown color {colour!r}", "Unknown standard stream '{name}'", "Value must be an iterable.",
    "Windows error: {error}", "d", "deprecated", "env var: {var}", "file", "directory", "path", "unknown error", "{editor}: Editing failed",
    "{editor}: Editing failed: {e}", "{len_type} values are required, but {len_value} was given.", "{name} {filename!r} is not executable.",
    "{name} {filename!r} is not writable.", "{value!r} is not a valid UUID.", "{value!r} is not a valid boolean. Recognized values: {states}",
    "{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}.", "%(prog)s, version %(version)s",
})  # fmt: skip


def commands(command: click.Command = outreach, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of each command and group, the root first."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from commands(child, (*path, name))


COMMANDS = [*commands(), *((name,) for name in _HIDDEN)]


@pytest.fixture(scope="module")
def german() -> Catalog:
    """The help of commands as translators see it."""
    return read(resource("i18n", "de", "LC_MESSAGES", "commands.po"))


@pytest.fixture
def speaks_german(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Whoever chose German, on an English system."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    home().mkdir()
    save(home(), Settings(language="de"))
    return cli


def heard(monkeypatch: pytest.MonkeyPatch, cli: Cli, *typed: str) -> set[str]:
    """What a command asks to be translated, click's own words included."""
    asked: set[str] = set()

    class Listening(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            asked.add(message)
            return message

    with monkeypatch.context() as patched:
        patched.setattr(gettext, "translation", lambda *_, **__: Listening())
        speaking._catalogue.cache_clear()
        assert cli(*typed).code == 0
    speaking._catalogue.cache_clear()
    return asked


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "outreach")
def test_the_help_of_every_command_is_german(
    speaks_german: Cli, monkeypatch: pytest.MonkeyPatch, german: Catalog, path: tuple[str, ...]
) -> None:
    shown = speaks_german(*path, "--help").out
    assert shown.startswith("Aufruf: outreach")
    assert "Diese Hilfe zeigen und enden." in shown
    assert not re.search(
        r"\b(Usage|Options|Commands|Examples?|Show|required|default):?\b", shown.replace("--example", "")
    ), shown
    asked = heard(monkeypatch, speaks_german, *path, "--help")
    assert len(asked) > 5
    assert [each for each in asked if not (said := german.get(each)) or not said.string] == [], (
        "python -m outreach.wording.extracting puts them into commands.po"
    )


def test_help_is_in_the_language_of_the_settings_else_of_the_system(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert cli("people", "--help").out.startswith("Aufruf: outreach people [OPTIONEN] BEFEHL [ARGUMENTE]...")
    home().mkdir()
    save(home(), Settings(language="en_GB"))
    shown = cli("people", "--help").out
    assert shown.startswith("Usage: outreach people [OPTIONS] COMMAND [ARGS]...")
    assert "Show this message and exit." in shown
    save(home(), Settings(language="de"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    assert cli("people", "--help").out.startswith("Aufruf:")
    assert (home() / "settings.toml").write_text("not toml at all")
    assert cli("people", "--help").out.startswith("Usage:"), "settings that cannot be read do not keep anyone from help"
    assert speaking.os.environ["LANGUAGE"] == "en", "the environment is as it was"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("sing",), "Einen Befehl 'sing' gibt es nicht. „outreach --help“ zeigt, wie es geht."),
        (("people", "lists"), "Einen Befehl 'lists' gibt es nicht. Ist 'list' gemeint? „outreach people --help“"),
        (("people", "list", "--limt", "3"), "Eine Option '--limt' gibt es nicht. Ist '--limit' gemeint?"),
        (("people", "list", "--limit", "few"), "Kein gültiger Wert für '--limit': 'few' ist kein gültiger Wert"),
        (("people", "list", "--limit", "0"), "0 liegt nicht im Bereich x>=1."),
        (("people", "list", "--limit"), "Die Option '--limit' braucht einen Wert."),
        (("people", "show"), "Es fehlt das Argument 'REF'."),
        (("people", "suppress"), "Es fehlt das Argument 'ADRESSE'."),
        (("gifts", "plan"), "Es fehlt die Option '--item'."),
        (("import", "songs", "a.csv"), "'songs' steht nicht zur Wahl: 'people', "),
        (("import",), "Zur Wahl stehen: people, catalogue, "),
        (("check", "all"), "Ein Argument zu viel (all)."),
        (("gifts", "list", "--json=yes"), "Die Option '--json' nimmt keinen Wert."),
        (("gifts", "accept", "g1", "--on", "soon"), "„soon“ ist kein Tag; in der Form 2026-11-24"),
        (("review", "a.pdf", "--out", "b.pdf"), "Die Datei ist zweimal genannt; --out allein genügt."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_typed_wrongly_is_told_in_german(speaks_german: Cli, typed: tuple[str, ...], says: str) -> None:
    ran = speaks_german(*typed)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err


def test_what_a_command_finds_wrong_itself_is_told_in_german(speaks_german: Cli) -> None:
    assert speaks_german("new").code == 0
    assert "„x“ hat nicht die Form FELD=TEXT" in speaks_german("people", "add", "Kit", "--set", "x").err


def test_click_says_nothing_that_nobody_translated() -> None:
    """Of each sentence of click's it is decided whether it can come up here."""
    said: set[str] = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                said |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    ours = {each if isinstance(each, str) else each[0] for each in CLICK_SAYS}
    assert len(said) > 40
    left = {
        each
        for each in said - ours - NOT_OURS
        if not each.startswith(
            ("Arguments take", "DeprecationWarning", "Boolean option", "No options", "Could not determine")
        )
    }
    assert left == set()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the library is asked itself")
@pytest.mark.parametrize("named", ["", " ", "/srv/data"])
def test_settings_lie_where_the_library_that_knows_all_systems_says(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    from platformdirs import user_data_path

    monkeypatch.delenv("OUTREACH_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", named)
    assert home() == user_data_path("Outreach", appauthor=False)
