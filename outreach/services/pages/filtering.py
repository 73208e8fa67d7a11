"""The query language of the filter: ``taste:ya country:uk posted:>2 -suppressed maya``.

A term is ``field:value``, ``field:>number`` or a flag; a minus before it turns it round; a value with a blank stands in
quotes. What is no term is looked for as words.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import OP, Expression, Query, fn

from outreach.fields.places import country_code
from outreach.fields.text import fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.services.importing.batches import people_of_batch
from outreach.services.people.retention import silent
from outreach.services.people.suppressions import suppressed_people
from outreach.services.programmes.standing import free_gifts
from outreach.services.workspaces.data_rules import of_long_ago
from outreach.store.database import Store
from outreach.store.models import (
    Account,
    Address,
    Campaign,
    Consent,
    EmailAddress,
    Gift,
    ImportBatch,
    Item,
    OtherRole,
    Outcome,
    Person,
    PersonTag,
    Roster,
    RosterMember,
    TasteNote,
)

_TOKEN = re.compile(r'(-?)(?:([a-z_]+):("[^"]*"|\S*)|("[^"]*"|\S+))', re.IGNORECASE)
_NUMBER = re.compile(r"(>=|<=|>|<|=)?(\d{1,6})")
_MOST_MONTHS = 1200
_ARRIVED = (GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
#: Fields that take a value, in the order in which they are offered.
FIELDS = (
    "taste", "audience", "country", "role", "platform", "tag", "roster", "campaign", "owner", "had", "posted", "gifts",
    "idle", "has", "import",
)  # fmt: skip
NUMBERS = frozenset({"posted", "gifts", "idle"})
#: Words that stand alone.
FLAGS = ("suppressed", "archived", "away", "notice_due", "long_ago")
#: What someone may have.
HAS = ("email", "address", "account", "gift")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a query; a flag has no value.

    Attributes:
        negated: Whether those are wanted of whom it does not hold.
    """

    field: str
    value: str = ""
    negated: bool = False

    def __str__(self) -> str:
        value = f'"{self.value}"' if not self.value or re.search(r"\s", self.value) else self.value
        return f"{'-' if self.negated else ''}{self.field}{f':{value}' if self.field not in FLAGS else ''}"

    @property
    def is_whole(self) -> bool:
        """Whether it can be applied: it has a value, and a number where one is needed."""
        if self.field in NUMBERS:
            return _NUMBER.fullmatch(self.value) is not None
        if self.field == "has":
            return self.value in HAS
        return self.field in FLAGS or bool(self.value.strip())


def parse(text: str) -> tuple[tuple[Term, ...], str]:
    """The terms of a query, and the words that are left."""
    terms, words = [], []
    for minus, field, value, word in _TOKEN.findall(text):
        name = field.lower()
        if name in FIELDS:
            terms.append(Term(name, value.strip('"').strip(), negated=bool(minus)))
        elif word.lower() in FLAGS:
            terms.append(Term(word.lower(), negated=bool(minus)))
        else:
            words.append(f"{minus}{field}:{value}" if field else f"{minus}{word}")
    return tuple(terms), " ".join(words)


def condition(store: Store, terms: Sequence[Term]) -> Any:
    """The condition on people that terms make together, None where there is none."""
    found = None
    for term in terms:
        if term.is_whole:
            one = _CONDITIONS[term.field](store, term.value)
            one = ~one if term.negated else one
            found = one if found is None else found & one
    return found


def people_of(store: Store, term: Term) -> set[int]:
    """The people of whom a term holds, whatever sign it has, and whether or not they are in the archive.

    Where a condition asks whether she is among some, these are asked for themselves: reading each of them again among
    the people would take twice as long.
    """
    found = _CONDITIONS[term.field](store, term.value)
    if isinstance(found, Expression) and found.lhs is Person.id and found.op == OP.IN and isinstance(found.rhs, Query):
        return set(store.ids(found.rhs))
    return set(store.ids(Person.select(Person.id).where(found)))


def _taste(side: str) -> Callable[[Store, str], Any]:
    def made(_store: Store, value: str) -> Any:
        genre = load_genres().of_word(value)
        fits = TasteNote.subject.contains(value) | (TasteNote.key == fold(value))
        if genre is not None:
            fits |= (TasteNote.kind == "genre") & (TasteNote.key == genre.code)
        notes = TasteNote.select(TasteNote.person).where(
            fits & (TasteNote.side == side) & (TasteNote.polarity == "like")
        )
        return Person.id.in_(notes)

    return made


def _country(_store: Store, value: str) -> Any:
    code = country_code(value) or value.upper()
    return Person.country == code


def _role(_store: Store, value: str) -> Any:
    word = fold(value).replace(" ", "_")
    also = OtherRole.select(OtherRole.person).where(OtherRole.role.contains(word))
    return Person.role.contains(word) | Person.id.in_(also)


def _platform(_store: Store, value: str) -> Any:
    return Person.id.in_(Account.select(Account.person).where(Account.platform.contains(fold(value))))


def _tag(_store: Store, value: str) -> Any:
    return Person.id.in_(PersonTag.select(PersonTag.person).where(PersonTag.key.contains(fold(value))))


def _had(_store: Store, value: str) -> Any:
    gifts = Gift.select(Gift.person).join(Item).where(Item.title_key.contains(fold(value)))
    return Person.id.in_(gifts.where(Gift.person.is_null(False)))


def _counted(gifts: Any, value: str) -> Any:
    """People by how many of some gifts they have; those who have none count as nought."""
    match = _NUMBER.fullmatch(value)
    assert match is not None
    sign, number = match[1] or "=", int(match[2])
    compare: dict[str, Callable[[Any], Any]] = {
        ">": lambda count: count > number, "<": lambda count: count < number, ">=": lambda count: count >= number,
        "<=": lambda count: count <= number, "=": lambda count: count == number,
    }  # fmt: skip
    owned = gifts.where(Gift.person.is_null(False))
    fits = Person.id.in_(owned.group_by(Gift.person).having(compare[sign](fn.count(fn.DISTINCT(Gift.id)))))
    return fits | Person.id.not_in(owned) if compare[sign](0) else fits


def _posted(_store: Store, value: str) -> Any:
    free = Gift.state.in_(_ARRIVED) & free_gifts()
    led = Gift.select(Gift.person).join(Outcome).where(free & (Outcome.kind == OutcomeKind.POSTED.value))
    return _counted(led, value)


def _gifts(_store: Store, value: str) -> Any:
    free = Gift.state.in_(_ARRIVED) & free_gifts()
    return _counted(Gift.select(Gift.person).where(free), value)


def _roster(_store: Store, value: str) -> Any:
    members = RosterMember.select(RosterMember.person).join(Roster).where(Roster.name_key.contains(fold(value)))
    return Person.id.in_(members)


def _campaign(_store: Store, value: str) -> Any:
    gifts = Gift.select(Gift.person).where(Gift.campaign.in_(campaigns_called(value)))
    return Person.id.in_(gifts.where(Gift.person.is_null(False)))


def campaigns_called(value: str) -> Any:
    """The campaigns of which the name holds some words, in whatever writing."""
    return Campaign.select(Campaign.id).where(Campaign.name_key.contains(fold(value)))


def _owner(_store: Store, value: str) -> Any:
    return fn.lower(Person.owner) == value.casefold()


def _idle(store: Store, value: str) -> Any:
    """With whom nothing has happened for so many months, whatever sign stands before the number."""
    match = _NUMBER.fullmatch(value)
    assert match is not None
    return Person.id.in_(silent(store, min(int(match[2]), _MOST_MONTHS)))


def _archived(_store: Store, _value: str) -> Any:
    return Person.archived_on.is_null(False)


def _away(store: Store, _value: str) -> Any:
    return Person.away_until.is_null(False) & (Person.away_until > store.today().isoformat())


def _notice_due(store: Store, _value: str) -> Any:
    due = Consent.notice_given_on.is_null() & (Consent.notice_due_on <= store.today().isoformat())
    return Person.id.in_(Consent.select(Consent.person).where(due))


def _suppressed(store: Store, _value: str) -> Any:
    return Person.id.in_(list(suppressed_people(store)))


def _has(_store: Store, value: str) -> Any:
    owned = {
        "email": EmailAddress.select(EmailAddress.person),
        "address": Address.select(Address.person).where(Address.is_current == 1),
        "account": Account.select(Account.person),
        "gift": Gift.select(Gift.person).where(Gift.person.is_null(False)),
    }
    return Person.id.in_(owned[value])


def _import(_store: Store, value: str) -> Any:
    """Whom an import added or changed: one by its number, or the last one."""
    number = value.strip().lstrip("#")
    if number.isascii() and number.isdigit():
        batch = int(number[:18])
    else:
        batch = ImportBatch.select(fn.max(ImportBatch.id)).where(ImportBatch.taken_back_at.is_null()).scalar() or 0
    return Person.id.in_(people_of_batch(batch))


_CONDITIONS: dict[str, Callable[[Store, str], Any]] = {
    "taste": _taste("own"),
    "audience": _taste("audience"),
    "country": _country,
    "role": _role,
    "platform": _platform,
    "tag": _tag,
    "had": _had,
    "posted": _posted,
    "gifts": _gifts,
    "roster": _roster,
    "campaign": _campaign,
    "owner": _owner,
    "idle": _idle,
    "archived": _archived,
    "away": _away,
    "notice_due": _notice_due,
    "suppressed": _suppressed,
    "long_ago": lambda store, _value: of_long_ago(store),
    "has": _has,
    "import": _import,
}
