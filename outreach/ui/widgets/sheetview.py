"""A label sheet as it will be printed: which labels are used up, which get an address."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent

from outreach.services.labels import PAGES, LabelSheet
from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.flow import Block

_SCALE_WIDTH = 206


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

    def set_blocks(self, blocks: Sequence[Sequence[str]], marked: int = -1) -> None:
        """Show other addresses; the one of a number is marked."""
        self._blocks, self._marked = blocks, marked
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
        canvas.fill(page.adjusted(-1, -1, 1, 2), "line2")
        canvas.painter.fillRect(page, Qt.GlobalColor.white)
        if self.hasFocus():
            canvas.rounded(page.adjusted(-3, -3, 3, 3), 3, None, "focus", 2)
        font = QFont(canvas.theme.font("micro"))
        most = max((len(block) for block in self._blocks), default=1)
        font.setPixelSize(max(4, min(8, int((sheet.height * self._scale() - 7) / (1.22 * most)))))
        for number, place in enumerate(self._places(), start=1):
            inner = place.adjusted(1.5, 1.5, -1.5, -1.5)
            at = number - self.start
            if at < 0:
                canvas.painter.fillRect(inner, Qt.GlobalColor.lightGray)
            elif at < len(self._blocks):
                self._label(canvas, inner, at, font)
            else:
                self._edge(canvas, inner, "#D5DBD9", 1)

    def _edge(self, canvas: Canvas, place: QRectF, color: str, width: float) -> None:
        canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = canvas.painter.pen()
        pen.setColor(color)
        pen.setWidthF(width)
        pen.setStyle(Qt.PenStyle.SolidLine)
        canvas.painter.setPen(pen)
        canvas.painter.drawRoundedRect(place, 2, 2)

    def _label(self, canvas: Canvas, place: QRectF, at: int, font: QFont) -> None:
        self._edge(canvas, place, "#0B6073" if at == self._marked else "#AEB8B5", 1.4 if at == self._marked else 1)
        canvas.painter.setFont(font)
        canvas.painter.setPen("#14211F")
        canvas.painter.drawText(place.adjusted(4, 3, -3, -2), Qt.AlignmentFlag.AlignLeft, "\n".join(self._blocks[at]))
