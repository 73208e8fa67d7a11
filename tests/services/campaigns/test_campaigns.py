"""Campaigns: what is a goal, what was spent on what, what is to be done by when, and what a client answers."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.campaigns.budget import BudgetKind, add_expense, budget_of, drop_expense, expenses_of, set_budget
from outreach.services.campaigns.campaign import (
    add_campaign,
    campaign_facts,
    close_campaign,
    edit_campaign,
    list_campaigns,
    take_out,
)
from outreach.services.campaigns.copying import copy_campaign
from outreach.services.campaigns.goals import GoalKind, NewGoal, add_goal, drop_goal, goals_of
from outreach.services.campaigns.roster import ORDER, roster_of
from outreach.services.campaigns.sheet import note_shown, one_sheet, read_answers, write_sheet
from outreach.services.campaigns.steps import add_step, finish_step, plan_steps, steps_due, steps_of
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.drafting import senders
from outreach.services.exporting.sheets import write_sheet as write_plain
from outreach.services.gifts.gifts import Deal, GiftState, move_gifts, plan_gifts
from outreach.services.gifts.states import Stage
from outreach.services.pages.campaign import campaign_page
from outreach.services.people.addresses import save_address
from outreach.services.people.people import NewPerson, add_person
from outreach.services.sample.apart import SENDER
from outreach.services.shipments.costs import note_postage
from outreach.services.shipments.shipments import create_shipments, send_shipments
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Campaign, Gift, Item, RosterAnswer, Sale, SalesCode
from outreach.wording import Words
from outreach.wording.campaigns import budget_lines, sheet_cells, sheet_words
from tests.conftest import OPENING, contents
from tests.store.undoing_records import Keeper

HOME = {"line1": "1 Quay", "city": "Hexham", "postcode": "NE46 1NF", "country": "GB"}


def title(store: Store, name: str = "The Salt Orchard", day: str = "2027-01-12") -> int:
    edition = NewEdition(EditionFormat.PROOF, copies=9, cost=Decimal("3.20"), cost_currency="GBP")
    return add_item(store, name, {"pub_date": day}, editions=[edition])[0]


@pytest.fixture
def item(store: Store) -> int:
    return title(store)


@pytest.fixture
def campaign(store: Store, item: int) -> int:
    days = {"starts_on": "2026-11-01", "ends_on": "2027-02-28"}
    return add_campaign(store, {"name": "Launch", "client": "Finch", "currency": "GBP", **days}, [item])[0]


def planned(store: Store, item: int, name: str, campaign: str = "Launch", deal: Deal = Deal.GIFT, why: str = "") -> int:
    person, _ = add_person(store, NewPerson(name))
    save_address(store, person, HOME)
    return plan_gifts(store, item, [person], campaign=campaign, deal=deal, why={person: why})[0][0]


def sold(
    item: int, day: str, copies: int, minor: int | None = None, code: int | None = None, kind: str = "sales"
) -> None:
    Sale.create(kind=kind, sold_on=day, copies=copies, amount_minor=minor, currency="GBP" if minor else "", item=item,
                sales_code=code, created_at="2026-11-24T12:00:00Z")  # fmt: skip


def test_a_campaign_is_for_titles_and_for_their_client(store: Store, item: int, campaign: int) -> None:
    other = title(store, "River of Keys")
    edit_campaign(store, campaign, {"why": "Readers trust readers"}, [item, other])
    facts = campaign_facts(campaign)
    assert (facts.client, facts.why, facts.starts_on) == ("Finch", "Readers trust readers", "2026-11-01")
    assert list(facts.titles.values()) == ["The Salt Orchard", "River of Keys"]
    edit_campaign(store, campaign, {"why": ""}, [other])
    assert list(campaign_facts(campaign).titles) == [other] and not campaign_facts(campaign).why
    close_campaign(store, campaign)
    assert [row.id for row in list_campaigns(closed=True)] == [campaign] and not list_campaigns()
    close_campaign(store, campaign, again=True)
    assert list_campaigns()[0].closed_on == ""


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "campaigns.no_name"),
        ({"name": "LAUNCH"}, "campaigns.name_taken"),
        ({"name": "x", "starts_on": "soon"}, "campaigns.no_day"),
        ({"name": "x", "starts_on": "2027-03-01", "ends_on": "2027-02-01"}, "campaigns.backwards"),
        ({"name": "x", "currency": "shells"}, "campaigns.no_currency"),
        ({"name": "x", "followers": "9"}, "campaigns.unknown_field"),
    ],
)
def test_what_cannot_be_said_of_a_campaign_changes_nothing(
    store: Store, campaign: int, values: dict[str, str], code: str
) -> None:
    before = contents(store)
    with pytest.raises(KnownError) as refused:
        add_campaign(store, values)
    assert refused.value.code == code and contents(store) == before and campaign


@pytest.mark.parametrize("kind", ["posts", "Followers", "organic mentions", "likes", "reach", "Views", "shares"])
def test_posts_and_followers_are_refused_as_goals_with_the_reason(store: Store, campaign: int, kind: str) -> None:
    with pytest.raises(KnownError) as refused:
        add_goal(store, campaign, NewGoal(kind, "100"))
    told = Words("en_GB").trouble(refused.value)
    assert kind in told and "owes nobody a post" in told and "sales" in told and not goals_of(store, campaign)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewGoal("glory", "1"), "campaigns.goal_unknown"),
        (NewGoal("sales", "many"), "campaigns.goal_target"),
        (NewGoal("sales", "0"), "campaigns.goal_target"),
        (NewGoal("sales", "-4"), "campaigns.goal_target"),
        (NewGoal("sales", "1.5"), "campaigns.goal_target"),
        (NewGoal("sales", "1000", baseline="640 GBP"), "campaigns.goal_unit"),
        (NewGoal("sales", "1000", since="2027-02-01", due_on="2027-01-01"), "campaigns.backwards"),
        (NewGoal("sales", "1000", due_on="Tuesday"), "campaigns.no_day"),
    ],
)
def test_a_goal_is_a_figure_by_a_day(store: Store, campaign: int, new: NewGoal, code: str) -> None:
    with pytest.raises(KnownError) as refused:
        add_goal(store, campaign, new)
    assert refused.value.code == code and not goals_of(store, campaign)


def test_a_goal_counts_sales_of_its_days_once_and_keeps_pace(store: Store, item: int, campaign: int) -> None:
    add_goal(store, campaign, NewGoal("pre-orders", "1,200", baseline="640", due_on="2026-12-17", source="The shop"))
    add_goal(store, campaign, NewGoal("pre_orders", "100 GBP"))
    code = SalesCode.create(code="MAYA", code_key="maya", item=item, created_at="2026-11-24T12:00:00Z").id
    for day, copies, by in (("2026-11-10", 300, None), ("2026-11-12", 40, code), ("2026-10-31", 99, None),
                            ("2026-11-25", 99, None)):  # fmt: skip
        sold(item, day, copies, copies * 10, by, "pre_orders")
    sold(item, "2026-11-10", 5000)
    copies, money = goals_of(store, campaign)
    # The forty by code are in the title's books as well: 300, and not 340.
    assert (copies.reached, copies.by_code, copies.target, copies.baseline) == (300, 40, 1200, 640)
    # 23 of 46 days have gone.
    assert copies.expected == pytest.approx(600) and not copies.is_ahead and copies.is_told
    assert (money.unit, money.currency, money.reached, money.target) == ("money", "GBP", 3000, 10000)
    drop_goal(store, campaign, "pre_orders")
    assert not goals_of(store, campaign)
    with pytest.raises(KnownError, match="goal_none"):
        drop_goal(store, campaign, "pre_orders")


def test_all_goals_are_money_or_copies_that_someone_pays_for() -> None:
    assert {kind.value for kind in GoalKind} == {"sales", "pre_orders", "library_orders", "club_copies"}


def test_a_budget_counts_parcels_and_expenses_and_mixes_nothing(store: Store, item: int, campaign: int) -> None:
    gifts = [planned(store, item, "Maya"), planned(store, item, "Rosa"), planned(store, item, "Ola", deal=Deal.PAID)]
    other = title(store, "River of Keys")
    beside = plan_gifts(store, other, [Gift.get_by_id(gifts[1]).person_id], campaign="Another")[0]
    move_gifts(store, [*gifts, *beside], GiftState.ACCEPTED)
    parcels = create_shipments(store, [*gifts, *beside])[0]
    assert len(parcels) == 3
    send_shipments(store, parcels)
    note_postage(store, parcels, {"postage": "2.00 GBP"})
    set_budget(store, campaign, "copies", "100")
    set_budget(store, campaign, "events", "250 GBP")
    set_budget(store, campaign, "events", "200 GBP")
    add_expense(store, campaign, "events", "122 GBP", "2026-11-20", "The room")
    dollars, _ = add_expense(store, campaign, "rewards", "30 USD")
    pounds, foreign = budget_of(campaign).spending
    assert (pounds.currency, pounds.whole, foreign.currency, foreign.total) == ("GBP", 30000, "USD", 3000)
    # Maya's copy and its postage; Rosa's copy and half of hers, as another campaign's book lies in the parcel too;
    # Ola's was paid for.
    assert dict(pounds.spent) == {"copies": 320 + 320, "postage": 200 + 100, "events": 12200}
    assert dict(pounds.apart) == {"paid": 520}
    told = list(budget_lines(Words("en_GB"), budget_of(campaign)))
    assert "Budget: £131.40 of £300.00" in told and "Counted apart, for paid: £5.20" in told
    drop_expense(store, dollars)
    set_budget(store, campaign, "copies", "")
    assert [each.whole for each in budget_of(campaign).spending] == [20000] and len(expenses_of(campaign)) == 1
    for kind, amount, code in (("glory", "1 GBP", "budget_kind"), (BudgetKind.OTHER, "-1 GBP", "budget_amount")):
        with pytest.raises(KnownError, match=code):
            set_budget(store, campaign, kind, amount)


def test_steps_are_planned_back_from_the_day_and_move_with_it(store: Store, item: int, campaign: int) -> None:
    plan_steps(store, campaign)
    by_name = {row.name: row for row in steps_of(campaign)}
    assert by_name["out"].due_on == "2027-01-12" and by_name["proofs"].due_on == "2026-08-25"
    assert [row.due_on for row in steps_of(campaign)] == sorted(row.due_on for row in steps_of(campaign))
    finish_step(store, by_name["proofs"].id, "2026-08-20")
    Item.update(pub_date="2027-01-26").where(Item.id == item).execute()
    plan_steps(store, campaign)
    moved = {row.name: row.due_on for row in steps_of(campaign)}
    assert moved["out"] == "2027-01-26" and moved["proofs"] == "2026-08-25" and len(moved) == len(by_name)
    own, _ = add_step(store, campaign, "Book the room", "2026-11-25")
    assert [row.id for row in steps_due("2026-11-30", "2026-11-20")] == [own]
    close_campaign(store, campaign)
    assert not steps_due("2026-11-30", "2026-11-20")
    undated, _ = add_campaign(store, {"name": "Some day"})
    with pytest.raises(KnownError, match="no_pub_day"):
        plan_steps(store, undated)


def test_a_copy_takes_over_what_was_planned_and_nothing_that_came_of_it(store: Store, item: int, campaign: int) -> None:
    planned(store, item, "Maya")
    add_goal(store, campaign, NewGoal("sales", "1200", baseline="640"))
    set_budget(store, campaign, "copies", "100")
    add_expense(store, campaign, "events", "122")
    plan_steps(store, campaign)
    finish_step(store, steps_of(campaign)[0].id)
    other = title(store, "River of Keys", "2027-02-12")
    before = contents(store)
    made, changes = copy_campaign(store, campaign, "Spring", [other])
    page = campaign_page(store, made)
    assert (page.facts.client, page.facts.starts_on, page.facts.ends_on) == ("Finch", "2026-12-02", "2027-03-31")
    assert [(goal.target, goal.baseline) for goal in page.goals] == [(1200, None)]
    assert [(each.whole, each.total) for each in page.budget.spending] == [(10000, 0)] and not page.lines
    assert {step.name: step.due_on for step in page.steps}["out"] == "2027-02-12"
    assert not any(step.done_on for step in page.steps) and changes
    store.undo()
    assert contents(store) == before


def test_the_roster_stands_by_stage_with_why_each(store: Store, item: int, campaign: int) -> None:
    first = planned(store, item, "Maya", why="Liked 9 of 11 YA fantasies")
    planned(store, item, "Rosa")
    move_gifts(store, [first], GiftState.ACCEPTED)
    code = SalesCode.create(code="M", code_key="m", person=Gift.get_by_id(first).person_id, item=item,
                            created_at="2026-11-24T12:00:00Z").id  # fmt: skip
    sold(item, "2026-11-20", 22, 33000, code)
    rosa, maya = roster_of(store, campaign)
    assert (rosa.stage, maya.stage, maya.why) == ("chosen", "accepted", "Liked 9 of 11 YA fantasies")
    assert (maya.sold, maya.money, rosa.sold) == (22, {"GBP": 33000}, 0)
    take_out(store, [first])
    assert [line.person for line in roster_of(store, campaign)] == ["Rosa"]
    assert Gift.get_by_id(first).state == "accepted"


def sheet_of(store: Store, campaign: int, path: Path) -> None:
    words, sheet = Words("en_GB"), one_sheet(store, campaign)
    write_sheet(path, sheet_words(words, sheet.facts.name), [sheet_cells(words, line) for line in sheet.lines], sheet)
    note_shown(store, sheet)


def test_a_client_answers_on_the_sheet_and_nothing_half_is_kept(
    store: Store, item: int, campaign: int, tmp_path: Path
) -> None:
    for name in ("Maya", "Rosa", "Ola"):
        planned(store, item, name, why=f"Because, {name}")
    sheet_of(store, campaign, tmp_path / "sheet.xlsx")
    from python_calamine import CalamineWorkbook

    head, *rows = CalamineWorkbook.from_path(tmp_path / "sheet.xlsx").get_sheet_by_index(0).to_python()
    assert head[0] == "Ref" and head[9] == "Your answer" and str(rows[0][8]) == "2026-11-24"
    assert "example.org" not in str(rows) and "Quay" not in str(rows)
    assert RosterAnswer.select().where(RosterAnswer.answer == "").count() == 3
    header = tuple(map(str, head))
    ids = [str(row[0]) for row in rows]

    def answered(*answers: tuple[str, str, str]) -> Path:
        path = tmp_path / "back.csv"
        write_plain(path, (header[0], header[9], header[10]), answers)
        return path

    before = contents(store)
    for bad, code in (
        ((ids[0], "Yes", ""), ("p999", "Yes", "")), "sheet_person"), (
        ((ids[0], "Yes", ""), (ids[1], "Certainly", "")), "sheet_answer"), (
        ((ids[0], "Yes", ""), (ids[0], "No", "")), "sheet_twice"), (
        ((ids[0], "Yes", ""), ("Maya", "Yes", "")), "sheet_person",
    ):  # fmt: skip
        with pytest.raises(KnownError, match=code):
            read_answers(store, campaign, answered(*bad))
        assert contents(store) == before
    done = read_answers(
        store, campaign, answered((ids[0], "Yes", ""), (ids[1], "nein", "He reviews for a rival"), (ids[2], "", ""))
    )
    assert (done.yes, done.no, done.ask, done.silent) == (1, 1, 0, 1)
    said = {f"p{line.person_id}": (line.answer, line.comment) for line in roster_of(store, campaign)}
    assert said[ids[1]] == ("no", "He reviews for a rival") and said[ids[2]] == ("", "")
    store.undo()
    assert contents(store) == before


def test_a_sheet_of_something_else_is_refused(store: Store, campaign: int, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="nobody"):
        one_sheet(store, campaign)
    write_plain(tmp_path / "a.csv", ("Name", "Town"), [("Maya", "Hexham")])
    with pytest.raises(KnownError, match="sheet_columns"):
        read_answers(store, campaign, tmp_path / "a.csv")


def _holds(store: Store) -> int:
    """How many delivered gifts there are in campaigns, in each of which the funnel adds up."""
    delivered = 0
    for row in Campaign.select():
        page = campaign_page(store, row.id)
        strip = page.strip
        assert strip["posted"] + strip["reading"] + strip["quiet"] == strip["delivered"]
        steps = [strip[name] for name in ("chosen", "asked", "accepted", "sent", "delivered")]
        assert steps == sorted(steps, reverse=True)
        free = [line for line in page.lines if line.deal == "gift"]
        assert len(free) == strip["chosen"] and len(page.lines) == strip["chosen"] + sum(page.apart.values())
        for stage in (Stage.POSTED, Stage.READING, Stage.QUIET):
            assert sum(line.stage == stage for line in free) == strip[stage.value]
        places = [ORDER.index(Stage(line.stage)) for line in page.lines]
        assert places == sorted(places)
        delivered += strip["delivered"]
    return delivered


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_the_funnel_adds_up_whatever_was_done_and_undone(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    place = tmp_path_factory.mktemp("funnel") / "w"
    new_workspace(place, OPENING)
    with workspace.writing(place, OPENING) as store:
        someone = Keeper(store, seed)
        senders.change_sender(store, **SENDER)
        acts = [
            someone.add_person, someone.add_item, someone.stock, someone.begin_campaign, someone.plan_in_campaign,
            someone.plan_in_campaign, someone.move_on, someone.move_on, someone.move_on, someone.post, someone.outcome,
            someone.merge, someone.move_out,
        ]  # fmt: skip
        for _ in range(4):
            someone.add_person()
            someone.add_item()
        someone.begin_campaign()
        for number in range(60):
            someone.tried(someone.random.choice(acts))
            if someone.random.random() < 0.15 and store.undoable():
                store.undo()
                if someone.random.random() < 0.5:
                    store.redo()
            if number % 10 == 0:
                _holds(store)
        _holds(store)
