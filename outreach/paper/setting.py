"""Setting lines of text into a place of paper: as large as reads well, smaller down to a floor, in any script."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.paper.painting import PLAIN

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QFont, QFontMetricsF, QPainter

#: Everything is painted in these units, and scaled to the printer, the PDF or the screen: lines break alike on all.
DPI = 300
MM = DPI / 25.4
#: From line to line, as parts of a font's own height: where there is room, lines stand this far apart, else closer.
_LEADING = 1.18
_STEP = 0.5
#: Letters below this are in every plain font, and need no look.
_EVERYWHERE = 0x0180


@dataclass(frozen=True, slots=True)
class Sizes:
    """Text sizes in points: as large as reads well, and as small as is still read."""

    usual: float = 10.5
    floor: float = 6.5


@dataclass(frozen=True, slots=True)
class Set:
    """Lines as they are painted.

    Attributes:
        size: In points.
        is_whole: Whether all of the text is there.
    """

    lines: Sequence[str]
    size: float
    is_whole: bool


class Setter:
    """Fits lines into places; keeps fonts, their measures, and which letters they have.

    It needs a running ``painting_app`` and belongs to one thread.
    """

    def __init__(self, sizes: Sizes | None = None) -> None:
        self._sizes = sizes or Sizes()
        self._fonts: dict[float, tuple[QFont, QFontMetricsF]] = {}
        self._known: dict[str, bool] = {}

    @property
    def usual(self) -> float:
        """The size of text that had room, in points."""
        return self._sizes.usual

    def fit(self, lines: Sequence[str], width: float, height: float) -> Set:
        """The largest size at which the lines stand whole; where none is, at the floor lines are broken between words.

        What does not fit even so is cut at the end of its line, or below the last line.
        """
        size, floor = self._sizes.usual, self._sizes.floor
        while size >= floor:
            if self._stands(lines, size, width, height):
                return Set(lines, size, is_whole=True)
            size -= _STEP
        size = self._sizes.usual
        while size >= floor:
            broken = [part for line in lines for part in self._broken(line, size, width)]
            if self._stands(broken, size, width, height):
                return Set(broken, size, is_whole=True)
            size -= _STEP
        return self._cut(lines, width, height)

    def paint(self, painter: "QPainter", made: Set, place: "QRectF", *, centred: bool = False) -> None:
        """Paint set lines in the middle of a place; those of scripts that run leftwards at its right edge."""
        from PySide6.QtCore import QPointF

        font, metrics = self._font(made.size)
        painter.setFont(font)
        step = min(metrics.height() * _LEADING, place.height() / max(1, len(made.lines)))
        y = place.top() + (place.height() - step * len(made.lines)) / 2 + metrics.ascent()
        y += (step - metrics.ascent() - metrics.descent()) / 2
        leftwards = runs_leftwards(made.lines)
        for line in made.lines:
            x = place.left()
            if centred or leftwards:
                spare = place.width() - metrics.horizontalAdvance(line)
                x += spare / 2 if centred else spare
            painter.drawText(QPointF(x, y), line)
            y += step

    def unreadable(self, lines: Sequence[str]) -> str:
        """The letters that no font of this computer has, which would be painted as empty boxes."""
        found: dict[str, None] = {}
        for line in lines:
            if line.isascii():
                continue
            for letter in line:
                if ord(letter) >= _EVERYWHERE and not self._has(letter):
                    found[letter] = None
        return "".join(found)

    def _has(self, letter: str) -> bool:
        if letter not in self._known:
            from PySide6.QtGui import QTextLayout

            layout = QTextLayout(letter, self._font(self._sizes.usual)[0])
            layout.beginLayout()
            layout.createLine()
            layout.endLayout()
            # Glyph 0 of every font is its box.
            runs = layout.glyphRuns()
            self._known[letter] = not any(0 in run.glyphIndexes() for run in runs)
        return self._known[letter]

    def _stands(self, lines: Sequence[str], size: float, width: float, height: float) -> bool:
        _, metrics = self._font(size)
        if metrics.height() * len(lines) > height:
            return False
        return all(metrics.horizontalAdvance(line) <= width for line in lines)

    def _broken(self, line: str, size: float, width: float) -> list[str]:
        _, metrics = self._font(size)
        if metrics.horizontalAdvance(line) <= width:
            return [line]
        made: list[str] = []
        for word in line.split():
            longer = f"{made[-1]} {word}" if made else word
            if made and metrics.horizontalAdvance(longer) <= width:
                made[-1] = longer
            else:
                made.append(word)
        return made

    def _cut(self, lines: Sequence[str], width: float, height: float) -> Set:
        from PySide6.QtCore import Qt

        size = self._sizes.floor
        _, metrics = self._font(size)
        most = max(1, int(height / metrics.height()))
        # Where it must go is at the end of an address: what is left out is taken from above that.
        kept = [*lines[: most - 2], *lines[-2:]] if len(lines) > most > 2 else lines[:most]  # noqa: PLR2004
        cut = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in kept]
        return Set(cut, size, is_whole=False)

    def _font(self, size: float) -> "tuple[QFont, QFontMetricsF]":
        if size not in self._fonts:
            from PySide6.QtGui import QFont, QFontMetricsF

            font = QFont()
            font.setFamilies(PLAIN)
            # Pixels of the page, not points: the resolution of a painter without a screen is not the page's.
            font.setPixelSize(round(size / 72 * DPI))
            # Letters stand where they stand on paper, also on the screen's coarse grid.
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[size] = font, QFontMetricsF(font)
        return self._fonts[size]


def runs_leftwards(lines: Sequence[str]) -> bool:
    """Whether most lines begin at the right, as Arabic and Hebrew do."""
    if all(line.isascii() for line in lines):
        return False
    return sum(_leftward(line) for line in lines) * 2 > len(lines)


def _leftward(line: str) -> bool:
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False
