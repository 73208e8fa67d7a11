"""A dialog around a form: it writes, and stays open with the sentence of what is in the way."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.forms import Form

#: What a dialog writes, from the values of its form.
Work = Callable[[Store, Mapping[str, str]], Any]
#: What it writes when one field was left: its key and its value.
Saves = Callable[[Store, str, str], Any]


class FormDialog(Dialog):
    """Fields, perhaps something above them, and one button that writes."""

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
        body.setLayout(column(*([above, form] if above else [form]), spacing=14))
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
    """The fields of something that is there already: each is saved when it is left, and can be undone."""

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, form: Form, saves: Saves, *, text: str = "", width: int = 560
    ) -> None:
        self._desk = desk
        self.form = form
        self._saves = saves
        done = Button(desk.theme, desk.say("Done"), "primary", key="Enter")
        super().__init__(desk.theme, parent, title, text, form, done, width=width)
        done.clicked.connect(self._leave)
        desk.ending.connect(form.leave)
        form.left.connect(self._save)
        form.resized.connect(self.resettle)
        form.focus_first()

    def close_overlay(self) -> None:
        # Esc takes back what was typed into a field that was not left yet.
        self.form.revert()
        super().close_overlay()

    def _leave(self) -> None:
        if self.form.check():
            self.form.leave()
            self.close_overlay()

    def _save(self, key: str, value: str) -> None:
        self._desk.write(lambda store: self._saves(store, key, value), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if isValid(self) and self.isVisible():
            self.show_trouble(self._desk.sentence(error))
            self._desk.announce(self.trouble.text(), urgently=True)
        else:
            self._desk.ask("trouble", error)
