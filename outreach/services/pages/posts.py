"""The log of posts: ids in order, the lines that are painted, and all that is kept of the one that is read."""

import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.people import search_words
from outreach.services.posts import Nature
from outreach.services.posts.embargo import broken_embargo
from outreach.services.posts.readings import Counts, counts_of
from outreach.services.posts.stories import Kept, pictures_of
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Person, Post


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
        words: What is typed into the filter: each word begins one of the text, the title or the name, or stands in
            where it was said.
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
    person: PersonLine | None
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
    return store.ids(_ordered(_found(store, query), query))


def posts_within(store: Store, query: PostQuery, everything: "array.array[int]") -> "array.array[int]":
    """As `post_ids`, and soon: those of everything, in its order, that the query's words and nature find."""
    if not (search_words(query.words) or query.nature):
        return everything
    wanted = set(store.ids(_found(store, query)))
    return array.array("q", (each for each in everything if each in wanted))


def count_posts() -> tuple[int, int]:
    """How many posts there are, and how many of them were organic."""
    return Post.select().count(), Post.select().where(Post.nature == Nature.ORGANIC).count()


def post_lines(store: Store, ids: Sequence[int]) -> dict[int, PostLine]:
    """The lines of some posts, at most a page of them."""
    query = Post.select(Post, Item, Gift).left_outer_join(Item).switch(Post).left_outer_join(Gift)
    posts = list(query.where(Post.id.in_(list(ids))))
    people = people_lines(store, [post.person_id for post in posts if post.person_id])
    return {
        post.id: PostLine(
            id=post.id,
            person=people.get(post.person_id),
            item_id=post.item_id or 0,
            title=post.item.title if post.item_id else "",
            is_book=not post.item_id or post.item.kind == "book",
            kind=post.kind,
            platform=post.platform,
            url=post.url or "",
            day=post.posted_on,
            text=post.text,
            nature=post.nature,
            nature_reason=post.nature_reason,
            gift_id=post.gift_id or 0,
            gift_on=(post.gift.sent_on or "") if post.gift_id else "",
            outlet=post.outlet,
            told_by=post.told_by,
        )
        for post in posts
    }


def post_more(store: Store, post_id: int) -> PostMore:
    """What is kept of a post beside its line."""
    return PostMore(post_id, tuple(counts_of(post_id)), tuple(pictures_of(store, post_id)), broken_embargo(post_id))


def _found(store: Store, query: PostQuery) -> Any:
    found = Post.select(Post.id)
    if query.nature:
        found = found.where(Post.nature == query.nature)
    for word in search_words(query.words):
        found = found.where(_has(store, word))
    return found


def _has(store: Store, word: str) -> Any:
    """Whether a word is begun in a post's text, its title or a name, or stands in where it was said."""
    return (
        Post.id.in_(store.found_in("post", [word]))
        | Post.item.in_(store.found_in("item", [word]))
        | Post.person.in_(store.found_people([word]))
        | Post.outlet.contains(word)
    )


def _ordered(found: Any, query: PostQuery) -> Any:
    newest = (Post.posted_on.desc(), Post.id.desc())
    if query.order is PostOrder.DAY:
        return found.order_by(*newest) if query.descending else found.order_by(Post.posted_on, Post.id)
    columns = {PostOrder.WHO: Person.sort_name, PostOrder.ABOUT: Item.title_key, PostOrder.NATURE: Post.nature}
    column = columns[query.order]
    if query.order is not PostOrder.NATURE:
        found = found.left_outer_join(Person if query.order is PostOrder.WHO else Item)
    # Of whom or what nothing is known comes last, whichever way the list is turned.
    return found.order_by(column.desc(nulls="LAST") if query.descending else column.asc(nulls="LAST"), *newest)
