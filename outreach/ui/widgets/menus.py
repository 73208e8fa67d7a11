"""What opens for a moment over the window: its round corners, and where it drops."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

_GAP = 4


def round_corners(popup: QWidget) -> None:
    """Let the style sheet's round corners of a popup be seen; without this the window system fills them."""
    popup.setWindowFlags(popup.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
    popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


class Menu(QMenu):
    """A menu of the house style, which is gone when it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        round_corners(self)

    def drop_from(self, button: QWidget) -> None:
        """Open below what was pressed, for once."""
        self.aboutToHide.connect(self.deleteLater)
        self.popup(button.mapToGlobal(QPoint(0, button.height() + _GAP)))
