"""What is kept of people beside name and address, gathered for rows of a table or cards: many people at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from outreach.services.people.addresses import PARTS
from outreach.services.people.cells import BY_LIST, CELLS, line_of
from outreach.services.people.consent import FIELDS
from outreach.services.people.people import PersonDetail, by_person, show_people
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import (
    Account,
    AccountAlias,
    Address,
    AudienceReading,
    AudienceShare,
    Consent,
    EmailAddress,
    OtherRole,
    Person,
    PersonDocument,
    PersonLook,
    PersonNote,
    Roster,
    RosterMember,
    Suppression,
    TasteEvidence,
    TasteNote,
)
from outreach.store.models.base import raw_rows, records

_COLUMNS = (
    "pronouns", "time_zone", "guardian", "guardian_contact", "representative", "representative_email", "owner",
    "away_until", "away_note", "expertise", "repute", "relation", "how_known", "archived_on", "kept_on",
)  # fmt: skip
_YES_NO = {1: "yes", 0: "no", None: ""}
_CHUNK = 500

_Rows = Mapping[int, Sequence[tuple[Any, ...]]]


def people_whole(store: Store, people: Sequence[int]) -> Iterator[tuple[PersonDetail, dict[str, str]]]:
    """People with the cells of `CELLS`, in their order; what is sensitive in an audience is left out."""
    for start in range(0, len(people), _CHUNK):
        some = list(people[start : start + _CHUNK])
        details = show_people(store, some)
        gathered = _Gathered(store, some, details)
        for detail in details:
            yield detail, gathered.cells(detail.id)


class _Gathered:
    """What is kept of some people, a query a table."""

    def __init__(self, store: Store, people: list[int], details: Iterable[PersonDetail]) -> None:
        some = among(people)
        self._people = {row["id"]: row for row in records(Person, raw_rows(Person.select().where(Person.id.in_(some))))}
        self._consent = {
            row["person"]: row for row in records(Consent, raw_rows(Consent.select().where(Consent.person.in_(some))))
        }
        self._places: dict[int, list[Mapping[str, Any]]] = {}
        addresses = Address.select().where(Address.person.in_(some)).order_by(Address.until_on, Address.id)
        for row in records(Address, raw_rows(addresses)):
            self._places.setdefault(row["person"], []).append(row)
        self._told = {**_records(people), **_accounts(people), "taste_evidence": _evidence(people)}
        self._led_by = _names([row["introduced_by"] for row in self._people.values() if row["introduced_by"]])
        self._listed = _listed(store, [each.id for each in details if each.suppressed])

    def cells(self, person_id: int) -> dict[str, str]:
        """The cells of a person."""
        person = self._people[person_id]
        consent = self._consent.get(person_id, {})
        found = {
            **{name: person[name] or "" for name in _COLUMNS},
            **{f"consent.{name}": consent.get(name) or "" for name in FIELDS},
            **{target: _lines(rows[person_id]) if person_id in rows else "" for target, rows in self._told.items()},
            **self._places_of(person_id),
            "consent.no_pitch": _YES_NO[consent.get("no_pitch")],
            "is_adult": _YES_NO[person["is_adult"]],
            "introduced_by": self._led_by.get(person["introduced_by"], ""),
            "stopped_on": person["objected_on"] or self._listed.get(person_id, ""),
        }
        found["other_roles"] = found["other_roles"].replace("\n", ", ")
        return {target: found[target] for target, _ in CELLS}

    def _places_of(self, person_id: int) -> dict[str, str]:
        places = self._places.get(person_id, [])
        now = max((each for each in places if each["is_current"]), key=lambda each: int(each["id"]), default=None)
        older = [(*(each[name] for name in PARTS), each["since_on"] or "", each["until_on"] or "",
                  each["confirmed_on"] or "") for each in places if each is not now]  # fmt: skip
        return {
            "address_since": (now and now["since_on"]) or "",
            "address_confirmed": (now and now["confirmed_on"]) or "",
            "older_addresses": _lines(older),
        }


def _records(people: list[int]) -> dict[str, _Rows]:
    """What there may be several of, the oldest first, so that it comes in again in the order in which it was noted."""

    def read(model: Any, *columns: Any, order: Sequence[Any] = (), where: Any = None) -> _Rows:
        query = model.select(model.person, *columns)
        return by_person(query if where is None else query.where(where), model, people, *order, model.id)

    note, document, share, look = PersonNote, PersonDocument, AudienceShare, PersonLook
    shares = read(
        share, share.field, share.value, share.share, share.source, share.noted_on, where=share.is_sensitive == 0
    )
    rosters = RosterMember.select(RosterMember.person, Roster.name).join(Roster)
    return {
        "other_roles": read(OtherRole, OtherRole.role),
        "person_notes": read(note, note.happened_on, note.kind, note.by, note.text, order=[note.happened_on]),
        "documents": read(document, document.given_on, document.kind, document.name, document.url, document.by,
                          document.note, order=[document.given_on]),
        "audience_shares": shares,
        "aesthetics": read(look, look.name, where=look.kind == "aesthetic"),
        "moods": read(look, look.name, where=look.kind == "mood"),
        "rosters": by_person(rosters, RosterMember, people, Roster.name_key),
    }  # fmt: skip


def _accounts(people: list[int]) -> dict[str, _Rows]:
    """Former handles, and how many followed when; each behind the account as ``instagram:maya``."""
    account = Account.platform.concat(":").concat(Account.handle)
    aliases = AccountAlias.select(Account.person, account, AccountAlias.handle).join(Account)
    read = AudienceReading
    readings = read.select(Account.person, account, read.taken_on, read.followers, read.source).join(Account)
    return {
        "former_handles": by_person(aliases, Account, people, AccountAlias.id),
        "audience_readings": by_person(readings, Account, people, Account.id, read.taken_on, read.id),
    }


def _evidence(people: list[int]) -> _Rows:
    """A row for each piece of evidence, and one for each taste that has none."""
    rows: dict[int, list[tuple[Any, ...]]] = {}
    of, piece = TasteNote, TasteEvidence
    mine = of.person.in_(among(people))
    columns = (piece.taste_note, piece.kind, piece.seen_on, piece.url, piece.rating, piece.text)
    for note, *told in raw_rows(piece.select(*columns).join(of).where(mine).order_by(piece.id)):
        rows.setdefault(note, []).append(tuple(told))
    found: dict[int, list[tuple[Any, ...]]] = {}
    notes = of.select(of.person, of.id, of.side, of.polarity, of.kind, of.key, of.strength, of.noted_on).where(mine)
    for person, note, *told in raw_rows(notes.order_by(of.id)):
        found.setdefault(person, []).extend((*told, *each) for each in rows.get(note, ((),)))
    return found


def _names(people: Sequence[int]) -> dict[int, str]:
    """By what people are found again in another workspace: an e-mail address, an account, else the name."""
    found = dict(Person.select(Person.id, Person.name).where(Person.id.in_(people)).tuples())
    accounts = Account.select(Account.person, Account.handle).where(
        Account.person.in_(people) & (Account.platform != "")
    )
    found.update((person, f"@{handle}") for person, handle in accounts.order_by(-Account.id).tuples())
    emails = EmailAddress.select(EmailAddress.person, EmailAddress.address).where(EmailAddress.person.in_(people))
    found.update(emails.order_by(-EmailAddress.position).tuples())
    return found


def _listed(store: Store, suppressed: list[int]) -> dict[int, str]:
    """Since when those are not written to who never said so to us: by a list of those who unsubscribed."""
    found = dict.fromkeys(suppressed, store.today().isoformat())
    for model in (EmailAddress, Account):
        marks = Suppression.select(model.person, Suppression.since_on).join(
            model, on=Suppression.shown == model.key
        )  # fmt: skip
        for person, since in marks.where(model.person.in_(suppressed)).tuples():
            found[person] = min(found[person], since or found[person])
    return {person: f"{day} {BY_LIST}" for person, day in found.items()}


def _lines(rows: Iterable[Iterable[object]]) -> str:
    return "\n".join(line_of("" if part is None else part for part in row) for row in rows)
