"""What is kept between matches says the same as reading everything anew, whatever was written in between."""

from collections.abc import Iterator

import pytest

from outreach.changes import Changes, Op
from outreach.jobs import Job
from outreach.services import posts
from outreach.services.catalogue import catalogue
from outreach.services.gifts import gifts
from outreach.services.gifts.gifts import GiftState
from outreach.services.matching import Match
from outreach.services.matching.kept import Kept
from outreach.services.matching.ranking import match_item
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Item, Person, TasteNote
from outreach.store.workspace import Opening
from tests.conftest import NOW


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place, opening = tmp_path_factory.mktemp("kept") / "workspace", Opening(clock=lambda: NOW, by="HO")
    new_workspace(place, opening)
    with workspace.writing(place, opening) as store:
        fill(store, people=150, seed=5, job=Job())
        yield store


def same(one: Match, other: Match) -> bool:
    """The same people for the same reasons; the averages, which are those of the last building, move a little."""
    mine, theirs = ({fit.person_id: fit for fit in each.fits if fit.score > 0.5} for each in (one, other))
    both = mine.keys() & theirs.keys()
    return len(both) >= 0.9 * max(len(mine), len(theirs)) and all(
        abs(mine[each].score - theirs[each].score) < 0.3
        and {reason.code for reason in mine[each].reasons} == {reason.code for reason in theirs[each].reasons}
        for each in both
    )


def likes(store: Store, person: int, key: str) -> Changes:
    with store.operation(Op.NOTE_TASTE) as written:
        TasteNote.create(person=person, side="own", polarity="like", kind="genre", subject=key, key=key)
    return written.changes


def posts_about(store: Store, person: int, item: int) -> Changes:
    _, changes = posts.add_post(
        store, posts.NewPost(f"https://www.instagram.com/p/C{person}x{item}/", person, item_id=item)
    )[:2]
    return changes


def test_a_change_renews_one_row_and_says_what_reading_anew_says(sample: Store) -> None:
    item = Item.get(Item.title == "Daughters of the Tidewall").id
    other = Item.get(Item.title == "The Glass Heron").id
    fine = [fit.person_id for fit in match_item(sample, item).fits]
    kept = Kept()
    first = kept.board(sample)
    assert kept.board(sample) is first, "nothing was written"
    for changes in (likes(sample, fine[-1], "true-crime"), posts_about(sample, fine[-2], other)):
        kept.note(changes)
        renewed = kept.board(sample)
        assert renewed.built is first.built, "one row was renewed in place"
        assert same(match_item(sample, item, on=renewed), match_item(sample, item))


def test_what_is_not_about_one_person_is_read_anew(sample: Store) -> None:
    item = Item.get(Item.title == "Daughters of the Tidewall").id
    kept = Kept()
    first = kept.board(sample)
    person, changes = people.add_person(sample, NewPerson("Nell Harrow", ["nell@example.org"]))
    kept.note(changes)
    second = kept.board(sample)
    assert second.built is not first.built
    assert person in second.built.row
    _, changes = catalogue.add_item(sample, "A New One", {"author": "Safiya Renn"}, genres=["ya-fantasy"])
    kept.note(changes)
    third = kept.board(sample)
    assert third.built is not second.built
    # A note that is taken back is gone, and nobody can say whose it was.
    kept.note(likes(sample, person, "ya-fantasy"))
    assert person in kept.board(sample).known.own
    kept.note(sample.undo())
    assert person not in kept.board(sample).known.own
    assert Person.get_by_id(person)
    (gift,), changes = gifts.plan_gifts(sample, item, [person])
    kept.note(changes)
    kept.note(gifts.move_gifts(sample, [gift], GiftState.ACCEPTED))
    found = match_item(sample, item, on=kept.board(sample))
    assert found.never_shown == match_item(sample, item).never_shown
