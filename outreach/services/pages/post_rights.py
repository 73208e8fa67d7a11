"""What is known of one post besides itself: what it may be used for, how it tells of the gift, what is quoted of it."""

from dataclasses import dataclass

from outreach.services.disclosure.checks import Disclosure, disclosures
from outreach.services.pages.rights import RightsLine, rights_of_post
from outreach.services.rights.permissions import permissions_of
from outreach.services.rights.quotes import QuoteRow, quotes_of
from outreach.services.rights.uses import open_uses
from outreach.store.database import Store
from outreach.store.models import Item, Person, Post


@dataclass(frozen=True, slots=True)
class PostRights:
    """All of it.

    Attributes:
        rights: What was asked and answered last, our own channels first; None where nothing was asked.
        more: How many permissions there are besides.
        uses: Where it is shown under a permission, each with its id.
    """

    post_id: int
    person_id: int
    person: str
    item_id: int
    title: str
    is_book: bool
    day: str
    text: str
    url: str
    platform: str
    kind: str
    rights: RightsLine | None
    more: int
    uses: tuple[tuple[int, str], ...]
    disclosure: Disclosure
    quotes: tuple[QuoteRow, ...]


def post_rights(store: Store, post_id: int) -> PostRights | None:
    """What is known of a post; None where it is gone."""
    query = Post.select(Post, Person, Item).left_outer_join(Person).switch(Post).left_outer_join(Item)
    post = query.where(Post.id == post_id).first()
    if post is None:
        return None
    rows = permissions_of(post_id)
    return PostRights(
        post.id, post.person_id or 0, post.person.name if post.person_id else "", post.item_id or 0,
        post.item.title if post.item_id else "", not post.item_id or post.item.kind == "book", post.posted_on,
        post.text,
        post.url or "", post.platform, post.kind, rights_of_post(store, post_id), max(0, len(rows) - 1),
        open_uses(post_id), disclosures([post_id])[post_id], tuple(quotes_of([post_id]).get(post_id, ())),
    )  # fmt: skip
