"""The ledger: stated, learned, faded, undone."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services import posts
from outreach.services.catalogue import catalogue
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.services.people import people
from outreach.services.people.forgetting import forget_person
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson, Polarity, Side, TasteKind
from outreach.services.policies.card import Card, Rule, save_card
from outreach.services.tastes import editing
from outreach.services.tastes.editing import NewTaste
from outreach.services.tastes.fading import Confidence, taste_rules
from outreach.services.tastes.ledger import Entry, ledger_of
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Reading, TasteNote
from outreach.store.workspace import Opening
from tests.conftest import contents


@pytest.fixture
def maya(store: Store) -> int:
    return people.add_person(store, NewPerson("Maya Reyes"))[0]


@pytest.fixture
def orchard(store: Store) -> int:
    return catalogue.add_item(store, "The Salt Orchard", {"author": "Ilse Marrow"}, genres=["ya-fantasy", "folklore"])[
        0
    ]


def own(store: Store, person: int) -> dict[str, Entry]:
    return {each.key: each for each in ledger_of(store, person).own}


def given_gift(store: Store, item: int, person: int) -> int:
    (gift,), _ = gifts.plan_gifts(store, item, [person])
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED)
    return gift


def test_own_and_audience_stand_side_by_side(store: Store, maya: int) -> None:
    for side, polarity, kind, subject in (
        (Side.OWN, Polarity.LIKE, TasteKind.GENRE, "YA fantasy"),
        (Side.OWN, Polarity.LIMIT, TasteKind.GENRE, "horror"),
        (Side.OWN, Polarity.DISLIKE, TasteKind.TROPE, "Love triangles"),
        (Side.AUDIENCE, Polarity.LIKE, TasteKind.MOOD, "cosy"),
        (Side.OWN, Polarity.LIKE, TasteKind.COMP, "A River of Keys"),
    ):
        editing.note_taste(store, maya, NewTaste(kind, subject, polarity, side, text="She said so"))
    ledger = ledger_of(store, maya)
    assert [each.subject for each in ledger.own] == ["YA fantasy", "A River of Keys", "Love triangles", "Horror"]
    assert [each.subject for each in ledger.audience] == ["cosy"]


def test_a_taste_fades_by_its_kind_and_a_limit_does_not(folder: Path, opening: Opening) -> None:
    years = 8
    with workspace.writing(folder, opening) as store:
        person, _ = people.add_person(store, NewPerson("Maya"))
        for polarity, kind, subject in (
            (Polarity.LIKE, TasteKind.GENRE, "fantasy"),
            (Polarity.LIKE, TasteKind.MOOD, "dark"),
            (Polarity.LIMIT, TasteKind.GENRE, "horror"),
        ):
            editing.note_taste(store, person, NewTaste(kind, subject, polarity, text="x", how="quote", strength=0.8))
        assert {each.now for each in ledger_of(store, person).own} == {0.8}
    later = Opening(clock=lambda: datetime(2026 + years, 11, 24, 12, 0, tzinfo=UTC))
    with workspace.reading(folder, later) as store:
        found = own(store, person)
        assert found["fantasy"].now == pytest.approx(0.8 * 0.25, abs=0.01)
        assert found["dark"].now < found["fantasy"].now < found["horror"].now == 0.8
        words = [found[key].confidence for key in ("fantasy", "dark", "horror")]
        assert words == [Confidence.FADED, Confidence.FADED, Confidence.SURE]


def test_more_evidence_makes_it_surer(store: Store, maya: int) -> None:
    note, _ = editing.note_taste(store, maya, NewTaste(TasteKind.GENRE, "fantasy", text="Liked it", how="list"))
    seen = [own(store, maya)["fantasy"].confidence]
    for _ in range(2):
        editing.revise_taste(
            store, note, Polarity.LIKE, editing.USUAL, text="Give me dragons", how="quote", url="blog.example/dragons"
        )
        seen.append(own(store, maya)["fantasy"].confidence)
    assert seen == [Confidence.HINT, Confidence.FAIR, Confidence.SURE]
    assert own(store, maya)["fantasy"].proofs[0].url == "https://blog.example/dragons"


@given(days=st.integers(0, 20_000), kind=st.sampled_from(list(TasteKind)))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_older_never_weighs_more(days: int, kind: TasteKind) -> None:
    today = date(2080, 1, 1)
    rules = taste_rules()
    left = rules.fade(kind, (today - timedelta(days)).isoformat(), today)
    assert 0 <= rules.fade(kind, (today - timedelta(days + 1)).isoformat(), today) <= left <= 1
    assert rules.fade(kind, (today + timedelta(3)).isoformat(), today) == 1


def test_a_taste_has_one_direction(store: Store, maya: int) -> None:
    editing.note_taste(store, maya, NewTaste(TasteKind.GENRE, "romance", text="Yes"))
    editing.note_taste(store, maya, NewTaste(TasteKind.GENRE, "romances", Polarity.LIMIT, text="Never again"))
    note = own(store, maya)["romance"]
    assert (note.polarity, len(note.proofs), TasteNote.select().count()) == ("limit", 2, 1)
    # Lists may have brought both directions; to turn one takes the other in.
    TasteNote.create(person=maya, side="own", polarity="like", kind="genre", subject="Romance", key="romance")
    editing.revise_taste(store, note.id, Polarity.LIKE, 0.9)
    assert [(each.polarity, each.strength) for each in TasteNote.select()] == [("like", 0.9)]


def test_every_edit_is_undone(store: Store, maya: int) -> None:
    states = [contents(store)]
    note, _ = editing.note_taste(store, maya, NewTaste(TasteKind.GENRE, "romance", text="Yes"))
    states.append(contents(store))
    editing.revise_taste(store, note, Polarity.DISLIKE, editing.USUAL)
    states.append(contents(store))
    editing.revise_taste(store, note, Polarity.DISLIKE, 0.4, text="Too sweet")
    states.append(contents(store))
    editing.remove_taste(store, note)
    for before in reversed(states):
        store.undo()
        assert contents(store) == before


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewTaste(TasteKind.GENRE, " "), "tastes.no_subject"),
        (NewTaste(TasteKind.GENRE, "zorble"), "tastes.unknown_genre"),
        (NewTaste(TasteKind.MOOD, "dark", text="x", seen_on="2999-01-01"), "tastes.bad_day"),
        (NewTaste(TasteKind.MOOD, "dark", url="javascript:alert(1)"), "tastes.bad_url"),
    ],
)
def test_what_cannot_be_noted_changes_nothing(store: Store, maya: int, new: NewTaste, code: str) -> None:
    before = contents(store)
    with pytest.raises(KnownError) as error:
        editing.note_taste(store, maya, new)
    assert error.value.code == code
    assert contents(store) == before
    with pytest.raises(KnownError):
        editing.remove_taste(store, 99)


def test_a_post_is_evidence_and_undo_takes_it_back(store: Store, maya: int, orchard: int) -> None:
    before = contents(store)
    posts.add_post(store, posts.NewPost(person_id=maya, item_id=orchard, text="I wept at the ferryman"))
    found = own(store, maya)
    assert set(found) == {"ya-fantasy", "folklore"}
    proof = found["ya-fantasy"].proofs[0]
    assert (proof.kind, proof.text, proof.about) == ("post", "I wept at the ferryman", "The Salt Orchard")
    assert (found["ya-fantasy"].count.read, found["ya-fantasy"].count.said) == (1, 0)
    posts.add_post(store, posts.NewPost(person_id=maya, item_id=orchard, text="And again"))
    assert Reading.select().count() == 1
    store.undo(2)
    assert contents(store) == before


def test_what_was_paid_for_says_nothing_of_a_taste(store: Store, maya: int, orchard: int) -> None:
    (gift,), _ = gifts.plan_gifts(store, orchard, [maya], deal=gifts.Deal.PAID)
    gifts.move_gifts(store, [gift], GiftState.ACCEPTED)
    gifts.Gift.update(state="sent", sent_on="2026-11-01").execute()
    posts.add_post(store, posts.NewPost(person_id=maya, item_id=orchard, text="Wonderful"))
    assert own(store, maya) == {}
    assert Reading.select().count() == 0


def test_answers_teach_and_undo_forgets(store: Store, maya: int, orchard: int) -> None:
    gift = given_gift(store, orchard, maya)
    before = contents(store)
    gifts.add_outcome(store, gift, OutcomeKind.ENJOYED, note="Best map of the year")
    found = own(store, maya)
    assert set(found) == {"ya-fantasy", "folklore", "ilse marrow"}
    assert found["ya-fantasy"].proofs[0].about == "The Salt Orchard"
    assert (found["ya-fantasy"].count.liked, found["ya-fantasy"].count.said) == (1, 1)
    store.undo()
    assert contents(store) == before
    gifts.add_outcome(store, gift, OutcomeKind.DID_NOT_FINISH, note="Too long for me")
    assert own(store, maya) == {}, "that one book was given up is no dislike of its genre"
    assert [(row.status, row.liked) for row in Reading.select()] == [("dnf", 0)]
    store.undo()
    assert contents(store) == before


@pytest.mark.parametrize(
    ("reason", "disliked"),
    [
        ("I never read YA fantasy, sorry", {"ya-fantasy"}),
        ("No more fantasy for me this year", {"fantasy"}),
        ("Not now, too busy", set()),
        ("I would have loved a YA fantasy, but the move", set()),
        ("I don't read horror", set()),
    ],
)
def test_a_reason_that_names_a_genre_of_the_title_is_kept(
    store: Store, maya: int, orchard: int, reason: str, disliked: set[str]
) -> None:
    (gift,), _ = gifts.plan_gifts(store, orchard, [maya])
    before = contents(store)
    gifts.move_gifts(store, [gift], GiftState.DECLINED, note=reason)
    assert {key for key, each in own(store, maya).items() if each.polarity == "dislike"} == disliked
    store.undo()
    assert contents(store) == before


def test_two_people_become_one_reader(store: Store, maya: int, orchard: int) -> None:
    other, _ = people.add_person(store, NewPerson("Maya R."))
    for person in (maya, other):
        posts.add_post(store, posts.NewPost(person_id=person, item_id=orchard, text=f"By {person}"))
    Reading.update(rating=4.0).where(Reading.person == other).execute()
    merge_people(store, maya, other)
    assert [(row.person_id, row.rating) for row in Reading.select()] == [(maya, 4.0)]
    assert len(own(store, maya)["folklore"].proofs) == 2


def test_nothing_remains_of_what_someone_read_who_was_forgotten(store: Store, maya: int) -> None:
    save_card(store, maya, Card(rules=(Rule("genre", "horror", False, "No quetzalcoatls, ever"),), text="Xiuhtecuhtli"))
    editing.note_taste(store, maya, NewTaste(TasteKind.COMP, "Tlaloc Rising", text="Huitzilopochtli made me cry"))
    Reading.create(person=maya, title="Coatlicue", title_key="coatlicue", review="Tezcatlipoca!", source="goodreads",
                   created_at=store.now())  # fmt: skip
    forget_person(store, maya)
    left = b"".join(path.read_bytes() for path in store.folder.glob("outreach.db*")).lower()
    for word in (b"quetzalcoatl", b"xiuhtecuhtli", b"tlaloc", b"huitzilopochtli", b"coatlicue", b"tezcatlipoca"):
        assert word not in left, word
