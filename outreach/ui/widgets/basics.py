"""Labels, buttons and fields."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import keycap, keycap_width
from outreach.ui.paint.plates import State, plate
from outreach.ui.theme import Theme
from outreach.ui.widgets.lineedit import AT_THE_RIGHT

#: Beside the words of a link: room for the ring of the focus, by which a link stands out of the words above it.
LINK_ROOM = 4
Margins = tuple[int, int, int, int]
#: Paints on a canvas of a width and a height.
Paint = Callable[[Canvas, float, float], None]


def sided(margins: Margins) -> Margins:
    """Margins as they are meant for a language from left to right; Qt does not mirror them."""
    left, top, right, bottom = margins
    return (right, top, left, bottom) if QGuiApplication.isRightToLeft() else margins


def column(*parts: QWidget | QLayout | int | None, spacing: int = 0, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts below one another; a number is a gap, None takes what is left."""
    layout = QVBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def line(*parts: QWidget | QLayout | int | None, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts beside one another; a number is a gap, None takes what is left."""
    layout = QHBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def _fill(
    layout: QBoxLayout, parts: tuple[QWidget | QLayout | int | None, ...], spacing: int, margins: Margins
) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*sided(margins))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


class Label(QLabel):
    """Words in a role and a colour of the theme."""

    def __init__(
        self, theme: Theme, text: str = "", role: str = "body", color: str = "ink", *, wrap: bool = False
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._role = role
        self._color = color
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if self.isRightToLeft():
            # Qt would leave a Latin title at the left of a page that is read from the right.
            self.setAlignment(AT_THE_RIGHT)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_color(self, color: str) -> None:
        """Show the words in another colour."""
        self._color = color
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.color(self._color))
        self.setPalette(palette)
        if not self.wordWrap():
            self.setMinimumHeight(self._theme.line_height(self._role))


class KeyTip(QObject):
    """A widget's tooltip: some words, and the key that does the same, as it is at any time."""

    def __init__(self, widget: QWidget, theme: Theme, text: str, key: str) -> None:
        super().__init__(widget)
        self._widget = widget
        self._theme = theme
        self._text = text
        self._key = key
        theme.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        shown = self._theme.keys.cap(self._key)
        self._widget.setToolTip(f"{self._text} ({shown})" if shown else self._text)


class Button(QPushButton):
    """A button of the house style, with an icon and the key that does the same.

    Its kind is ``primary`` (at most one on a screen), ``default``, ``ghost``, ``note`` (a small ghost), ``link``,
    ``chip`` (a filter that is not on yet) or ``danger``.
    """

    def __init__(
        self, theme: Theme, text: str, kind: str = "default", icon: str = "", key: str = "", *, height: int = 32
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._kind = kind
        self._icon = icon
        self._key = key
        self._height = height
        self._value = ""
        self._left_out = False, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if key:
            KeyTip(self, theme, text, key)
        theme.changed.connect(self.updateGeometry)

    @property
    def kind(self) -> str:
        """How it is painted."""
        return self._kind

    def set_kind(self, kind: str) -> None:
        """Look like another kind of button."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_label(self, text: str) -> None:
        """Show other words, and take the room they need."""
        self.setText(text)
        self.updateGeometry()
        self.update()

    def set_value(self, value: str) -> None:
        """Show a value behind the words, as a filter has one."""
        self._value = value
        self.setAccessibleName(f"{self.text()}: {value}")
        self.updateGeometry()
        self.update()

    def leave_out(self, *, keys: bool, words: bool) -> None:
        """Show less where there is little room: no key, and no words if an icon says enough and it is not primary."""
        if self._left_out != (keys, words):
            self._left_out = keys, words
            if words and not self.toolTip():
                self.setToolTip(self.text())
            self.updateGeometry()
            self.update()

    def width_without(self, *, keys: bool, words: bool) -> int:
        """How wide it is with its key or its words left out."""
        theme = self._theme
        if not self.text() or (words and self._icon and self._kind != "primary"):
            return theme.px(self._height)
        width = 2 * self._side() + theme.width(self._role, self.text()) + (self._beside_icon if self._icon else 0)
        width += theme.width("smalls", self._value) + 4 if self._value else 0
        cap = keycap_width(theme, self._key) if not keys else 0
        # A link ends where its words do, so that it stands flush with what is below it.
        return round(width + (cap + 8 if cap else 0)) + (0 if self._kind in ("link", "note") else 1)

    def sizeHint(self) -> QSize:
        keys, words = self._left_out
        return QSize(self.width_without(keys=keys, words=words), self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        rect = QRectF(self.rect())
        state = State(enabled=self.isEnabled(), hovered=self.underMouse(), down=self.isDown())
        color, key_color, key_line = plate(canvas, rect, self._kind, state)
        if self.hasFocus():
            ring = "ink" if self._kind == "primary" else "focus"
            canvas.rounded(rect, 6, None, ring, 2)
        middle = rect.center().y()
        keys, words = self._left_out
        if self._icon and (not self.text() or (words and self._kind != "primary")):
            canvas.icon(self._icon, (rect.width() - 16) / 2, middle, 16, color)
            canvas.painter.end()
            return
        x = float(self._side())
        if self._icon:
            ink = {"link": "ink3", "chip": "ink2"}.get(self._kind, color)
            canvas.icon(self._icon, x, middle, self._sign, ink, 2 if self._kind == "chip" else 1.75, grows=False)
            x += self._beside_icon
        x += canvas.text(x, middle, self.text(), self._role, color)
        if self._value:
            x += 4 + canvas.text(x + 4, middle, self._value, "smalls", "accent")
        if self._key and not keys:
            keycap(canvas, x + 8, middle, self._key, key_color, key_line)
        canvas.painter.end()

    @property
    def _beside_icon(self) -> int:
        """How far the words begin after the icon does."""
        return self._sign + {"link": 7, "chip": 5}.get(self._kind, 6)

    @property
    def _sign(self) -> int:
        """How large the icon is."""
        return self._theme.px({"link": 14, "chip": 13}.get(self._kind, 16))

    @property
    def _role(self) -> str:
        return {"link": "smallm", "chip": "smallm", "note": "small"}.get(self._kind, "medium")

    def _side(self) -> int:
        """The room beside the words; a link has just enough for the ring of the focus."""
        return {"link": LINK_ROOM, "note": LINK_ROOM, "ghost": 9, "chip": 9}.get(self._kind, 12)


class Rule(QWidget):
    """A hairline across."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        canvas.fill(QRectF(self.rect()), "line")
        canvas.painter.end()


class Painted(QLabel):
    """Something painted, which says in words what it shows.

    A label and no bare widget, so that a screen reader reads it.
    """

    def __init__(
        self,
        theme: Theme,
        paint: Callable[[Canvas, float, float], None],
        height: int,
        width: int = 0,
        *,
        words: str = "",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._paint = paint
        self._size = (width, height)
        self.setAccessibleName(words)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_paint(self, paint: Paint, words: str) -> None:
        """Show something else."""
        self._paint = paint
        self.setAccessibleName(words)
        self.update()

    def _restyle(self) -> None:
        width, height = self._size
        self.setFixedHeight(self._theme.px(height))
        if width:
            self.setFixedWidth(self._theme.px(width))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        self._paint(canvas, self.width(), self.height())
        canvas.painter.end()
