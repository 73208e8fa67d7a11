"""Cards about a post: what lies behind it, what it may be used for, how it tells of the gift, what is quoted."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import pill, pill_width
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, Painted, column, line
from outreach.ui.widgets.flow import Block, Paragraph, TextLines

#: By how things stand: the tone of its pill.
RULING_TONES = {
    "granted": "good", "granted_until": "good", "asked": "info", "ended": "bad", "withdrawn": "bad",
}  # fmt: skip
DISCLOSURE_TONES = {"clear": "good", "missing": "warn", "hard_to_see": "warn", "not_enough": "warn"}


class NatureBanner(Block):
    """What lies behind a post, with its reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._organic = True
        self._head = self._reason = ""

    def show_nature(self, nature: str, reason: str, gift_on: str) -> None:
        """Show a nature; an empty one says nothing."""
        words = self._desk.words
        self._organic = nature == "organic"
        self._head = words.tr("Posted unprompted") if self._organic else words.term("nature", nature)
        if reason == "after_free_gift" and gift_on:
            self._reason = words.tr("No ask, no payment, gift from {day}", day=self._desk.day(gift_on))
        else:
            self._reason = words.term("nature_reason", reason) if reason else ""
        self.setVisible(bool(nature))
        self.setAccessibleName(f"{self._head}, {self._reason}")
        self.refresh()

    def height_at(self, width: float) -> float:
        return self.theme.px(34) + TextLines(self.theme, self._reason, "small", width - 58).height + 4

    def paint_on(self, canvas: Canvas, width: float) -> None:
        tint, ink = ("good_tint", "good") if self._organic else ("press", "ink2")
        canvas.rounded(QRectF(0, 0, width, self.height()), 8, tint)
        canvas.icon("leaf" if self._organic else "info", 15, self.height() / 2, 17, ink, 2)
        canvas.text(44, canvas.px(18), self._head, "medium", ink, width=width - 58)
        TextLines(self.theme, self._reason, "small", width - 58).paint(canvas, 44, canvas.px(28), ink)


class PillLabel(Painted):
    """A pill as wide as its words."""

    def __init__(self, theme: Theme) -> None:
        self._text, self._tone = "", "neutral"
        super().__init__(theme, self._paint_pill, 20)

    def show_state(self, text: str, tone: str) -> None:
        """Say something else."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self._restyle()

    def _restyle(self) -> None:
        super()._restyle()
        self.setFixedWidth(round(pill_width(self._theme, self._text)) + 2 if self._text else 0)

    def _paint_pill(self, canvas: Canvas, _width: float, height: float) -> None:
        if self._text:
            pill(canvas, 0, height / 2, self._text, self._tone)


class Card(QWidget):
    """A card with a sign, a heading, a pill, a sentence, and what can be done."""

    def __init__(self, theme: Theme, icon: str, heading: str, *buttons: Button) -> None:
        super().__init__()
        self._theme = theme
        sign = Painted(theme, lambda canvas, _, height: canvas.icon(icon, 0, height / 2, 15, "ink2"), 20, 18)
        self.state = PillLabel(theme)
        self.text = Paragraph(theme, "", "small", "ink2")
        self.text.setObjectName("rights")
        self.buttons = buttons
        head = line(sign, Label(theme, heading, "medium"), None, self.state, spacing=5)
        self._foot = QWidget()
        # Two beside one another, so that a pane need not be wider for them.
        rows = [line(*buttons[place : place + 2], None, spacing=8) for place in range(0, len(buttons), 2)]
        self._foot.setLayout(column(*rows, spacing=6, margins=(0, 6, 0, 0)))
        self.setLayout(column(head, 2, self.text, self._foot, margins=(13, 10, 13, 12)))
        theme.changed.connect(self.update)

    def show_state(self, pill_text: str, tone: str, text: str) -> None:
        """Show how things stand."""
        self.state.show_state(pill_text, tone)
        self.text.set_text(text)
        self._foot.setVisible(any(not button.isHidden() for button in self.buttons))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        canvas.rounded(QRectF(self.rect()), 8, "sheet", "line")
        canvas.painter.end()
