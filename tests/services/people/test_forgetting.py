"""Forgetting a person: nothing of hers is left anywhere, and no list brings her back."""

from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services import refs
from outreach.services.importing.batches import show_batch
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.people.accounts import AccountNews, save_account
from outreach.services.people.addresses import save_address
from outreach.services.people.audience import NewShare, add_share
from outreach.services.people.bulk import BulkChange, change_people
from outreach.services.people.consent import save_consent
from outreach.services.people.documents import keep_document
from outreach.services.people.forgetting import forget_person, what_goes
from outreach.services.people.merging import merge_people
from outreach.services.people.notes import add_note
from outreach.services.people.people import NewPerson, add_person, edit_person
from outreach.services.people.suppressions import suppress_people, suppressed_people
from outreach.services.people.words_on import set_looks
from outreach.services.workspaces.views import View, save_view
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Club, Gift, GiftStep, Item, Letter, Outcome, Person, Post, Shipment
from outreach.store.workspace import Opening

#: Twenty words that stand nowhere else.
CANARIES = tuple(f"qzx{letter}canary" for letter in "abcdefghijklmnopqrst")
ROWS = "Name,E-mail,Instagram,Notes,Organisation\n"


def plant(store: Store, tmp_path: Path) -> int:
    """A person with a canary wherever something may be kept, written, changed, undone, and imported twice."""
    (a, b, c, d, e, f, g, h, i, j, k, l_, m, n, o, p, q, r, s, t) = CANARIES
    path = tmp_path / f"Zoe {a.title()}.csv"
    path.write_text(f"{ROWS}Zoe {a.title()},{b}@example.org,{c},{d},{e}\nRosa,rosa@example.org,,,\n")
    import_file(store, ImportKind.PEOPLE, path)
    path.write_text(f"{ROWS}Zoe {a.title()},{b}@example.org,{c},moved on,{e}\nRosa,rosa@example.org,,,\n")
    import_file(store, ImportKind.PEOPLE, path)
    zoe = refs.person_id(f"{b}@example.org")
    edit_person(store, zoe, {"expertise": f, "guardian": g, "representative": h, "away_note": i})
    save_address(store, zoe, {"line1": f"1 {j} Row", "city": "Leeds", "postcode": "LS1 4AB"})
    save_account(store, zoe, AccountNews(f"tiktok:{c}", "9k", alias=k))
    save_consent(store, zoe, {"source": l_, "found_on": "2026-10-01"})
    add_note(store, zoe, m, "call")
    (tmp_path / "kit.txt").write_text(n)
    keep_document(store, zoe, tmp_path / "kit.txt")
    (tmp_path / "gone.txt").write_text(f"{n} again")
    keep_document(store, zoe, tmp_path / "gone.txt")
    store.undo()
    add_share(store, zoe, NewShare("religion", o, self_described=o))
    set_looks(store, zoe, "mood", [p])
    change_people(store, [zoe], BulkChange(add_tags=(q,)))
    save_view(store, "Hers", View("people", query=f"zoe {a}"))
    item = Item.create(title="Salt", title_key="salt", sort_title="salt", created_at="x", updated_at="x")
    with store.operation("edit_item"):  # type: ignore[arg-type]
        gift = Gift.create(person=zoe, item=item, state="sent", state_on="2026-01-01", created_at="x", note=r, why=r)
        GiftStep.create(gift=gift, state="sent", happened_on="2026-01-01", note=r)
        Shipment.create(person=zoe, state="sent", line1=f"1 {j} Row", note=s, created_at="x", tracking_number=s)
        Post.create(person=zoe, kind="post", handle=c, text=t, posted_on="2026-01-02", nature="organic",
                    nature_reason="x", created_at="x", url=f"https://x.example/{c}")  # fmt: skip
        Outcome.create(gift=gift, person=zoe, kind="posted", happened_on="2026-01-02", note=t)
        Club.create(name=f"Club of {s}", name_key=s, host=zoe, started_on="2026-01-02", place=s, created_at="x")
        Letter.create(person=zoe, kind="pitch", state="draft", to_name=a, to_address=b, subject=t, body=t,
                      message=t.encode(), message_id="<1@x>", drafted_at="x")  # fmt: skip
    edit_person(store, zoe, {"notes": "something else"})
    return zoe


def traces(*places: Path) -> list[tuple[str, str]]:
    """Which canary is in which file, whatever its case."""
    found = []
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and "backups" not in path.parts:
                content = path.read_bytes().lower()
                found += [(path.name, word) for word in CANARIES if word.encode() in content]
    return found


def test_of_twenty_canaries_no_trace_is_left(store: Store, tmp_path: Path) -> None:
    zoe = plant(store, tmp_path)
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "2026-11-24.txt").write_text(f"Traceback about {CANARIES[1]}@example.org")
    (logs / "other.txt").write_text("Traceback about nobody")
    assert {word for _, word in traces(store.folder)} == set(CANARIES), "they are all planted"
    for place in ("Zoe", "kit"):
        for path in tmp_path.glob(f"{place}*"):
            path.unlink()
    (tmp_path / "gone.txt").unlink()
    kept = workspace.back_up(store)
    goes = what_goes(store, zoe)
    assert goes.backups == (kept.name,)
    assert goes.goes["person_document"] == goes.goes["letter"] == goes.goes["person_note"] == 1
    made = forget_person(store, zoe, logs)
    assert (made.backups, made.reports) == ((kept.name,), 1)
    assert traces(store.folder, logs) == []
    assert store.undoable() == ()
    assert store.redoable() == ()
    rows = store.rows("SELECT group_concat(words) FROM person_search")
    assert not any(word in str(rows) for word in CANARIES)
    assert Gift.select().where(Gift.person.is_null()).count() == 1, "what is a count of ours stays"
    assert (logs / "other.txt").exists()


def test_nothing_is_left_when_the_workspace_is_opened_anew(folder: Path, opening: Opening, tmp_path: Path) -> None:
    with workspace.writing(folder, opening) as store:
        zoe = plant(store, tmp_path)
        forget_person(store, zoe, tmp_path / "logs")
    with workspace.writing(folder, opening) as store:
        store.db.execute_sql("PRAGMA wal_checkpoint(PASSIVE)")
        assert traces(store.folder) == []


@pytest.mark.parametrize(
    "row",
    [
        "Another Name,zoe@example.org,,,",
        "Another Name,,zoereads,,",
        "Zoe Quill,,,,The Crooked Shelf",
        "ZOË QUILL,,,,the crooked shelf",
    ],
)
def test_no_list_brings_her_back(store: Store, tmp_path: Path, row: str) -> None:
    zoe, _ = add_person(
        store,
        NewPerson("Zoe Quill", ["zoe@example.org"], ["instagram:zoereads"], (), {"organisation": "The Crooked Shelf"}),
    )
    forget_person(store, zoe, tmp_path)
    path = tmp_path / "list.csv"
    path.write_text(f"{ROWS}{row}\nRosa,rosa@example.org,,,\n")
    result = import_file(store, ImportKind.PEOPLE, path)
    assert (result.added, result.skipped) == (1, 1)
    assert [note.code for note in show_batch(int(result.batch or 0))[1]] == ["rows.forgotten"]


def test_by_name_and_postcode_and_by_hand_neither(store: Store, tmp_path: Path) -> None:
    gwen, _ = add_person(store, NewPerson("Gwen Abara"))
    save_address(store, gwen, {"line1": "Oak Farm", "city": "Exeter", "postcode": "EX4 4QJ", "country": "GB"})
    forget_person(store, gwen, tmp_path)
    path = tmp_path / "list.csv"
    path.write_text("Name,Address 1,City,Postcode\nGwen Abara,Oak Farm,Exeter,ex44qj\nGwen Abara,Elm,Hull,HU1 1AA\n")
    result = import_file(store, ImportKind.PEOPLE, path)
    assert (result.added, result.skipped) == (1, 1)
    tom, _ = add_person(store, NewPerson("Tom Bare", values={"organisation": "Radio Devon"}))
    forget_person(store, tom, tmp_path)
    with pytest.raises(KnownError) as caught:
        add_person(store, NewPerson("Tom Bare", values={"organisation": "Radio Devon"}))
    assert caught.value.code == "people.forgotten"


def test_an_objection_outlives_deletion_and_merging(store: Store, tmp_path: Path) -> None:
    gwen, _ = add_person(store, NewPerson("Gwen Abara", values={"organisation": "Backyard Hens"}))
    suppress_people(store, [gwen])
    assert suppressed_people(store) == {gwen}
    Person.delete().where(Person.id == gwen).execute()
    again, _ = add_person(store, NewPerson("Gwen Abara", values={"organisation": "Backyard hens"}))
    assert suppressed_people(store, [again]) == {again}, "she is known by her name and where she works"
    other, _ = add_person(store, NewPerson("G. Abara", ["gwen@example.org"]))
    suppress_people(store, [again])
    merge_people(store, other, again)
    assert suppressed_people(store) == {other}


def test_notes_about_others_that_name_her_are_counted(store: Store, tmp_path: Path) -> None:
    zoe, _ = add_person(store, NewPerson("Zoe Quill"))
    rosa, _ = add_person(store, NewPerson("Rosa", values={"notes": "came with Zoe Quill"}))
    add_note(store, rosa, "Zoe Quill says hello")
    assert forget_person(store, zoe, tmp_path).mentions == 2
