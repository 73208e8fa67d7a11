"""A field for a day, with a calendar that drops from it."""

from typing import Any

from PySide6.QtCore import QDate, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme
from outreach.ui.widgets.menus import round_corners


class DateField(QDateEdit):
    """A day, typed in parts or picked; shown as the user's country writes it."""

    def __init__(self, theme: Theme, name: str, day: QDate) -> None:
        super().__init__(day)
        self._theme = theme
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat("d MMM yyyy")
        calendar = Calendar(theme)
        self.setCalendarWidget(calendar)
        round_corners(calendar.window())


class Calendar(QCalendarWidget):
    """A month to pick a day from; the weekend is a day like the others, and no week has a number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.setGridVisible(False)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        head, day = QTextCharFormat(), QTextCharFormat()
        head.setForeground(self._theme.color("ink"))
        head.setBackground(self._theme.color("sheet"))
        head.setFontWeight(QFont.Weight.DemiBold)
        day.setForeground(self._theme.color("ink"))
        self.setHeaderTextFormat(head)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            arrow = self.findChild(QToolButton, f"qt_calendar_{name}month")
            if isinstance(arrow, QToolButton):
                arrow.setIcon(self._theme.icon(icon))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            # Without a format of their own they are red, which here means that something cannot go on.
            self.setWeekdayTextFormat(weekend, day)

    def paintCell(self, painter: QPainter, rect: QRect, date: Any) -> None:
        if date != self.selectedDate():
            super().paintCell(painter, rect, date)
            return
        painter.save()
        canvas = Canvas(painter, self._theme)
        canvas.fill(QRectF(rect), "sheet")
        canvas.rounded(QRectF(rect).adjusted(3, 0, -3, 0), 6, "accent")
        x, middle = rect.center().x() + 0.5, rect.top() + rect.height() / 2 + 0.5
        canvas.text(x, middle, str(date.day()), "strong", "on_accent", align="centre")
        painter.restore()
