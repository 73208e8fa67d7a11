"""Those who asked not to be written to. The mark outlives the person's own rows, as a salted hash."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.store.database import Store
from outreach.store.models import Account, EmailAddress, Suppression, WorkspaceSetting

#: The setting that holds the salt of this workspace.
SALT = "suppression.salt"
#: So many people are looked up at once.
_CHUNK = 500


class SuppressionKind(StrEnum):
    """What was suppressed."""

    EMAIL = "email"
    ACCOUNT = "account"


class SuppressionReason(StrEnum):
    """Why."""

    ASKED = "asked"
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

    def add(self, kind: SuppressionKind, key: str, reason: SuppressionReason) -> None:
        """Mark a key, inside the caller's operation."""
        if not self.is_marked(kind, key):
            Suppression.create(**self.columns(kind, key, reason))


def suppress_keys(store: Store, keys: list[tuple[SuppressionKind, str]], reason: SuppressionReason) -> Changes:
    """Never write to these e-mail addresses and accounts again. It cannot be undone by a slip of the hand."""
    with store.operation(Op.SUPPRESS, undoable=False) as written:
        marks = Marks(store)
        for kind, key in keys:
            marks.add(kind, key, reason)
    return written.changes


def suppress_people(store: Store, people: Sequence[int], reason: SuppressionReason) -> tuple[int, Changes]:
    """Never write to these people again, at none of their e-mail addresses and accounts.

    Returns:
        How many of them have neither, so that there is nothing to mark; and what was changed.
    """
    keys: list[tuple[SuppressionKind, str]] = []
    reached: set[int] = set()
    for start in range(0, len(people), _CHUNK):
        some = list(people[start : start + _CHUNK])
        accounts = Account.person.in_(some) & (Account.platform != "")
        for kind, model, chosen in ((SuppressionKind.EMAIL, EmailAddress, EmailAddress.person.in_(some)),
                                    (SuppressionKind.ACCOUNT, Account, accounts)):  # fmt: skip
            for person, key in model.select(model.person, model.key).where(chosen).tuples():
                keys.append((kind, key))
                reached.add(person)
    return len(people) - len(reached), suppress_keys(store, keys, reason)


def suppressed_people(store: Store, people: list[int] | None = None) -> frozenset[int]:
    """The ids of all people, or of those named, who have a suppressed e-mail address or account."""
    found: set[int] = set()
    for model, kind in ((EmailAddress, SuppressionKind.EMAIL), (Account, SuppressionKind.ACCOUNT)):
        query = (
            model.select(model.person)
            .join(Suppression, on=((Suppression.kind == kind.value) & (Suppression.shown == model.key)))
            .where(Suppression.shown != "")
        )
        if people is not None:
            query = query.where(model.person.in_(people))
        found.update(store.ids(query))
    return frozenset(found)
