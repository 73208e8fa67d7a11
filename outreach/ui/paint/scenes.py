"""Small drawings for places where nothing is yet: a book among what belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt

from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar

#: A scene fits into this, in pixels; it does not grow with the text.
WIDTH, HEIGHT = 300, 190
#: What stands in the middle is drawn from here down.
_TOP = 38
#: Numbers of titles whose cloth is jade with a sprig, madder, and ochre.
_JADE, _MADDER, _OCHRE = 25, 1, 4


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands around the middle, from left to right, and what stands in it."""

    around: tuple[str, str, str, str]
    middle: Callable[[Canvas, float], None]


def paint_scene(canvas: Canvas, icon: str, width: float, height: float) -> None:
    """Paint what belongs to a place, named by its icon; one that has no scene gets its icon on a plate."""
    scene = SCENES.get(icon)
    if scene is None:
        canvas.rounded(QRectF(width / 2 - 60, height / 2 - 42, 120, 84), 42, "accent_tint")
        canvas.icon(icon, width / 2 - 21, height / 2, 42, "accent", 1.5)
        return
    middle = width / 2
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(canvas.theme.color("accent_tint"))
    canvas.painter.translate(0, (height - HEIGHT) / 2)
    canvas.painter.drawEllipse(QPointF(middle, 116), WIDTH / 2, 62)
    places = ((-112, 102, 46), (-60, 62, 40), (60, 62, 40), (112, 102, 46))
    for name, (x, y, size) in zip(scene.around, places, strict=True):
        canvas.icon(name, middle + x - size / 2, y, size, "accent", 1.3)
    canvas.painter.translate(0, _TOP)
    scene.middle(canvas, middle)


def _book(canvas: Canvas, middle: float) -> None:
    cover(canvas, middle - 24, 34, 48, _JADE, "")
    _ribbon(canvas, middle + 10, 36)


def _ribbon(canvas: Canvas, x: float, length: float) -> None:
    """Hangs out of a book, cut at its end."""
    bottom = 28 + length
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(canvas.theme.color("ribbon"))
    points = ((x, 28), (x + 8, 28), (x + 8, bottom), (x + 4, bottom - 5), (x, bottom))
    canvas.painter.drawPolygon([QPointF(*point) for point in points])


def _shelf(canvas: Canvas, middle: float) -> None:
    for x, cloth in ((-46, _MADDER), (46, _OCHRE)):
        cover(canvas, middle + x - 17, 55, 34, cloth, "")
    _book(canvas, middle)


def _voices(canvas: Canvas, middle: float) -> None:
    for x, y, size, name in ((-38, 62, 38, "Rosa Vinter"), (38, 62, 38, "Gwen Abara"), (0, 44, 56, "Maya Okonjo")):
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(canvas.theme.color("sheet"))
        canvas.painter.drawEllipse(QPointF(middle + x, y + size / 2), size / 2 + 3, size / 2 + 3)
        avatar(canvas, middle + x - size / 2, y, size, name)


def _letter(canvas: Canvas, middle: float) -> None:
    canvas.rounded(QRectF(middle - 34, 34, 68, 82), 4, "paper", "line2")
    for number, share in enumerate((0.5, 1, 0.9, 1, 0.4)):
        canvas.rounded(QRectF(middle - 24, 48 + 12 * number, 48 * share, 3), 1.5, "accent_tint2")
    _ribbon(canvas, middle + 16, 24)


def _parcel(canvas: Canvas, middle: float) -> None:
    canvas.rounded(QRectF(middle - 38, 44, 76, 66), 5, canvas.theme.cloth("ochre", cover=True))
    canvas.fill(QRectF(middle - 5, 44, 10, 66), "ribbon")
    canvas.rounded(QRectF(middle - 28, 78, 40, 22), 2, "paper")
    for number, share in enumerate((1, 0.7)):
        canvas.rounded(QRectF(middle - 23, 84 + 7 * number, 28 * share, 3), 1.5, "accent_tint2")


SCENES: dict[str, Scene] = {
    "armchair": Scene(("armchair", "armchair", "armchair", "armchair"), _book),
    "users": Scene(("camera", "video", "store", "radio"), _voices),
    "library": Scene(("tag", "book-open", "bookmark", "gift"), _shelf),
    "flag": Scene(("users", "gift", "flag", "message-square-quote"), _book),
    "puzzle": Scene(("heart", "users", "heart", "users"), _book),
    "feather": Scene(("feather", "mail", "heart", "mail-check"), _letter),
    "package": Scene(("map-pin", "printer", "truck", "circle-check"), _parcel),
    "message-square-quote": Scene(("camera", "message-square-quote", "video", "newspaper"), _book),
}
