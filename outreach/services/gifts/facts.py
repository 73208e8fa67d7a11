"""What has to be known of a gift to say how far it came and as what it counts, and no more: of many at once."""

from dataclasses import dataclass
from typing import Any

from outreach.store.models import Gift
from outreach.store.models.base import raw_rows


@dataclass(slots=True)
class GiftFacts:
    """A gift as far as its stage and its deal are told by it; a hundred times as quick to read as a whole one."""

    id: int
    person_id: int | None
    deal: str
    state: str
    state_on: str
    delivered_on: str | None
    hope_until: str | None


def facts_query() -> Any:
    """The columns of `GiftFacts`, as a query."""
    return Gift.select(Gift.id, Gift.person, Gift.deal, Gift.state, Gift.state_on, Gift.delivered_on, Gift.hope_until)


def gift_facts(which: Any) -> list[GiftFacts]:
    """The gifts of a condition."""
    return [GiftFacts(*row) for row in raw_rows(facts_query().where(which))]
