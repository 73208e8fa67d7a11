"""Covers, drawn: a bookcloth with foil. Every title keeps its cloth wherever it appears."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPainterPath, QPen

from outreach.services.catalogue.cloths import CLOTHS, INK
from outreach.ui.paint.canvas import Canvas
from outreach.ui.theme import Theme

_FOIL = "#F4E2B4"
_MOTIFS = 5
#: Below this width a cover shows two bars of foil in place of its title.
_READABLE = 40


def cloth_of(theme: Theme, item_id: int, *, is_book: bool = True) -> str:
    """The cloth of a title, the same wherever and whenever it appears; products are wrapped in ink."""
    return theme.shelf.cloth(item_id) or (CLOTHS[item_id % len(CLOTHS)] if is_book else INK)


def cover(
    canvas: Canvas,
    x: float,
    y: float,
    width: float,
    item_id: int,
    title: str,
    author: str = "",
    *,
    is_book: bool = True,
) -> None:
    """A cover with its title, one and a half times as high as wide; products are square."""
    with canvas.upright(x, width):
        _cover(canvas, QRectF(x, y, width, width * 1.5 if is_book else width), item_id, title, author, is_book=is_book)


def _cover(canvas: Canvas, rect: QRectF, item_id: int, title: str, author: str, *, is_book: bool) -> None:
    painter, theme = canvas.painter, canvas.theme
    x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    radius = max(1.5, width * 0.03)
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    base = theme.cloth(cloth_of(theme, item_id, is_book=is_book), cover=True)
    painter.save()
    painter.setClipPath(path)
    picture = theme.shelf.picture(item_id, width, height, painter.device().devicePixelRatioF())
    if picture is not None:
        painter.drawPixmap(QRectF(x, y, width, height), picture, QRectF(picture.rect()))
    else:
        painter.fillPath(path, _cloth(base, x, y, width) if is_book else base)
        _foil(canvas, rect, item_id, title, author)
    painter.restore()
    if theme.is_dark:
        painter.setPen(QPen(QColor(255, 255, 255, 28), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x + 0.5, y + 0.5, width - 1, height - 1), radius, radius)


def _foil(canvas: Canvas, rect: QRectF, item_id: int, title: str, author: str) -> None:
    """What is stamped on the cloth: two bars where it is small, else a drawing and the title."""
    painter = canvas.painter
    x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    foil = QColor(_FOIL)
    if width < _READABLE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(foil)
        painter.drawRect(QRectF(x + width * 0.28, y + height * 0.24, width * 0.52, max(1.0, height * 0.045)))
        painter.drawRect(QRectF(x + width * 0.36, y + height * 0.36, width * 0.36, max(1.0, height * 0.045)))
    else:
        painter.setPen(QPen(foil, max(0.8, width * 0.008)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _MOTIF[item_id % _MOTIFS](painter, rect)
        _lettering(canvas, rect, title, author)


def _cloth(base: QColor, x: float, y: float, width: float) -> QLinearGradient:
    """The spine's fold at the left."""
    gradient = QLinearGradient(x, y, x + width, y)
    for place, color in ((0, base.darker(118)), (0.055, base.darker(125)), (0.075, base.lighter(108)), (1, base)):
        gradient.setColorAt(place, color)
    return gradient


def _lettering(canvas: Canvas, rect: QRectF, title: str, author: str) -> None:
    painter, width, height = canvas.painter, rect.width(), rect.height()
    font = QFont(canvas.theme.font("h2"))
    font.setPixelSize(max(6, round(width * 0.115)))
    painter.setFont(font)
    painter.setPen(QColor(_FOIL))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(
        QRectF(rect.x() + width * 0.12, rect.y() + height * 0.08, width * 0.82, height * 0.38), flags, title
    )
    if author and width > 90:
        font = QFont(canvas.theme.font("micro"))
        font.setPixelSize(max(6, round(width * 0.062)))
        painter.setFont(font)
        place = QRectF(rect.x() + width * 0.08, rect.y() + height * 0.9, width * 0.9, height * 0.08)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, author.upper())


def _centre(rect: QRectF) -> QPointF:
    return QPointF(rect.x() + rect.width() * 0.53, rect.y() + rect.height() * 0.64)


def _sun_on_water(painter: QPainter, rect: QRectF) -> None:
    middle, width, height = _centre(rect), rect.width(), rect.height()
    for number in range(5):
        radius = width * (0.06 + 0.055 * number)
        painter.drawArc(QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius), 0, 180 * 16)
        y, half = middle.y() + height * 0.035 * (number + 0.4), width * (0.3 - 0.035 * number)
        painter.drawLine(QPointF(middle.x() - half, y), QPointF(middle.x() + half, y))


def _hills(painter: QPainter, rect: QRectF) -> None:
    middle, width, height = _centre(rect), rect.width(), rect.height()
    for number in range(4):
        down = height * 0.06 * number
        path = QPainterPath(QPointF(rect.x() + width * 0.14, middle.y() + down))
        path.cubicTo(
            QPointF(middle.x() - width * 0.12, middle.y() - height * 0.16 + down),
            QPointF(middle.x() + width * 0.06, middle.y() + height * 0.14 + down),
            QPointF(rect.x() + width * 0.92, middle.y() - height * 0.04 + down),
        )
        painter.drawPath(path)


def _lattice(painter: QPainter, rect: QRectF) -> None:
    middle, width = _centre(rect), rect.width()
    for row in range(4):
        for column in range(4):
            place = QPointF(middle.x() + width * (row - 1.5) * 0.15, middle.y() + width * (column - 1.5) * 0.15)
            painter.drawEllipse(place, width * 0.05, width * 0.05)


def _sprig(painter: QPainter, rect: QRectF) -> None:
    middle, width, height = _centre(rect), rect.width(), rect.height()
    painter.drawLine(QPointF(middle.x(), middle.y() - height * 0.16), QPointF(middle.x(), middle.y() + height * 0.2))
    for number in range(5):
        y = middle.y() - height * 0.12 + number * height * 0.065
        for side in (-1, 1):
            stalk = QPointF(middle.x(), y + height * 0.04)
            tip = QPointF(middle.x() + side * width * 0.24, y - height * 0.01)
            path = QPainterPath(stalk)
            path.quadTo(QPointF(middle.x() + side * width * 0.08, y - height * 0.02), tip)
            path.quadTo(QPointF(middle.x() + side * width * 0.14, y + height * 0.05), stalk)
            painter.drawPath(path)


def _waves(painter: QPainter, rect: QRectF) -> None:
    middle, width, height = _centre(rect), rect.width(), rect.height()
    for number in range(5):
        y = middle.y() - height * 0.1 + number * height * 0.055
        path = QPainterPath(QPointF(rect.x() + width * 0.14, y))
        for part in range(4):
            left = rect.x() + width * (0.14 + 0.195 * part)
            swell = height * 0.03 * (1 if part % 2 else -1)
            path.quadTo(QPointF(left + width * 0.1, y + swell), QPointF(left + width * 0.195, y))
        painter.drawPath(path)


_MOTIF = (_sprig, _sun_on_water, _hills, _lattice, _waves)
