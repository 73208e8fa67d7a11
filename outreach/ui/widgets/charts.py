"""Charts: rates as dots with their likely range, and tables of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QMouseEvent

from outreach.services.review.rates import Rate
from outreach.ui.paint.canvas import Canvas, pointed_at
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block, TextLines
from outreach.wording import Words, small

_ROW, _AXIS = 33, 26
_NAMES, _FIGURES = 134, 108
#: Names take so much of the width at most; a longer one goes on in a second line.
_MOST_NAMES = 0.4
_TWO_LINES = 40
_HALF, _ROOM_OF_AXIS = 0.5, 96


@dataclass(frozen=True, slots=True)
class RateRow:
    """A group's name and its rate, and the name of the list behind it."""

    name: str
    rate: Rate
    behind: str = ""


class RateChart(Block):
    """A dot for each rate, on a band that says how sure it is; too few are said to be so.

    Signals:
        opened: A row was clicked: the name of the list behind it.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme)
        self._words = words
        self._rows: Sequence[RateRow] = ()

    def set_rows(self, rows: Sequence[RateRow], name: str = "") -> None:
        """Show other rates, of groups of a kind."""
        self._rows = rows
        self.setAccessibleName(self._sentence(name))
        self.refresh()

    def said(self, row: RateRow) -> str:
        """A rate in words, with its likely range."""
        words, rate = self._words, row.rate
        of = words.say("review.of", part=rate.part, whole=rate.whole)
        if rate.share is None or rate.low is None or rate.high is None:
            return f"{row.name}: {of}, {words.say('review.too_few')}"
        likely = words.say("review.likely", low=words.share(rate.low), high=words.share(rate.high))
        return f"{row.name}: {words.share(rate.share)}, {of}, {small(likely)}"

    def _sentence(self, name: str) -> str:
        """The chart in one sentence: how many groups there are, and between which two their rates lie."""
        known = sorted((row for row in self._rows if row.rate.share is not None), key=lambda row: row.rate.share or 0)
        counted = self._words.trn("{number} group", "{number} groups", len(self._rows))
        ends = [self.said(row) for row in ([*known[-1:], known[0]] if len(known) > 1 else known)]
        return "; ".join([", ".join(filter(None, (name, counted))), *ends])

    def _left(self, width: float) -> float:
        """Where the chart begins: behind the names, which take no more than their share."""
        longest = max((self.theme.width("body", row.name) for row in self._rows), default=0)
        return min(max(float(self.theme.px(_NAMES)), longest + 14), width * _MOST_NAMES)

    def _is_long(self, row: RateRow, left: float) -> bool:
        return self.theme.width("body", row.name) > left - 12

    def _tops(self, width: float) -> list[float]:
        """Where each row begins, and where the last one ends."""
        left, tops = self._left(width), [0.0]
        for row in self._rows:
            tops.append(tops[-1] + self.theme.px(_TWO_LINES if self._is_long(row, left) else _ROW))
        return tops

    def height_at(self, width: float) -> float:
        return self._tops(width)[-1] + self.theme.px(_AXIS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = pointed_at(self, event)
        tops = self._tops(self.width())
        for number, row in enumerate(self._rows):
            if tops[number] <= place.y() < tops[number + 1] and row.behind:
                self.opened.emit(row.behind)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        px = canvas.px
        if not self._rows:
            canvas.text(0, px(10), self._words.say("review.too_few"), "small", "ink3")
            return
        left, tops = self._left(width), self._tops(width)
        right, bottom = width - px(_FIGURES), tops[-1]
        for share, text in ((0.0, "0"), (_HALF, self._words.share(_HALF)), (1.0, self._words.share(1.0))):
            x = left + (right - left) * share
            canvas.fill(QRectF(round(x), 0, 1, bottom), "line")
            if share == _HALF and right - left < px(_ROOM_OF_AXIS):
                continue  # there is no room between the ends
            canvas.text(x, bottom + px(12), text, "micro", "ink3", align="centre")
        for number, row in enumerate(self._rows):
            middle = (tops[number] + tops[number + 1]) / 2
            if self._is_long(row, left):
                lines = TextLines(self.theme, row.name, "small", left - 12, 2)
                lines.paint(canvas, 0, middle - lines.height / 2, "ink")
            else:
                canvas.text(0, middle, row.name, "body")
            self._paint_rate(canvas, QRectF(left, middle - 5, right - left, 10), row.rate, width)

    def _paint_rate(self, canvas: Canvas, place: QRectF, rate: Rate, width: float) -> None:
        middle = place.center().y()
        of = f"{self._words.number(rate.part)}/{self._words.number(rate.whole)}"
        canvas.text(width, middle, of, "numsm", "ink3", align="right")
        if rate.share is None or rate.low is None or rate.high is None:
            canvas.text(place.left() + 8, middle, self._words.say("review.too_few"), "small", "ink3")
            return
        band = QColor(canvas.theme.color("good"))
        band.setAlphaF(0.28)
        low = place.left() + place.width() * rate.low
        canvas.rounded(QRectF(low, place.top(), place.width() * (rate.high - rate.low), 10), 5, band)
        canvas.painter.setPen(canvas.theme.color("sheet"))
        canvas.painter.setBrush(canvas.theme.color("good"))
        canvas.painter.drawEllipse(QPointF(place.left() + place.width() * rate.share, middle), 6, 6)
        canvas.text(width - canvas.px(56), middle, self._words.share(rate.share), "strong", align="right")
