"""Parts of the review: sales over time, titles, numbers that stand apart, people to thank."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach.fields.numbers import from_minor
from outreach.services.report.axes import months, round_values, share_of_time
from outreach.services.review.value import ItemLine, SalesLine, SalesPoint, Thanks
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge
from outreach.ui.paint.covers import cloth_of, cover
from outreach.ui.paint.marks import avatar
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, column, line
from outreach.ui.widgets.club import PaintedButton
from outreach.ui.widgets.flow import Block, TextLines
from outreach.ui.widgets.tabled import Tabled
from outreach.wording.report import thanked
from outreach.wording.review import Apart, amounts_text

_HIGH, _LEFT, _FOOT, _LEGEND = 236, 44, 26, 26
_ROW, _HEAD = 40, 32
#: A curve is drawn in pieces of so many weeks: three years of them at once take Qt ten times as long, where they cross.
_PIECE = 8
#: So many curves can be told apart, and so many titles stand on the page until all are wanted.
_MOST_LINES, MOST_TITLES = 4, 6


class SalesChart(Block):
    """What codes sold of each title, week for week, as curves in the titles' cloth, below heading and legend."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._words = desk.words
        self._heading = desk.say("Sales by code")
        self._lines: Sequence[SalesLine] = ()

    def set_lines(self, lines: Sequence[SalesLine], name: str) -> None:
        """Show other titles, all in one currency."""
        self._lines = lines[:_MOST_LINES]
        told = [f"{each.title}: {self.sum_of(each)}" for each in self._lines]
        self.setAccessibleName("; ".join([name, *told]))
        self.refresh()

    def sum_of(self, each: SalesLine) -> str:
        """What a title sold in all."""
        if not each.currency:
            return self._words.say("review.copies", copies=sum(point.copies for point in each.points))
        return self._words.money(sum(point.minor for point in each.points), each.currency)

    def _legend(self, width: float) -> list[tuple[float, int]]:
        """Where each title stands above the chart, and in which line."""
        places, x, row = [], self.theme.width("h3", self._heading) + 24, 0
        for each in self._lines:
            wide = self.theme.width("title", each.title) + 22
            if x and x + wide > width:
                x, row = 0.0, row + 1
            places.append((x, row))
            x += wide + 18
        return places

    def _above(self, width: float) -> float:
        return self.theme.px(_LEGEND) * (max((row for _, row in self._legend(width)), default=0) + 1) + 6

    def height_at(self, width: float) -> float:
        return self._above(width) + self.theme.px(_HIGH) if self._lines else self.theme.px(64)

    @staticmethod
    def _size(line_: SalesLine, point: SalesPoint) -> Decimal:
        return from_minor(point.minor, line_.currency) if line_.currency else Decimal(point.copies)

    def paint_on(self, canvas: Canvas, width: float) -> None:
        px = canvas.px
        canvas.text(0, px(10), self._heading, "h3")
        if not self._lines:
            canvas.text(0, px(40), self._words.tr("What codes and links sell stands here, week for week."), "small",
                        "ink3", width=width)  # fmt: skip
            return
        currency = self._lines[0].currency
        sizes = [self._size(each, point) for each in self._lines for point in each.points]
        ticks = round_values(max(sizes))
        days = [date.fromisoformat(point.week) for each in self._lines for point in each.points]
        first, last, above = min(days), max(days), self._above(width)
        low, left, right = above + px(_HIGH - _FOOT), float(px(_LEFT)), width - 10

        def x_at(day: date) -> float:
            return left + (right - left) * share_of_time(day, first, last)

        def y_at(size: Decimal) -> float:
            return low - (low - above - 8) * float(max(Decimal(0), size) / ticks[-1])

        for tick in ticks:
            y = round(y_at(tick))
            canvas.fill(QRectF(left, y, right - left, 1), "line")
            shown = self._words.amount(tick, currency) if currency and tick else self._words.number(int(tick))
            canvas.text(left - 8, y, shown, "micro", "ink3", align="right")
        for day in months(days):
            canvas.text(x_at(max(day, first)), low + px(15), self._words.month_name(day), "micro", "ink3",
                        align="centre")  # fmt: skip
        for each, (x, row) in zip(self._lines, self._legend(width), strict=True):
            color = self.theme.cloth(cloth_of(self.theme, each.item_id))
            middle = px(_LEGEND) * row + px(10)
            canvas.rounded(QRectF(x, middle - 2, 13, 4), 2, color)
            canvas.text(x + 20, middle, each.title, "title", "ink2", width=width - x - 20)
            points = [QPointF(x_at(date.fromisoformat(point.week)), y_at(self._size(each, point)))
                      for point in each.points]  # fmt: skip
            pen = QPen(color, 2)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            canvas.painter.setPen(pen)
            for start in range(0, len(points) - 1, _PIECE):
                canvas.painter.drawPolyline(points[start : start + _PIECE + 1])
            canvas.painter.setPen(QPen(self.theme.color("sheet"), 2))
            canvas.painter.setBrush(color)
            canvas.painter.drawEllipse(points[-1], 5, 5)


class SalesView(Tabled):
    """Sales over time as a chart, and as a table with every week of every title."""

    def __init__(self, desk: Desk) -> None:
        chart = SalesChart(desk)
        super().__init__(desk.theme, chart)
        self.chart = chart
        self._desk = desk
        self.model = RowModel(self._columns(), lambda _: {}, self._spoken, self)

    def make_table(self) -> TableView:
        return TableView(self._desk.theme, self.model, 32, inset=0)

    def height_of_table(self) -> int:
        rows = min(10, self.model.rowCount())
        return self._desk.theme.px(_HEAD) + rows * self._desk.theme.px(32) + 2

    def set_lines(self, name: str, lines: Sequence[SalesLine], currency: str) -> None:
        """Show other sales; the chart has those in one currency, the table all."""
        mine = [each for each in lines if each.currency == currency] or [each for each in lines if not each.currency]
        self.chart.set_lines(mine, name)
        rows = [(each, point) for each in lines for point in each.points if point.copies or point.minor]
        rows.sort(key=lambda row: (row[1].week, row[0].title), reverse=True)
        self.model.show(dict(enumerate(rows)))
        self.call_it(name)

    def _amount(self, row: tuple[SalesLine, SalesPoint]) -> str:
        return self._desk.words.money(row[1].minor, row[0].currency) if row[0].currency else ""

    def _spoken(self, row: tuple[SalesLine, SalesPoint]) -> str:
        words = self._desk.words
        told = (words.day(row[1].week), row[0].title, words.say("review.copies", copies=row[1].copies))
        return ", ".join(filter(None, (*told, self._amount(row))))

    def _columns(self) -> Sequence[Column]:
        say, words, px = self._desk.say, self._desk.words, self._desk.theme.px

        def week(row: tuple[SalesLine, SalesPoint]) -> str:
            return words.day(row[1].week)

        def copies(row: tuple[SalesLine, SalesPoint]) -> str:
            return words.number(row[1].copies)

        def title(row: tuple[SalesLine, SalesPoint]) -> str:
            return row[0].title

        return [
            Column("title", say("Title"), 0, plain(title, "title"), title),
            Column("week", say("Week from"), px(104), plain(week), week),
            Column("copies", say("Copies"), px(72), plain(copies, "num", right=True), copies, right=True),
            Column("amount", say("Paid"), px(96), plain(self._amount, "num", right=True), self._amount, right=True),
        ]


class TitlesView(QWidget):
    """What became of each title's gifts; Enter or a double click opens the list behind it.

    Signals:
        opened: The list behind a title is wanted: its name.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: Sequence[ItemLine] = ()
        self.model = RowModel(self._columns(), lambda _: {}, self._spoken, self)
        self.table = TableView(desk.theme, self.model, _ROW, inset=0, folds=False)
        self.table.setAccessibleName(desk.say("By title"))
        self.table.opened.connect(lambda item: self.opened.emit(f"title:{item}"))
        self._all = Button(desk.theme, "", "link", height=26)
        self._all.clicked.connect(lambda: self._show(whole=True))
        self.setLayout(column(self.table, line(self._all, None)))
        desk.theme.changed.connect(self._measure)

    def set_lines(self, lines: Sequence[ItemLine]) -> None:
        """Show other titles."""
        self._lines = lines
        self._show(whole=False)

    def _show(self, *, whole: bool) -> None:
        shown = self._lines if whole else self._lines[:MOST_TITLES]
        rows = {each.item_id: each for each in shown}
        self.model.show(rows)
        count = len(self._lines)
        self._all.set_label(self._desk.words.trn("All {number} title", "All {number} titles", count))
        self._all.setVisible(len(shown) < count)
        self._measure()

    def _measure(self) -> None:
        px = self._desk.theme.px
        self.table.setFixedHeight(px(_HEAD) + self.model.rowCount() * px(_ROW) + 2)

    def _spoken(self, each: ItemLine) -> str:
        words = self._desk.words
        counts = [f"{words.say(f'review.col_{name}')} {words.number(getattr(each, name))}"
                  for name in ("posted", "quiet", "reading")]  # fmt: skip
        return ", ".join(filter(None, (each.title, words.count("gifts", each.gifts), *counts,
                                       amounts_text(words, each.sales))))  # fmt: skip

    def _columns(self) -> Sequence[Column]:
        words, theme = self._desk.words, self._desk.theme

        def paint_title(canvas: Canvas, rect: QRectF, each: ItemLine) -> None:
            wide = canvas.px(16)
            cover(canvas, rect.left(), rect.center().y() - wide * 0.75, wide, each.item_id, "")
            canvas.text(rect.left() + wide + 12, rect.center().y(), each.title, "title", width=rect.width() - wide - 18)

        def label(name: str) -> str:
            return words.say(f"review.col_{name}")

        def wide_enough(name: str, wide: int) -> int:
            return max(wide, round(theme.width("smallm", label(name)) / theme.scale) + 20)

        def number(name: str, role: str, color: str) -> Column:
            def text(each: ItemLine) -> str:
                return words.number(getattr(each, name))

            return Column(name, label(name), wide_enough(name, 60), plain(text, role, color, right=True), text,
                          right=True)  # fmt: skip

        def money(name: str, wide: int) -> Column:
            def text(each: ItemLine) -> str:
                return amounts_text(words, getattr(each, name))

            return Column(name, label(name), wide_enough(name, wide), plain(text, "num", right=True), text,
                          right=True)  # fmt: skip

        title = Column("title", words.say("review.col_title"), 0, paint_title, lambda each: str(each.title))
        return [title, number("gifts", "num", "ink"), number("posted", "strong", "good"),
                number("quiet", "num", "quiet"), number("reading", "num", "ink2"), money("sales", 82),
                money("per_post", 70)]  # fmt: skip


class ApartView(QWidget):
    """Numbers that are never added to one another; Enter or a double click opens the list behind one.

    Signals:
        opened: The list behind a number is wanted: its name.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._rows: Sequence[Apart] = ()
        self.model = RowModel(
            [Column("name", desk.say("What"), 0, plain(lambda row: row.name), lambda row: str(row.name)),
             Column("text", desk.say("How much"), 186, plain(lambda row: row.text, "num", "ink2"),
                    lambda row: str(row.text))],
            lambda _: {}, lambda row: f"{row.name}: {row.text}", self,
        )  # fmt: skip
        self.table = TableView(desk.theme, self.model, 32, inset=0, folds=False, headings=False)
        self.table.setAccessibleName(name)
        self.table.opened.connect(lambda row: self.opened.emit(self._rows[row].behind))
        self.setLayout(column(self.table))
        desk.theme.changed.connect(self._measure)

    def set_rows(self, rows: Sequence[Apart]) -> None:
        """Show other numbers."""
        self._rows = rows
        self.model.show(dict(enumerate(rows)))
        self._measure()

    def _measure(self) -> None:
        px = self._desk.theme.px
        self.table.setFixedHeight(self.model.rowCount() * px(32) + 2)


class PersonButton(PaintedButton):
    """Someone to thank, and for what; a click opens her page."""

    def __init__(self, theme: Theme, each: Thanks, below: str, act: Callable[[], None]) -> None:
        super().__init__(theme, f"{each.name}, {below}", act)
        self._each, self._below = each, below
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _lines(self, width: float) -> TextLines:
        return TextLines(self.theme, self._below, "small", max(60.0, width - self.theme.px(30) - 20), 2)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self.theme.px(24) + self._lines(width).height)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(220), self.heightForWidth(self.theme.px(220)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(150), self.theme.px(42))

    def paint_on(self, canvas: Canvas, width: float, height: float) -> None:
        middle, each = height / 2, self._each
        size = canvas.px(30)
        avatar(
            canvas, 4, middle - size / 2, size, each.name, badge("off_social" if each.is_off_social else "", each.role)
        )
        lines = self._lines(width)
        left = size + 16
        canvas.text(left, middle - lines.height / 2, each.name, "medium", width=width - left - 4)
        lines.paint(canvas, left, middle - lines.height / 2 + canvas.px(10), "ink3")


class ThankRow(QWidget):
    """Someone to thank, with the button that drafts the letter."""

    def __init__(self, desk: Desk, each: Thanks, thank: Callable[[], None]) -> None:
        super().__init__()
        say = desk.say
        button = Button(desk.theme, say("Thank"), "default", height=28)
        button.setAccessibleName(say("Thank {name}", name=each.name))
        button.clicked.connect(lambda: thank())
        opens = PersonButton(desk.theme, each, thanked(desk.words, each), lambda: desk.go("people", each.person_id))
        self.setLayout(line(opens, button))
