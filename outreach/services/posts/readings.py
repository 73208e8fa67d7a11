"""Raw counts below a post, each with the day it was read; rates only by a formula that has a name.

There is no score and no worth in money: counts are what was there on a day, and a formula of
`resources/engagement.toml` says what it divides by what.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.paths import resource
from outreach.services.tastes.learning import learn_from_questions
from outreach.store.database import Store
from outreach.store.models import Account, AudienceReading, Post, PostReading

#: What is counted, in the order in which it is shown.
COUNTS = ("likes", "comments", "shares", "saves", "views", "questions")
#: What is divided by that is no count of the post.
_FOLLOWERS = "followers"
_MOST = 10**11


@dataclass(frozen=True, slots=True)
class Formula:
    """A rate that others publish under a name.

    Attributes:
        code: What it is called in files and commands.
        name: What is shown.
        counts: What is added up.
        per: What the sum is divided by.
    """

    code: str
    name: str
    counts: tuple[str, ...]
    per: str


@dataclass(frozen=True, slots=True)
class Counts:
    """A reading of a post.

    Attributes:
        values: By name of `COUNTS` how many; what was not read is not in it.
        followers: How many she had where she posted it, as was read last by that day; None where that is not known.
    """

    id: int
    read_on: str
    values: Mapping[str, int]
    followers: int | None
    by: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of a reading, which never stands without its formula.

    Attributes:
        share: The quotient; 0.05 is five in a hundred.
        read_on: The day of the counts.
    """

    formula: Formula
    share: float
    read_on: str


def formulas() -> tuple[Formula, ...]:
    """The formulas, in the order in which they are offered."""
    return _formulas()


@cache
def _formulas() -> tuple[Formula, ...]:
    told = tomllib.loads(resource("engagement.toml").read_text(encoding="utf-8"))
    return tuple(Formula(code, each["name"], tuple(each["counts"]), each["per"]) for code, each in told.items())


def note_counts(store: Store, post_id: int, values: Mapping[str, int | None], on: str = "") -> Changes:
    """Keep what was counted below a post on a day; a second reading of that day brings the first up to date.

    Raises:
        KnownError: ``posts.gone``, ``counts.none``, ``counts.bad``, ``counts.future``, ``counts.too_early``.
    """
    with store.operation(Op.NOTE_COUNTS) as written:
        keep_counts(store, post_id, values, on)
    return written.changes


def keep_counts(store: Store, post_id: int, values: Mapping[str, int | None], on: str = "") -> bool:
    """As `note_counts`, inside the caller's operation; whether anything is new in it."""
    post = Post.get_or_none(Post.id == post_id)
    if post is None:
        raise KnownError("posts.gone", post=f"o{post_id}")
    day = on or store.today().isoformat()
    told = check_counts(values, day, post.posted_on, store.today().isoformat())
    same = PostReading.get_or_none((PostReading.post == post_id) & (PostReading.read_on == day))
    if same is not None:
        if all(getattr(same, name) == value for name, value in told.items()):
            return False
        PostReading.update(**told, by=store.by).where(PostReading.id == same.id).execute()
    else:
        PostReading.create(post=post_id, read_on=day, by=store.by, created_at=store.now(), **told)
    newest = PostReading.select().where((PostReading.post == post_id) & PostReading.questions.is_null(False))
    last = newest.order_by(PostReading.read_on.desc()).first()
    if "questions" in told and last is not None:
        learn_from_questions(store, post, last.questions, last.read_on)
    return True


def check_counts(values: Mapping[str, int | None], day: str, posted_on: str, today: str) -> dict[str, int]:
    """The counts that were told, if they can be right.

    Raises:
        KnownError: ``counts.none``, ``counts.bad``, ``counts.future``, ``counts.too_early``.
    """
    told = {name: value for name, value in values.items() if value is not None}
    if not told:
        raise KnownError("counts.none")
    for name, value in told.items():
        if name not in COUNTS or not 0 <= value <= _MOST:
            raise KnownError("counts.bad", name=name, value=str(value))
    if day > today:
        raise KnownError("counts.future", on_day=day)
    if day < posted_on:
        raise KnownError("counts.too_early", on_day=day, posted_day=posted_on)
    return told


def remove_counts(store: Store, reading_id: int) -> Changes:
    """Take a reading away, and with the last one what it said of her followers."""
    with store.operation(Op.NOTE_COUNTS) as written:
        reading = PostReading.get_or_none(PostReading.id == reading_id)
        if reading is not None:
            post = Post.get_by_id(reading.post_id)
            PostReading.delete().where(PostReading.id == reading_id).execute()
            left = PostReading.select().where((PostReading.post == post.id) & PostReading.questions.is_null(False))
            last = left.order_by(PostReading.read_on.desc()).first()
            day = last.read_on if last else store.today().isoformat()
            learn_from_questions(store, post, last.questions if last else None, day)
    return written.changes


def counts_of(post_id: int) -> list[Counts]:
    """The readings of a post, the newest first."""
    rows = list(PostReading.select().where(PostReading.post == post_id).order_by(PostReading.read_on.desc()))
    post = Post.get_or_none(Post.id == post_id)
    followers = _followers(post) if rows and post is not None else []
    return [
        Counts(
            row.id, row.read_on,
            {name: value for name in COUNTS if (value := getattr(row, name)) is not None},
            next((count for day, count in followers if day <= row.read_on), None), row.by,
        )
        for row in rows
    ]  # fmt: skip


def rates_of(reading: Counts) -> list[Rate]:
    """The rates that a reading is enough for; one is left out rather than worked out from half of its counts."""
    found = []
    for formula in formulas():
        below = reading.followers if formula.per == _FOLLOWERS else reading.values.get(formula.per)
        parts = [reading.values.get(name) for name in formula.counts]
        if below and None not in parts:
            found.append(Rate(formula, sum(part for part in parts if part is not None) / below, reading.read_on))
    return found


def _followers(post: Post) -> list[tuple[str, int]]:
    """How many followers she had where she posted, by day, the newest first."""
    if post.person_id is None or not post.platform:
        return []
    query = AudienceReading.select(AudienceReading.taken_on, AudienceReading.followers).join(Account)
    mine = (Account.person == post.person_id) & (Account.platform == post.platform)
    if post.handle:
        exact = mine & (Account.key == f"{post.platform}:{post.handle.casefold()}")
        mine = exact if Account.select().where(exact).exists() else mine
    elif Account.select().where(mine).count() != 1:
        return []
    return list(query.where(mine).order_by(AudienceReading.taken_on.desc()).tuples())
