"""Where posts are used: whether they may be, today, and what is to be taken down or renewed soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.rights.permissions import past_day, terms_of, uses_of
from outreach.services.rights.quotes import had_proof
from outreach.services.rights.terms import (
    Edits,
    PermissionState,
    Ruling,
    Scope,
    Wish,
    Words,
    may_use,
    standing_of,
)
from outreach.store.database import Store
from outreach.store.models import Item, Permission, PermissionUse, Person, Post

#: So long before a permission ends it is told, so that there is time to ask once more.
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Ending:
    """A permission that ends soon, or has ended while the post is still shown somewhere.

    Attributes:
        ends_on: Its last ISO day.
        is_over: Whether it holds no longer.
        places: Where the post is still shown under it.
    """

    permission_id: int
    post_id: int
    person_id: int | None
    person: str
    title: str
    ends_on: str
    is_over: bool
    places: tuple[str, ...]


def ruling_for(
    store: Store, post_id: int, scope: Scope | None, territory: frozenset[str] = frozenset(),
    edits: Edits = Edits.NONE, quoted: str = "",
) -> Ruling:  # fmt: skip
    """Whether a post may be used today, with what is known of it.

    Args:
        store: The open workspace.
        post_id: The post.
        scope: What for; None for a link.
        territory: Where it would be seen; none for everywhere.
        edits: What would be changed.
        quoted: Words of it that would be printed, if any.
    """
    post = Post.select(Post, Item).left_outer_join(Item).where(Post.id == post_id).get()
    words = Words(quoted, post.text, had_proof(post)) if quoted else None
    embargo = (post.item.review_embargo or "") if post.item_id else ""
    wish = Wish(scope, store.today().isoformat(), territory, edits, words, embargo)
    return may_use(terms_of([post_id]).get(post_id, ()), wish)


def note_use(store: Store, permission_id: int, place: str, on: str = "") -> tuple[int, Changes]:
    """Note where a post is used under a permission.

    Raises:
        KnownError: ``rights.no_place``, ``rights.no_leave`` on a day on which the permission does not hold.
    """
    where = clean(place)
    if not where:
        raise KnownError("rights.no_place")
    day = past_day(store, on)
    row = Permission.get_by_id(permission_id)
    ruling = standing_of(terms_of([row.post_id]).get(row.post_id, ()), Scope(row.scope), day)
    if not ruling.may:
        raise KnownError("rights.no_leave", day=day)
    with store.operation(Op.NOTE_USE) as written:
        made = PermissionUse.create(permission=permission_id, place=where, used_on=day, by=store.by)
    return int(made.id), written.changes


def take_down(store: Store, uses: Sequence[int], on: str = "") -> Changes:
    """Note that a post is no longer shown in some places."""
    day = past_day(store, on)
    with store.operation(Op.NOTE_USE) as written:
        for each in uses:
            still = (PermissionUse.id == each) & PermissionUse.taken_down_on.is_null()
            PermissionUse.update(taken_down_on=day).where(still).execute()
    return written.changes


def ending(store: Store, within: timedelta = SOON) -> list[Ending]:
    """The permissions that end within so many days, and those that ended while a post is still shown; soonest first.

    One that was renewed, or taken back and taken down, is not among them.
    """
    today, last = store.today().isoformat(), (store.today() + within).isoformat()
    shown = PermissionUse.select(PermissionUse.permission).where(PermissionUse.taken_down_on.is_null())
    query = Permission.select(Permission, Post, Person, Item).join(Post).left_outer_join(Person)
    query = query.switch(Post).left_outer_join(Item).order_by(Permission.ends_on, Permission.id)
    over = (Permission.ends_on < today) | Permission.post.in_(_taken_back())
    due = Permission.ends_on.between(today, last) | (over & Permission.id.in_(shown))
    rows = list(query.where((Permission.state == PermissionState.GRANTED.value) & due))
    uses, agreed = uses_of([row.id for row in rows]), terms_of(row.post_id for row in rows)
    found = []
    for row in rows:
        ruling = standing_of(agreed[row.post_id], Scope(row.scope), today)
        if ruling.may and (not ruling.until or ruling.until > last):
            continue  # renewed
        places = tuple(use.place for use in uses.get(row.id, ()) if not use.taken_down_on)
        if not ruling.may and not places:
            continue
        post = row.post
        found.append(Ending(
            row.id, row.post_id, post.person_id, post.person.name if post.person_id else "",
            post.item.title if post.item_id else "", row.ends_on or today, not ruling.may, places,
        ))  # fmt: skip
    return sorted(found, key=lambda each: (not each.is_over, each.ends_on, each.permission_id))


def _taken_back() -> object:
    """The posts of which a yes was taken back."""
    return Permission.select(Permission.post).where(Permission.state == PermissionState.WITHDRAWN.value)


def open_uses(post_id: int) -> tuple[tuple[int, str], ...]:
    """Where a post is shown under a permission: the use's id, and the place."""
    query = PermissionUse.select(PermissionUse.id, PermissionUse.place).join(Permission)
    shown = (Permission.post == post_id) & PermissionUse.taken_down_on.is_null()
    return tuple(query.where(shown).order_by(PermissionUse.id).tuples())
