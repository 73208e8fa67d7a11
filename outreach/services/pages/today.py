"""The first page of the day: what waits for the user, what was logged, what is coming."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from outreach.services.clubs.growth import Signal, signals
from outreach.services.pages.dates import Coming, coming
from outreach.services.pages.logged import Logged, logged
from outreach.services.pages.title import FormatLeft, TitleLine, most_left, title_lines
from outreach.services.pages.waiting import Waiting, waiting
from outreach.store.database import Store
from outreach.store.models import Item, Person, Post, PostReading

_WEEK = timedelta(days=7)
_TO_PLACE = 3
_SIGNALS = 3


@dataclass(frozen=True, slots=True)
class Glad:
    """The newest post that nobody was asked for.

    Attributes:
        platform: Where, empty off social; `kind` is what kind of post it is.
        questions: How many below it ask what book it is, as it was counted last.
        this_week: How many such posts there were in the last seven days.
    """

    post_id: int
    text: str
    person_id: int | None
    person: str
    item_id: int | None
    title: str
    author: str
    day: str
    platform: str
    kind: str
    questions: int
    this_week: int


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Everything the page shows.

    Attributes:
        most_left: By title of those to place, the format of which most copies are left.
        signals: What happened around clubs lately without anybody asking for it, newest first.
    """

    waiting: tuple[Waiting, ...]
    logged: tuple[Logged, ...]
    coming: tuple[Coming, ...]
    glad: Glad | None
    to_place: tuple[TitleLine, ...]
    most_left: Mapping[int, FormatLeft]
    signals: tuple[Signal, ...]


def today_page(store: Store) -> TodayPage:
    """What the page shows on the store's day."""
    day = store.today().isoformat()
    left = [line for line in title_lines() if line.left and line.pub_date >= day][:_TO_PLACE]
    return TodayPage(
        waiting=tuple(waiting(store)),
        logged=tuple(logged()),
        coming=tuple(coming(store)),
        glad=_glad(store),
        to_place=tuple(left),
        most_left=most_left(store, [line.id for line in left]),
        signals=tuple(signals(store)[:_SIGNALS]),
    )


def _glad(store: Store) -> Glad | None:
    organic = (Post.nature == "organic") & (Post.text != "")
    posts = Post.select(Post, Person, Item).left_outer_join(Person).switch(Post).left_outer_join(Item)
    post = posts.where(organic).order_by(Post.posted_on.desc(), Post.id.desc()).first()
    if post is None:
        return None
    item = post.item if post.item_id else None
    person = post.person.name if post.person_id else ""
    lately = Post.posted_on > (store.today() - _WEEK).isoformat()
    this_week = Post.select().where((Post.nature == "organic") & lately).count()
    return Glad(
        post.id, post.text, post.person_id, person, post.item_id, item.title if item else "",
        item.author if item else "", post.posted_on, post.platform, post.kind, _questions(post), this_week,
    )  # fmt: skip


def _questions(post: Post) -> int:
    counted = PostReading.select(PostReading.questions).where(PostReading.questions.is_null(False))
    newest = counted.where(PostReading.post == post).order_by(PostReading.read_on.desc(), PostReading.id.desc())
    return newest.scalar() or 0
