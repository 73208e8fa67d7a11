"""Making two people one, field by field, so that nothing is lost and no wish to be left alone is weakened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.services.people.consent import merge_consent
from outreach.services.people.fields import EDITABLE
from outreach.services.people.roles import roles_of, write_roles
from outreach.services.posts.nature import renew
from outreach.store.database import Store
from outreach.store.models import Address, EmailAddress, Person
from outreach.store.moving import move_children

#: Columns that follow from the name, and are chosen with it.
_NAMES = ("name", "name_key", "sort_name", "given_name", "family_name")
#: What both said is kept, one below the other, unless one of them is chosen.
_JOINED = ("notes", "expertise", "repute", "relation", "how_known")
_FIRST_EMAIL, _CURRENT_ADDRESS, _INTRODUCED = "email", "address", "introduced_by"


def _later(mine: Any, theirs: Any) -> Any:
    return max(filter(None, (mine, theirs)), default=None)


def _earlier(mine: Any, theirs: Any) -> Any:
    return min(filter(None, (mine, theirs)), default=None)


def _younger(mine: int | None, theirs: int | None) -> int | None:
    """Known not to be of age wins, then known to be."""
    known = [each for each in (mine, theirs) if each is not None]
    return min(known) if known else None


#: Of these the stricter one is always taken.
_STRICT: dict[str, Callable[[Any, Any], Any]] = {
    "away_until": _later,
    "ask_again_on": _later,
    "kept_on": _later,
    "objected_on": _earlier,
    "is_adult": _younger,
    # One of them is in use.
    "archived_on": lambda mine, theirs: max(mine, theirs) if mine and theirs else None,
}
#: What the user may choose of one or the other.
CHOSEN = (
    *(name for name in EDITABLE if name not in _STRICT and name not in ("given_name", "family_name")),
    _FIRST_EMAIL, _CURRENT_ADDRESS, _INTRODUCED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field in which two people differ.

    Attributes:
        takes_other: Whether the other's value is taken unless the user says otherwise.
        joins: Whether both are kept unless one is chosen.
    """

    name: str
    mine: str
    theirs: str
    takes_other: bool
    joins: bool


def merge_fields(keep_id: int, other_id: int) -> list[MergeField]:
    """The fields to choose in, those that differ.

    Raises:
        KnownError: ``people.same``.
    """
    if keep_id == other_id:
        raise KnownError("people.same")
    keep, other = Person.get_by_id(keep_id), Person.get_by_id(other_id)
    found = []
    for name in CHOSEN:
        mine, theirs = _shown(keep, name), _shown(other, name)
        if mine != theirs and (mine or theirs):
            joins = name in _JOINED and bool(mine and theirs)
            found.append(MergeField(name, mine, theirs, not mine, joins))
    return found


def merge_people(store: Store, keep_id: int, other_id: int, take_other: Mapping[str, bool] | None = None) -> Changes:
    """Make two people one: the kept one gets all that the other had.

    Where both have a value the kept one's stays and notes are joined, unless `take_other` says for a field of `CHOSEN`
    whose value is taken. Opt-outs, days to wait for and the ground we write on are always the stricter ones.

    Raises:
        KnownError: ``people.same`` when both are the same, ``people.unknown_field``.
    """
    if keep_id == other_id:
        raise KnownError("people.same")
    chosen = dict(take_other or {})
    for name in chosen:
        if name not in CHOSEN:
            raise KnownError("people.unknown_field", name=name, known=", ".join(CHOSEN))
    keep, other = Person.get_by_id(keep_id), Person.get_by_id(other_id)
    columns = _columns(keep, other, chosen)
    roles = [*roles_of(keep_id), *roles_of(other_id)]
    if chosen.get("role") and other.role:
        roles.insert(0, other.role)
    first = _first_email(other_id) if chosen.get(_FIRST_EMAIL) else None
    place = _current(other_id) if chosen.get(_CURRENT_ADDRESS) else None
    with store.operation(Op.MERGE_PEOPLE) as written:
        merge_consent(keep_id, other_id)
        move_children(store, other_id, keep_id)
        Person.delete().where(Person.id == other_id).execute()
        Person.update(**columns, updated_at=store.now()).where(Person.id == keep_id).execute()
        write_roles(keep_id, list(dict.fromkeys(roles)))
        renew(store, keep_id)
        if first is not None:
            _put_first(keep_id, first.id)
        if place is not None:
            Address.update(is_current=0).where(Address.person == keep_id).execute()
            Address.update(is_current=1).where(Address.id == place.id).execute()
    return written.changes


def _columns(keep: Person, other: Person, chosen: Mapping[str, bool]) -> dict[str, Any]:
    columns: dict[str, Any] = {name: rule(getattr(keep, name), getattr(other, name)) for name, rule in _STRICT.items()}
    for name in CHOSEN:
        if name in (_FIRST_EMAIL, _CURRENT_ADDRESS, _INTRODUCED, "role"):
            continue
        mine, theirs = getattr(keep, name), getattr(other, name)
        takes = chosen.get(name, not mine)
        if name == "name" and takes:
            columns.update({each: getattr(other, each) for each in _NAMES})
        elif name in _JOINED and name not in chosen and mine and theirs and theirs not in mine:
            columns[name] = f"{mine}\n{theirs}"
        elif takes:
            columns[name] = theirs
    for name in ("given_name", "family_name"):
        if name not in columns and not getattr(keep, name) and keep.name_key == other.name_key:
            columns[name] = getattr(other, name)
    introduced = other.introduced_by_id if chosen.get(_INTRODUCED, not keep.introduced_by_id) else keep.introduced_by_id
    columns[_INTRODUCED] = introduced if introduced not in (keep.id, other.id) else None
    return columns


def _shown(person: Person, name: str) -> str:
    if name == _FIRST_EMAIL:
        email = _first_email(person.id)
        return email.address if email else ""
    if name == _CURRENT_ADDRESS:
        place = _current(person.id)
        parts = (place.line1, place.line2, place.city, place.postcode, place.country) if place else ()
        return ", ".join(filter(None, parts))
    if name == _INTRODUCED:
        return person.introduced_by.name if person.introduced_by_id else ""
    return str(getattr(person, name) or "")


def _first_email(person_id: int) -> Any:
    return EmailAddress.select().where(EmailAddress.person == person_id).order_by(EmailAddress.position).first()


def _current(person_id: int) -> Any:
    mine = (Address.person == person_id) & (Address.is_current == 1)
    return Address.select().where(mine).order_by(-Address.id).first()


def _put_first(person_id: int, email_id: int) -> None:
    rows = list(EmailAddress.select().where(EmailAddress.person == person_id).order_by(EmailAddress.position))
    rows.sort(key=lambda row: row.id != email_id)
    for position, row in enumerate(rows):
        EmailAddress.update(position=position).where(EmailAddress.id == row.id).execute()
