"""Making two people one: the stricter wish wins, and undo gives both back whole."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import add_item
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.people import duplicates
from outreach.services.people.accounts import AccountNews, save_account
from outreach.services.people.addresses import save_address
from outreach.services.people.audience import NewShare, add_share
from outreach.services.people.bulk import BulkChange, change_people
from outreach.services.people.consent import consent_of, save_consent
from outreach.services.people.documents import documents_of, keep_document
from outreach.services.people.merging import CHOSEN, merge_fields, merge_people
from outreach.services.people.notes import add_note
from outreach.services.people.people import NewPerson, add_person, edit_person, show_person
from outreach.services.people.record import record_of
from outreach.services.people.rosters import put_on_roster
from outreach.services.people.words_on import set_introduced_by, set_looks
from outreach.store.database import Store
from outreach.store.models import Gift, Person, PersonNote, RosterMember
from tests.conftest import contents

_WORDS = some.sampled_from(["", "sea", "Night", "Łódź", "O'Brien", 'say "hi"', "x\ny"])
_DAYS = some.sampled_from(["", "2026-01-02", "2026-10-09"])
_PEOPLE = some.fixed_dictionaries(
    {
        "values": some.fixed_dictionaries(
            dict.fromkeys(("greeting", "organisation", "notes", "relation", "owner", "pronouns"), _WORDS)
            | {"is_adult": some.sampled_from(["", "yes", "no"]), "away_until": some.sampled_from(["", "2027-01-01"])}
        ),
        "tags": some.lists(some.sampled_from(["sea", "YA", "night"]), unique=True),
        "roles": some.sampled_from([(), ("creator",), ("bookseller", "podcaster")]),
        "rosters": some.lists(some.sampled_from(["Spring", "Autumn"]), unique=True),
        "mood": some.lists(some.sampled_from(["cosy", "wild"]), unique=True),
        "notes": some.lists(some.sampled_from(["called", "met"]), max_size=2),
        "place": some.booleans(),
        "email": some.booleans(),
        "consent": some.tuples(some.sampled_from(["", "published", "consent"]), _DAYS, _DAYS),
    }
)


def make(store: Store, name: str, what: dict[str, Any]) -> int:
    emails = [f"{name}@example.org"] if what["email"] else []
    person, _ = add_person(
        store, NewPerson(name.title(), emails, [f"tiktok:{name}reads"], what["tags"], what["values"])
    )
    for roster in what["rosters"]:
        put_on_roster(store, roster, [person])
    set_looks(store, person, "mood", what["mood"])
    for text in what["notes"]:
        add_note(store, person, text)
    if what["place"]:
        save_address(store, person, {"line1": f"1 {name} Row", "postcode": "LS1 4AB"})
    basis, found, given_on = what["consent"]
    if found:
        save_consent(store, person, {"basis": basis, "found_on": found, "notice_given_on": given_on, "source": name})
    return person


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=_PEOPLE, two=_PEOPLE, taken=some.dictionaries(some.sampled_from(CHOSEN), some.booleans()))
def test_merge_then_undo_equals_before(store: Store, one: dict[str, Any], two: dict[str, Any], taken: Any) -> None:
    keep, other = make(store, "maya", one), make(store, "rosa", two)
    third, _ = add_person(store, NewPerson("Third"))
    set_introduced_by(store, third, other)
    set_introduced_by(store, keep, other)
    duplicates.say_not_same(store, third, other)
    before = contents(store)
    notes = PersonNote.select().count()
    merge_people(store, keep, other, taken)
    assert Person.get_or_none(Person.id == other) is None
    assert PersonNote.select().count() == notes
    assert Person.get_by_id(third).introduced_by_id == keep
    assert Person.get_by_id(keep).introduced_by_id is None
    after = contents(store)
    store.undo()
    assert contents(store) == before
    store.redo()
    assert contents(store) == after
    Person.delete().execute()


def test_fields_are_chosen_one_by_one(store: Store) -> None:
    keep, _ = add_person(store, NewPerson("Maya Reyes", ["maya@example.org"], values={"notes": "likes maps"}))
    other, _ = add_person(
        store, NewPerson("Maya Okonjo-Reyes", ["m@example.org"], values={"notes": "tea", "greeting": "Hi Maya"})
    )
    for person, line in ((keep, "1 Old Row"), (other, "2 New Row")):
        save_address(store, person, {"line1": line})
    fields = {field.name: field for field in merge_fields(keep, other)}
    assert (fields["greeting"].takes_other, fields["name"].takes_other, fields["notes"].joins) == (True, False, True)
    assert (fields["address"].mine, fields["address"].theirs) == ("1 Old Row", "2 New Row")
    merge_people(store, keep, other, {"name": True, "email": True, "address": True, "notes": False})
    found = show_person(store, keep)
    assert (found.values["name"], found.values["family_name"]) == ("Maya Okonjo-Reyes", "Okonjo-Reyes")
    assert (found.values["notes"], found.values["greeting"]) == ("likes maps", "Hi Maya")
    assert found.emails == ("m@example.org", "maya@example.org")
    assert [place.parts["line1"] for place in record_of(store, keep).places if place.is_current] == ["2 New Row"]


def test_the_stricter_state_is_kept(store: Store) -> None:
    keep, _ = add_person(store, NewPerson("Maya", values={"is_adult": "yes", "away_until": "2027-01-01"}))
    other, _ = add_person(store, NewPerson("Maya R", values={"is_adult": "no", "away_until": "2027-03-01"}))
    save_consent(store, keep, {"basis": "consent", "found_on": "2026-05-01", "notice_given_on": "2026-05-02"})
    save_consent(store, other, {"basis": "published", "found_on": "2026-06-01", "no_pitch": "yes"})
    change_people(store, [keep], BulkChange(archive=True))
    merge_people(store, keep, other)
    values, consent = show_person(store, keep).values, consent_of(store, keep)
    assert (values["is_adult"], values["away_until"]) == (0, "2027-03-01")
    assert (consent.basis, consent.no_pitch, consent.notice_given_on) == ("published", True, "")
    assert consent.notice_due_on == "2026-07-01"
    assert not record_of(store, keep).is_archived, "one of them is in use"


def test_doubles_on_a_ladder(store: Store) -> None:
    maya, _ = add_person(store, NewPerson("Maya Reyes", ["maya.reyes@example.org"], ["tiktok:mayareads"]))
    dotted, _ = add_person(store, NewPerson("M R", ["mayareyes+books@example.org"]))
    handle, _ = add_person(store, NewPerson("Night Reader", profiles=["instagram:mayareads"]))
    rosa, _ = add_person(store, NewPerson("Rosa Vintér"))
    folded, _ = add_person(store, NewPerson("ROSA VINTER", ["rosa@example.org"]))
    for person in (rosa, folded):
        save_address(store, person, {"line1": "x", "postcode": "ls1 4ab"})
    swapped, _ = add_person(store, NewPerson("Reyes Maya", values={"given_name": "Maya", "family_name": "Reyes"}))
    far, _ = add_person(store, NewPerson("Rosa Vinter", values={"country": "NZ"}))
    save_address(store, far, {"line1": "y", "postcode": "6011"})
    found = {(pair.first_id, pair.second_id): pair.reason for pair in duplicates.pairs(store)}
    assert found == {
        (maya, dotted): "email", (maya, handle): "handle", (rosa, folded): "name_postcode", (maya, swapped): "name",
    }  # fmt: skip
    duplicates.say_not_same(store, dotted, maya)
    assert (maya, dotted) not in {(pair.first_id, pair.second_id) for pair in duplicates.pairs(store)}
    save_account(store, rosa, AccountNews("instagram:shelfofrosa", alias="mayareads"))
    assert (maya, rosa) in {(pair.first_id, pair.second_id) for pair in duplicates.pairs(store)}


def test_documents_are_kept_once_by_what_they_hold(store: Store, tmp_path: Path) -> None:
    maya, _ = add_person(store, NewPerson("Maya"))
    rosa, _ = add_person(store, NewPerson("Rosa"))
    shelf, text = tmp_path / "shelf.png", tmp_path / "text.png"
    shelf.write_bytes(b"\x89PNG\r\n\x1a\nshelf")
    text.write_bytes(b"no picture")
    for person in (maya, rosa):
        keep_document(store, person, shelf, "picture")
    kept = [path for path in (store.folder / "files").rglob("*") if path.is_file()]
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]
    assert documents_of(store, rosa)[0].path == kept[0]
    link = tmp_path / "link.png"
    link.symlink_to(shelf)
    for source, code in ((text, "no_picture"), (link, "missing"), ("http://user:pw@x.example/", "bad_url")):
        with pytest.raises(KnownError) as caught:
            keep_document(store, maya, source, "picture")
        assert caught.value.code == f"documents.{code}"


def test_what_cannot_be_merged(store: Store) -> None:
    maya, _ = add_person(store, NewPerson("Maya"))
    for call in (lambda: merge_people(store, maya, maya), lambda: merge_fields(maya, maya)):
        with pytest.raises(KnownError) as caught:
            call()
        assert caught.value.code == "people.same"


def test_what_is_sensitive_stays_out_of_exports_and_rosters_are_made_once(store: Store) -> None:
    maya, _ = add_person(store, NewPerson("Maya"))
    add_share(store, maya, NewShare("religion", "some", self_described="'I write as a Quaker', her page"))
    add_share(store, maya, NewShare("age", "18 to 24", "40"))
    from outreach.services.people.audience import audience_of

    assert [share.field for share in audience_of(maya, sensitive=False)] == ["age"]
    put_on_roster(store, "Spring", [maya])
    put_on_roster(store, "SPRING ", [maya])
    assert RosterMember.select().count() == 1
    edit_person(store, maya, {"notes": "x"})


def test_whoever_is_named_twice_counts_once(store: Store) -> None:
    maya, _ = add_person(store, NewPerson("Maya"))
    item, _ = add_item(store, "The Salt Orchard", {})
    change_people(store, [maya, maya], BulkChange(add_tags=("night reader",), on_roster="Spring"))
    put_on_roster(store, "Autumn", [maya, maya])
    plan_gifts(store, item, [maya, maya])
    assert show_person(store, maya).tags == ("night reader",)
    assert RosterMember.select().count() == 2
    assert Gift.select().count() == 1
