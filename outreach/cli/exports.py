"""Exports."""

from collections.abc import Callable
from pathlib import Path

import click

from outreach.cli.frame import Session, command, plain
from outreach.services.exporting import Exported, export_catalogue, export_people
from outreach.store.database import Store

_Export = Callable[[Store, Path], Exported]
_KINDS: dict[str, _Export] = {"people": export_people, "catalogue": export_catalogue}


@command("export")
@click.argument("kind", type=click.Choice(list(_KINDS)))
@click.argument("file", type=click.Path(path_type=Path))
def export(session: Session, kind: str, file: Path) -> None:
    """Write people or the catalogue to FILE, a CSV that spreadsheets open and "outreach import" reads again.

    The catalogue is written as ONIX 3.0 where FILE ends in .xml.

    \b
    Example:
      outreach export people people.csv
      outreach export catalogue catalogue.xml
    """
    with session.reading() as store:
        made = _KINDS[kind](store, file.expanduser())
    words = session.words
    session.show(plain(made), lambda: [words.say("export.done", rows=words.count("rows", made.rows), file=made.file)])
