"""Steps of one piece of work in a row: which are done, which is at hand, which need a hand."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme

_CIRCLE, _GAP, _LINE = 22, 9, 36


class Steps(QLabel):
    """Circles with numbers and words; a tick where a step is done, amber where it needs a hand."""

    def __init__(self, theme: Theme, names: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._names = list(names)
        self._facts = [""] * len(names)
        self._states = ["todo"] * len(names)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.set_step(0)

    def set_step(self, at: int) -> None:
        """All before it are done."""
        self.set_states(["done" if number < at else "now" if number == at else "todo" for number in
                         range(len(self._names))])  # fmt: skip

    def set_states(self, states: Sequence[str], facts: Sequence[str] = ()) -> None:
        """How each step stands, ``done``, ``now``, ``todo`` or ``warn``, with a fact beside its name."""
        self._states = list(states)
        if facts:
            self._facts = list(facts)
        self.setAccessibleName(", ".join(f"{name} {fact}".strip() for name, fact in zip(self._names, self._facts,
                                                                                         strict=True)))  # fmt: skip
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(self._facts), self._theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of([""] * len(self._names)), self._theme.px(26))

    def _width_of(self, facts: Sequence[str]) -> int:
        wide = sum(_CIRCLE + _GAP + self._words(name, fact) for name, fact in zip(self._names, facts, strict=True))
        return round(wide + (len(self._names) - 1) * (_LINE + 2 * 11)) + 2

    def _words(self, name: str, fact: str) -> float:
        return self._theme.width("strong", name) + (self._theme.width("small", fact) + 6 if fact else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        x, middle = 0.0, self.height() / 2
        # Where there is little room the names must do.
        facts = self._facts if self.width() >= self._width_of(self._facts) else [""] * len(self._names)
        for number, (name, fact, state) in enumerate(zip(self._names, facts, self._states, strict=True)):
            if number:
                canvas.hairline(x + 11, round(middle), x + 11 + _LINE, "line2")
                x += _LINE + 22
            self._circle(canvas, x, middle, number, state)
            x += _CIRCLE + _GAP
            role = "strong" if state == "now" else "medium"
            start = x
            x += canvas.text(x, middle, name, role, "ink2" if state == "todo" else "ink")
            if fact:
                x += 6
                canvas.text(x, middle, fact, "small", "ink3")
            x = start + self._words(name, fact)
        canvas.painter.end()

    def _circle(self, canvas: Canvas, x: float, middle: float, number: int, state: str) -> None:
        place = QRectF(x, middle - _CIRCLE / 2, _CIRCLE, _CIRCLE)
        fill, edge, ink = {
            "done": ("accent_tint", "accent" if canvas.theme.is_contrasting else None, "accent"),
            "now": ("accent", None, "on_accent"),
            "todo": (None, "control", "ink2"),
            "warn": ("warn_tint", "warn_line", "warn"),
        }[state]
        canvas.rounded(place, _CIRCLE / 2, fill, edge)
        if state == "done":
            canvas.icon("check", x + 4.5, middle, 13, "accent", 2.25)
        else:
            canvas.text(place.center().x(), middle, str(number + 1), "smalls", ink, align="centre")
