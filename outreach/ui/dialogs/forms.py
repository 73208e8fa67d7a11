"""A dialog around a form: it writes, and stays open with the sentence of what is in the way."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.floating import Giving
from outreach.ui.widgets.forms import Form
from outreach.ui.widgets.lists import Segments

#: What a dialog writes, from the values of its form.
Work = Callable[[Store, Mapping[str, str]], Any]
#: What it writes when one field was left: its key and its value.
Saves = Callable[[Store, str, str], Any]


class FormDialog(Dialog):
    """Fields, perhaps something above and below them, and one button that writes."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        form: Form,
        go: str,
        work: Work,
        *,
        text: str = "",
        above: QWidget | None = None,
        below: QWidget | None = None,
        extra: Sequence[Button] = (),
        told: str | Callable[[Any], str] = "",
        then: Callable[[Any], None] | None = None,
        width: int = 560,
    ) -> None:
        self._desk = desk
        self.form = form
        self._work = work
        self._told = told
        self._then = then
        body = QWidget()
        body.setLayout(column(*filter(None, (above, Giving(form), below)), spacing=14))
        cancel = Button(desk.theme, desk.say("Cancel"))
        self.go = Button(desk.theme, go, "primary", key="Enter")
        super().__init__(desk.theme, parent, title, text, body, *extra, cancel, self.go, width=width)
        cancel.clicked.connect(self.close_overlay)
        self.go.clicked.connect(self.submit)
        form.resized.connect(self.resettle)
        if above is None:
            form.focus_first()

    def focus_on(self, widget: QWidget, *, filled: bool) -> None:
        """Begin there, or in the form where that is filled already."""
        if filled:
            self.form.focus_first()
        else:
            widget.setFocus()

    def submit(self) -> None:
        """Write, if all fields are right."""
        if not self.form.check():
            return
        values = self.form.values()
        self.go.setEnabled(False)
        self._desk.write(
            lambda store: self._work(store, values), self._told, then=self._done,
            failed=lambda error: self._failed(error) if isValid(self) else self._desk.ask("trouble", error),
        )  # fmt: skip

    def _done(self, result: Any) -> None:
        if not isValid(self) or not self.isVisible():
            return  # it was closed before the answer came
        self.close_overlay()
        if self._then is not None:
            self._then(result)

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.show_trouble(self._desk.sentence(error))
        self._desk.announce(self.trouble.text(), urgently=True)


class EditDialog(Dialog):
    """The fields of something that is there already: each is saved when it is left, and can be undone.

    Where there are many fields they stand in parts, between which Ctrl PgUp and Ctrl PgDn go.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        form: Form | Sequence[tuple[str, Form]],
        saves: Saves,
        *,
        text: str = "",
        extra: Sequence[Button] = (),
        width: int = 560,
    ) -> None:
        self._desk = desk
        parts = [("", form)] if isinstance(form, Form) else list(form)
        self._forms = [each for _, each in parts]
        self.form = self._forms[0]
        self._saves = saves
        done = Button(desk.theme, desk.say("Done"), "primary", key="Enter")
        body: QWidget = self.form
        if len(parts) > 1:
            body = QWidget()
            self._parts = Segments(desk.theme, [(str(number), name) for number, (name, _) in enumerate(parts)])
            self._parts.chosen.connect(lambda key: self._show_part(int(key)))
            body.setLayout(column(self._parts, *self._forms, spacing=14))
            for each in self._forms[1:]:
                each.hide()
        super().__init__(desk.theme, parent, title, text, Giving(body), *extra, done, width=width)
        done.clicked.connect(self._leave)
        for each in self._forms:
            desk.ending.connect(each.leave)
            each.left.connect(self._save)
            each.resized.connect(self.resettle)
        self.form.focus_first()

    def show_part(self, number: int) -> None:
        """Show one of several parts."""
        if len(self._forms) > 1:
            self._parts.choose(str(number % len(self._forms)))

    def _show_part(self, number: int) -> None:
        for place, each in enumerate(self._forms):
            each.setVisible(place == number)
        self._forms[number].focus_first()
        self.resettle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier and len(self._forms) > 1:
            self.show_part(int(self._parts.key) + step)
        else:
            super().keyPressEvent(event)

    def close_overlay(self) -> None:
        # Esc takes back what was typed into a field that was not left yet.
        for each in self._forms:
            each.revert()
        super().close_overlay()

    def _leave(self) -> None:
        for number, each in enumerate(self._forms):
            if not each.check():
                self.show_part(number)
                return
        for each in self._forms:
            each.leave()
        self.close_overlay()

    def _save(self, key: str, value: str) -> None:
        self._desk.write(lambda store: self._saves(store, key, value), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if isValid(self) and self.isVisible():
            self.show_trouble(self._desk.sentence(error))
            self._desk.announce(self.trouble.text(), urgently=True)
        else:
            self._desk.ask("trouble", error)
