"""A person's page: what is known of her, what she said, and what happened between us."""

from dataclasses import dataclass

from outreach.services.gifts.gifts import GiftState
from outreach.services.pages.people import PersonLine, people_lines
from outreach.services.pages.timeline import TimelineEntry, timeline
from outreach.services.people.people import PersonDetail, Polarity, Side, show_people, show_person
from outreach.services.people.record import PersonRecord, record_of
from outreach.services.policies.card import Card, card_of
from outreach.services.posts.delays import Delay, usual_delay
from outreach.services.tastes.ledger import Ledger, ledger_of
from outreach.services.workspaces.data_rules import confirmed_since
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Post, TasteEvidence, TasteNote


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
class OpenGift:
    """A gift that is under way."""

    id: int
    item_id: int
    title: str
    is_book: bool
    state: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the profile pane shows.

    Attributes:
        address_is_old: Whether her address is to be asked about before a parcel goes there.
        delay: How long she usually takes to speak of a gift; to be known, and used by nothing.
    """

    line: PersonLine
    detail: PersonDetail
    open_gifts: tuple[OpenGift, ...]
    avoided: tuple[str, ...]
    audience: tuple[str, ...]
    quotes: tuple[Quote, ...]
    timeline: tuple[TimelineEntry, ...]
    record: PersonRecord
    ledger: Ledger
    card: Card | None
    address_is_old: bool = False
    delay: Delay | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is told of a person beside a title that may suit her."""

    notes: str
    avoided: tuple[str, ...]
    quotes: tuple[Quote, ...]


def said_of(store: Store, person_id: int) -> Said | None:
    """What is told of a person beside a title, or None when there is no such person any more."""
    for detail in show_people(store, [person_id]):
        return Said(str(detail.values["notes"]), _avoided(detail), tuple(_quotes(person_id)))
    return None


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
        avoided=_avoided(detail),
        audience=tuple(
            taste.subject for taste in detail.tastes if taste.side == Side.AUDIENCE and taste.polarity == Polarity.LIKE
        ),
        quotes=tuple(_quotes(person_id)),
        timeline=tuple(timeline(store, person_id)),
        record=record_of(store, person_id),
        ledger=ledger_of(store, person_id),
        card=card_of(person_id),
        address_is_old=bool(detail.addresses)
        and str(detail.addresses[0]["confirmed_on"] or "") < confirmed_since(store),
        delay=usual_delay(person_id),
    )


def _avoided(detail: PersonDetail) -> tuple[str, ...]:
    unwanted = (Polarity.DISLIKE, Polarity.LIMIT)
    return tuple(each.subject for each in detail.tastes if each.side == Side.OWN and each.polarity in unwanted)


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
