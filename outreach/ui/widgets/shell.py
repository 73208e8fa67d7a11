"""The window's frame: the rail of places."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from outreach.ui.actions import PLACES, key_of
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, visual
from outreach.ui.paint.marks import avatar, keycap, keycap_width
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, KeyTip, column, line, sided
from outreach.ui.widgets.menus import Menu

#: A new group of places begins before these.
_GROUPS = ("letters", "review")
WIDE, NARROW = 200, 56


class PlaceButton(QAbstractButton):
    """A place in the rail: icon, name, how many things wait there, and a ribbon when it is the present one.

    Signals:
        moved: The arrow keys ask for the place below, or above.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme, icon: str, label: str, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.count = 0
        self.narrow = False
        self.setText(label)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        KeyTip(self, theme, label, key)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        """Say how many things wait there."""
        if count != self.count:
            self.count = count
            self.setAccessibleDescription(str(count) if count else "")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self.narrow else WIDE, self._theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)  # Qt would go there at once
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, current = self._theme, self.isChecked()
        canvas = Canvas.on(self, theme)
        plate = QRectF(8, 1, self.width() - 14 if self.narrow else self.width() - 12, self.height() - 2)
        if current:
            canvas.rounded(plate, 7, "press" if theme.is_dark else "sheet", None if theme.is_dark else "line")
            canvas.fill(QRectF(0, self.height() / 2 - 9, 4, 18), "ribbon")
        elif self.underMouse():
            canvas.rounded(plate, 7, "press")
        if self.hasFocus():
            canvas.rounded(plate, 7, None, "focus", 2)
        middle = self.height() / 2
        canvas.icon(self._icon, 19, middle, 17, "accent" if current else "ink2", 1.9 if current else 1.75)
        if not self.narrow:
            canvas.text(47, middle, self.text(), "strong" if current else "medium", "ink" if current else "ink2")
            if self.count:
                color = "accent" if current else "ink3"
                canvas.text(self.width() - 18, middle, str(self.count), "smallm", color, align="right")
        elif self.count:
            canvas.painter.setPen(theme.color("sheet" if current else "desk"))
            canvas.painter.setBrush(theme.color("accent"))
            canvas.painter.drawEllipse(QPointF(37, middle - 8), 4, 4)
        canvas.painter.end()


class Finder(QAbstractButton):
    """Looks like a field, and leads to where one types."""

    def __init__(self, theme: Theme, text: str, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._key = key
        self.narrow = False
        self.setText(text)
        KeyTip(self, theme, text, key)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect, middle = QRectF(self.rect()), self.height() / 2
        if self.narrow:
            canvas.rounded(rect, 7, "press" if self.underMouse() else None, "focus" if self.hasFocus() else None, 2)
            canvas.icon("search", (rect.width() - 17) / 2, middle, 17, "ink2")
            canvas.painter.end()
            return
        ground = "inset" if self._theme.is_dark else "sheet"
        canvas.rounded(rect, 6, ground, "focus" if self.hasFocus() else "control", 2 if self.hasFocus() else 1)
        canvas.icon("search", 10, middle, 15, "ink3")
        canvas.text(32, middle, self.text(), "body", "ink3")
        keycap(canvas, self.width() - keycap_width(self._theme, self._key) - 7, middle, self._key)
        canvas.painter.end()


class Rail(QWidget):
    """The places, the mark above them, and who works here below.

    Signals:
        chosen: A place was chosen: its name.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, who: str, where: str) -> None:
        super().__init__()
        self._desk = desk
        self._who = who
        self._where = where
        self.narrow = False
        self.buttons: dict[str, PlaceButton] = {}
        parts: list[QWidget | int | None] = []
        for place, icon, label in PLACES:
            if place in _GROUPS:
                parts.append(14)
            button = PlaceButton(desk.theme, icon, desk.say(label), key_of(f"go_{place}"))
            button.clicked.connect(lambda _=False, name=place: self.chosen.emit(name))
            button.moved.connect(lambda by, name=place: self._move(name, by))
            self.buttons[place] = button
            parts.append(button)
        self.settings = Button(desk.theme, "", "ghost", "settings")
        self.settings.setAccessibleName(desk.say("Settings"))
        self.settings.setToolTip(desk.say("Settings"))
        self.settings.clicked.connect(self._open_menu)
        self.finder = Finder(desk.theme, desk.say("Find or do…"), key_of("palette"))
        self._settings_row = line(None, self.settings, spacing=0)
        self.setLayout(column(*parts, None, self._settings_row))
        self.finder.setParent(self)
        desk.theme.changed.connect(self._restyle)
        self.set_narrow(narrow=False)

    def _open_menu(self) -> None:
        """The two kinds of settings: who signs, which belongs to the workspace, and how it looks here."""
        menu, desk = Menu(self), self._desk
        for wish, label in (("sender", desk.say("You and your house")), ("settings", desk.say("Settings"))):
            entry = menu.addAction(f"{label}\t{desk.keys.shown(wish)}")
            entry.triggered.connect(lambda _=False, wish=wish: desk.ask(wish))
        menu.aboutToHide.connect(menu.deleteLater)
        place = self.settings.mapToGlobal(QPoint(0, 0))
        menu.popup(place - QPoint(0, menu.sizeHint().height() + 4))

    def _restyle(self) -> None:
        self.set_narrow(narrow=self.narrow)

    def _move(self, place: str, by: int) -> None:
        places = list(self.buttons)
        self.buttons[places[(places.index(place) + by) % len(places)]].setFocus(Qt.FocusReason.TabFocusReason)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or icons and names."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else self._desk.theme.px(WIDE))
        self.finder.narrow = narrow
        left, high = (8, 34) if narrow else (12, 32)
        self.finder.setGeometry(
            visual(self, QRect(left, 56, self.width() - (16 if narrow else 20), self._desk.theme.px(high)))
        )
        foot = self.layout()
        if foot is not None:
            foot.setContentsMargins(0, 71 + self._desk.theme.px(32), 0, 46 if narrow else 0)
        beside = (NARROW - self.settings.sizeHint().width()) // 2 if narrow else 8
        self._settings_row.setContentsMargins(*sided((0, 0, beside, 0 if narrow else 13)))
        for button in self.buttons.values():
            button.narrow = narrow
            button.update()
        self.update()

    def set_who(self, who: str, where: str) -> None:
        """Say who works here."""
        self._who, self._where = who, where
        self.update()

    def show_place(self, place: str) -> None:
        """Mark the present place."""
        if place in self.buttons:
            self.buttons[place].setChecked(True)
        else:
            for button in self.buttons.values():
                # None of an exclusive group can be off while another must be on.
                button.setAutoExclusive(False)
                button.setChecked(False)
                button.setAutoExclusive(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        canvas.painter.drawPixmap(QPointF(15 if self.narrow else 16, 16), self._desk.theme.mark)
        name = self._who or self._desk.say("You")
        size = canvas.px(26)
        top = self.height() - 29 - size / 2
        if self.narrow:
            avatar(canvas, (self.width() - size) / 2, top, size, name)
        else:
            canvas.text(51, 29, "Outreach", "h2")
            avatar(canvas, 16, top, size, name)
            middle, step = self.height() - 28.5, self._desk.theme.px(15) / 2 if self._where else 0
            x = size + 25
            canvas.text(x, middle - step, name, "smallm", width=self.width() - x - 44)
            canvas.text(x, middle + step, self._where, "micro", "ink3", width=self.width() - x - 44)
        canvas.painter.end()
