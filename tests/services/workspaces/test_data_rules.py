"""What a workspace goes by: the first values, the user's own, and that everything that goes by them follows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.matching.ranking import match_item
from outreach.services.pages.parcels import parcel_lines, unpacked, unpacked_row
from outreach.services.pages.people import PeopleQuery, people_ids
from outreach.services.pages.waiting import waiting_counts
from outreach.services.people.tiers import tier
from outreach.services.review.making import review
from outreach.services.workspaces.data_rules import (
    LIMITS,
    as_values,
    change_rule,
    confirmed_since,
    count_of_long_ago,
    data_rules,
    first_rules,
    months_before,
)
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Address, Gift, Item, Person, TasteNote


@pytest.fixture
def sample(filled, opening) -> Store:
    with workspace.writing(filled(120, 1), opening) as store:
        yield store


def test_the_first_rules_and_ones_own(sample: Store) -> None:
    assert data_rules() == first_rules()
    assert (first_rules().confirm_months, first_rules().micro, first_rules().keep_months) == (6, 10_000, 24)
    assert {*as_values(data_rules())} == {f"rule.{name}" for name in LIMITS}
    changed = change_rule(sample, "confirm_months", "12")
    assert changed.touches("workspace_setting")
    assert data_rules().confirm_months == 12
    sample.undo()
    assert data_rules() == first_rules()
    change_rule(sample, "micro", "5,000")
    assert data_rules().micro == 5000
    change_rule(sample, "micro", "")
    assert data_rules() == first_rules()


@pytest.mark.parametrize("value", ["0", "-3", "six", "1.5", "121", "٣٫٥"])
def test_what_is_no_number_changes_nothing(sample: Store, value: str) -> None:
    with pytest.raises(KnownError, match=r"rules\.no_number"):
        change_rule(sample, "confirm_months", value)
    assert data_rules() == first_rules()


def test_tiers_stay_one_above_the_other(sample: Store) -> None:
    with pytest.raises(KnownError, match=r"rules\.tiers_cross"):
        change_rule(sample, "micro", "200000")
    change_rule(sample, "micro", "1000")
    assert [tier(count, data_rules()) for count in (999, 1000, 99_999, 100_000)] == ["nano", "micro", "micro", "mid"]


def test_the_review_goes_by_the_tiers_of_the_workspace(sample: Store) -> None:
    before = {group.name: group.rate.whole for group in review(sample).by_tier}
    change_rule(sample, "micro", "2")
    after = {group.name: group.rate.whole for group in review(sample).by_tier}
    assert before.get("nano", 0) > after.get("nano", 0)
    assert sum(before.values()) == sum(after.values())


def test_parcels_and_today_ask_for_addresses_as_the_workspace_says(sample: Store) -> None:
    gift = unpacked(Gift).where(Gift.person.in_(Address.select(Address.person))).get()
    row = next(iter(parcel_lines(sample, [unpacked_row(gift.id)]).values()))
    with sample.operation(Op.SAVE_ADDRESS):
        day = (sample.today() - timedelta(days=100)).isoformat()
        Address.update(confirmed_on=day).where(Address.person == gift.person_id).execute()
    assert not parcel_lines(sample, [row.id])[row.id].stale
    assert confirmed_since(sample) == "2026-05-24"
    waiting = waiting_counts(sample)
    change_rule(sample, "confirm_months", "3")
    assert parcel_lines(sample, [row.id])[row.id].stale
    assert confirmed_since(sample) == "2026-08-24"
    assert waiting_counts(sample).keys() == waiting.keys()


def test_who_has_enough_for_now_is_not_shown_in_match(sample: Store) -> None:
    title = Item.get(Item.title == "The Salt Orchard").id

    def enough() -> set[int]:
        never = match_item(sample, title).never_shown
        return {each.person_id for each in never if each.reason.code == "excluded.enough_sent"}

    change_rule(sample, "enough_gifts", "1")
    lately = enough()
    since = (sample.today() - timedelta(days=first_rules().enough_days)).isoformat()
    assert lately
    assert all(Gift.select().where((Gift.person == person) & (Gift.sent_on >= since)).exists() for person in lately)
    change_rule(sample, "enough_gifts", "100")
    assert enough() == set()


def test_those_of_long_ago_are_counted_and_found(sample: Store) -> None:
    change_rule(sample, "keep_months", "600")
    assert count_of_long_ago(sample) == 0
    with sample.operation(Op.EDIT_PERSON):
        Person.update(created_at="2020-01-01T00:00:00Z").execute()
        TasteNote.update(noted_on="2020-01-01").execute()
    change_rule(sample, "keep_months", "1")
    number = count_of_long_ago(sample)
    assert 0 < number < Person.select().count()
    found = people_ids(sample, PeopleQuery("long_ago"))
    assert len(found) == number
    others = people_ids(sample, PeopleQuery("-long_ago"))
    assert len(others) + number == Person.select().count()


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 700))
def test_months_before_keep_the_day_or_the_end_of_the_month(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day == day.day or (before.day < day.day and (before + timedelta(days=1)).day == 1)
