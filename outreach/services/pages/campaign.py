"""A campaign's page: its goal, its money, how far its gifts came, and everyone in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from peewee import fn

from outreach.services.campaigns.budget import Budget, budget_of
from outreach.services.campaigns.campaign import CampaignFacts, campaign_facts
from outreach.services.campaigns.goals import GoalFacts, goals_of
from outreach.services.campaigns.roster import RosterLine, roster_of
from outreach.services.campaigns.steps import StepRow, steps_of
from outreach.services.gifts.facts import gift_facts
from outreach.services.pages.title import apart_of, strip_of
from outreach.services.posts import Nature
from outreach.services.programmes.standing import free_gifts
from outreach.store.database import Store
from outreach.store.models import Address, Campaign, Gift, Item, Letter, Outcome, Person, Post, ShipmentGift

#: Shorter titles are words of any sentence.
_NAME = 6


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Everything a campaign's page shows.

    Attributes:
        strip: How far gifts came with which nothing was asked in return; posted, reading and quiet are those delivered.
        apart: By deal how many others there are; they are never added to these.
        lines: Everyone in it, by stage.
        organic: How many organic posts these gifts led to.
        letters: How many letters were written for them.
        shipments: How many parcels they went in.
        unconfirmed: Who has no postal address that was confirmed.
        thanked: Which gifts were answered with thanks after their post, and when.
        named: The books that are named in why someone was chosen; their names are set as titles.
    """

    facts: CampaignFacts
    goals: tuple[GoalFacts, ...]
    budget: Budget
    strip: Mapping[str, int]
    apart: Mapping[str, int]
    lines: tuple[RosterLine, ...]
    steps: tuple[StepRow, ...]
    organic: int = 0
    letters: int = 0
    shipments: int = 0
    unconfirmed: frozenset[int] = frozenset()
    thanked: Mapping[int, str] = field(default_factory=dict)
    named: tuple[str, ...] = ()


def campaign_page(store: Store, campaign_id: int) -> CampaignPage:
    """The page of a campaign."""
    gifts = gift_facts(Gift.campaign == campaign_id)
    mine = Gift.select(Gift.id).where(Gift.campaign == campaign_id)
    given = mine.where(free_gifts())
    lines = tuple(roster_of(store, campaign_id))
    parcels = ShipmentGift.select(fn.COUNT(fn.DISTINCT(ShipmentGift.shipment))).where(ShipmentGift.gift.in_(mine))
    return CampaignPage(
        facts=campaign_facts(campaign_id),
        goals=tuple(goals_of(store, campaign_id)),
        budget=budget_of(campaign_id),
        strip=strip_of(store, gifts),
        apart=apart_of(gifts),
        lines=lines,
        steps=tuple(steps_of(campaign_id)),
        organic=Post.select().where(Post.gift.in_(given) & (Post.nature == Nature.ORGANIC)).count(),
        letters=Letter.select().where(Letter.gift.in_(mine)).count(),
        shipments=int(parcels.scalar() or 0),
        unconfirmed=_unconfirmed(campaign_id),
        thanked=_thanked(campaign_id),
        named=_named(lines),
    )


def campaign_exists(campaign_id: int) -> bool:
    """Whether there is such a campaign."""
    return bool(Campaign.select().where(Campaign.id == campaign_id).exists())


def _named(lines: Sequence[RosterLine]) -> tuple[str, ...]:
    whys = "\n".join({line.why for line in lines})
    titles = Item.select(Item.title).where((Item.kind == "book") & (fn.LENGTH(Item.title) >= _NAME))
    return tuple(title for (title,) in titles.tuples() if title in whys)


def _unconfirmed(campaign_id: int) -> frozenset[int]:
    people = Gift.select(Gift.person).where((Gift.campaign == campaign_id) & Gift.person.is_null(False))
    known = Address.select(Address.person).where((Address.is_current == 1) & Address.confirmed_on.is_null(False))
    rows = Person.select(Person.id).where(Person.id.in_(people) & Person.id.not_in(known))
    return frozenset(row for (row,) in rows.tuples())


def _thanked(campaign_id: int) -> dict[int, str]:
    rows = Outcome.select(Outcome.gift, fn.MAX(Outcome.happened_on)).join(Gift)
    rows = rows.where((Gift.campaign == campaign_id) & (Outcome.kind == "thanked"))
    return dict(rows.group_by(Outcome.gift).tuples())
