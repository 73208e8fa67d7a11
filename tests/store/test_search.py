"""The index of people always holds the words of the people as they are."""

from pathlib import Path

import pytest

from outreach.jobs import Job
from outreach.services import people
from outreach.services.forgetting import forget_person
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.merging import merge_people
from outreach.services.people import NewPerson
from outreach.services.sample.fill import fill
from outreach.store.database import Store
from outreach.store.search import match_of

WORDS = """
SELECT person.id, name_key || ' ' || lower(organisation)
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM email_address WHERE person_id = person.id ORDER BY "key")), '')
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM account WHERE person_id = person.id ORDER BY "key")), '')
    || ' ' || coalesce((SELECT group_concat("key", ' ')
        FROM (SELECT "key" FROM person_tag WHERE person_id = person.id ORDER BY "key")), '')
FROM person ORDER BY person.id
"""


def in_index(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT rowid, words FROM person_search ORDER BY rowid")


def found(store: Store, words: str) -> list[str]:
    return [row.name for row in people.list_people(store, words)]


def test_it_follows_every_way_of_writing(store: Store, tmp_path: Path) -> None:
    fill(store, people=100, seed=3, job=Job())
    assert in_index(store) == store.rows(WORDS)
    person, _ = people.add_person(store, NewPerson("Maya Reyes", ["maya@example.org"], ["tiktok:maya"], ["YA"]))
    people.edit_person(store, person, {"name": "Maya Okonjo"}, ["mo@example.org"])
    merge_people(store, person, 7)
    forget_person(store, 9)
    path = tmp_path / "list.csv"
    path.write_text("Name,E-mail\nMaya O.,mo@example.org\nNew One,new@example.org\n", encoding="utf-8")
    import_file(store, ImportKind.PEOPLE, path)
    assert in_index(store) == store.rows(WORDS)
    assert found(store, "new@example") == ["New One"]


def test_a_write_that_fails_leaves_it_alone(store: Store) -> None:
    people.add_person(store, NewPerson("Maya"))
    with pytest.raises(RuntimeError), store.operation(people.Op.ADD_PERSON):
        people.Person.update(name_key="rosa").execute()
        raise RuntimeError
    assert found(store, "maya") == ["Maya"]
    people.edit_person(store, 1, {"notes": "x"})
    assert found(store, "maya") == ["Maya"]


def test_the_beginnings_of_words_are_found_in_any_order(store: Store) -> None:
    person, _ = people.add_person(
        store, NewPerson("Máya Reyes", ["hello@maya.example"], ["instagram:maya_reads"], ["YA"])
    )
    people.edit_person(store, person, {"organisation": "The Crooked Shelf"})
    for words in ("may", "REY may", "maya_reads", "@maya.ex", "crook", "ya", "hello@maya.example", "*", ""):
        assert found(store, words) == ["Máya Reyes"], words
    for words in ("aya", "may rosa", "maya_x", '"'):
        assert found(store, words) in ([], ["Máya Reyes"] if words == '"' else []), words


def test_nothing_remains_of_a_person_who_was_forgotten(store: Store) -> None:
    person, _ = people.add_person(store, NewPerson("Quetzalcoatl", ["q@example.org"]))
    people.add_person(store, NewPerson("Maya"))
    forget_person(store, person)
    assert b"quetzalcoatl" not in store.path.read_bytes()


def test_what_is_typed_is_never_an_expression() -> None:
    assert match_of(['a"b', "NEAR(", "x*"]) == '"a""b" * AND "NEAR(" * AND "x*" *'
