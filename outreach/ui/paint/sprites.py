"""Marks that are painted once and kept as pictures: what a table shows a thousand times while it is scrolled."""

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPixmap

from outreach.ui.paint.canvas import Canvas

#: So many are kept; then it begins anew.
_MOST = 1500


def sprite(
    canvas: Canvas,
    key: Hashable,
    place: QPointF,
    size: tuple[float, float],
    paint: Callable[[Canvas, float, float], object],
) -> None:
    """Paint a mark from its picture, and make that where there is none.

    Args:
        canvas: Where it is painted. What is mirrored is painted anew, since its words are not.
        key: What tells it from all others in the same look.
        place: Its left upper corner.
        size: Its width and height.
        paint: Paints it on a canvas at a left upper corner.
    """
    if canvas.is_mirrored:
        paint(canvas, place.x(), place.y())
        return
    theme = canvas.theme
    whole = (key, theme.ratio)
    found = theme.sprites.get(whole)
    if found is None:
        if len(theme.sprites) >= _MOST:
            theme.sprites.clear()
        found = theme.sprites[whole] = QPixmap(*(math.ceil(each * theme.ratio) for each in size))
        found.setDevicePixelRatio(theme.ratio)
        found.fill(Qt.GlobalColor.transparent)
        inner = Canvas.on(found, theme)
        paint(inner, 0, 0)
        inner.painter.end()
    canvas.painter.drawPixmap(QPointF(round(place.x()), round(place.y())), found)
