"""The log of posts: ids in order, and the lines that are painted."""

import array
from collections.abc import Sequence
from dataclasses import dataclass

from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.people import search_words
from outreach.services.posts import Nature
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Person, Post


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a line of the log, and as its page shows it.

    Attributes:
        person: Who posted; None for someone who was forgotten.
        gift_on: The day on which the gift before it was sent, empty where there was none.
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
    gift_on: str


def post_ids(store: Store, words: str = "", nature: str = "") -> "array.array[int]":
    """The ids of posts, the newest first; each word typed is in the text, the title or the name."""
    query = Post.select(Post.id).order_by(Post.posted_on.desc(), Post.id.desc())
    if nature:
        query = query.where(Post.nature == nature)
    wanted = search_words(words)
    typed = words.split()
    if wanted:
        query = query.left_outer_join(Person).switch(Post).left_outer_join(Item)
        # The text of a post is kept as it was written: with its accents, as they are typed.
        for word, as_typed in zip(wanted, typed if len(typed) == len(wanted) else wanted, strict=True):
            in_text = Post.text.contains(word) | Post.text.contains(as_typed)
            query = query.where(in_text | Item.title_key.contains(word) | Person.name_key.contains(word))
    return store.ids(query)


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
            gift_on=(post.gift.sent_on or "") if post.gift_id else "",
        )
        for post in posts
    }
