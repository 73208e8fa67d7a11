"""The help of commands, and what was typed wrongly, in the user's language.

Click asks gettext for its own words when it says them, and so do we: commands are read once, in English, and nothing is
translated before it is shown. The catalogue is one of its own, so that help is shown at once and no command reads it.
"""

import copy
import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import click

from outreach.fields.helptext import renamed, retold
from outreach.paths import resource

_DOMAIN = "commands"
_SHOW_HELP = "Show this message and exit."


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Help and troubles of commands are told in a language, such as ``de``, until the command has ended."""
    before = os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, resource("i18n"))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def said(text: str, **facts: object) -> str:
    """A sentence of the help, or of what was typed wrongly, with its facts filled in."""
    translated = _catalogue(os.environ.get("LANGUAGE", "")).gettext(text) if text else ""
    return translated.format(**facts) if facts else translated


@lru_cache(maxsize=2)
def _catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language: gettext itself would look for them with each sentence."""
    return gettext.translation(_DOMAIN, resource("i18n"), [language, language.partition("_")[0]], fallback=True)


def misused(error: click.ClickException) -> str:
    """What was typed wrongly, in one line."""
    if isinstance(error, click.BadParameter) and error.param is not None and error.ctx and not error.param_hint:
        kind = click.MissingParameter if isinstance(error, click.MissingParameter) else click.BadParameter
        hint = _told(error.param, error.ctx).get_error_hint(error.ctx)
        error = kind(error.message, error.ctx, error.param, hint)
    return " ".join(error.format_message().split())


def _told(param: click.Parameter, ctx: click.Context) -> click.Parameter:
    """An option or an argument as it is shown."""
    shown = copy.copy(param)
    if isinstance(shown, click.Option):
        shown.help = said(shown.help or "")
    if not getattr(shown, "is_flag", False):
        shown.metavar = renamed(param.make_metavar(ctx), said)
    return shown


class Speaking(click.Command):
    """A command whose help is told in the user's language."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own option, which would stay in the language in which it was made."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _SHOW_HELP
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may be typed after the command."""
        pieces = [renamed(self.options_metavar or "", said)]
        for param in self.get_params(ctx):
            pieces += _told(param, ctx).get_usage_pieces(ctx)
        return [*pieces, renamed(self.subcommand_metavar, said)] if isinstance(self, click.Group) else pieces

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        shown = copy.copy(self)
        shown.help = retold(self.help or "", said)
        click.Command.format_help_text(shown, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands of a group."""
        records = [_told(param, ctx).get_help_record(ctx) for param in self.get_params(ctx)
                   if not isinstance(param, click.Argument)]  # fmt: skip
        with formatter.section(said("Options")):
            formatter.write_dl([record for record in records if record is not None])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class SpeakingGroup(Speaking, click.Group):
    """A group whose help is told in the user's language."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the first sentence of its help."""
        names = self.list_commands(ctx)
        room = formatter.width - 6 - max(map(len, names))
        found = [(name, self.get_command(ctx, name)) for name in names]
        with formatter.section(said("Commands")):
            formatter.write_dl([(name, _in_short(each, room)) for name, each in found if each is not None])


def _in_short(command: click.Command, room: int) -> str:
    shown: Any = copy.copy(command)
    shown.help = retold(command.help or "", said)
    return str(shown.get_short_help_str(room))
