"""Who is in a programme with something agreed, and when: what decides that a post of hers is no organic one.

Somebody is bound from the day she joined, or a season began, until she left, the season ended or the programme closed,
all of these days included. In a programme where nothing is agreed nobody is bound.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from peewee import fn

from outreach.fields.dates import is_before
from outreach.services.gifts.states import Deal
from outreach.store.among import among
from outreach.store.models import Gift, Post, Programme, ProgrammeMember, ProgrammeSeason

#: The reasons of posts that are what they are since who made them was in a programme, as words of ``nature_reason``.
REASONS = {Deal.PAID: "programme_paid", Deal.IN_KIND: "programme_in_kind"}
_NEVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Term:
    """A time in which somebody is bound, both days included, and by what."""

    since: str
    until: str
    deal: Deal

    def holds_on(self, day: str) -> bool:
        """Whether a day, a month or a year lies in it, or may."""
        return not is_before(day, self.since) and not is_before(self.until, day)


class GiftLike(Protocol):
    """What has to be known of a gift to say as what it counts."""

    id: int
    person_id: int | None
    deal: str
    state_on: str
    delivered_on: str | None


def terms_of(people: Sequence[int] | None = None) -> dict[int, list[Term]]:
    """By person when she is bound, of some people or of all; those who never are have no entry."""
    query = (
        ProgrammeMember.select(
            ProgrammeMember.person, ProgrammeMember.joined_on, ProgrammeMember.alumni_on, ProgrammeSeason.starts_on,
            ProgrammeSeason.ends_on, Programme.closed_on, Programme.deal,
        )
        .join(Programme)
        .join(ProgrammeSeason, on=(ProgrammeSeason.programme == Programme.id))
        .where((Programme.deal != Deal.GIFT.value) & ProgrammeMember.joined_on.is_null(False))
        .where(ProgrammeMember.person.is_null(False) if people is None else ProgrammeMember.person.in_(among(people)))
    )  # fmt: skip
    found: dict[int, list[Term]] = {}
    for person, joined, left, begins, ends, closed, deal in query.tuples():
        since, until = max(joined, begins), min(left or _NEVER, ends, closed or _NEVER)
        if since <= until:
            found.setdefault(person, []).append(Term(since, until, Deal(deal)))
    return found


def deal_on(person: int, day: str) -> Deal | None:
    """What was agreed with somebody in her programmes on a day, the most binding of it; None for nothing."""
    return most_binding(terms_of([person]).get(person, ()), day)


def bound_on(people: Sequence[int], day: str) -> dict[int, Deal]:
    """Who of some people is bound on a day, and by what."""
    found = {person: most_binding(terms, day) for person, terms in terms_of(people).items()}
    return {person: deal for person, deal in found.items() if deal is not None}


def counted_deals(gifts: Iterable[GiftLike]) -> dict[int, str]:
    """By gift as what it counts, where that is more than was agreed on the gift itself.

    A copy counts with what was agreed in the programme where it reached a member in a season, or where a post that
    followed it did.
    """
    if not Programme.select().where(Programme.deal != Deal.GIFT.value).exists():
        return {}
    terms, by_post = terms_of(), _by_post()
    found: dict[int, str] = {}
    for gift in gifts:
        if gift.deal == Deal.PAID.value:
            continue
        mine = terms.get(gift.person_id, ()) if gift.person_id is not None else ()
        deals = {most_binding(mine, gift.delivered_on or gift.state_on), by_post.get(gift.id)}
        if Deal.PAID in deals:
            found[gift.id] = Deal.PAID.value
        elif Deal.IN_KIND in deals:
            found[gift.id] = Deal.IN_KIND.value
    return found


def deals_as_counted(gifts: Iterable[GiftLike]) -> dict[int, str]:
    """By gift as what it counts: as was agreed on it, or in a programme that its person was in."""
    several = list(gifts)
    return {gift.id: gift.deal for gift in several} | counted_deals(several)


def is_anybody_bound() -> bool:
    """Whether there is a programme with something agreed and anybody in it."""
    return bool(_bound().exists())


def free_gifts(*, bound: bool | None = None) -> Any:
    """The condition of a query that a gift counts as one with nothing asked in return: as `counted_deals` tells it.

    Args:
        bound: What `is_anybody_bound` said, where it was asked already.
    """
    free = Gift.deal == Deal.GIFT.value
    if not (is_anybody_bound() if bound is None else bound):
        return free
    day: Any = fn.COALESCE(Gift.delivered_on, Gift.state_on)

    def known(column: Any) -> Any:
        """A day as far as the gift's own is told."""
        return fn.SUBSTR(fn.COALESCE(column, _NEVER), 1, fn.LENGTH(day))

    terms = _bound().switch(Programme).join(ProgrammeSeason, on=(ProgrammeSeason.programme == Programme.id)).where(
        (ProgrammeMember.person == Gift.person)
        & (known(ProgrammeMember.joined_on) <= day) & (known(ProgrammeSeason.starts_on) <= day)
        & (known(ProgrammeSeason.ends_on) >= day) & (known(ProgrammeMember.alumni_on) >= day)
        & (known(Programme.closed_on) >= day)
    )  # fmt: skip
    told = Post.select(Post.gift).where(Post.nature_reason.in_(list(REASONS.values())) & Post.gift.is_null(False))
    return free & ~fn.EXISTS(terms) & Gift.id.not_in(told)


def _bound() -> Any:
    return ProgrammeMember.select(ProgrammeMember.id).join(Programme).where(Programme.deal != Deal.GIFT.value)


def _by_post() -> dict[int, Deal]:
    """By gift the most binding of what made a post that followed it no organic one, among programmes."""
    found: dict[int, Deal] = {}
    of = {reason: deal for deal, reason in REASONS.items()}
    query = Post.select(Post.gift, Post.nature_reason).where(Post.nature_reason.in_(list(of)))
    for gift, reason in query.where(Post.gift.is_null(False)).tuples():
        found[gift] = Deal.PAID if found.get(gift) is Deal.PAID else of[reason]
    return found


def most_binding(terms: Iterable[Term], day: str) -> Deal | None:
    """What somebody is bound by on a day, of the times in which she is bound."""
    deals = {term.deal for term in terms if term.holds_on(day)}
    return Deal.PAID if Deal.PAID in deals else next(iter(deals), None)
