"""Saved views in the toolbar and in the palette."""

import json

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction

from outreach.app import Session
from outreach.services.pages.people import PeopleOrder, PeopleQuery, people_ids
from outreach.services.workspaces.views import saved_views
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.palette import Palette
from tests.ui.test_flow import dialog_of, no_dialog
from tests.ui.test_people_page import people_page

pytestmark = pytest.mark.begins("people")

SAVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def verb(page, words: str) -> QAction:
    menu = page.views.menu_of_views()
    return next(action for action in menu.actions() if action.text() == words)


def saved(opened: Session, page, qtbot, settle, name: str) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_S, SAVE)
    dialog = dialog_of(opened, FormDialog)
    qtbot.keyClicks(opened.window.focusWidget(), name)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle(opened)
    assert no_dialog(opened)


def shown(page) -> list[int]:
    return list(page.model.ids)


def test_a_view_is_saved_changed_left_and_chosen_again(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    everyone = shown(page)
    page.bar.set_query("country:uk")
    page.table.order_asked.emit("name", False)
    page.table.show_column("country", on=True)
    settle(opened)
    british = shown(page)
    assert british == list(people_ids(opened.desk.store, PeopleQuery("country:uk", PeopleOrder.NAME, descending=False)))
    saved(opened, page, qtbot, settle, "British")
    assert page.views.text() == "British"
    page.bar.set_query("country:uk a")
    settle(opened)
    assert page.views.text() == "British, changed"
    assert page.views.accessibleName() == "View British, changed"
    page.bar.set_query("country:uk")
    assert page.views.text() == "British"
    page.table.show_column("country", on=False)
    assert page.views.text() == "British, changed"
    page._show_all()
    settle(opened)
    assert shown(page) == sorted(everyone, key=shown(page).index)
    verb(page, "British").trigger()
    settle(opened)
    assert (shown(page), page.views.text()) == (british, "British")
    assert "country" not in page.table.hidden_columns()


def test_leaving_a_view_gives_back_what_was_there_before(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    page.bar.set_query("country:uk")
    page.table.show_column("country", on=True)
    saved(opened, page, qtbot, settle, "British")
    page.views.leave()
    page._show_all()
    page.table.show_column("country", on=False)
    settle(opened)
    everyone = shown(page)
    verb(page, "British").trigger()
    settle(opened)
    kept = QSettings(str(opened.desk.home / "window.ini"), QSettings.Format.IniFormat)
    assert "country" in json.loads(str(kept.value("columns/people")))["hidden"], "a view's columns are its own"
    verb(page, "Leave this view").trigger()
    settle(opened)
    assert (shown(page), page.views.text(), page.bar.query) == (everyone, "Views", "")
    assert "country" in page.table.hidden_columns()


def test_changes_are_saved_renamed_deleted_and_undone(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    page.bar.set_query("country:uk")
    saved(opened, page, qtbot, settle, "British")
    page.bar.set_query("country:fr")
    verb(page, "Save the changes").trigger()
    settle(opened)
    assert page.views.text() == "British"
    verb(page, "Rename…").trigger()
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"name": "French"})
    dialog.submit()
    settle(opened)
    assert page.views.text() == "French"
    verb(page, "Delete").trigger()
    settle(opened)
    assert (page.views.text(), saved_views()) == ("Views", [])
    assert page.bar.query == "country:fr", "the list stays as it is"
    for _ in range(3):
        opened.window._undo()
        settle(opened)
    assert [(view.name, view.view.query) for view in saved_views()] == [("British", "country:uk")]


def test_a_name_that_is_taken_is_said_in_the_dialog(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    saved(opened, page, qtbot, settle, "British")
    page.bar.set_query("country:fr")
    saved(opened, page, qtbot, settle, "French")
    verb(page, "Rename…").trigger()
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"name": "british"})
    dialog.submit()
    settle(opened)
    assert "There is a view “british” already" in dialog.trouble.text()
    dialog.close_overlay()


def test_the_palette_goes_to_a_view_from_anywhere(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    page.bar.set_query("country:uk")
    settle(opened)
    british = shown(page)
    saved(opened, page, qtbot, settle, "Zealous Britons")
    page.views.leave()
    opened.window.go("posts")
    settle(opened)
    opened.window._open_palette()
    palette = dialog_of(opened, Palette)
    qtbot.keyClicks(palette.field, "zealous")
    qtbot.wait(60)
    settle(opened)
    assert palette.list.entry.detail == "View of People"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(opened)
    assert opened.window.place == "people"
    assert (shown(page), page.views.text()) == (british, "Zealous Britons")


def test_a_view_of_a_later_version_is_shown_as_far_as_it_is_known(opened: Session, settle) -> None:
    from outreach.services.workspaces.views import Arrangement, View, save_view

    page = people_page(opened, settle)
    odd = View("people", "country:uk", "nearby", "shoe_size", False, Arrangement(("moon",), {"moon": 3}, ("moon",)))
    elsewhere = View("moon", "x")
    opened.desk.write(lambda store: save_view(store, "Odd", odd))
    opened.desk.write(lambda store: save_view(store, "Oddly placed", elsewhere))
    settle(opened)
    verb(page, "Odd").trigger()
    settle(opened)
    assert shown(page) == list(people_ids(opened.desk.store, PeopleQuery("country:uk", descending=False)))
    opened.window._open_palette()
    palette = dialog_of(opened, Palette)
    palette.field.setText("odd")
    palette._find()
    settle(opened)
    assert [each.detail for each in palette.list._entries if each.found and each.found.kind == "view"] == [
        "View of People"
    ]
    palette.close_overlay()


def test_posts_have_views_of_their_own(opened: Session, qtbot, settle) -> None:
    opened.window.go("posts")
    settle(opened)
    opened.window.page.tabs.choose("log")
    settle(opened)
    page = opened.window.page.log
    page.which.choose("organic")
    page.table.show_column("nature", on=False)
    page.filter.setText(page.model.row(0).title)
    qtbot.wait(60)
    settle(opened)
    some = shown(page)
    saved(opened, page, qtbot, settle, "One title, organic")
    page.views.leave()
    page.filter.clear()
    page.which.choose("")
    qtbot.wait(60)
    settle(opened)
    assert len(shown(page)) > len(some) > 0
    verb(page, "One title, organic").trigger()
    settle(opened)
    assert (shown(page), page.table.hidden_columns()) == (some, ["nature"])
    qtbot.wait(60)
    assert page.views.text() == "One title, organic"
    assert [action.text() for action in people_page(opened, settle).views.menu_of_views().actions()] == [
        "Save this view as…"
    ]


def test_columns_that_were_dragged_stay_where_they_are(opened: Session, settle, open_window, tmp_path) -> None:
    page = people_page(opened, settle)
    header = page.table.horizontalHeader()
    header.moveSection(header.visualIndex(3), 1)
    order = ["person", "last", "tastes", "posted", "role", "organisation", "country"]
    assert page.table.column_order() == order
    opened.window.close()
    again = people_page(open_window(tmp_path / "workspace"), settle)
    assert again.table.column_order() == order
    assert again.table.listing().headings == ("Person", "Last", "Liked / read", "Posted")


@pytest.mark.parametrize("place", ["catalogue", "campaigns", "shipments"])
def test_every_list_that_grows_has_views(opened: Session, qtbot, settle, place: str) -> None:
    window = opened.window
    window.go(place)
    settle(opened)
    page, keys = window.page, [column.key for column in window.page.model.columns]
    if place == "catalogue":
        page._kinds.choose("product")
        page.filter.setText("salt")
    else:
        page.table.set_column_widths({keys[2]: 120})
        page.table.show_column(keys[3], on=False)
        page.table.set_column_order([keys[0], keys[2], keys[1], *keys[3:]])
    if place == "shipments":
        page._views.choose("sent")
    settle(opened)
    wanted = page._view()
    saved(opened, page, qtbot, settle, "Mine")
    if place == "catalogue":
        page._kinds.choose("book")
        page.filter.clear()
    else:
        page.table.set_column_widths({})
        page.table.show_column(keys[3], on=True)
        page.table.set_column_order(keys)
    if place == "shipments":
        page._views.choose("open")
    settle(opened)
    page.views.note()
    assert page.views.text() == "Mine, changed"
    window.go("people")
    settle(opened)
    window._open_palette()
    palette = dialog_of(opened, Palette)
    qtbot.keyClicks(palette.field, "mine")
    qtbot.wait(60)
    settle(opened)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(opened)
    assert (window.place, window.page._view()) == (place, wanted)
    assert page.views.text() == "Mine"


@pytest.mark.parametrize("place", ["people", "posts"])
def test_widths_and_order_are_kept_with_a_view(opened: Session, qtbot, settle, place: str) -> None:
    window = opened.window
    window.go(place)
    settle(opened)
    if place == "posts":
        window.page.tabs.choose("log")
        settle(opened)
    page, keys = window.page, [column.key for column in window.page.model.columns]
    page.table.set_column_widths({keys[-1]: 133})
    if place == "people":
        page.table.order_asked.emit("name", True)
        settle(opened)
    saved(opened, page, qtbot, settle, "Mine")
    (view,) = (each.view for each in saved_views(place))
    assert view.columns.widths == {keys[-1]: 133}
    assert (view.sort, view.descending) == (("name", True) if place == "people" else ("", False))
