"""Editions: the forms of a title, and of a product its variants, with number, worth and cost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.fields.isbn import parse_gtin, parse_isbn
from outreach.fields.numbers import currency_of, from_minor, parse_amount, parse_count, parse_weight, to_minor
from outreach.fields.text import clean
from outreach.services.catalogue.stock import StockReason, note_movement
from outreach.store.database import Store
from outreach.store.models import Edition, Item


class EditionFormat(StrEnum):
    """The form that an edition comes in."""

    HARDBACK = "hardback"
    PAPERBACK = "paperback"
    PROOF = "proof"
    EGALLEY = "egalley"
    EBOOK = "ebook"
    AUDIOBOOK = "audiobook"
    PRODUCT = "product"
    DOWNLOAD = "download"


class EditionKind(StrEnum):
    """How far along a copy is."""

    PROOF = "proof"
    EGALLEY = "egalley"
    FINISHED = "finished"


#: Forms that travel as a link or a code rather than in a parcel.
DIGITAL = frozenset({EditionFormat.EGALLEY, EditionFormat.EBOOK, EditionFormat.AUDIOBOOK, EditionFormat.DOWNLOAD})

#: What can be changed of an edition, each as text.
EDITION_FIELDS = ("format", "isbn", "gtin", "variant", "price", "cost", "pages", "weight", "pub_date")


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition to add.

    Attributes:
        price: What a copy is worth, apart from `cost`, what it costs us.
        variant: Of a product, its colour, size or flavour.
        copies: How many are here.
    """

    format: EditionFormat
    isbn: str = ""
    price: Decimal | None = None
    currency: str = ""
    copies: int = 0
    gtin: str = ""
    variant: str = ""
    cost: Decimal | None = None
    cost_currency: str = ""


def edition_kind(edition_format: str) -> EditionKind:
    """How far along copies of a format are."""
    return {
        EditionFormat.PROOF: EditionKind.PROOF,
        EditionFormat.EGALLEY: EditionKind.EGALLEY,
    }.get(EditionFormat(edition_format), EditionKind.FINISHED)


def edition_name(edition_id: int) -> str:
    """An edition in words: its title and its format."""
    edition = Edition.get_by_id(edition_id)
    return f"{edition.item.title} ({edition.format or edition.kind})"


def add_edition(store: Store, item_id: int, new: NewEdition) -> int:
    """Add an edition inside the caller's operation, with the copies that are here.

    Raises:
        KnownError: ``catalogue.bad_isbn``, ``catalogue.isbn_taken``, ``catalogue.bad_gtin``, ``catalogue.bad_price``.
    """
    edition = Edition.create(
        item=item_id,
        format=new.format.value,
        kind=edition_kind(new.format).value,
        isbn13=_isbn(new.isbn, 0),
        gtin=_gtin(new.gtin, 0),
        variant=clean(new.variant),
        price_minor=_minor(new.price, new.currency),
        currency=new.currency if new.price is not None else "",
        cost_minor=_minor(new.cost, new.cost_currency),
        cost_currency=new.cost_currency if new.cost is not None else "",
    )
    if new.copies:
        note_movement(store, edition.id, new.copies, StockReason.RECEIVED)
    return int(edition.id)


def edit_edition(store: Store, edition_id: int, values: Mapping[str, str]) -> Changes:
    """Change what is known of an edition; an empty value takes it away.

    Args:
        store: The open workspace.
        edition_id: Which one.
        values: By names of `EDITION_FIELDS`; prices with their currency, such as ``12.99 GBP`` or ``£12.99``.

    Raises:
        KnownError: as `add_edition`, ``catalogue.unknown_field``, ``catalogue.bad_date``, ``catalogue.bad_pages``,
            ``catalogue.bad_weight``, ``catalogue.unknown_format``.
    """
    before = Edition.get_by_id(edition_id)
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if name not in _READ:
            raise KnownError("catalogue.unknown_field", name=name, known=", ".join(EDITION_FIELDS))
        columns |= _READ[name](value.strip(), before)
    with store.operation(Op.EDIT_EDITION) as written:
        if columns:
            Edition.update(**columns).where(Edition.id == edition_id).execute()
            touch_item(store, before.item_id)
    return written.changes


def touch_item(store: Store, item_id: int) -> None:
    """Note that a title was worked on, inside the caller's operation: an import that added it then stays."""
    Item.update(updated_at=store.now()).where(Item.id == item_id).execute()


def parse_price(text: str, otherwise: str = "") -> tuple[Decimal | None, str]:
    """An amount and its currency, such as ``12.99 GBP``; nothing for an empty text.

    Args:
        text: As typed.
        otherwise: The currency of a bare amount.

    Raises:
        KnownError: ``catalogue.bad_price``.
    """
    if not text.strip():
        return None, ""
    amount = parse_amount(text)
    currency = currency_of(text) or currency_of(text.strip()[-3:]) or otherwise
    if amount is None or not currency:
        raise KnownError("catalogue.bad_price", value=text)
    return amount, currency


def price_text(minor: int | None, currency: str) -> str:
    """An amount as `parse_price` reads it."""
    return "" if minor is None else f"{from_minor(minor, currency)} {currency}".strip()


def _minor(amount: Decimal | None, currency: str) -> int | None:
    if amount is not None and not currency:
        raise KnownError("catalogue.bad_price", value=str(amount))
    return None if amount is None else to_minor(amount, currency)


def _isbn(text: str, own: int) -> str | None:
    if not text:
        return None
    isbn13 = parse_isbn(text).isbn13
    if isbn13 is None:
        raise KnownError("catalogue.bad_isbn", value=text)
    _refuse_taken((Edition.isbn13 == isbn13) & (Edition.id != own), text)
    return isbn13


def _gtin(text: str, own: int) -> str | None:
    if not text:
        return None
    gtin = parse_gtin(text)
    if gtin is None:
        raise KnownError("catalogue.bad_gtin", value=text)
    _refuse_taken((Edition.gtin == gtin) & (Edition.id != own), text)
    return gtin


def _refuse_taken(which: Any, text: str) -> None:
    taken = Edition.get_or_none(which)
    if taken is not None:
        raise KnownError("catalogue.isbn_taken", value=text, other=edition_name(taken.id))


def _format(text: str, _before: Edition) -> dict[str, Any]:
    if text not in set(EditionFormat):
        raise KnownError("catalogue.unknown_format", value=text, known=", ".join(EditionFormat))
    return {"format": text, "kind": edition_kind(text).value}


def _price(text: str, before: Edition) -> dict[str, Any]:
    amount, currency = parse_price(text, before.currency)
    return {"price_minor": None if amount is None else to_minor(amount, currency), "currency": currency}


def _cost(text: str, before: Edition) -> dict[str, Any]:
    amount, currency = parse_price(text, before.cost_currency or before.currency)
    return {"cost_minor": None if amount is None else to_minor(amount, currency), "cost_currency": currency}


def _pages(text: str, _before: Edition) -> dict[str, Any]:
    pages = parse_count(text) if text else None
    if text and not pages:
        raise KnownError("catalogue.bad_pages", value=text)
    return {"pages": pages}


def _weight(text: str, _before: Edition) -> dict[str, Any]:
    grams = parse_weight(text) if text else None
    if text and grams is None:
        raise KnownError("catalogue.bad_weight", value=text[:50])
    return {"weight_grams": grams}


def _day(text: str, _before: Edition) -> dict[str, Any]:
    day = parse_day(text) if text else None
    if text and day is None:
        raise KnownError("catalogue.bad_date", name="pub_date", value=text)
    return {"pub_date": day}


_READ: dict[str, Callable[[str, Edition], dict[str, Any]]] = {
    "format": _format,
    "isbn": lambda text, before: {"isbn13": _isbn(text, before.id)},
    "gtin": lambda text, before: {"gtin": _gtin(text, before.id)},
    "variant": lambda text, _: {"variant": clean(text)},
    "price": _price,
    "cost": _cost,
    "pages": _pages,
    "weight": _weight,
    "pub_date": _day,
}
