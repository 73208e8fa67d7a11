"""Areas that scroll: to what has the focus, and with a bar that floats, so that nothing moves when it comes."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollArea, QScrollBar, QSizePolicy, QWidget
from shiboken6 import isValid

from outreach.ui.paint.canvas import visual

_WIDTH, _STAYS_MS = 12, 1200
#: So much of a form is seen at least, in pixels.
_SEEN = 120


class FloatingBar(QScrollBar):
    """Follows the bar of an area, which is hidden; it is seen while the area moves or the pointer is over it.

    The area says when it has another size (`place`), and when the pointer comes and goes (`settle`): a filter would be
    asked about every event that there is.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area = area
        self._followed = area.verticalScrollBar()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_STAYS_MS)
        self._rest.timeout.connect(self.settle)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._followed.rangeChanged.connect(self._measure)
        self._followed.valueChanged.connect(self._move)
        self.valueChanged.connect(self._followed.setValue)
        self.hide()

    def place(self) -> None:
        """Stand at the end of the rows."""
        seen = self._area.viewport().geometry()
        beside = QRect(seen.right() - _WIDTH + 1, seen.top(), _WIDTH, seen.height())
        self.setGeometry(visual(self._area, beside))

    def settle(self) -> None:
        """Be seen, or not, as is wanted now."""
        is_wanted = self._area.underMouse() or self.isSliderDown() or self._rest.isActive()
        self.setVisible(is_wanted and self.maximum() > self.minimum())

    def _measure(self, least: int, most: int) -> None:
        if not (isValid(self) and isValid(self._followed)):
            return  # the area goes, and its own bar, which outlives this one, is told once more
        self.setRange(least, most)
        self.setPageStep(self._followed.pageStep())
        self.setSingleStep(self._followed.singleStep())
        self.setValue(self._followed.value())
        self.settle()

    def _move(self, value: int) -> None:
        if not isValid(self):
            return
        self.setValue(value)
        if self.maximum() > self.minimum():
            self.place()
            self.show()
            self._rest.start()


class Following(QScrollArea):
    """Scrolls to what has come to have the focus, so that it is seen."""

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        body = self.widget()
        if now is not None and body is not None and body.isAncestorOf(now) and now.height() < self.viewport().height():
            # All of it: Qt itself would be content with a field's cursor.
            middle = now.mapTo(body, now.rect().center())
            self.ensureVisible(middle.x(), middle.y(), 0, now.height() // 2 + 12)


class Scroller(Following):
    """One with a floating bar."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = FloatingBar(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.place()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._bar.settle()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._bar.settle()


class Giving(Scroller):
    """As high as what is in it, where there is room; where there is none it gives way, and what is in it scrolls."""

    def __init__(self, body: QWidget) -> None:
        self._body = body  # which events are asked about at once
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(body)
        self.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        body = self._body
        return body.heightForWidth(width) if body.hasHeightForWidth() else body.sizeHint().height()

    def sizeHint(self) -> QSize:
        return self._body.sizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self._body.minimumSizeHint()
        return QSize(least.width(), min(least.height(), _SEEN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._body and event.type() == QEvent.Type.LayoutRequest:
            self._keep()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        """What is in it is never lower than it would be with all the room there is."""
        self._body.setMinimumHeight(self.heightForWidth(self.viewport().width()))
