"""Who a row of a list is: found by id, then e-mail, then account, in the workspace and among the rows before it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from outreach.services.exporting.cards import SOURCE, person_of_uid, uid_prefix
from outreach.store.among import about, among
from outreach.store.database import Store
from outreach.store.models import Account, AccountAlias, EmailAddress, ExternalId, Person
from outreach.store.models.base import raw_rows

#: A key of one of three kinds: ``("i", "hubspot:7001")``, ``("e", "a@b.example")``, ``("a", "instagram:maya")``.
Key = tuple[str, str]


def keys_of(row: Mapping[str, Any]) -> list[Key]:
    """What a row can be found by, the surest first. A handle without its platform says too little."""
    keys: list[Key] = [("i", ":".join(row["i"]))] if row["i"] else []
    keys += [("e", key) for _, key in row["e"]]
    keys += [("a", account[2]) for account in row["a"] if account[0]]
    return keys


def _emails(keys: Any) -> Any:
    return EmailAddress.select(EmailAddress.key, EmailAddress.person).where(EmailAddress.key.in_(keys))


def _accounts(keys: Any) -> Any:
    return Account.select(Account.key, Account.person).where(Account.has_key(keys))


def _former(keys: Any) -> Any:
    return AccountAlias.select(AccountAlias.key, Account.person).join(Account).where(AccountAlias.key.in_(keys))


def _named(keys: Any) -> Any:
    return Person.select(Person.name_key, Person.id, Person.name).where(Person.name_key.in_(keys))


#: By kind of key, whose it is; those who have an account now come before those who had it once.
_WHOSE = (("e", about(_emails)), ("a", about(_accounts)), ("a", about(_former)))
_NAMESAKES = about(_named)


class Finder:
    """Knows who has which key: those of the workspace, and those that this import has given out."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._given: dict[Key, int] = {}
        # An empty workspace need not be asked.
        self._ask = Person.select().exists()
        self._own = uid_prefix()

    def look_up(self, keys: Iterable[Key]) -> None:
        """Learn from the workspace who has some keys."""
        if not self._ask:
            return
        wanted: dict[str, list[str]] = {"i": [], "e": [], "a": []}
        for kind, key in keys:
            wanted[kind].append(key)
        for kind, whose in _WHOSE:
            if wanted[kind]:
                for key, person in whose(wanted[kind]):
                    self._given.setdefault((kind, key), person)
        self._look_up_ids(wanted["i"])

    def _look_up_ids(self, keys: Sequence[str]) -> None:
        by_source: dict[str, list[str]] = {}
        for key in keys:
            source, _, value = key.partition(":")
            own = person_of_uid(value, self._own) if source == SOURCE else None
            if own is not None and Person.select().where(Person.id == own).exists():
                self._given.setdefault(("i", key), own)  # a card of ours that comes home
            by_source.setdefault(source, []).append(value)
        for source, values in by_source.items():
            query = ExternalId.select(ExternalId.value, ExternalId.person).where(
                (ExternalId.source == source) & ExternalId.value.in_(among(values))
            )
            for value, person in raw_rows(query):
                self._given.setdefault(("i", f"{source}:{value}"), person)

    def is_own(self, told: Sequence[str]) -> bool:
        """Whether an id of another program is one that this workspace gave a card."""
        return told[0] == SOURCE and person_of_uid(told[1], self._own) is not None

    def find(self, keys: Sequence[Key]) -> int | None:
        """The person that the first known key belongs to."""
        return next((self._given[key] for key in keys if key in self._given), None)

    def claim(self, keys: Sequence[Key], person: int) -> list[tuple[Key, int]]:
        """Give keys to a person; those that belong to someone else stay there and are returned with the owner."""
        taken = []
        for key in keys:
            owner = self._given.setdefault(key, person)
            if owner != person:
                taken.append((key, owner))
        return taken


class Namesakes:
    """Knows who has the same name as somebody new: they may be one person, and only the user can tell."""

    def __init__(self) -> None:
        self._here: dict[str, tuple[int, str]] = {}
        self._met: dict[str, int] = {}
        self._ask = Person.select().exists()
        self._own = uid_prefix()

    def look_up(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Learn from the workspace who has the names of some rows."""
        self._here = {}
        if not self._ask:
            return
        for key, person, name in _NAMESAKES([row["name"][3] for row in rows]):
            self._here.setdefault(key, (person, name))

    def meet(self, row: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """Somebody new comes: what is to be said of a namesake, with ``person``, a row of this list below nought."""
        key = row["name"][3]
        met = self._met.setdefault(key, row["n"])
        # A single word is shared by too many.
        if " " not in key and not (row["name"][1] and row["name"][2]):
            return None
        if key in self._here:
            person, name = self._here[key]
            return "rows.maybe_double", {"other": f"p{person} {name}", "name": row["name"][0], "person": person}
        if met != row["n"]:
            return "rows.maybe_double_row", {"other": met, "name": row["name"][0], "person": -met}
        return None
