"""Paints the rows of a table: background, bar of the current row, hairline, and each column's own cell."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from outreach.ui.paint.canvas import Canvas
from outreach.ui.table.columns import Column, ended
from outreach.ui.table.model import ROW
from outreach.ui.theme import Theme

#: The first cell of a row begins so far in.
INSET = 24


class RowDelegate(QStyledItemDelegate):
    """The house style of a row.

    Attributes:
        hovered: The row under the pointer, -1 for none.
        current: The current row, -1 for none.
        is_below: Whether a dialog floats over the list that had the focus: what is chosen looks as it did.
        is_ringed: Whether the current row wears the ring of the focus, which came by key.
        ends_in_figures: Whether a column holds figures and is the last that is shown.
    """

    def __init__(
        self, theme: Theme, columns: tuple[Column, ...], *, inset: int = INSET, lined: bool = True, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = columns
        self._inset = inset
        self._lined = lined
        self.hovered = -1
        self.current = -1
        self.is_ringed = self.is_below = False
        self.ends_in_figures: Callable[[int], bool] = lambda _column: False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        canvas = Canvas(painter, self._theme)
        state: Any = option.state
        rect = QRectF(option.rect)
        mirrored: Any = option.direction
        if mirrored == Qt.LayoutDirection.RightToLeft:
            painter.save()
            canvas.mirror(rect)
            self._paint(canvas, rect, state, index)
            painter.restore()
        else:
            self._paint(canvas, rect, state, index)
        if self.is_ringed and index.row() == self.current:
            widget: Any = option.widget
            self._ring(canvas, rect, widget)

    def _paint(self, canvas: Canvas, rect: QRectF, state: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        first = index.column() == 0
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = self.ground(state, index.row())
        if self._lined:
            if ground:
                canvas.fill(rect, ground)
            canvas.fill(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), "line")
            if first and index.row() == self.current and is_selected:
                canvas.fill(QRectF(rect.left(), rect.top(), 3, rect.height() - 1), "accent")
        elif ground:
            canvas.rounded(rect.adjusted(8, 1, -8, -1), 7, ground)
        row = index.data(ROW)
        if row is not None:
            cell = rect.adjusted(self._inset if first else 0, 0, 0, -1 if self._lined else 0)
            if self.ends_in_figures(index.column()):
                cell = ended(cell, self._inset)
            canvas.painter.save()
            self._columns[index.column()].paint(canvas, cell, row)
            canvas.painter.restore()

    def _ring(self, canvas: Canvas, rect: QRectF, view: Any) -> None:
        """The part of the ring around a row that belongs to one cell."""
        if not self._lined:
            canvas.rounded(rect.adjusted(8, 1, -8, -1), 7, None, "focus", 2)
            return
        for top in (rect.top(), rect.bottom() - 2):
            canvas.fill(QRectF(rect.left(), top, rect.width(), 2), "focus")
        if rect.left() <= 0:
            canvas.fill(QRectF(0, rect.top(), 2, rect.height()), "focus")
        if rect.right() >= view.viewport().width():
            canvas.fill(QRectF(rect.right() - 2, rect.top(), 2, rect.height()), "focus")

    def ground(self, state: Any, row: int) -> str:
        """What a row stands on, by the name of its colour; empty for what all rows stand on."""
        if state & QStyle.StateFlag.State_Selected:
            return "selected" if self.is_below or state & QStyle.StateFlag.State_Active else "selected_off"
        return "hover" if row == self.hovered else ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(80, 40)
