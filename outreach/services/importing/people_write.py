"""Writing people that a list brings: new ones fast, known ones carefully."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach.fields.places import postcode_key
from outreach.fields.text import damaged, fold, same_but_damaged
from outreach.services.importing.policies import Policy
from outreach.services.importing.taking import OnMatch, Origin, Taking
from outreach.store.among import Rows, about
from outreach.store.models import (
    Account,
    AccountAlias,
    Address,
    AudienceReading,
    EmailAddress,
    ExternalId,
    Person,
    PersonTag,
    Table,
    TasteEvidence,
    TasteNote,
)
from outreach.store.models.base import records

_NAME = ("name", "given_name", "family_name", "name_key", "sort_name")
_SCALARS = ("greeting", "role", "organisation", "job_title", "phone", "language", "how_known")
_IN_THE_ROW = frozenset({*_SCALARS, "country", "ask_again_on"})
#: What a list says of someone new only: whoever is here is not put away, or kept, by an older list.
_STATES = frozenset({"archived_on", "kept_on"})
_PLACE = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")

_COLUMNS: dict[type[Table], tuple[str, ...]] = {
    Person: ("id", *_NAME, *_SCALARS, "country", "notes", "created_at", "updated_at", "ask_again_on"),
    EmailAddress: ("id", "person_id", "address", "key", "position"),
    Account: ("id", "person_id", "platform", "handle", "key", "url"),
    AudienceReading: ("id", "account_id", "taken_on", "followers", "source"),
    ExternalId: ("id", "person_id", "source", "value"),
    Address: ("id", "person_id", *_PLACE, "is_current", "source", "created_at"),
    PersonTag: ("id", "person_id", "name", "key"),
    TasteNote: ("id", "person_id", "side", "polarity", "kind", "subject", "key", "noted_on", "by"),
    TasteEvidence: ("id", "taste_note_id", "kind", "text", "seen_on"),
}
#: Whose rows nothing refers to: they are given their ids when they are written.
_LEAVES = frozenset({EmailAddress, AudienceReading, ExternalId, PersonTag, TasteEvidence})


@dataclass(slots=True)
class Known:
    """A person of the workspace, with what tells whether a row brings anything new."""

    values: dict[str, Any]
    emails: set[str] = field(default_factory=set)
    accounts: dict[str, int] = field(default_factory=dict)
    followers: dict[int, int] = field(default_factory=dict)
    ids: set[tuple[str, str]] = field(default_factory=set)
    places: list[dict[str, Any]] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    tastes: set[tuple[str, str, str, str]] = field(default_factory=set)


class PeopleWriter:
    """Collects rows of all tables, and writes them together at `flush`."""

    def __init__(self, taking: Taking) -> None:
        self._writer = taking.writer
        self._origin: Origin = taking.origin
        self._on_match = taking.on_match
        self._policy = taking.policy
        self._rows: dict[type[Table], list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
        self._more: list[tuple[int, dict[str, Any]]] = []
        self._count = 0

    def reserve(self) -> int:
        """The id of a person to come."""
        return self._writer.next_id(Person)

    def flush(self) -> None:
        """Write what was collected, parents before children."""
        for table, columns in _COLUMNS.items():
            rows = self._rows[table]
            if rows:
                if table in _LEAVES:
                    ids = self._writer.next_ids(table, len(rows))
                    rows = [(row_id, *row) for row_id, row in zip(ids, rows, strict=True)]
                self._writer.insert(table, columns, rows)
                self._rows[table] = []
        for person, values in self._more:
            self._writer.update(Person, person, {}, values)
        self._more = []

    def add(self, person: int, row: Mapping[str, Any]) -> None:
        """Add a new person with all that the row tells."""
        places = row["p"]
        values = row["v"]
        country = values.get("country") or next((place[6] for place in places if place[6]), "")
        scalars = [values.get(name, "") for name in _SCALARS]
        shown, given, family, key, sort = row["name"]
        now = self._origin.now
        self._rows[Person].append(
            (person, shown, given, family, key, sort, *scalars, country, row["notes"], now, now,
             values.get("ask_again_on"))
        )  # fmt: skip
        if not values.keys() <= _IN_THE_ROW:
            self._more.append((person, {name: values[name] for name in values.keys() - _IN_THE_ROW}))
        self._children(person, row, Known({}))

    def update(self, person: int, row: Mapping[str, Any], known: Known) -> tuple[bool, bool]:
        """Bring a known person up to date; what she has is never thrown away.

        Returns:
            Whether anything changed, and whether the row's address was kept aside because another one is confirmed.
        """
        if self._on_match is OnMatch.SKIP:
            return False, False
        before = self._count
        aside = self._children(person, row, known)
        after = self._changed_values(row, known.values)
        places_changed = self._fill_places(row, known)
        changed = bool(after) or places_changed or self._count > before
        if changed:
            after["updated_at"] = self._origin.now
            self._writer.update(Person, person, known.values, after)
            known.values.update(after)
        return changed, aside

    def _changed_values(self, row: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
        after: dict[str, Any] = {}
        new_name = dict(zip(_NAME, (row["name"][index] for index in (0, 1, 2, 3, 4)), strict=True))
        if self._replaces("name") and _better_name(new_name, old):
            after |= new_name
        for name, value in row["v"].items():
            is_news = value != old[name] and (value or old[name] is None) and name not in _STATES
            if is_news and (self._replaces(name) or old[name] in ("", None)):
                after[name] = value
        after |= self._changed_notes(row["notes"], old["notes"])
        country = next((place[6] for place in row["p"] if place[6]), "")
        if country and not old["country"]:
            after["country"] = country
        return after

    def _changed_notes(self, new: str, old: str) -> dict[str, str]:
        policy = self._policy.get("notes", Policy.ADD)
        lines = [line for line in new.splitlines() if line and line not in old.splitlines()]
        if not lines or (policy is Policy.KEEP and old):
            return {}
        return {"notes": new if policy is Policy.REPLACE else "\n".join(filter(None, (old, *lines)))}

    def _replaces(self, name: str) -> bool:
        """Whether a value of a list takes the place of one that is there."""
        policy = self._policy.get(name)
        return policy is Policy.REPLACE if policy else self._on_match is OnMatch.UPDATE

    def _keeps(self, name: str, there: object) -> bool:
        """Whether nothing may come beside what is there."""
        return bool(there) and self._policy.get(name) is Policy.KEEP

    def _children(self, person: int, row: Mapping[str, Any], known: Known) -> bool:
        if not self._keeps("email", known.emails):
            self._emails(person, row["e"], known)
        if not self._keeps("account", known.accounts):
            self._accounts(person, row["a"], known, row_tells="fr" in row["x"])
        if row["i"] and tuple(row["i"]) not in known.ids:
            self._put_leaf(ExternalId, person, *row["i"])
            known.ids.add(tuple(row["i"]))
        for name, key in () if self._keeps("tags", known.tags) else row["t"]:
            if key not in known.tags:
                self._put_leaf(PersonTag, person, name, key)
                known.tags.add(key)
        told = {tuple(each[:4]) for each in row["x"].get("te", ())} if row["x"] else ()
        for side, polarity, kind, subject, key in () if self._keeps("tastes", known.tastes) else row["l"]:
            if (side, polarity, kind, key) not in known.tastes:
                origin = self._origin
                note = self._put(TasteNote, person, side, polarity, kind, subject, key, origin.today, origin.by)
                if (side, polarity, kind, key) not in told:
                    self._put_leaf(TasteEvidence, note, "list", origin.file, origin.today)
                known.tastes.add((side, polarity, kind, key))
        return not self._keeps("address", known.places) and self._places(person, row["p"], known)

    def _emails(self, person: int, emails: Sequence[Sequence[str]], known: Known) -> None:
        for address, key in emails:
            if key not in known.emails:
                self._put_leaf(EmailAddress, person, address, key, len(known.emails))
                known.emails.add(key)

    def _accounts(self, person: int, accounts: Sequence[Sequence[Any]], known: Known, *, row_tells: bool) -> None:
        """Accounts; how many follow is read today, unless the row tells itself when it was."""
        for platform, handle, key, url, followers in accounts:
            if key not in known.accounts:
                if not platform and any(other.partition(":")[2] == key.partition(":")[2] for other in known.accounts):
                    continue  # the same handle, and we know on which platform
                known.accounts[key] = self._put(Account, person, platform, handle, key, url)
            account = known.accounts[key]
            if followers is not None and not row_tells and known.followers.get(account) != followers:
                self._put_leaf(AudienceReading, account, self._origin.today, followers, self._origin.layout)
                known.followers[account] = followers

    def _places(self, person: int, places: Sequence[Sequence[str]], known: Known) -> bool:
        """Add places that are new; the newest is the current one, unless an older one was confirmed by the person."""
        aside = False
        for place in places:
            values = dict(zip(_PLACE, place, strict=True))
            if any(_same_place(values, other) for other in known.places):
                continue
            confirmed = bool(known.places) and self._stays(known.places)
            aside = aside or confirmed
            current = int(not confirmed and not any(other.get("fresh") for other in known.places))
            if current:
                for other in known.places:
                    if other["is_current"]:
                        self._writer.update(Address, other["id"], other, {"is_current": 0})
                        other["is_current"] = 0
            origin = self._origin
            new = self._put(Address, person, *place, current, origin.layout, origin.now)
            known.places.append({**values, "id": new, "is_current": current, "confirmed_on": None, "fresh": True})
        return aside

    def _stays(self, places: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the place that is current now stays it."""
        policy = self._policy.get("address")
        if policy is Policy.REPLACE:
            return False
        return policy is not None or any(place["confirmed_on"] and place["is_current"] for place in places)

    def _fill_places(self, row: Mapping[str, Any], known: Known) -> bool:
        """Fill what a known place lacks, and mend letters that an earlier export lost."""
        changed = False
        for place in row["p"]:
            values = dict(zip(_PLACE, place, strict=True))
            same = next((other for other in known.places if _same_place(values, other)), None)
            if same is None or same.get("fresh"):
                continue
            after = {
                name: value
                for name, value in values.items()
                if value and value != same[name] and (not same[name] or (damaged(same[name]) and not damaged(value)))
            }
            if after:
                self._writer.update(Address, same["id"], same, after)
                same.update(after)
                changed = True
        return changed

    def _put(self, table: type[Table], *values: Any) -> int:
        row_id = self._writer.next_id(table)
        self._rows[table].append((row_id, *values))
        self._count += 1
        return row_id

    def _put_leaf(self, table: type[Table], *values: Any) -> None:
        self._rows[table].append(values)
        self._count += 1


def load_known(people: Iterable[int]) -> dict[int, Known]:
    """What the workspace knows of some people."""
    ids = list(dict.fromkeys(people))
    known: dict[int, Known] = {}
    if not ids:
        return known
    for values in records(Person, _PEOPLE(ids)):
        known[values["id"]] = Known(values)
    for person, key in _EMAILS(ids):
        known[person].emails.add(key)
    for person, key, account in _ACCOUNTS(ids):
        known[person].accounts[key] = account
    for person, key, account in _FORMER(ids):
        known[person].accounts.setdefault(key, account)
    for person, account, followers in _READINGS(ids):
        known[person].followers[account] = followers
    for person, source, value in _IDS(ids):
        known[person].ids.add((source, value))
    for place in records(Address, _ADDRESSES(ids)):
        known[place["person"]].places.append(place)
    for person, key in _TAGS(ids):
        known[person].tags.add(key)
    for person, *taste in _TASTES(ids):
        known[person].tastes.add(tuple(taste))
    return known


def _hers(person: Any, *columns: Any) -> Callable[[Iterable[int]], Rows]:
    """Of the rows of some people, whose each is, and some more of its columns."""
    return about(lambda people: person.model.select(person, *columns).where(person.in_(people)))


_PEOPLE = about(lambda people: Person.select().where(Person.id.in_(people)))
_EMAILS = _hers(EmailAddress.person, EmailAddress.key)
_ACCOUNTS = _hers(Account.person, Account.key, Account.id)
_FORMER = about(
    lambda people: (
        AccountAlias.select(Account.person, AccountAlias.key, Account.id)
        .join(Account)
        .where(Account.person.in_(people))
    )
)
_READINGS = about(
    lambda people: (
        AudienceReading.select(Account.person, AudienceReading.account, AudienceReading.followers)
        .join(Account)
        .where(Account.person.in_(people))
        .order_by(AudienceReading.taken_on, AudienceReading.id)
    )
)
_IDS = _hers(ExternalId.person, ExternalId.source, ExternalId.value)
_ADDRESSES = about(lambda people: Address.select().where(Address.person.in_(people)))
_TAGS = _hers(PersonTag.person, PersonTag.key)
_TASTES = _hers(TasteNote.person, TasteNote.side, TasteNote.polarity, TasteNote.kind, TasteNote.key)


def _better_name(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether a name should take the place of another: it differs, tells no less, and has not lost letters."""
    if new["name"] == old["name"] or damaged(new["name"]):
        return False
    if old["given_name"] and old["family_name"] and not (new["given_name"] and new["family_name"]):
        return False
    return bool(new["given_name"] or new["family_name"])


def _same_place(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether two addresses are the same place, written differently or with lost letters."""
    if new["country"] and old["country"] and new["country"] != old["country"]:
        return False
    if all(new[name] == old[name] for name in ("line1", "city", "postcode")):
        return True
    new_code, old_code = postcode_key(new["postcode"]), postcode_key(old["postcode"])
    if new_code and old_code and new_code != old_code:
        return False
    if not (new_code and old_code) and fold(new["city"]) != fold(old["city"]):
        return False
    return _same_line(new["line1"], old["line1"])


def _same_line(one: str, other: str) -> bool:
    if fold(one) == fold(other) or not (one and other):
        return True
    return same_but_damaged(one, other) or same_but_damaged(other, one)
