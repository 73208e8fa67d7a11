"""By when a parcel must leave: counted back from the day it is for, by working days, whoever it goes to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.fields.countries import country_code
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item, stock_of
from outreach.services.gifts.back_planning import (
    count_back,
    plans,
    the_day,
    timeline_of,
    to_send,
    transit,
    transit_days,
)
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.people.addresses import save_address
from outreach.services.people.people import NewPerson, add_person
from outreach.services.policies.card import Card, save_card
from outreach.services.shipments.shipments import create_shipments, send_shipments
from outreach.store.database import Store
from outreach.wording.words import Words


def gift(store: Store, name: str, country: str = "GB", edition: str = "proof", **days: str) -> int:
    person, _ = add_person(store, NewPerson(name, [f"{name.casefold()}@example.org"]))
    save_address(store, person, {"line1": "1 Quay Street", "city": "Bristol", "country": country})
    made = [NewEdition(EditionFormat(edition), copies=5)]
    item, _ = add_item(store, f"The Salt Orchard {name}", days, editions=made)
    (row,), _ = plan_gifts(store, item, [person], edition_id=stock_of(item)[0].id)
    return row


def test_to_reach_her_two_weeks_before_it_comes_out_it_leaves_by_a_thursday(store: Store) -> None:
    row = gift(store, "Maya", pub_date="2027-01-13")
    (plan,) = plans(store)
    assert (plan.gift_id, plan.days, plan.is_hers, plan.transit) == (row, 14, False, 4)
    # Wednesday 13 January, less two weeks: Wednesday 30 December. Four working days before that: Thursday 24.
    assert (plan.for_day, plan.why, plan.arrive_by, plan.leave_by) == ("2027-01-13", "out", "2026-12-30", "2026-12-24")
    assert Words("en_GB").day_name(date.fromisoformat(plan.leave_by)) == "Thu"


def test_her_own_time_goes_before_the_usual_one(store: Store) -> None:
    gift(store, "Maya", pub_date="2027-03-03")
    person = plans(store)[0].person_id
    save_card(store, person, Card(weeks=6))
    plan = plans(store)[0]
    assert (plan.days, plan.is_hers, plan.arrive_by) == (42, True, "2027-01-20")
    save_card(store, person, Card(weeks=1))
    assert plans(store)[0].days == 14, "nobody is hurried below the trade's two weeks"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"pub_date": "2027-03-03"}, ("2027-03-03", "out")),
        ({"pub_date": "2027-03-03", "review_embargo": "2027-02-01"}, ("2027-03-03", "out")),
        ({"pub_date": "2027-03-03", "review_embargo": "2027-03-10"}, ("2027-03-10", "reviews")),
        (
            {"pub_date": "2027-03-03", "on_sale_date": "2027-03-17", "sales_embargo": "2027-03-20"},
            ("2027-03-20", "sales"),
        ),
        ({"pub_date": "2027-03"}, ("2027-03-01", "out")),
        ({"pub_date": "2027"}, None),
        ({"pub_date": "2026-11-24"}, None),
        ({}, None),
    ],
)
def test_the_day_a_copy_is_for(store: Store, days: dict[str, str], expected: tuple[str, str] | None) -> None:
    gift(store, "Maya", **days)
    assert [(plan.for_day, plan.why) for plan in plans(store)] == ([expected] if expected else [])


def test_what_is_read_on_a_screen_does_not_travel(store: Store) -> None:
    gift(store, "Maya", edition="proof", pub_date="2027-03-03")
    person, _ = add_person(store, NewPerson("Rosa"))
    item, _ = add_item(store, "Glass Heron", {"pub_date": "2027-03-03"}, editions=[
        NewEdition(EditionFormat.EGALLEY, copies=2)])  # fmt: skip
    plan_gifts(store, item, [person], edition_id=stock_of(item)[0].id)
    assert [plan.person for plan in plans(store)] == ["Maya"]


def test_what_must_leave_this_week_is_said_until_it_has_left(store: Store) -> None:
    soon, later = gift(store, "Maya", pub_date="2026-12-16"), gift(store, "Rosa", pub_date="2027-03-03")
    assert to_send(store) == [], "nobody has said yes yet"
    move_gifts(store, [soon, later], GiftState.ACCEPTED)
    assert [(plan.person, plan.leave_by, plan.is_packed) for plan in to_send(store)] == [("Maya", "2026-11-26", False)]
    parcels, _ = create_shipments(store, [soon])
    assert [plan.is_packed for plan in to_send(store)] == [True]
    send_shipments(store, parcels)
    assert to_send(store) == []


def test_the_post_takes_longer_the_further_it_goes() -> None:
    assert transit_days("GB", "GB") < transit_days("GB", "FR") < transit_days("GB", "JP")
    assert transit_days("DE", "FR") + transit().customs == transit_days("GB", "FR"), "no border lies between"
    named = {code for group, _ in transit().near for code in group} | set(transit().within) | transit().union
    assert all(country_code(code) == code for code in named)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400), st.integers(0, 60))
def test_counting_back_ends_on_a_working_day_with_so_many_between(day: date, before: int, transit: int) -> None:
    arrive, leave = count_back(day, before, transit)
    assert arrive == day - timedelta(days=before) and leave <= arrive and leave.weekday() < 5
    between = [leave + timedelta(days=number) for number in range(1, (arrive - leave).days + 1)]
    working = sum(each.weekday() < 5 for each in between)
    assert working >= transit - (arrive.weekday() >= 5)
    # A day later it would not be enough.
    after = count_back(day + timedelta(days=1), before, transit)[1]
    assert after >= leave


def test_the_trades_timeline_is_counted_back_from_the_day() -> None:
    steps = timeline_of("2027-09-01")
    assert [step.name for step in steps] == ["begin", "long_lead", "bloggers", "finished"]
    assert all(step.from_day < step.until_day < "2027-09-01" for step in steps)
    assert steps[1].from_day == "2027-03-03"
    assert timeline_of("2027") == timeline_of("") == []
    assert the_day("2027-09-01", None, None, None) == ("2027-09-01", "out")
