"""Promised copies: no more of an edition than there are, whoever promises, and who has the last one.

A gift that names its edition is promised a copy from the day it is chosen until that copy lies in its parcel. Whoever
decides something is held to what is free. The world is not: a count that finds fewer, a parcel that is lost, a code
that lapses are noted as they are, and `short` tells of what is promised beyond that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.errors import KnownError
from outreach.services.catalogue.editions import edition_name
from outreach.services.catalogue.stock import (
    PROMISED,
    copies_left,
    copies_promised,
    is_packed,
    is_promised,
    lapsed_codes,
)
from outreach.store.database import Store
from outreach.store.models import Campaign, Edition, Gift, Item, Person, Shipment, ShipmentGift, StockMovement


@dataclass(frozen=True, slots=True)
class Short:
    """An edition of which more copies are promised than there are.

    Attributes:
        missing: How many more.
    """

    edition_id: int
    item_id: int
    title: str
    format: str
    missing: int


def free_copies(store: Store, editions: Sequence[int]) -> dict[int, int]:
    """How many copies of each edition are here and promised to nobody; below none where the world took some."""
    left, promised, lapsed = copies_left(editions), copies_promised(editions), lapsed_codes(store, editions)
    return {edition: left[edition] - promised[edition] - lapsed[edition] for edition in editions}


def refuse_promise(store: Store, edition_id: int, wanted: int = 1) -> None:
    """Nobody is promised a copy that is promised already, or not there.

    Raises:
        KnownError: ``gifts.all_promised`` or ``gifts.all_promised_for``, which say who has the last one, or
            ``gifts.no_copies``.
    """
    free = free_copies(store, [edition_id])[edition_id]
    if wanted > free:
        raise none_free(edition_id, free, wanted)


def none_free(edition_id: int, free: int, wanted: int = 1) -> KnownError:
    """Why so many copies of an edition cannot be promised, where only some are free or none."""
    last = (
        Gift.select(Gift, Person, Campaign).join(Person).switch(Gift).left_outer_join(Campaign)
        .where((Gift.edition == edition_id) & is_promised()).order_by(-Gift.id).first()
    )  # fmt: skip
    if free > 0 or last is None:
        return KnownError("gifts.no_copies", edition=edition_name(edition_id), left=max(free, 0), wanted=wanted)
    edition, person = edition_name(edition_id), last.person.name
    if last.campaign_id is None:
        return KnownError("gifts.all_promised", edition=edition, person=person)
    return KnownError("gifts.all_promised_for", edition=edition, person=person, campaign=last.campaign.name)


def refuse_new_promise(store: Store, gift: Gift, to: str) -> None:
    """Ask before a gift that has no copy gets the promise of one by coming to a state.

    An edition of which nothing was ever counted is not counted now: an answer is noted all the same.

    Raises:
        KnownError: ``gifts.on_its_way`` where its copy is in the post, or as `refuse_promise`.
    """
    if to not in PROMISED or gift.state in PROMISED:
        return
    parcel = (
        Shipment.select(Shipment.id).join(ShipmentGift)
        .where((ShipmentGift.gift == gift.id) & (Shipment.state == "sent")).first()
    )  # fmt: skip
    if parcel is not None:
        raise KnownError("gifts.on_its_way", gift=f"g{gift.id}", title=gift.item.title, shipment=f"s{parcel.id}")
    if gift.edition_id is not None and not _has_copy(gift.id) and is_counted(gift.edition_id):
        refuse_promise(store, gift.edition_id)


def refuse_owed(store: Store, gifts: Sequence[int]) -> None:
    """Ask, once gifts have lost their copies, whether others are free for them; raises as `refuse_promise`."""
    for gift in Gift.select().where(Gift.id.in_(list(gifts)) & Gift.edition.is_null(False)):
        if is_counted(gift.edition_id):
            refuse_promise(store, gift.edition_id, 0)


def is_counted(edition_id: int) -> bool:
    """Whether copies of an edition ever came or went; its codes are such copies."""
    return bool(StockMovement.select().where(StockMovement.edition == edition_id).exists())


def promise_for_good(edition_id: int) -> None:
    """Copies of an edition are promised by what cannot be undone: what was done with them before stays as well.

    Undo takes steps back one by one, so each finds the copies as it left them. A step that stays while one before it
    is taken back would be promised a copy that is gone; so it touches whatever shares in these copies.
    """
    Gift.update(edition=edition_id).where(Gift.edition == edition_id).execute()
    StockMovement.update(edition=edition_id).where(StockMovement.edition == edition_id).execute()


def short(store: Store) -> list[Short]:
    """The editions of which more is promised than there is, those that miss most first.

    One of which nothing was ever counted is none of them: how many there are is not known.
    """
    counted = {row.edition_id for row in StockMovement.select(StockMovement.edition).distinct()}
    missing = {edition: number for edition, number in owed(store).items() if edition in counted}
    rows = Edition.select(Edition, Item).join(Item).where(Edition.id.in_(list(missing)))
    found = [Short(row.id, row.item_id, row.item.title, row.format, missing[row.id]) for row in rows]
    return sorted(found, key=lambda each: (-each.missing, each.edition_id))


def owed(store: Store) -> dict[int, int]:
    """By edition how many copies more are promised than are known to be here, where that is any."""
    rows = Gift.select(Gift.edition).where(is_promised() & Gift.edition.is_null(False)).distinct()
    free = free_copies(store, [row.edition_id for row in rows])
    return {edition: -number for edition, number in free.items() if number < 0}


def _has_copy(gift_id: int) -> bool:
    """Whether a gift lies in a parcel that is being packed: that has its copy."""
    return bool(Gift.select().where((Gift.id == gift_id) & is_packed()).exists())
