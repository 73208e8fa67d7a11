"""People to thank, for what came of their gifts: clubs and their members first, then what was sold, then posts."""

from collections.abc import Mapping, Sequence

from outreach.services.gifts.states import OutcomeKind
from outreach.services.review.gifts import GiftFacts
from outreach.services.review.selling import SaleFacts
from outreach.services.review.value import Thanks
from outreach.store.models import Account, Club, Headcount, Outcome, Person, Post
from outreach.store.models.base import raw_rows

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
    for (gift,) in raw_rows(query):
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
    about = {row: (name, role) for row, name, role in
             Person.select(Person.id, Person.name, Person.role).where(Person.id.in_(ranked)).tuples()}  # fmt: skip
    on_social = {row for (row,) in Account.select(Account.person).where(Account.person.in_(ranked)).tuples()}
    newest = _newest(ranked, of_gifts)
    items = {gift.person_id: gift.item_id for gift in free if gift.person_id in about and gift.has_arrived}
    found = []
    for who in ranked:
        (name, role), (orders, copies) = about[who], sold.get(who, [0, 0])
        found.append(
            Thanks(
                who, name, posts.get(who, 0), len(clubs.get(who, ())), sum(clubs.get(who, ())), orders, copies,
                role=role, is_off_social=who not in on_social, post_id=newest.get(who), item_id=items.get(who),
            )
        )  # fmt: skip
    return tuple(found)


def _newest(people: Sequence[int], of_gifts: Mapping[int, int]) -> dict[int, int]:
    """By person her newest post after one of some gifts, about a title."""
    query = Post.select(Post.person, Post.id, Post.gift).where(Post.person.in_(list(people)) & Post.item.is_null(False))
    rows = raw_rows(query.order_by(Post.posted_on, Post.id))
    return {person: post for person, post, gift in rows if gift in of_gifts}
