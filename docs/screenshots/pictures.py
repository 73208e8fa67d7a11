"""Draw the pictures that posts of the sample have: a book on a table, and what stands beside it.

Run ``python docs/screenshots/pictures.py``; it writes ``resources/sample/pictures``. Nothing in them is a photograph.
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

from outreach.paths import resource

_SIDE = 640
#: Name of the file, the table, the cloth, how far the book is turned, and what stands beside it.
_SCENES = (
    ("table", "#E4D3BC", "#1F7566", -8, "cup"),
    ("sill", "#CBD8DC", "#46607F", 6, "plant"),
    ("blanket", "#D9C2C0", "#A33B40", -3, "cup"),
    ("bench", "#D6D9C4", "#6B4583", 9, "plant"),
)


def main() -> None:
    """Draw all of them."""
    app = QGuiApplication([])
    folder = resource("sample/pictures")
    for name, ground, cloth, turned, beside in _SCENES:
        image = QImage(_SIDE, _SIDE, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _table(painter, QColor(ground))
        _cup(painter) if beside == "cup" else _plant(painter)
        _book(painter, QColor(cloth), turned)
        painter.end()
        image.save(str(Path(folder) / f"{name}.jpg"), "JPG", 82)
    app.quit()


def _table(painter: QPainter, color: QColor) -> None:
    light = QLinearGradient(0, 0, _SIDE, _SIDE)
    light.setColorAt(0, color.lighter(106))
    light.setColorAt(1, color.darker(112))
    painter.fillRect(0, 0, _SIDE, _SIDE, light)
    painter.setPen(QPen(color.darker(106), 1))
    for step in range(-_SIDE, _SIDE, 26):
        painter.drawLine(step, 0, step + _SIDE, _SIDE)


def _book(painter: QPainter, cloth: QColor, turned: int) -> None:
    painter.save()
    painter.translate(_SIDE * 0.44, _SIDE * 0.53)
    painter.rotate(turned)
    box = QRectF(-125, -185, 250, 370)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 46))
    painter.drawRoundedRect(box.translated(13, 15), 6, 6)
    painter.setBrush(cloth)
    painter.drawRoundedRect(box, 5, 5)
    painter.setBrush(cloth.darker(122))
    painter.drawRect(QRectF(box.left(), box.top(), 16, box.height()))
    foil = QColor("#F4E2B4")
    painter.setPen(QPen(foil, 3))
    for place, wide in enumerate((150, 110)):
        painter.drawLine(QPointF(8 - wide / 2, -130 + place * 26), QPointF(8 + wide / 2, -130 + place * 26))
    painter.setPen(QPen(foil, 2.4))
    painter.drawLine(QPointF(8, 130), QPointF(8, -40))
    for place in range(5):
        for side in (-1, 1):
            leaf = QPainterPath(QPointF(8, 110 - place * 32))
            leaf.quadTo(QPointF(8 + side * 42, 96 - place * 32), QPointF(8 + side * 50, 66 - place * 32))
            leaf.quadTo(QPointF(8 + side * 16, 74 - place * 32), QPointF(8, 110 - place * 32))
            painter.drawPath(leaf)
    painter.restore()


def _cup(painter: QPainter) -> None:
    middle = QPointF(_SIDE * 0.79, _SIDE * 0.24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 40))
    painter.drawEllipse(middle + QPointF(14, 16), 104, 104)
    painter.setBrush(QColor("#F3EEE4"))
    painter.drawEllipse(middle, 100, 100)
    tea = QRadialGradient(middle - QPointF(20, 20), 90)
    tea.setColorAt(0, QColor("#8B5E3F"))
    tea.setColorAt(1, QColor("#5F3D28"))
    painter.setBrush(tea)
    painter.drawEllipse(middle, 78, 78)


def _plant(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for turn in range(-60, 61, 20):
        painter.save()
        painter.translate(_SIDE * 0.14, _SIDE * 0.86)
        painter.rotate(turn)
        leaf = QPainterPath(QPointF(0, 0))
        leaf.quadTo(QPointF(34, -90), QPointF(0, -190))
        leaf.quadTo(QPointF(-34, -90), QPointF(0, 0))
        painter.setBrush(QColor("#5F7F4E").lighter(100 + abs(turn) // 3))
        painter.drawPath(leaf)
        painter.restore()


if __name__ == "__main__":
    main()
