"""Painting with the theme's names: text on a centre line, icons, rounded shapes.

Everything is painted as for a language that is written from left to right. For the others a whole widget or cell is
mirrored by the painter, and what must not be, words and pictures, is turned round again where it stands.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPaintDevice,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QWidget

from outreach.ui.theme import Theme

#: A piece of a line of text: the words, the role of its font, the name of its colour.
Run = tuple[str, str, str]

_SMOOTH = (
    QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.SmoothPixmapTransform
)


class Canvas:
    """A painter that speaks the theme's names.

    Attributes:
        painter: The painter of Qt below.
        theme: The colours and fonts.
        is_mirrored: Whether left and right have changed places.
    """

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter = painter
        self.theme = theme
        self.is_mirrored = False
        painter.setRenderHints(_SMOOTH)

    @classmethod
    def on(cls, device: QPaintDevice, theme: Theme) -> "Canvas":
        """A canvas on a widget or a pixmap; it ends with the last reference to it."""
        canvas = cls(QPainter(device), theme)
        if isinstance(device, QWidget) and device.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            canvas.mirror(QRectF(device.rect()))
        return canvas

    def px(self, size: float) -> int:
        """A distance that grows with the text."""
        return self.theme.px(size)

    def mirror(self, rect: QRectF) -> None:
        """Let left and right change places within a rectangle."""
        self.is_mirrored = not self.is_mirrored
        self.painter.translate(rect.left() + rect.right(), 0)
        self.painter.scale(-1, 1)
        # Words run as their own letters do: an English title stays English.
        self.painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)

    @contextmanager
    def upright(self, left: float, width: float) -> Iterator[None]:
        """What is painted between `left` and `left + width` keeps its left and right."""
        if not self.is_mirrored:
            yield
            return
        self.painter.save()
        self.mirror(QRectF(left, 0, width, 0))
        yield
        self.painter.restore()
        self.is_mirrored = True

    def fill(self, rect: QRectF, color: str) -> None:
        """A plain rectangle."""
        self.painter.fillRect(rect, self.theme.color(color))

    def hairline(self, x1: float, y: float, x2: float, color: str = "line") -> None:
        """A line of one pixel."""
        self.painter.fillRect(QRectF(x1, y, x2 - x1, 1), self.theme.color(color))

    def rounded(
        self,
        rect: QRectF,
        radius: float,
        fill: str | QColor | None = None,
        line: str | QColor | None = None,
        width: float = 1,
    ) -> None:
        """A rounded rectangle; its line lies inside."""
        painter = self.painter
        if line is None:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setPen(QPen(self.theme.color(line) if isinstance(line, str) else line, width))
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
        self._words(left, middle + theme.rise(role), text, role, color)
        return wide

    def _words(self, left: float, base: float, text: str, role: str, color: str | QColor) -> None:
        self.painter.setFont(self.theme.font(role))
        self.painter.setPen(self.theme.color(color) if isinstance(color, str) else color)
        if not self.is_mirrored:
            ready = self.theme.laid_out(role, text)
            if ready is None:
                self.painter.drawText(QPointF(left, base), text)
            else:
                self.painter.drawStaticText(QPointF(left, base - self.theme.metrics(role).ascent()), ready)
            return
        width = self.theme.width(role, text)
        with self.upright(left, width):
            # The gap to what comes next is at the other side.
            gap = width - self.theme.width(role, text.rstrip(" "))
            self.painter.drawText(QPointF(left + gap, base), text.strip(" "))

    def runs(self, x: float, middle: float, runs: Sequence[Run], width: float) -> float:
        """Pieces of text on one base line, cut at the end; their width is returned."""
        theme, left = self.theme, width
        shown: list[Run] = []
        for words, role, color in titled(theme, runs):
            if left < 8:
                break
            fits = theme.elided(role, words, left)
            shown.append((fits, role, color))
            left -= theme.width(role, fits)
            if fits != words:
                break
        base = middle + theme.rise("body")
        if self.is_mirrored and len(shown) > 1:
            self._sentence(x, base, shown, width - left)
            return width - left
        for words, role, color in shown:
            self._words(x, base, words, role, color)
            x += theme.width(role, words)
        return width - left

    def _sentence(self, x: float, base: float, runs: Sequence[Run], width: float) -> None:
        """Pieces of one sentence in the order in which its letters are read, which is not that of the pieces."""
        layout = QTextLayout("".join(words for words, _, _ in runs), self.theme.font("body"))
        layout.setFormats(formats(self.theme, runs))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTextDirection(reading_direction(layout.text()))
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width + 1)
        layout.endLayout()
        with self.upright(x, width):
            layout.draw(self.painter, QPointF(x, base - line.ascent()))

    @staticmethod
    def grown(x: float, by: float) -> float:
        """Where something begins that grows to both sides, and at the edge of a widget to one only."""
        return 0.0 if 0 <= x < by / 2 else x - by / 2

    def icon(
        self,
        name: str,
        x: float,
        middle: float,
        size: int = 16,
        color: str = "ink2",
        stroke: float = 1.75,
        *,
        grows: bool = True,
    ) -> None:
        """An icon whose left edge is at `x`, centred on `middle`.

        With the text it grows to both sides of its place, unless `size` has grown already.
        """
        if grows:
            x, size = self.grown(x, self.px(size) - size), self.px(size)
        pixmap = self.theme.pixmap(name, size, color, stroke)
        with self.upright(round(x), size):
            self.painter.drawPixmap(QPointF(round(x), round(middle - size / 2)), pixmap)


#: How a book's name is set among words of a role.
_TITLED = {
    "body": "title", "medium": "title", "strong": "title", "quote": "title", "letter": "title", "small": "titles",
    "smallm": "titles", "smalls": "titles", "h1": "h1i",
}  # fmt: skip


#: How a product is set where a title would stand.
_UPRIGHT = {"title": "quote", "titles": "things"}


def titled(theme: Theme, runs: Sequence[Run]) -> list[Run]:
    """A sentence in which each book that is named is set as a title, and no product is."""
    made: list[Run] = []
    for words, said, color in runs:
        role = _UPRIGHT[said] if said in _UPRIGHT and theme.shelf.is_thing(words) else said
        found = theme.shelf.titles_in(words) if role in _TITLED else []
        at = 0
        for start, end in found:
            made += [(words[at:start], role, color)] if start > at else []
            made.append((words[start:end], _TITLED[role], color))
            at = end
        if at < len(words) or not words:
            made.append((words[at:], role, color))
    return made


def formats(theme: Theme, runs: Sequence[Run]) -> list[QTextLayout.FormatRange]:
    """How the pieces of a text look, for a layout of the whole of it."""
    made, start = [], 0
    for words, role, color in runs:
        look, part = QTextCharFormat(), QTextLayout.FormatRange()
        look.setFont(theme.font(role))
        if color:
            look.setForeground(theme.color(color))
        # A letter may be two of Qt's.
        long = len(words.encode("utf-16-le")) // 2
        part.start, part.length, part.format = start, long, look
        made.append(part)
        start += long
    return made


def within(parts: Sequence[QTextLayout.FormatRange], end: int) -> list[QTextLayout.FormatRange]:
    """The looks of the pieces of a text that was cut at its end."""
    made = []
    for each in parts:
        if each.start < end:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = each.start, min(each.length, end - each.start), each.format
            made.append(part)
    return made


#: The blocks of Unicode whose letters are read from right to left (Unicode 15, DerivedBidiClass).
_RUNS_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def reading_direction(text: str) -> Qt.LayoutDirection:
    """From right to left where any of it is read so, also when it begins with a title that is not."""
    return Qt.LayoutDirection.RightToLeft if _RUNS_LEFT.search(text) else Qt.LayoutDirection.LeftToRight


def visual(widget: QWidget, rect: QRect) -> QRect:
    """Where a part of a widget is, which is meant as for a language from left to right."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), rect)


def pointed_at(widget: QWidget, event: QMouseEvent) -> QPointF:
    """Where the mouse is in the measures of what was painted: from the left, also where that is at the right."""
    place = event.position()
    return QPointF(pointed_from(widget, place.x()), place.y())


def pointed_from(widget: QWidget, x: float) -> float:
    """A distance from a widget's left in the measures of what is painted on it."""
    return widget.width() - x if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft else x
