"""What lies behind a post: one row per case, and what becomes of it when the gift is another."""

from typing import Any

import pytest
from hypothesis import given as each_of
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.services import posts
from outreach.services.drafting.facts import FactMaker
from outreach.services.drafting.senders import Sender
from outreach.services.gifts import gifts
from outreach.services.gifts.deals import change_deal
from outreach.services.gifts.states import Deal, GiftState, Obliges
from outreach.services.people import people
from outreach.services.people.merging import merge_people
from outreach.services.people.roles import set_roles
from outreach.services.posts import Nature, NewPost
from outreach.services.posts.nature import Decision, Ground, decide
from outreach.services.review.making import review
from outreach.services.shipments import shipments
from outreach.store.database import Store
from outreach.store.models import Outcome, Post, TasteEvidence, TasteNote
from tests.services.gifts.test_gifts import given, person, title

_DAY, _BEFORE, _LATER = "2026-11-01", "2026-10-01", "2026-11-02"
BEFORE, ORGANIC, IN_KIND, PAID = Nature.BEFORE_CONTACT, Nature.ORGANIC, Nature.IN_KIND, Nature.PAID

#: By the rule of the field it follows from, what is known, and what that makes of it.
CASES: tuple[tuple[str, dict[str, Any], Nature, str], ...] = (
    ("nobody wrote, nothing was given", {}, BEFORE, "before_first_contact"),
    ("she spoke before we wrote", {"first_contact": _LATER}, BEFORE, "before_first_contact"),
    ("kept so whatever we give her later", {"deal": Deal.PAID, "was": BEFORE}, BEFORE, "before_first_contact"),
    ("kept so whatever depends on it", {"obliges": Obliges.POSTING, "was": BEFORE}, BEFORE, "before_first_contact"),
    ("the month we wrote in is not surely before", {"posted_on": "2026-11", "first_contact": _LATER}, ORGANIC, "no_gift"),
    ("on the day we wrote", {"first_contact": _DAY}, ORGANIC, "no_gift"),
    ("we wrote, she bought it herself", {"first_contact": _BEFORE}, ORGANIC, "no_gift"),
    ("D1: a free copy, nothing asked", {"first_contact": _BEFORE, "deal": Deal.GIFT}, ORGANIC, "after_free_gift"),
    ("D2, G4: an early proof is a benefit to be told, and still unasked", {"deal": Deal.GIFT}, ORGANIC, "after_free_gift"),
    ("D7: she works with us", {"first_contact": _BEFORE, "insider": True}, IN_KIND, "one_of_us"),
    ("D7: she works with us and got a copy", {"deal": Deal.GIFT, "insider": True}, IN_KIND, "one_of_us"),
    ("D8: a gift, and a say of ours in the post", {"deal": Deal.GIFT, "obliges": Obliges.APPROVAL}, IN_KIND, "we_had_a_say"),
    ("D12: a reward that depends on posting", {"deal": Deal.GIFT, "obliges": Obliges.POSTING}, IN_KIND,
     "reward_for_posting"),
    ("D12: called in kind from the start", {"deal": Deal.IN_KIND, "obliges": Obliges.POSTING}, IN_KIND,
     "reward_for_posting"),
    ("a reward that was agreed", {"deal": Deal.IN_KIND}, IN_KIND, "reward_agreed"),
    ("money", {"deal": Deal.PAID}, PAID, "paid_for"),
    ("money that depends on posting", {"deal": Deal.PAID, "obliges": Obliges.POSTING}, PAID, "paid_for"),
    ("G8: a paid deal and a say of ours", {"deal": Deal.PAID, "obliges": Obliges.APPROVAL}, PAID, "paid_for"),
    ("an organic post after which money was agreed", {"deal": Deal.PAID, "was": ORGANIC}, PAID, "paid_for"),
    ("a deal that was called off", {"first_contact": _BEFORE, "deal": Deal.GIFT, "was": PAID}, ORGANIC, "after_free_gift"),
)  # fmt: skip


@pytest.mark.parametrize(("known", "nature", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_lies_behind_a_post(known: dict[str, Any], nature: Nature, reason: str) -> None:
    assert decide(Ground(**({"posted_on": _DAY} | known))) == Decision(nature, reason)


_DAYS = st.sampled_from(["2026", "2026-10", "2026-10-31", "2026-11", "2026-11-01", "2027-01-01"])
_GROUNDS = st.builds(
    Ground, _DAYS, st.none() | _DAYS, st.none() | st.sampled_from(list(Deal)), st.sampled_from(list(Obliges)),
    st.booleans(), st.none() | st.sampled_from(list(Nature)),
)  # fmt: skip


@each_of(_GROUNDS)
def test_nothing_that_was_rewarded_is_ever_organic_and_the_first_word_stays(ground: Ground) -> None:
    nature = decide(ground).nature
    if ground.was is BEFORE:
        assert nature is BEFORE
    elif ground.deal is Deal.PAID:
        assert nature is PAID
    elif ground.deal is Deal.IN_KIND or ground.obliges or ground.insider:
        assert nature is IN_KIND
    else:
        assert nature in (ORGANIC, BEFORE)


def nature_now(post: int) -> tuple[str, str]:
    row = Post.get_by_id(post)
    return row.nature, row.nature_reason


def test_a_reward_for_posting_changes_the_deal_the_nature_the_figures_and_what_was_learned(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    before, _ = posts.add_post(store, NewPost(person_id=maya, item_id=item, posted_on="2026-10-01", text="Soon!"))
    gift = given(store, maya, item)
    post, _ = posts.add_post(store, NewPost("https://www.instagram.com/p/Cone/", maya, text="I wept"))
    assert nature_now(post) == ("organic", "after_free_gift")
    assert review(store).natures["organic"] == 1 and review(store).deals["gift"] == (1, 1)
    learned = TasteEvidence.select().where(TasteEvidence.post == post).count()
    assert learned == 1

    agreed = change_deal(store, [gift], Deal.GIFT, reward="A voucher", obliges=Obliges.POSTING)
    assert (agreed.deal, agreed.became, agreed.posts) == (Deal.IN_KIND, True, 1)
    assert nature_now(post) == ("in_kind", "reward_for_posting")
    assert nature_now(before) == ("before_contact", "before_first_contact")
    assert "organic" not in {nature for nature, number in review(store).natures.items() if number}
    assert review(store).deals["gift"] == (0, 0) and review(store).deals["in_kind"] == (1, 1)
    assert not TasteEvidence.select().where(TasteEvidence.post == post).exists()
    assert TasteEvidence.select().where(TasteEvidence.post == before).exists()

    assert store.undo() is not None
    assert nature_now(post) == ("organic", "after_free_gift")
    assert TasteEvidence.select().where(TasteEvidence.post == post).count() == learned


@pytest.mark.parametrize(
    ("deal", "obliges", "says"),
    [
        (Deal.GIFT, Obliges.NOTHING, "the copy was free"), (Deal.GIFT, Obliges.POSTING, "more than a copy was agreed"),
        (Deal.IN_KIND, Obliges.NOTHING, "with “ad”"), (Deal.PAID, Obliges.NOTHING, "paid ad for Finch & Marlow"),
    ],
)  # fmt: skip
def test_what_was_agreed_changes_what_a_letter_says_of_disclosure(
    store: Store, deal: Deal, obliges: Obliges, says: str
) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    people.edit_person(store, maya, {"country": "US"})
    (gift,), _ = gifts.plan_gifts(store, item, [maya])
    change_deal(store, [gift], deal, obliges=obliges)
    me = Sender("Hanna", "hanna@house.example", "Finch & Marlow", "12 Quay Street")
    assert says in FactMaker(item, [maya], store.today()).facts(maya, me, "")["lines"]["disclosure"]


def test_a_taste_that_only_a_rewarded_post_taught_goes_with_it(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    gift = given(store, maya, item)
    posts.add_post(store, NewPost(person_id=maya, text="I wept"))
    assert TasteNote.select().count() == 1
    change_deal(store, [gift], Deal.PAID, reward="300 GBP")
    assert TasteNote.select().count() == 0


def test_what_was_agreed_counts_before_any_copy_was_sent(store: Store) -> None:
    item, _ = title(store)
    rosa = person(store, "Rosa")
    (gift,), _ = gifts.plan_gifts(store, item, [rosa], deal=Deal.PAID)
    early, _ = posts.add_post(store, NewPost(person_id=rosa, item_id=item, posted_on="2026-11-20", text="Wait"))
    assert nature_now(early) == ("before_contact", "before_first_contact")
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED)
    post, _ = posts.add_post(store, NewPost(person_id=rosa, item_id=item, text="Here it is"))
    assert nature_now(post) == ("paid", "paid_for")
    gifts.move_gifts(store, [gift], GiftState.DECLINED)
    assert nature_now(post) == ("organic", "no_gift"), "nothing was agreed after all"
    assert not Outcome.select().where(Outcome.post == post).exists()


def test_a_copy_that_came_back_lies_behind_nothing(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    (gift,), _ = gifts.plan_gifts(store, item, [maya])
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED)
    (parcel,), _ = shipments.create_shipments(store, [gift])
    shipments.track_shipment(store, parcel)
    post, _ = posts.add_post(store, NewPost(person_id=maya, text="A parcel is on its way"))
    assert Post.get_by_id(post).gift_id == gift
    shipments.return_shipment(store, parcel, "moved")
    assert (nature_now(post), Post.get_by_id(post).gift_id) == (("organic", "no_gift"), None)


def test_two_who_are_one_have_their_posts_seen_anew(store: Store) -> None:
    item, _ = title(store)
    maya, other = person(store, "Maya"), person(store, "Maya R")
    given(store, maya, item, deal=Deal.IN_KIND)
    post, _ = posts.add_post(store, NewPost(person_id=other, item_id=item, text="Loved it"))
    assert nature_now(post)[0] == "before_contact"
    given(store, other, title(store, "The Glass Heron")[0])
    second, _ = posts.add_post(store, NewPost(person_id=other, item_id=item, text="Loved it twice"))
    assert nature_now(second) == ("organic", "no_gift")
    merge_people(store, maya, other)
    assert nature_now(second) == ("in_kind", "reward_agreed")
    assert nature_now(post)[0] == "before_contact"


def test_whoever_works_with_us_is_never_organic(store: Store) -> None:
    item, _ = title(store)
    sam = person(store, "Sam")
    set_roles(store, sam, ["colleague"])
    given(store, sam, item)
    post, _ = posts.add_post(store, NewPost(person_id=sam, text="Ours!"))
    assert nature_now(post) == ("in_kind", "one_of_us")


def test_a_post_that_is_put_right_follows_the_gift_it_is_about(store: Store) -> None:
    item, _ = title(store)
    other, _ = title(store, "The Glass Heron")
    maya = person(store, "Maya")
    gift = given(store, maya, item)
    given(store, maya, other, deal=Deal.PAID)
    post, changes = posts.add_post(store, NewPost(person_id=maya, item_id=other, text="A wonder"))
    assert changes.op is Op.ADD_POST and nature_now(post)[0] == "paid"
    posts.edit_post(store, post, {"item": item})
    row = Post.get_by_id(post)
    assert (row.nature, row.gift_id) == ("organic", gift)
    assert [each.gift_id for each in Outcome.select().where(Outcome.post == post)] == [gift]
    assert TasteEvidence.select().where(TasteEvidence.post == post).count() == 1
    posts.remove_post(store, post)
    assert not Outcome.select().where(Outcome.kind == "posted").exists() and not TasteNote.select().exists()
    store.undo()
    assert nature_now(post)[0] == "organic" and people.show_person(store, maya)
