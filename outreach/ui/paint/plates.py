"""The plate of a button, by its kind and its state."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme

_RADIUS = 6


@dataclass(frozen=True, slots=True)
class State:
    """How a button stands."""

    enabled: bool
    hovered: bool
    down: bool


def plate(canvas: Canvas, rect: QRectF, kind: str, state: State) -> tuple[str, str, str | QColor]:
    """Paint it; the colours of the words, of its keycap and of that one's edge are returned."""
    hovered = state.enabled and state.hovered
    if kind == "primary":
        fill = "accent_press" if state.down else "accent_hover" if hovered else "accent"
        canvas.rounded(rect, _RADIUS, fill if state.enabled else "press")
        ink = "on_accent" if state.enabled else "off"
        return ink, ink, _faint(canvas.theme, ink)
    ink = {"danger": "bad", "link": "accent", "default": "ink"}.get(kind, "ink2")
    if kind in ("default", "danger"):
        rest = "press" if state.down or (canvas.theme.is_dark and not hovered) else "hover" if hovered else "sheet"
        canvas.rounded(rect, _RADIUS, rest, "bad" if kind == "danger" else "line2")
    elif kind == "chip":
        canvas.rounded(rect, _RADIUS, "hover" if hovered else None, "line2")
    elif hovered and kind in ("ghost", "note"):
        canvas.rounded(rect, _RADIUS, "hover")
    return (ink, "ink3", "line2") if state.enabled else ("off", "off", "line2")


def _faint(theme: Theme, ink: str) -> QColor:
    """The edge of a keycap on the accent: seen, and no brighter than what is written in it."""
    edge = QColor(theme.color(ink))
    edge.setAlphaF(1.0 if theme.is_contrasting else 0.4)
    return edge
