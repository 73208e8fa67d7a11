"""Who may be the same person: pairs on a ladder from e-mail to name, and what the user said of them."""

from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.store import doubles
from outreach.store.database import Store
from outreach.store.doubles import Facts
from outreach.store.models import NotSame, Person


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be the same.

    Attributes:
        reason: ``email``, ``handle``, ``name_postcode`` or ``name``, the surest that holds.
    """

    first_id: int
    second_id: int
    reason: str


#: These say less than the others, so that what speaks against them is looked at.
_DOUBTFUL = ("handle", "name")
_ORDER = ("email", "handle", "name_postcode", "name")


def pairs(store: Store) -> tuple[Pair, ...]:
    """All pairs, the surest first. Of many people this takes a moment: read it beside, never on the window's thread."""
    found = doubles.pairs(store)
    doubtful = {person for *pair, reason in found if reason in _DOUBTFUL for person in pair}
    facts = doubles.telling_apart(store, doubtful)
    kept = [
        Pair(first, second, reason)
        for first, second, reason in found
        if reason not in _DOUBTFUL or not _apart(facts[first], facts[second], reason)
    ]
    return tuple(sorted(kept, key=lambda pair: (_ORDER.index(pair.reason), pair.first_id, pair.second_id)))


def say_not_same(store: Store, first_id: int, second_id: int) -> Changes:
    """Remember that two people are not the same, so that they are not proposed again.

    Raises:
        KnownError: ``people.same``.
    """
    if first_id == second_id:
        raise KnownError("people.same")
    first, second = sorted((first_id, second_id))
    with store.operation(Op.NOT_SAME) as written:
        NotSame.get_or_create(
            first=first, second=second, defaults={"noted_on": store.today().isoformat(), "by": store.by}
        )
    return written.changes


def names_of(pair: Pair) -> tuple[str, str]:
    """What the two are called."""
    return Person.get_by_id(pair.first_id).name, Person.get_by_id(pair.second_id).name


def _apart(one: Facts, other: Facts, reason: str) -> bool:
    """Whether two are more likely two people: another country or postcode, or each her own e-mail."""
    if reason == "handle" and set(one.name.split()) & set(other.name.split()):
        return False
    if one.country and other.country and one.country != other.country:
        return True
    if one.postcodes and other.postcodes and not one.postcodes & other.postcodes:
        return True
    return one.has_email and other.has_email
