"""Fields to type in and to choose from."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import keycap, keycap_width
from outreach.ui.theme import Theme
from outreach.ui.widgets.lineedit import LineEdit
from outreach.ui.widgets.menus import round_corners


class Field(LineEdit):
    """A line to type in, with an icon and the key that comes to it."""

    def __init__(self, theme: Theme, hint: str = "", icon: str = "", key: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._key = key
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setTextMargins(22 if icon else 0, 0, round(keycap_width(theme, key)) + 2 if key else 0, 0)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        canvas = Canvas.on(self, self._theme)
        middle = self.height() / 2
        if self._icon:
            canvas.icon(self._icon, 10, middle, 15, "ink3")
        if self._key and not self.hasFocus() and not self.text():
            keycap(canvas, self.width() - keycap_width(self._theme, self._key) - 7, middle, self._key)
        canvas.painter.end()


#: Qt leaves so much between the sign of a choice and its words.
_BESIDE_SIGN = 4


class Choice(QComboBox):
    """One of some values; it takes the room it is given, not that of its longest word."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        text: Any = option
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        # A sign before the words takes some of their room.
        sign = 0 if text.currentIcon.isNull() else text.iconSize.width() + _BESIDE_SIGN
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width() - sign)
        # On a page that is read from the right "19 Jun" stays in the order of its own language.
        text.currentText = f"\u2068{shown}\u2069" if self.isRightToLeft() else shown
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:
        round_corners(self.view().window())
        super().showPopup()

    def event(self, event: QEvent) -> bool:
        # A letter finds an entry here, and is no key of the page.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)
