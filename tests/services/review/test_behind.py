"""Every number of a review has its list: as many rows as it says, and as much money."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outreach.fields.money import summed
from outreach.services.review.behind import behind
from outreach.services.review.keys import AXES
from outreach.services.review.making import review
from outreach.services.review.value import Review, Scope
from outreach.services.review.wanted import PLACE, Wanted, saved_review, wanted_of
from outreach.services.workspaces.views import View, save_view
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Campaign
from outreach.store.workspace import Opening
from outreach.wording import Words
from outreach.wording.compared import compared, verdict
from outreach.wording.review import figures, numbers_apart
from tests.conftest import NOW


@pytest.fixture
def filled(filled_workspace: Callable[[int, int], Path]) -> Iterator[Store]:
    """A sample, opened to read."""
    with workspace.reading(filled_workspace(300, 1), Opening(clock=lambda: NOW)) as store:
        yield store


def counted(review: Review) -> Iterator[tuple[str, int]]:
    yield "gifts", review.gifts
    yield "delivered", review.delivered
    yield "clubs", review.clubs
    yield "events", review.events.events
    yield from review.stages.items()
    for axis in AXES:
        yield from ((f"{axis}:{group.key}", group.rate.whole) for group in getattr(review, f"by_{axis}"))
    yield from ((f"title:{line.item_id}", line.gifts) for line in review.items)
    yield from ((f"deal:{deal}", delivered) for deal, (delivered, _) in review.deals.items())
    yield from ((f"nature:{nature}", number) for nature, number in review.natures.items())


def scopes() -> list[Scope]:
    row = Campaign.select().order_by(Campaign.id)[0]
    return [Scope(), Scope(campaign_id=row.id), Scope(since="2026-07-01", until="2026-10-31"), Scope(item_id=3)]


def test_each_number_has_as_many_rows_as_it_says_and_as_much_money(filled: Store) -> None:
    for scope in scopes():
        found = review(filled, scope)
        for number, count in counted(found):
            assert len(behind(filled, scope, number).ids) == count, (scope, number)
        for number, sold in (("sales", found.by_code), *((f"sales:{deal}", each)
                                                         for deal, each in found.by_code_apart.items())):  # fmt: skip
            rows = behind(filled, scope, number)
            lines = rows.lines(filled, rows.ids)
            assert sum(line.count or 0 for line in lines.values()) == sold.copies
            assert summed(money for line in lines.values() for money in line.amounts) == sold.amounts
        rows = behind(filled, scope, "costs")
        lines = rows.lines(filled, rows.ids)
        assert len(lines) == len(rows.ids)
        assert summed(money for line in lines.values() for money in line.amounts) == found.costs.total
        rows = behind(filled, scope, "events")
        lines = rows.lines(filled, rows.ids)
        if scope.item_id is None:
            assert sum(line.count or 0 for line in lines.values()) == found.events.copies + found.events.companions
    # Each row has words and leads somewhere.
    words = Words("en_GB")
    for number in ("posted", "sales", "costs", "events", "clubs", "nature:organic"):
        rows = behind(filled, Scope(), number)
        assert rows.ids, number
        for line in rows.lines(filled, rows.ids[:20]).values():
            assert (line.who or line.what) and words.term(line.how_kind, line.how)


def test_the_large_numbers_and_those_apart_name_lists_that_there_are(filled: Store) -> None:
    words, found = Words("en_GB"), review(filled)
    names = {each.behind for each in (*figures(words, found), *numbers_apart(words, found))}
    assert {"posted", "sales", "costs", "quiet", "deal:paid", "nature:organic", "events"} <= names
    assert all(isinstance(behind(filled, Scope(), name).ids, tuple) for name in names)


def test_two_campaigns_stand_beside_one_another_number_by_number(filled: Store) -> None:
    words = Words("en_GB")
    one, other = (review(filled, Scope(campaign_id=row.id)) for row in Campaign.select().order_by(Campaign.id)[:2])
    pairs = {pair.name: (pair.one, pair.other) for pair in compared(words, one, other)}
    assert pairs["Delivered"] == (str(one.delivered), str(other.delivered)) or one.delivered > 999
    assert pairs["Organic post rate"][0].startswith(("Too", f"{round((one.organic.share or 0) * 100)}%", "0 of"))
    low, high = sorted((one.organic, other.organic), key=lambda rate: rate.share or 0)
    assert ("do not touch" in verdict(words, one, other)) == ((high.low or 0) > (low.high or 1))


def test_a_saved_review_moves_with_the_days(store: Store) -> None:
    wanted = Wanted("half", Scope(client_id=3, since="2020-01-01"))
    assert wanted_of(wanted.text()) == wanted
    assert wanted.scope(store.today()) == Scope(client_id=3, since="2026-05-26")
    days = Wanted("days", Scope(roster_id=2, since="2026-01-01", until="2026-02-01"))
    assert wanted_of(days.text()).scope(store.today()) == days.chosen
    assert wanted_of("period:often item:x nonsense until:") == Wanted()
    save_view(store, "For the client", View(PLACE, wanted.text()))
    assert saved_review("for the CLIENT") == wanted
