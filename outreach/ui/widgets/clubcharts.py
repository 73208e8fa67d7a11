"""Charts of a club: its members over time, and a month with the days on which it meets."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainterPath, QPen

from outreach.services.clubs.members import Count
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.widgets.flow import Block

#: How large the dot is where something moved the number.
_DOT = 5.0


class Growth(Block):
    """Members over time: a line over its own shade, and what moved it."""

    _HIGH = 196

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._counts: Sequence[Count] = ()

    def set_counts(self, counts: Sequence[Count]) -> None:
        """Show other counts."""
        self._counts = counts
        words = self._desk.words
        told = [
            ", ".join(filter(None, (words.day(each.day), words.number(each.members), each.moved_by))) for each in counts
        ]
        self.setAccessibleName("; ".join(told))
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return self.theme.px(self._HIGH)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        if not self._counts:
            return
        px, counts = canvas.px, self._counts
        top = _round_up(max(each.members for each in counts))
        left, right = px(30), width - px(64)
        high, low = px(14), self.theme.px(self._HIGH) - px(26)
        first = date.fromisoformat(counts[0].day)
        span = max(1, (date.fromisoformat(counts[-1].day) - first).days)

        def x_at(day: str) -> float:
            return left + (right - left) * (date.fromisoformat(day) - first).days / span

        def y_at(members: float) -> float:
            return low - (low - high) * members / top

        for members in (0, top // 2, top) if top > 1 else (0, top):
            canvas.fill(QRectF(left, round(y_at(members)), right - left, 1), "line")
            canvas.text(left - 10, y_at(members), self._desk.words.number(members), "micro", "ink3", align="right")
        points = [QPointF(x_at(each.day), y_at(each.members)) for each in counts]
        self._paint_line(canvas, points, high, low)
        self._paint_moves(canvas, points, left, right)
        last = points[-1]
        canvas.text(last.x() + 13, last.y() - 1, self._desk.words.number(counts[-1].members), "h2")
        self._paint_days(canvas, first, span, left, right, low)

    def _paint_line(self, canvas: Canvas, points: Sequence[QPointF], high: float, low: float) -> None:
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        area = QPainterPath(path)
        area.lineTo(points[-1].x(), low)
        area.lineTo(points[0].x(), low)
        shade = QLinearGradient(0, high, 0, low)
        for at, alpha in ((0, 0.22), (1, 0.02)):
            color = QColor(canvas.theme.color("accent"))
            color.setAlphaF(alpha)
            shade.setColorAt(at, color)
        canvas.painter.fillPath(area, shade)
        pen = QPen(canvas.theme.color("accent"), 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        canvas.painter.strokePath(path, pen)

    def _paint_moves(self, canvas: Canvas, points: Sequence[QPointF], left: float, right: float) -> None:
        """A dot where something moved the number, and its words above the line or below it, where there is room."""
        end = points[-1]
        for each, point in zip(self._counts, points, strict=True):
            is_last = point is end
            if is_last or (each.moved_by and end.x() - point.x() > 2 * _DOT):
                canvas.painter.setPen(QPen(canvas.theme.color("sheet"), 2))
                canvas.painter.setBrush(canvas.theme.color("accent"))
                size = _DOT + 0.5 if is_last else _DOT
                canvas.painter.drawEllipse(point, size, size)
        for words, place in self.placed(points, left, right):
            canvas.text(place.left(), place.center().y(), words, "small", "ink2")

    def placed(self, points: Sequence[QPointF], left: float, right: float) -> list[tuple[str, QRectF]]:
        """What moved the number, each where neither the line nor other words run through it, as far as there is room.

        What has no room is still told to who listens.
        """
        found: list[tuple[str, QRectF]] = []
        for each, point in zip(self._counts, points, strict=True):
            wide = self.theme.width("small", each.moved_by)
            if each.moved_by and wide < right - left:
                begin = max(left, min(point.x() - wide / 2, right - wide - 10))
                place = self._place(points, QRectF(begin, 0, wide, self.theme.px(16)), [rect for _, rect in found])
                if place is not None:
                    found.append((each.moved_by, place))
        return found

    def _place(self, points: Sequence[QPointF], words: QRectF, taken: Sequence[QRectF]) -> QRectF | None:
        """Above the line or below it, whatever is free; None for neither."""
        px = self.theme.px
        over = [_height_on(points, x) for x in (words.left(), words.right())]
        over += [point.y() for point in points if words.left() <= point.x() <= words.right()]
        above, below = min(over) - px(9) - words.height(), max(over) + px(8)
        floor = px(self._HIGH) - px(28) - words.height()
        for top, fits in ((above, above >= -px(2)), (below, below <= floor)):
            place = QRectF(words.left(), top, words.width(), words.height())
            if fits and not any(place.adjusted(-12, 0, 12, 0).intersects(each) for each in taken):
                return place
        return None

    def _paint_days(self, canvas: Canvas, first: date, span: int, left: float, right: float, low: float) -> None:
        """Days below the line, as many as there is room for; the first begins where the line does."""
        middle, theme = low + canvas.px(17), canvas.theme
        for steps in range(max(1, min(8, span)), 0, -1):
            days = self._days(first, span, steps)
            wides = [theme.width("micro", day) for day in days]
            step = (right - left) / steps
            begins = [left + step * place - (wide / 2 if place else min(wide / 2, canvas.px(24)))
                      for place, wide in enumerate(wides)]  # fmt: skip
            ends = [begin + wide + 10 for begin, wide in zip(begins, wides, strict=True)]
            if steps == 1 or all(end <= begin for end, begin in zip(ends, begins[1:], strict=False)):
                for begin, day in zip(begins, days, strict=True):
                    canvas.text(begin, middle, day, "micro", "ink3")
                return

    def _days(self, first: date, span: int, steps: int) -> list[str]:
        """The days of so many steps, each with its month where that is another one than before."""
        shown, month = [], 0
        for number in range(steps):
            day = first + timedelta(days=round(span * number / steps))
            named = self._desk.words.short_day(day.isoformat(), self._desk.today)
            shown.append(str(day.day) if day.month == month else named)
            month = day.month
        return shown


def _height_on(points: Sequence[QPointF], x: float) -> float:
    """How high the line lies at a place; at its ends beyond them."""
    for before, after in pairwise(points):
        if before.x() <= x <= after.x() and after.x() > before.x():
            return before.y() + (after.y() - before.y()) * (x - before.x()) / (after.x() - before.x())
    return points[0].y() if x < points[0].x() else points[-1].y()


class Month(Block):
    """A month: today in a ring, the next session filled, those that were with a dot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._first = desk.today.replace(day=1)
        self._past: frozenset[str] = frozenset()
        self._coming: frozenset[str] = frozenset()

    def set_days(self, first: date, past: frozenset[str], coming: frozenset[str]) -> None:
        """Show a month, with days on which the club met and on which it will."""
        self._first, self._past, self._coming = first, past, coming
        words = self._desk.words
        told = [words.day(day) for day in sorted(past | coming) if day.startswith(first.isoformat()[:7])]
        self.setAccessibleName(", ".join([words.month_and_year(first), *told]))
        self.refresh()

    def height_at(self, width: float) -> float:
        del width
        return self.theme.px(20 + 27 * self._weeks() + 8)

    def _weeks(self) -> int:
        return -(-(self._first.weekday() + self._days()) // 7)

    def _days(self) -> int:
        after = (self._first + timedelta(days=31)).replace(day=1)
        return (after - self._first).days

    def paint_on(self, canvas: Canvas, width: float) -> None:
        step, px = width / 7, canvas.px
        monday = date(2026, 11, 23)
        for place in range(7):
            name = self._desk.words.day_name(monday + timedelta(days=place))[:1]
            canvas.text(place * step + step / 2, px(8), name, "micro", "ink3", align="centre")
        for number in range(self._days()):
            day = self._first + timedelta(days=number)
            week, place = divmod(self._first.weekday() + number, 7)
            self._paint_day(canvas, day, place * step + step / 2, px(32) + week * px(27), is_weekend=place > 4)

    def _paint_day(self, canvas: Canvas, day: date, x: float, y: float, *, is_weekend: bool) -> None:
        text, ring = str(day.day), canvas.px(26)
        place = QRectF(x - ring / 2, y - ring / 2, ring, ring)
        if day.isoformat() in self._coming:
            canvas.rounded(place, ring / 2, "accent")
            canvas.text(x, y, text, "smalls", "on_accent", align="centre")
        elif day == self._desk.today:
            canvas.rounded(place, ring / 2, None, "accent")
            canvas.text(x, y, text, "smallm", "accent", align="centre")
        else:
            canvas.text(x, y, text, "small", "ink3" if is_weekend else "ink2", align="centre")
        if day.isoformat() in self._past:
            canvas.painter.setPen(Qt.PenStyle.NoPen)
            canvas.painter.setBrush(canvas.theme.color("good"))
            canvas.painter.drawEllipse(QPointF(x, y + canvas.px(11)), 2.2, 2.2)


def _round_up(number: int) -> int:
    """A number at the top of a scale: even, and not much larger."""
    for step in (4, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 50_000, 100_000):
        if number <= step:
            return step
    return -(-number // 100_000) * 100_000
