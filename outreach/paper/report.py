"""A report on paper, and its files: what the page shows, set for A4 or US Letter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.paper.charts import lines_height, paint_lines, paint_rates, rates_height
from outreach.paper.pages import Painted, Told, write_pdf
from outreach.paper.painting import painting_app
from outreach.paper.pen import Pen
from outreach.paper.setting import MM
from outreach.services.report.blocks import Block, Cell, Column, Figure, Picture, RateBar, Rates, Report, Table
from outreach.services.report.page import write_page
from outreach.services.report.table import write_table
from outreach.services.report.workbook import write_workbook
from outreach.services.shipments.labels import PAGES

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

#: The endings that a report can have.
ENDINGS = (".pdf", ".xlsx", ".html", ".htm", ".csv")

_MARGIN_MM, _FOOT_MM, _BETWEEN_MM, _PAD_MM, _GUTTER_MM = 16.0, 10.0, 6.0, 1.1, 9.0
#: The letters of large numbers, the largest first.
_LARGE = ("stat", "title", "lead")
_BEFORE_LINES_MM = 1.5
_COLORS = {"small": "ink3", "body": "ink2"}
#: Letters set again on their own may be a hair wider.
_SLACK_MM = 0.4
_FIGURES_BESIDE, _PICTURES_BESIDE = 4, 3
_PICTURE_MM = 74.0
#: A part of no more than so many rows and columns may stand beside another.
_HALF_ROWS, _HALF_COLUMNS = 14, 3
#: Two parts stand beside one another where they take no more of the page than this.
_HALF_SHARE = 0.8
#: A chart of so many rows is broken, and goes on with an axis of its own.
_MOST_BARS = 30


def write_report(path: Path, report: Report, page: str = "A4", job: Job | None = None) -> Painted | None:
    """Write a report in the format that the file's name asks for, whole or not at all.

    Args:
        path: Where, with one of `ENDINGS`.
        report: What is written.
        page: The paper of a PDF, by its name in ``PAGES``.
        job: Told of each page; its cancelling ends the writing, and no file is left.

    Returns:
        What should be looked at, of a PDF.

    Raises:
        KnownError: ``report.kind`` for another ending, ``files.not_written``, ``paper.missing_library``,
            ``paper.not_written``.
        Cancelled: when the job was stopped.
    """
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise KnownError("report.kind", file=path.name, known=", ".join(each for each in ENDINGS if each != ".htm"))
    if ending == ".pdf":
        return write_pdf(path, ReportPages(report, page), job)
    if ending == ".xlsx":
        write_workbook(path, report, job)
    elif ending == ".csv":
        write_table(path, report)
    else:
        write_page(path, report)
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    """Something that stands on one page.

    Attributes:
        is_kept: Whether it goes to the next page with what stands below it.
        head: What is repeated above it where it begins a page.
    """

    height: float
    paint: Callable[[float], None]
    is_kept: bool = False
    head: "_Row | None" = None


class ReportPages:
    """A report as pages that are painted into a PDF, on a printer, or for the screen.

    Attributes:
        page: The name of their size in ``PAGES``.
        count: How many there are.
        told: The letters that no font has, by page.
    """

    def __init__(self, report: Report, page: str = "A4") -> None:
        painting_app()
        self.page = page
        self.told = Told()
        self._report = report
        self._pen = Pen()
        width, height = PAGES[page]
        self._left, self._top = _MARGIN_MM * MM, _MARGIN_MM * MM
        self._width = (width - 2 * _MARGIN_MM) * MM
        self._height = (height - 2 * _MARGIN_MM - _FOOT_MM) * MM
        self._foot = (height - _MARGIN_MM) * MM
        self._pages = self._paginated(list(self._rows()))
        self.count = len(self._pages)

    def paint(self, painter: "QPainter", number: int) -> None:
        """Paint a page, from 0; the origin is the corner of the paper."""
        pen, report = self._pen, self._report
        pen.painter = painter
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        y = self._top
        for row in self._pages[number]:
            row.paint(y)
            y += row.height
        right = self._left + self._width
        page = report.page.format(page=number + 1, pages=self.count)
        room = self._width - pen.width("small", page) - 6 * MM
        pen.line("small", pen.short("small", f"{report.title}, {report.scope}. {report.made}", room), self._left,
                 self._foot, "ink3")  # fmt: skip
        pen.line("small", page, right, self._foot, "ink3", align="right")
        pen.painter = None
        self.told.lacks(number, pen.unreadable())

    def _paginated(self, rows: Sequence[_Row]) -> list[list[_Row]]:
        pages: list[list[_Row]] = [[]]
        left, settled = self._height, 0
        for number, row in enumerate(rows):
            # What goes with a row that was set already has its room.
            if number >= settled:
                head = row.head.height if row.head is not None else 0
                height, settled = _together(rows, number, self._height - head)
                if height > left and pages[-1]:
                    pages.append([row.head] if row.head is not None else [])
                    left = self._height - head
            pages[-1].append(row)
            left -= row.height
        return pages

    def _rows(self) -> Iterator[_Row]:
        report, x, width = self._report, self._left, self._width
        yield self._text("title", report.title, x, width, after=1)
        yield self._text("small", report.scope, x, width, after=3)
        yield self._text("lead", report.lead, x, width, after=5)
        waiting: Block | None = None
        for block in report.blocks:
            if waiting is None and _may_be_half(block):
                waiting = block
            elif waiting is not None and _may_be_half(block):
                yield from self._beside(waiting, block)
                waiting = None
            else:
                yield from self._block(waiting, x, width) if waiting is not None else ()
                waiting = None
                yield from self._block(block, x, width)
        if waiting is not None:
            yield from self._block(waiting, x, width)

    def _beside(self, one: Block, other: Block) -> Iterator[_Row]:
        """Two parts beside one another where both are short, else one below the other."""
        half = (self._width - _GUTTER_MM * MM) / 2
        right = self._left + half + _GUTTER_MM * MM
        sides = [list(self._block(one, self._left, half)), list(self._block(other, right, half))]
        heights = [sum(row.height for row in side) for side in sides]
        if max(heights) > self._height * _HALF_SHARE:
            yield from self._block(one, self._left, self._width)
            yield from self._block(other, self._left, self._width)
            return

        def paint(top: float) -> None:
            for side in sides:
                y = top
                for row in side:
                    row.paint(y)
                    y += row.height

        yield _Row(max(heights), paint)

    def _block(self, block: Block, x: float, width: float) -> Iterator[_Row]:
        if block.title and not block.figures:
            yield self._heading(block, x, width)
        if block.figures:
            yield from self._figures(block.figures, x, width)
        if block.chart is not None:
            yield from self._chart(block, x, width)
        elif block.table is not None and not block.told:
            yield from self._table(block.table, x, width)
        if block.table is not None and block.lines and not block.told:
            yield _Row(_BEFORE_LINES_MM * MM, _nothing)
        lines = (*block.told, *block.lines)
        for number, line in enumerate(lines):
            yield replace(self._text("body", line, x, width, after=1), is_kept=_is_first_of_more(number, lines))
        for number in range(0, len(block.pictures), _PICTURES_BESIDE):
            yield self._pictures(block.pictures[number : number + _PICTURES_BESIDE], x, width)
        yield _Row(_BETWEEN_MM * MM, _nothing)

    def _text(self, role: str, text: str, x: float, width: float, after: float = 0) -> _Row:
        pen = self._pen
        height = pen.height(role, text, width) + after * MM

        def paint(top: float) -> None:
            pen.lines(role, text, x, top, width, _COLORS.get(role, "ink"))

        return _Row(height, paint, is_kept=role == "heading")

    def _heading(self, block: Block, x: float, width: float) -> _Row:
        pen = self._pen
        wide = pen.width("heading", block.title) + 3 * MM
        if not block.beside or wide + pen.width("small", block.beside) > width:
            return self._text("heading", block.title, x, width, after=2)

        def paint(top: float) -> None:
            middle = top + pen.step("heading") / 2
            pen.line("heading", block.title, x, middle)
            pen.line("small", block.beside, x + wide, middle, "ink3")

        return _Row(pen.step("heading") + 2 * MM, paint, is_kept=True)

    def _figures(self, figures: Sequence[Figure], x: float, width: float) -> Iterator[_Row]:
        for number in range(0, len(figures), _FIGURES_BESIDE):
            yield self._figure_row(figures[number : number + _FIGURES_BESIDE], x, width)

    def _figure_row(self, figures: Sequence[Figure], x: float, width: float) -> _Row:
        pen, step = self._pen, width / len(figures)
        room = step - 6 * MM
        named = max(pen.height("small", each.name, room) for each in figures)
        below = max(pen.height("small", each.below, room) for each in figures)
        height = named + pen.step("stat") + below + 5 * MM

        def paint(top: float) -> None:
            pen.rule(x, top, width)
            pen.rule(x, top + height, width)
            for number, each in enumerate(figures):
                left = x + number * step + (3 * MM if number else 0)
                if number:
                    pen.rule(x + number * step, top + 2.5 * MM, 0.15 * MM, height - 5 * MM)
                y = pen.lines("small", each.name, left, top + 2.5 * MM, room, "ink2")
                # A long amount stands smaller, so that it stands whole.
                role = next((name for name in _LARGE if pen.width(name, each.cell.text) <= room), "body")
                pen.line(role, pen.short(role, each.cell.text, room), left, y + pen.step("stat") / 2)
                pen.lines("small", each.below, left, y + pen.step("stat"), room, "ink3")

        return _Row(height, paint)

    def _chart(self, block: Block, x: float, width: float) -> Iterator[_Row]:
        pen, chart = self._pen, block.chart
        if isinstance(chart, Rates):
            bars, few = _sorted_out(chart.bars)
            for number in range(0, len(bars), _MOST_BARS):
                part = Rates(bars[number : number + _MOST_BARS], chart.axis)
                yield _Row(rates_height(pen, part, width), _painting(paint_rates, pen, part, x, width))
            if few:
                yield self._text(
                    "small", f"{few[0].share}: " + ", ".join(f"{each.name} {each.of}" for each in few), x, width
                )
        elif chart is not None:
            yield _Row(lines_height(pen, chart, width), _painting(paint_lines, pen, chart, x, width))

    def _table(self, table: Table, x: float, width: float) -> Iterator[_Row]:
        places = self._places(table, x, width)
        heads = [Cell(each.name) for each in table.columns]
        head = self._line(heads, table.columns, places, "head")
        if any(each.name for each in table.columns):
            yield head
        for number, cells in enumerate(table.rows):
            row = self._line(cells, table.columns, places, "body")
            yield _Row(row.height, row.paint, _is_first_of_more(number, table.rows), head)

    def _places(self, table: Table, x: float, width: float) -> list[tuple[float, float]]:
        """Where columns begin, and how wide they are: figures as wide as they need, the others share what is left."""
        pen, gap = self._pen, 3 * MM
        needed = [
            max(pen.width("head", column.name), *(pen.width("body", row[at].text) for row in table.rows), 0)
            + gap
            + _SLACK_MM * MM
            for at, column in enumerate(table.columns)
        ]
        fixed = sum(wide for wide, column in zip(needed, table.columns, strict=True) if column.is_figure)
        free = sum(column.width for column in table.columns if not column.is_figure)
        if not free or fixed > width * 0.8:
            whole = sum(needed)
            widths = [wide * width / whole for wide in needed]
        else:
            left = width - fixed
            widths = [wide if column.is_figure else left * column.width / free
                      for wide, column in zip(needed, table.columns, strict=True)]  # fmt: skip
        starts = [x]
        for wide in widths:
            starts.append(starts[-1] + wide)
        return [(begin, end - begin) for begin, end in pairwise(starts)]

    def _line(
        self, cells: Sequence[Cell], columns: Sequence[Column], places: Sequence[tuple[float, float]], role: str
    ) -> _Row:
        pen, pad, gap = self._pen, _PAD_MM * MM, 3 * MM
        texts = [(cell, column.is_figure, begin, wide) for cell, column, (begin, wide) in
                 zip(cells, columns, places, strict=True)]  # fmt: skip
        height = max(pen.height(role, cell.text, wide - gap) for cell, _, _, wide in texts) + 2 * pad
        end = places[-1][0] + places[-1][1]

        def paint(top: float) -> None:
            for cell, is_figure, begin, wide in texts:
                color = "ink3" if role == "head" else cell.tone or "ink"
                if is_figure:
                    y = top + pad
                    for line in pen.broken(role, cell.text, wide - gap):
                        pen.line(role, line, begin + wide, y + pen.step(role) / 2, color, align="right")
                        y += pen.step(role)
                else:
                    pen.lines(role, cell.text, begin, top + pad, wide - gap, color)
            pen.rule(places[0][0], top + height, end - places[0][0], 0.15 * MM)

        return _Row(height, paint, is_kept=role == "head")

    def _pictures(self, pictures: Sequence[Picture], x: float, width: float) -> _Row:
        pen, step = self._pen, width / _PICTURES_BESIDE
        room = step - 5 * MM
        below = max(pen.height("small", each.caption, room) for each in pictures)

        def paint(top: float) -> None:
            for number, each in enumerate(pictures):
                bottom = _paint_picture(pen, each.file, x + number * step, top, room)
                pen.lines("small", each.caption, x + number * step, bottom + MM, room, "ink3")

        return _Row(_PICTURE_MM * MM + below + 4 * MM, paint)


def _paint_picture(pen: Pen, file: Path, x: float, y: float, width: float) -> float:
    """Paint a picture as large as its place allows; where it ends."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage

    assert pen.painter is not None
    image = QImage(str(file))
    if image.isNull():
        return y
    scale = min(width / image.width(), _PICTURE_MM * MM / image.height())
    place = QRectF(x, y, image.width() * scale, image.height() * scale)
    pen.painter.drawImage(place, image)
    return place.bottom()


def _painting(paint: Callable[..., None], pen: Pen, chart: Any, x: float, width: float) -> Callable[[float], None]:
    return lambda top: paint(pen, chart, x, top, width)


def _sorted_out(bars: Sequence[RateBar]) -> tuple[Sequence[RateBar], Sequence[RateBar]]:
    """The rows of a chart, and those of whom there are too few to say; a short chart keeps both."""
    few = [each for each in bars if each.middle is None]
    if len(bars) <= _HALF_ROWS or len(few) == len(bars):
        return bars, ()
    return [each for each in bars if each.middle is not None], few


def _may_be_half(block: Block) -> bool:
    if block.figures or block.pictures:
        return False
    if block.chart is not None:
        return isinstance(block.chart, Rates) and len(block.chart.bars) <= _HALF_ROWS
    table = block.table
    if block.told:
        return len(block.told) <= _HALF_ROWS
    return table is None or (len(table.columns) <= _HALF_COLUMNS and len(table.rows) <= _HALF_ROWS)


def _is_first_of_more(number: int, rows: Sequence[object]) -> bool:
    """Whether a row stands below its heading, so that the next one stands there too: one alone looks forgotten."""
    return number == 0 and len(rows) > 1


def _together(rows: Sequence[_Row], number: int, most: float) -> tuple[float, int]:
    """How high a row is with what must stand below it, as far as a page can hold that, and the row after them."""
    height = rows[number].height
    while rows[number].is_kept and number + 1 < len(rows) and height + rows[number + 1].height <= most:
        number += 1
        height += rows[number].height
    return height, number + 1


def _nothing(_top: float) -> None:
    """A gap."""
