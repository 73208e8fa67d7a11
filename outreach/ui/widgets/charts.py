"""Charts: rates as dots with their likely range, and tables of figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from outreach.services.review.rates import Rate
from outreach.services.review.value import ItemLine
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.covers import cover
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block, TextLines
from outreach.wording import Words, small

_ROW, _AXIS = 33, 26
_NAMES, _FIGURES = 134, 108
#: Names take so much of the width at most.
_MOST_NAMES = 0.42


@dataclass(frozen=True, slots=True)
class RateRow:
    """A group's name and its rate."""

    name: str
    rate: Rate


class RateChart(Block):
    """A dot for each rate, on a band that says how sure it is; too few are said to be so."""

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

    def height_at(self, width: float) -> float:
        del width
        return len(self._rows) * self.theme.px(_ROW) + self.theme.px(_AXIS)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        px = canvas.px
        if not self._rows:
            canvas.text(0, px(10), self._words.say("review.too_few"), "small", "ink3")
            return
        longest = max(canvas.theme.width("body", row.name) for row in self._rows)
        left = min(max(float(px(_NAMES)), longest + 14), width * _MOST_NAMES)
        right, row_height = width - px(_FIGURES), px(_ROW)
        bottom = float(len(self._rows) * row_height)
        for share, text in ((0.0, "0"), (0.5, self._words.share(0.5)), (1.0, self._words.share(1))):
            x = left + (right - left) * share
            canvas.fill(QRectF(round(x), 0, 1, bottom), "line")
            canvas.text(x, bottom + px(12), text, "micro", "ink3", align="centre")
        for number, row in enumerate(self._rows):
            middle = (number + 0.5) * row_height
            canvas.text(0, middle, row.name, "body", width=left - 12)
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


class TitleTable(Block):
    """What became of each title's gifts."""

    _STEP = 40
    _COLUMNS = ("col_gifts", "col_posted", "col_reading", "col_quiet")

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme)
        self._words = words
        self._lines: Sequence[ItemLine] = ()

    def set_lines(self, lines: Sequence[ItemLine]) -> None:
        """Show other titles."""
        self._lines = lines
        say = self._words.say
        self.setAccessibleName("; ".join(
            f"{each.title}: {self._words.count('gifts', each.gifts)}, {say('review.col_posted')} {each.posted}, "
            f"{say('review.col_reading')} {each.reading}, {say('review.col_quiet')} {each.quiet}"
            for each in lines
        ))  # fmt: skip
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return self.theme.px(34) + len(self._lines) * self.theme.px(self._STEP)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        px, say = canvas.px, self._words.say
        right = [width - (3 - number) * px(72) for number in range(4)]
        canvas.text(0, px(15), say("review.col_title"), "smallm", "ink3")
        for x, name in zip(right, self._COLUMNS, strict=True):
            canvas.text(x, px(15), say(f"review.{name}"), "smallm", "ink3", align="right")
        canvas.hairline(0, px(32), width)
        for number, each in enumerate(self._lines):
            middle = px(34) + (number + 0.5) * px(self._STEP)
            cover(canvas, 0, middle - 12, 16, each.item_id, "")
            canvas.text(28, middle, each.title, "title", width=right[0] - 28 - px(56))
            figures = ((each.gifts, "num", "ink"), (each.posted, "strong", "good"), (each.reading, "num", "ink2"),
                       (each.quiet, "num", "quiet"))  # fmt: skip
            for x, (figure, role, color) in zip(right, figures, strict=True):
                canvas.text(x, middle, self._words.number(figure), role, color, align="right")
            if number < len(self._lines) - 1:
                canvas.hairline(0, px(34) + (number + 1) * px(self._STEP) - 1, width)


class Figures(Block):
    """Four numbers side by side, each with what it is and what it means."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._figures: Sequence[tuple[str, str, str]] = ()

    def set_figures(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Show other numbers."""
        self._figures = figures
        self.setAccessibleName("; ".join(" ".join(each) for each in figures))
        self.refresh()

    def _below(self, width: float) -> list[TextLines]:
        """What stands below each number, in as many lines as it needs."""
        room = width / max(1, len(self._figures)) - 34
        return [TextLines(self.theme, below, "small", room) for _, _, below in self._figures]

    def height_at(self, width: float) -> float:
        return self.theme.px(78) + max((lines.height for lines in self._below(width)), default=0)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        step, height = width / max(1, len(self._figures)), self.height()
        for number, ((name, figure, _), below) in enumerate(zip(self._figures, self._below(width), strict=True)):
            x = number * step + (23 if number else 0)
            if number:
                canvas.fill(QRectF(round(number * step), 6, 1, height - 12), "line")
            canvas.text(x, canvas.px(16), name, "smallm", "ink2", width=step - 30)
            canvas.text(x, canvas.px(49), figure, "stat", width=step - 30)
            below.paint(canvas, x, canvas.px(73), "ink2")
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
