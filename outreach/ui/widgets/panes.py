"""The parts of a page beside one another. Where there is no room for all, some give way until they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from shiboken6 import isValid

from outreach.ui.focus import stops
from outreach.ui.motion import fade_in
from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page.

    Attributes:
        widget: What is in it.
        width: How wide it likes to be, in pixels at normal text size; 0 takes what is left.
        gives_way: The parts with the lowest number give way first; 0 stays.
        least: Narrower than this it is of little use; others give way before.
    """

    widget: QWidget
    width: int = 0
    gives_way: int = 0
    least: int = 0


class Panes(QSplitter):
    """Parts with handles between them, whose widths are remembered.

    A part that gave way is brought back by `bring`, in place of the others if need be, and goes again with Esc.

    Signals:
        folded: Another part gave way or came back.
    """

    folded = Signal()

    def __init__(self, theme: Theme, name: str, home: Path, parts: Sequence[Part]) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._home = home
        self._parts = list(parts)
        self._brought: QWidget | None = None
        self._back: QWidget | None = None
        self._gone: frozenset[int] = frozenset()
        self._unwanted: set[QWidget] = set()
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for place, part in enumerate(self._parts):
            self.addWidget(part.widget)
            self.setStretchFactor(place, 0 if part.width else 1)
        kept = self._kept().value(f"panes/{name}", [])
        sizes = [int(size) for size in kept] if isinstance(kept, list) else []
        self._first_sizes = sizes if len(sizes) == len(self._parts) else []
        self._is_sized = False
        self.splitterMoved.connect(lambda *_: self._keep())

    def bring(self, widget: QWidget) -> None:
        """Show a part that gave way; the others make room."""
        if self.has_folded(widget):
            self._brought, self._back = widget, self.focusWidget()
            self._fit()
            fade_in(self._theme, widget)
            found = stops(widget)
            if found:
                found[0].setFocus(Qt.FocusReason.TabFocusReason)

    def want(self, widget: QWidget, *, wanted: bool) -> None:
        """Whether a part has anything to show at present."""
        if wanted == (widget in self._unwanted):
            (self._unwanted.discard if wanted else self._unwanted.add)(widget)
            self._fit()

    def has_folded(self, widget: QWidget) -> bool:
        """Whether a part gave way."""
        return any(self._parts[place].widget is widget for place in self._gone)

    def opens(self, button: Button, widget: QWidget) -> None:
        """Let a button bring a part back; it is there while the part is not."""
        button.clicked.connect(lambda: self.bring(widget))
        button.setVisible(self.has_folded(widget))
        self.folded.connect(lambda: button.setVisible(self.has_folded(widget)))

    def _fit(self) -> None:
        """Let parts give way until the others have room."""
        least = [self._least_of(part) for part in self._parts]
        left = [place for place, part in enumerate(self._parts) if part.widget not in self._unwanted]
        brought = next((place for place in left if self._parts[place].widget is self._brought), -1)
        gone = set()
        for place in sorted(left, key=lambda place: (place == brought, self._parts[place].gives_way or len(least))):
            if sum(least[each] for each in left) + len(left) - 1 <= self.width() or len(left) == 1:
                break
            if self._parts[place].gives_way or brought >= 0:
                left.remove(place)
                gone.add(place)
        for place, part in enumerate(self._parts):
            part.widget.setVisible(place in left)
        if gone != self._gone:
            self._gone = frozenset(gone)
            self.folded.emit()
        if not gone and self._brought is not None:
            self._put_back()  # there is room for all again

    def _least_of(self, part: Part) -> int:
        return max(_least(part.widget), self._theme.px(part.least))

    def _put_back(self) -> None:
        self._brought = None
        self._fit()
        if self._back is not None and isValid(self._back):
            self._back.setFocus()

    def _liked(self) -> list[int]:
        """The widths that the parts like to have; those that like none share what is left, which is their least."""
        liked = [self._theme.px(part.width) for part in self._parts]
        others = liked.count(0)
        room = self.width() - len(liked) + 1
        least = sum(self._least_of(part) for part in self._parts if not part.width)
        for place in sorted(range(len(liked)), key=lambda place: self._parts[place].gives_way, reverse=True):
            # A large text makes all parts want more than there is: those beside give so much as they can spare.
            lacking = sum(liked) + least - room
            if liked[place] and lacking > 0:
                liked[place] = max(min(liked[place], self._least_of(self._parts[place])), liked[place] - lacking)
        left = max(0, room - sum(liked))
        return [width or left // others for width in liked]

    def _kept(self) -> QSettings:
        return QSettings(str(self._home / "window.ini"), QSettings.Format.IniFormat)

    def _keep(self) -> None:
        if not self._gone:
            self._kept().setValue(f"panes/{self._name}", [str(size) for size in self.sizes()])

    # What Qt asks.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        staying = [_least(part.widget) for part in self._parts if not part.gives_way]
        return QSize(
            max(sum(staying), *(_least(part.widget) for part in self._parts)), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        if not self._is_sized:
            self._is_sized = True
            self.setSizes(self._first_sizes or self._liked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._brought is not None:
            self._put_back()
        else:
            super().keyPressEvent(event)


def opener(theme: Theme, words: str, icon: str = "info") -> Button:
    """A button for `Panes.opens`."""
    button = Button(theme, "", "ghost", icon)
    button.setAccessibleName(words)
    button.setToolTip(words)
    return button


def _least(widget: QWidget) -> int:
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())


class Pane(QWidget):
    """A part of the sheet with a ground of its own; it paints the sheet's round corners where it reaches them."""

    def __init__(
        self, theme: Theme, ground: str = "inset", *, corners: tuple[int, int, int, int] = (0, 0, 0, 0), edge: str = ""
    ) -> None:
        super().__init__()
        self._theme = theme
        self._ground = ground
        self._corners = corners
        self._edge = edge
        theme.changed.connect(self.update)

    def set_corners(self, *corners: int) -> None:
        """Where it reaches the sheet's round corners: their radius, from the top left on."""
        one, two, three, four = corners
        self._corners = (one, two, three, four)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect = QRectF(self.rect())
        canvas.painter.fillPath(cornered(rect, self._corners), self._theme.color(self._ground))
        if self._edge == "left":
            canvas.fill(QRectF(0, 0, 1, rect.height()), "line")
        elif self._edge == "right":
            canvas.fill(QRectF(rect.width() - 1, 0, 1, rect.height()), "line")
        canvas.painter.end()


def cornered(rect: QRectF, corners: tuple[int, int, int, int]) -> QPainterPath:
    """A rectangle with a radius for each corner: top left, top right, bottom right, bottom left."""
    one, two, three, four = corners
    path = QPainterPath()
    path.moveTo(rect.left() + one, rect.top())
    path.lineTo(rect.right() - two, rect.top())
    path.quadTo(rect.right(), rect.top(), rect.right(), rect.top() + two)
    path.lineTo(rect.right(), rect.bottom() - three)
    path.quadTo(rect.right(), rect.bottom(), rect.right() - three, rect.bottom())
    path.lineTo(rect.left() + four, rect.bottom())
    path.quadTo(rect.left(), rect.bottom(), rect.left(), rect.bottom() - four)
    path.lineTo(rect.left(), rect.top() + one)
    path.quadTo(rect.left(), rect.top(), rect.left() + one, rect.top())
    return path
