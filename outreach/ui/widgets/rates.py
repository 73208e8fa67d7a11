"""Rates as a chart, and as a table for whoever would rather read them."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.basics import column
from outreach.ui.widgets.charts import RateChart, RateRow

_ROW, _HEAD = 32, 32


class RateView(QWidget):
    """A chart of rates, and the same as a table in its place, which has all of them.

    Signals:
        opened: The list behind a rate is wanted: its name.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.chart = RateChart(desk.theme, desk.words)
        self.model = RowModel(self._columns(), lambda _: {}, self.chart.said, self)
        self._name = ""
        self._rows: Sequence[RateRow] = ()
        self.chart.opened.connect(self.opened)
        self._column = column(self.chart)
        self.setLayout(self._column)
        desk.theme.changed.connect(self._measure)

    @cached_property
    def table(self) -> TableView:
        """The table, made when it is first wanted: most who look at a page never ask for its tables."""
        table = TableView(self._desk.theme, self.model, _ROW, inset=0)
        table.hide()
        table.opened.connect(lambda row: self.opened.emit(self._rows[row].behind))
        table.setAccessibleName(self._name)
        self._column.addWidget(table)
        self._fit(table)
        return table

    def set_rows(self, name: str, rows: Sequence[RateRow], most: int | None = None) -> None:
        """Show other rates, of groups of a kind; in the chart so many at most."""
        self._rows, self._name = rows, name
        self.chart.set_rows(rows[:most], name)
        if self._has_table:
            self.table.setAccessibleName(name)
        self.model.show(dict(enumerate(rows)))
        self._measure()

    def show_table(self, *, on: bool) -> None:
        """Show the table, or the chart."""
        if on or self._has_table:
            self.table.setVisible(on)
        self.chart.setVisible(not on)

    @property
    def _has_table(self) -> bool:
        return "table" in self.__dict__

    def _measure(self) -> None:
        if self._has_table:
            self._fit(self.table)

    def _fit(self, table: TableView) -> None:
        table.setFixedHeight(_HEAD + self.model.rowCount() * self._desk.theme.px(_ROW))

    def _columns(self) -> Sequence[Column]:
        say, words, px = self._desk.say, self._desk.words, self._desk.theme.px

        def posted(row: RateRow) -> str:
            return say("{part} of {whole}", part=row.rate.part, whole=row.rate.whole)

        def share(row: RateRow) -> str:
            return words.say("review.too_few") if row.rate.share is None else words.share(row.rate.share)

        def likely(row: RateRow) -> str:
            if row.rate.low is None or row.rate.high is None:
                return ""
            return say("{low} to {high}", low=words.share(row.rate.low), high=words.share(row.rate.high))

        return [
            Column("name", say("Group"), 0, plain(lambda row: row.name), lambda row: str(row.name)),
            Column("posted", say("Posted"), px(84), plain(posted, "num", right=True), posted, right=True),
            Column("share", say("Share"), px(112), plain(share, "num", right=True), share, right=True),
            Column("likely", say("Likely"), px(104), plain(likely, "num", right=True), likely, right=True),
        ]
