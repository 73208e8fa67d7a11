"""The list of people: ids in an order, and the lines that are painted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from peewee import SQL, NodeList, Query, fn

from outreach.services.gifts.gifts import GiftState, OutcomeKind, stages
from outreach.services.pages.filtering import condition, parse, people_of
from outreach.services.pages.within import those_within, those_without
from outreach.services.people.people import Polarity, Side, TasteKind, search_words
from outreach.services.people.suppressions import suppressed_people
from outreach.services.people.tiers import OFF_SOCIAL
from outreach.services.programmes.standing import free_gifts, is_anybody_bound
from outreach.services.tastes.readings import Count, genre_counts
from outreach.store.among import about, among
from outreach.store.database import Store
from outreach.store.models import Account, Gift, Item, Outcome, Person, TasteNote

if TYPE_CHECKING:
    import array

_ARRIVED = (GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
_SHOWN_TASTES = 4
_NOTHING = (0, 0)
#: Asked once until something is written: it makes another query of `_history`.
_BOUND = ("bound", is_anybody_bound)
_CHIPS = (TasteKind.GENRE.value, TasteKind.TROPE.value, TasteKind.MOOD.value)


class PeopleOrder(StrEnum):
    """By what people are listed."""

    NAME = "name"
    TASTE = "taste"
    POSTED = "posted"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Which people, in which order.

    Attributes:
        words: What is typed into the filter: words, and terms of `outreach.services.pages.filtering`.
        off_social: Only those without an account.
    """

    words: str = ""
    order: PeopleOrder = PeopleOrder.LAST
    descending: bool = True
    off_social: bool = False


@dataclass(frozen=True, slots=True)
class TasteMark:
    """A taste as a chip, which is filled by how many of its books were liked.

    Attributes:
        liked: Of `said` books of which that is known.
    """

    subject: str
    polarity: str
    strength: float
    liked: int = 0
    said: int = 0

    @property
    def share(self) -> float | None:
        """How far the chip is filled; not at all where nothing was read of it."""
        return self.liked / self.said if self.said else None

    @property
    def told(self) -> str:
        """How many were liked of how many, empty where none was read."""
        return f"{self.liked}/{self.said}" if self.said else ""


@dataclass(frozen=True, slots=True)
class LastStep:
    """Where a person's newest gift stands."""

    stage: str
    title: str
    is_book: bool
    day: str


@dataclass(frozen=True, slots=True)
class PersonHead:
    """Who somebody is, in two lines."""

    id: int
    name: str
    role: str
    organisation: str
    platform: str
    handle: str
    country: str


@dataclass(frozen=True, slots=True)
class PersonLine(PersonHead):
    """A person as a line of the list.

    Attributes:
        arrived: Gifts with nothing asked in return that arrived, and `posted` those of them that led to a post.
    """

    tastes: tuple[TasteMark, ...]
    arrived: int
    posted: int
    last: LastStep | None
    suppressed: bool


def people_ids(store: Store, query: PeopleQuery) -> "array.array[int]":
    """The ids of people in order; ties stand in the order of names."""
    return store.ids(_found(store, query).order_by(*_order(query), Person.sort_name, Person.id))


def people_within(store: Store, query: PeopleQuery, everyone: "array.array[int]") -> "array.array[int]":
    """As `people_ids`, and soon: those of everyone, in order, whom the query finds.

    To say of each whom a query finds where she stands takes longer than to find her.

    Args:
        store: The workspace.
        query: Whom to find.
        everyone: What `people_ids` said of the same order without words.
    """
    terms, words = parse(query.words)
    if any(term.field == "archived" for term in terms):
        return people_ids(store, query)  # who is in the archive is not among everyone
    wanted, whole = search_words(words), [term for term in terms if term.is_whole]
    asked = [term for term in whole if not term.negated]
    if query.off_social or len(asked) > 1 or (asked and wanted):
        # Several at once are asked together: of whom the first holds may be nearly everyone.
        all_asked = replace(query, words=" ".join([words, *map(str, asked)]))
        found = those_within(set(store.ids(_found(store, all_asked))), everyone)
    elif asked or wanted:
        found = those_within(people_of(store, asked[0]) if asked else store.people_with(wanted), everyone)
    else:
        found = everyone
    for term in whole:
        found = those_without(people_of(store, term), found) if term.negated else found
    return found


def _found(store: Store, query: PeopleQuery) -> Any:
    """Whom a query finds, in no order."""
    found = Person.select(Person.id)
    terms, words = parse(query.words)
    wanted = search_words(words)
    limits = condition(store, terms)
    if limits is not None:
        found = found.where(limits)
    if not any(term.field == "archived" for term in terms):
        found = found.where(Person.archived_on.is_null())
    if wanted:
        found = found.where(Person.id.in_(store.found_people(wanted)))
    if query.off_social:
        found = found.where(Person.id.not_in(Account.select(Account.person)))
    return found


def count_people() -> tuple[int, int]:
    """How many people there are outside the archive, and how many of them have no account."""
    shown = Person.select().where(Person.archived_on.is_null())
    return shown.count(), shown.where(Person.id.not_in(Account.select(Account.person))).count()


def _order(query: PeopleQuery) -> list[Any]:
    if query.order is PeopleOrder.NAME:
        return [Person.sort_name.desc()] if query.descending else []
    values: dict[PeopleOrder, Query] = {
        PeopleOrder.LAST: Gift.select(fn.max(Gift.state_on)).where(Gift.person == Person.id),
        PeopleOrder.POSTED: Gift.select(fn.count(fn.DISTINCT(Gift.id)))
        .join(Outcome)
        .where((Gift.person == Person.id) & free_gifts())
        .where(Gift.state.in_(_ARRIVED) & (Outcome.kind == OutcomeKind.POSTED.value)),
        # As the first chip says it.
        PeopleOrder.TASTE: TasteNote.select(fn.lower(TasteNote.subject))
        .where(
            (TasteNote.person == Person.id)
            & (TasteNote.side == Side.OWN)
            & (TasteNote.polarity == Polarity.LIKE)
            & TasteNote.kind.in_(_CHIPS)
        )
        .order_by(-TasteNote.strength, TasteNote.id)
        .limit(1),
    }
    value = values[query.order]
    # Who has nothing to be ordered by comes last, whichever way the list is turned.
    direction = SQL("DESC NULLS LAST" if query.descending else "ASC NULLS LAST")
    return [NodeList((value, direction))]


def first_tastes(people: Collection[int]) -> dict[int, str]:
    """By person the taste of theirs that stands first in the list of people."""
    return {person: marks[0].subject for person, marks in _tastes(list(people)).items()}


def people_heads(ids: Sequence[int]) -> dict[int, PersonHead]:
    """Who some people are, at most a page of them."""
    some = list(ids)
    accounts = {person: (platform, handle) for person, platform, handle in _accounts(some)}
    return {
        row_id: PersonHead(row_id, name, role, organisation, *accounts.get(row_id, (OFF_SOCIAL, "")), country)
        for row_id, name, role, organisation, country in _names(some)
    }


@about
def _accounts(people: SQL) -> Any:
    """The oldest account of each comes last."""
    rows = Account.select(Account.person, Account.platform, Account.handle)
    return rows.where(Account.person.in_(people)).order_by(-Account.id)


@about
def _names(people: SQL) -> Any:
    rows = Person.select(Person.id, Person.name, Person.role, Person.organisation, Person.country)
    return rows.where(Person.id.in_(people))


def people_lines(store: Store, ids: Sequence[int]) -> dict[int, PersonLine]:
    """The lines of some people, at most a page of them."""
    some = list(ids)
    tastes = _tastes(some)
    history = {person: (arrived, posted) for person, arrived, posted in _history(some, store.once(*_BOUND))}
    last = _last(store, some)
    suppressed = suppressed_people(store, some)
    return {
        row_id: PersonLine(
            row_id, head.name, head.role, head.organisation, head.platform, head.handle, head.country,
            tastes=tuple(tastes.get(row_id, ())),
            arrived=history.get(row_id, _NOTHING)[0],
            posted=history.get(row_id, _NOTHING)[1],
            last=last.get(row_id),
            suppressed=row_id in suppressed,
        )
        for row_id, head in people_heads(some).items()
    }  # fmt: skip


def _tastes(people: list[int]) -> dict[int, list[TasteMark]]:
    counts = genre_counts(people)
    found: dict[int, list[TasteMark]] = {}
    for person, subject, polarity, strength, kind, key in _notes(people):
        count = counts.get((person, key), Count()) if kind == TasteKind.GENRE else Count()
        found.setdefault(person, []).append(TasteMark(subject, polarity, strength, count.liked, count.said))
    return {person: sorted(marks, key=_borne_out)[:_SHOWN_TASTES] for person, marks in found.items()}


@about
def _notes(people: SQL) -> Any:
    return (
        TasteNote.select(
            TasteNote.person, TasteNote.subject, TasteNote.polarity, TasteNote.strength, TasteNote.kind, TasteNote.key
        )
        .where(
            TasteNote.person.in_(people)
            & (TasteNote.side == Side.OWN)
            & (TasteNote.polarity == Polarity.LIKE)
            & TasteNote.kind.in_(_CHIPS)
        )
        .order_by(-TasteNote.strength, TasteNote.id)
    )


def _borne_out(mark: TasteMark) -> tuple[int, float]:
    """First the tastes of which most books were liked, then those of the larger share; others stay as they stand."""
    return -mark.liked, -(mark.share or 0.0)


@about
def _history(people: SQL, bound: bool) -> Any:
    """By person how many gifts with nothing asked in return arrived, and how many of those led to a post."""
    of_gift = (Outcome.gift == Gift.id) & (Outcome.kind == OutcomeKind.POSTED.value)
    return (
        Gift.select(Gift.person, fn.count(fn.DISTINCT(Gift.id)), fn.count(fn.DISTINCT(Outcome.gift)))
        .left_outer_join(Outcome, on=of_gift)
        .where(Gift.person.in_(people) & Gift.state.in_(_ARRIVED) & free_gifts(bound=bound))
        .group_by(Gift.person)
    )


def _last(store: Store, people: list[int]) -> dict[int, LastStep]:
    last: dict[int, int] = dict(_moved(people))
    query = Gift.select(Gift, Item.id, Item.title, Item.kind).join(Item).where(Gift.id.in_(among(last.values())))
    newest = {gift.person_id: gift for gift in query}
    shown = stages(store, newest.values())
    return {
        person: LastStep(shown[gift.id].value, gift.item.title, gift.item.kind == "book", gift.state_on)
        for person, gift in newest.items()
    }


@about
def _moved(people: SQL) -> Any:
    """The newest gift of each comes last."""
    return Gift.select(Gift.person, Gift.id).where(Gift.person.in_(people)).order_by(Gift.state_on, Gift.id)
