"""The log of posts: ids in order, the lines that are painted, and all that is kept of the one that is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from outreach.services.pages.filtering import Term, campaigns_called, parse
from outreach.services.pages.people import PersonHead, people_heads
from outreach.services.pages.within import those_within
from outreach.services.people.people import search_words
from outreach.services.posts.embargo import broken_embargo
from outreach.services.posts.readings import Counts, counts_of
from outreach.services.posts.stories import Kept, pictures_of
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Person, Post

if TYPE_CHECKING:
    import array


class PostOrder(StrEnum):
    """By what posts are listed."""

    DAY = "day"
    WHO = "who"
    ABOUT = "about"
    NATURE = "nature"


@dataclass(frozen=True, slots=True)
class PostQuery:
    """Which posts, in which order.

    Attributes:
        words: What is typed into the filter: each begins a word of the text or of where it was said, of the title, or
            of the name, or stands within a handle; ``campaign:spring`` leaves those that its gifts led to.
        nature: Only those of a nature.
    """

    words: str = ""
    nature: str = ""
    order: PostOrder = PostOrder.DAY
    descending: bool = True


_ALL = PostQuery()


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a line of the log, and as its page shows it.

    Attributes:
        person: Who posted; None for someone who was forgotten.
        gift_on: The day on which the gift before it was sent, empty where there was none.
        outlet: Where it was said, where it has no address.
        told_by: Who told us of it.
    """

    id: int
    person: PersonHead | None
    item_id: int
    title: str
    is_book: bool
    kind: str
    platform: str
    url: str
    day: str
    text: str
    nature: str
    nature_reason: str
    gift_id: int
    gift_on: str
    outlet: str
    told_by: str


@dataclass(frozen=True, slots=True)
class PostMore:
    """What is kept of a post beside its line.

    Attributes:
        id: Of the post.
        counts: Its readings, the newest first.
        pictures: The newest first.
        embargo: The day from which reviews were meant to appear, if the post is from before it.
    """

    id: int
    counts: tuple[Counts, ...]
    pictures: tuple[Kept, ...]
    embargo: str


def post_ids(store: Store, query: PostQuery = _ALL) -> "array.array[int]":
    """The ids of posts in order; ties stand with the newest first."""
    return posts_within(store, query, store.ids(_ordered(query)))


def posts_within(store: Store, query: PostQuery, everything: "array.array[int]") -> "array.array[int]":
    """As `post_ids`, and soon: those of everything, in its order, that the query's words and nature find."""
    terms, words = parse(query.words)
    campaigns = [term for term in terms if term.field == "campaign"]
    others = [str(term) for term in terms if term.field != "campaign"]
    parts = [_having(store, word) for word in search_words(" ".join([words, *others]))]
    parts += [_of_campaign(store, term) for term in campaigns if term.is_whole]
    if query.nature:
        parts.append(set(store.ids(Post.select(Post.id).where(Post.nature == query.nature))))
    if not parts:
        return everything
    found = set.intersection(*parts)
    return those_within(found, everything)


def post_lines(ids: Sequence[int]) -> dict[int, PostLine]:
    """The lines of some posts, at most a page of them."""
    columns = (
        Post.id, Post.person, Post.item, Item.title, Item.kind, Post.kind, Post.platform, Post.url, Post.posted_on,
        Post.text, Post.nature, Post.nature_reason, Post.gift, Gift.sent_on, Post.outlet, Post.told_by,
    )  # fmt: skip
    query = Post.select(*columns).left_outer_join(Item).switch(Post).left_outer_join(Gift)
    rows = list(query.where(Post.id.in_(list(ids))).tuples())
    people = people_heads([row[1] for row in rows if row[1]])
    return {
        row_id: PostLine(
            id=row_id,
            person=people.get(person),
            item_id=item or 0,
            title=title or "",
            is_book=not item or item_kind == "book",
            kind=kind,
            platform=platform,
            url=url or "",
            day=day,
            text=text,
            nature=nature,
            nature_reason=reason,
            gift_id=gift or 0,
            gift_on=sent_on or "",
            outlet=outlet,
            told_by=told_by,
        )
        for (row_id, person, item, title, item_kind, kind, platform, url, day, text, nature, reason, gift, sent_on,
             outlet, told_by) in rows
    }  # fmt: skip


def post_more(store: Store, post_id: int) -> PostMore:
    """What is kept of a post beside its line."""
    return PostMore(post_id, tuple(counts_of(post_id)), tuple(pictures_of(store, post_id)), broken_embargo(post_id))


def _having(store: Store, word: str) -> set[int]:
    """The posts of which a word is begun in the text or where it was said, in the title, or in a name or handle.

    Each way has an index of its own, where asking all of them of each post would have to read every post.
    """
    ways = (
        store.found_in("post", [word]),
        Post.select(Post.id).where(Post.item.in_(store.found_in("item", [word]))),
        Post.select(Post.id).where(Post.person.in_(store.found_people([word]))),
    )
    return set().union(*map(store.ids, ways))


def _of_campaign(store: Store, term: Term) -> set[int]:
    """The posts that gifts of a campaign led to, or all others."""
    gifts = Gift.select(Gift.id).where(Gift.campaign.in_(campaigns_called(term.value)))
    of_it = Post.gift.in_(gifts)
    return set(store.ids(Post.select(Post.id).where((~of_it | Post.gift.is_null()) if term.negated else of_it)))


def _ordered(query: PostQuery) -> Any:
    found, newest = Post.select(Post.id), (Post.posted_on.desc(), Post.id.desc())
    if query.order is PostOrder.DAY:
        return found.order_by(*newest) if query.descending else found.order_by(Post.posted_on, Post.id)
    columns = {PostOrder.WHO: Person.sort_name, PostOrder.ABOUT: Item.title_key, PostOrder.NATURE: Post.nature}
    column = columns[query.order]
    if query.order is not PostOrder.NATURE:
        found = found.left_outer_join(Person if query.order is PostOrder.WHO else Item)
    # Of whom or what nothing is known comes last, whichever way the list is turned.
    return found.order_by(column.desc(nulls="LAST") if query.descending else column.asc(nulls="LAST"), *newest)
