"""Finding anything by some letters: what begins so comes first, and nothing else is found."""

import pytest

from outreach.fields.text import fold
from outreach.services.pages.finding import KINDS, again, find
from outreach.services.pages.people import people_lines
from outreach.services.pages.title import title_lines
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Item, Person


@pytest.fixture
def sample(filled, opening) -> Store:
    with workspace.writing(filled(150, 3), opening) as store:
        yield store


def test_a_title_is_found_by_its_beginning_and_by_its_author(sample: Store) -> None:
    assert find(sample, "salt")[0].name == "The Salt Orchard"
    author = Item.get(Item.title == "The Salt Orchard").author
    assert "The Salt Orchard" in [each.name for each in find(sample, author, ["title"], 20)]


def test_a_hit_tells_what_it_is_worth_or_why_it_was_found(sample: Store) -> None:
    salt = Item.get(Item.title == "The Salt Orchard")
    named, *_ = find(sample, "salt", ["title"], 20)
    assert (named.id, named.detail) == (salt.id, "")
    assert named.left == next(line.left for line in title_lines() if line.id == salt.id)
    by_author = next(each for each in find(sample, salt.author, ["title"], 20) if each.id == salt.id)
    assert by_author.detail == salt.author
    (maya, *_) = find(sample, "maya okonjo", ["person"], 20)
    (by_handle, *_) = find(sample, "mayareadsbynight", ["person"], 20)
    assert maya.detail in people_lines(sample, [maya.id])[maya.id].tastes[0].subject
    assert by_handle.detail == "@mayareadsbynight"


def test_people_are_found_by_name_and_handle(sample: Store) -> None:
    person = Person.get(Person.name == "Maya Okonjo-Reyes")
    for typed in ("maya", "maya ok", "okonjo", "mayareads"):
        assert person.id in [each.id for each in find(sample, typed, ["person"], 20)], typed


def test_what_is_called_so_stands_before_what_only_has_the_words(sample: Store) -> None:
    found = find(sample, "the", most=3)
    called = [each.kind not in ("post", "letter", "note") and "the" in fold(each.name) for each in found]
    assert called == sorted(called, reverse=True)
    for some in (found[: called.count(True)], found[called.count(True) :]):
        kinds = [each.kind for each in some]
        assert kinds == sorted(kinds, key=KINDS.index)
    kinds = [each.kind for each in found]
    assert all(kinds.count(kind) <= 4 for kind in kinds)


def test_what_was_gone_to_is_told_again_in_its_order(sample: Store) -> None:
    known = [("person", Person.get().id), ("title", 2), ("person", 99999), ("campaign", 1), ("title", 1), ("post", 1)]
    found = again(sample, known)
    assert [(each.kind, each.id) for each in found] == [each for each in known if each[1] != 99999]
    assert all(each.name for each in found)
    assert found[1].left is not None


def test_a_post_is_found_by_its_words_with_the_piece_around_them(sample: Store) -> None:
    (post, *_) = find(sample, "ferry", ["post"])
    assert "ferry" in post.name.casefold()
    assert post.day


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", '"', "zzzzz", "NEAR(", "*"])
def test_signs_and_nonsense_find_nothing(sample: Store, typed: str) -> None:
    assert find(sample, typed) == []
