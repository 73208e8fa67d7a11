"""A report as a workbook: a sheet a block, numbers, money and days as such, charts that spreadsheets draw."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from outreach.errors import KnownError
from outreach.fields.numbers import from_minor
from outreach.jobs import Job
from outreach.services.report.blocks import Block, Cell, Column, Figure, Kind, Rates, Report, Table
from outreach.services.report.style import CURVES, INK
from outreach.store.files import replacing

#: What XML cannot hold at all (XML 1.0, section 2.2), and what a sheet's name may not (Excel specifications).
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME, _LONGEST_CELL = 31, 32_767
#: Letters across: as many as the longest cell has, within these.
_NARROW, _WIDE = 10, 60
_PICTURE_ROWS = 18
#: Where the ends of likely ranges stand, counted from the share, as error bars ask for them.
_HIDDEN = 30


def write_workbook(path: Path, report: Report, job: Job | None = None) -> None:
    """Write a report as an Excel workbook, whole or not at all.

    Args:
        path: Where.
        report: What is written.
        job: Told of each sheet; its cancelling ends the writing.

    Raises:
        KnownError: ``files.not_written``.
        Cancelled: when the job was stopped; no file is left.
    """
    import xlsxwriter

    try:
        with replacing(path) as made:
            book = xlsxwriter.Workbook(str(made), {"strings_to_formulas": False, "strings_to_urls": False,
                                                   "strings_to_numbers": False})  # fmt: skip
            try:
                book.set_properties({"title": _clean(f"{report.title}: {report.scope}"), "comments": report.made})
                writer = _Writer(book)
                writer.first(report)
                for number, block in enumerate(report.blocks):
                    if job is not None:
                        job.report(number + 1, total=len(report.blocks) + 1)
                    writer.block(block)
            finally:
                book.close()
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error


class _Writer:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._names: set[str] = set()
        self._formats: dict[tuple[Kind, str, str], Any] = {}
        self._title = book.add_format({"bold": True, "font_size": 16, "font_color": INK["ink"]})
        self._lead = book.add_format({"bold": True, "font_size": 12})
        self._soft = book.add_format({"font_color": INK["ink3"]})
        head = {"bold": True, "bottom": 1}
        self._head = book.add_format(head)
        self._figure_head = book.add_format({**head, "align": "right"})

    def first(self, report: Report) -> None:
        """The sheet that says what this is."""
        sheet = self._sheet(report.title)
        for row, (text, how) in enumerate(
            (
                (report.title, self._title),
                (report.scope, self._soft),
                (report.lead, self._lead),
                (report.made, self._soft),
            )
        ):
            sheet.write_string(row, 0, _clean(text), how)
        sheet.set_column(0, 0, _WIDE)

    def block(self, block: Block) -> None:
        """The sheet of one block: its title, its table, its chart, what is said beside it."""
        sheet = self._sheet(block.title)
        sheet.write_string(0, 0, _clean(block.title), self._title)
        if block.beside:
            sheet.write_string(1, 0, _clean(block.beside), self._soft)
        table, row = block.table, 2
        if block.figures:
            row = self._figures(sheet, block.figures, row)
        if table is not None:
            self._table(sheet, table, row)
            if block.chart is not None and table.rows:
                self._chart(sheet, block, table, row)
            row += len(table.rows) + 2
        for line in block.lines:
            sheet.write_string(row, 0, _clean(line))
            row += 1
        for picture in block.pictures:
            sheet.write_string(row, 0, _clean(picture.caption), self._soft)
            sheet.insert_image(row + 1, 0, str(picture.file), {"x_scale": 0.4, "y_scale": 0.4,
                               "description": _clean(picture.caption)})  # fmt: skip
            row += _PICTURE_ROWS
        if table is None:
            sheet.set_column(0, 0, _WIDE)

    def _sheet(self, title: str) -> Any:
        name = base = _NO_NAME.sub(" ", _clean(title)).strip()[:_LONGEST_NAME] or "Sheet"
        number = 1
        while name.casefold() in self._names:
            number += 1
            name = f"{base[: _LONGEST_NAME - 1 - len(str(number))]} {number}"
        self._names.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _figures(self, sheet: Any, figures: Sequence[Figure], row: int) -> int:
        for figure in figures:
            sheet.write_string(row, 0, _clean(figure.name))
            self._cell(sheet, row, 1, figure.cell)
            sheet.write_string(row, 2, _clean(figure.below), self._soft)
            row += 1
        for column, width in enumerate((30, 16, 50)):
            sheet.set_column(column, column, width)
        return row + 1

    def _table(self, sheet: Any, table: Table, top: int) -> None:
        for number, column in enumerate(table.columns):
            sheet.write_string(top, number, _clean(column.name), self._figure_head if column.is_figure else self._head)
            sheet.set_column(number, number, _width(column, [row[number] for row in table.rows]))
        for at, row in enumerate(table.rows, start=top + 1):
            for number, cell in enumerate(row):
                self._cell(sheet, at, number, cell)
        sheet.freeze_panes(top + 1, 1)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        value, how = cell.value, self._format(cell)
        if value is None or cell.kind is Kind.TEXT:
            if cell.text:
                sheet.write_string(row, column, _clean(cell.text), how)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, how)
        else:
            sheet.write_number(row, column, value, how)

    def _format(self, cell: Cell) -> Any:
        key = (cell.kind, cell.currency, cell.tone)
        if key not in self._formats:
            shown: dict[str, Any] = {"font_color": INK[cell.tone]} if cell.tone else {}
            number = _NUMBERS.get(cell.kind)
            if cell.kind is Kind.MONEY:
                places = -int(from_minor(1, cell.currency).as_tuple().exponent)
                number = f'#,##0{"." + "0" * places if places else ""} "{cell.currency}"'
            self._formats[key] = self._book.add_format({**shown, **({"num_format": number} if number else {})})
        return self._formats[key]

    def _chart(self, sheet: Any, block: Block, table: Table, top: int) -> None:
        chart = block.chart
        made = self._bars(sheet, chart, top) if isinstance(chart, Rates) else self._curves(sheet, table, top)
        made.set_title({"name": _clean(block.title), "name_font": {"size": 12}})
        rows = len(table.rows)
        height = max(240, 80 + 28 * rows) if isinstance(chart, Rates) else 320
        made.set_size({"width": 640, "height": min(height, 1400)})
        sheet.insert_chart(top, len(table.columns) + 1, made, {"description": _clean(block.title)})

    def _bars(self, sheet: Any, chart: Rates, top: int) -> Any:
        """Shares as bars; how sure one can be as their error bars."""
        first, last = top + 1, top + len(chart.bars)
        for row, bar in enumerate(chart.bars, start=first):
            if bar.middle is not None and bar.low is not None and bar.high is not None:
                sheet.write_number(row, _HIDDEN, bar.high - bar.middle)
                sheet.write_number(row, _HIDDEN + 1, bar.middle - bar.low)
        sheet.set_column(_HIDDEN, _HIDDEN + 1, None, None, {"hidden": True})
        made = self._book.add_chart({"type": "bar"})
        made.add_series({
            "name": sheet.name, "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, 3, last, 3], "fill": {"color": INK["band"]}, "gap": 60,
            "y_error_bars": {"type": "custom", "plus_values": _range(sheet.name, first, last, _HIDDEN),
                             "minus_values": _range(sheet.name, first, last, _HIDDEN + 1),
                             "line": {"color": INK["good"], "width": 1.5}},
        })  # fmt: skip
        made.show_hidden_data()
        made.set_y_axis({"reverse": True})
        made.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": True}})
        made.set_legend({"none": True})
        return made

    def _curves(self, sheet: Any, table: Table, top: int) -> Any:
        """Each column of figures as a curve over the days of the first."""
        made = self._book.add_chart({"type": "line"})
        first, last = top + 1, top + len(table.rows)
        for number in range(1, len(table.columns)):
            made.add_series({
                "name": [sheet.name, top, number], "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, number, last, number],
                "line": {"color": CURVES[(number - 1) % len(CURVES)], "width": 2},
            })  # fmt: skip
        made.set_x_axis({"date_axis": True, "num_format": "d mmm yyyy"})
        made.set_legend({"position": "top"})
        made.show_blanks_as("gap")
        return made


_NUMBERS = {Kind.NUMBER: "#,##0", Kind.SHARE: "0%", Kind.DAY: "yyyy-mm-dd"}


def _range(sheet: str, first: int, last: int, column: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    return f"='{sheet}'!{xl_range_abs(first, column, last, column)}"


def _width(column: Column, cells: Sequence[Cell]) -> int:
    longest = max((len(cell.text) for cell in cells), default=0)
    return max(_NARROW, min(_WIDE, max(longest, len(column.name)) + 2))


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)[:_LONGEST_CELL]
