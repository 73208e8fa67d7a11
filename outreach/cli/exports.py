"""Exports."""

from pathlib import Path

import click

from outreach.cli.frame import Session, command, plain
from outreach.services.exporting import export_catalogue, export_people

_KINDS = {"people": export_people, "catalogue": export_catalogue}


@command("export")
@click.argument("kind", type=click.Choice(list(_KINDS)))
@click.argument("file", type=click.Path(path_type=Path))
def export(session: Session, kind: str, file: Path) -> None:
    """Write people or the catalogue to FILE, a CSV that spreadsheets open and "outreach import" reads again.

    \b
    Example:
      outreach export people people.csv
    """
    with session.reading() as store:
        made = _KINDS[kind](store, file.expanduser())
    words = session.words
    session.show(plain(made), lambda: [words.say("export.done", rows=words.count("rows", made.rows), file=made.file)])
