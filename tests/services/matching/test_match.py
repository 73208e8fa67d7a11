"""The match: hard rules first, reasons in words, followers no factor."""

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services import posts
from outreach.services.catalogue import catalogue
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState
from outreach.services.matching import Band, Dial, Factor, Match, Wishes
from outreach.services.matching.ranking import match_item
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.store.database import Store
from outreach.store.models import (
    Account,
    AudienceReading,
    CompTitle,
    Edition,
    Item,
    Keyword,
    Person,
    Post,
    ReviewPolicy,
    TasteEvidence,
    TasteNote,
)


@pytest.fixture
def item(store: Store) -> int:
    made, _ = catalogue.add_item(store, "The Salt Orchard", {"author": "Safiya Renn"}, genres=["ya-fantasy"])
    Keyword.create(item=made, word="found family", key="found family")
    CompTitle.create(item=made, title="The Glass Heron", key="the glass heron")
    return made


def reader(store: Store, name: str, *tastes: tuple[str, str, str, str], said: str = "") -> int:
    person, _ = people.add_person(
        store, NewPerson(name, [f"{name.lower()}@example.org"], [f"instagram:{name.lower()}"])
    )
    with store.operation(Op.NOTE_TASTE):
        for side, polarity, kind, key in tastes:
            note = TasteNote.create(person=person, side=side, polarity=polarity, kind=kind, subject=key, key=key)
            if said:
                TasteEvidence.create(taste_note=note.id, kind="quote", text=said)
    return person


YA = ("own", "like", "genre", "ya-fantasy")


def ranked(found: Match) -> list[int]:
    return [fit.person_id for fit in found.fits]


def test_own_taste_counts_more_than_the_audiences_and_both_more_than_one(store: Store, item: int) -> None:
    audience = reader(store, "Audience", ("audience", "like", "genre", "ya-fantasy"))
    own = reader(store, "Own", YA)
    both = reader(store, "Both", YA, ("audience", "like", "genre", "ya-fantasy"))
    reader(store, "Other", ("own", "like", "genre", "cookery"))
    reader(store, "Silent")
    found = match_item(store, item)
    assert ranked(found) == [both, own, audience]
    assert found.unknown == 1


def test_author_comp_and_keyword_speak_for_someone(store: Store, item: int) -> None:
    fan = reader(store, "Fan", YA, ("own", "like", "author", "safiya renn"), ("own", "like", "comp", "the glass heron"))
    family = reader(store, "Family", YA, ("own", "like", "trope", "found family"))
    plain = reader(store, "Plain", YA)
    found = match_item(store, item)
    assert ranked(found) == [fan, family, plain]
    assert [fit.band for fit in found.fits] == [Band.STRONG, Band.GOOD, Band.GOOD]
    assert [reason.code for reason in found.fits[0].reasons] == ["likes_genre", "liked_author", "liked_comp"]
    assert found.fits[0].reasons[2].facts == {"title": "The Glass Heron"}


def test_their_own_words_are_the_reason(store: Store, item: int) -> None:
    reader(store, "Maya", YA, said="I will read anything where the sea holds a grudge.")
    reason = match_item(store, item).fits[0].reasons[0]
    assert reason.code == "likes_genre_evidence"
    assert reason.facts["evidence"] == "I will read anything where the sea holds a grudge."


def test_hard_rules_keep_out_and_say_why(store: Store, item: int) -> None:
    stopped, closed, minor = (reader(store, name, YA) for name in ("Stopped", "Closed", "Minor"))
    limit = reader(store, "Limit", YA, ("own", "limit", "genre", "ya-fantasy"))
    has_it, declined, asked, chosen = (reader(store, name, YA) for name in ("Has", "Declined", "Asked", "Chosen"))
    fine = reader(store, "Fine", YA)
    suppress_keys(store, people.person_keys(stopped), SuppressionReason.ASKED)
    ReviewPolicy.create(person=closed, is_open=0)
    Person.update(is_adult=0).where(Person.id == minor).execute()
    planned, _ = gifts.plan_gifts(store, item, [has_it, declined, asked, chosen])
    gifts.move_gifts(store, planned[:1], GiftState.ACCEPTED)
    gifts.move_gifts(store, planned[1:2], GiftState.DECLINED)
    gifts.move_gifts(store, planned[2:3], GiftState.ASKED)
    found = match_item(store, item)
    assert ranked(found) == [fine]
    assert {each.person_id: each.reason.code for each in found.never_shown} == {
        stopped: "excluded.suppressed",
        closed: "excluded.policy_closed",
        minor: "excluded.minor",
        limit: "excluded.limit",
        has_it: "excluded.has_it",
        declined: "excluded.declined",
        asked: "excluded.pitched",
        chosen: "excluded.chosen",
    }


def test_followers_are_no_factor(store: Store, item: int) -> None:
    small, large = reader(store, "Small", YA), reader(store, "Large", YA)
    before = {fit.person_id: fit.score for fit in match_item(store, item).fits}
    account = Account.get(Account.person == large)
    AudienceReading.create(account=account.id, taken_on="2026-11-01", followers=2_000_000)
    after = {fit.person_id: fit.score for fit in match_item(store, item).fits}
    assert before == after
    assert before[small] == before[large]


def test_a_quiet_person_is_no_worse_a_choice(store: Store, item: int) -> None:
    quiet, new, poster = (reader(store, name, YA) for name in ("Quiet", "New", "Poster"))
    other, _ = catalogue.add_item(store, "A River of Keys", {}, genres=["ya-fantasy"])
    for person in (quiet, poster):
        (gift,), _ = gifts.plan_gifts(store, other, [person])
        for state in (GiftState.ASKED, GiftState.ACCEPTED, GiftState.SENT, GiftState.DELIVERED):
            gifts.move_gifts(store, [gift], state)
    posts.add_post(store, posts.NewPost("https://www.instagram.com/p/Cpost123/", poster))
    wishes = Wishes({Factor.NEW: Dial.OFF})
    scores = {fit.person_id: fit.score for fit in match_item(store, item, wishes=wishes).fits}
    assert scores[quiet] == pytest.approx(scores[new])
    assert scores[poster] > scores[new]


def test_a_close_genre_speaks_for_someone_but_less(store: Store, item: int) -> None:
    close = reader(store, "Close", ("own", "like", "genre", "ya"))
    own = reader(store, "Own", YA)
    never = reader(store, "Never", YA, ("own", "limit", "genre", "ya"))
    found = match_item(store, item)
    assert ranked(found) == [own, close]
    assert found.fits[1].reasons[0].facts == {"genre": "Young adult", "other": "YA fantasy"}
    assert [each.person_id for each in found.never_shown] == [never]


def test_a_dislike_speaks_against(store: Store, item: int) -> None:
    reader(store, "Mixed", ("own", "dislike", "genre", "ya-fantasy"), ("own", "like", "trope", "found family"))
    assert match_item(store, item).fits == ()


def test_nothing_to_match_by(store: Store) -> None:
    item, _ = catalogue.add_item(store, "Untitled", {})
    with pytest.raises(KnownError) as caught:
        match_item(store, item)
    assert caught.value.code == "match.nothing_known"


def test_language_country_format_reading_and_enough_keep_out_too(store: Store, item: int) -> None:
    Item.update(language="en").where(Item.id == item).execute()
    Edition.create(item=item, format="audiobook")
    speaks, reads_it, listens_not, abroad, unsure = (
        reader(store, name, YA) for name in ("Speaks", "Reads", "Listens", "Abroad", "Unsure")
    )
    Person.update(language="fr-CA", country="GB").where(Person.id == speaks).execute()
    Person.update(language="Welsh and English").where(Person.id == unsure).execute()
    Person.update(country="NZ").where(Person.id == abroad).execute()
    with store.operation(Op.NOTE_TASTE):
        TasteNote.create(
            person=listens_not, side="own", polarity="limit", kind="format", subject="audiobook", key="audiobook"
        )
    posts.add_post(store, posts.NewPost("https://www.instagram.com/p/Cread12345/", reads_it, item_id=item))
    full = reader(store, "Full", YA)
    for number in range(4):
        other, _ = catalogue.add_item(store, f"Other {number}", {}, genres=["cookery"])
        (gift,), _ = gifts.plan_gifts(store, other, [full])
        for state in (GiftState.ASKED, GiftState.ACCEPTED, GiftState.SENT):
            gifts.move_gifts(store, [gift], state)
    asked = reader(store, "Asked", YA)
    (gift,), _ = gifts.plan_gifts(store, other, [asked])
    gifts.move_gifts(store, [gift], GiftState.ASKED)
    found = match_item(store, item, wishes=Wishes(countries=frozenset({"GB", "IE"})))
    assert {each.person_id: each.reason.code for each in found.never_shown} == {
        speaks: "excluded.language",
        reads_it: "excluded.has_read",
        listens_not: "excluded.format",
        abroad: "excluded.country",
        full: "excluded.enough_sent",
        asked: "excluded.asked_lately",
    }
    assert ranked(found) == [unsure]
    again = match_item(store, item, wishes=Wishes(asked_lately=True))
    assert {abroad, asked, unsure} <= set(ranked(again))


def test_what_only_someone_says_of_herself_is_never_shown_as_more_than_three_times(store: Store, item: int) -> None:
    stated = reader(store, "Stated", YA, ("own", "like", "trope", "found family"))
    (fit,) = match_item(store, item).fits
    assert (fit.person_id, fit.band) == (stated, Band.GOOD)
    assert fit.times <= 3
    assert (fit.record.read, fit.record.stated) == (0, 2)


def test_an_old_taste_says_less_than_a_new_one(store: Store, item: int) -> None:
    people_ = [reader(store, name) for name in ("Old", "New")]
    other, _ = catalogue.add_item(store, "The Tide Ledger", {"author": "Safiya Renn"}, genres=["ya-fantasy"])
    for person, day in zip(people_, ("2012-05-01", "2026-10-01"), strict=True):
        Post.create(
            person=person,
            item=other,
            kind="post",
            posted_on=day,
            nature="before_contact",
            nature_reason="",
            created_at=day,
        )
    found = match_item(store, item)
    assert ranked(found) == people_[::-1]
    assert found.fits[0].reasons[0].code in ("liked_of_genre", "liked_of_author")
