"""What is said in place: a sentence below a field, and a banner for what lasts."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import mixed
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, Painted, line

#: By tone: the sign, the colour of the words, the ground, the edge where it has a colour of its own.
_TONES = {
    "help": ("info", "ink3", "inset", "line"),
    "info": ("info", "info", "info_tint", ""),
    "warn": ("triangle-alert", "warn", "warn_tint", "warn_line"),
    "bad": ("circle-alert", "bad", "bad_tint", ""),
}
#: Else it is so much nearer to the ground than to the words.
_FAINT = 0.62


class Note(QWidget):
    """A sentence below a field: help, a doubt that lets one go on, or what is wrong and how to mend it."""

    def __init__(self, theme: Theme, text: str = "", tone: str = "bad") -> None:
        super().__init__()
        icon, color, _, _ = _TONES[tone]
        self._label = Label(theme, text, "small", color, wrap=True)

        def paint(canvas: Canvas, _width: float, height: float) -> None:
            canvas.icon("info" if tone == "warn" else icon, 0, height / 2, 14, color, 2)

        sign = Painted(theme, paint, 18, 16)
        row = line(sign, self._label, spacing=4)
        row.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        self.setLayout(row)
        if not text:
            self.hide()

    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def set_text(self, text: str) -> None:
        """Say something else; nothing hides it."""
        self._label.setText(text)
        self.setVisible(bool(text))


class Banner(QWidget):
    """One line below a page's header for a lasting state, with the one thing to do about it.

    Attributes:
        button: Does it.
    """

    def __init__(self, theme: Theme, text: str, does: str, tone: str = "warn") -> None:
        super().__init__()
        self._theme = theme
        self._tone = tone
        icon, color, _, _ = _TONES[tone]
        self._label = Label(theme, text, "body", color, wrap=True)
        self.button = Button(theme, does, "default", height=28)
        sign = Painted(theme, lambda canvas, _, height: canvas.icon(icon, 0, height / 2, 16, color, 2), 20, 16)
        row = line(sign, self._label, self.button, spacing=8, margins=(14, 7, 9, 7))
        row.setStretch(1, 1)
        self.setLayout(row)
        theme.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        """Tell of another state."""
        self._label.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        _, color, ground, edge = _TONES[self._tone]
        theme = self._theme
        faint = mixed(theme.color(color), theme.color(ground), 0 if theme.is_contrasting else _FAINT)
        canvas.rounded(QRectF(self.rect()), 8, ground, edge or faint)
        canvas.painter.end()
