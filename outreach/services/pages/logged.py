"""What was noted lately, told once for all whom it was noted of together."""

from collections.abc import Iterator
from dataclasses import dataclass

from outreach.store.models import Gift, GiftStep, Item, Person, Post

_JUST, _LOOKED_AT = 6, 300

#: A row of a table: the table's name and the id.
Row = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Logged:
    """Something that was noted lately.

    Attributes:
        mark: The state a gift came to, or ``posted``.
        people: Of whom, as far as they are still known by name.
        count: Of how many.
        by: The initials of whoever noted it.
        at: When: a moment in UTC, or a day where only that is known.
        rows: What it left in the workspace, by which its step of undo is found.
    """

    mark: str
    people: tuple[str, ...]
    count: int
    title: str
    by: str
    at: str
    rows: tuple[Row, ...]


def logged() -> list[Logged]:
    """The newest entries, the newest first."""
    found = sorted((*_steps(), *_posts()), key=lambda each: each.at, reverse=True)
    return found[:_JUST]


def _steps() -> Iterator[Logged]:
    """Steps that were noted at one moment, and of one title, as one entry."""
    columns = (GiftStep.id, GiftStep.gift, GiftStep.state, GiftStep.by, GiftStep.noted_at, GiftStep.happened_on,
               Item.title, Person.name)  # fmt: skip
    steps = GiftStep.select(*columns).join(Gift).join(Item).switch(Gift).left_outer_join(Person)
    noted = list(steps.where(GiftStep.noted_at.is_null(False)).order_by(GiftStep.noted_at.desc(), GiftStep.id.desc())
                 .limit(_LOOKED_AT).tuples())  # fmt: skip
    if len(noted) < _LOOKED_AT:
        older = steps.where(GiftStep.noted_at.is_null()).order_by(GiftStep.happened_on.desc(), GiftStep.id.desc())
        noted.extend(older.limit(_LOOKED_AT - len(noted)).tuples())
    groups: dict[tuple[str, str, str, str], list[tuple[int, str]]] = {}
    told: set[tuple[int, str]] = set()
    for row, gift, state, by, noted_at, happened_on, title, person in noted:
        at = noted_at or happened_on
        # Who is planned and pitched at once was pitched.
        if (gift, at) not in told:
            told.add((gift, at))
            groups.setdefault((state, title, by, at), []).append((row, person or ""))
    for (state, title, by, at), rows in groups.items():
        names = tuple(name for _, name in rows if name)
        yield Logged(state, names, len(rows), title, by, at, tuple(("gift_step", row) for row, _ in rows))


def _posts() -> Iterator[Logged]:
    posts = Post.select(Post.id, Post.by, Post.created_at, Item.title, Person.name).left_outer_join(Person)
    posts = posts.switch(Post).left_outer_join(Item).order_by(Post.created_at.desc(), Post.id.desc()).limit(_JUST)
    for row, by, created_at, title, person in posts.tuples():
        yield Logged("posted", (person,) if person else (), 1, title or "", by, created_at, (("post", row),))
