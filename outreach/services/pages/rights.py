"""Pictures of posts and what they may be used for: the gallery, the table of rights, and how many there are of each."""

import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from peewee import Case, fn

from outreach.services.feeds.found import waiting_count
from outreach.services.rights.permissions import permission_row, terms_of, uses_of
from outreach.services.rights.quotes import quotes_of
from outreach.services.rights.terms import PermissionState, Scope, standing_of
from outreach.store import filebox
from outreach.store.database import Store
from outreach.store.models import Item, Letter, Permission, Person, Post, Snapshot


@dataclass(frozen=True, slots=True)
class PostCounts:
    """How many there are of what the tabs show."""

    inbox: int
    log: int
    gallery: int
    rights: int
    organic: int


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A picture of a post, as the gallery shows it.

    Attributes:
        preview: Where our own small copy lies.
        why: How things stand with our own channels, as a word of ``ruling``.
        until: The last ISO day on which it may be used; empty where no end was agreed.
        is_usable: Whether it may be used for anything but a link today.
        scopes: What for.
        credit: How she wants to be named.
    """

    id: int
    post_id: int
    person_id: int
    person: str
    title: str
    item_id: int
    is_book: bool
    day: str
    preview: Path
    width: int
    height: int
    why: str
    until: str
    is_usable: bool
    scopes: tuple[str, ...]
    credit: str


@dataclass(frozen=True, slots=True)
class RightsLine:
    """A permission as a line of the table.

    Attributes:
        why: How it stands today, as a word of ``ruling``.
        letter: How far the letter is that asks; empty without one.
        days_left: For how many days it holds still; None where no end was agreed, or it holds no more.
        quotes: How many quotes of the post are kept, and `to_check` how many of them quote a proof unchecked.
    """

    id: int
    post_id: int
    person_id: int
    person: str
    item_id: int
    title: str
    is_book: bool
    words: str
    url: str
    scope: str
    state: str
    why: str
    letter: str
    asked_on: str
    answered_on: str
    ends_on: str
    days_left: int | None
    territory: tuple[str, ...]
    edits: str
    credit: str
    channels: str
    exclusions: str
    answer: str
    places: tuple[str, ...]
    quotes: int
    to_check: int


def count_tabs() -> PostCounts:
    """How many there are of what the tabs of the page show."""
    return PostCounts(
        waiting_count(), Post.select().count(), Snapshot.select().count(), _newest().count(),
        Post.select().where(Post.nature == "organic").count(),
    )  # fmt: skip


def picture_ids(store: Store, *, usable: bool = False) -> "array.array[int]":
    """The ids of pictures, the newest first; all of them, or those that may be used for something today."""
    query = Snapshot.select(Snapshot.id).join(Post).order_by(Post.posted_on.desc(), Snapshot.id.desc())
    return store.ids(query.where(Snapshot.post.in_(_usable(store))) if usable else query)


def picture_lines(store: Store, ids: Sequence[int]) -> dict[int, PictureLine]:
    """Some pictures, at most a page of them."""
    query = Snapshot.select(Snapshot, Post, Person, Item).join(Post).left_outer_join(Person)
    rows = list(query.switch(Post).left_outer_join(Item).where(Snapshot.id.in_(list(ids))))
    today = store.today().isoformat()
    agreed = terms_of({row.post_id for row in rows})
    named = dict(Permission.select(Permission.id, Permission.credit)
                   .where(Permission.post.in_([row.post_id for row in rows])).tuples())  # fmt: skip
    found = {}
    for row in rows:
        post = row.post
        rulings = {scope: standing_of(agreed.get(post.id, ()), scope, today) for scope in Scope}
        usable = [scope for scope, each in rulings.items() if each.may]
        shown = rulings[usable[0]] if usable else max(rulings.values(), key=lambda each: each.permission)
        found[row.id] = PictureLine(
            row.id, post.id, post.person_id or 0, post.person.name if post.person_id else "",
            post.item.title if post.item_id else "", post.item_id or 0, not post.item_id or post.item.kind == "book",
            post.posted_on, filebox.place(store.folder, row.preview, ".jpg"), row.width, row.height, shown.why,
            shown.until, bool(usable), tuple(scope.value for scope in usable), named.get(shown.permission, ""),
        )  # fmt: skip
    return found


def rights_ids(store: Store) -> "array.array[int]":
    """The ids of permissions, of each post and scope the newest: what ends first, then what has no end, then no yes."""
    granted = Permission.state == PermissionState.GRANTED.value
    rank = Case(None, [(granted & Permission.ends_on.is_null(False), 0), (granted, 1),
                       (Permission.state == PermissionState.ASKED.value, 2)], 3)  # fmt: skip
    return store.ids(_newest().order_by(rank, Permission.ends_on, Permission.id.desc()))


def rights_lines(store: Store, ids: Sequence[int]) -> dict[int, RightsLine]:
    """Some permissions, at most a page of them."""
    query = Permission.select(Permission, Post, Person, Item, Letter).join(Post).left_outer_join(Person)
    query = query.switch(Post).left_outer_join(Item).switch(Permission).left_outer_join(Letter)
    rows = list(query.where(Permission.id.in_(list(ids))))
    today = store.today()
    posts = [row.post_id for row in rows]
    agreed, uses, quoted = terms_of(posts), uses_of([row.id for row in rows]), quotes_of(posts)
    found = {}
    for row in rows:
        post, told = row.post, permission_row(row)
        ruling = standing_of(agreed[post.id], Scope(row.scope), today.isoformat())
        left = (date.fromisoformat(told.ends_on) - today).days if ruling.may and told.ends_on else None
        quotes = quoted.get(post.id, [])
        found[row.id] = RightsLine(
            row.id, post.id, post.person_id or 0, post.person.name if post.person_id else "", post.item_id or 0,
            post.item.title if post.item_id else "", not post.item_id or post.item.kind == "book", post.text,
            post.url or "", row.scope, row.state, ruling.why, told.letter, told.asked_on, told.answered_on,
            told.ends_on, left, told.territory, told.edits, told.credit, told.channels, told.exclusions, told.answer,
            tuple(each.place for each in uses.get(row.id, ()) if not each.taken_down_on), len(quotes),
            sum(each.to_check for each in quotes),
        )  # fmt: skip
    return found


def rights_of_post(store: Store, post_id: int) -> RightsLine | None:
    """What was asked and answered last about a post, our own channels first; None where nothing was asked."""
    query = Permission.select(Permission.id).where(Permission.post == post_id)
    own = (Permission.scope == Scope.OWN_CHANNELS.value).desc()
    row = query.order_by(own, Permission.id.desc()).first()
    return rights_lines(store, [row.id]).get(row.id) if row else None


def _newest() -> Any:
    """Of each post and scope the permission that was noted last."""
    later = Permission.alias()
    same = (later.post == Permission.post) & (later.scope == Permission.scope) & (later.id > Permission.id)
    return Permission.select(Permission.id).where(~fn.EXISTS(later.select(later.id).where(same)))


def _usable(store: Store) -> Any:
    """The posts of which a yes holds today that was not taken back later."""
    today = store.today().isoformat()
    later = Permission.alias()
    back = (later.post == Permission.post) & (later.scope == Permission.scope) & (later.id > Permission.id)
    taken = fn.EXISTS(later.select(later.id).where(back & (later.state == PermissionState.WITHDRAWN.value)))
    begun = Permission.starts_on.is_null() | (Permission.starts_on <= today)
    holds = Permission.ends_on.is_null() | (Permission.ends_on >= today)
    return Permission.select(Permission.post).where(
        (Permission.state == PermissionState.GRANTED.value) & begun & holds & ~taken
    )
