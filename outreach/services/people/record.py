"""What is kept about a person beside her own columns, in one frozen value for pages and commands."""

from dataclasses import dataclass

from outreach.services.people.accounts import AccountRecord, accounts_of
from outreach.services.people.addresses import Place, places_of
from outreach.services.people.audience import Share, audience_of
from outreach.services.people.consent import ConsentRecord, consent_of
from outreach.services.people.documents import Document, documents_of
from outreach.services.people.notes import Note, notes_of
from outreach.services.people.roles import roles_of
from outreach.services.people.rosters import rosters_of
from outreach.services.people.words_on import looks_of
from outreach.store.database import Store
from outreach.store.models import Person


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Everything kept about a person but her tastes, gifts and letters.

    Attributes:
        introduced_by: Who introduced her: id and name.
        introduced: Whom she introduced: ids and names.
        is_archived: Whether she is out of the lists.
        is_away: Whether she is away today; until when stands in her own columns.
        objected_on: The day on which she asked not to be contacted, empty where she did not.
    """

    roles: tuple[str, ...]
    accounts: tuple[AccountRecord, ...]
    places: tuple[Place, ...]
    consent: ConsentRecord
    notes: tuple[Note, ...]
    documents: tuple[Document, ...]
    audience: tuple[Share, ...]
    rosters: tuple[str, ...]
    aesthetics: tuple[str, ...]
    moods: tuple[str, ...]
    introduced_by: tuple[int, str] | None
    introduced: tuple[tuple[int, str], ...]
    is_archived: bool
    is_away: bool
    objected_on: str


def record_of(store: Store, person_id: int) -> PersonRecord:
    """What is kept about a person."""
    person = Person.get_by_id(person_id)
    led = Person.select(Person.id, Person.name).where(Person.introduced_by == person_id).order_by(Person.sort_name)
    return PersonRecord(
        roles=roles_of(person_id),
        accounts=accounts_of(person_id),
        places=places_of(person_id),
        consent=consent_of(store, person_id),
        notes=notes_of(person_id),
        documents=documents_of(store, person_id),
        audience=audience_of(person_id),
        rosters=rosters_of(person_id),
        aesthetics=looks_of(person_id, "aesthetic"),
        moods=looks_of(person_id, "mood"),
        introduced_by=(person.introduced_by_id, person.introduced_by.name) if person.introduced_by_id else None,
        introduced=tuple(led.tuples()),
        is_archived=person.archived_on is not None,
        is_away=(person.away_until or "") > store.today().isoformat(),
        objected_on=person.objected_on or "",
    )
