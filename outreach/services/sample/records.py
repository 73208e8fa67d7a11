"""What is kept about some people of the sample: notes, consent, audience, rosters, from ``resources/sample``."""

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource
from outreach.services.people.consent import bases
from outreach.services.sample.days import Days
from outreach.store.batches import BatchWriter
from outreach.store.database import Store
from outreach.store.models import (
    Address,
    AudienceReading,
    AudienceShare,
    Consent,
    OtherRole,
    Person,
    PersonDocument,
    PersonLook,
    PersonNote,
    Roster,
    RosterMember,
)

#: Writes a row of a table, and says which number it got.
Put = Callable[..., int]

_NOTICE_DAYS = 30


class Records:
    """Gives people the columns that are kept about them, and puts the rows once they have their numbers.

    Attributes:
        accounts: By person and platform the ids of accounts, filled in while people are written.
    """

    def __init__(self, put: Put, writer: BatchWriter, store: Store) -> None:
        self._put = put
        self._writer = writer
        self._days = Days(store.today())
        self._now = store.now()
        self._by = store.by
        self._rosters: dict[str, int] = {}
        self._records = {record["name"]: record for record in _records()}
        # All rows of a table have the same columns.
        names = {name for record in self._records.values() for name in record.get("values", ())}
        self._empty: dict[str, str | None] = {**dict.fromkeys(sorted(names), ""), "away_until": None}
        self.accounts: dict[tuple[int, str], int] = {}

    def columns(self, name: str) -> dict[str, str | None]:
        """The columns of someone of that name."""
        record = self._records.get(name, {})
        away = {"away_until": self._days.text(record["away"])} if "away" in record else {}
        return {**self._empty, **record.get("values", {}), **away}

    def write(self, people: Mapping[str, int]) -> None:
        """Put all rows, by the names and numbers of people."""
        for name, record in self._records.items():
            if name in people:
                self._rows(people[name], record)
                for platform, ago, followers, source in record.get("readings", ()):
                    account = self.accounts[people[name], platform]
                    self._put(AudienceReading, account_id=account, taken_on=self._day(ago), followers=followers,
                              source=source)  # fmt: skip
                by = people.get(record.get("introduced_by", ""))
                if by is not None:
                    self._writer.update(Person, people[name], {"introduced_by_id": None}, {"introduced_by_id": by})

    def _rows(self, person: int, record: Mapping[str, Any]) -> None:
        put, day = self._put, self._day
        for role in record.get("also", ()):
            put(OtherRole, person_id=person, role=role)
        for kind, ago, text in record.get("notes", ()):
            put(PersonNote, person_id=person, kind=kind, happened_on=day(ago), text=text, by=self._by,
                created_at=self._now)  # fmt: skip
        for kind in ("aesthetic", "mood"):
            for name in record.get(kind, ()):
                put(PersonLook, person_id=person, kind=kind, name=name, key=fold(name))
        for field, value, share, source, ago in record.get("audience", ()):
            put(AudienceShare, person_id=person, field=field, value=value, share=float(share) or None, source=source,
                noted_on=day(ago))  # fmt: skip
        for kind, name, url, ago in record.get("documents", ()):
            put(PersonDocument, person_id=person, kind=kind, name=name, url=url, given_on=day(ago), by=self._by,
                created_at=self._now)  # fmt: skip
        for name in record.get("rosters", ()):
            put(RosterMember, roster_id=self._roster(name), person_id=person, added_on=day(30))
        if "found" in record:
            self._consent(person, *record["found"])
        if "lived" in record:
            line, city, postcode, since, until = record["lived"]
            put(Address, person_id=person, line1=line, city=city, postcode=postcode, country="GB", is_current=0,
                created_at=self._now, since_on=day(since), until_on=day(until))  # fmt: skip

    def _consent(self, person: int, source: str, basis: str, ago: int, told: bool) -> None:
        due = None if bases()[basis].tells else self._day(ago - _NOTICE_DAYS)
        self._put(Consent, person_id=person, source=source, basis=basis, found_on=self._day(ago), notice_due_on=due,
                  notice_given_on=self._day(ago - 2) if told else None)  # fmt: skip

    def _roster(self, name: str) -> int:
        if name not in self._rosters:
            self._rosters[name] = self._put(Roster, name=name, name_key=fold(name), created_at=self._now)
        return self._rosters[name]

    def _day(self, ago: int) -> str:
        return self._days.text(-ago)


def _records() -> list[dict[str, Any]]:
    data = tomllib.loads(resource("sample/records.toml").read_text(encoding="utf-8"))
    return list(data["record"])
