"""What a search finds is what a plain reading of the names would find, whatever is typed."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.fields.text import fold
from outreach.services import refs
from outreach.services.catalogue import catalogue
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.workspaces.workspaces import check
from outreach.store.database import Store

NAMES = [
    "Maya Reyes",
    "Rosa Vinter",
    "100% Books",
    "a_b",
    "O'Brien",
    '"quoted"',
    "İldeş",
    "鈴木 治",
    "x; DROP TABLE person",
    "\\back",
    "*",
    "--",
]

#: Of what other scripts call a letter, SQLite and Python know different editions of Unicode.
LATIN = st.characters(max_codepoint=0x17F)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.one_of(st.sampled_from([name[:3] for name in NAMES]), st.text(LATIN, max_size=6)))
def test_people_are_filtered_as_read(store: Store, words: str) -> None:
    if not people.list_people(store):
        for name in NAMES:
            people.add_person(store, NewPerson(name))
    found = {row.name for row in people.list_people(store, words)}
    wanted = [parts for word in fold(words).split() if (parts := parts_of(word))]
    assert found == {name for name in NAMES if all(stands_in(parts, parts_of(fold(name))) for parts in wanted)}


def parts_of(text: str) -> list[str]:
    """Letters and digits that stand together; signs between them only part them."""
    return re.findall(r"[^\W_]+", text)


def stands_in(parts: list[str], name: list[str]) -> bool:
    """Whether the parts stand in the name in a row, the last one perhaps unfinished."""
    return any(
        name[at : at + len(parts) - 1] == parts[:-1] and name[at + len(parts) - 1].startswith(parts[-1])
        for at in range(len(name) - len(parts) + 1)
    )


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", "%", "_", "p1; DELETE FROM person", "\x00", "p99999999999999999999", "i", "@", "978"]
)
def test_odd_references_find_nobody(store: Store, text: str) -> None:
    people.add_person(store, NewPerson("Maya"))
    catalogue.add_item(store, "The Salt Orchard", {})
    for find in (refs.person_id, refs.item_id, refs.club_id, refs.shipment_id):
        with pytest.raises(KnownError) as caught:
            find(text)
        assert caught.value.code == "refs.unknown"


def test_checking_finds_what_should_not_be(store: Store) -> None:
    item, _ = catalogue.add_item(
        store, "The Salt Orchard", {}, editions=[catalogue.NewEdition(catalogue.EditionFormat.PROOF)]
    )
    assert check(store) == []
    edition = catalogue.stock_of(item)[0].id
    store.db.execute_sql(
        "INSERT INTO stock_movement (edition_id, quantity, reason, moved_on) VALUES (?, -2, 'x', '')", (edition,)
    )
    store.db.execute_sql(
        "INSERT INTO gift (item_id, state, state_on, created_at) VALUES (?, 'delivered', '', '')", (item,)
    )
    assert [(finding.code, finding.count) for finding in check(store)] == [
        ("check.stock_below_zero", 1),
        ("check.delivered_without_day", 1),
    ]
