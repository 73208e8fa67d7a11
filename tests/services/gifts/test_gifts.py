"""Gifts, parcels, posts, clubs: what may happen when, and what people see of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services import posts
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition
from outreach.services.clubs import clubs
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import Deal, GiftState, OutcomeKind, Stage
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.posts import Nature, NewPost
from outreach.services.shipments import shipments
from outreach.services.workspaces.data_rules import first_rules
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Address, Gift, Outcome
from outreach.store.workspace import Opening
from tests.conftest import NOW


def person(store: Store, name: str, *, address: bool = True) -> int:
    handle = name.lower().replace(" ", "")
    row, _ = people.add_person(store, NewPerson(name, [f"{handle}@example.org"], [f"instagram:{handle}"]))
    if address:
        with store.operation(Op.EDIT_PERSON):
            Address.create(person=row, line1="1 Quay", city="Hexham", postcode="NE46 1NF", country="GB", created_at="")
    return row


def title(store: Store, name: str = "The Salt Orchard", copies: int = 3) -> tuple[int, int]:
    edition = NewEdition(EditionFormat.PROOF, copies=copies)
    item, _ = catalogue.add_item(store, name, {"author": "Safiya Renn"}, genres=["ya-fantasy"], editions=[edition])
    return item, catalogue.stock_of(item)[0].id


def given(store: Store, who: int, item: int, edition: int | None = None, deal: Deal = Deal.GIFT) -> int:
    """A gift that has been delivered."""
    (gift,), _ = gifts.plan_gifts(store, item, [who], edition_id=edition, deal=deal)
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED)
    (parcel,), _ = shipments.create_shipments(store, [gift])
    shipments.track_shipment(store, parcel)
    shipments.deliver_shipments(store, [parcel])
    return gift


def stage(store: Store, gift: int) -> Stage:
    return gifts.stages(store, [Gift.get_by_id(gift)])[gift]


def test_a_gift_from_plan_to_post(store: Store) -> None:
    maya = person(store, "Maya Reyes")
    item, edition = title(store)
    (gift,), _ = gifts.plan_gifts(store, item, [maya], edition_id=edition, why={maya: "loves the sea"})
    assert stage(store, gift) is Stage.PLANNED
    assert catalogue.stock_of(item)[0].promised == 1
    gifts.move_gifts(store, [gift], GiftState.ASKED)
    assert stage(store, gift) is Stage.PITCHED
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED)
    (parcel,), _ = shipments.create_shipments(store, [gift])
    assert catalogue.stock_of(item)[0].copies == 2
    shipments.track_shipment(store, parcel, "RB123456785GB")
    row = shipments.list_shipments()[0]
    assert (row.carrier, row.state, row.contents) == ("royal-mail", "sent", "The Salt Orchard")
    assert row.tracking_url.endswith("RB123456785GB")
    shipments.deliver_shipments(store, [parcel])
    assert stage(store, gift) is Stage.READING
    post, _ = posts.add_post(store, NewPost("https://www.instagram.com/p/Cxyz123/", maya))
    assert stage(store, gift) is Stage.POSTED
    shown = posts.list_posts()[0]
    assert (shown.id, shown.gift_id, shown.nature, shown.nature_reason) == (post, gift, "organic", "after_free_gift")


def test_a_step_that_makes_no_sense_is_refused(store: Store) -> None:
    item, _ = title(store)
    (gift,), _ = gifts.plan_gifts(store, item, [person(store, "Maya")])
    for state in (GiftState.SENT, GiftState.DELIVERED, GiftState.CLOSED_QUIET, GiftState.CONSIDERED):
        with pytest.raises(KnownError) as caught:
            gifts.move_gifts(store, [gift], state)
        assert caught.value.code == "gifts.cannot_move"


def test_nobody_is_planned_twice_or_against_her_wish(store: Store) -> None:
    item, _ = title(store)
    maya, rosa = person(store, "Maya"), person(store, "Rosa")
    gifts.plan_gifts(store, item, [maya])
    with pytest.raises(KnownError) as caught:
        gifts.plan_gifts(store, item, [rosa, maya])
    assert caught.value.code == "gifts.has_it"
    suppress_keys(store, people.person_keys(rosa), SuppressionReason.ASKED)
    with pytest.raises(KnownError) as caught:
        gifts.plan_gifts(store, item, [rosa])
    assert caught.value.code == "gifts.suppressed"
    assert Gift.select().count() == 1


def test_copies_never_go_below_none(store: Store) -> None:
    item, edition = title(store, copies=1)
    maya, rosa = person(store, "Maya"), person(store, "Rosa")
    with pytest.raises(KnownError) as caught:
        gifts.plan_gifts(store, item, [maya, rosa], edition_id=edition)
    assert (caught.value.code, caught.value.facts["left"]) == ("gifts.no_copies", 1)
    planned, _ = gifts.plan_gifts(store, item, [maya, rosa])
    gifts.move_gifts(store, planned, GiftState.ACCEPTED)
    with pytest.raises(KnownError) as caught:
        shipments.create_shipments(store, planned)
    assert caught.value.code == "catalogue.no_copies"
    assert shipments.list_shipments() == []
    with pytest.raises(KnownError):
        catalogue.move_stock(store, edition, -2, catalogue.StockReason.CORRECTED)


def test_a_parcel_that_comes_back_is_no_delivery(store: Store) -> None:
    item, edition = title(store)
    (gift,), _ = gifts.plan_gifts(store, item, [person(store, "Maya")], edition_id=edition)
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED)
    (parcel,), _ = shipments.create_shipments(store, [gift])
    with pytest.raises(KnownError) as caught:
        shipments.deliver_shipments(store, [parcel])
    assert caught.value.code == "shipments.not_sent"
    shipments.track_shipment(store, parcel)
    shipments.return_shipment(store, parcel, "moved away")
    assert (stage(store, gift), catalogue.stock_of(item)[0].copies) == (Stage.ACCEPTED, 3)
    (again,), _ = shipments.create_shipments(store, [gift])
    assert again != parcel


def test_a_gift_is_packed_once_and_only_with_an_address(store: Store) -> None:
    item, _ = title(store)
    maya, rosa = person(store, "Maya"), person(store, "Rosa", address=False)
    planned, _ = gifts.plan_gifts(store, item, [maya, rosa])
    gifts.move_gifts(store, planned, GiftState.ACCEPTED)
    with pytest.raises(KnownError) as caught:
        shipments.create_shipments(store, planned)
    assert caught.value.code == "shipments.no_address"
    shipments.create_shipments(store, planned[:1])
    with pytest.raises(KnownError) as caught:
        shipments.create_shipments(store, planned[:1])
    assert caught.value.code == "shipments.packed"


def test_reading_becomes_quiet_with_time_and_nothing_else(folder: Path) -> None:
    with workspace.writing(folder, Opening(clock=lambda: NOW)) as store:
        item, _ = title(store)
        gift = given(store, person(store, "Maya"), item)
    hoped = first_rules().hope_days
    for days, expected in ((hoped, Stage.READING), (hoped + 1, Stage.QUIET)):
        with workspace.reading(folder, Opening(clock=lambda later=days: NOW + timedelta(days=later))) as store:
            assert stage(store, gift) is expected


@pytest.mark.parametrize("kind", [OutcomeKind.DID_NOT_FINISH, OutcomeKind.PASSED_ON])
def test_not_finishing_or_passing_on_is_a_quiet_ending(store: Store, kind: OutcomeKind) -> None:
    item, _ = title(store)
    gift = given(store, person(store, "Maya"), item)
    gifts.add_outcome(store, gift, kind)
    assert stage(store, gift) is Stage.QUIET


def test_the_nature_of_a_post_is_computed(store: Store) -> None:
    item, _ = title(store, copies=9)
    other, _ = title(store, "The Glass Heron", copies=9)
    maya, rosa, beth = (person(store, name) for name in ("Maya", "Rosa", "Beth"))
    before, _ = posts.add_post(store, NewPost("https://www.instagram.com/p/Cbefore1/", maya, item))
    given(store, maya, item)
    after, _ = posts.add_post(store, NewPost("https://www.instagram.com/p/Cafter01/", maya, item))
    unasked, _ = posts.add_post(store, NewPost("https://www.instagram.com/p/Cunasked/", maya, other))
    given(store, rosa, item, deal=Deal.IN_KIND)
    in_kind, _ = posts.add_post(store, NewPost("https://www.instagram.com/p/Cinkind1/", rosa))
    given(store, beth, item, deal=Deal.PAID)
    paid, _ = posts.add_post(store, NewPost("https://www.instagram.com/p/Cpaid001/", beth))
    natures = {row.id: (row.nature, row.nature_reason) for row in posts.list_posts()}
    assert natures == {
        before: ("before_contact", "before_first_contact"),
        after: ("organic", "after_free_gift"),
        unasked: ("organic", "no_gift"),
        in_kind: ("in_kind", "reward_agreed"),
        paid: ("paid", "paid_for"),
    }
    assert [row.id for row in posts.list_posts(nature=Nature.PAID)] == [paid]


def test_a_post_finds_its_person_and_is_caught_twice(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya Reyes")
    given(store, maya, item)
    first, _ = posts.add_post(store, NewPost("https://www.instagram.com/mayareyes/p/Csame123/?igsh=abc"))
    assert posts.list_posts()[0].person_id == maya
    with pytest.raises(KnownError) as caught:
        posts.add_post(store, NewPost("https://instagram.com/p/Csame123", maya))
    assert (caught.value.code, caught.value.facts["post"]) == ("posts.twice", f"o{first}")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewPost("javascript:alert(1)"), "posts.bad_url"),
        (NewPost("https://www.instagram.com/p/Cnobody1/"), "posts.nobody"),
        (NewPost(person_id=1), "posts.which_item"),
        (NewPost(person_id=1, item_id=1, posted_on="2027-01-01"), "posts.future"),
    ],
)
def test_a_post_that_cannot_be_placed_is_refused(store: Store, new: NewPost, code: str) -> None:
    person(store, "Maya")
    title(store)
    with pytest.raises(KnownError) as caught:
        posts.add_post(store, new)
    assert caught.value.code == code


def test_a_club_is_born_from_a_gift(store: Store) -> None:
    item, _ = title(store)
    maya = person(store, "Maya")
    gift = given(store, maya, item)
    club, _ = clubs.start_club(store, clubs.NewClub("Night shelf", maya, item, members=14))
    row, counts = clubs.show_club(club)
    assert (row.gift_id, row.members, counts) == (gift, 14, [("2026-11-24", 14)])
    assert Outcome.get(Outcome.kind == "club_started").gift_id == gift
    with pytest.raises(KnownError):
        clubs.start_club(store, clubs.NewClub(" ", maya))
