"""Fields that choose a person or a title, with their labels above them."""

from PySide6.QtWidgets import QGridLayout, QWidget

from outreach.services.catalogue.catalogue import show_item
from outreach.services.people.people import show_person
from outreach.ui.desk import Desk
from outreach.ui.dialogs.chooser import Pick
from outreach.ui.widgets.basics import Label, column


def labelled(desk: Desk, *picks: tuple[str, Pick]) -> QWidget:
    """Some of these fields beside one another."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    for number, (label, pick) in enumerate(picks):
        grid.addLayout(column(Label(desk.theme, label, "smallm", "ink2"), pick, spacing=4), 0, number)
    body = QWidget()
    body.setLayout(grid)
    return body


def person_pick(desk: Desk, person_id: int | None) -> Pick:
    """A field for a person, filled with one who is known already."""
    pick = Pick(desk, "person", "users", desk.say("Choose a person"))
    if person_id is not None:
        pick.hold(person_id, str(show_person(desk.store, person_id).values["name"]))
    return pick


def title_pick(desk: Desk, item_id: int | None) -> Pick:
    """A field for a title, filled with one that is known already."""
    pick = Pick(desk, "title", "library", desk.say("Choose a title"))
    if item_id is not None:
        pick.hold(item_id, str(show_item(item_id).values["title"]))
    return pick
