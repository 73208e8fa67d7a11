"""What was given before: lists tell of it in many ways, and it becomes gifts, outcomes and posts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.services.catalogue.catalogue import add_item
from outreach.services.importing.batches import take_back
from outreach.services.importing.history_rows import read_history, words
from outreach.services.importing.layouts import Column
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.services.matching.context import context
from outreach.services.people.people import NewPerson, add_person
from outreach.store.database import Store
from outreach.store.models import Gift, GiftStep, Item, Outcome, Person, Post
from tests.conftest import contents

LEDGER = ("import_batch", "import_note", "import_insert", "import_update")


def bring(store: Store, folder: Path, kind: ImportKind, text: str, **options: object) -> ImportResult:
    path = folder / f"list{len(list(folder.glob('*.csv')))}.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(store, kind, path, ImportOptions(**options))  # type: ignore[arg-type]


def read(**cells: str) -> dict[str, object] | None:
    found = {name: [(Column(0, name, name, ""), cell)] for name, cell in cells.items()}
    return read_history(found, "dmy", "2026-11-24", [])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"posted": "2 of 3"}, {"of": [2, 3]}),
        ({"posted": "Posted about 2 of 3"}, {"of": [2, 3]}),
        ({"posted": "gepostet 2 von 3"}, {"of": [2, 3]}),
        ({"posted": "2/3"}, {"of": [2, 3]}),
        ({"posted": "Y"}, {"posted": True, "state": "delivered"}),
        ({"posted": "ja"}, {"posted": True}),
        ({"posted": "no"}, {"posted": False, "state": "closed_quiet"}),
        ({"posted": "y 2/9"}, {"posted": True, "on": "2026-09-02"}),
        ({"posted": "3 Sep 2026"}, {"posted": True, "on": "2026-09-03"}),
        ({"posted": "https://www.tiktok.com/@maya/video/7"}, {"posted": True, "url": "https://www.tiktok.com/@maya/video/7"}),
        ({"gift": "12/8/26 Glass Heron HB"}, {"t": "Glass Heron", "f": "hardback", "sent": "2026-08-12", "state": "sent"}),
        ({"gift": "The Salt Orchard (ARC)"}, {"t": "The Salt Orchard", "f": "proof", "state": "sent"}),
        ({"status": "Pitched"}, {"state": "asked"}),
        ({"status": "passed"}, {"state": "declined"}),
        ({"status": "EMAIL_SENT"}, {"state": "asked"}),
        ({"status": "confirmed", "sent_on": "1.9.2026"}, {"state": "sent", "sent": "2026-09-01"}),
        ({"status": "sent", "posted": "no"}, {"state": "closed_quiet"}),
        ({"status": "Live"}, {"posted": True, "state": "delivered"}),
        ({"placement": "Woman's Hour"}, {"posted": True, "where": "Woman's Hour"}),
    ],
)  # fmt: skip
def test_what_cells_tell(cells: dict[str, str], told: dict[str, object]) -> None:
    found = read(**cells)
    assert found is not None
    assert {key: found[key] for key in told} == told


@given(st.sampled_from(["posted", "status", "gift", "placement", "sent_on"]), st.text(max_size=40))
def test_no_cell_is_too_odd(target: str, text: str) -> None:
    found = read(**{target: text})
    assert found is None or found["state"] or found["of"]


HEADER = "Name,E-mail,Title sent,Date sent,Posted about,Date posted,Review link\n"
MAYA = "Maya Reyes,maya@example.org,Glass Heron,12/08/2026,yes,02/09/2026,https://www.instagram.com/p/Abc123/\n"


def test_a_list_of_people_brings_their_history(store: Store, tmp_path: Path) -> None:
    heron, _ = add_item(store, "The Glass Heron", {})
    before = contents(store, without=LEDGER)
    result = bring(store, tmp_path, ImportKind.PEOPLE, HEADER + MAYA + "Rosa Lund,rosa@example.org,Unknown Book,,,,\n")
    assert (result.added, [note.code for note in result.notes]) == (2, ["rows.unknown_title"])
    gift = Gift.get()
    assert (gift.item_id, gift.state, gift.sent_on) == (heron, "delivered", "2026-08-12")
    assert [step.state for step in GiftStep.select()] == ["sent", "delivered"]
    post = Post.get()
    assert (post.gift_id, post.posted_on, post.platform, post.nature) == (gift.id, "2026-09-02", "instagram", "organic")
    outcome = Outcome.get()
    assert (outcome.kind, outcome.evidence, outcome.post_id) == ("posted", "seen", post.id)
    assert context(store.today()).history == {gift.person_id: (1, 1)}
    again = bring(store, tmp_path, ImportKind.PEOPLE, HEADER + MAYA)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)
    take_back(store, int(again.batch or 0))
    take_back(store, int(result.batch or 0))
    assert contents(store, without=LEDGER) == before


def test_titles_that_nobody_told_are_kept_together(store: Store, tmp_path: Path) -> None:
    text = "Name,E-mail,Posted about\nMaya Reyes,maya@example.org,2 of 3\nRosa Lund,rosa@example.org,no\nKit Li,k@example.org,Y\n"
    bring(store, tmp_path, ImportKind.PEOPLE, text)
    assert [item.title for item in Item.select()] == [words().untold]
    assert context(store.today()).history == {1: (3, 2), 2: (1, 0), 3: (1, 1)}
    more = bring(store, tmp_path, ImportKind.PEOPLE, text.replace("2 of 3", "3 of 4"))
    assert (more.updated, more.unchanged) == (1, 2)
    assert context(store.today()).history[1] == (4, 3)


def test_a_trackers_stages_are_those_of_its_title(store: Store, tmp_path: Path) -> None:
    item, _ = add_item(store, "The Salt Orchard", {})
    text = "Outlet\tContact Name\tEmail\tStatus\tPlacement\n@maya\tMaya Reyes\tm@example.org\tpitched\t\n@rosa\tRosa Lund\tr@example.org\tconfirmed\tRadio 4\n@kit\tKit Li\tk@example.org\tpassed\t\n"
    bring(store, tmp_path, ImportKind.PEOPLE, text, item=item)
    assert [(gift.item_id, gift.state) for gift in Gift.select().order_by(Gift.id)] == [
        (item, "asked"), (item, "delivered"), (item, "declined"),
    ]  # fmt: skip
    assert Outcome.get().note == "Radio 4"
    bring(store, tmp_path, ImportKind.PEOPLE, text.replace("pitched", "shipped"), item=item)
    assert Gift.get_by_id(1).state == "sent"
    bring(store, tmp_path, ImportKind.PEOPLE, text, item=item)
    assert Gift.get_by_id(1).state == "sent", "a list brings a gift further, never back"


def test_gifts_of_people_and_titles_that_are_there_or_made_on_request(store: Store, tmp_path: Path) -> None:
    add_item(store, "The Salt Orchard", {})
    add_person(store, NewPerson("Maya Reyes", emails=["maya@example.org"]))
    text = "Name,Email,Title,Status,Date\nMaya Reyes,,Salt Orchard,sent,20/11/2026\nNo One,,Salt Orchard,sent,\nMaya Reyes,,Other Book,sent,\n"
    result = bring(store, tmp_path, ImportKind.GIFTS, text)
    assert (result.added, result.skipped) == (1, 1)
    assert [note.code for note in result.notes] == ["rows.nobody", "rows.unknown_title"]
    assert (Gift.get().state, Person.select().count(), Item.select().count()) == ("sent", 1, 1)
    made = bring(store, tmp_path, ImportKind.GIFTS, text, create=True)
    assert (made.added, made.skipped, made.unchanged) == (2, 0, 1)
    assert (Person.select().count(), Item.select().count()) == (2, 2)


def test_posts_by_name_or_by_the_handle_in_their_address(store: Store, tmp_path: Path) -> None:
    item, _ = add_item(store, "The Salt Orchard", {})
    add_person(
        store, NewPerson("Maya Reyes", emails=["maya@example.org"], profiles=["https://www.tiktok.com/@mayareads"])
    )
    bring(store, tmp_path, ImportKind.GIFTS, "Name,Title,Date sent\nMaya Reyes,The Salt Orchard,01/09/2026\n")
    text = (
        "Date,Name,URL,Title,Text\n2026-09-20,,https://www.tiktok.com/@mayareads/video/712345,The Salt Orchard,Loved it\n"
        "2026-08-01,Maya Reyes,https://example.org/blog/1,The Salt Orchard,Cannot wait\n2026-09-21,Nobody Else,https://example.org/x,,\n"
    )
    before = contents(store, without=LEDGER)
    result = bring(store, tmp_path, ImportKind.POSTS, text)
    assert (result.added, result.skipped) == (2, 1)
    first, second = Post.select().order_by(Post.id)
    assert (first.item_id, first.nature, first.text, first.gift_id) == (item, "organic", "Loved it", 1)
    assert (second.nature, second.gift_id) == ("before_contact", None)
    assert Outcome.select().count() == 1
    again = bring(store, tmp_path, ImportKind.POSTS, text)
    assert (again.added, again.unchanged) == (0, 2)
    take_back(store, int(again.batch or 0))
    take_back(store, int(result.batch or 0))
    assert contents(store, without=LEDGER) == before
