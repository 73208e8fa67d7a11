"""A line to type in that shows in grey how the word being typed would go on."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent

from outreach.ui.paint.canvas import Canvas, pointed_from
from outreach.ui.theme import Theme
from outreach.ui.widgets.caret import CaretLine


class GhostLine(CaretLine):
    """Shows what may be taken behind the cursor, while that stands at the end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._rest = ""
        self._for = ""

    @property
    def rest(self) -> str:
        """What is shown in grey, and would be taken; empty where the cursor stands elsewhere."""
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        return self._rest if at_end and self.text() == self._for else ""

    def offer(self, text: str, rest: str) -> None:
        """Show how a text would go on, if it still stands there."""
        if text == self.text():
            self._for, self._rest = text, rest
            self.update()

    def typed(self, text: str) -> None:
        """Another letter was typed: if it is the next grey one, the others stay while they are looked up anew."""
        more = text[len(self._for) :] if self._for and text.startswith(self._for) else ""
        is_next = bool(more) and self._rest.casefold().startswith(more.casefold())
        self._for, self._rest = text, self._rest[len(more) :] if is_next else ""
        self.update()

    def take(self) -> None:
        """Let what is grey be typed."""
        self.insert(self.rest)

    def caret(self) -> QRect:
        """Between what was typed and what is grey."""
        return super().caret().translated(-2 if self.rest else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rest:
            canvas = Canvas.on(self, self._theme)
            x = pointed_from(self, self.cursorRect().center().x()) + 1
            canvas.text(x, self.height() / 2, self.rest, "body", "ink3", width=max(0, self.width() - x - 4))
            canvas.painter.end()
