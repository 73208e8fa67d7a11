"""Changing many people at once: tags, who looks after them, rosters, archive. One step of undo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.services.people.rosters import roster_named, write_off_roster, write_roster
from outreach.store.database import Store
from outreach.store.models import Person, PersonTag

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What is changed in all of them; what is empty stays as it is.

    Attributes:
        owner: Who looks after them from now on; ``-`` for nobody.
        archive: True puts them into the archive, False takes them out of it.
    """

    add_tags: tuple[str, ...] = ()
    drop_tags: tuple[str, ...] = ()
    owner: str = ""
    on_roster: str = ""
    off_roster: str = ""
    archive: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.add_tags or self.drop_tags or self.owner or self.on_roster or self.off_roster) or (
            self.archive is not None
        )


def change_people(store: Store, people: Sequence[int], change: BulkChange) -> Changes:
    """Change something in many people.

    Raises:
        KnownError: ``bulk.nothing``, ``rosters.unknown``.
    """
    if not change or not people:
        raise KnownError("bulk.nothing")
    off = roster_named(change.off_roster) if change.off_roster else 0
    with store.operation(Op.CHANGE_PEOPLE) as written:
        for some in _chunks(people):
            _tag(some, change)
            columns: dict[str, object] = {}
            if change.owner:
                columns["owner"] = "" if change.owner.strip() == "-" else clean(change.owner)
            if change.archive is not None:
                columns["archived_on"] = store.today().isoformat() if change.archive else None
            Person.update(**columns, updated_at=store.now()).where(Person.id.in_(some)).execute()
        if change.on_roster:
            write_roster(store, change.on_roster, people)
        if off:
            write_off_roster(off, people)
    return written.changes


def archive_people(store: Store, people: Sequence[int], *, archive: bool = True) -> Changes:
    """Put people out of the lists, or back into them; nothing of theirs is lost."""
    return change_people(store, people, BulkChange(archive=archive))


def owners() -> list[str]:
    """Those of us who look after someone, by name."""
    rows = Person.select(Person.owner).where(Person.owner != "").distinct().order_by(Person.owner)
    return [owner for (owner,) in rows.tuples()]


def _tag(people: list[int], change: BulkChange) -> None:
    for name in filter(None, map(clean, change.add_tags)):
        key = fold(name)
        there = PersonTag.select(PersonTag.person).where(PersonTag.person.in_(people) & (PersonTag.key == key))
        known = {person for (person,) in there.tuples()}
        rows = [{"person": person, "name": name, "key": key} for person in people if person not in known]
        if rows:
            PersonTag.insert_many(rows).execute()
    keys = [fold(name) for name in change.drop_tags if name.strip()]
    if keys:
        PersonTag.delete().where(PersonTag.person.in_(people) & PersonTag.key.in_(keys)).execute()


def _chunks(people: Sequence[int]) -> Iterator[list[int]]:
    each = list(dict.fromkeys(people))  # whoever is named twice is changed once
    return (each[start : start + _CHUNK] for start in range(0, len(each), _CHUNK))
