"""Cards beside and below one another, of which only those that are seen are read: a table whose cells are rows."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from outreach.ui.table.model import ROW, RowModel
from outreach.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractTableModel):
    """The rows of a list as cells, so many beside one another."""

    def __init__(self, rows: RowModel) -> None:
        super().__init__(rows)
        self._rows = rows
        self.across = 1
        rows.modelAboutToBeReset.connect(self.beginResetModel)
        rows.modelReset.connect(self.endResetModel)

    def spread(self, across: int) -> None:
        """Stand so many beside one another."""
        if across != self.across:
            self.beginResetModel()
            self.across = across
            self.endResetModel()

    def place_of(self, index: Index) -> int:
        """Which row of the list a cell is, -1 where there is none."""
        place = index.row() * self.across + index.column()
        return place if index.isValid() and place < len(self._rows.ids) else -1

    def cell(self, place: int) -> QModelIndex:
        """The cell of a row."""
        return self.index(*divmod(place, self.across))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else -(-len(self._rows.ids) // self.across)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.across

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if self.place_of(index) >= 0 else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self.place_of(index)
        if place < 0:
            return None
        return self._rows.row(place) if role == ROW else self._rows.data(self._rows.index(place, 0), role)


class GridView(QTableView):
    """A grid of cards of one size.

    Signals:
        current_changed: Another card is current: its id, -1 for none.
    """

    current_changed = Signal(int)

    def __init__(self, theme: Theme, rows: RowModel, size: tuple[int, int]) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        self._size = size
        self._cells = GridModel(rows)
        self.setModel(self._cells)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setVisible(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit(self.current_id()))
        theme.changed.connect(self._fit)
        self._fit()

    def current_id(self) -> int:
        """The id of the card that is current, -1 for none."""
        place = self._cells.place_of(self.currentIndex())
        return self._rows.ids[place] if place >= 0 else -1

    def replace_ids(self, ids: Any) -> None:
        """Show other cards; the current one stays, where it is still there."""
        current = self.current_id()
        self._rows.set_ids(ids)
        place = self._rows.place_of(current)
        if ids:
            self.setCurrentIndex(self._cells.cell(max(0, place)))
        self.current_changed.emit(self.current_id())

    def step(self, by: int) -> None:
        """Go on by so many cards."""
        if self._rows.ids:
            place = max(0, min(len(self._rows.ids) - 1, self._cells.place_of(self.currentIndex()) + by))
            self.setCurrentIndex(self._cells.cell(place))

    def _fit(self) -> None:
        # Who paints the cards shows which one is selected.
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        width, height = (self._theme.px(each) for each in self._size)
        place = max(0, self._cells.place_of(self.currentIndex()))
        before = self._cells.across
        self._cells.spread(max(1, self.viewport().width() // width))
        self.horizontalHeader().setDefaultSectionSize(width)
        self.verticalHeader().setDefaultSectionSize(height)
        if before != self._cells.across and self._rows.ids:
            self.setCurrentIndex(self._cells.cell(place))
        self.viewport().update()

    # What Qt asks.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, plain = self._theme.keys, event.modifiers() == Qt.KeyboardModifier.NoModifier
        ends = {Qt.Key.Key_Home: -len(self._rows.ids), Qt.Key.Key_End: len(self._rows.ids)}
        if keys.matches("down", event) or keys.matches("up", event):
            self.step(1 if keys.matches("down", event) else -1)
        elif plain and event.key() in ends:
            self.step(ends[Qt.Key(event.key())])
        elif plain and event.text().isalpha():
            event.ignore()  # single letters are the page's
        else:
            super().keyPressEvent(event)
