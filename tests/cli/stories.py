"""What the stories that are told by command share: commands that must succeed, and those that are refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Cli = Callable[..., Any]


def succeeding(cli: Cli, folder: Path, day: str) -> Cli:
    """A command that must succeed, and its JSON; the day moves with ``now``."""

    def done(*arguments: str, now: str = day) -> Any:
        ran = cli("-w", str(folder), "--json", "--now", now, *arguments)
        assert ran.code == 0, ran.err
        return ran.json

    return done


def refusing(cli: Cli, folder: Path, day: str) -> Cli:
    """A command that is refused, and the one sentence that says why."""

    def done(*arguments: str, now: str = day) -> str:
        ran = cli("-w", str(folder), "--now", now, *arguments)
        assert ran.code == 2, ran.out
        return str(ran.err)

    return done
