"""Painted blocks whose height follows their width: chips in rows, quotes, facts in lines."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from outreach.ui.paint.canvas import Canvas, Run, formats, reading_direction, titled, within
from outreach.ui.paint.marks import taste, taste_width
from outreach.ui.theme import Theme

_MOST_LAID = 24


class Block(QLabel):
    """Something painted whose height follows from its width.

    Subclasses say how high they are at a width, and paint.
    """

    def __init__(self, theme: Theme, words: str = "") -> None:
        super().__init__()
        self.theme = theme
        self._laid: dict[tuple[str | tuple[Run, ...], str, float, int], TextLines] = {}
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        """What is shown has changed."""
        self._laid.clear()
        self.updateGeometry()
        self.update()

    def laid(self, text: str | tuple[Run, ...], role: str, width: float, most: int = 0) -> "TextLines":
        """A paragraph of it, laid out once for a width: a layout asks for heights again and again."""
        key = (text, role, width, most)
        found = self._laid.get(key)
        if found is None:
            if len(self._laid) > _MOST_LAID:
                self._laid.clear()
            found = self._laid[key] = TextLines(self.theme, text, role, width, most)
        return found

    def height_at(self, width: float) -> float:
        """How high it is at a width."""
        raise NotImplementedError

    def paint_on(self, canvas: Canvas, width: float) -> None:
        """Paint it."""
        raise NotImplementedError

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self.height_at(max(60, width)))

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 60 else 280
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self.theme)
        self.paint_on(canvas, self.width())
        canvas.painter.end()


class FactLine(Block):
    """Short facts beside one another, in as many lines as they need."""

    _GAP = 18

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._facts: Sequence[Run] = ()

    def set_facts(self, facts: Sequence[Run]) -> None:
        """Show other facts: each with its words, role and colour."""
        self._facts = facts
        self.setAccessibleName(", ".join(text for text, _, _ in facts))
        self.refresh()

    def _places(self, width: float) -> list[tuple[float, int]]:
        """Where each fact begins, and in which line."""
        places: list[tuple[float, int]] = []
        x, row = 0.0, 0
        for text, role, _ in self._facts:
            wide = self.theme.width(role, text)
            if x and x + wide > width:
                x, row = 0.0, row + 1
            places.append((x, row))
            x += wide + self._GAP
        return places

    def height_at(self, width: float) -> float:
        return self.theme.px(22) * (max((row for _, row in self._places(width)), default=0) + 1)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        high = canvas.px(22)
        for (text, role, color), (x, row) in zip(self._facts, self._places(width), strict=True):
            canvas.text(x, row * high + high / 2, text, role, color, width=width - x)


class TextLines:
    """A wrapped paragraph, laid out once for a width."""

    def __init__(self, theme: Theme, text: str | Sequence[Run], role: str, width: float, most: int = 0) -> None:
        """A paragraph, as plain words or in pieces; books that it names are set as titles."""
        self.line = theme.line_height(role)
        runs = titled(theme, [(text, role, "")] if isinstance(text, str) else text)
        text = "".join(words for words, _, _ in runs)
        self._layout = QTextLayout(text.replace("\n", "\u2028"), theme.font(role))
        if len(runs) > 1:
            self._layout.setFormats(formats(theme, runs))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(reading_direction(text))
        if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self._width = width
        self._layout.setTextOption(option)
        count = self._lay_out(width)
        if most and count > most:
            last = self._layout.lineAt(most - 1)
            kept = self._layout.text()[: last.textStart() + last.textLength()].rstrip()
            # The sign of what is left out needs the room of a letter or two.
            self._layout.setText(kept[:-2].rstrip(" ,.;:\u2028") + "…")
            # Qt reads beyond the end of a text whose formats reach there.
            self._layout.setFormats(within(self._layout.formats(), len(self._layout.text().encode("utf-16-le")) // 2))
            count = min(most, self._lay_out(width))
        self.height = count * self.line

    def _lay_out(self, width: float) -> int:
        self._layout.beginLayout()
        count = 0
        while True:
            made = self._layout.createLine()
            if not made.isValid():
                break
            made.setLineWidth(width)
            made.setPosition(QPointF(0, count * self.line + (self.line - made.height()) / 2))
            count += 1
        self._layout.endLayout()
        return count

    def paint(self, canvas: Canvas, x: float, y: float, color: str) -> None:
        """Paint it with its top left corner there."""
        canvas.painter.setPen(canvas.theme.color(color))
        with canvas.upright(x, self._width):
            self._layout.draw(canvas.painter, QPointF(x, y))


class Paragraph(Block):
    """Words that wrap, with the line height of their role."""

    def __init__(self, theme: Theme, text: str = "", role: str = "body", color: str = "ink2", most: int = 0) -> None:
        super().__init__(theme, text)
        self._text = text
        self._runs: tuple[Run, ...] = ()
        self._role = role
        self._color = color
        self._most = most
        if not text:
            self.hide()  # nothing to say takes no room

    def set_text(self, text: str, strong: str = "") -> None:
        """Show other words; a part of them may stand out."""
        before, found, after = text.partition(strong) if strong else (text, "", "")
        pieces = ((before, self._role, ""), (found, "strong", "ink"), (after, self._role, ""))
        self._runs = tuple(piece for piece in pieces if piece[0]) if found else ()
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.refresh()

    def text(self) -> str:
        return self._text

    def height_at(self, width: float) -> float:
        return self.laid(self._runs or self._text, self._role, width, self._most).height

    def paint_on(self, canvas: Canvas, width: float) -> None:
        self.laid(self._runs or self._text, self._role, width, self._most).paint(canvas, 0, 0, self._color)


class TasteFlow(Block):
    """Tastes as chips, in as many rows as they need."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._chips: list[tuple[str, float | None, bool]] = []

    def set_chips(self, chips: Sequence[tuple[str, float | None, bool]]) -> None:
        """Show tastes: name, how strong from 0 to 1, whether it is avoided."""
        self._chips = list(chips)
        self.setAccessibleName(", ".join(f"{'not ' if avoid else ''}{name}" for name, _, avoid in chips))
        self.setVisible(bool(chips))
        self.refresh()

    def _places(self, width: float) -> list[tuple[float, float]]:
        x = y = 0.0
        places = []
        for name, _, avoid in self._chips:
            wide = taste_width(self.theme, name, avoid=avoid)
            if x and x + wide > width:
                x, y = 0.0, y + self.theme.px(28)
            places.append((x, y))
            x += wide + 6
        return places

    def height_at(self, width: float) -> float:
        places = self._places(width)
        return places[-1][1] + self.theme.px(24) if places else 0

    def paint_on(self, canvas: Canvas, width: float) -> None:
        for (name, share, avoid), (x, y) in zip(self._chips, self._places(width), strict=True):
            taste(canvas, x, y + canvas.px(12), name, share, avoid=avoid)


class QuoteCard(Block):
    """Somebody's own words on a card, with what they are about and when they were said."""

    def __init__(self, theme: Theme, head: Sequence[Run], quote: str, day: str, icon: str) -> None:
        words = "".join(run[0] for run in head)
        super().__init__(theme, f"{words}, {day}: {quote}")
        self._head = head
        self._quote = f"“{quote}”"
        self._day = day
        self._icon = icon

    def _lines(self, width: float) -> TextLines:
        return self.laid(self._quote, "quote", width - 24, 5)

    def height_at(self, width: float) -> float:
        return self._head_height() + self._lines(width).height + 11

    def _head_height(self) -> float:
        """Where the words begin."""
        return 13 + self.theme.px(18)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        canvas.rounded(QRectF(0, 0, width, self.height()), 8, "sheet", "line")
        middle = 9 + canvas.px(18) / 2
        canvas.icon(self._icon, 12, middle, 14, "ink3")
        day = canvas.text(width - 12, middle, self._day, "small", "ink3", align="right")
        canvas.runs(33, middle, self._head, width - 33 - day - 24)
        self._lines(width).paint(canvas, 12, self._head_height(), "ink")
