"""The card of a policy, and what it stops."""

from dataclasses import replace
from itertools import product

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, StockReason
from outreach.services.drafting import drafts, senders
from outreach.services.drafting.drafts import LetterOrder
from outreach.services.gifts import gifts
from outreach.services.matching.ranking import match_item
from outreach.services.people import addresses, people
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson, TasteKind
from outreach.services.policies.card import Card, Rule, card_of, card_of_proposals, remove_card, save_card
from outreach.services.policies.reading import read_policy
from outreach.services.policies.stops import Title, stop_of
from outreach.services.tastes.editing import NewTaste, note_taste
from outreach.store.database import Store
from outreach.store.models import Gift, Letter
from tests.conftest import contents


def rule(kind: str, key: str, *, allows: bool, phrase: str = "Her words") -> Rule:
    return Rule(kind, key, allows, phrase)


NO_FANTASY = rule("genre", "fantasy", allows=False)
NO_HORROR = rule("genre", "horror", allows=False)
YES_YA_FANTASY = rule("genre", "ya-fantasy", allows=True)
YES_ROMANCE = rule("genre", "romance", allows=True)
NO_EBOOK = rule("format", "ebook", allows=False)
NO_PAPER = rule("format", "paperback", allows=False)
IN_UK = rule("country", "GB", allows=True)
ON_AMAZON = rule("site", "amazon", allows=False)

FANTASY, YA_FANTASY = frozenset({"fantasy"}), frozenset({"ya-fantasy"})
ROMCOM, MIXED = frozenset({"romcom"}), frozenset({"crime", "horror"})
PAPER, SCREEN, BOTH = frozenset({"paperback"}), frozenset({"ebook"}), frozenset({"paperback", "ebook"})
NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("card", "title", "country", "stopped"),
    [
        # Open or closed.
        (Card(), Title(FANTASY, PAPER), "GB", None),
        (Card(is_open=True), Title(FANTASY, PAPER), "GB", None),
        (Card(is_open=False), Title(), "", "closed"),
        (Card(is_open=False, rules=(NO_FANTASY,)), Title(FANTASY), "", "closed"),
        # Genres: the genre itself, those within it, and one of several.
        (Card(rules=(NO_FANTASY,)), Title(FANTASY), "", "genre"),
        (Card(rules=(NO_FANTASY,)), Title(YA_FANTASY), "", "genre"),
        (Card(rules=(NO_HORROR,)), Title(MIXED), "", "genre"),
        (Card(rules=(NO_HORROR,)), Title(FANTASY), "", None),
        (Card(rules=(NO_FANTASY, YES_YA_FANTASY)), Title(YA_FANTASY), "", None),
        (Card(rules=(NO_FANTASY, YES_YA_FANTASY)), Title(FANTASY), "", "genre"),
        (Card(rules=(rule("genre", "ya-fantasy", allows=False),)), Title(FANTASY), "", None),
        # Only what she names.
        (Card(rules=(YES_ROMANCE,)), Title(FANTASY), "", None),
        (Card(genres_only=True, rules=(YES_ROMANCE,)), Title(FANTASY), "", "not_named"),
        (Card(genres_only=True, rules=(YES_ROMANCE,)), Title(ROMCOM), "", None),
        (Card(genres_only=True, rules=(YES_ROMANCE,)), Title(ROMCOM | FANTASY), "", None),
        (Card(genres_only=True, rules=(YES_ROMANCE,)), Title(NOTHING), "", None),
        (Card(genres_only=True), Title(FANTASY), "", None),
        # Formats: stopped when there is none left that she takes.
        (Card(rules=(NO_EBOOK,)), Title(FANTASY, SCREEN), "", "format"),
        (Card(rules=(NO_EBOOK,)), Title(FANTASY, BOTH), "", None),
        (Card(rules=(NO_EBOOK, NO_PAPER)), Title(FANTASY, BOTH), "", "format"),
        (Card(rules=(NO_EBOOK,)), Title(FANTASY, NOTHING), "", None),
        # Parcels: only where she lives elsewhere than she says, and something travels.
        (Card(rules=(IN_UK,)), Title(FANTASY, PAPER), "GB", None),
        (Card(rules=(IN_UK,)), Title(FANTASY, PAPER), "FR", "country"),
        (Card(rules=(IN_UK,)), Title(FANTASY, PAPER), "", None),
        (Card(rules=(IN_UK,)), Title(FANTASY, SCREEN), "FR", None),
        (Card(rules=(IN_UK, NO_HORROR)), Title(MIXED, PAPER), "FR", "genre"),
        # Where she posts, and how long she takes, stop nothing.
        (Card(weeks=20, rules=(ON_AMAZON,)), Title(FANTASY, PAPER), "GB", None),
    ],
)
def test_the_table_of_stops(card: Card, title: Title, country: str, stopped: str | None) -> None:
    stop = stop_of(card, title, country)
    assert (stop.code if stop else None) == stopped
    assert stop is None or stop.phrase


def test_more_rules_never_let_more_through() -> None:
    """A no that is added can only stop more."""
    refusals = (NO_FANTASY, NO_HORROR, NO_EBOOK, NO_PAPER)
    for genres, formats in product((FANTASY, YA_FANTASY, MIXED, NOTHING), (PAPER, SCREEN, BOTH, NOTHING)):
        stopped = [
            stop_of(Card(rules=refusals[:number]), Title(genres, formats)) is not None
            for number in range(len(refusals) + 1)
        ]
        assert stopped == sorted(stopped)


@pytest.fixture
def maya(store: Store) -> int:
    person, _ = people.add_person(store, NewPerson("Maya Reyes", ["maya@example.org"]))
    note_taste(store, person, NewTaste(TasteKind.GENRE, "fantasy"))
    return person


@pytest.fixture
def orchard(store: Store) -> int:
    editions = [NewEdition(EditionFormat.PAPERBACK), NewEdition(EditionFormat.EBOOK)]
    return catalogue.add_item(
        store, "The Salt Orchard", {"author": "I. Marrow"}, genres=["fantasy"], editions=editions
    )[0]


POLICY = "I do not read fantasy.\nPrint copies only. I live in the UK."


def test_a_card_is_kept_dated_and_undone(store: Store, maya: int) -> None:
    before = contents(store)
    card = card_of_proposals(read_policy(POLICY), POLICY, "maya.example/policy")
    save_card(store, maya, card)
    kept = card_of(maya)
    assert kept is not None
    assert (kept.read_on, kept.url, kept.text) == ("2026-11-24", "https://maya.example/policy", POLICY)
    assert [each.key for each in kept.of("genre", allows=False)] == ["fantasy"]
    assert kept.of("genre", allows=False)[0].phrase == "I do not read fantasy"
    assert [each.key for each in kept.of("country", allows=True)] == ["GB"]
    save_card(store, maya, Card(is_open=True))
    assert card_of(maya) == Card(is_open=True, read_on="2026-11-24")
    remove_card(store, maya)
    assert card_of(maya) is None
    store.undo(3)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("card", "code"),
    [
        (Card(url="ftp://x"), "policies.bad_url"),
        (Card(read_on="soon"), "policies.bad_day"),
        (Card(read_on="2999-01-01"), "policies.bad_day"),
        (Card(weeks=0), "policies.bad_weeks"),
        (Card(weeks=500), "policies.bad_weeks"),
    ],
)
def test_a_wrong_card_is_refused(store: Store, maya: int, card: Card, code: str) -> None:
    with pytest.raises(KnownError) as error:
        save_card(store, maya, card)
    assert error.value.code == code
    with pytest.raises(KnownError):
        save_card(store, 99, Card())


def test_a_gift_that_breaks_it_is_stopped_with_her_words(store: Store, maya: int, orchard: int) -> None:
    save_card(store, maya, card_of_proposals(read_policy(POLICY), POLICY))
    with pytest.raises(KnownError) as error:
        gifts.plan_gifts(store, orchard, [maya])
    assert error.value.code == "policies.genre"
    assert error.value.facts == {
        "person": "Maya Reyes", "title": "The Salt Orchard", "phrase": "I do not read fantasy", "genre": "Fantasy"
    }  # fmt: skip
    assert Gift.select().count() == 0
    # Only another card lets it through.
    save_card(store, maya, card_of_proposals(read_policy("Print copies only."), POLICY))
    paper, screen = (edition.id for edition in catalogue.stock_of(orchard))
    catalogue.move_stock(store, paper, 5, StockReason.RECEIVED)
    catalogue.move_stock(store, screen, 5, StockReason.RECEIVED)
    with pytest.raises(KnownError) as error:
        gifts.plan_gifts(store, orchard, [maya], edition_id=screen)
    assert (error.value.code, error.value.facts["edition_format"]) == ("policies.format", "ebook")
    gifts.plan_gifts(store, orchard, [maya], edition_id=paper)


def test_a_parcel_to_a_place_where_she_takes_none_is_stopped(store: Store, maya: int, orchard: int) -> None:
    save_card(store, maya, card_of_proposals(read_policy("I live in the UK."), ""))
    addresses.save_address(store, maya, {"line1": "Rue 1", "city": "Lyon", "country": "France"})
    with pytest.raises(KnownError) as error:
        gifts.plan_gifts(store, orchard, [maya])
    assert error.value.code == "policies.country"


def test_a_letter_that_breaks_it_is_stopped(store: Store, maya: int, orchard: int) -> None:
    senders.change_sender(store, name="Hanna", email="hanna@house.example", organisation="House", postal_address="1 St")
    order = LetterOrder("first-pitch", orchard, (maya,), {maya: "Your post on maps made me write."})
    letters, _ = drafts.preview_all(store, order)
    save_card(store, maya, card_of_proposals(read_policy(POLICY), POLICY))
    again, problems = drafts.preview_all(store, order)
    assert (again, [problem.code for problem in problems]) == ([], ["policies.genre"])
    assert problems[0].facts["phrase"] == "I do not read fantasy"
    for letter in letters:
        with pytest.raises(KnownError) as error:
            drafts.approve_letter(store, order, replace(letter, missing=()))
        assert error.value.code == "policies.genre"
    assert len(letters) == 1
    assert Letter.select().count() == 0


def test_the_match_never_shows_her_and_says_why(store: Store, maya: int, orchard: int) -> None:
    assert [fit.person_id for fit in match_item(store, orchard).fits] == [maya]
    save_card(store, maya, card_of_proposals(read_policy(POLICY), POLICY))
    match = match_item(store, orchard)
    assert match.fits == ()
    assert [(each.person_id, each.reason.code) for each in match.never_shown] == [(maya, "excluded.policy_genre")]
    assert match.never_shown[0].reason.facts["phrase"] == "I do not read fantasy"


def test_the_stricter_of_two_cards_stays_when_two_are_one(store: Store, maya: int) -> None:
    other, _ = people.add_person(store, NewPerson("M. Reyes"))
    save_card(store, maya, Card(is_open=True, rules=(rule("genre", "fantasy", allows=True), YES_ROMANCE)))
    save_card(store, other, Card(is_open=False, genres_only=True, rules=(NO_FANTASY, NO_HORROR)))
    merge_people(store, maya, other)
    card = card_of(maya)
    assert card is not None
    assert (card.is_open, card.genres_only) == (False, True)
    assert {each.key: each.allows for each in card.rules} == {"fantasy": False, "romance": True, "horror": False}
