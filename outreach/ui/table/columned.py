"""A view's columns: which are shown, how wide, in which order; and its rows as text of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QTableView, QWidget

from outreach.ui.table.columns import BEFORE_EDGE, Column
from outreach.ui.table.header import Header
from outreach.ui.table.listing import Listing
from outreach.ui.table.model import RowModel
from outreach.ui.theme import Theme

_LEAST = 60
#: Around the words of a heading.
_AROUND = 24


class ColumnedView(QTableView):
    """What a table knows of its columns, by their keys.

    Attributes:
        told: What a row says as text where that is more than the columns that are painted.
        least: So much a column that takes what is left has at least, in pixels of normal text size.

    Signals:
        columns_changed: Other columns are shown, or one has another width or place.
    """

    columns_changed = Signal()
    least = 120

    def __init__(self, theme: Theme, model: RowModel, inset: int, *, headings: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._rows = model
        self._theme = theme
        self._widths: dict[str, int] = {}
        self._is_fitting = False
        self.told: tuple[Column, ...] = ()
        self.setModel(model)
        self._inset = inset
        self._header = Header(theme, model, inset, self)
        self.setHorizontalHeader(self._header)
        # A header asks whether each column is selected whole, which walks every selected row: fifteen seconds for
        # a million. One of its own has nothing selected.
        self._header.setSelectionModel(QItemSelectionModel(model, self))
        self._header.setVisible(headings)
        self._header.sectionResized.connect(self._note_width)
        self._header.sectionMoved.connect(self._note_place)
        for number, column in enumerate(model.columns):
            self.setColumnHidden(number, column.optional)

    def listing(self, ids: Sequence[int] | None = None) -> Listing:
        """Rows as text, all of them or some: the columns that are shown, in their order."""
        wanted = self._rows.ids if ids is None else ids
        if self.told:
            return Listing(self.told, tuple(column.width or 320 for column in self.told), wanted, self._rows.fetch)
        order = sorted(range(len(self._rows.columns)), key=self._header.visualIndex)
        shown = [number for number in order if not self.isColumnHidden(number)]
        return Listing(
            tuple(self._rows.columns[number] for number in shown),
            tuple(self.columnWidth(number) for number in shown),
            wanted,
            self._rows.fetch,
        )

    def hidden_columns(self) -> list[str]:
        """The keys of the columns that are not shown."""
        return [column.key for number, column in enumerate(self._rows.columns) if self.isColumnHidden(number)]

    def show_column(self, key: str, *, on: bool) -> None:
        """Show a column, or hide it."""
        number = next(number for number, column in enumerate(self._rows.columns) if column.key == key)
        if self.isColumnHidden(number) == on:
            self.setColumnHidden(number, not on)
            self._fit_columns()
            self.columns_changed.emit()

    def column_order(self) -> list[str]:
        """The keys of all columns as they stand, from the left."""
        return [self._rows.columns[self._header.logicalIndex(place)].key for place in range(len(self._rows.columns))]

    def set_column_order(self, keys: Sequence[str]) -> None:
        """Let columns stand in an order; the first stays, and one that is not named keeps its place behind."""
        numbers = {column.key: number for number, column in enumerate(self._rows.columns)}
        known = [numbers[key] for key in keys if key in numbers]
        for place, number in enumerate([number for number in known if number > 0], start=1):
            self._header.moveSection(self._header.visualIndex(number), place)

    def column_widths(self) -> dict[str, int]:
        """The widths that the user gave."""
        return dict(self._widths)

    def set_column_widths(self, widths: Mapping[str, int]) -> None:
        """Give columns the widths that the user gave them before."""
        known = {column.key for column in self._rows.columns if column.width}
        self._widths = {key: width for key, width in widths.items() if key in known}
        self._fit_columns()

    def _note_width(self, number: int, _before: int, width: int) -> None:
        """A heading's edge was dragged; the column that takes what is left gives way."""
        column = self._rows.columns[number]
        if not self._is_fitting and column.width:
            self._widths[column.key] = width
            self._fit_columns()
            self.columns_changed.emit()

    def _note_place(self) -> None:
        """A column stands elsewhere: another one may be the last now."""
        self._fit_columns()
        self.columns_changed.emit()

    def _width_of(self, column: Column) -> int:
        """What the user gave it, else what it asks for; its heading has room where it is not the one that gives way."""
        given = self._widths.get(column.key, self._theme.px(column.width) + self._end_of(column))
        return given if column.key in self._widths or not column.width else max(given, self._headed(column))

    def _headed(self, column: Column) -> int:
        """How wide its heading is."""
        if self._header.isHidden():
            return 0
        return round(self._theme.width("smallm", column.label)) + _AROUND + self._end_of(column)

    def _end_of(self, column: Column) -> int:
        """How much more a column of figures needs where it is the last, since these end elsewhere there."""
        number = next(number for number, each in enumerate(self._rows.columns) if each is column)
        return self._inset - BEFORE_EDGE if self._header.ends_in_figures(number) else 0

    def _fit_columns(self) -> None:
        """Columns have their width; one that has none takes what is left, else the first gives way.

        Where there is little room all give some of theirs, so that the one that takes what is left keeps a little.
        """
        columns = self._rows.columns
        shown = [number for number in range(len(columns)) if not self.isColumnHidden(number)]
        widths = {number: self._width_of(columns[number]) for number in shown}
        flexible = [number for number in shown if columns[number].width == 0] or shown[:1]
        fixed = sum(widths[number] for number in shown if number not in flexible)
        room = self.viewport().width() - self._theme.px(self.least) * len(flexible)
        if fixed > room > 0:
            heads = {number: min(widths[number], self._headed(columns[number])) for number in shown}
            named = sum(heads[number] for number in shown if number not in flexible)
            # Headings keep their room as long as there is any to take from elsewhere.
            kept = heads if named < room else dict.fromkeys(shown, 0)
            named = named if named < room else 0
            widths = {
                number: width
                if number in flexible
                else kept[number] + (width - kept[number]) * (room - named) // max(1, fixed - named)
                for number, width in widths.items()
            }
        left = self.viewport().width() - sum(widths.values())
        self._is_fitting = True
        for number in shown:
            extra = left // len(flexible) if number in flexible else 0
            self._header.resizeSection(number, max(_LEAST, widths[number] + extra))
        self._is_fitting = False
