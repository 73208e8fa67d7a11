"""What stands around the rows: the headings, and a scroll bar that floats over them."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QScrollBar, QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.table.model import RowModel
from outreach.ui.theme import Theme


class Header(QHeaderView):
    """The headings, painted in the house style; a click orders the table where it can."""

    def __init__(self, theme: Theme, model: RowModel, inset: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._model = model
        self._inset = inset
        self.order = ""
        self.descending = False
        self.setSectionsClickable(True)
        # The first column holds the inset and who it is about; the others can be dragged.
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setFixedHeight(theme.px(32))
        self.setMinimumSectionSize(40)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        canvas, box = Canvas(painter, self._theme), QRectF(rect)  # type: ignore[call-overload]
        if self.isRightToLeft():
            canvas.mirror(box)
        canvas.fill(box, "sheet")
        canvas.fill(QRectF(box.left(), box.bottom() - 1, box.width(), 1), "line")
        column = self._model.columns[section]
        x, middle = box.left() + (self._inset if section == 0 else 0), box.center().y()
        is_order = bool(column.order) and column.order == self.order
        role, color = ("smalls", "ink") if is_order else ("smallm", "ink3")
        if column.right:
            canvas.text(box.right() - 12, middle, column.label, role, color, align="right")
            return
        wide = canvas.text(x, middle, column.label, role, color, width=box.right() - x - 18)
        if is_order:
            canvas.icon("arrow-down" if self.descending else "arrow-up", x + wide + 5, middle, 13, "ink2", 2)


class FloatingBar(QScrollBar):
    """A scroll bar over the rows, so that their lines reach the edge; it follows the view's own, which is hidden."""

    def __init__(self, followed: QScrollBar, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._followed = followed
        followed.rangeChanged.connect(self._measure)
        followed.valueChanged.connect(self.setValue)
        self.valueChanged.connect(followed.setValue)
        self.hide()

    def _measure(self, least: int, most: int) -> None:
        self.setRange(least, most)
        self.setPageStep(self._followed.pageStep())
        self.setSingleStep(self._followed.singleStep())
        self.setValue(self._followed.value())
        self.setVisible(most > least)
