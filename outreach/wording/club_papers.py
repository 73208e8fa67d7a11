"""The sheet for an author who visits a club, and an author's itinerary, as pages to print."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from outreach.fields.hours import there_at
from outreach.services.clubs.clubs import ClubRow
from outreach.services.clubs.sessions import SessionRow
from outreach.services.voices.events import EventRow
from outreach.wording.clubs import session_title
from outreach.wording.words import Words


class Part(NamedTuple):
    """A part of a page: a heading, lines, a table with how wide its columns are."""

    heading: str = ""
    lines: Sequence[str] = ()
    headings: Sequence[str] = ()
    shares: Sequence[float] = ()
    rows: Sequence[Sequence[str]] = ()


class Sheet(NamedTuple):
    """What is printed."""

    title: str
    below: str
    parts: Sequence[Part]


def visit_sheet(
    words: Words, session: SessionRow, club: ClubRow, questions: Sequence[str], schedule: Sequence[tuple[str, str]]
) -> Sheet:
    """What an author needs to know before a visit: when in both zones, where, with whom, what they read and ask."""
    facts = [
        (words.tr("When"), _when(words, session.starts_at, session.zone)),
        (words.tr("For you"), _when(words, session.starts_at, session.author_zone) if session.author_hour else ""),
        (words.tr("How long"), words.trn("{number} minute", "{number} minutes", session.minutes)),
        (words.tr("Where"), session.place),
        (words.tr("Led by"), session.moderator),
        (words.tr("Host"), club.host),
        (words.tr("They read"), club.title),
        (words.tr("Read by then"), session.reading),
        (words.tr("Members"), "" if club.members is None else words.number(club.members)),
        (words.tr("Going"), "" if session.going is None else words.number(session.going)),
        (words.tr("The ending"), words.term("spoilers", club.spoilers)),
    ]
    parts = [
        Part(words.tr("The visit"), headings=(words.tr("Fact"), words.tr("What is known")), shares=(1, 3),
                rows=[row for row in facts if row[1]]),
    ]  # fmt: skip
    if questions:
        numbered = [(str(number), text) for number, text in enumerate(questions, start=1)]
        parts.append(
            Part(words.tr("Their questions"), headings=(words.tr("No."), words.tr("Question")), shares=(1, 12),
                    rows=numbered)
        )  # fmt: skip
    if schedule:
        rows = [(words.day(day), reading) for day, reading in schedule]
        parts.append(
            Part(words.tr("What they read by when"), headings=(words.tr("By"), words.tr("Read")), shares=(1, 4),
                    rows=rows)
        )  # fmt: skip
    if session.note:
        parts.append(Part(words.tr("Note"), lines=session.note.splitlines()))
    below = ", ".join((club.name, words.long_day(date.fromisoformat(session.day))))
    return Sheet(session_title(words, session), below, parts)


def itinerary(
    words: Words, author: str, zone: str, sessions: Sequence[SessionRow], events: Sequence[EventRow], today: str
) -> Sheet:
    """An author's schedule from a day on, in her own zone: each visit and event, where it is, and with whom."""
    rows: list[tuple[str, str, str, int, str]] = [
        (each.starts_at, each.zone, f"{each.club}: {session_title(words, each)}", each.minutes, each.place)
        for each in sessions
        if each.state == "planned" and each.day >= today
    ]
    rows += [
        (each.starts_at, each.zone, each.name, each.minutes, ", ".join(filter(None, (each.venue, each.person))))
        for each in events
        if each.state == "planned" and each.day >= today
    ]
    shown = [
        (_when(words, moment, zone or there), what, words.trn("{number} minute", "{number} minutes", minutes), place)
        for moment, there, what, minutes, place in sorted(rows)
    ]
    headings = tuple(words.tr(each) for each in ("When", "What", "How long", "Where"))
    lines = [] if shown else [words.tr("Nothing is planned yet.")]
    part = Part("", lines=lines, headings=headings if shown else (), shares=(3, 4, 2, 3), rows=shown)
    below = (
        words.tr("All hours are those of {zone}.", zone=zone) if zone else words.tr("Hours are those of each place.")
    )
    return Sheet(words.tr("Itinerary of {name}", name=author), below, [part])


def _when(words: Words, moment: str, zone: str) -> str:
    there = there_at(moment, zone)
    return f"{words.calendar_day(there.date())}, {words.time_of(there)} ({zone})"
