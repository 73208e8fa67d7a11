"""What the page of book clubs shows beside clubs: events, venues, where readers are to be met, introductions."""

from dataclasses import dataclass

from outreach.services.programmes.programme import ProgrammeRow, list_programmes
from outreach.services.voices.events import EventRow, list_events
from outreach.services.voices.haunts import HauntRow, tally
from outreach.services.voices.referrals import Introducer, introducers
from outreach.services.voices.venues import VenueRow, list_venues
from outreach.store.database import Store
from outreach.store.models import Haunt, Item


@dataclass(frozen=True, slots=True)
class HauntLine:
    """A place that readers of a title share, as a line of a list."""

    id: int
    item_id: int
    title: str
    haunt: HauntRow


@dataclass(frozen=True, slots=True)
class IntroducerLine:
    """Someone who introduced people to us, as a line of a list; its id is the person's."""

    id: int
    who: Introducer


@dataclass(frozen=True, slots=True)
class Around:
    """All of it."""

    events: tuple[EventRow, ...]
    venues: tuple[VenueRow, ...]
    haunts: tuple[HauntLine, ...]
    introducers: tuple[IntroducerLine, ...]
    programmes: tuple[ProgrammeRow, ...] = ()


def around(store: Store) -> Around:
    """Everything beside clubs."""
    return Around(
        tuple(list_events()),
        tuple(list_venues()),
        tuple(_haunts()),
        tuple(IntroducerLine(each.person_id, each) for each in introducers(store)),
        tuple(list_programmes(store)),
    )


def _haunts() -> list[HauntLine]:
    found: list[HauntLine] = []
    titles = Item.select(Item.id, Item.title).join(Haunt).distinct().order_by(Item.title)
    for item, title in titles.tuples():
        found += [HauntLine(len(found) + number, item, title, row) for number, row in enumerate(tally(item), start=1)]
    return found
