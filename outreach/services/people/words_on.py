"""Words put on a person: tags, and how her pictures look and what mood she sets; and who introduced her."""

from collections.abc import Sequence

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.store.database import Store
from outreach.store.models import Person, PersonLook, PersonTag

LOOKS = ("aesthetic", "mood")


def set_tags(store: Store, person_id: int, names: Sequence[str]) -> Changes:
    """Make these the tags of a person."""
    wanted = {fold(name): clean(name) for name in names if clean(name)}
    mine = PersonTag.person == person_id
    with store.operation(Op.EDIT_PERSON) as written:
        known = {row.key: row.id for row in PersonTag.select().where(mine)}
        PersonTag.delete().where(PersonTag.id.in_([row for key, row in known.items() if key not in wanted])).execute()
        for key, name in wanted.items():
            if key not in known:
                PersonTag.create(person=person_id, name=name, key=key)
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def looks_of(person_id: int, kind: str) -> tuple[str, ...]:
    """The words for a person's look or mood."""
    rows = PersonLook.select(PersonLook.name).where((PersonLook.person == person_id) & (PersonLook.kind == kind))
    return tuple(name for (name,) in rows.order_by(PersonLook.id).tuples())


def set_looks(store: Store, person_id: int, kind: str, names: Sequence[str]) -> Changes:
    """Make these the words for a person's look (``aesthetic``) or ``mood``."""
    wanted = {fold(name): clean(name) for name in names if clean(name)}
    mine = (PersonLook.person == person_id) & (PersonLook.kind == kind)
    with store.operation(Op.EDIT_PERSON) as written:
        known = {row.key: row.id for row in PersonLook.select().where(mine)}
        PersonLook.delete().where(PersonLook.id.in_([row for key, row in known.items() if key not in wanted])).execute()
        for key, name in wanted.items():
            if key not in known:
                PersonLook.create(person=person_id, kind=kind, name=name, key=key)
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def set_introduced_by(store: Store, person_id: int, by: int | None) -> Changes:
    """Note who introduced somebody to us, None for nobody.

    Raises:
        KnownError: ``people.itself``.
    """
    if by == person_id:
        raise KnownError("people.itself")
    with store.operation(Op.EDIT_PERSON) as written:
        Person.update(introduced_by=by, updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def listed(text: str) -> list[str]:
    """Words with commas between them, one by one."""
    return [word for word in map(clean, text.replace(";", ",").split(",")) if word]
