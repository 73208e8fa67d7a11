"""The base of every page: it becomes stale when what it shows is written, and reads anew when it is seen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.ui.desk import Desk
from outreach.ui.widgets.basics import Button, Label
from outreach.ui.widgets.tightening import Row


class Page(QWidget):
    """A place of the window.

    Attributes:
        tables: The tables whose change makes the page stale; none means all.
    """

    tables: tuple[str, ...] = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.theme = desk.theme
        self.say = desk.say
        self._is_stale = True
        self._scale = desk.theme.scale
        desk.theme.changed.connect(self._look_again)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        # What can be done here, with its keys, is also a menu under the right button.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def refresh(self) -> None:
        """Read what is shown."""
        raise NotImplementedError

    def show_row(self, row_id: int) -> None:
        """Show one thing, as someone asked who came from another place."""
        del row_id

    def focus_main(self) -> None:
        """Take the focus, as someone has just come here."""
        self.setFocus()

    def focus_filter(self) -> None:
        """Let the user filter what is shown, where that is possible."""

    def panes(self) -> list[QWidget]:
        """The parts between which F6 goes."""
        return [self]

    def on_changed(self, changes: Changes, initiator: object) -> None:
        """Something was written: read anew now if the page is seen, else when it is."""
        if self.tables and not changes.touches(*self.tables):
            return
        if initiator is self:
            return
        self._is_stale = True
        if self.isVisible():
            self._read()

    def once_painted(self, act: Callable[[], object]) -> QTimer:
        """What is started to do something as soon as that is painted which has just changed."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(0)
        timer.timeout.connect(act)
        return timer

    def make_later(self, *parts: str) -> None:
        """Make parts that are not seen at first, each an attribute that makes itself, in turns of their own.

        The window answers between them; whoever asks for one before its turn has it at once.
        """

        def make(name: str, *rest: str) -> None:
            getattr(self, name)
            if rest:
                QTimer.singleShot(0, self, partial(make, *rest))

        if parts:
            QTimer.singleShot(0, self, partial(make, *parts))

    def _look_again(self) -> None:
        """Rows are made as high as the text needs: where that is of another size now, they are made anew."""
        if self._scale != self.theme.scale:
            self._scale = self.theme.scale
            self._is_stale = True
            if self.isVisible():
                QTimer.singleShot(0, self, self._read)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            # After the page has been painted once: a place is there at once, and its rows a moment later.
            QTimer.singleShot(0, self, self._read)

    def read_ahead(self) -> None:
        """Read what is shown before anybody looks, so that it is there at once."""
        self._read()

    def _read(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def tell_count(self, label: Label, text: str) -> None:
        """Say how many there are now; who listens is told when a filter or a change made it another number."""
        if label.text() != text:
            is_first = not label.text()
            label.setText(text)
            if self.isVisible() and not is_first:
                self.desk.announce(text)

    def header(self, title: str, fact: Label | None, *buttons: Button) -> QWidget:
        """A page's head: its name, one grey fact, what can be done."""
        parts: list[QWidget | int | None] = [Label(self.theme, title, "h1")]
        if fact is not None:
            parts += [2, fact]
        return Row(*parts, None, *buttons, facts=(fact,) if fact else (), margins=(24, 15, 20, 11))
