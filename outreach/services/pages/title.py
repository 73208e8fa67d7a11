"""A title's page: how far its gifts have come, the copies, and what people said of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from outreach.services.catalogue.catalogue import ItemDetail, show_item
from outreach.services.catalogue.stock import copies_left, copies_promised, is_promised, lapsed_codes
from outreach.services.gifts.facts import GiftFacts
from outreach.services.gifts.gifts import Deal, GiftState, Stage, stages
from outreach.services.programmes.standing import deals_as_counted
from outreach.store.database import Store
from outreach.store.models import Edition, EditionCode, Gift, Item, Person, Post, StockMovement

#: How far a gift is, by the state it is in: who accepted was pitched before.
_REACHED = {
    GiftState.CONSIDERED: 0, GiftState.CHOSEN: 0, GiftState.ASKED: 1, GiftState.DECLINED: 1, GiftState.ACCEPTED: 2,
    GiftState.SENT: 3, GiftState.DELIVERED: 4, GiftState.CLOSED_QUIET: 4,
}  # fmt: skip

#: The words of the strip: four ways that a gift comes along, where it arrives, and three endings of equal worth.
STRIP = ("chosen", "asked", "accepted", "sent", "delivered", "posted", "reading", "quiet")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A title as a line of the catalogue.

    Attributes:
        left: Copies that are neither out nor promised.
        stocked: Whether a copy ever came in.
    """

    id: int
    kind: str
    title: str
    author: str
    pub_date: str
    left: int
    promised: int
    stocked: bool


@dataclass(frozen=True, slots=True)
class FormatLeft:
    """How many copies of one format are neither out nor promised."""

    format: str
    number: int


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of an edition: out, promised, left.

    Attributes:
        codes: Whether its copies are codes.
        lapsed: How many codes lapsed before anyone had them; they are not left.
        expires_on: When the next code lapses.
    """

    format: str
    out: int
    promised: int
    left: int
    variant: str = ""
    codes: bool = False
    lapsed: int = 0
    expires_on: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What someone said of the title."""

    text: str
    person_id: int | None
    person: str
    kind: str
    platform: str
    day: str
    post_id: int = -1


@dataclass(frozen=True, slots=True)
class TitlePage:
    """Everything a title's page shows.

    Attributes:
        strip: How far gifts came with which nothing was asked in return.
        apart: By deal how many others there are; they are never added to these.
    """

    detail: ItemDetail
    strip: Mapping[str, int]
    copies: tuple[Copies, ...]
    said: tuple[Said, ...]
    apart: Mapping[str, int] = field(default_factory=dict)


def title_lines(words: Iterable[str] = (), kind: str = "", today: str = "") -> list[TitleLine]:
    """The catalogue: titles that are to come first, then the newest.

    Args:
        words: That titles or authors have.
        kind: Only books, or only products.
        today: From which day codes that lapsed before are not left.
    """
    query = Item.select().order_by(Item.pub_date.desc(), Item.title_key, Item.id)
    if kind:
        query = query.where(Item.kind == kind)
    for word in words:
        query = query.where(Item.title_key.contains(word) | Item.author_key.contains(word))
    stock, promised, lapsed = _stock(today)
    return [
        TitleLine(
            id=item.id,
            kind=item.kind,
            title=item.title,
            author=item.author,
            pub_date=item.pub_date or "",
            left=max(0, stock.get(item.id, 0) - promised.get(item.id, 0) - lapsed.get(item.id, 0)),
            promised=promised.get(item.id, 0),
            stocked=item.id in stock,
        )
        for item in query
    ]


def copies_to_give(items: Sequence[int], today: str) -> dict[int, int]:
    """How many copies of some titles are neither out nor promised; without those of which none ever came in."""
    stock, promised, lapsed = _stock(today, items)
    return {item: max(0, number - promised.get(item, 0) - lapsed.get(item, 0)) for item, number in stock.items()}


def most_left(store: Store, items: Sequence[int]) -> dict[int, FormatLeft]:
    """By title the format of which most copies are left to give, of those titles of which any are."""
    formats = {row[0]: row[1:] for row in Edition.select(Edition.id, Edition.item, Edition.format)
               .where(Edition.item.in_(items)).order_by(Edition.id).tuples()}  # fmt: skip
    here, promised, lapsed = copies_left([*formats]), copies_promised([*formats]), lapsed_codes(store, [*formats])
    sums: dict[tuple[int, str], int] = {}
    for edition, of in formats.items():
        left = max(0, here[edition] - promised[edition] - lapsed[edition])
        sums[of] = sums.get(of, 0) + left
    # Copies that are promised of no edition in particular come off the whole of the title.
    whole = copies_to_give(items, store.today().isoformat())
    most: dict[int, FormatLeft] = {}
    for (item, form), number in sums.items():
        left = min(number, whole.get(item, 0))
        if left > (most[item].number if item in most else 0):
            most[item] = FormatLeft(form, left)
    return most


def _stock(today: str, items: Sequence[int] | None = None) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
    """By title the copies that are here, those that are promised, and the codes that lapsed before `today`."""
    some, gift = (Edition.item.in_(items), Gift.item.in_(items)) if items is not None else (True, True)
    here = StockMovement.select(Edition.item, fn.sum(StockMovement.quantity)).join(Edition).where(some)
    gone = EditionCode.given_on.is_null() & (EditionCode.expires_on < today)
    lapsed = EditionCode.select(Edition.item, fn.count(EditionCode.id)).join(Edition).where(gone & some)
    promised = Gift.select(Gift.item, fn.count(Gift.id)).where(is_promised() & gift)
    return _per_item(here), _per_item(promised, Gift.item), _per_item(lapsed)


def _per_item(query: Any, by: Any = Edition.item) -> dict[int, int]:
    return dict(query.group_by(by).tuples())


def title_page(store: Store, item_id: int) -> TitlePage | None:
    """The page of a title, or None when there is no such title any more."""
    if not Item.select().where(Item.id == item_id).exists():
        return None
    detail = show_item(item_id)
    gifts = list(Gift.select().where(Gift.item == item_id))
    posts = (
        Post.select(Post, Person)
        .left_outer_join(Person)
        .where((Post.item == item_id) & (Post.text != ""))
        .order_by(Post.posted_on.desc(), Post.id.desc())
    )
    return TitlePage(
        detail=detail,
        strip=strip_of(store, gifts),
        apart=apart_of(gifts),
        copies=tuple(_copies(store, detail)),
        said=tuple(
            Said(
                post.text,
                post.person_id,
                post.person.name if post.person_id else "",
                post.kind,
                post.platform,
                post.posted_on,
                post.id,
            )
            for post in posts
        ),
    )


def apart_of(gifts: Iterable[Gift | GiftFacts]) -> dict[str, int]:
    """By deal how many gifts there are for which something was agreed in return."""
    counts: dict[str, int] = {}
    for deal in deals_as_counted(gifts).values():
        if deal != Deal.GIFT:
            counts[deal] = counts.get(deal, 0) + 1
    return counts


def strip_of(store: Store, gifts: Iterable[Gift | GiftFacts]) -> dict[str, int]:
    """How many gifts with nothing asked in return came how far; posted, reading and quiet are those that arrived."""
    gifts = list(gifts)
    deals = deals_as_counted(gifts)
    gifts = [gift for gift in gifts if deals[gift.id] == Deal.GIFT]
    shown = stages(store, gifts)
    counts = dict.fromkeys(STRIP, 0)
    for gift in gifts:
        for name in reached(gift.state, shown[gift.id].value):
            counts[name] += 1
    return counts


def reached(state: str, stage: str) -> tuple[str, ...]:
    """The numbers of the strip that a gift with nothing asked in return is counted in."""
    is_over = stage in (Stage.POSTED, Stage.READING, Stage.QUIET)
    return (*STRIP[: _REACHED[GiftState(state)] + 1], *((stage,) if is_over else ()))


def _copies(store: Store, detail: ItemDetail) -> list[Copies]:
    ids = [edition.id for edition in detail.editions]
    shipped = dict(
        StockMovement.select(StockMovement.edition, fn.sum(StockMovement.quantity))
        .where(StockMovement.edition.in_(ids))
        .where(StockMovement.reason.in_(("shipped", "returned")))
        .group_by(StockMovement.edition)
        .tuples()
    )
    lapsed = lapsed_codes(store, ids)
    return [
        Copies(
            format=edition.format,
            variant=edition.variant,
            out=-shipped.get(edition.id, 0),
            promised=edition.promised,
            left=max(0, edition.copies - edition.promised - lapsed[edition.id]),
            codes=bool(edition.codes),
            lapsed=lapsed[edition.id],
            expires_on=edition.expires_on,
        )
        for edition in detail.editions
    ]
