"""A pane beside a page that shows as many rows of its lists as fit whole."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from outreach.ui.widgets.lists import SidePane


class FittingPane(SidePane):
    """A side pane whose lists leave out their last rows where its foot would cut them.

    Each list keeps its first row. Where not even these fit, all rows are there, and one scrolls to them.
    """

    _lists: Sequence[list[QWidget]] = ()

    def set_lists(self, *lists: list[QWidget]) -> None:
        """Lists by their rows; of two that are as long, the one that is named first gives way first."""
        self._lists = lists
        self.fit()

    def fit(self) -> None:
        """Show as many rows as there is room for."""
        for child in self.body.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not child.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                child.show()  # Qt would do so later, and what is not shown has no height
        rows = [row for some in self._lists for row in some]
        hidden = sum(_height(row) for row in rows if row.isHidden())
        over = self.content.totalHeightForWidth(self.width()) + hidden - self.height()
        kept = [list(some) for some in self._lists]
        while over > 0:
            longest = max(kept, key=len, default=[])
            if len(longest) < 2:
                kept = [list(some) for some in self._lists]
                break
            over -= _height(longest.pop())
        for row in rows:
            row.setVisible(any(row in some for some in kept))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def _height(row: QWidget) -> int:
    """How much room a row takes where it is shown."""
    return max(row.sizeHint().height(), row.minimumHeight())
