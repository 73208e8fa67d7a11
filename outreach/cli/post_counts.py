"""Posts: what was counted below them, typed or from a list."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from outreach.cli.frame import Session, day_option, subcommand, table
from outreach.cli.posts import posts
from outreach.cli.whole_lists import show_list
from outreach.services import refs
from outreach.services.posts import readings
from outreach.services.posts.count_files import keep_file, look_through
from outreach.services.posts.readings import COUNTS, Counts

_COUNT = click.IntRange(min=0)


@subcommand(posts, "counts")
@click.argument("ref")
@click.option("--likes", type=_COUNT)
@click.option("--comments", type=_COUNT)
@click.option("--shares", type=_COUNT)
@click.option("--saves", type=_COUNT)
@click.option("--views", type=_COUNT)
@click.option("--questions", type=_COUNT, help="How many asked what book that is, or where to find it.")
@click.option("--on", callback=day_option, help="The day they were read, if it was not today.")
def counts(session: Session, ref: str, on: str | None, **values: int | None) -> None:
    """Note what is counted below a post, with the day it was read; without counts, show what was noted.

    Rates are shown by the name of their formula only. REF is a post, such as o12.

    \b
    Examples:
      outreach posts counts o12 --likes 612 --comments 41 --saves 188 --questions 7
      outreach posts counts o12
    """
    if all(value is None for value in values.values()):
        with session.reading():
            post = refs.post_id(ref)
            found = readings.counts_of(post)
        none = session.words.say("counts.no_reading", post=f"o{post}")
        session.show([counts_data(each) for each in found], lambda: count_lines(session, found) or [none])
        return
    with session.writing() as store:
        post = refs.post_id(ref)
        changes = readings.note_counts(store, post, values, on or "")
        day = on or store.today().isoformat()
    session.show(
        {"post": f"o{post}", "read_on": day, **{name: value for name, value in values.items() if value is not None}},
        lambda: [
            session.words.say("counts.noted", post=f"o{post}", on_day=day)
            if changes
            else session.words.say("counts.as_before")
        ],
    )


@subcommand(posts, "import-counts")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be noted.")
def import_counts(session: Session, file: Path, *, dry_run: bool) -> None:
    """Note what was counted below many posts, from a spreadsheet or a CSV file: all rows or none.

    A row has the address of a post (or its number here, such as o12), the day, and any of likes, comments, shares,
    saves, views and questions.

    \b
    Example:
      outreach posts import-counts november.csv --dry-run
    """
    with session.writing() as store:
        with session.working(file.name) as job:
            found = look_through(store, file.expanduser(), job)
        kept = None if dry_run or found.wrong else keep_file(store, found)
    words = session.words

    if kept is not None:
        told = words.say("counts.kept", file=found.file, new=kept.new, known=kept.known)
    else:
        told = words.say("counts.dry_run", file=found.file, rows=len(found.rows), wrong=len(found.wrong))
    show_list(session, found, told, new=kept.new if kept else None, known=kept.known if kept else 0,
              refuse=None if dry_run else lambda: keep_file(store, found))  # fmt: skip


def counts_data(reading: Counts) -> dict[str, Any]:
    """A reading for programs."""
    rates = [{"formula": rate.formula.code, "rate": round(rate.share, 6)} for rate in readings.rates_of(reading)]
    return {"read_on": reading.read_on, **reading.values, "followers": reading.followers, "rates": rates}


def count_lines(session: Session, found: Sequence[Counts]) -> list[str]:
    """Readings as a table, and below it the rates of the newest."""
    if not found:
        return []
    words = session.words
    heads = ("Read", *(words.term("counted", name) for name in COUNTS))
    rows = [
        (words.day(each.read_on),
         *(words.number(each.values[name]) if name in each.values else "" for name in COUNTS))
        for each in found
    ]  # fmt: skip
    rates = [
        words.say("counts.rate", share=words.rate(rate.share), formula=words.tr(rate.formula.name),
                  on_day=rate.read_on)
        for rate in readings.rates_of(found[0])
    ]  # fmt: skip
    return [*table(heads, rows), *rates]
