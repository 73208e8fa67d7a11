"""Setting lines of text into a place of paper: as large as reads well, smaller down to a floor, in any script."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.paper.painting import PLAIN

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QFontMetricsF, QPainter

#: Everything is painted in these units, and scaled to the printer, the PDF or the screen: lines break alike on all.
DPI = 300
MM = DPI / 25.4
#: From line to line, as parts of a font's own height: where there is room, lines stand this far apart, else closer.
_LEADING = 1.18
_STEP = 0.5
#: Below so many points a text is hard to read, and its long lines are rather broken.
_EASY = 8.0
#: Letters below this are in every plain font, need no look, and do not change shape beside one another.
_EVERYWHERE = 0x0180
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
#: Letters beside one another may be so much wider than each alone.
_KERNED = 1.03


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: sizes in points, as large as reads well and as small as is still read, and which letters."""

    usual: float = 10.5
    floor: float = 6.5
    families: tuple[str, ...] = PLAIN
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Set:
    """Lines as they are painted.

    Attributes:
        size: In points.
        is_whole: Whether all of the text is there.
        is_usual: Whether it is as large as reads well, on the lines that were given.
    """

    lines: Sequence[str]
    size: float
    is_whole: bool
    is_usual: bool


class _Face:
    """A font of one size, with its measures."""

    def __init__(self, kind: Type, size: float) -> None:
        from PySide6.QtGui import QFont, QFontMetricsF

        font = QFont()
        font.setFamilies(kind.families)
        font.setBold(kind.bold)
        font.setItalic(kind.italic)
        # Pixels of the page, not points: the resolution of a painter without a screen is not the page's.
        font.setPixelSize(round(size / 72 * DPI))
        # Letters stand where they stand on paper, also on the screen's coarse grid.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # Letters that grow together could not be found or copied in a PDF.
        font.setFeature(QFont.Tag("liga"), 0)
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.height = self.metrics.height()
        self.ascent = self.metrics.ascent()
        self._widths = _Widths(self.metrics)

    def has_room(self, line: str, width: float) -> bool:
        """Whether a line is no wider; its letters are added up first, which is quicker than setting it."""
        return sum(map(self._widths.__getitem__, line)) * _KERNED <= width or (
            self.metrics.horizontalAdvance(line) <= width
        )


class _Widths(dict[str, float]):
    """How wide each letter is; one that changes among others is told as endless."""

    def __init__(self, metrics: "QFontMetricsF") -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, letter: str) -> float:
        plain = ord(letter) < _EVERYWHERE
        width = self[letter] = self._metrics.horizontalAdvance(letter) if plain else float("inf")
        return width


class Setter:
    """Fits lines into places; keeps fonts, their measures, and which letters they have.

    It needs a running ``painting_app`` and belongs to one thread.
    """

    def __init__(self, kind: Type | None = None) -> None:
        from PySide6.QtCore import QPointF

        # An import within the loop over labels takes as long as setting one.
        self._point = QPointF
        self.kind = kind or Type()
        self._faces: dict[float, _Face] = {}
        self._known: dict[str, bool] = {}

    def step(self, size: float | None = None) -> float:
        """How far it is from line to line where there is room, at the usual size if no other is named."""
        return self._face(size or self.kind.usual).height * _LEADING

    def fit(self, lines: Sequence[str], width: float, height: float) -> Set:
        """The largest size at which the lines stand whole; where none is, the largest at which they do broken.

        Lines are broken rather than set in a size that is hard to read. What does not fit even so
        is cut at the end of its line, or above the last two lines, and ends in three dots there.
        """
        usual, floor = self.kind.usual, self.kind.floor
        for low in (max(floor, min(usual, _EASY)), floor):
            made = self._largest(lines, low, width, height) or self._largest(lines, low, width, height, broken=True)
            if made is not None:
                return made
        return self._cut(lines, width, height)

    def fit_text(self, paragraphs: Sequence[str], width: float, height: float) -> Set:
        """Running text, broken into lines as it goes, at the largest size at which it stands whole."""
        made = self._largest(paragraphs, self.kind.floor, width, height, broken=True)
        if made is not None:
            return Set(made.lines, made.size, is_whole=True, is_usual=made.size == self.kind.usual)
        return self._cut(self.wrapped(paragraphs, self.kind.floor, width), width, height, keep_end=False)

    def wrapped(self, lines: Sequence[str], size: float, width: float) -> list[str]:
        """Lines, those that are too wide broken."""
        face = self._face(size)
        return [part for line in lines for part in _broken(line, face, width)]

    def paint(
        self, painter: "QPainter", made: Set, place: "QRectF", *, centred: bool = False, top: bool = False
    ) -> float:
        """Paint set lines in the middle of a place, or at its top, and return where they end.

        Where most lines are of scripts that run leftwards, all stand at the right edge.
        """
        face = self._face(made.size)
        painter.setFont(face.font)
        lines = made.lines
        step = min(face.height * _LEADING, place.height() / max(1, len(lines)))
        begin = place.top() if top else place.top() + (place.height() - step * len(lines)) / 2
        y = begin + face.ascent + (step - face.height) / 2
        left, draw, point = place.left(), painter.drawText, self._point
        if centred or runs_leftwards(lines):
            share = 0.5 if centred else 1.0
            for line in lines:
                draw(point(left + (place.width() - face.metrics.horizontalAdvance(line)) * share, y), line)
                y += step
        else:
            for line in lines:
                draw(point(left, y), line)
                y += step
        return begin + step * len(lines)

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
            # Joiners, marks of direction and signs that choose between two forms have no form of their own.
            if unicodedata.category(letter) == "Cf" or letter in _SELECTORS:
                self._known[letter] = True
                return True
            from PySide6.QtGui import QTextLayout

            layout = QTextLayout(letter, self._face(self.kind.usual).font)
            layout.beginLayout()
            layout.createLine()
            layout.endLayout()
            # Glyph 0 of every font is its box; a script without any font is painted by one that has no tables at all.
            self._known[letter] = not any(
                0 in run.glyphIndexes() or run.rawFont().fontTable("head").isEmpty() for run in layout.glyphRuns()
            )
        return self._known[letter]

    def _largest(
        self, lines: Sequence[str], low: float, width: float, height: float, *, broken: bool = False
    ) -> Set | None:
        """Lines at the largest size down to `low` at which they stand."""
        size = self.kind.usual
        while size >= low:
            tried = self.wrapped(lines, size, width) if broken else lines
            if self._stands(tried, size, width, height):
                return Set(tried, size, is_whole=True, is_usual=not broken and size == self.kind.usual)
            size -= _STEP
        return None

    def _stands(self, lines: Sequence[str], size: float, width: float, height: float) -> bool:
        face = self._face(size)
        return face.height * len(lines) <= height and all(face.has_room(line, width) for line in lines)

    def _cut(self, lines: Sequence[str], width: float, height: float, *, keep_end: bool = True) -> Set:
        from PySide6.QtCore import Qt

        size = self.kind.floor
        face = self._face(size)
        most = max(1, int(height / face.height))
        kept = list(lines)
        if len(lines) > most:
            # Where it must go is at the end of an address: what is left out is taken from above that.
            end = 2 if keep_end and most > 2 else 0
            kept = [*lines[: most - end - 1], f"{lines[most - end - 1]} …", *(lines[-end:] if end else ())]
        cut = [face.metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in kept]
        return Set(cut, size, is_whole=False, is_usual=False)

    def _face(self, size: float) -> _Face:
        found = self._faces.get(size)
        if found is None:
            found = self._faces[size] = _Face(self.kind, size)
        return found


def _broken(line: str, face: _Face, width: float) -> list[str]:
    """A line that is too wide, broken where its script allows, and within a word where nothing else helps."""
    if face.has_room(line, width):
        return [line]
    from PySide6.QtGui import QTextLayout, QTextOption

    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(line, face.font)
    layout.setTextOption(option)
    layout.beginLayout()
    # Qt counts letters of two halves twice.
    halves, made = line.encode("utf-16-le"), []
    while (part := layout.createLine()).isValid():
        # A broken line is measured again on its own; it may be a hair wider then.
        part.setLineWidth(width - 1)
        begin, end = 2 * part.textStart(), 2 * (part.textStart() + part.textLength())
        made.append(halves[begin:end].decode("utf-16-le").strip())
    layout.endLayout()
    return made or [""]


def runs_leftwards(lines: Sequence[str]) -> bool:
    """Whether most lines begin at the right, as Arabic and Hebrew do."""
    if all(map(str.isascii, lines)):
        return False
    return sum(map(_leftward, lines)) * 2 > len(lines)


def _leftward(line: str) -> bool:
    if line.isascii():
        return False
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False
