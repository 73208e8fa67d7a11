"""Three steps beside one another: how something begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Label, Painted, column, line
from outreach.ui.widgets.panes import Pane

_WIDE = 228


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its icon, what it is, and how."""

    icon: str
    title: str
    below: str


class StepCards(QWidget):
    """Steps as cards from left to right, in the order in which they are done."""

    def __init__(self, theme: Theme, steps: Sequence[Step]) -> None:
        super().__init__()
        self._theme = theme
        self._cards = [_card(theme, step) for step in steps]
        row = line(spacing=0)
        row.addStretch(0)
        for place, card in enumerate(self._cards):
            if place:
                row.addWidget(Painted(theme, _next, 40, 12))
            row.addWidget(card, 1)
        row.addStretch(0)
        self.setLayout(row)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        for card in self._cards:
            card.setMaximumWidth(self._theme.px(_WIDE))
            card.setMinimumWidth(self._theme.px(_WIDE * 2 // 3))


def _next(canvas: Canvas, _width: float, height: float) -> None:
    canvas.icon("chevron-right", 0, height / 2, 12, "off")


def _card(theme: Theme, step: Step) -> QWidget:
    card = Pane(theme, "inset", corners=(8, 8, 8, 8))
    sign = Painted(theme, lambda canvas, _, high: canvas.icon(step.icon, 0, high / 2, 18, "accent"), 20, 20)
    title = Label(theme, step.title, "medium", wrap=True)
    below = Label(theme, step.below, "small", "ink2", wrap=True)
    card.setLayout(column(line(sign, None), 14, title, 6, below, None, margins=(16, 16, 16, 21)))
    card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    for each in (title, below):
        each.setAlignment((each.alignment() & ~Qt.AlignmentFlag.AlignVertical_Mask) | Qt.AlignmentFlag.AlignTop)
    return card
