"""Whom a kind of letter about a title is for: how far her gift has come, what she said of it, or that she wrote back.

A note for the parcel is printed with its slip, and readers are reminded of a gift where their post is looked at: these
two kinds are written there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from outreach.services.drafting.post_letters import opening
from outreach.services.gifts import ask_first
from outreach.services.gifts.states import GiftState
from outreach.services.letters.templates import LetterKind
from outreach.store.database import Store
from outreach.store.models import Gift, Letter, Permission, Post, Reply

#: How far a gift has come when its person is written to; who has a question of ours open is not asked another.
_STATES: Mapping[LetterKind, tuple[GiftState, ...]] = {
    LetterKind.PITCH: (GiftState.CHOSEN,),
    LetterKind.ADDRESS: (GiftState.ACCEPTED,),
    LetterKind.DELIVERY: (GiftState.SENT,),
    LetterKind.OFFER: (GiftState.CHOSEN, GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED),
    LetterKind.INVITATION: (GiftState.CHOSEN, GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED),
}
#: The kinds that are written for many at once, in the order in which they are offered.
KINDS = (*_STATES, LetterKind.THANKS, LetterKind.PERMISSION, LetterKind.REPLY)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Someone to whom a letter of a kind about a title is to be written.

    Attributes:
        gift_id: Her gift, None where it is a post or an answer that is written about.
        why: What speaks for her, as it was noted with the gift.
        opening: A line to begin with; empty where it is for the user to say.
        post_id: What is written about, None where it is no post.
    """

    item_id: int
    person_id: int
    gift_id: int | None = None
    why: str = ""
    opening: str = ""
    post_id: int | None = None


def waiting(store: Store, kind: LetterKind, item_id: int | None = None) -> list[Waiting]:
    """Who waits for a kind of letter about a title, or about any, in the order in which it came about."""
    if kind in _STATES:
        return _with_gifts(store, kind, item_id)
    return _who_answered(item_id) if kind is LetterKind.REPLY else _who_posted(kind, item_id)


def _with_gifts(store: Store, kind: LetterKind, item_id: int | None) -> list[Waiting]:
    where = Gift.state.in_([state.value for state in _STATES[kind]]) & Gift.person.is_null(False)
    if item_id is not None:
        where &= Gift.item == item_id
    if kind is not LetterKind.PITCH:  # a gift that was pitched is planned no longer
        where &= ~fn.EXISTS(_sent(kind, Gift.item, Gift.person))
    query = Gift.select(Gift.item, Gift.person, Gift.id, Gift.why).where(where).order_by(Gift.id)
    found = {(item, person): Waiting(item, person, gift, why) for item, person, gift, why in query.tuples()}
    if kind is LetterKind.ADDRESS:
        known = ask_first.asked(store, [each.gift_id for each in found.values() if each.gift_id is not None])
        return [each for each in found.values() if each.gift_id is not None and not known[each.gift_id].is_fresh]
    return list(found.values())


def _who_posted(kind: LetterKind, item_id: int | None) -> list[Waiting]:
    """Who said something of a title, each with the newest post that was not written about yet."""
    where = Post.person.is_null(False) & Post.item.is_null(False) & ~fn.EXISTS(_sent(kind, Post.item, Post.person))
    if item_id is not None:
        where &= Post.item == item_id
    if kind is LetterKind.PERMISSION:
        # What was asked or answered before is not asked again; a letter that has not left yet is still shown.
        left = Letter.select(Letter.id).where((Letter.id == Permission.letter) & (Letter.state == "approved"))
        where &= (Post.text != "") & ~fn.EXISTS(
            Permission.select(Permission.id).where((Permission.post == Post.id) & ~fn.EXISTS(left))
        )
    rows = Post.select().where(where).order_by(Post.posted_on, Post.id)
    found = {(row.item_id, row.person_id): row for row in rows}
    return [Waiting(item, person, opening=opening(row), post_id=row.id) for (item, person), row in found.items()]


def _who_answered(item_id: int | None) -> list[Waiting]:
    """Who wrote back about a title and was not answered since."""
    since = Letter.alias()
    answered = since.select(since.id).where(
        (since.item == Letter.item)
        & (since.person == Reply.person)
        & (since.kind == LetterKind.REPLY.value)
        & (since.sent_at >= Reply.received_at)
    )
    where = Reply.person.is_null(False) & (Reply.is_automatic == 0) & Letter.item.is_null(False)
    if item_id is not None:
        where &= Letter.item == item_id
    query = Reply.select(Letter.item, Reply.person).join(Letter).where(where & ~fn.EXISTS(answered))
    rows = dict.fromkeys(query.order_by(Reply.received_at, Reply.id).tuples())
    return [Waiting(item, person) for item, person in rows]


def _sent(kind: LetterKind, item: Any, person: Any) -> Any:
    same = (Letter.item == item) & (Letter.person == person) & (Letter.kind == kind.value)
    return Letter.select(Letter.id).where(same & (Letter.state == "sent"))
