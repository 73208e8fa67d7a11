"""The model behind every table and list."""

import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QModelIndex, QObject, QPersistentModelIndex, Qt

from outreach.ui.table.columns import Column

#: Rows of a page, and how many pages are kept.
PAGE, KEPT = 50, 96

#: From so many on, rows are not looked for one by one.
_FEW = 8

#: The row's own value, which the delegate paints.
ROW = Qt.ItemDataRole.UserRole + 2

Fetch = Callable[[Sequence[int]], Mapping[int, Any]]
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel):
    """Rows by id; it knows nothing of where they come from.

    A row whose id is gone paints as an empty line until the next snapshot arrives.
    """

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, speak: Callable[[Any], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fetch = fetch
        self._speak = speak
        self._ids: Sequence[int] = array.array("q")
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown of a row."""
        return self._columns

    @property
    def ids(self) -> Sequence[int]:
        """The ids in order."""
        return self._ids

    @property
    def fetch(self) -> Fetch:
        """Reads rows by id, on any thread."""
        return self._fetch

    def set_ids(self, ids: Sequence[int], first: Mapping[int, Any] | None = None) -> None:
        """Show other rows, or the same in another order; the first page of them may be at hand already."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        if first is not None:
            self._pages[0] = [first.get(row_id) for row_id in ids[:PAGE]]
        self.endResetModel()

    def set_rows(self, rows: Iterable[Any]) -> None:
        """Show rows that are all at hand; each has an `id`."""
        self.show({row.id: row for row in rows})

    def show(self, rows: Mapping[int, Any]) -> None:
        """Show rows that are all at hand, by id."""
        self._fetch = lambda _: rows
        self.set_ids(array.array("q", rows))

    def take_out(self, place: int) -> None:
        """Let one row go; those below it move up."""
        self.beginRemoveRows(QModelIndex(), place, place)
        self._ids = array.array("q", self._ids[:place]) + array.array("q", self._ids[place + 1 :])
        # What is at hand of this page moves up, so that the next row is shown without a reading.
        number, offset = divmod(place, PAGE)
        page, following = self._pages.get(number), self._pages.get(number + 1)
        for each in [each for each in self._pages if each > number]:
            del self._pages[each]
        if page is not None:
            del page[offset : offset + 1]
            page += following[:1] if following else []
        self.endRemoveRows()

    def relabel(self, key: str, label: str) -> None:
        """Show another heading over a column."""
        self._columns = tuple(replace(each, label=label) if each.key == key else each for each in self._columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def repaint(self) -> None:
        """Fetch what is shown anew, in its place: a row that is edited does not jump."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def row(self, place: int) -> Any:
        """The row at a place, None where it is gone."""
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None or offset >= len(page):
            some = self._ids[number * PAGE : (number + 1) * PAGE]
            found = self._fetch(some)
            page = self._pages[number] = [found.get(row_id) for row_id in some]
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[offset]

    def place_of(self, row_id: int) -> int:
        """Where a row is, -1 where it is not; looked for in turn, which takes a millisecond for 100,000."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def places_of(self, some: Sequence[int]) -> list[int]:
        """Where some rows are; those that are gone are left out."""
        if len(some) <= _FEW:
            places = [self.place_of(each) for each in some]
        else:
            known = {each: place for place, each in enumerate(self._ids)}
            places = [known.get(each, -1) for each in some]
        return [place for place in places if place >= 0]

    def ids_in(self, selection: QItemSelection) -> "array.array[int]":
        """The ids of a selection, read as ranges: a million rows are one range."""
        found = array.array("q")
        parts: Any = selection
        for part in sorted(parts, key=lambda each: each.top()):
            found.extend(self._ids[part.top() : part.bottom() + 1])
        return found

    # What Qt asks.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index.row())
            return None if row is None else self._columns[index.column()].text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._columns[section].label
        return None

    def _spoken(self, index: Index) -> str | None:
        row = self.row(index.row())
        if row is None:
            return None
        column = self._columns[index.column()]
        return self._speak(row) if index.column() == 0 else f"{column.label}: {column.text(row)}"
