"""What people are to us: several roles a person, the first of which lists show."""

from collections.abc import Sequence

from outreach.changes import Changes, Op
from outreach.fields.roles import role_of
from outreach.store.database import Store
from outreach.store.models import OtherRole, Person


def roles_of(person_id: int) -> tuple[str, ...]:
    """All roles of a person, the first one first."""
    first = Person.get_by_id(person_id).role
    others = [row.role for row in OtherRole.select().where(OtherRole.person == person_id).order_by(OtherRole.id)]
    return tuple(dict.fromkeys(filter(None, (first, *others))))


def set_roles(store: Store, person_id: int, roles: Sequence[str]) -> Changes:
    """Say what a person is to us; the first role is the one that lists show."""
    wanted = list(dict.fromkeys(filter(None, map(role_of, roles))))
    with store.operation(Op.EDIT_PERSON) as written:
        write_roles(person_id, wanted)
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def write_roles(person_id: int, roles: Sequence[str]) -> None:
    """Write roles inside the caller's operation."""
    first, others = (roles[0], roles[1:]) if roles else ("", [])
    Person.update(role=first).where(Person.id == person_id).execute()
    mine = OtherRole.person == person_id
    OtherRole.delete().where(mine & OtherRole.role.not_in(list(others) or [""])).execute()
    there = {row.role for row in OtherRole.select().where(mine)}
    for role in others:
        if role not in there:
            OtherRole.create(person=person_id, role=role)
