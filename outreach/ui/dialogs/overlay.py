"""What floats over the window: a panel on a scrim, with a title, a body and the ways on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.ui.actions import OVERLAY
from outreach.ui.focus import step_from
from outreach.ui.motion import fade_in
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.marks import soft_shadow
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button, Label, Rule, column, line
from outreach.ui.widgets.flow import Paragraph

#: How far the shadow of a panel reaches beyond it.
_SHADOW = 32
#: How round a panel's corners are.
CORNER = 12


class Overlay(QWidget):
    """A panel over the whole window; Esc closes it, and the focus goes back to where it was.

    Signals:
        closed: It is gone.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, panel: QWidget, width: int, height: int = 0) -> None:
        super().__init__(parent)
        self._theme = theme
        self._panel = panel
        self._wanted = (width, height)
        self._before = parent.window().focusWidget()
        self.setObjectName(OVERLAY)
        panel.setParent(self)
        parent.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place()
        self.show()
        self.raise_()
        fade_in(theme, self)
        # What lies below must not hear another key.
        self.setFocus()

    def close_overlay(self) -> None:
        """Go, and give the focus back."""
        self.hide()
        parent = self.parentWidget()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        elif parent is not None:
            parent.window().setFocus()  # which hands it to what is looked at
        self.closed.emit()
        self.deleteLater()

    def still(self, act: Callable[..., object]) -> Callable[..., None]:
        """Something to do when a result arrives, if this is still open then."""

        def do(*arguments: object) -> None:
            if isValid(self) and self.isVisible():
                act(*arguments)

        return do

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        width = min(self._theme.px(self._wanted[0]), parent.width() - 48)
        height = self._theme.px(self._wanted[1]) or self._panel.heightForWidth(width)
        if height <= 0:
            height = self._panel.sizeHint().height()
        height = min(height, parent.height() - 48)
        self._panel.setGeometry((parent.width() - width) // 2, self._top(height), width, height)

    def _top(self, height: int) -> int:
        """Where a panel of a height begins."""
        return (self.height() - height) // 2

    def resettle(self) -> None:
        """The panel's content has another size.

        What lies beside it stays as it is, and need not be painted again with all that is below.
        """
        before, size = self._panel.geometry(), self.size()
        self._place()
        after = self._panel.geometry()
        if self.size() != size:
            self.update()
        elif after != before:
            changed = before.united(after).adjusted(-_SHADOW, -_SHADOW, _SHADOW, _SHADOW)
            if (before.topLeft(), before.width()) == (after.topLeft(), after.width()):
                changed.setTop(min(before.bottom(), after.bottom()) - CORNER)  # only its foot has moved
            self.update(changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # Ctrl Enter goes on here, also from a field of many lines, and is no key of what lies below.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if ends and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        # Nothing goes through to what lies below.

    def enter(self) -> None:
        """Enter was pressed, and no field took it."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab stays within what floats."""
        reached = step_from(self.focusWidget(), (self._panel,), forwards=forwards)
        if reached is not None:
            reached.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas = Canvas.on(self, self._theme)
        canvas.fill(QRectF(self.rect()), "scrim")
        rect = QRectF(self._panel.geometry())
        soft_shadow(canvas, rect, CORNER, 22, 0.006, 8)
        canvas.rounded(rect, CORNER, "sheet", edge_of(self._theme))
        canvas.painter.end()


def edge_of(theme: Theme) -> str:
    """The colour of a panel's edge."""
    return "line2" if theme.is_dark else "line"


class Dialog(Overlay):
    """A panel with a title, a sentence, a body, and buttons below; the last one goes on, and Enter is its key."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        text: str,
        body: QWidget | None,
        *buttons: Button,
        width: int = 520,
    ) -> None:
        panel = QWidget()
        self.trouble = Label(theme, "", "small", "bad", wrap=True)
        self.trouble.hide()
        parts: list[QWidget | int] = [Label(theme, title, "h2"), 6]
        if text:
            parts += [Paragraph(theme, text, "body", "ink2"), 14]
        if body is not None:
            parts += [body, 14]
        # A question alone is small enough to need no line above its answers.
        parts += [self.trouble, 6, Rule(theme)] if body is not None else [self.trouble]
        foot = QWidget()
        foot.setLayout(line(None, *buttons, margins=(0, 12, 0, 0)))
        panel.setLayout(column(*parts, foot, margins=(26, 22, 26, 18)))
        self._buttons = buttons
        super().__init__(theme, parent, panel, width)
        self.focusNextPrevChild(True)

    def enter(self) -> None:
        focused = self.focusWidget()
        chosen = focused if isinstance(focused, Button) and focused in self._buttons else self._buttons[-1]
        chosen.click()

    def show_trouble(self, text: str) -> None:
        """Say what is in the way, beside the buttons."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        self.resettle()
