"""What little moves: what floats over the window, and what comes back into it, fades in where motion is wanted."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPropertyAnimation, QVariantAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from outreach.ui.theme import Theme

#: So long takes a fade.
FADE_MS = 120


def fade_in(theme: Theme, widget: QWidget) -> None:
    """Let a widget that has just been shown fade in; it is there at once where no motion is wanted."""
    if not theme.moves:
        return
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(0.0)
    widget.setGraphicsEffect(effect)
    fade = QPropertyAnimation(effect, b"opacity", widget)
    fade.setDuration(FADE_MS)
    fade.setStartValue(0.0)
    fade.setEndValue(1.0)
    fade.setEasingCurve(QEasingCurve.Type.OutCubic)
    # An effect costs a picture of the widget at each paint, so it goes as soon as it is of no use.
    fade.finished.connect(lambda: widget.setGraphicsEffect(None))  # type: ignore[arg-type]
    fade.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)


class Fade(QVariantAnimation):
    """How much of something is seen that paints itself, between 0 and 1."""

    def __init__(self, theme: Theme, paint: Callable[[], None], gone: Callable[[], None], parent: QObject) -> None:
        """A fade of what `paint` paints anew; `gone` is called when it has faded out."""
        super().__init__(parent)
        self._theme = theme
        self._gone = gone
        self._leaves = False
        self.setDuration(FADE_MS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(lambda _: paint())
        self.finished.connect(self._end)

    @property
    def shown(self) -> float:
        """How much of it is seen now."""
        running = self.state() == QAbstractAnimation.State.Running
        return float(self.currentValue()) if running else 1.0

    def come(self) -> None:
        """Fade in."""
        self._go(0.0, 1.0)

    def leave(self) -> None:
        """Fade out, and be gone then; at once where no motion is wanted."""
        if self._theme.moves:
            self._go(self.shown, 0.0)
        else:
            self.stop()
            self._gone()

    def _go(self, start: float, end: float) -> None:
        self.stop()
        self._leaves = end < start
        if self._theme.moves:
            self.setStartValue(start)
            self.setEndValue(end)
            self.start()

    def _end(self) -> None:
        if self._leaves:
            self._gone()
