"""Authors' hours: what time they have for clubs, what is spent, and which club might get the next visit."""

from pathlib import Path

import click

from outreach.cli.clubs import clubs
from outreach.cli.frame import Session, group, plain, subcommand, table
from outreach.services.calendars.availability import import_availability
from outreach.services.clubs import author_hours as service

hours = group("hours", "Authors' time for clubs: list, add, drop, import, propose.")
clubs.add_command(hours)

_AUTHOR = click.argument("author")
_ZONE = click.option("--zone", default="", help="The author's time zone; known from before where it is not said.")


@subcommand(hours, "list")
@click.argument("author", default="")
def list_hours(session: Session, author: str) -> None:
    """List the time that authors have for clubs, and how much of it is spent.

    \b
    Example:
      outreach clubs hours list "Imogen Vale"
    """
    with session.reading() as store:
        rows = service.list_slots(author)
        loads = [service.load_of(store, each) for each in ([author] if author else service.authors())]
    words = session.words

    def lines() -> list[str]:
        told = list(
            table(
                ("", "Author", "Day", "Hour", "Zone", "Minutes", "Spent", "With"),
                [
                    (
                        row.id,
                        row.author,
                        words.day(row.day),
                        row.hour,
                        row.zone,
                        row.minutes,
                        row.spent,
                        ", ".join(row.clubs),
                    )
                    for row in rows
                ],
            )
        )
        for load in loads:
            facts = {"author": load.author, "left": load.left, "spent": load.spent, "visits": load.visits}
            told.append(words.say("hours.load", **facts))
            told += [words.say("hours.busy", busiest=load.busiest)] if load.is_overloaded else []
        return told

    session.show({"slots": plain(rows), "loads": plain(loads)}, lines)


@subcommand(hours, "add")
@_AUTHOR
@click.argument("starts")
@click.option("--minutes", type=int, default=60, show_default=True)
@_ZONE
@click.option("--note", default="")
def add(session: Session, author: str, starts: str, minutes: int, zone: str, note: str) -> None:
    """Note time that an author has. STARTS is a day and hour in the author's zone, such as “2026-11-26 14:00”.

    \b
    Example:
      outreach clubs hours add "Imogen Vale" "2026-11-26 14:00" --minutes 120 --zone America/New_York
    """
    with session.writing() as store:
        service.add_slot(store, author, starts, minutes, zone=zone, note=note)
        row = service.list_slots(author)
        made = max(row, key=lambda each: each.id)
    words = session.words
    session.show(
        made,
        lambda: [
            words.say(
                "hours.added", minutes=minutes, author=made.author, day=words.day(made.day), hour=made.hour,
                zone=made.zone,
            )
        ],
    )  # fmt: skip


@subcommand(hours, "drop")
@click.argument("slot", type=int)
def drop(session: Session, slot: int) -> None:
    """Take time of an author's away, by the number in the list; sessions that lie in it stay.

    \b
    Example:
      outreach clubs hours drop 4
    """
    with session.writing() as store:
        service.drop_slot(store, slot)
    session.show({"slot": slot}, lambda: [session.words.say("hours.dropped")])


@subcommand(hours, "import")
@_AUTHOR
@click.argument("file", type=click.Path(path_type=Path))
@_ZONE
def import_(session: Session, author: str, file: Path, zone: str) -> None:
    """Read an author's free time from a calendar FILE (.ics); reading it again brings nothing twice.

    \b
    Example:
      outreach clubs hours import "Imogen Vale" imogen-free.ics
    """
    with session.writing() as store, session.working(file.name) as job:
        found, _ = import_availability(store, author, file.expanduser(), zone_name=zone, job=job)
    facts = {"file": found.file, "added": found.added, "known": found.known, "gone": found.gone}
    session.show(found, lambda: [session.words.say("hours.imported", **facts)])


@subcommand(hours, "propose")
@_AUTHOR
def propose(session: Session, author: str) -> None:
    """Show which clubs might get an author's next visit, and why.

    \b
    Example:
      outreach clubs hours propose "Imogen Vale"
    """
    with session.reading() as store:
        rows = service.propose_visits(store, author)
        load = service.load_of(store, author)
    words = session.words

    def lines() -> list[str]:
        told = list(
            table(
                ("", "Club", "Title", "Readers", "Bought", "Passed round", "Hours apart", "First visit", "Free then"),
                [
                    (
                        f"c{row.club_id}",
                        row.club,
                        row.title,
                        row.readers,
                        row.bought,
                        row.passed,
                        "" if row.hours_apart is None else f"{row.hours_apart:g}",
                        words.tr("yes") if row.is_first else words.tr("no"),
                        row.slot_hour,
                    )
                    for row in rows
                ],
            )
        )
        return told + ([words.say("hours.busy", busiest=load.busiest)] if load.is_overloaded else [])

    session.show({"proposals": plain(rows), "load": plain(load), "overloaded": load.is_overloaded}, lines)
