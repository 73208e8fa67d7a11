"""A line to type in, as it behaves in this window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QKeySequence, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QStylePainter

#: Where words stand on a page that is read from the right, in whichever language they are.
AT_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter

#: Qt leaves so much room beside the words of a line itself.
MARGIN = 2


class LineEdit(QLineEdit):
    """A line to type in, whose Ctrl Z is the window's where nothing was typed that could be taken back."""

    def __init__(self) -> None:
        super().__init__()
        if self.isRightToLeft():
            # An empty line would begin where the keyboard's language does, and its hint where the page's does.
            self.setAlignment(AT_THE_RIGHT)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # A file that is dragged over it is the window's.
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it; what does not fit says so at its end, as long as nobody types here."""
        option, text = QStyleOptionFrame(), self.displayText()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        room = room.marginsRemoved(self.textMargins()).adjusted(MARGIN, 0, -MARGIN, 0)
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(text) <= room.width():
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        align = QStyle.visualAlignment(self.layoutDirection(), self.alignment()) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, align, self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            takes_back = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            does_again = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if takes_back or does_again:
                event.ignore()
                return False
        return super().event(event)
