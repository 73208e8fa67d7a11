"""Rosters: named lists of people, for a client, a season or a programme."""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.store.database import Store
from outreach.store.models import Roster, RosterMember

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A roster, and how many are on it."""

    id: int
    name: str
    people: int


def rosters() -> list[RosterLine]:
    """All rosters by name."""
    counted = (
        Roster.select(Roster.id, Roster.name, fn.count(RosterMember.id))
        .left_outer_join(RosterMember)
        .group_by(Roster.id)
        .order_by(Roster.name_key)
    )
    return [RosterLine(*row) for row in counted.tuples()]


def rosters_of(person_id: int) -> tuple[str, ...]:
    """The rosters that a person is on."""
    rows = Roster.select(Roster.name).join(RosterMember).where(RosterMember.person == person_id)
    return tuple(name for (name,) in rows.order_by(Roster.name_key).tuples())


def roster_named(name: str) -> int:
    """The roster of a name.

    Raises:
        KnownError: ``rosters.unknown``.
    """
    row = Roster.get_or_none(Roster.name_key == fold(name))
    if row is None:
        known = ", ".join(each.name for each in rosters())
        raise KnownError("rosters.unknown", name=name, known=known or "–")
    return int(row.id)


def put_on_roster(store: Store, name: str, people: Sequence[int]) -> Changes:
    """Put people on a roster, which is made where there is none of that name.

    Raises:
        KnownError: ``rosters.no_name``.
    """
    with store.operation(Op.CHANGE_ROSTER) as written:
        write_roster(store, name, people)
    return written.changes


def write_roster(store: Store, name: str, people: Sequence[int]) -> None:
    """As `put_on_roster`, inside the caller's operation."""
    shown = clean(name)
    if not shown:
        raise KnownError("rosters.no_name")
    roster, _ = Roster.get_or_create(name_key=fold(shown), defaults={"name": shown, "created_at": store.now()})
    today = store.today().isoformat()
    each = list(dict.fromkeys(people))  # whoever is named twice stands on it once
    for start in range(0, len(each), _CHUNK):
        some = each[start : start + _CHUNK]
        there = RosterMember.select(RosterMember.person).where(
            (RosterMember.roster == roster.id) & RosterMember.person.in_(some)
        )
        known = {person for (person,) in there.tuples()}
        rows = [{"roster": roster.id, "person": person, "added_on": today} for person in some if person not in known]
        if rows:
            RosterMember.insert_many(rows).execute()


def take_off_roster(store: Store, name: str, people: Sequence[int]) -> Changes:
    """Take people off a roster; one that is empty then goes.

    Raises:
        KnownError: ``rosters.unknown``.
    """
    roster = roster_named(name)
    with store.operation(Op.CHANGE_ROSTER) as written:
        write_off_roster(roster, people)
    return written.changes


def write_off_roster(roster: int, people: Sequence[int]) -> None:
    """As `take_off_roster`, inside the caller's operation."""
    for start in range(0, len(people), _CHUNK):
        some = RosterMember.person.in_(list(people[start : start + _CHUNK]))
        RosterMember.delete().where((RosterMember.roster == roster) & some).execute()
    if not RosterMember.select().where(RosterMember.roster == roster).exists():
        Roster.delete().where(Roster.id == roster).execute()
