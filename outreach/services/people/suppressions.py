"""Those who asked not to be written to. The mark outlives the person's own rows, as a salted hash."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from peewee import SQL

from outreach.changes import Changes, Op
from outreach.fields.places import postcode_key
from outreach.services.people.identity import identity_keys
from outreach.store.among import about, among
from outreach.store.database import Store
from outreach.store.models import (
    Account,
    AccountAlias,
    Address,
    EmailAddress,
    ExternalId,
    Person,
    Suppression,
    WorkspaceSetting,
)
from outreach.store.models.base import raw_rows

#: The setting that holds the salt of this workspace.
SALT = "suppression.salt"
#: So many people are looked up at once.
_CHUNK = 500


class SuppressionKind(StrEnum):
    """What was suppressed; a person is told by her name and one thing more, an id is another program's."""

    EMAIL = "email"
    ACCOUNT = "account"
    PERSON = "person"
    ID = "id"


#: Where that stands which is suppressed.
_HOLDERS: dict[SuppressionKind, Any] = {SuppressionKind.EMAIL: EmailAddress, SuppressionKind.ACCOUNT: Account}


class SuppressionReason(StrEnum):
    """Why."""

    ASKED = "asked"
    OBJECTED = "objected"
    UNSUBSCRIBED = "unsubscribed"
    FORGOTTEN = "forgotten"


class Marks:
    """Hashes the keys of e-mail addresses and accounts as this workspace does, and knows which are suppressed.

    Attributes:
        forgotten: Hashes of people who were forgotten: nobody with one of them is added again.
    """

    def __init__(self, store: Store) -> None:
        row = WorkspaceSetting.get_or_none(WorkspaceSetting.name == SALT)
        self._salt = bytes.fromhex(row.value) if row else b""
        marks = Suppression.select(Suppression.kind, Suppression.hash, Suppression.shown).tuples()
        self._all = {(kind, digest): shown for kind, digest, shown in marks}
        self.forgotten = {digest for (_kind, digest), shown in self._all.items() if not shown}
        self._store = store

    def hash(self, kind: SuppressionKind, key: str) -> str:
        """The salted hash of a key."""
        if not self._salt:
            self._salt = secrets.token_bytes(32)
            WorkspaceSetting.create(name=SALT, value=self._salt.hex())
        return hmac.new(self._salt, f"{kind}:{key}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def is_forgotten(self, kind: SuppressionKind, key: str) -> bool:
        """Whether a key belongs to someone who was forgotten."""
        return bool(self.forgotten) and self.hash(kind, key) in self.forgotten

    def is_marked(self, kind: SuppressionKind, key: str) -> bool:
        """Whether a key is suppressed, for whatever reason."""
        return (kind.value, self.hash(kind, key)) in self._all

    def columns(self, kind: SuppressionKind, key: str, reason: SuppressionReason, source: str = "") -> dict[str, str]:
        """The columns of a new mark, which counts as made from now on."""
        digest = self.hash(kind, key)
        self._all[kind.value, digest] = key
        return {
            "kind": kind.value,
            "hash": digest,
            "shown": key,
            "reason": reason.value,
            "source": source,
            "since_on": self._store.today().isoformat(),
        }

    def add(self, kind: SuppressionKind, key: str, reason: SuppressionReason, source: str = "") -> None:
        """Mark a key, inside the caller's operation."""
        if not self.is_marked(kind, key):
            Suppression.create(**self.columns(kind, key, reason, source))

    def forget(self, kind: SuppressionKind, key: str) -> None:
        """Mark a key as that of someone forgotten, of whom nothing is shown any more, inside the caller's operation."""
        digest = self.hash(kind, key)
        if (kind.value, digest) in self._all:
            Suppression.update(shown="", source="", reason=SuppressionReason.FORGOTTEN.value).where(
                (Suppression.kind == kind.value) & (Suppression.hash == digest)
            ).execute()
        else:
            columns = self.columns(kind, key, SuppressionReason.FORGOTTEN)
            Suppression.create(**{**columns, "shown": ""})
        self._all[kind.value, digest] = ""
        self.forgotten.add(digest)


def suppress_keys(store: Store, keys: list[tuple[SuppressionKind, str]], reason: SuppressionReason) -> Changes:
    """Never write to these e-mail addresses and accounts again. It cannot be undone by a slip of the hand."""
    with store.operation(Op.SUPPRESS, undoable=False) as written:
        marks = Marks(store)
        for kind, key in keys:
            marks.add(kind, key, reason)
    return written.changes


def keys_of_people(people: Sequence[int], *, forgotten: bool = False) -> list[tuple[SuppressionKind, str]]:
    """All by which some people are recognised: e-mail addresses, accounts, and name with postcode and the like.

    Args:
        people: Who.
        forgotten: Whether they will be gone: then former handles and the ids of other programs are marked too.
    """
    found: list[tuple[SuppressionKind, str]] = []
    for start in range(0, len(people), _CHUNK):
        some = list(people[start : start + _CHUNK])
        reached: set[int] = set()
        accounts = Account.person.in_(some) & (Account.platform != "")
        for kind, model, chosen in ((SuppressionKind.EMAIL, EmailAddress, EmailAddress.person.in_(some)),
                                    (SuppressionKind.ACCOUNT, Account, accounts)):  # fmt: skip
            for person, key in model.select(model.person, model.key).where(chosen).tuples():
                found.append((kind, key))
                reached.add(person)
        if forgotten:
            aliases = AccountAlias.select(AccountAlias.key).join(Account).where(accounts)
            found += [(SuppressionKind.ACCOUNT, key) for (key,) in aliases.tuples()]
            ids = ExternalId.select(ExternalId.source, ExternalId.value).where(ExternalId.person.in_(some))
            found += [(SuppressionKind.ID, f"{source}:{value}") for source, value in ids.tuples()]
        found += _identities(some, reached, forgotten=forgotten)
    return found


def _identities(people: list[int], reached: set[int], *, forgotten: bool) -> list[tuple[SuppressionKind, str]]:
    codes: dict[int, list[str]] = {}
    coded = Address.person.in_(people) & (Address.postcode != "")
    places = Address.select(Address.person, Address.postcode).where(coded)
    for person, postcode in places.tuples():
        codes.setdefault(person, []).append(postcode)
    found: list[tuple[SuppressionKind, str]] = []
    rows = Person.select(Person.id, Person.name_key, Person.organisation, Person.phone).where(Person.id.in_(people))
    for person, name, organisation, phone in rows.tuples():
        # Who has an e-mail address or an account is told apart by it while she is here.
        if forgotten or person not in reached:
            keys = identity_keys(name, codes.get(person, ()), organisation, phone, is_reachable=person in reached)
            found += [(SuppressionKind.PERSON, key) for key in keys]
    return found


def suppress_people(
    store: Store, people: Sequence[int], reason: SuppressionReason = SuppressionReason.OBJECTED, source: str = ""
) -> Changes:
    """Never write to these people again: at none of their e-mail addresses and accounts, nor by post."""
    with store.operation(Op.SUPPRESS, undoable=False) as written:
        marks = Marks(store)
        for kind, key in keys_of_people(people):
            marks.add(kind, key, reason, source)
        today = store.today().isoformat()
        for start in range(0, len(people), _CHUNK):
            some = Person.id.in_(list(people[start : start + _CHUNK])) & Person.objected_on.is_null()
            Person.update(objected_on=today).where(some).execute()
    return written.changes


def suppressed_people(store: Store, people: list[int] | None = None) -> frozenset[int]:
    """The ids of all people, or of those named, who objected or have a suppressed e-mail address or account."""
    found: set[int] = set()
    for kind in _HOLDERS:
        found.update(row for (row,) in (raw_rows(_marked(kind)) if people is None else _marked_among(people, kind)))
    found.update(row for (row,) in (raw_rows(_objected()) if people is None else _objected_among(people)))
    return frozenset(found | _recognised(store.once("suppressed", _shown), people))


def _marked(kind: SuppressionKind) -> Any:
    model = _HOLDERS[kind]
    return (
        model.select(model.person)
        .join(Suppression, on=((Suppression.kind == kind.value) & (Suppression.shown == model.key)))
        .where(Suppression.shown != "")
    )


@about
def _marked_among(people: SQL, kind: SuppressionKind) -> Any:
    return _marked(kind).where(_HOLDERS[kind].person.in_(people))


def _objected() -> Any:
    return Person.select(Person.id).where(Person.objected_on.is_null(False))


@about
def _objected_among(people: SQL) -> Any:
    return _objected().where(Person.id.in_(people))


def _shown() -> frozenset[str]:
    """By what people are known who objected before they were deleted."""
    query = Suppression.select(Suppression.shown).where(
        (Suppression.kind == SuppressionKind.PERSON.value) & (Suppression.shown != "")
    )
    return frozenset(key for (key,) in raw_rows(query))


def _recognised(marks: frozenset[str], people: list[int] | None) -> set[int]:
    """Who has the name and the postcode, or the like, of someone who objected before she was deleted and came back."""
    found: set[int] = set()
    names = sorted({key.rpartition("|")[0] for key in marks})
    for start in range(0, len(names), _CHUNK):
        query = Person.select(Person.id, Person.name_key, Person.organisation, Person.phone).where(
            Person.name_key.in_(names[start : start + _CHUNK])
        )
        if people is not None:
            query = query.where(Person.id.in_(among(people)))
        for person, name, organisation, phone in query.tuples():
            codes = [postcode_key(row.postcode) for row in Address.select().where(Address.person == person)]
            reachable = EmailAddress.select().where(EmailAddress.person == person).exists()
            if marks.intersection(identity_keys(name, codes, organisation, phone, is_reachable=reachable)):
                found.add(person)
    return found
