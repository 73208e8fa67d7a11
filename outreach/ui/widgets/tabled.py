"""A chart that can be read as a table."""

from functools import cached_property

from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import column


class Tabled(QWidget):
    """A chart, and the same as a table in its place, which is made when it is first wanted.

    Attributes:
        is_table: Whether the table is shown.
    """

    def __init__(self, theme: Theme, chart: QWidget) -> None:
        super().__init__()
        self.is_table = False
        self._chart, self._name = chart, ""
        self._layout: QVBoxLayout = column(chart)
        self.setLayout(self._layout)
        theme.changed.connect(self.measure)

    def make_table(self) -> TableView:
        """The table, whose rows are those of the chart and more."""
        raise NotImplementedError

    def height_of_table(self) -> int:
        """How high the table is, in pixels."""
        raise NotImplementedError

    @cached_property
    def table(self) -> TableView:
        """The table."""
        made = self.make_table()
        made.setAccessibleName(self._name)
        made.setFixedHeight(self.height_of_table())
        made.hide()
        self._layout.addWidget(made)
        return made

    def call_it(self, name: str) -> None:
        """What the table is of; its rows are others now."""
        self._name = name
        if "table" in vars(self):
            self.table.setAccessibleName(name)
        self.measure()

    def show_table(self, *, on: bool) -> None:
        """Show the table, or the chart."""
        if on != self.is_table:
            self.is_table = on
            self.table.setVisible(on)
            self._chart.setVisible(not on)

    def measure(self) -> None:
        """The table is as high as its rows need."""
        if "table" in vars(self):
            self.table.setFixedHeight(self.height_of_table())
