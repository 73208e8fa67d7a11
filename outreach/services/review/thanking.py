"""People to thank, for what came of their gifts: clubs and their members first, then what was sold, then posts."""

from collections.abc import Sequence

from outreach.services.gift_states import OutcomeKind
from outreach.services.review.gifts import GiftFacts
from outreach.services.review.selling import SaleFacts
from outreach.services.review.value import Thanks
from outreach.store.models import Club, Headcount, Outcome, Person

#: So many are named.
MOST = 12


def latest_counts() -> dict[int, int]:
    """By club, its members at the last count."""
    return dict(Headcount.select(Headcount.club, Headcount.members).order_by(Headcount.counted_on).tuples())


def thanks_of(free: Sequence[GiftFacts], by_code: Sequence[SaleFacts]) -> tuple[Thanks, ...]:
    """Whom to thank; how large someone's audience is has no part in it."""
    of_gifts = {gift.id: gift.person_id for gift in free if gift.person_id is not None}
    posts: dict[int, int] = {}
    query = Outcome.select(Outcome.gift).where(Outcome.kind == OutcomeKind.POSTED.value)
    for (gift,) in query.tuples():
        if gift in of_gifts:
            posts[of_gifts[gift]] = posts.get(of_gifts[gift], 0) + 1
    latest = latest_counts()
    clubs: dict[int, list[int]] = {}
    for club, gift in Club.select(Club.id, Club.gift).where(Club.gift.is_null(False)).tuples():
        if gift in of_gifts:
            clubs.setdefault(of_gifts[gift], []).append(latest.get(club, 0))
    sold: dict[int, list[int]] = {}
    for row in by_code:
        if row.person_id is not None:
            counts = sold.setdefault(row.person_id, [0, 0])
            counts[0] += row.orders or 0
            counts[1] += row.copies
    ranked = sorted(
        {*posts, *clubs, *sold},
        key=lambda who: (-sum(clubs.get(who, ())), -sold.get(who, [0, 0])[1], -posts.get(who, 0), who),
    )[:MOST]
    names: dict[int, str] = dict(Person.select(Person.id, Person.name).where(Person.id.in_(ranked)).tuples())
    return tuple(
        Thanks(who, names[who], posts.get(who, 0), len(clubs.get(who, ())), sum(clubs.get(who, ())),
               *sold.get(who, (0, 0)))
        for who in ranked
    )  # fmt: skip
