"""What a campaign's titles sold before it and since, each with the likely range of the difference.

What was before is what the campaign's goal says of it, where it counts copies; else as many days before the campaign
as it has had, as far as sales of them are noted. Books of whole titles count where there are any, else codes: the two
overlap, and are never added.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import Case, fn

from outreach.services.campaigns.campaign import titles_of
from outreach.services.sales.lift import Lift, lift
from outreach.store.database import Store
from outreach.store.models import Campaign, Edition, Goal, Sale, SalesCode

_WHOLE_DAY = len("2026-11-24")
#: In which span a sale lies; of one whose day is told by its month alone it may be neither.
_SPANS = _BEFORE, _SINCE, _NEITHER = range(3)
#: What was sold.
_ITEM: Any = fn.coalesce(Sale.item, Edition.item, SalesCode.item)


@dataclass(frozen=True, slots=True)
class TitleLift:
    """What one title of a campaign sold before it and since.

    Attributes:
        title: Empty where it is told of all titles of the campaign together, as its goal tells the baseline.
        before: Copies in the span before, and its days.
        since: Copies in the span that is held against it, and its days.
    """

    title: str
    before: int
    before_days: int
    since: int
    since_days: int
    lift: Lift


def lifts_of(store: Store, campaign_id: int) -> tuple[TitleLift, ...]:
    """What each title of a campaign sold more than before; nothing where what was before is not known."""
    campaign = Campaign.get_by_id(campaign_id)
    starts = campaign.starts_on or ""
    last = min(filter(None, (campaign.ends_on, store.today().isoformat())))
    if len(starts) != _WHOLE_DAY or starts > last:
        return ()
    first = date.fromisoformat(starts)
    days = (date.fromisoformat(last) - first).days + 1
    titles = titles_of(campaign_id)
    told = _by_goal(campaign_id, list(titles), starts, last, days)
    if told is not None:
        return (told,)
    counted = _counted_by_title(titles, first, days, last)
    found = []
    for item, title in titles.items():
        by_code = not any((item, False, span) in counted for span in _SPANS)
        if (item, by_code, _BEFORE) in counted:
            before, since = counted[item, by_code, _BEFORE], counted.get((item, by_code, _SINCE), 0)
            found.append(TitleLift(title, before, days, since, days, _lift(before, days, since, days)))
    return tuple(found)


def _by_goal(campaign_id: int, titles: list[int], starts: str, last: str, days: int) -> TitleLift | None:
    """What a campaign's first goal in copies says of what was before, beside all that was sold since."""
    goal = (
        Goal.select()
        .where((Goal.campaign == campaign_id) & (Goal.unit == "copies") & Goal.baseline.is_null(False))
        .where(Goal.baseline_since.is_null(False) & Goal.baseline_until.is_null(False))
        .order_by(Goal.id)
        .first()
    )
    if goal is None or len(goal.baseline_since) != _WHOLE_DAY or len(goal.baseline_until) != _WHOLE_DAY:
        return None
    before_days = (date.fromisoformat(goal.baseline_until) - date.fromisoformat(goal.baseline_since)).days + 1
    by_code = not _counted(titles, starts, last, by_code=False, kind=goal.kind)[1]
    since, is_known = _counted(titles, starts, last, by_code=by_code, kind=goal.kind)
    if not is_known:
        return None
    return TitleLift("", goal.baseline, before_days, since, days, _lift(goal.baseline, before_days, since, days))


def _lift(before: int, before_days: int, since: int, since_days: int) -> Lift:
    # More may have come back than was sold; a rate of sale is never below none.
    return lift(max(0, before), before_days, max(0, since), since_days)


def _counted_by_title(titles: Iterable[int], first: date, days: int, last: str) -> dict[tuple[int, bool, int], int]:
    """Copies by title, with or without a code, and before or since a campaign's first day."""
    begin, end = ((first - timedelta(days=each)).isoformat() for each in (days, 1))
    by_code: Any = Sale.sales_code.is_null(False)
    span = Case(None, [(Sale.sold_on >= first.isoformat(), _SINCE), (Sale.sold_on <= end, _BEFORE)], _NEITHER)
    query = _sold(list(titles), begin, last, (_ITEM, by_code, span, fn.SUM(Sale.copies)))
    rows = query.where(Sale.kind == "sales").group_by(_ITEM, by_code, span).tuples()
    return {(item, bool(coded), which): int(copies) for item, coded, which, copies in rows}


def _counted(titles: list[int], since: str, until: str, *, by_code: bool, kind: str) -> tuple[int, bool]:
    """Copies of some titles in a span, and whether any sale of them is noted there."""
    query = _sold(titles, since, until, (fn.SUM(Sale.copies), fn.COUNT(Sale.id))).where(Sale.kind == kind)
    copies, rows = query.where(Sale.sales_code.is_null(not by_code)).tuples().get()
    return int(copies or 0), bool(rows)


def _sold(titles: list[int], since: str, until: str, wanted: tuple[Any, ...]) -> Any:
    query = Sale.select(*wanted).left_outer_join(SalesCode).switch(Sale)
    query = query.left_outer_join(Edition, on=Sale.edition == Edition.id)
    return query.where(Sale.sold_on.between(since, until) & _ITEM.in_(titles))
