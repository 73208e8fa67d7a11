"""What the pointer would be told, for those who go by keys: Shift F1 says it of whatever has the focus."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from outreach.ui.desk import Desk


def tip_of(widget: QWidget) -> str:
    """What is to be said of a widget: its tooltip, the whole of a list's current row, else its name and its state."""
    if isinstance(widget, QAbstractItemView):
        index = widget.currentIndex()
        row = index.siblingAtColumn(0).data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else None
        return str(row or widget.accessibleName())
    parts = (widget.accessibleName(), widget.accessibleDescription())
    return widget.toolTip() or ", ".join(part for part in parts if part)


def show_tip(desk: Desk, window: QWidget) -> None:
    """Say beside whatever has the focus what it is, and let a screen reader say it too."""
    focused = window.focusWidget()
    text = tip_of(focused) if focused is not None else ""
    if focused is None or not text:
        return
    place = focused.rect().bottomLeft()
    if isinstance(focused, QAbstractItemView):
        row = focused.visualRect(focused.currentIndex())
        place = focused.viewport().mapTo(focused, row.bottomLeft() + QPoint(24, 0))
    QToolTip.showText(focused.mapToGlobal(place), text, focused)
    desk.announce(text)
