"""Offers to meet the author, which go with a gift: made, taken up, declined, lapsed. Nobody is reminded of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.store.database import Store
from outreach.store.models import AuthorOffer, Club, Gift, Item, Outcome, Person


class OfferState(StrEnum):
    """How an offer stands."""

    OFFERED = "offered"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer as a line of a list.

    Attributes:
        waits: It is made only once she says that she enjoyed the book, and she has not said so yet.
        club_id: The club that was born from the gift.
    """

    gift_id: int
    person_id: int | None
    person: str
    item_id: int
    title: str
    author: str
    state: str
    once_enjoyed: bool
    waits: bool
    offered_on: str
    state_on: str
    note: str
    club_id: int | None


def offer_author(
    store: Store, gift_id: int, *, author: str = "", once_enjoyed: bool = False, on: str = "", note: str = ""
) -> Changes:
    """Offer with a gift that its reader may meet the author, perhaps only once she enjoyed it.

    Raises:
        KnownError: ``offers.no_author``, ``offers.twice``, ``offers.declined_gift``.
    """
    gift = Gift.get_by_id(gift_id)
    name = clean(author) or gift.item.author
    if not name:
        raise KnownError("offers.no_author", title=gift.item.title)
    if AuthorOffer.get_or_none(AuthorOffer.gift == gift_id) is not None:
        raise KnownError("offers.twice", gift=f"g{gift_id}", title=gift.item.title)
    if gift.state == GiftState.DECLINED:
        raise KnownError("offers.declined_gift", gift=f"g{gift_id}", title=gift.item.title)
    day = on or store.today().isoformat()
    with store.operation(Op.OFFER_AUTHOR) as written:
        AuthorOffer.create(
            gift=gift_id, author=name, author_key=fold(name), state=OfferState.OFFERED.value,
            once_enjoyed=int(once_enjoyed), offered_on=day, state_on=day, note=clean(note), by=store.by,
        )  # fmt: skip
    return written.changes


def offer_along(store: Store, item_id: int, people: Sequence[int], *, once_enjoyed: bool = False) -> None:
    """Offer with the newest gift of a title to each of some people, inside the caller's operation.

    Raises:
        KnownError: ``offers.no_author``.
    """
    item = Item.get_by_id(item_id)
    if not item.author:
        raise KnownError("offers.no_author", title=item.title)
    newest = Gift.select(fn.MAX(Gift.id)).where((Gift.item == item_id) & Gift.person.in_(list(people)))
    known = AuthorOffer.select(AuthorOffer.gift)
    today = store.today().isoformat()
    for (gift,) in list(newest.where(Gift.id.not_in(known)).group_by(Gift.person).tuples()):
        AuthorOffer.create(
            gift=gift, author=item.author, author_key=fold(item.author), state=OfferState.OFFERED.value,
            once_enjoyed=int(once_enjoyed), offered_on=today, state_on=today, note="", by=store.by,
        )  # fmt: skip


def move_offer(store: Store, gift_id: int, to: OfferState, on: str = "", note: str = "") -> Changes:
    """Note what became of an offer.

    Raises:
        KnownError: ``offers.none``, ``offers.same``, ``offers.not_enjoyed``.
    """
    with store.operation(Op.OFFER_AUTHOR) as written:
        set_offer(store, gift_id, to, on, note)
    return written.changes


def set_offer(store: Store, gift_id: int, to: OfferState, on: str = "", note: str = "") -> None:
    """As `move_offer`, inside the caller's operation."""
    offer = AuthorOffer.get_or_none(AuthorOffer.gift == gift_id)
    if offer is None:
        raise KnownError("offers.none", gift=f"g{gift_id}")
    if offer.state == to:
        raise KnownError("offers.same", gift=f"g{gift_id}", state=to.value)
    if to is OfferState.TAKEN_UP and offer.once_enjoyed and not has_enjoyed(gift_id):
        raise KnownError("offers.not_enjoyed", gift=f"g{gift_id}")
    columns = {"state": to.value, "state_on": on or store.today().isoformat()}
    if note:
        columns["note"] = clean(note)
    AuthorOffer.update(**columns).where(AuthorOffer.id == offer.id).execute()


def has_enjoyed(gift_id: int) -> bool:
    """Whether she told that she enjoyed it."""
    enjoyed = (Outcome.gift == gift_id) & (Outcome.kind == OutcomeKind.ENJOYED.value)
    return bool(Outcome.select().where(enjoyed).exists())


def list_offers(
    *, item_id: int | None = None, person_id: int | None = None, gift_id: int | None = None, state: str = ""
) -> list[OfferRow]:
    """Offers, those that moved last first."""
    query = AuthorOffer.select(AuthorOffer, Gift, Item, Person).join(Gift).join(Item).switch(Gift)
    query = query.left_outer_join(Person).order_by(AuthorOffer.state_on.desc(), AuthorOffer.id.desc())
    for column, value in ((Gift.item, item_id), (Gift.person, person_id), (Gift.id, gift_id)):
        if value is not None:
            query = query.where(column == value)
    if state:
        query = query.where(AuthorOffer.state == state)
    offers = list(query)
    gifts = [offer.gift_id for offer in offers]
    clubs = dict(Club.select(Club.gift, Club.id).where(Club.gift.in_(gifts)).order_by(Club.id.desc()).tuples())
    enjoyed = (Outcome.kind == OutcomeKind.ENJOYED.value) & Outcome.gift.in_(gifts)
    glad = {gift for (gift,) in Outcome.select(Outcome.gift).where(enjoyed).tuples()}
    return [
        OfferRow(
            gift_id=offer.gift_id,
            person_id=offer.gift.person_id,
            person=offer.gift.person.name if offer.gift.person_id else "",
            item_id=offer.gift.item_id,
            title=offer.gift.item.title,
            author=offer.author,
            state=offer.state,
            once_enjoyed=bool(offer.once_enjoyed),
            waits=offer.state == OfferState.OFFERED and bool(offer.once_enjoyed) and offer.gift_id not in glad,
            offered_on=offer.offered_on,
            state_on=offer.state_on,
            note=offer.note,
            club_id=clubs.get(offer.gift_id),
        )
        for offer in offers
    ]
