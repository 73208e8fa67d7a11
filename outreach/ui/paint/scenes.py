"""Small drawings for places where nothing is yet: a book among what belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.covers import cover
from outreach.ui.paint.marks import avatar

#: A scene fits into this; as a whole it grows with the text.
WIDTH, HEIGHT = 300, 190
#: What stands in the middle is drawn from here down.
_TOP = 38
#: Numbers of titles whose cloth is jade with a sprig, madder, and ochre.
_JADE, _MADDER, _OCHRE = 25, 1, 4


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands around the middle, from left to right, and what stands in it."""

    around: tuple[str, str, str, str]
    middle: Callable[["_Easel"], None]


class _Easel:
    """The middle of a scene, in the lengths of a scene that has not grown; nought is in its middle."""

    def __init__(self, canvas: Canvas, middle: float) -> None:
        self.canvas, self._middle, self._scale = canvas, middle, canvas.theme.scale

    def rect(self, x: float, y: float, width: float, height: float) -> QRectF:
        by = self._scale
        return QRectF(self._middle + x * by, y * by, width * by, height * by)

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(self._middle + x * self._scale, y * self._scale)

    def rounded(self, rect: QRectF, radius: float, fill: str | QColor, edge: str | None = None) -> None:
        self.canvas.rounded(rect, radius * self._scale, fill, edge)

    def cover(self, x: float, y: float, width: float, cloth: int) -> None:
        place = self.rect(x, y, width, 0)
        cover(self.canvas, place.x(), place.y(), place.width(), cloth, "")

    def ribbon(self, x: float, length: float) -> None:
        """Hangs out of a book, cut at its end."""
        bottom = 28 + length
        self.canvas.painter.setPen(Qt.PenStyle.NoPen)
        self.canvas.painter.setBrush(self.canvas.theme.color("ribbon"))
        points = ((x, 28), (x + 8, 28), (x + 8, bottom), (x + 4, bottom - 5), (x, bottom))
        self.canvas.painter.drawPolygon([self.point(*point) for point in points])


def paint_scene(canvas: Canvas, icon: str, width: float, height: float) -> None:
    """Paint what belongs to a place, named by its icon; one that has no scene gets its icon on a plate."""
    scene = SCENES.get(icon)
    if scene is None:
        canvas.rounded(QRectF(width / 2 - 60, height / 2 - 42, 120, 84), 42, "accent_tint")
        canvas.icon(icon, width / 2 - 21, height / 2, 42, "accent", 1.5)
        return
    middle, by = width / 2, canvas.theme.scale
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(canvas.theme.color("accent_tint"))
    canvas.painter.translate(0, (height - HEIGHT * by) / 2)
    canvas.painter.drawEllipse(QPointF(middle, 116 * by), WIDTH / 2 * by, 62 * by)
    places = ((-112, 102, 46), (-60, 62, 40), (60, 62, 40), (112, 102, 46))
    for name, (x, y, size) in zip(scene.around, places, strict=True):
        big = canvas.px(size)
        canvas.icon(name, middle + x * by - big / 2, y * by, big, "accent", 1.3, grows=False)
    canvas.painter.translate(0, _TOP * by)
    scene.middle(_Easel(canvas, middle))


def _book(easel: _Easel) -> None:
    easel.cover(-24, 34, 48, _JADE)
    easel.ribbon(10, 36)


def _shelf(easel: _Easel) -> None:
    for x, cloth in ((-46, _MADDER), (46, _OCHRE)):
        easel.cover(x - 17, 55, 34, cloth)
    _book(easel)


def _voices(easel: _Easel) -> None:
    canvas = easel.canvas
    for x, y, size, name in ((-38, 62, 38, "Rosa Vinter"), (38, 62, 38, "Gwen Abara"), (0, 44, 56, "Maya Okonjo")):
        place = easel.rect(x - size / 2, y, size, size)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(canvas.theme.color("sheet"))
        canvas.painter.drawEllipse(easel.rect(x - size / 2 - 3, y - 3, size + 6, size + 6))
        avatar(canvas, place.x(), place.y(), place.width(), name)


def _letter(easel: _Easel) -> None:
    easel.rounded(easel.rect(-34, 34, 68, 82), 4, "paper", "line2")
    for number, share in enumerate((0.5, 1, 0.9, 1, 0.4)):
        easel.rounded(easel.rect(-24, 48 + 12 * number, 48 * share, 3), 1.5, "accent_tint2")
    easel.ribbon(16, 24)


def _parcel(easel: _Easel) -> None:
    easel.rounded(easel.rect(-38, 44, 76, 66), 5, easel.canvas.theme.cloth("ochre", cover=True))
    easel.canvas.fill(easel.rect(-5, 44, 10, 66), "ribbon")
    easel.rounded(easel.rect(-28, 78, 40, 22), 2, "paper")
    for number, share in enumerate((1, 0.7)):
        easel.rounded(easel.rect(-23, 84 + 7 * number, 28 * share, 3), 1.5, "accent_tint2")


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
