"""Everything that can be done, in one table: menus, keys, buttons and tooltips read it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """Something that can be done.

    Attributes:
        id: Its name, by which handlers, settings and tests speak of it.
        label: What people see.
        key: Its keys, as Qt writes them.
        shown: The keys as a keycap shows them.
        single: Whether it is a single letter, which acts only while a list has the focus.
    """

    id: str
    label: str
    key: str = ""
    shown: str = ""
    single: bool = False


ACTIONS: dict[str, ActionSpec] = {
    spec.id: spec
    for spec in (
        ActionSpec("undo", "Undo", "Ctrl+Z", "Ctrl Z"),
        ActionSpec("redo", "Redo", "Ctrl+Shift+Z", "Ctrl Shift Z"),
        ActionSpec("filter", "Filter this list", "Ctrl+F", "/"),
        ActionSpec("find", "Find a person", "Ctrl+K", "Ctrl K"),
        ActionSpec("quick_log", "Quick log", "Ctrl+L", "Ctrl L"),
        ActionSpec("import", "Import", "Ctrl+I", "Ctrl I"),
        ActionSpec("dark", "Light or dark", "Ctrl+Shift+D", "Ctrl Shift D"),
        ActionSpec("quit", "Quit", "Ctrl+Q", "Ctrl Q"),
        ActionSpec("primary", "Go on", "Ctrl+Return", "Ctrl Enter"),
        ActionSpec("next_pane", "Next pane", "F6", "F6"),
        ActionSpec("last_pane", "Pane before", "Shift+F6", "Shift F6"),
        ActionSpec("slash", "Filter this list", "/", "/", single=True),
        ActionSpec("new", "New", "N", "N", single=True),
        ActionSpec("pitch", "Pitch", "P", "P", single=True),
        ActionSpec("log", "Log a post", "L", "L", single=True),
        ActionSpec("match", "Match", "M", "M", single=True),
        ActionSpec("edit", "Edit", "F2", "F2", single=True),
        ActionSpec("line", "Personal line", "E", "E", single=True),
        ActionSpec("approve", "Approve, next", "A", "A", single=True),
        ActionSpec("ship", "Ship", "S", "S", single=True),
        ActionSpec("arrived", "Arrived", "D", "D", single=True),
        ActionSpec("accepted", "Accepted", "Y", "Y", single=True),
        ActionSpec("declined", "Not this time", "Shift+N", "Shift N", single=True),
        ActionSpec("open_post", "Open post", "O", "O", single=True),
        ActionSpec("paste", "Paste down", "Ctrl+V", "Ctrl V", single=True),
        ActionSpec("print", "Print labels", "Ctrl+P", "Ctrl P"),
        ActionSpec("export", "Export", "Ctrl+E", "Ctrl E"),
        *(
            ActionSpec(f"go_{place}", label, f"Ctrl+{number}", f"Ctrl {number}")
            for number, (place, label) in zip(
                (1, 2, 3, 4, 5, 6, 7, 8, 9, 0),
                (
                    ("today", "Today"), ("people", "People"), ("catalogue", "Catalogue"), ("campaigns", "Campaigns"),
                    ("match", "Match"), ("letters", "Letters"), ("shipments", "Shipments"), ("posts", "Posts"),
                    ("clubs", "Book clubs"), ("review", "Review"),
                ),
                strict=True,
            )
        ),
    )
}  # fmt: skip


def bind(widget: QWidget, action_id: str, handler: Callable[[], object]) -> QAction:
    """Let an action's keys, pressed within a widget, do something."""
    spec = ACTIONS[action_id]
    action = QAction(spec.label, widget)
    action.setObjectName(spec.id)
    action.setShortcut(QKeySequence(spec.key))
    action.setShortcutContext(
        Qt.ShortcutContext.WidgetWithChildrenShortcut if spec.single else Qt.ShortcutContext.WindowShortcut
    )
    action.triggered.connect(lambda: handler())
    widget.addAction(action)
    return action


def key_of(action_id: str) -> str:
    """An action's keys, as a keycap shows them."""
    return ACTIONS[action_id].shown
