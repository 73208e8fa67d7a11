"""A painter that knows the type and colours of a report, in units of the paper."""

from typing import TYPE_CHECKING

from outreach.paper.painting import PLAIN, SERIF
from outreach.paper.setting import DPI, MM, Setter, Type
from outreach.services.report.style import INK

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

#: Points, whether it is bold, and whether it is set in the serif, by what a piece of text is.
_ROLES = {
    "title": (20.0, True, True), "lead": (13.0, True, True), "heading": (11.0, True, False),
    "stat": (21.0, False, True), "body": (9.0, False, False), "strong": (9.0, True, False),
    "small": (8.0, False, False), "head": (7.5, True, False),
}  # fmt: skip
_LEADING = 1.22


class Pen:
    """Measures and paints text by its role, lines and boxes by the names of colours.

    It needs a running ``painting_app`` and belongs to one thread.

    Attributes:
        painter: The painter of Qt below; set for each page.
    """

    def __init__(self) -> None:
        from PySide6.QtGui import QFontMetricsF

        self.painter: QPainter | None = None
        self._fonts: dict[str, QFont] = {role: _font(*how) for role, how in _ROLES.items()}
        self._metrics = {role: QFontMetricsF(font) for role, font in self._fonts.items()}
        self._setters = {
            role: Setter(Type(usual=size, floor=size, families=SERIF if serif else PLAIN, bold=bold))
            for role, (size, bold, serif) in _ROLES.items()
        }
        self._unreadable: dict[str, None] = {}

    def step(self, role: str) -> float:
        """How far it is from line to line."""
        return self._metrics[role].height() * _LEADING

    def width(self, role: str, text: str) -> float:
        """How wide a text is."""
        return self._metrics[role].horizontalAdvance(text)

    def broken(self, role: str, text: str, width: float) -> list[str]:
        """A text as the lines that it takes; nothing is cut."""
        return self._setters[role].wrapped(text.splitlines() or [""], _ROLES[role][0], width)

    def height(self, role: str, text: str, width: float) -> float:
        """How high a text is when it is broken."""
        return len(self.broken(role, text, width)) * self.step(role)

    def lines(self, role: str, text: str, x: float, y: float, width: float, color: str = "ink") -> float:
        """Paint a text from its top, broken, and return where it ends; one that runs leftwards ends at the right."""
        for line in self.broken(role, text, width):
            self.line(role, line, x, y + self.step(role) / 2, color)
            y += self.step(role)
        return y

    def line(self, role: str, text: str, x: float, middle: float, color: str = "ink", align: str = "left") -> None:
        """Paint one line about a middle; `x` is its left or right end, or its centre."""
        from PySide6.QtCore import QPointF
        from PySide6.QtGui import QColor

        assert self.painter is not None
        metrics = self._metrics[role]
        for letter in self._setters[role].unreadable([text]):
            self._unreadable[letter] = None
        wide = metrics.horizontalAdvance(text)
        x -= {"left": 0.0, "right": wide, "centre": wide / 2}[align]
        self.painter.setFont(self._fonts[role])
        self.painter.setPen(QColor(INK[color]))
        self.painter.drawText(QPointF(x, middle + (metrics.ascent() - metrics.descent()) / 2), text)

    def short(self, role: str, text: str, width: float) -> str:
        """A text cut to a width, where nothing else is left."""
        from PySide6.QtCore import Qt

        return self._metrics[role].elidedText(text, Qt.TextElideMode.ElideRight, width)

    def rule(self, x: float, y: float, width: float, height: float = 0.2 * MM, color: str = "line") -> None:
        """A thin line, or a plain box."""
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QColor

        assert self.painter is not None
        self.painter.fillRect(QRectF(x, y, width, height), QColor(INK.get(color, color)))

    def rounded(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A box with round ends."""
        from PySide6.QtCore import QRectF, Qt
        from PySide6.QtGui import QColor

        assert self.painter is not None
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(INK.get(color, color)))
        self.painter.drawRoundedRect(QRectF(x, y, width, height), height / 2, height / 2)

    def dot(self, x: float, y: float, radius: float, color: str) -> None:
        """A dot with a rim of the paper's colour, so that it stands out on a band and a line."""
        from PySide6.QtCore import QPointF
        from PySide6.QtGui import QColor, QPen

        assert self.painter is not None
        self.painter.setPen(QPen(QColor(INK["sheet"]), 0.3 * MM))
        self.painter.setBrush(QColor(INK.get(color, color)))
        self.painter.drawEllipse(QPointF(x, y), radius, radius)

    def unreadable(self) -> str:
        """The letters painted so far that no font of this computer has."""
        return "".join(self._unreadable)


def _font(points: float, bold: bool, serif: bool) -> "QFont":
    from PySide6.QtGui import QFont

    font = QFont()
    font.setFamilies(SERIF if serif else PLAIN)
    font.setPixelSize(round(points / 72 * DPI))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Letters that grow together could not be found or copied in a PDF.
    font.setFeature(QFont.Tag("liga"), 0)
    return font
