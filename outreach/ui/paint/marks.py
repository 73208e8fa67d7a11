"""The small marks of the house style. Each paints itself at a place; those of varying width also measure."""

import time

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainterPath, QPen

from outreach.services.catalogue.cloths import CLOTHS
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.sprites import sprite
from outreach.ui.theme import Theme

#: A badge on a smaller picture would cover the letters.
_BADGED = 24
_UNDER_WAY = {"asked": 0.25, "accepted": 0.5, "sent": 0.75, "delivered": 1.0}
_TONES = {
    "neutral": ("ink2", "press"),
    "accent": ("accent", "accent_tint"),
    "good": ("good", "good_tint"),
    "quiet": ("quiet", "quiet_tint"),
    "warn": ("warn", "warn_tint"),
    "bad": ("bad", "bad_tint"),
    "info": ("info", "info_tint"),
}


def stage(canvas: Canvas, x: float, middle: float, name: str, size: float = 15) -> None:
    """A circle that fills while a gift is under way, and rests in one of three colours when it has ended.

    With the text it grows to both sides of its place.
    """
    by = size * (canvas.theme.scale - 1)
    x, size = canvas.grown(x, by), size + by
    sprite(canvas, ("stage", name, size), QPointF(x - 1, middle - size / 2 - 1), (size + 3, size + 3),
           lambda on, left, top: _stage(on, left + 1, top + 1 + size / 2, name, size))  # fmt: skip


def _stage(canvas: Canvas, x: float, middle: float, name: str, size: float) -> None:
    painter, theme = canvas.painter, canvas.theme
    ring = QRectF(x + 0.75, middle - size / 2 + 0.75, size - 1.5, size - 1.5)
    if name in ("considered", "chosen"):
        pen = QPen(theme.color("ink3"), 1.4)
        pen.setDashPattern([1.6, 1.7])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
    elif name == "reading":
        canvas.icon("book-open", x - 0.5, middle, round(size + 1), "accent", 2, grows=False)
    elif name in ("posted", "quiet", "closed_quiet"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("good" if name == "posted" else "quiet"))
        painter.drawEllipse(QRectF(x, middle - size / 2, size, size))
        sign, stroke = ("check", 3.0) if name == "posted" else ("moon", 2.5)
        inner = round(size * 2 / 3)
        canvas.icon(sign, x + (size - inner) / 2, middle, inner, "sheet", stroke, grows=False)
    elif name == "declined":
        painter.setPen(QPen(theme.color("off"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        painter.drawLine(QPointF(x + size * 0.3, middle), QPointF(x + size * 0.7, middle))
    else:
        _filling(canvas, ring, _UNDER_WAY[name])


def _filling(canvas: Canvas, ring: QRectF, share: float) -> None:
    painter, theme = canvas.painter, canvas.theme
    painter.setPen(QPen(theme.color("accent"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    inner = ring.adjusted(2.6, 2.6, -2.6, -2.6)
    if share == 1:
        painter.drawEllipse(inner)
    else:
        painter.drawPie(inner, 90 * 16, round(-360 * 16 * share))


def pill(canvas: Canvas, x: float, middle: float, text: str, tone: str = "neutral", icon: str = "") -> float:
    """A word for an exception; its width is returned."""
    color, tint = _TONES[tone]
    width = pill_width(canvas.theme, text, icon)
    half = canvas.px(10)
    edge = color if canvas.theme.is_contrasting else None
    canvas.rounded(QRectF(x, middle - half, width, 2 * half), half, tint, edge)
    if icon:
        canvas.icon(icon, x + 7, middle, canvas.px(12), color, 2, grows=False)
    canvas.text(x + (10 + canvas.px(12) if icon else 8), middle, text, "micro", color)
    return width


def pill_width(theme: Theme, text: str, icon: str = "") -> float:
    """How wide a pill is."""
    return theme.width("micro", text) + 16 + (theme.px(12) + 3 if icon else 0)


def taste(
    canvas: Canvas, x: float, middle: float, name: str, share: float | None, *, avoid: bool = False, count: str = ""
) -> float:
    """A taste as a chip, filled from the left like a shelf; dashed where it is avoided. Its width is returned.

    `count` is how many were liked of how many that were read, such as ``9/11``.
    """
    width = taste_width(canvas.theme, name, avoid=avoid, count=count)
    half = canvas.px(11)
    sprite(canvas, ("taste", name, share, avoid, count), QPointF(x, middle - half), (width, 2 * half),
           lambda on, left, top: _taste(on, left, top + half, name, share, avoid=avoid, count=count))  # fmt: skip
    return width


def _taste(canvas: Canvas, x: float, middle: float, name: str, share: float | None, *, avoid: bool, count: str) -> None:
    painter, theme = canvas.painter, canvas.theme
    width = taste_width(theme, name, avoid=avoid, count=count)
    half = canvas.px(11)
    rect = QRectF(x + 0.5, middle - half + 0.5, width - 1, 2 * half - 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if avoid:
        painter.setPen(QPen(theme.color("line2"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect, 5, 5)
        canvas.icon("minus", x + 7, middle, canvas.px(11), "ink3", 2.25, grows=False)
        canvas.text(x + 11 + canvas.px(11), middle, name, "smallm", "ink2")
        return
    path = QPainterPath()
    path.addRoundedRect(rect, 5, 5)
    painter.fillPath(path, theme.color("sheet"))
    if share:
        painter.save()
        painter.setClipPath(path)
        # Without tints the shelf is a bar at the foot of the chip.
        fill, top = ("accent", rect.bottom() - 3) if theme.is_contrasting else ("accent_tint", rect.y())
        painter.fillRect(QRectF(rect.x(), top, rect.width() * share, rect.bottom() - top), theme.color(fill))
        painter.restore()
    painter.setPen(QPen(theme.color("accent_tint2" if share else "line2"), 1))
    painter.drawPath(path)
    wide = canvas.text(x + 9, middle, name, "smallm")
    if count:
        canvas.text(x + 9 + wide + 7, middle, count, "micro", "ink2")


def taste_width(theme: Theme, name: str, *, avoid: bool = False, count: str = "") -> float:
    """How wide a taste chip is."""
    return (
        theme.width("smallm", name)
        + 18
        + (theme.px(11) + 3 if avoid else 0)
        + (theme.width("micro", count) + 7 if count else 0)
    )


def keycap(
    canvas: Canvas, x: float, middle: float, key: str, color: str = "ink3", line: str | QColor = "line2"
) -> float:
    """A key of the keyboard; its width is returned. An action without keys has no keycap."""
    width = keycap_width(canvas.theme, key)
    if not width:
        return 0.0
    half = canvas.px(9)
    canvas.rounded(QRectF(x, middle - half, width, 2 * half), 4, None, line)
    canvas.text(x + width / 2, middle, canvas.theme.keys.cap(key), "micro", color, align="centre")
    return width


def keycap_width(theme: Theme, key: str) -> float:
    """How wide a keycap is."""
    shown = theme.keys.cap(key)
    return max(theme.px(9) * 2.0, theme.width("micro", shown) + 10) if shown else 0.0


def meter(canvas: Canvas, x: float, middle: float, width: float, share: float, color: str = "accent") -> None:
    """A bar filled by a share."""
    canvas.rounded(QRectF(x, middle - 3, width, 6), 3, "track", "control" if canvas.theme.is_contrasting else None)
    if share > 0:
        canvas.rounded(QRectF(x, middle - 3, max(6.0, width * min(1.0, share)), 6), 3, color)


def spinner(canvas: Canvas, x: float, middle: float) -> None:
    """Something runs: one turn a second, for as long as it is painted anew, and still where no motion is wanted."""
    painter = canvas.painter
    painter.save()
    painter.translate(x + 7, middle)
    painter.rotate(time.monotonic() % 1 * 360 if canvas.theme.moves else 0)
    canvas.icon("loader", -7, 0, 14, "accent", 2)
    painter.restore()


def fit_bars(canvas: Canvas, x: float, bottom: float, filled: int) -> float:
    """Five bars that rise, so many of them filled."""
    for number in range(5):
        height = 5 + number * 2.6
        edge = "control" if canvas.theme.is_contrasting else None
        fill = "accent" if number < filled else "track"
        canvas.rounded(QRectF(x + number * 6, bottom - height, 4, height), 1, fill, edge)
    return 5 * 6


def checkbox(canvas: Canvas, x: float, middle: float, *, on: bool) -> None:
    """A box to tick."""
    size = canvas.px(16)
    x = canvas.grown(x, size - 16)
    box = QRectF(x, middle - size / 2, size, size)
    if on:
        canvas.rounded(box, 4, "accent")
        canvas.icon("check", x + 2, middle, size - 4, "on_accent", 3, grows=False)
    else:
        canvas.rounded(box, 4, "sheet", "control", 1.2)


def avatar(canvas: Canvas, x: float, top: float, size: float, name: str, badge: str = "") -> None:
    """A person's initials: round on social, a rounded square with a badge off it."""
    cloth = CLOTHS[sum(ord(letter) * (place + 3) for place, letter in enumerate(name)) % len(CLOTHS)]
    letters, room = initials(name), size + max(14.0, size * 0.42) * 0.32 + 3
    sprite(canvas, ("avatar", letters, cloth, size, badge), QPointF(x, top), (room, room),
           lambda on, left, above: _avatar(on, QRectF(left, above, size, size), letters, cloth, badge))  # fmt: skip


def _avatar(canvas: Canvas, rect: QRectF, letters: str, cloth: str, badge: str) -> None:
    painter, theme = canvas.painter, canvas.theme
    x, top, size = rect.x(), rect.y(), rect.width()
    base = theme.cloth(cloth)
    background = mixed(base, theme.color("sheet"), 0.72 if theme.is_dark else 0.80)
    ink = mixed(base, QColor("#fff" if theme.is_dark else "#000"), 0.35 if theme.is_dark else 0.22)
    canvas.rounded(rect, size * 0.24 if badge else size / 2, background)
    font = QFont(theme.font("strong"))
    font.setPixelSize(max(9, round(size * 0.37)))
    painter.setFont(font)
    painter.setPen(ink)
    with canvas.upright(x, size):
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
    if badge and size >= _BADGED:
        width = max(14.0, size * 0.42)
        left, above = x + size - width * 0.68, top + size - width * 0.68
        canvas.rounded(QRectF(left - 1.5, above - 1.5, width + 3, width + 3), width / 2 + 1.5, "sheet")
        canvas.rounded(QRectF(left, above, width, width), width / 2, ink)
        sign = 2 * round(width * 0.28)  # even, as the disc is, so that it stands in the middle of it
        canvas.icon(badge, left + (width - sign) / 2, above + width / 2, sign, "sheet", 2.25, grows=False)


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; `share` of the other."""
    return QColor(
        round(one.red() * (1 - share) + other.red() * share),
        round(one.green() * (1 - share) + other.green() * share),
        round(one.blue() * (1 - share) + other.blue() * share),
    )


def soft_shadow(canvas: Canvas, rect: QRectF, radius: float, size: int, strength: float, down: float) -> None:
    """The shadow of what floats: rounded rectangles within one another, each almost clear."""
    color = QColor(canvas.theme.color("shadow"))
    color.setAlphaF(strength * (2.2 if canvas.theme.is_dark else 1))
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(color)
    for step in range(size, 0, -1):
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(-step, -step + down, step, step + down), radius + step, radius + step)
        canvas.painter.drawPath(path)
