"""What was done last, as a menu: any of it can be taken back, down to where one likes."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from outreach.store.journal import Step
from outreach.ui.desk import Desk
from outreach.ui.widgets.menus import Menu

#: So many of the newest steps are told by name.
_MOST = 15


def history_menu(desk: Desk, parent: QWidget, undo: Callable[[Step], object], redo: Callable[[], object]) -> Menu:
    """The newest steps by name; choosing one takes back everything down to it."""
    say, words, history = desk.say, desk.words, desk.runner.history
    menu = Menu(parent)
    heading = menu.addAction(say("Undo down to") if history.steps else say("There is nothing to undo"))
    heading.setEnabled(False)
    for number, step in enumerate(history.steps[:_MOST], 1):
        key = desk.keys.shown("undo") if number == 1 else words.trn("{number} step", "{number} steps", number)
        entry = menu.addAction(f"{words.term('op', step.op.value)}\t{key}")
        entry.triggered.connect(lambda _=False, step=step: undo(step))
    if history.redo is not None:
        menu.addSeparator()
        again = say("Redo: {what}", what=words.term("op", history.redo.value))
        menu.addAction(f"{again}\t{desk.keys.shown('redo')}").triggered.connect(lambda _=False: redo())
    # Whatever is done meanwhile is not in it.
    desk.runner.history_changed.connect(menu.close)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
