"""The sample: a history that could have happened, for whichever seed and day."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from outreach.fields.accounts import parse_post_url, parse_profile
from outreach.fields.email import parse_email
from outreach.fields.isbn import parse_isbn
from outreach.jobs import Job
from outreach.services.catalogue.genres import load_genres
from outreach.services.clubs.clubs import ClubKind
from outreach.services.gifts.gifts import Deal, GiftState, OutcomeKind
from outreach.services.posts import Nature, PostKind
from outreach.services.sample.fill import coming_item, fill
from outreach.services.sample.making import make_sample
from outreach.services.sample.values import Sample
from outreach.store.checking import check
from outreach.store.database import Store
from outreach.store.models import Item
from tests.conftest import NOW

DAYS = [date(2026, 1, 1), date(2026, 2, 28), date(2026, 11, 24), date(2028, 2, 29)]


@cache
def sample_of(seed: int, day: date, people: int = 1200) -> Sample:
    return make_sample(seed, day, people=people)


whatever = given(seed=st.integers(0, 10**6), day=st.sampled_from(DAYS) | st.dates(date(2026, 1, 1), date(2040, 1, 1)))
#: Without shrinking: a smaller seed is no simpler sample.
few = settings(max_examples=6, deadline=None, phases=(Phase.reuse, Phase.generate))


@pytest.fixture(scope="module")
def sample() -> Sample:
    return sample_of(1, NOW.date())


def test_how_much_there_is(sample: Sample) -> None:
    assert len(sample.people) == 1200
    assert sum(item.kind == "book" for item in sample.items) == 40
    assert (len(sample.gifts), len(sample.posts), len(sample.clubs)) == (300, 180, 12)


def test_the_same_seed_and_day_make_the_same(sample: Sample) -> None:
    assert make_sample(1, NOW.date()) == sample
    assert make_sample(2, NOW.date()) != sample


@whatever
@few
def test_nobody_real_can_be_reached(seed: int, day: date) -> None:
    sample = sample_of(seed, day)
    seen: Counter[str] = Counter()
    for person in sample.people:
        for text in person.emails:
            email = parse_email(text)
            assert email is not None
            assert text.endswith((".example", "@example.org", "@example.com", "@example.net"))
            seen[email.key] += 1
        for account in person.accounts:
            profile = parse_profile(account.handle, account.platform)
            assert profile is not None
            seen[profile.key] += 1
    assert max(seen.values()) == 1


@whatever
@few
def test_codes_are_good_and_used_once(seed: int, day: date) -> None:
    sample = sample_of(seed, day)
    codes = [edition.isbn13 or edition.gtin for item in sample.items for edition in item.editions]
    assert None not in codes
    assert len(set(codes)) == len(codes)
    for item in sample.items:
        for edition in item.editions:
            assert edition.isbn13 is None or parse_isbn(edition.isbn13).isbn13 == edition.isbn13
    genres = load_genres()
    used = {genre for item in sample.items for genre, _ in item.genres}
    used |= {taste.subject for person in sample.people for taste in person.tastes if taste.kind == "genre"}
    assert all(genres.name(code) for code in used)


@whatever
@few
def test_a_gift_goes_its_way_in_order(seed: int, day: date) -> None:
    sample = sample_of(seed, day)
    gone = (GiftState.SENT, GiftState.DELIVERED, GiftState.CLOSED_QUIET)
    for gift in sample.gifts:
        states, days = zip(*gift.steps, strict=True)
        assert all(before <= after for before, after in pairwise(days))
        assert days[-1] <= day.isoformat()
        assert (states[-1], days[-1]) == (gift.state, gift.state_on)
        assert GiftState(gift.state)
        assert Deal(gift.deal)
        assert (gift.sent_on is not None) == (gift.state in gone)
        if gift.delivered_on:
            assert gift.sent_on is not None
            assert gift.sent_on <= gift.delivered_on
        assert not sample.people[gift.person].suppressed


@whatever
@few
def test_nothing_happens_after_today(seed: int, day: date) -> None:
    sample, today = sample_of(seed, day), day.isoformat()
    happened = [post.posted_on for post in sample.posts]
    happened += [outcome.happened_on for outcome in sample.outcomes]
    happened += [on for gift in sample.gifts for _, on in gift.steps]
    happened += [on for club in sample.clubs for on, _ in club.headcounts]
    happened += [each.seen_on for person in sample.people for taste in person.tastes for each in taste.evidence]
    happened += [person.address.confirmed_on or "" for person in sample.people if person.address]
    assert max(happened) <= today


@whatever
@few
def test_posts_follow_parcels_and_clubs_follow_posts(seed: int, day: date) -> None:
    sample = sample_of(seed, day)
    gifts = sample.gifts
    for post in sample.posts:
        assert PostKind(post.kind)
        assert Nature(post.nature)
        assert post.nature_reason
        if post.gift is not None:
            gift = gifts[post.gift]
            assert (post.person, post.item) == (gift.person, gift.item)
            assert gift.sent_on is not None
            assert gift.sent_on <= post.posted_on
        if post.url:
            assert parse_post_url(post.url) is not None
    for club in sample.clubs:
        assert ClubKind(club.kind)
        assert club.headcounts
        assert club.started_on >= sample.posts[club.post].posted_on
        assert (gifts[club.gift].person, gifts[club.gift].item) == (club.host, club.item)
    for outcome in sample.outcomes:
        assert OutcomeKind(outcome.kind)
        assert gifts[outcome.gift].sent_on is not None


@whatever
@few
def test_no_copy_is_sent_twice_or_out_of_nowhere(seed: int, day: date) -> None:
    sample = sample_of(seed, day)
    sent = Counter((gift.item, gift.edition) for gift in sample.gifts if gift.sent_on)
    for (item, edition), copies in sent.items():
        assert sample.items[item].editions[edition].received >= copies
    parcels = [parcel.gift for parcel in sample.shipments]
    assert sorted(parcels) == [number for number, gift in enumerate(sample.gifts) if gift.sent_on]
    pairs = Counter((gift.person, gift.item) for gift in sample.gifts)
    assert max(pairs.values()) == 1


@whatever
@few
def test_it_is_like_the_trade(seed: int, day: date) -> None:
    """About half post unprompted, some are reading, many are quiet; some of the best are on no platform at all."""
    sample = sample_of(seed, day)
    arrived = [number for number, gift in enumerate(sample.gifts) if gift.delivered_on]
    posted = {post.gift for post in sample.posts}
    assert 0.45 < sum(number in posted for number in arrived) / len(arrived) < 0.65
    off = sum(not person.accounts for person in sample.people)
    assert 0.06 < off / len(sample.people) < 0.2
    assert sum(person.suppressed for person in sample.people) == 3
    assert sample.coming is not None
    assert all(gift.item != sample.coming for gift in sample.gifts)
    assert any(edition.kind == "proof" and edition.received for edition in sample.items[sample.coming].editions)


@whatever
@few
def test_every_sentence_is_finished(seed: int, day: date) -> None:
    sample = sample_of(seed, day)
    texts = [person.notes for person in sample.people] + [person.how_known for person in sample.people]
    texts += [each.text for person in sample.people for taste in person.tastes for each in taste.evidence]
    texts += [post.text for post in sample.posts] + [gift.why for gift in sample.gifts]
    for text in texts:
        assert not set("{}[]|") & set(text), text
        assert text == text.strip()


def test_few_people_are_enough() -> None:
    small = sample_of(3, NOW.date(), people=100)
    assert len(small.people) == 100
    assert all(gift.person < 100 for gift in small.gifts)


def test_filling_a_workspace(store: Store) -> None:
    found = fill(store, people=300, seed=5, job=Job())
    assert found["people"] == 300
    assert check(store) == []
    item, edition = coming_item(store)
    assert Item.get_by_id(item).pub_date > store.today().isoformat()
    (copies,) = store.rows("SELECT sum(quantity) FROM stock_movement WHERE edition_id = ?", edition)[0]
    assert copies > 0
