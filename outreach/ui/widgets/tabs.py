"""Tabs: the parts of a page, of which one is shown."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, line


class Tabs(QWidget):
    """A row of words, the chosen one underlined.

    Signals:
        chosen: Another part is wanted: its key.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.key = choices[0][0]
        self.tabs = {key: Tab(theme, label, lambda key=key: self.choose(key)) for key, label in choices}  # type: ignore[misc]
        self.setLayout(line(*self.tabs.values(), None, spacing=24))
        self._mark()

    def choose(self, key: str) -> None:
        """Turn to a part."""
        if key != self.key:
            self.key = key
            self._mark()
            self.chosen.emit(key)

    def set_count(self, key: str, count: int) -> None:
        """Say how many there are of something; none is not said."""
        self.tabs[key].set_count(count)

    def _mark(self) -> None:
        for key, tab in self.tabs.items():
            tab.setChecked(key == self.key)
            tab.update()


class Tab(Button):
    """One of the parts."""

    def __init__(self, theme: Theme, label: str, act: Callable[[], None]) -> None:
        super().__init__(theme, label, "ghost", height=36)
        self._count = ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.clicked.connect(lambda: act())

    def set_count(self, count: int) -> None:
        """How many there are of it; none is not said."""
        shown = f"{count:,}" if count else ""
        if shown != self._count:
            self._count = shown
            self.setAccessibleDescription(shown)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        count = theme.width("micro", self._count) + 7 if self._count else 0
        return QSize(round(theme.width("strong", self.text()) + count), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        middle, on = self.height() / 2, self.isChecked()
        if self.hasFocus():
            canvas.rounded(QRectF(self.rect()).adjusted(0, 2, 0, -5), 5, None, "focus", 2)
        ink = "ink" if on or self.underMouse() else "ink2"
        x = canvas.text(0, middle, self.text(), "strong" if on else "medium", ink)
        if self._count:
            canvas.text(x + 7, middle, self._count, "micro", "accent" if on else "ink3")
        if on:
            canvas.rounded(QRectF(0, self.height() - 2.5, self.width(), 2.5), 1.2, "accent")
        canvas.painter.end()
