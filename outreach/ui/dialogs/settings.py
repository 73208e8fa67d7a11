"""Settings of this computer's user: how it looks, in which size, and the initials that are kept with what is logged."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.settings import changed, load, save
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.theme import TEXT_SIZES
from outreach.ui.widgets.forms import FieldSpec, Form

_NAMES = ("theme", "text_size", "initials")


def settings_dialog(desk: Desk, parent: QWidget, _about: object = None) -> None:
    """Change how the program looks; the window opens anew in its new size."""
    say, now = desk.say, load(desk.home)
    names = {"90": say("Small"), "100": say("Normal"), "115": say("Large"), "130": say("Larger")}
    sizes = [("" if size == "100" else size, f"{names[size]}, {size}%") for size in TEXT_SIZES]
    form = Form(
        desk.theme,
        [
            FieldSpec("theme", say("Colours"), choices=[("", say("As the system")), ("light", say("Light")),
                                                         ("dark", say("Dark"))]),
            FieldSpec("text_size", say("Text"), choices=sizes),
            FieldSpec("initials", say("Your initials, kept with what you log"), "HO"),
        ],
        {"theme": now.theme, "text_size": now.text_size, "initials": now.initials},
    )  # fmt: skip

    def work(_store: Store, values: Mapping[str, str]) -> bool:
        settings = load(desk.home)
        before = settings
        for name in _NAMES:
            settings = changed(settings, name, values[name])
        save(desk.home, settings)
        return settings != before

    def then(has_changed: bool) -> None:
        if has_changed:
            desk.leave(desk.store.folder)

    FormDialog(desk, parent, say("Settings"), form, say("Save"), work, then=then,
               text=say("These belong to this computer; who signs the letters belongs to the workspace."))  # fmt: skip
