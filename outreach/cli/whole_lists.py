"""Lists that are kept whole or not at all, such as of counts or of sales: what a command says of them."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import click

from outreach.cli.frame import Session

#: How many rows are named below a list that cannot be kept.
_MOST_NOTES = 40


class _Row(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def wrong(self) -> str: ...
    @property
    def facts(self) -> Any: ...


class _Found(Protocol):
    @property
    def file(self) -> str: ...
    @property
    def rows(self) -> Sequence[Any]: ...
    @property
    def wrong(self) -> Sequence[_Row]: ...


def show_list(
    session: Session, found: _Found, told: str, *, new: int | None, known: int, refuse: Callable[[], object] | None
) -> None:
    """Show what came of a list, or would come of it.

    Args:
        session: The run of the command.
        found: The list as it was looked through.
        told: The sentence about all of it.
        new: How many rows were kept; None where none was, and then the rows in the way of it are told.
        known: How many were there already.
        refuse: Raises the trouble of a list that is not kept; None for a mere trial.
    """
    words = session.words
    notes = [
        words.say("import.row", row=row.number, what=words.note(row.wrong, dict(row.facts)))
        for row in found.wrong[:_MOST_NOTES]
    ]
    if len(found.wrong) > _MOST_NOTES:
        notes.append(words.count("import.more_notes", len(found.wrong) - _MOST_NOTES))
    if new is None and refuse is not None:
        # Nothing was kept: the rows are told where troubles are, and the exit code says so.
        for note in notes:
            click.echo(note, err=True)
        refuse()
    session.show(
        {
            "file": found.file,
            "rows": len(found.rows),
            "noted": new or 0,
            "known": known,
            "wrong": [{"row": row.number, "why": row.wrong, **row.facts} for row in found.wrong],
        },
        lambda: [told, *(notes if new is None else ())],
    )
