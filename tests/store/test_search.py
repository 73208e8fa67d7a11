"""The index of people always holds the words of the people as they are."""

from pathlib import Path

import pytest

from outreach.changes import Op
from outreach.fields.text import fold
from outreach.jobs import Job
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.people import people
from outreach.services.people.accounts import AccountNews, save_account
from outreach.services.people.forgetting import forget_person
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson
from outreach.services.sample.fill import fill
from outreach.store.database import Store
from outreach.store.models import Person
from outreach.store.search import match_of, spaced


def words_of_people(store: Store) -> list[tuple[object, ...]]:
    """The words that the index should hold, made from the rows."""
    keys: dict[tuple[str, int], list[str]] = {}
    for table in ("email_address", "account", "person_tag"):
        for person, key in store.rows(f'SELECT person_id, "key" FROM {table} ORDER BY "key"'):
            keys.setdefault((table, person), []).append(key)
    former = (
        'SELECT person_id, account_alias."key" FROM account_alias JOIN account ON account.id = account_id ORDER BY 2'
    )
    for person, key in store.rows(former):
        keys.setdefault(("former", person), []).append(key)
    found: list[tuple[object, ...]] = []
    for person, name, organisation in store.rows("SELECT id, name_key, organisation FROM person ORDER BY id"):
        told = (
            " ".join(keys.get((table, person), ())) for table in ("email_address", "account", "person_tag", "former")
        )
        found.append((person, spaced(" ".join((name, fold(organisation), *told)))))
    return found


def in_index(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT rowid, words FROM person_search ORDER BY rowid")


def found(store: Store, words: str) -> list[str]:
    return [row.name for row in people.list_people(store, words)]


def test_it_follows_every_way_of_writing(store: Store, tmp_path: Path) -> None:
    fill(store, people=100, seed=3, job=Job())
    assert in_index(store) == words_of_people(store)
    person, _ = people.add_person(store, NewPerson("Maya Reyes", ["maya@example.org"], ["tiktok:maya"], ["YA"]))
    people.edit_person(store, person, {"name": "Maya Okonjo"}, ["mo@example.org"])
    merge_people(store, person, 7)
    forget_person(store, 9)
    path = tmp_path / "list.csv"
    path.write_text("Name,E-mail\nMaya O.,mo@example.org\nNew One,new@example.org\n", encoding="utf-8")
    import_file(store, ImportKind.PEOPLE, path)
    assert in_index(store) == words_of_people(store)
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
    for words in ("eye", "may rosa", "maya_x", '"'):
        assert found(store, words) in ([], ["Máya Reyes"] if words == '"' else []), words


def test_within_a_handle_or_an_address_three_letters_are_enough(store: Store) -> None:
    people.add_person(store, NewPerson("Rosa Vinter", ["post@vintervellum.example"], ["instagram:therosareads"]))
    people.add_person(store, NewPerson("Beth Sandoval", ["beth@example.org"], ["instagram:slowstove"]))
    for words in ("sare", "vellum", "rosa vellum", "sareads vint", "vellum sare post@", "rosa vinter vellum sare"):
        assert found(store, words) == ["Rosa Vinter"], words
    # Within a name, or with two letters, nothing is looked for.
    for words in ("inter", "ar", "os", "sareads beth", "rosa vinter vellum slow"):
        assert found(store, words) == (["Rosa Vinter"] if words == "inter" else []), words
    person = store.first_found(["rosa"], 5)
    assert len(person) == 1


def test_scripts_without_blanks_are_found_by_character(store: Store) -> None:
    people.add_person(store, NewPerson("村上春樹"))
    people.add_person(store, NewPerson("王小明", ["wang@example.org"]))
    assert found(store, "春樹") == found(store, "上春") == ["村上春樹"]
    assert found(store, "小") == ["王小明"]
    assert found(store, "村小") == []


def test_titles_posts_letters_and_notes_are_found_too(store: Store) -> None:
    fill(store, people=60, seed=5, job=Job())
    person, _ = people.add_person(store, NewPerson("Maya"))
    people.edit_person(store, person, {"notes": "Wants só finished copies, in the Käfer edition"})
    assert list(store.ids(store.found_in("note", ["kafer", "fini"]))) == [person]
    people.edit_person(store, person, {"notes": ""})
    assert list(store.ids(store.found_in("note", ["kafer"]))) == []
    for index, column in (("item", "title"), ("post", "text")):
        row, text = store.rows(f"SELECT id, {column} FROM {index} WHERE {column} <> '' ORDER BY id LIMIT 1")[0]
        assert row in list(store.ids(store.found_in(index, fold(text).split()[:4]))), text


def test_nothing_remains_of_a_person_who_was_forgotten(store: Store) -> None:
    person, _ = people.add_person(store, NewPerson("Quetzalcoatl", ["q@example.org"]))
    people.add_person(store, NewPerson("Maya"))
    forget_person(store, person)
    assert b"quetzalcoatl" not in store.path.read_bytes()


def test_what_is_typed_is_never_an_expression() -> None:
    assert match_of(['a"b', "NEAR(", "x*"]) == '"a""b" * AND "NEAR(" * AND "x*" *'


def test_people_are_found_by_their_former_handles(store: Store) -> None:
    maya, _ = people.add_person(store, NewPerson("Maya", (), ["instagram:mayareads"]))
    save_account(store, maya, AccountNews("instagram:mayareads", alias="oldbookworm"))
    for typed in ("oldbook", "bookworm"):
        assert list(store.ids(Person.select(Person.id).where(Person.id.in_(store.found_people([typed]))))) == [maya]
        assert store.first_found([typed], 5) == [maya]
    store.undo()
    assert store.first_found(["oldbook"], 5) == store.first_found(["bookworm"], 5) == []
    store.redo()
    assert store.first_found(["bookworm"], 5) == [maya]
    before = store.rows("SELECT rowid, words FROM person_search")
    with store.operation(Op.EDIT_PERSON):
        Person.update(name_key="maya").execute()
    assert store.rows("SELECT rowid, words FROM person_search") == before


def test_an_import_that_changes_no_words_writes_none(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head, maya = "Name,E-mail,Instagram,Followers,Company\n", "Maya Reyes,maya@example.org,maya"
    path.write_text(f"{head}{maya},100,Quay Books\n", encoding="utf-8")
    import_file(store, ImportKind.PEOPLE, path)
    written: list[str] = []
    connection = store._db.connection()
    connection.set_trace_callback(lambda sql: written.append(sql) if "INSERT INTO person_search (" in sql else None)
    path.write_text(f"{head}{maya},120,Quay Books\n", encoding="utf-8")
    assert import_file(store, ImportKind.PEOPLE, path).updated == 1
    assert not written
    path.write_text(f"{head}{maya},120,Harbour Books\n", encoding="utf-8")
    assert import_file(store, ImportKind.PEOPLE, path).updated == 1
    assert written
    assert found(store, "harbour") == ["Maya Reyes"]
    assert in_index(store) == words_of_people(store)
