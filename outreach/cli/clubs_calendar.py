"""Calendars of sessions and events, and the papers of an author's visits."""

from pathlib import Path

import click

from outreach.cli.clubs import clubs
from outreach.cli.frame import Session, subcommand
from outreach.services import refs
from outreach.services.calendars.writing import Wanted, entries, write_calendar
from outreach.services.clubs.author_hours import authors
from outreach.services.clubs.clubs import show_club
from outreach.services.clubs.sessions import list_sessions, questions_of, schedule
from outreach.services.drafting.senders import sender
from outreach.services.shipments.labels import paper_of
from outreach.services.voices.events import list_events
from outreach.services.zones import author_zone
from outreach.wording.club_papers import Sheet, visit_sheet
from outreach.wording.club_papers import itinerary as itinerary_pages
from outreach.wording.clubs import calendar_phrases

_OUT = click.argument("out", type=click.Path(path_type=Path))


@subcommand(clubs, "calendar")
@_OUT
@click.option("--club", help="Only the sessions of one club.")
@click.option("--session", "number", help="Only one session, such as d4.")
@click.option("--author", default="", help="Only what this author joins, and the events of this author's titles.")
@click.option("--event", help="Only one event, such as t3.")
def calendar(session: Session, out: Path, club: str | None, number: str | None, author: str, event: str | None) -> None:
    """Write sessions and events as a calendar file (.ics): all of them, or those of a club, a session, an author.

    Imported again, it brings calendars up to date: a session keeps its UID, changes raise its sequence, and what was
    cancelled is told as cancelled.

    \b
    Examples:
      outreach clubs calendar all.ics
      outreach clubs calendar imogen.ics --author "Imogen Vale"
    """
    words = session.words
    with session.reading():
        name = author
        if club:
            name = show_club(refs.club_id(club))[0].name
        wanted = Wanted(
            refs.club_id(club) if club else None, refs.session_id(number) if number else None, author,
            refs.event_id(event) if event else None,
        )  # fmt: skip
        shown = entries(wanted, calendar_phrases(words))
    path = write_calendar(out.expanduser(), name or words.tr("Book clubs"), shown)
    said = words.say("calendar.done", entries=words.count("entries", len(shown)), file=str(path))
    session.show({"file": str(path), "entries": len(shown)}, lambda: [said])


@subcommand(clubs, "sheet")
@click.argument("number", metavar="SESSION")
@_OUT
def sheet(session: Session, number: str, out: Path) -> None:
    """Print the sheet for an author's visit as a PDF: when in both zones, where, who they are, their questions.

    \b
    Example:
      outreach clubs sheet d4 visit.pdf
    """
    with session.reading():
        row = list_sessions(session_id=refs.session_id(number))[0]
        club, _ = show_club(row.club_id)
        questions = [text for _, text, _ in questions_of(row.club_id, row.id)]
        made = visit_sheet(session.words, row, club, questions, schedule(row.club_id))
        paper = paper_of(sender().country)
    _written(session, out, made, paper)


@subcommand(clubs, "itinerary")
@click.argument("author")
@_OUT
@click.option("--zone", default="", help="In whose hours it is told; the author's own where it is not said.")
def itinerary(session: Session, author: str, out: Path, zone: str) -> None:
    """Print an author's itinerary as a PDF: every visit and event to come, in the author's own hours.

    \b
    Example:
      outreach clubs itinerary "Imogen Vale" itinerary.pdf
    """
    words = session.words
    with session.reading() as store:
        name = next((each for each in authors() if each.casefold() == author.casefold()), author)
        sessions = list_sessions(author=name)
        shown = {each.uid for each in entries(Wanted(author=name), calendar_phrases(words))}
        events = [event for event in list_events() if event.uid in shown]
        where = zone or author_zone(name)
        made = itinerary_pages(words, name, where, sessions, events, store.today().isoformat())
        paper = paper_of(sender().country)
    _written(session, out, made, paper)


def _written(session: Session, out: Path, made: Sheet, paper: str) -> None:
    from outreach.paper.printout import Printout, Section, write_printout

    words = session.words
    printout = Printout(made.title, made.below, [Section(*part) for part in made.parts])
    foot = words.tr("Page {page} of {pages}", page="{page}", pages="{pages}")
    pages = write_printout(out.expanduser(), printout, paper, lambda page, of: foot.format(page=page, pages=of))
    said = words.say("sheet.done", pages=words.count("pages", pages), file=str(out))
    session.show({"file": str(out), "pages": pages}, lambda: [said])
