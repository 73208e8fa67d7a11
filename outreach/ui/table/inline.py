"""Typing into a cell: a field over the table, which goes on to the next row."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Field


class InlineField(Field):
    """A field over one column of the current row: Enter keeps and goes on, Esc leaves it as it was.

    Signals:
        entered: A row's new value: its id and the text.
        went_on: Enter went on to another row: its id.
    """

    entered = Signal(int, str)
    went_on = Signal(int)

    def __init__(self, table: TableView, theme: Theme, column: int, hint: str) -> None:
        super().__init__(theme, hint)
        self.setParent(table.viewport())
        self._table = table
        self._column = column
        self._row_id, self._before = -1, ""
        self.installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(lambda _: table.setFocus() if self.isVisible() else None)
        self.hide()

    def open(self, row_id: int, text: str) -> None:
        """Begin to type into a row."""
        self._row_id, self._before = row_id, text
        self.setText(text)
        self.selectAll()
        rect = self._table.visualRect(self._table.currentIndex().siblingAtColumn(self._column))
        self.setGeometry(rect.left() - 9, rect.center().y() - 15, min(rect.width() + 4, 176), 32)
        self.show()
        self.setFocus()

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
        self.hide()
        self._tell()
        self._table.setFocus()
        self._table.step(1)
        if self._table.current_id() != self._row_id:
            self.went_on.emit(self._table.current_id())

    def _tell(self) -> None:
        text = self.text().strip()
        if text != self._before:
            self._before = text
            self.entered.emit(self._row_id, text)

    def _leave(self) -> None:
        self._before = self.text().strip()  # Esc: as it was
        self.hide()
        self._table.setFocus()
