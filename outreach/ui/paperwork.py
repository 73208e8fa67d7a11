"""What is printed for parcels: which paper, for whom and how; its pages are made on any thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from outreach.paper.labels import CARD, LabelPages, Placing
from outreach.paper.pages import Pages, Painted
from outreach.paper.slips import SlipPages
from outreach.services.drafting.senders import sender
from outreach.services.pages.parcels import destinations
from outreach.services.people.postal import address_lines
from outreach.services.shipments.labels import paper_of, sheet
from outreach.services.shipments.slips import note_cards, slips
from outreach.store.database import Store
from outreach.wording import Words
from outreach.wording.slips import card_lines, paper_doubts, slip_text


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """What is wanted.

    Attributes:
        kind: ``labels``, ``slips`` or ``cards``.
        parcels: Of which parcels, in order.
        sheet: The kind of sheet of labels or cards, or the size of the paper of slips; empty for the usual one.
        placing: Where labels and cards go on their sheet.
        bars: Whether each label has its parcel's number as a bar code.
        done: Called when it was printed or saved.
    """

    kind: str
    parcels: tuple[int, ...]
    sheet: str = ""
    placing: Placing = field(default_factory=Placing)
    bars: bool = False
    done: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class CarrierOrder:
    """The file that is wanted for a carrier's program.

    Attributes:
        layout: The layout's name.
        parcels: Of which parcels, in order.
    """

    layout: str
    parcels: tuple[int, ...]


def made(words: Words, store: Store, order: PaperOrder) -> tuple[Pages, list[str]]:
    """The pages of an order, and whose each of its pieces is.

    Raises:
        KnownError: ``labels.bad_start``, ``labels.unknown_sheet``.
    """
    me = sender()
    names = destinations(order.parcels)
    if order.kind == "slips":
        found = slips(order.parcels, me.country)
        day = store.today().isoformat()
        pages = SlipPages([slip_text(words, each, me, day) for each in found], order.sheet or paper_of(me.country))
        return pages, [names[each.id][0] for each in found]
    if order.kind == "cards":
        cards, _ = note_cards(order.parcels)
        usual = "a6" if paper_of(me.country) == "A4" else "quarter"
        blocks = [card_lines(words, each, me) for each in cards]
        return (
            LabelPages(sheet(order.sheet or usual, "cards"), blocks, order.placing, style=CARD),
            [names[each.id][0] for each in cards],
        )
    blocks = [list(address_lines(names[each][1], me.country)) for each in order.parcels]
    codes = [f"s{each}" for each in order.parcels] if order.bars else []
    return LabelPages(sheet(order.sheet), blocks, order.placing, codes), [names[each][0] for each in order.parcels]


def warnings(words: Words, kind: str, painted: Painted, names: list[str]) -> list[str]:
    """What a person should look at before it is printed, a sentence each."""
    cut: Mapping[str, str] = {
        "labels": "shipments.label_cut", "slips": "shipments.slip_cut", "cards": "shipments.card_cut",
    }  # fmt: skip
    small = [names[each] for each in painted.shrunk if each not in painted.cut] if kind == "labels" else []
    return [
        *paper_doubts(words, names, painted.cut, painted.unreadable, painted.without_bars, cut=cut[kind]),
        *([words.say("shipments.label_shrunk", which=words.listing(small))] if small else []),
    ]
