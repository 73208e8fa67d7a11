"""What people are to us: the roles of ``resources/roles.toml``, several a person, or any other word."""

import tomllib
from collections.abc import Sequence
from functools import cache

from outreach.changes import Changes, Op
from outreach.fields.text import clean, fold
from outreach.paths import resource
from outreach.store.database import Store
from outreach.store.models import OtherRole, Person


@cache
def known_roles() -> tuple[str, ...]:
    """The names of our own roles, in the order in which they are offered."""
    return tuple(_words())


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(resource("roles.toml").read_text(encoding="utf-8"))
    return {name: tuple(map(fold, role["words"])) for name, role in data.items()}


def role_of(text: str) -> str:
    """The role that is meant by a word: one of ours where it is one, else the word itself."""
    cleaned = clean(text)
    key = fold(cleaned)
    name = key.replace(" ", "_").replace("-", "_")
    if name in _words():
        return name
    return next((role for role, words in _words().items() if key in words), cleaned)


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
