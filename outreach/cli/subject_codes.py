"""Lists of subject codes: loading one from a file."""

from pathlib import Path

import click

from outreach.cli.frame import Session, group, subcommand
from outreach.services.catalogue import subject_codes as service

subjects = group("subjects", "Load a list of subject codes, such as Thema or BISAC as you have them.")


@subcommand(subjects, "load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scheme", default="", help="thema or bisac; told from the codes where it is not said.")
def load(session: Session, file: Path, scheme: str) -> None:
    """Load codes from FILE: a table with a column "code", and "heading", "genre" and "scheme" where there are.

    Titles get the headings that they lack, and the genres that the list says their codes mean.

    \b
    Example:
      outreach catalogue subjects load thema-en.xlsx
    """
    with session.writing() as store, session.working(file.name) as job:
        made = service.load_codes(store, file.expanduser(), scheme, job)
    session.show(
        {"codes": made.codes, "genres": made.genres, "skipped": made.skipped, "items": made.items},
        lambda: [
            session.words.say(
                "codes.loaded", codes=made.codes, genres=made.genres, skipped=made.skipped, items=made.items
            )
        ],
    )
