"""Venues and outlets: shops, libraries, radio shows, newsletters, with whom to talk to there, account or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import parse_count
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.people.fields import time_zone
from outreach.store.database import Store
from outreach.store.models import Event, Person, Venue

#: What can be changed of a venue, each as text.
VENUE_FIELDS = ("name", "kind", "place", "zone", "url", "reach", "reach_source", "note")


class VenueKind(StrEnum):
    """What sort of place or outlet it is."""

    SHOP = "shop"
    LIBRARY = "library"
    SCHOOL = "school"
    RADIO = "radio"
    PODCAST = "podcast"
    NEWSLETTER = "newsletter"
    SOCIETY = "society"
    FESTIVAL = "festival"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue as a line of a list; its reach is what somebody says of it, and who says so stands beside it."""

    id: int
    name: str
    kind: str
    place: str
    zone: str
    url: str
    person_id: int | None
    person: str
    reach: int | None
    reach_source: str
    events: int
    note: str


def save_venue(
    store: Store, values: Mapping[str, str], *, venue_id: int | None = None, person_id: int | None = None
) -> tuple[int, Changes]:
    """Add a venue, or change one, by names of `VENUE_FIELDS`.

    Raises:
        KnownError: ``venues.no_name``, ``venues.name_taken``, ``venues.unknown_kind``, ``venues.bad_reach``,
            ``people.bad_time_zone``, ``catalogue.unknown_field``.
    """
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns |= _column(name, value, venue_id or 0)
    if person_id is not None:
        columns["person"] = person_id
    if venue_id is None and "name" not in columns:
        raise KnownError("venues.no_name")
    with store.operation(Op.SAVE_VENUE) as written:
        if venue_id is None:
            kind = columns.pop("kind", VenueKind.OTHER.value)
            venue_id = int(Venue.create(kind=kind, **columns, by=store.by, created_at=store.now()).id)
        elif columns:
            Venue.update(**columns).where(Venue.id == venue_id).execute()
    return venue_id, written.changes


def remove_venue(store: Store, venue_id: int) -> Changes:
    """Take a venue away; events that were held there stay, with their own hour and zone."""
    with store.operation(Op.REMOVE_VENUE) as written:
        Venue.delete().where(Venue.id == venue_id).execute()
    return written.changes


def list_venues() -> list[VenueRow]:
    """Venues by name."""
    counts: dict[int, int] = {}
    for (venue,) in Event.select(Event.venue).where(Event.venue.is_null(False)).tuples():
        counts[venue] = counts.get(venue, 0) + 1
    query = Venue.select(Venue, Person).left_outer_join(Person).order_by(Venue.name_key)
    return [
        VenueRow(
            row.id, row.name, row.kind, row.place, row.zone, row.url, row.person_id,
            row.person.name if row.person_id else "", row.reach, row.reach_source, counts.get(row.id, 0), row.note,
        )
        for row in query
    ]  # fmt: skip


def _column(name: str, value: str, own: int) -> dict[str, Any]:
    if name == "name":
        if not clean(value):
            raise KnownError("venues.no_name")
        taken = Venue.get_or_none((Venue.name_key == fold(value)) & (Venue.id != own))
        if taken is not None:
            raise KnownError("venues.name_taken", name=taken.name, venue=f"v{taken.id}")
        return {"name": clean(value), "name_key": fold(value)}
    if name == "kind":
        if value not in set(VenueKind):
            raise KnownError("venues.unknown_kind", value=value, known=", ".join(VenueKind))
        return {"kind": value}
    if name == "zone":
        return {"zone": time_zone(clean(value))}
    if name == "reach":
        reach = parse_count(value) if value.strip() else None
        if value.strip() and reach is None:
            raise KnownError("venues.bad_reach", value=value[:40])
        return {"reach": reach}
    if name in ("place", "url", "reach_source", "note"):
        return {name: clean_lines(value) if name == "note" else clean(value)}
    raise KnownError("catalogue.unknown_field", name=name, known=", ".join(VENUE_FIELDS))
