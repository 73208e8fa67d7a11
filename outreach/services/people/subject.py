"""All that is kept about one person, to hand to her: every row of every table that is hers."""

from pathlib import Path
from typing import Any

from outreach.services.people.documents import documents_of
from outreach.services.people.suppressions import suppressed_people
from outreach.services.posts.stories import pictures_about
from outreach.store import subject
from outreach.store.database import Store
from outreach.store.models import Person


def about(store: Store, person_id: int) -> dict[str, Any]:
    """Everything about a person: her own columns, then rows by table, ids and binary bodies left out.

    What is sensitive and self-described is in it, since it is hers; the words of others about others are not.
    """
    person = Person.get_by_id(person_id)
    tables = subject.rows_about(store, person_id)
    return {
        "person": f"p{person.id}",
        "made_on": store.today().isoformat(),
        "asked_not_to_be_contacted": person_id in suppressed_people(store, [person_id]),
        "values": tables.pop("person")[0],
        **tables,
    }


def kept_files(store: Store, person_id: int) -> list[tuple[str, Path]]:
    """The files that are kept of her: what each was called, and where it lies."""
    documents = [(each.name, each.path) for each in documents_of(store, person_id) if each.path is not None]
    return documents + [(each.name, each.path) for each in pictures_about(store, person_id)]
