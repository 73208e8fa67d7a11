"""A label sheet as it will be printed: which labels are used up, which get an address."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPen

from outreach.services.shipments.labels import PAGES, LabelSheet
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import soft_shadow
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block

_SCALE_WIDTH = 206
#: Paper is white in the dark too, and so are the colours of what stands on it.
_INK, _INK2, _EDGE, _FREE, _USED = "#14211F", "#46534F", "#C9D1CF", "#E1E6E4", "#E3E9E7"
_MARKED, _MARKED_FILL = "#0B6073", "#DCECEF"


class LabelSheetView(Block):
    """The first page; a click, or the arrow keys, say where the labels begin.

    Signals:
        started: The labels begin somewhere else: at the label of this number, from 1.
    """

    started = Signal(int)

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(theme, words)
        self._sheet: LabelSheet | None = None
        self._blocks: Sequence[Sequence[str]] = ()
        self._marked = -1
        self.start = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_sheet(self, sheet: LabelSheet) -> None:
        """Show another kind of sheet."""
        self._sheet = sheet
        self.start = min(self.start, sheet.per_page)
        self.refresh()

    def set_blocks(self, blocks: Sequence[Sequence[str]]) -> None:
        """Show other addresses; none of them is marked."""
        self._blocks, self._marked = blocks, -1
        self.update()

    def mark(self, number: int) -> None:
        """Mark the address of a number, -1 for none."""
        if number != self._marked:
            self._marked = number
            self.update()

    def set_start(self, number: int) -> None:
        """Begin at another label, from 1."""
        if self._sheet is not None and 1 <= number <= self._sheet.per_page and number != self.start:
            self.start = number
            self.update()
            self.started.emit(number)

    def _scale(self) -> float:
        return _SCALE_WIDTH / PAGES[self._sheet.page][0] if self._sheet else 1.0

    def height_at(self, width: float) -> float:
        del width
        return PAGES[self._sheet.page][1] * self._scale() + 8 if self._sheet else 0

    def _places(self) -> list[QRectF]:
        sheet, scale = self._sheet, self._scale()
        if sheet is None:
            return []
        left = (self.width() - _SCALE_WIDTH) / 2
        places = []
        for number in range(sheet.per_page):
            x, y = sheet.place(number)
            places.append(QRectF(left + x * scale, 4 + y * scale, sheet.width * scale, sheet.height * scale))
        return places

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self._places(), start=1):
            if place.contains(event.position()):
                self.set_start(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sheet = self._sheet
        steps: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if sheet is not None:
            steps |= {Qt.Key.Key_Up: -sheet.columns, Qt.Key.Key_Down: sheet.columns}
        if event.key() in steps:
            self.set_start(self.start + steps[event.key()])
        else:
            event.ignore()

    def paint_on(self, canvas: Canvas, width: float) -> None:
        if self._sheet is not None:
            # A sheet of labels is what it is, whichever way one reads.
            with canvas.upright(0, width):
                self._paint_sheet(canvas, self._sheet, width)

    def _paint_sheet(self, canvas: Canvas, sheet: LabelSheet, width: float) -> None:
        page = QRectF((width - _SCALE_WIDTH) / 2, 4, _SCALE_WIDTH, PAGES[sheet.page][1] * self._scale())
        soft_shadow(canvas, page, 2, 6, 0.012, 2)
        canvas.fill(page.adjusted(-1, -1, 1, 1), "line2")
        canvas.painter.fillRect(page, Qt.GlobalColor.white)
        if self.hasFocus():
            canvas.rounded(page.adjusted(-3, -3, 3, 3), 3, None, "focus", 2)
        for number, place in enumerate(self._places(), start=1):
            inner = place.adjusted(1.5, 1.5, -1.5, -1.5)
            at = number - self.start
            if at < 0:
                self._box(canvas, inner, _USED, _USED)
                canvas.icon("x", inner.center().x() - 5, inner.center().y(), 10, "control", 2)
            elif at < len(self._blocks):
                self._label(canvas, inner, at)
            else:
                self._box(canvas, inner, None, _FREE)

    def _box(self, canvas: Canvas, place: QRectF, fill: str | None, edge: str, width: float = 1) -> None:
        painter = canvas.painter
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(edge), width))
        painter.drawRoundedRect(place, 3, 3)

    def _label(self, canvas: Canvas, place: QRectF, at: int) -> None:
        """An address in its place: small, and whole if that can be."""
        is_marked = at == self._marked
        self._box(canvas, place, _MARKED_FILL if is_marked else None, _MARKED if is_marked else _EDGE,
                  1.4 if is_marked else 1)  # fmt: skip
        lines = self._blocks[at]
        room = place.adjusted(5, 3, -3, -2)
        high = min(8.5, room.height() / max(1, len(lines)))
        font = QFont(canvas.theme.font("micro"))
        font.setPixelSize(max(4, min(7, int(high * 0.8))))
        for number, line in enumerate(lines):
            font.setWeight(QFont.Weight.DemiBold if number == 0 else QFont.Weight.Normal)
            canvas.painter.setFont(font)
            canvas.painter.setPen(QColor(_INK if number == 0 else _INK2))
            shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
            canvas.painter.drawText(QPointF(room.left(), room.top() + high * (number + 0.8)), shown)
