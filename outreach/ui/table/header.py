"""What stands above the rows: the headings."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.table.columns import BEFORE_EDGE, ended
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
        self.setMinimumSectionSize(40)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(32))

    def ends_in_figures(self, section: int) -> bool:
        """Whether a column holds figures and is the last that is shown."""
        place = self.count() - 1
        while place > 0 and self.isSectionHidden(self.logicalIndex(place)):
            place -= 1
        return self._model.columns[section].right and self.logicalIndex(place) == section

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
            box = ended(box, self._inset) if self.ends_in_figures(section) else box
            canvas.text(
                box.right() - BEFORE_EDGE, middle, column.label, role, color, width=box.width() - 14, align="right"
            )
            return
        wide = canvas.text(x, middle, column.label, role, color, width=box.right() - x - 18)
        if is_order:
            canvas.icon("arrow-down" if self.descending else "arrow-up", x + wide + 5, middle, 13, "ink2", 2)
