"""All keys of where one is, made from the action table and the user's own keys."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QWidget

from outreach.ui.actions import ACTIONS, key_of
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.page import Page
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.floating import Giving
from outreach.ui.widgets.lists import KeyMark

#: Some keys and what they do.
Line = tuple[Sequence[str], str]


def shortcuts_dialog(desk: Desk, parent: QWidget, page: Page) -> None:
    """Show what can be done by key: everywhere, here, and in every list."""
    say = desk.say
    here = _lines(desk, page.findChildren(QAction))
    general = _lines(desk, parent.window().actions())
    lists: list[Line] = [
        ((key_of("down"), key_of("up")), say("Down, up")), (("Home",), say("First row")), (("End",), say("Last row")),
        ((key_of("select"),), say("Select")), (("Ctrl A",), say("Select all")), (("Ctrl C",), say("Copy")),
        (("Enter",), say("Open")), (("Esc",), say("Back")),
    ]  # fmt: skip
    body = QWidget()
    half = (len(general) + 1) // 2
    columns = [[_group(desk, say("Everywhere"), general[:half])], [_group(desk, "", general[half:])],
               [_group(desk, say("Here"), here)]]  # fmt: skip
    # The keys of lists stand where there is more room.
    columns[2 if len(here) < len(general) - half else 1] += [_group(desk, say("In every list"), lists)]
    body.setLayout(line(*(column(*each, None, spacing=16) for each in columns), spacing=28))
    change = Button(desk.theme, say("Change keys"))
    close = Button(desk.theme, say("Close"), "primary", key="Enter")
    dialog = Dialog(desk.theme, parent, say("All shortcuts"), "", Giving(body), change, close, width=980)
    close.setFocus()
    close.clicked.connect(dialog.close_overlay)
    change.clicked.connect(dialog.close_overlay)
    change.clicked.connect(lambda: desk.ask("keyboard"))


def _lines(desk: Desk, actions: Iterable[QAction]) -> list[Line]:
    """What has keys at present, in the order of the table; another way to do the same stands beside it."""
    bound = {action.objectName() for action in actions} & set(ACTIONS)
    keys: dict[str, list[str]] = {}
    for spec in ACTIONS.values():
        if spec.id in bound and desk.keys.shown(spec.id):
            keys.setdefault(spec.like if spec.like in bound else spec.id, []).append(key_of(spec.id))
    return [(some, desk.say(ACTIONS[name].label)) for name, some in keys.items()]


def _group(desk: Desk, heading: str, lines: Sequence[Line]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    for number, (keys, label) in enumerate(lines):
        grid.addLayout(line(*(KeyMark(desk.theme, key) for key in keys), None, spacing=4), number, 0)
        grid.addWidget(Label(desk.theme, label, "small", "ink2"), number, 1)
    grid.setColumnStretch(1, 1)
    group = QWidget()
    group.setLayout(column(Label(desk.theme, heading, "h3"), 8, grid, None))
    return group
