"""What went out, what came of it, and what is not known. Gifted, in kind and paid are never added together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from outreach.errors import KnownError
from outreach.services.genres import load_genres
from outreach.services.gifts import Deal, Stage, stages
from outreach.services.tiers import tiers_of
from outreach.store.database import Store
from outreach.store.models import Club, Gift, Headcount, Item, ItemGenre, Outcome, Person, Post

#: Under so many gifts a rate says nothing.
TOO_FEW = 5

#: 95 % of a normal distribution lies within so many standard deviations.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of gifts, with its likely range; no share where there are too few to say."""

    part: int
    whole: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """A rate of one genre, tier, role or item."""

    key: str
    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One title of the review."""

    item_id: int
    title: str
    author: str
    gifts: int
    delivered: int
    posted: int
    reading: int
    quiet: int


@dataclass(frozen=True, slots=True)
class Thanks:
    """Someone to thank, for what came of her gifts."""

    person_id: int
    name: str
    posts: int
    clubs: int
    members: int


@dataclass(frozen=True, slots=True)
class Review:
    """The review of all gifts, or of those of one item, campaign or period.

    Attributes:
        stages: How many gifts stand at each stage; posted, reading and quiet are the delivered ones.
        gifts: How many gifts there are with which nothing was asked in return; all other figures are of these, but
            for `deals` and `natures`, which stand apart.
        organic: Delivered gifts, nothing asked in return, that led to a post.
        deals: By deal, how many gifts were delivered and how many of them led to a post.
        natures: How many posts there are of each nature.
        unknown: What is not known, as codes and numbers.
    """

    since: str
    until: str
    item: str
    campaign: str
    gifts: int
    stages: dict[str, int]
    delivered: int
    organic: Rate
    deals: dict[str, tuple[int, int]]
    natures: dict[str, int]
    by_genre: tuple[Group, ...]
    by_tier: tuple[Group, ...]
    by_role: tuple[Group, ...]
    items: tuple[ItemLine, ...]
    thanks: tuple[Thanks, ...]
    clubs: int
    members: int
    unknown: tuple[tuple[str, int], ...]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The likely range of a share (95 %), also where there are few.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(part: int, whole: int) -> Rate:
    """A share with its range, or without both where there are too few to say."""
    if whole < TOO_FEW:
        return Rate(part, whole, None, None, None)
    low, high = wilson(part, whole)
    return Rate(part, whole, part / whole, low, high)


def review(
    store: Store, *, item_id: int | None = None, campaign_id: int | None = None, since: str = "", until: str = ""
) -> Review:
    """Review all gifts, or some of them. The period is that of the gift's last step."""
    gifts = _gifts(item_id, campaign_id, since, until)
    shown = stages(store, gifts)
    free = [gift for gift in gifts if gift.deal == Deal.GIFT]
    delivered = [gift for gift in free if shown[gift.id] in (Stage.POSTED, Stage.READING, Stage.QUIET)]
    posted = {gift.id for gift in delivered if shown[gift.id] is Stage.POSTED}
    counts = {stage.value: 0 for stage in Stage}
    for gift in free:
        counts[shown[gift.id].value] += 1
    tiers = tiers_of([gift.person_id for gift in delivered if gift.person_id is not None])
    roles = _roles(delivered)
    clubs, members = _clubs(free)
    from_posts = _posts(gifts, item_id, since, until)
    return Review(
        since=since,
        until=until,
        item=Item.get_by_id(item_id).title if item_id is not None else "",
        campaign=_campaign_name(campaign_id),
        gifts=len(free),
        stages=counts,
        delivered=len(delivered),
        organic=rate(len(posted), len(delivered)),
        deals=_deals(gifts, shown),
        natures=from_posts,
        by_genre=_by_genre(delivered, posted),
        by_tier=_grouped(delivered, posted, lambda gift: tiers.get(gift.person_id, ""), str),
        by_role=_grouped(delivered, posted, lambda gift: roles.get(gift.person_id, ""), str),
        items=_items(free, shown),
        thanks=_thanks(gifts),
        clubs=clubs,
        members=members,
        unknown=_unknown(free, delivered, tiers),
    )


def _gifts(item_id: int | None, campaign_id: int | None, since: str, until: str) -> list[Gift]:
    if since and until and since > until:
        raise KnownError("review.bad_period", since=since, until=until)
    query = Gift.select(Gift, Item).join(Item).order_by(Gift.id)
    if item_id is not None:
        query = query.where(Gift.item == item_id)
    if campaign_id is not None:
        query = query.where(Gift.campaign == campaign_id)
    if since:
        query = query.where(Gift.state_on >= since)
    if until:
        query = query.where(Gift.state_on <= until)
    return list(query)


def _campaign_name(campaign_id: int | None) -> str:
    from_gift = Gift.select().where(Gift.campaign == campaign_id).first() if campaign_id is not None else None
    return from_gift.campaign.name if from_gift else ""


def _deals(gifts: Iterable[Gift], shown: dict[int, Stage]) -> dict[str, tuple[int, int]]:
    counts = {deal.value: (0, 0) for deal in Deal}
    for gift in gifts:
        if shown[gift.id] in (Stage.POSTED, Stage.READING, Stage.QUIET):
            delivered, posted = counts[gift.deal]
            counts[gift.deal] = (delivered + 1, posted + (shown[gift.id] is Stage.POSTED))
    return counts


def _by_genre(delivered: Sequence[Gift], posted: set[int]) -> tuple[Group, ...]:
    query = ItemGenre.select(ItemGenre.item, ItemGenre.genre).order_by(ItemGenre.weight, ItemGenre.id.desc())
    main: dict[int, str] = dict(query.tuples())
    return _grouped(delivered, posted, lambda gift: main.get(gift.item_id, ""), load_genres().name)


def _grouped(
    delivered: Sequence[Gift], posted: set[int], key: Callable[[Gift], str], name: Callable[[str], str]
) -> tuple[Group, ...]:
    counts: dict[str, list[int]] = {}
    for gift in delivered:
        count = counts.setdefault(key(gift), [0, 0])
        count[0] += gift.id in posted
        count[1] += 1
    groups = [Group(value, name(value), rate(*count)) for value, count in counts.items()]
    # Those of whom it is not known come last.
    return tuple(sorted(groups, key=lambda group: (not group.key, -group.rate.whole, group.name)))


def _roles(delivered: Sequence[Gift]) -> dict[int, str]:
    people = list({gift.person_id for gift in delivered if gift.person_id is not None})
    roles: dict[int, str] = {}
    for start in range(0, len(people), 500):
        query = Person.select(Person.id, Person.role).where(Person.id.in_(people[start : start + 500]))
        roles.update(query.tuples())
    return roles


def _items(gifts: Sequence[Gift], shown: dict[int, Stage]) -> tuple[ItemLine, ...]:
    by_item: dict[int, list[Gift]] = {}
    for gift in gifts:
        by_item.setdefault(gift.item_id, []).append(gift)
    lines = []
    for item_id, some in by_item.items():
        counts = {stage: sum(shown[gift.id] is stage for gift in some) for stage in Stage}
        ended = counts[Stage.POSTED] + counts[Stage.READING] + counts[Stage.QUIET]
        item = some[0].item
        lines.append(
            ItemLine(
                item_id,
                item.title,
                item.author,
                len(some),
                ended,
                counts[Stage.POSTED],
                counts[Stage.READING],
                counts[Stage.QUIET],
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.gifts, line.title)))


def _posts(gifts: Sequence[Gift], item_id: int | None, since: str, until: str) -> dict[str, int]:
    of_gifts = {gift.id for gift in gifts}
    counts = {"before_contact": 0, "organic": 0, "in_kind": 0, "paid": 0}
    query = Post.select(Post.gift, Post.item, Post.nature, Post.posted_on)
    for gift, item, nature, day in query.tuples():
        in_period = (not since or day >= since) and (not until or day <= until)
        if gift in of_gifts or (gift is None and in_period and (item_id is None or item == item_id)):
            counts[nature] = counts.get(nature, 0) + 1
    return counts


def _thanks(gifts: Sequence[Gift], most: int = 12) -> tuple[Thanks, ...]:
    """People to thank, by what came of their gifts: clubs and their members first, then posts."""
    of_gifts = {gift.id: gift.person_id for gift in gifts if gift.deal == Deal.GIFT and gift.person_id is not None}
    posts: dict[int, int] = {}
    for gift, count in _counted(Outcome, Outcome.kind == "posted"):
        if gift in of_gifts:
            posts[of_gifts[gift]] = posts.get(of_gifts[gift], 0) + count
    clubs: dict[int, list[int]] = {}
    latest = dict(Headcount.select(Headcount.club, Headcount.members).order_by(Headcount.counted_on).tuples())
    for club in Club.select(Club.id, Club.gift).where(Club.gift.is_null(False)):
        if club.gift_id in of_gifts:
            clubs.setdefault(of_gifts[club.gift_id], []).append(latest.get(club.id, 0))
    people = set(posts) | set(clubs)
    found = [
        Thanks(person, Person.get_by_id(person).name, posts.get(person, 0), len(mine), sum(mine))
        for person in people
        for mine in [clubs.get(person, [])]
    ]
    return tuple(sorted(found, key=lambda each: (-each.members, -each.posts, each.name))[:most])


def _counted(model: type[Outcome], condition: Any) -> Iterable[tuple[int, int]]:
    counts: dict[int, int] = {}
    for (gift,) in model.select(model.gift).where(condition & model.gift.is_null(False)).tuples():
        counts[gift] = counts.get(gift, 0) + 1
    return counts.items()


def _clubs(gifts: Sequence[Gift]) -> tuple[int, int]:
    of_gifts = {gift.id for gift in gifts}
    latest = dict(Headcount.select(Headcount.club, Headcount.members).order_by(Headcount.counted_on).tuples())
    clubs = [club.id for club in Club.select(Club.id, Club.gift) if club.gift_id in of_gifts]
    return len(clubs), sum(latest.get(club, 0) for club in clubs)


def _unknown(gifts: Sequence[Gift], delivered: Sequence[Gift], tiers: dict[int, str]) -> tuple[tuple[str, int], ...]:
    """What the review cannot say: better said than hidden."""
    in_post = sum(gift.state == "sent" for gift in gifts)
    forgotten = sum(gift.person_id is None for gift in gifts)
    no_tier = len({gift.person_id for gift in delivered if gift.person_id is not None} - set(tiers))
    facts = (("unknown.on_their_way", in_post), ("unknown.forgotten", forgotten), ("unknown.no_tier", no_tier))
    return (*((code, number) for code, number in facts if number), ("unknown.sales", 0))
