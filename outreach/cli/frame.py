"""What every command shares: the common options, the open workspace, and how results are shown."""

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach import paths
from outreach.cli.speaking import Speaking, SpeakingGroup, said
from outreach.jobs import Job

if TYPE_CHECKING:
    from outreach.settings import Settings
    from outreach.store.database import Store
    from outreach.store.workspace import Opening
    from outreach.wording import Words

_GAP = "  "
_WIDEST = 48


class Session:
    """One run of one command.

    Attributes:
        workspace: The workspace named on the command line, if any.
        as_json: Whether results are shown as one JSON document.
        moment: The clock's time, when it was set.
        ca_file: Certificates to trust besides the system's.
    """

    def __init__(self) -> None:
        self.workspace: Path | None = None
        self.as_json = False
        self.moment: datetime | None = None
        self.ca_file: Path | None = None

    @cached_property
    def home(self) -> Path:
        """The folder of settings and logs."""
        return paths.home()

    @cached_property
    def settings(self) -> "Settings":
        """This computer's settings."""
        from outreach.settings import load  # the help starts without it

        return load(self.home)

    @cached_property
    def words(self) -> "Words":
        """The user's language."""
        from outreach.wording import Words

        return Words(self.settings.language)

    @property
    def folder(self) -> Path:
        """The workspace that this command works on: named, or opened last, or the default one."""
        named = self.workspace or os.environ.get("OUTREACH_WORKSPACE") or self.settings.workspace
        return Path(named).expanduser().absolute() if named else self.home / "workspace"

    def opening(self) -> "Opening":
        """How this command opens a workspace."""
        from outreach.store.database import system_clock
        from outreach.store.workspace import Opening

        moment = self.moment
        return Opening(clock=(lambda: moment) if moment else system_clock, by=self.settings.initials)

    @contextmanager
    def reading(self) -> "Iterator[Store]":
        """The workspace, open to read."""
        from outreach.store import workspace

        with workspace.reading(self.folder, self.opening()) as store:
            yield store

    @contextmanager
    def writing(self) -> "Iterator[Store]":
        """The workspace, open to write."""
        from outreach.store import workspace

        with workspace.writing(self.folder, self.opening()) as store:
            yield store

    def show(self, data: Any, lines: Callable[[], Iterable[str]]) -> None:
        """Show a result: as JSON where that was asked for, else as lines for people; each is made only for its own."""
        if self.as_json:
            click.echo(json.dumps(plain(data), ensure_ascii=False, indent=2))
        else:
            for line in lines():
                click.echo(line)

    @contextmanager
    def working(self, label: str) -> Iterator[Job]:
        """A job whose progress is shown on standard error when that is a terminal; Ctrl C ends it cleanly."""
        job = _ShownJob(label) if sys.stderr.isatty() else Job(label)
        try:
            yield job
        finally:
            if isinstance(job, _ShownJob):
                job.finish()


class _ShownJob(Job):
    """A job that draws its own progress."""

    def report(self, done: int, *, total: int | None = None) -> None:
        super().report(done, total=total)
        part = said("{done} of {total}", done=f"{done:,}", total=f"{self.total:,}") if self.total else f"{done:,}"
        click.echo(f"\r{self.label}: {part} ", nl=False, err=True)

    def finish(self) -> None:
        """Leave the terminal's line clean."""
        click.echo("\r\033[K", nl=False, err=True)


def _remember(attribute: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def remember(ctx: click.Context, _param: click.Parameter, value: Any) -> Any:
        if value:
            setattr(ctx.find_root().ensure_object(Session), attribute, value)
        return value

    return remember


def _moment(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise click.BadParameter(said("not an ISO time, such as 2026-11-24T12:00:00Z"), ctx, param) from error
        _remember("moment")(ctx, param, moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def COMMON_OPTIONS() -> list[click.Parameter]:  # noqa: N802 - reads as the constant it stands for; click changes its parameters
    """The options that every command takes, before or after its name."""
    return [
        click.Option(
            ["--workspace", "-w"], type=click.Path(path_type=Path), callback=_remember("workspace"), expose_value=False,
            help="The workspace's folder (or OUTREACH_WORKSPACE).",
        ),
        click.Option(
            ["--json", "as_json"], is_flag=True, callback=_remember("as_json"), expose_value=False,
            help="Show the result as one JSON document.",
        ),
        click.Option(
            ["--ca-file"], type=click.Path(path_type=Path), callback=_remember("ca_file"), expose_value=False,
            help="Certificates to trust, for servers of your own house.",
        ),
        click.Option(["--now"], callback=_moment, expose_value=False, help="Set the clock, as an ISO time."),
    ]  # fmt: skip


class _Command(Speaking):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += COMMON_OPTIONS()


def command(name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command that takes the common options and is handed the session first."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        made: click.Command = click.command(name, cls=_Command, **settings)(_with_session(function))
        return made

    return decorate


class _Group(SpeakingGroup):
    """A group whose commands lie in several modules, each imported when one of its commands is asked for."""

    def __init__(self, name: str, text: str, parts: Mapping[str, Sequence[str]]) -> None:
        super().__init__(name, help=text)
        self._module_of = {command: module for module, commands in parts.items() for command in commands}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self._module_of, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in self._module_of:
            importlib.import_module(f"outreach.cli.{self._module_of[name]}")
        return super().get_command(ctx, name)


def group(name: str, text: str, parts: Mapping[str, Sequence[str]] | None = None) -> click.Group:
    """A group of commands, which `subcommand` puts into it.

    Args:
        name: What it is called.
        text: Its line in the help.
        parts: By module of this package: the commands in it, imported when they are asked for; none where the module
            that makes the group holds them all.
    """
    return _Group(name, text, parts or {})


def subcommand(of: click.Group, name: str, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of a group."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        made = command(name, **settings)(function)
        of.add_command(made)
        return made

    return decorate


def _with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        session = click.get_current_context().find_root().ensure_object(Session)
        return function(session, *args, **kwargs)

    run.__doc__ = function.__doc__
    run.__name__ = function.__name__
    run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    return run


def table(headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows in columns, for people, below headings in their language; long cells are cut with an ellipsis."""
    words = click.get_current_context().find_root().ensure_object(Session).words
    headers = [words.tr(each) if each else "" for each in headers]
    cells = [[_cut(str("" if cell is None else cell)) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in [list(headers), *cells]) for column in range(len(headers))]
    yield click.style(_joined(headers, widths), bold=True)
    for row in cells:
        yield _joined(row, widths)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDEST else f"{flat[: _WIDEST - 1]}…"


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def day_option(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Read an option that is a day; used as a click callback."""
    if value is None:
        return None
    from outreach.fields.dates import parse_day

    day = parse_day(value)
    if day is None or len(day) != len("2026-11-24"):
        raise click.BadParameter(said("“{value}” is no day; write it like 2026-11-24", value=value), ctx, param)
    return day


def plain(value: Any) -> Any:
    """A value of a service as JSON can hold it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Path | Decimal) else value


def money(minor: int | None, currency: str) -> dict[str, str] | None:
    """An amount as JSON shows it."""
    if minor is None:
        return None
    from outreach.fields.numbers import from_minor

    return {"amount": str(from_minor(minor, currency)), "currency": currency}
