"""What the commands say of clubs, sessions, authors' hours, calendars, events, venues and introductions."""

from outreach.services.calendars.writing import Phrases
from outreach.services.clubs.growth import Signal
from outreach.services.clubs.sessions import SessionRow
from outreach.services.voices.events import EventRow
from outreach.wording.words import Words


def session_title(words: Words, row: SessionRow) -> str:
    """What a session is called: its topic, or who joins, or which of the club's it is."""
    if row.topic:
        return row.topic
    if row.author:
        return words.tr("{name} joins", name=row.author)
    return words.tr("Session {number}", number=row.number)


def calendar_phrases(words: Words) -> Phrases:
    """The words of a calendar."""

    def session(row: SessionRow) -> tuple[str, str]:
        title = session_title(words, row)
        shown = words.tr("{author} with {club}: {title}", author=row.author, club=row.club, title=title)
        if not row.author or row.author in title:
            shown = words.tr("{club}: {title}", club=row.club, title=title)
        below = [
            words.tr("Read by then: {reading}", reading=row.reading) if row.reading else "",
            words.tr("At {hour} in {zone} it is {other} in {there}", hour=row.hour, zone=row.zone,
                     other=row.author_hour, there=row.author_zone) if row.author_hour else "",
            words.tr("Led by {name}", name=row.moderator) if row.moderator else "",
        ]  # fmt: skip
        return shown, "\n".join(filter(None, below))

    def event(row: EventRow) -> tuple[str, str]:
        kind = words.term("event_kind", row.kind)
        return row.name, ", ".join(filter(None, (kind, row.title, row.person)))

    return Phrases(session, event)


def signal_text(words: Words, signal: Signal) -> str:
    """What is working, in a sentence."""
    club, number = signal.club, signal.number
    if signal.code == "grew":
        return words.tr("{club} grew from {before} to {number}", club=club, before=signal.before, number=number)
    if signal.code == "asked_to_join":
        return words.trn("{number} person asks to join {club}", "{number} people ask to join {club}", number, club=club)
    if signal.code == "wants_copies":
        one, many = "{club} asks for {number} more copy", "{club} asks for {number} more copies"
        return words.trn(one, many, number, club=club)
    if signal.code == "next_club":
        return words.tr("{name} began a club of their own: {club}", name=signal.name, club=club)
    if signal.code == "member_posted":
        return words.tr("{name} of {club} posted, unprompted", name=signal.name, club=club)
    return words.tr("{club} meets {name}", club=club, name=signal.name)
