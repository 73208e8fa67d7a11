"""What the window's pages read, against plain readings of the same tables."""

import array

import pytest

from outreach.services.clubs.clubs import NewClub, start_club
from outreach.services.clubs.members import NewRequest, ask_to_join
from outreach.services.clubs.members import join as join_club
from outreach.services.gifts.gifts import GiftState, Stage, list_gifts, move_gifts, plan_gifts
from outreach.services.pages.batch import parcel_ids
from outreach.services.pages.campaigns import campaign_lines
from outreach.services.pages.clubs import club_lines
from outreach.services.pages.letters import letter_titles, recipients, template_lines
from outreach.services.pages.match import first_title, match_title
from outreach.services.pages.parcels import gift_of_row, parcel_counts, parcel_lines
from outreach.services.pages.people import (
    PeopleOrder,
    PeopleQuery,
    count_people,
    people_ids,
    people_lines,
    people_within,
)
from outreach.services.pages.person import person_page
from outreach.services.pages.posts import PostQuery, post_ids, post_lines
from outreach.services.pages.timeline import timeline
from outreach.services.pages.title import STRIP, title_lines, title_page
from outreach.services.pages.today import today_page
from outreach.services.pages.waiting import waiting_counts
from outreach.services.pages.within import those_within, those_without
from outreach.services.people.people import NewPerson, add_person, list_people
from outreach.services.people.suppressions import suppressed_people
from outreach.services.posts import list_posts
from outreach.services.programmes.members import invite, join
from outreach.services.programmes.programme import NewProgramme, start_programme
from outreach.services.shipments.shipments import create_shipments, list_shipments
from outreach.services.voices.events import EventKind, EventState, NewEvent, end_event, plan_event
from outreach.services.voices.referrals import note_referral
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Account, Gift, Item, Person, Post
from tests.conftest import NOW


@pytest.fixture
def sample(filled, opening) -> Store:
    with workspace.writing(filled(150, 3), opening) as store:
        yield store


def test_the_list_of_people_holds_everyone_once_in_every_order(sample: Store) -> None:
    everyone = {row.id for row in Person.select(Person.id)}
    for order in PeopleOrder:
        for descending in (False, True):
            ids = people_ids(sample, PeopleQuery("", order, descending))
            assert sorted(ids) == sorted(everyone)
    by_name = [row.sort_name for row in Person.select().order_by(Person.sort_name)]
    ids = people_ids(sample, PeopleQuery("", PeopleOrder.NAME, descending=False))
    assert [Person.get_by_id(each).sort_name for each in ids] == by_name
    without = Person.select().where(Person.id.not_in(Account.select(Account.person))).count()
    assert count_people() == (len(everyone), without)
    assert len(people_ids(sample, PeopleQuery(off_social=True))) == without


@pytest.mark.parametrize("words", [
    "", "a", "mar", "mar an", "nobody at all", "taste:ya", "taste:ya ma", "campaign:launch", "-campaign:launch",
    "campaign:launch mar", "-campaign:launch mar", "campaign:launch -country:uk", "country:uk -campaign:launch taste:ya",
    "-taste:ya -had:a", "gifts:0", "-gifts:>1", "-owner:ho", "-role:bookseller", "suppressed", "-suppressed", "-away",
    "archived", "-archived", "campaign:", "-campaign:", "posted:x", "has:email -has:address", "idle:6", "import:1",
    "-long_ago", "-notice_due", "-roster:night", "tag:crime", "platform:tiktok -platform:blog", "audience:ya",
])  # fmt: skip
def test_words_find_the_same_people_within_everyone(sample: Store, words: str) -> None:
    for order in PeopleOrder:
        everyone = people_ids(sample, PeopleQuery("", order))
        for off_social in (False, True):
            query = PeopleQuery(words, order, off_social=off_social)
            assert people_within(sample, query, everyone) == people_ids(sample, query)


def test_those_of_a_long_list_keep_its_order_whichever_part_they_are_in() -> None:
    everyone = array.array("q", range(20_000, 0, -1))
    found = {1, 2, 4096, 4097, 11_808, 15_904, 15_905, 20_000, 20_001}
    assert list(those_within(found, everyone)) == [each for each in everyone if each in found]
    assert list(those_without(found, everyone)) == [each for each in everyone if each not in found]
    assert not those_within(set(), everyone) and not those_within(found, array.array("q"))


def test_a_line_says_what_the_tables_say(sample: Store) -> None:
    gifts = list_gifts(sample)
    suppressed = suppressed_people(sample)
    lines = people_lines(sample, [row.id for row in Person.select(Person.id)])
    for person, line in lines.items():
        mine = [gift for gift in gifts if gift.person_id == person]
        arrived = [gift for gift in mine if gift.state in ("delivered", "closed_quiet") and gift.deal == "gift"]
        assert line.arrived == len(arrived)
        assert line.posted == sum(gift.stage == Stage.POSTED for gift in arrived)
        assert line.suppressed == (person in suppressed)
        assert (line.last is None) == (not mine)
        if line.last is not None:
            assert line.last.day == max(gift.state_on for gift in mine)
        assert len(line.tastes) <= 4


def test_a_persons_page_and_a_title_page_of_nobody_are_none(sample: Store) -> None:
    assert person_page(sample, 10**9) is None
    assert title_page(sample, 10**9) is None
    assert match_title(10**9) is None


def test_a_timeline_is_in_order_and_open_gifts_wait(sample: Store) -> None:
    for row in Person.select(Person.id):
        page = person_page(sample, row.id)
        days = [entry.day for entry in page.timeline]
        assert days == sorted(days, reverse=True)
        wanted = Gift.select().where((Gift.person == row.id) & Gift.state.in_(("chosen", "asked", "accepted"))).count()
        assert len(page.open_gifts) == wanted
        assert [quote.day for quote in page.quotes] == sorted((quote.day for quote in page.quotes), reverse=True)


def test_a_timeline_tells_of_clubs_events_introductions_and_programmes(store: Store) -> None:
    host, maya, rosa = (add_person(store, NewPerson(name))[0] for name in ("Juniper Hale", "Maya", "Rosa"))
    club, _ = start_club(store, NewClub("Night Shift Readers", host, started_on="2026-10-01"))
    ask_to_join(store, club, NewRequest(maya, on="2026-10-02"))
    join_club(store, club, [maya], "2026-10-03")
    held = NewEvent("Hens for beginners", EventKind.WORKSHOP, "2026-10-04 10:00", person_id=maya)
    plan_event(store, held)
    end_event(store, plan_event(store, held)[0], EventState.CANCELLED)
    note_referral(store, rosa, maya, "2026-10-05")
    programme, _ = start_programme(store, NewProgramme("Ambassadors", opened_on="2026-10-01"))
    invite(store, programme, [maya], "2026-10-06")
    join(store, programme, [maya], "2026-10-07")
    assert [(each.mark, each.subject, each.detail, each.day) for each in timeline(store, maya)] == [
        ("programme", "Ambassadors", "joined", "2026-10-07"), ("programme", "Ambassadors", "invited", "2026-10-06"),
        ("introduced", "Rosa", "", "2026-10-05"), ("event", "Hens for beginners", "", "2026-10-04"),
        ("joined", "Night Shift Readers", "", "2026-10-03"), ("asked_in", "Night Shift Readers", "", "2026-10-02"),
    ]  # fmt: skip
    assert [each.mark for each in timeline(store, host)] == ["club"]
    assert [(each.mark, each.subject) for each in timeline(store, rosa)] == [("introduced_by", "Maya")]


def test_a_strip_always_adds_up(sample: Store) -> None:
    assert Item.select().count() == len(title_lines())
    for line in title_lines():
        strip = title_page(sample, line.id).strip
        assert strip["posted"] + strip["reading"] + strip["quiet"] == strip["delivered"]
        counts = [strip[name] for name in STRIP[:5]]
        assert counts == sorted(counts, reverse=True)
        assert line.left >= 0
    assert [line.title for line in title_lines(["salt"])] == ["The Salt Orchard"]
    assert all(line.kind == "product" for line in title_lines(kind="product"))


def test_campaigns_and_clubs_are_all_there(sample: Store) -> None:
    lines = campaign_lines(sample)
    in_campaigns = Gift.select().where(Gift.campaign.is_null(False)).count()
    assert sum(line.strip["chosen"] for line in lines) <= in_campaigns
    assert [line.ends_on for line in lines] == sorted((line.ends_on for line in lines), reverse=True)
    host = Person.select().first().id
    club, _ = start_club(sample, NewClub("The proof circle", host, members=6))
    found = {line.id: line for line in club_lines()}
    assert found[club].counts == ((NOW.date().isoformat(), 6),)
    assert [line.club.started_on for line in club_lines()] == sorted(
        (line.club.started_on for line in club_lines()), reverse=True
    )


def test_posts_are_found_by_words_names_and_titles(sample: Store) -> None:
    posts = list_posts()
    assert list(post_ids(sample)) == [post.id for post in posts]
    assert len(post_ids(sample, PostQuery(nature="organic"))) == sum(post.nature == "organic" for post in posts)
    one = next(post for post in posts if post.text and post.title and post.person)
    for words in (one.title, one.person, f"{one.title} {one.person.split()[0]}"):
        assert one.id in post_ids(sample, PostQuery(words)), words
    line = post_lines([one.id])[one.id]
    assert (line.title, line.person.name, line.text, line.day) == (one.title, one.person, one.text, one.posted_on)
    Post.update(person=None).where(Post.id == one.id).execute()
    assert post_lines([one.id])[one.id].person is None


def test_letters_wait_for_whom_a_title_is_planned(sample: Store) -> None:
    titles = letter_titles(sample)
    chosen = Gift.select().where((Gift.state == "chosen") & Gift.person.is_null(False)).count()
    assert sum(title.waiting for title in titles) == chosen
    rows = recipients(sample, titles[0].item_id)
    assert len(rows) == titles[0].waiting
    assert all(row.state in ("", "draft", "approved") for row in rows)
    assert "first-pitch" in {template.name for template in template_lines()}


def test_parcels_are_to_pack_then_packed_then_gone(sample: Store) -> None:
    counts = parcel_counts()
    ids = parcel_ids(sample, "open")
    assert len(ids) == counts.to_pack + counts.packed
    lines = parcel_lines(sample, ids)
    assert set(lines) == set(ids)
    ready = [gift_of_row(each) for each in ids if each < 0 and lines[each].address is not None]
    assert len(ready) == counts.ready > 0
    assert waiting_counts(sample)["shipments"] == len(ids)
    made, _ = create_shipments(sample, ready)
    after = parcel_counts()
    assert (after.ready, after.packed) == (0, counts.packed + len(made))
    assert set(parcel_ids(sample, "open")) >= set(made)
    assert waiting_counts(sample)["shipments"] == after.to_pack + after.packed
    for view in ("sent", "delivered"):
        some = parcel_ids(sample, view)
        assert {row.state for row in list_shipments(ids=list(some))} <= {view}
        assert {line.state for line in parcel_lines(sample, some).values()} <= {view}


def test_today_tells_what_waits_and_what_is_near(sample: Store) -> None:
    page = today_page(sample)
    assert len(page.logged) == 6
    assert [entry.at for entry in page.logged] == sorted((entry.at for entry in page.logged), reverse=True)
    assert all(each.day >= NOW.date().isoformat() for each in page.coming)
    assert page.glad is not None and page.glad.text
    assert all(line.left for line in page.to_place)
    known = {"write", "approve", "send", "address", "pack", "track", "arrived", "leave", "close", "rights", "take_down",
             "found"}  # fmt: skip
    assert {each.code for each in page.waiting} <= known
    assert all(each.count > 0 for each in page.waiting)


def test_a_match_begins_with_the_next_title_that_can_be_given(sample: Store) -> None:
    item = first_title(sample)
    title = match_title(item)
    assert title.detail.values["pub_date"] >= NOW.date().isoformat()
    left = [each.copies - each.promised for each in title.editions]
    assert left == sorted(left, reverse=True)


def test_an_empty_workspace_has_empty_pages(store: Store) -> None:
    assert list(people_ids(store, PeopleQuery())) == []
    assert (count_people(), title_lines(), list_posts()) == ((0, 0), [], [])
    assert (letter_titles(store), club_lines(), campaign_lines(store)) == ([], [], [])
    assert first_title(store) == -1
    page = today_page(store)
    assert (page.waiting, page.logged, page.coming, page.glad, page.to_place) == ((), (), (), None, ())


def test_a_planned_gift_moves_the_strip(sample: Store) -> None:
    item = title_lines()[0].id
    person = next(row.id for row in list_people(sample) if not row.suppressed and not list_gifts(
        sample, item_id=item, person_id=row.id))  # fmt: skip
    before = title_page(sample, item).strip
    (gift,), _ = plan_gifts(sample, item, [person])
    move_gifts(sample, [gift], GiftState.ASKED)
    move_gifts(sample, [gift], GiftState.DECLINED)
    after = title_page(sample, item).strip
    assert [after[name] - before[name] for name in STRIP] == [1, 1, 0, 0, 0, 0, 0, 0]
