"""The filter bar: terms become chips, chips go, and the list follows."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from outreach.app import Session
from outreach.services.pages.filtering import Term
from outreach.services.pages.people import PeopleQuery, people_ids
from outreach.ui.widgets.chips import Chip, shown_value
from outreach.wording import Words
from tests.ui.test_people_page import people_page

pytestmark = pytest.mark.begins("people")


def type_into(page, opened: Session, qtbot, settle, text: str) -> None:
    page.bar.field.setFocus()
    qtbot.keyClicks(page.bar.field, text)
    qtbot.wait(60)
    settle(opened)


def shown(page) -> list[int]:
    return [page.model.row(place).id for place in range(page.model.rowCount())]


def test_a_term_becomes_a_chip_with_the_blank_behind_it(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    type_into(page, opened, qtbot, settle, "taste:ya ")
    (chip,) = page.bar.findChildren(Chip)
    assert chip.accessibleName() == "Taste is Young adult, +1"
    assert page.bar.field.text() == ""
    assert shown(page) == list(people_ids(opened.desk.store, PeopleQuery("taste:ya")))
    type_into(page, opened, qtbot, settle, 'had:"salt orchard" a')
    assert page.bar.query == 'taste:ya had:"salt orchard" a'
    assert page.bar.field.text() == "a"


def test_a_chip_says_a_genre_and_a_country_by_their_names_where_that_is_what_is_found() -> None:
    words = Words("en_GB")
    typed = (
        ("taste", "cozy mystery"),
        ("taste", "ya"),
        ("taste", "sea"),
        ("country", "uk"),
        ("country", "xx"),
        ("tag", "uk"),
    )
    shown = [shown_value(words, Term(field, value)) for field, value in typed]
    assert shown == ["Cosy crime", "Young adult, +1", "sea", "United Kingdom", "xx", "uk"]
    german = Words("de_DE")
    assert shown_value(german, Term("country", "gb")) == "Vereinigtes Königreich"


def test_enter_takes_the_last_one_too_and_backspace_gives_it_back(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    everyone = shown(page)
    type_into(page, opened, qtbot, settle, "-suppressed country:uk")
    qtbot.keyClick(page.bar.field, Qt.Key.Key_Return)
    settle(opened)
    assert page.bar._terms == [Term("suppressed", negated=True), Term("country", "uk")]
    assert page.bar.field.hasFocus()
    for _ in range(2):
        qtbot.keyClick(page.bar.field, Qt.Key.Key_Backspace)
    settle(opened)
    assert page.bar.query == ""
    assert shown(page) == everyone


def test_a_chip_is_removed_by_key_and_by_its_cross_and_changed_by_a_click(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    type_into(page, opened, qtbot, settle, "posted:>0 taste:ya ")
    _, second = page.bar.findChildren(Chip)
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert page.bar._terms == [Term("posted", ">0")]
    settle(opened)
    (chip,) = [each for each in page.bar.findChildren(Chip) if each.isVisible()]
    chip.click()
    assert page.bar.field.text() == "posted:>0"
    assert page.bar._terms == []


def test_an_unfinished_term_stays_text_and_the_menu_begins_one(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    type_into(page, opened, qtbot, settle, "posted:many ")
    assert page.bar._terms == []
    page.bar.clear()
    actions = {action.text(): action for action in page.bar.menu().actions()}
    actions["Country"].trigger()
    assert page.bar.field.text() == "country:"
    page.bar.clear()
    actions["Not those who asked not to be contacted"].trigger()
    settle(opened)
    assert page.bar._terms == [Term("suppressed", negated=True)]


def test_many_chips_do_not_widen_the_window(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    opened.window.resize(1280, 800)
    type_into(page, opened, qtbot, settle, "taste:ya country:uk posted:>0 role:bookseller has:email has:address tag:x ")
    assert len(page.bar._terms) == 7
    assert opened.window.width() == 1280
    assert opened.window.minimumSizeHint().width() <= 1280


def test_what_is_typed_is_looked_for_at_once_and_keys_that_come_together_once(opened: Session, qtbot, settle) -> None:
    page = people_page(opened, settle)
    heard: list[str] = []
    page.bar.filtered.connect(heard.append)
    page.bar.field.setFocus()
    qtbot.keyClicks(page.bar.field, "mar")
    assert heard == []
    with qtbot.waitSignal(page.bar.filtered, timeout=1000):
        pass
    assert heard == ["mar"]
    settle(opened)
    assert shown(page) == list(people_ids(opened.desk.store, PeopleQuery("mar")))


def test_chips_give_way_and_stay_whole_where_there_is_little_room(opened: Session, settle) -> None:
    page = people_page(opened, settle)
    page.bar.set_query('taste:ya country:uk had:"salt orchard" tag:"readers of the north" platform:tiktok')
    opened.window.resize(1160, 720)
    settle(opened)
    chips = page.bar.findChildren(Chip)
    assert any(chip.width() < chip.sizeHint().width() for chip in chips)
    room = page.bar._room.viewport()
    for chip in chips:
        assert room.rect().contains(QRect(chip.mapTo(room, QPoint(0, 0)), chip.size())), chip.text()
        assert chip.text() in chip.toolTip()
