"""Gift, in kind and paid are never added: whatever is agreed with whom moves no figure of the gifts."""

from typing import Any

import pytest

from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.clubs import clubs
from outreach.services.gifts.gifts import Deal, GiftState, OutcomeKind, add_outcome, move_gifts, plan_gifts
from outreach.services.gifts.reading_time import reading_times
from outreach.services.matching.context import context
from outreach.services.pages.campaigns import campaign_lines
from outreach.services.pages.people import PeopleOrder, PeopleQuery, people_ids, people_lines
from outreach.services.pages.title import title_page
from outreach.services.people.addresses import save_address
from outreach.services.people.people import NewPerson, add_person
from outreach.services.posts import NewPost, add_post
from outreach.services.review.making import review
from outreach.services.shipments import shipments
from outreach.store.database import Store
from outreach.store.models import Campaign

HOME = {"line1": "1 Quay Street", "city": "Bristol", "postcode": "BS1 4QQ", "country": "United Kingdom"}


def given(store: Store, who: int, item: int, deal: Deal, number: int) -> None:
    """All that can come of a gift has come of it."""
    (gift,), _ = plan_gifts(store, item, [who], deal=deal, campaign="Spring")
    move_gifts(store, [gift], GiftState.ACCEPTED)
    (parcel,), _ = shipments.create_shipments(store, [gift])
    shipments.track_shipment(store, parcel, on="2026-10-01")
    shipments.deliver_shipments(store, [parcel], "2026-10-03")
    add_post(store, NewPost(f"https://www.instagram.com/p/Cpost{number}/", who, item, posted_on="2026-11-01"))
    add_outcome(store, gift, OutcomeKind.FINISHED, "2026-10-20")
    clubs.start_club(store, clubs.NewClub(f"Club {number}", who, item, members=10))


def figures(store: Store, people: list[int], item: int) -> dict[str, Any]:
    """All that is counted of gifts with which nothing was asked in return."""
    found = review(store)
    by_posts = people_ids(store, PeopleQuery(order=PeopleOrder.POSTED, descending=True))
    return {
        "review": (found.gifts, found.stages, found.delivered, found.organic, found.by_genre, found.by_tier, found.by_role,
                   found.items, found.thanks, found.clubs, found.members),
        "organic": (found.deals["gift"], found.natures["organic"]),
        "strip": page.strip if (page := title_page(store, item)) else {},
        "campaign": [line.strip for line in campaign_lines(store)],
        "people": {row: (line.arrived, line.posted) for row, line in people_lines(store, people).items()},
        "order": by_posts[0],
        "match": context(store.today()).history,
        "reading": reading_times(store, people),
    }  # fmt: skip


@pytest.mark.parametrize("deal", [Deal.IN_KIND, Deal.PAID])
def test_what_was_agreed_with_others_moves_no_figure_of_the_gifts(store: Store, deal: Deal) -> None:
    item, _ = add_item(store, "The Salt Orchard", {}, genres=["crime"], editions=[
        NewEdition(EditionFormat.HARDBACK, copies=20)])  # fmt: skip
    people = [add_person(store, NewPerson(f"P {number}"))[0] for number in range(8)]
    for person in people:
        save_address(store, person, HOME)
    for number, person in enumerate(people[:6]):
        given(store, person, item, Deal.GIFT, number)
    before = figures(store, people, item)
    assert before["review"][0] == 6 and before["organic"][0] == (6, 6) and before["strip"]["posted"] == 6
    for number, person in enumerate(people[6:], start=6):
        given(store, person, item, deal, number)
    after = figures(store, people, item)
    assert after == before
    found, page = review(store), title_page(store, item)
    assert (found.deals[deal.value], found.natures[deal.value]) == ((2, 2), 2)
    assert page is not None and page.apart == campaign_lines(store)[0].apart == {deal.value: 2}
    assert Campaign.select().count() == 1
