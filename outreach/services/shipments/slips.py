"""What lies in each parcel, for the paper that goes along: slips, note cards, bookplates, the facts for customs."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from outreach.errors import KnownError
from outreach.fields.names import first_name_of
from outreach.fields.numbers import to_minor
from outreach.fields.text import person_sort_key
from outreach.paths import resource
from outreach.services.gifts.gifts import Deal, GiftState
from outreach.services.gifts.signing import Signing, signing_list
from outreach.services.people.postal import PostalAddress
from outreach.services.shipments.shipments import list_shipments
from outreach.store.models import Edition, Gift, Insert, Item, Letter, Person, Shipment, ShipmentGift, ShipmentInsert

_BOOK = "book"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """Copies of one edition in a parcel.

    Attributes:
        edition: Its form, how far along it is and its variant, as `Words.edition` takes them; None where it is open,
            and of what lies beside the gifts.
        signing: Whether the author signs the copy, or a plate that goes with it.
        value_minor: What all copies of this line are worth, in minor units; None where that is not known.
    """

    copies: int
    title: str
    by: str
    is_book: bool
    edition: tuple[str, str, str] | None
    value_minor: int | None
    currency: str
    signing: Signing = Signing.NONE
    weight_grams: int | None = None


@dataclass(frozen=True, slots=True)
class Customs:
    """The facts for the customs form of a parcel.

    Attributes:
        form: ``cn22`` or ``cn23``; empty where the value does not tell.
        heading: That of printed books, empty where the parcel holds no book.
        values: What everything is worth, in minor units by currency.
        is_valued: Whether the worth of every copy is known.
        weight_grams: Of the parcel as it was weighed, else of what is in it; None where that is not known.
    """

    form: str
    heading: str
    values: tuple[tuple[str, int], ...]
    is_valued: bool
    weight_grams: int | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A parcel's packing slip.

    Attributes:
        id: The parcel's.
        is_gift: Whether everything in it is given, with nothing agreed in return.
        customs: The facts for the form; None where none is needed.
    """

    id: int
    person: str
    address: PostalAddress
    lines: tuple[SlipLine, ...]
    is_gift: bool
    customs: Customs | None


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A card for a parcel, with the line that its letter opened with.

    Attributes:
        id: The parcel's.
        name: How she is called.
    """

    id: int
    name: str
    opening: str


@dataclass(frozen=True, slots=True)
class Plate:
    """A bookplate to be signed for somebody.

    Attributes:
        dedication: The words on it; empty where it is for her name alone.
    """

    name: str
    dedication: str
    title: str
    by: str


@dataclass(frozen=True, slots=True)
class SlipText:
    """A slip in words, as it is painted.

    Attributes:
        reference: The parcel's number, which also stands as a bar code.
        sender: From whom, the first line stands out.
        rows: Copies, title with author, form.
        notes: Paragraphs below the contents.
        customs: What the form asks for, its first line stands out; empty where none is needed.
    """

    reference: str
    title: str
    day: str
    sender: Sequence[str]
    address: Sequence[str]
    headings: tuple[str, str, str]
    rows: Sequence[tuple[str, str, str]]
    notes: Sequence[str]
    customs: Sequence[str] = ()


def slips(shipments: Sequence[int], home: str = "GB") -> list[Slip]:
    """The slips of some parcels, in their order.

    Args:
        shipments: Which parcels.
        home: The country that they are posted in.
    """
    rows = list_shipments(ids=shipments)
    found: dict[int, list[Gift]] = {row.id: [] for row in rows}
    packed = (
        ShipmentGift.select(ShipmentGift, Gift, Item).join(Gift).join(Item)
        .where(ShipmentGift.shipment.in_(list(found))).order_by(ShipmentGift.id)
    )  # fmt: skip
    for each in packed:
        found[each.shipment_id].append(each.gift)
    wanted = {gift.edition_id for some in found.values() for gift in some if gift.edition_id}
    editions = {row.id: row for row in Edition.select().where(Edition.id.in_(list(wanted)))}
    beside = _beside(list(found))
    weighed = dict(Shipment.select(Shipment.id, Shipment.weight_grams).where(Shipment.id.in_(list(found))).tuples())
    made = []
    for row in rows:
        lines = (*_lines(found[row.id], editions), *beside.get(row.id, ()))
        abroad = bool(row.address.country) and not _together(row.address.country, home)
        made.append(
            Slip(
                id=row.id, person=row.person, address=row.address, lines=lines,
                is_gift=all(gift.deal == Deal.GIFT for gift in found[row.id]),
                customs=customs_of(lines, weighed.get(row.id)) if abroad else None,
            )
        )  # fmt: skip
    return made


def customs_of(lines: Sequence[SlipLine], weighed: int | None = None) -> Customs:
    """The facts for the customs form of a parcel abroad.

    Args:
        lines: What is in it.
        weighed: What the whole parcel weighs, in grams, where that was noted.
    """
    values: dict[str, int] = {}
    for line in lines:
        if line.value_minor is not None:
            values[line.currency] = values.get(line.currency, 0) + line.value_minor
    is_valued = all(line.value_minor is not None for line in lines)
    form = ""
    if is_valued and len(values) == 1:
        ((currency, value),) = values.items()
        limit = _rules()["limits"].get(currency)
        if limit is not None:
            form = "cn22" if value <= to_minor(Decimal(limit), currency) else "cn23"
    heading = _rules()["headings"][_BOOK] if any(line.is_book for line in lines) else ""
    weights = [line.weight_grams for line in lines]
    summed = None if None in weights else sum(grams for grams in weights if grams is not None)
    return Customs(form, heading, tuple(values.items()), is_valued, weighed or summed or None)


def note_cards(shipments: Sequence[int]) -> tuple[list[NoteCard], list[int]]:
    """The cards of some parcels, and those parcels whose letters have no opening line of their own.

    The line is that of the newest letter to her about what lies in the parcel; one about another title is none.
    """
    rows = list_shipments(ids=shipments)
    items: dict[int, set[int]] = {}
    packed = (
        ShipmentGift.select(ShipmentGift.shipment, Gift.item).join(Gift)
        .where(ShipmentGift.shipment.in_([row.id for row in rows]))
    )  # fmt: skip
    for shipment, item in packed.tuples():
        items.setdefault(shipment, set()).add(item)
    people = {row.person_id for row in rows if row.person_id}
    letters: dict[int, list[tuple[int, str]]] = {}
    query = (
        Letter.select(Letter.person, Letter.item, Letter.opening)
        .where(Letter.person.in_(list(people)) & (Letter.opening != ""))
        .order_by(Letter.id.desc())
    )
    for person, item, opening in query.tuples():
        letters.setdefault(person, []).append((item, opening))
    names = {row.id: row.given_name or first_name_of(row.name) for row in Person.select().where(Person.id.in_(people))}
    made, without = [], []
    for row in rows:
        opening = next(
            (text for item, text in letters.get(row.person_id or 0, ()) if item in items.get(row.id, ())), ""
        )
        if opening:
            made.append(NoteCard(row.id, names.get(row.person_id or 0, row.address.deliver_to), opening))
        else:
            without.append(row.id)
    return made, without


def plates_of(item_id: int) -> list[Plate]:
    """The bookplates that are to be signed for a title, in the order of signing.

    Where none was asked for, they are those of everybody who waits for it, by name.

    Raises:
        KnownError: ``slips.no_plates`` where nobody waits for it.
    """
    item = Item.get_by_id(item_id)
    asked = signing_list(item_id, only=Signing.BOOKPLATE)
    if asked:
        return [Plate(row.person, row.dedication, item.title, item.author) for row in asked]
    waiting = (GiftState.CHOSEN.value, GiftState.ASKED.value, GiftState.ACCEPTED.value)
    rows = (
        Gift.select(Person.name).join(Person)
        .where((Gift.item == item_id) & (Gift.signing == "") & Gift.state.in_(waiting)).order_by(Gift.id)
    )  # fmt: skip
    names = sorted((name for (name,) in rows.tuples()), key=person_sort_key)
    if not names:
        raise KnownError("slips.no_plates", title=item.title)
    return [Plate(name, "", item.title, item.author) for name in names]


def _lines(gifts: Iterable[Gift], editions: dict[int, Edition]) -> Iterable[SlipLine]:
    """One line an edition and what is signed of it; copies of the same one are counted."""
    counted: dict[tuple[int, int | None, str], list[Gift]] = {}
    for gift in gifts:
        counted.setdefault((gift.item_id, gift.edition_id, gift.signing), []).append(gift)
    for (_, edition_id, signing), some in counted.items():
        item, edition = some[0].item, editions.get(edition_id or 0)
        yield SlipLine(
            copies=len(some), title=item.title, by=item.author, is_book=item.kind == _BOOK,
            edition=(edition.format, edition.kind, edition.variant) if edition is not None else None,
            value_minor=_times(edition.price_minor, len(some)) if edition is not None else None,
            currency=edition.currency if edition is not None else "", signing=Signing(signing),
            weight_grams=_times(edition.weight_grams, len(some)) if edition is not None else None,
        )  # fmt: skip


def _beside(shipments: Sequence[int]) -> dict[int, list[SlipLine]]:
    """What lies in parcels beside the gifts; worth what it costs us."""
    found: dict[int, list[SlipLine]] = {}
    packed = (
        ShipmentInsert.select(ShipmentInsert, Insert).join(Insert)
        .where(ShipmentInsert.shipment.in_(list(shipments))).order_by(ShipmentInsert.id)
    )  # fmt: skip
    for row in packed:
        each = row.parcel_insert
        line = SlipLine(
            copies=row.quantity, title=each.name, by="", is_book=False, edition=None,
            value_minor=_times(each.cost_minor, row.quantity), currency=each.cost_currency,
        )  # fmt: skip
        found.setdefault(row.shipment_id, []).append(line)
    return found


def _times(one: int | None, number: int) -> int | None:
    return None if one is None else one * number


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(resource("customs.toml").read_text(encoding="utf-8"))


def _together(country: str, home: str) -> bool:
    """Whether no customs lies between two countries."""
    return country == home or any({country, home} <= set(some) for some in _rules()["unions"].values())
