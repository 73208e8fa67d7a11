"""Introductions: who introduced whom, whether they were thanked, what came of it, and when it is a good time to ask."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import ForeignKeyField, TextField, Value, fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.store.database import Store
from outreach.store.models import Club, Event, Gift, Letter, Outcome, Person, Post

#: Good news is fresh for so long.
_FRESH = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """An introduction."""

    introducer_id: int
    introducer: str
    person_id: int
    person: str
    introduced_on: str
    thanked_on: str


@dataclass(frozen=True, slots=True)
class Introducer:
    """Someone who introduced people to us, and what came of that.

    Attributes:
        unthanked: Introductions for which no thanks are noted.
        posts: What those who were introduced posted, with nothing agreed.
        good_time: Something came of an introduction lately, and there are no thanks to catch up on: a good time to ask.
    """

    person_id: int
    person: str
    introduced: int
    unthanked: int
    gifts: int
    posts: int
    clubs: int
    events: int
    last_news: str
    good_time: bool


def note_referral(store: Store, person_id: int, introducer_id: int, on: str = "") -> Changes:
    """Note who introduced somebody, and when.

    Raises:
        KnownError: ``referrals.herself``, ``referrals.circle``.
    """
    if person_id == introducer_id:
        raise KnownError("referrals.herself")
    at: int | None = introducer_id
    seen: set[int] = set()
    while at is not None and at not in seen:
        seen.add(at)
        at = Person.get_by_id(at).introduced_by_id
    if person_id in seen:
        raise KnownError("referrals.circle", person=Person.get_by_id(person_id).name)
    with store.operation(Op.NOTE_REFERRAL) as written:
        Person.update(
            introduced_by=introducer_id, introduced_on=on or store.today().isoformat(), introduction_thanked_on=None,
            updated_at=store.now(),
        ).where(Person.id == person_id).execute()  # fmt: skip
    return written.changes


def thank(store: Store, introducer_id: int, on: str = "") -> Changes:
    """Note that somebody was thanked for those whom she introduced.

    Raises:
        KnownError: ``referrals.nobody``.
    """
    mine = Person.introduced_by == introducer_id
    if not Person.select().where(mine).exists():
        raise KnownError("referrals.nobody", person=Person.get_by_id(introducer_id).name)
    with store.operation(Op.NOTE_REFERRAL) as written:
        Person.update(introduction_thanked_on=on or store.today().isoformat()).where(
            mine & Person.introduction_thanked_on.is_null()
        ).execute()
    return written.changes


def list_referrals() -> list[ReferralRow]:
    """Introductions, the newest first; those whose day is not known come last.

    Thanks that were noted count, and a letter of thanks that went since.
    """
    wrote: dict[int, str] = {}
    went = (Letter.kind == "introduction") & (Letter.state == "sent")
    for person, sent in Letter.select(Letter.person, Letter.sent_at).where(went).tuples():
        wrote[person] = max(wrote.get(person, ""), (sent or "")[:10])
    by = Person.alias()
    query = Person.select(by.id, by.name, Person.id, Person.name, Person.introduced_on, Person.introduction_thanked_on)
    query = query.join(by, on=(Person.introduced_by == by.id)).order_by(Person.introduced_on.desc(), Person.id.desc())
    return [
        ReferralRow(by_id, by_name, person, name, on or "", thanked or _since(on or "", wrote.get(by_id, "")))
        for by_id, by_name, person, name, on, thanked in query.tuples()
    ]


def _since(introduced_on: str, wrote_on: str) -> str:
    """The day of a letter of thanks, where it went after an introduction; empty else."""
    return wrote_on if wrote_on >= introduced_on else ""


def introducers(store: Store) -> list[Introducer]:
    """Who introduced people to us; those of whose introductions most came first, then those who introduced most."""
    rows: dict[int, list[ReferralRow]] = {}
    for row in list_referrals():
        rows.setdefault(row.introducer_id, []).append(row)
    since = (store.today() - _FRESH).isoformat()
    unasked = Post.nature.in_(("organic", "before_contact"))
    posts, clubs = _came_of(Post.person, Post.posted_on, unasked), _came_of(Club.host, Club.started_on)
    gifts, events = _came_of(Gift.person, Gift.sent_on, Gift.sent_on.is_null(False)), _came_of(Event.person, None)
    outcomes = _came_of(Outcome.person, Outcome.happened_on)
    found = []
    for introducer, led in rows.items():
        unthanked = sum(not row.thanked_on for row in led)
        last = max(each.get(introducer, (0, ""))[1] for each in (posts, outcomes, clubs))
        counts = {name: each.get(introducer, (0, ""))[0] for name, each in
                  (("gifts", gifts), ("posts", posts), ("clubs", clubs), ("events", events))}  # fmt: skip
        found.append(
            Introducer(introducer, led[0].introducer, len(led), unthanked, last_news=last,
                       good_time=last >= since and not unthanked, **counts)
        )  # fmt: skip
    return sorted(found, key=lambda each: (-(each.posts + each.clubs + each.events), -each.introduced, each.person))


def _came_of(person: ForeignKeyField, day: TextField | None, *which: Any) -> dict[int, tuple[int, str]]:
    """By introducer how much came of those whom she introduced, and the newest day of it."""
    newest = Value("") if day is None else fn.MAX(day)
    query = person.model.select(Person.introduced_by, fn.COUNT(person.model.id), newest)
    query = query.join(Person, on=(person == Person.id)).where(Person.introduced_by.is_null(False), *which)
    return {by: (count, last or "") for by, count, last in query.group_by(Person.introduced_by).tuples()}


def name_of(person_id: int) -> str:
    """A person's name."""
    return str(Person.get_by_id(person_id).name)
