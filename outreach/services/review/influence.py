"""Influence as what came of it: who moved readers, by posts, clubs, joiners, copies and introductions, with evidence.

There is no score. Each outcome stands apart, with how sure it is, and people are put in order by one of them after the
other. How large anybody's audience is has no part in it: nothing here reads it. What was paid for, or agreed on, is
counted apart, and so is what was posted before we had written to her.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any

from peewee import fn

from outreach.services.campaigns.campaign import titles_of
from outreach.services.gifts.states import Deal, GiftState, OutcomeKind
from outreach.services.review.headcounts import latest_counts
from outreach.services.review.rates import Rate, rate
from outreach.services.sales.log import Evidence as Strength
from outreach.store.database import Store
from outreach.store.models import (
    Club,
    ClubMember,
    Edition,
    Event,
    EventSale,
    Gift,
    Item,
    Outcome,
    Person,
    Post,
    Sale,
    SalesCode,
)

_ARRIVED = (GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
_STRENGTHS = tuple(Strength)
#: So many people are asked for by name.
_FEW = 500


class Came(StrEnum):
    """What can come of a person, in the order in which people are put by it."""

    JOINERS = "joiners"
    COPIES = "copies"
    EVENT_COPIES = "event_copies"
    CLUBS = "clubs"
    REFERRALS = "referrals"
    POSTS = "posts"


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that came of a person, and how we know.

    Attributes:
        number: How many copies, members, posts.
        strength: Whether somebody says so, we saw it, or books show it.
        ref: What it is, such as ``o12``, ``c3``, ``t4``, ``p5``; empty for a sale.
        day: When.
        about: Its name or title, as it is kept.
        deal: What was agreed; empty where it came before we had written to her.
    """

    person_id: int
    came: Came
    number: int
    strength: Strength
    ref: str
    day: str
    about: str
    deal: str = Deal.GIFT.value


@dataclass(frozen=True, slots=True)
class Figure:
    """How much of one outcome is known, by how sure it is."""

    claimed: int = 0
    seen: int = 0
    verified: int = 0

    @property
    def high(self) -> int:
        """All of it, also what is only claimed."""
        return self.claimed + self.seen + self.verified

    @property
    def low(self) -> int:
        """What we saw, or what books show."""
        return self.seen + self.verified


@dataclass(frozen=True, slots=True)
class Influence:
    """What came of a person.

    Attributes:
        figures: By outcome how much; an outcome of which there is none is not among them.
        posted: Of how many gifts that arrived, with nothing asked in return, she posted.
        introduced: Of how many people whom she introduced something came.
        apart: By what was agreed, and outcome, how much came that is never added to these.
    """

    person_id: int
    name: str
    figures: Mapping[Came, Figure]
    posted: Rate
    introduced: Rate
    apart: Mapping[tuple[str, Came], int] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The person's, by which a list knows the row."""
        return self.person_id

    def number(self, came: Came) -> int:
        """How much of an outcome there is at most."""
        return self.figures[came].high if came in self.figures else 0


def influence(store: Store, campaign_id: int | None = None, first: Came = Came.JOINERS) -> list[Influence]:
    """Everyone of whom something came, those of whom most did of one outcome first, then of the next one.

    Args:
        store: The open workspace.
        campaign_id: Only what came of one campaign's titles, by its own people.
        first: The outcome by which they are put in order before all others.
    """
    titles, people = _scope(campaign_id)
    figures, apart = _tallied(_proofs(store, titles, people))
    introduced: dict[int, list[int]] = {}
    moved = _moved(figures)
    for each in _referrals(people):
        count = introduced.setdefault(each.person_id, [0, 0])
        count[1] += 1
        if int(each.ref[1:]) in moved:
            count[0] += 1
            _add(figures, each)
    posted = _posted(titles)
    names = dict(Person.select(Person.id, Person.name).tuples())
    found = [
        Influence(
            who, names[who], {came: _figure(counts) for came, counts in figures.get(who, {}).items()},
            rate(*posted.get(who, (0, 0))), rate(*introduced.get(who, (0, 0))), apart.get(who, {}),
        )
        for who in {*figures, *apart}
    ]  # fmt: skip
    return put_in_order(found, first)


def put_in_order(found: Iterable[Influence], first: Came = Came.JOINERS) -> list[Influence]:
    """Those of whom most came of one outcome first, then of the next; what was seen counts before what is claimed."""
    order = (first, *(each for each in Came if each is not first))
    return sorted(found, key=lambda each: (*(_rank(each, came) for came in order), each.name, each.person_id))


def proofs_of(store: Store, person_id: int, campaign_id: int | None = None) -> list[Proof]:
    """Everything that came of a person, each with how we know, the newest first."""
    titles, people = _scope(campaign_id)
    led = _referrals({person_id})
    named = {int(each.ref[1:]) for each in led}
    moved = _moved(_tallied(_proofs(store, titles, named if people is None else named & people))[0])
    own = _proofs(store, titles, {person_id} if people is None else {person_id} & people)
    found = [*own, *(each for each in led if int(each.ref[1:]) in moved)]
    return sorted(found, key=lambda each: (each.day, each.ref), reverse=True)


_Figures = dict[int, dict[Came, dict[str, int]]]


def _tallied(proofs: Iterable[Proof]) -> tuple[_Figures, dict[int, dict[tuple[str, Came], int]]]:
    """By person how much of each outcome there is, and how much came that something was agreed for."""
    figures: _Figures = {}
    apart: dict[int, dict[tuple[str, Came], int]] = {}
    for proof in proofs:
        if proof.deal == Deal.GIFT.value:
            _add(figures, proof)
        else:
            mine = apart.setdefault(proof.person_id, {})
            mine[proof.deal, proof.came] = mine.get((proof.deal, proof.came), 0) + proof.number
    return figures, apart


def _add(figures: _Figures, proof: Proof) -> None:
    counts = figures.setdefault(proof.person_id, {}).setdefault(proof.came, dict.fromkeys(_STRENGTHS, 0))
    counts[proof.strength] += proof.number


def _moved(figures: _Figures) -> set[int]:
    """Of whom something came."""
    return {who for who, came in figures.items() if any(_figure(each).high for each in came.values())}


def _rank(of: Influence, came: Came) -> tuple[int, int]:
    """Whoever did more that we saw or books show comes first, then whoever is said to have done more."""
    figure = of.figures.get(came, Figure())
    return -figure.low, -figure.high


def _figure(counts: Mapping[str, int]) -> Figure:
    # More can come back to a shop than it had sold by a code: then nothing was sold.
    return Figure(**{name: max(0, counts[name]) for name in _STRENGTHS})


def _scope(campaign_id: int | None) -> tuple[set[int] | None, set[int] | None]:
    """The titles and the people that are meant; None for all."""
    if campaign_id is None:
        return None, None
    people = Gift.select(Gift.person).where((Gift.campaign == campaign_id) & Gift.person.is_null(False))
    return set(titles_of(campaign_id)), {who for (who,) in people.tuples()}


def _proofs(store: Store, titles: set[int] | None, people: set[int] | None) -> Iterator[Proof]:
    """Everything that came of some people, introductions excepted."""
    for proof, item in chain(_posts(people), _clubs(people), _sales(people), _events(store, people)):
        if (people is None or proof.person_id in people) and (titles is None or item in titles):
            yield proof


def _among(column: Any, people: set[int] | None) -> Any:
    """Whether a row is of somebody, and of these people where they are few; of many it is quicker to look at all."""
    return column.in_(list(people)) if people is not None and len(people) <= _FEW else column.is_null(False)


def _posts(people: set[int] | None) -> Iterator[tuple[Proof, int | None]]:
    said = Outcome.select(Outcome.post, Outcome.evidence).join(Post, on=Outcome.post == Post.id)
    said = said.where((Outcome.kind == OutcomeKind.POSTED.value) & _among(Post.person, people))
    strengths = dict(said.tuples())
    deals = {"organic": Deal.GIFT.value, "before_contact": "", "in_kind": Deal.IN_KIND.value, "paid": Deal.PAID.value}
    rows = Post.select(Post.id, Post.person, Post.item, Post.posted_on, Post.nature, Post.url, Post.outlet, Item.title)
    rows = rows.left_outer_join(Item).where(_among(Post.person, people))
    for post, person, item, day, nature, url, outlet, title in rows.tuples():
        strength = Strength(strengths.get(post) or (Strength.SEEN if url else Strength.CLAIMED))
        about = ", ".join(filter(None, (outlet, title)))
        yield Proof(person, Came.POSTS, 1, strength, f"o{post}", day, about, deals[nature]), item


def _clubs(people: set[int] | None) -> Iterator[tuple[Proof, int | None]]:
    """Clubs that she hosts, and who joined them; of these, those known by name were seen."""
    strengths = dict(
        Outcome.select(Outcome.gift, Outcome.evidence).where(Outcome.kind == OutcomeKind.CLUB_STARTED.value).tuples()
    )
    members, named = latest_counts(), _named()
    rows = Club.select(Club.id, Club.name, Club.host, Club.item, Club.started_on, Club.gift, Gift.deal)
    rows = rows.left_outer_join(Gift).where(_among(Club.host, people))
    for club, name, host, item, day, gift, deal in rows.tuples():
        agreed, ref = deal or Deal.GIFT.value, f"c{club}"
        strength = Strength(strengths.get(gift) or Strength.CLAIMED)
        yield Proof(host, Came.CLUBS, 1, strength, ref, day, name, agreed), item
        seen = named.get((club, host), 0)
        told = max(0, members.get(club, 0) - seen)
        for number, how in ((seen, Strength.SEEN), (told, Strength.CLAIMED)):
            if number:
                yield Proof(host, Came.JOINERS, number, how, ref, day, name, agreed), item


def _named() -> dict[tuple[int, int], int]:
    """By club and its host, how many others are members by name."""
    rows = ClubMember.select(ClubMember.club, Club.host, fn.COUNT(ClubMember.id)).join(Club)
    rows = rows.where(ClubMember.left_on.is_null() & (ClubMember.person != Club.host))
    return {(club, host): count for club, host, count in rows.group_by(ClubMember.club, Club.host).tuples()}


def _sales(people: set[int] | None) -> Iterator[tuple[Proof, int | None]]:
    """What was sold by her code, or ordered by her."""
    item: Any = fn.coalesce(Sale.item, Edition.item, SalesCode.item)
    person: Any = fn.coalesce(Sale.person, SalesCode.person)
    rows = Sale.select(person, item, Sale.copies, Sale.evidence, Sale.sold_on, fn.coalesce(SalesCode.code, Sale.source))
    rows = rows.left_outer_join(SalesCode).switch(Sale).left_outer_join(Edition, on=Sale.edition == Edition.id)
    deals = _deals()
    for who, what, copies, evidence, day, about in rows.where(_among(person, people)).tuples():
        deal = deals.get((who, what or 0), Deal.GIFT.value)
        yield Proof(who, Came.COPIES, int(copies), Strength(evidence), "", day, about or "", deal), what


def _deals() -> dict[tuple[int, int], str]:
    """By person and title, and by person and nought, what was agreed where that is no gift without obligation."""
    found: dict[tuple[int, int], str] = {}
    rows = Gift.select(Gift.person, Gift.item, Gift.deal)
    rows = rows.where((Gift.deal != Deal.GIFT.value) & Gift.person.is_null(False))
    for who, what, deal in rows.order_by(Gift.deal, Gift.id).tuples():  # paid comes last, and stands above in kind
        found[who, what] = found[who, 0] = deal
    return found


def _events(store: Store, people: set[int] | None) -> Iterator[tuple[Proof, int | None]]:
    """Copies of our titles that were sold where she stood; what else was sold there is not ours to count."""
    rows = Event.select(Event.id, Event.name, Event.person, Event.starts_at, EventSale.item, fn.SUM(EventSale.units))
    rows = rows.join(EventSale, on=EventSale.event == Event.id)
    rows = rows.where(_among(Event.person, people) & EventSale.item.is_null(False) & (Event.state != "cancelled"))
    deals = _deals()
    for event, name, who, starts, what, units in rows.group_by(Event.id, EventSale.item).tuples():
        if starts <= store.now():
            deal = deals.get((who, what), Deal.GIFT.value)
            day = starts[: len("2026-11-24")]
            yield Proof(who, Came.EVENT_COPIES, int(units), Strength.CLAIMED, f"t{event}", day, name, deal), what


def _referrals(people: set[int] | None) -> list[Proof]:
    """Whom they introduced, whatever came of them."""
    rows = Person.select(Person.introduced_by, Person.id, Person.introduced_on, Person.name)
    rows = rows.where(_among(Person.introduced_by, people)).order_by(Person.id)
    return [
        Proof(by, Came.REFERRALS, 1, Strength.CLAIMED, f"p{who}", day or "", name)
        for by, who, day, name in rows.tuples()
        if people is None or by in people
    ]


def _posted(titles: set[int] | None) -> dict[int, tuple[int, int]]:
    """By person, how many gifts with nothing asked in return led to a post, and how many arrived."""
    posts = Outcome.select(Outcome.gift).where(Outcome.kind == OutcomeKind.POSTED.value)
    rows = Gift.select(Gift.person, Gift.item, Gift.id.in_(posts), fn.COUNT(Gift.id))
    free = (Gift.deal == Deal.GIFT.value) & Gift.state.in_(_ARRIVED) & Gift.person.is_null(False)
    found: dict[int, tuple[int, int]] = {}
    for who, what, led, count in rows.where(free).group_by(Gift.person, Gift.item, Gift.id.in_(posts)).tuples():
        if titles is None or what in titles:
            part, whole = found.get(who, (0, 0))
            found[who] = part + (count if led else 0), whole + count
    return found
