"""Signed copies: what the author is to sign for whom, with which words, in an order that stays.

A number in the order of signing is given once and never again, so that the author's list, the plates on the table and
the parcels agree, also after somebody was added or taken off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.catalogue.editions import DIGITAL
from outreach.services.gifts.gifts import GiftState
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Item, Person

#: Longer than this no hand writes it into forty copies.
_LONGEST = 200
#: Once a copy has left, the author can only sign a plate that follows it.
_LEFT = (GiftState.SENT, GiftState.DELIVERED, GiftState.CLOSED_QUIET)


class Signing(StrEnum):
    """What the author signs."""

    NONE = ""
    COPY = "copy"
    BOOKPLATE = "bookplate"


@dataclass(frozen=True, slots=True)
class SigningRow:
    """A line of the author's list.

    Attributes:
        place: Its number in the order of signing, within its title.
        dedication: The words to write; empty for the name alone.
        signing: A `Signing`.
        signed_on: When it was done; empty where it is still to be signed.
        state: The gift's state.
    """

    gift_id: int
    place: int
    person_id: int
    person: str
    dedication: str
    signing: str
    signed_on: str
    item_id: int
    title: str
    edition: str
    state: str


def ask_to_sign(store: Store, gifts: Sequence[int], how: Signing, dedication: str | None = None) -> Changes:
    """Note that gifts are to be signed, with which words, or (`Signing.NONE`) that they are not.

    Args:
        store: The open workspace.
        gifts: Which; each gets the next number of its title, in this order, if it has none yet.
        how: The copy itself, or a bookplate.
        dedication: The words to write; None leaves what was noted.

    Raises:
        KnownError: ``signing.too_long``, ``signing.declined``, ``signing.left`` and ``signing.no_paper`` for copies
            that cannot be signed, ``signing.signed`` for what is signed already. Then nothing is noted.
    """
    words = None if dedication is None else _words(dedication)
    last: dict[int, int] = {}
    with store.operation(Op.SIGN_GIFTS) as written:
        for gift_id in dict.fromkeys(gifts):
            gift = Gift.get_by_id(gift_id)
            _refuse_unsignable(gift, how)
            told = gift.dedication if words is None else words
            # What is not to be signed any more keeps its number, so that nobody else gets it.
            place = gift.signing_place
            if place is None and how is not Signing.NONE:
                place = last[gift.item_id] = (last.get(gift.item_id) or _last_place(gift.item_id)) + 1
            Gift.update(signing=how.value, signing_place=place, dedication="" if how is Signing.NONE else told).where(
                Gift.id == gift_id
            ).execute()
    return written.changes


def note_signed(store: Store, gifts: Sequence[int], on: str = "", *, undone: bool = False) -> Changes:
    """Note that the author signed, or that it was noted by mistake.

    Raises:
        KnownError: ``signing.not_asked`` for a gift that is not to be signed. Then none is noted.
    """
    with store.operation(Op.SIGN_GIFTS) as written:
        for gift_id in dict.fromkeys(gifts):
            gift = Gift.get_by_id(gift_id)
            if not gift.signing:
                raise KnownError("signing.not_asked", gift=f"g{gift_id}", title=gift.item.title)
            day = None if undone else on or store.today().isoformat()
            Gift.update(signed_on=day).where(Gift.id == gift_id).execute()
    return written.changes


def signable(item_id: int, how: Signing) -> list[tuple[int, str]]:
    """The gifts of a title that could be signed so and are not to be yet, with who gets them, oldest first."""
    query = Gift.select(Gift, Person, Edition).join(Person).switch(Gift).left_outer_join(Edition)
    query = query.where((Gift.item == item_id) & (Gift.signing == "") & (Gift.state != GiftState.DECLINED.value))
    if how is Signing.COPY:
        query = query.where(Gift.state.not_in([*_LEFT]))
        query = query.where(Edition.format.is_null() | Edition.format.not_in([*DIGITAL]))
    return [(gift.id, gift.person.name) for gift in query.order_by(Gift.id)]


def signing_list(
    item_id: int | None = None, *, signed: bool = False, only: Signing | None = None, gifts: Sequence[int] | None = None
) -> list[SigningRow]:
    """What is to be signed, by title in the order of signing; a copy that left unsigned is not, nor one for nobody.

    Args:
        item_id: Of one title.
        signed: Whether what is signed already is in the list too.
        only: Only copies, or only bookplates.
        gifts: Only these, such as those of some parcels.
    """
    query = Gift.select(Gift, Item, Person, Edition).join(Item).switch(Gift).left_outer_join(Person)
    query = query.switch(Gift).left_outer_join(Edition).where(Gift.signing != "")
    gone = (Gift.signing == Signing.COPY.value) & Gift.signed_on.is_null() & Gift.state.in_([*_LEFT])
    query = query.where((Gift.state != GiftState.DECLINED.value) & Gift.person.is_null(False) & ~gone)
    if item_id is not None:
        query = query.where(Gift.item == item_id)
    if not signed:
        query = query.where(Gift.signed_on.is_null())
    if only is not None:
        query = query.where(Gift.signing == only.value)
    if gifts is not None:
        query = query.where(Gift.id.in_(list(gifts)))
    return [_row(gift) for gift in query.order_by(Item.sort_title, Item.id, Gift.signing_place, Gift.id)]


def _row(gift: Gift) -> SigningRow:
    return SigningRow(
        gift_id=gift.id,
        place=gift.signing_place or 0,
        person_id=gift.person_id,
        person=gift.person.name,
        dedication=gift.dedication,
        signing=gift.signing,
        signed_on=gift.signed_on or "",
        item_id=gift.item_id,
        title=gift.item.title,
        edition=(gift.edition.format or gift.edition.kind) if gift.edition_id else "",
        state=gift.state,
    )


def _last_place(item_id: int) -> int:
    return int(Gift.select(fn.MAX(Gift.signing_place)).where(Gift.item == item_id).scalar() or 0)


def _words(text: str) -> str:
    words = clean(text)
    if len(words) > _LONGEST:
        raise KnownError("signing.too_long", longest=_LONGEST)
    return words


def _refuse_unsignable(gift: Gift, how: Signing) -> None:
    facts = {"gift": f"g{gift.id}", "title": gift.item.title}
    if gift.signed_on and how.value != gift.signing:
        raise KnownError("signing.signed", **facts)
    if how is Signing.NONE:
        return
    if gift.state == GiftState.DECLINED:
        raise KnownError("signing.declined", **facts)
    if how is Signing.COPY and gift.state in _LEFT and not gift.signed_on:
        raise KnownError("signing.left", **facts)
    if how is Signing.COPY and gift.edition_id and gift.edition.format in DIGITAL:
        raise KnownError("signing.no_paper", **facts)
