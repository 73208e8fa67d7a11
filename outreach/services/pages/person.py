"""A person's page: what is known of her, what she said, and what happened between us."""

from dataclasses import dataclass

from outreach.services.gifts import GiftState, OutcomeKind, Stage, stages
from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.people import PersonDetail, Polarity, Side, show_person
from outreach.store.database import Store
from outreach.store.models import Bounce, Club, Gift, GiftStep, Item, Letter, Post, Reply, TasteEvidence, TasteNote


@dataclass(frozen=True, slots=True)
class Quote:
    """Their own words.

    Attributes:
        about: The title spoken of, or the taste that the words are evidence for.
        is_title: Whether `about` is a title.
    """

    text: str
    about: str
    is_title: bool
    kind: str
    day: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened: a step of a gift, a post, a club, a letter and what came of it.

    Attributes:
        mark: A stage, ``post``, ``club``, ``letter``, ``reply`` or ``bounce``.
        subject: The title, the club's name, a letter's subject, what an answer said, or the address that bounced.
    """

    mark: str
    subject: str
    is_title: bool
    day: str


@dataclass(frozen=True, slots=True)
class OpenGift:
    """A gift that is under way."""

    id: int
    item_id: int
    title: str
    is_book: bool
    state: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the profile pane shows."""

    line: PersonLine
    detail: PersonDetail
    open_gifts: tuple[OpenGift, ...]
    avoided: tuple[str, ...]
    audience: tuple[str, ...]
    quotes: tuple[Quote, ...]
    timeline: tuple[TimelineEntry, ...]


def person_page(store: Store, person_id: int) -> PersonPage | None:
    """The page of a person, or None when there is no such person any more."""
    line = people_lines(store, [person_id]).get(person_id)
    if line is None:
        return None
    detail = show_person(store, person_id)
    return PersonPage(
        line=line,
        detail=detail,
        open_gifts=tuple(_open_gifts(person_id)),
        avoided=tuple(
            taste.subject
            for taste in detail.tastes
            if taste.side == Side.OWN and taste.polarity in (Polarity.DISLIKE, Polarity.LIMIT)
        ),
        audience=tuple(
            taste.subject for taste in detail.tastes if taste.side == Side.AUDIENCE and taste.polarity == Polarity.LIKE
        ),
        quotes=tuple(_quotes(person_id)),
        timeline=tuple(_timeline(store, person_id)),
    )


def _open_gifts(person_id: int) -> list[OpenGift]:
    states = (GiftState.CHOSEN.value, GiftState.ASKED.value, GiftState.ACCEPTED.value)
    query = Gift.select(Gift, Item).join(Item).where((Gift.person == person_id) & Gift.state.in_(states))
    return [
        OpenGift(gift.id, gift.item_id, gift.item.title, gift.item.kind == "book", gift.state)
        for gift in query.order_by(-Gift.id)
    ]


def _quotes(person_id: int) -> list[Quote]:
    posts = (
        Post.select(Post, Item).left_outer_join(Item).where((Post.person == person_id) & (Post.text != ""))
    ).order_by(Post.posted_on.desc(), Post.id.desc())
    found = [
        Quote(post.text, post.item.title if post.item_id else "", post.item_id is not None, post.kind, post.posted_on)
        for post in posts
    ]
    said = {quote.text for quote in found}
    evidence = (
        TasteEvidence.select(TasteEvidence, TasteNote)
        .join(TasteNote)
        .where((TasteNote.person == person_id) & (TasteNote.side == Side.OWN))
        .where(TasteEvidence.kind.in_(("quote", "remark")) & (TasteEvidence.text != ""))
        .order_by(TasteEvidence.seen_on.desc(), TasteEvidence.id)
    )
    for each in evidence:
        if each.text not in said:
            found.append(Quote(each.text, each.taste_note.subject, False, each.kind, each.seen_on or ""))
            said.add(each.text)
    return sorted(found, key=lambda quote: quote.day, reverse=True)


def _timeline(store: Store, person_id: int) -> list[TimelineEntry]:
    entries: list[tuple[str, int, TimelineEntry]] = []
    gifts = list(Gift.select(Gift, Item).join(Item).where(Gift.person == person_id))
    shown = stages(store, gifts)
    titles = {gift.id: gift.item.title for gift in gifts}
    for step in GiftStep.select().where(GiftStep.gift.in_(list(titles))).order_by(GiftStep.id):
        entry = TimelineEntry(step.state, titles[step.gift_id], True, step.happened_on)
        entries.append((step.happened_on, len(entries), entry))
    for gift in gifts:
        # That nothing more came is the last thing to tell of a gift, on the day it arrived.
        if shown[gift.id] in (Stage.QUIET, Stage.READING) and gift.delivered_on:
            entry = TimelineEntry(shown[gift.id].value, gift.item.title, True, gift.delivered_on)
            entries.append((gift.delivered_on, len(entries), entry))
    for post in Post.select(Post, Item).left_outer_join(Item).where(Post.person == person_id).order_by(Post.id):
        entry = TimelineEntry(OutcomeKind.POSTED.value, post.item.title if post.item_id else "", True, post.posted_on)
        entries.append((post.posted_on, len(entries), entry))
    for club in Club.select().where(Club.host == person_id).order_by(Club.id):
        entries.append((club.started_on, len(entries), TimelineEntry("club", club.name, False, club.started_on)))
    entries += [(day, len(entries) + n, TimelineEntry(mark, subject, False, day))
                for n, (mark, subject, day) in enumerate(_mail(person_id))]  # fmt: skip
    entries.sort(key=lambda each: (each[0], each[1]), reverse=True)
    return [entry for _, _, entry in entries]


def _mail(person_id: int) -> list[tuple[str, str, str]]:
    """Letters that went to her, and what came back: what it was, what it said, the day."""
    found = [
        ("letter", subject, at[:10])
        for subject, at in Letter.select(Letter.subject, Letter.sent_at)
        .where((Letter.person == person_id) & Letter.sent_at.is_null(False) & (Letter.kind != "pitch"))
        .tuples()
    ]
    answers = Reply.select(Reply.outcome, Reply.text, Reply.received_at)
    for outcome, text, at in answers.where((Reply.person == person_id) & (Reply.is_automatic == 0)).tuples():
        found.append(("reply", outcome or " ".join(text.split())[:80], at[:10]))
    back = Bounce.select(Bounce.address, Bounce.received_at).where(
        (Bounce.person == person_id) & (Bounce.kind == "hard")
    )
    return [*found, *(("bounce", address, at[:10]) for address, at in back.tuples())]
