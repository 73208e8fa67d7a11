"""A title's page: everything of a title is changed from it, by keyboard; codes, copies and covers show at once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from outreach.app import Session
from outreach.services.catalogue.catalogue import show_item, stock_of
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.pages.title import STRIP, title_page
from outreach.services.people.people import list_people
from outreach.store.models import Item
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.pages.catalogue import CataloguePage
from outreach.ui.widgets.flow import FactLine
from outreach.ui.widgets.strip import Strip
from tests.services.catalogue.test_covers import png
from tests.ui.test_flow import dialog_of, no_dialog

pytestmark = pytest.mark.begins("catalogue")

Settle = Callable[[Session], None]


@pytest.fixture
def page(opened: Session, settle: Settle) -> CataloguePage:
    opened.window.go("catalogue", Item.get(Item.title == "The Salt Orchard").id)
    settle(opened)
    found = opened.window.page
    assert isinstance(found, CataloguePage)
    return found


def offered(page: CataloguePage) -> dict[str, object]:
    return {action.text().partition("\t")[0]: action for action in page.sheet.menu().actions() if action.text()}


def test_the_menu_offers_all_that_can_be_changed(page: CataloguePage) -> None:
    assert list(offered(page)) == [
        "Change this title", "More about it", "Edition: Hardback", "Edition: Proof", "Edition: E-galley",
        "Edition: Audiobook", "Add an edition", "Add or count copies", "Codes", "What is signed", "Inserts",
        "Choose a cover picture",
    ]  # fmt: skip
    assert page.sheet._more.focusPolicy() & Qt.FocusPolicy.TabFocus, "it is reached by Tab"
    spoken = page.sheet._copies.accessibleName()
    assert "E-galley codes: 60 left until 4 Mar 2027" in spoken
    assert "No reviews before 2 Mar 2027" in page.sheet._facts.accessibleName()
    assert "Client: Finch & Marlow" in page.sheet._about.accessibleName()


def test_fields_are_saved_as_they_are_left_and_taken_back(opened: Session, page: CataloguePage, settle: Settle) -> None:
    item = page.sheet.title_id
    offered(page)["More about it"].trigger()
    dialog = dialog_of(opened, EditDialog)
    for key, value in (("subjects", "YFH"), ("keywords", "tide; ferry"), ("sales_embargo", "2027-03-03")):
        field = dialog.form._inputs[key]
        field.setPlainText(value) if hasattr(field, "setPlainText") else field.setText(value)
    dialog._leave()
    assert "Begin a line with" in dialog.form._notes["subjects"].text()
    dialog.form._inputs["subjects"].setPlainText("thema YFH Fantasy\nbisac YAF019000")
    dialog._leave()
    settle(opened)
    no_dialog(opened)
    found = show_item(item)
    assert (found.keywords, found.values["sales_embargo"]) == (("tide", "ferry"), "2027-03-03")
    assert "thema YFH, bisac YAF019000" in page.sheet._about.accessibleName()
    opened.desk.runner.write(lambda store: store.undo(2))
    settle(opened)
    assert show_item(item).keywords != ("tide", "ferry")


def test_an_edition_is_added_changed_and_counted(opened: Session, page: CataloguePage, settle: Settle) -> None:
    item = page.sheet.title_id
    offered(page)["Add an edition"].trigger()
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"format": "paperback", "isbn": "978030640615", "price": "8.99 GBP", "copies": "12"})
    dialog.submit()
    assert "check digit" in dialog.form._notes["isbn"].text()
    dialog.form.set_values({"format": "paperback", "isbn": "9780306406157", "price": "8.99 GBP", "copies": "12"})
    dialog.submit()
    settle(opened)
    no_dialog(opened)
    new = stock_of(item)[-1]
    assert (new.format, new.isbn13, new.price_minor, new.copies) == ("paperback", "9780306406157", 899, 12)
    offered(page)["Edition: Paperback"].trigger()
    edit = dialog_of(opened, EditDialog)
    edit.form._inputs["cost"].setText("2.10 GBP")
    edit._leave()
    settle(opened)
    opened.desk.ask("copies", item)
    counted = dialog_of(opened, FormDialog)
    counted.form.set_values({"edition": str(new.id), "copies": "9", "kind": "count", "note": "Shelf"})
    counted.submit()
    settle(opened)
    assert (stock_of(item)[-1].cost_minor, stock_of(item)[-1].copies) == (210, 9)
    assert "Paperback: 9 left" in page.sheet._copies.accessibleName()


def test_codes_are_added_and_handed_out(opened: Session, page: CataloguePage, settle: Settle) -> None:
    item, desk = page.sheet.title_id, opened.desk
    galley = next(each for each in stock_of(item) if each.format == "egalley")
    free = [row.id for row in list_people(desk.store) if not row.suppressed][:2]
    desk.runner.write(
        lambda store: move_gifts(store, plan_gifts(store, item, free, edition_id=galley.id)[0], GiftState.ACCEPTED)
    )
    settle(opened)
    desk.ask("codes", item)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"edition": str(galley.id), "codes": "NEW-1\nNEW-2", "expires": "2026-12-01"})
    dialog.submit()
    settle(opened)
    assert stock_of(item)[2].codes == 62
    desk.ask("codes", item)
    dialog = dialog_of(opened, FormDialog)
    give = next(each for each in dialog.findChildren(type(dialog.go)) if each.text() == "Hand out 2")
    give.click()
    settle(opened)
    no_dialog(opened)
    copies = title_page(desk.store, item).copies[2]
    assert (copies.out, copies.promised, copies.left) == (2, 0, 60)
    desk.ask("codes", item)
    texts = " ".join(label.text() for label in dialog_of(opened, FormDialog).findChildren(type(page.sheet._name)))
    assert "NEW-1 for" in texts and "NEW-2 for" in texts, "those that lapse first went first"


def test_a_cover_takes_the_place_of_the_drawn_one(
    opened: Session, page: CataloguePage, settle: Settle, tmp_path
) -> None:
    def colour() -> str:
        image: QImage = page.sheet._cover.grab().toImage()
        return image.pixelColor(image.width() // 3, image.height() // 2).name()

    drawn = colour()
    path = tmp_path / "cover.png"
    path.write_bytes(png(300, 450))
    opened.desk.files.chosen = path
    page.sheet.choose_cover()
    settle(opened)
    settle(opened)
    assert colour() != drawn
    assert int(colour()[1:3], 16) > 180, "it is the red of the picture"
    offered(page)["Back to the drawn cover"].trigger()
    settle(opened)
    settle(opened)
    assert colour() == drawn
    path.write_bytes(b"GIF89a......................")
    page.sheet.choose_cover()
    settle(opened)
    assert [each for each in opened.window.findChildren(Overlay) if each.isVisible()], "a sentence says why not"


def test_facts_that_have_no_room_beside_one_another_stand_below(opened: Session) -> None:
    facts = FactLine(opened.desk.theme)
    facts.set_facts([("Safiya Renn", "medium", "ink"), ("YA fantasy", "body", "ink"), ("Embargo", "body", "warn")])
    assert facts.height_at(900) < facts.height_at(180) < facts.height_at(60)


@pytest.mark.parametrize("size", ["90", "100", "115", "130"])
def test_no_stage_is_cut_short_where_all_have_room(opened: Session, size: str) -> None:
    theme = opened.desk.theme
    theme.look("light", size)
    strip = Strip(theme, opened.desk.words)
    words = [theme.width("small", opened.desk.words.term("stage", name)) for name in STRIP]
    wide = sum(words) + len(words) * (40 + theme.px(14) - 14) + 16
    for width in (wide, wide - 8, wide / 2 + 200):
        places = strip._places(width)
        assert all(step - 26 >= word for (_, _, step), word in zip(places, words, strict=True))
        assert max(x + step for x, _, step in places) <= width + 1
    assert {top for _, top, _ in strip._places(wide)} == {0}
    assert len({top for _, top, _ in strip._places(wide - 8)}) == 2, "endings stand below where there is no room"
    assert strip.height_at(wide) < strip.height_at(wide - 8)
    assert len({step for _, _, step in strip._places(5000)}) == 1, "where there is room all are alike"
