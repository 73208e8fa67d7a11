"""The posts that a review counts, in columns, by their nature."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from peewee import fn

from outreach.services.posts.kinds import Nature
from outreach.services.review.counting.gifts import Gifts
from outreach.services.review.value import Scope
from outreach.store.columns import columns, day_as_number, day_number, place_among, places
from outreach.store.database import Store
from outreach.store.models import Post

NATURES = (Nature.BEFORE_CONTACT, Nature.ORGANIC, Nature.IN_KIND, Nature.PAID)

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts in columns, in the order of their ids; gift and title are 0 where there is none."""

    id: _Numbers
    gift: _Numbers
    item: _Numbers
    day: _Numbers
    nature: _Numbers

    def where(self, which: NDArray[Any]) -> "Posts":
        """Some of them."""
        return Posts(*(getattr(self, each.name)[which] for each in fields(self)))

    def of(self, nature: Nature) -> "Posts":
        """Those of a nature."""
        return self.where(self.nature == NATURES.index(nature))

    def by_nature(self) -> dict[str, int]:
        """How many there are of each nature."""
        counts = np.bincount(self.nature, minlength=len(NATURES)).tolist()
        return {nature.value: count for nature, count in zip(NATURES, counts, strict=True)}


def posts_of(store: Store, scope: Scope, gifts: Gifts) -> Posts:
    """The posts that a review counts: those after its gifts, or after none and of its titles and period."""
    every: Posts = store.once("review.posts", _read)
    after = (every.gift > 0) & (places(every.gift, gifts.id) >= 0)
    # A post after no gift belongs to no campaign, client or roster.
    if scope.campaign_id is not None or scope.client_id is not None or scope.roster_id is not None:
        return every.where(after)
    alone = every.gift == 0
    if scope.since:
        alone &= every.day >= day_as_number(scope.since)
    if scope.until:
        alone &= every.day <= day_as_number(scope.until)
    if scope.item_id is not None:
        alone &= every.item == scope.item_id
    return every.where(after | alone)


def _read() -> Posts:
    natures = [nature.value for nature in NATURES]
    query = Post.select(Post.id, fn.COALESCE(Post.gift, 0), fn.COALESCE(Post.item, 0), day_number(Post.posted_on),
                        place_among(Post.nature, natures))  # fmt: skip
    return Posts(*columns(query.where(Post.nature.in_(natures)).order_by(Post.id)))
