"""The field of the palette, with the sign of a search and what is looked through."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk
from outreach.ui.dialogs.overlay import CORNER
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import keycap, keycap_width
from outreach.ui.widgets.caret import CaretLine
from outreach.ui.widgets.lineedit import MARGIN

#: The sign before a line of the palette, and where it begins.
SIGN, SIGN_AT = 22, 19
#: Below what is typed, so that it stands on one line with the sign and the words beside it.
_UP = 2


class PaletteField(CaretLine):
    """The field, with the sign of a search, and what is looked through; it lies within the panel's round corners.

    Attributes:
        within: What is looked through.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self.within = ""
        self.setFrame(False)
        high, room = desk.theme.px(56) - 1 - _UP, desk.theme.px(150) - CORNER
        left = SIGN_AT + desk.theme.px(SIGN) + 9 - MARGIN - CORNER
        self.setStyleSheet(
            "QLineEdit { border: 0; background: transparent; "
            f"padding: 0 {room}px {_UP}px {left}px; min-height: {high}px; }}"
        )
        self.setFont(desk.theme.font("search"))
        self.setPlaceholderText(desk.say("Find or do…"))
        self.setAccessibleName(desk.say("Find or do"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # As with the lines below; a style sheet takes it away before.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas = Canvas.on(self, self._theme)
        ground(canvas, self)
        middle, end = (self.height() - 1) / 2, self.width() - 19 + CORNER
        canvas.icon("search", 20 - CORNER, middle, 18, "ink3", 2)
        end -= round(canvas.text(end, middle, self.within, "small", "ink3", align="right"))
        keycap(canvas, end - 8 - keycap_width(canvas.theme, "Tab"), middle, "Tab")
        canvas.painter.end()
        super().paintEvent(event)


def ground(canvas: Canvas, widget: QWidget) -> None:
    """Fill a part with the colour of its sheet: it covers all of itself, so what lies below is not painted."""
    canvas.fill(QRectF(widget.rect()), "sheet")
