"""What the components stand on: a sheet in columns, each component below its name."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Label, Paint, Painted, column, line

Parts = Sequence[QWidget | QLayout | int | None]


class Ground(QWidget):
    """A plain ground in a colour of the theme."""

    def __init__(self, theme: Theme, color: str = "sheet", *, edge: str = "", radius: int = 10) -> None:
        super().__init__()
        self._theme = theme
        self._color = color
        self._edge = edge
        self._radius = radius
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        canvas.rounded(QRectF(self.rect()), self._radius if self._edge else 0, self._color, self._edge or None)
        canvas.painter.end()


def named(theme: Theme, name: str, *parts: QWidget | QLayout | int | None) -> QWidget:
    """A component below its name."""
    body = QWidget()
    body.setLayout(column(Label(theme, name, "h3"), 12, *parts))
    return body


def columns(theme: Theme, *stacks: Sequence[QWidget], widths: Sequence[int]) -> Ground:
    """A sheet of components in columns; widths in pixels at normal text size."""
    ground = Ground(theme)
    row = line(spacing=theme.px(40), margins=(28, 24, 28, 28))
    for stack, width in zip(stacks, widths, strict=True):
        holder = QWidget()
        parts: list[QWidget | QLayout | int | None] = []
        for each in stack:
            parts += [each, 24]
        holder.setLayout(column(*parts, None))
        holder.setFixedWidth(theme.px(width))
        row.addWidget(holder)
    row.addStretch(1)
    ground.setLayout(row)
    return ground


def painted(theme: Theme, paint: Paint, height: int, words: str) -> Painted:
    """Something that is painted in a row."""
    return Painted(theme, paint, height, words=words)
