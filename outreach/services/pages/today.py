"""The first page of the day: what waits for the user, what was logged, what is coming."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from outreach.services.gifts import GiftState
from outreach.services.pages.parcels import parcel_counts
from outreach.services.pages.title import TitleLine, title_lines
from outreach.services.shipments import ShipmentState
from outreach.store.database import Store
from outreach.store.models import Gift, GiftStep, Item, Letter, Person, Post, Shipment, ShipmentGift

_JUST = 6
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the user.

    Attributes:
        code: ``write``, ``pack``, ``track`` or ``arrived``.
        count: How many of it.
        title: The title of the first.
        people: The first names to tell.
    """

    code: str
    count: int
    title: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Logged:
    """Something that was noted lately, by `by`."""

    mark: str
    person: str
    title: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A day of the next two months on which a title comes out."""

    day: str
    title: str
    author: str
    item_id: int


@dataclass(frozen=True, slots=True)
class Glad:
    """The newest post that nobody was asked for."""

    text: str
    person_id: int | None
    person: str
    item_id: int | None
    title: str
    author: str
    day: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """Everything the page shows."""

    waiting: tuple[Waiting, ...]
    logged: tuple[Logged, ...]
    coming: tuple[Coming, ...]
    glad: Glad | None
    to_place: tuple[TitleLine, ...]


def today_page(store: Store) -> TodayPage:
    """What the page shows on the store's day."""
    day = store.today()
    coming = (
        Item.select()
        .where((Item.pub_date >= day.isoformat()) & (Item.pub_date <= (day + 9 * _WEEK).isoformat()))
        .order_by(Item.pub_date, Item.title_key)
        .limit(5)
    )
    return TodayPage(
        waiting=tuple(_waiting()),
        logged=tuple(_logged()),
        coming=tuple(Coming(item.pub_date, item.title, item.author, item.id) for item in coming),
        glad=_glad(),
        to_place=tuple([line for line in title_lines() if line.left and line.pub_date >= day.isoformat()][:3]),
    )


def waiting_counts() -> dict[str, int]:
    """How many things wait on the pages Letters and Shipments."""
    drafted = Letter.select(Letter.gift).where(Letter.gift.is_null(False))
    parcels = parcel_counts()
    return {
        "letters": _gifts().where((Gift.state == GiftState.CHOSEN) & Gift.id.not_in(drafted)).count(),
        "shipments": parcels.to_pack + parcels.packed,
    }


def _waiting() -> list[Waiting]:
    drafted = Letter.select(Letter.gift).where(Letter.gift.is_null(False))
    packed = Shipment.select(Shipment, Person).left_outer_join(Person)
    planned = _gifts().where((Gift.state == GiftState.CHOSEN) & Gift.id.not_in(drafted))
    in_parcels = ShipmentGift.select(ShipmentGift.gift).join(Shipment).where(Shipment.state == ShipmentState.PACKING)
    accepted = _gifts().where((Gift.state == GiftState.ACCEPTED) & Gift.id.not_in(in_parcels))
    found = [
        _gifts_waiting("write", list(planned)),
        _gifts_waiting("pack", list(accepted)),
        _parcels_waiting("track", list(packed.where(Shipment.state == ShipmentState.PACKING))),
        _parcels_waiting("arrived", list(packed.where(Shipment.state == ShipmentState.SENT))),
    ]
    return [each for each in found if each.count]


def _gifts() -> Any:
    found = Gift.select(Gift, Item, Person).join(Item).switch(Gift).join(Person)
    return found.order_by(Gift.state_on, Gift.id)


def _gifts_waiting(code: str, gifts: list[Gift]) -> Waiting:
    names = tuple(gift.person.name for gift in gifts[:3] if gift.person_id)
    return Waiting(code, len(gifts), gifts[0].item.title if gifts else "", names)


def _parcels_waiting(code: str, parcels: list[Shipment]) -> Waiting:
    return Waiting(code, len(parcels), "", tuple(parcel.person.name for parcel in parcels[:3] if parcel.person_id))


def _logged() -> list[Logged]:
    steps = (
        GiftStep.select(GiftStep, Gift, Item, Person)
        .join(Gift)
        .join(Item)
        .switch(Gift)
        .left_outer_join(Person)
        .order_by(GiftStep.happened_on.desc(), GiftStep.id.desc())
        .limit(_JUST)
    )
    found = [
        Logged(step.state, step.gift.person.name if step.gift.person_id else "", step.gift.item.title, step.by,
               step.happened_on)
        for step in steps
    ]  # fmt: skip
    posts = Post.select(Post, Person, Item).left_outer_join(Person).switch(Post).left_outer_join(Item)
    for post in posts.order_by(Post.posted_on.desc(), Post.id.desc()).limit(_JUST):
        person = post.person.name if post.person_id else ""
        found.append(Logged("posted", person, post.item.title if post.item_id else "", post.by, post.posted_on))
    return sorted(found, key=lambda each: each.at, reverse=True)[:_JUST]


def _glad() -> Glad | None:
    post = (
        Post.select(Post, Person, Item)
        .left_outer_join(Person)
        .switch(Post)
        .left_outer_join(Item)
        .where((Post.nature == "organic") & (Post.text != ""))
        .order_by(Post.posted_on.desc(), Post.id.desc())
        .first()
    )
    if post is None:
        return None
    item = post.item if post.item_id else None
    person = post.person.name if post.person_id else ""
    return Glad(
        post.text, post.person_id, person, post.item_id, item.title if item else "", item.author if item else "",
        post.posted_on,
    )  # fmt: skip
