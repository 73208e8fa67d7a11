"""Many who said yes, to be packed and sent."""

from collections.abc import Sequence

from outreach.changes import Op
from outreach.services.catalogue.catalogue import add_item
from outreach.services.shipments.carriers import s10_number
from outreach.store.database import Store
from outreach.store.models import Address, Gift, Person


def many(store: Store, number: int) -> list[int]:
    """People with a good address each, and their accepted gifts of one title, whose ids are returned."""
    today, now = store.today().isoformat(), store.now()
    gifts = []
    item, _ = add_item(store, "The Salt Orchard", {"author": "Safiya Renn"})
    with store.operation(Op.PLAN_GIFTS):
        for each in range(number):
            person = Person.create(
                name=f"Reader {each:04}",
                name_key=f"reader {each:04}",
                sort_name=f"{each:04}",
                created_at=now,
                updated_at=now,
            )
            Address.create(person=person, line1=f"{each + 1} Marl Rise", city="Kendal", postcode="LA9 5TT", country="GB",
                           is_current=1, confirmed_on=today, created_at=now)  # fmt: skip
            gifts.append(Gift.create(person=person, item=item, state="accepted", state_on=today, created_at=now).id)
    return gifts


def numbers(count: int) -> list[str]:
    """So many tracking numbers, each with its check digit."""
    return [s10_number("RM", 47300000 + each, "GB") for each in range(count)]


def states_of(gifts: Sequence[int]) -> set[str]:
    """How far some gifts are."""
    return {gift.state for gift in Gift.select().where(Gift.id.in_(list(gifts)))}
