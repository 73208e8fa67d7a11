"""The page of a match: the title at hand, and what it can be given as."""

from dataclasses import dataclass

from outreach.services.catalogue.catalogue import EditionStock, ItemDetail, show_item
from outreach.services.pages.title import title_lines
from outreach.store.database import Store
from outreach.store.models import Campaign, Gift, Item


@dataclass(frozen=True, slots=True)
class MatchTitle:
    """A title that people are matched to.

    Attributes:
        editions: Those of which there are copies, most first.
        campaign: The campaign that its newest gift belongs to, empty where there is none.
    """

    detail: ItemDetail
    editions: tuple[EditionStock, ...]
    campaign: str


def match_title(item_id: int) -> MatchTitle | None:
    """What a match shows of its title, or None when there is no such title any more."""
    if not Item.select().where(Item.id == item_id).exists():
        return None
    detail = show_item(item_id)
    newest = Gift.select(Gift, Campaign).join(Campaign).where(Gift.item == item_id).order_by(-Gift.id).first()
    editions = sorted(detail.editions, key=lambda each: each.promised - each.copies)
    return MatchTitle(detail, tuple(editions), newest.campaign.name if newest else "")


def first_title(store: Store) -> int:
    """The title that a match begins with: the next one to come of which there are copies, -1 where there is none."""
    lines = title_lines()
    today = store.today().isoformat()
    coming = [line for line in lines if line.left and line.pub_date >= today]
    chosen = min(coming, key=lambda line: line.pub_date) if coming else next(iter(lines), None)
    return chosen.id if chosen else -1
