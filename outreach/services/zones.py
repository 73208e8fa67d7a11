"""Time zones: this computer's, a person's, an author's."""

import os
from pathlib import Path

from outreach.errors import KnownError
from outreach.fields.hours import parse_hour, to_utc, zone
from outreach.fields.text import fold
from outreach.store.models import AuthorSlot, ClubSession, Person

_LINK = Path("/etc/localtime")


def home_zone() -> str:
    """The zone of this computer by its IANA name; UTC where the system does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    if zone(named) is not None:
        return named
    if _LINK.is_symlink():
        _, found, name = str(_LINK.resolve()).partition("zoneinfo/")
        if found and zone(name) is not None:
            return name
    return "UTC"


def person_zone(person_id: int | None) -> str:
    """The zone in which somebody lives, where it is known."""
    person = Person.get_or_none(Person.id == person_id) if person_id else None
    return str(person.time_zone) if person is not None else ""


def author_zone(author: str) -> str:
    """The zone of an author: that of her hours, of her last session, or of the person of her name."""
    key = fold(author)
    slot = AuthorSlot.select().where(AuthorSlot.author_key == key).order_by(AuthorSlot.starts_at.desc()).first()
    if slot is not None:
        return str(slot.zone)
    session = ClubSession.select().where((ClubSession.author_key == key) & (ClubSession.author_zone != ""))
    last = session.order_by(ClubSession.starts_at.desc()).first()
    if last is not None:
        return str(last.author_zone)
    people = list(Person.select().where((Person.name_key == key) & (Person.time_zone != "")).limit(2))
    return str(people[0].time_zone) if len(people) == 1 else ""


def moment_of(text: str, name: str) -> str:
    """The moment of an hour as typed, in a zone.

    Raises:
        KnownError: ``hours.bad_hour``, ``hours.skipped`` where the clocks leave it out on that night.
    """
    hour = parse_hour(text)
    if hour is None:
        raise KnownError("hours.bad_hour", value=text[:60])
    moment = to_utc(hour, name)
    if moment is None:
        raise KnownError("hours.skipped", value=hour, zone=name)
    return moment
