"""Exports."""

from pathlib import Path

import click

from outreach.cli.frame import Session, command, plain
from outreach.services.exporting.everything import KIND as EVERYTHING
from outreach.services.exporting.everything import export_everything
from outreach.services.exporting.tables import CARDS, KINDS, export_cards


@command("export")
@click.argument("kind", type=click.Choice([*KINDS, EVERYTHING]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--vcard", type=click.Choice(["3.0", "4.0"]), default="3.0", show_default=True, help="Version of cards.")
def export(session: Session, kind: str, file: Path, vcard: str) -> None:
    """Write people, the catalogue, gifts, posts or suppressions to FILE, which "outreach import" reads again.

    The ending says the format: .csv, .tsv, .xlsx, .ods, .json, and .vcf for people. No cell is a formula. "everything"
    is the whole workspace as one JSON file, for "outreach import everything" in an empty one.

    The catalogue is written as ONIX 3.0 where FILE ends in .xml.

    \b
    Examples:
      outreach export people people.csv
      outreach export people people.vcf --vcard 4.0
      outreach export catalogue titles.xlsx
      outreach export catalogue catalogue.xml
      outreach export everything workspace.json
    """
    path = file.expanduser()
    with session.reading() as store, session.working(path.name) as job:
        if kind == EVERYTHING:
            moved = export_everything(store, path, job)
            data, rows = {"file": moved.file, "rows": moved.rows}, moved.rows
        elif kind == "people" and path.suffix.casefold() in CARDS:
            made = export_cards(store, path, None, job, vcard)
            data, rows = plain(made), made.rows
        else:
            made = KINDS[kind](store, path, job=job)
            data, rows = plain(made), made.rows
    words = session.words
    session.show(data, lambda: [words.say("export.done", rows=words.count("rows", rows), file=path)])
