"""A line whose cursor is the accent's, two pixels wide, and clear of its words: where the eye is to be led."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from outreach.ui.theme import Theme
from outreach.ui.widgets.lineedit import LineEdit

_WIDE = 2
#: Qt's rectangle of the cursor begins so far before it.
_BEFORE = 5


class _Bare(QProxyStyle):
    """Qt's own cursor has the colour of the words, and lies on the first of them."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric == QStyle.PixelMetric.PM_TextCursorWidth:
            return 0
        return super().pixelMetric(metric, option, widget)


class CaretLine(LineEdit):
    """A line with a cursor of its own, which blinks as the system wishes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        bare = _Bare("Fusion")
        bare.setParent(self)
        self.setStyle(bare)
        self._is_seen = True
        self._blinks = QTimer(self)
        self._blinks.timeout.connect(self._blink)
        self.cursorPositionChanged.connect(lambda *_: self._stay())
        self.textChanged.connect(lambda _: self._stay())

    def caret(self) -> QRect:
        """Where the cursor stands: before the hint of an empty line, after what was typed."""
        place, at = self.cursorRect(), self.cursorPosition()
        left = place.left() + _BEFORE
        if not self.text():
            left += 1 if self.isRightToLeft() else -_WIDE
        else:
            left += 1 if at == len(self.text()) else -1
        return QRect(left, place.top(), _WIDE, place.height())

    def _stay(self) -> None:
        """Be seen for a while after each key."""
        self._is_seen = True
        period = QGuiApplication.styleHints().cursorFlashTime() // 2
        if self.hasFocus() and period > 0:
            self._blinks.start(period)
        self.update()

    def _blink(self) -> None:
        self._is_seen = not self._is_seen
        self.update(self.caret())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stay()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._blinks.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self._is_seen and not self.isReadOnly():
            painter = QPainter(self)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillRect(self.caret(), self._theme.color("accent"))
            painter.end()
