"""People: adding, editing, merging, forgetting, and looking at them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.accounts import parse_account
from outreach.fields.email import parse_email
from outreach.fields.names import join_name, split_name
from outreach.fields.text import clean, fold, person_sort_key
from outreach.services.people.fields import EDITABLE, read_fields
from outreach.services.people.identity import identity_keys
from outreach.services.people.suppressions import Marks, SuppressionKind, keys_of_people, suppressed_people
from outreach.store.among import about, among
from outreach.store.database import Store
from outreach.store.models import (
    Account,
    Address,
    AudienceReading,
    EmailAddress,
    Person,
    PersonTag,
    ReviewPolicy,
    TasteEvidence,
    TasteNote,
)
from outreach.store.models.base import raw_rows, records


class Side(StrEnum):
    """Whose taste a note is about."""

    OWN = "own"
    AUDIENCE = "audience"


class Polarity(StrEnum):
    """Which way a taste goes; a limit is never crossed."""

    LIKE = "like"
    DISLIKE = "dislike"
    LIMIT = "limit"


class TasteKind(StrEnum):
    """What a taste is about."""

    GENRE = "genre"
    TROPE = "trope"
    MOOD = "mood"
    FORMAT = "format"
    AUTHOR = "author"
    COMP = "comp"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of a person to add."""

    name: str
    emails: Sequence[str] = ()
    profiles: Sequence[str] = ()
    tags: Sequence[str] = ()
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a line of a list."""

    id: int
    name: str
    role: str
    email: str
    handle: str
    country: str
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Taste:
    """A taste with what it rests on."""

    side: str
    polarity: str
    kind: str
    subject: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """Everything a person's page shows of herself."""

    id: int
    values: dict[str, Any]
    emails: tuple[str, ...]
    accounts: tuple[tuple[str, str, str, int | None], ...]
    addresses: tuple[dict[str, Any], ...]
    tags: tuple[str, ...]
    tastes: tuple[Taste, ...]
    policy: dict[str, Any] | None
    suppressed: bool


def add_person(store: Store, new: NewPerson) -> tuple[int, Changes]:
    """Add a person.

    Raises:
        KnownError: ``people.no_name``, ``people.bad_email``, ``people.bad_profile``, ``people.email_taken``,
            ``people.account_taken``, ``people.forgotten``, ``asking.no_day``.
    """
    with store.operation(Op.ADD_PERSON) as written:
        made = note_person(store, new)
    return made, written.changes


def note_person(store: Store, new: NewPerson) -> int:
    """Add a person inside the caller's operation; raises as `add_person`."""
    name = clean(new.name)
    if not name:
        raise KnownError("people.no_name")
    named = name_columns(name, new.values)
    columns = {key: value for key, value in read_fields(store, new.values).items() if key not in named}
    person = Person.create(**named, **columns, created_at=store.now(), updated_at=store.now())
    marks = Marks(store)
    _refuse_forgotten(person, new, marks)
    for position, text in enumerate(new.emails):
        add_email(person.id, text, position, marks)
    for text in new.profiles:
        add_account(person.id, text, marks)
    for tag in filter(None, map(clean, new.tags)):
        PersonTag.create(person=person.id, name=tag, key=fold(tag))
    return int(person.id)


def edit_person(
    store: Store, person_id: int, values: dict[str, str], emails: Sequence[str] = (), profiles: Sequence[str] = ()
) -> Changes:
    """Change columns of a person, and add e-mail addresses and accounts.

    Raises:
        KnownError: ``people.unknown_field``, or as `add_person`.
    """
    person = Person.get_by_id(person_id)
    columns = read_fields(store, values)
    if "name" in values:
        columns = name_columns(clean(values["name"]), values) | columns
    elif {"given_name", "family_name"} & set(values):
        given = columns.get("given_name", person.given_name)
        family = columns.get("family_name", person.family_name)
        columns["sort_name"] = person_sort_key(person.name, family, given)
    if "name" in columns and not columns["name"]:
        raise KnownError("people.no_name")
    with store.operation(Op.EDIT_PERSON) as written:
        marks = Marks(store)
        position = EmailAddress.select().where(EmailAddress.person == person_id).count()
        for number, text in enumerate(emails):
            add_email(person_id, text, position + number, marks)
        for text in profiles:
            add_account(person_id, text, marks)
        Person.update(**columns, updated_at=store.now()).where(Person.id == person_id).execute()
    return written.changes


def email_key(text: str) -> str:
    """The key of a text that is an e-mail address, else nothing."""
    email = parse_email(text)
    return email.key if email else ""


def search_words(text: str) -> list[str]:
    """What is typed into a filter as words to look for; signs alone say nothing."""
    return [word for word in fold(text).split() if any(map(str.isalnum, word))]


def list_people(store: Store, words: str = "", limit: int | None = None, *, archived: bool = False) -> list[PersonRow]:
    """People by name: all, or those with a name, e-mail, account, tag or organisation that begins with every word.

    Those in the archive are left out, or are the only ones.
    """
    query = Person.select(Person.id).order_by(Person.sort_name, Person.id)
    query = query.where(Person.archived_on.is_null(not archived))
    wanted = search_words(words)
    if wanted:
        query = query.where(Person.id.in_(store.found_people(wanted)))
    return people_rows(store, list(store.ids(query.limit(limit) if limit else query)))


_EMAILS = about(
    lambda people: (
        EmailAddress.select(EmailAddress.person, EmailAddress.address)
        .where(EmailAddress.person.in_(people))
        .order_by(EmailAddress.position.desc())
    )
)
_HANDLES = about(
    lambda people: (
        Account.select(Account.person, Account.handle).where(Account.person.in_(people)).order_by(-Account.id)
    )
)
_LINES = about(
    lambda people: Person.select(Person.id, Person.name, Person.role, Person.country).where(Person.id.in_(people))
)


def people_rows(store: Store, ids: Sequence[int]) -> list[PersonRow]:
    """The lines of some people, in the order of the ids."""
    rows: dict[int, PersonRow] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        emails: dict[int, str] = dict(_EMAILS(some))
        handles: dict[int, str] = dict(_HANDLES(some))
        suppressed = suppressed_people(store, list(some))
        for row_id, name, role, country in _LINES(some):
            rows[row_id] = PersonRow(
                row_id, name, role, emails.get(row_id, ""), handles.get(row_id, ""), country, row_id in suppressed
            )
    return [rows[row_id] for row_id in ids]


def show_person(store: Store, person_id: int) -> PersonDetail:
    """Everything about a person but her gifts and letters."""
    Person.get_by_id(person_id)
    return show_people(store, [person_id])[0]


def show_people(store: Store, people: Sequence[int]) -> list[PersonDetail]:
    """Everything about some people but their gifts and letters, asked for together; those who are gone are left out."""
    ids = list(people)
    columns = (*EDITABLE, "created_at", "updated_at")
    values = {row["id"]: {name: row[name] for name in columns}
              for row in records(Person, raw_rows(Person.select().where(Person.id.in_(among(ids)))))}  # fmt: skip
    emails = by_person(EmailAddress.select(EmailAddress.person, EmailAddress.address), EmailAddress, ids,
                       EmailAddress.position)  # fmt: skip
    tags = by_person(PersonTag.select(PersonTag.person, PersonTag.name), PersonTag, ids, PersonTag.key)
    places: dict[int, list[dict[str, Any]]] = {}
    addresses = Address.select().where(Address.person.in_(among(ids)))
    for row in records(Address, raw_rows(addresses.order_by(Address.is_current.desc(), Address.id))):
        places.setdefault(row["person"], []).append({name: row[name] for name in _ADDRESS})
    accounts, tastes = _accounts_of(ids), _tastes_of(ids)
    policies = {row.person_id: {"is_open": row.is_open, "text": row.text}
                for row in ReviewPolicy.select().where(ReviewPolicy.person.in_(among(ids)))}  # fmt: skip
    suppressed = suppressed_people(store, ids)
    return [
        PersonDetail(
            id=person,
            values=values[person],
            emails=tuple(address for (address,) in emails.get(person, ())),
            accounts=tuple(accounts.get(person, ())),
            addresses=tuple(places.get(person, ())),
            tags=tuple(name for (name,) in tags.get(person, ())),
            tastes=tuple(tastes.get(person, ())),
            policy=policies.get(person),
            suppressed=person in suppressed,
        )
        for person in ids if person in values
    ]  # fmt: skip


def by_person(query: Any, model: Any, people: Sequence[int], *order: Any) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of a query whose first column is a person, without it, by person."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for person, *rest in raw_rows(query.where(model.person.in_(among(people))).order_by(*order)):
        found.setdefault(person, []).append(tuple(rest))
    return found


def _accounts_of(people: list[int]) -> dict[int, list[tuple[str, str, str, int | None]]]:
    readings = AudienceReading.select(AudienceReading.account, AudienceReading.followers).join(Account)
    ordered = readings.where(Account.person.in_(among(people))).order_by(AudienceReading.taken_on, AudienceReading.id)
    newest: dict[int, int] = dict(raw_rows(ordered))
    found: dict[int, list[tuple[str, str, str, int | None]]] = {}
    columns = (Account.person, Account.id, Account.platform, Account.handle, Account.url)
    accounts = Account.select(*columns).where(Account.person.in_(among(people))).order_by(Account.id)
    for person, account, platform, handle, url in raw_rows(accounts):
        found.setdefault(person, []).append((platform, handle, url, newest.get(account)))
    return found


def _tastes_of(people: list[int]) -> dict[int, list[Taste]]:
    evidence: dict[int, list[str]] = {}
    texts = TasteEvidence.select(TasteEvidence.taste_note, TasteEvidence.text).join(TasteNote)
    for note, text in raw_rows(texts.where(TasteNote.person.in_(among(people))).order_by(TasteEvidence.id)):
        evidence.setdefault(note, []).append(text)
    order = {Polarity.LIKE: 0, Polarity.DISLIKE: 1, Polarity.LIMIT: 2}
    of = TasteNote
    columns = (of.person, of.id, of.side, of.polarity, of.kind, of.subject, of.strength)
    ordered = sorted(
        raw_rows(of.select(*columns).where(of.person.in_(among(people)))),
        key=lambda row: (row[2] != Side.OWN, order.get(row[3], 3), -row[6], row[1]),
    )
    found: dict[int, list[Taste]] = {}
    for person, note, side, polarity, kind, subject, _strength in ordered:
        found.setdefault(person, []).append(Taste(side, polarity, kind, subject, tuple(evidence.get(note, ()))))
    return found


_ADDRESS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country", "confirmed_on", "is_current")


def _refuse_forgotten(person: Person, new: NewPerson, marks: Marks) -> None:
    """Someone who was forgotten is not added again under her name and what else is known of her."""
    told = bool(new.emails or new.profiles)
    for key in identity_keys(person.name_key, (), person.organisation, person.phone, is_reachable=told):
        if marks.is_forgotten(SuppressionKind.PERSON, key):
            raise KnownError("people.forgotten", value=person.name)


def name_columns(name: str, values: dict[str, str]) -> dict[str, str]:
    """The columns that follow from a name."""
    parts = split_name(name)
    given = clean(values.get("given_name", "")) or parts.given
    family = clean(values.get("family_name", "")) or parts.family
    shown = join_name(given, family) if "," in name else name
    return {
        "name": shown,
        "name_key": fold(shown),
        "sort_name": person_sort_key(shown, family, given),
        "given_name": given,
        "family_name": family,
    }


def add_email(person_id: int, text: str, position: int, marks: Marks) -> None:
    """Give a person an e-mail address, inside the caller's operation.

    Raises:
        KnownError: ``people.bad_email``, ``people.forgotten``, ``people.email_taken``.
    """
    email = parse_email(text)
    if email is None:
        raise KnownError("people.bad_email", value=text)
    if marks.is_forgotten(SuppressionKind.EMAIL, email.key):
        raise KnownError("people.forgotten", value=email.address)
    taken = EmailAddress.get_or_none(EmailAddress.key == email.key)
    if taken is None:
        EmailAddress.create(person=person_id, address=email.address, key=email.key, position=position)
    elif taken.person_id != person_id:
        raise KnownError("people.email_taken", value=email.address, other=f"p{taken.person_id} {taken.person.name}")


def add_account(person_id: int, text: str, marks: Marks) -> None:
    """Give a person an account, inside the caller's operation.

    Raises:
        KnownError: ``people.bad_profile``, ``people.forgotten``, ``people.account_taken``.
    """
    profile = parse_account(text)
    if profile is None:
        raise KnownError("people.bad_profile", value=text)
    if profile.platform and marks.is_forgotten(SuppressionKind.ACCOUNT, profile.key):
        raise KnownError("people.forgotten", value=text)
    taken = Account.get_or_none(Account.has_key([profile.key]))
    if taken is None:
        Account.create(
            person=person_id, platform=profile.platform, handle=profile.handle, key=profile.key, url=profile.url
        )
    elif taken.person_id != person_id:
        raise KnownError("people.account_taken", value=text, other=f"p{taken.person_id} {taken.person.name}")


def person_keys(person_id: int) -> list[tuple[SuppressionKind, str]]:
    """All e-mail addresses and accounts of a person, or by what else she is recognised, to suppress them together."""
    return keys_of_people([person_id])
