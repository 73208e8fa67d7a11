"""Whom a change is about, so that what was made of the tables is renewed where it was touched, and nowhere else."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from outreach.store.models import Club, Gift, Letter, Outcome, Person, Post, Reading, ReadingSubject, Table, TasteNote

if TYPE_CHECKING:
    from outreach.services.matching.building import Arrays

#: Up to so many people what is read is read anew by whoever has none; above, what was made of it is kept in files.
FEW = 4000
#: Tables that bear on one person, and how a row of them names her; all else that the match reads makes it read anew.
_OF_ONE: dict[str, tuple[type[Table], str]] = {
    "person": (Person, "id"), "taste_note": (TasteNote, "person"), "outcome": (Outcome, "person"),
    "post": (Post, "person"), "gift": (Gift, "person"), "club": (Club, "host"), "letter": (Letter, "person"),
    "reading": (Reading, "person"),
}  # fmt: skip


def people_of(rows: Mapping[str, frozenset[int] | None]) -> set[int] | None:
    """Whom changed rows are about; None where that cannot be told, as of rows that are gone or of too many."""
    found: set[int] = set()
    for table, ids in rows.items():
        if ids is None:
            return None
        people = _named(table, sorted(ids))
        if people is None or len(people) < len(ids):
            return None
        found |= {person for person in people if person is not None}
    return found


def _named(table: str, ids: list[int]) -> list[int | None] | None:
    if table == "reading_subject":
        rows: Any = ReadingSubject.select(Reading.person).join(Reading).where(ReadingSubject.id.in_(ids))
    elif table in _OF_ONE:
        model, name = _OF_ONE[table]
        rows = model.select(getattr(model, name)).where(model.id.in_(ids))
    else:
        return None
    return [row[0] for row in rows.tuples()]


def renew_all(built: "Arrays", people: Iterable[int]) -> bool:
    """Bring some people's rows up to the tables; False where the arrays must be built anew."""
    from outreach.services.matching.building import renew
    from outreach.services.matching.gathering import gather_record

    for person in sorted(people):
        gather_record(built.known, person)
        if not renew(built, person):
            return False
    return True
