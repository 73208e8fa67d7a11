"""Naming a view: a new one, or one that is there."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services.workspaces.views import SavedView, View, rename_view, save_view
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.widgets.forms import FieldSpec, Form

#: What is to be named, and what follows: the view's id is handed on.
Wish = tuple[View | SavedView, Callable[[int], None]]


def view_dialog(desk: Desk, parent: QWidget, about: Wish) -> None:
    """Save a view under a name, or give one another name."""
    say, (wanted, then) = desk.say, about
    is_new = isinstance(wanted, View)
    form = Form(
        desk.theme,
        [FieldSpec("name", say("Name"), say("Such as UK booksellers"), wide=True,
                   check=lambda text: "" if text.strip() else say("A view needs a name"))],
        {"name": "" if isinstance(wanted, View) else wanted.name},
    )  # fmt: skip

    def work(store: Store, values: Mapping[str, str]) -> tuple[int, Changes]:
        if isinstance(wanted, View):
            return save_view(store, values["name"], wanted)
        return wanted.id, rename_view(store, wanted.id, values["name"])

    FormDialog(
        desk, parent, say("Save this view") if is_new else say("Rename this view"), form,
        say("Save") if is_new else say("Rename"), work,
        text=say("The filter, the order and the columns, as they are now. Everyone who opens this workspace finds it.")
        if is_new else "",
        told=say("Saved a view") if is_new else say("Renamed a view"), then=lambda made: then(made[0]), width=440,
    )  # fmt: skip
