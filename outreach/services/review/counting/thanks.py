"""People to thank, for what came of their gifts: clubs and their members first, then what was sold, then posts."""

from collections.abc import Mapping, Sequence

import numpy as np

from outreach.services.review.counting.gifts import Gifts
from outreach.services.review.headcounts import latest_counts
from outreach.services.review.value import Thanks
from outreach.store.columns import distinct, places
from outreach.store.models import Account, Club, Person, Post
from outreach.store.models.base import raw_rows

#: So many are named.
MOST = 12


def clubs_of(gifts: Gifts) -> list[tuple[int, int]]:
    """By club that was begun after some gifts the place of its gift among them."""
    query = Club.select(Club.id, Club.gift).where(Club.gift.is_null(False)).order_by(Club.id)
    rows = list(query.tuples())
    at = places(np.array([gift for _, gift in rows], np.int64), gifts.id).tolist()
    return [(club, place) for (club, _), place in zip(rows, at, strict=True) if place >= 0]


def thanks_of(free: Gifts, sold: Mapping[int, tuple[int, int]]) -> tuple[Thanks, ...]:
    """Whom to thank; how large someone's audience is has no part in it.

    Args:
        free: The gifts with nothing asked in return.
        sold: By person orders and copies by her code.
    """
    known = free.where(free.person > 0)
    latest, clubs = latest_counts(), dict[int, list[int]]()
    for club, place in clubs_of(known):
        clubs.setdefault(int(known.person[place]), []).append(latest.get(club, 0))
    people = distinct(known.person)
    counts = np.zeros(len(people), np.int64)
    np.add.at(counts, places(known.person, people), known.posts)
    named = {*clubs, *sold}
    # Of those with posts alone nobody can be among the first who is not among the first of these.
    of_posts = np.flatnonzero((counts > 0) & ~np.isin(people, list(named)))
    first = of_posts[np.argsort(-counts[of_posts], kind="stable")[:MOST]]
    asked = np.concatenate([first, np.flatnonzero(np.isin(people, list(named)))])
    posts = dict(zip(people[asked].tolist(), counts[asked].tolist(), strict=True))
    ranked = sorted(
        {*posts, *named},
        key=lambda who: (-sum(clubs.get(who, ())), -sold.get(who, (0, 0))[1], -posts.get(who, 0), who),
    )[:MOST]
    about = {row: (name, role) for row, name, role in
             Person.select(Person.id, Person.name, Person.role).where(Person.id.in_(ranked)).tuples()}  # fmt: skip
    on_social = {row for (row,) in Account.select(Account.person).where(Account.person.in_(ranked)).tuples()}
    newest, arrived = _newest(ranked, known), known.where(known.has_arrived & np.isin(known.person, ranked))
    items = dict(zip(arrived.person.tolist(), arrived.item.tolist(), strict=True))
    found = []
    for who in ranked:
        (name, role), (orders, copies) = about[who], sold.get(who, (0, 0))
        found.append(
            Thanks(
                who, name, posts.get(who, 0), len(clubs.get(who, ())), sum(clubs.get(who, ())), orders, copies,
                role=role, is_off_social=who not in on_social, post_id=newest.get(who), item_id=items.get(who),
            )
        )  # fmt: skip
    return tuple(found)


def _newest(people: Sequence[int], gifts: Gifts) -> dict[int, int]:
    """By person her newest post after one of some gifts, about a title."""
    query = Post.select(Post.person, Post.id, Post.gift).where(Post.person.in_(list(people)) & Post.item.is_null(False))
    query = query.where(Post.gift.is_null(False)).order_by(Post.posted_on, Post.id)
    rows = list(raw_rows(query))
    at = places(np.array([gift for _, _, gift in rows], np.int64), gifts.id).tolist()
    return {person: post for (person, post, _), place in zip(rows, at, strict=True) if place >= 0}
