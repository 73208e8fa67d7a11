"""The review as one value: window, commands and reports show these figures and count none of their own."""

from dataclasses import dataclass
from decimal import Decimal

from outreach.fields.money import Money
from outreach.services.review.rates import Group, Rate
from outreach.services.sales.before import TitleLift


@dataclass(frozen=True, slots=True)
class Scope:
    """Which gifts a review is about: all where nothing is said. The period is that of a gift's last step."""

    item_id: int | None = None
    campaign_id: int | None = None
    client_id: int | None = None
    roster_id: int | None = None
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class SalesFigures:
    """What was sold.

    Attributes:
        orders: As far as they are known; `copies` are always known.
        amounts: One for each currency.
        evidence: Copies by how sure it is: claimed, seen, verified.
        kinds: Copies by kind: sales, pre-orders, library orders, club copies.
    """

    copies: int = 0
    orders: int = 0
    amounts: tuple[Money, ...] = ()
    evidence: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Costs:
    """What the gifts cost with which nothing was asked in return; each with one amount for each currency.

    Attributes:
        postage: A parcel's, divided evenly among the gifts in it; with its inserts likewise.
        events: What was noted as spent on a campaign for copies, postage and events, and what its events cost.
        per_post: All three, for each gift that led to a post; empty where none did.
        no_postage: Of how many parcels that have left the postage is not known.
        unknown_copies: Of how many copies and inserts the cost is not known.
    """

    copies: tuple[Money, ...] = ()
    postage: tuple[Money, ...] = ()
    events: tuple[Money, ...] = ()
    total: tuple[Money, ...] = ()
    per_post: tuple[Money, ...] = ()
    no_postage: int = 0
    unknown_copies: int = 0


@dataclass(frozen=True, slots=True)
class RateUsed:
    """The day of the rate by which one money was told in another."""

    given: str
    wanted: str
    day: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What amounts come to in one currency, with the rates that were entered for it."""

    money: Money
    rates: tuple[RateUsed, ...] = ()


@dataclass(frozen=True, slots=True)
class Worths:
    """The money of a review in one currency; None where it is not known without a rate that nobody entered.

    Attributes:
        sold: Sold by code.
        cost: What the gifts cost.
        per_post: That for each organic post.
        back: Sold by code for each unit that was spent, to a hundredth.
    """

    currency: str
    sold: Worth | None = None
    cost: Worth | None = None
    per_post: Worth | None = None
    back: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EventFigures:
    """What events sold; it stands apart from what codes did.

    Attributes:
        came: As far as it was counted.
        copies: Units of the events' own titles.
        companions: Units of whatever else.
        takings: One amount for each currency.
        no_takings: Of how many units it is not known what was paid.
    """

    events: int = 0
    came: int = 0
    copies: int = 0
    companions: int = 0
    takings: tuple[Money, ...] = ()
    no_takings: int = 0


@dataclass(frozen=True, slots=True)
class SalesPoint:
    """What was sold by code in the week that begins on a Monday."""

    week: str
    copies: int
    minor: int


@dataclass(frozen=True, slots=True)
class SalesLine:
    """A title's sales by code over time, in one currency; without one, only copies are known."""

    item_id: int
    title: str
    currency: str
    points: tuple[SalesPoint, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One title of the review.

    Attributes:
        sales: Sold by code, one amount for each currency.
        cost: What its gifts cost, copies and post; what was spent on events is of campaigns, not of titles.
        per_post: That for each gift that led to a post.
    """

    item_id: int
    title: str
    author: str
    gifts: int
    delivered: int
    posted: int
    reading: int
    quiet: int
    copies_sold: int = 0
    sales: tuple[Money, ...] = ()
    cost: tuple[Money, ...] = ()
    per_post: tuple[Money, ...] = ()


@dataclass(frozen=True, slots=True)
class Thanks:
    """Someone to thank, for what came of her gifts.

    Attributes:
        role: What she is; shown as a badge where she is off social.
        post_id: Her newest post after one of these gifts; None where she has none.
        item_id: The title that she is thanked for.
    """

    person_id: int
    name: str
    posts: int
    clubs: int
    members: int
    orders: int = 0
    copies: int = 0
    role: str = ""
    is_off_social: bool = False
    post_id: int | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """Days from delivery to the first mention; the middle and the middle half, where there are enough to say.

    Attributes:
        earlier: How many spoke before it arrived, as the days tell; not among the others.
        no_day: How many of which one of both days is not known.
    """

    count: int
    median: float | None = None
    low: float | None = None
    high: float | None = None
    earlier: int = 0
    no_day: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """The review of all gifts, or of those of a scope.

    Attributes:
        item, campaign, client, roster: Names of what it is of; empty where it is of all.
        stages: How many gifts stand at each stage; posted, reading and quiet are the delivered ones.
        gifts: How many gifts there are with which nothing was asked in return; all other figures are of these, but
            for `deals` and `natures`, which stand apart, and sales.
        organic: Delivered gifts, nothing asked in return, that led to a post.
        deals: By deal, how many gifts were delivered and how many of them led to a post.
        natures: How many posts there are of each nature.
        by_code: Sold with a code or link of ours, but for those whose gift was in kind or paid.
        by_code_apart: By deal what these sold; never added to `by_code`.
        worth: What was sold by code and what gifts cost, in the money in which the review is told.
        events: What events sold, apart from all others.
        lifts: What the titles of a campaign sold more than before; only of a campaign.
        sold: All that was sold, as noted, with or without a code.
        unknown: What is not known, as codes and numbers.
    """

    scope: Scope
    item: str
    campaign: str
    client: str
    roster: str
    gifts: int
    stages: dict[str, int]
    delivered: int
    organic: Rate
    deals: dict[str, tuple[int, int]]
    natures: dict[str, int]
    by_genre: tuple[Group, ...]
    by_tier: tuple[Group, ...]
    by_role: tuple[Group, ...]
    by_item: tuple[Group, ...]
    by_campaign: tuple[Group, ...]
    items: tuple[ItemLine, ...]
    thanks: tuple[Thanks, ...]
    clubs: int
    members: int
    by_code: SalesFigures
    by_code_apart: dict[str, SalesFigures]
    sold: SalesFigures
    sales_lines: tuple[SalesLine, ...]
    costs: Costs
    worth: Worths
    events: EventFigures
    lifts: tuple[TitleLift, ...]
    delay: Delay
    unknown: tuple[tuple[str, int], ...]

    @property
    def since(self) -> str:
        """From which day on; empty where it is from the first."""
        return self.scope.since

    @property
    def until(self) -> str:
        """Up to which day; empty where it is to the last."""
        return self.scope.until
