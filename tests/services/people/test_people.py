"""People: adding, merging, forgetting, and never writing to those who asked not to be written to."""

from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.importing.batches import show_batch
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.people import people
from outreach.services.people.forgetting import forget_person
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson
from outreach.services.people.suppressions import (
    Marks,
    SuppressionKind,
    SuppressionReason,
    suppress_keys,
    suppressed_people,
)
from outreach.store.database import Store
from outreach.store.models import EmailAddress, Person, ReviewPolicy, TasteNote
from tests.conftest import contents


def test_a_person_needs_no_account(store: Store) -> None:
    gwen, _ = people.add_person(
        store, NewPerson("Gwen Abara", values={"role": "radio_host", "country": "United Kingdom"})
    )
    found = people.show_person(store, gwen)
    assert (found.values["role"], found.values["country"], found.accounts) == ("radio_host", "GB", ())
    assert (found.values["given_name"], found.values["family_name"]) == ("Gwen", "Abara")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewPerson("  "), "people.no_name"),
        (NewPerson("Maya", ["not an address"]), "people.bad_email"),
        (NewPerson("Maya", profiles=["ftp://x"]), "people.bad_profile"),
        (NewPerson("Maya", values={"shoe_size": "4"}), "people.unknown_field"),
        (NewPerson("Maya", ["ROSA@example.org"]), "people.email_taken"),
        (NewPerson("Maya", profiles=["https://www.tiktok.com/@Rosa?x=1"]), "people.account_taken"),
    ],
)
def test_what_cannot_be_added(store: Store, new: NewPerson, code: str) -> None:
    people.add_person(store, NewPerson("Rosa", ["rosa@example.org"], ["tiktok:rosa"]))
    before = contents(store)
    with pytest.raises(KnownError) as caught:
        people.add_person(store, new)
    assert caught.value.code == code
    assert contents(store) == before


def test_merging_keeps_everything_and_the_stricter_wish(store: Store) -> None:
    keep, _ = people.add_person(store, NewPerson("Maya Reyes", ["maya@example.org"], ["tiktok:maya"], ["YA"]))
    other, _ = people.add_person(
        store, NewPerson("M. Reyes", ["m@example.org"], ["instagram:maya"], ["YA", "sea"], {"role": "creator"})
    )
    for person, is_open, strength in ((keep, 1, 0.5), (other, 0, 1.0)):
        ReviewPolicy.create(person=person, is_open=is_open, text=str(person))
        TasteNote.create(
            person=person, side="own", polarity="like", kind="genre", subject="Poetry", key="poetry", strength=strength
        )
    suppress_keys(store, [(SuppressionKind.EMAIL, "m@example.org")], SuppressionReason.ASKED)
    before = contents(store)
    merge_people(store, keep, other)
    found = people.show_person(store, keep)
    assert found.emails == ("maya@example.org", "m@example.org")
    assert {account[0] for account in found.accounts} == {"tiktok", "instagram"}
    assert (found.tags, found.values["role"]) == (("sea", "YA"), "creator")
    assert len(found.tastes) == 1
    assert found.policy is not None
    assert found.policy["is_open"] == 0
    assert found.suppressed
    assert Person.get_or_none(Person.id == other) is None
    store.undo()
    assert contents(store) == before


def test_forgetting_leaves_no_trace_and_blocks_reimport(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Name,E-mail,Instagram,Notes\nZelda Quixote,zelda@example.org,zeldareads,likes whales\nRosa,rosa@example.org,,\n"
    )
    import_file(store, ImportKind.PEOPLE, path)
    path.write_text(
        "Name,E-mail,Instagram,Notes\nZelda Quixote,zelda@example.org,zeldareads,moved to Hull\nRosa,rosa@example.org,,\n"
    )
    import_file(store, ImportKind.PEOPLE, path)
    forget_person(store, refs.person_id("zelda@example.org"))
    store.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = b"".join(each.read_bytes() for each in store.folder.glob("outreach.db*"))
    for trace in (b"Zelda", b"Quixote", b"zelda", b"zeldareads", b"whales", b"moved to Hull"):
        assert trace not in raw, trace
    assert store.undoable() == ()
    result = import_file(store, ImportKind.PEOPLE, path)
    assert (result.added, result.skipped, result.unchanged) == (0, 1, 1)
    assert [note.code for note in show_batch(int(result.batch or 0))[1]] == ["rows.forgotten"]
    with pytest.raises(KnownError) as caught:
        people.add_person(store, NewPerson("Zelda", ["ZELDA@example.org"]))
    assert caught.value.code == "people.forgotten"


def test_a_suppression_survives_everything(store: Store, tmp_path: Path) -> None:
    marks = [(SuppressionKind.EMAIL, "maya@example.org")]
    suppress_keys(store, marks, SuppressionReason.ASKED)
    path = tmp_path / "list.csv"
    path.write_text("Name,E-mail\nMaya,Maya@Example.org\nRosa,rosa@example.org\n")
    result = import_file(store, ImportKind.PEOPLE, path)
    assert result.added == 2
    maya = EmailAddress.get(EmailAddress.key == "maya@example.org").person_id
    assert suppressed_people(store) == {maya}
    assert [row.suppressed for row in people.list_people(store)] == [True, False]
    assert Marks(store).is_marked(SuppressionKind.EMAIL, "maya@example.org")


def test_people_are_found_by_every_name_they_have(store: Store) -> None:
    maya, _ = people.add_person(
        store, NewPerson("İldeş Çamurcuoğlu", ["ildes@example.org"], ["tiktok:ildesreads"], ["night readers"])
    )
    people.add_person(store, NewPerson("Rosa Vinter", ["rosa@example.org"]))
    for words in ("ildes", "camurcuoglu ildeş", "ILDES@example", "ildesreads", "night", ""):
        assert maya in [row.id for row in people.list_people(store, words)], words
    assert people.list_people(store, "ildes rosa") == []
    for text in (
        "p1",
        "P1",
        "ildes@example.org",
        "@ildesreads",
        "https://www.tiktok.com/@ildesreads",
        "ildes camurcuoglu",
    ):
        assert refs.person_id(text) == maya, text
