"""What may be spent on a campaign and what was, for copies, postage, events, rewards, and whatever else.

Copies and postage are what its gifts cost (`outreach.services.shipments.gift_costs`): of a parcel that also holds what
is not of the campaign they bear their part. Events that were held cost what was noted of them; the rest was noted as
spent. Currencies are never added, nor are gifts with nothing asked in return and those for which something was agreed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import to_minor
from outreach.fields.text import clean
from outreach.services.campaigns.campaign import checked_day
from outreach.services.catalogue.editions import parse_price
from outreach.services.gifts.facts import gift_facts
from outreach.services.gifts.states import Deal
from outreach.services.programmes.standing import deals_as_counted
from outreach.services.shipments.gift_costs import gift_costs
from outreach.services.voices.event_facts import held_events
from outreach.store.database import Store
from outreach.store.models import BudgetLine, Campaign, Client, Event, Expense, Gift


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
        apart: By deal what the others cost; never added to these.
    """

    currency: str
    planned: Mapping[str, int] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)
    apart: Mapping[str, int] = field(default_factory=dict)

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
    for event in held_events(Event.campaign == campaign_id):
        for money in event.cost:
            sums.add("spent", money.currency, BudgetKind.EVENTS.value, money.minor)
    deals = deals_as_counted(gift_facts(Gift.campaign == campaign_id))
    costs = gift_costs(deals)
    for gift, is_copy, money in costs.each():
        kind, deal = BudgetKind.COPIES if is_copy else BudgetKind.POSTAGE, deals[gift]
        if deal == Deal.GIFT.value:
            sums.add("spent", money.currency, kind.value, money.minor)
        else:
            sums.add("apart", money.currency, deal, money.minor)
    first = main_currency(campaign_id) or next(iter(sums.found), "")
    order = sorted(sums.found, key=lambda currency: (currency != first, currency))
    return Budget(
        tuple(Spending(currency, **sums.found[currency]) for currency in order),
        no_postage=costs.parcels_without_postage,
        unknown_copies=costs.unknown_copies,
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

    def add(self, what: str, currency: str, kind: str, minor: int) -> None:
        """Add an amount to what was ``planned`` or ``spent``, or to what stands ``apart``."""
        mine = self.found.setdefault(currency, {name: Counter() for name in ("planned", "spent", "apart")})
        mine[what][kind] += minor


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
