"""How long somebody reads is learned from few readings without being carried away, and ends in a proposal and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import exp, log, sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.gifts.closing import close_over, hope_on
from outreach.services.gifts.gifts import Deal, GiftState, OutcomeKind, Stage, add_outcome, stages
from outreach.services.gifts.hopes import hope_longer, hope_over, hoped, told
from outreach.services.gifts.reading_time import ReadingTime, learn, reading_times
from outreach.services.pages.waiting import waiting
from outreach.services.people.people import NewPerson, add_person
from outreach.services.policies.card import Card, save_card
from outreach.services.workspaces.data_rules import data_rules, first_rules
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Outcome
from outreach.store.workspace import Opening
from outreach.ui.widgets.today import WAITING
from outreach.wording import endings
from tests.conftest import NOW, contents

TODAY = NOW.date()


def person(store: Store, name: str, platform: str = "") -> int:
    accounts = [f"{platform}:{name.casefold()}"] if platform else []
    return add_person(store, NewPerson(name, [], accounts))[0]


def arrived(store: Store, who: int, days_ago: int, after: int | None = None, deal: Deal = Deal.GIFT) -> int:
    """A gift that arrived so many days ago, and of which she posted so many days after, or never."""
    day = TODAY - timedelta(days=days_ago)
    with store.operation(Op.PLAN_GIFTS):
        item = Item.create(title="A", title_key="a", sort_title="a", created_at="", updated_at="")
        gift = Gift.create(
            person=who, item=item.id, state="delivered", state_on=day.isoformat(), delivered_on=day.isoformat(),
            deal=deal.value, created_at="",
        )  # fmt: skip
        if after is not None:
            on = (day + timedelta(days=after)).isoformat()
            Outcome.create(gift=gift.id, person=who, kind="posted", happened_on=on)
    return int(gift.id)


@contextmanager
def later(folder: Path, days: int) -> Iterator[Store]:
    with workspace.writing(folder, Opening(clock=lambda: NOW + timedelta(days=days))) as store:
        yield store


def test_of_whom_nothing_is_known_the_first_values_hold(store: Store) -> None:
    maya = person(store, "Maya")
    assert reading_times(store, [maya]) == {maya: ReadingTime(30, 60)}
    assert reading_times(store, []) == {}


def test_the_formula_on_numbers_worked_out_by_hand(store: Store) -> None:
    """She read in 9 and 19 days, another of her tier in 5; a prior of 30 days is as heavy as four readings."""
    maya, rosa = person(store, "Maya"), person(store, "Rosa")
    for who, days in ((maya, 9), (maya, 19), (rosa, 5)):
        arrived(store, who, 100, days)
    k = first_rules().reading_weight
    everyone = (k * log(31) + log(6)) / (k + 1)
    tier = (k * everyone + log(6)) / (k + 1)
    hers = (k * tier + log(10) + log(20)) / (k + 2)
    middle = (k * log(31) + log(10) + log(20) + log(6)) / (k + 3)
    first_spread = (log(61) - log(31)) / 1.2816
    apart = sum((log(days + 1) - middle) ** 2 for days in (9, 19, 5))
    spread = sqrt((k * first_spread**2 + apart) / (k + 3))
    time = reading_times(store, [maya])[maya]
    assert (time.days, time.hope_days, time.own) == (round(exp(hers) - 1), round(exp(hers + 1.2816 * spread) - 1), 2)
    assert (time.days, time.hope_days) == (15, 36)


def test_one_reading_moves_little_and_many_speak_for_her_alone(store: Store) -> None:
    once, often = person(store, "Maya"), person(store, "Rosa")
    arrived(store, once, 300, 3)
    first = reading_times(store, [once])[once].days
    assert 15 < first < 30
    for _ in range(40):
        arrived(store, often, 300, 100)
    assert 80 <= reading_times(store, [often])[often].days <= 100
    assert reading_times(store, [once])[once].days > first, "and everyone's time is a little hers too"


def test_her_tier_speaks_for_who_has_read_nothing_yet(store: Store) -> None:
    readers = [person(store, f"R{number}") for number in range(5)]
    new, online = person(store, "Maya"), person(store, "Rosa", "instagram")
    for who in readers:
        arrived(store, who, 300, 90)
    times = reading_times(store, [new, online])
    assert times[new].days > times[online].days > 30, "who has no account is a tier; of the other's nothing is known"
    assert not times[new].is_hers


def test_her_own_word_stands_before_what_is_usual(store: Store) -> None:
    maya = person(store, "Maya")
    save_card(store, maya, Card(weeks=10))
    time = reading_times(store, [maya])[maya]
    assert (time.days, time.weeks, time.is_hers) == (70, 10, True)
    assert time.hope_days > 100


def test_what_teaches_nothing(store: Store) -> None:
    """A paid post, a post of the day it arrived, and silence."""
    maya = person(store, "Maya")
    arrived(store, maya, 300, 5, Deal.PAID)
    arrived(store, maya, 300, 0)
    arrived(store, maya, 300)
    assert reading_times(store, [maya])[maya] == ReadingTime(30, 60)


def test_a_new_answer_is_learned_at_once_and_unlearned_by_undo(store: Store) -> None:
    maya = person(store, "Maya")
    gift = arrived(store, maya, 100)
    before = reading_times(store, [maya])
    add_outcome(store, gift, OutcomeKind.FINISHED, (TODAY - timedelta(days=95)).isoformat())
    assert reading_times(store, [maya])[maya].days < before[maya].days
    store.undo()
    assert reading_times(store, [maya]) == before


@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "nano", "micro"]), st.integers(1, 3000)), max_size=30)
)
@settings(max_examples=50)
def test_what_is_learned_lies_between_what_was_known_and_what_was_seen(times: list[tuple[int, str, int]]) -> None:
    usual = learn(times, first_rules())
    before = log(first_rules().reading_days + 1)
    assert usual.spread > 0
    for person in range(1, 6):
        seen = [before, *(log(days + 1) for who, _, days in times if who != person)]
        for tier in ("", "nano", "macro", *{tier for who, tier, _ in times if who == person}):
            if all(known == tier for who, known, _ in times if who == person):
                assert min(seen) - 1e-9 <= usual.middle_of(person, tier, first_rules()) <= max(seen) + 1e-9


def test_nobody_is_given_up_too_soon_nor_hoped_for_without_end(store: Store) -> None:
    quick, slow = person(store, "Maya"), person(store, "Rosa")
    for _ in range(60):
        arrived(store, quick, 900, 1)
    times = reading_times(store, [quick])
    assert times[quick].hope_days == data_rules().hope_least_days
    for _ in range(60):
        arrived(store, slow, 2000, 1500)
    assert reading_times(store, [slow])[slow].hope_days == data_rules().hope_most_days


def test_hope_ends_in_a_proposal_that_one_undo_takes_back(folder: Path) -> None:
    with later(folder, 0) as store:
        maya, rosa = person(store, "Maya"), person(store, "Rosa")
        first, second = arrived(store, maya, 61), arrived(store, rosa, 60)
        paid, ended = arrived(store, rosa, 400, deal=Deal.PAID), arrived(store, rosa, 400)
        add_outcome(store, ended, OutcomeKind.PASSED_ON)
        assert [(each.gift_id, each.person) for each in told(store, hope_over(store))] == [(first, "Maya")]
        assert {each.gift_id for each in hoped(store)} == {first, second}, (
            "what was agreed or has ended is not hoped for"
        )
        (row,) = waiting(store)
        assert (row.code, row.count, row.person) == ("close", 1, "Maya")
    with later(folder, 1) as store:
        assert [each.gift_id for each in hope_over(store)] == [first, second]
        before = contents(store)
        changes = close_over(store)
        assert changes.op is Op.MOVE_GIFTS
        assert {Gift.get_by_id(gift).state for gift in (first, second)} == {GiftState.CLOSED_QUIET}
        assert Gift.get_by_id(paid).state == GiftState.DELIVERED
        assert waiting(store) == []
        store.undo()
        assert contents(store) == before


def test_a_word_of_hers_begins_the_time_anew(store: Store) -> None:
    maya = person(store, "Maya")
    gift = arrived(store, maya, 100)
    assert [each.gift_id for each in hope_over(store)] == [gift]
    add_outcome(store, gift, OutcomeKind.THANKED, (TODAY - timedelta(days=10)).isoformat())
    assert hope_over(store) == []
    assert hoped(store)[0].until == (TODAY + timedelta(days=50)).isoformat()


def test_not_yet_goes_on_hoping_and_the_gift_is_still_being_read(folder: Path) -> None:
    with later(folder, 0) as store:
        gift = arrived(store, person(store, "Maya"), 100)
        hope_on(store)
        assert Gift.get_by_id(gift).hope_until == (TODAY + timedelta(days=30)).isoformat()
        assert hope_over(store) == []
        assert stages(store, [Gift.get_by_id(gift)]) == {gift: Stage.READING}
        store.undo()
        assert stages(store, [Gift.get_by_id(gift)]) == {gift: Stage.QUIET}
        hope_longer(store, [gift], "2026-12-01")
    with later(folder, 8) as store:
        assert [each.until for each in told(store, hope_over(store))] == ["2026-12-01"]


@pytest.mark.parametrize("day", ["2026-11-24", "2026-12", "soon"])
def test_a_day_that_is_none_to_come_is_refused(store: Store, day: str) -> None:
    gift = arrived(store, person(store, "Maya"), 100)
    with pytest.raises(KnownError, match=r"hopes\.no_day"):
        hope_longer(store, [gift], day)
    with store.operation(Op.MOVE_GIFTS):
        Gift.update(state="sent").where(Gift.id == gift).execute()
    with pytest.raises(KnownError, match=r"hopes\.not_here"):
        hope_longer(store, [gift])


def test_no_word_of_it_is_unkind() -> None:
    said = [*endings.SENTENCES.values(), *(word for entry in WAITING.values() for word in entry[3:6])]
    for word in ("overdue", "late", "fail", "chase", "remind", "deadline", "owe"):
        assert not [each for each in said if word in each.casefold().replace("later", "").split()]


def test_a_partial_day_of_an_old_list_breaks_nothing(store: Store) -> None:
    gift = arrived(store, person(store, "Maya"), 100)
    with store.operation(Op.MOVE_GIFTS):
        Gift.update(delivered_on="2025-11", state_on="2025-11").where(Gift.id == gift).execute()
    assert stages(store, [Gift.get_by_id(gift)]) == {gift: Stage.QUIET}
    assert hope_over(store) == []


def test_the_longest_silences_come_first_and_no_more_than_are_asked_for(store: Store) -> None:
    maya = person(store, "Maya")
    gifts = [arrived(store, maya, days) for days in (100, 800, 70, 400)]
    assert [each.gift_id for each in hope_over(store)] == [gifts[1], gifts[3], gifts[0], gifts[2]]
    assert [each.gift_id for each in hope_over(store, 3)] == [gifts[1], gifts[3], gifts[0]]
