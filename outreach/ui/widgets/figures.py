"""Large numbers side by side: what each is called, the number, what it means; a click opens the list behind it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import line
from outreach.ui.widgets.club import PaintedButton
from outreach.ui.widgets.flow import TextLines
from outreach.ui.widgets.lists import clear_layout
from outreach.wording.review import Figured

#: The room left and right of what stands in a place, and behind the number.
_INSET, _BESIDE = 12, 8
_NAME, _FIGURE, _BELOW, _FOOT = 16, 49, 76, 6


class FigureButton(PaintedButton):
    """One large number."""

    def __init__(self, theme: Theme, figure: Figured, act: Callable[[], None]) -> None:
        spoken = " ".join(filter(None, (figure.name, figure.cell.text, figure.beside, figure.below)))
        super().__init__(theme, spoken, act)
        self._figure = figure
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _is_beside(self, width: float) -> bool:
        """Whether there is room for small words behind the number."""
        figure = self._figure
        taken = self.theme.width("stat", figure.cell.text) + _BESIDE + self.theme.width("body", figure.beside)
        return bool(figure.beside) and taken <= width - 2 * _INSET

    def _below(self, width: float) -> TextLines:
        figure = self._figure
        text = figure.below if self._is_beside(width) else ". ".join(filter(None, (figure.beside, figure.below)))
        return TextLines(self.theme, text, "small", max(40.0, width - 2 * _INSET))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self.theme.px(_BELOW) + self._below(max(60, width)).height + _FOOT)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(240), self.heightForWidth(self.theme.px(240)))

    def minimumSizeHint(self) -> QSize:
        wide = round(self.theme.width("stat", self._figure.cell.text)) + 2 * _INSET
        return QSize(max(self.theme.px(120), wide), self.theme.px(_BELOW + 20))

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        del height
        figure, room = self._figure, width - 2 * _INSET
        canvas.text(_INSET, canvas.px(_NAME), figure.name, "smallm", "ink2", width=room)
        taken = canvas.text(_INSET, canvas.px(_FIGURE), figure.cell.text, "stat", width=room)
        if self._is_beside(width):
            canvas.text(_INSET + taken + _BESIDE, canvas.px(_FIGURE + 3), figure.beside, "body", "ink3")
        self._below(width).paint(canvas, _INSET, canvas.px(_BELOW) - 4, "ink2")


class Figures(QWidget):
    """Large numbers, with a line between each two."""

    def __init__(self, theme: Theme, opens: Callable[[str], None]) -> None:
        """A row of numbers; `opens` is told the name of the list behind one that was clicked."""
        super().__init__()
        self._theme = theme
        self._opens = opens
        self._shown: tuple[Figured, ...] = ()
        self._row = line(spacing=17)
        self.setLayout(self._row)

    def set_figures(self, figures: Sequence[Figured]) -> None:
        """Show other numbers."""
        if self._shown == tuple(figures):
            return
        self._shown = tuple(figures)
        clear_layout(self._row)
        for each in figures:
            button = FigureButton(self._theme, each, lambda name=each.behind: self._opens(name))  # type: ignore[misc]
            self._row.addWidget(button, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        for place in range(1, self._row.count()):
            item = self._row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                shown = widget.geometry()
                is_mirrored = canvas.is_mirrored
                left = self.width() - shown.right() if is_mirrored else shown.left()
                canvas.fill(QRectF(left - 9, 6, 1, self.height() - 12), "line")
        canvas.painter.end()
