"""The chicken-whisperer worksheet: what some twenty readers of a title listen to, read, attend, and who is behind it.

Named for a radio host whom a farm shop found by asking its customers. Readers are numbered, never named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.services.people.people import NewPerson, note_person
from outreach.services.voices.venues import VenueKind
from outreach.store.database import Store
from outreach.store.models import Account, Haunt, Person, Venue

#: So many readers say enough.
READERS = 20
_MOST_READERS = 1000


class HauntKind(StrEnum):
    """How a reader comes by it."""

    LISTENS = "listens"
    READS = "reads"
    ATTENDS = "attends"


#: What a place probably is, where only the answer is known.
_VENUES = {
    HauntKind.LISTENS: VenueKind.RADIO, HauntKind.READS: VenueKind.NEWSLETTER, HauntKind.ATTENDS: VenueKind.SOCIETY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HauntRow:
    """A place that readers share.

    Attributes:
        readers: How many of them named it.
        of: How many readers answered at all.
        person: Who is behind it, where that is known, account or not.
        has_account: Whether she has one; nothing depends on it.
    """

    kind: str
    name: str
    readers: int
    of: int
    venue_id: int | None
    person_id: int | None
    person: str
    has_account: bool


def note_answers(store: Store, item_id: int, answers: Mapping[HauntKind, Sequence[str]], reader: int = 0) -> Changes:
    """Note what one reader of a title answered; 0 is the next reader. What she said already is not doubled.

    Raises:
        KnownError: ``haunts.nothing``, ``haunts.bad_reader``.
    """
    wanted = [(kind, clean(name)) for kind, names in answers.items() for name in names if clean(name)]
    if not wanted:
        raise KnownError("haunts.nothing")
    number = reader or max((row.reader for row in Haunt.select().where(Haunt.item == item_id)), default=0) + 1
    if not 1 <= number <= _MOST_READERS:
        raise KnownError("haunts.bad_reader", number=number)
    said = {
        (row.kind, row.name_key)
        for row in Haunt.select().where((Haunt.item == item_id) & (Haunt.reader == number))
    }  # fmt: skip
    with store.operation(Op.NOTE_HAUNTS) as written:
        for kind, name in wanted:
            if (kind.value, fold(name)) not in said:
                said.add((kind.value, fold(name)))
                Haunt.create(
                    item=item_id, reader=number, kind=kind.value, name=name, name_key=fold(name),
                    told_on=store.today().isoformat(), by=store.by,
                )  # fmt: skip
    return written.changes


def tally(item_id: int) -> list[HauntRow]:
    """Where a title's readers are to be met, the most shared first."""
    rows = list(Haunt.select().where(Haunt.item == item_id).order_by(Haunt.id))
    readers = {row.reader for row in rows}
    named: dict[tuple[str, str], tuple[str, set[int]]] = {}
    for row in rows:
        named.setdefault((row.kind, row.name_key), (row.name, set()))[1].add(row.reader)
    keys = {key for _, key in named}
    venues = {row.name_key: row for row in Venue.select(Venue, Person).left_outer_join(Person)
              if row.name_key in keys}  # fmt: skip
    people = [row.person_id for row in venues.values() if row.person_id]
    with_account = {person for (person,) in Account.select(Account.person).where(Account.person.in_(people)).tuples()}
    found = []
    for (kind, key), (name, who) in named.items():
        venue = venues.get(key)
        person = venue.person_id if venue else None
        found.append(
            HauntRow(kind, name, len(who), len(readers), venue.id if venue else None, person,
                     venue.person.name if venue and person else "", person in with_account)
        )  # fmt: skip
    return sorted(found, key=lambda each: (-each.readers, each.kind, fold(each.name)))


def approach(
    store: Store, item_id: int, name: str, *, person_id: int | None = None, new_person: str = ""
) -> tuple[int, Changes]:
    """Make a venue of a place that readers named, with who is behind it; one that is known keeps what is known.

    Args:
        store: The open workspace.
        item_id: Whose readers they are.
        name: The place.
        person_id: Who is behind it.
        new_person: The name of somebody who is behind it and was not known before; no account is asked for.

    Raises:
        KnownError: ``haunts.unknown``, ``people.forgotten``.
    """
    haunt = Haunt.get_or_none((Haunt.item == item_id) & (Haunt.name_key == fold(name)))
    if haunt is None:
        raise KnownError("haunts.unknown", name=name)
    with store.operation(Op.SAVE_VENUE) as written:
        if person_id is None and clean(new_person):
            person_id = note_person(store, NewPerson(new_person))
        venue = Venue.get_or_none(Venue.name_key == haunt.name_key)
        if venue is None:
            venue = Venue.create(
                name=haunt.name, name_key=haunt.name_key, kind=_VENUES[HauntKind(haunt.kind)].value, person=person_id,
                by=store.by, created_at=store.now(),
            )  # fmt: skip
        elif person_id is not None:
            Venue.update(person=person_id).where(Venue.id == venue.id).execute()
    return int(venue.id), written.changes
