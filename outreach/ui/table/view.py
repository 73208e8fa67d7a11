"""The view of every table and list: fast at a million rows, driven by keys, painted in the house style."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QWidget

from outreach.ui.actions import is_covered
from outreach.ui.table.columned import ColumnedView
from outreach.ui.table.delegate import INSET, RowDelegate
from outreach.ui.table.model import RowModel
from outreach.ui.theme import Theme
from outreach.ui.widgets.floating import FloatingBar

if TYPE_CHECKING:
    import array

#: The focus came by a key.
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class TableView(ColumnedView):
    """A table, or a list when it has no headings.

    Attributes:
        is_replacing: Whether other rows are being put in place of those that were shown.

    Signals:
        current_changed: Another row is current: its id, -1 for none.
        opened: Enter was pressed on a row, or it was double-clicked: its id.
        order_asked: A heading was clicked: the order's name, and whether it is turned.
        selection_changed: More or fewer rows are selected.
        copy_asked: The selected rows are wanted on the clipboard.
    """

    current_changed = Signal(int)
    opened = Signal(int)
    order_asked = Signal(str, bool)
    selection_changed = Signal()
    copy_asked = Signal()
    _room = 0

    def __init__(
        self,
        theme: Theme,
        model: RowModel,
        row_height: int,
        *,
        headings: bool = True,
        inset: int = INSET,
        lined: bool = True,
        folds: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """A view of rows of a height at normal text size; `folds` says whether a compact list has lower ones."""
        super().__init__(theme, model, inset, headings=headings, parent=parent)
        self._row_height = row_height
        self._folds = folds
        self.is_replacing = False
        self._delegate = RowDelegate(theme, model.columns, inset=inset, lined=lined, parent=self)
        self._delegate.ends_in_figures = self._header.ends_in_figures
        self.setItemDelegate(self._delegate)
        self._header.sectionClicked.connect(self._ask_order)
        self._bar = FloatingBar(self)
        self._prepare()
        theme.changed.connect(self._restyle)
        self.selectionModel().currentRowChanged.connect(self._note_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        self._restyle()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._header.setAccessibleName(name)

    def show_order(self, order: str, *, descending: bool) -> None:
        """Mark the heading by which the rows are ordered."""
        self._header.order, self._header.descending = order, descending
        self._header.viewport().update()

    def current_id(self) -> int:
        """The id of the current row, -1 for none."""
        index = self.currentIndex()
        return self._rows.ids[index.row()] if index.isValid() and index.row() < len(self._rows.ids) else -1

    def selected_ids(self) -> "array.array[int]":
        """The ids of the selected rows, in the order shown."""
        return self._rows.ids_in(self.selectionModel().selection())

    def selected_count(self) -> int:
        """How many rows are selected, counted by ranges."""
        parts: Any = self.selectionModel().selection()
        return sum(part.bottom() - part.top() + 1 for part in parts)

    def select_ids(self, ids: Sequence[int], current: int = -1) -> None:
        """Select rows by id, as after a new snapshot; the current one is scrolled to only when it was asked for."""
        selection = QItemSelection()
        last = self._rows.columnCount() - 1
        for found in self._rows.places_of(ids):
            selection.select(self._rows.index(found, 0), self._rows.index(found, last))
        place = self._rows.place_of(current)
        if place >= 0:
            self.selectionModel().setCurrentIndex(
                self._rows.index(place, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def select_first(self) -> None:
        """Make the first row the current one."""
        if self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, 0))

    def stay_at(self, row_id: int) -> None:
        """Stand on a row of a new snapshot, or on the first one where that row is not there any more."""
        self.select_ids([row_id], row_id)
        if self.current_id() < 0:
            self.select_first()

    def replace_ids(self, ids: Sequence[int], first: Mapping[int, Any] | None = None) -> None:
        """Show another snapshot; the current row and the selection stay on the same ids."""
        current, selected = self.current_id(), self.selected_ids()
        top = self.verticalScrollBar().value()
        self.is_replacing = True
        self._rows.set_ids(ids, first)
        # A large selection is not carried over: it would be a list of ids, where it was one range.
        self.select_ids(selected if len(selected) <= 1000 else [current], current)
        if not self.currentIndex().isValid():
            self.select_first()
        self.verticalScrollBar().setValue(top)
        self.is_replacing = False
        self._note_current(self.currentIndex())

    def _ask_order(self, section: int) -> None:
        order = self._rows.columns[section].order
        if order:
            self.order_asked.emit(order, not self._header.descending if order == self._header.order else False)

    def _note_current(self, current: QModelIndex) -> None:
        before, self._delegate.current = self._delegate.current, current.row() if current.isValid() else -1
        self._update_rows(before, self._delegate.current)
        if not self.is_replacing:
            self.current_changed.emit(self.current_id())

    def _restyle(self) -> None:
        height = self._theme.row(self._row_height) if self._folds else self._theme.px(self._row_height)
        self.verticalHeader().setDefaultSectionSize(height)
        # The delegate paints what is selected; Qt would fill the whole row below it.
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.viewport().update()

    def set_room(self, room: int) -> None:
        """Let the rows scroll so far beyond their end, for what floats over the foot of the table."""
        self._room = room
        self.updateGeometries()

    # What Qt asks.

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._room:
            bar = self.verticalScrollBar()
            hidden = self.verticalHeader().length() - self.viewport().height()
            bar.setMaximum(max(0, hidden + self._room))

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        below = self.visualRect(index).bottom() - (self.viewport().height() - self._room)
        if self._room and below > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._bar.place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._delegate.is_below = False
        self._ring(on=event.reason() in _BY_KEY)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._delegate.is_below = is_covered(self)
        self._ring(on=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring(on=False)
        super().mousePressEvent(event)

    def _ring(self, *, on: bool) -> None:
        """Show where the focus is to whoever goes by keys; the pointer shows it by itself."""
        if on != self._delegate.is_ringed:
            self._delegate.is_ringed = on
            self._update_rows(self._delegate.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring(on=True)
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        keys = self._theme.keys
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_id())
        elif keys.matches("down", event) or keys.matches("up", event):
            self.step(1 if keys.matches("down", event) else -1)
        elif keys.matches("select", event) or (plain and key == Qt.Key.Key_Space):
            self._toggle()
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self._rows.rowCount() - 1
            self.setCurrentIndex(self._rows.index(0 if key == Qt.Key.Key_Home else last, 0))
        elif plain and event.text().isalpha():
            event.ignore()  # single letters are the page's
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit(self.current_id())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._bar.settle()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._bar.settle()
        self._hover(-1)

    def _hover(self, row: int) -> None:
        before = self._delegate.hovered
        if row != before:
            self._delegate.hovered = row
            self._update_rows(before, row)

    def _update_rows(self, *rows: int) -> None:
        for each in rows:
            if each >= 0:
                self.viewport().update(0, self.rowViewportPosition(each), self.viewport().width(), self.rowHeight(each))

    def step(self, by: int) -> None:
        """Go down, or up, by so many rows."""
        place = max(0, min(self._rows.rowCount() - 1, self.currentIndex().row() + by))
        if self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(place, 0))

    def _toggle(self) -> None:
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(self.currentIndex(), flag.Toggle | flag.Rows)
