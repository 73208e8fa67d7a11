"""What else bears on a gift, beside taste: what came of earlier ones, what waits to be read, how someone is reached."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from peewee import JOIN, fn

from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.services.programmes.standing import free_gifts
from outreach.services.workspaces.data_rules import data_rules
from outreach.store.models import (
    Address,
    Club,
    EmailAddress,
    Gift,
    Letter,
    Outcome,
    TasteEvidence,
    TasteNote,
)
from outreach.store.models.base import raw_rows

_ARRIVED = (GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
_WAITING = (GiftState.SENT.value, GiftState.DELIVERED.value)
#: So many people are asked of in one query.
_AT_ONCE = 500
#: Evidence that only says which file a taste came from is no quote to show.
_QUOTED = ("post", "quote", "remark")
#: Who was asked within so many days was asked lately.
ASKED_DAYS = 60


@dataclass(slots=True)
class Context:
    """By person.

    Attributes:
        history: How many gifts arrived, and how many of them she posted about unprompted.
        posts: The outcomes that say so.
        unread: How many of our gifts wait to be read.
        recent: How many were sent to her lately, within the days of the workspace's rules.
        asked: When she was last asked of something.
        bought: How many copies were bought through her, as outcomes.
        hosts: Her clubs that began with a gift.
        given: Who was ever given anything.
        said: By genre, her own words and the row they stand in, of those who were heard.
        heard: Whose words were read.
    """

    history: dict[int, tuple[int, int]] = field(default_factory=dict)
    posts: dict[int, list[str]] = field(default_factory=dict)
    unread: dict[int, int] = field(default_factory=dict)
    recent: dict[int, int] = field(default_factory=dict)
    asked: dict[int, str] = field(default_factory=dict)
    bought: dict[int, list[str]] = field(default_factory=dict)
    hosts: dict[int, str] = field(default_factory=dict)
    given: set[int] = field(default_factory=set)
    said: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    heard: set[int] = field(default_factory=set)
    with_email: set[int] = field(default_factory=set)
    with_address: set[int] = field(default_factory=set)
    country: dict[int, str] = field(default_factory=dict)


def context(today: date) -> Context:
    """Read it for everybody."""
    found = Context()
    _history(found)
    _waiting(found, today)
    clubs = Club.select(Club.host, Club.id).where(Club.gift.is_null(False) & Club.host.is_null(False))
    found.hosts = {host: f"club:{club}" for host, club in clubs.tuples()}
    given = Gift.select(Gift.person).where(Gift.sent_on.is_null(False) & Gift.person.is_null(False)).distinct()
    found.given = {row[0] for row in raw_rows(given)}
    found.with_email = {row[0] for row in raw_rows(EmailAddress.select(EmailAddress.person).distinct())}
    found.country = dict(raw_rows(Address.select(Address.person, Address.country).where(Address.is_current == 1)))
    found.with_address = set(found.country)
    return found


def _history(found: Context) -> None:
    posted = Outcome.select(Outcome.gift).where(Outcome.kind == OutcomeKind.POSTED.value).distinct().alias("posted")
    query = (
        Gift.select(Gift.person, fn.COUNT(Gift.id), fn.COUNT(posted.c.gift_id))
        .join(posted, JOIN.LEFT_OUTER, on=(posted.c.gift_id == Gift.id))
        .where(Gift.state.in_(_ARRIVED) & free_gifts() & Gift.person.is_null(False))
        .group_by(Gift.person)
    )
    found.history = {person: (gifts, count) for person, gifts, count in query.tuples()}
    kinds = {OutcomeKind.POSTED.value: found.posts, OutcomeKind.BOUGHT.value: found.bought}
    told = Outcome.select(Outcome.person, Outcome.kind, Outcome.id).order_by(Outcome.id)
    for person, kind, row in told.where(Outcome.kind.in_(list(kinds)) & Outcome.person.is_null(False)).tuples():
        kinds[kind].setdefault(person, []).append(f"outcome:{row}")


def _waiting(found: Context, today: date) -> None:
    ended = Outcome.select(Outcome.gift).where(Outcome.gift.is_null(False))
    waiting = (
        Gift.select(Gift.person, fn.COUNT(Gift.id))
        .where(Gift.state.in_(_WAITING) & Gift.person.is_null(False) & Gift.id.not_in(ended))
        .group_by(Gift.person)
    )
    found.unread = dict(waiting.tuples())
    since = (today - timedelta(days=data_rules().enough_days)).isoformat()
    sent = Gift.select(Gift.person, fn.COUNT(Gift.id)).where((Gift.sent_on >= since) & Gift.person.is_null(False))
    found.recent = dict(sent.group_by(Gift.person).tuples())
    since = (today - timedelta(days=ASKED_DAYS)).isoformat()
    asked = Gift.select(Gift.person, fn.MAX(Gift.state_on)).where(
        (Gift.state == GiftState.ASKED.value) & (Gift.state_on >= since) & Gift.person.is_null(False)
    )
    found.asked = dict(asked.group_by(Gift.person).tuples())
    letters = Letter.select(Letter.person, fn.MAX(Letter.sent_at)).where(
        (Letter.sent_at >= since) & Letter.kind.startswith("pitch")
    )
    for person, moment in letters.group_by(Letter.person).tuples():
        found.asked[person] = max(found.asked.get(person, ""), moment[:10])


def hear(found: Context, people: Iterable[int]) -> None:
    """Read the words of some people, as far as that has not been done: only of those who are shown."""
    asked = [person for person in people if person not in found.heard]
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        query = (
            TasteEvidence.select(TasteNote.person, TasteNote.key, TasteEvidence.text, TasteEvidence.id)
            .join(TasteNote)
            .where(TasteNote.person.in_(some) & TasteEvidence.kind.in_(_QUOTED) & (TasteEvidence.text != ""))
            .where((TasteNote.kind == "genre") & (TasteNote.side == "own") & (TasteNote.polarity == "like"))
            .order_by(TasteEvidence.seen_on, TasteEvidence.id)
        )
        for person, key, text, row in raw_rows(query):
            found.said[person, key] = (text, f"taste_evidence:{row}")
    found.heard.update(asked)
