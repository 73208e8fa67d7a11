"""The log of posts: noting one, putting it right, taking it off, and listing them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, clean_lines
from outreach.services.posts.kinds import Nature, PostKind
from outreach.services.posts.nature import gifts_behind, keep_outcome, nature_of, teaches
from outreach.services.posts.proposing import NewPost, propose
from outreach.services.tastes.learning import learn_from_post, unlearn_post
from outreach.store.database import Store
from outreach.store.models import Item, Person, Post

#: What may be put right of a post that is logged.
EDITABLE = ("person", "item", "kind", "posted_on", "text", "outlet", "told_by")


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as a line of a list."""

    id: int
    person_id: int | None
    person: str
    item_id: int | None
    title: str
    gift_id: int | None
    kind: str
    platform: str
    url: str
    posted_on: str
    text: str
    nature: str
    nature_reason: str
    by: str
    outlet: str
    told_by: str


def add_post(store: Store, new: NewPost) -> tuple[int, Changes]:
    """Log a post: find whose it is, which gift it follows, and what its nature is.

    Raises:
        KnownError: ``posts.bad_url``, ``posts.twice``, ``posts.nobody``, ``posts.which_item``, ``posts.future``.
    """
    (made,), changes = add_posts(store, [new])
    return made, changes


def add_posts(store: Store, several: Sequence[NewPost]) -> tuple[list[int], Changes]:
    """Log several posts as one step of undo: all of them or, if anything is in the way of one, none.

    Raises:
        KnownError: as `add_post`.
    """
    with store.operation(Op.ADD_POST) as written:
        made = [note_post(store, new) for new in several]
    return made, written.changes


def note_post(store: Store, new: NewPost) -> int:
    """Log a post inside the caller's operation, with all that comes of it: its nature, what it teaches, its outcome.

    Raises:
        KnownError: as `add_post`.
    """
    found = propose(store, new)
    if found.trouble is not None or found.nature is None:
        raise found.trouble or KnownError("posts.nobody", handle="?")
    link, gift = found.link, found.gift
    post = Post.create(
        person=found.person,
        item=found.item,
        gift=gift.id if gift else None,
        kind=found.kind.value,
        platform=link.platform if link else "",
        handle=link.handle if link else "",
        url=link.url if link else None,
        key=link.key if link else None,
        posted_on=found.posted_on,
        text=clean_lines(new.text),
        nature=found.nature.value,
        nature_reason=found.reason,
        by=store.by,
        created_at=store.now(),
        outlet=clean(new.outlet),
        told_by=clean(new.told_by),
    )
    _draw_from(store, post)
    return int(post.id)


def edit_post(store: Store, post_id: int, values: Mapping[str, object]) -> Changes:
    """Put a post right: who, about what, when, what it was, its words. Its gift and its nature follow.

    What was said before we first wrote stays so as long as who and when are the same.

    Raises:
        KnownError: ``posts.gone``, ``posts.unknown_field``, ``posts.future``.
    """
    post = _existing(post_id)
    unknown = next((name for name in values if name not in EDITABLE), None)
    if unknown is not None:
        raise KnownError("posts.unknown_field", name=unknown, known=", ".join(EDITABLE))
    if str(values.get("posted_on", "")) > store.today().isoformat():
        raise KnownError("posts.future", on_day=values["posted_on"])
    is_other = any(
        name in values and values[name] != was
        for name, was in (("person", post.person_id), ("item", post.item_id), ("posted_on", post.posted_on))
    )
    with store.operation(Op.EDIT_POST) as written:
        for name, value in values.items():
            text = clean_lines(str(value)) if name == "text" else value
            setattr(post, name, clean(text) if isinstance(text, str) and name in ("outlet", "told_by") else text)
        if is_other and post.person_id is not None:
            gifts = gifts_behind(post.person_id, post.posted_on)
            gift = next((each for each in gifts if each.item_id == post.item_id), None)
            nature, post.nature_reason = nature_of(post.person_id, gift, post.posted_on)
            post.gift, post.nature = gift.id if gift else None, nature.value
        post.save()
        if is_other or "text" in values:
            unlearn_post(post.id)
            _draw_from(store, post)
    return written.changes


def remove_post(store: Store, post_id: int) -> Changes:
    """Take a post off the log, with what it taught; undo brings all of it back.

    Raises:
        KnownError: ``posts.gone``.
    """
    post = _existing(post_id)
    with store.operation(Op.REMOVE_POST) as written:
        unlearn_post(post.id)
        Post.delete().where(Post.id == post_id).execute()
    return written.changes


def list_posts(
    *, item_id: int | None = None, person_id: int | None = None, nature: Nature | None = None, since: str = "",
    kind: PostKind | None = None, ids: Sequence[int] | None = None,
) -> list[PostRow]:  # fmt: skip
    """Posts, the newest first."""
    query = Post.select(Post, Person, Item).left_outer_join(Person).switch(Post).left_outer_join(Item)
    query = query.order_by(Post.posted_on.desc(), Post.id.desc())
    for column, value in ((Post.item, item_id), (Post.person, person_id), (Post.nature, nature), (Post.kind, kind)):
        if value is not None:
            query = query.where(column == value)
    if since:
        query = query.where(Post.posted_on >= since)
    if ids is not None:
        query = query.where(Post.id.in_(list(ids)))
    return [_row(post) for post in query]


def _draw_from(store: Store, post: Post) -> None:
    """What follows from a post: that a gift led to it, and what it says of a taste."""
    keep_outcome(store, post)
    if post.item_id is not None and post.person_id is not None and teaches(post.nature):
        learn_from_post(store, post)


def _existing(post_id: int) -> Post:
    post: Post | None = Post.get_or_none(Post.id == post_id)
    if post is None:
        raise KnownError("posts.gone", post=f"o{post_id}")
    return post


def _row(post: Post) -> PostRow:
    return PostRow(
        id=post.id,
        person_id=post.person_id,
        person=post.person.name if post.person_id else "",
        item_id=post.item_id,
        title=post.item.title if post.item_id else "",
        gift_id=post.gift_id,
        kind=post.kind,
        platform=post.platform,
        url=post.url or "",
        posted_on=post.posted_on,
        text=post.text,
        nature=post.nature,
        nature_reason=post.nature_reason,
        by=post.by,
        outlet=post.outlet,
        told_by=post.told_by,
    )
