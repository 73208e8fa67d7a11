"""The batch: what is on its way from a yes to the post, row by row, each step open at any time.

A row is a parcel that is being packed, or all accepted gifts of one person that are not packed yet. A step that needs a
parcel packs what is not packed yet in the same transaction, so that one undo takes back both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.pages.parcels import gift_of_row, unpacked
from outreach.services.people.addresses import PARTS
from outreach.services.people.postal_doubts import address_doubts
from outreach.services.shipments.shipments import (
    ShipmentState,
    note_number,
    pack,
    packable,
    refuse_suppressed,
    send_one,
)
from outreach.store.database import Store
from outreach.store.models import Address, Gift, Shipment, ShipmentGift

#: So many ids stand in one question to SQLite.
_CHUNK = 500
#: So many parcels are packed between two reports.
_FEW = 50


@dataclass(frozen=True, slots=True)
class Batched:
    """What a step did.

    Attributes:
        parcels: The parcels it was done to.
        refused: Why others could not be packed, one reason each; they keep nobody waiting.
        changes: What was written.
        confirmed: How many addresses were confirmed.
    """

    parcels: tuple[int, ...]
    refused: tuple[KnownError, ...]
    changes: Changes
    confirmed: int = 0


def pack_rows(store: Store, rows: Sequence[int], job: Job | None = None) -> Batched:
    """Pack what is not packed yet of some rows; what cannot be packed is told."""
    with store.operation(Op.CREATE_SHIPMENTS) as written:
        made, refused = _pack(store, _gifts_of(rows), job)
    return Batched(tuple(made), tuple(refused), written.changes)


def number_rows(store: Store, numbers: Mapping[int, str], job: Job | None = None) -> Batched:
    """Note the tracking numbers of some rows, and pack those that are not packed yet.

    A parcel that is on its way already gets another number; a number of what cannot be packed is not noted.

    Raises:
        KnownError: ``shipments.not_packing`` or ``shipments.number_taken``. Then none is noted.
    """
    with store.operation(Op.NOTE_NUMBERS) as written:
        parcels, refused = _parcels(store, list(numbers), job)
        _refuse_states(list(parcels.values()), ShipmentState.PACKING, ShipmentState.SENT)
        for done, (row, parcel) in enumerate(parcels.items()):
            _report(job, done, len(parcels))
            note_number(parcel, numbers[row])
    return Batched(tuple(parcels.values()), tuple(refused), written.changes)


def ship_rows(store: Store, rows: Sequence[int], on: str = "", job: Job | None = None) -> Batched:
    """Note that some rows are on their way, with a tracking number or without; what is not packed is packed first.

    Raises:
        KnownError: ``shipments.not_packing`` or ``shipments.suppressed``. Then none is noted.
    """
    day = on or store.today().isoformat()
    with store.operation(Op.SEND_SHIPMENTS) as written:
        parcels, refused = _parcels(store, rows, job)
        going = list(dict.fromkeys(parcels.values()))
        refuse_suppressed(store, going)
        _refuse_states(going, ShipmentState.PACKING)
        for done, parcel in enumerate(going):
            _report(job, done, len(going))
            send_one(store, parcel, day)
    return Batched(tuple(going), tuple(refused), written.changes)


def accept_addresses(store: Store, rows: Sequence[int]) -> Batched:
    """The user looked at the addresses of some rows, and they are right.

    They count as confirmed today. A row whose address is warned of all the same is packed, since that was looked at.
    """
    people = _people_of(rows)
    with store.operation(Op.SAVE_ADDRESS) as written:
        today, confirmed = store.today().isoformat(), 0
        for start in range(0, len(people), _CHUNK):
            mine = Address.person.in_(people[start : start + _CHUNK]) & (Address.is_current == 1)
            confirmed += Address.update(confirmed_on=today).where(mine).execute()
        made, refused = _pack(store, _doubtful(_gifts_of(rows)), None)
    return Batched(tuple(made), tuple(refused), written.changes, confirmed)


def _pack(store: Store, together: Sequence[list[int]], job: Job | None) -> tuple[list[int], list[KnownError]]:
    """Pack what can be packed, the gifts of one parcel `together`, inside the caller's operation."""
    made: list[int] = []
    refused: list[KnownError] = []
    for start in range(0, len(together), _FEW):
        _report(job, start, len(together))
        ready, left = packable(store, [gift for gifts in together[start : start + _FEW] for gift in gifts])
        made += pack(store, ready) if ready else []
        refused += left
    return made, refused


def _refuse_states(parcels: Sequence[int], *states: ShipmentState) -> None:
    """Refuse parcels that are further than some states."""
    for start in range(0, len(parcels), _CHUNK):
        some = Shipment.id.in_(list(parcels[start : start + _CHUNK]))
        further = Shipment.select().where(some & Shipment.state.not_in([each.value for each in states])).first()
        if further is not None:
            raise KnownError("shipments.not_packing", shipment=f"s{further.id}", state=further.state)


def _report(job: Job | None, done: int, total: int) -> None:
    if job is not None:
        job.report(done, total=total)


def _parcels(store: Store, rows: Sequence[int], job: Job | None) -> tuple[dict[int, int], list[KnownError]]:
    """By row its parcel; what is not packed is packed, inside the caller's operation."""
    _, refused = _pack(store, _gifts_of(rows), job)
    held = _parcels_of([gift_of_row(each) for each in rows if each < -1])
    found = {row: row if row > 0 else held.get(gift_of_row(row), 0) for row in rows}
    return {row: parcel for row, parcel in found.items() if parcel}, refused


def _parcels_of(gifts: Sequence[int]) -> dict[int, int]:
    """By gift the parcel in which it is being packed."""
    found: dict[int, int] = {}
    for start in range(0, len(gifts), _CHUNK):
        packing = ShipmentGift.gift.in_(list(gifts[start : start + _CHUNK])) & (
            Shipment.state == ShipmentState.PACKING.value
        )
        query = ShipmentGift.select(ShipmentGift.gift, ShipmentGift.shipment).join(Shipment).where(packing)
        found.update(query.tuples())
    return found


def _people_of(rows: Sequence[int]) -> list[int]:
    """Whose rows these are."""
    found: set[int] = set()
    for ids, table in (([gift_of_row(each) for each in rows if each < -1], Gift),
                       ([each for each in rows if each > 0], Shipment)):  # fmt: skip
        for start in range(0, len(ids), _CHUNK):
            query = table.select(table.person).where(table.id.in_(ids[start : start + _CHUNK]))
            found.update(person for (person,) in query.tuples() if person is not None)
    return sorted(found)


def _doubtful(together: Sequence[list[int]]) -> list[list[int]]:
    """Those of some parcels whose address is warned of."""
    first = [gifts[0] for gifts in together]
    odd: set[int] = set()
    for start in range(0, len(first), _CHUNK):
        some = Gift.id.in_(first[start : start + _CHUNK])
        people = dict(Gift.select(Gift.id, Gift.person).where(some).tuples())
        current = Address.select().where(Address.person.in_(list(people.values())) & (Address.is_current == 1))
        places = {row.person_id: {name: getattr(row, name) for name in PARTS} for row in current.order_by(Address.id)}
        odd |= {gift for gift, person in people.items() if person in places and address_doubts(places[person])}
    return [gifts for gifts in together if gifts[0] in odd]


def _gifts_of(rows: Sequence[int]) -> list[list[int]]:
    """The gifts that are still to be packed for whoever some rows are of; those of one person go in one parcel."""
    people = _people_of([each for each in rows if each < -1])
    found: dict[int, list[int]] = {}
    for start in range(0, len(people), _CHUNK):
        query = unpacked(Gift.person, Gift.id).where(Gift.person.in_(people[start : start + _CHUNK]))
        for person, gift in query.tuples():
            found.setdefault(person, []).append(gift)
    return list(found.values())
