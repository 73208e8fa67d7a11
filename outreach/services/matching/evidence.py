"""Everything the workspace knows that bears on one item, gathered in a few queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from peewee import JOIN, fn

from outreach.services.genres import load_genres
from outreach.services.gifts import GiftState, OutcomeKind
from outreach.store.models import (
    Address,
    Club,
    CompTitle,
    EmailAddress,
    Gift,
    Item,
    ItemGenre,
    Keyword,
    Outcome,
    TasteEvidence,
    TasteNote,
)

#: What a taste points at: a genre, a keyword, the author, a comp.
Subject = tuple[str, str]

_DELIVERED = (GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)
_UNREAD = (GiftState.SENT.value, GiftState.DELIVERED.value)
#: Evidence that only says which file a taste came from is no quote to show.
_QUOTED = ("post", "quote", "remark")


@dataclass(slots=True)
class Evidence:
    """What bears on one item.

    Attributes:
        genres: The item's genres with their weights.
        kin: Genres close to the item's, each with the one it is close to.
        own: By person, her tastes that bear on the item, with strength; dislikes are negative.
        audience: The same of her followers.
        limits: By person, a genre of the item that she never reads.
        said: By person and genre, her own words behind it.
        history: By person, how many gifts arrived and how many of them she posted about unprompted.
        unread: By person, how many of our gifts wait to be read.
        people: All of whom anything is known that bears on the item.
    """

    author: str
    genres: dict[str, float] = field(default_factory=dict)
    kin: dict[str, str] = field(default_factory=dict)
    keywords: dict[str, str] = field(default_factory=dict)
    comps: dict[str, str] = field(default_factory=dict)
    own: dict[int, dict[Subject, float]] = field(default_factory=dict)
    audience: dict[int, dict[Subject, float]] = field(default_factory=dict)
    limits: dict[int, str] = field(default_factory=dict)
    said: dict[tuple[int, str], str] = field(default_factory=dict)
    history: dict[int, tuple[int, int]] = field(default_factory=dict)
    unread: dict[int, int] = field(default_factory=dict)
    hosts: set[int] = field(default_factory=set)
    with_email: set[int] = field(default_factory=set)
    with_address: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    @property
    def subjects(self) -> bool:
        """Whether there is anything to match by."""
        return bool(self.genres or self.keywords or self.comps or self.author)


def gather(item: Item, people: Sequence[int] | None = None) -> Evidence:
    """Gather the evidence for an item, of all people or of some."""
    evidence = Evidence(item.author)
    evidence.genres = dict(
        ItemGenre.select(ItemGenre.genre, ItemGenre.weight).where(ItemGenre.item == item.id).tuples()
    )
    evidence.kin = {
        kin: code for code in evidence.genres for kin in load_genres().kin(code) if kin not in evidence.genres
    }
    evidence.keywords = dict(Keyword.select(Keyword.key, Keyword.word).where(Keyword.item == item.id).tuples())
    evidence.comps = dict(CompTitle.select(CompTitle.key, CompTitle.title).where(CompTitle.item == item.id).tuples())
    _tastes(evidence, item, people)
    _loved_before(evidence, item, people)
    evidence.people = set(evidence.own) | set(evidence.audience) | set(evidence.limits)
    _quotes(evidence)
    _history(evidence)
    evidence.hosts = {row.host_id for row in Club.select(Club.host).where(Club.gift.is_null(False))}
    evidence.with_email = {row[0] for row in EmailAddress.select(EmailAddress.person).distinct().tuples()}
    current = Address.select(Address.person).where(Address.is_current == 1).distinct()
    evidence.with_address = {row[0] for row in current.tuples()}
    return evidence


def _tastes(evidence: Evidence, item: Item, people: Sequence[int] | None) -> None:
    wanted = TasteNote.key.in_([*evidence.genres, *evidence.kin]) & (TasteNote.kind == "genre")
    wanted |= TasteNote.key.in_([*evidence.keywords]) & TasteNote.kind.in_(("trope", "mood"))
    wanted |= TasteNote.key.in_([*evidence.comps]) & (TasteNote.kind == "comp")
    if item.author_key:
        wanted |= (TasteNote.key == item.author_key) & (TasteNote.kind == "author")
    query = TasteNote.select(
        TasteNote.person, TasteNote.side, TasteNote.polarity, TasteNote.kind, TasteNote.key, TasteNote.strength
    ).where(wanted)
    if people is not None:
        query = query.where(TasteNote.person.in_(list(people)))
    for person, side, polarity, kind, key, strength in query.tuples():
        subject = ("keyword" if kind in ("trope", "mood") else kind, key)
        if polarity == "limit" and side == "own":
            if key in evidence.genres or _holds(key, evidence.kin.get(key, "")):
                evidence.limits[person] = key
            continue
        tastes = evidence.own if side == "own" else evidence.audience
        tastes.setdefault(person, {})[subject] = strength if polarity == "like" else -strength


def _holds(genre: str, other: str) -> bool:
    """Whether a genre holds another one: who never reads crime never reads cosy crime."""
    by_code = load_genres().by_code
    return genre in by_code and other in by_code and by_code[other].thema.startswith(by_code[genre].thema)


def _loved_before(evidence: Evidence, item: Item, people: Sequence[int] | None) -> None:
    """Who finished or posted about an item by the same author, or one that this item is compared with."""
    kinds = [OutcomeKind.FINISHED.value, OutcomeKind.POSTED.value]
    query = (
        Outcome.select(Outcome.person, Item.author_key, Item.title_key)
        .join(Gift)
        .join(Item)
        .where(Outcome.kind.in_(kinds) & Outcome.person.is_null(False) & (Item.id != item.id))
        .where((Item.author_key == item.author_key) | Item.title_key.in_([*evidence.comps]))
    )
    if people is not None:
        query = query.where(Outcome.person.in_(list(people)))
    for person, author_key, title_key in query.tuples():
        tastes = evidence.own.setdefault(person, {})
        if author_key and author_key == item.author_key:
            tastes.setdefault(("author", author_key), 1.0)
        if title_key in evidence.comps:
            tastes.setdefault(("comp", title_key), 1.0)


def _quotes(evidence: Evidence) -> None:
    query = (
        TasteEvidence.select(TasteNote.person, TasteNote.key, TasteEvidence.text)
        .join(TasteNote)
        .where(TasteEvidence.kind.in_(_QUOTED) & (TasteEvidence.text != ""))
        .where((TasteNote.kind == "genre") & TasteNote.key.in_([*evidence.genres]) & (TasteNote.polarity == "like"))
        .order_by(TasteEvidence.seen_on, TasteEvidence.id)
    )
    for person, key, text in query.tuples():
        evidence.said[person, key] = text


def _history(evidence: Evidence) -> None:
    posted = Outcome.select(Outcome.gift).where(Outcome.kind == OutcomeKind.POSTED.value).distinct().alias("posted")
    query = (
        Gift.select(Gift.person, fn.COUNT(Gift.id), fn.COUNT(posted.c.gift_id))
        .join(posted, JOIN.LEFT_OUTER, on=(posted.c.gift_id == Gift.id))
        .where(Gift.state.in_(_DELIVERED) & (Gift.deal == "gift") & Gift.person.is_null(False))
        .group_by(Gift.person)
    )
    evidence.history = {person: (gifts, count) for person, gifts, count in query.tuples()}
    ended = Outcome.select(Outcome.gift).where(Outcome.gift.is_null(False))
    waiting = (
        Gift.select(Gift.person, fn.COUNT(Gift.id))
        .where(Gift.state.in_(_UNREAD) & Gift.person.is_null(False) & Gift.id.not_in(ended))
        .group_by(Gift.person)
    )
    evidence.unread = dict(waiting.tuples())
