"""What every part of the settings stands on."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget
from shiboken6 import isValid

from outreach.settings import changed, load, save
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Label, column
from outreach.ui.widgets.flow import Paragraph


class Section(QWidget):
    """A part of the settings: its name, what it is about, its content, and what is in the way of a change.

    Attributes:
        desk: What every page is given.

    Signals:
        sized: Something has come or gone in it, or the text has another size.
        wished: Another part is wanted: its name.
        done: The settings are to be closed.
    """

    sized = Signal()
    wished = Signal(str)
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.say = desk.say
        self.trouble = Label(desk.theme, "", "small", "bad", wrap=True)
        self.trouble.hide()

    def lay_out(self, title: str, text: str, *parts: QWidget | QLayout | int) -> None:
        """Put the content below its name, and below what it is about."""
        theme = self.desk.theme
        head: list[QWidget | int] = [Label(theme, title, "h2"), 4]
        head += [Paragraph(theme, text, "body", "ink2"), 14] if text else [8]
        self.setLayout(column(*head, *parts, 8, self.trouble, None, margins=(26, 20, 26, 20)))

    def focus_first(self) -> None:
        """Begin here."""

    def leave(self) -> None:
        """The settings are closed: what was typed and not left yet is saved now."""

    def write(self, work: Callable[[Store], Any], told: str = "", *, then: Callable[[Any], None] | None = None) -> None:
        """Write something, or say what is in the way."""

        def done(result: Any) -> None:
            if isValid(self):
                self.show_trouble("")
                if then is not None:
                    then(result)

        self.desk.write(work, told, then=done, failed=self.fail)

    def keep(self, name: str, value: str) -> None:
        """Keep a setting of this computer."""
        home = self.desk.home
        self.write(lambda _store: save(home, changed(load(home), name, value)))

    def fail(self, error: Exception) -> None:
        """Say what is in the way: here while this is looked at, else in a dialog."""
        if isValid(self) and self.isVisible():
            self.show_trouble(self.desk.sentence(error))
            self.desk.announce(self.trouble.text(), urgently=True)
        else:
            self.desk.ask("trouble", error)

    def show_trouble(self, text: str) -> None:
        """Say a sentence below the content; nothing hides it."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        self.sized.emit()


class Title(Label):
    """A heading within a part of the settings."""

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__(desk.theme, text, "h3")
