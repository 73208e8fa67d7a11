"""Where people get post: saving an address, and the day on which it was confirmed."""

from collections.abc import Mapping

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.places import country_code
from outreach.fields.text import clean
from outreach.store.database import Store
from outreach.store.models import Address, Person, Shipment

PARTS = ("deliver_to", "line1", "line2", "city", "region", "postcode", "country")


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
        parts: The address by `PARTS`.
        confirmed: Whether she said today that it is right.

    Raises:
        KnownError: ``addresses.no_street``.
    """
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
            Address.update(is_current=0).where(Address.person == person_id).execute()
            made = Address.create(
                person=person_id, **columns, confirmed_on=today if confirmed else None, created_at=store.now()
            )
            _move_packed(person_id, made)
    return written.changes


def _move_packed(person_id: int, address: Address) -> None:
    """What is packed and has not gone yet goes to the new address; what has gone keeps the one it went to."""
    place = {name: getattr(address, name) for name in PARTS}
    place["deliver_to"] = place["deliver_to"] or Person.get_by_id(person_id).name
    Shipment.update(**place, address=address.id).where(
        (Shipment.person == person_id) & (Shipment.state == "packing")
    ).execute()
