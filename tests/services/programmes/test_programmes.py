"""Programmes: what is proposed and why, who is in them, what their members post, and what happens to their people."""

import shutil
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition
from outreach.services.disclosure.checks import disclosures
from outreach.services.disclosure.rules import Needs
from outreach.services.drafting.facts import FactMaker
from outreach.services.drafting.senders import Sender
from outreach.services.gifts import gifts
from outreach.services.gifts.states import Deal, GiftState, Obliges
from outreach.services.pages.campaign import campaign_page
from outreach.services.people import audience, forgetting, people, subject, words_on
from outreach.services.people.audience import NewShare
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson, Side, TasteKind
from outreach.services.people.suppressions import suppress_people
from outreach.services.posts import NewPost, PostKind, add_post
from outreach.services.programmes import members, programme, rewards
from outreach.services.programmes.cohort import Candidate, propose
from outreach.services.programmes.criteria import NewCriterion, add_criterion
from outreach.services.programmes.kinds import Reads, RewardKind
from outreach.services.programmes.programme import NewProgramme
from outreach.services.programmes.rewards import NewReward
from outreach.services.programmes.standing import counted_deals, deal_on, free_gifts
from outreach.services.review.making import review
from outreach.services.sales.codes import add_code
from outreach.services.sales.log import NewSale, log_sale
from outreach.services.tastes.editing import NewTaste, note_taste
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Gift, Post, Programme, ProgrammeMember, ProgrammeReward
from tests.conftest import OPENING, contents

_PAST = ("2026-03-01", "2026-06-30")


@pytest.fixture
def paid(store: Store) -> int:
    """A paid programme with a season in spring, and ten people of whom nobody is in it."""
    for number in range(10):
        people.add_person(store, NewPerson(f"Reader {number}", [f"r{number}@example.org"]))
    made, _ = programme.start_programme(store, NewProgramme("Circle", deal=Deal.PAID, opened_on="2026-01-01"))
    programme.add_season(store, made, "Spring", *_PAST)
    return made


@pytest.fixture
def book(store: Store) -> int:
    return catalogue.add_item(
        store, "The Glass Heron", {"author": "Imogen Vale"}, editions=[NewEdition(EditionFormat.HARDBACK, copies=90)]
    )[0]


def _post(store: Store, person: int, item: int, day: str) -> Post:
    made, _ = add_post(
        store, NewPost(person_id=person, item_id=item, kind=PostKind.TALK, posted_on=day, text="Read it")
    )
    return Post.get_by_id(made)


def _deliver(store: Store, item: int, person: int, day: str, campaign: str = "") -> int:
    (gift,), _ = gifts.plan_gifts(store, item, [person], campaign=campaign)
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED, day)
    with store.operation(Op.MOVE_GIFTS):
        for state in (GiftState.SENT, GiftState.DELIVERED):
            gifts.move(store, gift, state, day, happened=True)
    return gift


def test_a_post_in_a_season_is_what_was_agreed_and_one_outside_is_hers(store: Store, paid: int, book: int) -> None:
    members.join(store, paid, [1], "2026-04-01")
    natures = {
        day: _post(store, 1, book, day).nature for day in ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01")
    }
    assert natures == {"2026-03-31": "before_contact", "2026-04-01": "paid", "2026-06-30": "paid",
                       "2026-07-01": "organic"}  # fmt: skip
    [post] = Post.select().where(Post.posted_on == "2026-04-01")
    assert post.nature_reason == "programme_paid" and disclosures([post.id])[post.id].verdict.needs is Needs.AD
    programme.edit_programme(store, paid, {"deal": "in_kind"})
    assert Post.get_by_id(post.id).nature == "in_kind"
    members.make_alumni(store, paid, [1], "2026-05-01")
    assert [row.nature for row in Post.select().order_by(Post.posted_on)] == [
        "before_contact", "in_kind", "organic", "organic",
    ]  # fmt: skip
    members.take_out(store, paid, [1])
    assert Post.get_by_id(post.id).nature == "organic"
    for _ in range(3):
        store.undo()
    assert Post.get_by_id(post.id).nature == "paid"


def test_a_letter_in_a_season_says_so_to_readers(store: Store, paid: int, book: int) -> None:
    members.join(store, paid, [1], "2026-04-01")
    me = Sender("Hana", "hana@finch.example", "Finch", "1 Quay")
    lines = [
        FactMaker(book, [1], date.fromisoformat(day)).facts(1, me, "")["lines"]["disclosure"]
        for day in ("2026-05-01", "2026-09-01")
    ]
    assert "paid" in lines[0] and "paid" not in lines[1]


_DAYS = st.dates(date(2026, 2, 1), date(2026, 7, 31)).map(date.isoformat)
_WHAT = st.sampled_from(["join", "leave", "out", "post", "gift", "deal", "undo"])
_STEPS = st.lists(st.tuples(_WHAT, st.integers(1, 3), _DAYS), min_size=4, max_size=12)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=_STEPS)
def test_no_figure_of_organic_posts_counts_a_bound_member(
    empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]]
) -> None:
    """Whatever is noted in whatever order, and taken back: what the review calls organic was posted by nobody bound."""
    folder = tmp_path_factory.mktemp("w") / "w"
    shutil.copytree(empty_workspace, folder)
    with workspace.writing(folder, OPENING) as store:
        _play(store, steps)
        counted = counted_deals(list(Gift.select()))
        bound = {row.id for row in Post.select() if deal_on(row.person_id, row.posted_on)}
        organic = list(Post.select().where(Post.nature == "organic"))
        arrived = {row.id for row in Gift.select().where(Gift.state == "delivered")}
        assert not bound & {row.id for row in organic}
        found = review(store)
        assert found.natures["organic"] == len(organic)
        assert found.organic.part == len(({row.gift_id for row in organic} & arrived) - set(counted))
        assert found.organic.whole == len(arrived - set(counted))
        free = {row.id for row in Gift.select().where(free_gifts())}
        assert free == {row.id for row in Gift.select()} - set(counted)
        assert not free & {row.gift_id for row in Post.select().where(Post.id.in_(list(bound)))}


def _play(store: Store, steps: list[tuple[str, int, str]]) -> None:
    item, _ = catalogue.add_item(store, "The Glass Heron", {"author": "Imogen Vale"})
    for number in range(3):
        people.add_person(store, NewPerson(f"Reader {number}"))
    made, _ = programme.start_programme(store, NewProgramme("Circle", deal=Deal.PAID, opened_on="2026-01-01"))
    programme.add_season(store, made, "Spring", *_PAST)
    before = len(store.undoable())
    for what, person, day in steps:
        with suppress(KnownError):
            match what:
                case "join":
                    members.join(store, made, [person], day)
                case "leave":
                    members.make_alumni(store, made, [person], day)
                case "out":
                    members.take_out(store, made, [person])
                case "gift":
                    _deliver(store, item, person, day)
                case "post":
                    _post(store, person, item, day)
                case "deal":
                    values = {"deal": ("in_kind", "paid", "gift")[person - 1]}
                    programme.edit_programme(store, made, values)
                case _ if len(store.undoable()) > before:
                    store.undo()


def _about(store: Store, person: int, look: str = "", country: str = "", young: str = "") -> None:
    if look:
        words_on.set_looks(store, person, "aesthetic", [look])
    if country:
        people.edit_person(store, person, {"country": country})
    if young:
        audience.add_share(store, person, NewShare("age", "18 to 24", young, "her media kit"))


def test_what_is_not_known_is_told_and_is_no_failure(store: Store, paid: int) -> None:
    add_criterion(store, paid, NewCriterion("aesthetic", "pastel", 2))
    add_criterion(store, paid, NewCriterion("audience", "age: 18 to 24", 2, "Students", least=40))
    add_criterion(store, paid, NewCriterion("country", "GB", 1))
    _about(store, 1, "pastel", "GB", "60")
    _about(store, 2, "neon", "GB", "20")
    _about(store, 3, look="pastel")
    suppress_people(store, [4])
    _about(store, 4, "pastel", "GB", "90")
    found = propose(store, paid)
    by: dict[int, Candidate] = {each.person_id: each for each in found.candidates}
    assert [each.person_id for each in found.candidates] == [1, 3, 2] and found.nothing_known == 6
    assert (by[1].low, by[1].score, by[1].high) == (100, 100, 100)
    # Hers is known for 40 of 100: the rest lies between nothing and all of it, and counts as the others have it.
    assert (by[3].low, by[3].high) == (pytest.approx(40), pytest.approx(100))
    assert by[3].score == pytest.approx(40 + 40 * 0.75 + 20 * 1)
    assert [each.met for each in by[3].known] == [1, None, None] and by[3].known[1].said == ""
    assert [each.met for each in by[2].known] == [0, 0.5, 1]
    assert "neon" in by[2].known[0].said and "her media kit" in by[2].known[1].said
    assert found.left_out["suppressed"] == 1
    assert [(each.known, each.met) for each in found.coverage] == [(3, 2), (2, 1), (2, 2)]
    # What is needed keeps out whom it is known of that she lacks it, and nobody of whom it is not known.
    add_criterion(store, paid, NewCriterion("aesthetic", "pastel", 1, "Pastel", is_needed=True))
    assert {each.person_id for each in propose(store, paid).candidates} == {1, 3}
    assert [each.person_id for each in propose(store, paid, among=[2, 3]).candidates] == [3]


@pytest.mark.parametrize("reads", ["followers", "reach", "audience_size", "likes"])
def test_followers_are_no_criterion(store: Store, paid: int, reads: str) -> None:
    with pytest.raises(KnownError, match=r"programmes\.followers"):
        add_criterion(store, paid, NewCriterion(reads, "5000"))


def test_every_reader_of_facts_tells_known_from_unknown(store: Store, paid: int) -> None:
    people.edit_person(store, 1, {"expertise": "Hens and Tudor history", "repute": "Trusted by hen keepers",
                                  "organisation": "Leeds University", "country": "GB", "language": "en",
                                  "role": "teacher"})  # fmt: skip
    words_on.set_tags(store, 1, ["campus"])
    words_on.set_looks(store, 1, "mood", ["brisk"])
    for side in ("own", "audience"):
        note_taste(store, 1, NewTaste(TasteKind.GENRE, "fantasy", side=Side(side)))
    wanted = {Reads.MOOD: "brisk", Reads.EXPERTISE: "hens", Reads.REPUTE: "hen keepers", Reads.ORGANISATION: "leeds",
              Reads.COUNTRY: "gb, ie", Reads.LANGUAGE: "en", Reads.ROLE: "teacher", Reads.TAG: "Campus",
              Reads.TASTE: "fantasy", Reads.AUDIENCE_TASTE: "Fantasy"}  # fmt: skip
    for reads, words in wanted.items():
        add_criterion(store, paid, NewCriterion(reads.value, words))
    [only] = propose(store, paid).candidates
    assert only.person_id == 1
    assert {each.label: each.met for each in only.known} == dict.fromkeys(wanted.values(), 1.0)


def test_nobody_who_asked_not_to_be_contacted_is_taken_in(store: Store, paid: int, book: int) -> None:
    for person in (1, 2):
        _deliver(store, book, person, "2026-04-02", "Spring push")
    campaign = Gift.get_by_id(1).campaign_id
    suppress_people(store, [1])
    for verb in (members.invite, members.join):
        with pytest.raises(KnownError, match=r"programmes\.suppressed"):
            verb(store, paid, [1, 3])
    done = members.promote(store, paid, campaign, on="2026-04-01")
    assert (done.joined, done.kept_out) == ((2,), 1)
    assert Programme.get_by_id(paid).campaign_id == campaign
    # The free copy that reached a bound member stands apart on the campaign's page too.
    page = campaign_page(store, campaign)
    assert (page.strip["delivered"], page.apart) == (1, {"paid": 1})


def test_a_person_comes_back(store: Store, paid: int) -> None:
    members.join(store, paid, [1], "2026-03-05")
    members.make_alumni(store, paid, [1], "2026-04-01")
    members.join(store, paid, [1], "2026-05-01")
    rows = members.members_of(paid)
    assert [(row.state, row.joined_on, row.alumni_on) for row in rows] == [
        ("joined", "2026-05-01", ""), ("alumni", "2026-03-05", "2026-04-01"),
    ]  # fmt: skip
    row = programme.show_programme(store, paid)
    assert (row.joined, row.alumni) == (1, 0)
    assert [deal_on(1, day) for day in ("2026-03-20", "2026-04-15", "2026-05-02")] == [Deal.PAID, None, Deal.PAID]


def test_two_who_are_one_are_in_it_once_with_what_both_were_given(store: Store, paid: int) -> None:
    members.join(store, paid, [1, 2], "2026-04-01")
    members.invite(store, paid, [3], "2026-03-01")
    for person in (1, 2):
        rewards.give(store, paid, [person], NewReward(RewardKind.SWAG, value=Decimal(4), currency="GBP",
                                                      given_on="2026-04-02"))  # fmt: skip
    before = contents(store)
    merge_people(store, 1, 2)
    merge_people(store, 1, 3)
    [only] = members.members_of(paid)
    assert (only.person_id, only.state, only.invited_on, only.rewards) == (1, "joined", "2026-03-01", 2)
    store.undo()
    store.undo()
    assert contents(store) == before


def test_forgetting_leaves_a_nameless_count(store: Store, paid: int) -> None:
    members.join(store, paid, [1], "2026-04-01", "Hexham")
    new = NewReward(RewardKind.TOKENS, 300, "gold", condition="For Reader 0's class", obliges=Obliges.POSTING,
                    given_on="2026-04-02")  # fmt: skip
    rewards.give(store, paid, [1], new)
    told = subject.about(store, 1)
    assert told["programme_member"][0]["place"] == "Hexham" and told["programme_reward"][0]["unit"] == "gold"
    assert forgetting.what_goes(store, 1).stays["programme_member"] == 1
    forgetting.forget_person(store, 1)
    [row] = rewards.list_rewards(paid)
    assert (row.person, row.condition, row.amount) == ("", "", 300)
    assert ProgrammeMember.get().place == "" and programme.show_programme(store, paid).joined == 1
    assert ProgrammeReward.select().count() == 1


def test_what_a_bound_members_code_sold_stands_apart(store: Store, paid: int, book: int) -> None:
    members.join(store, paid, [1], "2026-04-01")
    for person in (1, 2):
        _deliver(store, book, person, "2026-05-01")
        code, _ = add_code(store, f"READER{person}", person_id=person, item_id=book)
        log_sale(store, NewSale(person, amount=f"{person}0 GBP", on="2026-05-20", code_id=code))
    found = review(store)
    assert (found.by_code.copies, found.by_code_apart["paid"].copies) == (2, 1)
    assert [money.minor for money in found.by_code.amounts] == [2000]
