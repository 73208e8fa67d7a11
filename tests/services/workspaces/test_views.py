"""Saved views: kept with the data, found by name, undone like any other write."""

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.pages.finding import find
from outreach.services.workspaces.views import Arrangement, View, delete_view, rename_view, save_view, saved_views
from outreach.store.database import Store
from outreach.store.models import WorkspaceSetting

UK = View("people", "country:uk maya", "off", "name", True, Arrangement(("posted",), {"last": 180}, ("person", "last")))


def names() -> list[str]:
    return [each.name for each in saved_views("people")]


def test_a_view_comes_back_as_it_was_saved(store: Store) -> None:
    row_id, changes = save_view(store, " UK  off social ", UK)
    assert changes.op is Op.SAVE_VIEW
    (found,) = saved_views("people")
    assert (found.id, found.name, found.view) == (row_id, "UK off social", UK)
    assert saved_views("posts") == []
    assert saved_views() == [found]


def test_the_same_name_is_the_same_view_and_each_place_has_its_own(store: Store) -> None:
    first, _ = save_view(store, "Booksellers", UK)
    again, _ = save_view(store, "booksellers", View("people", "role:bookseller"))
    elsewhere, _ = save_view(store, "Booksellers", View("posts", "shop"))
    assert first == again != elsewhere
    assert [each.view.query for each in saved_views("people")] == ["role:bookseller"]


def test_renaming_and_deleting_can_be_undone(store: Store) -> None:
    row_id, _ = save_view(store, "Teachers", UK)
    save_view(store, "Libraries", UK)
    rename_view(store, row_id, "Schools")
    assert names() == ["Libraries", "Schools"]
    with pytest.raises(KnownError) as taken:
        rename_view(store, row_id, "LIBRARIES")
    assert taken.value.code == "views.name_taken"
    delete_view(store, row_id)
    assert names() == ["Libraries"]
    store.undo()
    store.undo()
    assert names() == ["Libraries", "Teachers"]
    assert saved_views("people")[1].id == row_id


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_view_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(KnownError) as caught:
        save_view(store, name, UK)
    assert caught.value.code == "views.no_name"
    assert names() == []


def test_what_is_no_view_is_passed_over_and_left_alone(store: Store) -> None:
    with store.operation(Op.CHANGE_SETTINGS):
        for name, value in (("view.people.a", "{}"), ("view.people.b", "[]"), ("view.people.c", "no json"),
                            ("sender.name", "Hanna"), ("view.people.d", '{"name": "D", "place": "people"}')):  # fmt: skip
            WorkspaceSetting.create(name=name, value=value)
    assert names() == []
    settings = [row.id for row in WorkspaceSetting.select()]
    assert len(settings) >= 5
    for row_id in settings:
        with pytest.raises(KnownError):
            delete_view(store, row_id)
    assert [row.id for row in WorkspaceSetting.select()] == settings


def test_views_are_found_by_some_letters(store: Store) -> None:
    row_id, _ = save_view(store, "Zürich booksellers", UK)
    (found,) = find(store, "zurich book")
    assert (found.kind, found.id, found.detail) == ("view", row_id, "people")
    assert find(store, "zurich teachers") == []
