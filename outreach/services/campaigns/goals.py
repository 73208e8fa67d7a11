"""What a campaign is to reach: copies or money, counted by someone's books. Posts and followers are no goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from peewee import fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.numbers import currency_of, parse_amount, to_minor
from outreach.fields.text import clean, fold
from outreach.services.campaigns.campaign import checked_day, titles_of
from outreach.store.database import Store
from outreach.store.models import Campaign, Edition, Goal, Sale, SalesCode


class GoalKind(StrEnum):
    """What can be a goal: each is copies of a kind, or their money."""

    SALES = "sales"
    PRE_ORDERS = "pre_orders"
    LIBRARY_ORDERS = "library_orders"
    CLUB_COPIES = "club_copies"


#: What people offer for a goal that says nothing of money or market share, by the first letters of the word, folded.
_SEEN = ("post", "mention", "follow", "like", "view", "reach", "impression", "engage", "share", "comment", "subscri")
_MOST = 10**15


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal as it was said.

    Attributes:
        kind: A `GoalKind`, in words.
        target: ``"1200"`` for copies, ``"17988 GBP"`` for money.
        baseline: What was before it, counted alike; empty where that is not known.
        since: From which day it counts; the campaign's first where it is empty.
        due_on: By which day; the campaign's last where it is empty.
        source: Whose books the figures are from.
    """

    kind: str
    target: str
    baseline: str = ""
    baseline_since: str = ""
    baseline_until: str = ""
    since: str = ""
    due_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal, and how far it is.

    Attributes:
        unit: ``copies``, or ``money`` in minor units of `currency`.
        reached: What was counted since.
        by_code: How much came by codes. It is part of `reached`, which is at least as much.
        expected: What the days so far would make of the target; None where it has no two days.
        is_told: Whether any sale is known of that it could be counted from.
    """

    id: int
    kind: str
    unit: str
    currency: str
    target: int
    baseline: int | None
    baseline_since: str
    baseline_until: str
    since: str
    due_on: str
    source: str
    reached: int
    by_code: int
    expected: float | None
    is_told: bool

    @property
    def is_ahead(self) -> bool:
        """Whether as much was counted as the days so far would make."""
        return self.expected is not None and self.reached >= self.expected


def add_goal(store: Store, campaign_id: int, new: NewGoal) -> tuple[int, Changes]:
    """Set a campaign a goal.

    Raises:
        KnownError: ``campaigns.goal_seen`` for posts, followers and the like, ``campaigns.goal_unknown``,
            ``campaigns.goal_target``, ``campaigns.goal_unit``, ``campaigns.no_day``, ``campaigns.backwards``.
    """
    kind = _kind(new.kind)
    _refuse_seen(new.target)
    target, currency = _figure(new.target)
    if not target:
        raise KnownError("campaigns.goal_target", value=new.target[:50])
    baseline, of_baseline = _figure(new.baseline) if new.baseline.strip() else (None, currency)
    if of_baseline != currency:
        raise KnownError("campaigns.goal_unit", target=new.target[:50], baseline=new.baseline[:50])
    days = {
        name: checked_day(getattr(new, name)) or None
        for name in ("baseline_since", "baseline_until", "since", "due_on")
    }
    for first, last in (("since", "due_on"), ("baseline_since", "baseline_until")):
        if (days[first] or "") > (days[last] or "9999"):
            raise KnownError("campaigns.backwards", start_day=days[first], end_day=days[last])
    with store.operation(Op.CHANGE_GOAL) as written:
        row = Goal.create(
            campaign=campaign_id, kind=kind.value, unit="money" if currency else "copies", currency=currency,
            target=target, baseline=baseline, **days, source=clean(new.source), by=store.by, created_at=store.now(),
        )  # fmt: skip
    return int(row.id), written.changes


def drop_goal(store: Store, campaign_id: int, kind: str) -> Changes:
    """Take the goals of a kind back.

    Raises:
        KnownError: ``campaigns.goal_none``, and as `add_goal` of its kind.
    """
    mine = (Goal.campaign == campaign_id) & (Goal.kind == _kind(kind).value)
    if not Goal.select().where(mine).exists():
        raise KnownError("campaigns.goal_none", kind=kind)
    with store.operation(Op.CHANGE_GOAL) as written:
        Goal.delete().where(mine).execute()
    return written.changes


def goals_of(store: Store, campaign_id: int) -> list[GoalFacts]:
    """A campaign's goals, the first one first, each with what was counted until today."""
    campaign = Campaign.get_by_id(campaign_id)
    rows = list(Goal.select().where(Goal.campaign == campaign_id).order_by(Goal.id))
    titles = list(titles_of(campaign_id)) if rows else []
    return [_facts(store, row, campaign, titles) for row in rows]


def _facts(store: Store, row: Goal, campaign: Campaign, titles: Sequence[int]) -> GoalFacts:
    since, due = row.since or campaign.starts_on or "", row.due_on or campaign.ends_on or ""
    whole, by_code, told = _counted(row, titles, since, min(due or "9999", store.today().isoformat()))
    return GoalFacts(
        id=row.id, kind=row.kind, unit=row.unit, currency=row.currency, target=row.target, baseline=row.baseline,
        baseline_since=row.baseline_since or "", baseline_until=row.baseline_until or "", since=since, due_on=due,
        source=row.source, reached=max(whole, by_code), by_code=by_code,
        expected=_expected(row.target, since, due, store.today()), is_told=told,
    )  # fmt: skip


def _counted(goal: Goal, titles: Sequence[int], since: str, until: str) -> tuple[int, int, bool]:
    """What books of whole titles tell, what codes tell, and whether anything does.

    The two overlap: a copy that was sold by a code is in the title's books as well, so they are never added.
    """
    sums = Sale.copies if goal.unit == "copies" else Sale.amount_minor
    of_titles = Sale.item.in_(list(titles)) | Edition.item.in_(list(titles))
    mine = (Sale.campaign == goal.campaign_id) | (Sale.campaign.is_null() & of_titles)
    by_code = (SalesCode.campaign == goal.campaign_id) | (Sale.campaign == goal.campaign_id) | (
        SalesCode.campaign.is_null() & of_titles
    )  # fmt: skip
    wanted = (Sale.kind == goal.kind) & Sale.sold_on.between(since, until)
    if goal.unit == "money":
        wanted &= Sale.currency == goal.currency

    def summed(which: Any) -> tuple[int, bool]:
        query = Sale.select(fn.SUM(sums), fn.COUNT(Sale.id)).left_outer_join(Edition).switch(Sale)
        total, rows = query.left_outer_join(SalesCode).where(wanted & which).tuples().get()
        return max(0, int(total or 0)), bool(rows)

    whole, is_whole = summed(mine & Sale.sales_code.is_null())
    coded, is_coded = summed(by_code & Sale.sales_code.is_null(False))
    return whole, coded, is_whole or is_coded


def _expected(target: int, since: str, due: str, today: date) -> float | None:
    if not since or not due or since >= due:
        return None
    first, last = date.fromisoformat(since), date.fromisoformat(due)
    return target * min(1.0, max(0.0, (today - first).days / (last - first).days))


def _kind(text: str) -> GoalKind:
    _refuse_seen(text)
    word = fold(clean(text)).replace("-", "_").replace(" ", "_")
    try:
        return GoalKind(word)
    except ValueError as error:
        raise KnownError("campaigns.goal_unknown", value=text[:50], known=", ".join(GoalKind)) from error


def _refuse_seen(text: str) -> None:
    if any(seen in fold(text) for seen in _SEEN):
        raise KnownError("campaigns.goal_seen", kind=clean(text)[:50])


def _figure(text: str) -> tuple[int, str]:
    """A number of copies, or an amount in minor units with its currency."""
    currency, amount = currency_of(text) or currency_of(text.strip()[-3:]) or "", parse_amount(text)
    if amount is None or amount < 0:
        raise KnownError("campaigns.goal_target", value=text[:50])
    whole = to_minor(amount, currency) if currency else _copies(amount, text)
    if whole > _MOST:
        raise KnownError("campaigns.goal_target", value=text[:50])
    return whole, currency


def _copies(amount: Decimal, text: str) -> int:
    # A mark before three digits groups thousands; there are no parts of a copy.
    if amount != amount.to_integral_value():
        raise KnownError("campaigns.goal_target", value=text[:50])
    return int(amount)
