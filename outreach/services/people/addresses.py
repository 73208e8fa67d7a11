"""Where people get post: saving an address, and the day on which it was confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.places import country_code
from outreach.fields.text import clean, unseen
from outreach.services.people.fields import whole_day
from outreach.store.database import Store
from outreach.store.models import Address, Person, Shipment

PARTS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")


@dataclass(frozen=True, slots=True)
class Place:
    """An address of a person, with its days; empty where they are not known."""

    id: int
    parts: Mapping[str, str]
    is_current: bool
    since: str
    until: str
    confirmed_on: str

    @property
    def line(self) -> str:
        """The address in one line."""
        return ", ".join(filter(None, (self.parts[name] for name in PARTS)))


def places_of(person_id: int) -> tuple[Place, ...]:
    """All addresses of a person, the current one first, then those she left last."""
    rows = Address.select().where(Address.person == person_id)
    return tuple(
        Place(row.id, {name: getattr(row, name) for name in PARTS}, bool(row.is_current), row.since_on or "",
              row.until_on or "", row.confirmed_on or "")
        for row in rows.order_by(Address.is_current.desc(), Address.until_on.desc(), Address.id.desc())
    )  # fmt: skip


def current_address(person_id: int) -> Address | None:
    """The address that parcels to a person go to."""
    found = Address.select().where((Address.person == person_id) & (Address.is_current == 1))
    address: Address | None = found.order_by(-Address.id).first()
    return address


def save_address(store: Store, person_id: int, parts: Mapping[str, str], *, confirmed: bool = False) -> Changes:
    """Make this the address that parcels to a person go to; another one before it is kept as an older one.

    Args:
        store: The open workspace.
        person_id: Whose it is.
        parts: The address by `PARTS`, and perhaps ``since``, the day from which it holds.
        confirmed: Whether she said today that it is right.

    Raises:
        KnownError: ``addresses.unseen``, ``addresses.no_street``, ``people.no_day``.
    """
    for name in PARTS:
        signs = unseen(parts.get(name, ""))
        if signs:
            raise KnownError("addresses.unseen", line=clean(parts[name]), signs=", ".join(signs))
    columns = {name: clean(parts.get(name, "")) for name in PARTS}
    columns["country"] = country_code(columns["country"]) or columns["country"]
    if not columns["line1"]:
        raise KnownError("addresses.no_street")
    before = current_address(person_id)
    is_same = before is not None and all(getattr(before, name) == value for name, value in columns.items())
    today = store.today().isoformat()
    with store.operation(Op.SAVE_ADDRESS) as written:
        if before is not None and is_same:
            if confirmed:
                Address.update(confirmed_on=today).where(Address.id == before.id).execute()
        else:
            _close_current(person_id, today)
            made = Address.create(
                person=person_id, **columns, confirmed_on=today if confirmed else None, created_at=store.now(),
                since_on=whole_day(parts.get("since", "")) or today,
            )  # fmt: skip
            _move_packed(person_id, made)
    return written.changes


def use_address(store: Store, address_id: int) -> Changes:
    """Send parcels to another known address of a person from now on; what is packed goes there too."""
    address = Address.get_by_id(address_id)
    with store.operation(Op.SAVE_ADDRESS) as written:
        if not address.is_current:
            _close_current(address.person_id, store.today().isoformat())
            Address.update(is_current=1, until_on=None).where(Address.id == address_id).execute()
            _move_packed(address.person_id, address)
    return written.changes


def confirm_address(store: Store, address_id: int) -> Changes:
    """She said today that an address is right."""
    with store.operation(Op.SAVE_ADDRESS) as written:
        Address.update(confirmed_on=store.today().isoformat()).where(Address.id == address_id).execute()
    return written.changes


def remove_address(store: Store, address_id: int) -> Changes:
    """Let an address go; parcels that went there keep what stood on them."""
    with store.operation(Op.SAVE_ADDRESS) as written:
        Address.delete().where(Address.id == address_id).execute()
    return written.changes


def _close_current(person_id: int, today: str) -> None:
    mine = (Address.person == person_id) & (Address.is_current == 1)
    Address.update(is_current=0, until_on=today).where(mine).execute()


def _move_packed(person_id: int, address: Address) -> None:
    """What is packed and has not gone yet goes to the new address; what has gone keeps the one it went to."""
    place = {name: getattr(address, name) for name in PARTS}
    place["deliver_to"] = place["deliver_to"] or Person.get_by_id(person_id).name
    Shipment.update(**place, address=address.id).where(
        (Shipment.person == person_id) & (Shipment.state == "packing")
    ).execute()
