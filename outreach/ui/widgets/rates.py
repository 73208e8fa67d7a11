"""Rates as a chart, and as a table for whoever would rather read them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from outreach.ui.desk import Desk
from outreach.ui.table.columns import Column, plain
from outreach.ui.table.model import RowModel
from outreach.ui.table.view import TableView
from outreach.ui.widgets.charts import RateChart, RateRow
from outreach.ui.widgets.tabled import Tabled

_ROW, _HEAD = 32, 32


class RateView(Tabled):
    """A chart of rates, and as a table, which has all of them.

    Signals:
        opened: The list behind a rate is wanted: its name.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        chart = RateChart(desk.theme, desk.words)
        super().__init__(desk.theme, chart)
        self.chart = chart
        self._desk = desk
        self.model = RowModel(self._columns(), lambda _: {}, self.chart.said, self)
        self._rows: Sequence[RateRow] = ()
        self.chart.opened.connect(self.opened)

    def make_table(self) -> TableView:
        made = TableView(self._desk.theme, self.model, _ROW, inset=0)
        made.opened.connect(lambda row: self.opened.emit(self._rows[row].behind))
        return made

    def height_of_table(self) -> int:
        return _HEAD + self.model.rowCount() * self._desk.theme.px(_ROW)

    def set_rows(self, name: str, rows: Sequence[RateRow], most: int | None = None) -> None:
        """Show other rates, of groups of a kind; in the chart so many at most."""
        self._rows = rows
        self.chart.set_rows(rows[:most], name)
        self.model.show(dict(enumerate(rows)))
        self.call_it(name)

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
