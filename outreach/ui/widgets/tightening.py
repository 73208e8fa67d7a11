"""What to do where there is little room: rows that say less, parts that go below one another."""

from collections.abc import Callable, Sequence
from enum import IntEnum

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QWidget

from outreach.ui.widgets.basics import Button, Margins, line


class Tight(IntEnum):
    """How much has gone from a row."""

    NOTHING = 0
    KEYS = 1
    FACTS = 2
    WORDS = 3


class Row(QWidget):
    """Words, fields and buttons beside one another, of which as much is shown as there is room for.

    First the keys on buttons go, then what is handed in as facts, then the words on buttons that have an icon.
    A button keeps its words if it is the primary one; what went is in its tooltip.
    """

    def __init__(
        self, *parts: QWidget | QLayout | int | None, facts: tuple[QWidget, ...] = (), spacing: int = 8,
        margins: Margins = (0, 0, 0, 0),
    ) -> None:  # fmt: skip
        super().__init__()
        self._facts = facts
        self._tight = Tight.NOTHING
        self.setLayout(line(*parts, spacing=spacing, margins=margins))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _width_at(self, tight: Tight) -> int:
        """How wide it is with so much gone."""
        layout = self.layout()
        if layout is None:
            return 0
        margins = layout.contentsMargins()
        widths = []
        for place in range(layout.count()):
            item = layout.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is None and item is not None:
                widths.append(item.minimumSize().width())
            elif isinstance(widget, Button) and not widget.isHidden():
                widths.append(widget.width_without(keys=tight >= Tight.KEYS, words=tight >= Tight.WORDS))
            elif widget is not None and (widget in self._facts or not widget.isHidden()):
                is_gone = tight >= Tight.FACTS and widget in self._facts
                widths.append(0 if is_gone else max(widget.minimumSizeHint().width(), widget.minimumWidth()))
        shown = sum(1 for width in widths if width)
        return margins.left() + margins.right() + sum(widths) + layout.spacing() * max(0, shown - 1)

    def _fit(self) -> None:
        tight = next((each for each in Tight if self._width_at(each) <= self.width()), Tight.WORDS)
        if tight == self._tight:
            return
        self._tight = tight
        for fact in self._facts:
            fact.setVisible(tight < Tight.FACTS)
        for button in self.findChildren(Button):
            button.leave_out(keys=tight >= Tight.KEYS, words=tight >= Tight.WORDS)

    # What Qt asks.

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_at(Tight.WORDS), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self._width_at(Tight.NOTHING), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)


class Beside(QWidget):
    """Parts beside one another, and below one another where there is little room."""

    def __init__(
        self,
        *parts: QWidget,
        shares: Sequence[int],
        spacing: int,
        margins: Margins = (0, 0, 0, 0),
        least: Callable[[], int] = int,
    ) -> None:
        """Put parts side by side.

        Args:
            parts: What stands there.
            shares: How much of the width each gets.
            spacing: Between them, in pixels.
            margins: Around them.
            least: Says under which width they go below one another even if they could be narrower, in pixels: it
                grows with the text.
        """
        super().__init__()
        self._parts = parts
        self._least = least
        self._row = line(*parts, spacing=spacing, margins=margins)
        for place, share in enumerate(shares):
            self._row.setStretch(place, share)
        self.setLayout(self._row)

    def minimumSizeHint(self) -> QSize:
        margins = self._row.contentsMargins()
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        margins = self._row.contentsMargins()
        needed = sum(part.minimumSizeHint().width() for part in self._parts) + margins.left() + margins.right()
        needed += self._row.spacing() * (len(self._parts) - 1)
        is_narrow = self.width() < max(needed, self._least())
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
