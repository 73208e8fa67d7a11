"""What waits for the user: letters to write and approve, parcels to pack and send, people to ask again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from outreach.services.drafting.drafts import PITCH
from outreach.services.feeds.found import waiting_count
from outreach.services.gifts.ask_first import asked, waits_for_answer
from outreach.services.gifts.back_planning import to_send
from outreach.services.gifts.gifts import GiftState
from outreach.services.gifts.hopes import AT_ONCE, hope_over, told
from outreach.services.gifts.promises import short
from outreach.services.pages.inbox import waiting_facts
from outreach.services.pages.parcels import parcel_counts, unpacked
from outreach.services.people import asking
from outreach.services.rights.uses import ending
from outreach.services.shipments.shipments import ShipmentState
from outreach.services.workspaces.data_rules import confirmed_since
from outreach.store.database import Store
from outreach.store.models import Address, Gift, Item, Letter, Person, Shipment

#: So many kinds are shown; more would be a list that nobody reads.
MOST_KINDS = 8
#: What has a day to keep stands first; what may wait for ever stands last.
_PLACES = {"leave": 0, "short": 0, "take_down": 0, "close": 2}
#: A parcel is given so much time before anybody looks after it.
_ON_ITS_WAY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the user.

    Attributes:
        code: ``write``, ``approve``, ``send``, ``address``, ``pack``, ``track``, ``arrived``, ``ask_again``, ``leave``
            for parcels that must leave within days, ``short`` for copies that are promised and not there, ``close``,
            ``rights`` for permissions that end within days, ``take_down`` for posts that are shown without one, or
            ``found`` for found posts to look at.
        count: How many of it.
        since: The ISO day from which the first of it waits.
        title: The title of the first, empty where they have none; of ``found`` that of the newest.
        person: Who the first of them is for or by; of ``found`` whoever wrote the newest.
        row_id: What to open: a title's id, a person's, or -1 for the place itself.
        day: Of ``leave`` the day by which the first must leave, today where that has passed; of ``rights`` the day on
            which the first ends.
        titles: How many titles it is about, where that is told.
    """

    code: str
    count: int
    since: str
    title: str
    person: str
    row_id: int = -1
    day: str = ""
    titles: int = 1


def waiting(store: Store) -> list[Waiting]:
    """What waits, the oldest debt first.

    Today and the rail beside it ask for it at the same moments, after every write.
    """
    return list(store.once(("waiting", store.today()), lambda: _waiting(store)))


def _waiting(store: Store) -> list[Waiting]:
    packed = Shipment.select(Shipment, Person).left_outer_join(Person).order_by(Shipment.created_at, Shipment.id)
    to_confirm, to_pack = _unpacked(store)
    sent = packed.where(Shipment.state == ShipmentState.SENT)
    late = (store.today() - _ON_ITS_WAY).isoformat()
    found = [
        _gifts_waiting("write", list(_to_write()), opens_title=True),
        _letters_waiting("approve", "draft"),
        _letters_waiting("send", "approved"),
        _gifts_waiting("address", to_confirm),
        _gifts_waiting("pack", to_pack),
        _parcels_waiting("track", list(packed.where(Shipment.state == ShipmentState.PACKING))),
        _parcels_waiting("arrived", list(sent.where(Shipment.sent_on <= late).order_by(Shipment.sent_on))),
        _people_waiting(store),
        _leaving(store),
        _short(store),
        _to_close(store),
        _rights(store),
        _found(store),
    ]
    waits = (each for each in found if each is not None)
    return sorted(waits, key=lambda each: (_PLACES.get(each.code, 1), each.since))[:MOST_KINDS]


def waiting_counts(store: Store) -> dict[str, int]:
    """How many things wait: kinds of them on Today, letters and parcels on their pages."""
    parcels = parcel_counts()
    return {
        "today": len(waiting(store)),
        "letters": _to_write().count(),
        "shipments": parcels.to_pack + parcels.packed,
        "posts": waiting_count(),
    }


def _to_write() -> Any:
    drafted = Letter.select(Letter.gift).where(Letter.gift.is_null(False))
    found = Gift.select(Gift, Item, Person).join(Item).switch(Gift).join(Person)
    found = found.where((Gift.state == GiftState.CHOSEN) & Gift.id.not_in(drafted))
    return found.order_by(Gift.state_on, Gift.id)


def _unpacked(store: Store) -> tuple[list[Gift], list[Gift]]:
    """Accepted gifts whose address is to be confirmed first, and those that can be packed.

    Who was asked by letter lately and has not answered yet is left alone.
    """
    confirmed = Address.select(Address.person).where(
        (Address.is_current == 1) & (Address.confirmed_on >= confirmed_since(store))
    )
    gifts = unpacked(Gift, Item, Person).join(Item).switch(Gift).join(Person)
    unconfirmed = list(gifts.where(Gift.person.not_in(confirmed)))
    known = asked(store, [gift.id for gift in unconfirmed])
    hers = [gift for gift in unconfirmed if not waits_for_answer(store, known[gift.id])]
    return hers, list(gifts.where(Gift.person.in_(confirmed)))


def _gifts_waiting(code: str, gifts: Sequence[Gift], *, opens_title: bool = False) -> Waiting | None:
    if not gifts:
        return None
    first, titles = gifts[0], len({gift.item_id for gift in gifts})
    opens = first.item_id if opens_title else -1
    return Waiting(code, len(gifts), first.state_on, first.item.title, first.person.name, opens, titles=titles)


def _letters_waiting(code: str, state: str) -> Waiting | None:
    letters = list(
        Letter.select(Letter.id, Letter.to_name, Letter.drafted_at, Item.id, Item.title)
        .join(Item)
        .switch(Letter)
        .join(Gift)
        .where((Letter.state == state) & (Letter.kind == PITCH) & (Gift.state == GiftState.CHOSEN))
        .order_by(Letter.drafted_at, Letter.id)
        .tuples()
    )
    if not letters:
        return None
    _, name, drafted_at, item_id, title = letters[0]
    return Waiting(code, len(letters), drafted_at[:10], title, name, item_id)


def _parcels_waiting(code: str, parcels: Sequence[Shipment]) -> Waiting | None:
    if not parcels:
        return None
    first = parcels[0]
    name = first.person.name if first.person_id else ""
    return Waiting(code, len(parcels), first.sent_on or first.created_at[:10], "", name)


def _people_waiting(store: Store) -> Waiting | None:
    due = asking.due(store)
    if not due:
        return None
    count = len({each.person_id for each in due})
    return Waiting("ask_again", count, due[0].since, due[0].title, due[0].person, due[0].person_id)


def _leaving(store: Store) -> Waiting | None:
    """What must leave within days to be read in time."""
    due = to_send(store)
    if not due:
        return None
    day = max(due[0].leave_by, store.today().isoformat())
    return Waiting("leave", len(due), due[0].leave_by, due[0].title, due[0].person, day=day)


def _short(store: Store) -> Waiting | None:
    """Copies that are promised and not there, since the world took them."""
    missing = short(store)
    if not missing:
        return None
    number, today = sum(each.missing for each in missing), store.today().isoformat()
    return Waiting("short", number, today, missing[0].title, "", missing[0].item_id)


def _to_close(store: Store) -> Waiting | None:
    """Gifts of which hope has reasonably ended, to close quietly."""
    over = hope_over(store, AT_ONCE)
    if not over:
        return None
    (first,) = told(store, over[:1])
    return Waiting("close", len(over), first.until, first.title, first.person)


def _rights(store: Store) -> Waiting | None:
    """What is shown though it may be no longer, else permissions that end soon: one may ask once more."""
    due = ending(store)
    over = [each for each in due if each.is_over]
    some = over or due
    if not some:
        return None
    code, first = "take_down" if over else "rights", some[0]
    return Waiting(code, len(some), first.ends_on, first.title, first.person, first.post_id, day=first.ends_on)


def _found(store: Store) -> Waiting | None:
    """Found posts that nobody has looked at."""
    number = waiting_count()
    if not number:
        return None
    person, title, since = waiting_facts()
    return Waiting("found", number, since or store.today().isoformat(), title, person)
