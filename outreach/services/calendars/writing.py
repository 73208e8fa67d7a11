"""Writing calendars (RFC 5545): a session has the same UID each time, a sequence that rises, its zone, its end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.errors import KnownError
from outreach.fields.hours import there_at, zone
from outreach.fields.text import fold
from outreach.services.calendars.zones import timezone
from outreach.services.clubs.sessions import SessionRow, list_sessions
from outreach.services.voices.events import EventRow, list_events
from outreach.store.files import replacing
from outreach.store.models import ClubSession, Event, Item

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar import Event as Entry

_PRODUCT = "-//Outreach//Outreach//EN"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar shows at a time.

    Attributes:
        starts_at: A moment in UTC; shown in `zone`.
        changed_at: When it was last changed, in UTC.
        link: Where to click, where the place is an address on the web.
    """

    uid: str
    sequence: int
    starts_at: str
    minutes: int
    zone: str
    summary: str
    place: str
    description: str
    cancelled: bool
    changed_at: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose calendar: of a session, a club, an author, an event, or everything where nothing is said."""

    club_id: int | None = None
    session_id: int | None = None
    author: str = ""
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of a calendar: a session's or an event's title, and what is told below it."""

    session: Callable[[SessionRow], tuple[str, str]]
    event: Callable[[EventRow], tuple[str, str]]


def entries(wanted: Wanted, phrases: Phrases) -> list[CalendarEntry]:
    """What a calendar shows, in the order of its days; cancelled sessions too, so that calendars take them out."""
    found: list[CalendarEntry] = []
    if wanted.event_id is None:
        changed = dict(ClubSession.select(ClubSession.id, ClubSession.changed_at).tuples())
        for row in list_sessions(club_id=wanted.club_id, author=wanted.author, session_id=wanted.session_id):
            summary, below = phrases.session(row)
            found.append(_entry(row, summary, below, row.place, changed[row.id], cancelled=row.state == "cancelled"))
    if wanted.club_id is None and wanted.session_id is None:
        changed = dict(Event.select(Event.id, Event.changed_at).tuples())
        for event in list_events(wanted.event_id):
            if not wanted.author or _is_by(event, wanted.author):
                summary, below = phrases.event(event)
                gone = event.state == "cancelled"
                found.append(_entry(event, summary, below, event.venue, changed[event.id], cancelled=gone))
    return sorted(found, key=lambda each: (each.starts_at, each.uid))


def calendar_bytes(name: str, shown: Sequence[CalendarEntry]) -> bytes:
    """A calendar as a file's content; the same for the same entries."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    for each in shown:
        calendar.add_component(_component(each))
    _add_zones(calendar, shown)
    content: bytes = calendar.to_ical()
    return content


def write_calendar(path: Path, name: str, shown: Sequence[CalendarEntry]) -> Path:
    """Write a calendar file.

    Raises:
        KnownError: ``calendars.nothing`` where there is nothing to show, ``files.not_written``.
    """
    if not shown:
        raise KnownError("calendars.nothing")
    content = calendar_bytes(name, shown)
    try:
        with replacing(path) as made:
            made.write_bytes(content)
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error
    return path


def _entry(
    row: SessionRow | EventRow, summary: str, below: str, place: str, changed: str, *, cancelled: bool
) -> CalendarEntry:
    link = place if place.startswith(("https://", "http://")) else ""
    return CalendarEntry(
        row.uid, row.sequence, row.starts_at, row.minutes, row.zone, summary, place, below, cancelled, changed, link
    )


def _component(each: CalendarEntry) -> "Entry":
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", each.uid)
    entry.add("sequence", each.sequence)
    entry.add("dtstamp", datetime.fromisoformat(each.changed_at))
    entry.add("last-modified", datetime.fromisoformat(each.changed_at))
    starts, length = _shown_start(each), timedelta(minutes=each.minutes)
    entry.add("dtstart", starts)
    # A duration is exact whatever the clocks do meanwhile; one of days would be days of the calendar.
    if length < _DAY:
        entry.add("duration", length)
    else:
        entry.add("dtend", datetime.fromisoformat(each.starts_at) + length)
    entry.add("summary", each.summary)
    if each.place:
        entry.add("location", each.place)
    if each.link:
        entry.add("url", each.link)
    if each.description:
        entry.add("description", each.description)
    entry.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
    return entry


def _shown_start(each: CalendarEntry) -> datetime:
    """The start in its zone; in UTC where that hour comes twice on that night and the second one is meant."""
    there = there_at(each.starts_at, each.zone)
    return datetime.fromisoformat(each.starts_at) if there.fold else there


def _add_zones(calendar: "Calendar", shown: Sequence[CalendarEntry]) -> None:
    """The zones that the entries name, with their changes in the years around them, before all else."""
    years = [int(each.starts_at[:4]) for each in shown]
    names = {
        each.zone for each in shown if zone(each.zone) is not None and not there_at(each.starts_at, each.zone).fold
    }
    made = [timezone(name, min(years), max(years)) for name in sorted(names - {"UTC"})]
    calendar.subcomponents[:0] = made


def _is_by(event: EventRow, author: str) -> bool:
    item = Item.get_or_none(Item.id == event.item_id) if event.item_id else None
    return item is not None and fold(item.author) == fold(author)
