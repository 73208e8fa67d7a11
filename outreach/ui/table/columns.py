"""What a table shows: columns as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF

from outreach.ui.paint.canvas import Canvas

Paint = Callable[[Canvas, QRectF, Any], None]
#: Figures end so far before the right edge of their cell, or heading.
BEFORE_EDGE = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        key: Its name, which never changes; widths and orders are kept by it.
        label: Its heading.
        width: How wide it is at first, in pixels at normal text size; the first that is 0 takes what is left.
        paint: Paints a row's cell.
        text: The cell as plain text, for copying and for screen readers.
        order: The name by which it can be ordered; empty where it cannot.
        right: Whether its heading stands at the right, over numbers.
        optional: Whether it is hidden until the user asks for it.
    """

    key: str
    label: str
    width: int
    paint: Paint
    text: Callable[[Any], str]
    order: str = ""
    right: bool = False
    optional: bool = False


def ended(place: QRectF, inset: float) -> QRectF:
    """The place of figures in the last column: they end as far before the table's edge as its first cell begins."""
    return place.adjusted(0, 0, BEFORE_EDGE - inset, 0)


def plain(text: Callable[[Any], str], role: str = "body", color: str = "ink", *, right: bool = False) -> Paint:
    """Paints a cell as one line of text."""

    def paint(canvas: Canvas, rect: QRectF, row: Any) -> None:
        x = rect.right() - BEFORE_EDGE if right else rect.left()
        align = "right" if right else "left"
        canvas.text(x, rect.center().y(), text(row), role, color, width=rect.width() - 12, align=align)

    return paint
