"""The toast: what was just done, with an Undo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.motion import Fade
from outreach.ui.paint.canvas import Canvas, Run, pointed_at, titled
from outreach.ui.paint.marks import keycap, keycap_width, mixed, soft_shadow
from outreach.ui.widgets.shell import WIDE

#: The bar of what can be done with a selection has this name; a toast stands above it.
BULK = "bulk"


class Toast(QWidget):
    """Says for a while what was done, with an Undo; it stays while the pointer or the focus is on it.

    Signals:
        undo_asked: Undo was pressed.
    """

    undo_asked = Signal()
    _SHOWN_MS = 8000

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = ""
        self._undoable = False
        self._undo: Callable[[], object] | None = None
        self._shown_ms = self._SHOWN_MS
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._fade = Fade(desk.theme, self.update, self.hide, self)
        self._timer.timeout.connect(self._fade.leave)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def tell(self, text: str, *, undoable: bool) -> None:
        """Say something; whatever was said before goes."""
        self._show(text, undoable, None, self._SHOWN_MS)

    def offer(self, text: str, undo: Callable[[], object], seconds: int) -> None:
        """Say what is about to be done, for as long as it can be taken back."""
        self._show(text, True, undo, seconds * 1000)

    @property
    def has_offer(self) -> bool:
        """Whether something is about to be done that can be taken back."""
        return self._undo is not None and self.isVisible()

    def take_back(self) -> bool:
        """Take back what is about to be done, if that is what stands here."""
        undo, self._undo = self._undo, None
        if undo is None or not self.isVisible():
            return False
        self.hide()
        undo()
        return True

    def _show(self, text: str, undoable: bool, undo: Callable[[], object] | None, shown_ms: int) -> None:
        self._text, self._undoable, self._undo, self._shown_ms = text, undoable, undo, shown_ms
        self.setAccessibleName(text)
        self.setFixedSize(round(self._wide()) + 40, 84)
        self.place()
        if not self.isVisible():
            self._fade.come()
        self.show()
        self.raise_()
        self.update()
        self._timer.start(self._shown_ms)

    def place(self) -> None:
        """Stand at the bottom, in the middle."""
        parent = self.parentWidget()
        if parent is not None:
            bars = [bar for bar in parent.findChildren(QWidget, BULK) if bar.isVisible()]
            up = 52 if bars else 0
            self.move((parent.width() + WIDE - self.width()) // 2, parent.height() - 32 - 64 - self.height() + 20 - up)

    def _wide(self) -> float:
        theme = self._desk.theme
        width = 26 + 14 + sum(theme.width(role, words) for words, role, _ in self._runs()) + 14 + 34
        if self._undoable:
            width += 20 + theme.width("strong", self._desk.say("Undo")) + 8 + keycap_width(theme, key_of("undo"))
        return width

    def _runs(self) -> list[Run]:
        return titled(self._desk.theme, [(self._text, "medium", "on_toast")])

    def _close_at(self) -> float:
        return self.width() - 20 - 30

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_undo = self._undoable and pointed_at(self, event).x() < self._close_at()
        if is_undo and self.take_back():
            return
        self.hide()
        if is_undo:
            self.undo_asked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        if self._undo is None:  # what is about to be done does not wait
            self._timer.stop()
            self._fade.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._undo is None:
            self._timer.start(self._SHOWN_MS // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.painter.setOpacity(self._fade.shown)
        plate = QRectF(20, 20, self.width() - 40, 44)
        soft_shadow(canvas, plate, 9, 14, 0.012, 5)
        canvas.rounded(plate, 9, "toast")
        middle = plate.center().y()
        canvas.icon("check", 34, middle, 16, "toast_act", 2.25)
        x = 60 + canvas.runs(60, middle, self._runs(), self.width())
        if self._undoable:
            x += 20 + canvas.text(x + 20, middle, self._desk.say("Undo"), "strong", "toast_act") + 8
            theme = canvas.theme
            # The key is told more quietly than what it does.
            edge = mixed(theme.color("toast_act"), theme.color("toast"), 0 if theme.is_contrasting else 0.5)
            keycap(canvas, x, middle, key_of("undo"), "toast_act", edge)
        canvas.icon("x", self._close_at(), middle, 14, "on_toast", 2)
        canvas.painter.end()
