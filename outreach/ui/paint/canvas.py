"""Painting with the theme's names: text on a centre line, icons, rounded shapes."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPen

from outreach.ui.theme import Theme

#: A piece of a line of text: the words, the role of its font, the name of its colour.
Run = tuple[str, str, str]


class Canvas:
    """A painter that speaks the theme's names.

    Attributes:
        painter: The painter of Qt below.
        theme: The colours and fonts.
    """

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter = painter
        self.theme = theme
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )

    @classmethod
    def on(cls, device: QPaintDevice, theme: Theme) -> "Canvas":
        """A canvas on a widget or a pixmap; it ends with the last reference to it."""
        return cls(QPainter(device), theme)

    def fill(self, rect: QRectF, color: str) -> None:
        """A plain rectangle."""
        self.painter.fillRect(rect, self.theme.color(color))

    def hairline(self, x1: float, y: float, x2: float, color: str = "line") -> None:
        """A line of one pixel."""
        self.painter.fillRect(QRectF(x1, y, x2 - x1, 1), self.theme.color(color))

    def rounded(
        self, rect: QRectF, radius: float, fill: str | QColor | None = None, line: str | None = None, width: float = 1
    ) -> None:
        """A rounded rectangle; its line lies inside."""
        painter = self.painter
        if line is None:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setPen(QPen(self.theme.color(line), width))
            rect = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        if fill is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(self.theme.color(fill) if isinstance(fill, str) else fill)
        painter.drawRoundedRect(rect, radius, radius)

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        role: str = "body",
        color: str | QColor = "ink",
        *,
        width: float | None = None,
        align: str = "left",
    ) -> float:
        """One line of text, centred on `middle`, cut to `width`; its own width is returned.

        Args:
            x: Where it begins, ends or is centred, as `align` says.
            middle: The height of the middle of its capitals.
            text: The words.
            role: The role of its font.
            color: The name of its colour, or a colour.
            width: The most it may take.
            align: ``left``, ``right`` or ``centre``.
        """
        theme = self.theme
        if width is not None:
            text = theme.elided(role, text, width)
        wide = theme.width(role, text)
        left = x - wide if align == "right" else x - wide / 2 if align == "centre" else x
        self.painter.setFont(theme.font(role))
        self.painter.setPen(theme.color(color) if isinstance(color, str) else color)
        self.painter.drawText(QPointF(left, middle + theme.metrics(role).capHeight() / 2), text)
        return wide

    def runs(self, x: float, middle: float, runs: Sequence[Run], width: float) -> float:
        """Pieces of text on one base line, cut at the end; their width is returned."""
        theme = self.theme
        base = middle + theme.metrics("body").capHeight() / 2
        left, start = width, x
        for words, role, color in runs:
            if left < 8:
                break
            shown = theme.elided(role, words, left)
            self.painter.setFont(theme.font(role))
            self.painter.setPen(theme.color(color))
            self.painter.drawText(QPointF(x, base), shown)
            wide = theme.width(role, shown)
            x += wide
            left -= wide
            if shown != words:
                break
        return x - start

    def icon(
        self, name: str, x: float, middle: float, size: int = 16, color: str = "ink2", stroke: float = 1.75
    ) -> None:
        """An icon whose left edge is at `x`, centred on `middle`."""
        pixmap = self.theme.pixmap(name, size, color, stroke)
        self.painter.drawPixmap(QPointF(round(x), round(middle - size / 2)), pixmap)
