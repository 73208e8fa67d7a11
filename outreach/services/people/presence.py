"""Who is away or moving until a day, and who is not of age: letters and parcels wait, and say so kindly."""

from collections.abc import Sequence

from outreach.errors import KnownError
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Person


def away(store: Store, people: Sequence[int]) -> dict[int, str]:
    """Who of some people is away, each with the day until which she is."""
    today = store.today().isoformat()
    query = Person.select(Person.id, Person.away_until).where(Person.away_until > today)
    return dict(query.where(Person.id.in_(among(people))).tuples())


def unguarded(people: Sequence[int]) -> list[int]:
    """Who of some people is known not to be of age, with no guardian to turn to."""
    minors = Person.select(Person.id).where(
        Person.id.in_(among(people)) & (Person.is_adult == 0) & (Person.guardian_contact == "")
    )
    return [person for (person,) in minors.tuples()]


def refuse_to_pack(store: Store, people: Sequence[int]) -> None:
    """A parcel waits for who is away, and for the word of a guardian.

    Raises:
        KnownError: ``shipments.away``, ``shipments.minor``.
    """
    gone = away(store, people)
    if gone:
        person = min(gone)
        raise KnownError("shipments.away", person=Person.get_by_id(person).name, until_day=gone[person])
    young = unguarded(people)
    if young:
        raise KnownError("shipments.minor", person=Person.get_by_id(min(young)).name)
