"""The pictures of posts that may stand in a report: where their authors gave leave to show them on our own pages."""

from dataclasses import dataclass
from pathlib import Path

from outreach.services.posts.stories import pictures_of
from outreach.services.review.scoping import gift_ids
from outreach.services.review.value import Scope
from outreach.services.rights.permissions import USUAL_SCOPE
from outreach.services.rights.uses import ruling_for
from outreach.store.database import Store
from outreach.store.models import Item, Person, Post, Snapshot

_MOST = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that may be shown today, with whose post it is."""

    post_id: int
    file: Path
    name: str
    title: str
    posted_on: str


def pictures_for(store: Store, scope: Scope | None = None, most: int = _MOST) -> list[Shown]:
    """The newest pictures of posts of the review, one a post; none where leave was not given, or has ended."""
    query = (
        Post.select(Post.id, Post.posted_on, Person.name, Item.title)
        .join(Person)
        .switch(Post)
        .join(Item)
        .where(Post.id.in_(Snapshot.select(Snapshot.post)))
        .order_by(Post.posted_on.desc(), Post.id.desc())
    )
    scope = scope or Scope()
    if scope != Scope(item_id=scope.item_id, since=scope.since, until=scope.until):
        query = query.where(Post.gift.in_(gift_ids(scope)))
    if scope.item_id is not None:
        query = query.where(Post.item == scope.item_id)
    if scope.since:
        query = query.where(Post.posted_on >= scope.since)
    if scope.until:
        query = query.where(Post.posted_on <= scope.until)
    found: list[Shown] = []
    for post, day, name, title in query.tuples().iterator():
        if len(found) == most:
            break
        if not ruling_for(store, post, USUAL_SCOPE).may:
            continue
        files = [each.preview for each in pictures_of(store, post) if each.preview.exists()]
        if files:
            found.append(Shown(post, files[0], name, title, day))
    return found
