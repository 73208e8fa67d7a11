"""Writing people that a list brings: new ones fast, known ones carefully."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach.fields.places import postcode_key
from outreach.fields.text import damaged, fold, same_but_damaged
from outreach.services.importing.policies import Policy
from outreach.services.importing.taking import OnMatch, Origin, Taking
from outreach.store.among import among
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
from outreach.store.models.base import raw_rows

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

    def reserve(self) -> int:
        """The id of a person to come."""
        return self._writer.next_id(Person)

    def flush(self) -> None:
        """Write what was collected, parents before children."""
        for table, columns in _COLUMNS.items():
            if self._rows[table]:
                self._writer.insert(table, columns, self._rows[table])
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
        more = {name: value for name, value in values.items() if name not in _IN_THE_ROW}
        if more:
            self._more.append((person, more))
        self._children(person, row, Known({}))

    def update(self, person: int, row: Mapping[str, Any], known: Known) -> tuple[bool, bool]:
        """Bring a known person up to date; what she has is never thrown away.

        Returns:
            Whether anything changed, and whether the row's address was kept aside because another one is confirmed.
        """
        if self._on_match is OnMatch.SKIP:
            return False, False
        before = sum(len(rows) for rows in self._rows.values())
        aside = self._children(person, row, known)
        after = self._changed_values(row, known.values)
        places_changed = self._fill_places(row, known)
        changed = bool(after) or places_changed or sum(len(rows) for rows in self._rows.values()) > before
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
            self._put(ExternalId, person, *row["i"])
            known.ids.add(tuple(row["i"]))
        for name, key in () if self._keeps("tags", known.tags) else row["t"]:
            if key not in known.tags:
                self._put(PersonTag, person, name, key)
                known.tags.add(key)
        told = {tuple(each[:4]) for each in row["x"].get("te", ())} if row["x"] else ()
        for side, polarity, kind, subject, key in () if self._keeps("tastes", known.tastes) else row["l"]:
            if (side, polarity, kind, key) not in known.tastes:
                origin = self._origin
                note = self._put(TasteNote, person, side, polarity, kind, subject, key, origin.today, origin.by)
                if (side, polarity, kind, key) not in told:
                    self._put(TasteEvidence, note, "list", origin.file, origin.today)
                known.tastes.add((side, polarity, kind, key))
        return not self._keeps("address", known.places) and self._places(person, row["p"], known)

    def _emails(self, person: int, emails: Sequence[Sequence[str]], known: Known) -> None:
        for address, key in emails:
            if key not in known.emails:
                self._put(EmailAddress, person, address, key, len(known.emails))
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
                self._put(AudienceReading, account, self._origin.today, followers, self._origin.layout)
                known.followers[account] = followers

    def _places(self, person: int, places: Sequence[Sequence[str]], known: Known) -> bool:
        """Add places that are new; the newest is the current one, unless an older one was confirmed by the person."""
        aside = False
        for place in places:
            values = dict(zip(_PLACE, place, strict=True))
            if any(_same_place(values, other) for other in known.places):
                continue
            policy = self._policy.get("address")
            confirmed = any(other["confirmed_on"] and other["is_current"] for other in known.places)
            confirmed = policy is not Policy.REPLACE and (confirmed or bool(policy and known.places))
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
        return row_id


def load_known(people: Iterable[int]) -> dict[int, Known]:
    """What the workspace knows of some people."""
    ids = list(dict.fromkeys(people))
    known: dict[int, Known] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        for values in _records(Person, Person.id, some):
            known[values["id"]] = Known(values)
        for person, key in _hers(some, EmailAddress.person, EmailAddress.key):
            known[person].emails.add(key)
        for person, key, account in _hers(some, Account.person, Account.key, Account.id):
            known[person].accounts[key] = account
        former = AccountAlias.select(Account.person, AccountAlias.key, Account.id).join(Account)
        for person, key, account in raw_rows(former.where(Account.person.in_(among(some)))):
            known[person].accounts.setdefault(key, account)
        _load_followers(some, known)
        for person, source, value in _hers(some, ExternalId.person, ExternalId.source, ExternalId.value):
            known[person].ids.add((source, value))
        for place in _records(Address, Address.person, some):
            known[place["person"]].places.append(place)
        for person, key in _hers(some, PersonTag.person, PersonTag.key):
            known[person].tags.add(key)
        note = (TasteNote.person, TasteNote.side, TasteNote.polarity, TasteNote.kind, TasteNote.key)
        for person, *taste in _hers(some, *note):
            known[person].tastes.add(tuple(taste))
    return known


def _hers(people: Sequence[int], person: Any, *columns: Any) -> Iterator[tuple[Any, ...]]:
    """Of the rows of some people, whose each is, and some more of its columns."""
    return raw_rows(person.model.select(person, *columns).where(person.in_(among(people))))


def _records(table: type[Table], whose: Any, people: Sequence[int]) -> Iterator[dict[str, Any]]:
    """The whole rows of some people."""
    names = [field.name for field in table._meta.sorted_fields]
    for row in raw_rows(table.select().where(whose.in_(among(people)))):
        yield dict(zip(names, row, strict=True))


def _load_followers(people: Sequence[int], known: Mapping[int, Known]) -> None:
    readings = (
        AudienceReading.select(Account.person, AudienceReading.account, AudienceReading.followers)
        .join(Account)
        .where(Account.person.in_(among(people)))
        .order_by(AudienceReading.taken_on, AudienceReading.id)
    )
    for person, account, followers in raw_rows(readings):
        known[person].followers[account] = followers


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
