"""What may be spent on a campaign and what was, for copies, postage, events, rewards, and whatever else.

Copies and postage are what parcels cost (`outreach.services.costs`); the rest was noted. Currencies are never added,
nor are gifts with nothing asked in return and those for which something was agreed. A parcel that also holds what is
not of the campaign is told apart: its postage belongs to none of these alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import to_minor
from outreach.fields.text import clean
from outreach.services.campaigns.campaign import checked_day
from outreach.services.costs import ParcelCost, parcel_costs, parcels_of
from outreach.services.editions import parse_price
from outreach.services.gift_states import Deal
from outreach.store.database import Store
from outreach.store.models import BudgetLine, Campaign, Client, Expense, Gift, ShipmentGift

_CHUNK = 500


class BudgetKind(StrEnum):
    """What money of a campaign is for."""

    COPIES = "copies"
    POSTAGE = "postage"
    EVENTS = "events"
    REWARDS = "rewards"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spending:
    """What a campaign may cost and does, in one currency, in minor units.

    Attributes:
        planned: By kind what may be spent.
        spent: By kind what was; of gifts only where nothing was asked in return.
        apart: By deal what the parcels of others cost; never added to these.
        shared: What parcels cost that also hold what is not of the campaign; not in `spent`.
    """

    currency: str
    planned: Mapping[str, int] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)
    apart: Mapping[str, int] = field(default_factory=dict)
    shared: int = 0

    @property
    def whole(self) -> int:
        """What may be spent in all."""
        return sum(self.planned.values())

    @property
    def total(self) -> int:
        """What was spent in all."""
        return sum(self.spent.values())


@dataclass(frozen=True, slots=True)
class Budget:
    """What a campaign may cost and does.

    Attributes:
        spending: One for each currency; that of the campaign first.
        no_postage: Of how many parcels the postage is not known.
        unknown_copies: Of how many copies and inserts the cost is not known.
    """

    spending: tuple[Spending, ...]
    no_postage: int = 0
    unknown_copies: int = 0


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """Money that was spent, as a line of a list."""

    id: int
    kind: str
    amount_minor: int
    currency: str
    spent_on: str
    note: str


def set_budget(store: Store, campaign_id: int, kind: str, amount: str, note: str = "") -> Changes:
    """Say what may be spent on something; an empty amount takes it away.

    Raises:
        KnownError: ``campaigns.budget_kind``, ``campaigns.budget_amount``.
    """
    what = _kind(kind)
    mine = (BudgetLine.campaign == campaign_id) & (BudgetLine.kind == what.value)
    given = _amount(campaign_id, amount) if amount.strip() else None
    with store.operation(Op.CHANGE_BUDGET) as written:
        if given is None:
            BudgetLine.delete().where(mine).execute()
        else:
            write_budget(campaign_id, what.value, *given, note=note)
    return written.changes


def write_budget(campaign_id: int, kind: str, minor: int, currency: str, note: str = "") -> None:
    """As `set_budget`, inside the caller's operation."""
    row, made = BudgetLine.get_or_create(
        campaign=campaign_id, kind=kind, currency=currency, defaults={"amount_minor": minor, "note": clean(note)}
    )
    if not made:
        BudgetLine.update(amount_minor=minor, note=clean(note) or row.note).where(BudgetLine.id == row.id).execute()


def add_expense(
    store: Store, campaign_id: int, kind: str, amount: str, on: str = "", note: str = ""
) -> tuple[int, Changes]:
    """Note money that was spent and that no parcel accounts for.

    Raises:
        KnownError: ``campaigns.budget_kind``, ``campaigns.budget_amount``, ``campaigns.no_day``.
    """
    what, (minor, currency) = _kind(kind), _amount(campaign_id, amount)
    day = checked_day(on) or store.today().isoformat()
    with store.operation(Op.CHANGE_BUDGET) as written:
        row = Expense.create(
            campaign=campaign_id, kind=what.value, amount_minor=minor, currency=currency, spent_on=day,
            note=clean(note), by=store.by, created_at=store.now(),
        )  # fmt: skip
    return int(row.id), written.changes


def drop_expense(store: Store, expense_id: int) -> Changes:
    """Take an expense back that was noted.

    Raises:
        KnownError: ``campaigns.expense_none``.
    """
    if not Expense.select().where(Expense.id == expense_id).exists():
        raise KnownError("campaigns.expense_none", expense=expense_id)
    with store.operation(Op.CHANGE_BUDGET) as written:
        Expense.delete().where(Expense.id == expense_id).execute()
    return written.changes


def expenses_of(campaign_id: int) -> list[ExpenseRow]:
    """What was noted as spent, the last first."""
    columns = (Expense.id, Expense.kind, Expense.amount_minor, Expense.currency, Expense.spent_on, Expense.note)
    rows = Expense.select(*columns).where(Expense.campaign == campaign_id)
    return [ExpenseRow(*row) for row in rows.order_by(Expense.spent_on.desc(), Expense.id.desc()).tuples()]


def budget_of(campaign_id: int) -> Budget:
    """What a campaign may cost and does."""
    sums = _Sums()
    rows = BudgetLine.select(BudgetLine.kind, BudgetLine.currency, BudgetLine.amount_minor)
    for kind, currency, minor in rows.where(BudgetLine.campaign == campaign_id).order_by(BudgetLine.id).tuples():
        sums.add("planned", currency, kind, minor)
    for expense in expenses_of(campaign_id):
        sums.add("spent", expense.currency, expense.kind, expense.amount_minor)
    parcels = parcels_of(campaign_id=campaign_id)
    shared = _shared(parcels, campaign_id)
    costs = parcel_costs(parcels).values()
    for cost in costs:
        sums.parcel(cost, shared=cost.shipment_id in shared)
    first = main_currency(campaign_id) or next(iter(sums.found), "")
    order = sorted(sums.found, key=lambda currency: (currency != first, currency))
    return Budget(
        tuple(Spending(currency, **sums.found[currency], shared=sums.shared[currency]) for currency in order),
        no_postage=sum(not cost.postage for cost in costs),
        unknown_copies=sum(cost.unknown_copies for cost in costs if not cost.came_back),
    )


def main_currency(campaign_id: int) -> str:
    """In which money a campaign is counted: its own, its client's, or that of its budget; empty where none is said."""
    row = Campaign.select(Campaign, Client).left_outer_join(Client).where(Campaign.id == campaign_id).get()
    planned = BudgetLine.select(BudgetLine.currency).where(BudgetLine.campaign == campaign_id).order_by(BudgetLine.id)
    line = planned.first()
    return row.currency or (row.client.currency if row.client_id else "") or (line.currency if line else "")


class _Sums:
    """Adds up, apart by currency."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Counter[str]]] = {}
        self.shared: Counter[str] = Counter()

    def add(self, what: str, currency: str, kind: str, minor: int) -> None:
        """Add an amount to what was ``planned`` or ``spent``, or to what stands ``apart``."""
        mine = self.found.setdefault(currency, {name: Counter() for name in ("planned", "spent", "apart")})
        mine[what][kind] += minor

    def parcel(self, cost: ParcelCost, *, shared: bool) -> None:
        """Add what a parcel cost."""
        parts = [] if cost.came_back else [
            *((deal, "copies", amounts) for deal, amounts in cost.copies.items()), (cost.deal, "copies", cost.inserts),
        ]  # fmt: skip
        for deal, kind, amounts in [*parts, (cost.deal, "postage", cost.postage)]:
            for currency, minor in amounts.items():
                if shared:
                    self.add("spent", currency, kind, 0)
                    self.shared[currency] += minor
                elif deal == Deal.GIFT.value:
                    self.add("spent", currency, kind, minor)
                else:
                    self.add("apart", currency, deal, minor)


def _shared(parcels: Sequence[int], campaign_id: int) -> set[int]:
    """Which of some parcels also hold what is not of a campaign."""
    found: set[int] = set()
    for start in range(0, len(parcels), _CHUNK):
        some = ShipmentGift.shipment.in_(list(parcels[start : start + _CHUNK]))
        other = Gift.campaign.is_null() | (Gift.campaign != campaign_id)
        found |= {row for (row,) in ShipmentGift.select(ShipmentGift.shipment).join(Gift).where(some & other).tuples()}
    return found


def _kind(text: str) -> BudgetKind:
    try:
        return BudgetKind(text.strip().casefold())
    except ValueError as error:
        raise KnownError("campaigns.budget_kind", value=text[:50], known=", ".join(BudgetKind)) from error


def _amount(campaign_id: int, text: str) -> tuple[int, str]:
    try:
        amount, currency = parse_price(text, main_currency(campaign_id))
    except KnownError as error:
        raise KnownError("campaigns.budget_amount", value=text[:50]) from error
    if amount is None or amount < 0:
        raise KnownError("campaigns.budget_amount", value=text[:50])
    return to_minor(amount, currency), currency
