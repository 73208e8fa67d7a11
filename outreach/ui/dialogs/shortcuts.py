"""All keys of where one is, made from the action table."""

from PySide6.QtWidgets import QGridLayout, QWidget

from outreach.ui.actions import ACTIONS
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.page import Page
from outreach.ui.widgets.basics import Button, Label, column, line
from outreach.ui.widgets.lists import KeyMark

#: Keys of every list, which are no actions of their own.
_LISTS = (
    ("J K", "Down, up"), ("Home", "First"), ("End", "Last"), ("X", "Select"), ("Ctrl A", "Select all"),
    ("Ctrl C", "Copy"), ("Enter", "Open"), ("Esc", "Back"),
)  # fmt: skip


def shortcuts_dialog(desk: Desk, parent: QWidget, page: Page) -> None:
    """Show what can be done by key: everywhere, here, and in every list."""
    say = desk.say
    bound = {action.objectName() for action in page.findChildren(type(page.actions()[0]))} if page.actions() else set()
    here = [(spec.shown, say(spec.label)) for spec in ACTIONS.values() if spec.id in bound]
    everywhere = {action.objectName() for action in parent.window().actions()}
    general = [(spec.shown, say(spec.label)) for spec in ACTIONS.values() if spec.id in everywhere]
    lists = [(key, say(label)) for key, label in _LISTS]
    body = QWidget()
    half = (len(general) + 1) // 2
    body.setLayout(
        line(
            _group(desk, say("Everywhere"), general[:half]), _group(desk, "", general[half:]),
            _group(desk, say("Here"), here), _group(desk, say("In every list"), lists), spacing=28,
        )
    )  # fmt: skip
    close = Button(desk.theme, say("Close"), "primary", key="Enter")
    dialog = Dialog(desk.theme, parent, say("All shortcuts"), "", body, close, width=980)
    close.clicked.connect(dialog.close_overlay)


def _group(desk: Desk, heading: str, keys: list[tuple[str, str]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    for number, (key, label) in enumerate(keys):
        grid.addWidget(KeyMark(desk.theme, key), number, 0)
        grid.addWidget(Label(desk.theme, label, "small", "ink2"), number, 1)
    grid.setColumnStretch(1, 1)
    group = QWidget()
    group.setLayout(column(Label(desk.theme, heading, "h3"), 8, grid, None))
    return group
