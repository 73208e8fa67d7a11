"""Typing into a cell: a field over the table, which goes on to the next row."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent

from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.fields import Field


class InlineField(Field):
    """A field over one column of the current row: Enter keeps and goes on, Esc leaves it as it was.

    Attributes:
        row_id: The row that is typed into, -1 for none.

    Signals:
        entered: A row's new value: its id and the text.
        went_on: Enter went on to another row: its id.
    """

    entered = Signal(int, str)
    went_on = Signal(int)

    def __init__(
        self, table: TableView, theme: Theme, column: int, hint: str, edge: int, next_row: Callable[[int], int]
    ) -> None:
        """A field over a column of a table.

        Args:
            table: Over which it stands.
            theme: Its looks.
            column: The number of the column.
            hint: What stands in it while it is empty.
            edge: How far it stays from the end of the cell.
            next_row: After a row was typed into, the id of the row to go on with; -1 for none.
        """
        super().__init__(theme, hint)
        self.setObjectName("inline")
        self.setParent(table.viewport())
        self._table = table
        self._column = column
        self._edge = edge
        self._next_row = next_row
        self._before = ""
        self.row_id = -1
        self.installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(lambda _: self._scrolled())
        self.hide()

    def open(self, row_id: int, text: str) -> None:
        """Begin to type into the current row."""
        self.row_id, self._before = row_id, text
        self.setText(text)
        self.selectAll()
        self.place()
        self.show()
        self.setFocus()

    def place(self) -> None:
        """Stand over the current row; that row may have another id or another place by now."""
        cell = self._table.visualRect(self._table.currentIndex().siblingAtColumn(self._column))
        high = min(self._theme.px(28), cell.height() - 4)
        left = cell.left() + (self._edge if self._table.isRightToLeft() else 0)
        self.setGeometry(QRect(left, cell.center().y() - high // 2, cell.width() - self._edge, high))

    def finish(self) -> None:
        """What is being typed is kept, and the table has the focus again."""
        if self.isVisible():
            self._table.setFocus()

    def _scrolled(self) -> None:
        # New rows under the same place are no scrolling away.
        if self.isVisible() and not self._table.is_replacing:
            self._table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            # Left by a click elsewhere: what was typed is kept all the same.
            self.hide()
            self._tell()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        row_id = self.row_id
        self.hide()
        self._tell()
        self._table.setFocus()
        following = self._next_row(row_id)
        if following != -1:
            self._table.select_ids([following], following)
            self.went_on.emit(following)

    def _tell(self) -> None:
        text, row_id = self.text().strip(), self.row_id
        self.row_id = -1
        if text != self._before:
            self._before = text
            self.entered.emit(row_id, text)

    def _leave(self) -> None:
        self._before, self.row_id = self.text().strip(), -1  # Esc: as it was
        self.hide()
        self._table.setFocus()
