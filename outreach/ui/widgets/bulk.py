"""The bulk bar: how many rows are selected, and what can be done with all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import keycap, keycap_width, soft_shadow
from outreach.ui.table.view import TableView
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Label, line
from outreach.ui.widgets.toast import BULK

#: From so many selected rows on it shows; one is the current row.
_LEAST = 2
#: Room for its shadow, and how far it floats over the foot of the list.
_SHADOW, _HIGH, _UP = 20, 44, 14
#: So much is free below the last row while it shows.
ROOM = 72

#: Label, icon, key and what is done.
Doing = tuple[str, str, str, Callable[[], object]]


class Verb(QAbstractButton):
    """Something that can be done with all that is selected, with its key."""

    def __init__(self, theme: Theme, text: str, icon: str, key: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._sign = icon
        self._key = key
        self._is_brief = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key})" if key else text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_brief(self, *, brief: bool) -> None:
        """Do without the key where there is little room; it is in the tooltip too."""
        self._is_brief = brief
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = self._theme
        if not self._key:
            return QSize(30, theme.px(30))
        wide = 8 + 24 + theme.width("medium", self.text()) + 8
        wide += 0 if self._is_brief else 8 + keycap_width(theme, self._key)
        return QSize(round(wide), theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        middle = self.height() / 2
        if self.hasFocus():
            canvas.rounded(QRectF(self.rect()), 6, None, "toast_act", 2)
        ink = "toast_act" if self.underMouse() else "on_toast"
        if not self._key:
            canvas.icon(self._sign, (self.width() - 14) / 2, middle, 14, ink, 2)
        else:
            canvas.icon(self._sign, 8, middle, 16, "toast_act", 1.9)
            x = 32 + canvas.text(32, middle, self.text(), "medium", ink)
            if not self._is_brief:
                keycap(canvas, x + 8, middle, self._key, "toast_act", "toast_act")
        canvas.painter.end()


class BulkBar(QWidget):
    """Floats over the foot of a table from two selected rows on; Esc, or its cross, leaves one."""

    def __init__(self, desk: Desk, table: TableView, verbs: Sequence[Doing]) -> None:
        """A bar over a table.

        Args:
            desk: Theme and words.
            table: Whose selection it is about.
            verbs: What can be done, from the left.
        """
        super().__init__(table)
        self._desk = desk
        self._table = table
        theme = desk.theme
        self.count = Label(theme, "", "strong", "on_toast")
        self._verbs = [Verb(theme, label, icon, key) for label, icon, key, _ in verbs]
        for verb, (*_, act) in zip(self._verbs, verbs, strict=True):
            verb.clicked.connect(lambda _=False, act=act: act())
        close = Verb(theme, desk.say("Leave the selection"), "x")
        close.clicked.connect(self.clear)
        self.setLayout(
            line(self.count, 18, *self._verbs, 10, close, spacing=4,
                 margins=(_SHADOW + 18, _SHADOW, _SHADOW + 8, _SHADOW))
        )  # fmt: skip
        self.setObjectName(BULK)
        self.hide()
        table.selection_changed.connect(self._follow)
        table.installEventFilter(self)

    def clear(self) -> None:
        """Leave the current row selected and no other."""
        self._table.select_ids([self._table.current_id()], self._table.current_id())
        self._table.setFocus()

    def _follow(self) -> None:
        number = self._table.selected_count()
        if number < _LEAST:
            self.hide()
            self._table.set_room(0)
            return
        self.count.setText(self._desk.words.trn("{number} selected", "{number} selected", number))
        self._place()
        if not self.isVisible():
            self._table.set_room(self._desk.theme.px(ROOM))
            self.show()
            self.raise_()

    def _place(self) -> None:
        table = self._table
        for brief in (False, True):
            for verb in self._verbs:
                verb.set_brief(brief=brief)
            if self.sizeHint().width() - 2 * _SHADOW <= table.width():
                break
        self.setFixedHeight(self._desk.theme.px(_HIGH) + 2 * _SHADOW)
        self.resize(self.sizeHint())
        self.move((table.width() - self.width()) // 2, table.height() - self.height() + _SHADOW - _UP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._desk.theme)
        plate = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        soft_shadow(canvas, plate, 9, 14, 0.012, 5)
        canvas.rounded(plate, 9, "toast")
        x = self.count.geometry().right() + 13
        canvas.painter.setOpacity(0.35)
        canvas.fill(QRectF(x, plate.top() + 12, 1, plate.height() - 24), "on_toast")
        canvas.painter.end()
