"""The command ``outreach``: runs a command, and turns what stops it into one sentence and an exit code."""

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from outreach.cli.frame import Session
from outreach.cli.main import outreach
from outreach.cli.speaking import misused, said, speaking
from outreach.errors import KnownError
from outreach.jobs import Cancelled
from outreach.paths import home
from outreach.settings import system_language

if TYPE_CHECKING:
    from outreach.wording import Words

REFUSED = 2
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 something found, 2 refused, 130 interrupted."""
    os.umask(0o077)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; one sentence on standard error says why it is not 0."""
    session = Session()
    with speaking(_language(session)):
        return _run(session, arguments)


def _run(session: Session, arguments: list[str] | None) -> int:
    try:
        result = outreach.main(args=arguments, prog_name="outreach", standalone_mode=False, obj=session)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()  # the help itself: which commands there are
        return REFUSED
    except click.ClickException as error:
        click.echo(f"outreach: {_misused(error)}", err=True)
        return REFUSED
    except KnownError as error:
        click.echo(f"outreach: {_words(session).trouble(error)}", err=True)
        return REFUSED
    except (Cancelled, KeyboardInterrupt, click.Abort):
        click.echo(f"outreach: {_words(session).tr('Stopped. Nothing was left half done.')}", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has seen enough, as with “| head”.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        click.echo(f"outreach: {_reported(_words(session))}", err=True)
        return REFUSED
    return result if isinstance(result, int) else 0


def _language(session: Session) -> str:
    """The user's language, or the system's where there is none in her settings, or they are the trouble."""
    try:
        return session.settings.language or system_language()
    except KnownError:
        return system_language()


def _misused(error: click.ClickException) -> str:
    """A command that was typed wrongly, in one line, with the help that tells how it goes."""
    told = misused(error)
    told = told if told.rstrip(")").endswith((".", "?", "!")) else f"{told}."
    context = getattr(error, "ctx", None)
    how = said("“{command} --help” shows how.", command=context.command_path) if context is not None else ""
    return f"{told} {how}".strip()


def _words(session: Session) -> "Words":
    from outreach.wording import Words  # the help starts without it

    return Words(_language(session))


def _reported(words: "Words") -> str:
    """Write the report of a mistake of ours, and say where it lies."""
    import traceback  # only for a mistake of ours: every command starts without it

    report = traceback.format_exc()
    path = home() / "logs" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.txt"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8")
    except OSError:
        last = report.strip().splitlines()[-1]
        return words.tr("This is a mistake of Outreach, not yours ({why}). Nothing was left half done.", why=last)
    return words.tr(
        "This is a mistake of Outreach, not yours. Nothing was left half done. The report is {file}.", file=str(path)
    )


if __name__ == "__main__":
    main()
