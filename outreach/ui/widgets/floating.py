"""A scroll bar that floats over what it scrolls, so that nothing moves when it comes."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from outreach.ui.paint.canvas import visual

_WIDTH, _STAYS_MS = 12, 1200


class FloatingBar(QScrollBar):
    """Follows the bar of an area, which is hidden; it is seen while the area moves or the pointer is over it."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area = area
        self._followed = area.verticalScrollBar()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_STAYS_MS)
        self._rest.timeout.connect(self._settle)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for watched in (area, area.viewport()):
            watched.installEventFilter(self)
        self._followed.rangeChanged.connect(self._measure)
        self._followed.valueChanged.connect(self._move)
        self.valueChanged.connect(self._followed.setValue)
        self.hide()

    def _measure(self, least: int, most: int) -> None:
        self.setRange(least, most)
        self.setPageStep(self._followed.pageStep())
        self.setSingleStep(self._followed.singleStep())
        self.setValue(self._followed.value())
        self._settle()

    def _move(self, value: int) -> None:
        self.setValue(value)
        if self.maximum() > self.minimum():
            self.show()
            self._rest.start()

    def _settle(self) -> None:
        is_wanted = self._area.underMouse() or self.isSliderDown() or self._rest.isActive()
        self.setVisible(is_wanted and self.maximum() > self.minimum())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Resize:
            place = self._area.viewport().geometry()
            beside = QRect(place.right() - _WIDTH + 1, place.top(), _WIDTH, place.height())
            self.setGeometry(visual(self._area, beside))
        elif kind in (QEvent.Type.Enter, QEvent.Type.Leave) and watched is self._area:
            self._settle()
        return super().eventFilter(watched, event)
